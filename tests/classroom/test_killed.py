"""A run that is killed or interrupted at any moment loses nothing, and leaves no process behind."""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import lessons
from grader.classroom.folder import Classroom
from grader.classroom.gradebook import Book
from grader.classroom.run import run
from grader.judge import version
from grader.limits import Limits

COUNT = 8
# A run that gets a signal just before the nth call of a function of its own. It grades in its own process: quicker.
RUN = """
import os, sys
from pathlib import Path
from grader.classroom import gradebook, grading, run, workers
from grader.classroom.folder import Classroom
folder, holder, name, nth, number = sys.argv[1:]
grading.in_processes = lambda tasks, _: ((task, workers.grade_one(task)) for task in tasks)
holder = {"run": run, "grading": grading, "Book": gradebook.Book, "gradebook": gradebook}[holder]
whole, calls = getattr(holder, name), []
def counted(*args, **options):
    calls.append(name)
    if len(calls) == int(nth):
        os.kill(os.getpid(), int(number))
    return whole(*args, **options)
setattr(holder, name, counted)
run.run(Classroom(Path(folder)))
"""
MOMENTS = [  # (where it is stopped, how many it has stored by then), one run after the other
    ("between a notebook and its feedback page", "grading", "write_file", 2, 0),
    ("after the files and before the rows", "Book", "save", 3, 2),
    ("within the transaction of the second", "gradebook", "set_score", 5, 1),
    ("before scores.csv", "run", "write_scores", 1, None),
]


@pytest.fixture(scope="module")
def ungraded(tmp_path_factory):
    kinds = [lessons.answer(lessons.RIGHT), lessons.answer(lessons.SCALAR), lessons.answer(lessons.WRONG), b"none"]
    submissions = {f"student{n}": kinds[n % 4] for n in range(COUNT)}
    return lessons.classroom(tmp_path_factory.mktemp("killed"), submissions).folder


@pytest.fixture(scope="module")
def undisturbed(ungraded, tmp_path_factory):
    """scores.csv of a run that nothing disturbed."""
    folder = Path(shutil.copytree(ungraded, tmp_path_factory.mktemp("undisturbed") / "class"))
    assert run(Classroom(folder), jobs=1).graded == COUNT
    return (folder / "scores.csv").read_bytes()


def table():
    """{process: (its parent, when it started)}, those of inner namespaces and sessions too; zombies left out."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] not in "ZX":
            found[int(path.parent.name)] = (int(fields[1]), fields[19])
    return found


def family(pid):
    """{(process, when it started)} of all that descend from a process."""
    found, inner = table(), {pid}
    while more := {child for child, (parent, _) in found.items() if parent in inner} - inner:
        inner |= more
    return {(child, found[child][1]) for child in inner if child in found}


def at_work(pid):
    """The fork servers of a run's workers that have a student's process of their own."""
    found, inner = table(), {pid}
    for _ in range(3):  # what Python forks workers from, what fork servers are forked from, the fork servers
        inner = {child for child, (parent, _) in found.items() if parent in inner}
    return {parent for parent, _ in found.values() if parent in inner}


def left(known):
    """Those of these processes that are still there after the seconds that an end may take."""
    deadline = time.monotonic() + 10
    while True:
        now = {(pid, started) for pid, (_, started) in table().items()}
        if not known & now or time.monotonic() > deadline:
            return known & now
        time.sleep(0.05)


def stored(folder):
    """{(student, lesson): when its page was written} of what the gradebook holds."""
    with Book(Classroom(folder)) as book:
        return {key: (folder / "feedback" / key[0] / f"{key[1]}.html").stat().st_mtime_ns for key in book.digests()}


@pytest.mark.parametrize("number, moments", [(signal.SIGKILL, MOMENTS), (signal.SIGINT, MOMENTS[2:])],
                         ids=["SIGKILL", "SIGINT"])
def test_stopped_at_each_moment_it_goes_on_where_it_was(number, moments, ungraded, undisturbed, tmp_path):
    folder, before = Path(shutil.copytree(ungraded, tmp_path / "class")), {}
    for moment, *place, more in moments:
        done = subprocess.run([sys.executable, "-c", RUN, folder, *map(str, place), str(int(number))],
                              stderr=subprocess.PIPE, timeout=60)
        now = stored(folder)
        count = COUNT if more is None else len(before) + more
        assert done.returncode == -number and len(now) == count, (moment, done.stderr.decode())
        assert now | before == now, moment  # nothing is graded twice
        before = now
    (folder / "scores.csv").unlink(missing_ok=True)
    report = run(Classroom(folder), jobs=1)
    assert (report.graded, report.unchanged) == (0, COUNT)
    assert (folder / "scores.csv").read_bytes() == undisturbed


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="lists processes by /proc")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT], ids=["SIGKILL", "SIGINT"])
def test_no_process_is_left_of_a_run_whose_students_are_at_work(number, ungraded, undisturbed, tmp_path):
    folder = Path(shutil.copytree(ungraded, tmp_path / "class"))
    slow = lessons.answer({"double": "import time\n\ndef double(x):\n    time.sleep(60)\n    return x"})
    whole = {}
    for n in range(2):
        path = folder / "submitted" / f"student{n}" / lessons.LESSON / f"{lessons.LESSON}.ipynb"
        whole[path] = path.read_bytes()
        path.write_bytes(slow)
    process = subprocess.Popen([sys.executable, "-m", "grader", "run", str(folder), "--jobs", "2"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while len(at_work(process.pid)) < 2 and time.monotonic() < deadline:
        assert process.poll() is None
        time.sleep(0.1)
    known = family(process.pid)
    assert len(known) >= 9  # itself, what workers and fork servers are forked from, two of each, two students
    process.send_signal(number)
    process.wait(timeout=20)
    assert not left(known)
    stored_before = stored(folder)
    for path, data in whole.items():
        path.write_bytes(data)
    assert run(Classroom(folder), jobs=1).graded == COUNT - len(stored_before)
    assert (folder / "scores.csv").read_bytes() == undisturbed


@pytest.mark.parametrize("name, counts", [("reports/export", False), ("classroom/run", False), ("judge/grade", True),
                                          ("notebook/lately_written", True)])
def test_only_an_edit_that_can_change_a_score_makes_a_run_grade_anew(name, counts, tmp_path, monkeypatch):
    copy = Path(shutil.copytree(version.GRADER, tmp_path / "grader", ignore=shutil.ignore_patterns("__pycache__")))
    monkeypatch.setattr(version, "GRADER", copy)
    before = version.environment.__wrapped__()
    with open(copy / f"{name}.py", "a") as file:
        file.write("\n# a change\n")
    assert (version.environment.__wrapped__() != before) is counts


def test_another_limit_makes_a_run_grade_anew(monkeypatch):
    before = version.environment.__wrapped__()
    monkeypatch.setattr(version, "Limits", lambda: Limits(test_seconds=61))
    assert version.environment.__wrapped__() != before
