"""Figures of lesson 04: a chain of units, the error signal on its way back, the outputs on their way forward."""

import functools

import numpy as np

from crease import data, nets, plot
from crease.nets import sigmoid

WIDTH = 64


@functools.cache
def norms(depth, activation, init, seed=0):
    """Norms of (error signal, weight gradient) per hidden layer of an untrained net on 256 digits, width 64."""
    X, y = (part[:256] for part in data.digits()[:2])
    net = nets.init([64, *[WIDTH] * depth, 10], activation, scheme=init, seeds=seed)
    found = nets.gradients(net, X, y, "softmax")[1][:-1]
    return np.array([(np.linalg.norm(d), np.linalg.norm(dW)) for dW, _, d in found]).T


def signal(depth=10, activation="sigmoid", init="xavier", weights=False):
    """Size of the error signal at each hidden layer of an untrained net, and of the weight gradients."""
    fig, ax = plot.axes(size=(7.4, 4.4), labels=("hidden layer (1: at the input)", "size, last hidden layer = 1"))
    lines = [ax.plot([], [], marker=marker, ms=6, color=colour, ls=ls)[0] for marker, colour, ls
             in (("o", plot.BLUE, "-"), ("s", plot.ORANGE, "--"))]
    ax.axhspan(1, 1e13, color=plot.ORANGE, alpha=0.07, lw=0)
    ax.text(20.4, 1e12, "explodes", ha="right", va="top", color=plot.ORANGE)
    ax.text(20.4, 1e-36, "vanishes", ha="right", va="bottom", color=plot.BLUE)
    ax.axhline(1, color=plot.GREY, lw=1, ls=":")
    ax.set(yscale="log", ylim=(1e-37, 1e13), xlim=(0.5, 20.5), xticks=[1, 5, 10, 15, 20])
    ax.set_yticks(10.0 ** np.arange(-36, 13, 6))
    ax.minorticks_off()
    names = [ax.text(20.4, y, "", color=line.get_color(), ha="right") for line, y in zip(lines, (1e-25, 1e-29))]
    title = ax.set_title(" ")

    def move(depth, activation, init, weights):
        sizes = norms(depth, activation, init)
        sizes = sizes / sizes[:, -1:]
        for line, name, size, words in zip(lines, names, sizes, ("●  error signal", "■  weight gradient" * weights)):
            line.set_data(np.arange(1, depth + 1)[:depth * bool(words)], np.maximum(size, 1e-40)[:depth * bool(words)])
            name.set_text(words)
        factor = sizes[0, 0] ** (1 / (depth - 1))
        title.set_text(f"{depth} {activation} layers, {init}: times {factor:.2g} per layer, {sizes[0, 0]:.1g} in all")
        more = f", of the weight gradient {sizes[1, 0]:.1g}" if weights else ""
        return (f"Going back through {depth} {activation} layers with init {init}, the error signal is multiplied by "
                f"{factor:.2g} per layer; at layer 1 {sizes[0, 0]:.1g} of it arrives{more}.")

    return plot.moving(fig, move, [*lines, *names, title], depth=depth, activation=activation, init=init,
                       weights=weights)


def chain(depth=1, weight=1.0, x=0.6):
    """A chain of centred sigmoid units, a ← σ(w(a − ½)): its output, and its slope, against the input."""
    fig, (left, right) = plot.axes(2, size=(8.8, 3.8), labels=("input x", ""))
    grid = np.linspace(0, 1, 401)
    curve, = left.plot(grid, grid, color=plot.BLUE, ls="-")
    tangent, = left.plot([], [], color=plot.ORANGE, ls="--")
    slope, = right.plot(grid, grid, color=plot.BLUE, ls="-")
    right.axhline(1, color=plot.GREY, lw=1, ls=":")
    dots = [ax.plot([], [], "o", ms=9, color=plot.ORANGE, mec="white")[0] for ax in (left, right)]
    left.set(xlim=(0, 1), ylim=(-0.02, 1.02), ylabel="output of the last unit")
    right.set(xlim=(0, 1), ylim=(1e-16, 1e6), yscale="log", ylabel="slope d output / dx (log)")
    right.set_yticks(10.0 ** np.arange(-16, 7, 4))
    right.minorticks_off()
    titles = [ax.set_title(" ") for ax in (left, right)]

    def walk(a, depth, weight):
        steep = 1.0
        for _ in range(depth):
            a = sigmoid(weight * (a - 0.5))
            steep = steep * weight * a * (1 - a)
        return a, steep

    def move(depth, weight, x):
        a, steep = walk(grid, depth, weight)
        curve.set_ydata(a)
        slope.set_ydata(np.maximum(steep, 1e-30))
        here, m = walk(x, depth, weight)
        reach = min(0.25, 0.3 / max(abs(m), 1e-9))
        tangent.set_data([x - reach, x + reach], [here - m * reach, here + m * reach])
        for dot, value in zip(dots, (here, m)):
            dot.set_data([x], [value])
        titles[0].set_text(f"depth {depth}, weights {weight:g}")
        titles[1].set_text(f"slope at x = {x:g}: {m:.1e}; at ½: {(weight / 4) ** depth:.1e}")
        return (f"Output of a chain of {depth} centred sigmoid units with weights {weight:g}, and its slope on a log "
                f"scale. At x = {x:g} the slope is {m:.1e}, at one half {(weight / 4) ** depth:.1e}.")

    return plot.moving(fig, move, [curve, tangent, slope, *dots, *titles], depth=depth, weight=weight, x=x)


@functools.cache
def inside(depth, activation, init):
    """(outputs, error signals) of each hidden layer of an untrained net on 256 digits, width 64: two lists."""
    X, y = (part[:256] for part in data.digits()[:2])
    net = nets.init([64, *[WIDTH] * depth, 10], activation, scheme=init, seeds=0)
    return [A for _, A in nets.trace(net, X)[:-1]], [d for *_, d in nets.gradients(net, X, y, "softmax")[1][:-1]]


def histograms(depth=10, activation="tanh", init="xavier"):
    """Outputs of five hidden layers of an untrained net, from the input's side to the end, and their error signals."""
    fig, panels = plot.axes(5, 2, size=(9.6, 4.8), sharey="row")
    edges = np.linspace(-1.5, 3, 55), np.linspace(-13, 8, 43)
    rows = [[ax.stairs(np.zeros(len(e) - 1), e, fill=True, color=c, alpha=0.8) for ax in row]
            for row, e, c in zip(panels, edges, (plot.BLUE, plot.ORANGE))]
    titles = [[ax.set_title(" ", fontsize=10) for ax in row] for row in panels]
    for ax in panels[0]:
        ax.set(ylim=(0, 0.32), xlim=(-1.5, 3), xlabel="output")
    for ax in panels[1]:
        ax.set(ylim=(0, 0.55), xlim=(-13, 8), xlabel="error signal (log)", xticks=(-12, -6, 0, 6),
               xticklabels=[f"$10^{{{power}}}$" for power in (-12, -6, 0, 6)])
    panels[0, 0].set_ylabel("share of the outputs")
    panels[1, 0].set_ylabel("share of the signals")

    def share(values, edges):
        inner = np.clip(values, edges[0] + 0.01, edges[-1] - 0.01)  # the bars at the ends collect what lies beyond
        return np.histogram(inner, edges)[0] / values.size

    def move(depth, activation, init):
        (outputs, signals), spreads, sizes = inside(depth, activation, init), [], []
        last = np.linalg.norm(signals[-1])
        for n, at in enumerate(np.linspace(0, depth - 1, 5).round().astype(int)):
            rows[0][n].set_data(share(outputs[at].ravel(), edges[0]))
            sent = np.abs(signals[at][signals[at] != 0]) / last * np.sqrt(signals[at].size)
            rows[1][n].set_data(share(np.log10(sent), edges[1]))
            spreads.append(outputs[at].std(0).mean())
            sizes.append(np.linalg.norm(signals[at]) / last)
            titles[0][n].set_text(f"layer {at + 1}\nspread {spreads[-1]:.2g}")
            titles[1][n].set_text(f"size {sizes[-1]:.2g}")
        return (f"Histograms of five of {depth} {activation} layers with init {init}. From layer 1 to layer {depth} "
                f"the spread of a unit's outputs over the images goes from {spreads[0]:.2g} to {spreads[-1]:.2g}; "
                f"back at layer 1, the error signal is {sizes[0]:.2g} times that of layer {depth}.")

    return plot.moving(fig, move, [*sum(rows, []), *sum(titles, [])], depth=depth, activation=activation, init=init)


@functools.cache
def remedied(depth, remedy=None):
    """Size of the error signal at each of `depth` sigmoid layers, Xavier start, plain or with a remedy, last one = 1.

    "residual": each layer adds to its input, A + f(Z) (He et al. 2016).  "normalised": the sums of each unit over the
    examples are brought to mean 0 and standard deviation 1 before the sigmoid (Ioffe and Szegedy 2015).
    """
    X, y = (part[:256] for part in data.digits()[:2])
    *hidden, (last, _, _) = nets.init([64, *[WIDTH] * depth, 10], "sigmoid", scheme="xavier", seeds=0)
    A, kept, sizes = X, [], []
    for W, _, _ in hidden:
        Z = A @ W
        spread = Z.std(0) if remedy == "normalised" else 1.0
        Z = (Z - Z.mean(0)) / spread if remedy == "normalised" else Z
        kept.append((W, Z, sigmoid(Z), spread))
        A = A * (remedy == "residual") + sigmoid(Z)
    d = nets.loss_and_delta("softmax", A @ last, y)[1] @ last.T
    for W, Z, a, spread in reversed(kept):
        s = d * a * (1 - a)
        if remedy == "normalised":
            s = (s - s.mean(0) - Z * (s * Z).mean(0)) / spread
        sizes.append(np.linalg.norm(s))
        d = d * (remedy == "residual") + s @ W.T
    return np.array(sizes[::-1]) / sizes[0]


def today(depth=20):
    """The error signal through sigmoid layers: plain, with residual connections, and with normalised sums."""
    fig, ax = plot.axes(size=(7.4, 4), labels=("hidden layer (1: at the input)", "error signal, last hidden layer = 1"))
    lines = [ax.plot([], [], color=colour, ls=ls, marker=mark, ms=5, label=label)[0] for colour, ls, mark, label in (
        (plot.ORANGE, "--", "o", "plain"), (plot.BLUE, "-", "s", "residual"),
        (plot.COLOURS[2], "-.", "^", "normalised"))]
    ax.set(yscale="log", ylim=(1e-33, 1e5), xlim=(0, 51))
    ax.set_yticks(10.0 ** np.arange(-32, 5, 8))
    ax.minorticks_off()
    ax.legend(loc="lower right")
    title = ax.set_title(" ")

    def move(depth):
        sizes = [remedied(depth, remedy) for remedy in (None, "residual", "normalised")]
        for line, size in zip(lines, sizes):
            line.set_data(np.arange(1, depth + 1), size)
        arrives = "plain {:.1g}, residual {:.1g}, normalised {:.1g}".format(*(size[0] for size in sizes))
        title.set_text(f"{depth} sigmoid layers; at layer 1 arrives: {arrives}")
        return f"Error signal back through {depth} sigmoid layers with a Xavier start. At layer 1 arrives: {arrives}."

    return plot.moving(fig, move, [*lines, title], depth=depth)


def solved(groups):
    """How many of 20 nets have solved the task by which epoch; `groups` maps a name to (epochs, limit)."""
    fig, ax = plot.axes(size=(7, 3.6), labels=("epoch", "nets that solved it, of 20"))
    for (name, (when, limit)), colour, ls in zip(groups.items(), plot.COLOURS, plot.DASHES):
        ticks = np.arange(0, limit + 1, 10)
        ax.plot(ticks, [(when <= t).sum() for t in ticks], color=colour, ls=ls, label=name)
    ax.set(ylim=(-0.5, 20.5), xlim=(0, None), yticks=[0, 5, 10, 15, 20])
    ax.legend(loc="center right")
    counts = (f"{name} {np.isfinite(when).sum()} within {limit} epochs" for name, (when, limit) in groups.items())
    fig.alt = f"Nets out of 20 that solved the circle: {', '.join(counts)}."
    return fig
