"""What grading a submission gives, and how a student's process fails to answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from ..notebook import sanitize

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from ..notebook.lesson import Cell, Lesson


class Status(StrEnum):
    """How one graded cell came out."""

    PASSED = "passed"
    FAILED = "failed"
    UNANSWERED = "unanswered"
    TIMEOUT = "timeout"
    CRASHED = "crashed"
    NOT_GRADABLE = "not_gradable"
    GRADER_ERROR = "grader_error"
    BY_HAND = "by_hand"  # a person gives its points


class Kind(StrEnum):
    """What a note is about: code goes by this, never by the note's words."""

    NOTICED = "noticed"  # something in the file or its cells, mended or not
    CELL = "cell"  # a cell ended the process
    LAYER = "layer"  # a layer of the sandbox that did not hold; `about` names it
    PROBLEM = "problem"  # why it cannot be graded
    FAULT = "fault"  # the grader's own
    MISSING = "missing"  # nothing was handed in


@dataclass(frozen=True)
class Note:
    """A sentence about a submission, for people."""

    kind: Kind
    text: str
    about: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass
class TestResult:
    """The outcome of one graded cell. `message` is empty for what is hidden."""

    exercise: str
    test: str
    score: float
    max_score: float
    status: Status
    hint: str = ""
    message: str = ""
    more: str = ""
    follows: list[str] = field(default_factory=list)  # exercises whose failure alone this one is
    by: str = "judge"  # or "hand": a person set the score, or gave extra credit
    comment: str = ""  # a person's, on the exercise
    extra: float = 0.0  # a person's extra credit, which `score` holds too
    judged: float | None = None  # the judge's own score, where a person's counts
    review: bool = False  # graded again since a person looked at it
    __test__ = False  # pytest need not collect it

    @property
    def right(self) -> bool:
        """Whether the test passed, or a person gave it all its points."""
        return self.status == Status.PASSED or self.status == Status.BY_HAND and self.score >= self.max_score


@dataclass
class Graded:
    """What `grade` makes of a submission."""

    lesson: str | None
    tests: list[TestResult]
    notebook: NotebookNode
    notes: list[Note] = field(default_factory=list)


def row(lesson: Lesson, test: Cell, status: Status, hint: str = "", message: str = "", more: str = "",
        points: float | None = None) -> TestResult:
    """A `TestResult`: full points if passed, else none, or those that the test itself gives."""
    if points is None:
        points = test.points if status == Status.PASSED else 0.0
    exercise = lesson.exercise(test)
    return TestResult(exercise.grade_id if exercise else test.grade_id, test.grade_id,
                      points, test.points, Status(status),
                      sanitize.plain(hint, 400), sanitize.plain(message, 1200), more)


def total(tests: Iterable[TestResult]) -> tuple[float, float]:
    """(score, highest score) of results."""
    return sum(test.score for test in tests), sum(test.max_score for test in tests)


class Gone(BaseException):
    """The student process cannot answer any more; no `except Exception` in a test may swallow that."""

    def __init__(self, status: Status, hint: str) -> None:
        super().__init__(status)
        self.status, self.hint = status, hint


class Fault(BaseException):
    """The grader's own failure, or a test that hands over what cannot be sent; never the student's fault."""


class Partly(Exception):
    """The test has given `points`, a `crease.quiz.Points`, fewer than there are."""

    def __init__(self, points: Any) -> None:
        super().__init__(points)
        self.points = points


class Missing(Exception):
    """The student's notebook does not define the name."""
