"""Lesson 07: the safe ranges of its experiments, with the reference solutions."""

import numpy as np
import pytest

from crease import data, nets
from lessonbook import namespace, printed

LESSON = "07_choosing_activations"


@pytest.fixture(scope="module")
def names():
    """The solutions."""
    return namespace(LESSON)


def test_the_sigmoid_is_more_than_5_times_behind_at_one_rate_and_at_most_3_times_at_its_best():
    (relu, relu_at_its_best), (sigmoid, sigmoid_at_its_best) = (
        map(float, printed(LESSON, rf"^{name} +([\d.]+) epochs")) for name in ("relu", "sigmoid"))
    assert sigmoid > 5 * relu and 90 <= sigmoid <= 110
    assert sigmoid_at_its_best <= 3 * relu_at_its_best


def test_the_bootstrap_covers_the_true_ratio_about_as_often_as_it_says(names):
    rng, hits = np.random.default_rng(0), 0
    for trial in range(200):
        slow, fast = np.exp(rng.normal(np.log(2), 0.3, 30)), np.exp(rng.normal(0, 0.3, 30))
        _, low, high = names["speedup"](slow, fast, trial)
        hits += low <= 2 <= high
    assert 0.88 <= hits / 200 <= 1


def test_one_gelu_unit_tells_xor_apart_as_published():
    out = nets.ACTIVATIONS["gelu"][0](2.25 * data.XOR_POINTS.sum(axis=1) - 3)
    assert np.allclose(out, [-0.00405, -0.16997, -0.16997, 1.39979], atol=1e-5)
    assert ((out < -0.1) == data.XOR_LABELS).all()


def test_the_gradients_are_the_published_ones(names):
    assert np.isclose(names["bce_gradient"](-10.0, 1), -0.99995, atol=1e-5)
    assert np.isclose(names["mse_gradient"](-10.0, 1), -4.54e-5, atol=1e-7)
