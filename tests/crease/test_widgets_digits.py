"""The digit pad reads as `nets` does on the same weights, and makes images like those of the data set."""

import numpy as np
import pytest

import javascript
from crease import data, nets
from crease.widgets import digit_pad
from crease.widgets.digits import Pad
from crease.widgets.rate import pixels

pytestmark = pytest.mark.skipif(not javascript.HERE, reason="neither node nor Chromium on this machine")
SEVEN = [[[0.32, 0.2], [0.68, 0.2], [0.45, 0.84]]]
ZERO = [[[0.5 + 0.2 * np.sin(a), 0.5 - 0.3 * np.cos(a)] for a in np.linspace(0, 2 * np.pi, 40)]]


def run(code, **given):
    return javascript.run(Pad._esm.replace("export default", "const exported ="), code, **given)


def test_it_reads_as_nets_does():
    X, y = data.digits()[:2]
    (W1, b1, _), (W2, b2, _) = layers = nets.init([64, 20, 10], seeds=4)
    pad = digit_pad({"W1": W1, "b1": b1, "W2": W2, "b2": b2})
    counts = np.frombuffer(pixels(X)[0], np.uint8).reshape(-1, 64)[:30]
    there = run("for (const k of ['W1', 'b1', 'W2', 'b2']) net[k] = floats(net[k]);"
                "return images.map(image => [...read(net, image, scale).chances]);", images=counts.tolist(),
                scale=pad.scale, net={"n0": 64, "n1": pad.units, "n2": 10, "W1": W1.ravel().tolist(), "b1": b1.tolist(),
                                      "W2": W2.ravel().tolist(), "b2": b2.tolist()})
    logits = nets.forward(layers, X[:30])
    chances = np.exp(logits - logits.max(1, keepdims=True))
    np.testing.assert_allclose(there, chances / chances.sum(1, keepdims=True), rtol=0, atol=1e-9)
    for name, array in (("W1", W1), ("b2", b2)):
        assert (np.frombuffer(getattr(pad, name), "<f8") == array.ravel()).all()


def test_what_is_written_becomes_an_image_of_the_data_sets_kind():
    images = [np.array(run("return [...counted(strokes)];", strokes=strokes)) for strokes in (SEVEN, ZERO)]
    for image in images:
        assert image.min() == 0 and image.max() == 16 and 240 < image.sum() < 400
    assert images[1].reshape(8, 8)[3:5, 3:5].max() < 4, "a zero is empty inside"
    moved = [[[x * 0.5 + 0.3, y * 0.5 + 0.1] for x, y in stroke] for stroke in SEVEN]
    np.testing.assert_allclose(run("return [...counted(strokes)];", strokes=moved), images[0])
    assert not any(run("return [...counted([])];"))


def test_a_trained_net_reads_what_is_written():
    pad = digit_pad()
    layers = [(np.frombuffer(pad.W1, "<f8").reshape(64, -1), np.frombuffer(pad.b1, "<f8"), "relu"),
              (np.frombuffer(pad.W2, "<f8").reshape(-1, 10), np.frombuffer(pad.b2, "<f8"), None)]
    low, step = pad.scale
    images = np.array([run("return [...counted(strokes)];", strokes=strokes) for strokes in (SEVEN, ZERO)])
    assert nets.forward(layers, low + step * images).argmax(1).tolist() == [7, 0]
