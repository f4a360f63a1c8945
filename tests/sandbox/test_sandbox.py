"""Each layer of the sandbox by itself and all of them together; and machines without one."""

import contextlib
import os

import pytest

import small as fixture
from grader import doctor
from grader.errors import Unsafe
from grader.judge.grade import grade
from grader.judge.servers import server
from grader.limits import Limits
from grader.sandbox import box
from grader.student.forkserver import ForkServer

HONEST = fixture.data(fixture.answered())
LINUX = pytest.mark.skipif(not os.path.exists("/proc/self/ns/user"), reason="the layers are Linux's")


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    """A fork server and the bait that probes go for."""
    with contextlib.ExitStack() as stack:
        server = ForkServer()
        stack.callback(server.close)
        folder = tmp_path_factory.mktemp("bait")
        for parent in (folder, *folder.parents[:3]):
            with contextlib.suppress(PermissionError):  # not ours, so others can walk through it anyway
                os.chmod(parent, 0o777)
        yield server, doctor.bait(str(folder), stack)


def tried(bench, number, on):
    server, values = bench
    name, _, code = doctor.PROBES[number]
    off = set(box.LAYERS) - (doctor.AIDS if on else set()) - set(on)
    return doctor.probe(server, name, set(on), off, doctor.TRY + code.format(**values))


# Layers that need another one: without new rights forbidden a process may not filter itself; and where the folders of
# the interpreter are closed to others, it is their owner who has to run, unless they are mounted in a namespace.
HANG_ON = {"no_new_privs": ("landlock", "seccomp"), "namespaces": ("user",)}
# Who is not root is another user than root anyway, and has none of root's rights.
HELD = {"user"} if os.path.exists("/proc/self") and os.geteuid() else set()
NAMES = [name for name, _, _ in doctor.PROBES]


@LINUX
@pytest.mark.parametrize("number", range(len(NAMES)), ids=NAMES)
def test_a_layer_holds_alone_and_with_all_and_what_it_stops_gets_through_without_any(bench, number):
    assert tried(bench, number, doctor.PROBES[number][1]).holds
    together = tried(bench, number, set(box.LAYERS))
    assert together.holds, together.how
    if "environment" not in NAMES[number] and not (HELD and "rights of root" in NAMES[number]):  # these hold always
        assert "could " in tried(bench, number, ()).how


@LINUX
def test_nothing_outlives_a_grading():
    assert [layer for layer in doctor.leftovers(server()) if not layer.holds] == []


def test_without_any_layer_grade_refuses_unless_told(monkeypatch):
    monkeypatch.setattr(box, "off", tuple(box.LAYERS))
    with pytest.raises(Unsafe):
        grade(HONEST, fixture.SOURCE)
    graded = grade(HONEST, fixture.SOURCE, unsafe=True)
    assert sum(r.score for r in graded.tests) == fixture.TOTAL
    assert {note.about for note in graded.notes} == set(box.LAYERS) - HELD


@pytest.mark.parametrize("layer", box.LAYERS)
def test_without_one_layer_grades_are_the_same_and_the_report_says_so(monkeypatch, layer):
    monkeypatch.setattr(box, "off", (layer,))
    graded = grade(HONEST, fixture.SOURCE)
    assert sum(r.score for r in graded.tests) == fixture.TOTAL
    missing = {note.about for note in graded.notes if note.kind == "layer"}
    assert (layer in missing) == (layer not in HELD) and missing <= {layer, *HANG_ON.get(layer, ())}


@pytest.mark.parametrize("off", [("namespaces", "user"), ("landlock", "seccomp")])
def test_a_child_that_goes_on_is_survived_with_fewer_layers(monkeypatch, off):
    monkeypatch.setattr(box, "off", off)
    code = "import os, time\ndef relu(x):\n    if os.fork() == 0:\n        time.sleep(99)\n    os._exit(1)"
    graded = grade(fixture.data(fixture.answered(relu=code)), fixture.SOURCE, unsafe=True,
                   limits=Limits(test_seconds=1))
    assert [r.status for r in graded.tests] == ["timeout"] * 2 + ["passed"] + ["timeout"] + ["passed"] * 3


def test_the_fork_server_starts_clean():
    started = server()
    with open(f"/proc/{started.process.pid}/environ", "rb") as file:
        names = {item.split(b"=")[0].decode() for item in file.read().split(b"\0") if item}
    assert names <= doctor.ALLOWED
    grade(HONEST, fixture.SOURCE)
    memory = memory_of(server().process.pid)
    assert str(fixture.SECRET).encode() not in memory and b"scipy" in memory


def memory_of(pid):
    """All writable memory of a process."""
    found = []
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb") as memory:
        for line in maps:
            span, rights = line.split()[:2]
            if rights.startswith("rw") and "[v" not in line:
                low, high = (int(part, 16) for part in span.split("-"))
                with contextlib.suppress(OSError, ValueError, OverflowError):
                    memory.seek(low)
                    found.append(memory.read(high - low))
    return b"".join(found)


def test_a_killed_fork_server_is_replaced():
    grade(HONEST, fixture.SOURCE)
    killed = server().process
    killed.kill()
    killed.wait()
    assert server().process is not killed
    assert sum(r.score for r in grade(HONEST, fixture.SOURCE).tests) == fixture.TOTAL
