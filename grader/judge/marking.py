"""Marks one submission: its cells are played, and each test's code is run here against the student's process."""

import contextlib
import io
import random
import time
import warnings
from functools import partial

import numpy as np

from crease import check, quiz

from ..hints.library import Doubted, library_of, using
from ..notebook import sanitize
from ..notebook.names import is_blank
from ..notebook.skip import skippable
from ..notebook.submission import SubmittedCell
from ..sandbox import box
from . import remembered
from .follow import REST, follow
from .play import Step
from .replay import Replay
from .result import Fault, Gone, Kind, Missing, Note, Partly, Status, row
from .servers import server

BY_HAND = "This cell is graded by hand."
NOT_HELD = "Look at the check above, and at what this exercise asks for."


def pace(lesson, limits, unsafe):
    """{index of a cell: seconds} that the lesson's own cells and tests take on this machine; measured once."""
    if lesson.pace is None:
        lesson.pace = {}
        own = [SubmittedCell(cell.kind, cell.source, cell.grade_id, cell.id, cell) for cell in lesson.cells]
        judged(own, lesson, limits, unsafe, [], lesson.pace)
    return lesson.pace


def judged(submitted, lesson, limits, unsafe, notes, took=None, telling=False):
    """(rows, raw outputs by place) of a submission that could be read. With `took`, seconds are put into it.

    telling: keep the messages of hidden tests.
    """
    steps, beside = [], skippable(submitted, lesson)
    for place, one in enumerate(submitted):
        if one.match is not None and one.match.role == "test":
            steps.append(Step(place, test=one.match))
        elif one.kind == "code" and not one.skip and one.source.strip() and place not in beside:
            steps.append(Step(place, one.source, cell=one.match.index if one.match else None))
    sources = {}
    for one in submitted:
        if one.match is not None and not one.skip:
            sources[one.match.index] = sources.get(one.match.index, "") + one.source + "\n"
    reference = None if took is not None else lambda: pace(lesson, limits, unsafe)
    replay = Replay(server(), steps, limits, sources, unsafe, lesson, reference)
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
            rows[test.index] = judge(test, lesson, replay, submitted, asked, telling)
            if rows[test.index].status not in REST and (exercise := lesson.exercise(test)):
                replay.lost.add(exercise.index)
        if took is None:
            follow(rows, lesson, replay, lambda test, given: passes(test, lesson, replay, given))
        else:
            took.update(replay.took)
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


def judge(test, lesson, replay, submitted, asked, telling=False):
    """The row of one test."""
    exercise = lesson.exercise(test)
    mine = [(place, one) for place, one in enumerate(submitted) if one.match is exercise and exercise is not None]
    more, blank = "", exercise is not None and all(
        is_blank(one.source) or one.source.strip() == exercise.stub for _, one in mine)
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
    return row(lesson, test, status, hint, "" if test.hidden and not telling else message, more)


def passes(test, lesson, replay, given):
    """Whether a test passes with these functions of the lesson's own in place of the student's."""
    try:
        return attempt(test, lesson, replay, {}, given)[0] == Status.PASSED
    except (Missing, Partly):
        return False


def attempt(test, lesson, replay, asked, given=None):
    """(status, hint, message, more) of running one test's code against the student's process.

    given: {name: function} of the lesson's own, in place of the student's.
    """
    session, library, exercise = None, library_of(lesson), getattr(lesson.exercise(test), "grade_id", "")
    earlier, library.passed = asked.get(exercise, ([], False))
    try:
        session = replay.session_for(test, own=bool(given))
        session.hidden, session.asked, session.refused = test.hidden, False, ""
        give_time = partial(replay.allow_test, session, test)
        give_time()
        needed, students = lesson.needs(test)
        namespace = {"__name__": "__main__"}
        for name, function in (given or {}).items():
            session.lend(name, function)
        for name, cell in students.items():
            namespace[name] = given[name] if given and name in given else session.fetch(name, replay.source_of(cell))
        asked[exercise] = earlier, False
        with quietly(), using(library, earlier, give_time, replay.doubted) as calls:
            try:
                exec(needed, namespace)
                remembered.trainings(give_time)
                give_time()  # the lesson's own imports cost the student no time
                exec(test.code, namespace)
            finally:
                asked[exercise] = list(calls), False
    except Gone as gone:
        replay.gone_in(test, gone)
        return gone.status, gone.hint, "", ""
    except Doubted:
        return Status.FAILED, "", "", ""
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
    replay.took[test.index] = time.monotonic() - session.began
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
