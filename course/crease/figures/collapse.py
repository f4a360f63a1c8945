"""Figures of lesson 01: what depth does without and with a ReLU."""

import functools

import numpy as np

from crease import data, nets, plot


@functools.cache
def trained(depth, activation):
    """Layers of a net of `depth` hidden layers of 8 units, trained on the circle (scaled to about ±1.7)."""
    X, y = data.circle()
    layers = nets.init([2, *[8] * depth, 1], activation, scheme="he" if activation == "relu" else "xavier", seeds=3)
    return nets.train(layers, X / 3, y, count=150, lr=0.1, batch=25, seeds=3).layers


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
    """A 1-D net: a sum of `units` ReLUs, each of which adds one kink to a straight line."""
    fig, ax = plot.axes(labels=("input x", "output of the net"))
    x = np.linspace(-3, 3, 601)
    places, slopes = np.array([-1, 1, 0, -2, 2, -0.5, 1.5, -1.5]), np.array([2, -3, 1.5, -1, 2, -2.5, 1.5, 1.5])
    line, = ax.plot(x, x, color=plot.BLUE, linestyle="-")
    dots, = ax.plot([], [], "o", color=plot.ORANGE, markersize=9, linestyle="none", label="kink")
    ax.set(ylim=(-8, 8), xlim=(-3, 3))
    ax.legend(loc="upper left")

    def move(units, steepness):
        def net(t):
            return 0.5 * t + steepness * (np.maximum(t[:, None] - places[:units], 0) * slopes[:units]).sum(1)

        line.set_data(x, net(x))
        dots.set_data(places[:units], net(places[:units]))
        where = f", at x = {', '.join(f'{p:g}' for p in sorted(places[:units]))}" if units and steepness else ""
        return f"A line with {units if steepness else 0} kinks{where}."

    return plot.moving(fig, move, [line, dots], units=units, steepness=steepness)


def merged(seed=1):
    """The 3-3-1 net with its twelve weights, and the single unit with three weights that it equals."""
    rng = np.random.default_rng(seed)
    W1, W2 = rng.choice([-3, -2, -1, 1, 2, 3], (3, 3)), rng.choice([-2, -1, 1, 2], (3, 1))
    fig, (left, right) = plot.axes(2, size=(8, 3.4), width_ratios=[3, 2])
    for ax, weights in ((left, [W1, W2]), (right, [W1 @ W2])):
        ax.set(xlim=(-0.3, len(weights) + 0.3), ylim=(-0.5, 2.5), xticks=[], yticks=[])
        ax.grid(False)
        ax.spines[:].set_visible(False)
        count = iter(range(1, 13))
        for column, W in enumerate(weights):
            heights = [range(3) if n == 3 else [1] for n in W.shape]
            for i, top in enumerate(heights[0]):
                for j, end in enumerate(heights[1]):
                    name = f"w{next(count)}={W[i, j]:g}" if ax is left else f"{W[i, j]:g}"
                    ax.plot([column, column + 1], [2 - top, 2 - end], color=plot.GREY, lw=1, ls="-", zorder=1)
                    at = 0.25 if W.shape[1] == 3 else 0.45
                    ax.text(column + at, 2 - top + at * (top - end), name, fontsize=7.5, ha="center", va="center",
                            bbox={"fc": "white", "ec": "none", "pad": 0.8})
        for column in range(len(weights) + 1):
            heights = range(3) if column < len(weights) else [1]
            ax.scatter([column] * len(heights), [2 - h for h in heights], s=520, zorder=3,
                       c="white", edgecolors=plot.BLUE if column else plot.ORANGE, linewidths=2)
            names = ["x₁", "x₂", "x₃"] if column == 0 else ["y"] if column == len(weights) else ["h₁", "h₂", "h₃"]
            for h, name in zip(heights, names):
                ax.text(column, 2 - h, name, ha="center", va="center", zorder=4)
    left.set_title("twelve weights, two layers")
    right.set_title("three weights, one layer")
    sums = ", ".join(f"{w:g}" for w in (W1 @ W2)[:, 0])
    fig.alt = f"Left a net of 3 inputs, 3 hidden units and 1 output with weights w1 to w12; right one unit with {sums}."
    return fig
