"""The sheet computes in the page what `nets` does in Python, and its pieces are cut exactly where a unit creases."""

import numpy as np
import pytest

import javascript
from crease import nets
from crease.data import XOR_LABELS, XOR_POINTS
from crease.widgets.sheet import Sheet, readout, sheet, sheet_film

pytestmark = pytest.mark.skipif(not javascript.HERE, reason="neither node nor Chromium on this machine")


def run(code, **given):
    return javascript.run(Sheet._esm.replace("export default", "const exported ="), code, **given)


def net(units, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(2, units)), rng.normal(size=units) / 2, rng.normal(size=units), rng.normal()


@pytest.mark.parametrize("slope", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("units", [1, 2, 8])
def test_the_output_on_the_page_is_that_of_nets(units, slope):
    W, c, w, b = net(units)
    X = np.random.default_rng(1).normal(size=(50, 2))
    there = run("return X.map(x => output(hidden(x, s), s));", X=X.tolist(),
                s={"W": W.tolist(), "c": c.tolist(), "w": w.tolist(), "b": b, "slopes": [slope] * units})
    pair = nets.leaky(slope)
    layers = [(W, c, (pair[0], lambda z: pair[1](z))), (w[:, None], np.array([b]), None)]
    np.testing.assert_allclose(there, nets.forward(layers, X)[:, 0], rtol=0, atol=1e-12)


def test_the_best_second_layer_on_the_page_is_that_of_python():
    H = np.maximum(XOR_POINTS @ [[1, -0.6], [0.5, 1]] + [-0.3, -0.1], 0)
    w, b = readout(H, XOR_LABELS)
    there = run("return readout(H, y);", H=H.tolist(), y=XOR_LABELS.tolist())
    np.testing.assert_allclose([*there["w"], there["b"]], [*w, b], rtol=0, atol=1e-9)
    loss = np.mean((H @ w + b - XOR_LABELS) ** 2)
    for shift in np.vstack([np.eye(3), -np.eye(3)]) * 0.01:
        assert np.mean((H @ (w + shift[:2]) + b + shift[2] - XOR_LABELS) ** 2) > loss


@pytest.mark.parametrize("units", [2, 8])
def test_the_pieces_cover_the_sheet_and_each_lies_on_one_side_of_every_crease(units):
    W, c, _, _ = net(units, seed=3)
    parts = run("return pieces({W, c}, -1, 1);", W=W.tolist(), c=c.tolist())
    area = 0
    for part in parts:
        x, y = np.array(part["corners"]).T
        area += abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2
        z = np.array(part["corners"]) @ W + c
        assert (np.where(part["on"], z, -z) > -1e-9).all()
    assert area == pytest.approx(4, abs=1e-9)
    rng = np.random.default_rng(0)
    seen = {tuple(row) for row in (rng.uniform(-1, 1, (20000, 2)) @ W + c > 0).tolist()}
    assert seen <= {tuple(part["on"]) for part in parts}


def test_the_film_ends_in_a_net_that_computes_xor():
    state = run("let at = 0; for (const s of TOUR.slice(0, 6)) at += s.ms + (s.hold ?? 0); return moment(at - 1);")
    assert state["slopes"] == [0, 0] and state["morph"] == 0
    out = np.maximum(XOR_POINTS @ np.array(state["W"]) + state["c"], 0) @ state["w"] + state["b"]
    np.testing.assert_allclose(out, XOR_LABELS, atol=1e-9)
    np.testing.assert_allclose(sheet_film().output(XOR_POINTS), XOR_LABELS, atol=1e-9)


def test_a_line_is_all_that_a_sheet_without_creases_can_do():
    flat = run("return readout(X.map(x => hidden(x, {W: [[1, 0], [0, 1]], c: [0, 0], slopes: [1, 1]})), y);",
               X=XOR_POINTS.tolist(), y=XOR_LABELS.tolist())
    np.testing.assert_allclose([*flat["w"], flat["b"]], [0, 0, 0.5], atol=1e-9)
    assert "2 of 4" in sheet([[1, 0], [0, 1]], [5, 5]).figure().alt


def test_a_function_of_the_learners_own_bends_the_sheet_on_the_page_as_in_python():
    bent = sheet(activation=np.tanh)
    X = np.random.default_rng(2).uniform(-0.35, 1.35, (40, 2))
    there = run("""const s = {W, c, slopes: [0, 0], table}, best = readout(points.map(x => hidden(x, s)), y);
        return X.map(x => output(hidden(x, s), best));""", W=bent.W, c=bent.c, table=bent.table, points=bent.points,
                y=bent.labels, X=X.tolist())
    np.testing.assert_allclose(there, bent.output(X), rtol=0, atol=1e-9)
    H = np.tanh(X @ bent.W + bent.c)
    np.testing.assert_allclose(bent.hidden(X), H, atol=2e-5)
    assert bent.called == "tanh" and sheet(activation=lambda z: z).called == "f"
