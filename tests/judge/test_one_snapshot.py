"""Code that plainly cannot remember is asked by all tests in one snapshot; what fails there is asked in another."""

import pytest

import small as fixture
from grader.judge.play import Play
from grader.notebook.names import defines, used
from grader.notebook.state import in_order, keep_state
from judging import QUICK, grade, statuses, with_cell

SETUP = "import numpy as np\nimport os\nimport random\nfrom functools import cache\nfrom crease import check, nets"
FORGETS = ["def f(x):\n    " + body for body in (
    "return np.maximum(x, 0)", "y = x.copy()\n    y[0] = 1\n    return y",
    "kept = []\n    kept.append(x)\n    return kept",
    "from math import erf\n    import scipy.stats\n    return erf(x)", "return np.vectorize(lambda t: t)(x)",
    "return np.random.default_rng(x).random()", "return random.Random(x).random()", "raise NotImplementedError")] + [
    "f = lambda x: 2 * x", "f = np.tanh", "a = -0.01\ndef f(x, b=0.5):\n    return a * x + b", "points = {1: [2, 3]}",
    "def f(x):\n    return g(x)\ndef g(x):\n    return x", "answers = quiz.keep({1: 'a'})", "", "# nothing"]
REMEMBERS = ["def f(x):\n    " + body for body in (
    "f.n = 1", "return np.random.rand()", "return random.random()", "r = np.random\n    return r.rand()",
    "return eval('x')",
    "class F:\n        n = 0\n    return F", "setattr(f, 'n', x)", "return f.__dict__", "np.seterr(all='ignore')",
    "os.environ.update(n='1')", "nets.ACTIVATIONS.clear()", "import os\n    return os.getpid()", "open('n', 'a')")] + [
    "seen = []\ndef f(x):\n    seen.append(x)", "def f(x, seen=[]):\n    return seen", "f = [].append",
    "def f(x, seen=np.zeros(3)):\n    return seen", "n = 0\ndef f(x):\n    global n\n    n += 1",
    "@cache\ndef f(x):\n    return x", "from numpy.random import rand\ndef f(x):\n    return rand()",
    "class F:\n    pass",
    "def make():\n    n = 0\n    def f(x):\n        nonlocal n\n        n += 1\n    return f",
    "def make():\n    seen = []\n    return seen.append\nf = make()", "f = iter([1, 2]).__next__", "%time 1 + 1",
    "for i in range(3):\n    def f(x):\n        return i", "x = np.zeros(3)\ndef f():\n    x[0] += 1\n    return x",
    "def f(a, a): pass", "a = " + "+".join(["1"] * 5000), "import numpy\nnumpy.maximum = abs"]


@pytest.mark.parametrize("text", FORGETS)
def test_code_that_cannot_remember_is_known(text):
    assert not keep_state([SETUP, text], own={SETUP})


@pytest.mark.parametrize("text", REMEMBERS, ids=lambda text: text[:50])
def test_code_that_might_remember_is_known(text):
    assert keep_state([SETUP, text], own={SETUP})


@pytest.mark.parametrize("texts, wanted", [
    (["import numpy as np", "def f(x):\n    return x", "def g(x):\n    return f(x)"], True),
    (["def f(x):\n    return x", "def f(x):\n    return 2 * x"], False),
    (["def f(x):\n    return g(x)", "def g(x):\n    return x"], False),
    (["a = 1", "print(a)"], True), (["a = 1", "a += 1"], False),
])
def test_cells_that_leave_each_test_the_same_are_known(texts, wanted):
    assert in_order((defines(text), used(text)) for text in texts) is wanted


@pytest.fixture
def snapshots(monkeypatch):
    """Counts the snapshots that a grading takes."""
    made, real = [], Play.snapshot
    monkeypatch.setattr(Play, "snapshot", lambda self, session: made.append(session) or real(self, session))
    return made


def graded(**answers):
    found = grade(fixture.data(fixture.answered(**answers)), fixture.SOURCE, limits=QUICK)
    return [row.status for row in found.tests]


def test_one_snapshot_serves_all_tests_where_nothing_remembers(snapshots):
    assert set(graded()) == {"passed"} and len(snapshots) == 1
    snapshots.clear()
    assert set(graded(relu="kept = []\ndef relu(x):\n    kept.append(x)\n    return np.maximum(x, 0)")) == {"passed"}
    assert len(snapshots) == len(fixture.POINTS)


def test_after_a_failure_the_same_is_asked_of_a_new_snapshot(snapshots):
    wrong = graded(relu="def relu(x):\n    return x")
    assert wrong == ["failed", "failed", "passed", "failed", "passed", "passed", "passed"]
    assert len(snapshots) == 1 + 2 + 1  # the first to fail was the first to ask; one is asked with a right relu, too


def test_what_reading_does_not_see_costs_nobody_points():
    """Right for as many calls as the first test makes, in what NumPy keeps: each test by itself would see that."""
    text = ("def scale(x, factor=2.0):\n    kept = np.sctypeDict\n    kept.update(n=(*kept.get('n', ()), 1))\n"
            "    return np.asarray(x, float) * factor if len(kept['n']) < 2 else None")
    assert not keep_state([fixture.SETUP, text], own={fixture.SETUP})
    assert set(graded(scale=text)) == {"passed"}


def test_a_cell_without_end_leaves_every_test_a_snapshot_of_its_own(snapshots):
    found = grade(fixture.data(with_cell("sum(iter(int, 1))", 9)), fixture.SOURCE, limits=QUICK)
    assert set(statuses(found).values()) == {"passed"} and len(snapshots) == len(fixture.POINTS)
