"""Every lesson in a real JupyterLab: it runs, sliders move their pictures, the quiz answers, no error is logged."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from browser import CHROMIUM, browser, lab, open_notebook, run_all
from conftest import LESSONS, ROOT

pytestmark = [pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"), pytest.mark.timeout(900)]
IMAGE = "img[src^='data:image/png']"
HARMLESS = re.compile(r"favicon|/api/news|WebSocket|404.*(workspaces|settings|custom\.css)|status of 404")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    scratch = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "course", scratch / "course", ignore=shutil.ignore_patterns("__pycache__"))
    with lab(scratch / "course", scratch) as running:
        yield running


@pytest.fixture(scope="module")
def context():
    with browser() as opened:
        yield opened


def cell_output(page, text):
    """The output area of the first code cell whose source holds `text`."""
    index = page.evaluate("""text => window.jupyterapp.shell.currentWidget.content.widgets.findIndex(
        c => c.model.type === 'code' && c.model.sharedModel.source.includes(text))""", text)
    return page.locator(".jp-Notebook .jp-Cell").nth(index).locator(".jp-OutputArea").first


def source_of(page, text):
    return page.evaluate("""text => window.jupyterapp.shell.currentWidget.content.widgets.map(
        c => c.model.sharedModel.source).find(s => s.startsWith(text))""", text)


def run_cell(page, start):
    page.evaluate("""async start => {
        const panel = window.jupyterapp.shell.currentWidget;
        panel.content.activeCellIndex = panel.content.widgets.findIndex(
            c => c.model.type === 'code' && c.model.sharedModel.source.includes(start));
        await window.jupyterapp.commands.execute('notebook:run-cell');
    }""", start)


@pytest.mark.parametrize("lesson", LESSONS)
def test_lesson(server, context, lesson, tmp_path):
    page = open_notebook(context, server, f"{lesson}.ipynb", dark=LESSONS.index(lesson) % 2 == 1)
    run_all(page)
    boxes = page.locator(".jp-OutputArea .widget-vbox", has=page.locator(IMAGE)).all()
    handles = 0
    for box in (b for b in boxes if b.locator("[role=slider]").count()):
        picture = box.locator(IMAGE).first
        assert len(picture.get_attribute("alt")) > 20
        for handle in box.locator("[role=slider]").all():
            handles += 1
            for key in ("ArrowRight", "ArrowLeft"):
                low, high = (float(handle.get_attribute(f"aria-value{m}")) for m in ("min", "max"))
                now = float(handle.get_attribute("aria-valuenow"))
                if now == (high if key == "ArrowRight" else low):
                    continue
                before = picture.get_attribute("src")
                handle.focus()
                page.keyboard.press(key)
                expect(picture).not_to_have_attribute("src", before, timeout=20_000)
    assert handles or lesson.startswith("00"), "no slider was found"
    answer_quiz(page)
    page.screenshot(path=tmp_path / f"{lesson}.png", full_page=True)
    assert not [p for p in page.problems if not HARMLESS.search(p)], page.problems
    page.close()


def answer_quiz(page):
    """Click the first choice of every question: each is answered; the cell below writes the choices into itself."""
    output = cell_output(page, "quiz.ask(")
    questions = output.locator(".widget-radio-box").all()
    assert len(questions) >= 1
    for question in questions:
        question.locator("input").first.check()
    for feedback in ("✓ Right.", "✗ Not quite."):
        output.get_by_text(feedback).first.wait_for(timeout=10_000)
    run_cell(page, "answers = quiz.keep(")
    page.wait_for_function("""() => window.jupyterapp.shell.currentWidget.content.widgets.some(
        c => c.model.sharedModel.source.startsWith("answers = quiz.keep({1: 'a'"))""", timeout=10_000)
    assert source_of(page, "answers = quiz.keep(").count("'a'") == len(questions)
