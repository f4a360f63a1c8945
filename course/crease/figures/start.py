"""Figures of lesson 00: the history in one line, and why scale matters."""

import numpy as np

from crease import plot

# (year, as written, what happened, the lesson that covers it, where its text stands: year, and above the line or below)
EVENTS = [
    (1943, "1943", "McCulloch and Pitts:\na neuron as a\nthreshold unit", "1", 1943, 1),
    (1957.5, "1957/58", "Rosenblatt's\nperceptron: the\nfirst trained one", "2", 1957, 1),
    (1969, "1969", "Fukushima\nuses a ReLU", "3", 1964, -1),
    (1969, "1969", "Minsky and Papert:\none unit cannot\ndo XOR", "2", 1970.5, 1),
    (1975, "1975", "Fukushima's\nCognitron, layers\nof ReLUs", "3", 1976, -1),
    (1986, "1986", "Backpropagation\nbecomes widely\nknown", "5", 1983.5, 1),
    (1991, "1991", "Vanishing\ngradients are\ndescribed", "4", 1988.5, -1),
    (2006, "2006", "Pre-training,\none layer\nat a time", "4", 1997, 1),
    (2010, "2010", "Nair and Hinton:\nReLUs; Glorot and\nBengio: starts", "3, 4", 2000.5, -1),
    (2011, "2011", "Deep ReLU nets\ntrained without\npre-training", "4", 2009.5, 1),
    (2012, "2012", "A deep ReLU net\nwins at image\nrecognition", "7", 2013, -1),
]


def timeline():
    """Dates from the threshold unit to deep learning, to scale, each with the lesson that covers it."""
    fig, ax = plot.axes(size=(10.5, 4.4), labels=("year", ""))
    ax.set(xlim=(1937, 2019), ylim=(-1.45, 1.4), yticks=[], xticks=range(1940, 2011, 10))
    ax.grid(False)
    ax.spines["left"].set_visible(False)
    ax.axhline(0, color=plot.GREY, lw=1.5, ls="-")
    for year, written, text, lesson, at, up in EVENTS:
        relu = "ReLU" in text
        colour = plot.ORANGE if relu else plot.BLUE
        ax.plot([year, at, at], [0, 0.36 * up, 0.5 * up], color=plot.GREY, lw=1, ls="-", zorder=1)
        ax.plot(year, 0, "D" if relu else "o", color=colour, markersize=9, zorder=3 if relu else 2)
        lines = f"{written} · lesson {lesson}"
        ax.text(at, 0.55 * up, lines, ha="center", va="bottom" if up > 0 else "top", color=colour, fontweight="bold",
                fontsize=8.5)
        ax.text(at, 0.75 * up, text, ha="center", va="bottom" if up > 0 else "top", fontsize=8.5)
    ax.annotate("", (1969, -0.17), (2011, -0.17), arrowprops={"arrowstyle": "<->", "color": plot.ORANGE, "lw": 1.5})
    ax.text(1993, -0.2, "42 years", ha="center", va="top", color=plot.ORANGE, fontsize=9.5,
            bbox={"fc": "white", "ec": "none", "pad": 0.5})
    fig.alt = "Timeline to scale: " + "; ".join(f"{written} {' '.join(text.split())} (lesson {lesson})"
                                                for _, written, text, lesson, *_ in EVENTS) + "."
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
    ax.legend(loc="lower right", fontsize=9)

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
