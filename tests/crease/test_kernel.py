"""A learner's kernel: what fails is said in one calm line, and the cells below run; a grading run sees exceptions."""

import os
import re

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import v4

from common import ROOT
from crease import say

CELLS = {
    "setup": "import numpy as np\nfrom crease import check",
    "early": "check.call(double, 3.0, expected=6.0)",
    "stub": "def double(x):\n    raise NotImplementedError",
    "unanswered": "check.call(double, 3.0, expected=6.0)\ncheck.passed('a')",
    "experiment": "table = {}\ntable['a'] = double(1)",
    "follows": "print(table['a'])",
    "draft": "def double(x):\n    return x * x",
    "wrong": "def fail():\n    raise check.Failure('9, not 6.', 'Add.', 'Think of <2> apples.')\n\nfail()",
    "broken": "def double(x)\n    return x + x",
    "stale": "check.call(double, 2.0, expected=4.0)",
    "own": "def g(x):\n    return np.linalg.inv(x)\ng(np.zeros((2, 2)))",
    "mended": "def double(x):\n    return x + x",
    "right": "check.call(double, 2.0, expected=4.0)\ncheck.passed('`double`: 2.')",
}
AGAIN = {"wrong again": CELLS["wrong"]}


def run(cells, tmp_path, **env):
    """{name: outputs} after Run All, which has to reach the last cell of `cells`."""
    book = v4.new_notebook(cells=[v4.new_code_cell(text, id=name.replace(" ", "-")) for name, text in cells.items()])
    ours = ("NBGRADER_EXECUTION", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
    variables = {k: v for k, v in os.environ.items() if k not in ours} | env
    variables |= {"IPYTHONDIR": str(tmp_path), "PYTHONPATH": str(ROOT / "course")}
    client = NotebookClient(book, kernel_name="python3", allow_errors=bool(env), force_raise_errors=False)
    for cell in book.cells:
        if cell.id in ("broken", "own"):  # errors of the learner's own, and nothing else, may stop it
            cell.metadata["tags"] = ["raises-exception"]
    client.execute(env=variables)
    return {name: cell.outputs for name, cell in zip(cells, book.cells)}


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    found = run(CELLS | AGAIN, tmp_path_factory.mktemp("ipython"))
    return {name: "\n".join(o["data"]["text/plain"] for o in outputs if "data" in o) for name, outputs in found.items()}


@pytest.mark.parametrize("cell, words", [
    ("early", "○ `double` is not there yet: run the cell that makes it"),
    ("unanswered", "○ Not answered yet. Write the function"),
    ("experiment", "○ `double` is not written yet."),
    ("follows", "○ This cell needs `table`: its cell waits for a function that is not written yet."),
    ("wrong", "✗ 9, not 6.\n  Hint: Add."),
    ("wrong again", "✗ 9, not 6.\n  Hint: Add.\n  Think of <2> apples."),
    ("stale", "✗ This would check an older `double`: its cell did not run, Python stops at line 1: expected ':'"),
    ("right", "✓ `double`: 2."),
])
def test_it_is_said_in_a_line(said, cell, words):
    assert said[cell].startswith(words) and said[cell].count("✓") == words.count("✓")


def test_of_an_error_of_their_own_a_learner_sees_their_own_lines(tmp_path):
    cells = {name: CELLS[name] for name in ("setup", "own")}
    (error,) = run(cells, tmp_path)["own"]
    trace = "\n".join(error["traceback"])
    assert error["ename"] == "LinAlgError" and "Singular matrix" in trace and "linalg.py" not in trace
    assert "g(np.zeros" in trace and len(trace.splitlines()) < 20


def test_where_nobody_looks_a_failing_check_is_an_error(tmp_path):
    found = run(CELLS, tmp_path, NBGRADER_EXECUTION="autograde")
    for name in ("unanswered", "wrong"):
        assert [o["output_type"] for o in found[name]] == ["error"], found[name]
    assert nbformat.from_dict(found["right"])[0]["output_type"] == "execute_result"


def test_numpy_gets_one_thread_in_a_lesson_unless_its_owner_says_otherwise(tmp_path):
    asked = {"setup": "import anywidget\nimport os, sys\nloaded = 'numpy' in sys.modules\nimport crease\n"
                      "said = [os.environ[name + '_NUM_THREADS'] for name in ('OPENBLAS', 'OMP')]\n"
                      "print(*said, loaded)"}
    (out,) = run(asked, tmp_path)["setup"]
    assert out["text"] == "1 1 False\n"  # NumPy reads it when it is imported, so it must be said before
    (out,) = run(asked, tmp_path, OPENBLAS_NUM_THREADS="3")["setup"]
    assert out["text"] == "3 1 False\n"


def test_a_second_hint_has_paragraphs_and_code():
    shown = say.paragraphs("One sentence that\ngoes on.\n\n    for x in y:\n        x < `1`\n\nThe `end`.")
    assert re.sub(r"<(\w+)[^>]*>", r"<\1>", shown) == (
        "<div>One sentence that goes on.</div><pre>for x in y:\n    x &lt; `1`</pre><div>The <code>end</code>.</div>")
