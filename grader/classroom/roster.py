"""The roster: who is in the class. It is kept in nbgrader's own gradebook, as students with names and numbers."""

import contextlib
import os
import re
import sqlite3
import unicodedata
from dataclasses import replace

from ..errors import UserError, problem_of_gradebook
from ..files import table, to_id
from .folder import KEPT
from .gradebook import Person

# A column's name in our own files, nbgrader's, and the exports of platforms -> what it holds.
COLUMNS = {
    "id": ("id", "student", "username", "user name", "student id", "sis login id", "login id", "identifier"),
    "name": ("name", "full name", "student name"), "first_name": ("first_name", "first name"),
    "last_name": ("last_name", "last name", "surname"), "email": ("email", "email address", "e-mail"),
    "number": ("lms_user_id", "canvas id", "moodle id"),
    "sis": ("sis user id", "id number", "idnumber", "sid", "orgdefinedid"),
}
ALIASES = (*COLUMNS["id"], *COLUMNS["sis"], "github_username")


def kept(classroom, sections="section"):
    """{id: `Person`} of the roster that the class keeps; {} where there is none."""
    path = classroom.folder / KEPT
    return {person.id: person for person in read(path, sections)} if path.is_file() else {}


def section_of(classroom, sections="section"):
    """{student: section} by the roster that the class keeps; {} where it has no such column, or there is none."""
    path = classroom.folder / KEPT
    listed = known_as(read(path, sections), glance(classroom)) if path.is_file() else []
    return {person.id: person.section for person in listed if person.section}


def groups(classroom, settings, students):
    """[(what a file's name ends in, students)] of each section; `UserError` where the roster names none."""
    found, split = section_of(classroom, settings.sections), {}
    if not found:
        raise UserError(f"{classroom.folder / KEPT}: no roster with a column {settings.sections!r} is kept here. Bring "
                        "one in with collect --roster, or name its column in class.toml: [class] sections = \"…\".")
    for student in sorted(students - settings.gone):
        split.setdefault(found.get(student, "no section"), set()).add(student)
    return [("-" + re.sub(r"[^\w.-]+", "_", name), who) for name, who in sorted(split.items())]


def known_as(people, before):
    """People of a new roster under the ids that the class has for them, by their number or email."""
    numbers = {one.number: one.id for one in before.values() if one.number}
    emails = {one.email.lower(): one.id for one in before.values() if one.email}
    found = []
    for one in people:
        same = one.id if one.id in before else numbers.get(one.number) or emails.get(one.email.lower())
        found.append(replace(one, id=same, aliases=(*one.aliases, one.id)) if same and same != one.id else one)
    return found


def read(path, sections="section"):
    """The people in a CSV: columns id, name or first_name and last_name, email; or an export of a platform."""
    _, rows = table(path)
    if not rows:
        raise UserError(f"{path}: there is no row below the heading. A roster is a CSV with the columns "
                        "id, name, email.")
    canvas = {"student", "id", "section"} <= {str(key).strip().lower() for key in rows[0]}
    people = [person for row in rows if (person := of_row(row, canvas, sections))]
    if not people:
        columns = ", ".join(map(str, rows[0]))[:80]
        raise UserError(f"{path}: none of its columns ({columns}) names a student. A roster is a CSV with the columns "
                        "id, name, email; an export of Canvas's gradebook or of Moodle's participants will do.")
    seen = set()
    twice = [p.id for p in people if p.id in seen or seen.add(p.id)]
    if twice:
        raise UserError(f"{path}: {twice[0]} stands there twice. Each student needs an id of their own.")
    for person in people:
        if person.id.startswith(".") or len(os.fsencode(person.id)) > 200:
            raise UserError(f"{path}: {person.id!r} cannot be the name of a student's folder. Give this student an id "
                            "that is shorter than 200 letters and does not begin with a dot.")
    return people


def of_row(row, canvas, sections="section"):
    """The `Person` of one row, or None for a row that names nobody (such as Canvas's “Points Possible”)."""
    cells = {str(key).strip().lower(): (value or "").strip() for key, value in row.items() if isinstance(value, str)}
    if "end-of-line indicator" in cells:  # Brightspace marks ids with #, so that spreadsheets take them for texts
        cells = {key: value.removeprefix("#") for key, value in cells.items()}
    if cells.get("role", "student").lower() not in ("student", "learner", ""):
        return None
    if canvas:  # there ID is the platform's number, and Student a name
        cells |= {"canvas id": cells.get("id", ""), "full name": cells.get("student", ""), "id": "", "student": ""}
    held = {what: next((cells[name] for name in names if cells.get(name)), "") for what, names in COLUMNS.items()}
    if held["name"] and not held["first_name"]:
        last, comma, first = held["name"].partition(",")
        held["first_name"], held["last_name"] = (first.strip(), last.strip()) if comma else \
            (held["name"].rpartition(" ")[0], held["name"].rpartition(" ")[2])
    name = f"{held['first_name']} {held['last_name']}".strip()
    student = held["id"] or held["sis"] or held["email"] or name
    if not student or name.lower() in ("points possible", "student, test", "test student"):
        return None
    return Person(to_id(student.replace("/", "_").replace("\\", "_")), held["first_name"], held["last_name"],
                  held["email"], held["number"], cells.get(sections.lower(), ""),
                  tuple(cells[name] for name in ALIASES if cells.get(name)))


def glance(classroom):
    """What `gradebook.roster` gives, without changing a byte of the gradebook; {} where there is none."""
    path = classroom.folder / "gradebook.db"
    if not path.exists():
        return {}
    try:
        with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
            rows = db.execute("SELECT id, first_name, last_name, email, lms_user_id FROM student").fetchall()
    except sqlite3.Error as error:
        raise UserError(f"{path}: {problem_of_gradebook(error)}") from None
    return {row[0]: Person(*(cell or "" for cell in row)) for row in rows}


def plain(name):
    """A name without accents, case, spaces and the order of its parts, all of which platforms change in file names."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sorted(re.findall(r"\w+", "".join(c for c in letters if not unicodedata.combining(c)))))


def whose(people):
    """A function (name on the platform, its number) -> the id of the one person it can be, or None."""
    named = {}
    for person in people.values():
        keys = {person.id, plain(person.name), (person.last_name + person.first_name).casefold().replace(" ", "")}
        keys |= {person.email, person.email.partition("@")[0], *person.aliases}
        for key in keys - {""}:
            named.setdefault(key, set()).add(person.id)
    numbers = {person.number: person.id for person in people.values() if person.number}

    def find(name, number=""):
        if number in numbers:
            return numbers[number]
        for key in (name, to_id(name), name.casefold().replace(" ", ""), plain(name)):
            if len(named.get(key, ())) == 1:
                student = next(iter(named[key]))
                return student if not number or people[student].number in ("", number) else None
        return None
    return find
