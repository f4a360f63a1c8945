"""Every lesson in a real JupyterLab: it runs, sliders move their pictures, the quiz answers, no error is logged."""

import re
import shutil

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from browser import CHROMIUM, browser, change_theme, close, faint, lab, leave, open_notebook, run_all, save
from common import LESSONS, ROOT

pytestmark = [pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"), pytest.mark.timeout(900)]
IMAGE = "img[src^='data:image/png']"
BROKEN = """() => getComputedStyle(document.querySelector('.jupyter-widgets-disconnected'), '::before').content"""
ROOM = 660  # of 800, without JupyterLab's own bars
HARMLESS = re.compile(r"favicon|/api/news|WebSocket|404.*(workspaces|settings|custom\.css)")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    scratch = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "course", scratch / "course", ignore=shutil.ignore_patterns("__pycache__"))
    return scratch / "course"


@pytest.fixture(scope="module")
def server(folder):
    with lab(folder, folder.parent) as running:
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
def test_lesson(server, context, folder, lesson, tmp_path):
    page = open_notebook(context, server, f"{lesson}.ipynb")
    run_all(page)
    boxes = page.locator(".crease-live").all()
    moved = [move(page, handle, box.locator(IMAGE).first) for box in boxes
             for handle in box.locator("[role=slider]").all()]
    tall = [height for box in boxes if (height := box.bounding_box()["height"]) > ROOM]
    assert not tall, "what one drags and what one watches are not on one screen of 1280 × 800"
    assert moved or lesson.startswith("00"), "no slider was found"
    answer_quiz(page)
    score(page)
    for theme in ("JupyterLab Light", "JupyterLab Dark"):
        change_theme(page, theme)
        page.wait_for_timeout(500)
        page.screenshot(path=tmp_path / f"{lesson}, {theme}.png", full_page=True)
        assert accessibility(page) == [] and faint(page) == []
    assert not [p for p in page.problems if not HARMLESS.search(p)], page.problems
    save(page)
    if lesson[:2] in FURTHER:
        FURTHER[lesson[:2]](page)
    gone = lesson.startswith("01")  # as one who has closed the tab
    (close if gone else leave)(page)
    kept = nbformat.read(folder / f"{lesson}.ipynb", 4).metadata.get("widgets", {})
    assert "crease-live" in str(kept) or not boxes, "the sliders were not saved"
    assert_asleep(open_notebook(context, server, f"{lesson}.ipynb", anew=gone), boxes=len(boxes))


def assert_asleep(page, boxes):
    """Opened anew, with a kernel that knows nothing: every slider shows its last picture and how it moves again."""
    size = page.viewport_size
    page.set_viewport_size({**size, "height": 20_000})  # JupyterLab draws what is on screen
    asleep = page.locator(".crease-live", has=page.get_by_text("Run this cell to make it move."))
    expect(asleep).to_have_count(boxes)
    for box in asleep.all():
        assert box.locator(IMAGE).first.evaluate("image => image.naturalWidth") > 400
        assert box.locator(".crease-asleep").is_visible()
    expect(page.get_by_text("model not found")).to_have_count(0)
    assert page.evaluate(BROKEN) == "none"
    page.set_viewport_size(size)
    leave(page)


def move(page, handle, picture):
    """Take a slider to both ends and back a step, by the keyboard alone: each time the picture is another one."""
    assert len(picture.get_attribute("alt")) > 20 and handle.get_attribute("aria-label")
    low, high = (float(handle.get_attribute(f"aria-value{m}")) for m in ("min", "max"))
    for key, end in (("Home", low), ("End", high), ("ArrowLeft", None)):
        if float(handle.get_attribute("aria-valuenow")) == end:
            continue
        before = picture.get_attribute("src")
        handle.focus()
        page.keyboard.press(key)
        expect(picture).not_to_have_attribute("src", before)
        assert end is None or float(handle.get_attribute("aria-valuenow")) == end
    return True


def score(page):
    """Save, and run the last lesson cell: the score of the saved file is drawn."""
    save(page)
    run_cell(page, "your_score(")
    shown = cell_output(page, "your_score(")
    shown.get_by_role("table", name="Points of each exercise").wait_for()
    assert re.search(r"\d+ of \d+ points", shown.inner_text()), shown.inner_text()


def accessibility(page):
    """What axe finds serious in what the lesson shows: (rule, first element) of each violation."""
    found = Axe().run(page, context=".jp-Notebook .jp-OutputArea-output, .jp-Notebook .jp-MarkdownOutput")
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found.response["violations"]
            if rule["impact"] in ("serious", "critical")]


def answer_quiz(page):
    """Click the first choice of every question: each is answered; the cell below writes the choices into itself."""
    output = cell_output(page, "quiz.ask(")
    questions = output.locator(".widget-radio-box").all()
    assert len(questions) >= 1
    for number, question in enumerate(questions, 1):
        question.locator("input").first.check()
        # The answer pushes the next question down; a click on its way would miss it.
        expect(output.get_by_text(re.compile("✓ Right|✗ Not quite"))).to_have_count(number)
    for feedback in ("✓ Right.", "✗ Not quite."):
        output.get_by_text(feedback).first.wait_for()
    page.keyboard.press("Shift+Enter")  # as one goes on in a notebook: JupyterLab runs the quiz again
    page.wait_for_timeout(1000)
    run_cell(page, "answers = quiz.keep(")
    page.wait_for_function("""() => window.jupyterapp.shell.currentWidget.content.widgets.some(
        c => c.model.sharedModel.source.startsWith("answers = quiz.keep({1: 'a'"))""")
    assert source_of(page, "answers = quiz.keep(").count("'a'") == len(questions)


def a_kernel_that_starts_anew_leaves_every_picture(page):
    sliders, widgets = page.locator(".crease-live"), page.locator("div.crease")
    counts = sliders.count(), widgets.count()
    assert min(counts) >= 1 and not sliders.get_by_text("Run this cell to make it move.").first.is_visible()
    page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    expect(page.locator(".crease-live.jupyter-widgets-disconnected")).to_have_count(counts[0])
    for slider in sliders.all():
        assert slider.get_by_text("Run this cell to make it move.").is_visible()
        assert slider.locator("img").first.evaluate("image => image.naturalWidth") > 400
    for widget in widgets.all():  # they need no kernel
        assert widget.locator("canvas").first.bounding_box()["width"] > 300
    handle = widgets.nth(1).get_by_role("slider")
    before = handle.get_attribute("aria-valuenow")
    handle.press("ArrowRight")
    expect(handle).not_to_have_attribute("aria-valuenow", before)
    broken = page.evaluate("""() => [...document.querySelectorAll(".jupyter-widgets-disconnected")].filter(
        box => !["none", "normal"].includes(getComputedStyle(box, "::before").content)).map(box => box.className)""")
    assert broken == [] and page.get_by_text("model not found").count() == 0


def a_few_keys_lead_from_a_slider_to_the_next_exercise(page):
    page.set_viewport_size({"width": 1280, "height": 800})

    where = """() => { const {content} = window.jupyterapp.shell.currentWidget;
        return [content.mode, Boolean(content.activeCell.model.metadata.nbgrader?.solution)]; }"""

    def enter(figure):
        """Tab into it -> the cell's index, and how often cells ran so far."""
        found = page.evaluate("""async figure => { const {content} = window.jupyterapp.shell.currentWidget;
            content.activeCellIndex = content.widgets.findIndex(c => c.model.sharedModel.source.startsWith(figure));
            await content.scrollToItem(content.activeCellIndex);
            content.mode = "command";
            content.activate();
            return [content.activeCellIndex, content.activeCell.model.sharedModel.execution_count]; }""", figure)
        page.keyboard.press("Tab")
        assert page.evaluate("Boolean(document.activeElement.closest('.crease-live, div.crease'))"), "Tab leads into it"
        return found

    here = """index => { const {content} = window.jupyterapp.shell.currentWidget;
        return [content.activeCellIndex, content.widgets[index].model.sharedModel.execution_count]; }"""
    for figure in ("live(figures.boundary", "live(figures.kinks", "sheet(", "live(figures.paths"):
        index, ran = enter(figure)
        page.keyboard.press("Shift+Enter")
        page.wait_for_timeout(200)
        assert page.evaluate(here, index) == [index + 1, ran], "Shift+Enter goes on, and the picture stays as it was"
        enter(figure)
        page.keyboard.press("Escape")
        for _ in range(3):  # JupyterLab's own: the next heading, the cell below it, into it
            page.keyboard.press("ArrowRight")
            page.keyboard.press("ArrowDown")
            page.wait_for_timeout(200)
            if page.evaluate(where)[1]:
                break
            page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        assert page.evaluate(where) == ["edit", True], figure


FURTHER = {"00": a_kernel_that_starts_anew_leaves_every_picture,
           "01": a_few_keys_lead_from_a_slider_to_the_next_exercise}
