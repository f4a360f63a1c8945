"""crease: the small helper module of the course. Each room is one file that can be read in a sitting.

check  comparisons for test cells        plot  the look of all figures, and alt text
quiz   questions with instant feedback   live  sliders over a figure function, stills without them
data   point clouds and digits           nets  dense nets, many seeds trained at once
playground  a net that trains while you watch and turn its knobs
"""

from importlib import import_module

from IPython import get_ipython

from .live import live

__all__ = ["live", "playground"]


def __getattr__(name):
    """`crease.playground` is loaded when it is first asked for, so that `import crease` stays quick."""
    if name != "playground":
        raise AttributeError(f"module 'crease' has no attribute {name!r}")
    return import_module("crease.playground")  # the file itself can be called


def not_written_yet(shell, kind, error, trace, tb_offset=None):
    """One line in place of a traceback where a cell calls a function that the learner has not written yet."""
    while trace.tb_next:
        trace = trace.tb_next
    name = trace.tb_frame.f_code.co_name
    what = "This cell" if name == "<module>" else f"`{name}`"
    print(f"{what} is not written yet. Write it in its own cell, run that cell, then run this one again.")
    return [f"{what} is not written yet."]


if get_ipython() is not None:
    get_ipython().set_custom_exc((NotImplementedError,), not_written_yet)
