"""Every widget in JupyterLab, in Notebook 7 and on a page without any kernel: shown, moved by keys, in both themes.

The playground is here in a notebook: it trains while the kernel works, and ends with its cell.
"""

import re

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe

import crease.widgets
from browser import CHROMIUM, browser, lab, leave, open_notebook, ready, run_all
from nokernel import put

pytestmark = [pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"), pytest.mark.timeout(600)]
NAMES = [name for name in crease.widgets.__all__ if name != "playground"]  # it has tests of its own, too
PLAY = ["import time\nimport numpy as np\nimport crease\ncrease.playground()", "time.sleep(4)\nprint('slept')",
        "def relu(x):\n    return np.maximum(x, 0)\n\ncrease.playground(relu, layers=[8, 8])"]
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
# The last two are Notebook's own: JupyterLab's extensions that ask for what it does not have.
HARMLESS = re.compile(r"favicon|/api/news|WebSocket|reading 'schema'|'filebrowser:open-path'")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    scratch = tmp_path_factory.mktemp("lab")
    (scratch / "course").mkdir()
    shown = [f"shown = {name}()" if name == "guess" else f"{name}()" for name in NAMES]
    shown = ["from crease.widgets import *", *shown, "shown.land(30, [20.0, 35.0])"]
    for name, texts in (("widgets", shown), ("play", PLAY)):
        book = nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, texts)), metadata=KERNEL)
        nbformat.write(book, scratch / "course" / f"{name}.ipynb")
    with lab(scratch / "course", scratch) as running:
        yield running


@pytest.fixture(scope="module")
def context():
    with browser(1280, 900) as opened:
        yield opened


def serious(page, place):
    found = Axe().run(page, context=place)
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found.response["violations"]
            if rule["impact"] in ("serious", "critical")]


def test_in_jupyterlab_every_widget_shows_in_both_themes_and_a_bet_is_kept_in_its_cell(server, context, tmp_path):
    page = open_notebook(context, server, "widgets.ipynb")
    run_all(page)
    for theme, word in (("JupyterLab Light", "light"), ("JupyterLab Dark", "dark")):
        page.evaluate("theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", theme)
        page.wait_for_function("""([word, count]) => {
            const boxes = [...document.querySelectorAll(".crease")];
            return boxes.length === count && boxes.every(box => box.dataset.theme === word
                && box.querySelector("canvas").width > 300); }""", arg=[word, len(NAMES) + 1])
        page.wait_for_timeout(500)
        page.screenshot(path=tmp_path / f"{word}.png", full_page=True)
        assert serious(page, ".crease") == []
    number = page.get_by_role("spinbutton").first
    number.fill("42")
    number.press("Enter")
    page.wait_for_function("""() => window.jupyterapp.shell.currentWidget.content.widgets.some(
        cell => cell.model.sharedModel.source === "shown = guess(yours=42)")""")
    assert not [p for p in page.problems if not HARMLESS.search(p)], page.problems
    leave(page)


def test_in_notebook_7_every_widget_shows(server, context):
    address, token = server
    page = context.new_page()
    problems = []
    page.on("pageerror", lambda e: problems.append(str(e)))
    page.goto(f"{address}/notebooks/widgets.ipynb?token={token}")
    ready(page)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function("count => document.querySelectorAll('.crease canvas').length === count", arg=len(NAMES) + 1)
    assert not [p for p in problems if not HARMLESS.search(p)], problems
    page.close()


def test_in_jupyterlab_and_notebook_7_the_playground_plays_while_a_cell_runs_and_ends_with_its_own(server, context):
    page = open_notebook(context, server, "play.ipynb")

    def run(index):
        page.evaluate("""i => { window.jupyterapp.shell.currentWidget.content.activeCellIndex = i;
            window.jupyterapp.commands.execute('notebook:run-cell'); }""", index)
        return page.locator(".jp-Notebook .jp-Cell").nth(index)

    def epoch():
        return int(re.sub(r"\D", "", first.locator(".play-epoch").inner_text()))

    first = run(0)
    net = first.get_by_role("application")
    net.wait_for()
    page.wait_for_timeout(1500)  # the notebook takes the focus once more when the cell has run
    net.focus()
    for key in "wbxdd":  # a shortcut of JupyterLab would cut cells and add some
        page.keyboard.press(key)
    assert page.locator(".jp-Notebook .jp-Cell").count() == len(PLAY)
    first.get_by_role("button", name="▶ Play").click()
    second = run(1)
    page.wait_for_timeout(500)
    begun = epoch()
    page.wait_for_timeout(1500)
    assert epoch() > begun + 5, "it trains while the kernel sleeps"
    assert "slept" not in second.locator(".jp-OutputArea").inner_text()
    second.get_by_text("slept", exact=True).wait_for()
    own = run(2)
    own.get_by_role("button", name="▶ Play").click()
    page.wait_for_function("[...document.querySelectorAll('.play-result')].at(-1).textContent.includes('100 %')")
    assert own.get_by_label("activation").input_value() == "relu, yours"
    page.evaluate("""() => { const ask = window.requestAnimationFrame; window.asked = 0;
        window.requestAnimationFrame = f => { if (/frames/.test(f)) window.asked += 1; return ask(f); };
        const {widgets} = window.jupyterapp.shell.currentWidget.content;
        for (const i of [0, 2]) widgets[i].outputArea.model.clear(); }""")
    page.wait_for_timeout(300)
    page.evaluate("window.asked = 0")
    page.wait_for_timeout(700)
    assert page.evaluate("window.asked") == 0
    assert not [p for p in page.problems if "404" not in p]
    leave(page)
    address, token = server
    page = context.new_page()
    page.goto(f"{address}/notebooks/play.ipynb?token={token}")
    page.locator(".jp-CodeCell").first.click()
    ready(page)
    page.keyboard.press("Shift+Enter")
    page.get_by_role("button", name="▶ Play").click()
    page.wait_for_function("+document.querySelector('.play-epoch').textContent.slice(6) > 12")
    page.close()


@pytest.mark.parametrize("name", NAMES)
def test_without_a_kernel_keys_move_it_and_its_words_follow(context, name):
    page = context.new_page()
    put(page, getattr(crease.widgets, name)())
    if name == "sheet_film":
        page.get_by_role("button", name="Pause").click()
    words = page.locator("canvas").first.get_attribute("aria-label")
    assert len(words) > 40
    keys = {"guess": "[role=slider]", "rate_lens": "[role=slider]", "graph": "input[type=range]", "digit_pad": "canvas",
            "sheet": "[aria-label^='shift']", "sheet_film": "input[type=range]"}[name]
    place = page.locator(keys).first
    place.focus()
    if name == "digit_pad":
        place.press(" ")
    for _ in range(120 if name == "sheet_film" else 9):
        place.press("ArrowRight" if name != "digit_pad" else "ArrowDown")
    page.wait_for_function("words => document.querySelector('canvas').getAttribute('aria-label') !== words", arg=words)
    page.evaluate("window.leave()")
    assert not page.problems
    page.close()


def test_the_film_leaves_the_processor_to_what_else_is_used_and_to_what_is_in_sight(context):
    page = context.new_page()
    put(page, crease.widgets.sheet_film())
    page.evaluate("""() => {
        const wipe = CanvasRenderingContext2D.prototype.clearRect;
        window.drawn = 0;
        CanvasRenderingContext2D.prototype.clearRect = function (...box) { drawn += 1; return wipe.apply(this, box); };
        document.body.append(Object.assign(document.createElement("input"), {id: "other"}),
                             Object.assign(document.createElement("div"), {style: "height: 4000px"})); }""")
    plays = "() => { drawn = 0; return new Promise(done => setTimeout(() => done(drawn), 400)); }"

    def again():
        page.evaluate("drawn = 0")
        page.wait_for_function("drawn > 2")

    again()
    page.locator("#other").press("a")
    page.wait_for_timeout(300)  # once it stands it is drawn sharply
    assert page.evaluate(plays) == 0, "it plays while one types"
    assert page.get_by_role("button", name="Pause").count(), "it has only made room"
    again()
    page.evaluate("scrollTo(0, 3000)")
    page.wait_for_timeout(300)
    assert page.evaluate(plays) == 0, "it plays out of sight"
    page.evaluate("scrollTo(0, 0)")
    again()
    page.get_by_role("button", name="Pause").click()
    page.locator("#other").press("a")
    page.wait_for_timeout(2300)
    assert page.evaluate(plays) == 0, "it was to pause"
    page.get_by_role("button", name="Play").click()
    again()
    page.evaluate("window.leave()")
    assert not page.problems
    page.close()
