"""The README's table of lessons: what can be counted comes from the lessons, so that nobody keeps it twice."""

import json
import re
from pathlib import Path

import jupytext

import crease.widgets

HERE = Path(__file__).resolve().parent
README = HERE.parent / "README.md"
TIMES = HERE.parent / "bench" / "results.json"


def counted(path):
    """(minutes by the README's rule, exercises, points, figures with sliders) of a lesson's text source."""
    cells = jupytext.read(path).cells
    further = next((n for n, cell in enumerate(cells) if cell.source.startswith("## Go further")), len(cells))
    cells = cells[:further]
    words = sum(len(cell.source.split()) for cell in cells if cell.cell_type == "markdown")
    graded = [(cell, cell.metadata["nbgrader"]) for cell in cells if "nbgrader" in cell.metadata]
    answers = [cell for cell, about in graded if about["solution"] and about["grade_id"] != "quiz"]
    functions = sum(len(re.findall(r"^def ", cell.source, re.M)) for cell in answers)
    moving = "|".join(["live", "crease.playground", *crease.widgets.__all__])
    sliders = sum(bool(re.search(rf"^({moving})\(", cell.source, re.M)) for cell in cells)
    questions = sum(len(re.findall(r"^\d+\. ", cell.source, re.M)) for cell in cells
                    if "quiz" in cell.metadata.get("tags", []))
    minutes = words / 160 + 3.5 * functions + 2 * sliders + questions
    return 5 * max(1, round(minutes / 5)), len(answers), sum(about.get("points", 0) for _, about in graded), sliders


def row(path, before=()):
    """The line of a lesson; its picture's alt text and its sentence are those of the line `before`, if there is one."""
    number, title = path.stem[:2], re.search(r"^# # (?:\d+ · )?(.+)", path.read_text(encoding="utf-8"), re.M)[1]
    shown = before or (f'<img src="pictures/{number}.png" alt="{title}" width="120">', f"**{number} {title}.**")
    seconds = json.loads(TIMES.read_text())["lessons"].get(f"{path.stem}: s")
    runs = "–" if seconds is None else f"{seconds:.0f} s"  # not measured yet: make bench
    return "| " + " | ".join([*shown, *(f"{value:g}" for value in counted(path)), runs]) + " |"


def updated(text, folder=HERE):
    """The README with a line for each lesson, in order."""
    lines = text.splitlines(keepends=True)
    ours = [n for n, line in enumerate(lines) if line.startswith('| <img src="pictures/')]
    cells = [[cell.strip() for cell in lines[n].strip().strip("|").split("|")] for n in ours]
    before = {cell[1][2:4]: cell[:2] for cell in cells}
    rows = [row(path, before.get(path.stem[:2], ())) + "\n" for path in sorted(folder.glob("[0-9][0-9]_*.py"))]
    return "".join([*lines[:ours[0]], *rows, *lines[ours[-1] + 1:]])


def write():
    """Bring the table up to date."""
    text = README.read_text(encoding="utf-8")
    if updated(text) != text:
        README.write_text(updated(text), encoding="utf-8")
