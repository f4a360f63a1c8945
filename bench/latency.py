"""Key press to new picture in a real Chromium: every slider of every lesson, against what one would otherwise have,
`interact` re-plotting the same figure in JupyterLab as it comes (without `crease.page.server`)."""

import json
import re
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))
PRESSES = 20
NAIVE = '''
import io
from IPython.display import Image, display
from ipywidgets import interact

def live(figure, *, caption="", stills=(), still_width=0, **controls):
    def draw(**values):
        out = io.BytesIO()
        figure(**values).figure.savefig(out, format="png")
        display(Image(out.getvalue()))
    interact(draw, **controls)
'''
WATCH = """area => {
    const seen = () => area.querySelector("img[src^='data:image/png']");
    window.shown = 0;
    let last = seen().src;
    window.watcher?.disconnect();
    window.watcher = new MutationObserver(async () => {
        const image = seen();
        if (image && image.src !== last) {
            last = image.src;
            await image.decode();
            window.shown = performance.now();
        }
    });
    window.watcher.observe(area, {subtree: true, childList: true, attributes: true});
    document.addEventListener('keydown', () => { window.pressed = performance.now(); }, true);
}"""


def sliders_only(lesson, naive):
    """The lesson up to its imports, and its `live` cells, to be run without the rest."""
    book = nbformat.read(ROOT / "course" / f"{lesson}.ipynb", as_version=4)
    code = [c for c in book.cells if c.cell_type == "code"]
    setup = 1 + next(i for i, c in enumerate(code) if re.search(r"\bimport .*\blive\b", c.source))
    book.cells = [*code[:setup], *([nbformat.v4.new_code_cell(NAIVE)] if naive else []),
                  *(c for c in code[setup:] if re.match(r"live\(", c.source))]
    return book


def times(page):
    """{caption of the slider: milliseconds of each press} for the notebook on the page."""
    found = {}
    for area in page.locator(".jp-OutputArea:has(img[src^='data:image/png'])").all():  # a widget draws by itself
        handles = area.locator("[role=slider]")
        for i in range(handles.count()):
            handle = handles.nth(i)
            name = handle.locator("xpath=ancestor::*[contains(@class,'widget-inline-hbox')]").first.inner_text()
            name = name.split("\n")[0].replace("_", " ")
            area.evaluate(WATCH)
            taken = []
            for press in range(PRESSES + 2):
                handle.focus()
                at_end = handle.get_attribute("aria-valuenow") == handle.get_attribute("aria-valuemax")
                page.keyboard.press("ArrowLeft" if at_end or press % 2 else "ArrowRight")
                page.wait_for_function("window.shown > window.pressed", timeout=20_000)
                taken.append(page.evaluate("window.shown - window.pressed"))
                page.wait_for_timeout(20)
            found.setdefault(name, []).extend(taken[2:])  # the first press may train or draw what is kept later
    return found


def p95(values):
    return statistics.quantiles(values, n=20)[-1]


def measure():
    from browser import CHROMIUM, browser, lab, open_notebook, run_all
    if not CHROMIUM:
        return {}
    lessons, taken = [path.stem for path in sorted((ROOT / "course").glob("[0-9]*.ipynb"))], {}
    with tempfile.TemporaryDirectory() as folder, browser() as context:
        for kind in ("kept", "naive"):
            scratch = Path(folder) / kind
            shutil.copytree(ROOT / "course" / "crease", scratch / "course" / "crease")
            (scratch / "config").mkdir()
            (scratch / "config" / "jupyter_server_config.json").write_text(json.dumps(
                {"ServerApp": {"jpserver_extensions": {"crease.page.server": kind == "kept"}}}))
            for lesson in lessons:
                nbformat.write(sliders_only(lesson, kind == "naive"), scratch / "course" / f"{lesson}.ipynb")
            with lab(scratch / "course", scratch) as server:
                for lesson in lessons:
                    page = open_notebook(context, server, f"{lesson}.ipynb")
                    run_all(page)
                    page.wait_for_timeout(500)
                    taken[kind, lesson] = times(page)
                    page.close()
    results, worst, ratios = {}, [], []
    for lesson in lessons:
        for name, kept in taken["kept", lesson].items():
            middle, what = statistics.median(kept), f"{lesson[:2]} {name}"
            worst.append(p95(kept))
            ratios.append(statistics.median(taken["naive", lesson][name]) / middle)
            results |= {f"{what}: median ms": middle, f"{what}: 95th percentile ms": worst[-1],
                        f"{what}: naive / kept": ratios[-1]}
    return results | {"every slider: largest 95th percentile ms": max(worst),
                      "every slider: middle naive / kept": statistics.median(ratios)}
