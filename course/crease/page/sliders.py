"""Sliders over a figure function; without a live front end, a still grid of the same figure."""

import asyncio
import html
import inspect
import struct
import time
import traceback
import zlib

import ipywidgets as W
import numpy as np
from IPython.display import HTML, Javascript, display
from ipywidgets.widgets.interaction import interactive

from crease import plot
from crease.mode import still

REST = 0.3  # seconds without a move until the picture is drawn once more, finely
# ipywidgets gives the handle of a slider no name for screen readers; the label beside it is one. Escape leads from a
# slider back to its cell, Shift+Enter to the next one: JupyterLab would run this one anew, and the slider jump back.
KEYS = """window.creaseNames ??= new MutationObserver(() => {
    for (const handle of document.querySelectorAll(".widget-slider [role=slider]:not([aria-label])"))
        handle.setAttribute("aria-label", handle.closest(".widget-slider").querySelector("label").textContent);
});
window.creaseNames.observe(document.body, {subtree: true, childList: true});
window.creaseKeys ??= window.addEventListener("keydown", event => {
    const cell = event.target.closest?.(".crease-live")?.closest(".jp-Cell");
    const on = event.shiftKey && event.key === "Enter";
    if (cell && on) event.stopPropagation();
    if (on || event.key === "Escape") (on ? cell?.nextElementSibling : cell)?.focus();
}, true) ?? true;"""
# What is saved of a slider outlives its kernel. Then its knobs rest, and a line says how they come alive again.
ASLEEP = f"""{plot.THEMES}<style>
.crease-asleep {{ display: none; }}
.jupyter-widgets-disconnected .crease-asleep {{ display: block; }}
.jupyter-widgets-disconnected::before {{ content: none; }}
.crease-live.jupyter-widgets-disconnected .crease-knobs {{ opacity: .5; pointer-events: none; }}
</style><div class="crease-asleep">○ Run this cell to make it move.</div>"""


class Live(W.Box):
    """Controls beside a picture, or above it where there is no room; where widgets cannot be shown, `still` (HTML)."""

    def __init__(self, controls, pictures, width, still):
        knobs = W.Box(controls, layout={"flex": "1 1 22em", "flex_flow": "row wrap"}).add_class("crease-knobs")
        shown = W.VBox([*pictures, W.HTML(ASLEEP)], layout={"flex": f"100 1 {0.75 * width:.0f}px",
                                                           "max_width": f"{width + 8}px", "min_width": "0"})
        super().__init__([knobs, shown], layout={"flex_flow": "row-reverse wrap", "justify_content": "flex-end",
                                                 "align_items": "center"})
        self.add_class("crease-live")
        self.still = still

    def _repr_mimebundle_(self, **kw):
        bundle = super()._repr_mimebundle_(**kw)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        return {**data, "text/html": self.still}, metadata

    def show(self):
        display(Javascript(KEYS))
        display(self)


class Picture(W.HTML):
    """A figure on the page, drawn quickly while it moves and sharply once it rests; what was drawn once is kept."""

    resting, at, moved = None, None, 0.0  # the last of them all: when any of them moved

    def __init__(self, *args, **kw):
        super().__init__(*args, **kw)
        self.quick, self.sharp = {}, {}  # parameters -> the picture there

    def move(self, fig, at):
        """Show `fig` as it is with the parameters `at`."""
        self.at, Picture.moved = at, time.monotonic()
        if self.resting:
            self.resting.cancel()
        if at not in self.sharp and at not in self.quick:
            self.quick[at] = frame(fig)
        self.value = self.sharp.get(at) or self.quick[at]
        try:
            self.resting = None if at in self.sharp else asyncio.get_running_loop().create_task(self.rest(fig, at))
        except RuntimeError:  # no kernel, nobody to look
            self.resting = None

    async def rest(self, fig, at):
        while (left := Picture.moved + REST - time.monotonic()) > 0:  # not while another is in hand: it would wait
            await asyncio.sleep(left)
        with plot.DRAWING:
            if at != self.at:  # moved by another thread, which could not call this one off
                return
            drawn, alt = plot.pixels(fig, plot.FINE), fig.alt
        shown = plot.image(fig, alt, await asyncio.to_thread(plot.small_png, drawn))
        with plot.DRAWING:
            self.sharp[at] = shown
            self.quick.clear()
            if at == self.at:
                self.value = shown


def live(figure, *, caption="", stills=(), still_width=380, **controls):
    """Show `figure(**parameters)` with a control for each parameter named in `controls`.

    controls: (low, high), (low, high, step), a list of choices, or a bool, as in ipywidgets' `interact`;
        the starting values are the defaults of `figure`.
    stills: parameter dicts of the still grid; by default one figure at the starting values.
    still_width: of each still in pixels, where there are several.
    caption: one sentence that says what to see; under a live figure it comes with the first move.
    """
    stills = [dict(s) for s in stills] or [{}]
    defaults = {k: p.default for k, p in inspect.signature(figure).parameters.items()}
    if still():
        return display(HTML(strip(figure, defaults, stills, caption, still_width)))
    knobs = {name: interactive.widget_from_abbrev(given, defaults[name]) for name, given in controls.items()}
    fig = figure(**{name: knob.value for name, knob in knobs.items()})
    for name, knob in knobs.items():
        knob.description = name.replace("_", " ")
        knob.style.description_width, knob.layout = "6em", {"width": "auto", "flex": "1 1 22em", "max_width": "30em"}
    plot.pixels(fig)  # so that the first move, too, finds all that stays already drawn
    first = plot.picture(fig)
    picture, words = Picture(first), W.HTML()

    def update(_):
        nonlocal fig
        values = {name: knob.value for name, knob in knobs.items()}
        try:
            with plot.DRAWING:
                fig = moved(figure, fig, values)
                picture.move(fig, tuple(values.values()))
            words.value = html.escape(caption)
        except Exception:
            picture.value = f"<pre>{html.escape(traceback.format_exc(limit=-2))}</pre>"
            raise

    for knob in knobs.values():
        knob.observe(update, "value")
    Live(list(knobs.values()), [picture, words], 100 * fig.figure.get_figwidth(), first).show()


def frame(fig):
    """The figure, drawn quickly, as an `<img>` with its alt text."""
    return plot.image(fig, fig.alt, quick_png(plot.pixels(fig)))


def quick_png(pixels):
    """RGB pixels (height, width, 3) as PNG without its filters; Pillow tries all of them, in three times the time."""
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + 3 * width), np.uint8)  # each begins with the number of its filter
    rows[:, 1:] = pixels.reshape(height, -1)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)  # 8 bits each of red, green and blue
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(struct.pack(">I", len(data)) + kind + data + struct.pack(
        ">I", zlib.crc32(kind + data)) for kind, data in chunks)


def moved(figure, fig, values):
    """`figure(**values)`: `fig`, which it made before, moved there where it can be: quicker than another one."""
    if not isinstance(fig, plot.Moving):
        return figure(**values)
    fig.move(**values)
    return fig


def strip(figure, defaults, stills, caption, width):
    """The figure at a few parameter values, side by side, as HTML; `defaults` holds all its parameters'."""
    cells, fig = [], None
    for values in stills:
        label = ", ".join(f"{k.replace('_', ' ')} = {v}" for k, v in values.items())
        fig = moved(figure, fig, defaults | values)
        cells.append(plot.picture(fig, caption=label, width=None if len(stills) == 1 else width))
    note = f"<p>{html.escape(caption)}</p>" if caption else ""
    return f'<div style="display:flex;flex-wrap:wrap;gap:8px">{"".join(cells)}</div>{note}'
