"""`handback`: a zip under each platform's own names, read here as the platforms read it, and Moodle's worksheet."""

import csv
import io
import zipfile

import pytest
from typer.testing import CliRunner

import lessons
from grader.__main__ import app
from grader.classroom.run import run
from grader.errors import UserError
from grader.reports import handback, worksheet

PAGE = f"{lessons.LESSON}.html"
ANSWERS = {"ada": lessons.RIGHT, "bob": lessons.WRONG, "zoe": lessons.SCALAR}
DATA = {name: lessons.answer(answers) for name, answers in ANSWERS.items()}
ROSTER = ("id,name,email,section,canvas id\nada,Ada Lovelace,ada@x.org,Monday,1\nbob,Bob A. Be,bob@x.org,Tuesday,2\n"
          "zoe,Zoë Oz,zoe@x.org,Monday,3\numa,Uma Absent,uma@x.org,,4\n")
ZIPS = {
    "canvas": {"ada": "lovelaceada_1_901_11_small.ipynb", "bob": "beboba_LATE_2_902_11_small-1.ipynb",
               "zoe": "ozzoe_3_903_11_small.ipynb"},
    "moodle": {"ada": "Ada Lovelace_71_assignsubmission_file_/11_small.ipynb",
               "bob": "Bob A. Be_72_assignsubmission_file/11_small.ipynb",
               "zoe": "Zoë Oz_73_assignsubmission_file_11_small.ipynb"},
    "brightspace": {"ada": "1-34 - Ada Lovelace - Mar 1, 2026 1000 AM/11_small.ipynb",
                    "bob": "2-34 - Bob A. Be - Mar 1, 2026 1105 AM/11_small.ipynb",
                    "zoe": "3-34 - Zoë Oz - Mar 1, 2026 1159 PM - 11_small.ipynb"},
    "blackboard": {name: f"Lesson 11_{name}_attempt_2026-03-01-10-00-00_11_small.ipynb" for name in ANSWERS},
}
ENGLISH = ("Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Last modified "
           "(submission),Last modified (grade),Feedback comments\n"
           'Participant 71,Ada Lovelace,ada@x.org,Submitted,,4.00,Yes,"Sunday, 1 March 2026, 10:00 AM",-,\n'
           "Participant 72,Bob A. Be,bob@x.org,Submitted,1.00,4.00,Yes,-,-,kept?\n"
           "Participant 73,Zoë Oz,,,,4.00,Yes,-,-,\nParticipant 74,Uma Absent,uma@x.org,,,4.00,Yes,-,-,\n"
           "Participant 99,A Guest,guest@x.org,,,4.00,Yes,-,-,\n")


def calling(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    folder = tmp_path_factory.mktemp("handback")
    found = lessons.classroom(folder, {})
    (folder / "roster.csv").write_text(ROSTER)
    received(found, "canvas", "--roster", folder / "roster.csv")
    run(found, jobs=1)
    return found


def received(room, kind, *more):
    """Collect the platform's zip of the same three notebooks."""
    path = room.folder.parent / f"{kind}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for student, name in ZIPS[kind].items():
            archive.writestr(name, DATA[student])
    done = calling("collect", room.folder, path, *more)
    assert done.exit_code == 0 and "3 notebooks of 3 students placed" in done.output, done.output


def zipped(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def handed(room, kind, *more):
    done = calling("handback", room.folder, "--for", kind, "--replace", *more)
    assert done.exit_code == 0, done.output
    return zipped(room.folder / "handback" / f"{lessons.LESSON}-{kind}.zip"), " ".join(done.output.split())


def test_canvas_finds_user_and_file_by_the_first_two_numbers_of_a_name(room):
    received(room, "canvas")
    files, said = handed(room, "canvas")
    numbers = {tuple([part for part in name.split("_") if part.isdigit()][:2]): text for name, text in files.items()}
    assert set(numbers) == {("1", "901"), ("2", "902"), ("3", "903")} and all("/" not in name for name in files)
    assert "4 of 4 points" in numbers["1", "901"] and "0 of 4 points" in numbers["2", "902"]
    assert "In Canvas" in said


def test_moodle_finds_the_participant_and_its_worksheet_is_made(room):
    received(room, "moodle")
    files, said = handed(room, "moodle")
    found = {}
    for name, text in files.items():  # as Moodle's importer reads it
        parts = name.split("/")
        info = parts.pop(0).split("_", 4)
        assert info[2:4] == ["assignsubmission", "file"]
        found[info[1]] = "/".join([*info[4:], *parts]).strip("/"), text
    assert {number: name for number, (name, _) in found.items()} == dict.fromkeys(("71", "72", "73"), PAGE)
    assert "0 of 4 points" in found["72"][1]
    rows = list(csv.reader(io.StringIO((room.folder / "handback" / f"{lessons.LESSON}-moodle.csv").read_text())))
    assert rows[0] == worksheet.HEADING == ENGLISH.splitlines()[0].split(",")
    by_id = {row[0]: row for row in rows[1:]}
    assert by_id["Participant 71"][1:6] == ["Ada Lovelace", "ada@x.org", "", "4", "4"]
    assert by_id["Participant 72"][9] == "0 of 4 points.<br>double: 0 of 3. Twice, not once.<br>quiz: 0 of 1. " \
                                         "Look at question 1."
    assert len(by_id) == 3 and "--worksheet" in said


@pytest.mark.parametrize("decimal", [".", ","])
def test_moodles_own_worksheet_is_filled_whatever_its_language(room, decimal, tmp_path):
    received(room, "moodle")
    text = ENGLISH if decimal == "." else ENGLISH.replace(",", ";").replace("4.00", "4,00").replace(
        "1.00", "1,00").replace("Participant", "Teilnehmer/in").replace("Grade;", "Bewertung;").replace(
        "Feedback comments", "Feedback als Kommentar")
    (tmp_path / "worksheet.csv").write_text(text)
    _, said = handed(room, "moodle", "--lesson", lessons.LESSON, "--worksheet", tmp_path / "worksheet.csv")
    rows = list(csv.reader(io.StringIO((room.folder / "handback" / f"{lessons.LESSON}-moodle.csv").read_text())))
    points = {row[0].split()[-1]: row[4] for row in rows[1:]}
    assert points == {"71": f"4{decimal}00", "72": f"0{decimal}00", "73": f"2{decimal}00", "74": "", "99": ""}
    assert rows[2][9].startswith("0 of 4 points.<br>") and rows[4][9] == "" and rows[1][5] == f"4{decimal}00"
    assert "no such student: A Guest" in said


def test_a_worksheet_with_another_maximum_or_none_at_all_is_refused(room, tmp_path):
    received(room, "moodle")
    path = tmp_path / "worksheet.csv"
    for text, words in ((ENGLISH.replace("4.00", "100.00"), "maximum in Moodle is 100 points, the lesson's 4"),
                        ("a,b\n1,2\n", "not Moodle's grading worksheet"), ("", "not Moodle's grading worksheet")):
        path.write_text(text)
        with pytest.raises(UserError, match=words):
            handback.handback(room, "moodle", lessons.LESSON, sheet=path)
    assert calling("handback", room.folder, "--for", "canvas", "--worksheet", path).exit_code == 2


def test_who_came_by_another_way_is_named_by_the_worksheet_or_listed(room, tmp_path):
    received(room, "canvas")
    _, notes = handback.handback(room, "moodle")
    assert "ada, bob, zoe" in " ".join(notes) and "--for folder" in " ".join(notes)
    (tmp_path / "worksheet.csv").write_text(ENGLISH)
    (parcel,), notes = handback.handback(room, "moodle", sheet=tmp_path / "worksheet.csv")
    assert set(parcel.files) == {f"Ada Lovelace_71_assignsubmission_file_/{PAGE}",
                                 f"Bob A. Be_72_assignsubmission_file_/{PAGE}",
                                 f"Zoë Oz_73_assignsubmission_file_/{PAGE}"}


def test_brightspace_keeps_the_names_of_its_download(room):
    received(room, "brightspace")
    files, _ = handed(room, "brightspace")
    assert set(files) == {f"1-34 - Ada Lovelace - Mar 1, 2026 1000 AM/{PAGE}",
                          f"2-34 - Bob A. Be - Mar 1, 2026 1105 AM/{PAGE}",
                          f"3-34 - Zoë Oz - Mar 1, 2026 1159 PM - {PAGE}"}


def test_blackboard_gets_a_table_with_each_students_feedback(room):
    received(room, "blackboard")
    files, said = handed(room, "blackboard")
    assert f"Lesson 11_bob_attempt_2026-03-01-10-00-00_{PAGE}" in files and "takes no zip" in said
    rows = list(csv.reader(io.StringIO((room.folder / "handback" / f"{lessons.LESSON}-blackboard.csv").read_text())))
    assert rows[0] == ["Last Name", "First Name", "Username", lessons.LESSON, "Grading Notes", "Notes Format",
                       "Feedback to Learner", "Feedback Format"]
    bob = next(row for row in rows if row[2] == "bob")
    assert bob[3] == "0" and bob[6].startswith("0 of 4 points.\ndouble: 0 of 3. Twice") and bob[7] == "SMART_TEXT"
    assert next(row for row in rows if row[2] == "uma")[3:] == ["", "", "", "", ""]


def test_a_name_that_two_would_share_is_nobodys(room):
    """A submission's record may have been packed by a student, where another program collected it."""
    received(room, "canvas")
    record = room.folder / "submitted" / "bob" / lessons.LESSON / ".collected.json"
    text = record.read_text()
    record.write_text((room.folder / "submitted" / "ada" / lessons.LESSON / ".collected.json").read_text())
    (parcel,), notes = handback.handback(room, "canvas")
    record.write_text(text)
    assert set(parcel.files) == {f"ozzoe_3_903_{PAGE}"} and "ada, bob" in " ".join(notes)


def test_sections_have_a_file_each_and_nothing_is_overwritten(room):
    done = calling("handback", room.folder, "--for", "folder", "--by-section")
    assert done.exit_code == 0, done.output
    held = {path.name: set(zipped(path)) for path in (room.folder / "handback").glob("*-folder-*.zip")}
    assert held == {f"{lessons.LESSON}-folder-Monday.zip": {f"ada/{PAGE}", f"zoe/{PAGE}"},
                    f"{lessons.LESSON}-folder-Tuesday.zip": {f"bob/{PAGE}"}}
    again = calling("handback", room.folder, "--for", "folder", "--by-section")
    assert again.exit_code == 2 and "this file exists" in again.output
    listed = calling("handback", room.folder, "--for", "folder", "--dry-run")
    assert listed.exit_code == 0 and f"zip: bob/{PAGE}" in listed.output
    assert not (room.folder / "handback" / f"{lessons.LESSON}-folder.zip").exists()
    done = calling("export", room.folder, "--for", "csv", "--by-section")
    assert done.exit_code == 0 and {path.name for path in room.folder.glob("export-csv-*")} == {
        "export-csv-Monday.csv", "export-csv-Tuesday.csv", "export-csv-no_section.csv"}
    monday = (room.folder / "export-csv-Monday.csv").read_text()
    assert "ada" in monday and "bob" not in monday
    assert calling("handback", room.folder, "--for", "sakai").exit_code == 2
