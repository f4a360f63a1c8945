"""The judge: grades one submission with the tests of its lesson, and believes nothing that the submission says.

The tests run here, in the judge's process; the student's code runs elsewhere (see THREATS.md) and only data comes back.
"""

import atexit
import contextlib
import io
import os
import random
import sys
import traceback
import warnings

import numpy as np

from crease import check, quiz

from ..errors import Unsafe
from ..hints.library import library_of, using
from ..limits import Limits
from ..notebook import sanitize
from ..notebook.lesson import lesson_in
from ..notebook.names import is_blank
from ..notebook.repair import arrange
from ..notebook.skip import skippable
from ..notebook.submission import NotGradable, match, read
from ..sandbox import box
from ..student.channel import Closed
from .autograded import autograded
from .replay import Replay, Step
from .result import Fault, Gone, Graded, Kind, Missing, Note, Partly, Status, row

BY_HAND = "This cell is graded by hand."
NOT_HELD = "Look at the check above, and at what this exercise asks for."
_server = None


@atexit.register
def close():
    """End this process's server of student processes; it ends by itself when this process does."""
    global _server
    if _server is not None:
        _server.close()
        _server = None


def server():
    """What starts student processes for this one, made if need be; call it early to have the first grade at once."""
    global _server
    if _server is None or not _server.usable():
        close()
        _server = server_kind()()
    return _server


def server_kind():
    """How the student's code is run here: sandboxed forks, plain subprocesses, or in this interpreter."""
    if sys.platform == "linux" and hasattr(os, "fork"):
        from ..student.forkserver import ForkServer
        return ForkServer
    from ..student import plain
    return plain.InlineServer if sys.platform in ("emscripten", "wasi") else plain.PlainServer


def grade(submission, source, *, limits=Limits(), unsafe=False):  # noqa: B008 (frozen)
    """Grade a submission (the bytes of a notebook file) with the solution notebook `source` -> `Graded`.

    There is a row for every graded cell of the source, whatever happens. Raises `Unsafe` where no sandbox holds,
    unless `unsafe` is true, and ValueError if `source` is no lesson.
    """
    try:
        lesson = lesson_in(source)
    except Exception as error:
        raise ValueError(f"the source is not a notebook: {error}") from error
    name = lesson.notebook.metadata.get("crease", {}).get("lesson")
    said = []
    try:
        submitted, found = read(submission, limits)
        said += found
        match(submitted, lesson, said)
        submitted = arrange(submitted, lesson, said)
    except NotGradable as fault:
        return ungraded(name, lesson, Status.NOT_GRADABLE, str(fault), limits, noticed(said))
    except Exception as error:
        fault = f"The file could not be read ({type(error).__name__})."
        return ungraded(name, lesson, Status.GRADER_ERROR, fault, limits, noticed(said))
    notes = noticed(said)
    try:
        try:
            rows, shown = judged(submitted, lesson, limits, unsafe, notes)
        except Closed:  # the fork server was killed, perhaps by the system for want of memory
            rows, shown = judged(submitted, lesson, limits, unsafe, notes)
    except Unsafe:
        raise
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        fault = f"The grader failed: {type(error).__name__} in {where.name}."
        return ungraded(name, lesson, Status.GRADER_ERROR, fault, limits, notes)
    try:
        notebook = autograded(submitted, lesson, rows, shown, limits)
    except Exception as error:  # the scores stand, whatever the outputs hold
        notes.append(Note(Kind.NOTICED, f"The outputs could not be kept: {type(error).__name__}."))
        notebook = autograded([], lesson, rows, {}, limits, "Its outputs could not be kept.")
    return Graded(name, rows, notebook, notes)


def ungraded(name, lesson, status, why, limits, notes):
    """A `Graded` with the same status for every test."""
    rows = [row(lesson, test, status, why) for test in lesson.graded]
    note = Note(Kind.FAULT if status == Status.GRADER_ERROR else Kind.PROBLEM, why)
    return Graded(name, rows, autograded([], lesson, rows, {}, limits, why), [*notes, note])


def noticed(said):
    """The notes of what reading a submission said."""
    return [Note(Kind.NOTICED, text) for text in said]


def judged(submitted, lesson, limits, unsafe, notes):
    """(rows, raw outputs by place) of a submission that could be read."""
    steps, beside = [], skippable(submitted, lesson)
    for place, one in enumerate(submitted):
        if one.match is not None and one.match.role == "test":
            steps.append(Step(place, test=one.match))
        elif one.kind == "code" and not one.skip and one.source.strip() and place not in beside:
            steps.append(Step(place, one.source))
    sources = {}
    for one in submitted:
        if one.match is not None and not one.skip:
            sources[one.match.index] = sources.get(one.match.index, "") + one.source + "\n"
    replay = Replay(server(), steps, limits, sources, unsafe)
    replay.outputs.update({place: submitted[place].shown for place in beside})
    try:
        try:
            replay.forward()
        except Gone as gone:
            notes.append(Note(Kind.NOTICED, gone.hint))
        rows = {test.index: row(lesson, test, Status.BY_HAND, BY_HAND) for test in lesson.graded}
        # What only a hidden test knows must not be there to be told yet when a visible test's message is made.
        asked = {}  # what each exercise's checks have called, and whether all of it was right
        for test in sorted(lesson.tests, key=lambda test: (test.hidden, test.index)):
            rows[test.index] = judge(test, lesson, replay, submitted, asked)
    finally:
        replay.close()
    missing = box.missing(replay.layers, replay.why)
    notes += [Note(Kind.LAYER, text, layer) for layer, text in missing.items()]
    notes += [Note(Kind.FAULT, f"The grader failed in {sanitize.plain(fault)}") for fault in replay.faults]
    for place, gone in sorted(replay.culprits.items()):
        kind = Kind.CELL if gone.status in (Status.CRASHED, Status.TIMEOUT) else Kind.NOTICED
        notes.append(Note(kind, f"Cell {place + 1}: {gone.status}. {gone.hint}"))
        replay.outputs.setdefault(place, [{"output_type": "error", "ename": gone.status, "evalue": gone.hint,
                                         "traceback": [f"{gone.status}: {gone.hint}"]}])
    return [rows[test.index] for test in lesson.graded], replay.outputs


def judge(test, lesson, replay, submitted, asked):
    """The row of one test."""
    exercise = lesson.exercise(test)
    mine = [(place, one) for place, one in enumerate(submitted) if one.match is exercise and exercise is not None]
    more, blank = "", exercise is not None and all(is_blank(one.source) for _, one in mine)
    try:
        before = dict(asked)
        status, hint, message, more = attempt(test, lesson, replay, asked)
        if status == Status.FAILED and replay.afresh():
            asked |= before
            status, hint, message, more = attempt(test, lesson, replay, asked)
    except Partly as partly:
        return row(lesson, test, Status.FAILED, partly.points.hint, points=float(partly.points))
    except Missing as missing:
        gone = next((replay.culprits[place] for place, _ in mine if place in replay.culprits), None)
        error = next((replay.errors[place] for place, _ in mine if replay.errors.get(place)), "")
        if gone:
            status, hint, message = gone.status, gone.hint, ""
        elif blank or error == "NotImplementedError":
            status, hint, message = Status.UNANSWERED, "Nothing is written here yet.", ""
        else:
            status, message = Status.FAILED, ""
            hint = f"{missing} is not defined" + (f": its cell stopped with {error}." if error else " anywhere.")
    if blank and status == Status.FAILED:
        status, hint, more = Status.UNANSWERED, "Nothing is written here yet.", ""
    return row(lesson, test, status, hint, "" if test.hidden else message, more)


def attempt(test, lesson, replay, asked):
    """(status, hint, message, more) of running one test's code against the student's process."""
    session, library, exercise = None, library_of(lesson), getattr(lesson.exercise(test), "grade_id", "")
    earlier, library.passed = asked.get(exercise, ([], False))
    try:
        session = replay.session_for(test)
        session.hidden = test.hidden
        session.allow(replay.limits.test_seconds, replay.deadline)
        needed, students = lesson.needs(test)
        namespace = {"__name__": "__main__"}
        for name, cell in students.items():
            namespace[name] = session.fetch(name, replay.source_of(cell))
        asked[exercise] = earlier, False
        with quietly(), using(library, earlier) as calls:
            try:
                exec(needed, namespace)
                exec(test.code, namespace)
            finally:
                asked[exercise] = list(calls), False
    except Gone as gone:
        return gone.status, gone.hint, "", ""
    except Fault as fault:
        replay.faults.append(f"{test.grade_id}: {str(fault).split(':')[0] if session.hidden else fault}")
        return Status.GRADER_ERROR, "The check itself failed; your instructor has been told.", "", ""
    except Missing:
        raise
    except (check.Unanswered, NotImplementedError) as error:
        hint = getattr(error, "hint", "Write the function, run its cell, then run the check.")
        return Status.UNANSWERED, hint, "", ""
    except Exception as error:
        return verdict(error, test, session)
    finally:
        if session is not None:
            replay.done_with(session)
    shown = namespace.get("__shown__")  # a number here is the test's points, as it is for nbgrader
    if isinstance(shown, quiz.Points) and shown < test.points:
        raise Partly(shown)
    asked[exercise] = asked[exercise][0], True
    return Status.PASSED, "", "", ""


def verdict(error, test, session):
    """(status, hint, message, more) of an exception that a test's code raised."""
    if isinstance(error, check.Failure):
        hint = session.refused if session.refused and not error.hint.startswith(session.refused) else error.hint
        hint = hint or NOT_HELD
        return Status.FAILED, hint, error.problem, error.more
    if isinstance(error, AssertionError) and str(error) and session is not None and session.asked:
        return Status.FAILED, NOT_HELD if test.hidden else str(error), str(error), ""
    if session is None or not session.asked:
        return Status.GRADER_ERROR, "The check itself failed; your instructor has been told.", "", ""
    hint = session.refused or "The check could not work with what your code gave."
    return Status.FAILED, hint, f"{type(error).__name__}: {error}", ""


@contextlib.contextmanager
def quietly():
    """Run a test's code: its prints dropped, its random numbers the same every time, nothing left behind."""
    kept, numbers = random.getstate(), np.random.get_state()
    random.seed(0)
    np.random.seed(0)
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()), \
                warnings.catch_warnings(), np.errstate(all="warn", under="ignore"):
            warnings.simplefilter("ignore")
            yield
    finally:
        random.setstate(kept)
        np.random.set_state(numbers)
