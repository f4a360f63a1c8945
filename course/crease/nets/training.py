"""Gradient descent on a net, or on many at once."""

import html
import time
from typing import NamedTuple

import numpy as np
from IPython.display import HTML, display

from ..mode import still
from .passes import beside, errors, forward, loss_and_delta, product, trace


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


def packed(layers):
    """All weights and biases of a net (parameters,) or a batch (S, parameters) as one array, in memory as they were."""
    W = layers[0][0]
    whole = np.concatenate([part.reshape(*W.shape[:-2], -1) for layer in layers for part in layer[:2]], -1)
    return np.asfortranarray(whole) if beside(W) else whole


def unpacked(whole, layers):
    """Layers like `layers` whose weights and biases are parts of such an array."""
    found, end = [], 0
    for W, b, activation in layers:
        start, middle = end, end + W.shape[-2] * W.shape[-1]
        end = middle + W.shape[-1]
        found.append((whole[..., start:middle].reshape(W.shape), whole[..., middle:end].reshape(b.shape), activation))
    return found


def epochs(layers, X, y, *, loss="bce", lr=0.1, batch=None, seeds=0):
    """Endless generator: each item is the layers after one more epoch of gradient descent (new arrays).

    batch: examples per step, drawn in a fresh order every epoch from a generator of each net's own seed;
    None takes all of them in one step. The pair yielded is (loss at the epoch's first step, layers).
    """
    generators = [np.random.default_rng([s, 1]) for s in np.atleast_1d(seeds)] if batch is not None else []
    many, n, X = layers[0][0].ndim == 3, X.shape[-2], np.asarray(X, float)
    whole, rate = packed(layers), lr if np.ndim(lr) == 0 else np.reshape(lr, (-1, 1))
    change = np.empty_like(whole)
    into = unpacked(change, layers)[::-1]
    while True:
        parts, start = [None], None
        if batch is not None:
            order = np.stack([g.permutation(n) for g in generators])
            parts = np.split(order if np.ndim(seeds) else order[0], range(batch, n, batch), axis=-1)
        for number, part in enumerate(parts):
            x, target = (X, y) if part is None else (X.take(part, 0), y.take(part, 0))
            steps = trace(layers, x)
            value, d = loss_and_delta(loss, steps[-1][1], target, value=not number)
            for (dW, db, _), A, error in zip(into, [*(A for _, A in steps[-2::-1]), x], errors(layers, steps, d)):
                product(A.mT, error, out=dW)
                if beside(error):
                    error.sum(-2, keepdims=True, out=db)
                else:  # the quicker of the two
                    np.einsum("...ij->...j", error, out=db[:, 0] if many else db)
            change *= rate
            if number:
                whole -= change
            else:
                start, whole = value, whole - change  # not in place: what was yielded before stays as it is
                layers = unpacked(whole, layers)
        yield start, layers


def train(layers, X, y, *, count=100, loss="bce", lr=0.1, batch=None, seeds=0, until=None, label="training"):
    """Train for `count` epochs -> Run. With minibatches a loss is that of the epoch's first batch.

    until: a function of the layers; training stops early once it returns True. Where no net's loss is a number any
    more, none becomes one again: the rest is NaN without training.
    """
    X, y = np.asarray(X, float), np.asarray(y)
    losses, done = np.empty((count + 1, *layers[0][0].shape[:-2])).T, 0  # an epoch's losses side by side
    steps = epochs(layers, X, y, loss=loss, lr=lr, batch=batch, seeds=seeds)
    with np.errstate(over="ignore", invalid="ignore"):  # too high a rate diverges: that is a result, not a warning
        for done in progress(range(1, count + 1), label):
            losses[..., done - 1], layers = next(steps)
            if until is not None and until(layers):
                break
            if np.isnan(losses[..., done - 1]).all():
                losses[..., done:] = np.nan
                done = count
                break
        losses[..., done] = loss_and_delta(loss, forward(layers, X), y)[0]
    return Run(layers, losses[..., :done + 1].copy() if done < count else losses)
