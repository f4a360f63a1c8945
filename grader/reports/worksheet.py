"""Moodle's grading worksheet: one that was downloaded is filled, or one is made for those who handed in.

Moodle finds a student by the number behind “Participant”, the same that stands in the names of its zip, and leaves out
grades above the assignment's maximum (`mod/assign/feedback/offline`).
"""

import html
import re

from ..classroom.roster import whose
from ..errors import UserError
from ..files import raw_table, some, to_name

HEADING = ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade", "Grade can be changed",
           "Last modified (submission)", "Last modified (grade)", "Feedback comments"]
COMMENTS = {"feedback comments", "feedback als kommentar"}  # the column's name where we know it
AGAIN = ("Where Moodle has a grade already, tick “Allow updating records that have been modified more recently in "
         "Moodle than in the spreadsheet”.")


def said(one, result):
    """What a page says, in lines: points, lateness, and of every exercise that lost any, its hint; comments of people.

    one: the `Total` of the `Result`.
    """
    found = [f"{one.total:g} of {one.max_points:g} points." if one.total is not None else "It could not be graded."]
    if one.late_days:
        days = f"{one.late_days} day{'' if one.late_days == 1 else 's'} late"
        found.append(f"{days}, {one.penalty:g} points taken off." if one.penalty else f"{days}.")
    exercises = {}
    for test in result.tests:
        exercises.setdefault(test.exercise, []).append(test)
    for name, tests in exercises.items():
        score, most = sum(test.score for test in tests), sum(test.max_score for test in tests)
        hints = list(dict.fromkeys(test.hint for test in tests if test.hint and not test.right))
        comment = next((test.comment for test in tests if test.comment), "")
        if score < most or comment:
            found.append(" ".join([f"{name}: {score:g} of {most:g}.", *hints, comment]).strip())
    return found


def worksheet(lesson, sums, said, people, held, path=None):
    """(rows, {student: (full name, participant's number)}, [what to know]) of a lesson's worksheet.

    sums: {student: `Total`}.  said: {student: lines}.  held: {student: what `collect` noted}.  path: one to fill.
    """
    numbers = {student: record["number"] for student, record in held.items()
               if record.get("platform") == "Moodle" and record.get("number")}
    if path is not None:
        return filled(path, lesson, sums, said, people, numbers)
    rows = [HEADING]
    for student, number in numbers.items():
        one, person = sums[student], people.get(student)
        name = (person.name if person else "") or to_name(student)
        rows.append([f"Participant {number}", name, person.email if person else "", "",
                     "" if one.total is None else one.total, one.max_points, "Yes", "-", "-", comment(said, student)])
    if not numbers:
        return [], {}, []
    return rows, {}, [f"{lesson}: the worksheet is of those who handed in, and for a Moodle in English. Otherwise "
                      "download Moodle's own, and let it be filled with --worksheet FILE.", AGAIN]


def comment(said, student):
    """The lines of a student's feedback as Moodle's editor takes them."""
    return "<br>".join(html.escape(line) for line in said.get(student, ()))


def filled(path, lesson, sums, said, people, numbers):
    """The same for a worksheet that Moodle wrote, in whatever language: its rows with grades and comments put in."""
    rows = raw_table(path)
    grade, most = columns_of(path, rows)
    limit = float(rows[1][most].replace(",", "."))
    wanted = max((one.max_points for one in sums.values()), default=limit)
    if limit != wanted:
        raise UserError(f"{path}: the assignment's maximum in Moodle is {limit:g} points, the lesson's {wanted:g}. Set "
                        "it to the same in Moodle, download the worksheet again, and fill that.")
    words = next((place for place, name in enumerate(rows[0]) if name.strip().lower() in COMMENTS), None)
    decimal = "," if "," in rows[1][most] else "."
    find, by_number, participants, strange = whose(people), {n: student for student, n in numbers.items()}, {}, []
    for row in rows[1:]:
        row += [""] * (len(rows[0]) - len(row))
        participant = re.search(r"\d+$", row[0])[0]
        student = by_number.get(participant) or next(
            (one for cell in row[1:4] if cell.strip() and (one := find(cell.strip()))), None)
        if student in sums:
            participants[student] = (row[1], participant)
            one = sums[student]
            row[grade] = row[grade] if one.total is None else f"{one.total:.2f}".replace(".", decimal)
            if words is not None and student in said:
                row[words] = comment(said, student)
        else:
            strange.append(row[1])
    notes = [AGAIN]
    if words is None:
        notes.append(f"{path}: it has no column for comments. Switch “Feedback comments” on in the assignment.")
    if strange:
        notes.append(f"{path}: left as they are, because the class has no such student: {some(strange)}.")
    above = [student for student in participants if (sums[student].total or 0) > limit]
    if above:
        notes.append(f"Moodle leaves out grades above {limit:g} points: {some(above)}. Enter them by hand.")
    return rows, participants, notes


def columns_of(path, rows):
    """(place of the grade, of its maximum) in a worksheet, found by what the columns hold: their names are translated.

    The maximum is the last column with the same number in every row, and the grade stands before it.
    """
    body = rows[1:]
    marked = body and all(re.search(r"\D\d+$", row[0]) for row in body)
    columns = {place: {row[place] for row in body if len(row) > place}
               for place in range(2, len(rows[0] if rows else ()))}
    same = [place for place, cells in columns.items() if marked and len(cells) == 1
            and re.fullmatch(r"\d+[.,]\d+", next(iter(cells)))]
    if not same:
        raise UserError(f"{path}: this is not Moodle's grading worksheet (“Participant 7”, a grade and its maximum in "
                        "points). Download it from the assignment: Submissions, Actions, Download grading worksheet.")
    return same[-1] - 1, same[-1]

