"""What all widgets share: their script and style, a still made by Python, and a sentence for those who cannot see."""

import base64
from pathlib import Path

import anywidget
import numpy as np
import traitlets
from PIL import Image

from crease import plot
from crease.mode import still

HERE = Path(__file__).parent


class Widget(anywidget.AnyWidget):
    """A widget of the course. A subclass in NAME.py has its `render` in NAME.js, beside it, and a method `figure`.

    scripts: names of further JavaScript files that NAME.js needs; each may use what stands in the ones before.
        All are put together into one module behind shared.js, so none of them imports anything.
    alt: one sentence that says what is to be seen; the script keeps it up to date.
    """

    scripts = ()
    alt = traitlets.Unicode().tag(sync=True)

    def __init_subclass__(cls, **kw):
        if "_esm" not in cls.__dict__:  # each widget gets a class of its own from anywidget, which has it already
            names = ("shared", *cls.scripts, cls.__module__.rpartition(".")[2])
            cls._esm = "\n".join((HERE / f"{name}.js").read_text(encoding="utf-8") for name in names)
            styles = (HERE / "style.css", HERE / f"{names[-1]}.css")
            cls._css = "\n".join(style.read_text(encoding="utf-8") for style in styles if style.exists())
        super().__init_subclass__(**kw)

    def figure(self):
        """The still: a matplotlib Figure with `alt`, for wherever nothing can move."""
        raise NotImplementedError(f"{type(self).__name__} has no still.")

    def _repr_mimebundle_(self, **kw):
        fig = self.figure()
        self.alt = self.alt or fig.alt
        drawn = plot.pixels(fig, plot.FINE)
        coarse = np.asarray(Image.fromarray(drawn).reduce(plot.FINE))  # cheaper than drawing it once more
        stills = {"text/plain": fig.alt, "text/html": plot.picture(fig, drawn=drawn),
                  "image/png": base64.b64encode(plot.small_png(coarse)).decode()}
        if still():
            return stills
        data, metadata = super()._repr_mimebundle_(**kw)
        return {**data, **stills}, metadata
