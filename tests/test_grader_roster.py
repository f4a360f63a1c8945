"""A roster: read from what platforms export, kept in the gradebook, and used to tell whose a file is."""

import os
import zipfile

import nbformat
import pytest
from typer.testing import CliRunner

import lessons
from grader import roster
from grader.__main__ import app
from grader.classroom import Classroom, Trouble
from grader.collect import collect
from grader.gradebook import Book

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
        with pytest.raises(Trouble, match=words):
            people(tmp_path, text)
    with pytest.raises(Trouble, match="nowhere.csv: It cannot be read"):
        roster.read(tmp_path / "nowhere.csv")
    assert people(tmp_path, "id,name\nx,Zo\xeb\n", "cp1252")["x"].last_name == "Zoë"


def test_the_roster_tells_whose_a_file_is(room, tmp_path):
    known = people(tmp_path, CANVAS)
    done = collect(room, written(tmp_path, "c.zip", {
        "lovelaceada_1234_1_11_small.ipynb": GOOD, "ohara_4321_2_11_small.ipynb": GOOD,
        "who_55_3_11_small.ipynb": GOOD}), known)
    assert {student for student, *_ in done.placed} == {"ada1", "zoe", "who"} and done.strangers == ["who"]
    done = collect(room, written(tmp_path, "m.zip", {
        "Ada Lovelace_1_assignsubmission_file_/11_small.ipynb": GOOD,
        "O'Hara Zoe_2_assignsubmission_file_11_small.ipynb": GOOD}), known)
    assert {student for student, *_ in done.placed} == {"ada1", "zoe"} and not done.strangers


def test_two_of_one_name_are_never_taken_for_one(room, tmp_path):
    known = people(tmp_path, "id,name\nlee1,Ann Lee\nlee2,Ann Lee\n")
    done = collect(room, written(tmp_path, "m.zip", {
        "Ann Lee_1_assignsubmission_file_/11_small.ipynb": GOOD,
        "Ann Lee_2_assignsubmission_file_/11_small.ipynb": GOOD}), known)
    assert len({student for student, *_ in done.placed}) == 2 and len(done.strangers) == 2


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
    with Book(room):
        pass  # the gradebook is there
    folder = tmp_path / "in" / "bob"
    folder.mkdir(parents=True)
    (folder / "11_small.ipynb").write_bytes(GOOD)
    collect(room, tmp_path / "in")
    (folder / "11_small.ipynb").write_bytes(GOOD + b" ")
    (tmp_path / "roster.csv").write_text(OURS)
    before = snapshot(room.folder)
    arguments = ["collect", str(room.folder), str(tmp_path / "in"), "--roster", str(tmp_path / "roster.csv")]
    dry = CliRunner().invoke(app, [*arguments, "--dry-run"])
    assert dry.exit_code == 0 and snapshot(room.folder) == before
    real = CliRunner().invoke(app, arguments)
    assert dry.output.replace("would be ", "") == real.output and "replaces an earlier one, kept as" in real.output
    assert "not on the roster: bob" in real.output and snapshot(room.folder) != before
    with Book(room) as book:
        assert roster.of(book)["ada1"].email == "ada@x.org" and "zoe" in book.students()
