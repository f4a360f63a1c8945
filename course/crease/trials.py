"""Small trainings with a fixed recipe. Checks decide by them whether what a learner chose does train.

They draw nothing: a change of a figure can never change a grade.
"""

import functools

import numpy as np

from . import data, nets
from .check import that
from .say import show

STUCK = (0, 1, 2, 4, 5, 6)  # the first six nets of `died()` with more than 60 % of their units dead


@functools.cache
def share_trained(activation, depth, init):
    """Share of nets that train from this start: of 7 on the circle, or from 20 layers on of 3 on the digits.

    Circle: width 8, 400 epochs at most, trained at 95 % right. Digits: width 64, 8 epochs at most, trained at 40 %.
    """
    if depth < 20:
        (X, y), widths, seeds, count, bar = data.circle(), [2, *[8] * depth, 1], range(7), 40, 0.95
        rule, output, each = {"loss": "mse", "lr": 0.1, "batch": 25}, "tanh", 10
    else:
        (X, y, *_), widths, seeds, count, bar = data.digits(), [64, *[64] * depth, 10], range(3), 8, 0.4
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


@functools.cache
def died(rate=1.0, seeds=10):
    """Ten nets 64-64-64-10 after 15 epochs on the digits at a learning rate, as one batch of layers."""
    X, y = data.digits()[:2]
    net = nets.init([64, 64, 64, 10], seeds=range(seeds))
    return nets.train(net, X, y, count=15, loss="softmax", lr=rate, batch=32, seeds=range(seeds)).layers


@functools.lru_cache(64)
def rescued(activation, rate, alpha=0.01, which=STUCK, epochs=20):
    """Test accuracies of nets of `died()` after further epochs with another activation and learning rate."""
    if activation == "leaky":
        activation = lambda z: np.where(z > 0, z, alpha * z), lambda z: np.where(z > 0, 1.0, alpha)
    X, y, X_test, y_test = data.digits()
    net = [(W[list(which)], b[list(which)], f and activation) for W, b, f in died()]
    run = nets.train(net, X, y, count=epochs, loss="softmax", lr=rate, batch=32, seeds=which)
    return nets.accuracy(run.layers, X_test, y_test)


def rescue(plan, which=STUCK):
    """Carry out a plan on these nets; a `check.Failure` says what is wrong with it, or why it saves too few."""
    that(isinstance(plan, dict), f"{show(plan)} is no dict.",
         "Return a dict with the keys activation and lr: did you forget `return`?")
    name, rate, alpha = plan.get("activation"), plan.get("lr"), plan.get("alpha", 0.01)
    that(isinstance(name, str) and name in ("relu", "leaky", "gelu", "elu"), f"activation is {show(name)}.",
         "activation is one of the four words of the cell, spelled so.")
    number = (int, float, np.integer, np.floating)
    that(isinstance(rate, number) and 0 < rate < 1e6, f"lr is {show(rate)}.", "lr is a number above 0.")
    that(isinstance(alpha, number) and 0 <= alpha <= 1, f"alpha is {show(alpha)}.", "alpha is a number from 0 to 1.")
    with np.errstate(all="ignore"):
        every = rescued(name, float(rate), float(alpha))  # all six at once: a second check of the plan costs nothing
        hits = np.median([every[STUCK.index(one)] for one in which])
    why = "Something does come back, but too slowly: look at what a larger slope below 0, or a larger rate, does."
    if rate > 0.15:
        why = "So high a rate kills again, or diverges: lower it."
    elif name == "relu" or name == "leaky" and alpha == 0:
        why = "A slope of 0 lets nothing through where a unit is dead: take an activation that has a slope there."
    elif name == "leaky" and alpha >= 0.25:
        why = "So large a slope below 0 wakes the dead units with a jolt, and training diverges: lower alpha or lr."
    that(hits > 0.7, f"With your plan {hits:.0%} of the test images are right: the median of {len(which)} nets.", why)


HIDDEN = ("relu", "leaky", "leaky 0.1", "elu", "gelu", "tanh", "sigmoid", "softplus")
HEADS = {"regression": (("linear", "identity"), ("mse",)), "multiclass": (("softmax",), ("cross-entropy", "ce")),
         "binary": (("sigmoid",), ("bce", "binary cross-entropy"))}


def choice(answer, task):
    """A `check.Failure` unless `answer` is a net's four words, with a last layer that suits the task."""
    said = f"It returned {show(answer)}."
    that(isinstance(answer, dict) and set(answer) == {"hidden", "init", "output", "loss"}, said,
         'Return a dict with exactly the keys "hidden", "init", "output" and "loss", for every task.')
    that(answer["hidden"] in HIDDEN and answer["init"] in ("small", "xavier", "xavier4", "he"), said,
         "Use the words that the docstring lists for the hidden activation and the start.")
    outputs, losses = HEADS[task]
    that(answer["output"] in outputs and answer["loss"] in losses, said,
         "The last layer does not suit every task: let `output_head` choose it for the task that came in.")


def two_layers(answer):
    """A `check.Failure` unless a net of two hidden layers, of these four words, learns to name the value of a digit."""
    choice(answer, "regression")
    left = variance_left(answer["hidden"], answer["init"])
    that(left < 0.3, f"After 30 epochs the median net left {left:.0%} of the variance.",
         "Two hidden layers do not learn with this hidden activation and start: remember lesson 4.")


@functools.cache
def variance_left(hidden, init):
    """Share of the variance of 500 digits' values that the median of three nets of two hidden layers leaves."""
    X, y = (values[:500] for values in data.digits()[:2])
    target = (y - 4.5) / 3
    start = nets.init([64, 32, 32, 1], hidden, scheme=init, seeds=range(3))
    run = nets.train(start, X, target, count=30, loss="mse", lr=0.06, batch=32, seeds=range(3))
    return np.median(((nets.forward(run.layers, X)[..., 0] - target) ** 2).mean(-1) / target.var())


@functools.cache
def twelve_layers(hidden, init, task):
    """Accuracy on 500 digits of nets of twelve hidden layers of 32 units, after training for "multiclass" or "binary".

    Of three nets the median, and of two learning rates the better.
    """
    X, y = (values[:500] for values in data.digits()[:2])
    loss, target, width, count = ("softmax", y, 10, 30) if task == "multiclass" else ("bce", (y >= 5) * 1.0, 1, 20)
    seeds, rates = [0, 1, 2] * 2, np.repeat([0.02, 0.06], 3)[:, None, None]
    start = nets.init([64, *[32] * 12, width], hidden, scheme=init, seeds=seeds)
    run = nets.train(start, X, target, count=count, loss=loss, lr=rates, batch=32, seeds=seeds)
    return np.median(nets.accuracy(run.layers, X, target).reshape(2, 3), axis=1).max()
