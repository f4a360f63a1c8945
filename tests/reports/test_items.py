"""Item analysis: difficulty, discrimination, what hints led to, mistakes by name, quiz choices, sections."""

import json

import numpy as np
import pytest
import sqlalchemy

from grader.classroom import history
from grader.judge.result import Status, TestResult
from grader.reports import items

TWICE, SIGN = "Twice, not once.", "Look at the sign."


def result(*rows):
    """A `Result` of (exercise, points of 2, hint)."""
    from grader.classroom.gradebook import Result
    return Result([TestResult(name, f"test_{name}", points, 2.0, Status.PASSED if points == 2 else Status.FAILED, hint)
                   for name, points, hint in rows])


def test_difficulty_and_discrimination_are_those_of_the_book():
    rng = np.random.default_rng(3)
    scores = rng.integers(0, 3, (40, 3)).astype(float)
    scores[:, 1] = np.clip(scores[:, 0] + rng.integers(-1, 2, 40), 0, 2)
    handed_in = {(f"s{n}", "one"): result(*zip("abc", row, ["", "", ""])) for n, row in enumerate(scores)}
    found = {item.name: item for item in items.items("one", handed_in, {})}
    for place, name in enumerate("abc"):
        rest = scores.sum(1) - scores[:, place]
        assert found[name].difficulty == pytest.approx(scores[:, place].mean() / 2)
        assert found[name].discrimination == pytest.approx(np.corrcoef(scores[:, place], rest)[0, 1])
        assert found[name].solved == {f"s{n}" for n in np.flatnonzero(scores[:, place] == 2)}
    few = dict(list(handed_in.items())[:5])
    assert items.items("one", few, {})[0].discrimination is None  # too few to say
    assert items.items("one", {("s", "one"): result(("a", 2.0, ""))}, {})[0].discrimination is None  # no rest


def test_an_exercise_that_the_strong_fail_is_doubtful():
    handed_in = {(f"s{n}", "one"): result(("a", 2.0 * (n < 10), ""), ("b", 2.0 * (n >= 8), "")) for n in range(20)}
    a, b = items.items("one", handed_in, {})
    assert a.doubtful and b.doubtful and a.discrimination < -0.5


def test_a_hint_has_led_to_a_pass_where_a_later_submission_is_right():
    last = {"ada": 2.0, "bob": 0.0, "cy": 0.0, "dora": 0.0}
    handed_in = {(name, "one"): result(("a", points, "" if points else TWICE)) for name, points in last.items()}
    earlier = {("ada", "one"): [result(("a", 0.0, TWICE)), result(("a", 0.0, SIGN))],
               ("bob", "one"): [result(("a", 0.0, TWICE))]}
    item, = items.items("one", handed_in, earlier)
    most, other = item.mistakes
    assert (most.text, most.who, most.again, most.right) == (TWICE, {"ada", "bob", "cy", "dora"}, {"ada", "bob"},
                                                             {"ada"})
    assert (other.text, other.who, other.right) == (SIGN, {"ada"}, {"ada"})
    assert item.led == (1, 2) and most.led == "1 of 2"


def test_what_cannot_be_graded_or_does_not_count_is_no_item():
    bad = result(("a", 0.0, "No notebook."))
    bad.tests[0].status = Status.NOT_GRADABLE
    dropped = result(("a", 1.0, ""), ("b", 0.0, "x"))
    dropped.tests[1].max_score = 0.0
    item, = items.items("one", {("ada", "one"): bad, ("bob", "one"): dropped, ("cy", "two"): dropped}, {})
    assert item.name == "a" and item.shares == {"bob": 0.5}


def test_sections_stand_side_by_side():
    handed_in = {(name, "one"): result(("a", points, "")) for name, points in (("ada", 2.0), ("bob", 1.0), ("cy", 0.0))}
    found = {"one": items.items("one", handed_in, {})}
    sections = {"ada": "A", "bob": "A", "cy": "B", "dora": "B"}
    table, = items.by_section(found, sections, handed_in, ["one"])
    assert table["sections"] == [{"name": "A", "of": 2, "came": 2}, {"name": "B", "of": 2, "came": 1}]
    assert table["rows"] == [{"name": "a", "cells": [0.75, 0.0]}]
    assert items.by_section(found, dict.fromkeys(sections, "A"), handed_in, ["one"]) == []


@pytest.mark.parametrize("text, found", [
    ("answers = quiz.keep({1: 'c', 2: 'a'})", {1: "c", 2: "a"}), ("answers = {}", {}), ("answers = (", {}), ("", {}),
    ("answers = {1: open('x')}", {}), ("x = {}\nanswers = {1: 'b'}", {1: "b"}), ("(" * 2000, {})])
def test_the_choices_of_a_quiz_are_read_and_never_run(text, found):
    assert items.chosen(text) == found


def test_quiz_choices_are_counted(tmp_path):
    from cells import cell, data, notebook
    from grader.classroom.folder import Classroom
    asked = cell('quiz.ask("""\n1. What is ReLU(-1)?\n- 1 | no\n+ 0 | yes\n2. And ReLU(2)?\n+ 2 | yes\n- 0 | no\n""")')
    asked.metadata["tags"] = ["quiz"]
    book = notebook([asked, cell("answers = {}", "quiz")])
    for name in ("source/one", "submitted"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "nbgrader_config.py").write_text("")
    (tmp_path / "source" / "one" / "one.ipynb").write_bytes(data(book))
    for student, answers in (("ada", "{1: 'b', 2: 'a'}"), ("bob", "{1: 'a'}"), ("cy", "{}"), ("junk", None)):
        folder = tmp_path / "autograded" / student / "one"
        folder.mkdir(parents=True)
        book.cells[1].source = f"answers = quiz.keep({answers})"
        (folder / "one.ipynb").write_bytes(data(book) if answers else b"{")
    first, second = items.questions(Classroom(tmp_path), "one", ["ada", "bob", "cy", "junk", "absent"])
    assert (first["question"], first["of"], first["open"]) == ("What is ReLU(-1)?", 2, 0)
    taken = [(one["letter"], one["right"], one["count"]) for one in first["choices"]]
    assert taken == [("a", False, 1), ("b", True, 1)]
    assert second["open"] == 1 and second["choices"][0]["share"] == 0.5


def test_only_another_paper_s_result_is_history():
    with sqlalchemy.create_engine("sqlite://").connect() as db:
        db.execute(sqlalchemy.text(history.TABLE))
        db.execute(sqlalchemy.text("CREATE TABLE crease_result (student, lesson, digest, result)"))
        db.execute(sqlalchemy.text("INSERT INTO crease_result VALUES ('ada', 'one', 'p.j', :text)"),
                   {"text": result(("a", 0.0, TWICE)).to_json()})
        for digest in ("p.other judge", "", "q.j"):  # regraded; a fault of the grader's; handed in anew
            history.keep(db, "ada", "one", digest)

        class Book:
            pass
        book = Book()
        book.db = db
        found = history.earlier(book, lambda text: type(result())(**{**json.loads(text), "tests": [1], "notes": []}))
        assert list(found) == [("ada", "one")] and len(found["ada", "one"]) == 1
