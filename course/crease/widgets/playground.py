"""The playground: a small net trains while you watch it and turn its knobs, by the rules of the TensorFlow Playground.

Nothing runs in the kernel between two frames: the page's own clock asks for the next one, which trains for a few
hundredths of a second and draws. So other cells run in between, and a page that is gone asks for nothing.
"""

import html
import time
import traceback

import ipywidgets as W
import numpy as np
from IPython.display import HTML, display
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from crease import data, nets, plot
from crease.mode import still
from crease.sliders import Live, frame

LIMIT = 1000  # epochs of "20 seeds"
DEEPEST, FLOOR, CEILING = 8, 1e-8, 1e2  # hidden layers, and the ends of the log axis
RATES = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0]
DEFAULTS = {"data": "circle", "layers": 6, "width": 8, "activation": "sigmoid", "init": "playground", "rate": 0.03}


class Training:
    """A net, or a batch of nets with a sequence of seeds, in training on 250 points; 250 others test it.

    Rules: batches of 10, ½(output − label)² with labels ±1, a tanh output, all biases start at 0.1.
    Solved is a net that has had 98 % of the test points right at an epoch divisible by 10.
    """

    def __init__(self, seed=0, **settings):
        s = self.settings = {**DEFAULTS, **settings}
        (self.X, self.y), (self.X_test, self.y_test) = (data.CLOUDS[s["data"]](250, seed=part) for part in (0, 1))
        self.net = nets.init([2, *[s["width"]] * s["layers"], 1], s["activation"], scheme=s["init"], output="tanh",
                             bias=0.1, seeds=seed)
        self.epochs = nets.epochs(self.net, self.X, 2 * self.y - 1, loss="mse", lr=s["rate"], batch=10, seeds=seed)
        self.epoch, self.solved, self.curves = 0, np.zeros(np.shape(seed), bool), []
        self.note()

    @np.errstate(over="ignore", invalid="ignore")  # too high a rate diverges: that is to be seen, not warned of
    def advance(self, epochs, seconds=np.inf):
        """Train for so many epochs, or until the seconds are over (at least one epoch)."""
        end = time.perf_counter() + seconds
        for _ in range(epochs):
            self.net = next(self.epochs)[1]
            self.epoch += 1
            if self.epoch % 10 == 0:
                self.solved = self.solved | (nets.accuracy(self.net, self.X_test, self.y_test) >= 0.98)
            if time.perf_counter() > end or self.solved.ndim and self.solved.all():
                break
        self.note()

    def note(self):
        """Append (epoch, training loss, test loss) to the curves."""
        self.curves.append((self.epoch, *(nets.loss_and_delta("mse", nets.forward(self.net, X), 2 * y - 1)[0]
                                          for X, y in ((self.X, self.y), (self.X_test, self.y_test)))))

    def signals(self):
        """Size of each hidden layer's error signal, relative to that of the output layer."""
        sizes = [np.linalg.norm(d) for _, _, d in nets.gradients(self.net, self.X, 2 * self.y - 1, "mse")[1]]
        return np.array(sizes[:-1]) / (sizes[-1] or np.nan)

    def dead(self):
        """Share of each hidden layer's units whose slope is below 0.001 on every training point."""
        slope = nets.pair(self.settings["activation"])[1]
        return np.array([(slope(*step) < 1e-3).all(0).mean() for step in nets.trace(self.net, self.X)[:-1]])


def face(training):
    """What the playground shows of a net in training: decision, losses, error signal and dead units per layer."""
    fig = Figure(figsize=(9.6, 4.9), dpi=100, layout="constrained")
    FigureCanvasAgg(fig)
    ax = fig.subplot_mosaic([["plane", "loss", "loss"], ["plane", "signal", "dead"]], width_ratios=[2, 1.15, 1])
    ax["plane"].set(xlabel="x₁", ylabel="x₂")
    ax["loss"].set(xlim=(0, 100), ylim=(0, 0.8), xlabel="epoch", ylabel="loss (mean ½ error²)")
    ax["signal"].set(yscale="log", ylim=(FLOOR, CEILING), ylabel="error signal (output = 1)")
    ax["dead"].set(ylim=(0, 100), ylabel="dead units (%)")
    image, points = plot.surface(ax["plane"], 6, 64), plot.grid(6, 64)[1]
    plot.scatter(ax["plane"], training.X, training.y)
    curves = [ax["loss"].plot([], [], color=plot.COLOURS[2 * i], ls=plot.DASHES[i], label=name)[0]
              for i, name in enumerate(("training", "test"))]
    ax["loss"].legend(loc="upper right", ncols=2)
    ax["signal"].axhline(1, color=plot.GREY, lw=1, ls=":")
    bars = [ax[name].vlines([], [], [], colors=colour, lw=14, capstyle="butt")  # quicker than a Rectangle each
            for name, colour in (("signal", plot.BLUE), ("dead", plot.ORANGE))]
    for name in ("signal", "dead"):
        ax[name].set(xticks=range(1, DEEPEST + 1), xlim=(0.4, DEEPEST + 0.6), xlabel="hidden layer (1: at the input)")
    title = ax["plane"].set_title(" ")

    def move(training):
        signals, s, (x, *losses) = training.signals(), training.settings, np.transpose(training.curves)
        tall = np.clip(np.nan_to_num(signals, nan=FLOOR), FLOOR, CEILING)
        for bar, low, heights in zip(bars, (FLOOR, 0), (tall, 100 * training.dead())):
            bar.set_segments([((layer, low), (layer, high)) for layer, high in enumerate(heights, 1)])
        out = np.clip(nets.forward(training.net, points)[:, 0], -0.999999, 0.999999)
        image.set_data(plot.sides(2 * np.arctanh(out)).reshape(64, 64))
        for k, dots in enumerate(ax["plane"].collections):
            dots.set_offsets(training.X[training.y == k])
        for curve, loss in zip(curves, losses):
            curve.set_data(x, loss)
        end = 100 * 2 ** int(np.ceil(np.log2(max(x[-1], 100) / 100)))
        if end != ax["loss"].get_xlim()[1]:
            ax["loss"].set_xlim(0, end)
        right = f"{nets.accuracy(training.net, training.X_test, training.y_test):.0%} of the test points right"
        title.set_text(f"epoch {training.epoch}: " + (right if np.isfinite(losses[0][-1]) else "diverged"))
        return (f"{s['data']} data, {s['layers']} {s['activation']} layers of {s['width']} units, {title.get_text()}; "
                f"training loss {losses[0][-1]:.3f}; error signal {signals[0]:.1g} at layer 1, 1 at the output.")

    parts = [image, *ax["plane"].collections, *curves, *bars, title]
    return plot.moving(fig, move, parts, training=training)


class Playground(Live):
    """The face of a net in training with its knobs and buttons."""

    def __init__(self):
        lists = {"data": data.CLOUDS, "activation": nets.ACTIVATIONS, "init": nets.SCHEMES, "rate": RATES}
        ends = {"layers": (1, DEEPEST), "width": (1, 10), "seed": (0, 99)}
        self.knobs = {name: W.Dropdown(options=list(options)) for name, options in lists.items()}
        self.knobs |= {name: W.IntSlider(min=low, max=high) for name, (low, high) in ends.items()}
        for name, knob in self.knobs.items():
            knob.value, knob.description, knob.layout.width = DEFAULTS.get(name, 0), name, "19em"
            knob.style.description_width = "5em"
            knob.observe(self.reset, "value")
        self.play = W.ToggleButton(description="Play", icon="play", layout={"width": "7em"})
        self.play.observe(self.pressed, "value")
        buttons = [self.play]
        for text, icon, work in (("Step", "step-forward", self.step), ("Reset", "undo", self.reset),
                                 ("Run 20 seeds", "users", self.run_seeds)):
            buttons.append(W.Button(description=text, icon=icon, layout={"width": "10em"}))
            buttons[-1].on_click(work)
        self.bar, self.words = W.IntProgress(max=LIMIT, layout={"visibility": "hidden", "width": "12em"}), W.HTML()
        self.clock = W.Play(max=2**30, interval=30, repeat=True, layout={"display": "none"})
        self.clock.observe(self.tick, "value")
        self.picture, self.results, self.batch, self.fig = W.HTML(), [], None, None
        self.picture.observe(self.seen, "_view_count")
        names, row = ("data", "layers", "width", "seed", "activation", "init", "rate"), {"flex_flow": "row wrap"}
        rows = [W.Box([self.knobs[name] for name in names], layout=row),
                W.Box([*buttons, self.bar, self.clock], layout=row)]
        super().__init__([*rows, self.words, self.picture], lambda: self.picture.value)
        self.reset()
        self.picture._view_count = 0  # asks the page to count the places where the picture is shown

    def reset(self, _=None):
        """A new net with the settings of the knobs. What was playing goes on; 20 seeds under way end here."""
        if self.batch:
            self.finish()
        self.training = Training(**{name: knob.value for name, knob in self.knobs.items()})
        self.step(epochs=0)

    def step(self, _=None, epochs=1, seconds=np.inf):
        """Train and draw. An exception stops the clock and is shown."""
        try:
            self.training.advance(epochs, seconds)
            self.fig = self.fig or face(self.training)
            self.fig.move(self.training)
            self.picture.value = frame(self.fig)
        except Exception:
            self.play.value = False
            self.words.value = f"<pre>{html.escape(traceback.format_exc(limit=-2))}</pre>"
            raise

    def pressed(self, change):
        """Play or pause; 20 seeds under way end here."""
        if self.batch:
            self.finish()
        self.picture._view_count = 1  # a page that was left without a word may still be counted
        self.clock.playing = change["new"]
        self.play.description, self.play.icon = ("Pause", "pause") if change["new"] else ("Play", "play")

    def tick(self, _):
        """The page's clock asks for the next frames."""
        if self.batch:
            self.batch.advance(LIMIT - self.batch.epoch, 0.06)
            self.tell()
            if self.batch.epoch == LIMIT or self.batch.solved.all():
                self.finish()
        elif self.play.value:
            for _ in range(2):  # the page shows the first picture while the second is drawn
                self.step(epochs=LIMIT, seconds=0.02)

    def run_seeds(self, _=None):
        """Train 20 nets with these settings and the seeds 0 to 19, tick by tick."""
        self.play.value = False
        self.batch = Training(range(20), **{name: self.knobs[name].value for name in DEFAULTS})
        self.bar.layout.visibility, self.picture._view_count, self.clock.playing = "visible", 1, True
        self.results = [*self.results[-4:], ""]
        self.tell()

    def tell(self):
        """The state of the 20 seeds, under those that were run before."""
        batch, s = self.batch, self.batch.settings
        self.results[-1] = (f"{s['data']}, {s['layers']} × {s['width']} {s['activation']}, init {s['init']}, rate "
                            f"{s['rate']:g}: <b>{batch.solved.sum()} of 20 solved it</b> in {batch.epoch} epochs")
        self.bar.value, self.words.value = batch.epoch, "<br>".join(self.results)

    def finish(self):
        self.batch, self.bar.layout.visibility, self.clock.playing = None, "hidden", self.play.value

    def seen(self, change):
        if change["new"] == 0:  # its cell was run again, or is gone
            self.stop()

    def stop(self):
        self.play.value = False
        self.finish()


def playground():
    """Train a small net by hand: play, pause, step, reset, or run 20 seeds at once. A new call stops the one before."""
    if not still():
        if shown:
            shown.pop().stop()
        shown.append(Playground())
        return shown[-1].show()
    faces = [Training(layers=layers) for layers in (2, 6)]
    for training in faces:
        for _ in range(80):
            training.advance(5)
    display(HTML("".join(plot.picture(face(t), caption=f"{t.settings['layers']} hidden layers of 8 sigmoid units, "
                                      f"after {t.epoch} epochs of training.") for t in faces)))


shown = []  # the playground on the page, if any
