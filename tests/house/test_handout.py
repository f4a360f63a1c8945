"""The zip for learners: what it holds, what it does not, and that it works where it is unpacked."""

import importlib.metadata
import os
import re
import shutil
import zipfile

import nbformat
import pytest
from nbclient import NotebookClient
from packaging.requirements import Requirement
from typer.testing import CliRunner

from common import LESSONS, ROOT
from grader import handout
from grader.__main__ import app


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("handout")
    done = CliRunner().invoke(app, ["release", str(folder / "course.zip")])
    assert done.exit_code == 0 and f"{len(LESSONS)} lessons" in done.output
    with zipfile.ZipFile(folder / "course.zip") as archive:
        archive.extractall(folder)
    return folder / "crease"


def test_it_holds_the_lessons_and_nothing_that_tells_the_answers(unpacked):
    names = {str(path.relative_to(unpacked)) for path in unpacked.rglob("*") if path.is_file()}
    assert {f"course/{lesson}.ipynb" for lesson in LESSONS} <= names
    assert not [name for name in names if re.search(r"solutions|tests|grader/|mistakes|\.pyc|checkpoint", name)]
    tops = {name.split("/")[0] for name in names}
    assert tops == {"README.md", "requirements.txt", "LICENSE", "LICENSE-TEXT", "course"}
    for path in unpacked.rglob("*"):
        assert path.is_dir() or not re.search(rb"BEGIN (SOLUTION|HIDDEN)", path.read_bytes()), path


def test_the_same_course_gives_the_same_bytes_and_nothing_is_overwritten(unpacked, tmp_path):
    again = CliRunner().invoke(app, ["release", str(tmp_path / "again.zip")])
    assert again.exit_code == 0
    assert (tmp_path / "again.zip").read_bytes() == (unpacked.parent / "course.zip").read_bytes()
    twice = CliRunner().invoke(app, ["release", str(tmp_path / "again.zip")])
    assert twice.exit_code == 2 and "this file exists" in twice.output
    nowhere = CliRunner().invoke(app, ["release", str(tmp_path / "no" / "x.zip")])
    assert nowhere.exit_code == 2 and "there is no folder" in nowhere.output


def test_the_lock_holds_all_that_the_lessons_import_and_less_than_the_whole(unpacked):
    pins = {re.sub(r"[-_.]+", "-", Requirement(line).name).lower()
            for line in (unpacked / "requirements.txt").read_text().splitlines()}
    assert {"numpy", "scipy", "matplotlib", "pillow", "ipywidgets", "jupyterlab", "ipykernel"} <= pins
    assert not pins & {"nbgrader", "playwright", "pytest", "distributed"}
    for name in pins:
        try:
            needs = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue
        for need in map(Requirement, needs):
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                assert re.sub(r"[-_.]+", "-", need.name).lower() in pins, f"{name} needs {need.name}"


def test_an_instructors_own_answers_do_not_get_into_it(tmp_path, monkeypatch):
    for name in ("course", "solutions"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("LICENSE", "LICENSE-TEXT", "requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    lesson = tmp_path / "course" / f"{LESSONS[1]}.ipynb"
    lesson.write_text(lesson.read_text().replace("raise NotImplementedError", "return my_answer"))
    assert "my_answer" in lesson.read_text()
    (tmp_path / "course" / "mine").mkdir()
    shutil.copy(lesson, tmp_path / "course" / "mine" / "old.ipynb")
    monkeypatch.setattr(handout, "repository", lambda: tmp_path)
    monkeypatch.setattr(handout, "solutions", lambda: {p.stem: p for p in (tmp_path / "solutions").glob("0*.ipynb")})
    files = handout.contents(tmp_path)
    assert not [name for name, data in files.items() if b"my_answer" in data or "mine" in name]
    assert b"raise NotImplementedError" in files[f"course/{LESSONS[1]}.ipynb"]


@pytest.mark.parametrize("lesson", [lesson for lesson in LESSONS if lesson[:2] in ("00", "01")])
def test_a_lesson_runs_where_it_was_unpacked(unpacked, lesson):
    notebook = nbformat.read(unpacked / "course" / f"{lesson}.ipynb", as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("import crease, grader\nprint(crease.__file__, grader.__file__)"))
    client = NotebookClient(notebook, timeout=120, allow_errors=True, kernel_name="python3",
                            resources={"metadata": {"path": str(unpacked / "course")}})
    client.execute(env={**os.environ, "NBGRADER_EXECUTION": "test"})
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    said = [output for output in outputs if output.output_type == "error"]
    assert {error.ename for error in said} <= {"NotImplementedError", "Unanswered", "Failure"}, said
    printed = "".join(output.get("text", "") for output in outputs)
    assert "Your instructor grades this notebook" in printed
    where = printed.split()[-2:]
    assert where == [str(unpacked / "course" / "crease" / "__init__.py"), str(unpacked / "course" / "grader.py")]
