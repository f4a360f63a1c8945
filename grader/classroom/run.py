"""`run`: grades what is new or changed in a class. Workers compute; only this process writes."""

import contextlib
import hashlib
import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from ..errors import UserError
from ..files import moment, read_file, write_file
from ..judge.result import row
from ..judge.version import environment
from ..notebook.lesson import lesson_in
from .folder import Submitted
from .gradebook import Book, write_scores
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


def digest_of(submitted, source, unsafe):
    """What a grading is known by: the same digest means the same scores."""
    parts = [environment(), str(unsafe), str(submitted.late), submitted.problem]
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
                if not force and known.get((student, name)) == plan(classroom, student, name, unsafe)[1]:
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


def plan(classroom, student, lesson, unsafe):
    """(`Submitted`, digest) of a student's lesson."""
    submitted = classroom.submitted(student, lesson)
    return submitted, digest_of(submitted, classroom.lessons[lesson], unsafe)


def finished(classroom, book, todo, jobs, unsafe, scheduler=None):
    """Grade and store; yields (student, lesson, tests) as each is stored."""
    absent = []

    def tasks():
        for student, lesson in todo:
            submitted, digest = plan(classroom, student, lesson, unsafe)
            if submitted.data is None:
                absent.append((student, lesson, submitted, digest))
            else:
                yield GradingTask(student, lesson, submitted.data, classroom.lessons[lesson], unsafe, submitted.late,
                                  digest)

    if scheduler:
        from .cluster import on_cluster
    for task, done in on_cluster(tasks(), scheduler) if scheduler else in_processes(tasks(), jobs):
        yield task.student, task.lesson, store(classroom, book, task, done)
    for student, lesson, submitted, digest in absent:
        there = bool(submitted.record) or submitted.folder.is_dir()
        rows = unread(classroom.lessons[lesson], "not_gradable", submitted.problem)
        page(classroom, student, lesson, rows if there else None, submitted)
        book.save(student, lesson, digest, rows, [submitted.problem], submitted.late, handed_in=there)
        yield student, lesson, rows


def unread(source, status, hint):
    """The rows of a submission that could not be graded."""
    lesson = lesson_in(source)
    return [row(lesson, test, status, hint) for test in lesson.graded]


def page(classroom, student, lesson, rows, submitted):
    """The feedback page of a submission that could not be read, or none where there is no submission."""
    from ..judge.feedback import feedback
    path = classroom.folder / "feedback" / student / f"{lesson}.html"
    if rows is None:
        path.unlink(missing_ok=True)
        return
    write_file(path, feedback(student, lesson, rows, nbformat.v4.new_notebook(), [submitted.problem],
                              classroom.lessons[lesson], submitted.late))


def store(classroom, book, task, done):
    """Write the files of one grading, then its rows: what is in the gradebook is complete. The rows."""
    student, lesson, digest = task.student, task.lesson, task.digest
    if done is None or not done.tests:
        notes = done.notes if done else ["The process that graded it died."]
        done = GradedSubmission(unread(task.source, "grader_error", FAILED), notes, "", "")
    if any(test.status == "grader_error" for test in done.tests):
        digest = ""  # to be tried again by the next run
    folder = classroom.place("autograded", student, lesson)
    stamp, _ = read_file(classroom.place("submitted", student, lesson) / "timestamp.txt", 200)
    handed_in = moment(stamp)
    if done.notebook:
        write_file(folder / f"{lesson}.ipynb", done.notebook)
        if handed_in:
            write_file(folder / "timestamp.txt", stamp)
    if done.page:
        write_file(classroom.folder / "feedback" / student / f"{lesson}.html", done.page)
    book.save(student, lesson, digest, done.tests, done.notes, task.late, timestamp=handed_in)
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
    for (student, lesson), (tests, notes, late) in sorted(book.results().items()):
        if student not in students or lesson not in lessons:
            continue
        report.statuses.update(test.status for test in tests)
        shares = report.lessons.setdefault(lesson, [])
        if notes == [Submitted().problem]:
            report.missing[lesson] += 1
            continue
        shares.append(sum(test.score for test in tests) / (sum(test.max_score for test in tests) or 1))
        if late:
            report.late.append((student, lesson))
        worst = next((test for test in tests if test.status in ("grader_error", "not_gradable")), None)
        if worst:
            words = "; ".join(notes) if worst.status == "grader_error" and notes else worst.hint
            report.trouble.append((student, lesson, worst.status, words))
