"""Values as plain data: what crosses the channel comes back equal, and what is no value is refused."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from crease import check
from grader.limits import Limits
from grader.student.codec import Broken, Refused, encode
from grader.student.decoder import decode
from grader.student.effects import update

LIMITS = Limits()
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-2**2000, 2**2000) | st.floats() | st.text() | st.binary()
    | st.complex_numbers(allow_nan=False)
    | hnp.arrays(st.sampled_from(["f8", "f4", "i8", "i4", "u1", "?", "c16", ">f8", "U3", "S2"]),
                 hnp.array_shapes(min_side=0)),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text() | st.integers(), inner),
    max_leaves=12)


def there_and_back(value, limits=LIMITS):
    node, blobs = encode(value, limits)
    return decode(json.loads(json.dumps(node)), b"".join(blobs), limits)


def same(a, b):
    if isinstance(a, np.ndarray):
        return isinstance(b, np.ndarray) and a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, (list, tuple)):
        return type(a) is type(b) and len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return type(b) is dict and list(a) == list(b) and all(same(a[k], b[k]) for k in a)
    return type(a) is type(b) and (a == b or a != a and b != b)


@given(PLAIN)
def test_plain_values_come_back_equal(value):
    assert same(value, there_and_back(value))


@pytest.mark.parametrize("value", [
    np.float64(3.5), np.int32(7), np.bool_(True), np.array(2.0), np.arange(6).reshape(2, 3).T, np.arange(9)[::-2],
    np.asfortranarray(np.eye(3)), np.broadcast_to(1.0, (3, 3)), float, np.float32, -0.0, float("inf")])
def test_numpy_values_come_back_equal(value):
    back = there_and_back(value)
    assert type(back) is type(value) and np.array_equal(back, value)
    if isinstance(value, np.ndarray):
        assert back.dtype == value.dtype and back.flags.writeable == value.flags.writeable


@pytest.mark.parametrize("value, word", [
    ({1, 2}, "set"), ((n for n in [1]), "generator"), (object(), "object"), (np.array([object()]), "objects"),
    (np.ma.array([1]), "MaskedArray"), (np.zeros(2, "i4,f4"), "array"), (1 << 5000, "digits"),
    (np.array(["2020"], "M8[Y]"), "array"), (slice(1), "slice"), (np.zeros(10**8), "large"), ([0] * 10**6, "items")])
def test_other_values_are_refused_by_name(value, word):
    with pytest.raises(Refused, match=word):
        encode(value, LIMITS)


def test_cycles_are_refused():
    value = []
    value.append(value)
    with pytest.raises(Refused, match="itself"):
        encode(value, LIMITS)


NODES = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
                     | st.sampled_from(list("asltdicbyfF") + ["<f8", "|O8", "C", "numpy.float64", "0x10"]),
                     lambda inner: st.lists(inner, max_size=6), max_leaves=25)


@given(NODES, st.binary(max_size=40))
def test_what_is_no_value_is_refused_and_never_anything_else(node, blobs):
    try:
        value = decode(node, blobs, LIMITS)
    except Broken:
        return
    plain(value)


def plain(value):
    """Fail unless a value consists of builtin types and plain arrays."""
    if isinstance(value, (list, tuple)):
        list(map(plain, value))
    elif isinstance(value, dict):
        list(map(plain, value.items()))
    elif isinstance(value, np.ndarray):
        assert type(value) is np.ndarray and value.dtype.kind in "biufcSU"
    else:
        assert value is None or type(value).__module__ in ("builtins", "numpy")


def test_changes_of_arguments_keep_the_identity_of_what_was_handed_in():
    inner, array = [1, 2], np.zeros(3)
    mine = ([inner, array], {"k": inner})
    update(mine, ([[3, 4, 5], np.ones(3)], {"k": [3, 4, 5], "new": 1}))
    assert mine[0][0] is inner and inner == [3, 4, 5] and mine[0][1] is array and array.tolist() == [1, 1, 1]
    assert mine[1]["new"] == 1


def test_the_source_of_a_function():
    assert "def there_and_back" in check.source_of(there_and_back)
    there_and_back.__crease_source__ = "cell"
    assert check.source_of(there_and_back) == "cell"
