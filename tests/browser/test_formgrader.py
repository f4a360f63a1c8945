"""A TA corrects a submission on Formgrader's own page, in Chromium: it counts in every file and page."""

import csv

import pytest

import browser
import lessons
from grader.classroom.run import run
from grader.reports import export, report

pytestmark = pytest.mark.skipif(not browser.CHROMIUM, reason="no Chromium on this machine")


def test_what_a_ta_types_into_formgrader_counts_everywhere(tmp_path):
    room = lessons.classroom(tmp_path, {"ada": lessons.answer(lessons.RIGHT), "bob": lessons.answer(lessons.WRONG)})
    run(room, jobs=1)
    (tmp_path / "scratch").mkdir()
    with browser.lab(room.folder, tmp_path / "scratch") as (address, token), browser.browser() as context:
        page = context.new_page()
        page.goto(f"{address}/formgrader?token={token}")
        for link in ("a:has-text('Manual Grading')", *[f"#main-table a:has-text('{lessons.LESSON}')"] * 2):
            with page.expect_navigation():
                page.locator(link).first.click()
        page.locator("span.name-hidden").first.wait_for()  # the page fetches its rows, and shows names of those it has
        page.click("text=Show All Names")
        with page.expect_navigation():
            page.click("a.name-shown:visible:has-text('bob')")
        for box, typed in (("input.score#test_double_hidden", "0.5"), ("input.extra-credit >> nth=1", "2"),
                           ("textarea.comment#double-comment", "Half a <b>point</b>")):
            page.fill(box, typed)
            with page.expect_response(lambda answer: answer.request.method == "PUT") as answered:
                page.press(box, "Tab")
            assert answered.value.ok
    run(room, jobs=1)
    with open(room.folder / "scores.csv", newline="", encoding="utf-8") as file:
        row = next(r for r in csv.DictReader(file) if (r["student"], r["test"]) == ("bob", "test_double_hidden"))
    assert (row["score"], row["status"], row["by"], row["comment"]) == ("2.5", "by_hand", "hand", "Half a <b>point</b>")
    assert {cells[0]: cells[2] for cells in export.export(room, "csv")[0][2:]}["bob"] == 2.5
    for page in (room.folder / "feedback" / "bob" / f"{lessons.LESSON}.html", report.write(room)):
        assert "2.5 of" in page.read_text() and "Half a &lt;b&gt;point" in page.read_text()
