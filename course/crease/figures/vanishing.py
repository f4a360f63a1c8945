"""Figures of lesson 04: the error signal on its way back, a chain of units, and which nets learn."""

import functools

import numpy as np
from scipy.special import expit

from crease import data, nets, plot

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
