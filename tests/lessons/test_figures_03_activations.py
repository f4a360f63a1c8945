"""Lesson 03: its figures, the numbers behind them, and what its experiments print."""

import itertools
import re

import numpy as np
import pytest

from colour import apart, dark
from crease import data, nets
from crease.figures import activations
from lessonbook import cells, namespace, run

LESSON = "03_activations"


@pytest.fixture(scope="module")
def mine():
    """The lesson's own functions."""
    return namespace(LESSON)


@pytest.mark.parametrize("name", activations.LABELS)
def test_the_red_curve_is_the_slope_of_the_blue_one(name):
    f, slope = activations.curves(name)
    steps = np.gradient(f, activations.X)[1:-1]
    away = np.abs(activations.X[1:-1]) > 0.02
    assert np.abs(steps - slope[1:-1])[away].max() < 2e-3


def test_the_curves_are_the_functions_of_the_exercises(mine):
    wanted = {"sigmoid": mine["sigmoid"], "2σ−1": lambda x: 2 * mine["sigmoid"](x) - 1, "relu": mine["relu"],
              "tanh": mine["tanh_from_sigmoid"], "leaky 0.1": lambda x: mine["leaky_relu"](x, 0.1), "elu": mine["elu"],
              "softplus": mine["softplus"], "gelu": mine["gelu"], "silu": lambda x: x * mine["sigmoid"](x)}
    assert set(wanted) == set(activations.LABELS)
    for name, f in wanted.items():
        assert np.allclose(activations.curves(name)[0], f(activations.X), rtol=1e-12, atol=1e-14), name


def test_alt_texts_say_what_is_drawn():
    assert "slope 0.250" in activations.slope("sigmoid", 0.0, 0.1).alt
    assert "slopes 0 left, 1 right, estimate 0.500" in activations.slope("relu", 0.0, 0.1).alt
    assert "slopes 0.1 left, 1 right, estimate 0.550" in activations.slope("leaky 0.1", 0.0, 0.1).alt
    assert "slope 1.000" in activations.slope("elu", 0.0, 0.1).alt  # no kink at alpha 1
    assert "estimate 0.500" in activations.slope("relu", 0.0, 1.0).alt
    assert "no jump" in activations.family(1.0).alt and "from 0.35 to 1" in activations.family(0.35).alt
    assert "from −0.17 to 4.00" in activations.overlay("functions", "gelu").alt
    assert "from −0.13 to 1.13" in activations.overlay("slopes", "all").alt


def test_every_function_agrees_with_the_reference_digits(mine):
    """Values of 17 digits from a computation with 60."""
    x = np.array([-3.0, -1.0, -0.5, 0.5, 1.0, 3.0])
    wanted = {
        "sigmoid": [0.047425873177566781, 0.26894142136999512, 0.37754066879814544,
                    0.62245933120185456, 0.73105857863000488, 0.95257412682243322],
        "sigmoid_prime": [0.045176659730912133, 0.19661193324148185, 0.23500371220159449,
                          0.23500371220159449, 0.19661193324148185, 0.045176659730912133],
        "tanh_from_sigmoid": [-0.99505475368673045, -0.76159415595576489, -0.46211715726000976,
                              0.46211715726000976, 0.76159415595576489, 0.99505475368673045],
        "elu": [-0.95021293163213606, -0.63212055882855768, -0.39346934028736658, 0.5, 1.0, 3.0],
        "softplus": [0.048587351573742059, 0.31326168751822283, 0.47407698418010668,
                     0.97407698418010668, 1.3132616875182228, 3.0485873515737421],
        "gelu": [-0.0040496940948902836, -0.15865525393145705, -0.15426876936299345,
                 0.34573123063700655, 0.84134474606854295, 2.9959503059051097]}
    for name, values in wanted.items():
        assert np.allclose(mine[name](x), values, rtol=1e-12, atol=0), name
    for name, value in (("sigmoid", 9.357622968839299e-14), ("softplus", 9.3576229688397368e-14),
                        ("sigmoid_prime", 9.3576229688384233e-14), ("elu", -0.99999999999990642)):
        assert abs(float(mine[name](-30.0)) / value - 1) < 1e-12, name
    assert abs(float(mine["sigmoid_prime"](30.0)) / 9.3576229688384233e-14 - 1) < 1e-12


@pytest.mark.parametrize("name", ["sigmoid", "sigmoid_prime", "tanh_from_sigmoid", "relu", "relu_prime", "leaky_relu",
                                  "elu", "softplus", "gelu"])
def test_shapes_are_kept_for_numbers_lists_and_arrays(mine, name):
    f = mine[name]
    assert np.ndim(f(2)) == np.ndim(f(-0.5)) == 0
    for x in ([1, -2], [0.5], np.zeros((2, 3)), np.array([[[1, -1]]]), []):
        assert isinstance(f(x), np.ndarray) and f(x).shape == np.shape(x)


def test_the_output_means_and_the_lowest_gelu_are_those_of_theory(mine):
    x = np.random.default_rng(0).normal(size=400_000)
    for name, mean in (("relu", 0.398942), ("sigmoid", 0.5), ("tanh_from_sigmoid", 0.0), ("gelu", 0.282095)):
        assert abs(mine[name](x).mean() - mean) < 0.006, name
    grid = np.linspace(-2, 0, 200_001)
    low = grid[mine["gelu"](grid).argmin()]
    assert abs(low + 0.751792) < 2e-5 and abs(float(mine["gelu"](low)) + 0.169971) < 1e-6


def test_a_comment_on_tanh_is_fine_and_its_use_is_not(mine):
    code = dict((name, code) for name, _, _, code in cells(LESSON))["test_tanh_from_sigmoid_hidden"]
    names = dict(mine)
    run(code, names, "tanh")
    uses = names["_uses_tanh"]
    good = ["f = lambda x: 2 * sigmoid(2 * x) - 1  # not np.tanh", "def f(tanh):\n    return tanh",
            "def f(x):\n    'np.tanh'\n    tanh = 1\n    return tanh",
            "def f(x):\n    return x\nprint(np.tanh(1))"]
    bad = ["f = np.tanh", "from math import tanh as t\ndef f(x):\n    return t(x)",
           "def f(x):\n    return math.tanh(x)", "f = getattr(np, 'tanh')", "def f(x):\n    return tanh(x)",
           "class F:\n    def __call__(self, x):\n        return np.tanh(x)"]
    assert not any(map(uses, good)) and all(map(uses, bad))


def test_the_visible_cells_hold_no_solution(mine):
    for name, test, _, code in cells(LESSON):
        if test and name.endswith("_basics"):
            assert not re.search(r"expm1\(|log1p\(np|logaddexp|erf\(x", re.sub(r'"[^"]*"', "", code)), name


def test_at_a_kink_both_lines_are_drawn_and_elsewhere_one():
    for name, x, tangents in (("relu", 0.0, 2), ("relu", 0.1, 1), ("elu", 0.0, 1)):
        line = activations.slope(name, x, 0.5).figure.axes[0].lines[2]
        steps = np.diff(line.get_ydata()) / np.diff(line.get_xdata())
        assert len(set(steps[np.isfinite(steps)].round(6))) == tangents


def test_the_bars_of_cost_and_of_shares_are_what_was_measured():
    cost = activations.cost({"tanh": 20.0, "ReLU": 0.5}, {"tanh": 2.0}, 100.0)
    assert "tanh 20.0 (library 2.0), ReLU 0.5; the matrix product 100.0" in cost.alt
    assert sorted(p.get_width() for p in cost.axes[0].patches if p.get_width()) == [0.5, 2.0, 20.0, 100.0]
    assert "ReLU 21%, SiLU 100%" in activations.shares({"ReLU": 0.21, "SiLU": 1.0}, 200).alt


def test_the_functions_that_also_fall_learn_xor_with_two_units(mine):
    share = {}
    for name, f in (("relu", mine["relu"]), ("gelu", mine["gelu"]), ("silu", lambda x: x * mine["sigmoid"](x))):
        start = nets.init([2, 2, 1], (f, lambda z, f=f: mine["derivative"](f, z)), seeds=range(200))
        run = nets.train(start, data.XOR_POINTS, data.XOR_LABELS, count=3000, loss="mse", lr=0.2, seeds=range(200))
        share[name] = np.mean(run.losses[:, -1] < 0.005)
    assert share["relu"] < 0.35 and share["gelu"] > 0.9 and share["silu"] > 0.95


def test_an_alpha_that_learns_finds_its_target(mine):
    x = np.random.default_rng(0).normal(size=1000)
    for target, wanted in ((np.abs(x), -1), (x, 1), (np.maximum(x, 0), 0)):
        alpha = 0.25
        for _ in range(200):
            alpha -= mine["prelu_gradients"](x, alpha, mine["leaky_relu"](x, alpha) - target)[1] / len(x)
        assert abs(alpha - wanted) < 1e-6


@pytest.mark.parametrize("theme", [lambda colour: colour, dark], ids=["light", "dark"])
def test_all_curves_are_told_apart_whatever_colours_one_sees(theme):
    moving = activations.overlay()
    lines = [line for line in moving.figure.axes[0].lines if line.get_label() in activations.LABELS.values()]
    assert len(lines) == len(activations.LABELS) >= 8
    named = {text.get_text() for text in moving.figure.axes[0].get_legend().get_texts()}
    for a, b in itertools.combinations(lines, 2):
        assert {a.get_label(), b.get_label()} <= named
        distance = apart(theme(a.get_color()), theme(b.get_color()))
        assert distance > 25 or a._dash_pattern != b._dash_pattern, (a.get_label(), b.get_label(), distance)
