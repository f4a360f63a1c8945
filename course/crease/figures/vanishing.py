"""Figures of lesson 04: the error signal on its way back, a chain of units, and the face of the playground."""

import functools

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from scipy.special import expit

from crease import data, nets, plot

DEEPEST, FLOOR, CEILING = 8, 1e-8, 1e2  # of the playground: hidden layers, and the ends of the log axis
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
    fig, ax = plot.axes(size=(7, 3.8), labels=("hidden layer (1: at the input)", "size, last hidden layer = 1"))
    lines = [ax.plot([], [], marker=marker, ms=7, color=colour, ls=ls, label=label)[0] for marker, colour, ls, label
             in (("o", plot.BLUE, "-", "error signal"), ("s", plot.ORANGE, "--", "weight gradient"))]
    ax.axhline(1, color=plot.GREY, lw=1, ls=":")
    ax.set(yscale="log", ylim=(1e-16, 1e4), xlim=(0.5, 20.5), xticks=[1, 5, 10, 15, 20])
    ax.legend(loc="lower right")
    title = ax.set_title(" ")

    def move(depth, activation, init, weights):
        sizes = norms(depth, activation, init)
        sizes = sizes / sizes[:, -1:]
        for line, size, shown in zip(lines, sizes, (True, weights)):
            line.set_data(np.arange(1, depth + 1)[:depth * shown], np.maximum(size, 1e-30)[:depth * shown])
        factor = sizes[0, 0] ** (1 / (depth - 1))
        title.set_text(f"{depth} {activation} layers, {init}: times {factor:.2g} per layer")
        more = f", of the weight gradient {sizes[1, 0]:.1g}" if weights else ""
        return (f"Going back through {depth} {activation} layers with init {init}, the error signal is multiplied by "
                f"{factor:.2g} per layer; at layer 1 {sizes[0, 0]:.1g} of it arrives{more}.")

    return plot.moving(fig, move, [*lines, title], depth=depth, activation=activation, init=init, weights=weights)


def chain(depth=1, weight=1.0):
    """Output of a chain of sigmoid units, each fed by the one before, as its input is turned from -6 to 6."""
    fig, ax = plot.axes(size=(6.4, 3.6), labels=("input x of the first unit", "output of the last unit"))
    x = np.linspace(-6, 6, 241)
    line, = ax.plot(x, x, color=plot.BLUE, ls="-")
    ax.set(ylim=(0, 1), xlim=(-6, 6))
    title = ax.set_title(" ")

    def move(depth, weight):
        a = x
        for _ in range(depth):
            a = expit(weight * a)
        steep = np.abs(np.gradient(a, x)).max()
        line.set_data(x, a)
        title.set_text(f"depth {depth}, weights {weight:g}: steepest slope {steep:.2g}")
        return (f"Output of a chain of {depth} sigmoid units with weights {weight:g}: from {a.min():.3g} to "
                f"{a.max():.3g} as x goes from -6 to 6; the steepest slope is {steep:.2g}.")

    return plot.moving(fig, move, [line, title], depth=depth, weight=weight)


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


@functools.cache
def share_trained(activation, depth, init):
    """Share of nets that train from this start: of 7 on the circle, or from 20 layers on of 3 on the digits.

    Circle: width 8, 400 epochs at most, trained at 95 % right. Digits: width 64, 8 epochs at most, trained at 40 %.
    """
    if depth < 20:
        (X, y), widths, seeds, count, bar = data.circle(), [2, *[8] * depth, 1], range(7), 40, 0.95
        rule, output, each = {"loss": "mse", "lr": 0.1, "batch": 25}, "tanh", 10
    else:
        (X, y, *_), widths, seeds, count, bar = data.digits(), [64, *[WIDTH] * depth, 10], range(3), 8, 0.4
        rule, output, each = {"loss": "softmax", "lr": 0.03, "batch": 64}, None, 1
    net = nets.init(widths, activation, scheme=init, output=output, bias=0.1 if output else 0, seeds=seeds)
    steps, good = nets.epochs(net, X, 2 * y - 1 if output else y, seeds=seeds, **rule), np.zeros(len(seeds), bool)
    with np.errstate(over="ignore", invalid="ignore"):
        for epoch in range(1, count * each + 1):
            _, net = next(steps)
            if epoch % each == 0:
                good |= nets.accuracy(net, X, y) >= bar
                if good.mean() > 0.7:
                    break
    return good.mean()


def face(training):
    """What the playground shows of a net in training: decision, losses, error signal and dead units per layer."""
    fig = Figure(figsize=(9.6, 4.9), dpi=100, layout="constrained")
    FigureCanvasAgg(fig)
    ax = fig.subplot_mosaic([["plane", "loss", "loss"], ["plane", "signal", "dead"]], width_ratios=[2, 1.15, 1])
    ax["plane"].set(xlabel="x₁", ylabel="x₂")
    ax["loss"].set(xlim=(0, 100), ylim=(0, 0.8), xlabel="epoch", ylabel="loss (mean ½ error²)")
    ax["signal"].set(yscale="log", ylim=(FLOOR, CEILING), ylabel="error signal (output = 1)")
    ax["dead"].set(ylim=(0, 100), ylabel="dead units (%)")
    image, points = plot.surface(ax["plane"], 6, 64), plot.grid(6, 64)[1]
    image.set_interpolation("nearest")  # takes half the time
    plot.scatter(ax["plane"], training.X, training.y)
    curves = [ax["loss"].plot([], [], color=plot.COLOURS[2 * i], ls=plot.DASHES[i], label=name)[0]
              for i, name in enumerate(("training", "test"))]
    ax["loss"].legend(loc="upper right", ncols=2)
    ax["signal"].axhline(1, color=plot.GREY, lw=1, ls=":")
    bars = [ax[name].vlines([], [], [], colors=colour, lw=14, capstyle="butt")  # quicker than a Rectangle each
            for name, colour in (("signal", plot.BLUE), ("dead", plot.ORANGE))]
    for name in ("signal", "dead"):
        ax[name].set(xticks=range(1, DEEPEST + 1), xlim=(0.4, DEEPEST + 0.6), xlabel="hidden layer (1: at the input)")
    title = ax["plane"].set_title(" ")

    def move(training):
        signals, s, (x, *losses) = training.signals(), training.settings, np.transpose(training.curves)
        tall = np.clip(np.nan_to_num(signals, nan=FLOOR), FLOOR, CEILING)
        for bar, low, heights in zip(bars, (FLOOR, 0), (tall, 100 * training.dead())):
            bar.set_segments([((layer, low), (layer, high)) for layer, high in enumerate(heights, 1)])
        out = np.clip(nets.forward(training.net, points)[:, 0], -0.999999, 0.999999)
        image.set_data(plot.sides(2 * np.arctanh(out)).reshape(64, 64))
        for k, dots in enumerate(ax["plane"].collections):
            dots.set_offsets(training.X[training.y == k])
        for curve, loss in zip(curves, losses):
            curve.set_data(x, loss)
        end = 100 * 2 ** int(np.ceil(np.log2(max(x[-1], 100) / 100)))
        if end != ax["loss"].get_xlim()[1]:  # the kept background no longer holds
            ax["loss"].set_xlim(0, end)
            vars(fig).pop("backdrop", None)
        right = f"{nets.accuracy(training.net, training.X_test, training.y_test):.0%} of the test points right"
        title.set_text(f"epoch {training.epoch}: " + (right if np.isfinite(losses[0][-1]) else "diverged"))
        return (f"{s['data']} data, {s['layers']} {s['activation']} layers of {s['width']} units, {title.get_text()}; "
                f"training loss {losses[0][-1]:.3f}; error signal {signals[0]:.1g} at layer 1, 1 at the output.")

    parts = [image, *ax["plane"].collections, *curves, *bars, title]
    return plot.moving(fig, move, parts, training=training)
