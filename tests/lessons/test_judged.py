"""Every lesson before the judge: the solution, the release, one half done, and the catalogue with its hints."""

import copy
import json
import os
import re
import warnings
from concurrent.futures import ProcessPoolExecutor

import nbformat
import pytest
from nbformat.warnings import DuplicateCellId

from common import LESSONS, ROOT
from grader.classroom.workers import context
from grader.judge.grade import grade
from lessonbook import catalogue, exercises

pytestmark = pytest.mark.parametrize("lesson", LESSONS)


@pytest.fixture(scope="module")
def workers():
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context()) as pool:
        yield pool


def read(folder, lesson):
    return nbformat.read(ROOT / folder / f"{lesson}.ipynb", as_version=4)


def judged(notebook, lesson, source=None):
    data = json.dumps(source).encode() if source else (ROOT / "solutions" / f"{lesson}.ipynb").read_bytes()
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always", DuplicateCellId)
        graded = grade(json.dumps(notebook).encode(), data)
    assert not [one for one in said if one.category is DuplicateCellId]
    return graded.tests


def total(tests):
    return sum(t.score for t in tests)


def cell_of(notebook, grade_id):
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def only(notebook, exercise):
    """Without the tests of other exercises."""
    kept = copy.deepcopy(notebook)
    wanted = ("", f"test_{exercise}_basics", f"test_{exercise}_hidden")
    kept.cells = [c for c in kept.cells
                  if (c.metadata.nbgrader.grade_id if c.metadata.get("nbgrader", {}).get("grade") else "") in wanted]
    return kept


def test_the_solution_gets_all_points_and_the_release_none(lesson):
    tests = judged(read("solutions", lesson), lesson)
    assert [t for t in tests if t.status != "passed"] == []
    assert total(tests) == sum(t.max_score for t in tests)
    untouched = judged(read("course", lesson), lesson)
    assert total(untouched) == 0
    assert {t.status for t in untouched} <= {"unanswered", "failed"}
    assert all(t.hint for t in untouched)


def test_half_done_gets_the_points_of_its_half(lesson):
    done, names = read("solutions", lesson), exercises(lesson)
    half = read("course", lesson)
    for name in names[: (len(names) + 1) // 2]:
        cell_of(half, name).source = cell_of(done, name).source
    tests = judged(half, lesson)
    for t in tests:
        finished = t.exercise in names[: (len(names) + 1) // 2]
        assert (t.status == "passed") == finished, t
    assert 0 < total(tests) < sum(t.max_score for t in tests)


def judged_entry(lesson, solution, exercise, code):
    """The tests of `exercise` with `code` as its answer (runs in a worker)."""
    source = only(solution, exercise)
    submitted = copy.deepcopy(source)
    cell = cell_of(submitted, exercise)
    several = "solution = types." in code or len(re.findall(r"^def ", cell.source, re.M)) > 1  # it uses the solution
    cell.source = f"{cell.source}\n\n\n{code}" if several else code
    return judged(submitted, lesson, source)


def test_the_catalogue_before_the_judge(lesson, workers):
    """The judge, with the learner's function in another process, says what the test cells say in JupyterLab."""
    solution, entries = read("solutions", lesson), catalogue(lesson)
    for cell in solution.cells:
        if cell.cell_type == "code":
            cell.outputs = []  # a hundred times a megabyte of pictures need not be written and read
    jobs = [workers.submit(judged_entry, lesson, solution, exercise, code) for exercise, _, _, code in entries]
    for (exercise, verdict, words, _), job in zip(entries, jobs):
        tests = job.result()
        assert {t.exercise for t in tests} == {exercise}
        if verdict == "correct":
            assert {t.status for t in tests} == {"passed"}, (exercise, words, tests)
        else:
            assert total(tests) < sum(t.max_score for t in tests), (exercise, words)
            assert any(words.lower() in t.hint.lower() for t in tests), (exercise, words, tests)
