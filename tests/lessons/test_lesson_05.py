"""Lesson 05: the safe ranges of its experiments, with the reference solutions; and the digits."""

import re
from pathlib import Path

import numpy as np
import pytest

import build
from common import ROOT
from crease import data
from grader.notebook.release import release
from lessonbook import judge_here, namespace

LESSON = "05_backprop_by_hand"


@pytest.fixture(scope="module")
def names():
    """The solutions, and the lesson's own helper cells up to the training loop."""
    import jupytext
    found = namespace(LESSON)
    for cell in jupytext.read(ROOT / "solutions" / f"{LESSON}.py").cells:
        text = cell.source
        if cell.cell_type == "code" and re.match(r"(#.*\n)?(def start\(|X, y, X_test|def through\()", text):
            exec(text, found)
    return found


def test_digits_are_split_and_standardised_by_the_training_part():
    X, y, X_test, y_test = data.digits()
    assert X.shape == (1437, 64) and X_test.shape == (360, 64) and y.shape == (1437,) and y_test.shape == (360,)
    assert abs(X.mean()) < 1e-12 and abs(X.std() - 1) < 1e-12
    assert set(y) == set(y_test) == set(range(10)) and np.bincount(y).min() > 100
    assert np.bincount(np.r_[y, y_test]).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]  # as published
    assert len(np.unique(np.vstack([X, X_test]))) == 17


def test_digits_are_new_arrays_at_every_call():
    X = data.digits()[0]
    X[:] = 0
    assert data.digits()[0].std() > 0.9


def test_the_digits_name_their_source_and_licence():
    folder = Path(data.__file__).parent
    assert (folder / "digits.npz").stat().st_size < 60_000
    for text in (data.digits.__doc__, (folder / "DIGITS.md").read_text(encoding="utf-8")):
        assert "Alpaydin" in text and "Kaynak" in text and "UCI" in text and "10.24432/C50P49" in text
    assert "CC BY 4.0" in data.digits.__doc__


def test_gradient_check_is_below_one_millionth(names):
    errors = [names["gradient_errors"](names[f], seed) for f in ("backward", "fixed_backward") for seed in range(20)]
    assert max(max(e.values()) for e in errors) < 1e-6


def test_the_given_fixed_backward_scores_nothing_and_its_faults_can_be_located(names):
    notebook = release(build.read_source(ROOT / "solutions" / f"{LESSON}.py"))
    draft = next(c.source for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "fixed_backward")
    assert "NotImplementedError" not in draft and draft.count(">= 0") == 1
    assert all(failure for _, failure in judge_here(LESSON, "fixed_backward", draft, names))
    exec(draft, given := dict(names))
    for seed in range(5):
        errors = names["gradient_errors"](given["fixed_backward"], seed)
        assert errors["b2"] < 1e-6 and min(errors[k] for k in ("W1", "b1", "W2")) > 0.05


def test_digits_are_learned_past_95_percent_by_every_seed_and_through_random_weights_nearly_so(names):
    train, guesses, y_test = names["train"], names["guesses"], names["y_test"]
    right = [np.mean(guesses(train(seed)) == y_test) for seed in range(10)]
    assert min(right) > 0.955 and np.median(right) > 0.97
    B = [np.random.default_rng([seed, 1]).normal(0, 0.2, (64, 10)) for seed in range(10)]
    nets = [train(seed, names["through"](b)) for seed, b in enumerate(B)]
    assert np.median([np.mean(guesses(p) == y_test) for p in nets]) > 0.95
    before = np.median([names["angle"](names["start"]([64, 64, 10], s), b) for s, b in enumerate(B)])
    after = np.median([names["angle"](p, b) for p, b in zip(nets, B)])
    assert 80 < before < 100 and after < 70


def test_the_3_3_3_net_has_24_parameters_and_trains_by_differences_too(names):
    params = names["start"]([3, 3, 3], 0)
    assert sum(p.size for p in params.values()) == 24
    calls = []
    for value in params.values():
        names["numerical_gradient"](lambda v: calls.append(1) or 0.0, value)
    assert len(calls) == 48
