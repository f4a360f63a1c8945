"""Where there is no sandbox and nothing of POSIX's, the scores and hints are those of the sandboxed judge."""

import gc
import json
import subprocess
import sys

import nbformat
import pytest

import small as fixture
from common import LESSONS, ROOT
from grader.errors import Unsafe
from grader.judge import grade as judge
from grader.judge import servers
from grader.limits import Limits
from grader.student import inline, plain
from grader.student.shell import Shell
from lessonbook import catalogue

SCRIPT = ROOT / "tests" / "support" / "without_posix.py"
CHOSEN = [lesson for lesson in LESSONS if lesson[:2] in ("01", "02")]


def submissions(lesson, folder):
    """Files of the lesson with the catalogue's answers: the n-th one of every exercise is in the n-th file."""
    answers = {}
    for exercise, _, _, code in catalogue(lesson):
        answers.setdefault(exercise, []).append(code)
    solution = ROOT / "solutions" / f"{lesson}.ipynb"
    paths = []
    for number in range(max(map(len, answers.values()))):
        notebook = nbformat.read(solution, as_version=4)
        for cell in notebook.cells:
            found = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
            if found:
                cell.source = found[number % len(found)]
        paths.append(folder / f"{lesson}-{number}.ipynb")
        nbformat.write(notebook, paths[-1])
    return solution, paths


@pytest.mark.parametrize("lesson", CHOSEN)
def test_the_catalogue_gets_the_same_scores_and_hints(lesson, tmp_path):
    solution, paths = submissions(lesson, tmp_path)
    source = solution.read_bytes()
    wanted = [[[row.test, row.score, row.status, row.hint, row.message]
               for row in judge.grade(path.read_bytes(), source).tests] for path in paths]
    for how, some in (("inline", slice(None)), ("plain", slice(None, None, 7))):
        done = subprocess.run([sys.executable, SCRIPT, how, solution, *paths[some]],
                              capture_output=True, text=True, timeout=500)
        assert done.returncode == 0, done.stderr[-2000:]
        for path, found, rows in zip(paths[some], json.loads(done.stdout), wanted[some]):
            assert found == rows, (how, path.name)


@pytest.fixture
def server(monkeypatch):
    """Puts another way of running the student's code in the judge's place."""
    def put(kind):
        servers.close()
        monkeypatch.setattr(servers, "server_kind", lambda: kind)
    yield put
    servers.close()


def test_time_limits_hold_and_a_crash_costs_its_exercise_in_a_plain_subprocess(server):
    server(plain.PlainServer)
    broken = "import os\ndef relu(x):\n    while np.ravel(x)[0] == -2: pass\n    os._exit(3)"
    graded = judge.grade(fixture.data(fixture.answered(relu=broken)), fixture.SOURCE, unsafe=True,
                         limits=Limits(test_seconds=2))
    assert [row.status for row in graded.tests] == ["timeout", "crashed", "passed", "crashed"] + ["passed"] * 3
    assert not servers.server().running


def test_a_machine_without_a_sandbox_says_so_and_refuses_unless_told(server):
    server(plain.PlainServer)
    with pytest.raises(Unsafe):
        judge.grade(fixture.data(fixture.answered()), fixture.SOURCE)


def test_what_a_function_keeps_from_one_test_to_the_next_does_not_decide_in_one_process(server):
    """Without snapshots tests share a process: one that fails there is asked again in a new one."""
    server(inline.InlineServer)
    once = "seen = []\ndef relu(x):\n    seen.append(1)\n    return np.maximum(x, 0) if len(seen) < 2 else None"
    kept = judge.grade(fixture.data(fixture.answered(relu=once)), fixture.SOURCE, unsafe=True)
    server(judge_kind())
    snapped = judge.grade(fixture.data(fixture.answered(relu=once)), fixture.SOURCE, unsafe=True)
    assert [row.status for row in kept.tests] == [row.status for row in snapped.tests]


def test_a_shell_that_has_ended_is_let_go_with_all_that_its_cells_made(server):
    """A tab's memory never shrinks, and every score asked for is some shells more."""
    server(inline.InlineServer)
    failing = fixture.data(fixture.answered(relu="seen = []\ndef relu(x):\n    seen.append(x)\n    return 1 / 0"))

    def kept():
        judge.grade(failing, fixture.SOURCE, unsafe=True)
        servers.close()
        gc.collect()
        return sum(isinstance(one, Shell) for one in gc.get_objects())
    first = kept()
    assert kept() <= first + 1 and kept() <= first + 1


def test_code_that_cannot_remember_is_played_once_for_all_tests(server, monkeypatch):
    """Where a process cannot be copied each start takes a second."""
    for kind in (plain.PlainServer, inline.InlineServer):
        started, start = [], kind.start
        monkeypatch.setattr(kind, "start", lambda self, limits, n=started, go=start: n.append(1) or go(self, limits))
        server(kind)
        right, wrong = (judge.grade(fixture.data(book), fixture.SOURCE, unsafe=True).tests for book in (
            fixture.answered(), fixture.answered(relu="def relu(x):\n    return x")))
        assert {row.status for row in right} == {"passed"}
        assert [row.status for row in wrong] == ["failed", "failed", "passed", "failed", "passed", "passed", "passed"]
        assert len(started) == 3, kind  # one each, and one with the lesson's own relu


def judge_kind():
    from grader.student.forkserver import ForkServer
    return ForkServer


def test_the_interpreter_is_given_back_as_it_was(server):
    import builtins

    from IPython.core.interactiveshell import InteractiveShell
    before = sys.stdout, sys.stderr, sys.displayhook, sys.modules["__main__"], builtins.input, sys.path
    server(inline.InlineServer)
    judge.grade(fixture.data(fixture.answered(relu="import sys\nsys.stdout = None\ndef relu(x):\n    return x")),
                fixture.SOURCE, unsafe=True)
    servers.close()
    assert before == (sys.stdout, sys.stderr, sys.displayhook, sys.modules["__main__"], builtins.input, sys.path)
    assert InteractiveShell._instance is None
