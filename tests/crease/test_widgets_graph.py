"""The drawn graph computes what its still in Python computes, and says it in the same words."""

import numpy as np
import pytest

import javascript
from crease.figures import backprop
from crease.widgets.graph import Graph

pytestmark = pytest.mark.skipif(not javascript.HERE, reason="neither node nor Chromium on this machine")
GIVEN = {key: getattr(Graph(), key) for key in ("x", "target", "B1", "B2", "lr", "W1", "W2")}


def run(code, **more):
    return javascript.run(Graph._esm.replace("export default", "const exported ="), code, given=GIVEN, **more)


def test_every_number_of_both_passes_is_that_of_python():
    there, here = run("return passes(given, given.W1, given.W2);"), backprop.passes()
    assert set(here) <= set(there)
    for name, value in here.items():
        np.testing.assert_allclose(there[name], value, rtol=0, atol=1e-15, err_msg=name)


def test_ten_thousand_updates_end_where_the_published_example_ends():
    code = """let v = passes(given, given.W1, given.W2);
        for (let i = 0; i < 10000; i++) v = passes(given, v.new1, v.new2); return v.E;"""
    assert abs(run(code) - 3.51019e-5) < 1e-9


def test_the_words_of_each_step_are_those_of_the_still():
    numbers = {**backprop.passes(), "after": 0.291027774}
    texts = [working for _, _, working in backprop.STEPS]
    there = run("return texts.map(text => filled(text, {...passes(given, given.W1, given.W2), after: 0.291027774}));",
                texts=texts)
    assert there == [text.format(**numbers) for text in texts]
    assert all("{" not in text for text in there)
