"""The figures of lesson 02, and what they claim in words."""

import itertools

import numpy as np
import pytest

from crease import nets, plot
from crease.data import XOR_LABELS, XOR_POINTS
from crease.figures import xor, xor_training
from figures import BOOK, FLAT


def test_no_position_of_the_sliders_puts_four_points_on_the_right_side():
    fig = xor.line()
    found = {fig.move(turn=turn, shift=shift).split(": ")[1][0]
             for turn in range(0, 360, 15) for shift in np.arange(-15, 16) / 10}
    assert found == {"1", "2", "3"}


def test_the_pressed_sheet_says_whether_a_line_separates():
    assert "no line separates" in xor.spaces(**FLAT).alt
    assert "one line separates" in xor.spaces(**BOOK).alt
    assert "(0, 1) at (1, 0), (1, 0) at (1, 0), (1, 1) at (2, 1)" in xor.spaces(**BOOK).alt
    assert "one line separates" in xor.spaces(1, -1, 0, -1, 1, 0).alt
    assert "no line separates" in xor.spaces(0, 0, 0, 1, 1, -1).alt


def test_the_separator_separates_exactly_where_some_line_does():
    angles = np.linspace(0, 2 * np.pi, 721)
    directions = np.array([np.cos(angles), np.sin(angles)])
    rng = np.random.default_rng(0)
    for H in itertools.chain(rng.normal(size=(60, 4, 2)), [XOR_POINTS, np.zeros((4, 2))]):
        best = xor.separator(H)
        along = H @ directions
        widest = (along[XOR_LABELS == 1].min(0) - along[XOR_LABELS == 0].max(0)).max()
        assert (best is not None) == (widest > 0.01) or abs(widest) < 0.02
        if best:
            z = H @ best[0] + best[1]
            assert ((z > 0) == (XOR_LABELS == 1)).all()
            assert np.isclose(np.abs(z).min() / np.linalg.norm(best[0]), widest / 2, rtol=1e-2, atol=0.01)


def test_the_share_of_success_is_drawn_with_its_interval():
    fig = xor_training.success([2, 8], {"relu": [0.2, 1.0], "tanh": [0.9, 1.0]}, [1000, 100])
    assert "widths 2, 8: relu 20%, 100%; tanh 90%, 100%" in fig.alt
    (ax,) = fig.axes
    bar = ax.containers[0][2][0].get_segments()[0]
    assert np.allclose(bar[:, 1], plot.wilson(200, 1000)) and ax.get_xlabel() and ax.get_ylabel()


def test_hatched_is_where_the_unit_is_off():
    rng = np.random.default_rng(1)
    for w, c in zip(rng.normal(size=(20, 2)), rng.normal(size=20)):
        inside = xor.off_side(w, c).mean(axis=0)
        assert inside @ w + c < 0 and np.allclose(xor.off_side(w, c)[:2] @ w + c, 0)
    assert np.ptp(xor.off_side(np.zeros(2), -1.0)) > 4 and np.ptp(xor.off_side(np.zeros(2), 1.0)) == 0


@pytest.mark.parametrize("task, ends", [("OR", True), ("AND", True), ("XOR", False)])
def test_the_perceptron_stops_where_a_line_exists_and_circles_where_none_does(task, ends):
    path = xor_training.lessons_of(task)
    last = path[-8:]
    assert ends == (not last[:, 4].any()) and (ends or np.array_equal(last[:4, :3], last[4:, :3]))
    assert f"{4 if ends else 1} of 4 points right" in xor_training.perceptron(task, 30).alt


def test_every_crease_runs_through_a_point_until_the_biases_leave_zero():
    alt = xor_training.threshold(0.0, 0.0).alt
    assert "21.4% learn XOR" in alt and "45% have a unit that is off at all four points; of those 0% learn" in alt
    assert "26.1% learn XOR" in xor_training.threshold(0.0, 0.5).alt
    assert "0% have a unit that is off" in xor_training.threshold(0.5, 0.0).alt
    (W, c, _), _ = xor_training.ended(0.0, 0.0)[0]
    assert not (XOR_POINTS[0] @ W + c).any()


def test_the_portraits_show_one_net_of_each_ending():
    start, *_ = xor_training.ended(0.0, 0.0)
    run = nets.train(start, XOR_POINTS, XOR_LABELS, count=3000, loss="mse", lr=0.2, seeds=range(1000))
    said = xor_training.portraits(run.layers, run.losses).alt
    assert "loss 1/12: 0.33, 0.33, 1.00, 0.33" in said and "loss 1/8: 0.50, 0.50, 0.50, 0.50" in said
    assert "0: 21%, 1/16: 8%, 1/12: 42%, 1/8: 29%" in xor_training.plateaus(run.losses).alt
