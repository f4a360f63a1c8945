"""The package by itself: what its wheel holds, and that a class of somebody's own lessons needs no more than that."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import nbformat
import numpy
import pytest
import yaml

import lessons
from common import ROOT, committed
from grader import handout
from grader.classroom import create
from grader.errors import UserError

VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """The wheel's files; built of what is committed, in a copy, because a build leaves its traces."""
    source, wheels = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheels")
    for path in committed():
        inside = path.relative_to(ROOT)
        if inside.parts[0] in ("grader", "course") or len(inside.parts) == 1:
            (source / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, source / inside)
    code = f"from setuptools import build_meta; build_meta.build_wheel({str(wheels)!r})"
    subprocess.run([sys.executable, "-c", code], cwd=source, check=True, capture_output=True)
    with zipfile.ZipFile(next(wheels.glob(f"crease_course-{VERSION}-*.whl"))) as archive:
        archive.extractall(wheels / "site")
    return wheels / "site"


def test_the_wheel_holds_every_file_of_both_packages_and_nothing_else(unpacked):
    held = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    ours = {path.relative_to(ROOT).as_posix().removeprefix("course/") for path in committed()
            if re.match(r"grader/|course/crease/", path.relative_to(ROOT).as_posix())}
    assert {name for name in held if "dist-info" not in name} == ours
    assert {Path(name).suffix for name in ours} >= {".py", ".js", ".css", ".j2", ".npz", ".json", ".md"}
    assert {name.split("/")[-1] for name in held - ours} >= {"LICENSE", "LICENSE-TEXT", "METADATA"}


def test_one_version_everywhere():
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text())["version"] == VERSION
    said = re.findall(r"^## \[(\d.*?)\]", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert said[0] == VERSION and len(set(said)) == len(said) > 1


def test_a_student_s_process_finds_its_packages_where_the_grader_lies_among_them(unpacked):
    (unpacked / "numpy").symlink_to(Path(numpy.__file__).parent)
    code = "import sys; from grader.student.shell import preload; preload(); print(sys.path, file=sys.__stdout__)"
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(unpacked)}, cwd="/",
                          capture_output=True, text=True)
    assert str(unpacked) in done.stdout and str(ROOT) not in done.stdout.replace(sys.prefix, ""), done.stderr


def test_a_class_of_one_s_own_lessons_needs_no_repository(tmp_path, monkeypatch):
    for module in (create, handout):
        monkeypatch.setattr(module, "repository", lambda: None)
    monkeypatch.setattr(create, "solutions", dict)
    with pytest.raises(UserError, match="put a lesson of your own into"):
        create.init(tmp_path / "class")
    own = tmp_path / "class" / "source" / lessons.LESSON
    own.mkdir(parents=True)
    nbformat.write(lessons.source(), own / f"{lessons.LESSON}.ipynb")
    assert create.init(tmp_path / "class")[0] == [lessons.LESSON]
    with pytest.raises(UserError, match="--class"):
        handout.write(tmp_path / "x.zip")
    names = set(handout.write(tmp_path / "x.zip", folder=tmp_path / "class"))
    assert {f"course/{lessons.LESSON}.ipynb", "course/crease/check.py", "LICENSE", "requirements.txt"} <= names
    pins = zipfile.ZipFile(tmp_path / "x.zip").read("crease/requirements.txt").decode()
    assert "numpy==" in pins and "nbgrader" not in pins and "crease-course" not in pins
