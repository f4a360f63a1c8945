"""`run`: grades what is new or changed in a class. Workers compute; only this process writes."""

import contextlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import UserError
from ..judge.result import Status, total
from ..notebook.lesson import lesson_in
from . import settings as terms
from .gradebook import Book
from .grades import alarms, changes, grades, totals
from .grading import cores, finished, keep, plan, same_paper, scored
from .pages import refresh
from .scores import write_scores, write_totals
from .selftest import faulty
from .sync import sync
from .workers import Workers


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
    unlisted: list = field(default_factory=list)  # lessons in source/ that class.toml does not list
    faults: dict = field(default_factory=dict)  # lesson -> [(test, what is wrong)]: its own solution has not all points
    alarms: list = field(default_factory=list)  # (lesson, test, failed, of how many): see `alarms`
    refused: list = field(default_factory=list)  # (`Total` before, after) of grades that were to change and did not


def run(classroom, lesson=None, jobs=None, unsafe=False, force=False, tick=lambda done, total, task, statuses: None,
        scheduler=None, agreed=lambda pairs: True):
    """Grade every student × lesson that is new or changed, and write scores.csv, totals.csv and pages -> `Report`.

    agreed([(`Total` before, after)]) -> bool is asked before grades of unchanged submissions become others.
    """
    found, report = terms.read(classroom), Report()
    lessons = chosen(classroom, found, lesson)
    report.unlisted = [name for name in classroom.lessons if name not in found.in_force(list(classroom.lessons))]
    with alone(classroom), Book(classroom) as book, Workers(jobs or cores()) as workers:
        everybody = book.students() | classroom.handed_in()
        if not everybody:
            raise UserError(f"{classroom.folder}: nothing was handed in yet. Bring submissions in with: "
                            f"python -m grader collect {classroom.folder} SOURCE")
        odd = [student for student in everybody if set(student) & set("/\\") or student in ("", ".", "..")]
        if odd:
            raise UserError(f"gradebook.db: {odd[0]!r} cannot be a student's id, because it names no folder. "
                            "Remove it with: nbgrader db student remove")
        usable(classroom, book, lessons)
        tests = {name: [test.grade_id for test in lesson_in(classroom.lessons[name]).graded] for name in lessons}
        terms.agree(found, everybody, tests)
        students = sorted(everybody - found.gone)
        todo, used, known = [], set(), book.digests()
        for name in reversed(lessons):  # a later lesson asks for more: what takes longest should not come last
            for student in students:
                planned = plan(classroom, student, name, unsafe)
                if not force and known.get((student, name)) == planned.digest:
                    report.unchanged += 1
                    continue
                todo.append((student, name))
                if planned.submitted.data is not None:
                    used.add(name)
        report.faults = faulty(book, [name for name in reversed(lessons) if name in used], workers)
        todo = [(student, name) for student, name in todo if name not in report.faults]
        so_far, before, held, new = Counter(), book.results(), {}, set()
        tick(0, len(todo), None, so_far)
        try:
            for one in finished(classroom, todo, workers, unsafe, scheduler):
                report.graded += 1
                key = one.student, one.lesson
                if same_paper(known.get(key, ""), one.digest) and scored(before[key]) != scored(one.result):
                    held[key] = one
                else:
                    new |= set() if same_paper(known.get(key, ""), one.digest) else {key}
                    keep(classroom, book, one)
                so_far.update(test.status for test in one.result.tests)
                tick(report.graded, len(todo), f"{one.student}, {one.lesson}", so_far)
        except BaseException:  # what is graded is published all the same
            publish(classroom, book, book.settings, sorted(everybody))
            raise
        report.scores = settle(classroom, book, found, sorted(everybody), held, new, agreed, report)
        results = grades(book)
        summarise(report, results, set(students), lessons)
        report.alarms = alarms(results, lessons)
    return report


def chosen(classroom, found, lesson=None):
    """The lessons to work on: those in force, or those named; refuses one that is not in force."""
    picked = classroom.chosen(lesson)
    lessons = found.in_force(picked)
    if lesson and lessons != picked:
        out = next(name for name in picked if name not in lessons)
        raise UserError(f"{out}: class.toml does not list this lesson, so it is not in force. "
                        f"Add a line [lessons.{out}] to it.")
    return lessons


def settle(classroom, book, found, everybody, held, new, agreed, report):
    """Put regraded scores and class.toml in force if that is agreed, then publish; the path of scores.csv.

    held: {(student, lesson): `Outcome`} of unchanged submissions with other scores now.
    """
    old = book.settings if book.applied is not None or not book.digests() else terms.Settings()
    listed = list(classroom.lessons)
    was = totals(book, grades(book, old), everybody, old.in_force(listed), old)
    later = grades(book, found, {key: one.result for key, one in held.items()})
    pairs = changes(was, totals(book, later, everybody, found.in_force(listed), found), new)
    if pairs and not agreed(pairs):
        report.refused = pairs
    else:
        for one in held.values():
            keep(classroom, book, one)
        book.apply(found)
    return publish(classroom, book, old, everybody)


def publish(classroom, book, old, everybody):
    """Write scores.csv, totals.csv, nbgrader's tables and the pages by what counts; the path of scores.csv."""
    lessons, results = book.settings.in_force(list(classroom.lessons)), grades(book)
    sums = totals(book, results, everybody, lessons)
    sync(book, old, sums)
    refresh(classroom, results, sums, lessons)
    write_totals(classroom.folder, sums)
    return write_scores(classroom.folder, results, set(everybody) - book.settings.gone, lessons)


def usable(classroom, book, lessons):
    """Refuse lessons that nbgrader does not know, or whose source is no notebook, before anything is graded."""
    for lesson in lessons:
        if lesson not in book.assignments:
            raise UserError(f"{lesson}: it is in source/ but not in the gradebook. "
                            f"Bring it in with: python -m grader init {classroom.folder}")
        try:
            lesson_in(classroom.lessons[lesson])
        except Exception as error:
            raise UserError(f"source/{lesson}/{lesson}.ipynb: this is no notebook ({type(error).__name__}). "
                            f"Put the lesson's solution notebook there.") from None


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


def summarise(report, results, students, lessons):
    """Fill in what a `Report` tells of all these lessons' results."""
    for (student, lesson), result in sorted(results.items()):
        if student not in students or lesson not in lessons:
            continue
        shares = report.lessons.setdefault(lesson, [])
        if not result.handed_in:
            report.missing[lesson] += 1
            continue
        report.statuses.update(test.status for test in result.tests)
        score, most = total(result.tests)
        shares.append(score / (most or 1))
        if result.late:
            report.late.append((student, lesson))
        worst = next((t for t in result.tests if t.status in (Status.GRADER_ERROR, Status.NOT_GRADABLE)), None)
        if worst:
            failed = worst.status == Status.GRADER_ERROR and result.notes
            words = "; ".join(map(str, result.notes)) if failed else worst.hint
            report.trouble.append((student, lesson, worst.status, words))
