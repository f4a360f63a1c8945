"""Points in the plane with labels 0 and 1, or numbers, after the TensorFlow Playground (dataset.ts); written digits."""

import functools
from pathlib import Path

import numpy as np

RADIUS = 5.0


def circle(n=250, noise=0.0, seed=0):
    """A disc of class 1 inside a ring of class 0 -> X (n, 2) in about [-5, 5], y (n,).

    noise: share of the radius by which the point that decides the label is shifted, as in the Playground.
    """
    rng = np.random.default_rng(seed)
    inner = np.arange(n) < n // 2
    r = np.where(inner, rng.uniform(0, 0.5, n), rng.uniform(0.7, 1, n)) * RADIUS
    angle = rng.uniform(0, 2 * np.pi, n)
    X = np.column_stack([r * np.sin(angle), r * np.cos(angle)])
    shifted = X + rng.uniform(-RADIUS, RADIUS, X.shape) * noise
    return X, (np.hypot(*shifted.T) < RADIUS / 2).astype(float)


def xor(n=250, noise=0.0, seed=0):
    """Four square patches; class 1 where both coordinates have the same sign, as the Playground draws it."""
    rng = np.random.default_rng(seed)
    X = rng.uniform(-RADIUS, RADIUS, (n, 2))
    X += np.where(X > 0, 0.3, -0.3)
    shifted = X + rng.uniform(-RADIUS, RADIUS, X.shape) * noise
    return X, (shifted.prod(axis=1) >= 0).astype(float)


def blobs(n=250, noise=0.0, seed=0):
    """Two Gaussian blobs around (2, 2), class 1, and (-2, -2), class 0; variance 0.5 + 7 noise."""
    rng = np.random.default_rng(seed)
    y = (np.arange(n) < n // 2).astype(float)
    centre = np.where(y, 2.0, -2.0)[:, None]
    return rng.normal(centre, np.sqrt(0.5 + 7 * noise), (n, 2)), y


def spiral(n=250, noise=0.0, seed=0):
    """Two interleaved spirals of 1.75 turns."""
    rng = np.random.default_rng(seed)
    half = n // 2
    i = np.concatenate([np.arange(half), np.arange(n - half)]) / half
    y = (np.arange(n) < half).astype(float)
    angle = 1.75 * 2 * np.pi * i + np.where(y, 0, np.pi)
    X = np.column_stack([np.sin(angle), np.cos(angle)]) * (i * RADIUS)[:, None]
    return X + rng.uniform(-1, 1, X.shape) * noise * RADIUS, y


def plane(n=250, noise=0.0, seed=0):
    """Numbers instead of classes, a tilted plane: y is a tenth of x₁ + x₂ -> X (n, 2) in [-6, 6], y (n,)."""
    X, shifted = _square(n, noise, seed)
    return X, shifted.sum(1) / 10


def hills(n=250, noise=0.0, seed=0):
    """Numbers instead of classes: three hills of height 1 and three hollows as deep, cones of radius 2 in two rows."""
    X, shifted = _square(n, noise, seed)
    y = np.zeros(n)
    for i, x in enumerate((-4.0, 0.0, 4.0)):
        for j, up in enumerate((-2.5, 2.5)):
            rise = np.maximum(0, 1 - np.hypot(*(shifted - (x, up)).T) / 2)
            y += rise * (1 if (i + j) % 2 else -1)
    return X, y


def _square(n, noise, seed):
    rng = np.random.default_rng(seed)
    X = rng.uniform(-6, 6, (n, 2))
    return X, X + rng.uniform(-6, 6, X.shape) * noise


CLOUDS = {"circle": circle, "xor": xor, "blobs": blobs, "spiral": spiral}
NUMBERS = {"plane": plane, "hills": hills}
XOR_POINTS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR_LABELS = np.array([0.0, 1.0, 1.0, 0.0])


def digits():
    """Handwritten digits -> X_train (1437, 64), y_train (1437,), X_test (360, 64), y_test (360,).

    A row is an 8×8 image, a label an int from 0 to 9. One mean and one standard deviation, those of all training
    pixels, standardise every pixel. The split is always the same. Every call returns new arrays.

    Source: the test part of "Optical Recognition of Handwritten Digits", E. Alpaydin and C. Kaynak, 1998, UCI
    Machine Learning Repository, doi.org/10.24432/C50P49, licence CC BY 4.0; see DIGITS.md beside `digits.npz`.
    """
    X, y = (part.copy() for part in _digits())
    return X[:1437], y[:1437], X[1437:], y[1437:]


@functools.cache
def _digits():
    with np.load(Path(__file__).with_name("digits.npz")) as file:
        X, y = file["X"].astype(float), file["y"].astype(int)
    order = np.random.default_rng(0).permutation(len(y))
    X, y = X[order], y[order]
    return (X - X[:1437].mean()) / X[:1437].std(), y
