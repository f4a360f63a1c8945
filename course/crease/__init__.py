"""crease: the small helper module of the course. Each room is one file that can be read in a sitting.

check  comparisons for test cells        plot     the look of all figures, and alt text
quiz   questions with instant feedback   sliders  `live`: a figure with its controls, stills without them
data   point clouds and digits           nets     dense nets, many seeds trained at once
mode   is anybody there to drag          trials   the trainings by which checks decide

figures/ and widgets/ hold what a lesson shows. They use the files above, which know nothing of them.
"""

from IPython import get_ipython

from .sliders import live

__all__ = ["live", "playground"]


def playground(*args, **settings):
    """Train a small net by hand, see `crease.widgets.playground`. Loaded when called, for a quick `import crease`."""
    from .widgets.playground import playground as open_one
    return open_one(*args, **settings)


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
