"""The learning rate, dragged: where a step along the gradient lands on the loss, and which units it silences."""

import numpy as np
import traitlets

from crease import data, nets, plot

from .base import Widget


def packed(array):
    """Numbers as the bytes that `floats` in dense.js reads."""
    return np.ascontiguousarray(array, "<f8").tobytes()


def pixels(X):
    """(X as one byte a pixel, (value of 0, step)) of standardised digits, whose pixels have 17 levels of grey."""
    low, step = float(X.min()), float((X.max() - X.min()) / 16)
    return np.rint((X - low) / step).astype(np.uint8).tobytes(), (low, step)


class Rate(Widget):
    """One step of gradient descent of a net with one layer of ReLUs on some digits, at a rate that is dragged.

    rate : the learning rate.  units : hidden units.  count : images.  The weights travel as bytes, 8 a number.
    """

    scripts = ("dense",)
    rate = traitlets.Float(0.1).tag(sync=True)
    units, count = traitlets.Int(40).tag(sync=True), traitlets.Int(200).tag(sync=True)
    pixels, scale = traitlets.Bytes().tag(sync=True), traitlets.List().tag(sync=True)
    labels = traitlets.List().tag(sync=True)
    W1, b1, W2, b2 = (traitlets.Bytes().tag(sync=True) for _ in range(4))

    def numbers(self):
        """(layers, X, labels) as `nets` takes them."""
        low, step = self.scale
        X = low + step * np.frombuffer(self.pixels, np.uint8).reshape(self.count, 64)
        W1, b1, W2, b2 = (np.frombuffer(part, "<f8") for part in (self.W1, self.b1, self.W2, self.b2))
        return [(W1.reshape(64, -1), b1, "relu"), (W2.reshape(-1, 10), b2, None)], X, np.array(self.labels)

    def along(self, rates):
        """(loss, number of dead units) after one step at each of the learning rates."""
        layers, X, y = self.numbers()
        found = nets.gradients(layers, X, y, "softmax")[1]
        losses, dead = [], []
        for rate in rates:
            moved = [(W - rate * dW, b - rate * db, f) for (W, b, f), (dW, db, _) in zip(layers, found)]
            steps = nets.trace(moved, X)
            losses.append(nets.loss_and_delta("softmax", steps[-1][1], y)[0])
            dead.append(int((steps[0][0] <= 0).all(0).sum()))
        return np.array(losses), np.array(dead)

    def figure(self):
        """Loss and dead units after one step, against its learning rate."""
        rates = np.geomspace(0.01, 100, 97)
        (losses, dead), now = self.along(rates), self.along([0.0])[0][0]
        fig, (top, low) = plot.axes(1, 2, size=(6.4, 4.2), sharex=True, height_ratios=[3, 2])
        top.loglog(rates, losses, color=plot.INK, ls="-", label="loss after one step")
        top.axhline(now, color=plot.GREY, ls="--", lw=1, label="loss now")
        top.set(ylim=(0.03, 30), ylabel="loss")
        top.legend(loc="lower left")
        low.fill_between(rates, dead, step="post", color=plot.ORANGE)
        low.set(ylim=(0, self.units), ylabel="dead units", xlabel="learning rate")
        fig.alt = (f"One step of gradient descent, by learning rate: the loss, {now:.2f} before it, is lowest at a "
                   f"rate of {rates[losses.argmin()]:.2g}; at 1 {dead[rates.searchsorted(1)]} of {self.units} "
                   f"hidden units are dead after the step, at 10 {dead[rates.searchsorted(10)]}, at 100 {dead[-1]}.")
        return fig


def rate_lens(rate=0.1, seed=0, units=40, count=200):
    """Drag the learning rate of a net of `units` ReLUs on `count` digits, and take the step, again and again."""
    X, y = data.digits()[:2]
    (W1, b1, _), (W2, b2, _) = nets.init([64, units, 10], seeds=seed)
    bytes_of, scale = pixels(X)
    return Rate(rate=rate, units=units, count=count, pixels=bytes_of[:64 * count], scale=list(scale),
                labels=y[:count].tolist(), W1=packed(W1), b1=packed(b1), W2=packed(W2), b2=packed(b2))
