"""What `collect` starts from and says: the roster, and what was placed and refused, for people or for a script."""

from ..classroom import roster as rosters
from ..classroom.gradebook import Book, enter
from ..classroom.settings import read
from ..console import clean
from ..files import read_file, to_name, write_file


def people(classroom, path, dry):
    """{id: `Person`} of who may hand in: on a new roster, which the class then keeps, or on the one it has."""
    sections, before = read(classroom).sections, rosters.glance(classroom)
    if path is None:
        listed = {**before, **rosters.kept(classroom, sections)}
        return {student: one for student, one in listed.items() if one.name or one.number or one.email or one.aliases}
    new = {one.id: one for one in rosters.known_as(rosters.read(path, sections), before)}
    if not dry:
        with Book(classroom) as book:
            enter(book, new.values())
        if path.resolve() != (classroom.folder / rosters.KEPT).resolve():
            write_file(classroom.folder / rosters.KEPT, read_file(path)[0])
    named = {student: one for student, one in before.items() if one.name or one.number or one.email}
    return {**named, **new}


def as_json(classroom, done):
    """What came of collecting, as plain data: times in UTC, what is no text in a file's name written out."""
    settings = read(classroom)

    def text(value):
        return value.encode("utf-8", "backslashreplace").decode()

    def one(student, lesson, where):
        when, late = done.times[where]
        due = settings.due(student, lesson)
        return {"student": text(to_name(student)), "lesson": lesson, "file": text(where),
                "handed_in": f"{when:%Y-%m-%dT%H:%M:%SZ}" if when else None,
                "late": settings.late_days(when, due) > 0 if when and due else late}
    return {"placed": [one(*row[:3]) for row in done.placed],
            "refused": [{"file": text(where), "why": text(why)} for where, why in done.skipped]}


def show(done, out, err, dry):
    """The same as lines."""
    for student, lesson, where, remark in done.placed:
        out.print(clean(f"{to_name(student)}, {lesson}: {where}" + (f" ({remark})" if remark else "")))
    for where, why in done.skipped:
        err.print(f"not placed: {clean(where)}: {clean(why)}")
    for student in done.strangers:
        err.print(f"not on the roster: {clean(to_name(student))}")
    count = len({student for student, *_ in done.placed})
    out.print(f"{len(done.placed)} notebooks of {count} students {'would be ' if dry else ''}placed, "
              f"{len(done.skipped)} files not.")
