"""`export`: the scores as a file that a spreadsheet, Canvas or Moodle takes in. Columns by those systems' guides."""

import csv
import io

from ..classroom.folder import KEPT
from ..classroom.gradebook import Book, roster
from ..classroom.grades import grades, totals
from ..classroom.run import chosen
from ..classroom.scores import guarded
from ..classroom.settings import read
from ..errors import UserError
from ..files import some, to_name, write_file
from . import columns

KINDS = ("csv", "canvas", "moodle", "brightspace", "blackboard")
RENAME = "Canvas matches assignments by their name and number"


def export(classroom, kind, lesson=None, among=None):
    """(rows of cells with a heading, [what to know about it]) of one kind of file. among: of these students only."""
    if kind not in KINDS:
        raise UserError(f"--for {kind}: there are {', '.join(KINDS)}.")
    with Book(classroom) as book:
        lessons = [name for name in chosen(classroom, book.settings, lesson) if name in book.assignments]
        people, results = roster(book), grades(book)
        if not any(name in lessons for _, name in results):
            raise UserError(f"{classroom.folder}: nothing is graded yet. Run: python -m grader run {classroom.folder}")
        students = sorted((set(people) | {student for student, name in results if name in lessons})
                          - book.settings.gone)
        students = [student for student in students if among is None or student in among]
        found = totals(book, results, students, lessons)
        stale = book.applied is not None and read(classroom).text != book.applied
        weights = {name: book.settings.terms(name).weight for name in lessons}
    most = {one.lesson: one.max_points for one in found}
    scores = {student: ["" if one.total is None else one.total for one in found if one.student == student]
              for student in students}
    form = {"csv": spreadsheet, "canvas": canvas, "moodle": moodle, "brightspace": columns.brightspace,
            "blackboard": columns.blackboard}[kind]
    rows, notes = form(students, people, lessons, most, scores)
    if kind in ("canvas", "blackboard", "brightspace"):
        names = columns.fitting(lessons, columns.heading(classroom.folder / KEPT), kind)
        if kind == "brightspace":  # its export puts the kind and the points behind, its import wants the kind alone
            names = {f"{lesson} Points Grade": f"{columns.BEHIND[kind].sub('', name)} Points Grade"
                     for lesson, name in names.items()}
        rows[0] = [names.get(cell, cell) for cell in rows[0]]
        notes = [note for note in notes if len(names) < len(lessons) or not note.startswith(RENAME)]
    if kind == "csv" and set(weights.values()) != {1.0}:
        weigh(rows, lessons, weights)
    if stale:
        notes.append("class.toml has changed since the last run and counts only after the next one.")
    bad = [f"{one.student} ({one.lesson})" for one in found if one.state == "not_gradable"]
    if bad:
        notes.append(f"Blank, because it could not be graded: {some(bad)}.")
    undue = sorted({one.lesson for one in found if one.state == "not_due"})
    if undue:
        notes.append(f"Blank, not 0, where nothing was handed in and no due date has passed: {', '.join(undue)}.")
    changed = [to_name(student) for student in students if safe(to_name(student)) != to_name(student)]
    if changed and kind != "csv":
        notes.append("Guarded with a leading ' because a spreadsheet would take it for a formula, so that "
                     f"{kind.title()} will not find: {', '.join(changed)}. Remove these rows and enter them by hand.")
    return rows, notes


def weigh(rows, lessons, weights):
    """Make the last column a percent of what could be reached, lessons by their weight, blank ones left out."""
    rows[0][-1], rows[1][-1] = "percent", 100.0
    for row in rows[2:]:
        cells = [(weights[name], cell, most) for name, cell, most in zip(lessons, row[2:], rows[1][2:]) if cell != ""]
        whole = sum(weight for weight, _, most in cells if most)
        row[-1] = round(sum(100 * weight * cell / most for weight, cell, most in cells if most) / whole, 2) \
            if whole else ""


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
            unknown.append(student)
        name = f"{person.last_name}, {person.first_name}".strip(", ") if person else ""
        rows.append([name or to_name(student), person.number if person else "", "", to_name(student), "",
                     *scores[student]])
    notes = [f"{RENAME}: one without a number makes a new assignment. Canvas's gradebook export as the roster "
             "(collect --roster) brings the names, as “Lesson 1 (555)”."]
    if unknown:
        notes.append(f"Without Canvas's ID, known by the login only: {some(unknown)}. Canvas's gradebook export "
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
                     f"Without an email address: {some(unknown)}. A roster with emails "
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
