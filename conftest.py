"""For every test, those of nbval on solutions/*.ipynb too."""

import os
import signal

import pytest

os.environ.setdefault("NBGRADER_EXECUTION", "test")  # stills, not sliders
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in a job in the background; what tests start inherits it
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """As many processes as this one may use cores, but no more than a few: some tests start processes of their own."""
    from grader.run import cores
    return min(cores(), 4)
