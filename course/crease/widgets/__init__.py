"""What a learner touches: a sheet, a graph, a digit, a guess. A pair each: NAME.py (state, still), NAME.js (`render`).

    from crease.widgets import sheet
    sheet("xor")

The arithmetic of a widget runs in the page, so it moves at the screen's own rate, and without a kernel too.
"""

from importlib import import_module

HOMES = {}  # name of a function that shows a widget -> its file

__all__ = list(HOMES)


def __getattr__(name):
    """A widget's file is loaded when it is first asked for."""
    if name not in HOMES:
        raise AttributeError(f"module 'crease.widgets' has no attribute {name!r}")
    return getattr(import_module(f"crease.widgets.{HOMES[name]}"), name)
