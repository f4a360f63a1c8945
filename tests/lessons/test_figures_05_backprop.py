"""The stepper's numbers are those of the published example, and its picture says what the step says."""

import numpy as np
import pytest
from matplotlib.text import Text

from crease import plot
from crease.figures import backprop
from figures import pixels


def texts(fig):
    return [t.get_text() for t in fig.parts if isinstance(t, Text)]


def test_the_numbers_are_those_of_the_published_example():
    v = backprop.passes()
    assert abs(v["E"] - 0.298371109) < 1e-9
    assert np.allclose(v["ds"], [0.13849856, -0.03809824], atol=1e-8)
    assert np.allclose(v["dz"], [0.00877135, 0.00995425], atol=1e-8)
    W1, W2 = backprop.W1 - 0.5 * v["dW1"], backprop.W2 - 0.5 * v["dW2"]
    assert np.allclose(W1.T, [[0.14978072, 0.19956143], [0.24975114, 0.29950229]], atol=1e-8)
    assert np.allclose(W2.T, [[0.35891648, 0.40866619], [0.51130127, 0.56137012]], atol=1e-8)
    for _ in range(10_000):
        v = backprop.passes(v["W1"] - 0.5 * v["dW1"], v["W2"] - 0.5 * v["dW2"])
    assert abs(v["E"] - 3.51019e-5) < 1e-9


def test_every_derivative_agrees_with_a_difference():
    v, h = backprop.passes(), 1e-6
    for name in ("W1", "W2"):
        for place in np.ndindex(2, 2):
            push = np.zeros((2, 2))
            push[place] = h
            up, down = (backprop.passes(**{name: v[name] + sign * push})["E"] for sign in (1, -1))
            assert abs((up - down) / (2 * h) - v["d" + name][place]) < 1e-9


@pytest.mark.parametrize("first, second", [(0, 5), (12, 3), (4, 9), (11, 12)])
def test_a_moved_stepper_is_the_stepper_made_anew(first, second):
    moved, fresh = backprop.stepper(first), backprop.stepper(second)
    plot.pixels(moved)
    assert moved.move(second) == fresh.alt
    assert (pixels(moved) == pixels(fresh)).all() and (pixels(moved) != pixels(backprop.stepper(first))).any()


def test_each_step_shows_what_is_known_by_then():
    assert "0.59327" not in texts(backprop.stepper(1)) and "0.59327" in texts(backprop.stepper(2))
    assert not [t for t in texts(backprop.stepper(5)) if t.startswith(("+", "×"))]
    assert "× 0.1868" in texts(backprop.stepper(7)) and "+0.138499" in texts(backprop.stepper(7))
    assert texts(backprop.stepper(8)).count("× 0.5933") == 2 and "+0.082167" in texts(backprop.stepper(8))
    assert "× 0.4500" in texts(backprop.stepper(9)) and "+0.00877135" in texts(backprop.stepper(10))
    assert "0.358916" in texts(backprop.stepper(12)) and "0.4" not in texts(backprop.stepper(12))
    alts = [backprop.stepper(s).alt for s in range(13)]
    assert len(set(alts)) == 13 and "0.13849856" in alts[7] and "0.291027774" in alts[12]


def test_only_the_wires_of_the_step_are_lit():
    for step, count in enumerate((0, 4, 2, 4, 2, 2, 2, 2, 4, 4, 2, 4, 8)):
        lit = [line for line in backprop.stepper(step).figure.axes[0].lines
               if line.get_linewidth() == 3.5 and line.get_visible()]
        assert len(lit) == count, step
        assert {line.get_color() for line in lit} <= {plot.BLUE if step < 6 else plot.ORANGE}


def test_digits_shows_every_image_with_its_guess_and_marks_the_wrong_ones():
    fig = backprop.digits(np.zeros((3, 64)), [1, 2, 3], [1, 7, 3])
    assert [ax.get_title() for ax in fig.axes] == ["✓ 1", "✗ 7, is 2", "✓ 3"]
    assert "7 (2)" in fig.alt and fig.axes[1].title.get_color() == plot.ORANGE


@pytest.mark.parametrize("x", [-2.0, -0.5, 0.0, 1.5])
def test_the_two_paths_add_up_to_the_slope_of_2x_cubed(x):
    by_u, by_v, both = 2 * x * x, 4 * x * x, 6 * x * x
    alt = backprop.paths(x).alt
    assert f"multiply to {by_u:g}, by way of v to {by_v:g}; together {both:g}," in alt


def test_of_every_example_the_relu_lets_something_through_and_stops_something():
    J = np.asarray(backprop.jacobian("relu", 6).figure.axes[0].images[0].get_array())
    assert all(0 < on < 3 for on in np.diag(J).reshape(6, 3).sum(1)) and np.count_nonzero(J - np.diag(np.diag(J))) == 0


@pytest.mark.parametrize("module, inside", [("affine", 6), ("softmax", 9)])
def test_a_jacobian_is_full_inside_its_blocks_and_zero_elsewhere(module, inside):
    fig = backprop.jacobian(module, 3)
    J = np.asarray(fig.figure.axes[0].images[0].get_array())
    rows, columns = np.array(J.shape) // 3
    blocks = [J[i * rows:(i + 1) * rows, i * columns:(i + 1) * columns] for i in range(3)]
    assert sum(np.count_nonzero(b) for b in blocks) == np.count_nonzero(J) == 3 * inside
    assert f"{J.size} entries, of which {3 * inside} are not 0" in fig.alt
    if module == "softmax":
        assert np.allclose(J.sum(1), 0)  # the shares of an example always add up to 1
