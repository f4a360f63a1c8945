"""Honest, half-done and untouched submissions, graded by stock `nbgrader autograde` and by `python -m grader run`."""

import copy
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


def call(folder, *command):
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "NBGRADER_EXECUTION": "bench"}
    start = time.perf_counter()
    subprocess.run([str(c) for c in command], cwd=folder, env=environment, check=True, capture_output=True)
    return time.perf_counter() - start


def submissions(lesson):
    """{student: notebook}: all done, the first half done, untouched."""
    done = nbformat.read(ROOT / "solutions" / f"{lesson}.ipynb", as_version=4)
    half = nbformat.read(ROOT / "course" / f"{lesson}.ipynb", as_version=4)
    untouched = copy.deepcopy(half)
    solved = {c.metadata["nbgrader"]["grade_id"]: c.source for c in done.cells
              if c.metadata.get("nbgrader", {}).get("solution")}
    names = list(solved)[: len(solved) // 2]
    for cell in half.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") in names:
            cell.source = solved[cell.metadata["nbgrader"]["grade_id"]]
    return {"done": done, "half": half, "untouched": untouched}


def scores(folder, lesson, students):
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        return {student: book.find_submission(lesson, student).score for student in students}


def measure():
    """{lesson: stock's time / ours, seconds each}; raises if a score differs."""
    found = {}
    for lesson in sorted(path.stem for path in (ROOT / "course").glob("[0-9]*.ipynb")):
        books = submissions(lesson)
        with tempfile.TemporaryDirectory() as scratch:
            ours, stock = Path(scratch) / "ours", Path(scratch) / "stock"
            call(scratch, sys.executable, "-m", "grader", "init", ours)
            for student, book in books.items():
                place = ours / "submitted" / student / lesson
                place.mkdir(parents=True)
                nbformat.write(book, place / f"{lesson}.ipynb")
            shutil.copytree(ours, stock)
            (stock / "nbgrader_config.py").write_text("")
            (stock / "gradebook.db").write_bytes((ours / "gradebook.db").read_bytes())
            slow = call(stock, BIN / "nbgrader", "autograde", lesson) / len(books)
            quick = call(ours, sys.executable, "-m", "grader", "run", ours, "--lesson", lesson) / len(books)
            theirs, mine = scores(stock, lesson, books), scores(ours, lesson, books)
            if theirs != mine:
                raise AssertionError(f"{lesson}: stock gave {theirs}, the judge {mine}")
        found |= {f"{lesson}: stock / judge": slow / quick, f"{lesson}: stock, s": slow, f"{lesson}: judge, s": quick}
    return found
