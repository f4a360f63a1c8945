"""The playground: epochs a second in the page against the kernel's, frames while it trains, key press to picture."""

import gzip
import statistics
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / "support"), str(ROOT / "course")]
HIDDEN, NETS, EPOCHS, ROUNDS = 6, 20, 10, 7
OPEN = """async ([script, state]) => {
    const model = {get: key => state[key], set: (key, v) => { state[key] = v; }, save_changes() {}, on() {}, off() {}};
    const url = URL.createObjectURL(new Blob([script], {type: "text/javascript"}));
    window.page = await import(url);
    page.default.render({model, el: document.getElementById("here")});
    window.settings = state.settings; }"""
# Milliseconds for some epochs of one net, or of many one after another.
TRAIN = """([count, epochs]) => {
    const {Training, ACTIVATIONS, SCHEMES} = page;
    const nets = Array.from({length: count}, (_, seed) => new Training({...settings, seed},
        {activation: ACTIVATIONS[settings.activation], scheme: SCHEMES[settings.init]}));
    const start = performance.now();
    for (const t of nets) for (let k = 0; k < epochs; k++) while (!t.step());
    return performance.now() - start; }"""
# Frames a second, each counted only if the picture of the net has been drawn in it.
FRAMES = """async seconds => {
    let drawn = 0, shown = 0;
    const clear = CanvasRenderingContext2D.prototype.clearRect;
    CanvasRenderingContext2D.prototype.clearRect = function (...at) { drawn += 1; return clear.apply(this, at); };
    const start = performance.now();
    await new Promise(done => {
        const frame = now => {
            shown += drawn > 0;
            drawn = 0;
            now - start > seconds * 1000 ? done() : requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
    });
    CanvasRenderingContext2D.prototype.clearRect = clear;
    return shown / seconds; }"""


def in_kernel(count):
    from crease import data, nets
    X, y = data.circle(seed=0)
    seeds = range(count) if count > 1 else 0
    net = nets.init([2, *[8] * HIDDEN, 1], "sigmoid", scheme="playground", output="tanh", bias=0.1, seeds=seeds)
    training = nets.epochs(net, X, 2 * y - 1, loss="mse", lr=0.03, batch=10, seeds=seeds)
    next(training)
    start = time.perf_counter()
    for _ in range(EPOCHS):
        next(training)
    return 1000 * (time.perf_counter() - start)


def measure():
    from browser import CHROMIUM, browser
    from crease.widgets.playground import Playground, playground
    from widgets import p95, press
    if not CHROMIUM:
        return {}
    widget = playground(layers=[8] * HIDDEN)
    script = Playground._esm + "\nexport {Training, ACTIVATIONS, SCHEMES};"
    state = {name: getattr(widget, name) for name in ("defaults", "settings", "functions", "deviations", "hide")}
    found = {1: ([], []), NETS: ([], [])}
    with browser(1280, 800) as context:
        page = context.new_page()
        page.set_content(f"<!doctype html><style>{Playground._css}</style><div id=here></div>")
        page.evaluate(OPEN, [script, state])
        page.get_by_role("application").wait_for()
        page.evaluate(TRAIN, [3, 40])  # until the page's compiler has seen it
        for _ in range(ROUNDS):  # in turn, so that both meet the same machine
            for count, (kernel, there) in found.items():
                kernel.append(in_kernel(count))
                there.append(page.evaluate(TRAIN, [count, EPOCHS]))
        page.get_by_role("button", name="▶ Play").click()
        page.wait_for_timeout(1000)
        training = page.evaluate(FRAMES, 4)
        page.get_by_role("button", name="Pause").click()
        page.wait_for_timeout(500)
        page.get_by_role("application").focus()
        page.keyboard.press("w")
        drawn, shown, _ = press(page, "+-")
    ratio = {count: statistics.median(np.divide(*times)) for count, times in found.items()}
    text = (Playground._esm + Playground._css).encode()
    return {"epochs a second, one net of 6 × 8: page / kernel": ratio[1],
            "epochs a second, 20 nets of 6 × 8: page / kernel": ratio[NETS],
            "epochs a second in the page, one net of 6 × 8": 1000 * EPOCHS / min(found[1][1]),
            "frames a second while it trains": training,
            "key press to changed weight drawn: median ms": statistics.median(drawn),
            "key press to changed weight drawn: 95th percentile ms": p95(drawn),
            "key press to the frame that shows it: 95th percentile ms": p95(shown),
            "script and style: kB": len(text) / 1000,
            "script and style, compressed: kB": len(gzip.compress(text)) / 1000}
