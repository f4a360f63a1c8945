"""A class of 30 in lesson 01, without and with three whose `affine` never ends: the time of one against the other."""

import copy
import itertools
import sys
import tempfile
from pathlib import Path

from grading import call, filled, solved, submissions

LESSON, MANY, ENDLESS = "01_linear_collapse", 30, 3
LOOP = "def affine(x, W, b):\n    while True:\n        pass\n"


def measure():
    """{what: seconds or ratio}; each class is graded for the first time."""
    kinds = itertools.cycle(submissions(LESSON).values())
    books = {f"student{n:02}": next(kinds) for n in range(MANY)}
    with tempfile.TemporaryDirectory() as scratch:
        whole, some = Path(scratch) / "whole", Path(scratch) / "some"
        filled(whole, [LESSON], {LESSON: books})
        stuck = {}
        for student in list(books)[:ENDLESS]:
            stuck[student] = copy.deepcopy(books[student])
            solved(stuck[student])["affine"].source = LOOP
        filled(some, [LESSON], {LESSON: books | stuck})
        seconds = [call(folder, sys.executable, "-m", "grader", "run", folder) for folder in (whole, some)]
    return {"30 in lesson 01: s": seconds[0], f"{ENDLESS} of them never end: s": seconds[1],
            "with / without": seconds[1] / seconds[0]}


if __name__ == "__main__":
    print(measure())
