"""What a learner does with a notebook besides running it, in a real JupyterLab: save, close, come back, start over."""

import os
import shutil
import time

import nbformat
import pytest
from playwright.sync_api import expect

from browser import CHROMIUM, browser, close, lab, leave, open_notebook, run_all, save
from common import ROOT

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")
LESSON = "01_linear_collapse.ipynb"


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
    with browser(1280, 800) as opened:
        yield opened


def answer_on(page, text=None):
    """The source of the cell of `affine` on the page; with a text, put that there first."""
    return page.evaluate("""text => {
        const cells = window.jupyterapp.shell.currentWidget.content.widgets;
        const source = cells.find(c => c.model.sharedModel.source.startsWith('def affine')).model.sharedModel;
        if (text) source.setSource(text);
        return source.source; }""", text)


def answer_in(path):
    return next(c.source for c in nbformat.read(path, 4).cells if c.source.startswith("def affine"))


def test_a_notebook_has_no_twin_and_no_old_answer_comes_back(server, context, folder):
    path, before = folder / LESSON, sorted(os.listdir(folder))
    released = path.read_bytes()
    page = open_notebook(context, server, LESSON)
    assert not page.evaluate("window.jupyterapp.shell.currentWidget.context.model.dirty"), "unsaved, untouched"
    answer_on(page, "def affine(X, W, b):\n    return 'mine'")
    save(page)
    close(page)
    assert answer_in(path).endswith("'mine'") and sorted({*os.listdir(folder), ".ipynb_checkpoints"}) == sorted(
        {*before, ".ipynb_checkpoints"}), "saving has made another file"
    path.write_bytes(path.read_bytes().replace(b"'mine'", b"'edited outside'"))
    page = open_notebook(context, server, LESSON)
    assert answer_on(page).endswith("'edited outside'")
    save(page)
    leave(page)
    for when in (time.time() + 5, time.time() - 5000):  # as from `git checkout`, and as out of a zip
        path.write_bytes(released)
        os.utime(path, (when, when))
        page = open_notebook(context, server, LESSON)
        assert "NotImplementedError" in answer_on(page)
        leave(page)


def test_no_news_and_no_tools_of_the_instructor(server, context):
    page = open_notebook(context, server, LESSON, way="lab")
    page.wait_for_timeout(1500)
    page.get_by_role("menuitem", name="Help").wait_for()
    for words in ("Nbgrader", "Validate", "Create Assignment", "Jupyter news", "Would you like"):
        assert page.get_by_text(words, exact=False).count() == 0, words
    close(page)


def test_a_kernel_that_starts_anew_leaves_every_picture(server, context):
    page = open_notebook(context, server, "00_start_here.ipynb")
    run_all(page)
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
    leave(page)


def test_a_few_keys_lead_from_a_slider_to_the_next_exercise(server, context):
    page = open_notebook(context, server, LESSON)
    run_all(page)
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
    close(page)
