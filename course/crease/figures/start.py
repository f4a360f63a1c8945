"""Figures of lesson 00: the history in one line, and why scale matters."""

import numpy as np

from crease import plot

# (year, what happened, the lesson that lives through it)
EVENTS = [
    ("1943", "McCulloch and Pitts: a neuron\nas a threshold unit", "1"),
    ("1957/58", "Rosenblatt's perceptron:\nthe first trained one", "2"),
    ("1969", "Minsky and Papert: one unit\ncannot do XOR · Fukushima\nalready uses a ReLU", "2"),
    ("1975", "Fukushima's Cognitron,\nlayers of ReLUs", "3"),
    ("1986", "Backpropagation becomes\nwidely known", "5"),
    ("1991", "Vanishing gradients\nare described", "4"),
    ("2006", "Pre-training, one layer\nat a time", "4"),
    ("2010", "Nair and Hinton: ReLUs;\nGlorot and Bengio: starts", "3, 4"),
    ("2011", "Deep ReLU nets trained\nwithout pre-training", "4"),
    ("2012", "A deep ReLU net wins\nat image recognition", "7"),
]


def timeline():
    """Ten dates from the threshold unit to deep learning, each with the lesson that leads there."""
    fig, ax = plot.axes(size=(9.5, 3))
    ax.set(xlim=(-0.8, 9.7), ylim=(-1.35, 1.35), yticks=[], xticks=[])
    ax.grid(False)
    ax.spines[:].set_visible(False)
    ax.axhline(0, color=plot.GREY, lw=1.5, ls="-")
    for i, (year, text, lesson) in enumerate(EVENTS):
        up = 1 if i % 2 == 0 else -1
        relu = "ReLU" in text or year == "1975"
        ax.plot([i, i], [0, 0.55 * up], color=plot.GREY, lw=1, ls="-")
        ax.plot(i, 0, "D" if relu else "o", color=plot.ORANGE if relu else plot.BLUE, markersize=9)
        ax.text(i, -0.28 * up, year, ha="center", va="center", fontweight="bold", fontsize=10)
        ax.text(i, 0.82 * up, text, ha="center", va="bottom" if up > 0 else "top", fontsize=8.5)
        ax.text(i, 0.7 * up, f"lesson {lesson}", ha="center", va="center", fontsize=8.5, color=plot.BLUE)
    fig.alt = "Timeline: " + "; ".join(f"{year} {' '.join(text.split())} (lesson {lesson})"
                                       for year, text, lesson in EVENTS) + "."
    return fig


def drivers(examples=3.0):
    """Schematic: performance against labelled data (log10) for older methods and nets of three sizes."""
    fig, ax = plot.axes(labels=("labelled examples (log scale, schematic)", "performance (schematic)"))
    x = np.linspace(0, 10, 200)
    names = ("older methods", "small net", "medium net", "large net")
    tops, dots = (0.42, 0.6, 0.78, 0.97), []

    def level(t, top):
        late = 0.5 * (top - tops[0]) * np.exp(-1.5 * t)  # with few examples a larger net is not the better one
        return 0.15 + (top - 0.15) * (1 - np.exp(-0.3 * t / top)) - late

    for name, top, colour, dash in zip(names, tops, plot.COLOURS[3::-1], plot.DASHES[3::-1]):
        ax.plot(x, level(x, top), color=colour, linestyle=dash, label=name)
        dots += ax.plot([0], [0], "o", color=colour, markersize=8)
    ax.axvspan(0, 1.5, color="#eeeeee", zorder=0)
    ax.text(0.75, 0.93, "few examples:\nno fixed order", ha="center", fontsize=8.5)
    line = ax.axvline(0, color=plot.INK, lw=1, ls=":")
    ax.set(xticks=[], yticks=[], xlim=(0, 10.2), ylim=(0, 1.05))
    ax.legend(loc="upper left", bbox_to_anchor=(0.17, 1.02), fontsize=9)

    def move(examples):
        values = [level(examples, top) for top in tops]
        for dot, value in zip(dots, values):
            dot.set_data([examples], [value])
        line.set_xdata([examples, examples])
        if examples < 1.5:
            return "Schematic curves with few labelled examples: which method is best has no fixed order."
        return (f"Schematic curves with a moderate to large amount of data: the large net is at {values[3]:.0%} of the "
                f"scale, the older methods have levelled off at {values[0]:.0%}.")

    return plot.moving(fig, move, [line, *dots], examples=examples)
