"""The README's table of lessons: what can be counted comes from the lessons, so that nobody keeps it twice."""

import re
from pathlib import Path

import jupytext

import minutes

HERE = Path(__file__).resolve().parent
README = HERE.parent / "README.md"


def counted(path):
    """(minutes of the main path, exercises, points, figures with sliders) of a lesson's text source."""
    main, extra = minutes.count(path)
    graded = [cell.metadata["nbgrader"] for cell in jupytext.read(path).cells if "nbgrader" in cell.metadata]
    exercises = sum(about["solution"] and about["grade_id"] != "quiz" for about in graded)
    points = sum(about.get("points", 0) for about in graded)
    return 5 * max(1, round(minutes.minutes(main) / 5)), exercises, points, main["sliders"] + extra["sliders"]


def row(path, before=()):
    """The line of a lesson; its picture's alt text and its sentence are those of the line `before`, if there is one."""
    number, title = path.stem[:2], re.search(r"^# # (?:\d+ · )?(.+)", path.read_text(encoding="utf-8"), re.M)[1]
    shown = before or (f'<img src="pictures/{number}.png" alt="{title}" width="200">', f"**{number} {title}.**")
    counts = [f"{value:g}&nbsp;{what}{'' if value == 1 else 's'}"
              for value, what in zip(counted(path), ("minute", "exercise", "point", "slider"))]
    return "| " + " | ".join([*shown, "<br>".join([*counts, f"[notebook](course/{path.stem}.ipynb)"])]) + " |"


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
