"""A real JupyterLab in a real Chromium, for tests: start a server, open a notebook, run it, read what is shown."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

from common import ROOT

SETTINGS = ROOT / "course" / "crease" / "page" / "jupyter"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]

PATIENCE = 120_000  # milliseconds: a loaded machine takes its time


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@contextmanager
def lab(folder, scratch):
    """A JupyterLab server on `folder` with the course's settings, the rest under `scratch` -> address, token."""
    port, token = free_port(), secrets.token_hex(8)
    env = {k: v for k, v in os.environ.items() if k != "NBGRADER_EXECUTION"}
    for name in ("CONFIG", "DATA", "RUNTIME"):
        env[f"JUPYTER_{name}_DIR"] = str(scratch / name.lower())
    env |= {"IPYTHONDIR": str(scratch / "ipython"), "JUPYTER_CONFIG_PATH": str(SETTINGS / "etc" / "jupyter")}
    with open(scratch / "lab.log", "w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}",
             f"--IdentityProvider.token={token}", "--LabApp.expose_app_in_browser=True",
             "--JupyterNotebookApp.expose_app_in_browser=True",
             "--KernelManager.shutdown_wait_time=1",
             f"--LabApp.app_settings_dir={SETTINGS / 'share' / 'jupyter' / 'lab' / 'settings'}"],
            cwd=folder, env=env, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address}/api?token={token}", timeout=2)
                break
            except OSError:
                if server.poll() is not None:
                    raise RuntimeError((scratch / "lab.log").read_text()) from None
                time.sleep(0.25)
        yield address, token
    finally:
        server.terminate()
        server.wait(20)


@contextmanager
def browser(width=1280, height=1600):
    from playwright.sync_api import expect, sync_playwright
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as p:
        chrome = p.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        try:
            context = chrome.new_context(viewport={"width": width, "height": height})
            context.set_default_timeout(PATIENCE)
            yield context
        finally:
            chrome.close()


def until(page, state, arg=None, timeout=PATIENCE):
    """Wait for a state of the page, which is asked five times a second: at every frame, as Playwright does by itself,
    the page is as busy with answering as with a lesson's small cells."""
    page.wait_for_function(state, arg=arg, timeout=timeout, polling=200)


def open_notebook(context, server, name, dark=False, way="doc", anew=False):
    """A page with the notebook open and its kernel idle; `page.problems` collects console errors and where.

    It is the page that `leave` left, where there is one: JupyterLab takes seconds to load. anew: not that one.
    way: "doc" shows one document, "lab" all of JupyterLab.
    """
    address, token = server
    page = next((p for p in context.pages if getattr(p, "left", "") == way and not anew), None)
    if page:
        page.problems.clear()
        page.evaluate("path => { window.jupyterapp.commands.execute('docmanager:open', {path}); }", name)
    else:
        page = context.new_page()
        page.problems, page.way = [], way
        page.on("console", lambda m: m.type == "error" and page.problems.append(f"{m.text} {m.location.get('url')}"))
        page.on("pageerror", lambda e: page.problems.append(str(e)))
        page.goto(f"{address}/{way}/tree/{name}?reset&token={token}")
    page.left = ""
    ready(page)
    change_theme(page, "JupyterLab Dark" if dark else "JupyterLab Light")
    # Every cell's output is to be in the page, not only those on screen.
    page.evaluate("window.jupyterapp.shell.currentWidget.content.notebookConfig = "
                  "{...window.jupyterapp.shell.currentWidget.content.notebookConfig, windowingMode: 'none'}")
    return page


def ready(page):
    """Wait until the page knows its notebook's kernel: before, Run All runs nothing and says nothing."""
    for state in ("context?.isReady", "sessionContext.session?.kernel?.status === 'idle'"):
        until(page, f"window.jupyterapp?.shell.currentWidget?.{state}")


def change_theme(page, theme):
    page.evaluate("theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", theme)
    page.wait_for_function("dark => (document.body.dataset.jpThemeLight === 'false') === dark", arg="Dark" in theme)


def run_all(page, timeout=3 * PATIENCE):
    """Run All of the Run menu; it has to reach the last cell."""
    page.evaluate("window.jupyterapp.commands.execute('runmenu:run-all')")
    until(page, """() => {
        const panel = window.jupyterapp.shell.currentWidget;
        const cells = panel.content.widgets.filter(c => c.model.type === 'code' && c.model.sharedModel.source.trim());
        return cells.every(c => c.model.sharedModel.execution_count)
            && panel.sessionContext.session.kernel.status === 'idle';
        }""", timeout=timeout)


def save(page):
    page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")


def leave(page):
    """Close the notebook and end its kernel; the page stays, for another one."""
    page.evaluate("""async () => {
        const panel = window.jupyterapp.shell.currentWidget;
        await panel.sessionContext.shutdown();
        panel.dispose(); }""")
    page.wait_for_function("!document.querySelector('.jp-NotebookPanel')")
    page.left = page.way


def close(page):
    """Close the page, and end its kernel."""
    leave(page)
    page.close()


def faint(page):
    """[(contrast, words)] of all text in outputs below 4.5 : 1, from the colours that are really there."""
    return page.evaluate("""() => {
        const parts = colour => colour.match(/[\\d.]+/g).map(Number);
        const over = ([r, g, b, a = 1], [x, y, z]) => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a)];
        const light = rgb => rgb.map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
        const behind = element => !element ? [255, 255, 255]
            : over(parts(getComputedStyle(element).backgroundColor), behind(element.parentElement));
        const found = [];
        for (const area of document.querySelectorAll('.jp-OutputArea-output')) {
            const texts = document.createTreeWalker(area, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) {
                const element = texts.currentNode.parentElement, words = texts.currentNode.data.trim();
                if (!words || !element.checkVisibility() || element.closest('style, script, svg, :disabled')) continue;
                const back = behind(element), front = over(parts(getComputedStyle(element).color), back);
                const [low, high] = [light(back), light(front)].sort((a, b) => a - b);
                const contrast = (high + 0.05) / (low + 0.05);
                if (contrast < 4.5) found.push([contrast.toFixed(2), words.slice(0, 60), element.className]);
            }
        }
        return found; }""")
