"""Cells that need not be run are not run, every other is, and no score depends on it."""

import nbformat
import pytest
from nbformat import v4

from common import LESSONS, ROOT
from grader.judge import marking
from grader.judge.grade import grade
from grader.limits import Limits
from grader.notebook.lesson import lesson_in
from grader.notebook.skip import skippable
from grader.notebook.submission import match, read
from lessons import RIGHT, answer, source

FACTOR = "factor = 3\nprint('a slow experiment')"


def lesson_with(free, answers, extra=()):
    """(tests by name, outputs of the free cell) of a lesson whose experiment cell is `free`."""
    lesson = source()
    lesson.cells.insert(2, v4.new_code_cell(free, id="free"))
    submitted = nbformat.reads(answer(answers, extra=extra).decode(), as_version=4)
    saved = v4.new_code_cell(free, id="free", outputs=[v4.new_output("stream", name="stdout", text="as handed in\n")])
    submitted.cells.insert(2, saved)
    graded = grade(nbformat.writes(submitted).encode(), nbformat.writes(lesson).encode())
    shown = next(cell.outputs for cell in graded.notebook.cells if cell.id == "free")
    return {t.test: t.status for t in graded.tests}, "".join(o.get("text", "") for o in shown)


def test_an_experiment_of_the_lesson_is_shown_as_it_was_handed_in():
    tests, shown = lesson_with(FACTOR, RIGHT)
    assert shown == "as handed in\n" and set(tests.values()) == {"passed"}


@pytest.mark.parametrize("code", [
    "def double(x):\n    return np.asarray(x) * (factor - 1)",
    "def double(x):\n    return np.asarray(x) * (globals()['factor'] - 1)",
    "from __main__ import factor\ndef double(x):\n    return np.asarray(x) * (factor - 1)",
    "double = lambda x: (lambda: np.asarray(x) * (factor - 1))()",
    "def double(x):\n    return np.asarray(x) * eval('factor - 1')",
], ids=["reads it", "globals", "main", "nested", "eval"])
def test_an_experiment_that_an_answer_reads_is_run(code):
    tests, shown = lesson_with(FACTOR, {**RIGHT, "double": code})
    assert shown == "a slow experiment\n" and set(tests.values()) == {"passed"}


@pytest.mark.parametrize("free", ["limits = [1]\nlimits.append(2)\nprint('ran')", "np.random.seed(3)\nprint('ran')",
                                  "for k in range(2):\n    np.random.seed(k)\nprint('ran')"])
def test_a_cell_that_changes_what_others_use_is_run(free):
    code = "def double(x):\n    return np.asarray(x) * 2 + (0 * len(limits) if x is None else 0)"
    _, shown = lesson_with(free, {**RIGHT, "double": code})
    assert shown == "ran\n"


def test_a_cell_that_the_learner_changed_or_added_is_run():
    graded = grade(answer(RIGHT, extra=["print('mi' + 'ne')"]), nbformat.writes(source()).encode())
    assert "mine" in str(graded.notebook)


@pytest.mark.parametrize("lesson", LESSONS)
def test_of_a_released_notebook_no_more_is_run_than_of_the_solution(lesson):
    """What a release adds is not taken for the learner's: an experiment can take a hundred times what answers do."""
    source = (ROOT / "solutions" / f"{lesson}.ipynb").read_bytes()
    mine, theirs = lesson_in(source), {}
    for folder in ("solutions", "course"):
        submitted, _ = read((ROOT / folder / f"{lesson}.ipynb").read_bytes(), Limits())
        match(submitted, mine, [])
        theirs[folder] = {submitted[place].match.index for place in skippable(submitted, mine)}
    asked = {cell.index for cell in mine.cells if "quiz" in cell.metadata.get("tags", [])}
    assert theirs["course"] == theirs["solutions"] - asked and len(theirs["course"]) > 2


@pytest.mark.parametrize("lesson", [lesson for lesson in LESSONS if lesson[:2] in ("00", "01", "03", "05")])
def test_no_score_of_a_lesson_depends_on_what_is_skipped(lesson, monkeypatch):
    """With all answers and with half of them (bench/grading.py asserts equal scores of all lessons)."""
    data = (ROOT / "solutions" / f"{lesson}.ipynb").read_bytes()
    half = nbformat.reads(data.decode(), as_version=4)
    released = nbformat.read(ROOT / "course" / f"{lesson}.ipynb", as_version=4)
    stubs = {c.metadata["nbgrader"]["grade_id"]: c.source for c in released.cells if "nbgrader" in c.metadata}
    solutions = [c for c in half.cells if c.metadata.get("nbgrader", {}).get("solution")]
    for cell in solutions[::2]:
        cell.source = stubs[cell.metadata["nbgrader"]["grade_id"]]
    submissions = data, nbformat.writes(half).encode()

    def scored():
        return [[(t.test, t.status, t.hint) for t in grade(one, data).tests] for one in submissions]
    quick, skipped, real = scored(), [], marking.skippable
    monkeypatch.setattr(marking, "skippable", lambda *about: skipped.append(real(*about)) or set())
    assert scored() == quick and all(skipped)
    assert len(solutions) == 1 or quick[0] != quick[1]


def test_the_first_of_several_missing_functions_is_named_in_every_process():
    """Names come out of sets, whose order is another in each process; what is said must not be."""
    lesson = lesson_in((ROOT / "solutions" / "02_xor.ipynb").read_bytes())
    test = next(test for test in lesson.tests if test.grade_id == "test_success_rate_hidden")
    assert list(lesson.needs(test)[1]) == ["success_rate", "smallest_width"]
