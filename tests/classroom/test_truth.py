"""One truth: what a person gives in Formgrader counts in every file and page, and survives every rerun."""

import csv
import os
import shutil
import subprocess
import sys
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
from grader.reports import export, report

STAMP = "2026-03-01 10:00:00 UTC"
HAND_IN = {"ada": lessons.answer(lessons.RIGHT), "bob": lessons.answer(lessons.WRONG),
           "cy": lessons.answer(lessons.SCALAR), "junk": b"none"}


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("truth")
    room = lessons.classroom(folder, HAND_IN, STAMP)
    run(room, jobs=2)
    return room.folder


@pytest.fixture
def room(template, tmp_path):
    return Classroom(shutil.copytree(template, tmp_path / "class"))


def formgrader(room, student="bob"):
    """What a TA does in Formgrader, through the same interface."""
    with Gradebook(f"sqlite:///{room.folder / 'gradebook.db'}") as book:
        grade = book.find_grade("test_double_hidden", lessons.LESSON, lessons.LESSON, student)
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 1.5, 3.0, False
        comment = book.find_comment("double", lessons.LESSON, lessons.LESSON, student)
        comment.manual_comment = "=A fine <b>idea</b>"
        book.db.commit()


def table(room, name):
    with open(room.folder / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def sums(room):
    return {row["student"]: (row["total"], row["state"]) for row in table(room, "totals.csv")}


def page(room, student="bob"):
    return (room.folder / "feedback" / student / f"{lessons.LESSON}.html").read_text()


def check_it_counts(room):
    row = next(r for r in table(room, "scores.csv") if (r["student"], r["test"]) == ("bob", "test_double_hidden"))
    assert (row["score"], row["status"], row["by"]) == ("4.5", "by_hand", "hand")
    assert row["comment"] == "'=A fine <b>idea</b>"
    total = next(r for r in table(room, "totals.csv") if r["student"] == "bob")
    assert (total["points"], total["extra"], total["total"], total["state"]) == ("1.5", "3", "4.5", "graded")
    rows, _ = export.export(room, "csv")
    assert {cells[0]: cells[2] for cells in rows[2:]} == {"ada": 4.0, "bob": 4.5, "cy": 2.0, "junk": ""}
    text = page(room)
    assert "4.5 of 4 points" in text and "3 of them extra credit" in text and "graded by hand" in text
    assert "=A fine &lt;b&gt;idea&lt;/b&gt;" in text
    shown = report.write(room).read_text()
    assert "4.5 of 2" in shown and "=A fine &lt;b&gt;idea" in shown
    with Gradebook(f"sqlite:///{room.folder / 'gradebook.db'}") as book:
        assert book.find_submission(lessons.LESSON, "bob").score == 4.5


def test_what_a_ta_does_counts_everywhere_and_survives_reruns(room):
    formgrader(room)
    assert run(room, jobs=1).graded == 0  # nothing is graded anew, and all of it counts
    check_it_counts(room)
    before = page(room, "ada")
    run(room, jobs=2, force=True)
    with pytest.MonkeyPatch.context() as patch:
        source = room.folder / "source" / lessons.LESSON / f"{lessons.LESSON}.ipynb"
        patch.setattr(create, "solutions", lambda: {lessons.LESSON: source})
        create.init(room.folder)
    run(room, jobs=1)
    check_it_counts(room)
    assert page(room, "ada") == before


def test_export_and_report_say_it_without_a_run(room):
    formgrader(room)
    rows, _ = export.export(room, "csv")
    assert {cells[0]: cells[2] for cells in rows[2:]}["bob"] == 4.5


def test_a_cell_that_a_person_grades_earns_points(tmp_path):
    notebook = lessons.source()
    about = {"schema_version": 3, "grade_id": "essay", "grade": True, "locked": False, "solution": True, "task": False,
             "points": 3.0}
    notebook.cells.append(nbformat.v4.new_markdown_cell("Why?", id="essay", metadata={"nbgrader": about}))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lessons, "source", lambda rename="": notebook)
        room = lessons.classroom(tmp_path, {"ada": lessons.answer(lessons.RIGHT)}, STAMP)
        run(room, jobs=1)
    assert sums(room)["ada"] == ("4", "graded")
    with Gradebook(f"sqlite:///{room.folder / 'gradebook.db'}") as book:
        grade = book.find_grade("essay", lessons.LESSON, lessons.LESSON, "ada")
        assert grade.needs_manual_grade
        grade.manual_score, grade.needs_manual_grade = 2.5, False
        book.db.commit()
    run(room, jobs=1)
    assert sums(room)["ada"] == ("6.5", "graded") and "6.5 of 7 points" in page(room, "ada")


def test_a_lesson_that_is_not_due_is_blank_and_one_that_is_due_is_0(room):
    shutil.rmtree(room.folder / "submitted" / "cy")
    run(room, jobs=1)
    assert sums(room)["cy"] == ("", "not_due") and sums(room)["junk"] == ("", "not_gradable")
    settings(room, "due = 2026-03-05T00:00:00")
    run(room, jobs=1)
    assert sums(room)["cy"] == ("0", "missing")


def settings(room, lesson="", rest=""):
    (room.folder / "class.toml").write_text(f"{rest}\n[lessons.{lessons.LESSON}]\n{lesson}\n")


def test_class_toml_changes_what_it_should_and_grades_nothing_anew(room):
    asked = []

    def say(answer):
        return lambda pairs: asked.append({one.student: (one.total, two.total) for one, two in pairs}) or answer
    settings(room, "due = 2026-03-01T09:30:00+01:00", "[late]\nper_day = 25\nat_most = 50")
    report = run(room, jobs=1, agreed=say(False))
    assert asked == [{"ada": (4.0, 3.0), "cy": (2.0, 1.5)}]  # bob has no points to lose
    assert len(report.refused) == 2 and sums(room)["ada"] == ("4", "graded") and "late" not in page(room, "ada")
    assert "has changed since the last run" in " ".join(export.export(room, "csv")[1])
    report = run(room, jobs=1, agreed=say(True))
    assert report.graded == 0 and len(asked) == 2 and sums(room)["ada"] == ("3", "graded")
    assert "1 day late" in page(room, "ada") and "after 1 taken off" in page(room, "ada")
    with Gradebook(f"sqlite:///{room.folder / 'gradebook.db'}") as book:
        assert book.find_submission(lessons.LESSON, "ada").late_submission_penalty == 1.0
    run(room, jobs=1, agreed=say(True))
    assert len(asked) == 2  # nothing changes: nobody is asked
    settings(room, 'due = 2026-02-20T00:00:00\ndropped = ["test_double_hidden"]',
             f"[late]\nper_day = 25\nat_most = 50\n[students.ada.{lessons.LESSON}]\ndue = 2026-03-02")
    run(room, jobs=1, agreed=say(True))
    assert asked[2] == {"ada": (3.0, 2.0), "cy": (1.5, 1.0)} and sums(room)["ada"] == ("2", "graded")
    assert "does not count" in page(room, "ada") and "0 of 0" not in page(room, "ada")
    with Gradebook(f"sqlite:///{room.folder / 'gradebook.db'}") as book:
        found = book.find_submission(lessons.LESSON, "ada")
        assert (found.score, found.max_score, found.total_seconds_late) == (2.0, 2.0, 0)
    settings(room, "", "[students.cy]\ndropped = true")
    run(room, jobs=1)
    assert sums(room)["cy"] == ("", "dropped") and sums(room)["ada"] == ("4", "graded")
    assert "cy" not in {cells[0] for cells in export.export(room, "csv")[0]}


def test_nbgraders_own_commands_take_the_same_off(room):
    settings(room, "due = 2026-03-01T09:30:00", "[late]\nper_day = 25")
    run(room, jobs=1)
    with Gradebook(f"sqlite:///{room.folder / 'gradebook.db'}") as book:
        book.find_submission_notebook(lessons.LESSON, lessons.LESSON, "ada").late_submission_penalty = None
        book.db.commit()
    env = {**os.environ, "PATH": os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"]}
    for command in (["autograde", "--force"], ["generate_feedback"]):
        done = subprocess.run([sys.executable, "-m", "nbgrader", *command, lessons.LESSON, "--student", "ada"],
                              cwd=room.folder, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    with Gradebook(f"sqlite:///{room.folder / 'gradebook.db'}") as book:
        assert book.find_submission(lessons.LESSON, "ada").late_submission_penalty == 1.0
    assert "3.0 / 4.0" in (room.folder / "feedback" / "ada" / lessons.LESSON / f"{lessons.LESSON}.html").read_text()


def test_points_changed_and_a_question_taken_out_show_before_and_after(room):
    path = room.folder / "source" / lessons.LESSON / f"{lessons.LESSON}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "test_double_hidden":
            cell.metadata.nbgrader.points = 5.0
    notebook.cells = [cell for cell in notebook.cells if "test_quiz" not in str(cell.metadata)]
    nbformat.write(notebook, path)
    said = CliRunner().invoke(app, ["run", str(room.folder), "--jobs", "1"])
    assert said.exit_code == 2 and "would change" in said.output and "--yes" in said.output
    assert sums(room)["ada"] == ("4", "graded")
    said = CliRunner().invoke(app, ["run", str(room.folder), "--jobs", "1", "--yes"])
    assert said.exit_code == 0 and "2 grades of 2 students would change" in said.output
    assert sums(Classroom(room.folder))["ada"] == ("6", "graded")
    rows, _ = export.export(Classroom(room.folder), "csv")
    assert rows[1][2] == 6.0
    with Gradebook(f"sqlite:///{room.folder / 'gradebook.db'}") as book:
        assert (book.find_submission(lessons.LESSON, "ada").score,
                book.find_assignment(lessons.LESSON).max_score) == (6.0, 6.0)


@pytest.mark.parametrize("text, words", [
    ('[class]\ntimezone = "Europe/Berlni"', "line 2, class.timezone: .*Did you mean Europe/Berlin"),
    ("[late]\nper_day = 10\nat_most = 500", "line 3, late.at_most: this must be"),
    ("[lessons.11_smal]", "line 1, lessons.11_smal: .*Did you mean 11_small"),
    ("[lessons.11_small]\ndue = 5", "line 2, lessons.11_small.due: this must be a time"),
    ('[lessons.11_small]\n\ndropped = ["test_dubble_hidden"]', "line 3, .*Did you mean test_double_hidden"),
    ("[students.adda.11_small]\ndue = 2026-03-02", "students.adda: nobody in the class has this id. Did you mean ada"),
    ("[lesson]", "line 1, lesson: there is no such table. Did you mean lessons"),
    ("[late]\nx =", "at line 2|at end of document")])
def test_class_toml_is_answered_with_line_key_and_way_out(room, text, words):
    (room.folder / "class.toml").write_text(text)
    with pytest.raises(Exception, match=words):
        run(room, jobs=1)
    assert Path(room.folder / "scores.csv").is_file()
