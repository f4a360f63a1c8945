"""The figures of lesson 07, and what they claim in words."""

import numpy as np

from crease.figures import choosing


def test_the_flat_cost_is_said_in_numbers():
    assert "squared error −4.5e−05, of cross-entropy −1." in choosing.flat(-10.0).alt


def test_the_slopes_drawn_are_those_of_the_costs():
    for cost, slope in choosing.COSTS:
        z = np.linspace(-9, 9, 37)
        assert np.allclose((cost(z + 1e-5) - cost(z - 1e-5)) / 2e-5, slope(z), atol=1e-8)


def test_outliers_drag_the_squared_fit_more_the_further_they_lie_and_the_absolute_fit_hardly():
    def slopes(error):
        return np.array(choosing.fits(choosing.X / 2 + choosing.NOISE + error * (choosing.X > 8)))[:, 1]
    squared, absolute = np.transpose([slopes(error) for error in (0, 5, 10, 15)])
    assert (np.diff(squared) > 0.25).all() and np.ptp(absolute) < 0.1
    assert abs(squared[0] - np.polyfit(choosing.X, choosing.X / 2 + choosing.NOISE, 1)[0]) < 1e-12


def test_the_absolute_fit_has_no_better_neighbour():
    y = choosing.X / 2 + choosing.NOISE + 12 * (choosing.X > 8)
    best = choosing.fits(y)[1]
    def cost(line):
        return np.abs(y - line[0] - line[1] * choosing.X).sum()
    near = [cost(best + step) for step in np.random.default_rng(0).normal(0, 0.05, (500, 2))]
    assert cost(best) < min(near) + 1e-3


def test_minus_log_likelihood_of_a_bell_is_half_the_squared_error_and_a_constant():
    alt = choosing.likelihood(1.0).alt
    assert "likelihood of 0.054" in alt and "2.92: half the squared error, 2.00, plus" in alt
    bell, = (line for line in choosing.likelihood(1.0).figure.axes[0].lines if len(line.get_xdata()) > 100)
    x, density = bell.get_data()
    assert abs(np.trapezoid(density, x) - 1) < 0.01 and x[density.argmax()] == 1.0
