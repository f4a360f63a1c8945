"""`your_score`, as the last cell of a lesson calls it."""

import time
import tracemalloc

import nbformat
import pytest

import lessons
from common import ROOT
from grader import score, your_score
from grader.files import read_file
from grader.hints.library import Library
from grader.judge.grade import grade
from grader.limits import Limits


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A learner's folder with the lesson in it, and the solution where the grader looks for it."""
    (tmp_path / "solutions").mkdir()
    source = tmp_path / "solutions" / f"{lessons.LESSON}.ipynb"
    nbformat.write(lessons.source(), source)
    paper = tmp_path / f"{lessons.LESSON}.ipynb"
    paper.write_bytes(lessons.answer(lessons.SCALAR))
    monkeypatch.setattr(score, "solutions", lambda: {lessons.LESSON: source})
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    monkeypatch.chdir(tmp_path)
    return paper


class Shell:
    def __init__(self, *cells, **names):
        self.user_ns = {"In": ["", *cells], **names}


def test_it_shows_points_bars_hints_and_when_the_file_was_saved(desk):
    shown = your_score(lessons.LESSON)
    text, page = repr(shown), shown._repr_html_()
    assert "2 of 4 points" in text and "✗ double: 1 of 3" in text and "✓ quiz: 1 of 1" in text
    assert "test_double_hidden: failed" in text and "Graded as saved on" in text
    assert "2 of 4 points" in page and 'scope="row"' in page and "width:33%" in page
    assert lessons.SECRET not in text + page


def test_it_asks_to_save_first(desk, monkeypatch):
    monkeypatch.setattr("IPython.get_ipython", lambda: Shell(lessons.SCALAR["double"]))
    assert "2 of 4" in repr(your_score(lessons.LESSON))
    monkeypatch.setattr("IPython.get_ipython", lambda: Shell(lessons.SCALAR["double"], lessons.RIGHT["double"]))
    assert "Save first (Ctrl+S)" in repr(your_score(lessons.LESSON))
    assert "double" in your_score(lessons.LESSON)._repr_html_()
    monkeypatch.setattr("IPython.get_ipython", lambda: Shell(answers={1: "b"}))
    assert "2 of 4" in repr(your_score(lessons.LESSON))
    monkeypatch.setattr("IPython.get_ipython", lambda: Shell(answers={1: "c"}))
    assert "another answers" in repr(your_score(lessons.LESSON))


def test_a_grading_run_gets_one_line(desk, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "build")
    assert your_score(lessons.LESSON) == "Your score is shown here when you run this cell yourself."


def test_what_is_missing_is_said_in_one_line(desk, monkeypatch):
    assert "is not in this folder" in your_score("12_other")
    monkeypatch.setattr(score, "solutions", lambda: {})
    assert "not on this machine" in your_score(lessons.LESSON)
    assert "\n" not in your_score(lessons.LESSON)


def test_what_is_not_written_yet_is_not_counted_as_a_mistake(desk):
    desk.write_bytes(lessons.answer({}))
    text = repr(your_score(lessons.LESSON))
    assert "○ double: 0 of 3" in text and text.count("Not answered yet.") == 2 and "✗" not in text


def test_another_lesson_s_file_is_told_in_a_sentence(desk, monkeypatch):
    known = {lessons.LESSON: desk.parent / "solutions" / f"{lessons.LESSON}.ipynb",
             "02_xor": ROOT / "solutions" / "02_xor.ipynb"}
    monkeypatch.setattr(score, "solutions", lambda: known)
    desk.write_bytes((ROOT / "course" / "02_xor.ipynb").read_bytes())
    said = repr(your_score(lessons.LESSON))
    assert f"{lessons.LESSON}.ipynb holds the cells of 02_xor" in said and len(said.splitlines()) == 2


def test_a_broken_file_is_told_in_a_sentence(desk):
    desk.write_bytes(b"{")
    said = your_score(lessons.LESSON)
    assert "was cut off" in said._repr_html_() and len(repr(said).splitlines()) == 2


def test_to_read_a_file_takes_no_more_room_than_it_has(desk):
    """In a browser what Python has once had is never given back."""
    tracemalloc.start()
    try:
        data, _ = read_file(desk)
        assert tracemalloc.get_traced_memory()[1] < 2 * len(data) + 100_000
    finally:
        tracemalloc.stop()
    assert data == desk.read_bytes() and read_file(desk, len(data))[0] == data
    assert read_file(desk, len(data) - 1) == (None, "The file is larger than 0 MB.")


def test_looking_for_a_hint_takes_nothing_of_the_learner_s_time(monkeypatch):
    """In a process that has just started, on a loaded machine, the tables of hints take longer than a test may."""
    found = Library.asked

    def slowly(library, name):
        time.sleep(1.2)
        return found(library, name)
    monkeypatch.setattr(Library, "asked", slowly)
    graded = grade(lessons.answer(lessons.WRONG), nbformat.writes(lessons.source()).encode(), unsafe=True,
                   limits=Limits(test_seconds=1))
    assert [(t.status, bool(t.hint)) for t in graded.tests if t.exercise == "double"] == [("failed", True)] * 2
