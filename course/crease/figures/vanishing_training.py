"""Six sigmoid layers with residual connections, trained on the disc: the experiment of lesson 04, with one change."""

import numpy as np

from crease import data, nets
from crease.nets import sigmoid


def epochs_with_residuals(layers, limit, count=20):
    """For each of `count` nets the epoch by which 98 % of the test points were right, or infinity.

    Each hidden layer but the first adds to its input, A + sigmoid(A W + b) (He et al. 2016). All else is as in the
    lesson: 8 units a layer, Playground start, tanh output, squared error, rate 0.03, batches of ten.
    """
    (X, y), (X_test, y_test) = data.circle(seed=0), data.circle(seed=1)
    start = nets.init([2, *[8] * layers, 1], "sigmoid", scheme="playground", bias=0.1, seeds=range(count))
    weights = [(W, b) for W, b, _ in start]
    orders, solved = [np.random.default_rng([s, 1]) for s in range(count)], np.full(count, np.inf)
    for epoch in nets.progress(range(1, limit + 1), f"{layers} layers, residual"):
        rows = np.stack([g.permutation(len(y)) for g in orders])
        for part in np.split(rows, range(10, len(y), 10), axis=1):
            weights = step(weights, X[part], 2 * y[part] - 1)
        if epoch % 10 == 0:
            right = ((forward(weights, X_test)[-1][1][..., 0] > 0) == y_test).mean(-1)
            solved[(right >= 0.98) & (solved > epoch)] = epoch
            if np.isfinite(solved).all():
                break
    return solved


def forward(weights, X):
    """(input, output before the shortcut is added) of every layer."""
    A, kept, last = X, [], len(weights) - 1
    for i, (W, b) in enumerate(weights):
        a = np.tanh(A @ W + b) if i == last else sigmoid(A @ W + b)
        kept.append((A, a))
        A = A + a if 0 < i < last else a
    return kept


def step(weights, X, target, lr=0.03):
    """The weights after one step of gradient descent on the squared error."""
    kept, last, new = forward(weights, X), len(weights) - 1, []
    d = (kept[last][1] - target[..., None]) / X.shape[-2]
    for i in range(last, -1, -1):
        (W, b), (below, a) = weights[i], kept[i]
        s = d * ((1 - a * a) if i == last else a * (1 - a))
        sums = np.einsum("...ij->...j", s)[..., None, :]  # quicker than `sum`
        new.append((W - lr * np.swapaxes(below, -1, -2) @ s, b - lr * sums))
        back = s @ np.swapaxes(W, -1, -2)
        d = d + back if 0 < i < last else back
    return new[::-1]
