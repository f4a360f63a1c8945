"""What a learner does with a notebook besides running it, in a real JupyterLab: save, close, come back, start over.

What takes a lesson that has run is in test_every_lesson.py.
"""

import os
import shutil
import time

import nbformat
import pytest

from browser import CHROMIUM, browser, close, lab, leave, open_notebook, save
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
