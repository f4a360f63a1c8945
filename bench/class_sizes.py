"""Classes of 10, 100 and 1000 submissions, and 300 students × 8 lessons: time for each, and peak memory.

Each is the first class of its machine: what the judge has remembered is thrown away before. Of the smallest a second
one is graded after it, that gains from what the first one has left. `python bench/class_sizes.py 1000` measures one.
"""

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

from grading import ROOT, filled, forget, lessons, submissions

SIZES = (10, 100, 1000, 2400)


def watched(command, cwd):
    """(seconds, peak memory in MB, what processes share counted once) of a command and its children."""
    process, peak = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE), [0]

    def watch():
        while process.poll() is None:
            total, began = 0, time.perf_counter()
            for one in [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]:
                try:
                    total += one.memory_full_info().pss
                except (psutil.Error, AttributeError):
                    pass
            peak[0] = max(peak[0], total)
            time.sleep(max(0.5, 20 * (time.perf_counter() - began)))  # looking takes time from what is measured

    def safely():
        try:
            watch()
        except psutil.Error:  # it has just ended
            pass
    start = time.perf_counter()
    threading.Thread(target=safely, daemon=True).start()
    errors = process.communicate()[1]
    if process.returncode:
        raise RuntimeError(errors.decode()[-2000:])
    return time.perf_counter() - start, peak[0] / 1e6


def measure(sizes=SIZES):
    """{what: value} of one run a size, the lessons and kinds of submission in turn."""
    names = lessons()
    kinds = {lesson: itertools.cycle(submissions(lesson).values()) for lesson in names}
    found = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            folder, books = Path(scratch) / "class", {lesson: {} for lesson in names}
            for n in range(size):
                books[names[n % len(names)]][f"student{n // len(names):04}"] = next(kinds[names[n % len(names)]])
            filled(folder, names, books)
            second = Path(shutil.copytree(folder, Path(scratch) / "second"))
            forget()
            seconds, memory = watched([sys.executable, "-m", "grader", "run", str(folder)], ROOT)
            if size == SIZES[0]:
                again, _ = watched([sys.executable, "-m", "grader", "run", str(second)], ROOT)
                found[f"{size}: second class, s a submission"] = again / size
            rows = (folder / "scores.csv").read_text().count("\n") - 1
        found |= {f"{size}: s a submission": seconds / size, f"{size}: s in all": seconds, f"{size}: peak MB": memory,
                  f"{size}: rows": rows}
    return found


if __name__ == "__main__":
    os.environ.setdefault("NBGRADER_EXECUTION", "bench")
    print(measure(tuple(map(int, sys.argv[1:])) or SIZES))
