"""A test that fails only because an earlier exercise does says so; and what never ends costs seconds."""

import pytest

import small as fixture
from grader.judge import grade as judge
from grader.judge import marking, play
from grader.limits import Limits, Pace
from grader.notebook.calls import calls
from grader.notebook.lesson import lesson_in

LOOP = "import time\ndef relu(x):\n    while True: time.sleep(1)"


def rows(limits=Limits(), **answers):  # noqa: B008 (frozen)
    graded = judge.grade(fixture.data(fixture.answered(**answers)), fixture.SOURCE, limits=limits)
    return {row.test: row for row in graded.tests}


def test_the_innocent_exercise_is_not_blamed_and_gets_no_points():
    found = rows(relu="def relu(x):\n    return np.abs(x)")
    assert found["test_twice_hidden"].status == "failed" and found["test_twice_hidden"].score == 0
    assert found["test_twice_hidden"].hint == "This fails because `relu` does. With a right `relu` it passes."
    assert found["test_twice_hidden"].follows == ["relu"] and not found["test_relu_hidden"].follows


def test_an_exercise_that_is_wrong_itself_is_told_so():
    found = rows(relu="def relu(x):\n    return np.abs(x)", twice="def twice(f, x):\n    return f(x)")
    assert found["test_twice_hidden"].hint == "Call f on what f gave." and not found["test_twice_hidden"].follows


def test_an_exercise_that_calls_another_by_name_follows_it():
    calling = "def scale(x, factor=2.0):\n    return relu(np.asarray(x, float)) * factor"
    found = rows(relu="def relu(x):\n    raise NotImplementedError()", scale=calling)
    for name in ("test_scale_basics", "test_scale_hidden", "test_twice_hidden"):
        assert found[name].follows == ["relu"], found[name]
    assert found["test_relu_basics"].status == "unanswered"


def test_who_calls_whom_is_known_through_helpers():
    lesson = lesson_in(fixture.SOURCE)
    owner = {name: cell.index for cell in lesson.solutions for name in cell.binds}
    sources = {owner["twice"]: "def twice(f, x):\n    return relu(x)",
               owner["scale"]: "def scale(x):\n    return twice(x, x)"}
    assert calls(owner, sources)[owner["scale"]] == {owner["relu"], owner["twice"]}


def test_a_loop_without_an_end_costs_its_exercise_and_seconds():
    found = rows(relu=LOOP)
    assert [row.status for row in found.values()] == ["timeout", "timeout", "passed", "timeout"] + ["passed"] * 3
    assert "its 5 seconds" in found["test_relu_basics"].hint
    assert "its 1 seconds" in found["test_relu_hidden"].hint


def test_a_cell_may_take_as_long_as_the_lessons_own_takes_here(monkeypatch):
    """A machine that is slow is slow for the lesson's own solution too."""
    slow = "import time\ndef relu(x):\n    time.sleep(1.4)\n    return np.maximum(x, 0)"
    monkeypatch.setattr(play, "Pace", lambda: Pace(0.5, 20.0, 30.0))
    lesson_in(fixture.SOURCE).pace = None
    assert rows(relu=slow)["test_relu_basics"].status == "timeout"
    test = next(test for test in lesson_in(fixture.SOURCE).tests if test.grade_id == "test_relu_basics")
    assert lesson_in(fixture.SOURCE).pace[test.index] < 1
    monkeypatch.setitem(lesson_in(fixture.SOURCE).pace, test.index, 0.2)  # as on a machine some ten times slower
    assert rows(relu=slow)["test_relu_basics"].status == "passed"


@pytest.mark.parametrize("test", lesson_in(fixture.SOURCE).tests, ids=lambda test: test.grade_id)
def test_the_pace_of_every_test_is_measured(test):
    lesson = lesson_in(fixture.SOURCE)
    assert marking.pace(lesson, Limits(), False)[test.index] >= 0
