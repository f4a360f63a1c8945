"""`collect`: what learning platforms, browsers, people and attackers hand in."""

import os
import zipfile

import nbformat
import pytest

import lessons
from grader.classroom.folder import Classroom
from grader.classroom.scores import guarded
from grader.errors import UserError
from grader.files import moment, to_id, to_name
from grader.intake.collect import collect
from grader.intake.sources import LIMIT

GOOD = lessons.answer(lessons.RIGHT)


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A class with two lessons, without a gradebook."""
    for name, rename in ((lessons.LESSON, ""), (lessons.OTHER, "_other")):
        folder = tmp_path / "class" / "source" / name
        folder.mkdir(parents=True)
        (folder / f"{name}.ipynb").write_bytes(nbformat.writes(lessons.source(rename)).encode())
    (tmp_path / "class" / "submitted").mkdir()
    (tmp_path / "class" / "nbgrader_config.py").write_text("")
    return Classroom(tmp_path / "class")


def zipped(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def placed(done):
    return {(student, lesson) for student, lesson, _, _ in done.placed}


def there(room, student, lesson=lessons.LESSON):
    return (room.place("submitted", student, lesson) / f"{lesson}.ipynb").read_bytes()


def test_folders_with_and_without_an_assignment(room, tmp_path):
    for path in ("ada/11_small.ipynb", "bob/11_small/11_small.ipynb", "cy/12_other/homework.ipynb",
                 "dee/11_small (1).ipynb", "eve/Copy of 11_Small.ipynb", "flo/11_small-Copy2.ipynb", "gus/mine.ipynb"):
        target = tmp_path / "in" / path
        target.parent.mkdir(parents=True)
        target.write_bytes(GOOD)
    done = collect(room, tmp_path / "in")
    assert placed(done) == {(s, lessons.LESSON) for s in ("ada", "bob", "dee", "eve", "flo", "gus")} | {
        ("cy", lessons.OTHER)}
    assert not done.skipped and there(room, "gus") == GOOD


def test_canvas_zip(room, tmp_path):
    done = collect(room, zipped(tmp_path / "c.zip", {
        "smithjohn_1234_56789_11_small.ipynb": b"{}", "smithjohn_1234_56790_11_small-2.ipynb": GOOD,
        "smithjohn_4321_56791_11_small-1.ipynb": GOOD, "doejane_LATE_77_56792_11_small.ipynb": GOOD,
        "doejane_LATE_77_56793_notes.pdf": b"x", "__MACOSX/._doejane_LATE_77_56792_11_small.ipynb": b"x"}))
    assert placed(done) == {(s, lessons.LESSON) for s in ("smithjohn", "smithjohn_4321", "doejane")}
    assert there(room, "smithjohn") == GOOD  # the later attempt, and the earlier is kept
    assert (room.folder / "submitted/.earlier/smithjohn/11_small/1.ipynb").read_bytes() == b"{}"
    assert [room.submitted(who, lessons.LESSON).record["late"] for who in ("doejane", "smithjohn")] == [True, False]
    assert len(done.skipped) == 2
    again = collect(room, zipped(tmp_path / "d.zip", {"smithjohn_4321_9_12_other.ipynb": GOOD}))
    assert placed(again) == {("smithjohn_4321", lessons.OTHER)}  # the same person in the next lesson's zip


def test_moodle_zip(room, tmp_path):
    done = collect(room, zipped(tmp_path / "m.zip", {
        "Zoë O'Hara_12345_assignsubmission_file_/11_small.ipynb": GOOD,
        "Li, Wei_1_assignsubmission_file_/sub/11_small.ipynb": GOOD, "Li, Wei_2_assignsubmission_file_/x.ipynb": GOOD,
        "=SUM(A1)_7_assignsubmission_file_11_small.ipynb": GOOD,
        "Li, Wei_1_assignsubmission_onlinetext_/onlinetext.html": b"<p>"}))
    assert placed(done) == {(s, lessons.LESSON) for s in ("Zoë O'Hara", "Li, Wei", "Li, Wei_2", "=SUM(A1)")}
    assert [why for _, why in done.skipped] == ["not a notebook"]
    assert not (room.place("submitted", "Li, Wei", lessons.LESSON) / "timestamp.txt").exists()  # a zip's dates are none


@pytest.mark.parametrize("paths, students", [
    (("submissions/smithjohn_1_2_11_small.ipynb", "submissions/doejane_LATE_3_4_11_small.ipynb"),
     {"smithjohn", "doejane"}),
    (("CS1/Ann Lee_1_assignsubmission_file/11_small.ipynb", "CS1/Bo_2_assignsubmission_file_11_small.ipynb"),
     {"Ann Lee", "Bo"}),
    (("submitted/ada/11_small/11_small.ipynb", "submitted/ada/12_other/12_other.ipynb"), {"ada"}),
    (("submitted/ada/11_small/11_small.ipynb",), {"ada"}),
    (("inbound/ada+11_small+2026-03-01 10:00:00 UTC+x/11_small.ipynb",), {"ada"}),
    (("hw-ada/course/11_small.ipynb", "hw-ada/backup/12_other.ipynb"), {"hw-ada"})])
def test_the_folder_around_a_source_is_no_student(paths, students, room, tmp_path):
    done = collect(room, zipped(tmp_path / "w.zip", dict.fromkeys(paths, GOOD)))
    assert {student for student, *_ in done.placed} == students and len(done.placed) == len(paths)


def test_a_zip_that_a_student_handed_in_is_listed(room, tmp_path):
    done = collect(room, zipped(tmp_path / "m.zip", {
        "Cy_3_assignsubmission_file_/work.zip": b"PK", "Di_4_assignsubmission_file_/11_small (1).ipynb": GOOD,
        "Di_4_assignsubmission_file_/.DS_Store": b"x"}))
    assert placed(done) == {("Di", lessons.LESSON)}
    assert dict(done.skipped) == {"Cy_3_assignsubmission_file_/work.zip": "a zip within the source: unpack it first",
                                  "Di_4_assignsubmission_file_/.DS_Store": "a system file"}


def test_what_cannot_be_read_in_the_class_is_not_replaced(room, tmp_path):
    folder = room.place("submitted", "ada", lessons.LESSON)
    folder.mkdir(parents=True)
    (folder / "11_small.ipynb").write_bytes(bytes(LIMIT + 1))
    done = collect(room, zipped(tmp_path / "a.zip", {"ada/11_small.ipynb": GOOD}))
    assert not done.placed and "It stays; this one was not placed" in done.skipped[0][1]
    assert (folder / "11_small.ipynb").stat().st_size == LIMIT + 1


def test_a_bad_zip_entry_costs_that_entry(room, tmp_path):
    path = zipped(tmp_path / "evil.zip", {
        "ada/11_small.ipynb": GOOD, "../../out.ipynb": GOOD, "/abs/11_small.ipynb": GOOD, "C:/x/11_small.ipynb": GOOD,
        "a/..\\..\\y/11_small.ipynb": GOOD, "../11_small.ipynb": GOOD, "bomb/11_small.ipynb": bytes(LIMIT + 1),
        "bent/11_small.ipynb": GOOD + b"\nBENT", "top.ipynb": GOOD, "zoe/11_small.ipynb": GOOD})
    link = zipfile.ZipInfo("link/11_small.ipynb")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
        at = archive.getinfo("bent/11_small.ipynb").header_offset
    data = bytearray(path.read_bytes())
    data[at + 80:at + 90] = bytes(10)
    path.write_bytes(data)
    done = collect(room, path)
    assert placed(done) == {(s, lessons.LESSON) for s in ("ada", "zoe", "bomb", "bent")}
    assert there(room, "ada") == there(room, "zoe") == GOOD
    assert "larger" in room.submitted("bomb", lessons.LESSON).problem
    assert "damaged" in room.submitted("bent", lessons.LESSON).problem
    assert len(done.skipped) == 7
    assert sorted(os.listdir(tmp_path)) == ["class", "evil.zip"]
    assert sorted(os.listdir(room.folder / "submitted")) == ["ada", "bent", "bomb", "zoe"]


def test_links_and_fifos_are_not_opened(room, tmp_path):
    source, secret = tmp_path / "in", tmp_path / "secret"
    secret.mkdir()
    (secret / "11_small.ipynb").write_bytes(GOOD)
    for student in ("ada", "bob", "cy"):
        (source / student).mkdir(parents=True)
    (source / "ada" / "11_small.ipynb").symlink_to(secret / "11_small.ipynb")
    os.mkfifo(source / "bob" / "11_small.ipynb")
    (source / "dee").symlink_to(secret)
    (source / "cy" / "11_small.ipynb").write_bytes(GOOD)
    done = collect(room, source)
    assert placed(done) == {("cy", lessons.LESSON)} and len(done.skipped) == 3
    folder = room.place("submitted", "eve", lessons.LESSON)  # put into the class by hand
    folder.mkdir(parents=True)
    os.mkfifo(folder / "11_small.ipynb")
    assert room.submitted("eve", lessons.LESSON).problem == "It is not an ordinary file."


def test_a_later_submission_replaces_an_earlier_one_which_is_kept(room, tmp_path):
    paper = tmp_path / "in" / "ada" / "11_small.ipynb"
    paper.parent.mkdir(parents=True)
    for text in (b"{}", GOOD, GOOD):
        paper.write_bytes(text)
        done = collect(room, tmp_path / "in")
    assert done.placed[0][3] == "unchanged" and there(room, "ada") == GOOD
    kept = list((room.folder / "submitted/.earlier/ada/11_small").iterdir())
    assert [path.read_bytes() for path in kept] == [b"{}"]
    (tmp_path / "in" / "ada" / "11_small (1).ipynb").write_bytes(GOOD + b" ")
    os.utime(paper, (1e9, 1e9))
    collect(room, tmp_path / "in")
    assert there(room, "ada") == GOOD + b" " and len(os.listdir(kept[0].parent)) == 2


def test_a_timestamp_that_came_along_is_kept(room, tmp_path):
    folder = tmp_path / "in" / "ada" / "11_small"
    folder.mkdir(parents=True)
    (folder / "11_small.ipynb").write_bytes(GOOD)
    (folder / "timestamp.txt").write_text("2026-03-01 10:00:00.5 UTC")
    collect(room, tmp_path / "in")
    assert (room.place("submitted", "ada", "11_small") / "timestamp.txt").read_text() == "2026-03-01 10:00:00 UTC\n"


@pytest.mark.parametrize("stamp", ["", "no date", "2026-01-01 10:00:00 ../x", "9" * 180, "2026-01-01" + "é" * 200])
def test_a_timestamp_that_is_none_stops_nothing(stamp, room, tmp_path):
    assert moment(stamp.encode()) is None and moment(b"2026-03-01 10:00:00 UTC").hour == 10
    folder = tmp_path / "in" / "ada" / "11_small"
    folder.mkdir(parents=True)
    (folder / "11_small.ipynb").write_bytes(GOOD)
    (folder / "timestamp.txt").write_text(stamp)
    assert placed(collect(room, tmp_path / "in")) == {("ada", "11_small")}


@pytest.mark.parametrize("name", ["Ann Lee", "O'Neil, \"Al\"", "=1+1", "+49", "@x", "-3", "Zoë 王", "a[1]*?", "50%2Fx",
                                  " padded ", "x\ny", "\udcff", "100%"])
def test_names_survive(name, room, tmp_path):
    folder = os.path.join(tmp_path, "in", name)
    os.makedirs(folder)
    with open(os.path.join(folder, "11_small.ipynb"), "wb") as file:
        file.write(GOOD)
    (student, _, _, _), = collect(room, tmp_path / "in").placed
    assert room.submitted(student, "11_small").data == GOOD and room.handed_in() == {student}
    assert not set(student) & set("*?[\n") and student == student.strip() == to_id(name)
    assert to_name(student) == name.replace("\udcff", "\ufffd")


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\tx", "\r=1", " =1", "＝1", "|x"])
def test_no_cell_is_a_formula(text):
    assert guarded(text) == "'" + text
    assert guarded("Ann") == "Ann" and guarded(1.0) == "1" and guarded(0.5) == "0.5"


def test_what_cannot_be_collected_is_said(room, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "x.txt").write_text("x")
    for source, words in (("in", "empty"), ("x.txt", "neither a folder nor a zip"), ("y", "no such file")):
        with pytest.raises(UserError, match=words):
            collect(room, tmp_path / source)
    with pytest.raises(UserError, match="empty"):
        collect(room, zipped(tmp_path / "e.zip", {}))
