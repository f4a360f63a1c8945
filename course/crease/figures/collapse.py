"""Figures of lesson 01: what depth does without and with a ReLU."""

import functools

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Circle, Rectangle

from crease import data, nets, plot

PATCH = {"fc": "white", "ec": "none", "pad": 0.8}  # behind a number on a line


@functools.cache
def trained(depth, activation):
    """Layers of a net of `depth` hidden layers of 8 units, trained on the circle (scaled to about ±1.7)."""
    X, y = data.circle()
    layers = nets.init([2, *[8] * depth, 1], activation, scheme="he" if activation == "relu" else "xavier", seeds=3)
    return nets.train(layers, X / 3, y, count=150, lr=0.1, batch=25, seeds=3).layers


@functools.cache
def six_units():
    """A net of six ReLU units trained on the disc and the ring, as the sheet takes it."""
    X, y = data.circle(150)
    net = nets.init([2, 6, 1], seeds=3)
    (W, c, _), _ = nets.train(net, X / 3, y, count=400, loss="mse", lr=0.1, batch=25, seeds=3).layers
    return {"W": W, "c": c, "points": X / 3, "labels": y, "names": "", "limits": (-1.8, 1.8)}


def boundary(depth=3, activation="linear"):
    """Where a trained net of 1 to 10 hidden layers says blue, on the circle data."""
    fig, ax = plot.axes(size=(4.8, 5), labels=("x₁", "x₂"))
    X, y = data.circle()
    x, points = plot.grid(6, 70)
    image = plot.surface(ax, 6, 70)
    plot.scatter(ax, X, y)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=2)
    title = ax.set_title(" ")

    def move(depth, activation):
        layers = trained(depth, activation)
        z = nets.forward(layers, points / 3)[:, 0]
        image.set_data(plot.sides(z).reshape(70, 70))
        right = nets.accuracy(layers, X / 3, y)
        title.set_text(f"{depth} hidden {activation} layer{'s' * (depth > 1)}: {right:.0%} right")
        shape = "bends around the inner disc" if right > 0.9 else "is straight and cannot enclose the disc"
        return (f"Circle data with the decision of a net with {depth} hidden {activation} layer{'s' * (depth > 1)}: "
                f"{right:.0%} of the points are right; its boundary {shape}.")

    return plot.moving(fig, move, [image, *ax.collections, title], depth=depth, activation=activation)


def kinks(units=3, steepness=1.0):
    """A 1-D net: a straight line plus `units` ReLUs. Above their sum with its kinks, below each unit's own piece."""
    fig, (ax, low) = plot.axes(rows=2, size=(6.4, 5.4), sharex=True, height_ratios=[3, 2])
    x = np.linspace(-3, 3, 601)
    places, slopes = np.array([-1, 1, 0, -2, 2, -0.5, 1.5, -1.5]), np.array([2, -3, 1.5, -1, 2, -2.5, 1.5, 1.5])
    line, = ax.plot(x, x, color=plot.BLUE, linestyle="-", label="the net: the sum of all pieces")
    dots, = ax.plot([], [], "o", color=plot.ORANGE, markersize=9, linestyle="none", label="kink")
    ax.set(ylim=(-8, 8), xlim=(-3, 3), ylabel="output of the net")
    low.set(ylim=(-8, 8), xlabel="input x", ylabel="each unit's piece")
    low.plot(x, 0.5 * x, color=plot.BLUE, ls="-", lw=1, label="the straight line it begins with")
    pieces = [low.plot(x, 0 * x, color=plot.GREY, ls="-", lw=1.3)[0] for _ in places]
    feet, = low.plot([], [], "o", color=plot.ORANGE, markersize=6, linestyle="none")
    pieces[0].set_label("the piece of a unit")
    for panel in (ax, low):
        panel.legend(loc="upper left")

    def move(units, steepness):
        parts = steepness * np.maximum(x - places[:, None], 0) * slopes[:, None]
        parts[units:] = np.nan  # not there yet
        line.set_ydata(0.5 * x + np.nansum(parts, axis=0))
        for piece, part in zip(pieces, parts):
            piece.set_ydata(part)
        there = places[:units] if steepness else []
        dots.set_data(there, np.interp(there, x, line.get_ydata()))
        feet.set_data(there, np.zeros(len(there)))
        where = f", at x = {', '.join(f'{p:g}' for p in sorted(there))}" if len(there) else ""
        kinks = f"{len(there)} kink{'s' * (len(there) != 1)}"
        return (f"A line with {kinks}{where}; below, the straight line it begins with and the piece of each unit, "
                f"{units} in all, 0 up to its kink.")

    return plot.moving(fig, move, [line, dots, *pieces, feet], units=units, steepness=steepness)


def unit():
    """The two nodes of a unit: a weighted sum, then an activation."""
    fig, ax = plot.axes(size=(7.4, 2.6))
    ax.set(xlim=(-0.4, 6.4), ylim=(-1.5, 1.5), xticks=[], yticks=[], aspect="equal")
    ax.grid(False)
    ax.spines[:].set_visible(False)
    for i, height in enumerate((1, 0, -1), 1):
        ax.annotate("", (1.95, 0.35 * height), (0.35, height), arrowprops={"arrowstyle": "->", "color": plot.GREY})
        ax.text(0, height, f"x{'₁₂₃'[i - 1]}", ha="center", va="center", color=plot.ORANGE, fontweight="bold")
        ax.text(1.1, 0.7 * height, f"w{'₁₂₃'[i - 1]}", ha="center", va="center", bbox=PATCH)
    for left, sign, words in ((2.5, "Σ + b", "pre-activation z"), (4.5, "f", "activation f(z)")):
        ax.add_patch(Circle((left, 0), 0.55, fc="white", ec=plot.BLUE, lw=2))
        ax.text(left, 0, sign, ha="center", va="center")
        ax.annotate("", (left + 1.4, 0), (left + 0.6, 0), arrowprops={"arrowstyle": "->", "color": plot.GREY})
        ax.text(left, -0.85, words, ha="center", va="center", fontsize=9.5)
    ax.text(6.1, 0, "h", ha="center", va="center", fontweight="bold")
    fig.alt = ("One unit as two nodes: inputs x1, x2, x3, each times its weight, are added up with the bias to the "
               "pre-activation z; the activation f then gives the output h = f(z).")
    return fig


@functools.cache
def weights(seed=1):
    """Small whole numbers for the 3-3-1 net, and one more 3-3 layer to put before its last."""
    rng = np.random.default_rng(seed)
    first, last = rng.choice([-3, -2, -1, 1, 2, 3], (3, 3)), rng.choice([-2, -1, 1, 2], (3, 1))
    return first, rng.choice([-2, -1, 1, 2], (3, 3)), last


def draw_net(ax, layers, names):
    """Nodes and edges of a small net without biases, over [0, 2] from left to right -> (artists, choose).

    names: whether every weight is written down, as w1 to w12 where there are as many, or only those of blue edges.
    choose(i): makes the edges blue that input i (0 to 2) reaches.
    """
    wide, tall, words, ends = 2 / len(layers), (1, 0, -1), [], []
    for column, W in enumerate(layers):
        for i, j in np.ndindex(W.shape):
            last = W.shape[1] == 1
            top, end = tall[i], 0 if last else tall[j]
            ends.append([(wide * column, top), (wide * (column + 1), end)])
            name = (f"w{len(ends)} = " if len(layers) == 2 else "") + f"{W[i, j]:g}".replace("-", "−")
            at = 0.45 if last else (0.25, 0.42, 0.15)[abs(i - j)]
            words.append(ax.text(wide * (column + at), top + at * (end - top), name, fontsize=8, ha="center",
                                 va="center", bbox=PATCH))
    rest, reached = LineCollection([], colors="#bbbbbb", lw=0.8), LineCollection([], colors=plot.BLUE, lw=2)
    nodes = [ax.add_collection(rest), ax.add_collection(reached), *words]
    for column in range(len(layers) + 1):
        rows = [0] if column == len(layers) else tall
        nodes += ax.plot([wide * column] * len(rows), rows, "o", ms=24, mfc="white", mew=2, ls="none",
                         mec=plot.BLUE if column else plot.ORANGE)
        for i, row in enumerate(rows):
            nodes.append(ax.text(wide * column, row, "xhg"[column] + "₁₂₃"[i] if len(rows) == 3 else "y", ha="center",
                                 va="center"))

    def choose(chosen):
        lit = [k >= layers[0].size or k // layers[0].shape[1] == chosen for k in range(len(ends))]
        rest.set_segments([e for e, on in zip(ends, lit) if not on])
        reached.set_segments([e for e, on in zip(ends, lit) if on])
        for text, on in zip(words, lit):
            text.set(color=plot.INK if on else plot.GREY, visible=on or names)
    return nodes, choose


def paths(input=1, layers=2):
    """The paths of one input through the 3-3-1 net, or one layer more, beside the three weights that it equals."""
    fig, axes = plot.axes(2, size=(9.2, 4.2), width_ratios=[3, 1.6])
    first, more, last = weights()
    chains, drawn = {2: [first, last], 3: [first, more, last]}, {}
    for ax in axes:
        ax.set(xlim=(-0.3, 2.3), ylim=(-1.45, 1.45), xticks=[], yticks=[])
        ax.grid(False)
        ax.spines[:].set_visible(False)
    for count, chain in chains.items():
        whole = functools.reduce(np.matmul, chain)
        drawn[count] = draw_net(axes[0], chain, count == 2), draw_net(axes[1], [whole], True), whole
    axes[1].set_title("the net of one layer\nthat gives the same outputs", fontsize=10.5)
    title = axes[0].set_title("\n", fontsize=10.5)

    def move(input, layers):
        for count, (*pair, _) in drawn.items():
            for artists, choose in pair:
                for artist in artists:
                    artist.set_visible(count == layers)
                if count == layers:
                    choose(input - 1)
        whole = drawn[layers][2]
        i, total = input - 1, whole[input - 1, 0]
        if layers == 2:
            symbols = " + ".join(f"w{3 * i + j + 1}·w{10 + j}" for j in range(3))
            terms = " + ".join(f"({first[i, j]:g})·({last[j, 0]:g})" for j in range(3))
            words = f"x{'₁₂₃'[i]} reaches y by three paths:\n{symbols} = {terms} = {total:g}"
        else:
            words = f"x{'₁₂₃'[i]} reaches y by nine paths, three weights on each;\ntheir products add up to {total:g}"
        words, many = words.replace("-", "−"), {2: "twelve", 3: "twenty-one"}[layers]
        title.set_text(words)
        sums = ", ".join(f"{w:g}" for w in whole[:, 0])
        return f"Left a net with {many} weights, right one unit with the weights {sums}. {' '.join(words.split())}."

    parts = [artist for *pair, _ in drawn.values() for artists, _ in pair for artist in artists]
    return plot.moving(fig, move, [*parts, title], input=input, layers=layers)


def runs(before, after):
    """Two nets as rows of layers, each a list of (W, b, activation): as given, and with its runs merged."""
    fig, ax = plot.axes(size=(max(6.4, 1.35 * len(before)), 2.9))
    ax.set(xlim=(-0.2, len(before) + 0.2), ylim=(-0.5, 2.6), xticks=[], yticks=[])
    ax.grid(False)
    ax.spines[:].set_visible(False)
    ends = [i + 1 for i, (*_, f) in enumerate(before) if f is not None or i == len(before) - 1]
    starts, said = [0, *ends[:-1]], []
    for row, net, spans in ((1.6, before, [(i, i + 1) for i in range(len(before))]), (0, after, zip(starts, ends))):
        for (W, _, f), (low, high) in zip(net, spans):
            width, colour = high - low - 0.3, plot.BLUE if f is None else plot.ORANGE
            ax.add_patch(Rectangle((low + 0.05, row), width, 0.7, fc="white", ec=colour, lw=2))
            m, n = np.shape(W)
            ax.text(low + 0.05 + width / 2, row + 0.35, f"{m} → {n}", ha="center", va="center")
            if f is not None:
                ax.plot([high - 0.22, high - 0.12, high - 0.02], [row + 0.2, row + 0.2, row + 0.55], color=plot.ORANGE,
                        lw=2.5, ls="-")
        said.append(f"{len(net)} layers")
    for x in (*(low + 0.05 for low in starts), *(high - 0.25 for high in ends)):
        ax.plot([x, x], [1.55, 0.75], color=plot.GREY, lw=1, ls=":")
    ax.set_title(f"{said[0]} above, {said[1]} below; an orange crease is an activation")
    fig.alt = f"A net of {said[0]} above, the shortest net that equals it, {said[1]}, below: each run over its layer."
    return fig
