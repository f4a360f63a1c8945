"""Grade small submissions, and say what must hold of every grading: for the tests of the judge."""

import nbformat
from nbformat import v4

import small as fixture
from cells import cell, data, notebook
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
    expected = {name: lost.get(name, "passed") for name in fixture.POINTS}
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


def with_cell(code, place=3, **answers):
    """An honest notebook with one more cell."""
    notebook = fixture.answered(**answers)
    notebook.cells.insert(place, v4.new_code_cell(code))
    return notebook


def shown(graded, code):
    """What the cell that holds `code` showed, as text."""
    cell = next(cell for cell in graded.notebook.cells if cell.cell_type == "code" and code in cell.source)
    return str(cell.outputs)


def graded_with(code, place=3, limits=QUICK, passing=True, **answers):
    graded = grade(fixture.data(with_cell(code, place, **answers)), fixture.SOURCE, limits=limits)
    if passing:
        assert set(statuses(graded).values()) == {"passed"}, [(r.test, r.status, r.hint) for r in graded.tests]
        assert sum(r.score for r in graded.tests) == fixture.TOTAL
    leaked(graded)
    return graded


def mini(answer, test, *, solution="def f(x):\n    return x", before="", hidden=True, limits=QUICK):
    """The row of one test on one answer, in a lesson of one exercise."""
    setup = "import numpy as np\nfrom crease import check, nets"
    lesson = notebook([cell(setup, "s", locked=True), cell(before), cell(solution, "f"),
                       cell(test, "test_f_hidden" if hidden else "test_f_basics", points=1)])
    source = data(lesson)
    lesson.cells[2].source = answer
    graded = grade(data(lesson), source, limits=limits)
    return graded.tests[0], graded


def passes(answer, test, **more):
    row, graded = mini(answer, test, **more)
    assert row.status == "passed" and row.score == 1, (row, graded.notes)


def fails(answer, test, status="failed", **more):
    row, graded = mini(answer, test, **more)
    assert row.status == status and row.score == 0, (row, graded.notes)
    return row
