"""Build the notebooks: text source -> executed solution -> released lesson.

    python solutions/build.py            all lessons
    python solutions/build.py 01 03      those whose name starts so

It is the only way a notebook gets into course/ or solutions/*.ipynb. See CONTRIBUTING.md.
"""

import base64
import io
import json
import os
import re
import sys
import time
from pathlib import Path

import jupytext
import nbformat
import numpy as np
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from PIL import Image
from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from traitlets.config import Config

import pictures
import readme
from grader.classroom import lint
from grader.hints.library import Library
from grader.hints.mistakes import Unreadable
from grader.hints.sealing import sealed
from grader.notebook.lesson import Lesson
from grader.notebook.release import release

HERE = Path(__file__).resolve().parent
COURSE = HERE.parent / "course"
PNG = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=]+)")
ENCRYPTED = Config({"KernelManager": {"transport_encryption": "auto"}})  # else the kernel warns that it is not
KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}


def read_source(path):
    """The notebook of a text source, with cell ids that stay the same from build to build."""
    notebook = jupytext.read(path)
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"},
                         "jupytext": {"formats": "ipynb,py:percent"}}
    mistakes = HERE / "mistakes" / path.name
    if mistakes.exists():  # they travel with the notebook, for the judge
        notebook.metadata["crease"] = {"mistakes": mistakes.read_text(encoding="utf-8")}
    notebook.metadata.setdefault("crease", {})["next"] = onward(path)
    for number, cell in enumerate(notebook.cells):
        cell.id = cell.metadata.get("nbgrader", {}).get("grade_id") or f"cell-{number:02d}"
    return notebook


def onward(path):
    """The last words of a lesson: which one comes next, by its own title and minutes."""
    lessons = sorted(path.parent.glob("[0-9][0-9]_*.py"))
    place = lessons.index(path) + 1
    if place == len(lessons):
        return f"**That was the last lesson.** See where you are: [{lessons[0].stem}]({lessons[0].stem}.ipynb)."
    text = lessons[place].read_text(encoding="utf-8")
    title, minutes = re.search(r"^# # (.+)", text, re.M), re.search(r"about (\d+ minutes)", text)
    about = f", about {minutes[1]}" if minutes else ""
    return f"**Next:** [{title[1] if title else lessons[place].stem}]({lessons[place].stem}.ipynb){about}."


class Broken(Exception):
    """A lesson cannot be built: [(cell, what is wrong, what to do)]."""


def execute(notebook, tick=lambda done: None):
    """Run a notebook from top to bottom in course/, as the grader does: stills in place of sliders."""
    at = [0]
    client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(COURSE)}}, kernel_name="python3",
                            # No still needs the widgets' state, whose ids are others every time; and how many pieces
                            # a print comes in is chance.
                            store_widget_state=False, coalesce_streams=True, config=ENCRYPTED,
                            on_cell_start=lambda cell, cell_index: at.__setitem__(0, cell_index),
                            on_cell_executed=lambda cell, cell_index, execute_reply: tick(cell_index + 1))
    try:
        client.execute(env={**os.environ, "NBGRADER_EXECUTION": "build", "PYTHONHASHSEED": "0",
                            "OPENBLAS_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"})
    except CellExecutionError as error:
        raise Broken([(lint.name_of(notebook.cells[at[0]], at[0] + 1), f"it stops with {error.ename}: {error.evalue}.",
                       f"Mend it in the text source. The whole message:\n{error}")]) from None
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    return notebook


def pixels(match):
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(match))).convert("RGB"), float)


def same_output(old, new):
    """Whether two cells' outputs say the same: equal text, and pictures equal to the eye."""
    a, b = (nbformat.v4.writes(nbformat.v4.new_notebook(cells=[c])) for c in (old, new))
    if PNG.sub("PNG", a) != PNG.sub("PNG", b):
        return False
    pairs = [(pixels(p), pixels(q)) for p, q in zip(PNG.findall(a), PNG.findall(b)) if p != q]
    return all(p.shape == q.shape and np.abs(p - q).mean() < 0.5 for p, q in pairs)


def keep_outputs(notebook, path):
    """Keep committed outputs that only differ in time measurements or in invisible rounding of a picture."""
    if not path.exists():
        return
    old = {cell.id: cell for cell in nbformat.read(path, as_version=4).cells}
    for cell in notebook.cells:
        before = old.get(cell.id)
        if cell.cell_type != "code" or before is None or before.source != cell.source:
            continue
        if "nbval-ignore-output" in cell.metadata.get("tags", []) or same_output(before, cell):
            cell.outputs = before.outputs


def build(source, solutions, course, tick=lambda done: None):
    """Build one lesson into the folders `solutions` and `course`."""
    notebook = read_source(source)
    if wrong := lint.faults(notebook):
        raise Broken(wrong)
    plain = release(notebook)
    execute(notebook, tick)
    target = solutions / f"{source.stem}.ipynb"
    keep_outputs(notebook, target)
    nbformat.write(notebook, target)
    nbformat.write(plain, course / target.name)
    if "crease" in notebook.metadata:
        seal(notebook, course / "crease" / "hints" / f"{source.stem}.json")


def seal(notebook, target):
    """Write the sealed hints for the checks of a notebook."""
    target.parent.mkdir(exist_ok=True)
    found = sealed(Library(Lesson(notebook)))
    target.write_text(json.dumps(found, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def main(wanted):
    sources = [s for s in sorted(HERE.glob("[0-9][0-9]_*.py")) if not wanted or s.stem.startswith(tuple(wanted))]
    if not sources:
        sys.exit(f"No lesson starts with {' or '.join(wanted)}. There are: "
                 + ", ".join(s.stem for s in sorted(HERE.glob('[0-9][0-9]_*.py'))))
    with Progress(TextColumn("{task.description:28}"), MofNCompleteColumn(), TextColumn("cells"),
                  TimeElapsedColumn()) as progress:
        for source in sources:
            count = len(read_source(source).cells)
            task = progress.add_task(source.stem, total=count)
            start = time.perf_counter()
            try:
                build(source, HERE, COURSE, lambda done, task=task: progress.update(task, completed=done))
            except Broken as error:
                sys.exit("Nothing was written for this lesson.\n" + "\n".join(
                    f"{source.name}, {cell or 'the whole'}: {what} {way}" for cell, what, way in error.args[0]))
            except Unreadable as error:
                sys.exit(f"mistakes/{source.name}: {error}")
            except ValueError as error:
                sys.exit(f"{source.name}: {error}")
            progress.update(task, completed=count, description=f"{source.stem} {time.perf_counter() - start:.0f} s")
    try:
        pictures.draw()
    except ValueError as error:
        sys.exit(str(error))
    readme.write()


if __name__ == "__main__":
    main(sys.argv[1:])
