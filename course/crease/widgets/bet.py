"""The bet: a marker on a line of numbers, dragged before anything is measured, and what then lands beside it."""

import numpy as np
import traitlets
from IPython import get_ipython
from IPython.display import display

from crease import plot
from crease.mode import still

from .base import Widget

remembered = {}  # (low, high, unit) -> the bet of this session, for a cell that is run again


class Bet(Widget):
    """A number between `low` and `high` that the learner commits to. `value` is None until then.

    It prints as the number, or as "none yet". log: the line is logarithmic.
    """

    low, high, step = (traitlets.Float(v).tag(sync=True) for v in (0.0, 100.0, 1.0))
    unit = traitlets.Unicode().tag(sync=True)
    log = traitlets.Bool().tag(sync=True)
    value = traitlets.Float(None, allow_none=True).tag(sync=True)
    measured = traitlets.Float(None, allow_none=True).tag(sync=True)
    trials = traitlets.List().tag(sync=True)
    word = traitlets.Unicode("measured").tag(sync=True)

    def __str__(self):
        return "none yet" if self.value is None else f"{self.value:g}"

    def __format__(self, spec):
        return format(str(self), spec)

    def land(self, measured, trials=(), word="measured"):
        """Show what was measured beside the bet.

        measured : the number.  trials : what each net gave, which lands one after another: numbers on the line, or
        True and False for whether each net made it.  word : what the number is, where nothing was measured.
        """
        trials = [bool(t) if isinstance(t, (bool, np.bool_)) else float(t) for t in trials]
        return Bet(low=self.low, high=self.high, step=self.step, unit=self.unit, log=self.log, value=self.value,
                   measured=float(measured), trials=trials, word=word)

    def figure(self):
        """The line with whatever lies on it so far."""
        fig, ax = plot.axes(size=(6.4, 1.9))
        ax.set(xlim=(self.low, self.high), ylim=(0, 1), xlabel=self.unit, yticks=[],
               xscale="log" if self.log else "linear")
        ax.spines["left"].set_visible(False)
        ax.grid(False)
        numbers = [t for t in self.trials if not isinstance(t, bool)]
        for t, height in zip(numbers, heights(numbers, (self.high - self.low) / 60)):
            ax.plot(t, 0.08 + 0.09 * height, "o", color=plot.BLUE, ms=5, ls="none")
        said = []
        for x, colour, word in ((self.value, plot.ORANGE, "your bet"), (self.measured, plot.BLUE, self.word)):
            if x is not None:
                ax.axvline(x, ymax=0.75, color=colour, ls="-")
                ax.text(x, 0.8, f"{word}: {x:.4g}", color=colour, ha="center", weight="bold")
                said.append(f"{word} {x:.4g}")
        fig.alt = (f"A line of numbers from {self.low:g} to {self.high:g} {self.unit}: "
                   f"{', '.join(said) or 'no bet on it yet'}.")
        return fig


def heights(values, near):
    """How many earlier values lie within `near` of each: its place in a stack."""
    return [sum(abs(v - u) < near for u in values[:i]) for i, v in enumerate(values)]


def guess(low=0, high=100, unit="", *, step=1, log=False, yours=None):
    """Ask for a bet between `low` and `high`; the marker is dragged, or the number typed -> the bet.

    yours: the bet, once it is placed. The page writes it into the cell, so that it is saved with the notebook.
    """
    key = low, high, unit
    known = remembered.get(key) if yours is None else yours
    bet = Bet(low=low, high=high, step=step, unit=unit, log=log, value=known)
    bet.observe(lambda change: remembered.update({key: change["new"]}), "value")
    display(bet)
    shell = get_ipython()
    if yours is None and known is not None and shell is not None and not still():  # where the page could not write
        cell = (shell.user_ns.get("In") or [""])[-1].rstrip()
        if cell.endswith(")") and cell.count("guess(") == 1:
            shell.set_next_input(f"{cell[:-1]}, yours={known:g})", replace=True)
    return bet
