"""The figures of lesson 04, and what they claim in words."""

import re

import numpy as np
import pytest

from crease import data, nets
from crease.figures import vanishing
from lessonbook import printed


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


@pytest.mark.parametrize("depth, weight, x", [
    (1, 1.0, 0.5), (6, 4.0, 0.3), (6, 8.0, 0.5), (6, 8.0, 0.6), (8, 16.0, 0.9)])
def test_the_slope_said_of_a_chain_is_that_of_its_output(depth, weight, x):
    def output(a):
        for _ in range(depth):
            a = 1 / (1 + np.exp(-weight * (a - 0.5)))
        return a
    alt = vanishing.chain(depth, weight, x).alt
    said = float(re.search(r"the slope is (\S+), at one half", alt)[1])
    assert np.isclose(said, (output(x + 1e-6) - output(x - 1e-6)) / 2e-6, rtol=0.06, atol=1e-9)
    assert f"at one half {(weight / 4) ** depth:.1e}." in alt


def test_every_start_and_depth_stays_in_the_picture_of_the_error_signal():
    low, high = vanishing.signal().figure.axes[0].get_ylim()
    for activation in ("sigmoid", "tanh", "relu", "gelu"):
        for init in ("small", "xavier", "xavier4", "he"):
            sizes = vanishing.norms(20, activation, init)
            assert low < (sizes / sizes[:, -1:]).min() and (sizes / sizes[:, -1:]).max() < high, (activation, init)


def test_histograms_say_how_wide_the_outputs_are_and_how_large_the_signal():
    alt = vanishing.histograms(10, "tanh", "small").alt
    outputs, _ = vanishing.inside(10, "tanh", "small")
    first, last = (np.mean([column.std() for column in outputs[i].T]) for i in (0, -1))
    sizes = vanishing.norms(10, "tanh", "small")[0]
    assert f"from {first:.2g} to {last:.2g};" in alt and f"is {sizes[0] / sizes[-1]:.2g} times that of layer 10" in alt


def test_twenty_sigmoid_layers_hide_behind_their_histogram():
    """From Xavier all outputs together stay spread; each unit alone says the same for every image."""
    outputs, _ = vanishing.inside(20, "sigmoid", "xavier")
    assert outputs[-1].std() > 0.1 and outputs[-1].std(0).max() < 1e-10


@pytest.mark.parametrize("remedy", [None, "residual", "normalised"])
def test_the_error_signal_with_a_remedy_agrees_with_differences(remedy):
    """The signal at a layer of sums, by pushing them: of three layers, on the first of 256 examples."""
    X, y = (part[:256] for part in data.digits()[:2])
    *hidden, (last, _, _) = nets.init([64, *[64] * 3, 10], "sigmoid", scheme="xavier", seeds=0)

    def loss(push, layer):
        A = X
        for i, (W, _, _) in enumerate(hidden):
            Z = A @ W + push * (i == layer)
            Z = (Z - Z.mean(0)) / Z.std(0) if remedy == "normalised" else Z
            A = A * (remedy == "residual") + 1 / (1 + np.exp(-Z))
        return nets.loss_and_delta("softmax", A @ last, y)[0]

    rng, found = np.random.default_rng(0), []
    for layer in (0, 2):  # a random push v changes the loss by signal · v, so its mean square is that of the signal
        pushes = rng.normal(size=(60, 256, 64))
        found.append(np.sqrt(np.mean([((loss(1e-4 * v, layer) - loss(-1e-4 * v, layer)) / 2e-4) ** 2 for v in pushes])))
    assert np.isclose(found[0] / found[1], vanishing.remedied(3, remedy)[0], rtol=0.4)  # 60 pushes know it to 13 %


def test_with_residual_connections_six_sigmoid_layers_learn_from_the_usual_start():
    said = r"^six sigmoid layers, residual: (\d+) of 20 solved it, median (\d+) epochs"
    ((solved, median),) = printed("04_vanishing_gradients", said)
    assert int(solved) >= 15 and int(median) < 200


def test_the_share_that_solved_it_is_said_in_words():
    fig = vanishing.solved({"2 layers": (np.full(20, 90.0), 100), "6 layers": (np.full(20, np.inf), 100)})
    assert "2 layers 20 within 100 epochs, 6 layers 0 within" in fig.alt
    assert fig.axes[0].lines[0].get_ydata()[-2:].tolist() == [20, 20] and fig.axes[0].get_xlabel()
