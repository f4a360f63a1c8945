"""One look for all figures, and figures that carry a sentence for those who cannot see them.

A figure function takes plain parameters and returns a matplotlib Figure that is its own: no pyplot, no state.
Where a slider will drive it, it ends in `moving(fig, move, ...)`: `move(**parameters)` shifts the artists
that depend on the parameters and returns the alt text, so that a new position costs no new figure.
"""

import base64
import html
import io
import os
import sys
import threading

import matplotlib
import numpy as np
from cycler import cycler
from IPython.display import HTML, display
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.transforms import IdentityTransform
from PIL import Image

INK, GREY = "#222222", "#767676"
ORANGE, BLUE = "#b35806", "#2166ac"  # class 0 and class 1; apart for every kind of colour vision
# Of matplotlib's colour-blind-safe `petroff10` those with a contrast of 3:1 or more on white.
COLOURS = [matplotlib.color_sequences["petroff10"][i] for i in (0, 2, 4, 6, 5, 8)]
DASHES = ["-", "--", "-.", ":", (0, (5, 1, 1, 1)), (0, (1, 1))]
SURFACE = LinearSegmentedColormap.from_list("crease", ["#f1a340", "#f7f7f7", "#67a9cf"])
STYLE = {
    "axes.prop_cycle": cycler(color=COLOURS, linestyle=DASHES), "axes.spines.top": False,
    "axes.spines.right": False, "axes.edgecolor": GREY, "axes.labelcolor": INK, "axes.titlesize": 11,
    "axes.grid": True, "grid.color": "#e6e6e6", "axes.axisbelow": True, "text.color": INK, "font.size": 10,
    "lines.linewidth": 2, "legend.frameon": False, "figure.facecolor": "white", "svg.hashsalt": "crease",
    "text.hinting": "none",  # it takes a third of a text's time
}
# In a dark theme a picture's light and dark change places and its hues stay; what was white lets the page through.
DARK = ("[data-jp-theme-light=false]", ".vscode-dark", "html[theme=dark]")
THEMES = f"""<style>{", ".join(f"{theme} img.crease" for theme in DARK)} {{
filter: invert(1) hue-rotate(180deg); mix-blend-mode: screen; }}</style>"""
matplotlib.rcParams.update(STYLE)  # what a learner plots looks like the course's figures
FINE = int(os.environ.get("CREASE_FINE", 2))  # how many of a resting picture's pixels go to one of the page's
# JupyterLab hands a slider's first moves to the kernel's own thread, later ones to another ("subshell"), which goes on
# while a cell runs: whoever places or draws what others may draw, too, holds this.
DRAWING = threading.RLock()


def axes(columns=1, rows=1, *, size=(6.4, 3.6), labels=(), **kw):
    """(figure, axes) in the course's look; `labels` is (x label, y label) for every panel."""
    fig = Figure(figsize=size, dpi=100, layout="constrained")
    FigureCanvasAgg(fig)
    panels = fig.subplots(rows, columns, **kw)
    for ax in np.ravel(panels):
        if labels:
            ax.set(xlabel=labels[0], ylabel=labels[1])
    return fig, panels


class Moving:
    """A figure that sliders drive: `move(**parameters)` places its artists, `alt` says what is then to be seen."""

    def __init__(self, figure, place, parts=()):
        self.figure, self.place, self.parts, self.alt = figure, place, parts, ""
        self.backdrops = {}  # scale -> all that stays, drawn

    def move(self, *args, **parameters):
        self.alt = self.place(*args, **parameters)
        return self.alt

    def draw(self, scale=1):
        """Draw it; where only `parts` have changed, they alone, over what was drawn and kept before at this scale."""
        canvas = self.figure.canvas
        if not self.parts:
            return canvas.draw()
        if self.figure.stale:  # parts that change leave it fresh: see below
            self.backdrops.clear()
        if scale not in self.backdrops:
            for part in self.parts:
                part.set_animated(True)  # not drawn with the rest; what it changes makes nothing else stale
            canvas.draw()
            self.figure.set_layout_engine("none")
            if scale == 1 or sys.platform != "wasi":  # in a browser tab no slider draws finely at rest
                self.backdrops[scale] = canvas.copy_from_bbox(self.figure.bbox)
            self.figure.stale = False
        else:
            canvas.restore_region(self.backdrops[scale])
        for part in self.parts:
            self.figure.draw_artist(part)


def moving(fig, move, parts=(), **parameters):
    """Finish a figure that sliders drive -> Moving. `move(**parameters)` places its artists and returns the alt text.

    parts: the artists that move, where it is mostly they alone that change: only they are redrawn then.
    """
    made = Moving(fig, move, parts)
    made.move(**parameters)
    return made


def pixels(fig, scale=1):
    """A figure, moving or not, drawn: RGB (height, width, 3). With a scale of 2 it is sharp on every screen."""
    with DRAWING:
        whole, dpi, stale = fig.figure, fig.figure.dpi, fig.figure.stale
        if scale != 1:
            whole.dpi, whole.stale = scale * dpi, stale
        fig.draw(scale) if isinstance(fig, Moving) else whole.canvas.draw()
        drawn = np.array(np.asarray(whole.canvas.buffer_rgba())[..., :3])
        if scale != 1:
            stale = whole.stale
            whole.dpi, whole.stale = dpi, stale
            if whole.canvas.manager is None:
                FigureCanvasAgg(whole)  # in place of the one that holds every pixel at that scale
        return drawn


def small_png(pixels):
    """RGB pixels as a PNG of 256 colours: sharp at twice the size, and no larger than all colours at once the size.

    Figures are mostly plain: every eighth pixel of a stretch of one colour decides on the 256, in a third of the time.
    """
    (height, width, _), out = pixels.shape, io.BytesIO()
    colours = pixels[..., 0].ravel().astype(np.int32)
    for other in (1, 2):  # in place: a browser tab lacks megabytes
        colours <<= 8
        colours |= pixels[..., other].ravel()
    starts = np.append(0, 1 + np.flatnonzero(colours[1:] != colours[:-1]))
    lengths = np.diff(starts, append=colours.size)
    share = 1 + lengths // 8
    few = Image.fromarray(pixels.reshape(-1, 3)[np.repeat(starts, share)][None]).quantize(256, dither=0)  # median cut
    whole = np.repeat(np.asarray(few)[0, np.cumsum(share) - 1], lengths)
    image = Image.frombytes("P", (width, height), whole)
    image.putpalette(few.getpalette())
    image.save(out, "png")
    return out.getvalue()


def picture(fig, alt=None, caption="", width=None, drawn=None):
    """The figure as an HTML `<figure>` with alt text and a caption under it; `drawn` holds its pixels, if they are."""
    alt = alt or getattr(fig, "alt", "")
    if not alt:
        raise ValueError("A figure needs alt text: say in a sentence what is to be seen.")
    width = width or round(fig.figure.get_figwidth() * 100)
    note = f'<figcaption style="max-width:{width}px">{html.escape(caption)}</figcaption>' if caption else ""
    if drawn is None:
        drawn = pixels(fig, min(max(1, round(FINE * width / (100 * fig.figure.get_figwidth()), 3)), FINE))
    shown = image(fig, alt, small_png(drawn), width)
    return f'{THEMES}<figure style="margin:0;display:inline-block">{shown}{note}</figure>'


def image(fig, alt, data, width=None):
    """PNG bytes as an HTML `<img>`."""
    width = width or round(fig.figure.get_figwidth() * 100)
    return (f'<img class="crease" alt="{html.escape(alt)}" style="width:{width}px;max-width:100%" '
            f'src="data:image/png;base64,{base64.b64encode(data).decode()}">')


def show(fig, alt=None, caption=""):
    """Display a figure with its alt text and caption."""
    display(HTML(picture(fig, alt, caption), metadata={"alt": alt or fig.alt}))


def scatter(ax, X, y, **kw):
    """Points of two classes, apart by colour and by marker."""
    for label, colour, marker in ((0, ORANGE, "o"), (1, BLUE, "s")):
        ax.scatter(*X[y == label].T, **{"s": 22, "c": colour, "marker": marker, "edgecolors": "white",
                                        "linewidths": 0.6, "label": f"class {label}", "zorder": 3} | kw)


class Surface(AxesImage):
    """Values in [0, 1] as colours over all of the axes; Pillow enlarges them in a fifth of matplotlib's time."""

    def make_image(self, renderer, magnification=1.0, unsampled=False):
        left, low, right, high = (round(edge) for edge in self.axes.bbox.extents)
        values = Image.fromarray(np.nan_to_num(np.ma.getdata(self.get_array()), nan=0.5).astype("f"))  # grey: no side
        fine = np.asarray(values.resize((right - left, high - low), Image.Resampling.BILINEAR))
        return self.cmap((255 * fine).astype(np.uint8), bytes=True), left, low, IdentityTransform()


def surface(ax, limit=6.0, n=60):
    """An empty image over [-limit, limit]², the limits of `ax`, for `set_data(sides(z).reshape(n, n))`."""
    ax.grid(False)
    image = Surface(ax, cmap=SURFACE, origin="lower", extent=(-limit, limit) * 2)
    image.set_data(np.zeros((n, n)))
    ax.set(xlim=(-limit, limit), ylim=(-limit, limit))
    return ax.add_image(image)


def sides(z):
    """Logits as values in [0, 1] for a surface: a clear step at the decision boundary, shaded by certainty."""
    near = 0.05 * np.median(np.abs(z)) + 1e-12  # a steep ramp, not a jump: a jump would show the grid's steps
    return 0.5 + 0.25 * np.tanh(z / near) + 0.2 * np.tanh(z / 2)


def grid(limit=6.0, n=60):
    """A square grid of points -> (x (n,), points (n·n, 2)); reshape what you compute on the points to (n, n)."""
    x = np.linspace(-limit, limit, n)
    return x, np.column_stack([c.ravel() for c in np.meshgrid(x, x)])


def wilson(hits, n, z=1.96):
    """95 % interval of a share of `hits` out of `n` (Wilson 1927) -> (low, high)."""
    p, n = np.asarray(hits) / n, np.asarray(n)
    middle, half = p + z * z / (2 * n), z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)
