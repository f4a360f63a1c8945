"""Figures of lesson 07: costs that go flat, and fits that outliers drag."""

import numpy as np

from crease import plot
from crease.nets import sigmoid

Z, X, NOISE = np.linspace(-10, 10, 401), np.linspace(0, 9, 19), np.random.default_rng(4).normal(0, 0.5, 19)
COSTS = [(lambda z: sigmoid(-z) ** 2 / 2, lambda z: -sigmoid(-z) * sigmoid(z) * sigmoid(-z)),  # squared error
         (lambda z: np.logaddexp(0, -z), lambda z: -sigmoid(-z))]  # cross-entropy, each with its slope
LOOKS = ((plot.ORANGE, "--", "o"), (plot.BLUE, "-", "s"))


def flat(logit=-4.0):
    """Two costs of a sigmoid output whose label is 1, and their slopes, against the logit."""
    fig, panels = plot.axes(2, size=(8.8, 3.8), labels=("logit z (the label is 1)", ""))
    for side, (ax, what) in enumerate(zip(panels, ("cost", "slope of the cost, d cost / dz"))):
        for cost, name, (colour, dash, _) in zip(COSTS, ("squared error", "cross-entropy"), LOOKS):
            ax.plot(Z, cost[side](Z), dash, label=name, color=colour)
        ax.set(ylabel=what, title=" ", xticks=range(-10, 11, 5))
    panels[0].legend(loc="upper right")
    dots = [(ax.plot([], [], mark, color=colour, ms=9, mec="white")[0], cost[side])
            for side, ax in enumerate(panels) for cost, (colour, _, mark) in zip(COSTS, LOOKS)]

    def move(logit):
        for dot, curve in dots:
            dot.set_data([logit], [curve(logit)])
        a, b, z, p = (f"{n:.2g}".replace("-", "−") for n in (*[c[1](logit) for c in COSTS], logit, sigmoid(logit)))
        panels[0].title.set_text(f"z = {z}: the net says {p}")
        panels[1].title.set_text(f"slopes: {a} (dashed) and {b}")
        return f"Two costs and their slopes at logit {z}, label 1. Slope of squared error {a}, of cross-entropy {b}."

    return plot.moving(fig, move, [dot for dot, _ in dots] + [ax.title for ax in panels], logit=logit)


def likelihood(output=1.0):
    """A bell curve around the output of a net, how likely it makes the label 3, and minus the logarithm of that."""
    fig, (left, right) = plot.axes(2, size=(8.8, 3.6), labels=("possible labels", ""))
    grid, label = np.linspace(-2, 8, 301), 3.0
    bell, = left.plot(grid, grid, color=plot.BLUE, ls="-")
    height, = left.plot([], [], color=plot.ORANGE, ls="-", lw=3)
    left.plot(label, 0, "X", ms=11, color=plot.INK, ls="none", clip_on=False, zorder=4)
    left.text(label + 0.6, 0.02, "the label", color=plot.INK)
    left.set(xlim=(-2, 8), ylim=(0, 0.5), ylabel="likelihood (fixed width 1)")
    squared = (grid - label) ** 2 / 2
    right.plot(grid, squared + np.log(2 * np.pi) / 2, color=plot.ORANGE, ls="-", label="minus log likelihood")
    right.plot(grid, squared, color=plot.BLUE, ls="--", label="½ (output − label)²")
    right.set(xlim=(-2, 8), ylim=(0, 14), xlabel="output of the net", ylabel="cost")
    right.legend(loc="upper center")
    dot, = right.plot([], [], "o", ms=9, color=plot.ORANGE, mec="white")
    titles = [ax.set_title(" ") for ax in (left, right)]

    def move(output):
        density = np.exp(-(label - output) ** 2 / 2) / np.sqrt(2 * np.pi)
        bell.set_ydata(np.exp(-(grid - output) ** 2 / 2) / np.sqrt(2 * np.pi))
        height.set_data([label, label], [0, density])
        dot.set_data([output], [-np.log(density)])
        titles[0].set_text(f"output {output:g}: the label gets {density:.2g}")
        titles[1].set_text(f"{-np.log(density):.2f} = {(output - label) ** 2 / 2:.2f} + {np.log(2 * np.pi) / 2:.2f}")
        return (f"A bell curve around the output {output:g} gives the label 3 a likelihood of {density:.2g}. Minus its "
                f"logarithm is {-np.log(density):.2f}: half the squared error, {(output - label) ** 2 / 2:.2f}, plus a "
                "constant.")

    return plot.moving(fig, move, [bell, height, dot, *titles], output=output)


def fits(y):
    """(intercept, slope) of the lines with the least squared and the least absolute error."""
    A, weights, found = np.column_stack([np.ones_like(X), X]), np.ones_like(X), []
    for _ in range(60):  # small weights for large residuals, again and again, lead to the absolute error
        found.append(np.linalg.solve(A.T * weights @ A, A.T * weights @ y))
        weights = 1 / np.maximum(np.abs(y - A @ found[-1]), 1e-6)
    return found[0], found[-1]


def outliers(outliers=0, error=12.0):
    """A straight line fitted with two costs, while the last points are shifted up by `error`."""
    fig, ax = plot.axes(size=(6.4, 4.2), labels=("input x", "target y"))
    marks = [ax.plot([], [], "o", color=plot.INK, label="as measured")[0],
             ax.plot([], [], "X", color=plot.COLOURS[1], ms=10, label="outliers")[0]]
    lines = [ax.plot([], [], dash, color=colour, label=f"least {name} error")[0]
             for name, (colour, dash, _) in zip(("squared", "absolute"), LOOKS)]
    ax.set(xlim=(-0.3, 9.3), ylim=(-4, 27), title=" ")
    ax.legend(loc="upper left", ncols=2)

    def move(outliers, error):
        far = np.arange(X.size) >= X.size - outliers
        y = X / 2 + NOISE + error * far
        for mark, rows in zip(marks, (~far, far)):
            mark.set_data(X[rows], y[rows])
        for line, (a, b) in zip(lines, both := fits(y)):
            line.set_data(X, a + b * X)
        ax.title.set_text(words := f"slope by squared error {both[0][1]:.2f}, by absolute error {both[1][1]:.2f}")
        return f"A line through 19 points of slope 0.5, {outliers} of them shifted up by {error:g}: {words}."

    return plot.moving(fig, move, [*marks, *lines, ax.title], outliers=outliers, error=error)
