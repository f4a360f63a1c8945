"""The columns of learning platforms: those of the export that was the class's roster are filled again."""

import re

from ..files import table, to_name

WORD = r"(?:lesson|assignment|exercise|week|homework|hw|notebook|unit|task)"
# What a platform puts behind a column's name: Canvas its number, Blackboard points and number, Brightspace its kind.
BEHIND = {"canvas": re.compile(r"\s*\(\d+\)\s*$"), "blackboard": re.compile(r"\s*\[Total Pts:.*\|\s*\d+\s*$", re.I),
          "brightspace": re.compile(r"\s*Points Grade.*$", re.I)}


def heading(path):
    """The heading of a CSV; [] where there is none."""
    return table(path)[0] if path.is_file() else []


def fitting(lessons, found, kind):
    """{lesson: its column} among a platform's heading, by the lesson's name or number, where exactly one fits."""
    behind = BEHIND[kind]
    held = {lesson: [column for column in found if behind.search(column) and fits(lesson, behind.sub("", column))]
            for lesson in lessons}
    return {lesson: columns[0] for lesson, columns in held.items() if len(columns) == 1}


def fits(lesson, column):
    """Whether a column's name is a lesson's: `01_linear_collapse`, `Linear collapse` or `Lesson 1`."""
    number, _, name = lesson.partition("_")
    plain = re.sub(r"\W|_", "", column).casefold()
    if plain in (re.sub(r"\W|_", "", lesson).casefold(), re.sub(r"_", "", name).casefold()):
        return True
    found = re.fullmatch(rf"{WORD}\s*0*(\d+)(?:\s*[:.-].*)?", column.strip(), re.I)
    return bool(found and number.isdigit() and int(found[1]) == int(number))


def brightspace(students, people, lessons, most, scores):
    """Brightspace's grade import (Grades, Import): a user's name or id first, “… Points Grade”, and its last column.

    As in D2L's help on importing grades; its own exports put # before ids, so that they stay texts.
    """
    rows = [["Username", *(f"{lesson} Points Grade" for lesson in lessons), "End-of-Line Indicator"]]
    rows += [[f"#{to_name(student)}", *scores[student], "#"] for student in students]
    return rows, [f"In Brightspace {lesson} must be a numeric grade item with {most[lesson]:g} points."
                  for lesson in lessons]


def blackboard(students, people, lessons, most, scores):
    """Blackboard's grade upload (Work Offline, Upload): the user, then columns, known by the number behind “|”."""
    rows = [["Last Name", "First Name", "Username", *lessons]]
    for student in students:
        person = people.get(student)
        rows.append([person.last_name if person else "", person.first_name if person else "", to_name(student),
                     *scores[student]])
    return rows, ["A column without Blackboard's number, as in “Lesson 1 [Total Pts: 14 Score] |55”, becomes a new one "
                  "of text. Its own download as the roster (collect --roster) brings the numbers."]
