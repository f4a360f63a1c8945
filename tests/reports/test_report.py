"""The report of a class: what it says, that nothing in it is alive, and that everybody can use it."""

import re

import pytest
from typer.testing import CliRunner

import lessons
from browser import CHROMIUM, FLAGS
from grader.__main__ import app
from grader.classroom import create
from grader.classroom.run import run
from lessons import NAME, STUDENTS

COPIED = '''def double(x):
    # my own way
    total = np.zeros(np.shape(x))
    for step in range(2):
        if step % 2 == 0:
            total = total + np.asarray(x) * 1.0
        else:
            total = total + np.asarray(x, dtype=float) * 1.0
    return total'''


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """A graded class with hostile names and broken submissions, and two answers of which one is a renamed copy."""
    handed_in = {name: data for name, (data, _, _) in STUDENTS.items()}
    renamed = COPIED.replace("total", "result").replace("step", "k").replace("# my own way", "# quite another")
    for name, code in (("cai", COPIED), ("dov", renamed)):
        handed_in[name] = lessons.answer({"double": code, "quiz": "answers = {1: 'b'}"})
    found = lessons.classroom(tmp_path_factory.mktemp("report"), handed_in, "2026-03-01 10:00:00 UTC")
    run(found)
    done = CliRunner().invoke(app, ["report", str(found.folder), "--similar"])
    assert done.exit_code == 0, done.output
    return found


@pytest.fixture(scope="module")
def page(room):
    return (room.folder / "report.html").read_text()


def test_it_says_where_the_class_got_stuck(page):
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "10 students, 1 lesson, 10 submissions graded" in text
    assert "1 × Twice, not once." in text and "a one-dimensional array" in text and "return x" in text
    assert "4 of 8" in text  # double: ada, the hostile name, and the two that are alike; two files are no notebooks
    assert "junk 11_small not_gradable" in text and "crashed" in text
    assert "2026-03-01 10" in text
    assert lessons.SECRET not in page and "HIDDEN" not in page


def test_nothing_in_it_is_alive_and_every_page_it_links_is_there(room, page):
    tags = re.findall(r"<[a-zA-Z][^>]*>", page)
    alive = re.compile(r"(?i)^<(script|iframe|svg|object|form|link)\b|\son\w+=|javascript:|https?:")
    assert not [tag for tag in tags if alive.search(tag)]
    assert NAME.replace("'", "&#39;")[:10] in page and "<script>alert" not in page
    links = re.findall(r'href="(feedback/[^"]+)"', page)
    from urllib.parse import unquote
    assert len(links) == 10 and all((room.folder / unquote(link)).is_file() for link in links)
    assert page.count("<figure") == page.count("<img alt=") >= 2


def test_a_renamed_copy_is_shown_and_short_or_different_answers_are_not(page):
    alike = page[page.index('id="similar"'):]
    assert alike.count("<details>") == 1
    assert "100% alike: 11_small, double, cai and dov" in alike and "quite another" in alike


def test_one_lesson_can_be_asked_for_and_an_ungraded_class_is_answered_in_words(room, tmp_path):
    assert CliRunner().invoke(app, ["report", str(room.folder), "--lesson", "99"]).exit_code == 2
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(create, "solutions", lambda: {lessons.LESSON: room.folder / "source" / lessons.LESSON
                                                     / f"{lessons.LESSON}.ipynb"})
        create.init(tmp_path / "new")
    empty = CliRunner().invoke(app, ["report", str(tmp_path / "new")])
    assert empty.exit_code == 2 and "nothing is graded yet" in empty.output


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_report_and_feedback_pages_are_for_everybody(room, scheme, tmp_path):
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright
    pages = [room.folder / "report.html", room.folder / "feedback" / "bob" / f"{lessons.LESSON}.html"]
    problems = []
    with sync_playwright() as p:
        chrome = p.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        for width in (1200, 420):
            # The pages allow no script, so the tool that examines them must be let past their policy.
            plain, past = (chrome.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme,
                                              bypass_csp=bypass).new_page() for bypass in (False, True))
            plain.on("console", lambda message: problems.append(message.text))
            for path in pages:
                plain.goto(path.as_uri())
                plain.screenshot(path=tmp_path / f"{path.stem}-{scheme}-{width}.png", full_page=True)
                assert plain.evaluate("document.documentElement.scrollWidth") <= width
                past.goto(path.as_uri())
                found = Axe().run(past).response["violations"]
                assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")] == []
            assert problems == []
        chrome.close()
