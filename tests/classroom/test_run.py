"""The instructor's command line: a small class from `init` to scores, feedback and gradebook."""

import contextlib
import csv
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

import lessons
from grader.__main__ import app
from grader.classroom import create
from grader.classroom.folder import Classroom
from grader.classroom.run import run
from grader.intake.collect import collect
from grader.reports import export
from lessons import STUDENTS


def command(*args):
    return [sys.executable, "-m", "grader", *map(str, args)]


def scores(folder):
    with open(folder / "scores.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def summary(folder):
    """{student: (sum of scores, statuses)} of the small lesson."""
    found = {}
    for row in scores(folder):
        if row["lesson"] == lessons.LESSON:
            total, words = found.get(row["student"], (0, ""))
            found[row["student"]] = (total + float(row["score"]), f"{words} {row['status']}".strip())
    return found


def expected():
    guarded = {name: ("'" + name if name[0] in "=+-@" else name) for name in STUDENTS}
    return {guarded[name]: (score, words) for name, (_, score, words) in STUDENTS.items()}


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A class with two small lessons, everything handed in and nothing graded."""
    folder = tmp_path_factory.mktemp("template")
    (folder / "solutions").mkdir()
    for name, rename in ((lessons.LESSON, ""), (lessons.OTHER, "_other")):
        nbformat.write(lessons.source(rename), folder / "solutions" / f"{name}.ipynb")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(create, "solutions", lambda: {lessons.LESSON: folder / "solutions" / f"{lessons.LESSON}.ipynb"})
        assert create.init(folder / "class") == ([lessons.LESSON], [], [])
        for name, (data, _, _) in STUDENTS.items():
            (folder / "in" / name).mkdir(parents=True)
            (folder / "in" / name / f"{lessons.LESSON}.ipynb").write_bytes(data)
        assert len(collect(Classroom(folder / "class"), folder / "in").placed) == len(STUDENTS)
        before = (folder / "class" / "submitted" / "ada" / lessons.LESSON / f"{lessons.LESSON}.ipynb").stat()
        patch.setattr(create, "solutions", lambda: {name: folder / "solutions" / f"{name}.ipynb"
                                                    for name in (lessons.LESSON, lessons.OTHER)})
        assert create.init(folder / "class") == ([], [lessons.LESSON], [])  # class.toml lists the class's lessons
        assert create.init(folder / "class", [lessons.OTHER]) == ([lessons.OTHER], [], [])
        after = (folder / "class" / "submitted" / "ada" / lessons.LESSON / f"{lessons.LESSON}.ipynb").stat()
        assert before == after
    return folder / "class"


@pytest.fixture
def ungraded(template, tmp_path):
    return Path(shutil.copytree(template, tmp_path / "class"))


@pytest.fixture(scope="module")
def graded(template, tmp_path_factory):
    """The class after `run` with two workers."""
    folder = shutil.copytree(template, tmp_path_factory.mktemp("graded") / "class")
    done = subprocess.run(command("run", folder, "--jobs", 2), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return Path(folder)


def test_every_expected_row_is_there_with_its_exact_score(graded):
    rows = scores(graded)
    assert list(rows[0]) == ["student", "lesson", "exercise", "test", "score", "max_score", "status", "hint", "by",
                             "comment"]
    assert len(rows) == len(STUDENTS) * 2 * len(lessons.POINTS)
    assert summary(graded) == expected()
    assert {r["status"] for r in rows if r["lesson"] == lessons.OTHER} == {"not_gradable"}
    assert all("handed in" in r["hint"] for r in rows if r["lesson"] == lessons.OTHER)
    assert all(r["hint"] for r in rows if r["status"] != "passed")
    assert not [cell for r in rows for cell in r.values() if cell[:1] in "=+-@\t\r" and cell]
    hints = {r["test"]: r["hint"] for r in rows if r["student"] == "bob"}
    assert hints["test_double_hidden"]


def test_the_gradebook_holds_the_same_scores(graded):
    with Gradebook(f"sqlite:///{graded / 'gradebook.db'}") as book:
        assert {s.id for s in book.students} == set(STUDENTS)
        for name, (_, score, _) in STUDENTS.items():
            submission = book.find_submission(lessons.LESSON, name)
            assert submission.score == score and submission.max_score == 4
            assert not submission.needs_manual_grade
    for name in STUDENTS:
        nbformat.read(graded / "autograded" / name / lessons.LESSON / f"{lessons.LESSON}.ipynb", as_version=4)


def test_feedback_is_not_alive_and_holds_no_hidden_test(graded):
    pages = sorted((graded / "feedback").glob("*/*.html"))
    assert {page.parent.name for page in pages} == set(STUDENTS)
    for page in pages:
        text = page.read_text()
        assert lessons.SECRET not in text and "HIDDEN" not in text
        tags = re.findall(r"<[a-zA-Z][^>]*>", text)
        assert not [tag for tag in tags if re.search(r"(?i)^<(script|iframe|svg|a|object|link|form)\b|\son\w+\s*=|"
                                                     r"javascript:|\sstyle=|//", tag)]
        assert len([tag for tag in tags if tag == "<style>"]) == 1 and "\x1b" not in text
    mine = (graded / "feedback" / "bob" / f"{lessons.LESSON}.html").read_text()
    assert "2 of 4 points" in mine and "def double" in mine and "Hint:" in mine
    assert "an experiment" in mine  # as it was handed in: the cell needs not be run again


def test_a_second_run_does_only_what_changed(graded, tmp_path):
    folder = Path(shutil.copytree(graded, tmp_path / "class"))
    room, before = Classroom(folder), (folder / "scores.csv").read_bytes()
    stamps = {page: page.stat().st_mtime_ns for page in folder.glob("feedback/*/*.html")}
    report = run(room, jobs=1)
    assert report.graded == 0 and report.unchanged == 2 * len(STUDENTS)
    (room.place("submitted", "blank", lessons.LESSON) / f"{lessons.LESSON}.ipynb").write_bytes(STUDENTS["ada"][0])
    assert run(room, lesson=lessons.LESSON, jobs=1).graded == 1
    assert summary(folder)["blank"] == (4, "passed passed passed")
    assert summary(folder) | {"blank": expected()["blank"]} == expected()
    changed = {page.parent.name for page, stamp in stamps.items() if page.stat().st_mtime_ns != stamp}
    assert changed == {"blank"}
    shutil.rmtree(room.place("submitted", "blank", lessons.LESSON))
    run(room, jobs=1)
    assert summary(folder)["blank"][0] == 0 and len(scores(folder)) == len(before.splitlines()) - 1


def test_killed_at_any_moment_it_ends_with_the_same_scores(ungraded, graded):
    for moment in (1, 4):  # submissions graded before the kill
        process = subprocess.Popen(command("run", ungraded, "--jobs", 2), stdout=subprocess.DEVNULL,
                                   start_new_session=True)
        deadline = time.monotonic() + 60
        while len(list(ungraded.glob("feedback/*/*.html"))) < moment and time.monotonic() < deadline:
            assert process.poll() is None
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        group = process.pid
    report = run(Classroom(ungraded), jobs=1)
    assert 0 < report.graded < 2 * len(STUDENTS)
    assert (ungraded / "scores.csv").read_bytes() == (graded / "scores.csv").read_bytes()
    assert not running(group)  # the workers have gone with their parent


def running(group):
    """The processes of a process group, zombies left out."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, pgrp = path.read_text().rpartition(")")[2].split()[:3]
            found += [path.parent.name] if int(pgrp) == group and state not in "ZX" else []
    return found


def test_an_interrupted_run_says_so_and_keeps_what_it_has(ungraded):
    for n in range(50):  # enough work that there is some left when the signal comes
        shutil.copytree(ungraded / "submitted" / "ada", ungraded / "submitted" / f"ada{n}")
    process = subprocess.Popen(command("run", ungraded), stderr=subprocess.PIPE, text=True, start_new_session=True)
    while len(list(ungraded.glob("feedback/*/*.html"))) < 2:  # the first is stored by then
        assert process.poll() is None
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    assert "run again" in process.communicate(timeout=20)[1] and process.returncode == 130
    assert len(scores(ungraded)) >= 1


def test_a_due_date_makes_late(ungraded):
    room = Classroom(ungraded)
    with Gradebook(f"sqlite:///{ungraded / 'gradebook.db'}") as book:
        book.update_or_create_assignment(lessons.LESSON, duedate="2026-01-01 00:00:00 UTC")
    for name in ("junk", "empty"):
        shutil.rmtree(ungraded / "submitted" / name)
    for name in ("ada", "blank", "exits", "bob"):
        hour = 1 if name == "ada" else 0
        (room.place("submitted", name, lessons.LESSON) / "timestamp.txt").write_text(f"2026-01-01 0{hour}:00:00 UTC")
    (room.place("submitted", "exits", lessons.LESSON) / "timestamp.txt").write_text("2026-01-01 10:00:00 ../x")
    report = run(room, lesson=lessons.LESSON)
    assert report.late == [("ada", lessons.LESSON)]


def nbgrader(folder, *args):
    environment = {**os.environ, "PATH": os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"]}
    return subprocess.run([sys.executable, "-m", "nbgrader", *args], cwd=folder, env=environment, capture_output=True,
                          text=True)


def stock_scores(folder, students):
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        return {name: book.find_submission(lessons.LESSON, name).score for name in students}


def test_stock_nbgrader_gives_the_same_scores(ungraded):
    honest = ["ada", "bob", "Zoë, \"Z\" O'Hara", "blank"]
    for name in set(STUDENTS) - set(honest):
        shutil.rmtree(ungraded / "submitted" / name)
    (ungraded / "nbgrader_config.py").write_text("")
    done = nbgrader(ungraded, "autograde", lessons.LESSON)
    assert done.returncode == 0, done.stderr
    assert stock_scores(ungraded, honest) == {name: STUDENTS[name][1] for name in honest}


def test_nbgrader_in_a_class_goes_through_the_judge(ungraded):
    done = nbgrader(ungraded, "autograde", lessons.LESSON)
    assert done.returncode == 0, done.stderr
    assert stock_scores(ungraded, STUDENTS) == {name: score for name, (_, score, _) in STUDENTS.items()}
    assert nbgrader(ungraded, "generate_feedback", lessons.LESSON).returncode == 0
    room = Classroom(ungraded)
    rows, _ = export.export(room, "csv")
    assert {row[0]: row[2] for row in rows[2:]}["ada"] == 4.0
    assert run(room, lesson=lessons.LESSON, jobs=1).graded == 0  # it is the same judge, and keeps what it did
    assert summary(ungraded) == expected()


def test_a_class_that_is_damaged_is_answered_in_words(ungraded):
    source = ungraded / "source" / lessons.LESSON / f"{lessons.LESSON}.ipynb"
    whole = source.read_bytes()
    for path, data, words in ((source, b"{", "no notebook"),
                              (ungraded / "gradebook.db", b"not a database" * 99, "cannot be used")):
        path.write_bytes(data)
        done = CliRunner().invoke(app, ["run", str(ungraded)])
        assert done.exit_code == 2 and words in done.stderr, (done.stderr, done.exception)
        source.write_bytes(whole)
    (ungraded / "gradebook.db").unlink()
    done = CliRunner().invoke(app, ["run", str(ungraded)])
    assert done.exit_code == 2 and "grader init" in done.stderr
