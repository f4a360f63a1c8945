"""The widgets in a real Chromium without a kernel: key press to picture, frames while the film plays, size shipped."""

import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))
PRESSES, HELD, REST = 60, 30, 350  # ms between two presses of a key that is held; every sixth comes from rest
# Where to press: the first of these in each widget.
PLACES = {"sheet": ".crease-handle", "guess": "[role=slider]", "rate_lens": "[role=slider]",
          "graph": "input[type=range]", "digit_pad": "canvas"}
# Of each press, counted from the moment at which the browser got the key, with what the page kept it waiting: until all
# of the drawing that follows has been done, until the frame that shows it has been handed on; and the drawing alone.
WATCH = """() => {
    const wipe = CanvasRenderingContext2D.prototype.clearRect;
    let open = null;
    window.found = [];
    document.addEventListener("keydown", event => { open = event.timeStamp; }, true);
    CanvasRenderingContext2D.prototype.clearRect = function (...box) {
        if (open !== null) {
            const [pressed, begun] = [open, performance.now()];
            open = null;
            queueMicrotask(() => {
                const row = [performance.now() - pressed, null, performance.now() - begun];
                requestAnimationFrame(() => {
                    const after = new MessageChannel();
                    after.port1.onmessage = () => { row[1] = performance.now() - pressed; found.push(row); };
                    after.port2.postMessage(0);
                });
            });
        }
        return wipe.apply(this, box);
    }; }"""
FRAMES = """seconds => new Promise(done => {
    let count = 0;
    const start = performance.now(), turn = now => {
        count++;
        if (now - start < 1000 * seconds) requestAnimationFrame(turn); else done(1000 * count / (now - start)); };
    requestAnimationFrame(turn); })"""


def press(page, keys):
    """Press keys in turn -> (to the end of the drawing, to the frame, drawing alone), ms of each press."""
    page.evaluate(WATCH)
    for i in range(PRESSES):
        page.wait_for_timeout(HELD if i % 6 else REST)
        page.keyboard.press(keys[i % len(keys)])
    page.wait_for_timeout(REST)
    return zip(*page.evaluate("found"))


def p95(values):
    return statistics.quantiles(values, n=20)[-1]


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
            page.locator(place).first.focus()
            drawn, shown, drawing = press(page, ["ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft"])
            found |= {f"{name}: key to picture, median ms": statistics.median(drawn),
                      f"{name}: key to picture, 95th percentile ms": p95(drawn),
                      f"{name}: key to frame, 95th percentile ms": p95(shown),
                      f"{name}: of it drawing, median ms": statistics.median(drawing)}
            page.close()
        page = context.new_page()
        page.set_content("<html><body></body></html>")
        idle = page.evaluate(FRAMES, 3)
        put(page, crease.widgets.sheet_film())
        found["sheet_film: frames a second / those of an empty page"] = page.evaluate(FRAMES, 6) / idle
        page.close()
    return found
