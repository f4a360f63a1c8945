"""`export`: the scores as a file that a spreadsheet, Canvas or Moodle takes in. Columns by those systems' guides."""

import csv
import io

from ..classroom.gradebook import Book, guarded, roster
from ..errors import UserError
from ..files import to_name, write_file
from ..judge.result import Status, total

KINDS = ("csv", "canvas", "moodle")


def export(classroom, kind, lesson=None):
    """(rows of cells with a heading, [what to know about it]) of one kind of file."""
    if kind not in KINDS:
        raise UserError(f"--for {kind}: there are {', '.join(KINDS)}.")
    lessons = classroom.chosen(lesson)
    with Book(classroom) as book:
        people, results = roster(book), book.results()
        most = {name: sum(cell.max_score for notebook in book.assignments[name].notebooks
                          for cell in notebook.grade_cells) for name in lessons if name in book.assignments}
    lessons = [name for name in lessons if name in most]
    graded = {student for student, name in results if name in lessons}
    if not graded:
        raise UserError(f"{classroom.folder}: nothing is graded yet. Run: python -m grader run {classroom.folder}")
    students = sorted(set(people) | graded)
    scores = {student: [score(results.get((student, name))) for name in lessons] for student in students}
    form = {"csv": spreadsheet, "canvas": canvas, "moodle": moodle}[kind]
    rows, notes = form(students, people, lessons, most, scores)
    changed = [to_name(student) for student in students if safe(to_name(student)) != to_name(student)]
    if changed and kind != "csv":
        notes.append("Guarded with a leading ' because a spreadsheet would take it for a formula, so that "
                     f"{kind.title()} will not find: {', '.join(changed)}. Remove these rows and enter them by hand.")
    return rows, notes


def score(result):
    """The points of a lesson; "" where it was not graded, or the grader failed."""
    if result is None or any(test.status == Status.GRADER_ERROR for test in result.tests):
        return ""
    return total(result.tests)[0]


def spreadsheet(students, people, lessons, most, scores):
    """One row a student: id, name, points of every lesson, and their sum."""
    rows = [["student", "name", *lessons, "sum"], ["points possible", "", *(most[name] for name in lessons),
                                                   sum(most[name] for name in lessons)]]
    for student in students:
        name = people[student].name if student in people else ""
        rows.append([to_name(student), name, *scores[student], sum(s for s in scores[student] if s != "")])
    return rows, []


def canvas(students, people, lessons, most, scores):
    """Canvas's gradebook import: its five columns, then one of each assignment; a new name makes a new assignment."""
    rows = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *lessons],
            ["    Points Possible", "", "", "", "", *(most[name] for name in lessons)]]
    unknown = []
    for student in students:
        person = people.get(student)
        if person is None or not person.number:
            unknown.append(to_name(student))
        name = f"{person.last_name}, {person.first_name}".strip(", ") if person else ""
        rows.append([name or to_name(student), person.number if person else "", "", to_name(student), "",
                     *scores[student]])
    notes = ["Canvas matches assignments by their name: rename a column to “Name (number)” as in Canvas's own export "
             "to fill an assignment that is there."]
    if unknown:
        notes.append(f"Without Canvas's ID, known by the login only: {', '.join(unknown)}. Canvas's gradebook export "
                     "as the roster (collect --roster) brings the IDs.")
    return rows, notes


def moodle(students, people, lessons, most, scores):
    """Moodle's grade import (Grades, Import, CSV file): map “Username” or “Email address”, and each lesson.

    A row whose identifying cell is blank gives its grades to the student of the row before, so there is a column of
    emails only where everybody has one. Moodle's word for no grade is “-”; a blank cell can become a 0.
    """
    unknown = [student for student in students if student not in people or not people[student].email]
    rows = [["Username", "First name", "Last name", *([] if unknown else ["Email address"]), *lessons]]
    for student in students:
        person = people.get(student)
        known = [person.first_name, person.last_name] if person else ["", ""]
        email = [] if unknown else [person.email]
        rows.append([to_name(student), *known, *email, *("-" if s == "" else s for s in scores[student])])
    notes = [f"In Moodle set the maximum of {name} to {most[name]:g}." for name in lessons]
    notes.append("Moodle imports all rows or none: remove those of students who are not in its course.")
    if unknown:
        notes.append("No column of emails, because Moodle would give the grades of a student without one to another. "
                     f"Without an email address: {', '.join(map(to_name, unknown))}. A roster with emails "
                     "(collect --roster) brings them; until then map “Username”.")
    return rows, notes


def as_csv(rows, kind):
    """The rows as the file's bytes. Numbers stay numbers; no text is taken for a formula; spreadsheets get a mark."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(
        [f"{cell:g}" if isinstance(cell, (int, float)) else safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig" if kind == "csv" else "utf-8")


def safe(text):
    """A text that no spreadsheet takes for a formula; “-” alone is none."""
    return text if text.strip() in ("", "-") else guarded(text)


def write(path, rows, kind, replace=False):
    """Write the file; one that is there is replaced only if asked for."""
    if path.exists() and not replace:
        raise UserError(f"{path}: this file exists. Name another with --out, or add --replace.")
    write_file(path, as_csv(rows, kind))
