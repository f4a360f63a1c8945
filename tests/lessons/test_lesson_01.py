"""Lesson 01: its figures, and what it claims of linear stacks."""

import re

import numpy as np
import pytest

from crease import nets
from crease.figures import collapse
from lessonbook import namespace


@pytest.mark.parametrize("input", [1, 2, 3])
def test_three_paths_add_up_to_the_one_weight_that_is_left(input):
    alt = collapse.paths(input, 2).alt.replace("−", "-")
    first, more, last = collapse.weights()
    terms = re.findall(r"\((-?\d)\)·\((-?\d)\)", alt)
    assert len(terms) == 3 and sum(int(a) * int(b) for a, b in terms) == (first @ last)[input - 1, 0]
    assert f"w{3 * input - 2}·w10 + w{3 * input - 1}·w11 + w{3 * input}·w12" in alt
    deeper = collapse.paths(input, 3).alt.replace("−", "-")
    assert f"add up to {(first @ more @ last)[input - 1, 0]}" in deeper and "twenty-one weights" in deeper


def test_every_kink_lies_where_a_unit_begins():
    ax, low = collapse.kinks(5, 0.7).figure.axes
    line, dots, pieces = ax.lines[0], ax.lines[1], low.lines[1:9]
    assert len(dots.get_xdata()) == 5
    for x in dots.get_xdata():
        at = np.abs(line.get_xdata() - x).argmin()
        assert abs(np.diff(line.get_ydata(), 2)[at - 1]) > 1e-3  # the slope changes here, and nowhere else
    assert (np.abs(np.diff(line.get_ydata(), 2)) > 1e-9).sum() == 5
    whole = sum(np.nan_to_num(p.get_ydata()) for p in pieces) + low.lines[0].get_ydata()
    assert np.allclose(whole, line.get_ydata())


@pytest.mark.parametrize("plan", [[None, np.tanh, None, None, np.tanh, None], [None] * 4, [np.tanh] * 3, [None]])
def test_runs_are_drawn_over_the_layer_they_become(plan):
    net = [(W, b, f) for (W, b, _), f in zip(nets.init([3] * (len(plan) + 1), None, seeds=0), plan)]
    short = namespace("01_linear_collapse")["collapse_runs"](net)
    fig = collapse.runs(net, short)
    (ax,) = fig.axes
    top = sorted(p.get_x() for p in ax.patches if p.get_y() > 1)
    low = sorted((p.get_x(), p.get_x() + p.get_width()) for p in ax.patches if p.get_y() < 1)
    assert len(top) == len(net) and len(low) == len(short) and f"{len(net)} layers above" in fig.alt
    assert sum(a <= x <= b for x in top for a, b in low) == len(net)  # every layer stands over one merged layer


def test_a_stack_trains_along_another_path_than_the_layer_it_equals():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(100, 8))
    y = X @ rng.normal(size=8)
    ends = {}
    for lr, depth in ((0.01, 1), (0.01, 10), (0.1, 1), (0.1, 10)):
        start = nets.init([8] * depth + [1], None, scheme="xavier", seeds=range(20))
        ends[lr, depth] = nets.train(start, X, y, count=100, loss="mse", lr=lr, seeds=range(20)).losses[:, -1]
    assert ends[0.01, 10].max() < ends[0.01, 1].min()
    assert np.isfinite(ends[0.1, 1]).all() and not np.isfinite(ends[0.1, 10]).all()
    assert np.nanmedian(ends[0.1, 10]) > 1000 * np.median(ends[0.1, 1])
