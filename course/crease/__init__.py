"""crease: the small helper module of the course. Each room is one file that can be read in a sitting.

check  comparisons for test cells        plot     the look of all figures, and alt text
quiz   questions with instant feedback   sliders  `live`: a figure with its controls, stills without them
data   point clouds and digits           nets     dense nets, many seeds trained at once
mode   is anybody there to drag          trials   the trainings by which checks decide
say    the lines a learner is told       kernel   those lines in place of tracebacks
progress  how far each lesson is         hints    a sealed hint, found by what came back (with seen, trail)

figures/ and widgets/ hold what a lesson shows. They use the files above, which know nothing of them.
"""

import os
import sys
from importlib import import_module

__all__ = ["live", "playground"]


def __getattr__(name):
    """`live` is loaded when it is first asked for: JupyterLab's server, too, imports crease, and draws nothing."""
    if name != "live":
        raise AttributeError(f"module 'crease' has no attribute {name!r}")
    return import_module("crease.sliders").live


def playground(*args, **settings):
    """Train a small net by hand, see `crease.widgets.playground`. Loaded when called, for a quick `import crease`."""
    return import_module("crease.widgets.playground").playground(*args, **settings)


def start():
    """In a learner's notebook, one thread for NumPy, and a kernel that speaks as `crease.kernel` says.

    The course's matrices are small. On a busy or a shared computer several threads wait for each other at each product,
    and take ten times as long as one. NumPy reads these names when it is first imported; the setup cell does so after.
    """
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:
        for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
            os.environ.setdefault(name, "1")
    if shell is not None and not import_module("crease.mode").still():
        import_module("crease.kernel").install(shell)


start()
