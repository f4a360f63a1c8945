"""What counts: the judge's results, what class.toml says of them, and over both what people gave in Formgrader.

Scores, totals, exports, feedback pages and the report all read this.
"""

import datetime
from dataclasses import dataclass, replace

import sqlalchemy

from ..judge.result import Status, row
from ..notebook.lesson import lesson_in
from .folder import read_record
from .gradebook import Result

MARKS = """SELECT s.student_id, a.name, c.name, grade.auto_score, grade.manual_score, grade.extra_credit,
    grade.needs_manual_grade FROM grade JOIN base_cell c ON c.id = grade.cell_id
    JOIN submitted_notebook n ON n.id = grade.notebook_id JOIN submitted_assignment s ON s.id = n.assignment_id
    JOIN assignment a ON a.id = s.assignment_id"""
COMMENTS = """SELECT s.student_id, a.name, c.name, comment.manual_comment FROM comment
    JOIN base_cell c ON c.id = comment.cell_id JOIN submitted_notebook n ON n.id = comment.notebook_id
    JOIN submitted_assignment s ON s.id = n.assignment_id JOIN assignment a ON a.id = s.assignment_id
    WHERE comment.manual_comment IS NOT NULL AND comment.manual_comment != ''"""
PENALTIES = """SELECT s.student_id, a.name, sum(n.late_submission_penalty) FROM submitted_notebook n
    JOIN submitted_assignment s ON s.id = n.assignment_id JOIN assignment a ON a.id = s.assignment_id
    GROUP BY s.student_id, a.name"""
STOCK = "Graded by nbgrader alone."


@dataclass
class Total:
    """The row of a student's lesson in totals.csv; `total` is None where there is no grade."""

    student: str
    lesson: str
    points: float
    max_points: float
    extra: float
    late_days: int
    penalty: float
    total: float | None
    state: str


def counted(result, terms, award):
    """A `Result` as class.toml has it: no points for dropped tests, those of what only follows if they are awarded."""
    tests = []
    for test in result.tests:
        if test.test in terms.dropped:
            test = replace(test, score=0.0, max_score=0.0)
        elif award and test.follows:
            test = replace(test, score=test.max_score, judged=test.score)
        tests.append(test)
    return replace(result, tests=tests)


def grades(book, settings=None, held=None):
    """{(student, lesson): `Result`} of everything graded, as it counts.

    settings: of another class.toml than the one in force.  held: {(student, lesson): `Result`} in place of stored ones.
    """
    settings = settings or book.settings
    results = {**book.results(), **(held or {})}
    marks, comments = {}, {}
    for student, lesson, test, *mark in book.db.execute(sqlalchemy.text(MARKS)):
        marks.setdefault((student, lesson), {})[test] = mark
    for student, lesson, exercise, comment in book.db.execute(sqlalchemy.text(COMMENTS)):
        comments.setdefault((student, lesson), {})[exercise] = comment
    for key in marks.keys() - results.keys():
        if key[1] in book.classroom.lessons:
            results[key] = by_nbgrader(book.classroom.lessons[key[1]], marks[key])
    found = {}
    for (student, lesson), result in results.items():
        key = student, lesson
        result = counted(result, settings.terms(lesson), settings.award)
        tests = [with_hand(test, marks.get(key, {}).get(test.test), comments.get(key, {}).get(test.exercise, ""))
                 for test in result.tests]
        days = late_days(book, settings, student, lesson) if result.handed_in else 0
        found[key] = replace(result, tests=tests, late=days > 0, late_days=days)
    return found


def with_hand(test, mark, comment):
    """A `TestResult` with what a person gave for it."""
    _, manual, extra, review = mark or (None, None, None, False)
    extra = extra or 0.0
    if manual is None and not extra:
        return replace(test, comment=comment)
    score, status = (test.score, test.status) if manual is None else (manual, Status.BY_HAND)
    hint = "" if manual is not None and manual >= test.max_score else test.hint
    return replace(test, score=score + extra, status=status, hint=hint, by="hand", comment=comment, extra=extra,
                   judged=test.score, review=bool(review and manual is not None))


def by_nbgrader(source, marks):
    """The `Result` of a submission that nbgrader graded without the judge."""
    lesson, tests = lesson_in(source), []
    for test in lesson.graded:
        auto = marks.get(test.grade_id, (None,))[0]
        status = Status.BY_HAND if auto is None else Status.PASSED if auto >= test.points else Status.FAILED
        tests.append(row(lesson, test, status, "" if status == Status.PASSED else STOCK, points=auto or 0.0))
    return Result(tests)


def late_days(book, settings, student, lesson):
    """Days begun after the due date; where its time is not known, 1 if the platform calls it late."""
    when, _ = book.classroom.stamp(student, lesson)
    due = book.due(student, lesson, settings)
    if when and due:
        return settings.late_days(when, due)
    extended = (student, lesson) in settings.extensions
    return int(bool(read_record(book.classroom.place("submitted", student, lesson)).get("late")) and not extended)


def totals(book, results, students, lessons, settings=None, now=None):
    """[`Total`] of each of these students × lessons, in their order."""
    settings = settings or book.settings
    now = now or datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    rows = book.db.execute(sqlalchemy.text(PENALTIES))
    taken = {(student, lesson): penalty or 0.0 for student, lesson, penalty in rows}
    found = []
    for student in students:
        for lesson in lessons:
            result = results.get((student, lesson))
            tests = result.tests if result else counted(Result([
                row(lesson_in(book.classroom.lessons[lesson]), test, Status.NOT_GRADABLE)
                for test in lesson_in(book.classroom.lessons[lesson]).graded]), settings.terms(lesson), False).tests
            extra = sum(test.extra for test in tests)
            points = sum(test.score for test in tests) - extra
            most, days = sum(test.max_score for test in tests), result.late_days if result else 0
            state = state_of(book, settings, student, lesson, result, now)
            penalty = points * settings.share_lost(days) if settings.per_day else taken.get((student, lesson), 0.0)
            graded = state == "graded"
            total = max(0.0, points + extra - penalty) if graded else 0.0 if state == "missing" else None
            found.append(Total(student, lesson, points, most, extra, days, penalty if graded else 0.0, total, state))
    return found


def state_of(book, settings, student, lesson, result, now):
    """graded, not_due, missing, not_gradable or dropped."""
    if student in settings.gone:
        return "dropped"
    if result and any(test.by == "hand" for test in result.tests):
        return "graded"
    if not result or not result.handed_in:
        due = book.due(student, lesson, settings)
        return "missing" if due and now - due > settings.grace else "not_due"
    bad = (Status.NOT_GRADABLE, Status.GRADER_ERROR)
    return "not_gradable" if any(test.status in bad for test in result.tests) else "graded"


def changes(before, after, new=()):
    """[(`Total` before, after)] where a grade that was given is another now; those in `new` were handed in since."""
    later = {(one.student, one.lesson): one for one in after}
    pairs = [(one, later.get((one.student, one.lesson))) for one in before]
    return [(one, two) for one, two in pairs if one.total is not None and (one.student, one.lesson) not in new
            and (two is None or two.total is None or abs(two.total - one.total) > 1e-9)]


def said_of(alarm):
    """An alarm as a sentence."""
    lesson, test, failed, of = alarm
    return (f"{lesson}, {test}: {failed} of the {of} who are right in everything else failed it ({failed / of:.0%}). "
            "Is the test right?")


def alarms(results, lessons, least=5, share=0.5):
    """[(lesson, test, failed, of)] of tests that most of those fail who are right in everything else: look at them.

    least: how many such students there must be.
    """
    found = []
    for lesson in lessons:
        failed, right = {}, 0
        for (_, name), result in results.items():
            if name == lesson and result.handed_in:
                lost = [test.test for test in result.tests if test.status not in (Status.PASSED, Status.BY_HAND)
                        and test.score < test.max_score / 2]  # most of a quiz right is no failure
                right += len(lost) == 0
                if len(lost) == 1:
                    failed[lost[0]] = failed.get(lost[0], 0) + 1
        found += [(lesson, test, count, count + right) for test, count in sorted(failed.items())
                  if count >= least and count > share * (count + right)]
    return found
