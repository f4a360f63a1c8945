"""For every test, those of nbval on solutions/*.ipynb too."""

import functools
import os
import re
import signal

import pytest

from common import tally
from grader.course import one_thread

LESSON = re.compile(r"(?<![0-9])\d\d(?=_[a-z]|-[a-z]|\.py)")  # 03_activations.ipynb, test_lesson_03.py, [03-relu]

os.environ.setdefault("NBGRADER_EXECUTION", "test")  # stills, not sliders
one_thread()  # as in a learner's notebook and a student's process; what tests start inherits it
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in a job in the background; what tests start inherits it
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """One process more than this one may use cores, for tests wait a tenth of the time; but no more than a few: some
    start processes of their own."""
    from grader.classroom.run import cores
    return min(cores() + 1, 4)


@pytest.fixture(scope="session", autouse=True)
def gradebooks_number():
    """Every new gradebook asks a process of its own for a number that is always the same."""
    import nbgrader.api  # a second; the process that only hands out tests does without
    nbgrader.api.get_alembic_version = functools.cache(nbgrader.api.get_alembic_version)


def pytest_addoption(parser):
    parser.addoption("--lesson", action="append", metavar="NN", help="only the tests of this lesson; may be repeated")


def numbers(config):
    """The two digits of each lesson asked for by --lesson."""
    return {re.match(r"\d*", lesson)[0].zfill(2) for lesson in config.getoption("lesson") or ()}


def pytest_configure(config):
    known = {path.name[:2] for path in (config.rootpath / "solutions").glob("[0-9][0-9]_*.py")}
    if unknown := numbers(config) - known:
        raise pytest.UsageError(f"No lesson {', '.join(sorted(unknown))}; there are {', '.join(sorted(known))}.")


def pytest_ignore_collect(collection_path, config):
    """With --lesson=03: files with another lesson's number need not even be read."""
    found = LESSON.findall(collection_path.name)
    return True if numbers(config) and found and not numbers(config) & set(found) else None


def pytest_collection_modifyitems(config, items):
    """With --lesson=03: what is parametrized with lesson 03, and the files with 03 in their name."""
    items.sort(key=lambda item: "site" not in item.path.parts)  # one page takes longest: begin with it
    if wanted := numbers(config):
        kept = [item for item in items if wanted & set(LESSON.findall(f"{item.path.name} {item.name}"))]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept


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
