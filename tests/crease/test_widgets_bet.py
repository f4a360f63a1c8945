"""A bet is kept in its own cell, and prints as the number it is."""

import pytest

import javascript
from crease.widgets import bet as module
from crease.widgets import guess
from crease.widgets.bet import Bet

WRITE = """const editor = {state: {doc: {toString: () => text}}, dispatch({changes: c}) {
    editor.text = text.slice(0, c.from) + c.insert + text.slice(c.to); }};
const el = {closest: () => ({querySelector: () => ({cmView: {view: editor}})})};
return [writeDown(el, value), editor.text ?? text];"""


def run(code, **given):
    return javascript.run(Bet._esm.replace("export default", "const exported ="), code, **given)


@pytest.mark.skipif(not javascript.HERE, reason="neither node nor Chromium on this machine")
@pytest.mark.parametrize("text, wanted", [
    ('bet = guess(0, 1000, "of 1000 nets")', 'bet = guess(0, 1000, "of 1000 nets", yours=21)'),
    ('bet = guess(0, 1000, "nets", yours=400)\nprint(1)', 'bet = guess(0, 1000, "nets", yours=21)\nprint(1)'),
    ('# a (bet)\nbet = guess(1, 10**(2+1), log=True)', '# a (bet)\nbet = guess(1, 10**(2+1), log=True, yours=21)'),
    ("bet = guess()", "bet = guess(yours=21)"), ("bet = 5", None)])
def test_the_page_writes_the_bet_into_the_call(text, wanted):
    assert run(WRITE, text=text, value=21) == [wanted is not None, wanted or text]


@pytest.mark.skipif(not javascript.HERE, reason="neither node nor Chromium on this machine")
def test_the_line_has_round_ticks_and_the_verdict_fits_the_distance():
    assert run("return ticks(0, 1000, false);") == [0, 200, 400, 600, 800, 1000]
    assert run("return ticks(1, 10000, true);") == pytest.approx([1, 10, 100, 1000, 10000])
    assert run("return [214, 240, 300, 900, 3].map(b => verdict(b, 214, 0, 1000, false));") == [
        "Exactly right.", "Very close.", "Not far.", "Too high.", "Too low."]


def test_a_bet_prints_as_its_number_and_is_remembered_for_a_second_run_of_its_cell(monkeypatch):
    monkeypatch.setattr(module, "remembered", {})
    first = guess(0, 20, "of 20 nets")
    assert f"{first}" == "none yet" and first.value is None
    first.value = 7.0
    assert f"{first:>4}" == "   7" and guess(0, 20, "of 20 nets").value == 7
    assert guess(0, 20, "of 20 nets", yours=3).value == 3
    assert guess(0, 20, "of 10 nets").value is None


def test_what_was_measured_lies_beside_the_bet():
    bet = Bet(low=0, high=20, unit="of 20 nets", value=7)
    assert "your bet 7, measured 19" in bet.land(19, [True] * 19 + [False]).figure().alt
    assert "published 1969" in Bet(low=1940, high=2020).land(1969, word="published").figure().alt
    assert "measured 0.5" in Bet().land(0.5, [0.25, 0.75]).figure().alt and "your bet" not in Bet().land(1).figure().alt
