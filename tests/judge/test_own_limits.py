"""What a submission may cost the judge's own process, and faults that cost their cell and no more."""

import json
import os
import re
import subprocess
import sys

import nbformat
import pytest
from nbconvert import HTMLExporter
from nbformat import v4

import heavy
import small as fixture
from common import ROOT
from grader.classroom import workers
from grader.judge.grade import grade
from grader.limits import Limits
from grader.notebook import sanitize
from grader.student.codec import Refused, encode
from judging import QUICK, graded_with, statuses

SECONDS, MEGABYTES, SHOWN = 10, 400, 40  # an honest notebook: 0.3 s, some 10 MB, 1 MB


@pytest.fixture(scope="module")
def costs():
    """{name: what `heavy.cost` says}."""
    paths = os.pathsep.join([str(ROOT / "tests" / "support"), str(ROOT)])
    done = subprocess.run([sys.executable, heavy.__file__], env={**os.environ, "PYTHONPATH": paths}, text=True,
                          capture_output=True, check=True)
    return {line["name"]: line for line in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("name", heavy.HEAVY)
def test_the_judge_s_own_time_and_memory_are_bounded(costs, name):
    cost = costs[name]
    assert cost["s"] < SECONDS and cost["MB"] < MEGABYTES and cost["shown MB"] < SHOWN, cost
    assert set(cost["lost"]) == heavy.LOST.get(name, set()) and "grader_error" not in cost["statuses"], cost


@pytest.mark.parametrize("source", ["\\\\(" * 30_000, "[" * 50_000, "![" * 20_000, "\\[" * 20_000, "[a](" * 10_000,
                                    "|a" * 20_000 + "\n" + "|-" * 20_000, "**a" * 20_000], ids=lambda text: text[:4])
def test_what_nbgrader_makes_a_page_of_is_bounded(source):
    start = os.times()
    shown = v4.new_notebook(cells=[v4.new_markdown_cell(sanitize.markdown(source))])
    HTMLExporter().from_notebook_node(shown)
    end = os.times()
    assert end.user - start.user < SECONDS


@pytest.mark.parametrize("source, never", [
    ("[x](java&#115;cript:alert(1))", 'href="javascript'), ("[x](&#x6a;avascript:alert(1))", 'href="javascript'),
    ("[x](javascript&colon;alert(1))", 'href="javascript'), ("![x](https://example.org/a.png)", "<img"),
    ("![x][1]\n\n[1]: https://example.org/a.png", "<img"), ("[x](data:text/html,hi)", 'href="data'),
])
def test_no_page_of_nbgrader_s_runs_or_fetches_anything(source, never):
    def page(text):
        cells = [v4.new_markdown_cell(text)]
        return HTMLExporter(template_name="basic").from_notebook_node(v4.new_notebook(cells=cells))[0].lower()
    assert never in page(source) or "harmful" in page(source)  # that is what the cleaning is for
    assert never not in page(sanitize.markdown(source)) and "harmful" not in page(sanitize.markdown(source))


def test_a_formula_and_an_ampersand_stay_as_they_are():
    for text in ("$a < b$", r"\begin{aligned} a &= b \\ c &= d \end{aligned}", "salt & pepper",
                 "[a link](02_xor.ipynb)"):
        assert sanitize.markdown(text) == text


@pytest.mark.parametrize("code", ["def g(a, a): pass", "def g():\n    x = 1\n    global x", "nonlocal x",
                                  "x = " + " + ".join(["1"] * 400), "x = " + "-" * 3000 + "1", "x = " + "(" * 150 + "1",
                                  "def g(:", "\0", "%%nosuchmagic\n1", "return 3", "await 3"])
def test_a_fault_costs_its_own_cell(code):
    graded_with(code)
    graded = grade(fixture.data(fixture.answered(relu=code)), fixture.SOURCE, limits=QUICK)
    lost = {name for name, status in statuses(graded).items() if status != "passed"}
    assert lost == heavy.RELUS and "grader_error" not in statuses(graded).values()


def test_a_quiz_that_nobody_answered_stays_unanswered_when_the_shell_is_broken():
    source = nbformat.reads(fixture.SOURCE.decode(), as_version=4)
    quiz = next(cell for cell in source.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "quiz")
    quiz.source = quiz.source.replace("### END", "#: answers = {}\n### END")
    broken = fixture.answered(quiz="answers = {}", relu="get_ipython().run_cell = None\ndef relu(x): return x")
    graded = grade(fixture.data(broken), nbformat.writes(source).encode(), limits=QUICK)
    assert statuses(graded)["test_quiz"] == "unanswered"


def test_texts_that_numpy_would_pad_are_refused_before_they_are_built():
    with pytest.raises(Refused, match="too large"):
        encode(["a" * 1_000_000, *["b"] * 800], Limits())
    encode(["a" * 1000] * 1000, Limits())


def endless(task):
    """A worker's work that never comes back to Python's loop."""
    workers.deadline(0.5, 60)
    sum(iter(int, 1))


def quick(task):
    """Work that is done at once."""
    return task if task != "endless" else endless(task)


def test_a_worker_that_never_comes_back_is_ended_and_the_others_are_graded():
    with workers.Workers(2) as two:
        done = dict(workers.in_processes(["a", "endless", "b"], two, quick))
    assert done == {"a": "a", "b": "b", "endless": None}


def test_what_a_process_can_fill_in_the_system_s_own_memory_is_bounded():
    """Each socket holds 0.2 MB there that no process's memory shows."""
    cell = """import socket
pairs = []
try:
    while True:
        pairs.append(socket.socketpair())
except OSError:
    print("pairs:", len(pairs))
del pairs
def relu(x):
    return np.maximum(x, 0)"""
    graded = grade(fixture.data(fixture.answered(relu=cell)), fixture.SOURCE)
    said = next(line for line in str(graded.notebook).split("\\n") if "pairs: " in line)
    assert 5 < int(re.search(r"pairs: (\d+)", said)[1]) <= 32 and statuses(graded)["test_relu_hidden"] == "passed"
