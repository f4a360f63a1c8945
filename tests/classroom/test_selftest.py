"""A lesson whose own solution has not all points grades nobody; a test that the right ones fail is named."""

import nbformat
import numpy as np
import pytest
from typer.testing import CliRunner

import lessons
from grader.__main__ import app
from grader.classroom import selftest
from grader.classroom.folder import Classroom
from grader.classroom.gradebook import Book, Result
from grader.classroom.grades import alarms
from grader.classroom.run import run
from grader.judge import remembered
from grader.judge.result import Status, TestResult


@pytest.fixture
def room(tmp_path):
    return lessons.classroom(tmp_path, {"ada": lessons.answer(lessons.RIGHT)})


def test_an_authors_slip_in_a_hidden_test_costs_no_student(room):
    path = room.folder / "source" / lessons.LESSON / f"{lessons.LESSON}.ipynb"
    whole = path.read_text()
    path.write_text(whole.replace("expected=lambda x: 2 * x", "expected=lambda x: twoo * x"))
    done = CliRunner().invoke(app, ["run", str(room.folder), "--jobs", "1"])
    said = " ".join(done.output.split())
    assert done.exit_code == 2 and "its own solution fails test_double_hidden" in said and "'twoo'" in said
    assert f"source/{lessons.LESSON}/{lessons.LESSON}.ipynb" in said and "0 graded" in said
    with Book(room) as book:
        assert not book.results()
    path.write_text(whole)
    assert run(Classroom(room.folder), jobs=1).graded == 1


def test_it_is_done_once_for_each_version_of_a_lesson(room, monkeypatch, tmp_path):
    whole, tasks = selftest.in_processes, []
    monkeypatch.setattr(remembered, "folder", lambda: tmp_path / "kept")

    def counted(todo, jobs, work):
        tasks.append([task.lesson for task in todo])
        return whole(todo, jobs, work)
    monkeypatch.setattr(selftest, "in_processes", counted)
    run(room, jobs=1)
    run(room, jobs=1, force=True)
    assert tasks == [[lessons.LESSON]]
    (tmp_path / "second").mkdir()
    second = lessons.classroom(tmp_path / "second", {"ada": lessons.answer(lessons.RIGHT)})
    run(second, jobs=1)  # another class on this machine
    assert tasks == [[lessons.LESSON]]
    path = room.folder / "source" / lessons.LESSON / f"{lessons.LESSON}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source += " "
    nbformat.write(notebook, path)
    run(Classroom(room.folder), jobs=1)
    assert len(tasks) == 2


def test_what_is_remembered_is_made_once_and_only_what_is_ones_own_is_believed(monkeypatch, tmp_path):
    made = []
    monkeypatch.setattr(remembered, "folder", lambda: tmp_path)

    def ask(what):
        return remembered.remembered(what, lambda: made.append(what) or len(made))
    assert [ask("a"), ask("a"), ask("b"), ask("a")] == [1, 1, 2, 1]
    remembered.path("b").write_text("{damaged")
    remembered.path("a").replace(remembered.path("c"))  # the name of another one
    assert [ask("b"), ask("c")] == [3, 4]
    monkeypatch.undo()
    monkeypatch.setattr(remembered.Path, "home", lambda: tmp_path)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert remembered.folder.__wrapped__() == remembered.folder.__wrapped__() is not None
    remembered.folder.__wrapped__().chmod(0o777)
    assert remembered.folder.__wrapped__() is None


@pytest.mark.parametrize("training", [
    lambda: np.float64(0.25), lambda: np.array([0.1, 1 / 3]),
    lambda: [(np.eye(2) / 3, np.zeros((1, 2)), "relu"), (np.eye(2), np.ones((1, 2)), None)]])
def test_a_training_that_is_remembered_is_to_the_bit_what_it_was(training, monkeypatch, tmp_path):
    monkeypatch.setattr(remembered, "folder", lambda: tmp_path)
    with np.printoptions(floatmode="unique"):
        first, second = (repr(remembered.remembering("t", training)()) for _ in range(2))
        assert first == second == repr(training())


def test_a_test_that_most_of_the_right_ones_fail_is_named():
    def result(*lost):
        return Result([TestResult(name, f"test_{name}", 0, 1, Status.FAILED if name in lost else Status.PASSED)
                       for name in "abc"])
    class_of = [result("b")] * 10 + [result()] * 2 + [result("a", "c")] * 20 + [result("c")] * 4
    results = {(f"s{n}", "one"): one for n, one in enumerate(class_of)}
    assert alarms(results, ["one"]) == [("one", "test_b", 10, 12)]
    assert alarms(results, ["two"]) == []
