"""JupyterLite with our kernel in a real Chromium: open a lesson, put a solved one in its place, run it, read it."""

import os
import time

import nbformat
import pytest

import runtime
from browser import ready, until
from common import ROOT

OPEN = "name => window.jupyterapp?.shell.currentWidget?.context?.path === name"
ENDED = """() => {
    const panel = window.jupyterapp.shell.currentWidget;
    const cells = panel.content.widgets.filter(c => c.model.type === 'code' && c.model.sharedModel.source.trim());
    const failed = cells.some(c => c.model.sharedModel.outputs.some(o => o.output_type === 'error'));
    return (failed || cells.every(c => c.model.sharedModel.execution_count))
        && panel.sessionContext.session?.kernel?.status === 'idle'; }"""
IDLE = "() => window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'"
SHOWN = """() => window.jupyterapp.shell.currentWidget.content.widgets.filter(c => c.model.type === 'code').map(
    c => ({id: c.model.id, outputs: c.model.sharedModel.outputs}))"""
# A notebook that is closed before all its cells are drawn, JupyterLab goes on drawing, and fails.
GO_ON = """async path => {
    const app = window.jupyterapp, panel = app.shell.currentWidget;
    if (panel?.sessionContext) {
        while (panel.content.cellsArray.some(cell => cell.isPlaceholder()))
            await new Promise(drawn => setTimeout(drawn, 50));
        await panel.sessionContext.shutdown();
        panel.dispose();
    }
    await app.commands.execute('docmanager:open', {path}); }"""
SAVE = """([path, content]) => window.jupyterapp.serviceManager.contents.save(
    path, {type: 'notebook', format: 'json', content})"""


def built(build, *args, **more):
    """Build the browser edition, or skip where its Python cannot be fetched: no network, say. CI has one."""
    try:
        build(*args, **more)
    except runtime.NotFetched as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


def solved(lesson):
    """The released notebook of a lesson with every answer written in."""
    book = nbformat.read(ROOT / "course" / f"{lesson}.ipynb", as_version=4)
    source = nbformat.read(ROOT / "solutions" / f"{lesson}.ipynb", as_version=4)
    answers = {cell.id: cell.source for cell in source.cells}
    for cell in book.cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("solution"):
            cell.source = answers[cell.id]
    return book


def open_lab(page, address):
    """Open JupyterLite without a notebook."""
    page.goto(f"{address}lite/lab/index.html")
    until(page, "() => window.jupyterapp?.restored.then(() => true)")


def open_lesson(page, address, name):
    """Open a notebook by its link, which loads JupyterLite, and wait until its kernel is there."""
    page.goto(f"{address}lite/lab/index.html?path={name}.ipynb")
    until(page, OPEN, f"{name}.ipynb")
    ready(page)


def go_on(page, name):
    """End the kernel of the open notebook, if one is open, close it as it was saved, and open another in the page."""
    page.evaluate(GO_ON, f"{name}.ipynb")
    until(page, OPEN, f"{name}.ipynb")
    ready(page)


def put(page, lesson, book=None):
    """Save a notebook, solved by default, in the browser's storage as the learner's own copy."""
    page.evaluate(SAVE, [f"{lesson}.ipynb", dict(book or solved(lesson))])


def forget(page, lesson):
    """Take the learner's own copy out of the browser's storage: the site's is opened next."""
    page.evaluate("path => window.jupyterapp.serviceManager.contents.delete(path)", f"{lesson}.ipynb")


def pythons(page):
    """How many kernels run in the page."""
    return page.evaluate("() => [...window.jupyterapp.serviceManager.kernels.running()].length")


def run_all(page, timeout=400_000):
    """Run every cell -> seconds. It ends at the last cell, or at one that fails."""
    start = time.perf_counter()
    page.evaluate("() => { window.jupyterapp.commands.execute('runmenu:run-all'); }")
    until(page, ENDED, timeout=timeout)
    return time.perf_counter() - start


def texts(page):
    """{cell id: the plain text of its outputs} of the code cells."""
    def plain(output):
        if output["output_type"] == "error":
            return f"{output['ename']}: {output['evalue']}"
        return "".join(output.get("text", "") or output.get("data", {}).get("text/plain", ""))
    return {cell["id"]: "\n".join(map(plain, cell["outputs"])) for cell in page.evaluate(SHOWN)}


def failures(page):
    """What went wrong in cells: errors, and checks that did not pass."""
    found = []
    for cell in page.evaluate(SHOWN):
        for output in cell["outputs"]:
            text = "".join(output.get("data", {}).get("text/plain", ""))
            if output["output_type"] == "error" or text.startswith(("✗", "○")):
                found.append((cell["id"], output.get("evalue") or text))
    return found


def run_cell(page, number, source, wait=True):
    """Write `source` into a code cell and run it."""
    page.evaluate("""([number, source]) => {
        const panel = window.jupyterapp.shell.currentWidget, content = panel.content;
        const cell = content.widgets.filter(c => c.model.type === 'code')[number];
        cell.model.sharedModel.setSource(source);
        content.activeCellIndex = content.widgets.indexOf(cell);
        window.jupyterapp.commands.execute('notebook:run-cell');
    }""", [number, source])
    if wait:
        page.wait_for_timeout(300)
        until(page, IDLE)
