"""The playground: a net is drawn, trains while you watch, and lets itself be turned at every knob and every wire.

It trains in the page, by the rules of lesson 04 and with the numbers of `crease.nets`: the same seed gives the same
points, weights and batches as `data.circle`, `nets.init` and `nets.epochs` in the kernel. So it needs no kernel, and
other cells run meanwhile. The kernel only tells it where to start, and lends it functions of the learner's own.
"""

import numpy as np
import traitlets
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle

from crease import data, nets, plot
from crease.mode import still

from .base import Widget

DEFAULTS = {
    "data": "circle", "noise": 0, "test": 50, "points": 0, "drawn": "", "features": ["x1", "x2"],
    "layers": [8] * 6, "activation": "sigmoid", "init": "playground", "rate": 0.03, "batch": 10,
    "regularisation": "none", "strength": 0, "seed": 0, "show_test": False, "two_colours": False}
FEATURES = {"x1": lambda a, b: a, "x2": lambda a, b: b, "x1^2": lambda a, b: a * a, "x2^2": lambda a, b: b * b,
            "x1*x2": lambda a, b: a * b, "sin(x1)": lambda a, b: np.sin(a), "sin(x2)": lambda a, b: np.sin(b)}
CHOICES = {"data": [*data.CLOUDS, *data.NUMBERS, "drawn"], "init": list(nets.SCHEMES),
           "regularisation": ["none", "L1", "L2"], "activation": list(nets.ACTIVATIONS)}
PARTS = ["data", "knobs", "layers", "options", "seeds", "line", "curves"]  # what a teacher can hide
LIMIT, SAMPLES = 20.0, 4001  # ends of the table of a function of the learner's own, and its entries
STILL = 200  # epochs of the picture in a printed page


class Playground(Widget):
    """A net in training with its knobs.

    settings : dict with the keys of `DEFAULTS`; the page keeps it up to date.  result : what has come of it.
    functions : {name: {"low", "high", "values", "slopes"}}, activations of the learner's own, sampled.
    deviations : table of the standard deviations of the learner's own start, by fan in and fan out, or None.
    hide : names of `PARTS` that are not shown.
    """

    scripts = tuple(f"playground_{part}" for part in (
        "random", "net", "train", "view", "wires", "line", "controls", "draw", "team", "race", "board", "touch"))
    defaults = traitlets.Dict(DEFAULTS).tag(sync=True)
    settings = traitlets.Dict().tag(sync=True)
    result = traitlets.Unicode().tag(sync=True)
    functions = traitlets.Dict().tag(sync=True)
    deviations = traitlets.List(allow_none=True, default_value=None).tag(sync=True)
    hide = traitlets.List().tag(sync=True)
    pair = None  # (f, slope) of the learner's own activation

    def figure(self):
        """The net and what it says of the plane: as it starts, or after `STILL` epochs where nobody can press Play."""
        s, epochs = self.settings, STILL if still() else 0
        numbers = s["data"] in data.NUMBERS
        (X, y), (X_test, y_test) = (cloud(s, part) for part in (0, 1))
        X, X_test, seen = inputs(X, s), inputs(X_test, s), (X, y)
        target = y if numbers else 2 * y - 1
        net = nets.init([len(s["features"]), *s["layers"], 1], self.pair or s["activation"], bias=0.1, seeds=s["seed"],
                        scheme="normal" if self.deviations else s["init"], output=None if numbers else "tanh")
        if self.deviations:
            net = [(W * self.deviations[W.shape[0] - 1][W.shape[1] - 1], b, f) for W, b, f in net]
        if epochs:
            net = nets.train(net, X, target, count=epochs, loss="mse", lr=s["rate"], batch=s["batch"],
                             seeds=s["seed"]).layers
        sizes = np.array([np.linalg.norm(d) for _, _, d in nets.gradients(net, X, target, "mse")[1]])
        sizes = sizes / (sizes[-1] or np.nan)
        result = "no test points" if not len(y_test) else (
            f"test loss {nets.loss_and_delta('mse', nets.forward(net, X_test), y_test)[0]:.3f}" if numbers else
            f"{nets.accuracy(net, X_test, y_test):.0%} of the test points right")
        fig = draw(net, s, *seen, sizes, f"epoch {epochs}: {result}")
        fig.alt = (f"A net of {len(s['layers'])} hidden layers of {', '.join(map(str, s['layers'])) or 'no'} "
                   f"{s['activation']} units on the {s['data']} data, epoch {epochs}: {result}. "
                   f"Error signal at its first layer {sizes[0]:.1g}, at the output 1.")
        return fig


def cloud(settings, part):
    """(X, y) of the training points, part 0, or of the test points, part 1."""
    s = settings
    if s["data"] == "drawn":
        rows = np.array([p.split(",") for p in s["drawn"].split()], float).reshape(-1, 3)
        order = np.random.default_rng(s["points"]).permutation(len(rows))
        held = round(len(rows) * s["test"] / 100)
        rows = rows[order[:held] if part else order[held:]]
        return rows[:, :2], rows[:, 2]
    held = round(500 * s["test"] / 100)
    make = (data.CLOUDS | data.NUMBERS)[s["data"]]
    return make(held if part else 500 - held, noise=s["noise"] / 100, seed=2 * s["points"] + part)


def inputs(X, settings):
    """The features of points X (n, 2) that the net gets -> (n, d)."""
    return np.column_stack([FEATURES[name](*X.T) for name in settings["features"]])


def draw(net, settings, X, y, signals, result):
    """A matplotlib figure of the net with a map in each unit, the plane, and the error signal under each layer."""
    x, grid = plot.grid(6, 48)
    steps = nets.trace(net, inputs(grid, settings))
    fig, (left, right) = plot.axes(columns=2, size=(9.6, 4.4), width_ratios=[1.75, 1])
    left.axis("off")
    counts = [len(settings["features"]), *(b.shape[-1] for _, b, _ in net)]
    places = [[(c, (n - 1) / 2 - u) for u in range(n)] for c, n in enumerate(counts)]
    for (W, _, _), before, after in zip(net, places, places[1:]):
        ends = [(p, q) for p in before for q in after]
        w = np.ravel(W)
        left.add_collection(LineCollection(ends, linewidths=np.clip(1.7 * np.abs(w), 0.3, 6), zorder=1,
                                           alpha=np.clip(0.25 + 0.4 * np.abs(w), 0, 0.9),
                                           colors=np.where(w < 0, plot.ORANGE, plot.BLUE)))
    across, down = 6.0 / (len(net) + 1.2), 4.0 / 12.1  # inches of a step to the right, and of one down
    tall = min(0.42, 0.32 * across / down)
    wide = tall * down / across
    maps = [(inputs(grid, settings), None), *((A, name) for (_, A), (_, _, name) in zip(steps, net))]
    for (values, name), column in zip(maps, places):
        for u, (cx, cy) in enumerate(column):
            corners = (cx - wide, cx + wide, cy - tall, cy + tall)
            left.imshow(tone(values[:, u], name).reshape(48, 48), cmap=plot.SURFACE, vmin=0, vmax=1, origin="lower",
                        zorder=2, aspect="auto", extent=corners)
            left.add_patch(Rectangle((cx - wide, cy - tall), 2 * wide, 2 * tall, fill=False, ec=plot.GREY, zorder=3))
    left.set(xlim=(-0.6, len(net) + 0.6), ylim=(-6.9, 5.2))
    left.text(-0.6, -5.6, "error\nsignal", color=plot.INK, va="center", size=9)
    for layer, size in enumerate(signals, 1):
        high = np.clip(1 + np.log10(max(size, 1e-8)) / 8, 0, 1.25) if np.isfinite(size) else 0
        left.bar(layer, 1.1 * high, bottom=-6.1, width=0.4, color="#6f3fa0")
        left.text(layer, -6.8, f"{size:.1g}", ha="center", size=9)
    image = plot.surface(right, 6, 48)
    image.set_data(tone(steps[-1][1][:, 0], "tanh").reshape(48, 48))
    edge = steps[-1][0].reshape(48, 48)
    if edge.min() < 0 < edge.max():
        right.contour(x, x, edge, [0], colors=plot.INK, linewidths=1.2)
    if len(X):
        plot.scatter(right, X, y > 0 if settings["data"] in data.NUMBERS else y, s=12)
    right.set(xlabel="x₁", ylabel="x₂", aspect="equal", title=result)
    return fig


def tone(values, activation):
    """Outputs as values in [0, 1] for a map: by the ends of what the activation can give, or squeezed."""
    low, high = {"sigmoid": (0, 1), "tanh": (-1, 1), "2σ−1": (-1, 1)}.get(activation, (None, None))
    return 0.5 + 0.5 * values / (1 + np.abs(values)) if low is None else (values - low) / (high - low)


def playground(activation=DEFAULTS["activation"], *, prime=None, init=DEFAULTS["init"], hide=(), **settings):
    """A net to train by hand. Every setting can also be given here, and what it shows as its line is such a call.

    activation : a name of `nets.ACTIVATIONS`, or a function of your own; prime: its slope, else measured.
    init : a name of `nets.SCHEMES`, or a function of your own of fan_in, or of fan_in and fan_out.
    settings : data, noise (%), test (% of the 500 points), points (number of the sample), drawn, features, layers
        (units of each), rate, batch, regularisation, strength, seed, show_test, two_colours.
    hide : parts that are not to be seen: data, knobs, layers, options, seeds, line, curves.

    >>> playground(relu, data="spiral", layers=[8, 8], features=["x1", "x2", "sin(x1)"])
    """
    given = {**settings, "activation": activation, "init": init}
    own = {}
    if callable(activation):
        given["activation"] = name = f"{title(activation)}, yours"
        own["functions"] = {name: sampled(activation, prime)}
    if callable(init):
        given["init"], own["deviations"] = DEFAULTS["init"], deviations(init)
    refuse(given, own.get("functions", ()))
    if unknown := set(hide) - set(PARTS):
        raise ValueError(f"hide: there is no {', '.join(sorted(unknown))}. There are: {', '.join(PARTS)}.")
    made = Playground(settings={**DEFAULTS, **given}, hide=list(hide), **own)
    if callable(activation):
        made.pair = (activation, prime or (lambda z: (activation(z + 1e-5) - activation(z - 1e-5)) / 2e-5))
    return made


def refuse(given, own):
    """Say what is wrong with settings, if anything is."""
    for name, value in given.items():
        if name not in DEFAULTS:
            raise ValueError(f"There is no setting {name}. There are: {', '.join(DEFAULTS)}.")
        if name in CHOICES and value not in CHOICES[name] and value not in own:
            raise ValueError(f"{name}={value!r}: it is one of {', '.join(CHOICES[name])}.")
        if isinstance(DEFAULTS[name], int | float) and (not isinstance(value, int | float) or value < 0):
            raise ValueError(f"{name}={value!r}: it is a number, 0 or more.")
    layers, features = given.get("layers", []), given.get("features", ["x1"])
    if not isinstance(layers, list) or len(layers) > 8 or not all(isinstance(n, int) and 1 <= n <= 10 for n in layers):
        raise ValueError(f"layers={layers!r}: a list of the units of each hidden layer, such as [8, 8]; "
                         "at most 8 layers, and 1 to 10 units in each.")
    if not features or set(features) - set(FEATURES):
        raise ValueError(f"features={features!r}: a list of some of {', '.join(FEATURES)}.")


def title(f):
    name = getattr(f, "__name__", "")
    return name if name.isidentifier() else "function"


def sampled(f, prime=None):
    """A function of numbers as the table the page reads: `values` at equal steps, `slopes` where there is a prime."""
    z = np.linspace(-LIMIT, LIMIT, SAMPLES)
    table = {"low": -LIMIT, "high": LIMIT, "values": values(f, z).tobytes()}
    return table | ({"slopes": values(prime, z).tobytes()} if prime else {})


def values(f, z):
    """f at every entry of z, as floats; a ValueError in plain words where that cannot be."""
    try:
        with np.errstate(all="ignore"):
            found = np.array(f(z.copy()), float)
    except NotImplementedError:
        raise
    except Exception as error:
        raise ValueError(f"The playground called {title(f)} on an array of {len(z)} numbers, and it raised "
                         f"{type(error).__name__}: {error}") from None
    if found.shape != z.shape or not np.isfinite(found).all():
        what = f"an array of shape {found.shape}" if found.shape != z.shape else "numbers that are not finite"
        raise ValueError(f"The playground called {title(f)} on {len(z)} numbers from {z[0]:g} to {z[-1]:g}: it must "
                         f"return as many numbers, and gave {what}.")
    return found


def deviations(f):
    """The standard deviations that f(fan_in) or f(fan_in, fan_out) gives for all layers of the playground."""
    def at(m, n):
        try:
            return float(f(m, n))
        except TypeError:
            return float(f(m))
    return [[at(m, n) for n in range(1, 11)] for m in range(1, 11)]
