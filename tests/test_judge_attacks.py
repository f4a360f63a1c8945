"""Every attack of `attacks.py`: exact scores and statuses, nothing leaked, and the neighbour untouched."""

from dataclasses import replace

import nbformat
import pytest

import attacks
import attacks_lesson as fixture
from grader.judge.grade import grade
from grader.limits import MB, Limits

QUICK = Limits(cell_seconds=3, test_seconds=1.5, notebook_seconds=30, memory=700 * MB, callbacks=300)


def statuses(graded):
    return {r.test: r.status for r in graded.tests}


def check(answers, lost, limits=QUICK):
    """Grade an attack and then its honest neighbour; return the attack's grading."""
    notebook = fixture.answered(**answers)
    if "points" in answers:
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("grade"):
                cell.metadata.nbgrader.points = answers["points"]
    graded = grade(fixture.data(notebook), fixture.SOURCE, limits=limits)
    expected = {name: lost.get(name, "passed") for name in fixture.TESTS}
    assert statuses(graded) == expected, [(r.test, r.status, r.hint) for r in graded.tests] + graded.notes
    for r in graded.tests:
        assert r.max_score == fixture.POINTS[r.test]
        assert r.score == (r.max_score if expected[r.test] == "passed" else 0)
    leaked(graded)
    neighbour = grade(fixture.data(fixture.answered()), fixture.SOURCE, limits=QUICK)
    assert set(statuses(neighbour).values()) == {"passed"} and sum(r.score for r in neighbour.tests) == fixture.TOTAL
    return graded


def leaked(graded):
    """Nothing that only a hidden test knows may be in anything that the student sees; and the notebook is one."""
    nbformat.validate(graded.notebook)
    text = str(graded.notebook) + str([(r.hint, r.message) for r in graded.tests]) + str(graded.notes)
    assert str(fixture.SECRET) not in text and "HIDDEN" not in text
    for r in graded.tests:
        assert not (r.test.endswith("_hidden") and r.message)


@pytest.mark.parametrize("name", attacks.FORGED)
def test_a_forged_answer_earns_nothing(name):
    check(*attacks.FORGED[name])


@pytest.mark.parametrize("name", attacks.CHANNEL)
def test_a_forged_message_earns_nothing(name):
    check(*attacks.CHANNEL[name])


@pytest.mark.parametrize("name", attacks.SLOW)
def test_an_exercise_that_takes_time_to_break_costs_only_itself(name):
    check(*attacks.SLOW[name], limits=replace(QUICK, test_seconds=30, notebook_seconds=90))


@pytest.mark.parametrize("name", attacks.BROKEN)
def test_a_broken_exercise_costs_only_itself(name):
    check(*attacks.BROKEN[name])
