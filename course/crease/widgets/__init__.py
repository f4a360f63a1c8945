"""What a learner touches: a sheet, a graph, a digit, a guess. A pair each: NAME.py (state, still), NAME.js (`render`).

    from crease.widgets import sheet
    sheet()

The arithmetic of a widget runs in the page, so it moves at the screen's own rate, and without a kernel too.
"""

from .bet import guess
from .digits import digit_pad
from .graph import graph
from .rate import rate_lens
from .sheet import sheet, sheet_film

# Functions that can be called without arguments; each returns a widget.
__all__ = ["digit_pad", "graph", "guess", "rate_lens", "sheet", "sheet_film"]
