"""Seconds that every lesson's solution takes from top to bottom, kernel start included, on one core."""

import contextlib
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "solutions"))


@contextlib.contextmanager
def one_core():
    """This process and those it starts run on one core, where the system can say so."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def measure():
    """{lesson: seconds, and all of them together}."""
    import build
    found = {}
    with one_core():
        for source in sorted((ROOT / "solutions").glob("[0-9][0-9]_*.py")):
            start = time.perf_counter()
            build.execute(build.read_source(source))
            found[f"{source.stem}: s"] = time.perf_counter() - start
    return {**found, "all lessons: s": sum(found.values())}
