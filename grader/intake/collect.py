"""`collect`: puts what was handed in into a class's submitted/ folder, and keeps what it replaces."""

import datetime
import json
import os
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from ..classroom.folder import RECORD, read_record
from ..classroom.roster import whose
from ..classroom.settings import read
from ..errors import UserError
from ..files import read_file, some, to_id, to_name, write_file
from ..notebook.recognise import NOTEBOOK, by_cells, grade_ids, stem
from .platforms import mapped
from .sources import submitted_files

EARLIER = ".earlier"  # in submitted/; nbgrader does not look into hidden folders


@dataclass
class Collected:
    """What came of collecting: lists of (student, lesson, where from, remark), and of (where, why not)."""

    placed: list = field(default_factory=list)
    skipped: list = field(default_factory=list)
    strangers: list = field(default_factory=list)  # ids of those who are not on the roster, where there is one
    times: dict = field(default_factory=dict)  # {where from: (when handed in or None, whether the platform says late)}

    def add(self, other):
        """Take in what came of another source."""
        self.placed += other.placed
        self.skipped += other.skipped
        self.strangers = sorted({*self.strangers, *other.strangers})
        self.times |= other.times


def collect(classroom, source, people=None, dry=False, strangers=False, pattern=None):
    """Place every notebook of a source (see sources.py) in the class -> `Collected`.

    people: {id: `roster.Person`}, whose ids are used where a name or number fits one.  dry: write nothing.
    strangers: also place those of nobody in `people`.  pattern: a regular expression that names the student.
    """
    done, people, here = Collected(), people or {}, classroom.handed_in()
    find, zone = whose(people), read(classroom).zone
    found = submitted_files(source, done.skipped, lambda name: name in here or find(name) is not None, zone,
                            mapped(pattern) if pattern else None)
    names = students(classroom, found, people)
    if people:
        done.strangers = sorted({student for student in names.values() if student not in people})
    ids = {lesson: grade_ids(data) for lesson, data in classroom.lessons.items()}
    best, others, kept = defaultdict(list), [], set()
    for file in found:
        student = names[file.who, file.number]
        if people and not strangers and student in done.strangers:
            done.skipped.append((file.where, f"{to_name(student)} is not on the roster; --strangers takes them in"))
        elif not NOTEBOOK.search(file.where):
            others.append((student, file))
        else:
            data, problem = file.read()
            lesson = lesson_of(file, data, ids)
            if lesson is None:
                why = problem or f"it is none of the class's lessons ({some(list(ids))}), by its name or its cells"
                done.skipped.append((file.where, why))
            else:
                order = file.time or datetime.datetime.min
                best[student, lesson].append((problem == "", order, copy_of(file), file))
            del data  # one file at a time in memory
    refuse_a_collapse(source, best)
    for (student, lesson), versions in sorted(best.items()):
        versions.sort(key=lambda version: version[:3])
        before = None
        for _, _, _, file in versions:  # the latest last, so that each earlier one is kept
            remark, before, placed = place(classroom, student, lesson, file, before, kept, dry)
            if placed:
                done.placed.append((student, lesson, file.where, remark))
                done.times[file.where] = file.handed_in, file.late
            else:
                done.skipped.append((file.where, remark))
    no_notebooks(classroom, others, best, ids, done, dry)
    return done


def refuse_a_collapse(source, best):
    """Refuse a source of which every notebook of a lesson, of different places, would be one student's."""
    for (student, lesson), versions in best.items():
        files = [file for *_, file in versions]
        alone = len({who for who, _ in best}) == 1 and not any(file.platform for file in files)
        places = {file.where.rpartition("/")[0] for file in files}
        if alone and len(files) > 2 and len(places) in (1, len(files)) and len({stem(file.name) for file in files}
                                                                              if len(places) == 1 else places) > 2:
            raise UserError(f"{source}: all {len(files)} notebooks of {lesson} would be one student's, "
                            f"{to_name(student)}. This layout is not known, so nothing was placed. Say where a path "
                            f"names the student, as in --map '(?P<student>[^/]+)/.*', for paths as {files[0].where}")


def no_notebooks(classroom, others, best, ids, done, dry):
    """List what was handed in and is no notebook; who handed in nothing else has it said in their rows and page."""
    lessons = {lesson for _, lesson in best}
    for student, file in others:
        inside = "a zip within the source: unpack it first" if file.where.lower().endswith(".zip") else "not a notebook"
        lesson = lesson_of(file, None, ids) or (next(iter(lessons)) if len(lessons) == 1 else None)
        folder = lesson and classroom.place("submitted", student, lesson)
        if lesson and (student, lesson) not in best and not (folder / f"{lesson}.ipynb").exists():
            if not dry:
                problem = f"What was handed in is no notebook: {file.name[:100]}. Hand in the .ipynb file."
                note(folder, file, problem)
                stamp(folder, file)
        done.skipped.append((file.where, inside))


def students(classroom, found, people):
    """{(name, platform's number): student id}: by the roster, else two of one name are told apart by their numbers."""
    owner, find = {}, whose(people)
    for student in classroom.handed_in():
        for folder in (classroom.folder / "submitted" / student).iterdir():
            number = read_record(folder).get("number")
            if number:
                owner[student] = number
    names, moodle = {}, any(file.platform == "Moodle" for file in found)
    keys = sorted({(file.who, file.number) for file in found})
    listed = {key: find(key[0], "" if moodle else key[1]) for key in keys}
    for who, number in keys if moodle else ():  # a team's name stands before the student's
        parts = who.split("-")
        tails = ["-".join(parts[at:]) for at in range(1, len(parts))]
        listed[who, number] = listed[who, number] or next((one for tail in tails if (one := find(tail))), None)
    beside = {(file.who, file.number, file.where.partition(f"{file.who}_")[0]) for file in found if file.number}
    claims = Counter((listed[who, number], folder) for who, number, folder in beside)
    contested = {student for (student, _), count in claims.items() if count > 1}
    for who, number in keys:
        student = listed[who, number]
        known = number and number in (owner.get(student), getattr(people.get(student), "number", ""))
        if student and (student not in contested or not number or known):
            names[who, number] = student
            continue
        unclear, student = student is not None, to_id(who)
        if unclear:  # two numbers for one on the roster: which of them it is cannot be told
            taken = True
        elif number and moodle:  # Moodle numbers the same student anew in each assignment
            taken = student in names.values() or student in people
        else:
            taken = bool(number) and (owner.setdefault(student, number) != number or student in people)
        names[who, number] = f"{student}_{number}" if taken else student
    return names


def copy_of(file):
    """The number that a copy bears, as in `lesson-2.ipynb` or `lesson (1).ipynb`; 0 for none."""
    number = re.search(r"(?:-|\()(\d{1,3})\)?$", NOTEBOOK.sub("", file.name))
    return int(number[1]) if number else 0


def lesson_of(file, data, lessons):
    """The lesson that a file belongs to: by its name, else by its folder's name, else by its cells; or None."""
    named = {lesson.lower(): lesson for lesson in lessons}
    for text in (NOTEBOOK.sub("", file.name).lower(), stem(file.name), file.folder.lower()):
        if text in named:
            return named[text]
    return by_cells(data, lessons)


def place(classroom, student, lesson, file, before, kept, dry=False):
    """Put one file in its place, the one before it aside -> (a remark, the bytes there now, is it placed?).

    before: the bytes that this run put there, if any.  kept: the paths this run kept.  dry: only say what would be.
    """
    folder = classroom.place("submitted", student, lesson)
    target = folder / f"{lesson}.ipynb"
    data, problem = file.read()
    if before is None and os.path.lexists(target):
        before, fault = read_file(target)
        if before is None:
            there = target.relative_to(classroom.folder)
            return f"{there} is there. {fault} It stays; this one was not placed.", None, False
    if data is None and before is not None:
        return f"{problem} The earlier submission stays; this one was not placed.", before, False
    remark, unchanged = problem, before is not None and before == data
    if before is not None and not unchanged:
        remark = f"replaces an earlier one, kept as {keep(classroom, student, lesson, before, kept, dry)}"
    elif unchanged:
        remark = "unchanged"
    said = ", ".join(filter(None, [remark, "late" if file.late else ""]))
    if dry:
        return said, data, True
    note(folder, file, problem)
    if not unchanged or not (folder / "timestamp.txt").exists():  # unchanged bytes were handed in when they were
        stamp(folder, file)
    if data is not None and data != before:
        write_file(target, data)
    return said, data, True


def note(folder, file, problem):
    """Write what is known of a submission beside it."""
    record = {"from": file.where, "number": file.number, "late": file.late, "problem": problem,
              "platform": file.platform}
    write_file(folder / RECORD, json.dumps(record, ensure_ascii=True, indent=1))


def stamp(folder, file):
    """Write when it was handed in, where the platform says so."""
    if file.handed_in:
        write_file(folder / "timestamp.txt", f"{file.handed_in:%Y-%m-%d %H:%M:%S} UTC\n")
    else:
        (folder / "timestamp.txt").unlink(missing_ok=True)


def keep(classroom, student, lesson, data, kept, dry=False):
    """Write an earlier submission where nothing will replace it; its path within the class."""
    folder = classroom.folder / "submitted" / EARLIER / student / lesson
    number = 1
    while os.path.lexists(folder / f"{number}.ipynb") or folder / f"{number}.ipynb" in kept:
        number += 1
    kept.add(folder / f"{number}.ipynb")
    if not dry:
        write_file(folder / f"{number}.ipynb", data)
    return str((folder / f"{number}.ipynb").relative_to(classroom.folder))
