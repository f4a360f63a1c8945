"""scores.csv and totals.csv: what counts, as tables for people and scripts."""

import csv
import io
from dataclasses import fields

from ..files import to_name, write_file
from .grades import Total

COLUMNS = ["student", "lesson", "exercise", "test", "score", "max_score", "status", "hint", "by", "comment"]


def guarded(value):
    """A cell that no spreadsheet takes for a formula."""
    text = f"{value:g}" if isinstance(value, float) else str(value)
    start = text.lstrip()[:1]
    return "'" + text if start in tuple("=+-@|＝＋－＠") or text[:1] in tuple("\t\r\n") else text


def write_scores(folder, results, students, lessons):
    """Write CLASS/scores.csv: every result of these students, in the order of students, lessons and tests; its path."""
    rows = [[to_name(student), lesson, *(getattr(test, name) for name in COLUMNS[2:])]
            for student, lesson in sorted(results) if student in students and lesson in lessons
            for test in results[student, lesson].tests]
    return write(folder / "scores.csv", COLUMNS, rows)


def write_totals(folder, totals):
    """Write CLASS/totals.csv: a row for every student and lesson in force; its path."""
    columns = [field.name for field in fields(Total)]
    rows = [[to_name(one.student), *("" if (cell := getattr(one, name)) is None else cell for name in columns[1:])]
            for one in totals]
    return write(folder / "totals.csv", columns, rows)


def write(path, heading, rows):
    """Write rows as CSV in which no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows([guarded(value) for value in row] for row in rows)
    write_file(path, out.getvalue().encode("utf-8"))
    return path
