"""The report's figures."""

import base64
import html

import numpy as np

from crease import plot


def distribution(names, shares_of):
    """A figure of every submission's share of the points, lesson by lesson."""
    fig, ax = plot.axes(size=(8, 0.9 + 0.5 * len(names)), labels=("share of the points", ""))
    rng = np.random.default_rng(0)
    for row, name in enumerate(names):
        shares = [share for (_, lesson), share in shares_of.items() if lesson == name]
        ax.plot(shares, row + rng.uniform(-0.25, 0.25, len(shares)), "o", ms=5, alpha=0.6, color=plot.BLUE, ls="none")
        if shares:
            ax.plot([np.median(shares)] * 2, [row - 0.35, row + 0.35], color=plot.ORANGE, lw=3, ls="-")
    ax.set(xlim=(-0.03, 1.03), yticks=range(len(names)), yticklabels=names, ylim=(len(names) - 0.5, -0.5))
    return picture(fig, "Points of every submission by lesson; the table below holds lowest, median and highest.",
                   "A dot is a submission, a bar the median.")


def timeline(names, times, handed_in):
    """A figure of when each lesson came in."""
    if not times:
        return ""
    fig, ax = plot.axes(size=(8, 0.9 + 0.5 * len(names)), labels=("", ""))
    rng = np.random.default_rng(0)
    for late, colour, marker, label in ((False, plot.BLUE, "o", "in time"), (True, plot.ORANGE, "X", "late")):
        ours = [(when, names.index(lesson)) for (student, lesson), when in times.items()
                if handed_in[student, lesson].late == late]
        if ours:
            when, rows = zip(*ours)
            ax.plot(when, np.array(rows) + rng.uniform(-0.25, 0.25, len(rows)), marker, ms=5, alpha=0.7, color=colour,
                    ls="none", label=label)
    ax.set(yticks=range(len(names)), yticklabels=names, ylim=(len(names) - 0.5, -0.5))
    ax.legend(loc="upper left", bbox_to_anchor=(0, 1.25), ncols=2)
    fig.autofmt_xdate()
    return picture(fig, "When submissions came in, by lesson; the table below counts them by day.",
                   "A dot is a submission, by the time it was handed in (UTC).")


def picture(fig, alt, caption):
    """A figure as HTML without a style of its own, which the page's policy forbids."""
    pixels = plot.pixels(fig, 2)
    data = base64.b64encode(plot.small_png(pixels)).decode()
    return (f'<figure><img alt="{html.escape(alt)}" width="{pixels.shape[1] // 2}" src="data:image/png;base64,{data}">'
            f"<figcaption>{html.escape(caption)}</figcaption></figure>")
