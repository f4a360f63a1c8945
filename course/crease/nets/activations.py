"""Activations with their slopes, and the starts that suit them."""

import numpy as np

SQRT2, SQRT2PI = np.sqrt(2.0), np.sqrt(2 * np.pi)


def leaky(alpha):
    """(f, slope) of the leaky ReLU with slope `alpha` on the left (Maas et al. 2013)."""
    f = (lambda z: np.maximum(z, alpha * z)) if 0 < alpha <= 1 else lambda z: np.where(z > 0, z, alpha * z)
    return f, lambda z, a=None: np.where(z > 0, 1.0, alpha)


def erf(z):
    """SciPy's, loaded when first asked for: it takes a sixth of a second, which most lessons save."""
    from scipy.special import erf as compiled
    return compiled(z)


@np.errstate(over="ignore")  # e⁻ᶻ may be infinite, and 1 / (1 + e⁻ᶻ) is 0 then
def sigmoid(z):
    """1 / (1 + e⁻ᶻ), in half the time of SciPy's `expit`."""
    a = np.exp(np.negative(z))
    a += 1
    return 1 / a


def softplus(z):
    """log(1 + eᶻ), in a third of the time of `logaddexp`."""
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


# Each f beside its slope; a slope gets z and a = f(z), because some are cheaper from a.
ACTIVATIONS = {
    "linear": (lambda z: z, lambda z, a: np.ones_like(z)),
    "sigmoid": (sigmoid, lambda z, a: a * (1 - a)),
    "tanh": (np.tanh, lambda z, a: 1 - a * a),
    "relu": (lambda z: np.maximum(z, 0), lambda z, a: (z > 0).astype(float)),
    "leaky": leaky(0.01),
    "leaky 0.1": leaky(0.1),
    "elu": (lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0))), lambda z, a: np.where(z > 0, 1.0, a + 1)),
    "gelu": (lambda z: 0.5 * z * (1 + erf(z / SQRT2)),
             # Φ + z φ; of the two, Φ = a / z costs less than another `erf`
             lambda z, a: a / (z + (z == 0)) + 0.5 * (z == 0) + z * np.exp(-0.5 * z * z) / SQRT2PI),
    "silu": (lambda z: z * sigmoid(z), lambda z, a: (s := sigmoid(z)) + a * (1 - s)),
    "softplus": (softplus, lambda z, a: sigmoid(z)),
    "2σ−1": (lambda z: 2 * sigmoid(z) - 1, lambda z, a: (1 - a * a) / 2),
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
