"""What a test cell may do with a learner's names: the same in the judge as in a notebook."""

import json

import nbformat
import pytest

from grader.judge.grade import grade
from judging import fails, mini, passes


@pytest.mark.parametrize("answer, test", [
    ("def f(layers): return [layers[1], layers[0]]",
     "def a(x): return x\nb = lambda x: x\ngot = f([(1, a), (2, b)])\n"
     "check.that(got[0][1] is b and got[1][1] is a, 'not the very objects')"),
    ("def f(g, x, h=1e-5): return (g(x + h) - g(x - h)) / (2 * h)",
     "check.call(f, np.sin, np.array([0.0, 1.0]), expected=np.cos([0.0, 1.0]), rtol=1e-6)"),
    ("def f(g, x): return sum(g(x + i, scale=2) for i in range(200))",
     "check.that(f(lambda v, scale: v * scale, 0) == 39800, 'kwargs')"),
    ("def f(): return lambda x: 2 * x", "double = f()\ncheck.that(callable(double) and double(4) == 8, 'a function')"),
    ("class C:\n    def __call__(self, x): return 3 * x\nf = C()", "check.call(f, 2.0, expected=6.0)"),
    ("class C:\n    def m(self, x): return 3 * x\nf = C().m", "check.call(f, 2.0, expected=6.0)"),
    ("f = lambda x: np.maximum(x, 0)", "check.call(f, [[-1, 2]], expected=[[0, 2]])"),
    ("def f(x): raise ValueError('the shape (2, 3) is wrong')", "check.raises(ValueError, f, 1, mentions=['(2, 3)'])"),
    ("def f(x): raise np.linalg.LinAlgError('singular')", "check.raises(ValueError, f, 1)"),
    ("class Mine(KeyError): pass\ndef f(x): raise Mine('k')", "check.raises(KeyError, f, 1, mentions=['k'])"),
    ("def f(x):\n    '''no tanh here'''\n    return x", "check.that('np.tanh' not in check.source_of(f), 'no tanh')"),
    ("f = 7", "check.that(f == 7, 'a number')"),
    ("f = {'w': np.eye(2), 'name': 'relu', 'n': None, 'deep': [(1, 2.5), True]}",
     "check.that(f['w'].shape == (2, 2) and f['deep'][0] == (1, 2.5) and f['n'] is None, 'a dict')"),
    ("def f(x): return f(x - 1) * x if x else 1", "check.call(f, 20, expected=2432902008176640000)"),
    ("def f(x):\n    x = x.copy(); x[0] = 5\n    return x", "check.call(f, np.zeros(2), expected=np.array([5.0, 0]))"),
    ("def f(x): return np.exp(-np.abs(x))", "check.call(f, 10000.0, expected=0.0, quiet=True)"),
    ("def f(g, x): return g(g, x)", "check.that(f(lambda h, v: v + 1 if callable(h) else 0, 1) == 2, 'itself')"),
    ("def f(x): return np.where(x > 0, x, 0.1 * x)",
     "X = np.random.default_rng(0).normal(size=(50, 2))\ny = (X[:, 0] > 0).astype(float)\n"
     "layers = nets.init([2, 4, 1], (f, lambda z: np.where(z > 0, 1.0, 0.1)))\n"
     "check.that(nets.accuracy(nets.train(layers, X, y, count=100, lr=0.5).layers, X, y) > 0.9, 'learns')"),
])
def test_an_honest_answer_passes(answer, test):
    passes(answer, test)


@pytest.mark.parametrize("answer, test, hint", [
    ("def f(x):\n    x[0] = 5\n    return x", "check.call(f, np.zeros(2), expected=np.array([5.0, 0]))",
     "changes its argument"),
    ("def f(x):\n    x.append(5)\n    return 1", "check.call(f, [1.0], expected=1)", "changes its argument"),
    ("def f(x):\n    x['W'][0, 0] = 9\n    return 1", "check.call(f, {'W': np.eye(2)}, expected=1)",
     "changes its argument"),
    ("def f(x): return np.exp(x) / np.exp(x)", "check.call(f, 10000.0, expected=1.0)", "NaN"),
    ("def f(x): return np.minimum(np.exp(x), 1)", "check.call(f, 10000.0, expected=1.0, quiet=True)", "left the range"),
    ("def f(x): x", "check.call(f, 1, expected=1)", "did you forget `return`"),
    ("def f(x): return [1.0]", "check.call(f, 1, expected=np.array([1.0]))", "Return a NumPy array"),
    ("def f(x): return {1, 2}", "check.call(f, 1, expected=1)", "a set"),
    ("def f(x): return np.matrix([[1]])", "check.call(f, 1, expected=1)", "a matrix"),
    ("def f(x): return object()", "check.raises(ValueError, f, 1)", "an object"),
    ("f = {1, 2}", "check.that(f == {1, 2}, 'x')", "a set"),
    ("f = 3", "check.call(f, 1, expected=1)", "Define it with `def`"),
    ("def f(x): return x.tanh()", "check.call(f, 1.5, expected=1)", "AttributeError"),
    ("def g(x): return x", "check.call(f, 1, expected=1)", "f is not defined"),
    ("def f(x) return x", "check.call(f, 1, expected=1)", "SyntaxError"),
    ("def f(x): raise SystemExit", "check.call(f, 1, expected=1)", ""),
    ("f = 'text'", "check.that(f.shape == 3, 'x')", "could not work with"),
])
def test_a_wrong_answer_draws_its_hint(answer, test, hint):
    row = fails(answer, test)
    assert hint in row.hint and row.message == ""
    assert fails(answer, test, hidden=False).hint == row.hint


def test_a_test_cannot_be_moved_by_what_another_test_or_the_student_did_to_shared_data():
    passes("def f(x):\n    data[:] = 0\n    return x", "check.that(data.sum() == 3 and f(1) == 1, 'changed')",
           before="data = np.ones(3)")


def test_a_function_kept_from_one_call_is_dead_in_the_next():
    row = fails("kept = []\ndef f(g):\n    kept.append(g)\n    return kept[0](1)",
                "check.call(f, lambda v: v, expected=1)\ncheck.call(f, lambda v: 2, expected=2)", status="crashed",
                solution="def f(g): pass")
    assert row.message == ""


def test_a_broken_test_is_the_graders_error_and_says_so():
    row, graded = mini("def f(x): return x", "no_such_name + 1")
    assert row.status == "grader_error"
    row, graded = mini("def f(x): return x", "f({1, 2})")
    assert row.status == "grader_error" and any("test_f_hidden" in note.text for note in graded.notes)


def test_a_lesson_that_is_none_is_refused():
    with pytest.raises(ValueError, match="source"):
        grade(b"{}", b"no notebook")
    assert json.loads(nbformat.writes(mini("f = 1", "f")[1].notebook))["nbformat"] == 4
