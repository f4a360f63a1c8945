"""Nets, one and many: gradients, seeds, starts, losses, and that a batch is nothing but its nets."""

import time
import warnings

import numpy as np
import pytest

from crease import data, nets
from crease.nets import training

RNG = np.random.default_rng(7)
X = RNG.normal(size=(6, 3))
Y = {"bce": RNG.integers(0, 2, 6).astype(float), "mse": RNG.normal(size=6), "softmax": RNG.integers(0, 4, 6)}
OUTPUTS = {"bce": 1, "mse": 1, "softmax": 4}


def alone(layers, s):
    """Net `s` of a batch, by itself."""
    return [(W[s], b[s, 0], f) for W, b, f in layers]


@pytest.mark.parametrize("loss", OUTPUTS)
@pytest.mark.parametrize("activation", nets.ACTIVATIONS)
@pytest.mark.parametrize("seeds", [3, range(40)], ids=["alone", "batch"])
def test_gradients_match_finite_differences(activation, loss, seeds):
    layers = nets.init([3, 4, 4, OUTPUTS[loss]], activation, scheme="xavier", bias=0.1, seeds=seeds)
    _, found = nets.gradients(layers, X, Y[loss], loss)

    def total(i, part, change):
        moved = [list(layer) for layer in layers]
        moved[i][part] = moved[i][part] + change
        return nets.loss_and_delta(loss, nets.forward(moved, X), Y[loss])[0]

    for i, layer in enumerate(layers):
        for part in (0, 1):
            change = np.zeros_like(layer[part])
            entry = (..., 0, 0) if part == 0 else (..., 0)
            change[entry] = 1e-6
            slope = (total(i, part, change) - total(i, part, -change)) / 2e-6
            got = found[i][part][entry]
            assert np.allclose(got.ravel(), np.ravel(slope), rtol=1e-4, atol=2e-7), (i, part)


@pytest.mark.parametrize("name, f", [(n, f) for n, (f, _) in nets.ACTIVATIONS.items()])
def test_every_slope_is_that_of_its_curve(name, f):
    z = np.array([-30.0, -2.0, -0.3, 0.4, 1.7, 30.0])
    slope = nets.ACTIVATIONS[name][1](z, f(z))
    assert np.allclose(slope, (f(z + 1e-5) - f(z - 1e-5)) / 2e-5, atol=1e-8)


def test_the_error_signal_is_the_slope_of_the_loss_along_each_pre_activation():
    layers = nets.init([3, 5, 1], "tanh", scheme="xavier", seeds=0)
    _, found = nets.gradients(layers, X, Y["bce"])
    (Z, _), _ = nets.trace(layers, X)
    for n in range(2):
        def loss(step, n=n):
            moved = Z.copy()
            moved[n, 3] += step
            return nets.loss_and_delta("bce", np.tanh(moved) @ layers[1][0] + layers[1][1], Y["bce"])[0]
        assert np.isclose(found[0][2][n, 3], (loss(1e-6) - loss(-1e-6)) / 2e-6, rtol=1e-5)


@pytest.mark.parametrize("count", [3, 200], ids=["few", "many"])
@pytest.mark.parametrize("batch", [None, 2, 4])
@pytest.mark.parametrize("activation, loss", [("relu", "mse"), ("tanh", "bce"), ("sigmoid", "softmax")])
def test_a_net_trained_alone_is_the_same_net_in_a_batch(count, batch, activation, loss):
    widths = [3, 5, OUTPUTS[loss]]
    together = nets.train(nets.init(widths, activation, seeds=range(count)), X, Y[loss], count=60, loss=loss,
                          lr=0.05, batch=batch, seeds=range(count))
    assert together.losses.shape == (count, 61)
    for s in (0, count - 1):
        single = nets.train(nets.init(widths, activation, seeds=s), X, Y[loss], count=60, loss=loss, lr=0.05,
                            batch=batch, seeds=s)
        assert np.allclose(single.losses, together.losses[s], rtol=1e-9, atol=1e-12)
        for (W, b, _), (V, c, _) in zip(single.layers, alone(together.layers, s)):
            assert W.shape == V.shape and b.shape == c.shape
            assert np.allclose(W, V, rtol=1e-8, atol=1e-11) and np.allclose(b, c, rtol=1e-8, atol=1e-11)


def test_the_same_seed_gives_the_same_start_alone_and_in_any_batch():
    for scheme in nets.SCHEMES:
        one, few, many = (nets.init([2, 3, 1], scheme=scheme, seeds=s) for s in (5, [4, 5], range(100)))
        for a, b, c in zip(one, alone(few, 1), alone(many, 5)):
            assert (a[0] == b[0]).all() and (a[0] == c[0]).all() and a[0].shape == c[0].shape


@pytest.mark.parametrize("scheme, std", [("small", 0.01), ("normal", 1), ("he", np.sqrt(2 / 200)),
                                         ("std", 1 / np.sqrt(600)), ("xavier", np.sqrt(2 / 250)),
                                         ("xavier4", 4 * np.sqrt(2 / 250)), ("playground", 0.5 / np.sqrt(3))])
def test_starts_have_the_scale_and_the_law_of_their_scheme(scheme, std):
    W, b, _ = nets.init([200, 50], scheme=scheme, bias=0.1, seeds=0)[0]
    assert abs(W.mean()) < 4 * std / 100 and abs(W.std() / std - 1) < 0.02 and (b == 0.1).all()
    largest = np.abs(W).max() / std
    assert largest > 3 if nets.SCHEMES[scheme][0] == "normal" else largest <= np.sqrt(3) + 1e-12


def test_a_batch_is_stored_side_by_side_only_where_that_pays():
    assert nets.init([2, 3, 1], seeds=range(100))[0][0].strides[0] == 8
    assert nets.init([2, 64, 1], seeds=range(100))[0][0].strides[0] > 8
    for A, B in ((RNG.normal(size=(4, 3)), RNG.normal(size=(3, 2, 50)).T.swapaxes(1, 2)),
                 (RNG.normal(size=(50, 4, 3)), RNG.normal(size=(3, 2, 50)).T.swapaxes(1, 2))):
        assert B.strides[0] == 8 and np.allclose(nets.product(A, B), A @ B, rtol=1e-13)


def test_own_activations_are_pairs_of_functions_of_z_alone():
    def curve(z, alpha=1.0):
        return np.where(z > 0, z, alpha * np.expm1(np.minimum(z, 0)))

    class Slope:
        def __call__(self, z, alpha=1.0):  # a second argument with a default is the author's own matter
            return np.where(z > 0, 1.0, alpha * np.exp(np.minimum(z, 0)))

    found = [nets.gradients(nets.init([3, 4, 1], f, seeds=0), X, Y["bce"])[1][0][0]
             for f in ("elu", (curve, Slope()), (curve, Slope().__call__))]
    assert np.allclose(found[0], found[1]) and np.allclose(found[0], found[2])
    leaky = [nets.forward(nets.init([3, 4, 1], f, seeds=0), X) for f in ("leaky 0.1", nets.leaky(0.1))]
    assert (leaky[0] == leaky[1]).all()


def test_losses_are_right_by_hand_and_stable_far_out():
    out = np.array([[0.0], [2.0]])
    assert np.isclose(nets.loss_and_delta("mse", out, np.array([1.0, 0.0]))[0], 0.5 * (1 + 4) / 2)
    assert np.isclose(nets.loss_and_delta("bce", out, np.array([1.0, 0.0]))[0],
                      (np.log(2) + np.log(1 + np.exp(2))) / 2)
    assert np.isclose(nets.loss_and_delta("softmax", np.zeros((2, 4)), np.array([0, 3]))[0], np.log(4))
    for kind, far in (("bce", np.array([[1000.0], [-1000.0]])), ("softmax", np.array([[1000.0, 0], [0, -1000.0]]))):
        value, delta = nets.loss_and_delta(kind, far, np.array([0, 1]))
        assert np.isfinite(value) and np.isfinite(delta).all()


def test_accuracy_takes_the_largest_output_or_a_threshold():
    one = [(np.array([[1.0]]), np.array([0.0]), None)]
    two = [(np.array([[1.0, -1.0]]), np.zeros(2), None)]
    points = np.array([[-1.0], [0.2], [0.7], [2.0]])
    assert nets.accuracy(one, points, np.array([0, 1, 1, 1])) == 1
    assert nets.accuracy(one, points, np.array([0, 0, 1, 1]), threshold=0.5) == 1
    assert nets.accuracy(two, points, np.array([1, 0, 0, 1])) == 0.75
    batch = nets.init([2, 3, 1], seeds=range(50))
    assert nets.accuracy(batch, data.XOR_POINTS, data.XOR_LABELS).shape == (50,)


def test_training_stops_early_leaves_its_start_alone_and_survives_divergence():
    start = nets.init([2, 4, 1], "tanh", scheme="xavier", seeds=range(50))
    before = [W.copy() for W, _, _ in start]
    seen = []
    run = nets.train(start, data.XOR_POINTS, data.XOR_LABELS, count=50, seeds=range(50),
                     until=lambda layers: seen.append(1) or len(seen) == 7)
    assert run.losses.shape == (50, 8) and all((W == V).all() for (W, _, _), V in zip(start, before))
    assert np.allclose(run.losses[:, 0], nets.loss_and_delta("bce", nets.forward(start, data.XOR_POINTS),
                                                             data.XOR_LABELS)[0])
    assert (run.losses[:, -1] < run.losses[:, 0]).all()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        wild = nets.train(nets.init([2, 4, 1], "linear", seeds=0), 50 * data.XOR_POINTS, data.XOR_LABELS, count=400,
                          loss="mse", lr=9)
    assert not np.isfinite(wild.losses[-1])


@pytest.mark.parametrize("activation", ["relu", "leaky", "gelu"])
@pytest.mark.parametrize("seeds", [0, range(3)])
def test_where_no_loss_is_a_number_any_more_the_rest_is_known_without_training(activation, seeds, monkeypatch):
    X, y = data.digits()[:2]
    start = nets.init([64, *[64] * 20, 10], activation, scheme="xavier4", seeds=seeds)
    rule = {"loss": "softmax", "lr": 0.1, "batch": 64, "seeds": seeds}
    real, trained = training.epochs, []
    monkeypatch.setattr(training, "epochs", lambda *a, **k: (trained.append(1) or step for step in real(*a, **k)))
    run = nets.train(start, X[:256], y[:256], count=8, **rule)
    assert len(trained) < 4
    by_hand = real(start, X[:256], y[:256], **rule)
    with np.errstate(all="ignore"):
        found = [next(by_hand) for _ in range(8)]
    assert np.array_equal(run.losses[..., :8], np.stack([loss for loss, _ in found], axis=-1), equal_nan=True)
    assert np.isnan(run.losses[..., 8]).all()
    for mine, theirs in zip(run.layers, found[-1][1]):
        assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(mine[:2], theirs[:2]))


def test_a_thousand_small_nets_cost_far_less_than_a_thousand_single_ones():
    def seconds(seeds, count):
        start = time.process_time()
        nets.train(nets.init([2, 2, 1], seeds=seeds), data.XOR_POINTS, data.XOR_LABELS, count=count, loss="mse",
                   seeds=seeds)
        return (time.process_time() - start) / np.size(seeds) / count
    assert min(seconds(0, 300) for _ in range(3)) > 20 * min(seconds(range(1000), 60) for _ in range(3))


def test_where_nothing_can_be_shown_a_long_loop_goes_through_without_a_bar(monkeypatch):
    # as IPython answers outside a notebook
    monkeypatch.setattr(nets.training, "display", lambda html, display_id: None)
    monkeypatch.setattr(nets.training, "still", lambda: False)
    monkeypatch.setattr(nets.training.time, "monotonic", iter(range(0, 100, 2)).__next__)
    assert list(nets.progress(range(5), "training")) == [0, 1, 2, 3, 4]


def test_a_progress_bar_goes_also_where_the_loop_is_left_early(monkeypatch):
    shown = []

    class Bar:
        def update(self, html):
            shown.append(html.data)
    monkeypatch.setattr(nets.training, "display", lambda html, display_id: Bar())
    monkeypatch.setattr(nets.training, "still", lambda: False)
    monkeypatch.setattr(nets.training.time, "monotonic", iter(range(0, 100, 2)).__next__)
    for item in nets.progress(range(5), "training"):
        if item == 3:
            break
    assert "<progress" in shown[-2] and shown[-1] == ""
