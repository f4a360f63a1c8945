"""A term of a class of 60, played through once (see tests/support/term.py): every file and page says the same."""

import csv
import io
import re
import zipfile

import pytest
from nbgrader.api import Gradebook

import term as play
from term import BROKEN, EXTENDED, GONE, LATE, PYTHON, SCALE, SECTION, SHIFT, STUDENTS

pytestmark = pytest.mark.timeout(900)  # where six others work on the same cores


@pytest.fixture(scope="module")
def term(tmp_path_factory):
    return play.play(tmp_path_factory.mktemp("term"))


def table(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def totals(term, text=None):
    rows = csv.DictReader(io.StringIO(text)) if text else table(term.room / "totals.csv")
    return {(row["student"], row["lesson"]): (row["total"], row["state"]) for row in rows}


def in_force(term):
    """{(student, lesson): points as text} of those who are still there."""
    return {key: total for key, (total, _) in totals(term).items() if key[0] != GONE}


def test_an_authors_slip_costs_nobody_a_point(term):
    assert "its own solution fails test_double_hidden" in term.slip and "expectd" in term.slip
    assert "nobody was graded with it" in term.slip


def test_everybody_has_a_row_and_nobody_else(term):
    found = totals(term)
    assert set(found) == {(student, lesson) for student in STUDENTS for lesson in (SCALE, SHIFT)}
    states = {student: found[student, SCALE][1] for student in STUDENTS}
    assert [states[one] for one in (GONE, PYTHON, BROKEN, "s12", "s13")] == [
        "dropped", "not_gradable", "not_gradable", "missing", "missing"]
    assert sum(state == "graded" for state in states.values()) == 55
    assert found["s12", SCALE][0] == "0" and found[PYTHON, SCALE][0] == ""
    assert {found[one, SHIFT] for one in STUDENTS if one not in STUDENTS[::5] and one != GONE} == {("", "not_due")}


def test_lateness_is_taken_off_and_an_extension_gives_it_back(term):
    rows = {row["student"]: row for row in table(term.room / "totals.csv") if row["lesson"] == SCALE}
    late, extended = rows[LATE], rows[EXTENDED]
    assert late["late_days"] == "1" and float(late["penalty"]) == pytest.approx(float(late["points"]) / 10)
    assert (extended["late_days"], float(extended["penalty"])) == ("0", 0.0)


def test_grades_that_were_given_change_only_when_that_is_agreed(term):
    assert f"{EXTENDED} {SCALE}" in term.refused and f"{GONE} {SCALE}" in term.refused and "--yes" in term.refused
    held, before = totals(term, term.unchanged), totals(term, term.before)
    again = set(STUDENTS[14:32:2])
    assert {key: held[key] for key in before if key[0] not in again} == {
        key: before[key] for key in before if key[0] not in again}
    assert re.search(r"\d+ grades of \d+ students would change", term.agreed)


def test_points_a_dropped_question_and_a_regrade_count_and_nothing_else_moves(term):
    rows = table(term.room / "totals.csv")
    assert {row["max_points"] for row in rows if row["lesson"] == SCALE} == {"8"}
    assert {row["max_points"] for row in rows if row["lesson"] == SHIFT} == {"11"}
    assert totals(term) == totals(term, term.after)  # the lesson graded anew gave the same


def test_what_two_tas_did_at_once_counts_and_is_told(term):
    rows = {row["test"]: row for row in table(term.room / "scores.csv")
            if (row["student"], row["lesson"]) == ("s20", SCALE)}
    assert (rows["test_double_hidden"]["by"], rows["test_double_hidden"]["score"]) == ("hand", "1.5")
    assert rows["test_raised_hidden"]["by"] == "hand"
    assert "A way of your own." in {row["comment"] for row in rows.values()}
    page = (term.room / "feedback" / "s20" / f"{SCALE}.html").read_text()
    assert "A way of your own." in page and "extra credit" in page
    by_hand = (term.room / "report.html").read_text().split('id="hand"')[1].split("</section>")[0]
    assert by_hand.count("s20") == 2


def test_gradebook_exports_pages_and_report_say_the_same_of_everybody(term):
    points = in_force(term)
    canvas = {row["SIS Login ID"]: row for row in table(term.room / "export-canvas.csv")}
    sheet = {row["student"]: row for row in table(term.room / "export-csv.csv")}
    report = (term.room / "report.html").read_text().split('id="students"')[1]
    shown = {one: re.findall(r"<td>(?:<a [^>]*>)?([^<]*)", row) for one, row in re.findall(
        r'<th scope="row">(s\d\d)[^<]*</th>(.*?)</tr>', report, re.S)}
    with Gradebook(f"sqlite:///{term.room / 'gradebook.db'}") as book:
        for (student, lesson), total in points.items():
            column = {SCALE: "Lesson 31 (901)", SHIFT: "Lesson 32 (902)"}[lesson]
            assert canvas[student][column] == sheet[student][lesson] == total, (student, lesson)
            cell = shown[student][[SCALE, SHIFT].index(lesson)]
            assert cell in (total, "–" if not total else "", "0" if student in (PYTHON, BROKEN) else total)
            if totals(term)[student, lesson][1] == "graded":
                page = (term.room / "feedback" / student / f"{lesson}.html").read_text()
                assert f"{total} of {'8' if lesson == SCALE else '11'} points" in page
                held = book.find_submission(lesson, student)
                assert max(0, held.score - (held.late_submission_penalty or 0)) == pytest.approx(float(total))
    assert GONE not in canvas and GONE not in sheet and GONE not in shown


def test_canvas_finds_every_row_and_column(term):
    """As Canvas's lib/gradebook_importer.rb reads it: columns by the number in brackets, students by their ID."""
    rows = list(csv.reader(io.StringIO((term.room / "export-canvas.csv").read_text())))
    assert rows[0][:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert [re.fullmatch(r".+ \((\d+)\)", name)[1] for name in rows[0][5:]] == ["901", "902"]
    assert "Points Possible" in rows[1][0] and rows[1][5:] == ["8", "11"]
    assert [row[1] for row in rows[2:]] == [str(1000 + n) for n, one in enumerate(STUDENTS) if one != GONE]
    assert all(re.fullmatch(r"(\d+(\.\d+)?)?", cell) for row in rows[2:] for cell in row[5:])


def test_other_platforms_files_have_no_column_of_canvas_s(term):
    assert list(table(term.room / "export-blackboard.csv")[0]) == ["Last Name", "First Name", "Username", SCALE, SHIFT]
    assert list(table(term.room / "export-brightspace.csv")[0]) == [
        "Username", f"{SCALE} Points Grade", f"{SHIFT} Points Grade", "End-of-Line Indicator"]


def test_a_section_s_file_holds_that_section(term):
    for section in "ABC":
        rows = table(term.room / f"export-canvas-{section}.csv")[1:]
        assert {row["SIS Login ID"] for row in rows} == {one for one in STUDENTS if SECTION[one] == section} - {GONE}


def test_pages_go_back_to_their_owners(term):
    points = in_force(term)
    for lesson, kind, most in ((SCALE, "canvas", "8"), (SHIFT, "moodle", "11")):
        with zipfile.ZipFile(term.room / "handback" / f"{lesson}-{kind}.zip") as archive:
            pages = {name: archive.read(name).decode() for name in archive.namelist()}
        assert len(pages) == {SCALE: 57, SHIFT: 12}[lesson]
        for name, text in pages.items():
            number = int(re.search(r"_(\d+)_", name)[1])
            student = STUDENTS[number - (1000 if kind == "canvas" else 200)]
            assert f"<p>{student}" in text and "had been changed" not in text and "sealed=" not in text
            assert student in (PYTHON, BROKEN) or f"{points[student, lesson]} of {most} points" in text


def test_moodles_worksheet_holds_the_grades(term):
    rows = table(term.room / "handback" / f"{SHIFT}-moodle.csv")
    assert len(rows) == 59 and all(row["Maximum Grade"] == "11.00" for row in rows)
    points = in_force(term)
    for row in rows:
        total = points[STUDENTS[int(row["Identifier"].split()[1]) - 200], SHIFT]
        assert row["Grade"] == (f"{float(total):.2f}" if total else "")
        assert bool(row["Feedback comments"]) == bool(total)


def test_the_report_tells_of_items_mistakes_quiz_and_sections(term):
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", (term.room / "report.html").read_text()))
    assert "A class of 60" in text and "59 students, 2 lessons, 69 submissions graded" in text
    assert "Twice, not once." in text and "submissions were replaced by a later one" in text
    assert "55 answered the quiz" in text and "A (18 of 19 handed in)" in text
    numbers = re.findall(r"(double|raised|quiz) (\d+) of 55 (\d+)% (-?\d\.\d\d)", text)
    assert [name for name, *_ in numbers[:3]] == ["double", "raised", "quiz"]
    assert all(0 < int(right) < 55 and int(right) / 55 <= int(share) / 100 + 0.01 for _, right, share, _ in numbers)
    assert all(float(apart) > 0.1 for *_, apart in numbers)  # they were made so: who is good at one is at the others
