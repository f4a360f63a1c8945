"""`crease.check`: each way of being wrong has its own words, and a correct answer always passes."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from crease import check
from crease.check import Failure, Unanswered


def fails(f, *args, **kw):
    with pytest.raises(Failure) as caught:
        check.call(f, *args, **kw)
    return caught.value


def test_a_right_answer_is_returned():
    assert check.call(lambda x: 2 * x, 3.0, expected=6.0) == 6.0
    assert check.call(lambda x: np.int64(2 * x), 3, expected=6) == 6


def test_a_wrong_number_names_input_answer_and_expectation_and_draws_the_hint():
    failure = fails(lambda x: x + 1, 3.0, expected=6.0, hint="Double it.")
    assert "input 3.0" in failure.problem and "returned 4.0" in failure.problem and "expected 6.0" in failure.problem
    assert failure.hint == "Double it." and "Hint: Double it." in str(failure)


@pytest.mark.parametrize("answer, expected, words", [
    (None, 1.0, "did you forget `return`"),
    (np.zeros((2, 1)), np.zeros(2), "shape"),
    ([1.0, 2.0], np.array([1.0, 2.0]), "NumPy array"),
    (np.array([np.nan]), np.array([1.0]), "NaN"),
    (np.array(["a"]), np.array([1.0]), "numbers"),
    ((1.0,), (1.0, 2.0), "number of returned values"),
    (3.0, (1.0, 2.0), "Return 2 values"),
    ({"a": 1.0}, {"a": 1.0, "b": 2.0}, "keys"),
    ([1.0], {"a": 1.0}, "dict"),
])
def test_each_kind_of_wrong_answer_has_its_own_words(answer, expected, words):
    assert words.lower() in fails(lambda: answer, expected=expected).hint.lower()


def test_where_one_number_is_asked_for_the_message_says_so():
    assert "returned shape (2,), expected one number" in fails(lambda: np.zeros(2), expected=1.0).problem
    assert "returned shape (2, 1), expected shape (2,)" in fails(lambda: np.zeros((2, 1)), expected=np.zeros(2)).problem


def test_text_and_truth_values_are_compared_as_they_are():
    check.call(lambda: "he", expected="he")
    check.call(lambda: np.bool_(True), expected=True)
    assert fails(lambda: 1, expected=True)
    assert fails(lambda: "xavier", expected="he")


def test_callables_must_be_the_very_object():
    check.call(lambda f: [(f, None)], np.tanh, expected=[(np.tanh, None)])
    assert "very object" in fails(lambda f: [(lambda z: f(z), None)], np.tanh, expected=[(np.tanh, None)]).hint


def test_a_changed_argument_is_noticed_and_cannot_make_a_wrong_answer_match():
    def spoil(x):
        x += 1
        return x

    assert "changes its argument" in fails(spoil, np.ones(2), expected=lambda x: x + 1).hint
    mine = np.ones(2)
    fails(spoil, mine, expected=lambda x: x)
    assert (mine == 1).all()


def test_not_answered_is_told_apart():
    def stub(x):
        raise NotImplementedError

    assert isinstance(fails(stub, 1.0, expected=1.0), Unanswered)
    with pytest.raises(Unanswered):
        check.raises(ValueError, stub, 1.0)


def test_an_exception_is_reported_with_its_type():
    failure = fails(lambda x: 1 / 0, 1.0, expected=1.0)
    assert "ZeroDivisionError" in failure.problem and "divided by 0" in failure.hint
    assert "never stopped" in fails(endless, 1.0, expected=1.0).problem


def endless(x):
    return endless(x)


def test_overflow_is_refused_only_where_asked_and_underflow_never():
    def noisy(x):
        return 1 / (1 + np.exp(-x))

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check.call(noisy, np.array([-800.0]), expected=[0.0])
        assert "exp" in fails(noisy, np.array([-800.0]), expected=[0.0], quiet=True).hint
        check.call(lambda x: np.exp(-x), np.array([800.0]), expected=[0.0], quiet=True)


def test_raises_wants_the_error_and_its_words():
    def refuse(x):
        raise ValueError("known tasks: binary")

    check.raises(ValueError, refuse, 1, mentions=["binary"])
    for f, kw in ((refuse, {"mentions": ["regression"]}), (lambda x: 1, {}), (lambda x: {}[x], {})):
        with pytest.raises(Failure):
            check.raises(ValueError, f, 1, **kw)


def test_a_name_that_holds_no_function_is_said():
    assert "Define it" in fails(3, 1.0, expected=1.0).hint


def test_a_failure_shows_as_two_lines_without_a_traceback():
    lines = Failure("problem", "hint")._render_traceback_()
    assert len(lines) == 2 and "problem" in lines[0] and "hint" in lines[1]


def test_success_is_one_quiet_line():
    line = check.passed("a <b>")
    assert repr(line) == "✓ a <b>" and "&lt;b&gt;" in line._repr_html_()


@given(arrays(float, st.tuples(st.integers(0, 3), st.integers(0, 3)), elements=st.floats(-1e6, 1e6)))
def test_an_equal_array_always_passes_and_a_shifted_one_never(x):
    assert check.compare(x.copy(), x) is None
    if x.size:
        assert check.compare(x + 1 + np.abs(x), x) is not None


@given(st.recursive(st.floats(allow_nan=False) | st.text() | st.none(),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)))
def test_any_value_can_be_shown_shortly(value):
    assert len(check.show(value)) <= 160


def test_arrays_of_different_shapes_in_a_list_are_told_apart_one_by_one():
    layers = [np.ones((2, 3)), np.ones((2, 5))]
    check.call(lambda Zs: float(Zs[0].sum()), layers, expected=6.0)
    with pytest.raises(check.Failure, match="changed its input"):
        check.call(lambda Zs: Zs[1].sort() or Zs[1].fill(2.0) or 6.0, layers, expected=6.0)
