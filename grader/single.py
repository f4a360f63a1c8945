"""One notebook file: which lesson it is, and the lesson's solution."""

from pathlib import Path

from .classroom import Trouble, read_file, solutions
from .collect import by_cells, grade_ids, stem


def which(notebook, source=None):
    """(bytes, lesson, path of the solution notebook) of a notebook file."""
    notebook = Path(notebook)
    if not notebook.exists():
        raise Trouble(f"{notebook}: there is no such file.")
    data, problem = read_file(notebook.resolve())
    if data is None:
        raise Trouble(f"{notebook}: {problem}")
    if source is not None:
        if not Path(source).is_file():
            raise Trouble(f"{source}: there is no such file.")
        return data, Path(source).stem, Path(source)
    known = solutions()
    if not known:
        raise Trouble("The hidden checks are not on this machine: no solutions/ was found. Give them with --source.")
    names = {name.lower(): name for name in known}
    lesson = names.get(notebook.stem.lower()) or names.get(stem(notebook.name))
    lesson = lesson or by_cells(data, {name: grade_ids(path.read_bytes()) for name, path in known.items()})
    if lesson is None:
        raise Trouble(f"{notebook}: this is not a notebook of a lesson, by its name or by its cells. Lessons are: "
                      f"{', '.join(known)}. Give the file a lesson's name, or the solution with --source.")
    return data, lesson, known[lesson]


def total(tests):
    """(score, highest score) of results."""
    return sum(test.score for test in tests), sum(test.max_score for test in tests)
