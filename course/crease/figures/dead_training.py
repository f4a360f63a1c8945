"""Nets with a ReLU that learns its own slope below 0, for lesson 06: fresh ones, and those that died."""

import numpy as np

from crease import data, nets


def parametric(start, rate=0.03, epochs=20):
    """Test accuracies of ten nets, trained on with a PReLU in place of each ReLU.

    start: layers of `nets.init` or `trials.died`.  One alpha for each unit, 0.25 at first, is learned along with the
    weights (He et al. 2015).
    """
    X, y, X_test, y_test = data.digits()
    layers = [(W, b) for W, b, _ in start]
    alphas = [np.full(b.shape, 0.25) for _, b in layers[:-1]]
    orders = [np.random.default_rng([seed, 1]) for seed in range(len(layers[0][0]))]
    with np.errstate(over="ignore", invalid="ignore"):  # a net that diverges is a result
        for _ in nets.progress(range(epochs), "PReLU"):
            rows = np.stack([g.permutation(len(y)) for g in orders])
            for part in np.split(rows, range(32, len(y), 32), axis=1):
                layers, alphas = step(layers, alphas, X[part], y[part], rate)
        return (forward(layers, alphas, X_test)[-1][1].argmax(-1) == y_test).mean(-1)


def forward(layers, alphas, X):
    """(input, sums) of every layer."""
    A, kept = X, []
    for (W, b), alpha in zip(layers, [*alphas, None]):
        kept.append((A, Z := A @ W + b))
        A = Z if alpha is None else np.where(Z > 0, Z, alpha * Z)
    return kept


def step(layers, alphas, X, y, rate):
    """Weights, biases and alphas after one step of gradient descent."""
    kept, new_layers, new_alphas = forward(layers, alphas, X), [], []
    d = nets.loss_and_delta("softmax", kept[-1][1], y)[1]
    for i in range(len(layers) - 1, -1, -1):
        (W, b), (A, Z) = layers[i], kept[i]
        if i < len(alphas):
            new_alphas.append(alphas[i] - rate * (d * np.minimum(Z, 0)).sum(-2, keepdims=True))
            d = d * np.where(Z > 0, 1.0, alphas[i])
        new_layers.append((W - rate * np.swapaxes(A, -1, -2) @ d, b - rate * d.sum(-2, keepdims=True)))
        d = d @ np.swapaxes(W, -1, -2)
    return new_layers[::-1], new_alphas[::-1]
