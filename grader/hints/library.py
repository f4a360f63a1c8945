"""The judge's hints: a lesson's mistakes and the one-edit variants of its solutions, tried on a failed check's calls.

`Library` takes the place of the sealed hints that `crease.hints` has in a notebook; `sealed` makes those.
"""

import ast
import contextlib
import io
import re
import sys
import warnings
from functools import cached_property

import numpy as np

from crease import check, hints, trail

from . import mistakes, variants

VAGUE = {variants.COUNT, variants.AMOUNT, variants.STEP}  # gives way where another sentence fits as well
PASSED = "The examples shown come out right, other inputs do not."
LINES = 100_000  # of a variant's loop


class Library:
    """The hints of one lesson (see `grader.notebook.lesson.Lesson`)."""

    patience = 1

    def __init__(self, lesson):
        self.lesson, self.made, self.passed, self.fault = lesson, {}, False, ""
        self.cells = {cell.grade_id: cell for cell in lesson.solutions if cell.kind == "code"}
        self.owner = {node.name: name for name, cell in self.cells.items()
                      for node, _, _ in cell.statements if isinstance(node, ast.FunctionDef)}

    @cached_property
    def names(self):
        """The lesson's imports and helpers, and all its solutions."""
        names = {"__name__": "__main__"}
        with quietly():
            for cell in self.lesson.solutions:
                if cell.kind == "code":
                    exec(self.lesson.needed_by(cell), names)
                    exec(compile(cell.source, f"<{cell.grade_id}>", "exec"), names)
        return names

    @cached_property
    def exercises(self):
        """{exercise: `mistakes.Exercise`} of the text in the notebook's metadata."""
        text = self.lesson.notebook.metadata.get("crease", {}).get("mistakes", "")
        with quietly():
            return mistakes.read(text, self.names, self.owner) if text else {}

    def safely(self, find, nothing):
        """What `find` returns, or `nothing` where it fails: a mistake in a hint must never touch a grade."""
        try:
            return find()
        except Exception as error:
            self.fault = f"{type(error).__name__}: {error}"
            return nothing

    def about(self, name):
        """{"hint", "more", "parts"} of the exercise that defines the function."""
        return self.safely(lambda: self.described(name), {})

    def described(self, name):
        exercise = self.exercises.get(self.owner.get(name))
        found = {"hint": exercise.hint, "more": exercise.more} if exercise else {}
        if name in self.owner:
            found["parts"] = parts(self.names[name].__doc__ or "")
        if self.passed and found.get("hint"):
            found["hint"] = f"{PASSED} {found['hint']}"
        return found

    def listed(self, name):
        """[(hint, function)] of the wrong answers to a function."""
        exercise = self.exercises.get(self.owner.get(name))
        return [(answer.hint, answer.names[name]) for answer in (exercise.answers if exercise else ())
                if not answer.right and name in answer.functions]

    def varied(self, name):
        """[(sentence, function)] of the one-edit variants of a function."""
        place = self.owner.get(name)
        if name not in self.made and place is not None:
            self.made[name] = []
            for sentence, code in variants.variants(self.cells[place].source, [name]):
                own = dict(self.names)
                with contextlib.suppress(Exception):
                    exec(compile(code, "<variant>", "exec"), own)
                    self.made[name].append((sentence, bounded(own[name]) if "while" in code else own[name]))
        return self.made.get(name, [])

    def guess(self, calls):
        """The hint for what these calls gave, or None."""
        return self.safely(lambda: self.explained(calls), None)

    def explained(self, calls):
        with quietly():
            for level in (self.listed, self.varied):
                found = {hint for hint, f in level(calls[-1].name) if explains(f, calls)}
                found = found - VAGUE if len(found) > 1 else found
                if found:  # several with different hints: no guess
                    return found.pop() if len(found) == 1 else None
        return None


def library_of(lesson):
    """The lesson's library, made once."""
    if lesson.library is None:
        lesson.library = Library(lesson)
    return lesson.library


def parts(doc):
    """The names of the values that a docstring says are returned."""
    found = re.search(r"(?:Returns (?:[a-z]+ )?|^)\((\w+(?:, \w+)+)\)", doc, re.M)
    return found[1].split(", ") if found else []


def explains(f, calls):
    """Whether `f` does on every call what was done, on the arguments as they are or with arrays for lists."""
    def same(call):
        tried = trail.again(f, call)
        if tried.shape.startswith("!") and not call.shape.startswith("!"):
            tried = trail.again(on_arrays(f), call)
        return trail.agree(tried, call)
    return all(same(call) for call in reversed(calls))


def on_arrays(f):
    """`f` given arrays for lists of numbers."""
    return lambda *args: f(*trail.arrays(args))


def bounded(f):
    """`f`, which raises `TimeoutError` after too many lines of a loop that never ends."""
    def run(*args):
        left, before = LINES, sys.gettrace()

        def count(frame, event, arg):
            nonlocal left
            left -= 1
            if left < 0:
                raise TimeoutError
            return count
        sys.settrace(count)
        try:
            return f(*args)
        finally:
            sys.settrace(before)
    return run


@contextlib.contextmanager
def quietly():
    """No prints and no warnings."""
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(), np.errstate(all="warn", under="ignore"):
        warnings.simplefilter("ignore")
        yield


class Recorder:
    """A library that only remembers which calls led to a failure."""

    patience = 1

    def __init__(self):
        self.calls = None

    def about(self, name):
        return {}

    def guess(self, calls):
        self.calls = list(calls)
        return "."


@contextlib.contextmanager
def using(library, earlier=()):
    """Let checks find their hints in this library; `earlier` are calls of checks of the same exercise before."""
    before, cell = hints.library, trail.cell
    hints.library, trail.cell = library, trail.JUDGE
    trail.start(earlier)
    try:
        yield trail.calls
    finally:
        hints.library, trail.cell = before, cell
        trail.start()


def failing_calls(library, test, answer, code=None, strict=False):
    """The calls of a test up to the one that fails with the functions `answer` ({name: f}); None if none does.

    code : in place of the test's own.  strict: raise what else the test raises.
    """
    recorder, names = Recorder(), dict(library.names)
    with quietly(), using(recorder):
        try:
            exec(library.lesson.needs(test)[0], names)
            names |= {n: library.names[n] for n in library.owner}
            names |= answer
            exec(code or test.code, names)
        except check.Failure:
            return recorder.calls or []
        except Exception:
            if strict:
                raise
            return None
    return None


def grouped(library, test, exercise):
    """([(calls, {hint})] of the listed mistakes, the same of the variants): what a test sees of each, told apart."""
    visible = compile(test.released, f"<{test.grade_id}>", "exec")
    written = [(answer.hint, {name: answer.names[name] for name in answer.functions})
               for answer in library.exercises[exercise].answers if not answer.right]
    varied = [(hint, {name: f}) for name, place in library.owner.items() if place == exercise
              for hint, f in library.varied(name)]
    levels = []
    for level in (written, varied):
        levels.append([])
        for hint, answer in level:
            for given in (answer, {name: on_arrays(f) for name, f in answer.items()}):
                if calls := failing_calls(library, test, given, visible):
                    put(levels[-1], calls, hint)
    return levels


def put(groups, calls, hint):
    """Add a hint to the group with the same calls."""
    for known, said in groups:
        if len(known) == len(calls) and all(a.name == b.name and trail.agree(a, b) for a, b in zip(known, calls)):
            said.add(hint)
            return
    groups.append((calls, {hint}))


def sealed(library):
    """What `crease/hints/` gets of a lesson: an exercise's hints, sealed for what its visible check asks."""
    made = []
    for name in library.exercises:
        functions = [f for f, place in library.owner.items() if place == name]
        pairs, taken = [], []
        for test in library.lesson.tests:
            if library.lesson.exercise(test).grade_id != name or "check.call(" not in test.released:
                continue
            for level in grouped(library, test, name):
                for calls, said in level:
                    said = said - VAGUE if len(said) > 1 else said
                    before = len(taken)
                    if len(said) == 1:
                        put(taken, calls, "")
                    if len(taken) > before:
                        pairs.append((calls, *said))
        about = {"hint": library.exercises[name].hint, "more": library.exercises[name].more}
        about["parts"] = next((p for f in functions if (p := parts(library.names[f].__doc__ or ""))), [])
        made.append(hints.seal(functions, about, pairs))
    return made
