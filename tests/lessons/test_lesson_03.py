"""What lesson 03's checks see of a library's tanh, in the notebook and before the judge."""

import nbformat
import pytest

from common import ROOT
from crease import check
from grader.judge.grade import grade

SOURCE = ROOT / "solutions" / "03_activations.ipynb"


@pytest.mark.parametrize("code, refers", [
    ("def f(x):\n    return np.tanh(x)", True), ("def f(x):\n    from math import tanh\n    return tanh(x)", True),
    ("def f(x):\n    return [np.tanh(t) for t in x]", True), ("f = lambda x: (lambda t: np.tanh(t))(x)", True),
    ("def f(x):\n    \"\"\"tanh\"\"\"\n    tanh = 2 * x  # np.tanh\n    return tanh", False),
    ("def f(x):\n    return x\nprint(np.tanh(1.0), f(1.0))", False), ("def f(x) return np.tanh(x)", False),
    ("    def f(x):\n        return np.tanh(x)", True)])
def test_the_names_that_a_cells_functions_refer_to(code, refers):
    def f():
        pass
    setattr(f, check.SOURCE, code)
    assert ("tanh" in check.names_in(f)) is refers


def test_what_has_no_text_refers_to_nothing():
    assert check.names_in(len) == set()


def test_a_librarys_tanh_loses_the_points_of_both_tests_as_in_the_notebook():
    book = nbformat.read(SOURCE, as_version=4)
    cell = next(cell for cell in book.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "tanh_from_sigmoid")
    cell.source = "def tanh_from_sigmoid(x):\n    return np.tanh(x)"
    rows = grade(nbformat.writes(book).encode(), SOURCE.read_bytes()).tests
    assert [row.test[len("test_tanh_from_sigmoid_"):] for row in rows if row.status != "passed"] == ["basics", "hidden"]
