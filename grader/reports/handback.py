"""`handback`: feedback pages in a zip under the platform's own names, and the platform's own table where it has one.

What a name must hold, by each platform's own reading of it: Canvas takes user and file numbers from the file's name
(`Assignment#infer_comment_context_from_filename`), Moodle the participant's number and the plugin from the folder's
(`mod/assign/feedback/file/importziplib.php`); Brightspace asks that its download's names stay as they are. Moodle's
grading worksheet is read by `mod/assign/feedback/offline/importgradeslib.php`: identifier, grade, when it was last
changed, comments. Blackboard takes no zip back; what it takes is a table with a column “Feedback to Learner”.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field

from ..classroom.folder import KEPT
from ..classroom.gradebook import Book, roster
from ..classroom.grades import grades, totals
from ..classroom.pages import refresh
from ..classroom.run import chosen
from ..errors import UserError
from ..files import read_file, some, to_name, write_file
from . import columns, worksheet
from .export import as_csv

# The part of a path that the platform wrote, up to where the file's own name begins, and what then joins the two.
NAMES = {
    "canvas": (re.compile(r"(anon_[A-Za-z0-9]+_(?:LATE_)?\d+|.+?_(?:LATE_)?\d+_\d+)_.+"), "_"),
    "moodle": (re.compile(r"(.+?_\d+_assignsubmission_[a-z]+)(?:_.*)?"), "_"),
    "brightspace": (re.compile(r"(\d+-\d+ ?- .+? ?- [A-Z][a-z]+ \d+, \d{4} \d{1,2}:?\d\d [AP]M)(?: ?- .*)?"), " - "),
    "blackboard": (re.compile(r"(.+?_[^_]+_attempt_\d{4}(?:-\d\d){5})_.+"), "_"),
}
KINDS = (*NAMES, "folder")
HOW = {
    "canvas": "In Canvas: the Gradebook, the assignment's menu, “Upload Submissions” (it is there after “Download "
              "Submissions”). Canvas shows each page under the name of the file that was handed in.",
    "moodle": "In Moodle: the assignment, Submissions, Actions, “Upload multiple feedback files in a zip” and “Upload "
              "grading worksheet”. Both must be switched on under the assignment's feedback types.",
    "brightspace": "In Brightspace: the assignment, Submissions, “Add Feedback Files”.",
    "blackboard": "Blackboard takes no zip of feedback files: upload the table (Work Offline, Upload), which holds the "
                  "points and each student's hints; the pages are for handing out one by one.",
    "folder": "A folder for each student, with their pages.",
}


@dataclass
class Parcel:
    """What goes back for one lesson: {name in the zip: bytes}, and rows of the platform's own table, if it has one."""

    lesson: str
    files: dict = field(default_factory=dict)
    rows: list = field(default_factory=list)


def handback(classroom, kind, lesson=None, among=None, sheet=None):
    """([`Parcel`] of each lesson, [what to know]). among: these students only.  sheet: Moodle's worksheet, to fill."""
    if kind not in KINDS:
        raise UserError(f"--for {kind}: there are {', '.join(KINDS)}.")
    if sheet is not None and kind != "moodle":
        raise UserError("--worksheet is Moodle's grading worksheet. Use it with --for moodle.")
    with Book(classroom) as book:
        lessons = [name for name in chosen(classroom, book.settings, lesson) if name in book.assignments]
        people, results = roster(book), grades(book)
        students = sorted((set(people) | {student for student, _ in results}) - book.settings.gone)
        sums = totals(book, results, students, lessons)
    if not any(name in lessons for _, name in results):
        raise UserError(f"{classroom.folder}: nothing is graded yet. Run: python -m grader run {classroom.folder}")
    if sheet is not None and len(lessons) != 1:
        raise UserError("--worksheet: a worksheet is of one assignment. Name its lesson with --lesson.")
    refresh(classroom, results, sums, lessons)  # what goes back says what counts now
    parcels, notes = [], []
    for name in lessons:
        ones = {one.student: one for one in sums if one.lesson == name and (among is None or one.student in among)}
        parcel, said = of_lesson(classroom, kind, name, ones, results, people, sheet)
        notes += said
        if parcel.files or any(row for row in parcel.rows[1:]):
            parcels.append(parcel)
    return parcels, [*dict.fromkeys(notes), *([HOW[kind]] if parcels else [])]


def of_lesson(classroom, kind, lesson, sums, results, people, sheet):
    """(`Parcel`, [what to know]) of one lesson. sums: {student: `Total`}."""
    parcel, notes, unnamed, owners, participants = Parcel(lesson), [], [], {}, {}
    held = {student: classroom.submitted(student, lesson).record for student in sums}
    said = {student: worksheet.said(one, results[student, lesson]) for student, one in sums.items()
            if (student, lesson) in results and one.state in ("graded", "not_gradable")
            and results[student, lesson].handed_in}
    if kind == "moodle":
        parcel.rows, participants, more = worksheet.worksheet(lesson, sums, said, people, held, sheet)
        notes += more
    elif kind == "blackboard":
        parcel.rows = blackboard(classroom, lesson, sums, said, people)
    for student in said:
        data, _ = read_file(classroom.folder / "feedback" / student / f"{lesson}.html")
        name = name_of(kind, lesson, student, held[student], participants)
        if data is not None and name:
            owners.setdefault(name, []).append(student)
            parcel.files[name] = data
        elif data is not None:
            unnamed.append(student)
    for name, students in owners.items():
        if len(students) > 1:
            del parcel.files[name]
            unnamed += students
    if unnamed:
        notes.append(f"{lesson}: not in the zip, because their submissions bear no name of {kind.title()}'s of their "
                     f"own: {some(sorted(unnamed))}. --for folder has their pages.")
    return parcel, notes


def name_of(kind, lesson, student, record, participants):
    """The name of a student's page in the zip; "" where the platform's name for them is not known."""
    page = f"{lesson}.html"
    if kind == "folder":
        return f"{student}/{page}"
    pattern, joint = NAMES[kind]
    parts = record.get("from", "").split("/") if record.get("platform", "").lower() == kind else []
    for place, part in enumerate(parts):
        if match := pattern.fullmatch(part):
            return f"{part}/{page}" if place < len(parts) - 1 else f"{match[1]}{joint}{page}"
    if kind == "moodle" and student in participants:
        name, number = participants[student]
        return f"{name.replace('_', ' ').replace('/', ' ')}_{number}_assignsubmission_file_/{page}"
    return ""


def blackboard(classroom, lesson, sums, said, people):
    """Blackboard's table of one column with feedback, as it downloads one with “Include comments”."""
    column = columns.fitting([lesson], columns.heading(classroom.folder / KEPT), "blackboard").get(lesson, lesson)
    rows = [["Last Name", "First Name", "Username", column, "Grading Notes", "Notes Format", "Feedback to Learner",
             "Feedback Format"]]
    for student, one in sums.items():
        person = people.get(student)
        rows.append([person.last_name if person else "", person.first_name if person else "", to_name(student),
                     "" if one.total is None else one.total, "", "", "\n".join(said.get(student, ())),
                     "SMART_TEXT" if student in said else ""])
    return rows


def write(target, parcel, kind, replace=False):
    """Write a parcel as target.zip, and its table as target.csv; the paths."""
    paths = [target.with_name(target.name + ending) for ending, there in ((".zip", parcel.files),
                                                                          (".csv", parcel.rows)) if there]
    for path in paths:
        if path.exists() and not replace:
            raise UserError(f"{path}: this file exists. Name another folder with --out, or add --replace.")
    for path in paths:
        write_file(path, zipped(parcel.files) if path.suffix == ".zip" else as_csv(parcel.rows, kind))
    return paths


def zipped(files):
    """The bytes of a zip; the same files give the same bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, files[name])
    return held.getvalue()
