"""On machines that grant less, or by half, the rest of the sandbox is used, the scores are the same, and it is said."""

import sys

import pytest

import machines
import small as fixture
from grader import doctor
from grader.judge import grade as judge
from grader.judge import servers
from grader.limits import Limits
from grader.sandbox import box
from grader.student.forkserver import ForkServer

pytestmark = pytest.mark.skipif(sys.platform != "linux" or machines.COLUMN is None, reason="the filter is Linux's")
ANSWERS = {"honest": {}, "broken": {"relu": "import os\ndef relu(x):\n    os._exit(3)",
                                    "twice": "import time\ndef twice(f, x):\n    time.sleep(99)",
                                    "scale": "def scale(x, factor=2.0):\n    return x"}}
PAIRS = [(name, "me") for name in machines.MACHINES if name != "whole"]
PAIRS += [(name, "ordinary") for name in ("whole", "half-granted namespaces", "no user namespaces", "no Landlock")]


def graded():
    """({name: rows}, {name: notes}) of each of ANSWERS."""
    rows, notes = {}, {}
    for name, answers in ANSWERS.items():
        found = judge.grade(fixture.data(fixture.answered(**answers)), fixture.SOURCE, unsafe=True,
                            limits=Limits(test_seconds=1.5))
        rows[name] = [(row.test, row.score, row.status, row.hint) for row in found.tests]
        notes[name] = " ".join(map(str, found.notes))
    return rows, notes


@pytest.fixture
def on(monkeypatch):
    """A function that moves the fork server to another machine."""
    def move(machine, user):
        servers.close()
        monkeypatch.setattr(ForkServer, "python", machines.python_of(machine, user))
    yield move
    servers.close()


@pytest.fixture(scope="module")
def whole():
    return graded()


@pytest.mark.parametrize("machine, user", PAIRS)
def test_the_scores_are_those_of_the_whole_sandbox_and_what_is_missing_is_said(on, machine, user, whole):
    on(machine, user)
    rows, notes = graded()
    assert rows == whole[0]
    for layer, words in box.LAYERS.items():
        if layer in machines.LOST[machine]:
            assert all(words in text for text in notes.values()), (layer, notes)
        elif layer != "user":
            assert not any(words in text for text in notes.values()), (layer, notes)


def test_doctor_names_what_a_half_granted_machine_lacks(on):
    on("half-granted namespaces", "me")
    server = ForkServer()
    try:
        rows = {name: doctor.probe(server, name, layers, set(box.LAYERS) - doctor.AIDS - layers, "")
                for name, layers, _ in doctor.PROBES[:2]}
    finally:
        server.close()
    own, landlock = rows.values()
    assert not own.holds and "namespaces: granted by half" in own.how
    assert landlock.holds
