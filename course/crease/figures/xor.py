"""Figures of lesson 02: a line against XOR, two ReLU units that fold the plane, and how many nets learn it."""

import numpy as np
from matplotlib.collections import LineCollection
from scipy.optimize import lsq_linear

from crease import plot
from crease.data import XOR_LABELS, XOR_POINTS

RULED = np.stack(np.meshgrid(np.linspace(-0.5, 1.5, 11), np.linspace(-0.5, 1.5, 41), indexing="ij"), -1)
SHEET = np.concatenate([RULED, RULED[..., ::-1]])  # 22 lines of 41 points: the ruled paper that is folded


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


def line(turn=0, shift=0.5):
    """A straight boundary, turned (degrees) and shifted; points on the wrong side are ringed."""
    fig, ax = plot.axes(size=(4.8, 5.4), labels=("x₁", "x₂"))
    (image, boundary, *dots, title), points = panel(ax, -0.6, 1.6)
    rings, = ax.plot([], [], "o", color=plot.INK, ms=22, mew=2.5, mfc="none", ls="none", label="wrong side")
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.13), ncols=3, markerscale=0.7)

    def move(turn, shift):
        w = np.array([np.cos(np.radians(turn)), np.sin(np.radians(turn))])
        wrong = (XOR_POINTS @ w - shift > 0) != XOR_LABELS
        image.set_data(plot.sides(4 * (points @ w - shift)).reshape(60, 60))
        boundary.set_data(*edge(w, -shift))
        rings.set_data(*XOR_POINTS[wrong].T)
        title.set_text(f"{4 - wrong.sum()} of 4 right")
        return f"The XOR points and a line turned by {turn}°, shifted by {shift:g}: {4 - wrong.sum()} of 4 are right."

    return plot.moving(fig, move, [image, boundary, *dots, rings, title], turn=turn, shift=shift)


def separator(H):
    """(w, b) of the line midway between the classes' images in h-space, or None where no line separates them."""
    (p, p2), (q, q2) = H[XOR_LABELS == 0], H[XOR_LABELS == 1]
    s, t = lsq_linear(np.column_stack([p2 - p, q - q2]), q - p, (0, 1), method="bvls").x  # where they come nearest
    p, q = p + s * (p2 - p), q + t * (q2 - q)
    gap = (q - p) @ (q - p)
    return ((q - p) / gap, (p @ p - q @ q) / (2 * gap)) if gap > 1e-4 else None


def spaces(w11=1.0, w21=0.0, c1=0.0, w12=0.0, w22=1.0, c2=0.0, high=3.2):
    """The sheet flat in x-space and folded in h-space. Hidden unit j has the weights w1j and w2j and the bias cj."""
    fig, axes = plot.axes(2, size=(9, 4.9))
    (flat, x), (folded, h) = panel(axes[0], -0.6, 1.6), panel(axes[1], -0.15 * high, high)
    creases = [*axes[0].plot([], [], c=plot.COLOURS[2], ls="--", lw=3, label="crease of h₁"),
               *axes[0].plot([], [], c=plot.COLOURS[1], ls=":", lw=3, label="crease of h₂")]
    papers = [ax.add_collection(LineCollection(SHEET, color=plot.GREY, lw=0.8, alpha=0.8)) for ax in axes]
    names = [axes[1].annotate(f"({p:g}, {q:g})", (0, 0), (28 * p - 30, 28 * q - 18), textcoords="offset points",
                              fontsize=9, zorder=6) for p, q in XOR_POINTS]
    for ax, letter in zip(axes, "xh"):
        ax.set(xlabel=f"{letter}₁", ylabel=f"{letter}₂")
    flat[-1].set_text("x-space: the sheet and its creases")
    fig.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=4)

    def move(w11, w21, c1, w12, w22, c2):
        W, c = np.array([[w11, w12], [w21, w22]]), np.array([c1, c2])
        H, inside, fold = (np.maximum(points @ W + c, 0) for points in (XOR_POINTS, x, SHEET))
        best = separator(H)
        w, b = best or (np.zeros(2), 0)
        for (image, *_), values in ((flat, inside), (folded, h)):
            image.set_data(plot.sides(4 * (values @ w + b)).reshape(60, 60))
        folded[1].set_data(*(edge(w, b) if best else ([], [])))
        papers[1].set_segments(fold)
        for k in range(2):
            creases[k].set_data(*edge(W[:, k], c[k]))
            folded[2 + k].set_offsets(H[XOR_LABELS == k])
        for name, point in zip(names, H):
            name.xy = point
        word = "one line separates" if best else "no line separates"
        folded[-1].set_text(f"h-space: the folded sheet, {word}")
        places = ", ".join(f"({p[0]:g}, {p[1]:g}) at ({q[0]:.2g}, {q[1]:.2g})" for p, q in zip(XOR_POINTS, H.round(6)))
        return f"XOR in x-space with the creases of two ReLU units, and in h-space: {places}; {word} the classes."

    return plot.moving(fig, move, [*flat[:2], *folded[:2], *papers, *creases, *flat[2:], *folded[2:], *names],
                       w11=w11, w21=w21, c1=c1, w12=w12, w22=w22, c2=c2)


def success(widths, rates, counts):
    """Share of nets that learned, by width, with 95 % Wilson intervals; `rates` maps a name to a share per width."""
    fig, ax = plot.axes(labels=("hidden units (width)", "share of nets that learn XOR"))
    at = np.arange(len(widths))
    for i, (name, share) in enumerate(rates.items()):
        low, high = plot.wilson(np.multiply(share, counts), counts)
        ax.errorbar(at + 0.06 * (i - 1.5), share, np.maximum([share - low, high - share], 0), label=name, capsize=4,
                    marker="osD^"[i % 4], ms=7, color=plot.COLOURS[i], ls=plot.DASHES[i])
    ax.set(xticks=at, xticklabels=widths, ylim=(0, 1.04))
    ax.legend(loc="lower right", handlelength=4)
    shares = (f"{name} " + ", ".join(f"{r:.0%}" for r in share) for name, share in rates.items())
    fig.alt = f"Share of nets that learn XOR at widths {', '.join(map(str, widths))}: {'; '.join(shares)}."
    return fig
