"""Binder: one environment file, found by repo2docker's own rules, and a postBuild that leaves the course importable."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig

import pytest
import yaml

import links
from common import ROOT


def dockerfile(folder):
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--user-id=1000", "--user-name=jovyan", folder]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_binder_has_one_truth():
    link = ROOT / "binder" / "environment.yml"
    assert link.is_symlink() and link.resolve() == ROOT / "environment.yml"
    # A path would be looked up in binder/, and would keep the environment from being cached between commits.
    assert not any(isinstance(item, dict) for item in yaml.safe_load(link.read_text())["dependencies"])


def test_repo2docker_finds_environment_python_and_postbuild():
    text = dockerfile(ROOT)
    python = next(item for item in yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
                  if str(item).startswith("python="))
    assert "env update" in text and '--file "binder/environment.yml"' in text
    assert f"conda environment for {python}\n" in text
    assert "./binder/postBuild" in text
    early = text.index("COPY --chown=1000:1000 src/binder/environment.yml")
    assert early < text.index("COPY --chown=1000:1000 src/ "), "the environment is not cached between commits"


def test_postbuild_leaves_the_course_importable(tmp_path):
    repo = tmp_path / "repo"
    ignore = shutil.ignore_patterns(".git", ".venv", "__pycache__", "*.egg-info", ".*_cache", ".hypothesis", "tests",
                                    "bench")
    shutil.copytree(ROOT, repo, symlinks=True, ignore=ignore)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    site = subprocess.run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], check=True,
                          capture_output=True, text=True).stdout.strip()
    # The packages of environment.yml are those of the environment that runs this; crease and grader are not.
    packages = tmp_path / "packages"
    packages.mkdir()
    for item in os.listdir(sysconfig.get_path("purelib")):
        if "crease" not in item and not item.endswith(".pth"):
            (packages / item).symlink_to(os.path.join(sysconfig.get_path("purelib"), item))
    with open(os.path.join(site, "packages.pth"), "w") as file:
        file.write(f"{packages}\n")
    env = {**os.environ, "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}", "PIP_NO_BUILD_ISOLATION": "0"}
    done = subprocess.run(["./binder/postBuild"], cwd=repo, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    where = subprocess.run([python, "-c", "import crease, grader; print(crease.__file__, grader.__file__)"],
                           cwd=tmp_path, env=env, check=True, capture_output=True, text=True).stdout.split()
    assert [str(repo / "course" / "crease" / "__init__.py"), str(repo / "grader" / "__init__.py")] == where
    settings = ROOT / "course" / "crease" / "page" / "jupyter"
    for path in settings.rglob("*.json"):
        assert (tmp_path / "venv" / path.relative_to(settings)).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("remote, expected", [
    ("https://github.com/ada/crease.git", ("gh", "ada/crease")),
    ("https://user:token@github.com/ada/crease", None),
    ("https://ada@github.com/ada/crease/", ("gh", "ada/crease")),
    ("git@github.com:ada/crease.git", ("gh", "ada/crease")),
    ("ssh://git@github.com:22/ada/crease.git", ("gh", "ada/crease")),
    ("git@gitlab.com:group/sub/crease.git", ("gl", "group%2Fsub%2Fcrease")),
    ("git@example.org:ada/crease.git", None),
    ("../elsewhere", None),
])
def test_the_launch_link_is_made_for_whatever_repository_a_fork_lives_in(remote, expected):
    assert links.repository(remote) == expected


def test_links_lists_every_lesson_or_says_what_is_missing(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(links, "git", lambda *command: {"remote": "git@github.com:ada/crease.git"}.get(command[0], ""))
    links.main()
    printed = capsys.readouterr().out
    for path in (ROOT / "course").glob("[0-9]*.ipynb"):
        assert f"https://mybinder.org/v2/gh/ada/crease/HEAD?urlpath=lab/tree/course/{path.name}\n" in printed
    assert "[in a browser tab](https://ada.github.io/crease/) · [Binder](https://mybinder.org/v2/gh/" in printed
    page = tmp_path / "README.md"
    page.write_text("# Crease\n\n**Start now:** [in a browser tab](#in-a-browser-tab)\n\nMore.\n")
    links.write(links.start("gh", "ada/ada.github.io", "main", "x.ipynb"), page)
    assert "(https://ada.github.io/) ·" in page.read_text() and page.read_text().endswith("\n\nMore.\n")
    assert len(re.findall(r"^\*\*Start now:\*\* \[", (ROOT / "README.md").read_text(), re.M)) == 1
    monkeypatch.setattr(links, "git", lambda *command: "")
    with pytest.raises(SystemExit, match="no git remote called origin"):
        links.main()
