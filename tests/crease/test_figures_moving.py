"""Every figure that sliders drive (but the stepper, see test_figures_backprop): moved, it is the figure made there."""

import asyncio
import functools
import inspect
import threading
import time

import numpy as np
import pytest

from crease import plot
from crease.figures import activations, backprop, choosing, collapse, dead, start, vanishing, xor, xor_training
from crease.page import sliders
from figures import BOOK, FLAT, pixels


@pytest.mark.parametrize("figure, first, second", [
    (start.drivers, {"examples": 1.0}, {"examples": 8.0}),
    (collapse.kinks, {"units": 2, "steepness": 1.0}, {"units": 7, "steepness": 0.5}),
    (collapse.paths, {"input": 1, "layers": 2}, {"input": 3, "layers": 3}),
    (collapse.boundary, {"depth": 1, "activation": "linear"}, {"depth": 2, "activation": "relu"}),
    (xor.line, {"turn": 0, "shift": 0.5}, {"turn": 45, "shift": 0.4}),
    (xor.spaces, FLAT, BOOK),
    (xor.spaces, BOOK, FLAT),
    (xor.spaces, BOOK, {name: 0.0 for name in BOOK}),
    (xor_training.perceptron, {"task": "XOR", "step": 0}, {"task": "OR", "step": 9}),
    (xor_training.threshold, {"start_bias": 0.0, "slope_at_0": 0.0}, {"start_bias": 0.1, "slope_at_0": 1.0}),
    (activations.slope, {"activation": "tanh", "x": 1.0, "h": 1.0}, {"activation": "relu", "x": -0.3, "h": 0.1}),
    (activations.slope, {"activation": "gelu", "x": 3.0, "h": 0.2}, {"activation": "sigmoid", "x": -3.0, "h": 1.0}),
    (activations.family, {"alpha": 0.2}, {"alpha": 1.0}),
    (activations.overlay, {"show": "functions", "spotlight": "all"}, {"show": "slopes", "spotlight": "gelu"}),
    (activations.overlay, {"show": "slopes", "spotlight": "relu"}, {"show": "functions", "spotlight": "all"}),
    (vanishing.signal, {"depth": 10, "activation": "sigmoid", "init": "xavier", "weights": False},
     {"depth": 5, "activation": "tanh", "init": "small", "weights": True}),
    (vanishing.chain, {"depth": 1, "weight": 1.0, "x": 0.2}, {"depth": 6, "weight": 8.0, "x": 0.6}),
    (vanishing.histograms, {"depth": 10, "activation": "tanh", "init": "he"},
     {"depth": 5, "activation": "relu", "init": "small"}),
    (vanishing.today, {"depth": 10}, {"depth": 20}),
    (backprop.paths, {"x": 1.5}, {"x": -2.0}),
    (backprop.jacobian, {"module": "softmax", "examples": 5}, {"module": "affine", "examples": 2}),
    (dead.unit_map, {"bias": 0.0, "rate": 0.1}, {"bias": -4.0, "rate": 1.0}),
    (dead.story, {"rate": 0.1}, {"rate": 2.0}),
    (dead.born, {"depth": 2, "width": 2}, {"depth": 20, "width": 5}),
    (choosing.likelihood, {"output": 1.0}, {"output": 4.5}),
    (choosing.flat, {"logit": -10.0}, {"logit": 4.0}),
    (choosing.outliers, {"outliers": 0, "error": 12.0}, {"outliers": 3, "error": 15.0}),
])
def test_a_moved_figure_is_the_figure_made_anew(figure, first, second):
    moved, fresh = figure(**first), figure(**second)
    alt, before = moved.alt, pixels(moved)
    assert moved.move(**second) == fresh.alt != alt and len(fresh.alt) > 50
    assert not (moved.parts and moved.figure.stale)  # only what moves is drawn again
    after = pixels(moved)
    assert np.abs(after - pixels(fresh)).mean() < 0.5
    assert np.abs(after - before).mean() > 0


@pytest.mark.parametrize("figure", [choosing.flat, choosing.likelihood, start.drivers])  # 8.8 and 6.4 inches wide
def test_what_stays_is_drawn_before_the_first_move_and_never_again(figure, monkeypatch):
    monkeypatch.setattr(sliders, "still", lambda: False)
    monkeypatch.setattr(sliders.Live, "show", lambda self: None)
    made = []
    (name, parameter), = inspect.signature(figure).parameters.items()
    value = parameter.default
    kept = functools.wraps(figure)(lambda **at: made.append(figure(**at)) or made[-1])
    sliders.live(kept, **{name: (value, value + 1.0)})
    fig, = made
    monkeypatch.setattr(fig.figure.canvas, "draw", lambda: pytest.fail("all of it was drawn again"))
    for step in (0.5, 1.0):
        fig.move(**{name: value + step})
        plot.pixels(fig)
        plot.pixels(fig, 2)  # as it rests


def test_a_picture_is_drawn_once_quickly_and_once_sharply_at_each_place(monkeypatch):
    drawn = []
    pixels_of = plot.pixels
    monkeypatch.setattr(plot, "pixels", lambda fig, scale=1: drawn.append(scale) or pixels_of(fig, scale))
    fig, shown = collapse.kinks(), []
    monkeypatch.setattr(sliders, "REST", 1)  # on a loaded machine two moves can be tenths apart

    async def drag():
        picture = sliders.Picture("")
        for units, wait in ((2, 0), (3, 0), (2, 1), (3, 1), (2, 0), (3, 0)):
            fig.move(units=units, steepness=1.0)
            picture.move(fig, units)
            await asyncio.sleep(wait * (sliders.REST + 0.7))
            shown.append(picture.value)
    asyncio.run(drag())
    assert drawn == [1, 1, 2, 1, 2]
    assert shown[2] == shown[4] != shown[0] and shown[3] == shown[5] != shown[2]


def test_no_picture_is_drawn_sharply_while_another_is_in_hand(monkeypatch):
    drawn = []
    pixels_of = plot.pixels
    monkeypatch.setattr(plot, "pixels", lambda fig, scale=1: drawn.append(scale) or pixels_of(fig, scale))
    figs = [start.drivers(), start.drivers()]
    monkeypatch.setattr(sliders, "REST", 3)  # on a loaded machine a sleep of tenths takes a second

    async def drag():
        left, in_hand = sliders.Picture(""), sliders.Picture("")
        left.move(figs[0], 0)
        for at in range(4):
            await asyncio.sleep(1)
            in_hand.move(figs[1], at)
        assert drawn == [1] * 5
        await asyncio.gather(left.resting, in_hand.resting)
        assert drawn == [1] * 5 + [2] * 2
    asyncio.run(drag())


def test_two_threads_draw_one_figure_one_after_the_other(monkeypatch):
    """JupyterLab hands the first moves of a slider to one thread of the kernel, the next ones to another."""
    fig, begun, drawn = start.drivers(), threading.Event(), []
    expected, draw = plot.pixels(fig), fig.draw

    def slowly(scale=1):
        draw(scale)
        begun.set()
        time.sleep(0.3)
    monkeypatch.setattr(fig, "draw", slowly)
    first = threading.Thread(target=lambda: drawn.append(plot.pixels(fig)))
    first.start()
    assert begun.wait(30)
    assert plot.pixels(fig, 2).shape[0] == 2 * len(expected)
    first.join()
    assert np.array_equal(drawn, [expected])
