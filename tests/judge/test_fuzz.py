"""A sample of the fuzz; `make bench` tries ten thousand cases, and measures them."""

import pytest

import fuzzing


@pytest.mark.parametrize("trial", fuzzing.TRIALS, ids=lambda trial: trial.__name__)
def test_whatever_comes_is_read_or_refused_in_words(trial):
    fuzzing.run(trial, 150)
