"""The judge: grades one submission with the tests of its lesson, and believes nothing that the submission says.

The tests run here, in the judge's process; the student's code runs elsewhere (see THREATS.md) and only data comes back.
"""

import traceback

from ..errors import Unsafe
from ..limits import Limits
from ..notebook.lesson import lesson_in
from ..notebook.repair import arrange
from ..notebook.submission import NotGradable, match, read
from ..student.channel import Closed
from .autograded import autograded
from .marking import judged
from .result import Graded, Kind, Note, Status, row


def grade(submission: bytes, source: bytes, *, limits: Limits = Limits(), unsafe: bool = False,  # noqa: B008
          telling: bool = False) -> Graded:
    """Grade a submission (the bytes of a notebook file) with the solution notebook `source` -> `Graded`.

    There is a row for every graded cell of the source, whatever happens. Raises `Unsafe` where no sandbox holds,
    unless `unsafe` is true, and ValueError if `source` is no lesson.  telling: messages of hidden tests too, for the
    lesson's author alone.
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
            rows, shown = judged(submitted, lesson, limits, unsafe, notes, telling=telling)
        except Closed:  # the fork server was killed, perhaps by the system for want of memory
            rows, shown = judged(submitted, lesson, limits, unsafe, notes, telling=telling)
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
