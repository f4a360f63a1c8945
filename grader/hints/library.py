"""The judge's hints: a lesson's mistakes and the one-edit variants of its solutions, tried on a failed check's calls.

`Library` takes the place of the sealed hints that `crease.hinting` has in a notebook; `sealing` makes those.
"""

import ast
import contextlib
import inspect
import io
import re
import sys
import warnings
from functools import cached_property

import numpy as np

from crease.hinting import hints, trail

from ..notebook.lesson import imported
from . import mistakes, variants
from .alike import explains, likeness
from .kinds import VAGUE

PASSED = "The examples shown come out right, other inputs do not."
ALONE = "The check shown passes, the hidden one does not."  # of a function without inputs
LINES = 100_000  # of a variant's loop
ALIKE = 0.3  # of what else the checks ask, a listed mistake has to do as the learner's function does


class Doubted(BaseException):
    """A check has failed that will be asked again: its hint need not be looked for yet."""


class Library:
    """The hints of one lesson (see `grader.notebook.lesson.Lesson`)."""

    patience = 1
    give_time = None  # called when looking for a hint has taken time, which is not the learner's
    doubted = staticmethod(lambda: False)  # called when a check has failed: whether it will be asked again

    def __init__(self, lesson):
        self.lesson, self.made, self.passed, self.fault, self.all_calls = lesson, {}, False, "", {}
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
            return mistakes.read(text, self.imports(text) | self.names, self.owner) if text else {}

    def imports(self, text):
        """What the lesson imports of the names in a text; the solutions may need less."""
        names = {}
        try:
            used = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
        except SyntaxError:  # `mistakes.read` says where
            return names
        for statement, bound, _ in (one for cell in self.lesson.cells for one in cell.statements):
            if isinstance(statement, ast.Import | ast.ImportFrom) and bound & used:
                exec(compile(ast.Module([imported(statement, used)], []), "<imports>", "exec"), names)
        return names

    def safely(self, find, nothing):
        """What `find` returns, or `nothing` where it fails: a mistake in a hint must never touch a grade."""
        try:
            return find()
        except Exception as error:
            self.fault = f"{type(error).__name__}: {error}"
            return nothing

    def about(self, name):
        """{"hint", "more", "parts"} of the exercise that defines the function."""
        if self.doubted():
            raise Doubted
        return self.safely(lambda: self.described(name), {})

    def described(self, name):
        """What `about` gives where nothing of the lesson fails."""
        exercise = self.exercises.get(self.owner.get(name))
        found = {"hint": exercise.hint, "more": exercise.more} if exercise else {}
        if name in self.owner:
            found["parts"] = parts(self.names[name].__doc__ or "")
        if self.passed and found.get("hint"):
            found["hint"] = f"{PASSED if inspect.signature(self.names[name]).parameters else ALONE} {found['hint']}"
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
            if self.free(name):  # variants of one answer say nothing about another
                return []
            for sentence, code in variants.variants(self.cells[place].source, [name]):
                own = dict(self.names)
                with contextlib.suppress(Exception):
                    exec(compile(code, "<variant>", "exec"), own)
                    self.made[name].append((sentence, bounded(own[name]) if "while" in code else own[name]))
            self.made[name] += self.neighbours(name)
        return self.made.get(name, [])

    def free(self, name):
        """Whether there are several right answers, which give different results."""
        exercise = self.exercises.get(self.owner[name])
        others = [answer.names[name] for answer in (exercise.answers if exercise else ())
                  if answer.right and name in answer.functions]
        return any(not trail.agree(trail.again(f, call), trail.again(self.names[name], call))
                   for call in self.asked(name)[:3] for f in others)

    def neighbours(self, name):
        """[(sentence, function)]: the lesson's other functions with the same arguments."""
        given = [arg.arg for arg in self.arguments(name)]
        return [(f"That is what `{other}` gives for these arguments.", self.names[other]) for other in self.owner
                if other != name and given and [arg.arg for arg in self.arguments(other)] == given]

    def arguments(self, name):
        """The arguments of a solution that have no default."""
        cell = self.cells[self.owner[name]]
        node = next(n for n, _, _ in cell.statements if isinstance(n, ast.FunctionDef) and n.name == name)
        return node.args.args[:len(node.args.args) - len(node.args.defaults)]

    def guess(self, calls):
        """The hint for what these calls gave, or None."""
        return self.safely(lambda: self.explained(calls), None)

    def explained(self, calls):
        """What `guess` gives where nothing of the lesson fails."""
        with quietly():
            name, others = calls[-1].name, self.others(calls[-1])
            for level, least in ((self.listed, ALIKE), (self.varied, 1.0)):
                right = self.names[name] if level == self.listed else None
                alike = [(likeness(f, others), hint) for hint, f in level(name) if explains(f, calls, right)]
                most = max([share for share, _ in alike], default=0)
                found = {hint for share, hint in alike if share == most >= least}
                found = found - VAGUE if len(found) > 1 else found
                if found:  # several with different hints: no guess
                    return found.pop() if len(found) == 1 else None
        return None

    def others(self, call):
        """[(call as the solution answers it, as the learner does)] of all that the checks ask of the function.

        Two mistakes that agree on the calls so far are told apart by these.
        """
        if call.f is None or not call.args or "while" in self.cells[self.owner[call.name]].source:
            return []  # nothing else to ask, or a loop that may never end
        asked = self.asked(call.name)
        self.give_time()
        pairs = [(right, trail.again(call.f, right)) for right in asked]
        return [(right, theirs) for right, theirs in pairs if not theirs.shape.startswith(("!", "%"))
                and np.isfinite(theirs.numbers).all() >= np.isfinite(right.numbers).all()]  # else: a second fault

    def asked(self, name):
        """The calls of a function in the checks of its exercise, as the solution answers them."""
        place = self.owner[name]
        if place not in self.all_calls:
            self.all_calls[place], before = [], list(trail.calls)
            for test in self.lesson.tests:
                if getattr(self.lesson.exercise(test), "grade_id", "") == place and "attempt(" not in test.source:
                    with using(self), contextlib.suppress(Exception):
                        names = dict(self.names)
                        exec(self.lesson.needs(test)[0], names)
                        names |= {own: self.names[own] for own in self.owner}
                        exec(test.code, names)
                        self.all_calls[place] += trail.calls
            trail.start(before)
        return [call for call in self.all_calls[place] if call.name == name]


def library_of(lesson):
    """The lesson's library, made once."""
    if lesson.library is None:
        lesson.library = Library(lesson)
    return lesson.library


def parts(doc):
    """The names of the values that a docstring says are returned."""
    found = re.search(r"(?:Returns (?:[a-z]+ )?|^)\((\w+(?:, \w+)+)\)", doc, re.M)
    return found[1].split(", ") if found else []


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


@contextlib.contextmanager
def using(library, earlier=(), give_time=lambda: None, doubted=lambda: False):
    """Let checks find their hints in this library; `earlier` are calls of checks of the same exercise before."""
    before = hints.library, trail.cell, library.give_time, library.doubted
    hints.library, trail.cell, library.give_time, library.doubted = library, trail.JUDGE, give_time, doubted
    trail.start(earlier)
    try:
        yield trail.calls
    finally:
        hints.library, trail.cell, library.give_time, library.doubted = before
        trail.start()
