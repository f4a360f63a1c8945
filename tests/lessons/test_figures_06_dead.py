"""The figures of lesson 06 say what they show."""

import numpy as np
import pytest

from crease import data, nets
from crease.figures import dead


@pytest.mark.parametrize("bias, rate", [(0.0, 0.1), (-4.0, 0.3)])
def test_the_unit_map_counts_units_that_no_image_activates(bias, rate):
    X = data.digits()[0]
    count = sum((Z <= 0).all() for Z in nets.trace(dead.one_layer(bias, rate), X)[0][0].T)
    assert f"{count} units are dead" in dead.unit_map(bias, rate).alt


def test_both_ways_to_lose_units_are_seen():
    assert "0 units are dead" in dead.unit_map(0.0, 0.1).alt
    for bias, rate in ((0.0, 2.0), (-6.0, 0.1)):
        assert int(dead.unit_map(bias, rate).alt.split(" units are dead")[0].split()[-1]) > 30


def test_born_dead_nets_agree_with_the_exact_values_and_stay_below_the_bound():
    """Two hidden layers, exactly: 2^(1-N) 2^-N + (1 - 2^(1-N)) 4^-N; one hidden layer: 0."""
    for width, exact in ((2, 0.15625), (3, 0.04296875), (4, 0.01123046875)):
        shares = dead.born_dead(width)
        assert shares[0] == 0 and abs(shares[1] - exact) < 4 * np.sqrt(exact / 4000)
        bound = 1 - (1 - 0.5 ** width) ** np.arange(1, dead.LAYERS + 1)
        assert (shares <= bound + 3 * np.sqrt(bound * (1 - bound) / 4000)).all() and (np.diff(shares) >= 0).all()


def test_a_born_dead_net_gives_one_value_on_the_whole_interval():
    """What is counted at 1 and -1 holds for all inputs between: checked on nets made by `nets`."""
    X = np.linspace(-1, 1, 41)[:, None]
    net = nets.init([1, *[3] * 10, 1], seeds=range(300))
    out = nets.forward(net, X)[..., 0]
    ends = nets.forward(net, X[[0, -1]])[..., 0]
    constant = np.ptp(out, axis=-1) == 0
    assert (constant == ((ends == 0).all(-1))).all() and 0.5 < constant.mean() < 0.75
