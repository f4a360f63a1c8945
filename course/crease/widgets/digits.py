"""The digit pad: write a digit, and a net reads it while you write."""

import numpy as np
import traitlets

from crease import data, nets, plot

from .base import Widget
from .rate import packed, pixels


class Pad(Widget):
    """A net 64-units-10 that reads what is written on the pad; its weights travel as bytes, 8 a number.

    title : whose net it is.  scale : (value of a white pixel, step to the next of 17 levels of grey).
    """

    scripts = ("dense",)
    title = traitlets.Unicode().tag(sync=True)
    units = traitlets.Int(64).tag(sync=True)
    scale = traitlets.List().tag(sync=True)
    W1, b1, W2, b2 = (traitlets.Bytes().tag(sync=True) for _ in range(4))

    def figure(self):
        """Some digits of the test set, and what the net reads."""
        W1, b1, W2, b2 = (np.frombuffer(part, "<f8") for part in (self.W1, self.b1, self.W2, self.b2))
        _, _, X, y = data.digits()
        read = nets.forward([(W1.reshape(64, -1), b1, "relu"), (W2.reshape(-1, 10), b2, None)], X[:8]).argmax(-1)
        fig, panels = plot.axes(8, size=(6.4, 1.2))
        for ax, x, label, said in zip(panels, X, y, read):
            ax.imshow(np.reshape(x, (8, 8)), cmap="Greys")
            ax.axis("off")
            ax.set_title(str(said), color=plot.BLUE if said == label else plot.ORANGE)
        fig.alt = (f"A pad to write a digit on, which {self.title or 'a net'} reads. Eight digits of the test set: it "
                   f"reads {', '.join(map(str, read))}; they are {', '.join(map(str, y[:8]))}.")
        return fig


def digit_pad(params=None, title=""):
    """A pad for a digit, written with mouse, finger or keys, and ten bars that say what the net reads.

    params : dict of W1 (64, units), b1, W2 (units, 10), b2 of a net with ReLUs that was trained on `data.digits`.
    Without it a net of `crease.nets` is trained, in a second.
    """
    X, y = data.digits()[:2]
    if params is None:
        layers = nets.train(nets.init([64, 64, 10], seeds=0), X, y, count=20, loss="softmax", lr=0.1, batch=64).layers
        (W1, b1, _), (W2, b2, _) = layers
        params, title = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, title or "a net of crease.nets"
    arrays = {name: np.asarray(params[name], float) for name in ("W1", "b1", "W2", "b2")}
    return Pad(title=title or "your net", units=arrays["W1"].shape[1], scale=list(pixels(X)[1]),
               **{name: packed(array) for name, array in arrays.items()})
