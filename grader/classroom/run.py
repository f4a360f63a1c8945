"""`run`: grades what is new or changed in a class. Workers compute; only this process writes."""

import contextlib
import hashlib
import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from ..errors import UserError
from ..files import write_file
from ..judge.result import Kind, Note, Status, row, total
from ..judge.version import environment
from ..notebook.lesson import lesson_in
from .folder import Submitted
from .gradebook import Book, Result, write_scores
from .workers import GradedSubmission, GradingTask, in_processes

FAILED = "The grader failed on this submission; your instructor has been told."


@dataclass
class Report:
    """What came of a run."""

    graded: int = 0
    unchanged: int = 0
    statuses: Counter = field(default_factory=Counter)
    late: list = field(default_factory=list)
    trouble: list = field(default_factory=list)  # (student, lesson, words)
    lessons: dict = field(default_factory=dict)  # lesson -> shares of the points, of those who handed in
    missing: Counter = field(default_factory=Counter)  # lesson -> how many did not hand in
    scores: Path | None = None


def digest_of(submitted, source, unsafe, late):
    """What a grading is known by: the same digest means the same scores, and the same rows in the gradebook."""
    parts = [environment(), str(unsafe), str(late), str(submitted.time), submitted.problem]
    digest = hashlib.sha256("\0".join(parts).encode())
    for data in (submitted.data, source):
        digest.update(hashlib.sha256(data).digest() if data is not None else b"-")
    return digest.hexdigest()


def run(classroom, lesson=None, jobs=None, unsafe=False, force=False, tick=lambda done, total, task, statuses: None,
        scheduler=None):
    """Grade every student × lesson that is new or changed, and write scores.csv -> `Report`."""
    lessons, report = classroom.chosen(lesson), Report()
    with alone(classroom), Book(classroom) as book:
        students = sorted(book.students() | classroom.handed_in())
        if not students:
            raise UserError(f"{classroom.folder}: nothing was handed in yet. Bring submissions in with: "
                            f"python -m grader collect {classroom.folder} SOURCE")
        odd = [student for student in students if set(student) & set("/\\") or student in ("", ".", "..")]
        if odd:
            raise UserError(f"gradebook.db: {odd[0]!r} cannot be a student's id, because it names no folder. "
                            "Remove it with: nbgrader db student remove")
        usable(classroom, book, lessons)
        todo, known = [], book.digests()
        for name in lessons:
            for student in students:
                if not force and known.get((student, name)) == plan(classroom, book, student, name, unsafe).digest:
                    report.unchanged += 1
                else:
                    todo.append((student, name))
        so_far = Counter()
        tick(0, len(todo), None, so_far)
        try:
            for student, name, tests in finished(classroom, book, todo, jobs or cores(), unsafe, scheduler):
                report.graded += 1
                so_far.update(test.status for test in tests)
                tick(report.graded, len(todo), f"{student}, {name}", so_far)
        finally:
            report.scores = write_scores(book, set(students))
        summarise(report, book, set(students), lessons)
    return report


def usable(classroom, book, lessons):
    """Refuse lessons that nbgrader does not know, or whose source is no notebook, before anything is graded."""
    for lesson in lessons:
        if lesson not in book.assignments:
            raise UserError(f"{lesson}: it is in source/ but not in the gradebook. "
                            f"Run in the class: nbgrader generate_assignment {lesson}")
        try:
            lesson_in(classroom.lessons[lesson])
        except Exception as error:
            raise UserError(f"source/{lesson}/{lesson}.ipynb: this is no notebook ({type(error).__name__}). "
                            f"Put the lesson's solution notebook there.") from None


def cores():
    """How many processes to run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass
class Plan:
    """What is to be graded, and what its grading is known by."""

    submitted: Submitted
    late: bool
    digest: str


def plan(classroom, book, student, lesson, unsafe):
    """The `Plan` of a student's lesson."""
    submitted = classroom.submitted(student, lesson)
    late = book.late(student, lesson, submitted)
    return Plan(submitted, late, digest_of(submitted, classroom.lessons[lesson], unsafe, late))


def finished(classroom, book, todo, jobs, unsafe, scheduler=None):
    """Grade and store; yields (student, lesson, tests) as each is stored."""
    absent = []

    def tasks():
        for student, lesson in todo:
            planned = plan(classroom, book, student, lesson, unsafe)
            data = planned.submitted.data
            if data is None:
                absent.append((student, lesson, planned))
            else:
                yield GradingTask(student, lesson, data, classroom.lessons[lesson], unsafe, planned.late,
                                  planned.digest)

    if scheduler:
        from .cluster import on_cluster
    for task, done in on_cluster(tasks(), scheduler) if scheduler else in_processes(tasks(), jobs):
        yield task.student, task.lesson, store(classroom, book, task, done)
    for student, lesson, planned in absent:
        yield student, lesson, store_absent(classroom, book, student, lesson, planned)


def unread(source, status, hint):
    """The rows of a submission that could not be graded."""
    lesson = lesson_in(source)
    return [row(lesson, test, status, hint) for test in lesson.graded]


def store_absent(classroom, book, student, lesson, planned):
    """Store that nothing was handed in, or nothing that can be read, with a page that says so. The rows."""
    from ..judge.feedback import feedback
    submitted, source = planned.submitted, classroom.lessons[lesson]
    rows = unread(source, Status.NOT_GRADABLE, submitted.problem)
    notes = [Note(Kind.PROBLEM if submitted.handed_in else Kind.MISSING, submitted.problem)]
    page = classroom.folder / "feedback" / student / f"{lesson}.html"
    if submitted.handed_in:
        write_file(page, feedback(student, lesson, rows, nbformat.v4.new_notebook(), notes, source, planned.late))
    else:
        page.unlink(missing_ok=True)
    book.save(student, lesson, planned.digest, Result(rows, notes, planned.late, submitted.handed_in))
    return rows


def store(classroom, book, task, done):
    """Write the files of one grading, then its rows: what is in the gradebook is complete. The rows."""
    student, lesson, digest = task.student, task.lesson, task.digest
    if done is None or not done.tests:
        notes = done.notes if done else [Note(Kind.FAULT, "The process that graded it died.")]
        done = GradedSubmission(unread(task.source, Status.GRADER_ERROR, FAILED), notes, "", "")
    if any(test.status == Status.GRADER_ERROR for test in done.tests):
        digest = ""  # to be tried again by the next run
    folder = classroom.place("autograded", student, lesson)
    time, stamp = classroom.stamp(student, lesson)
    if done.notebook:
        write_file(folder / f"{lesson}.ipynb", done.notebook)
        if time:
            write_file(folder / "timestamp.txt", stamp)
    if done.page:
        write_file(classroom.folder / "feedback" / student / f"{lesson}.html", done.page)
    book.save(student, lesson, digest, Result(done.tests, done.notes, task.late), time)
    return done.tests


@contextlib.contextmanager
def alone(classroom):
    """Only one run in a class at a time."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    with open(classroom.folder / ".grading", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UserError(f"{classroom.folder}: another run is grading this class. Wait for it to end.") from None
        yield


def summarise(report, book, students, lessons):
    """Fill in what a `Report` tells of all these lessons' results."""
    for (student, lesson), result in sorted(book.results().items()):
        if student not in students or lesson not in lessons:
            continue
        report.statuses.update(test.status for test in result.tests)
        shares = report.lessons.setdefault(lesson, [])
        if not result.handed_in:
            report.missing[lesson] += 1
            continue
        score, most = total(result.tests)
        shares.append(score / (most or 1))
        if result.late:
            report.late.append((student, lesson))
        worst = next((t for t in result.tests if t.status in (Status.GRADER_ERROR, Status.NOT_GRADABLE)), None)
        if worst:
            failed = worst.status == Status.GRADER_ERROR and result.notes
            words = "; ".join(map(str, result.notes)) if failed else worst.hint
            report.trouble.append((student, lesson, worst.status, words))
