"""The tests are tested: correct variants get full marks, wrong answers lose points and draw their own hint."""

import functools

import pytest

from common import LESSONS, ROOT, tally
from lessonbook import catalogue, exercises, judge_here, namespace

OLD = [lesson for lesson in LESSONS if (ROOT / "solutions" / "catalogue" / f"{lesson}.py").exists()]
ENTRIES = [(lesson, *entry) for lesson in OLD for entry in catalogue(lesson)]
names_of = functools.cache(namespace)


@pytest.mark.parametrize("lesson", OLD)
def test_every_exercise_has_three_correct_variants_and_six_wrong_answers(lesson):
    entries = catalogue(lesson)
    for exercise in exercises(lesson):
        kinds = [verdict for name, verdict, _, _ in entries if name == exercise]
        assert kinds.count("correct") >= 3 and kinds.count("wrong") >= 6, (exercise, kinds)
    assert {name for name, *_ in entries} == set(exercises(lesson))


@pytest.mark.parametrize("lesson, exercise, verdict, words, code", ENTRIES,
                         ids=[f"{e[0][:2]}-{e[1]}-{e[2]}-{e[3]}" for e in ENTRIES])
def test_answer(lesson, exercise, verdict, words, code):
    failures = [f for _, f in judge_here(lesson, exercise, code, names_of(lesson)) if f is not None]
    tally[verdict] += 1
    if verdict == "correct":
        tally["false rejects"] += bool(failures)
        assert not failures, f"refused: {failures[0]}"
    else:
        tally["false accepts"] += not failures
        assert failures, "accepted"
        right = any(words.lower() in f.hint.lower() for f in failures)
        tally["right hint"] += right
        assert right, f"drew {[f.hint for f in failures]}"
