"""What a learner touches: a sheet, a graph, a digit, a guess. A pair each: NAME.py (state, still), NAME.js (`render`).

    from crease.widgets import sheet
    sheet()

The arithmetic of a widget runs in the page, so it moves at the screen's own rate, and without a kernel too.
"""

from .bet import guess
from .sheet import sheet, sheet_film

__all__ = ["guess", "sheet", "sheet_film"]  # functions without arguments that must be given; each returns a widget
