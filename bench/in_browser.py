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

import lite  # noqa: E402
import litelab  # noqa: E402
import make_site  # noqa: E402
from browser import browser  # noqa: E402


def native(lesson):
    """Seconds of the same notebook in a kernel of this machine, without its start."""
    with tempfile.TemporaryDirectory() as folder:
        book = litelab.solved(lesson)
        nbformat.write(book, Path(folder) / f"{lesson}.ipynb")  # for its last cell, which grades the saved file
        client = NotebookClient(book, timeout=600, kernel_name="python3", resources={"metadata": {"path": folder}})
        with client.setup_kernel():
            start = time.perf_counter()
            for index, cell in enumerate(book.cells):
                client.execute_cell(cell, index)
            return time.perf_counter() - start


def memory():
    """Megabytes that the largest process below this one holds alone."""
    found = []
    for process in psutil.Process().children(recursive=True):
        try:
            found.append(process.memory_full_info().uss / 1e6)
        except psutil.Error:
            continue
    return max(found)


def worked(context, address, lesson):
    """(seconds until the notebook is there, seconds of all cells with Python's start, MB) of a solved lesson."""
    page, start = context.new_page(), time.perf_counter()
    litelab.open_lesson(page, address, lesson)
    there = time.perf_counter() - start
    litelab.put(page, lesson)
    litelab.open_lesson(page, address, lesson)
    seconds = litelab.run_all(page, timeout=900_000)
    said = "\n".join(litelab.texts(page).values())
    points = sum(cell.metadata.get("nbgrader", {}).get("points", 0) for cell in litelab.solved(lesson).cells)
    if litelab.failures(page) or f"{points:g} of {points:g} points" not in said:
        raise AssertionError(f"{lesson} in the browser: {litelab.failures(page) or 'not the full score'}")
    held = memory()
    page.close()
    return there, seconds, held


def measure():
    found, ratios = {}, []
    with tempfile.TemporaryDirectory() as folder:
        names = make_site.lessons()
        lite.build(Path(folder) / "lite", names)
        sizes = [path.stat().st_size for path in (Path(folder) / "lite/extensions/crease-kernel/static").glob("*.gz")]
        found["Python, compressed: MB"] = sum(sizes) / 1e6
        with make_site.server(folder) as running:
            threading.Thread(target=running.serve_forever, daemon=True).start()
            address = f"http://127.0.0.1:{running.server_port}/"
            for name in names:
                with browser(1280, 900) as context:
                    there, seconds, held = worked(context, address, name)
                ratios.append(seconds / native(name))
                found |= {f"{name[:2]}: s": seconds, f"{name[:2]}: browser / native": ratios[-1],
                          f"{name[:2]}: MB": held, "notebook there: s": there}
            running.shutdown()
    found["largest browser / native"] = max(ratios)
    return found
