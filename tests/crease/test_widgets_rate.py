"""The learning rate's widget takes the very steps that `nets` takes, on the same weights and images."""

import numpy as np
import pytest

import javascript
from crease import data, nets
from crease.widgets.rate import Rate, rate_lens

pytestmark = pytest.mark.skipif(not javascript.HERE, reason="neither node nor Chromium on this machine")
NAMES = ("W1", "b1", "W2", "b2")


@pytest.fixture(scope="module")
def lens():
    return rate_lens(count=60, units=12)


def run(code, lens, **given):
    layers, X, y = lens.numbers()
    net = {"n0": 64, "n1": lens.units, "n2": 10, **dict(zip(NAMES, (part.ravel().tolist() for W, b, _ in layers
                                                                   for part in (W, b))))}
    return javascript.run(Rate._esm.replace("export default", "const exported ="),
                          "for (const k of ['W1', 'b1', 'W2', 'b2']) net[k] = floats(net[k]);" + code,
                          net=net, X=X.ravel().tolist(), y=y.tolist(), n=lens.count, **given)


def test_its_images_are_the_digits_of_the_course(lens):
    np.testing.assert_allclose(lens.numbers()[1], data.digits()[0][:60], rtol=0, atol=1e-12)


def test_the_gradient_on_the_page_is_that_of_nets(lens):
    layers, X, y = lens.numbers()
    loss, found = nets.gradients(layers, X, y, "softmax")
    there = run("const g = gradients(net, X, y, n); return {loss: g.loss, right: g.right, "
                "parts: ['W1', 'b1', 'W2', 'b2'].map(k => [...g[k]])};", lens)
    assert there["loss"] == pytest.approx(loss, abs=1e-12)
    assert there["right"] == pytest.approx(nets.accuracy(layers, X, y))
    for here, (dW, db) in zip(zip(there["parts"][::2], there["parts"][1::2]), ((W, b) for W, b, _ in found)):
        np.testing.assert_allclose(here[0], dW.ravel(), rtol=0, atol=1e-12)
        np.testing.assert_allclose(here[1], db, rtol=0, atol=1e-12)


def test_loss_and_dead_units_after_a_step_are_those_of_nets(lens):
    rates = [0.0, 0.01, 0.5, 3.0, 40.0]
    losses, dead = lens.along(rates)
    there = run("const line = new Line(net, X, y, n); return rates.map(r => { const a = line.after(r);"
                "return [a.loss, a.active.filter(v => v === 0).length]; });", lens, rates=rates)
    np.testing.assert_allclose([loss for loss, _ in there], losses, rtol=1e-9)
    assert [count for _, count in there] == dead.tolist()
    assert dead[-1] > dead[0], "a rate that silences nobody shows nothing"


def test_ten_steps_on_the_page_are_ten_epochs_of_training(lens):
    layers, X, y = lens.numbers()
    run_here = nets.train(layers, X, y, count=10, loss="softmax", lr=0.3)
    there = run("let at = net; for (let i = 0; i < 10; i++) at = stepped(at, gradients(at, X, y, n), 0.3);"
                "return {W1: [...at.W1], loss: gradients(at, X, y, n).loss};", lens)
    np.testing.assert_allclose(there["W1"], run_here.layers[0][0].ravel(), rtol=0, atol=1e-9)
    assert there["loss"] == pytest.approx(run_here.losses[-1], abs=1e-9)
