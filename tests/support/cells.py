"""The cells of a small lesson, with nbgrader's metadata: every lesson that a test makes is made of these."""

import nbformat
from nbformat import v4

KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def cell(text, name="", *, points=None, locked=False, suffix=""):
    """A cell of code: a test where it has points, an exercise where it has a name, else an experiment."""
    if not name:
        return v4.new_code_cell(text)
    graded = points is not None
    about = {"schema_version": 3, "grade_id": name + suffix, "grade": graded, "solution": not graded and not locked,
             "locked": graded or locked, "task": False} | ({"points": points} if graded else {})
    return v4.new_code_cell(text, metadata={"nbgrader": about})


def notebook(cells, suffix=""):
    """The notebook of these cells; texts become Markdown."""
    cells = [v4.new_markdown_cell(one) if isinstance(one, str) else one for one in cells]
    for place, one in enumerate(cells):
        one.id = f"cell{place}{suffix}"
    return v4.new_notebook(cells=cells, metadata=KERNEL)


def data(made):
    """The file of a notebook."""
    return nbformat.writes(made).encode()
