"""The same real submissions graded by stock `nbgrader autograde` and by `python -m grader run`, on the same cores.

Lessons 01 to 07, each honest (other people's correct answers), half done and wrong (answers of the catalogue), three
variants of each: the scores must be equal, or the measurement stops.

Stock takes a quarter of an hour. In pieces: `python bench/grading.py --keep FILE LESSON` for one lesson after the other
keeps what stock gave in FILE; without LESSON it then measures the judge alone, and says what came of all.
"""

import copy
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from nbgrader.preprocessors import Execute

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
sys.path[:0] = [str(ROOT / "tests" / "support"), str(ROOT / "solutions")]


def lessons():
    return sorted(path.stem for path in (ROOT / "course").glob("[0-9]*.ipynb"))


def call(folder, *command):
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "NBGRADER_EXECUTION": "bench",
                   "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    start = time.perf_counter()
    subprocess.run([str(c) for c in command], cwd=folder, env=environment, check=True, capture_output=True)
    return time.perf_counter() - start


def solved(notebook):
    return {c.metadata.nbgrader.grade_id: c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("solution")}


def submissions(lesson, variants=3):
    """{student: notebook}: honest, half done and wrong, each in a few variants."""
    from lessonbook import catalogue
    done = nbformat.read(ROOT / "solutions" / f"{lesson}.ipynb", as_version=4)
    released = nbformat.read(ROOT / "course" / f"{lesson}.ipynb", as_version=4)
    answers = {}
    for exercise, verdict, _, code in catalogue(lesson):
        answers.setdefault((verdict, exercise), []).append(code)
    found = {}
    for kind, n in itertools.product(("honest", "half", "wrong"), range(variants)):
        book = copy.deepcopy(released)
        cells = solved(book)
        for place, (name, cell) in enumerate(solved(done).items()):
            if kind == "half" and (place + n) % 2:
                continue
            others = answers.get(("wrong" if kind == "wrong" else "correct", name), [])
            several = cell.source.count("\ndef ") > 1 or cell.source.startswith("def ") and "\ndef " in cell.source
            extra = others[n % len(others)] if others and name != "quiz" else ""
            cells[name].source = f"{cell.source}\n\n\n{extra}" if several or not extra else extra
        found[f"{kind}{n}"] = book
    return found


def forget():
    """Throw away what the judge remembers on this machine: the next run is its first."""
    from grader.judge import remembered
    shutil.rmtree(remembered.folder(), ignore_errors=True)


def scores(folder, lesson, students):
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        return {student: book.find_submission(lesson, student).score for student in students}


def waited(folder, lesson):
    """Seconds that stock waited for cells until its own limit was up."""
    found = 0
    for path in (folder / "autograded").glob(f"*/{lesson}/*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        found += sum(o.get("ename") == "CellTimeoutError" for c in cells for o in c.get("outputs", ()))
    return found * Execute.timeout.default_value


def filled(folder, names, books):
    """A class made by `init` with these submissions: {lesson: {student: notebook}}."""
    call(folder.parent, sys.executable, "-m", "grader", "init", folder)
    texts = {}  # a large class has each of them many times
    for lesson in names:
        for student, book in books[lesson].items():
            place = folder / "submitted" / student / lesson
            place.mkdir(parents=True)
            if id(book) not in texts:
                texts[id(book)] = nbformat.writes(book)
            (place / f"{lesson}.ipynb").write_text(texts[id(book)], encoding="utf-8")


def measure(names=None, keep=None):
    """{lesson: stock's time / ours, seconds each}; raises if a score differs.

    keep: a JSON file with what stock gave, {lesson: [seconds, {student: score}, seconds that it waited at its limit]};
    what it lacks is measured and added.
    """
    names = names or [lesson for lesson in lessons() if not lesson.startswith("00")]
    books = {lesson: submissions(lesson) for lesson in names}
    found, stock_all, idle = {}, 0.0, 0.0
    kept = json.loads(keep.read_text()) if keep and keep.exists() else {}
    with tempfile.TemporaryDirectory() as scratch:
        ours, stock = Path(scratch) / "ours", Path(scratch) / "stock"
        filled(ours, names, books)
        shutil.copytree(ours, stock)
        (stock / "nbgrader_config.py").write_text("")
        for lesson in names:
            if lesson not in kept:
                seconds = call(stock, BIN / "nbgrader", "autograde", lesson)
                kept[lesson] = [seconds, scores(stock, lesson, books[lesson]), waited(stock, lesson)]
                if keep:
                    keep.write_text(json.dumps(kept))
            slow, theirs = kept[lesson][0] / len(books[lesson]), kept[lesson][1]
            quick = call(ours, sys.executable, "-m", "grader", "run", ours, "--lesson", lesson) / len(books[lesson])
            mine = scores(ours, lesson, books[lesson])
            if theirs != mine:
                raise AssertionError(f"{lesson}: stock gave {theirs}, the judge {mine}")
            found |= {f"{lesson}: stock, s a notebook": slow, f"{lesson}: judge alone, s a notebook": quick}
            stock_all += kept[lesson][0]
            idle += kept[lesson][2]
        forget()
        first, again = (call(ours, sys.executable, "-m", "grader", "run", ours, "--force") for _ in range(2))
    count = sum(map(len, books.values()))
    return found | {"submissions": count, "stock at its own limit, s": idle,
                    f"stock / judge, all {count} in one run": stock_all / first,
                    f"stock without its limit / judge, all {count} in one run": (stock_all - idle) / first,
                    f"stock without its limit / judge, all {count} again": (stock_all - idle) / again,
                    "judge, s a notebook": first / count, "judge again, s a notebook": again / count}


if __name__ == "__main__":
    given = sys.argv[1:]
    keep = Path(given[1]).absolute() if given[:1] == ["--keep"] else None
    print(measure(given[2:] if keep else given, keep))
