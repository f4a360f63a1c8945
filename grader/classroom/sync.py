"""Brings nbgrader's own tables in line with the lessons and class.toml, so that Formgrader shows what counts."""

from ..judge.result import Status
from ..notebook.lesson import lesson_in
from .gradebook import api, set_score
from .grades import counted


def sync(book, before, totals):
    """Set due dates, extensions, points of tests, scores and penalties; `before` is the `Settings` of the last run."""
    raw, sums = book.results(), {(one.student, one.lesson): one for one in totals}
    with book.writing():
        for lesson, source in book.classroom.lessons.items():
            if lesson in book.assignments:
                of_lesson(book, before, book.assignments[lesson], lesson_in(source), raw, sums)


def of_lesson(book, before, assignment, lesson, raw, sums):
    """The same of one lesson."""
    name, terms = assignment.name, book.settings.terms(assignment.name)
    if terms.due or before.terms(name).due:
        assignment.duedate = terms.due
    points = {test.grade_id: test.points for test in lesson.graded if test.grade_id not in terms.dropped}
    for notebook in assignment.notebooks:
        for cell in notebook.grade_cells:  # what the lesson no longer asks gives nothing
            cell.max_score = points.get(cell.name, 0.0)
        for test in points.keys() - {cell.name for cell in notebook.grade_cells}:
            book.db.add(api.GradeCell(name=test, notebook=notebook, max_score=points[test], cell_type="code"))
    for found in book.db.query(api.SubmittedAssignment).filter_by(assignment_id=assignment.id):
        key = found.student_id, name
        one(book, before, found, assignment, raw.get(key), sums.get(key))


def one(book, before, found, assignment, result, total):
    """The same of one student's submission."""
    settings, key = book.settings, (found.student_id, assignment.name)
    found.timestamp, _ = book.classroom.stamp(*key)
    if key in settings.extensions and assignment.duedate:
        found.extension = settings.extensions[key] - assignment.duedate
    elif key in before.extensions:
        found.extension = None
    tests = counted(result, settings.terms(assignment.name), settings.award).tests if result else []
    scores = {test.test: test for test in tests}
    for page in found.notebooks:
        if settings.per_day or before.per_day:
            page.late_submission_penalty = total.penalty or None if total else None
        for grade in page.grades:
            test = scores.get(grade.cell.name)
            if result and test is None:
                grade.auto_score = 0.0  # the lesson asks this no more
            elif test and test.status != Status.BY_HAND and grade.auto_score != test.score:
                set_score(grade, test)
