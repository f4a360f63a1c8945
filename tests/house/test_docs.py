"""README, guide and CONTRIBUTING say what is true: commands run, links lead somewhere, numbers agree."""

import json
import os
import re
import shlex
import subprocess
import sys
import zipfile

import pytest
from typer.testing import CliRunner

import minutes
import readme
from common import LESSONS, ROOT, committed
from grader.__main__ import app

README, GUIDE = (ROOT / "README.md").read_text(), (ROOT / "grader" / "GUIDE.md").read_text()
PAGES = {"README.md": README, "grader/GUIDE.md": GUIDE, "CONTRIBUTING.md": (ROOT / "CONTRIBUTING.md").read_text(),
         "grader/THREATS.md": (ROOT / "grader" / "THREATS.md").read_text(),
         "docs/architecture.md": (ROOT / "docs" / "architecture.md").read_text(),
         "bench/README.md": (ROOT / "bench" / "README.md").read_text(),
         "CHANGELOG.md": (ROOT / "CHANGELOG.md").read_text()}
# Each reads them as one screen of headings: the instructor's term, what an author may want to do.
ONE_SCREEN = ("README.md", "grader/GUIDE.md", "CONTRIBUTING.md", "docs/architecture.md")


def commands(page):
    """The command lines of a page's code blocks, without comments."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```", page, re.M | re.S)
    lines = [line.split("  #")[0].rstrip() for language, block in blocks if not language for line in block.splitlines()]
    return [line for line in lines if re.match(r"\.venv/bin/|cd |make ", line)]


def anchors(page):
    """What a heading of a page is linked by, as GitHub makes it; lines of code that begin with # are none."""
    text = re.sub(r"^```.*?^```", "", page, flags=re.M | re.S)
    return {re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in re.findall(r"^#+ (.+)$", text, re.M)}


def rows():
    """{lesson's number: the cells of its row in the README}."""
    found = [[cell.strip() for cell in line.strip("|").split("|")] for line in README.splitlines()
             if line.startswith('| <img src="pictures/')]
    return {row[1][2:4]: row for row in found}


def results():
    return json.loads((ROOT / "bench" / "results.json").read_text())


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_lesson_table_agrees_with_the_sources(lesson):
    path = ROOT / "solutions" / f"{lesson}.py"
    assert readme.row(path, rows()[lesson[:2]][:2]) in README.splitlines(), "run `make build`"
    assert (ROOT / "pictures" / f"{lesson[:2]}.png").is_file()


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_minutes_are_those_of_the_model_and_no_lesson_takes_more_than_an_hour(lesson):
    source = ROOT / "solutions" / f"{lesson}.py"
    main, extra = map(minutes.minutes, minutes.count(source))
    text, stated = source.read_text(), int(re.match(r"\d+", rows()[lesson[:2]][2])[0])
    assert main <= 60, f"{main:.1f} minutes"
    assert f"about {stated} minutes" in text
    promised = re.search(r"^# ## If you have another (five|ten|fifteen) minutes$", text, re.M)
    assert {"": 0, "five": 5, "ten": 10, "fifteen": 15}[promised[1] if promised else ""] == 5 * round(extra / 5), extra


def test_the_readme_says_what_the_minutes_are_made_of():
    costs = minutes.COSTS
    rule = " ".join(README[README.index("The minutes are an estimate"):].split())
    assert f"{1 / costs['words']:.0f} words a minute, {1 / costs['code']:.0f} lines of shown code" in rule
    assert f"{costs['functions']} minutes for each function to write and ¼ for each of its lines" in rule
    assert f"{costs['sliders']} for each figure that moves, ½ for one that stands still" in rule
    assert (costs["lines"], costs["figures"], costs["questions"]) == (1 / 4, 1 / 2, 1) and "1 for each question" in rule


def test_the_table_has_a_line_for_each_lesson_and_the_course_runs_in_90_seconds():
    assert readme.updated(README) == README, "run `make build`"
    assert sorted(rows()) == [lesson[:2] for lesson in LESSONS]
    whole = results()["lessons"]["all lessons: s"]
    assert whole < 90 and f"runs from top to bottom in {whole:.0f} s on one" in README.replace("\n", " ")


def test_the_measured_numbers_are_those_of_the_bench():
    page = PAGES["bench/README.md"]
    quoted = re.findall(r"^\|[^|]+\| (.+?) \| `(\w+): (.+?)`", page, re.M)
    assert len(quoted) >= 5
    for said, part, key in quoted:
        number = float(re.search(r"[\d.]+", said)[0])
        assert number == pytest.approx(results()[part][key], rel=0.06), (said, part, key, "bench/run.py --table")


def test_the_picture_of_the_rooms_is_that_of_the_tree():
    tree = re.search(r"```\n(.*?)```", PAGES["docs/architecture.md"], re.S)[1]
    drawn, above = set(), ["", "", ""]  # the folder at each depth
    for indent, name in re.findall(r"^((?:  )*)(\w+/)", tree, re.M):
        depth = len(indent) // 2
        above[depth] = above[depth - 1] + name if depth else name
        drawn.add(above[depth])
    folders = {path.parent.relative_to(ROOT).as_posix() + "/" for path in committed()}
    rooms = {folder for folder in folders if re.fullmatch(r"(grader|course/crease)/\w+/", folder)}
    assert drawn <= {whole[:n + 1] for whole in folders for n, letter in enumerate(whole) if letter == "/"}
    assert rooms <= drawn and len(rooms) > 10, rooms - drawn


def test_the_dev_container_sets_up_what_make_lab_needs():
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text())
    python = tuple(map(int, re.fullmatch(r"python:(\d+)\.(\d+)", container["image"]).groups()))
    assert python >= (3, 11) and "/" not in container["image"]
    assert container["postCreateCommand"] == "make setup"


def test_the_readme_fits_on_a_few_screens():
    assert len(README.splitlines()) < 150


@pytest.mark.parametrize("name", PAGES)
def test_links_within_the_repository_lead_somewhere(name):
    for link, source in re.findall(r"\]\(([^)]+)\)|src=\"([^\"]+)\"", PAGES[name]):
        target, _, anchor = (link or source).partition("#")
        if target.startswith("http"):
            continue
        path = (ROOT / name).parent.joinpath(target) if target else ROOT / name
        assert path.exists(), target
        assert not anchor or anchor in anchors(path.read_text(encoding="utf-8")), f"{target}#{anchor}"


@pytest.mark.parametrize("name", ONE_SCREEN)
def test_the_headings_of_a_page_fit_on_a_screen(name):
    assert 4 <= len(anchors(PAGES[name])) <= 16


def test_every_page_is_reached_from_the_readme():
    """By links from page to page; what nothing leads to, nobody reads."""
    reached, queue = set(), ["README.md"]
    while queue:
        name = queue.pop()
        if name in PAGES and name not in reached:
            reached.add(name)
            found = re.findall(r"\]\(([^)#]+\.md)\)", PAGES[name])
            queue += [os.path.normpath(os.path.join(os.path.dirname(name), target)) for target in found]
    assert reached == set(PAGES)


def test_every_make_target_that_is_named_is_there():
    pages = "".join(page for name, page in PAGES.items() if name != "CHANGELOG.md")  # which also tells of what has gone
    fence = re.compile(r"^```\w*\n(.*?)^```", re.M | re.S)
    code = fence.findall(pages) + re.findall(r"`([^`\n]+)`", fence.sub("", pages))  # not "make" as a word of English
    named = {target for one in code for target in re.findall(r"\bmake (\w+)", one)}
    for target in sorted(named):
        done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True)
        assert "No rule to make target" not in done.stderr and done.returncode == 0, done.stderr
    assert {"lab", "test", "build", "bench", "links"} <= named


@pytest.mark.timeout(600)
def test_every_command_for_instructors_runs_as_it_stands(tmp_path, monkeypatch):
    """The guide's commands in their order, then the README's, in a folder beside which the class is made.

    The first of ours by the shell, the others in this process: each would import for two seconds what it has by then.
    """
    here = tmp_path / "repository"
    here.mkdir()
    for name, target in ((".venv", sys.prefix), ("solutions", ROOT / "solutions")):
        (here / name).symlink_to(target)
    with zipfile.ZipFile(tmp_path / "submissions.zip", "w") as archive:
        for number, lesson in enumerate(("00_start_here", "01_linear_collapse")):
            archive.write(ROOT / "solutions" / f"{lesson}.ipynb", f"lovelaceada_1234_{number}_{lesson}.ipynb")
    (tmp_path / "roster.csv").write_text("id,name,email\nada,Ada Lovelace,ada@x.org\nbob,Bob Unseen,bob@x.org\n")
    settings = re.search(r"```python\n(.*?)```", GUIDE, re.S)[1].replace("/srv/nbgrader", str(tmp_path))
    (tmp_path / "exchange").mkdir(mode=0o777)
    (tmp_path / "exchange").chmod(0o777)
    filled = [re.sub(r"\bCLASS\b", "../my-class", line).replace("SOURCE", "../submissions.zip").replace(
        "NOTEBOOK", "solutions/01_linear_collapse.ipynb") for line in commands(README)]
    ran, ours = set(), ".venv/bin/python -m grader "
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "jupyter"))
    monkeypatch.setenv("USER", "instructor")
    monkeypatch.chdir(here)
    for line in [*commands(GUIDE), *filled]:
        what = re.sub(r"\.\./[\w.-]+|[\w-]+\.zip", "", line)  # the README repeats some of the guide's
        if line.startswith("make ") or "jupyter lab" in line or line in filled and what in ran:  # a lab does not end
            continue
        if "release_assignment" in line:
            with open(tmp_path / "my-class" / "nbgrader_config.py", "a") as file:
                file.write(settings)
        if line.startswith(ours) and ran:
            done = CliRunner().invoke(app, shlex.split(line.removeprefix(ours)))
            assert done.exit_code == 0, f"{line}\n{done.output}\n{done.exception!r}"
        else:
            done = subprocess.run(["bash", "-c", line], capture_output=True, text=True)
            assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        ran.add(what)
    assert len(ran) >= 16
    scores = (tmp_path / "my-class" / "scores.csv").read_text()
    assert "ada,01_linear_collapse" in scores and "bob,07_choosing_activations" in scores
    assert (tmp_path / "my-class" / "report.html").is_file() and (tmp_path / "crease.zip").is_file()
    assert (tmp_path / "exchange" / "crease" / "outbound" / "01_linear_collapse").is_dir()
