"""Read a lesson's source and its catalogue, and run test cells on an answer in this process."""

import ast
import builtins
import functools
import re
from contextlib import redirect_stdout
from io import StringIO

import jupytext
import nbformat

import build
from common import ROOT
from crease.check import Failure
from grader.hints.library import Library
from grader.notebook.lesson import Lesson

IGNORED = ("BEGIN", "END")


def cells(lesson):
    """[(grade_id, is a test, points, code)] of the graded cells, in order."""
    found = []
    for cell in jupytext.read(ROOT / "solutions" / f"{lesson}.py").cells:
        graded = cell.metadata.get("nbgrader")
        if graded and (graded["solution"] or graded["grade"]):
            found.append((graded["grade_id"], graded["grade"], graded.get("points", 0), cell.source))
    return found


def exercises(lesson):
    return [name for name, test, _, _ in cells(lesson) if not test and name != "quiz"]


def tests_of(lesson, exercise):
    return [(name, code) for name, test, _, code in cells(lesson)
            if test and name in (f"test_{exercise}_basics", f"test_{exercise}_hidden")]


def namespace(lesson):
    """What test cells may use: the imports of the first code cell, and all solutions."""
    notebook = jupytext.read(ROOT / "solutions" / f"{lesson}.py")
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    names = {"__builtins__": builtins, "__name__": "__main__"}
    exec(first.source, names)
    for name, test, _, code in cells(lesson):
        if not test:
            run(code, names, name)
    return names


def run(code, names, title="cell"):
    """Execute cell text; its lines are known to `inspect`, as in a notebook."""
    import linecache
    filename = f"<{title} {hash(code)}>"
    linecache.cache[filename] = (len(code), None, code.splitlines(True), filename)
    exec(compile(ast.parse(code), filename, "exec"), names)


def judge_here(lesson, exercise, answer, names):
    """The failures of an exercise's test cells with `answer` in place of the solution: [(test, Failure or None)]."""
    names = dict(names)
    with redirect_stdout(StringIO()):
        run(answer, names, exercise)
        results = []
        for test, code in tests_of(lesson, exercise):
            try:
                run(code, names, test)
                results.append((test, None))
            except Failure as failure:
                results.append((test, failure))
    return results


def printed(lesson, pattern):
    """What `re.findall` finds in all that the solution notebook prints. That every run prints it is nbval's to say: no
    test trains for it."""
    book = nbformat.read(ROOT / "solutions" / f"{lesson}.ipynb", as_version=4)
    text = "".join(output.get("text", "") for cell in book.cells for output in cell.get("outputs", ()))
    return re.findall(pattern, text, re.M)


@functools.cache
def library(lesson):
    """The judge's `Library` of a lesson's text source, with its mistakes."""
    return Library(Lesson(build.read_source(ROOT / "solutions" / f"{lesson}.py")))


def answers(lesson):
    """[(exercise, `grader.hints.mistakes.Answer`)] of a lesson's mistakes."""
    return [(name, answer) for name, found in library(lesson).exercises.items() for answer in found.answers]


def catalogue(lesson):
    """[(exercise, 'correct' or 'wrong', hint, code)]; the code runs after the lesson's own solution."""
    keep = "import types\nsolution = types.SimpleNamespace({})\n"
    owned = {place: [n for n, p in library(lesson).owner.items() if p == place] for place in exercises(lesson)}
    kept = {name: keep.format(", ".join(f"{own}={own}" for own in found)) for name, found in owned.items()}
    return [(name, "correct" if a.right else "wrong", a.hint, kept[name] * ("solution." in a.code) + a.code)
            for name, a in answers(lesson)]
