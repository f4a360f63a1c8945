"""A lesson of a class's own: its sealed hints, and the next one that its last words lead to."""

import re

from ..hints.library import Library
from ..hints.sealing import sealed
from ..notebook.lesson import Lesson


def with_own_hints(notebook, folder, lesson):
    """The notebook with the hints of the class's mistakes/LESSON.py sealed into it, where there is one."""
    own = folder / "mistakes" / f"{lesson}.py"
    if own.is_file():
        notebook.metadata.setdefault("crease", {})["mistakes"] = own.read_text(encoding="utf-8")
        notebook.metadata["crease"]["hints"] = sealed(Library(Lesson(notebook)))
    return notebook


def lead_on(notebooks):
    """Let the last words of each lesson of a class, {lesson: notebook}, lead to the next one of the class."""
    names = list(notebooks)
    for name, after in zip(names, [*names[1:], None]):
        cells = notebooks[after].cells if after else ()
        texts = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        title = found[1] if (found := re.search(r"^# (.+)", texts, re.M)) else after
        notebooks[name].metadata.setdefault("crease", {})["next"] = (
            f"**Next:** [{title}]({after}.ipynb)." if after else "**That was the last lesson.**")
    return notebooks
