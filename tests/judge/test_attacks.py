"""Every attack of `attacks.py`: exact scores and statuses, nothing leaked, and the neighbour untouched."""

from dataclasses import replace

import pytest

import attacks
from grader.judge import play
from grader.limits import Pace
from judging import QUICK, check


@pytest.mark.parametrize("name", attacks.FORGED)
def test_a_forged_answer_earns_nothing(name):
    check(*attacks.FORGED[name])


@pytest.mark.parametrize("name", attacks.CHANNEL)
def test_a_forged_message_earns_nothing(name):
    check(*attacks.CHANNEL[name])


@pytest.mark.parametrize("name", attacks.SLOW)
def test_an_exercise_that_takes_time_to_break_costs_only_itself(name, monkeypatch):
    monkeypatch.setattr(play, "Pace", lambda: Pace(least=30))  # on a busy machine 24 hogs take over 5 s
    check(*attacks.SLOW[name], limits=replace(QUICK, test_seconds=30, notebook_seconds=90))


@pytest.mark.parametrize("name", attacks.BROKEN)
def test_a_broken_exercise_costs_only_itself(name):
    check(*attacks.BROKEN[name])
