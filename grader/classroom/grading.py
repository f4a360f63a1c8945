"""One grading after the other: what is to be graded, what came of it, and storing it."""

import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache

from ..files import write_file
from ..judge.result import Kind, Note, Status, row
from ..judge.version import environment
from ..notebook.lesson import lesson_in
from .folder import Submitted
from .gradebook import Result
from .workers import GradedSubmission, GradingTask, in_processes

FAILED = "The grader failed on this submission; your instructor has been told."


def digest_of(submitted, source, unsafe):
    """What a grading is known by, as "paper.judge": what was handed in, and what it was graded with."""
    paper = hashlib.sha256(f"{submitted.time}\0{submitted.problem}".encode())
    paper.update(hashlib.sha256(submitted.data).digest() if submitted.data is not None else b"-")
    return f"{paper.hexdigest()}.{graded_with(environment(), source, unsafe)}"


@lru_cache(64)  # a class's lessons, each for all who handed it in
def graded_with(environment, source, unsafe):
    """What a submission is graded with, in short."""
    return hashlib.sha256(f"{environment}\0{unsafe}".encode() + hashlib.sha256(source).digest()).hexdigest()


def same_paper(one, other):
    """Whether two digests are of the same submission, graded without a fault."""
    return bool(one) and one.partition(".")[0] == other.partition(".")[0] and "." in one


def scored(result):
    """What decides a grade in a `Result`."""
    return [(test.test, test.score, test.max_score, test.follows) for test in result.tests]


def cores():
    """How many processes to run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass
class Plan:
    """What is to be graded, and what its grading is known by."""

    submitted: Submitted
    digest: str


@dataclass
class Outcome:
    """One grading, to be stored."""

    student: str
    lesson: str
    digest: str
    result: Result
    time: object = None
    notebook: str = ""
    page: str = ""


def plan(classroom, student, lesson, unsafe):
    """The `Plan` of a student's lesson."""
    submitted = classroom.submitted(student, lesson)
    return Plan(submitted, digest_of(submitted, classroom.lessons[lesson], unsafe))


def finished(classroom, todo, workers, unsafe, scheduler=None):
    """Grade; yields an `Outcome` as each is done."""
    absent = []

    def tasks():
        for student, lesson in todo:
            planned = plan(classroom, student, lesson, unsafe)
            data = planned.submitted.data
            if data is None:
                absent.append((student, lesson, planned))
            else:
                yield GradingTask(student, lesson, data, classroom.lessons[lesson], unsafe, planned.digest)

    if scheduler:
        from .cluster import on_cluster
    for task, done in on_cluster(tasks(), scheduler) if scheduler else in_processes(tasks(), workers):
        yield outcome(classroom, task, done)
    for student, lesson, planned in absent:
        submitted = planned.submitted
        rows = unread(classroom.lessons[lesson], Status.NOT_GRADABLE, submitted.problem)
        notes = [Note(Kind.PROBLEM if submitted.handed_in else Kind.MISSING, submitted.problem)]
        yield Outcome(student, lesson, planned.digest, Result(rows, notes, handed_in=submitted.handed_in))


def unread(source, status, hint):
    """The rows of a submission that could not be graded."""
    lesson = lesson_in(source)
    return [row(lesson, test, status, hint) for test in lesson.graded]


def outcome(classroom, task, done):
    """The `Outcome` of what a worker handed back, or None where it died."""
    digest = task.digest
    if done is None or not done.tests:
        notes = done.notes if done else [Note(Kind.FAULT, "The process that graded it died.")]
        done = GradedSubmission(unread(task.source, Status.GRADER_ERROR, FAILED), notes, "", "")
    if any(test.status == Status.GRADER_ERROR for test in done.tests):
        digest = ""  # to be tried again by the next run
    time, _ = classroom.stamp(task.student, task.lesson)
    return Outcome(task.student, task.lesson, digest, Result(done.tests, done.notes), time, done.notebook, done.page)


def keep(classroom, book, one):
    """Write the files of one grading, then its rows: what is in the gradebook is complete."""
    folder = classroom.place("autograded", one.student, one.lesson)
    time, stamp = classroom.stamp(one.student, one.lesson)
    page = classroom.folder / "feedback" / one.student / f"{one.lesson}.html"
    if one.notebook:
        write_file(folder / f"{one.lesson}.ipynb", one.notebook)
        if time:
            write_file(folder / "timestamp.txt", stamp)
    if one.page:
        write_file(page, one.page)
    elif not one.result.handed_in:
        page.unlink(missing_ok=True)
    book.save(one.student, one.lesson, one.digest, one.result, time)
