"""`export`: what a spreadsheet, Canvas and Moodle are given."""

import csv
import io

import pytest
from typer.testing import CliRunner

import lessons
from grader.__main__ import app
from grader.classroom import gradebook, grades
from grader.classroom.gradebook import Book
from grader.classroom.run import run
from grader.errors import UserError
from grader.judge.result import Status
from grader.reports import export

HANDED_IN = {"ada": lessons.RIGHT, "bob": lessons.SCALAR, "=cmd": lessons.WRONG}


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """A graded class of three, and a fourth on the roster who handed in nothing."""
    submissions = {name: lessons.answer(answers) for name, answers in HANDED_IN.items()}
    found = lessons.classroom(tmp_path_factory.mktemp("export"), submissions)
    with pytest.raises(UserError, match="nothing is graded yet"):
        export.export(found, "csv")
    with Book(found) as book:
        gradebook.enter(book, [gradebook.Person("ada", "Ada", "Lovelace", "ada@x.org", "1234"),
                               gradebook.Person("zoe", "Zoë", "Oz")])
    run(found, jobs=1)
    return found


def table(room, kind):
    rows, notes = export.export(room, kind)
    text = export.as_csv(rows, kind).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text))), " ".join(notes), text


def test_a_spreadsheet_has_every_student_and_numbers_that_are_numbers(room):
    rows, _, text = table(room, "csv")
    points = {row["student"]: row[lessons.LESSON] for row in rows}
    assert points == {"points possible": "4", "'=cmd": "0", "ada": "4", "bob": "2", "zoe": ""}
    assert {row["student"]: row["sum"] for row in rows}["bob"] == "2"
    assert export.as_csv([["x"]], "csv").startswith(b"\xef\xbb\xbf")


def test_canvas_gets_its_five_columns_and_the_points_possible(room):
    rows, notes, text = table(room, "canvas")
    assert list(rows[0]) == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", lessons.LESSON]
    assert rows[0]["Student"] == "    Points Possible" and rows[0][lessons.LESSON] == "4"
    ada = next(row for row in rows if row["SIS Login ID"] == "ada")
    assert (ada["Student"], ada["ID"], ada[lessons.LESSON]) == ("Lovelace, Ada", "1234", "4")
    assert "known by the login only: =cmd, bob, zoe" in notes and "will not find: =cmd" in notes


def test_moodle_gets_an_identifying_column_without_a_blank_cell(room):
    """Moodle gives a row without one to the student of the row before."""
    rows, notes, _ = table(room, "moodle")
    assert list(rows[0]) == ["Username", "First name", "Last name", lessons.LESSON]
    assert {row["Username"]: row[lessons.LESSON] for row in rows} == {"'=cmd": "0", "ada": "4", "bob": "2", "zoe": "-"}
    assert "Without an email address: =cmd, bob, zoe" in notes and "maximum of 11_small to 4" in notes
    people = {"ada": gradebook.Person("ada", "Ada", "Lovelace", "ada@x.org"),
              "bob": gradebook.Person("bob", email="b@x.org")}
    rows, notes = export.moodle(["ada", "bob"], people, ["one"], {"one": 4.0}, {"ada": [4.0], "bob": [""]})
    assert rows[0] == ["Username", "First name", "Last name", "Email address", "one"]
    assert rows[2] == ["bob", "", "", "b@x.org", "-"] and "email" not in " ".join(notes)
    assert export.as_csv(rows, "moodle").endswith(b"b@x.org,-\r\n")


def test_no_cell_is_a_formula_and_a_grader_error_is_no_score(room):
    for kind in export.KINDS:
        text = export.as_csv([["=1+1", "@x", 0.5, 4.0, "", "-3"]], kind).decode("utf-8-sig")
        assert text == "'=1+1,'@x,0.5,4,,'-3\r\n"
    with Book(room) as book:
        result = book.results()["ada", lessons.LESSON]
        result.tests[0].status = Status.GRADER_ERROR
        broken = {("ada", lessons.LESSON): result}
        totals = grades.totals(book, grades.grades(book, held=broken), ["ada"], [lessons.LESSON])
    assert [(one.total, one.state) for one in totals] == [(None, "not_gradable")]


@pytest.mark.parametrize("kind, heading, column", [
    ("canvas", "Student,ID,SIS User ID,SIS Login ID,Section,Lesson 11 (555),Lesson 1 (77)", "Lesson 11 (555)"),
    ("blackboard", '"Last Name","First Name","Username","11_small [Total Pts: 4 Score] |5"',
     "11_small [Total Pts: 4 Score] |5"),
    ("brightspace", "OrgDefinedId,Username,Small Points Grade <Numeric MaxPoints:4>,End-of-Line Indicator",
     "Small Points Grade"),
    ("canvas", "Student,ID,SIS User ID,SIS Login ID,Section,Lesson 11 (555),Small (77)", lessons.LESSON)])
def test_the_columns_of_the_export_that_was_the_roster_are_filled(kind, heading, column, room):
    (room.folder / "roster.csv").write_text(heading + "\n")
    try:
        rows, notes, _ = table(room, kind)
    finally:
        (room.folder / "roster.csv").unlink()
    ada = next(row for row in rows if row.get("SIS Login ID", row.get("Username", "")).strip("#") == "ada")
    assert ada[column] == "4" and all(row[column] == "" for row in rows if "zoe" in row.values())
    assert ("matches assignments" in notes) == (column == lessons.LESSON)


def test_brightspace_and_blackboard_get_the_columns_of_their_imports(room):
    """Names as in D2L's help on importing grades and in Blackboard's downloads."""
    rows, notes, _ = table(room, "brightspace")
    assert list(rows[0]) == ["Username", "11_small Points Grade", "End-of-Line Indicator"]
    assert {row["Username"]: row["11_small Points Grade"] for row in rows}["#ada"] == "4" and "4 points" in notes
    rows, notes, _ = table(room, "blackboard")
    assert list(rows[0]) == ["Last Name", "First Name", "Username", "11_small"]
    assert rows[1] == {"Last Name": "Lovelace", "First Name": "Ada", "Username": "ada", "11_small": "4"}


def test_the_command_writes_once_shows_with_dry_run_and_says_what_is_wrong(room, tmp_path):
    target = tmp_path / "scores.csv"
    def call(*more):
        return CliRunner().invoke(app, ["export", str(room.folder), "--for", "canvas", "--out", str(target), *more])
    assert call("--dry-run").exit_code == 0 and not target.exists()
    assert call().exit_code == 0 and target.read_text().startswith("Student,ID,SIS User ID")
    again = call()
    assert again.exit_code == 2 and "this file exists" in again.output
    assert call("--replace").exit_code == 0
    wrong = CliRunner().invoke(app, ["export", str(room.folder), "--for", "sakai"])
    assert wrong.exit_code == 2 and "csv, canvas, moodle, brightspace, blackboard" in " ".join(wrong.output.split())
