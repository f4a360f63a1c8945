"""How a run tells of itself, in a terminal and in a log."""

import io
from collections import Counter

from rich.console import Console

from grader.console import shown


def told(terminal, seconds):
    """What is written when ten submissions take so many seconds each."""
    out, now = io.StringIO(), [0.0]
    console = Console(file=out, force_terminal=terminal, width=120, soft_wrap=True, color_system=None)
    with shown(console, clock=lambda: now[0]) as tick:
        for done in range(11):
            tick(done, 10, "ada", Counter(passed=2 * done, failed=done))
            now[0] += seconds
    return out.getvalue()


def test_a_log_gets_a_line_now_and_then():
    lines = told(False, 4.0).splitlines()
    assert lines[0] == "3 of 10 graded, 0.2/s, about 28 s left: 3 failed, 6 passed"
    assert len(lines) == 3 and told(False, 0.1) == ""


def test_a_terminal_gets_a_bar_with_rate_and_counts():
    text = told(True, 4.0)
    assert "10/10" in text and "0.2/s" in text and "10 failed, 20 passed" in text and "44 s" in text
