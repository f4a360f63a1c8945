"""Which lesson a notebook file is: by its name, else by its cells."""

import re
from pathlib import Path

from ..course import solutions
from ..errors import UserError
from ..files import read_file
from ..limits import Limits
from .lesson import lesson_in
from .submission import NotGradable, read

NOTEBOOK = re.compile(r"\.ipynb(\.txt|\.json)?$", re.I)


def which(notebook, source=None):
    """(bytes, lesson, path of the solution notebook) of a notebook file."""
    notebook = Path(notebook)
    if not notebook.exists():
        raise UserError(f"{notebook}: there is no such file.")
    if notebook.suffix == ".py":
        raise UserError(f"{notebook}: this is a text source. Build it (make build LESSONS={notebook.stem[:2]}), then "
                        f"check {notebook.with_suffix('.ipynb').name}.")
    data, problem = read_file(notebook.resolve())
    if data is None:
        raise UserError(f"{notebook}: {problem}")
    if source is not None:
        if not Path(source).is_file():
            raise UserError(f"{source}: there is no such file.")
        return data, Path(source).stem, Path(source)
    known = solutions()
    if not known:
        raise UserError("The hidden checks are not on this machine: no solutions/ was found. Give them with --source.")
    names = {name.lower(): name for name in known}
    lesson = names.get(notebook.stem.lower()) or names.get(stem(notebook.name))
    lesson = lesson or by_cells(data, {name: grade_ids(path.read_bytes()) for name, path in known.items()})
    if lesson is None:
        raise UserError(f"{notebook}: this is not a notebook of a lesson, by its name or by its cells. Lessons are: "
                        f"{', '.join(known)}. Give the file a lesson's name, or the solution with --source.")
    return data, lesson, known[lesson]


def grade_ids(data):
    """The names of a lesson's cells."""
    return set(lesson_in(data).by_id)


def stem(name):
    """A file's name without what browsers, platforms and people add to it."""
    name = NOTEBOOK.sub("", name).strip()
    name = re.sub(r"^(copy of|kopie von)\s+", "", name, flags=re.I)
    before = None
    while before != name:
        before = name
        name = re.sub(r"(\s*\(\d+\)|\s*-\s*(copy|kopie)\s*\d*|-copy\d+|[-_ ]v?\d{1,2})$", "", name, flags=re.I).strip()
    return name.lower()


def by_cells(data, lessons):
    """The lesson that the cells of a notebook file are of, see `by_names`; None where it cannot be read."""
    try:
        return by_names({one.grade_id for one in read(data or b"", Limits())[0]}, lessons)
    except NotGradable:
        return None


def by_names(mine, lessons):
    """The one lesson of {lesson: names} with most of a notebook's named cells, and with most of its own there, or None.

    Every lesson has a quiz and a score: they alone say nothing, or a class of one lesson would take in any other.
    """
    counts = sorted(((len(mine & ids), lesson) for lesson, ids in lessons.items()), reverse=True)
    if not counts or len(counts) > 1 and counts[0][0] == counts[1][0]:
        return None
    most, lesson = counts[0]
    return lesson if 2 * most > min(len(mine), len(lessons[lesson])) else None
