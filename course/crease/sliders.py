"""Sliders over a figure function; without a live front end, a still grid of the same figure."""

import html
import inspect
import traceback

import ipywidgets as W
from IPython.display import HTML, Javascript, display
from ipywidgets.widgets.interaction import interactive

from . import plot
from .mode import still

# ipywidgets gives the handle of a slider no name for screen readers; the label beside it is one.
NAME_HANDLES = """window.creaseNames ??= new MutationObserver(() => {
    for (const handle of document.querySelectorAll(".widget-slider [role=slider]:not([aria-label])"))
        handle.setAttribute("aria-label", handle.closest(".widget-slider").querySelector("label").textContent);
});
window.creaseNames.observe(document.body, {subtree: true, childList: true});"""


class Live(W.VBox):
    """Sliders and their picture; where widgets cannot be shown, the still grid."""

    def __init__(self, children, stills):
        super().__init__(children)
        self.stills = stills

    def _repr_mimebundle_(self, **kw):
        bundle = super()._repr_mimebundle_(**kw)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        return {**data, "text/html": self.stills()}, metadata

    def show(self):
        display(Javascript(NAME_HANDLES))
        display(self)


def live(figure, *, caption="", stills=(), still_width=380, **controls):
    """Show `figure(**parameters)` with a control for each parameter named in `controls`.

    controls: (low, high), (low, high, step), a list of choices, or a bool, as in ipywidgets' `interact`;
        the starting values are the defaults of `figure`.
    stills: parameter dicts of the still grid; by default one figure at the starting values.
    still_width: of each still in pixels, where there are several.
    caption: one sentence that says what to see.
    """
    stills = [dict(s) for s in stills] or [{}]

    def grid():
        return strip(figure, stills, caption, still_width)

    if still():
        display(HTML(grid()))
        return
    defaults = {k: p.default for k, p in inspect.signature(figure).parameters.items()}
    knobs = {name: interactive.widget_from_abbrev(given, defaults[name]) for name, given in controls.items()}
    fig = figure(**{name: knob.value for name, knob in knobs.items()})
    for name, knob in knobs.items():
        knob.description = name.replace("_", " ")
        knob.style.description_width, knob.layout.width = "9em", "32em"
    image = W.HTML(frame(fig))

    def update(_):
        nonlocal fig
        values = {name: knob.value for name, knob in knobs.items()}
        try:
            if isinstance(fig, plot.Moving):
                fig.move(**values)
            else:
                fig = figure(**values)
            image.value = frame(fig)
        except Exception:
            image.value = f"<pre>{html.escape(traceback.format_exc(limit=-2))}</pre>"
            raise

    for knob in knobs.values():
        knob.observe(update, "value")
    Live([*knobs.values(), image, W.HTML(html.escape(caption))], grid).show()


def frame(fig):
    """The picture as an `<img>` with its alt text."""
    return plot.image(fig, fig.alt, plot.png(fig))


def strip(figure, stills, caption, width):
    """The figure at a few parameter values, side by side, as HTML."""
    cells = []
    for values in stills:
        label = ", ".join(f"{k.replace('_', ' ')} = {v}" for k, v in values.items())
        fig = figure(**values)
        cells.append(plot.picture(fig, caption=label, width=None if len(stills) == 1 else width))
    note = f"<p>{html.escape(caption)}</p>" if caption else ""
    return f'<div style="display:flex;flex-wrap:wrap;gap:8px">{"".join(cells)}</div>{note}'
