"""Similar answers: copies are found whatever was renamed, and honest answers are not."""

import json
from itertools import combinations

from rapidfuzz.distance import Indel

import lessons
from common import LESSONS, ROOT
from grader.classroom.folder import Classroom
from grader.classroom.run import run
from grader.reports.similar import FEWEST, THRESHOLD, own_tokens, pairs, released, similar, tokens
from lessonbook import catalogue


def test_no_two_right_answers_of_different_people_are_taken_for_a_pair():
    """What the catalogues call correct is written as different people write it: far below the threshold."""
    most, count = 0.0, 0
    for lesson in LESSONS:
        given = released((ROOT / "solutions" / f"{lesson}.ipynb").read_bytes())
        answers = {}
        for exercise, verdict, _, code in catalogue(lesson):
            own = own_tokens(code, given.get(exercise, ()))
            if verdict == "correct" and len(own) >= FEWEST:
                answers.setdefault(exercise, []).append(own)
        for one, other in (pair for group in answers.values() for pair in combinations(group, 2)):
            most, count = max(most, Indel.normalized_similarity(one, other)), count + 1
    assert count > 50 and most < THRESHOLD - 0.1


def test_a_draft_that_two_people_mend_in_different_ways_is_no_pair():
    draft = "def f(x):\n" + "".join(f"    a{n} = x + {n} * x\n" for n in range(9)) + "    return a8"
    one, other = (own_tokens(draft.replace("* x", fix, 1), tokens(draft)) for fix in ("* x * x", "- x ** 3"))
    assert len(one) < FEWEST > len(other)


def test_names_comments_layout_and_what_was_given_do_not_count():
    code = "def f(x):\n    total = 0  # sum\n    for item in x:\n        total += item ** 2\n    return total\n"
    renamed = code.replace("total", "s").replace("item", "k").replace("# sum", "").replace("    ", "\t")
    assert tokens(code) == tokens(renamed)
    assert tokens(code) != tokens(code.replace("** 2", "** 3")) != tokens(code.replace("sum", "max"))
    assert own_tokens(code, tokens("def f(x):\n    return max(x)")) == tokens(code)[6:]
    assert tokens("x = (1,\n 2") and tokens("'") is not None  # broken code is compared as far as it goes


def test_pairs_hold_who_and_what_once():
    long = [str(n) for n in range(100)]
    groups = {tuple(long): [("ada", "A"), ("bob", "B")], (*long[:-2], "x", "y"): [("cy", "C")],
              tuple(long[50:]): [("dee", "D")]}
    found = pairs("lesson", "exercise", groups, 0.9)
    assert [(round(pair.similarity, 2), pair.students) for pair in found] == [
        (1.0, (("ada",), ("bob",))), (0.98, (("ada", "bob"), ("cy",)))]


def test_files_of_old_formats_with_odd_parts_stop_neither_a_run_nor_the_comparison(tmp_path):
    def old(*cells, **more):
        book = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}
        return json.dumps(book | more)
    heading = {"cell_type": "heading", "source": "x", "metadata": {}}
    odd = [old(worksheets=3), old(worksheets=[3, {"cells": 3}]), old(worksheets={}), old(heading | {"level": "one"}),
           old(heading | {"level": 1e300}), old(heading | {"level": [1], "source": {"a": 1}}), old(3, [], "cell"),
           old({"cell_type": "code", "input": 3, "outputs": {"a": 3}, "language": []}), "[" * 5000, "\ufeff{}", "3"]
    lines = "".join(f"    a{n} = np.asarray(x) * {n} + {n}\n" for n in range(30))
    long = f"def double(x):\n{lines}    return np.asarray(x) + np.asarray(x)"
    copied = lessons.answer(lessons.RIGHT | {"double": long})
    handed_in = {f"odd{n}": text.encode() for n, text in enumerate(odd)} | {"ada": copied, "bob": copied}
    room = lessons.classroom(tmp_path, handed_in)
    report = run(Classroom(room.folder), jobs=1)
    assert report.graded == len(handed_in) and report.statuses["grader_error"] == 0
    assert {student for student, *_ in report.trouble} == {f"odd{n}" for n in range(len(odd))}
    found = similar(Classroom(room.folder), [lessons.LESSON], sorted(handed_in))
    assert [pair.students for pair in found] == [(("ada",), ("bob",))]
