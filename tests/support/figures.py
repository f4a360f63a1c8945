"""A figure's pixels, and two positions of lesson 02's folds, for tests of figures."""

from crease import plot

BOOK = {"w11": 1.0, "w21": 1.0, "c1": 0.0, "w12": 1.0, "w22": 1.0, "c2": -1.0}
FLAT = {"w11": 1.0, "w21": 0.0, "c1": 0.0, "w12": 0.0, "w22": 1.0, "c2": 0.0}


def pixels(fig):
    return plot.pixels(fig).astype(int)  # whose differences can be negative
