"""Figures of lesson 03: an activation with its slope, the two families with an alpha, and all on one plane."""

import numpy as np

from crease import nets, plot

RED, X = plot.COLOURS[1], np.arange(-400, 401) / 100
FAMILIES = {  # family: (colour, {name in nets: label})
    "flat on both sides": (plot.BLUE, {"sigmoid": "sigmoid σ", "2σ−1": "2σ−1", "tanh": "tanh"}),
    "smooth": (plot.INK, {"softplus": "softplus", "gelu": "GELU", "elu": "ELU (α = 1)", "silu": "SiLU"}),
    "two straight pieces": (RED, {"relu": "ReLU", "leaky 0.1": "leaky ReLU (α = 0.1)"})}
LABELS = {name: label for _, members in FAMILIES.values() for name, label in members.items()}


def curves(name):
    """(function, slope) on the points X; a slope that jumps is NaN at the jump."""
    f, slope = nets.ACTIVATIONS[name]
    return f(X), np.where((X == 0) & (name in FAMILIES["two straight pieces"][1]), np.nan, slope(X, f(X)))


def slope(activation="tanh", x=1.0, h=1.0):
    """A curve (blue) and its slope (red), with the tangent at x and the line through x − h and x + h."""
    fig, (top, low) = plot.axes(rows=2, size=(6.4, 5.7), sharex=True, height_ratios=[5.3, 1.6])
    top.set(xlim=(-4, 4), ylim=(-1.3, 4), ylabel="output f(x)", aspect="equal", title=" ")
    low.set(ylim=(-0.3, 1.3), xlabel="input x", ylabel="slope f′(x)", aspect="equal", yticks=[0, 0.5, 1])
    for ax in (top, low):
        ax.axhline(0, color=plot.GREY, lw=0.8, ls="-")
    top.plot(X, X, "-", color=plot.BLUE, lw=3.2, label="function")
    top.plot([], [], "-", color=RED, lw=2, label="tangent at x: red dot below")  # at a kink, one to each side
    top.plot([], [], "D--", color=plot.INK, mfc="white", lw=1.3, label="line through x ± h: diamond below")
    top.plot([], [], "o:", color=plot.BLUE, ms=9, mec="white", lw=1.2, markevery=[1])
    low.plot(X, X, "-", color=RED, lw=3.2)
    low.plot([], [], "D", color=plot.INK, mfc="white", ms=11)
    low.plot([], [], "o:", color=RED, ms=7, mec="white", lw=1.2, markevery=[1])
    low.plot([], [], "o", color=RED, ms=8, mfc="white", mew=2, ls="none")  # the slopes to both sides of a kink
    top.legend(loc="upper left", fontsize=9)
    lines = [*top.lines[1:], *low.lines[1:]]

    def move(activation, x, h):
        x, (f, prime) = round(x, 6) + 0.0, nets.ACTIVATIONS[activation]  # a slider's 0 may come as 1e-17
        y = f(np.array([x - h, x, x + h]))
        sides = prime(np.array([x - 1e-9, x, x + 1e-9]), y[[1, 1, 1]]) + 0.0
        kink, d = x == 0 and abs(sides[2] - sides[0]) > 1e-3, (y[2] - y[0]) / (2 * h)
        s = sides[1] if not kink else np.nan
        ends = [1.6 / np.hypot(1, t) * np.array([[-1, 1], [-t, t]]) for t in sides[::2]]  # the same line but at a kink
        tangent = np.hstack([ends[0], [[np.nan]] * 2, ends[1]]) + [[x], [y[1]]]
        blue, red = curves(activation)
        for line, *points in zip(lines, (X, tangent[0], [x - h, x + h], [x, x], X, [x], [x, x], [0, 0]),
                                 (blue, tangent[1], y[[0, 2]], [-1.3, y[1]], red, [d], [1.3, s],
                                  sides[::2] if kink else [np.nan] * 2)):
            line.set_data(*points)
        slope = f"slopes {sides[0]:g} left, {sides[2]:g} right" if kink else f"slope {s:.3f}"
        words = f"{LABELS[activation]} at {x:.1f}: {slope}, estimate {d:.3f}".replace("-", "−")
        top.title.set_text(words)
        return f"A function over its slope. {words} (h = {h:g}); the value is {y[1]:.3f}."

    return plot.moving(fig, move, [*lines, top.title], activation=activation, x=x, h=h)


def family(alpha=0.2):
    """Leaky or parametric ReLU and ELU (blue) with their slopes (red) for one alpha."""
    fig, panels = plot.axes(2, size=(8.4, 4.4), sharex=True, sharey=True, labels=("input x", ""))
    panels[0].set(xlim=(-3, 3), ylim=(-1.7, 3), ylabel="output f(x), slope f′(x)")
    for ax in panels:
        ax.plot(X, np.maximum(X, 0), ":", color=plot.GREY, lw=1.5, label="ReLU")
        ax.plot(X, X, "-", color=plot.BLUE, lw=3.2, label="function")
        ax.plot(X, X, "--", color=RED, lw=2.2, label="slope")
        ax.plot([0, 0], [0, 1], "o:", color=RED, lw=1.2)
        ax.set_title(" ")
    panels[0].legend(loc="upper left")

    def move(alpha):
        alpha, left = round(alpha, 6), np.minimum(X, 0)
        words = "no jump" if alpha == 1 else f"slope jumps from {alpha:g} to 1"
        for ax, name, tail, s in zip(panels, ("leaky ReLU", "ELU"), (alpha * left, alpha * np.expm1(left)),
                                     (alpha + 0 * X, alpha * np.exp(left))):
            s = np.where(X == 0, np.nan, np.where(X > 0, 1, s))
            for line, y in zip(ax.lines[1:], (np.maximum(X, 0) + tail, s, [alpha, 1])):
                line.set_ydata(y)
            ax.title.set_text(f"{name}: {words}")
        return f"Leaky ReLU and ELU, each with its slope, at alpha {alpha:g}: {words} at 0."

    return plot.moving(fig, move, [part for ax in panels for part in (*ax.lines[1:], ax.title)], alpha=alpha)


def overlay(show="functions", spotlight="all"):
    """All nine activations, or their slopes, on one plane; `spotlight` is the name of one of them, or "all"."""
    fig, ax = plot.axes(size=(7.6, 6), labels=("input x", ""))
    fig.set_layout_engine("none")  # the plane stays in its place when the numbers beside it change
    ax.set_position([0.09, 0.26, 0.89, 0.68])
    ax.axhline(0, color=plot.GREY, lw=0.8, ls="-")
    ax.axvline(0, color=plot.GREY, lw=0.8, ls="-")
    lines, rows = {}, 1 + max(len(members) for _, members in FAMILIES.values())
    for heading, (colour, members) in FAMILIES.items():
        ax.plot([], [], ls="none", label=heading)
        for name, dash in zip(members, ("-", (0, (6, 2)), (0, (2, 1.2)), (0, (6, 2, 1, 2)))):
            lines[name], = ax.plot(X, X, color=colour, ls=dash, label=LABELS[name])
        for _ in range(len(members) + 1, rows):  # so that each family fills a column
            ax.plot([], [], ls="none", label=" ")
    legend = ax.legend(ncols=3, loc="upper center", bbox_to_anchor=(0.5, -0.09), handlelength=3.2)
    for heading in legend.get_texts()[::rows]:
        heading.set_fontweight("bold")

    def move(show, spotlight):
        i, seen = ["functions", "slopes"].index(show), lines if spotlight == "all" else [spotlight]
        for name, line in lines.items():
            line.set(ydata=curves(name)[i], lw=3.6 if name == spotlight else 2.4, alpha=1 if name in seen else 0.25,
                     zorder=3 if name == spotlight else 2)
        ax.set(xlim=(-4, 4), ylim=((-1.25, 3.25), (-0.25, 1.25))[i], ylabel=("output f(x)", "slope f′(x)")[i])
        low, high = np.nanmin([curves(n)[i] for n in seen]) + 0.0, np.nanmax([curves(n)[i] for n in seen])
        words = f"{LABELS.get(spotlight, 'All nine')}: {show[:-1]} from {low:.2f} to {high:.2f}".replace("-", "−")
        words = words.replace("−0.00", "0.00")
        ax.set_title(f"All nine {show}" if spotlight == "all" else words)
        return f"{words} for inputs from −4 to 4; three families: {', '.join(FAMILIES)}."

    return plot.moving(fig, move, show=show, spotlight=spotlight)


def cost(mine, library, product):
    """Milliseconds per million values: your functions, a library's where there is one, and the product before them.

    mine, library: {name: milliseconds}, the names of `library` among those of `mine`.  product: milliseconds.
    """
    fig, ax = plot.axes(size=(7, 4.4), labels=("milliseconds per million values (log scale)", ""))
    names = [*mine, "the matrix product"]
    for i, name in enumerate(names):
        bars = [(mine.get(name, product), plot.BLUE if name in mine else plot.ORANGE)]
        bars += [(library[name], plot.GREY)] if name in library else []
        height = 0.8 / len(bars)
        for k, (t, colour) in enumerate(bars):
            at = i + (k - (len(bars) - 1) / 2) * height
            ax.barh(at, t, height, color=colour, hatch="//" if colour == plot.GREY else None, edgecolor="white")
            ax.text(t, at, f" {t:.1f}", va="center", fontsize=9)
    for label, colour, hatch in (("yours", plot.BLUE, None), ("a library's", plot.GREY, "//")):
        ax.barh(0, 0, color=colour, hatch=hatch, edgecolor="white", label=label)
    ax.set(yticks=range(len(names)), yticklabels=names, xscale="log", xlim=(0.2, 3 * product))
    ax.invert_yaxis()
    ax.legend(loc="upper right")
    times = ", ".join(f"{n} {t:.1f}" + (f" (library {library[n]:.1f})" if n in library else "")
                      for n, t in mine.items())
    fig.alt = f"Bars, milliseconds per million values: {times}; the matrix product {product:.1f}."
    return fig


def shares(rates, count):
    """Share of `count` two-unit nets that learn XOR, one bar with its 95 % interval for each name of `rates`."""
    fig, ax = plot.axes(size=(7, 0.42 * len(rates) + 0.9), labels=("share of nets that learn XOR", ""))
    low, high = plot.wilson(count * np.array(list(rates.values())), count)
    values = np.array(list(rates.values()))
    ax.barh(list(rates), values, color=plot.BLUE, xerr=[values - low, high - values], capsize=3, ecolor=plot.INK)
    for i, (value, top) in enumerate(zip(values, high)):
        ax.text(top, i, f"  {value:.0%}", va="center")
    ax.set(xlim=(0, 1.12), xticks=[0, 0.25, 0.5, 0.75, 1])
    ax.invert_yaxis()
    fig.alt = f"Share of {count} two-unit nets that learn XOR: {', '.join(f'{n} {v:.0%}' for n, v in rates.items())}."
    return fig
