"""The untrusted process that runs a student's code, and how to talk to it."""

import os

ENVIRONMENT = {
    "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline", "NBGRADER_EXECUTION": "autograde",
    "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
}


def fonts():
    """{"MPLCONFIGDIR": …}, where matplotlib keeps its list of fonts, which is slow to make; {} where that is unknown.

    As its documentation has it for Linux: to ask matplotlib itself, the judge would have to import it.
    """
    named, home = os.environ.get("MPLCONFIGDIR"), os.path.expanduser("~")
    folder = named or os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache"), "matplotlib")
    return {} if folder.startswith("~") else {"MPLCONFIGDIR": os.path.abspath(folder)}
