"""The widgets in a real Chromium without a kernel: key press to picture, frames while the film plays, size shipped."""

import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))
PRESSES = 60
# Where to press: the first of these in each widget. `picture` is when the drawing that follows a key has ended.
PLACES = {"sheet": ".crease-handle", "guess": "[role=slider]", "rate_lens": "[role=slider]",
          "graph": "input[type=range]", "digit_pad": "canvas"}
WATCH = """() => {
    const wipe = CanvasRenderingContext2D.prototype.clearRect;
    window.pressed = 0;
    window.found = [];
    document.addEventListener("keydown", () => { window.pressed = performance.now(); window.open = true; }, true);
    CanvasRenderingContext2D.prototype.clearRect = function (...box) {
        const begun = performance.now();
        queueMicrotask(() => {
            if (window.open) window.found.push([performance.now() - window.pressed, performance.now() - begun]);
            window.open = false;
        });
        return wipe.apply(this, box);
    }; }"""
FRAMES = """seconds => new Promise(done => {
    let count = 0;
    const start = performance.now(), turn = now => {
        count++;
        if (now - start < 1000 * seconds) requestAnimationFrame(turn); else done(1000 * count / (now - start)); };
    requestAnimationFrame(turn); })"""


def measure():
    import crease.widgets
    from browser import browser
    from nokernel import put
    found = {}
    with browser(900, 900) as context:
        for name, place in PLACES.items():
            page = context.new_page()
            state = put(page, getattr(crease.widgets, name)())
            found[f"{name}: kB of script and style"] = (len(state["_esm"]) + len(state["_css"])) / 1000
            page.evaluate(WATCH)
            target = page.locator(place).first
            target.focus()
            for i in range(PRESSES):
                target.press("ArrowRight" if i % 4 < 2 else "ArrowLeft")
                page.wait_for_timeout(30)
            whole, drawing = zip(*page.evaluate("window.found"))
            found[f"{name}: key to picture, median ms"] = statistics.median(whole)
            found[f"{name}: key to picture, 95th percentile ms"] = statistics.quantiles(whole, n=20)[-1]
            found[f"{name}: of it drawing, median ms"] = statistics.median(drawing)
            page.close()
        page = context.new_page()
        page.set_content("<html><body></body></html>")
        idle = page.evaluate(FRAMES, 3)
        put(page, crease.widgets.sheet_film())
        found["sheet_film: frames a second / those of an empty page"] = page.evaluate(FRAMES, 6) / idle
        page.close()
    return found
