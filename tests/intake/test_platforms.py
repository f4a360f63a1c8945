"""The layouts of learning platforms: whose a file is, when it was handed in, and what a student cannot pretend."""

import json
import os
import subprocess
import zipfile

import nbformat
import pytest
from typer.testing import CliRunner

import lessons
from grader.__main__ import app
from grader.classroom import roster
from grader.classroom.folder import Classroom
from grader.errors import UserError
from grader.intake.collect import collect

GOOD = lessons.answer(lessons.RIGHT)
OTHER = GOOD + b" "
FILE = "11_small.ipynb"
ROSTER = "id,name,email\nanna,Anna Adams,anna@x.org\nben,Ben Brown,ben@x.org\n"


@pytest.fixture
def room(tmp_path):
    folder = tmp_path / "class" / "source" / lessons.LESSON
    folder.mkdir(parents=True)
    (folder / FILE).write_bytes(nbformat.writes(lessons.source()).encode())
    (tmp_path / "class" / "submitted").mkdir()
    (tmp_path / "class" / "nbgrader_config.py").write_text("")
    (tmp_path / "class" / "class.toml").write_text('[class]\ntimezone = "Europe/Berlin"\n')
    return Classroom(tmp_path / "class")


def zipped(path, entries):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def placed(done):
    return {(student, lesson) for student, lesson, *_ in done.placed}


def there(room, student):
    return (room.place("submitted", student, lessons.LESSON) / FILE).read_bytes()


def people(tmp_path, text=ROSTER):
    (tmp_path / "roster.csv").write_text(text)
    return {person.id: person for person in roster.read(tmp_path / "roster.csv")}


def stamp(room, student):
    path = room.place("submitted", student, lessons.LESSON) / "timestamp.txt"
    return path.read_text()[:19] if path.exists() else ""


LAYOUTS = {  # name: (paths, {student: when handed in, in UTC})
    "Canvas": (["adamsanna_12_345_" + FILE, "brownben_LATE_13_346_" + FILE], {"adamsanna": "", "brownben": ""}),
    "Canvas, anonymous": (["anon_b3Zt9_345_" + FILE, "LATE_anon_c4Zt1_346_" + FILE],
                          {"anon_b3Zt9": "", "anon_c4Zt1": ""}),
    "Moodle, folders": ([f"Anna Adams_7_assignsubmission_file_/{FILE}", f"Ben Brown_8_assignsubmission_file/x/{FILE}"],
                        {"Anna Adams": "", "Ben Brown": ""}),
    "Moodle, flat": (["Anna Adams_7_assignsubmission_file_" + FILE], {"Anna Adams": ""}),
    "Blackboard": ([f"Lesson 1_anna_attempt_2024-07-11-23-59-00_{FILE}"], {"anna": "2024-07-11 21:59:00"}),
    "Brightspace, folders": ([f"12346-67890 - Ben Brown - Jan 11, 2024 1159 PM/{FILE}"],
                             {"Ben Brown": "2024-01-11 22:59:00"}),
    "Brightspace, flat": ([f"12346-67890 - Ben Brown - Jan 11, 2024 1259 AM - {FILE}"],
                          {"Ben Brown": "2024-01-10 23:59:00"}),
    "nbgrader": ([f"inbound/anna+11_small+2026-03-01 10:00:00 UTC+x/{FILE}"], {"anna": "2026-03-01 10:00:00"}),
    "Google Takeout": ([f"Takeout/Drive/Classroom/Course/Lesson 1/{who} - {FILE}" for who in ("Anna", "Ben")],
                       {"Anna": "", "Ben": ""}),
    "Google Classroom": ([f"Anna Adams - {FILE}", f"Ben Brown - {FILE}"], {"Anna Adams": "", "Ben Brown": ""}),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_each_platforms_layout_says_who_and_when(name, room, tmp_path):
    paths, expected = LAYOUTS[name]
    done = collect(room, zipped(tmp_path / "in.zip", dict.fromkeys(paths, GOOD)))
    assert {student: stamp(room, student) for student, *_ in done.placed} == expected and not done.skipped
    late = {student for student in expected if room.submitted(student, lessons.LESSON).record["late"]}
    assert late == {student for student in expected if student in ("brownben", "anon_c4Zt1")}


def test_several_attempts_are_one_student_and_the_latest_counts(room, tmp_path):
    entries = {f"12346-67890 - Ben Brown - Jan {day}, 2024 1159 PM/{FILE}": data
               for day, data in ((11, GOOD), (2, b"{}"), (12, OTHER))}
    done = collect(room, zipped(tmp_path / "in.zip", entries))
    assert placed(done) == {("Ben Brown", lessons.LESSON)} and there(room, "Ben Brown") == OTHER
    assert stamp(room, "Ben Brown") == "2024-01-12 22:59:00"


def test_gradescopes_list_names_the_students(room, tmp_path):
    listed = """---
submission_1:
  :submitters:
  - :name: Anna Adams
    :sid: S1
    :email: anna@x.org
  :created_at: 2024-01-11 10:00:00.5 Z
"""
    entries = {"submission_metadata.yml": listed, f"submission_1/{FILE}": GOOD,
               "submission_1/submission_metadata.yml": listed.replace("anna", "ben")}
    done = collect(room, zipped(tmp_path / "g.zip", {f"assignment_9_export/{k}": v for k, v in entries.items()}),
                   people(tmp_path))
    assert placed(done) == {("anna", lessons.LESSON)} and stamp(room, "anna") == "2024-01-11 10:00:00"
    with pytest.raises(UserError, match="submission_metadata.yml: it is not what Gradescope writes"):
        collect(room, zipped(tmp_path / "h.zip", {**entries, "submission_metadata.yml": "[" * 100_000}))


def test_moodles_teams_and_githubs_names_are_on_the_roster(room, tmp_path):
    done = collect(room, zipped(tmp_path / "m.zip", {f"Group A-Anna Adams_7_assignsubmission_file_/{FILE}": GOOD}),
                   people(tmp_path))
    assert placed(done) == {("anna", lessons.LESSON)}
    known = people(tmp_path, "identifier,github_username,github_id,name\nben,BB-gh,5,Ben Brown\n")
    clone = tmp_path / "hw-submissions" / "hw-BB-gh"
    (clone / "course").mkdir(parents=True)
    (clone / "course" / FILE).write_bytes(GOOD)
    (clone / "timestamp.txt").write_text("2001-01-01 10:00:00 UTC")
    for command in (["init", "-q"], ["add", "-A"], ["-c", "user.name=b", "-c", "user.email=b@x", "commit", "-qm", "x",
                                                    "--date=2026-03-01T10:00:00Z"]):
        env = {**os.environ, "HOME": str(tmp_path), "GIT_COMMITTER_DATE": "2026-03-01T10:00:00Z"}
        subprocess.run(["git", *command], cwd=clone, check=True, env=env)
    done = collect(room, tmp_path / "hw-submissions", known)
    assert placed(done) == {("ben", lessons.LESSON)} and stamp(room, "ben") == "2026-03-01 10:00:00"


@pytest.mark.parametrize("listed", ["", ROSTER + "eve,Eve Evans,eve@x.org\n"])
@pytest.mark.parametrize("inside", ["ben+11_small+2026-03-01 10:00:00 UTC+x", "Ben Brown_8_assignsubmission_file_",
                                    "12346-67890 - Ben Brown - Jan 11, 2024 1159 PM", "submission_1", "ben/11_small"])
@pytest.mark.parametrize("outside", ["{}", "in/{}", "Eve Evans_3_assignsubmission_file_", "submitted/{}/11_small",
                                     "eve+11_small+2026-03-01 10:00:00 UTC+x"])
def test_what_lies_in_eves_submission_is_eves(outside, inside, listed, room, tmp_path):
    path = f"{outside.format('eve')}/{inside}/{FILE}"
    beside = path.replace("ben", "anna").replace("Ben Brown", "Anna Adams").replace("submission_1", "submission_2")
    entries = {path: GOOD, beside: OTHER} if listed else {path: GOOD}
    entries[path.rpartition("/")[0] + "/timestamp.txt"] = "2001-01-01 10:00:00 UTC"
    done = collect(room, zipped(tmp_path / "in.zip", entries), people(tmp_path, listed) if listed else None)
    students = {student for student, *_ in done.placed}
    assert students <= {"eve", "Eve Evans", "in"} and not students & {"ben", "anna", "Ben Brown", "Anna Adams"}
    assert students and all("2001" not in stamp(room, student) for student in students if "_3_" in outside)


@pytest.mark.parametrize("name", ["eve_12_345_ben_13_346_" + FILE, f"L_eve_attempt_2024-01-11-10-00-00_x_ben_attempt_"
                                  f"2025-01-11-10-00-00_{FILE}", f"1-2 - eve - Jan 11, 2024 1159 PM - 3-4 - ben - "
                                  f"Jan 12, 2025 1159 PM - {FILE}", f"eve - ben - {FILE}",
                                  f"eve_3_assignsubmission_file_ben_4_assignsubmission_file_{FILE}"])
def test_a_files_own_name_says_nothing_of_whose_it_is(name, room, tmp_path):
    assert placed(collect(room, zipped(tmp_path / "in.zip", {name: GOOD}))) == {("eve", lessons.LESSON)}


def test_files_of_plain_folders_that_are_called_copies_are_their_folders(room, tmp_path):
    done = collect(room, zipped(tmp_path / "in.zip", {f"{who}/ben - {FILE}": GOOD for who in ("eve", "dan")}))
    assert {student for student, *_ in done.placed} == {"eve", "dan"}


def test_a_time_does_not_move_for_unchanged_bytes_and_a_zips_date_is_none(room, tmp_path):
    name = "Lesson 1_anna_attempt_2024-07-{}-23-59-00_" + FILE
    collect(room, zipped(tmp_path / "a.zip", {name.format(11): GOOD}))
    collect(room, zipped(tmp_path / "b.zip", {name.format(29): GOOD}))
    assert stamp(room, "anna") == "2024-07-11 21:59:00"
    collect(room, zipped(tmp_path / "c.zip", {f"anna/{FILE}": OTHER}))
    assert stamp(room, "anna") == ""


def test_strangers_and_a_class_that_falls_into_one_student_are_refused(room, tmp_path):
    source = zipped(tmp_path / "in.zip", {f"{who}/{FILE}": GOOD for who in ("anna", "mallory")})
    done = collect(room, source, people(tmp_path))
    assert placed(done) == {("anna", lessons.LESSON)} and "--strangers" in done.skipped[0][1]
    assert placed(collect(room, source, people(tmp_path), strangers=True)) == {
        ("anna", lessons.LESSON), ("mallory", lessons.LESSON)}
    flat = zipped(tmp_path / "flat.zip", {f"work/{who}-11_small.ipynb": GOOD for who in ("anna", "ben", "cy")})
    with pytest.raises(UserError, match="would be one student's, work.*--map"):
        collect(room, flat)
    done = collect(room, flat, pattern=r"work/(?P<student>\w+)-(?P<lesson>\w+)\.ipynb")
    assert {student for student, *_ in done.placed} == {"anna", "ben", "cy"}
    for regex, words in (("(", "no regular expression"), ("x", "is the student's id")):
        with pytest.raises(UserError, match=words):
            collect(room, flat, pattern=regex)


def test_what_is_no_notebook_is_said_in_the_students_rows(room, tmp_path):
    done = collect(room, zipped(tmp_path / "in.zip", {f"anna/{FILE}": GOOD, "ben/11_small.py": b"x", "anna/a.pdf": b"x",
                                                      "cy/work.html": b"<p>"}))
    assert placed(done) == {("anna", lessons.LESSON)} and len(done.skipped) == 3
    for student, name in (("ben", "11_small.py"), ("cy", "work.html")):
        found = room.submitted(student, lessons.LESSON)
        assert found.handed_in and found.problem.startswith(f"What was handed in is no notebook: {name}.")


@pytest.mark.parametrize("record", ["[" * 100_000, '{"number": [], "late": "yes", "problem": {}}', "[1]",
                                    "nul", "9" * 99])
def test_what_a_student_packed_beside_stops_nobody(record, room, tmp_path):
    collect(room, zipped(tmp_path / "a.zip", {f"anna/{FILE}": GOOD}))
    folder = room.place("submitted", "anna", lessons.LESSON)
    (folder / ".collected.json").write_text(record)
    (folder / "timestamp.txt").write_text("9999-12-31 23:59:59 -12:00")
    found = room.submitted("anna", lessons.LESSON)
    assert found.record == {} and found.time is None and found.data == GOOD
    collect(room, zipped(tmp_path / "b.zip", {f"anna/{FILE}": OTHER, f"ben/{FILE}": GOOD}))
    assert there(room, "anna") == OTHER and there(room, "ben") == GOOD


@pytest.mark.parametrize("year", ["9999", "10000", "0001", "1989"])
def test_dates_of_no_time_of_ours_stop_nothing(year, room, tmp_path):
    collect(room, zipped(tmp_path / "n.zip", {
        f"inbound/anna+11_small+{year}-12-31 23:59:59 UTC+x/{FILE}": GOOD,
        f"inbound/ben+11_small+2026-03-01 10:00:00 UTC+x/{FILE}": GOOD}))
    assert stamp(room, "ben") == "2026-03-01 10:00:00" and stamp(room, "anna") == ""


def test_a_dry_run_as_json(room, tmp_path):
    (room.folder / "class.toml").write_text("[lessons.11_small]\ndue = 2024-07-11T00:00:00\n")
    source = zipped(tmp_path / "in.zip", {f"Lesson 1_anna_attempt_2024-07-11-23-59-00_{FILE}": GOOD, "x.pdf": b"x"})
    done = CliRunner().invoke(app, ["collect", str(room.folder), str(source), "--dry-run", "--json"])
    assert json.loads(done.stdout) == {
        "placed": [{"student": "anna", "lesson": "11_small",
                    "file": f"Lesson 1_anna_attempt_2024-07-11-23-59-00_{FILE}",
                    "handed_in": "2024-07-11T23:59:00Z", "late": True}],
        "refused": [{"file": "x.pdf", "why": "whose it is cannot be told: it lies in no student's folder. --map says "
                                             "where a path names the student"}]}
    assert not list((room.folder / "submitted").iterdir())


def test_rosters_of_other_platforms(tmp_path):
    found = people(tmp_path, "OrgDefinedId,Username,Last Name,First Name,Email,Lesson 1 Points Grade,"
                             "End-of-Line Indicator\n#77,#anna,Adams,Anna,anna@x.org,,#\n")
    assert found["anna"].aliases == ("anna", "77") and found["anna"].name == "Anna Adams"
    found = people(tmp_path, "Name,SID,Email,Role,Section\nAnna Adams,anna,a@x.org,Student,Tue\nTA,,t@x.org,TA,\n")
    assert list(found) == ["anna"] and found["anna"].section == "Tue"
    found = people(tmp_path, '"Last Name","First Name","Username","Student ID","Lesson 1 [Total Pts: 14 Score] |55"\n'
                             '"Adams","Anna","anna","77",""\n')
    assert found["anna"].aliases == ("anna", "77")
