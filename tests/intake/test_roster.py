"""A roster: read from what platforms export, kept in the gradebook, and used to tell whose a file is."""

import os
import zipfile

import nbformat
import pytest
import sqlalchemy
from typer.testing import CliRunner

import lessons
from grader.__main__ import app
from grader.classroom import gradebook, roster
from grader.classroom.folder import Classroom
from grader.classroom.gradebook import Book
from grader.errors import UserError
from grader.intake.collect import collect

GOOD = lessons.answer(lessons.RIGHT)
OURS = "id,name,email\nada1,Ada Lovelace,ada@x.org\nzoe,Zoë O'Hara,zoe@x.org\n=cmd,\"Li, Wei\",wei@x.org\n"
CANVAS = ("Student,ID,SIS User ID,SIS Login ID,Section,Lesson 1 (77)\n    Points Possible,,,,,14\n"
          "\"Lovelace, Ada\",1234,S9,ada1,one,\n\"O'Hara, Zoë\",4321,S8,zoe,one,3\n\"Student, Test\",9,,x,one,\n")
MOODLE = "\ufeffFirst name,Last name,ID number,Email address\nAda,Lovelace,ada1,ada@x.org\nZoë,O'Hara,zoe,zoe@x.org\n"


@pytest.fixture
def room(tmp_path, monkeypatch):
    folder = tmp_path / "class" / "source" / lessons.LESSON
    folder.mkdir(parents=True)
    (folder / f"{lessons.LESSON}.ipynb").write_bytes(nbformat.writes(lessons.source()).encode())
    (tmp_path / "class" / "submitted").mkdir()
    (tmp_path / "class" / "nbgrader_config.py").write_text("")
    return Classroom(tmp_path / "class")


def written(folder, name, entries):
    with zipfile.ZipFile(folder / name, "w") as archive:
        for path, data in entries.items():
            archive.writestr(path, data)
    return folder / name


def people(tmp_path, text, encoding="utf-8"):
    (tmp_path / "roster.csv").write_bytes(text.encode(encoding))
    return {person.id: person for person in roster.read(tmp_path / "roster.csv")}


@pytest.mark.parametrize("text", [OURS, CANVAS, MOODLE, OURS.replace(",", ";").replace("Li; Wei", "Li, Wei"),
                                  MOODLE.replace(",", "\t")])
def test_rosters_of_all_kinds_name_the_same_people(text, tmp_path):
    found = people(tmp_path, text)
    assert found["ada1"].name == "Ada Lovelace" and found["zoe"].name == "Zoë O'Hara"
    assert len(found) == (3 if "cmd" in text else 2)
    assert found["ada1"].number == ("1234" if "SIS" in text else "")


def test_a_roster_that_says_nothing_is_refused_in_words(tmp_path):
    for text, words in (("", "no row"), ("id,name\n", "no row"), ("a,b\n1,2\n", "none of its columns"),
                        ("id\nada\nada\n", "ada stands there twice")):
        with pytest.raises(UserError, match=words):
            people(tmp_path, text)
    with pytest.raises(UserError, match="nowhere.csv: there is no such file"):
        roster.read(tmp_path / "nowhere.csv")
    assert people(tmp_path, "id,name\nx,Zo\xeb\n", "cp1252")["x"].last_name == "Zoë"


def test_the_roster_tells_whose_a_file_is(room, tmp_path):
    known = people(tmp_path, CANVAS)
    done = collect(room, written(tmp_path, "c.zip", {
        "lovelaceada_1234_1_11_small.ipynb": GOOD, "ohara_4321_2_11_small.ipynb": GOOD,
        "who_55_3_11_small.ipynb": GOOD}), known, strangers=True)
    assert {student for student, *_ in done.placed} == {"ada1", "zoe", "who"} and done.strangers == ["who"]
    done = collect(room, written(tmp_path, "m.zip", {
        "Ada Lovelace_1_assignsubmission_file_/11_small.ipynb": GOOD,
        "O'Hara Zoe_2_assignsubmission_file_11_small.ipynb": GOOD}), known)
    assert {student for student, *_ in done.placed} == {"ada1", "zoe"} and not done.strangers


def test_two_of_one_name_are_never_taken_for_one(room, tmp_path):
    known = people(tmp_path, "id,name\nlee1,Ann Lee\nlee2,Ann Lee\n")
    done = collect(room, written(tmp_path, "m.zip", {
        "Ann Lee_1_assignsubmission_file_/11_small.ipynb": GOOD,
        "Ann Lee_2_assignsubmission_file_/11_small.ipynb": GOOD}), known, strangers=True)
    assert len({student for student, *_ in done.placed}) == 2 and len(done.strangers) == 2


@pytest.mark.parametrize("text, numbers, expected", [
    ("id,name\nlee1,Ann Lee\n", "{}_{}_5_", {"leeann_1", "leeann_2"}),
    ("Student,ID,SIS Login ID,Section\n\"Lee, Ann\",1,lee1,a\n", "{}_{}_5_", {"lee1", "leeann"}),
    ("id,name\nlee1,Ann Lee\n", "{}_{}_assignsubmission_file_/", {"leeann_1", "leeann_2"})])
def test_a_second_one_of_a_name_does_not_become_the_one_on_the_roster(text, numbers, expected, room, tmp_path):
    done = collect(room, written(tmp_path, "m.zip", {
        numbers.format("leeann", number) + "11_small.ipynb": GOOD for number in (1, 2)}), people(tmp_path, text),
                   strangers=True)
    assert {student for student, *_ in done.placed} == expected
    assert done.strangers == sorted(expected - {"lee1"})


def test_moodles_new_numbers_in_each_assignment_are_one_person_of_the_roster(room, tmp_path):
    known = people(tmp_path, "id,name\nlee1,Ann Lee\n")
    done = collect(room, written(tmp_path, "m.zip", {
        "one/Ann Lee_1_assignsubmission_file_/11_small.ipynb": GOOD,
        "two/Ann Lee_9_assignsubmission_file_/11_small.ipynb": GOOD + b" "}), known)
    assert {student for student, *_ in done.placed} == {"lee1"} and not done.strangers


@pytest.mark.parametrize("student", ["..", ".hidden", "x" * 201])
def test_an_id_that_can_be_no_folder_is_refused_in_words(student, tmp_path):
    with pytest.raises(UserError, match="cannot be the name of a student's folder. Give this student an id"):
        people(tmp_path, f"id,name\n{student},Ann Lee\n")


def test_a_rare_line_separator_within_a_name_of_the_roster_ends_no_row(tmp_path):
    found = people(tmp_path, "id,name,email\nx,Ann\u2028B,a@x.org\ny,Cy,c@x.org\n")
    assert {person.id: person.email for person in found.values()} == {"x": "a@x.org", "y": "c@x.org"}


def test_clones_are_named_by_the_folder_around_them(room, tmp_path):
    for user in ("ann-a", "ann-b"):
        (tmp_path / f"hw-1-submissions/hw-1-{user}/course").mkdir(parents=True)
        (tmp_path / f"hw-1-submissions/hw-1-{user}/.git").mkdir()
        (tmp_path / f"hw-1-submissions/hw-1-{user}/course/11_small.ipynb").write_bytes(GOOD)
    assert {student for student, *_ in collect(room, tmp_path / "hw-1-submissions").placed} == {"ann-a", "ann-b"}
    done = collect(room, written(tmp_path, "one.zip", {
        "hw-1-submissions/hw-1-cy/course/11_small.ipynb": GOOD, "hw-1-submissions/hw-1-cy/.git/HEAD": "x"}))
    assert {student for student, *_ in done.placed} == {"cy"} and [why for _, why in done.skipped] == ["a system file"]


def test_nbgraders_inbound_folder_and_clones_of_github_classroom(room, tmp_path):
    for path in ("in/ada+11_small+2026-03-01 10:00:00.000000 UTC+aB3/11_small.ipynb",
                 "in/a+b+11_small+2026-03-01 10:00:00 UTC/11_small.ipynb",
                 "git/hw-lessons-submissions/hw-lessons-ada/course/11_small.ipynb",
                 "git/hw-lessons-submissions/hw-lessons-bob-b/course/11_small.ipynb",
                 "git/hw-lessons-submissions/hw-lessons-ada/.git/x.ipynb",
                 "git/hw-lessons-submissions/hw-lessons-bob-b/.git/x.ipynb"):
        os.makedirs((tmp_path / path).parent, exist_ok=True)
        (tmp_path / path).write_bytes(GOOD)
    assert {student for student, *_ in collect(room, tmp_path / "in").placed} == {"ada", "a+b"}
    done = collect(room, tmp_path / "git")
    assert {student for student, *_ in done.placed} == {"ada", "bob-b"} and len(done.skipped) == 2


def snapshot(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_dry_run_shows_the_same_and_writes_nothing(room, tmp_path):
    folder = tmp_path / "in" / "bob"
    folder.mkdir(parents=True)
    (folder / "11_small.ipynb").write_bytes(GOOD)
    collect(room, tmp_path / "in")
    (folder / "11_small.ipynb").write_bytes(GOOD + b" ")
    (folder / "11_small (1).ipynb").write_bytes(GOOD + b"  ")
    (tmp_path / "roster.csv").write_text(OURS)
    before = snapshot(room.folder)
    arguments = ["collect", str(room.folder), str(tmp_path / "in"), "--strangers", "--roster",
                 str(tmp_path / "roster.csv")]
    dry = CliRunner().invoke(app, [*arguments, "--dry-run"])
    assert dry.exit_code == 0 and snapshot(room.folder) == before
    real = CliRunner().invoke(app, arguments)
    assert dry.output.replace("would be ", "") == real.output and "replaces an earlier one, kept as" in real.output
    assert "not on the roster: bob" in real.output and snapshot(room.folder) != before
    with Book(room) as book:
        assert gradebook.roster(book)["ada1"].email == "ada@x.org" and "zoe" in book.students()
        assert gradebook.roster(book) == roster.glance(room)
    before = snapshot(room.folder)
    assert CliRunner().invoke(app, [*arguments, "--dry-run"]).exit_code == 0 and snapshot(room.folder) == before


def test_a_dry_run_leaves_a_gradebook_without_our_table_as_it_is(room, tmp_path):
    with Book(room) as book:
        gradebook.enter(book, [gradebook.Person("ada1", "Ada", "Lovelace")])
        book.db.execute(sqlalchemy.text("DROP TABLE crease_result"))  # as `init` leaves it
        book.db.commit()
    before = snapshot(room.folder)
    done = CliRunner().invoke(app, ["collect", str(room.folder), str(written(tmp_path, "m.zip", {
        "Lovelace Ada_1_assignsubmission_file_/11_small.ipynb": GOOD})), "--dry-run"])
    assert "ada1, 11_small: Lovelace Ada" in done.output and snapshot(room.folder) == before
    (room.folder / "gradebook.db").write_bytes(b"no database" * 99)
    done = CliRunner().invoke(app, ["collect", str(room.folder), str(tmp_path / "m.zip"), "--dry-run"])
    assert done.exit_code == 2 and "gradebook.db: the gradebook cannot be used" in " ".join(done.output.split())
