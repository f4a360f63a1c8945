"""The browser edition: every lesson, solved, worked through in JupyterLite in Chromium, against the same cells here.

It ends with what went wrong where a check is not green or a score is not full.
"""

import sys
import tempfile
import threading
import time
from pathlib import Path

import nbformat
import psutil
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "site"), str(ROOT / "tests" / "support")]

import litelab  # noqa: E402
import make_site  # noqa: E402
from browser import browser  # noqa: E402
from plain import plain  # noqa: E402


class Counting(make_site.Handler):
    """Hands out the site, and counts the bytes that go over the line, for the page and for its workers."""

    sent = 0

    def copyfile(self, source, outputfile):
        data = source.read()
        Counting.sent += len(data)
        outputfile.write(data)


def native(lesson):
    """(seconds, of them the kernel's start) of the same notebook in a kernel of this machine that is not there yet."""
    with tempfile.TemporaryDirectory() as folder:
        book = litelab.solved(lesson)
        nbformat.write(book, Path(folder) / f"{lesson}.ipynb")  # for its last cell, which grades the saved file
        client = NotebookClient(book, timeout=600, kernel_name="python3", resources={"metadata": {"path": folder}})
        start = time.perf_counter()
        with client.setup_kernel():
            begun = time.perf_counter() - start
            for index, cell in enumerate(book.cells):
                client.execute_cell(cell, index)
            return time.perf_counter() - start, begun


def memory():
    """USS in MB of the largest process below this one, what it holds alone: the tab with its workers."""
    found = [0]
    for process in psutil.Process().children(recursive=True):
        try:
            found.append(process.memory_full_info().uss / 1e6)
        except psutil.Error:
            continue
    return max(found)


def worked(address, lesson):
    """{what: seconds or MB} of a solved lesson in a fresh page, from Run All on, so with Python's start, and with its
    way to the browser; its score has to be full. Nothing is collected by force."""
    with plain(1280, 900) as chrome:
        page = chrome.new_page()
        litelab.open_lesson(page, address, lesson)
        litelab.put(page, lesson)
        page = chrome.new_page()
        litelab.open_lesson(page, address, lesson)
        alone = memory()
        seconds = litelab.run_all(page, timeout=900_000)
        end = memory()
        said = "\n".join(litelab.texts(page).values())
        points = sum(cell.metadata.get("nbgrader", {}).get("points", 0) for cell in litelab.solved(lesson).cells)
        if litelab.failures(page) or f"{points:g} of {points:g} points" not in said:
            raise AssertionError(f"{lesson} in the browser: {litelab.failures(page) or 'not the full score'}")
        page.wait_for_timeout(15_000)
        return {"s": seconds, "MB at the end": end, "MB 15 s later": memory(), "MB of JupyterLite alone": alone}


def visited(running, address, lesson):
    """Seconds and MB of a first visit, of a second, and of one when the server is gone."""
    found = {}
    with browser(1280, 900) as context:
        page, start, Counting.sent = context.new_page(), time.perf_counter(), 0
        page.goto(f"{address}{lesson}.html", wait_until="commit")
        page.locator("h1").wait_for()
        found["text readable: s"] = time.perf_counter() - start
        page.goto(address)
        for visit in ("first", "second", "offline"):
            page.close()
            if visit == "offline":
                running.shutdown()
                running.server_close()
            page, start = context.new_page(), time.perf_counter()
            litelab.open_lesson(page, address, lesson)
            found[f"{visit} visit: notebook there: s"] = time.perf_counter() - start
            litelab.run_cell(page, 0, "1 + 1")
            found[f"{visit} visit: first cell answered: s"] = time.perf_counter() - start
            if visit == "first":
                found["first visit until the first cell: MB"] = Counting.sent / 1e6
                page.wait_for_timeout(20_000)  # the rest is kept meanwhile, for a time without a network
                found["first visit with all that is kept: MB"] = Counting.sent / 1e6
    return found


def served(folder):
    make_site.Handler = Counting
    running = make_site.server(folder)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    return running, f"http://127.0.0.1:{running.server_port}/"


def measure():
    found, ratios = {}, []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "site"
        make_site.build(folder)
        found["Python, compressed: MB"] = sum(path.stat().st_size for path in folder.rglob("*.gz")) / 1e6
        running, address = served(folder)
        names = make_site.lessons()
        for name in names:
            there = worked(address, name)
            here, begun = native(name)
            ratios.append(there["s"] / here)
            found |= {f"{name[:2]}: native s": here, f"{name[:2]}: of them the kernel's start": begun}
            found |= {f"{name[:2]}: {what}": value for what, value in there.items()}
            found[f"{name[:2]}: browser / native"] = ratios[-1]
        found |= visited(running, address, names[1])
    found["largest browser / native"] = max(ratios)
    found["largest MB at the end"] = max(value for what, value in found.items() if what.endswith("MB at the end"))
    return found
