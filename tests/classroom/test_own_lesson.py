"""A lesson of one's own: brought in by `init`, handed out by `release`, looked at by `check --author`."""

import shutil
import zipfile

import nbformat
import pytest
from typer.testing import CliRunner

import lessons
import small
from cells import cell, data, notebook
from grader import author
from grader.__main__ import app
from grader.classroom import create, lint
from grader.classroom.folder import Classroom
from grader.classroom.run import run

OWN = "21_mine"


def calling(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return lessons.classroom(tmp_path_factory.mktemp("own"), {"ada": lessons.answer(lessons.RIGHT)}).folder


@pytest.fixture
def folder(template, tmp_path, monkeypatch):
    monkeypatch.setattr(create, "solutions", lambda: {
        lessons.LESSON: template / "source" / lessons.LESSON / f"{lessons.LESSON}.ipynb"})
    return shutil.copytree(template, tmp_path / "class")


def put(folder, book):
    place = folder / "source" / OWN / f"{OWN}.ipynb"
    place.parent.mkdir()
    place.write_bytes(data(book))
    return place


def test_it_comes_in_is_handed_out_and_graded(folder, tmp_path):
    mine = lessons.source("_mine")
    del mine.metadata["crease"]["mistakes"]
    put(folder, mine)
    (folder / "mistakes").mkdir()
    (folder / "mistakes" / f"{OWN}.py").write_text(small.MISTAKES["double"].format(exercise="double_mine"))
    done = calling("init", folder)
    assert done.exit_code == 0 and f"added {OWN}" in done.output
    assert f"[lessons.{OWN}]" in (folder / "class.toml").read_text()
    assert (folder / "release" / OWN / f"{OWN}.ipynb").is_file()
    assert "it has them all" in calling("init", folder).output
    with_own = tmp_path / "handout.zip"
    done = calling("release", with_own, "--class", folder)
    assert done.exit_code == 0 and "2 lessons" in done.output
    with zipfile.ZipFile(with_own) as archive:
        names = {name for name in archive.namelist() if name.endswith(".ipynb")}
        assert names == {f"crease/course/{name}.ipynb" for name in (lessons.LESSON, OWN)}
        first, last = (archive.read(f"crease/course/{name}.ipynb").decode() for name in (lessons.LESSON, OWN))
        readme = archive.read("crease/README.md").decode()
    assert f"({OWN}.ipynb)" in first and "That was the last lesson" in last
    assert f"jupyter lab {lessons.LESSON}" in readme
    assert lessons.SECRET not in last and "Twice, not once." not in last and '"hints"' in last
    (folder / "submitted" / "bob" / OWN).mkdir(parents=True)
    (folder / "submitted" / "bob" / OWN / f"{OWN}.ipynb").write_bytes(lessons.answer(lessons.WRONG, "_mine"))
    report = run(Classroom(folder), OWN, jobs=1)
    assert report.faults == {} and report.lessons[OWN] == [0.0]
    assert "Twice, not once." in (folder / "scores.csv").read_text()
    text = (folder / "class.toml").read_text().replace(f"[lessons.{OWN}]", "")
    (folder / "class.toml").write_text(text)
    assert calling("release", with_own, "--class", folder, "--replace").output.count("1 lessons") == 1
    assert f"[lessons.{OWN}]" not in text and "it has them all" in calling("init", folder).output
    assert f"[lessons.{OWN}]" not in (folder / "class.toml").read_text()  # what was taken out stays out


def test_init_refuses_what_is_no_lesson_naming_cell_and_way_out(folder):
    book = lessons.source("_mine")
    next(c for c in book.cells if "test_quiz" in str(c.metadata)).source = "%time check.that(answers, 'x', 'y')"
    place = put(folder, book)
    done = calling("init", folder)
    said = " ".join(done.output.split())
    assert done.exit_code == 2 and "test_quiz_mine" in said and "it is no Python" in said and "--author" in said
    assert not (folder / "release" / OWN).exists() and OWN not in (folder / "class.toml").read_text()
    assert calling("check", "--author", place).exit_code == 2


SETUP = cell("import numpy as np\nfrom crease import check", "setup", locked=True)
SOLUTION = "def f(x):\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION"


def book(*more, solution=SOLUTION):
    return notebook([SETUP, cell(solution, "f"), *more])


def test_of(text, **more):
    return cell(text, "test_f_basics", points=1, **more)


test_of.__test__ = False
RIGHT = "check.call(f, 2.0, expected=2.0)\ncheck.passed('ok')"


@pytest.mark.parametrize("made, where, words", [
    (book(), "", "no cell gives points"), (book(), "f", "no test belongs"),
    (notebook([SETUP, test_of("check.passed('x')")]), "test_f_basics", "no exercise stands before"),
    (book(test_of("check.that(f.__name__ == 'f', 'a', 'b')")), "test_f_basics", "it reads f.__name__"),
    (book(test_of("check.that(not getattr(f, '__code__', 0), 'a', 'b')")), "test_f_basics", "it reads f.__code__"),
    (book(test_of("f(x for x in [1])\ncheck.passed('ok')")), "test_f_basics", "a set or a generator"),
    (book(test_of("check.call(f, {1, 2}, expected=3)\ncheck.passed('ok')")), "test_f_basics", "a set or a generator"),
    (book(test_of("%matplotlib inline")), "test_f_basics", "no Python"),
    (book(test_of(RIGHT), test_of(RIGHT)), "test_f_basics", "two cells have this grade_id"),
    (book(test_of("### BEGIN HIDDEN TESTS\n" + RIGHT)), "test_f_basics", "do not stand in pairs"),
    (book(test_of(RIGHT), solution="def f(x):\n    ### BEGIN SOLUTION\n    return x"), "f", "do not stand in pairs"),
    (book(cell(RIGHT, "test f", points=1)), "test f", "its grade_id"),
    (book(cell(RIGHT, "test_f_basics", points="two")), "test_f_basics", "no number"),
    (book(cell(RIGHT, "test_f_basics", points=-1)), "test_f_basics", "no number")])
def test_each_fault_names_its_cell_and_what_to_do(made, where, words):
    found = lint.faults(made)
    assert any(one[0] == where and words in one[1] and one[2].endswith(".") for one in found), found


def test_a_lesson_of_the_course_and_one_that_grades_by_hand_have_no_faults():
    assert lint.faults(lessons.source()) == [] and lint.faults(book(test_of(RIGHT))) == []
    essay = {"schema_version": 3, "grade_id": "essay", "grade": True, "solution": True, "locked": False, "points": 2}
    by_hand = book(test_of(RIGHT), nbformat.v4.new_markdown_cell("Why?", id="e", metadata={"nbgrader": essay}))
    assert lint.faults(by_hand) == []
    by_hand.cells[-1].metadata.nbgrader.task = True
    assert "a task cell" in lint.faults(by_hand)[0][1]


def examined(tmp_path, made, mistakes=""):
    path = tmp_path / "source" / OWN / f"{OWN}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(data(made))
    if mistakes:
        (tmp_path / "mistakes").mkdir()
        (tmp_path / "mistakes" / f"{OWN}.py").write_text(mistakes)
    return author.examine(path)


def test_the_author_is_told_of_free_points_and_of_answers_on_file_that_come_out_wrong(tmp_path):
    free = cell("check.passed('nothing asked')", "test_f_hidden", points=1)
    mistakes = ('exercise("f", "Look again.")\n\n\n@right\ndef f(x):\n    return x + 1\n\n\n@wrong("It is x.")\n'
                "def f(x):\n    return 1.0 * x\n")
    found = examined(tmp_path, book(test_of(RIGHT), free), mistakes)
    assert [(where, what) for where, what, _ in found.faults] == [
        ("test_f_hidden", "it passes with nothing written."),
        ("its mistakes, line 5", "a right answer to f fails test_f_basics."),
        ("its mistakes, line 10", "this wrong answer to f passes every test.")]


def test_the_author_is_told_which_test_the_own_solution_fails_and_why(tmp_path):
    found = examined(tmp_path, book(test_of("check.call(f, 2.0, expected=3.0)\ncheck.passed('ok')")))
    (where, what, _), = found.faults
    assert where == "test_f_basics" and "its own solution fails: failed." in what and "expected 3" in what
    assert "1 exercises, 1 graded cells, 1 points" in found.holds
