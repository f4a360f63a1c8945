"""The sheet: the output of a net with one hidden layer, as paper over the plane of its inputs, creased by its ReLUs."""

import numpy as np
import traitlets

from crease import plot
from crease.data import XOR_LABELS, XOR_POINTS

from .base import Widget

SPAN = 6.0  # up to which sum an activation of the learner's own is known to the page, which goes on straight from there


class Sheet(Widget):
    """A net of two inputs, some ReLU units and one output, whose creases are dragged by hand.

    W : (2, n), c : (n,), the hidden layer.  w : (n,), b : number, the output layer; w empty: whatever fits best.
    points : (m, 2) with labels (m,) of 0 and 1, which ride on the sheet; names of the first few.
    table : values of an activation other than the ReLU at equal steps over [-SPAN, SPAN]; called : its name.
    limits : (low, high), the edges of the sheet in both inputs.  tour : a short film instead of something to drag.
    """

    scripts = ("paper", "fold")
    W = traitlets.List().tag(sync=True)
    c = traitlets.List().tag(sync=True)
    w = traitlets.List().tag(sync=True)
    b = traitlets.Float().tag(sync=True)
    points = traitlets.List().tag(sync=True)
    labels = traitlets.List().tag(sync=True)
    names = traitlets.List().tag(sync=True)
    limits = traitlets.List([-0.35, 1.35]).tag(sync=True)
    tour = traitlets.Bool().tag(sync=True)
    table, called = traitlets.List().tag(sync=True), traitlets.Unicode().tag(sync=True)

    def output(self, X):
        """Output of the net on X (m, 2) -> (m,)."""
        w, b = (np.array(self.w), self.b) if self.w else readout(self.hidden(self.points), np.array(self.labels))
        return self.hidden(X) @ w + b

    def hidden(self, X):
        """Outputs of the hidden units on X (m, 2) -> (m, n)."""
        Z = np.asarray(X) @ np.array(self.W) + self.c
        return np.interp(Z, np.linspace(-SPAN, SPAN, len(self.table)), self.table) if self.table else np.maximum(Z, 0)

    def figure(self):
        """The sheet as a surface, seen as the widget first shows it."""
        low, high = self.limits
        fig, ax = plot.axes(size=(6.4, 4.2), subplot_kw={"projection": "3d", "computed_zorder": False})
        x = np.linspace(low, high, 81)
        grid = np.stack(np.meshgrid(x, x), -1)
        z = self.output(grid.reshape(-1, 2)).reshape(81, 81)
        floor = min(z.min(), 0) - 0.4
        for edge in np.linspace(low, high, 9):
            for line in ([[low, high], [edge, edge]], [[edge, edge], [low, high]]):
                ax.plot(*line, floor, color=plot.GREY, lw=0.5, ls="-", alpha=0.5)
        ax.plot_surface(*np.moveaxis(grid, -1, 0), z, rstride=2, cstride=2, lw=0, antialiased=False, shade=False,
                        facecolors=plot.SURFACE(0.5 + 0.42 * np.tanh(2 * (z - 0.5))))
        ax.plot_wireframe(*np.moveaxis(grid, -1, 0), z, rstride=10, cstride=10, color="#22222233", lw=0.7, ls="-")
        ax.contour(*np.moveaxis(grid, -1, 0), z, [0.5], colors=plot.INK, linewidths=1.2)
        X, y = np.array(self.points), np.array(self.labels)
        top = self.output(X)
        for k, colour in ((0, plot.ORANGE), (1, plot.BLUE)):
            ax.scatter(*X[y == k].T, top[y == k] + 0.03, color=colour, s=70 if len(X) < 13 else 8, depthshade=False,
                       edgecolor="white", zorder=5)
        for name, point, value in zip(self.names, X, top):
            ax.text(*point, value + 0.2, name, ha="center", weight="bold", zorder=6)
        for name, at in (("x₁", (high + 0.12 * (high - low), low)), ("x₂", (low, high + 0.12 * (high - low)))):
            ax.text(*at, floor, name, ha="center", va="center", fontsize=12)
        ax.view_init(30, -124)  # the widget's own first view
        ax.set_box_aspect((1, 1, 0.7), zoom=1.2)
        ax.set_axis_off()
        fig.set_layout_engine("none")
        ax.set_position([0, 0, 1, 1])
        right = int(((top > 0.5) == (y > 0.5)).sum())
        fig.alt = (f"The output of a net with {len(self.c)} {self.called or 'ReLU'} units as a creased sheet over the "
                   f"plane of its two inputs; {right} of {len(X)} points are on the right side of one half.")
        return fig


def readout(H, y, small=1e-6):
    """(w, b) of the line over H (m, n) that fits y best by least squares; `small` keeps w finite."""
    centred = H - H.mean(0)
    w = np.linalg.solve(centred.T @ centred + small * np.eye(H.shape[1]), centred.T @ (y - y.mean()))
    return w, y.mean() - H.mean(0) @ w


def plain(value):
    """Arrays as the lists of floats that a page understands."""
    return np.asarray(value, float).tolist()


def sheet(W=((1, -0.6), (0.5, 1)), c=(-0.3, -0.1), w=(), b=0.0, *, points=XOR_POINTS, labels=XOR_LABELS, names="ABCD",
          limits=(-0.35, 1.35), activation=None):
    """A sheet to crease by hand, with the XOR points on it; the output layer is the best one for its hidden units.

    W (2, n), c (n,): where the creases lie at first.  w (n,), b: the output layer, if it should stay as it is.
    activation: a function of an array of yours in place of the ReLU; the page gets a table of its values.
    points (m, 2), labels (m,): other points to ride on it, with `names` of the first few; limits: edges of the sheet.
    """
    table = [] if activation is None else plain(activation(np.linspace(-SPAN, SPAN, 1201)))
    called = "" if activation is None else getattr(activation, "__name__", "f").replace("<lambda>", "f")
    return Sheet(W=plain(W), c=plain(c), w=plain(np.ravel(w)), b=float(b), table=table, called=called,
                 points=plain(points), labels=plain(labels), names=list(names), limits=plain(limits))


def sheet_film():
    """The course in half a minute: a sheet that stays flat, two creases, and what the next layer sees."""
    film = sheet([[1, -1.3], [-0.7, 1]], [0.4, 0.4], [5 / 3, 5 / 3], -4 / 3)
    film.tour = True
    film.layout.max_width = "max(420px, 70vh)"  # whole, with its buttons, below the first words of a page
    return film
