"""Dense nets as lists of layers `(W, b, activation)`, one at a time or many independent ones at once.

A single net has W (d_in, d_out) and b (d_out,). A batch of S nets has W (S, d_in, d_out) and b (S, 1, d_out):
the same code runs both, because matrix products broadcast over the first axis. `activation` is a name of
ACTIVATIONS, None for none, or a pair of functions (f, slope), each of the pre-activation z alone.
"""

import html
import time
from typing import NamedTuple

import numpy as np
from IPython.display import HTML, display
from scipy.special import erf, expit, log_softmax, softmax

from .mode import still

SQRT2, SQRT2PI = np.sqrt(2.0), np.sqrt(2 * np.pi)


def leaky(alpha):
    """(f, slope) of the leaky ReLU with slope `alpha` on the left (Maas et al. 2013)."""
    return lambda z: np.where(z > 0, z, alpha * z), lambda z, a=None: np.where(z > 0, 1.0, alpha)


# Each f beside its slope; a slope gets z and a = f(z), because some are cheaper from a.
ACTIVATIONS = {
    "linear": (lambda z: z, lambda z, a: np.ones_like(z)),
    "sigmoid": (expit, lambda z, a: a * (1 - a)),
    "tanh": (np.tanh, lambda z, a: 1 - a * a),
    "relu": (lambda z: np.maximum(z, 0), lambda z, a: (z > 0).astype(float)),
    "leaky": leaky(0.01),
    "leaky 0.1": leaky(0.1),
    "elu": (lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0))), lambda z, a: np.where(z > 0, 1.0, a + 1)),
    "gelu": (lambda z: 0.5 * z * (1 + erf(z / SQRT2)),
             lambda z, a: 0.5 * (1 + erf(z / SQRT2)) + z * np.exp(-0.5 * z * z) / SQRT2PI),
    "silu": (lambda z: z * expit(z), lambda z, a: expit(z) * (1 + z * expit(-z))),
    "softplus": (lambda z: np.logaddexp(0, z), lambda z, a: expit(z)),
    "2σ−1": (lambda z: 2 * expit(z) - 1, lambda z, a: (1 - a * a) / 2),
}

# Standard deviation of the weights from (fan_in, fan_out); drawn from a normal or a uniform distribution.
SCHEMES = {
    "small": ("normal", lambda m, n: 0.01),
    "normal": ("normal", lambda m, n: 1.0),
    "he": ("normal", lambda m, n: np.sqrt(2 / m)),  # He et al. 2015
    "std": ("uniform", lambda m, n: np.sqrt(1 / (3 * m))),  # U(±1/√fan_in)
    "xavier": ("uniform", lambda m, n: np.sqrt(2 / (m + n))),  # Glorot & Bengio 2010
    "xavier4": ("uniform", lambda m, n: 4 * np.sqrt(2 / (m + n))),  # for the sigmoid, Bengio 2012
    "playground": ("uniform", lambda m, n: 0.5 / np.sqrt(3)),  # U(±0.5), TensorFlow Playground
}


def pair(activation):
    """(f, slope(z, a)) of an activation given as a name, None, or functions (f, slope(z))."""
    if activation is None or isinstance(activation, str):
        return ACTIVATIONS[activation or "linear"]
    f, slope = activation
    return f, lambda z, a: slope(z)


def product(A, B):
    """A @ B. Many small matrices stored as `init` stores them, side by side, take one pass instead of one call each."""
    return np.einsum("...ij,...jk->...ik", A, B) if B.ndim == 3 and B.strides[0] == B.itemsize else A @ B


def init(widths, activation="relu", *, scheme="he", output=None, bias=0.0, seeds=0):
    """Layers of a dense net with these widths, from the inputs to the outputs.

    seeds: an int gives one net, a sequence a batch of independent nets.  scheme: a name of SCHEMES.
    output: activation of the last layer.  bias: the value all biases start from.
    """
    many = [seeds] if np.ndim(seeds) == 0 else list(seeds)
    generators = [np.random.default_rng(s) for s in many]
    law, std = SCHEMES[scheme]
    layers = []
    for i, (m, n) in enumerate(zip(widths, widths[1:])):
        s = std(m, n)
        W = np.stack([g.normal(0, s, (m, n)) if law == "normal" else g.uniform(-s, s, (m, n)) * np.sqrt(3)
                      for g in generators])
        if len(many) > 8 * max(widths):  # the same entry of all nets side by side in memory: see `product`
            W = np.moveaxis(np.moveaxis(W, 0, -1).copy(), -1, 0)
        b = np.full_like(W[:, :1], float(bias))
        layers.append((W, b, output if i == len(widths) - 2 else activation))
    return layers if np.ndim(seeds) else [(W[0], b[0, 0], f) for W, b, f in layers]


def forward(layers, X):
    """Outputs of a net or a batch of nets: (n, d_out) or (S, n, d_out) for X (n, d_in) or (S, n, d_in)."""
    A = np.asarray(X, float)
    for W, b, activation in layers:
        A = pair(activation)[0](product(A, W) + b)
    return A


def trace(layers, X):
    """Every layer's (pre-activation, activation), from the first layer to the last."""
    steps, A = [], np.asarray(X, float)
    for W, b, activation in layers:
        Z = product(A, W) + b
        A = pair(activation)[0](Z)
        steps.append((Z, A))
    return steps


def loss_and_delta(kind, out, y):
    """(mean loss, d loss / d out) for each net; y (…, n) holds 0/1, class numbers ("softmax") or any numbers.

    "mse": ½(out − y)²; "bce": binary cross-entropy of logits; "softmax": cross-entropy of logits.
    """
    n = out.shape[-2]
    if kind == "softmax":
        hot = np.eye(out.shape[-1])[y.astype(int)]
        return -(log_softmax(out, -1) * hot).sum(-1).mean(-1), (softmax(out, -1) - hot) / n
    target = y[..., None]
    if kind == "bce":
        return (np.logaddexp(0, out) - target * out).sum(-1).mean(-1), (expit(out) - target) / n
    return 0.5 * ((out - target) ** 2).sum(-1).mean(-1), (out - target) / n


def gradients(layers, X, y, loss="bce"):
    """(loss, [(dW, db, δ)]) of a net or a batch; δ (…, n, width) is d loss / d pre-activation, the error signal."""
    steps = trace(layers, X)
    value, d = loss_and_delta(loss, steps[-1][1], y)
    found = []
    for i in range(len(layers) - 1, -1, -1):
        W, b, activation = layers[i]
        d = d * pair(activation)[1](*steps[i])
        below = steps[i - 1][1] if i else X
        found.append((product(np.swapaxes(below, -1, -2), d), d.sum(-2, keepdims=W.ndim == 3), d))
        if i:
            d = product(d, np.swapaxes(W, -1, -2))
    return value, found[::-1]


class Run(NamedTuple):
    """What training leaves: the layers, and the loss of each net before every epoch and at the end, (S, epochs + 1)."""

    layers: list
    losses: np.ndarray


def progress(items, label):
    """Go through `items`, with a progress bar if it takes longer than a second; it is gone afterwards, saved or not."""
    items, bar, due = list(items), None, time.monotonic() + 1
    try:
        for done, item in enumerate(items):
            if done and time.monotonic() > due and not still():
                due = time.monotonic() + 0.1  # a page that draws every epoch is slower than the training
                if bar := bar or display(HTML(""), display_id=True):  # None outside a notebook
                    bar.update(HTML(f'<label>{html.escape(label)} <progress value="{done}" max="{len(items)}">'
                                    f'</progress> {done} of {len(items)}</label>'))
            yield item
    finally:  # also where the loop is left early
        if bar is not None:
            bar.update(HTML(""))


def epochs(layers, X, y, *, loss="bce", lr=0.1, batch=None, seeds=0):
    """Endless generator: each item is the layers after one more epoch of gradient descent (new arrays).

    batch: examples per step, drawn in a fresh order every epoch from a generator of each net's own seed;
    None takes all of them in one step. The pair yielded is (loss at the epoch's first step, layers).
    """
    generators = [np.random.default_rng([s, 1]) for s in np.atleast_1d(seeds)]
    one, n = np.ndim(seeds) == 0, X.shape[-2]
    while True:
        parts = [slice(None)]
        if batch is not None:
            order = np.stack([g.permutation(n) for g in generators])
            parts = np.split(order[0] if one else order, range(batch, n, batch), axis=-1)
        start = None
        for part in parts:
            value, found = gradients(layers, X[part], y[part], loss)
            start = value if start is None else start
            layers = [(W - lr * dW, b - lr * db, f) for (W, b, f), (dW, db, _) in zip(layers, found)]
        yield start, layers


def train(layers, X, y, *, count=100, loss="bce", lr=0.1, batch=None, seeds=0, until=None, label="training"):
    """Train for `count` epochs -> Run. With minibatches a loss is that of the epoch's first batch.

    until: a function of the layers; training stops early once it returns True.
    """
    X, y = np.asarray(X, float), np.asarray(y)
    losses, done = np.empty((*layers[0][0].shape[:-2], count + 1)), 0
    steps = epochs(layers, X, y, loss=loss, lr=lr, batch=batch, seeds=seeds)
    with np.errstate(over="ignore", invalid="ignore"):  # too high a rate diverges: that is a result, not a warning
        for done in progress(range(1, count + 1), label):
            losses[..., done - 1], layers = next(steps)
            if until is not None and until(layers):
                break
        losses[..., done] = loss_and_delta(loss, forward(layers, X), y)[0]
    return Run(layers, losses[..., :done + 1].copy() if done < count else losses)


def accuracy(layers, X, y, *, threshold=0.0):
    """Share of rows put in the right class: by the largest output, or by `threshold` where there is one output."""
    out = forward(layers, X)
    guess = out.argmax(-1) if out.shape[-1] > 1 else out[..., 0] > threshold
    return (guess == y).mean(-1)
