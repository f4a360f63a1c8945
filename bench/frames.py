"""A slider's new picture: moving a kept figure's artists, against making and saving the figure anew."""

import io
import itertools
import statistics
import time

from crease.figures import collapse, start
from crease.page import sliders

FIGURES = {
    "lesson 00 drivers": (start.drivers, [{"examples": e} for e in (2.0, 8.0)]),
    "lesson 01 kinks": (collapse.kinks, [{"units": u, "steepness": 1.0} for u in (2, 7)]),
    "lesson 01 boundary": (collapse.boundary, [{"depth": 2, "activation": a} for a in ("linear", "relu")]),
}


def milliseconds(draw, positions, count=12):
    taken = []
    for position in itertools.islice(itertools.cycle(positions), count):
        start_ = time.perf_counter()
        draw(position)
        taken.append(1e3 * (time.perf_counter() - start_))
    return statistics.median(taken)


def measure():
    """{name: naive / kept} and the kept frame's median in milliseconds, kernel side only."""
    found = {}
    for name, (figure, positions) in FIGURES.items():
        kept = figure(**positions[0])
        for position in positions:  # what is trained or drawn once is not part of a frame
            kept.move(**position)
            sliders.frame(kept)

        def anew(position, figure=figure):
            figure(**position).figure.savefig(io.BytesIO(), format="png")

        def move(position, kept=kept):
            kept.move(**position)
            sliders.frame(kept)

        slow, fast = milliseconds(anew, positions), milliseconds(move, positions)
        found[f"{name}: anew / moved"] = slow / fast
        found[f"{name}: moved, ms"] = fast
    return found
