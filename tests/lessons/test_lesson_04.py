"""What lesson 04 claims about six layers and two, in the ranges measured for it."""

import numpy as np
import pytest

from crease import data, nets, trials
from lessonbook import printed


def test_how_many_of_20_sigmoid_nets_solve_the_circle():
    found = printed("04_vanishing_gradients", r"^(\w+ .*): (\d+) of 20 (?:nets )?solved it")
    solved = {name: int(count) for name, count in found}
    assert solved["two layers"] >= 18 and solved["six layers"] <= 1
    assert solved["six sigmoid layers from xavier4"] >= 14


@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_six_layers_of_another_activation_solve_the_circle(activation):
    (X, y), (X_test, y_test) = data.circle(seed=0), data.circle(seed=1)
    net = nets.init([2, *[8] * 6, 1], activation, scheme="playground", output="tanh", bias=0.1, seeds=range(20))
    training = nets.epochs(net, X, 2 * y - 1, loss="mse", lr=0.03, batch=10, seeds=range(20))
    solved = np.zeros(20, bool)
    for epoch in range(1, 501):
        _, net = next(training)
        if epoch % 10 == 0:
            solved |= nets.accuracy(net, X_test, y_test) >= 0.98
            if solved.all():
                break
    assert solved.sum() >= 18


@pytest.mark.parametrize("activation, depth, good, bad", [
    ("sigmoid", 6, ["xavier4"], ["xavier", "he"]), ("tanh", 6, ["xavier", "xavier4", "he"], ["small"]),
    ("relu", 20, ["he"], ["xavier"])])
def test_which_init_trains(activation, depth, good, bad):
    share = {init: trials.share_trained(activation, depth, init) for init in good + bad}
    assert min(share[init] for init in good) > 0.6 and max(share[init] for init in bad) == 0, share


def test_the_standard_deviations_are_those_of_the_nets():
    for scheme, std in (("xavier", np.sqrt(2 / 72)), ("he", np.sqrt(2 / 64)), ("xavier4", 4 * np.sqrt(2 / 72))):
        W, *_ = nets.init([64, 8], "relu", scheme=scheme, seeds=range(100))[0]
        assert np.isclose(W.std(), std, rtol=0.02)


@pytest.mark.parametrize("init, least, most", [("he", 8, 10), ("xavier", 0, 2)])
def test_how_many_of_10_nets_of_20_relu_layers_learn_the_digits(init, least, most):
    X, y, *_ = data.digits()
    net = nets.init([64, *[64] * 20, 10], "relu", scheme=init, seeds=range(10))
    run = nets.train(net, X, y, count=10, loss="softmax", lr=0.03, batch=64, seeds=range(10))
    assert least <= (nets.accuracy(run.layers, X, y) > 0.5).sum() <= most
