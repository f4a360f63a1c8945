"""Shared by all tests: where things lie, and the two rates of the catalogue at the end of a run."""

from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LESSONS = sorted(path.stem for path in (ROOT / "solutions").glob("[0-9][0-9]_*.py"))
tally = Counter()


def pytest_sessionfinish(session):
    if hasattr(session.config, "workeroutput"):  # one of several processes: see pytest-xdist
        session.config.workeroutput["tally"] = dict(tally)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    tally.update(getattr(node, "workeroutput", {}).get("tally", {}))


def pytest_terminal_summary(terminalreporter):
    if tally["correct"]:
        write = terminalreporter.write_line
        write(f"catalogue: {tally['false rejects']} of {tally['correct']} correct variants refused; "
              f"{tally['false accepts']} of {tally['wrong']} wrong answers accepted; "
              f"{tally['right hint']} of {tally['wrong']} drew the hint written for them")
