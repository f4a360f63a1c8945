"""The figures of lesson 04, and what they claim in words."""

import numpy as np
import pytest

from crease import data, nets
from crease.figures import vanishing


def test_the_error_signal_is_that_of_the_net_on_256_digits():
    X, y, *_ = data.digits()
    net = nets.init([64, 64, 64, 10], "tanh", scheme="he", seeds=2)
    found = nets.gradients(net, X[:256], y[:256], "softmax")[1]
    signal, weights = vanishing.norms(2, "tanh", "he", 2)
    assert np.allclose(signal, [np.linalg.norm(d) for _, _, d in found[:2]])
    assert np.allclose(weights, [np.linalg.norm(dW) for dW, _, _ in found[:2]])


@pytest.mark.parametrize("activation, init, low, high", [
    ("sigmoid", "xavier", 0.20, 0.27), ("relu", "xavier", 0.67, 0.75), ("relu", "he", 0.93, 1.07)])
def test_the_factor_per_layer_lies_in_its_range(activation, init, low, high):
    sizes = np.array([vanishing.norms(10, activation, init, seed)[0] for seed in range(10)])
    assert low < np.median((sizes[:, 0] / sizes[:, -1]) ** (1 / 9)) < high


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_weight_gradients_look_healthy_where_the_error_signal_vanishes(activation):
    signal, weights = vanishing.norms(10, activation, "small")
    assert signal[0] / signal[-1] < 1e-9 and 0.3 < weights[0] / weights[-1] < 3 and weights[0] < 1e-9
    assert "of the weight gradient 1" in vanishing.signal(10, "tanh", "small", True).alt


def test_a_chain_of_one_sigmoid_has_the_slope_of_a_quarter_and_deeper_ones_less():
    assert "the steepest slope is 0.25." in vanishing.chain(1, 1.0).alt
    steep = [float(vanishing.chain(depth, 1.0).alt.split()[-1].rstrip(".")) for depth in (1, 2, 3, 4)]
    assert all(b <= 0.2501 * a * 1.05 for a, b in zip(steep, steep[1:]))


def test_the_share_that_solved_it_is_said_in_words():
    fig = vanishing.solved({"2 layers": (np.full(20, 90.0), 100), "6 layers": (np.full(20, np.inf), 100)})
    assert "2 layers 20 within 100 epochs, 6 layers 0 within" in fig.alt
    assert fig.axes[0].lines[0].get_ydata()[-2:].tolist() == [20, 20] and fig.axes[0].get_xlabel()
