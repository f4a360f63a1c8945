"""Dense nets as lists of layers `(W, b, activation)`, one at a time or many independent ones at once.

A single net has W (d_in, d_out) and b (d_out,). A batch of S nets has W (S, d_in, d_out) and b (S, 1, d_out):
the same code runs both, because matrix products broadcast over the first axis. `activation` is a name of
ACTIVATIONS, None for none, or a pair of functions (f, slope), each of the pre-activation z alone.
"""

from .activations import ACTIVATIONS, SCHEMES, leaky, pair, sigmoid
from .passes import accuracy, forward, gradients, init, loss_and_delta, product, trace
from .training import Run, epochs, progress, train

__all__ = ["ACTIVATIONS", "SCHEMES", "Run", "accuracy", "epochs", "forward", "gradients", "init", "leaky",
           "loss_and_delta", "pair", "product", "progress", "sigmoid", "trace", "train"]
