"""The experiments of lesson 06 stay within what is safe to claim."""

import numpy as np
import pytest

from crease import data, nets, trials
from crease.figures import dead, dead_training
from lessonbook import printed

LESSON = "06_dead_relus"


def dead_share(layers):
    return np.concatenate([(Z <= 0).all(1) for Z in dead.pre_activations(layers, data.digits()[0])], axis=1).mean(1)


def test_units_die_between_a_rate_of_0_3_and_1():
    assert dead_share(trials.died(0.3)).mean() < 0.03
    assert dead_share(trials.died(1.0)).mean() > 0.5


def test_the_stuck_nets_are_finite_and_mostly_dead_and_relu_stays_below_the_bar():
    shares, accuracy = dead_share(trials.died()), trials.rescued("relu", 0.03)
    assert all(np.isfinite(W).all() for W, _, _ in trials.died())
    assert tuple(np.flatnonzero(shares > 0.6)[:6]) == trials.STUCK and accuracy.max() < 0.7


def test_a_leak_rescues_what_relu_does_not():
    relu, leaky, more, elu = (np.median(trials.rescued(*plan, which=tuple(range(10)))) for plan in (
        ("relu", 0.03), ("leaky", 0.03, 0.01), ("leaky", 0.03, 0.1), ("elu", 0.03)))
    assert more - relu > 0.2 and relu < leaky < more and elu > 0.9


@pytest.mark.parametrize("plan, saved", [
    (("leaky", 0.05, 0.1), True), (("leaky", 0.02, 0.2), True), (("elu", 0.02), True), (("elu", 0.1), True),
    (("leaky", 0.1, 0.01), True), (("gelu", 0.03), False), (("relu", 0.1), False), (("elu", 1.0), False),
    (("leaky", 1.0, 0.1), False), (("leaky", 0.001, 0.01), False)])
def test_no_sensible_plan_is_near_the_bar_of_the_grade(plan, saved):
    hits = np.median(trials.rescued(*plan))
    assert hits > 0.8 if saved else hits < 0.66


def test_a_higher_rate_kills_more_and_a_lower_one_cures_nothing():
    start, higher, lower = map(int, printed(LESSON, r"^dead after .* at [\d.]+: (\d+)%"))
    assert higher > 80 and abs(lower - start) < 5


def test_born_dead_is_where_it_is_safe_to_claim():
    assert 0.61 < dead.born_dead(3)[9] < 0.66


def test_a_prelu_trains_fresh_nets_and_runs_away_on_dead_ones():
    (_, median, _), (_, _, lowest) = printed(LESSON, r"^(PReLU|PReLU, fresh) +right: median (\d+)%, lowest (\d+)%")
    assert int(lowest) > 95 and int(median) < 20


def test_the_gradient_of_alpha_agrees_with_a_difference():
    X, y = (part[None, :8] for part in data.digits()[:2])
    layers = [(W, b) for W, b, _ in nets.init([64, 64, 64, 10], seeds=[0])]
    alphas = [np.full(b.shape, 0.25) for _, b in layers[:-1]]

    def loss(push):
        pushed = [alphas[0] + push * (np.arange(64) == 3), alphas[1]]
        return nets.loss_and_delta("softmax", dead_training.forward(layers, pushed, X)[-1][1], y)[0][0]

    found = (alphas[0] - dead_training.step(layers, alphas, X, y, 1.0)[1][0])[0, 0, 3]
    assert abs(found - (loss(1e-5) - loss(-1e-5)) / 2e-5) < 1e-7


def test_the_story_is_told_in_numbers():
    losses, shares = dead.history(1.0)
    assert losses[:10].max() > 20 and shares[0] == 0 and shares[2] > 0.3 and shares[-1] > 0.7
    assert f"{shares[-1]:.0%} dead" in dead.story(1.0).alt and dead.history(0.1)[1].max() < 0.02
