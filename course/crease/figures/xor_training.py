"""Figures of lesson 02 on learning: the perceptron goes in circles, and where a thousand small nets end."""

import functools

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection

from crease import nets, plot
from crease.data import XOR_LABELS, XOR_POINTS
from crease.figures.xor import BOLD, HATCHES, LETTERS, edge, letters, off_side, panel

ENDINGS = {"0": 0.0, "1/16": 1 / 16, "1/12": 1 / 12, "1/8": 1 / 8}  # the losses where two-unit ReLU nets come to rest
TASKS = {"OR": [0, 1, 1, 1], "AND": [0, 0, 0, 1], "XOR": [0, 1, 1, 0]}


@functools.cache
def lessons_of(task, steps=40):
    """The perceptron's rule from zero weights, one point after the other: [(w1, w2, b, point, correction), …]."""
    w, b, path = np.zeros(2), 0.0, []
    for step in range(steps):
        x, target = XOR_POINTS[step % 4], TASKS[task][step % 4]
        miss = target - float(x @ w + b > 0)
        w, b = w + miss * x, b + miss
        path.append((*w, b, step % 4, miss))
    return np.array(path)


def perceptron(task="OR", step=1):
    """Left the perceptron's line after `step` points, right the path of its two weights so far."""
    fig, axes = plot.axes(2, size=(9, 5.2))
    image, boundary, *dots, title = panel(axes[0], -0.6, 1.6)[0]
    points = plot.grid(1.1, 60)[1] + 0.5
    axes[0].set(xlabel="x₁", ylabel="x₂")
    axes[1].set(xlabel="weight w₁", ylabel="weight w₂", xlim=(-2, 3), ylim=(-2, 3), aspect="equal")
    names = letters(axes[0], 0.14)
    ring, = axes[0].plot([], [], "o", color=plot.COLOURS[2], ms=24, mew=2.5, mfc="none", ls="none",
                         label="looked at last")
    axes[0].legend(handles=[*dots, ring], loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=3, markerscale=0.5)
    path, = axes[1].plot([], [], "-", color=plot.BLUE, lw=1.5)
    here, = axes[1].plot([], [], "D", color=plot.COLOURS[1], ms=11, ls="none")
    right = axes[1].set_title(" ")

    def move(task, step):
        states, labels = np.vstack([np.zeros((1, 5)), lessons_of(task)[:step]]), np.array(TASKS[task])
        w1, w2, b, point, miss = states[-1]
        w = np.array([w1, w2])
        image.set_data(plot.sides(4 * (points @ w + b) - 1e-9).reshape(60, 60))
        boundary.set_data(*(edge(w, b) if w.any() else ([], [])))
        for k in range(2):
            dots[k].set_offsets(XOR_POINTS[labels == k])
        ring.set_data(*(XOR_POINTS[[int(point)]].T if step else ([], [])))
        path.set_data(states[:, 0], states[:, 1])
        here.set_data([w1], [w2])
        hits = int(((XOR_POINTS @ w + b > 0) == labels).sum())
        fixed = f"{int((states[:, 4] != 0).sum())} corrections so far"
        word = "corrected" if miss else "right, left alone"
        title.set_text(f"{task}, step {step}: {hits} of 4 right" + (f" ({LETTERS[int(point)]} {word})" if step else ""))
        right.set_text(f"weights ({w1:g}, {w2:g}), bias {b:g}: {fixed}".replace("-", "−"))
        after = f"{step} step{'s' * (step != 1)}"
        return (f"The perceptron on {task} after {after}: {hits} of 4 points right, {fixed}, weights {w1:g} and "
                f"{w2:g}, bias {b:g}.")

    return plot.moving(fig, move, [image, boundary, *dots, ring, *names, title, path, here, right],
                       task=task, step=step)


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


def plateaus(losses):
    """The loss of every net (nets, steps + 1) against the steps, and the share that comes to rest at each value."""
    fig, ax = plot.axes(size=(8.4, 4.2), labels=("training steps (log scale)", "loss"))
    steps = np.unique(np.geomspace(1, losses.shape[1], 160).astype(int)) - 1
    shares = []
    for (name, value), colour in zip(ENDINGS.items(), [plot.BLUE, *plot.COLOURS[1:4]]):
        there = np.isclose(losses[:, -1], value, atol=1e-3)
        curves = np.stack([np.broadcast_to(steps + 1, losses[there][:, steps].shape), losses[there][:, steps]], -1)
        ax.add_collection(LineCollection(curves, color=colour, lw=0.7, alpha=0.15))
        ax.axhline(value, color=colour, lw=1.2, ls=":")
        shares.append(f"{name}: {there.mean():.0%}")
        ax.text(1.02, value, shares[-1], color=colour, va="center", transform=ax.get_yaxis_transform(), fontsize=11)
    ax.set(xscale="log", xlim=(3, losses.shape[1]), ylim=(-0.01, 0.26))
    fig.alt = f"The losses of {len(losses)} nets in training settle on four values, with shares {', '.join(shares)}."
    return fig


def portraits(layers, losses):
    """One trained net for each ending: its output over x-space, its creases, its answer at each of the four points."""
    fig, axes = plot.axes(4, size=(11, 3.9), sharey=True)
    x, said = plot.grid(1.1, 60)[1] + 0.5, []
    for ax, (name, value) in zip(axes, ENDINGS.items()):
        i = int(np.isclose(losses[:, -1], value, atol=1e-4).argmax())
        net = [(W[i], b[i, 0], f) for W, b, f in layers]
        image, _, *_ = panel(ax, -0.6, 1.6)[0]
        image.set_data(np.clip(nets.forward(net, x)[:, 0], 0, 1).reshape(60, 60))
        for w, c, colour, ls, hatch in zip(net[0][0].T, net[0][1], plot.COLOURS[2:0:-1], ("--", ":"), HATCHES):
            ax.plot(*edge(w, c), color=colour, ls=ls, lw=3)
            ax.add_collection(PolyCollection([off_side(w, c)], facecolor="none", edgecolor=colour, lw=0,
                                             hatch=hatch, alpha=0.6))
        out = nets.forward(net, XOR_POINTS)[:, 0] + 0.0
        for (px, py), answer in zip(XOR_POINTS, out):
            ax.text(px, py + 0.13, f"{answer:.2f}".replace("-0.00", "0.00"), ha="center", va="bottom", **BOLD)
        ax.set(xlabel="x₁", title=f"loss {name}")
        said.append(f"loss {name}: " + ", ".join(f"{v:.2f}" for v in out))
    axes[0].set_ylabel("x₂")
    fig.alt = f"Four trained nets and their answers at (0, 0), (0, 1), (1, 0), (1, 1). {'; '.join(said)}."
    return fig


@functools.cache
def ended(start_bias, slope_at_0):
    """A thousand two-unit ReLU nets: (layers before training, final losses, layers after it)."""
    relu = (nets.ACTIVATIONS["relu"][0], lambda z: (z > 0) + slope_at_0 * (z == 0))
    start = nets.init([2, 2, 1], relu, bias=start_bias, seeds=range(1000))
    run = nets.train(start, XOR_POINTS, XOR_LABELS, count=3000, loss="mse", lr=0.2, seeds=range(1000))
    return start, run.losses[:, -1].copy(), run.layers  # without the rest, 24 MB


def threshold(start_bias=0.0, slope_at_0=0.0):
    """Left the creases of the first 40 of 1000 nets before training, right where the thousand end."""
    fig, (left, right) = plot.axes(2, size=(9.4, 4.4))
    dots = panel(left, -0.6, 1.6)[0][2:4]
    names = letters(left)
    left.set(xlabel="x₁", ylabel="x₂", title="40 of the 1000 nets before training")
    lines = [left.add_collection(LineCollection([], color=c, lw=lw, ls=ls, label=label)) for c, lw, ls, label in (
        (plot.GREY, 0.8, "-", "crease of a unit that is on at some point"),
        (plot.COLOURS[1], 1.4, "--", "of one that is off at all four"))]
    bars = right.barh(range(4), [0] * 4, color=[plot.BLUE, *plot.COLOURS[1:4]])
    labels = [right.text(0, i, "", va="center") for i in range(4)]
    right.set(yticks=range(4), yticklabels=["learned: 0", "stuck at 1/16", "stuck at 1/12", "stuck at 1/8"],
              xlim=(0, 0.62), xlabel="share of 1000 nets", ylabel="final loss")
    right.invert_yaxis()
    title = right.set_title(" \n ")
    left.legend(loc="upper center", bbox_to_anchor=(0.5, -0.15), fontsize=9)

    def move(start_bias, slope_at_0):
        ((W, c, _), _), final, _ = ended(start_bias, slope_at_0)
        off = (XOR_POINTS @ W + c <= 0).all(axis=1)  # (nets, units)
        for part, wanted in zip(lines, (~off, off)):
            part.set_segments([np.transpose(edge(W[i, :, k], c[i, 0, k])) for i in range(40) for k in range(2)
                               if wanted[i, k]])
        shares = [np.isclose(final, v, atol=5e-3 if v == 0 else 1e-3).mean() for v in ENDINGS.values()]
        for bar, label, share in zip(bars, labels, shares):
            bar.set_width(share)
            label.set(x=share, text=f" {share:.1%}")
        low, high = plot.wilson(1000 * shares[0], 1000)
        born = off.any(axis=1)
        words = f"{born.mean():.0%} have a unit that is off at all four points"
        lost = f"of those {np.mean(final[born] < 0.005):.0%} learn" if born.any() else "nothing is lost from the start"
        title.set_text(f"{words};\n{lost}")
        return (f"A thousand two-unit ReLU nets, biases of {start_bias:g} at the start, slope {slope_at_0:g} at 0: "
                f"{shares[0]:.1%} learn XOR (95 % interval {low:.0%} to {high:.0%}); {words}; {lost}.")

    return plot.moving(fig, move, [*lines, *dots, *names, *bars, *labels, title], start_bias=start_bias,
                       slope_at_0=slope_at_0)
