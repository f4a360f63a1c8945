"""Figures of lesson 02: a line against XOR, and two ReLU units that crease the plane."""

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.patheffects import withStroke

from crease import plot
from crease.data import XOR_LABELS, XOR_POINTS

HATCHES = ("//", "..")  # where the first unit is off, and the second
BOLD = {"fontweight": "bold", "fontsize": 10.5, "zorder": 6, "path_effects": [withStroke(linewidth=3, foreground="w")]}
LETTERS = "ABCD"  # the four points, in the order of XOR_POINTS
RULED = np.stack(np.meshgrid(np.linspace(-0.5, 1.5, 11), np.linspace(-0.5, 1.5, 41), indexing="ij"), -1)
SHEET = np.concatenate([RULED, RULED[..., ::-1]])  # 22 lines of 41 points: the ruled paper that is creased


def panel(ax, low, high):
    """A square of the plane -> what moves on it, [image, line, class 0, class 1, title], and the image's points."""
    image, half, middle = plot.surface(ax, 1, 60), (high - low) / 2, (high + low) / 2
    image.set(extent=(low, high) * 2, data=np.full((60, 60), 0.5))
    line, = ax.plot([], [], color=plot.INK, ls="-")
    plot.scatter(ax, XOR_POINTS, XOR_LABELS, s=110, zorder=4)
    ax.collections[0].set_sizes([190])  # to be seen under a point of class 1
    ax.set(xlim=(low, high), ylim=(low, high), aspect="equal")
    ax.locator_params(nbins=5)
    return [image, line, *ax.collections, ax.set_title(" ")], plot.grid(half, 60)[1] + middle


def edge(w, b):
    """Two points far apart on the line where w·x + b is 0."""
    size = w @ w + 1e-12
    return (-b * w / size + np.outer([-50, 50], [-w[1], w[0]]) / np.sqrt(size)).T


def off_side(w, c):
    """Corners of the half-plane where w·x + c is 0 or less: all of the plane, or none, for w = 0."""
    if not w.any():
        return np.array([[-9, -9], [9, -9], [9, 9], [-9, 9]]) * (c <= 0)
    along, out = np.array([-w[1], w[0]]) / np.hypot(*w), -w / np.hypot(*w)
    foot = -c * w / (w @ w)
    return foot + 9 * np.array([along, -along, -along + out, along + out])


def letters(ax, y=0.1):
    """Name the four points of x-space A to D, each `y` above its point."""
    return [ax.text(px, py + y, name, ha="center", va="bottom", **BOLD) for name, (px, py) in zip(LETTERS, XOR_POINTS)]


def line(turn=0, shift=0.5):
    """A straight boundary, turned (degrees) and shifted; points on the wrong side are ringed."""
    fig, ax = plot.axes(size=(4.8, 5.4), labels=("x₁", "x₂"))
    (image, boundary, *dots, title), points = panel(ax, -0.6, 1.6)
    rings, = ax.plot([], [], "o", color=plot.INK, ms=22, mew=2.5, mfc="none", ls="none", label="wrong side")
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.13), ncols=3, markerscale=0.7)
    names = letters(ax, 0.14)

    def move(turn, shift):
        w = np.array([np.cos(np.radians(turn)), np.sin(np.radians(turn))])
        wrong = (XOR_POINTS @ w - shift > 0) != XOR_LABELS
        image.set_data(plot.sides(4 * (points @ w - shift)).reshape(60, 60))
        boundary.set_data(*edge(w, -shift))
        rings.set_data(*XOR_POINTS[wrong].T)
        title.set_text(f"{4 - wrong.sum()} of 4 right")
        return f"The XOR points and a line turned by {turn}°, shifted by {shift:g}: {4 - wrong.sum()} of 4 are right."

    return plot.moving(fig, move, [image, boundary, *dots, rings, *names, title], turn=turn, shift=shift)


def separator(H):
    """(w, b) of the line midway between the classes' images in h-space, or None where no line separates them."""
    (p, p2), (q, q2) = H[XOR_LABELS == 0], H[XOR_LABELS == 1]
    A = np.column_stack([p2 - p, q - q2])
    s, t = np.linalg.lstsq(A, q - p, rcond=None)[0]  # where the lines through them come nearest
    if not (0 <= s <= 1 and 0 <= t <= 1):  # there at an end of one of them, then
        ends = [(s, np.clip((A[:, 1] @ (q - p - s * A[:, 0])) / (A[:, 1] @ A[:, 1] or 1), 0, 1)) for s in (0, 1)] + [
            (np.clip((A[:, 0] @ (q - p - t * A[:, 1])) / (A[:, 0] @ A[:, 0] or 1), 0, 1), t) for t in (0, 1)]
        s, t = min(ends, key=lambda st: np.linalg.norm(A @ st - (q - p)))
    p, q = p + s * (p2 - p), q + t * (q2 - q)
    gap = (q - p) @ (q - p)
    return ((q - p) / gap, (p @ p - q @ q) / (2 * gap)) if gap > 1e-4 else None


def spaces(w11=1.0, w21=0.0, c1=0.0, w12=0.0, w22=1.0, c2=0.0, high=3.2):
    """The sheet flat in x-space and pressed in h-space. Hidden unit j has the weights w1j and w2j and the bias cj."""
    fig, axes = plot.axes(2, size=(9, 5.1))
    (flat, x), (pressed, h) = panel(axes[0], -0.6, 1.6), panel(axes[1], -0.15 * high, high)
    creases = [*axes[0].plot([], [], c=plot.COLOURS[2], ls="--", lw=3, label="crease of h₁"),
               *axes[0].plot([], [], c=plot.COLOURS[1], ls=":", lw=3, label="crease of h₂")]
    offs = [axes[0].add_collection(PolyCollection([], facecolor="none", edgecolor=line.get_color(), hatch=hatch, lw=0,
                                                  label=f"h{unit} is off")) for line, hatch, unit
            in zip(creases, HATCHES, "₁₂")]
    papers = [ax.add_collection(LineCollection(SHEET, color=plot.GREY, lw=0.8, alpha=0.8)) for ax in axes]
    names = [axes[1].annotate("", (0, 0), (0, 0), textcoords="offset points", ha="center", va="center", **BOLD)
             for _ in LETTERS]
    names_x = letters(axes[0])
    for ax, letter in zip(axes, "xh"):
        ax.set(xlabel=f"{letter}₁", ylabel=f"{letter}₂")
    flat[-1].set_text("x-space: the flat sheet, its creases dashed and dotted")
    fig.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)

    def move(w11, w21, c1, w12, w22, c2):
        W, c = np.array([[w11, w12], [w21, w22]]), np.array([c1, c2])
        H, inside, pressed_sheet = (np.maximum(points @ W + c, 0) for points in (XOR_POINTS, x, SHEET))
        best = separator(H)
        w, b = best or (np.zeros(2), 0)
        for (image, *_), values in ((flat, inside), (pressed, h)):
            image.set_data(plot.sides(4 * (values @ w + b)).reshape(60, 60))
        pressed[1].set_data(*(edge(w, b) if best else ([], [])))
        papers[1].set_segments(pressed_sheet)
        for k in range(2):
            creases[k].set_data(*edge(W[:, k], c[k]))
            offs[k].set_verts([off_side(W[:, k], c[k])])
            pressed[2 + k].set_offsets(H[XOR_LABELS == k])
        spots = H.round(6)
        for i, name in enumerate(names):  # points on one spot share one label
            here = [j for j in range(4) if np.allclose(spots[j], spots[i])]
            name.set_text(" ".join(LETTERS[j] for j in here) if here[0] == i else "")
            name.xy, name.xyann = H[i], (0, 17)
        word = "one line separates" if best else "no line separates"
        pressed[-1].set_text(f"h-space: the pressed sheet, {word}")
        places = ", ".join(f"({p[0]:g}, {p[1]:g}) at ({q[0]:.2g}, {q[1]:.2g})" for p, q in zip(XOR_POINTS, spots))
        return (f"XOR in x-space with the creases of two ReLU units, hatched where a unit is off, and in h-space: "
                f"{places}; {word} the classes.")

    return plot.moving(fig, move, [*flat[:2], *pressed[:2], *papers, *offs, *creases, *flat[2:], *pressed[2:], *names,
                                   *names_x],
                       w11=w11, w21=w21, c1=c1, w12=w12, w22=w22, c2=c2)
