"""Whether anybody is there to move a slider or to read a hint."""

import os


def still():
    """True where nobody can move a slider: a grading run, `make build`, or no notebook."""
    return bool(os.environ.get("NBGRADER_EXECUTION"))
