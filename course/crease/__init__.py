"""crease: the small helper module of the course. Each of its own files can be read in a sitting.

check  comparisons for test cells       plot    the look of all figures, and alt text
quiz   questions with instant feedback  nets/   dense nets, many seeds trained at once
say    the lines a learner is told      data    point clouds and digits
mode   is anybody there to drag         trials  the trainings by which checks decide

hinting/ finds the hint for a wrong answer, among those that the build has sealed in hints/.
figures/ and widgets/ hold what a lesson shows; page/ holds `live` and what else makes a notebook's page behave.
They use the files above, which know nothing of them.
"""

import os
import sys
from importlib import import_module

__all__ = ["live", "playground", "progress"]


def __getattr__(name):
    """These load when first asked for: JupyterLab's server, too, imports crease, and draws nothing."""
    if name == "live":
        return import_module("crease.page.sliders").live
    if name == "progress":
        return import_module("crease.page.progress")
    raise AttributeError(f"module 'crease' has no attribute {name!r}")


def playground(*args, **settings):
    """Train a small net by hand, see `crease.widgets.playground`. Loaded when called, for a quick `import crease`."""
    return import_module("crease.widgets.playground").playground(*args, **settings)


def start():
    """In a learner's notebook, one thread for NumPy, and a kernel that speaks as `crease.page.kernel` says.

    The course's matrices are small. On a busy or a shared computer several threads wait for each other at each product,
    and take ten times as long as one. NumPy reads these names when it is first imported; the setup cell does so after.
    """
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:
        for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
            os.environ.setdefault(name, "1")
    if shell is not None and not import_module("crease.mode").still():
        import_module("crease.page.kernel").install(shell)


start()
