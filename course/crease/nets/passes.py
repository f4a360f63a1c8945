"""The way forward through dense nets, and the way back."""

import numpy as np

from .activations import SCHEMES, pair, sigmoid, softplus


def beside(A):
    """Whether a batch's arrays lie as `init` lays many small ones: the same entry of all nets side by side."""
    return A.ndim == 3 and A.strides[0] == A.itemsize


def product(A, B, out=None):
    """A @ B. Many small matrices side by side take one pass instead of one call each."""
    return np.einsum("...ij,...jk->...ik", A, B, out=out) if beside(B) else np.matmul(A, B, out=out)


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
        if len(many) > 8 * max(widths):  # see `beside`
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
        Z = product(A, W)
        Z += b
        A = pair(activation)[0](Z)
        steps.append((Z, A))
    return steps


def loss_and_delta(kind, out, y, value=True):
    """(mean loss, d loss / d out) for each net; y (…, n) holds 0/1, class numbers ("softmax") or any numbers.

    "mse": ½(out − y)²; "bce": binary cross-entropy of logits; "softmax": cross-entropy of logits. Most steps of
    training have no use for the loss: without `value` it is None.
    """
    n, loss = out.shape[-2], None
    if kind == "softmax":
        hot = np.eye(out.shape[-1])[y.astype(int)]
        shifted = out - out.max(-1, keepdims=True)
        d = np.exp(shifted)
        total = d.sum(-1, keepdims=True)
        if value:
            loss = -((shifted - np.log(total)) * hot).sum(-1).mean(-1)
        d /= total
        d -= hot
    elif kind == "bce":
        target = y[..., None]
        d = sigmoid(out) - target
        if value:
            loss = (softplus(out) - target * out).sum(-1).mean(-1)
    else:
        d = out - y[..., None]
        if value:
            squares = d[..., 0] ** 2 if d.shape[-1] == 1 else (d ** 2).sum(-1)
            loss = 0.5 * (np.add.reduce(squares, -1) / n)  # `mean`, without its overhead
    d /= n
    return loss, d


def errors(layers, steps, d):
    """From the last layer to the first, the error signal: d loss / d pre-activation, from `d`, d loss / d out."""
    for i in range(len(layers) - 1, -1, -1):
        W, _, activation = layers[i]
        if activation not in (None, "linear"):  # their slope is 1
            d *= pair(activation)[1](*steps[i])
        yield d
        if i:
            d = product(d, W.mT)


def gradients(layers, X, y, loss="bce"):
    """(loss, [(dW, db, δ)]) of a net or a batch; δ (…, n, width) is d loss / d pre-activation, the error signal."""
    steps = trace(layers, X)
    value, d = loss_and_delta(loss, steps[-1][1], y)
    inputs, many = [X, *(A for _, A in steps)], layers[0][0].ndim == 3
    found = [(product(A.mT, d), d.sum(-2, keepdims=many), d)
             for A, d in zip(inputs[-2::-1], errors(layers, steps, d))]
    return value, found[::-1]


def accuracy(layers, X, y, *, threshold=0.0):
    """Share of rows put in the right class: by the largest output, or by `threshold` where there is one output."""
    out = forward(layers, X)
    guess = out.argmax(-1) if out.shape[-1] > 1 else out[..., 0] > threshold
    return (guess == y).mean(-1)
