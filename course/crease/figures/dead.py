"""Figures of lesson 06, and the nets behind them: units that die, nets that are born dead."""

import functools

import numpy as np

from crease import data, nets, plot

RATES = (0.03, 0.1, 0.3, 0.5, 1.0, 2.0)
LAYERS, SHOWN = 40, 100  # the deepest born-dead net; images on the unit map


@functools.cache
def one_layer(bias, rate):
    """A net 64-40-10 whose hidden biases start at `bias`, after 3 epochs on the digits at a learning rate."""
    X, y = data.digits()[:2]
    (W, b, f), last = nets.init([64, 40, 10], seeds=0)
    return nets.train([(W, b + bias, f), last], X, y, count=3, loss="softmax", lr=rate, batch=32, seeds=0).layers


def unit_map(bias=0.0, rate=0.1):
    """Which of 40 hidden units are active on which of 100 images, after a short training."""
    fig, ax = plot.axes(size=(7, 4), labels=("image", "hidden unit"))
    X, _, X_test, y_test = data.digits()
    ax.grid(False)
    image = ax.imshow(np.zeros((40, SHOWN, 3), np.uint8), aspect="auto", interpolation="nearest",
                      extent=(0.5, SHOWN + 0.5, 40.5, 0.5))
    for colour, label in ((plot.BLUE, "active"), ("#e6e6e6", "silent"), (plot.ORANGE, "dead unit")):
        ax.plot([], [], "s", ms=9, color=colour, ls="none", label=label)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, -0.32), ncols=3)
    title = ax.set_title(" ")
    colours = np.uint8([[230, 230, 230], [33, 102, 172], [179, 88, 6]])

    def move(bias, rate):
        layers = one_layer(bias, rate)
        on = nets.trace(layers, X)[0][0] > 0
        dead = ~on.any(0)
        order = np.argsort(-on.mean(0), kind="stable")
        image.set_data(colours[np.where(dead, 2, on[:SHOWN])[:, order].T])
        right = nets.accuracy(layers, X_test, y_test)
        title.set_text(f"biases from {bias:g}, learning rate {rate:g}: {dead.sum()} of 40 dead, {right:.0%} right")
        return (f"Map of 40 units by {SHOWN} images: with biases from {bias:g} and a learning rate of {rate:g}, "
                f"{dead.sum()} units are dead; {right:.0%} of the test images are right.")

    return plot.moving(fig, move, [image, title], bias=bias, rate=rate)


@functools.cache
def history(rate, epochs=8, seed=0):
    """(loss of each step's batch, share of dead units every fifth step) of a net 64-64-64-10 in training."""
    X, y = data.digits()[:2]
    net, rng, losses, dead = nets.init([64, 64, 64, 10], seeds=seed), np.random.default_rng([seed, 1]), [], []
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(epochs):
            for rows in np.split(rng.permutation(len(y)), range(32, len(y), 32)):
                if len(losses) % 5 == 0:
                    dead.append(np.mean([~(Z > 0).any(0) for Z, _ in nets.trace(net, X)[:-1]]))
                loss, found = nets.gradients(net, X[rows], y[rows], "softmax")
                losses.append(loss)
                net = [(W - rate * dW, b - rate * db, f) for (W, b, f), (dW, db, _) in zip(net, found)]
    return np.array(losses), np.array(dead)


def story(rate=0.1):
    """The loss, step by step, over the share of dead units, for one net in training."""
    fig, (top, low) = plot.axes(rows=2, size=(7.2, 4.6), labels=("step of training", ""), sharex=True)
    loss, = top.plot([], [], ls="-", lw=1, color=plot.BLUE)
    dead, = low.plot([], [], ls="-", color=plot.ORANGE)
    top.axhline(np.log(10), color=plot.GREY, lw=1, ls=":")
    top.text(180, np.log(10) * 1.6, "guessing", color=plot.GREY, ha="center")
    top.set(yscale="log", ylim=(1e-3, 1e3), ylabel="loss of the batch (log)", xlabel="")
    low.set(ylim=(-0.03, 1.03), xlim=(0, 361), ylabel="share of dead units")
    title = top.set_title(" ")

    def move(rate):
        losses, shares = history(rate)
        shown = np.nan_to_num(losses, nan=1e3, posinf=1e3)
        loss.set_data(np.arange(len(shown)), np.clip(shown, 1e-3, 1e3))
        dead.set_data(np.arange(len(shares)) * 5, shares)
        words = f"highest loss {np.nanmax(losses):.2g}, last ten {losses[-10:].mean():.2g}, {shares[-1]:.0%} dead"
        title.set_text(f"learning rate {rate:g}: {words}")
        return f"Loss and dead share of one net over {len(losses)} steps at a learning rate of {rate:g}: {words}."

    return plot.moving(fig, move, [loss, dead, title], rate=rate)


@functools.cache
def born_dead(width, count=4000, layers=LAYERS, seed=0):
    """Share of `count` untrained ReLU nets with one input that give one value for all inputs, for 1 to `layers` layers.

    Without biases a net is fixed by what it does to 1 and to -1 (positive homogeneity).
    """
    rng = np.random.default_rng([seed, width])
    A, shares = np.broadcast_to([[1.0], [-1.0]], (count, 2, 1)), []
    for _ in range(layers):
        A = np.maximum(A @ rng.normal(size=(count, A.shape[-1], width)), 0)
        A = A / np.maximum(A.max((1, 2), keepdims=True), 1e-300)  # the scale says nothing, and would run away
        shares.append(np.mean(~A.any((1, 2))))
    return np.array(shares)


def born(depth=10, width=3):
    """Chance of being born dead against depth, measured on 4000 nets, and its bound."""
    fig, ax = plot.axes(size=(6.8, 3.8), labels=("hidden layers", "share of nets born dead"))
    x = np.arange(1, LAYERS + 1)
    measured, = ax.plot(x, x, color=plot.BLUE, ls="-", label="4000 untrained nets")
    bound, = ax.plot(x, x, color=plot.ORANGE, ls="--", label="bound")
    dot, = ax.plot([], [], "o", ms=10, color=plot.BLUE, ls="none")
    ax.set(xlim=(0, LAYERS + 1), ylim=(-0.03, 1.03))
    ax.legend(loc="lower right")
    title = ax.set_title(" ")

    def move(depth, width):
        shares, most = born_dead(width), 1 - (1 - 0.5 ** width) ** x
        measured.set_ydata(shares)
        bound.set_ydata(most)
        dot.set_data([depth], [shares[depth - 1]])
        title.set_text(f"{depth} hidden layers of {width} units: {shares[depth - 1]:.0%} born dead, "
                       f"bound {most[depth - 1]:.0%}")
        return (f"Share of nets born dead against depth for width {width}: {shares[depth - 1]:.0%} at {depth} hidden "
                f"layers, below the bound of {most[depth - 1]:.0%}; both curves rise towards 1 with depth.")

    return plot.moving(fig, move, [measured, bound, dot, title], depth=depth, width=width)


def pre_activations(layers, X):
    """The hidden layers' pre-activations (net, example, unit)."""
    return [Z for Z, _ in nets.trace(layers, X)[:-1]]


def against(rates, dead, right):
    """Dead share (nets × rates) and test accuracy against the learning rate, medians with the range of the nets."""
    fig, ax = plot.axes(size=(6.8, 3.8), labels=("learning rate", "share"))
    for values, colour, ls, marker, label in ((dead, plot.ORANGE, "-", "o", "dead units"),
                                              (right, plot.BLUE, "--", "s", "test images right")):
        ax.fill_between(rates, np.min(values, 0), np.max(values, 0), color=colour, alpha=0.15, lw=0)
        ax.plot(rates, np.median(values, 0), color=colour, ls=ls, marker=marker, label=label)
    ax.set(xscale="log", ylim=(-0.03, 1.03))
    ax.set_xticks(rates, [f"{rate:g}" for rate in rates])
    ax.minorticks_off()
    ax.legend(loc="center left")
    fig.alt = (f"From a learning rate of {rates[0]:g} to {rates[-1]:g}, the median share of dead units rises from "
               f"{np.median(dead, 0)[0]:.0%} to {np.median(dead, 0)[-1]:.0%}, and the accuracy falls from "
               f"{np.median(right, 0)[0]:.0%} to {np.median(right, 0)[-1]:.0%}.")
    return fig


def dots(shares):
    """Test accuracies by name, one dot a net."""
    fig, ax = plot.axes(size=(6.8, 3.2), labels=("test images right", ""))
    for row, (name, values) in enumerate(shares.items()):
        ax.plot(values, row + np.linspace(-0.18, 0.18, len(values)), "o", ms=6, ls="none",
                color=plot.ORANGE if name.startswith("ReLU") else plot.BLUE)
        ax.plot([np.median(values)] * 2, [row - 0.35, row + 0.35], color=plot.INK, ls="-", lw=2)
    ax.set(xlim=(0, 1), yticks=range(len(shares)), yticklabels=list(shares))
    ax.invert_yaxis()
    fig.alt = "Test accuracy of each net, median: " + ", ".join(
        f"{name} {np.median(values):.0%}" for name, values in shares.items()) + "."
    return fig
