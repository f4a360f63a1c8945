"""Which layers of the sandbox hold on this machine: each is tried alone, by trying to break it from inside."""

import contextlib
import os
import signal
import socket
import tempfile
import time
from dataclasses import dataclass

from .judge.play import Step
from .judge.replay import Replay
from .limits import MB, Limits
from .sandbox import box, processes
from .student.forkserver import ForkServer


@dataclass
class Layer:
    """One layer: whether it holds here, and how that was tried, or what got through."""

    name: str
    holds: bool
    how: str


TRY = '''
def attempt(what, action):
    try:
        action()
    except BaseException as error:
        return
    print("BROKEN", what)
import os, socket, ctypes, mmap, resource, subprocess, sys, time
'''
READ = '''attempt("read a file of the instructor's", lambda: open({marker!r}).read())
attempt("write beside it", lambda: open({marker!r} + ".new", "w"))
'''
CONNECT = 'attempt("open a TCP connection", lambda: socket.create_connection(("127.0.0.1", {port}), 2))\n'
SIGNAL = 'attempt("signal the grader", lambda: os.kill({pid}, 0))\n'
UDP = '''def udp():
    if socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", {udp})) != 1: raise OSError
attempt("send a UDP packet", udp)
def abstract():
    s = socket.socket(socket.AF_UNIX); s.connect("\\0{abstract}")
attempt("reach an abstract socket", abstract)
'''
PROBES = [
    ("files: own root (namespaces)", {"namespaces"}, READ),
    ("files (Landlock)", {"landlock"}, READ),
    ("network (namespaces)", {"namespaces"}, CONNECT + UDP),
    ("network: TCP (Landlock)", {"landlock"}, CONNECT),
    ("network: every socket (seccomp)", {"seccomp"}, CONNECT + UDP),
    ("processes out of reach (namespaces)", {"namespaces"},
     SIGNAL + 'attempt("see /proc", lambda: os.listdir("/proc"))\n'),
    ("signals (Landlock)", {"landlock"}, SIGNAL),
    ("System V memory (namespaces)", {"namespaces"}, '''def shm():
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.shmget({key}, 0, 0) < 0: raise OSError
attempt("open the grader's shared memory", shm)
'''),
    ("no programs, debuggers, namespaces (seccomp)", {"seccomp"}, '''
attempt("run a program", lambda: subprocess.run([sys.executable, "-c", "1"], check=True))
libc = ctypes.CDLL(None, use_errno=True)
def raw(result):
    if result < 0: raise OSError
attempt("make a namespace", lambda: raw(libc.unshare(0x10000000)))
attempt("trace a process", lambda: raw(libc.ptrace(0, 0, 0, 0)))
'''),
    ("memory (rlimits)", {"limits"}, 'attempt("take 3 GB", lambda: mmap.mmap(-1, 3 << 30))\n'),
    ("file size (rlimits)", {"limits"}, '''def big():
    with open(os.path.expanduser("~/big"), "wb") as f:
        for _ in range(100): f.write(bytes(1 << 20))
attempt("write 100 MB", big)
'''),
    ("disk (namespaces)", {"namespaces"}, '''def disk():
    for n in range(100):
        with open(os.path.expanduser(f"~/{{n}}"), "wb") as f: f.write(bytes(1 << 20))
attempt("write 100 files of 1 MB", disk)
'''),
    ("number of processes (rlimits, another user)", {"namespaces", "user", "limits"}, '''def forks():
    for _ in range(100):
        if os.fork() == 0:
            time.sleep(9); os._exit(0)
attempt("start 100 processes", forks)
'''),
    ("no new rights (no_new_privs)", {"no_new_privs"}, '''
def rights():
    if ctypes.CDLL(None).prctl(39, 0, 0, 0, 0) == 1: raise OSError
attempt("gain rights by running another program", rights)
'''),
    ("no rights of root's (capabilities)", {"capabilities"}, '''
def capable():
    data = (ctypes.c_uint32 * 6)()
    ctypes.CDLL(None).capget(bytes([34, 5, 8, 32, 0, 0, 0, 0]), data)
    if not any(data): raise OSError
attempt("use one of root's rights", capable)
'''),
    ("environment and open files", set(box.LAYERS), '''
allowed = {allowed!r}
attempt("find a variable: " + str(set(os.environ) - allowed), lambda: 1 / len(set(os.environ) - allowed))
def files():
    found = []
    for n in range(3, 256):
        try: os.fstat(n); found.append(n)
        except OSError: pass
    if len(found) < 2: raise OSError
    import stat
    if sum(stat.S_ISSOCK(os.fstat(n).st_mode) for n in found) == 1 and not any(
        stat.S_ISFIFO(os.fstat(n).st_mode) or stat.S_ISREG(os.fstat(n).st_mode) for n in found): raise OSError
attempt("find an open file besides the channel", files)
'''),
]
AIDS = {"no_new_privs"}  # without it the system grants an ordinary user neither Landlock nor seccomp
ALLOWED = {"PATH", "LANG", "TZ", "HOME", "IPYTHONDIR", "MPLBACKEND", "NBGRADER_EXECUTION", "OPENBLAS_NUM_THREADS",
           "OMP_NUM_THREADS", "MKL_NUM_THREADS", "PYTHONDONTWRITEBYTECODE", "PYTHONHASHSEED", "MPLCONFIGDIR", "TMPDIR",
           "LC_CTYPE", "KMP_DUPLICATE_LIB_OK", "KMP_INIT_AT_FORK", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE"}


def doctor():
    """[Layer, …]: every layer of the sandbox, tried on this machine."""
    with contextlib.ExitStack() as stack:
        forkserver = ForkServer()
        stack.callback(forkserver.close)
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        os.chmod(folder, 0o777)
        values = bait(folder, stack)
        found = []
        for name, on, code in PROBES:
            off = set(box.LAYERS) - AIDS - on
            found.append(probe(forkserver, name, on, off, TRY + code.format(**values)))
        return [*found, *leftovers(forkserver)]


def bait(folder, stack):
    """What the probes try to reach: a file, three sockets, a piece of shared memory, this process."""
    marker = os.path.join(folder, "marker")
    with open(marker, "w") as file:
        file.write("secret")
    os.chmod(marker, 0o666)
    tcp = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
    udp = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
    udp.bind(("127.0.0.1", 0))
    name = f"crease-{os.getpid()}"
    if hasattr(socket, "SO_PEERCRED"):
        local = stack.enter_context(socket.socket(socket.AF_UNIX))
        local.bind("\0" + name)
        local.listen()
    key = 0x43520000 + os.getpid() % 0xFFFF
    with contextlib.suppress(AttributeError, OSError):
        import ctypes
        libc = ctypes.CDLL(None)
        segment = libc.shmget(key, 4096, 0o1666)
        stack.callback(libc.shmctl, segment, 0, None)
    return {"marker": marker, "port": tcp.getsockname()[1], "udp": udp.getsockname()[1], "abstract": name,
            "pid": os.getpid(), "key": key, "allowed": ALLOWED}


def probe(forkserver, name, on, off, code):
    """The `Layer` that one piece of code could or could not break, with only the layers `on` in force."""
    limits = Limits(memory=2048 * MB, cell_seconds=20)
    replay = Replay(Starter(forkserver, off), [Step(0, code)], limits, {}, unsafe=True)
    try:
        replay.forward()
        shown = replay.outputs.get(0)
        lost = on - set(replay.layers) if on != set(box.LAYERS) else set()
        if lost:
            why = "; ".join(f"{one}: {replay.why[one]}" if one in replay.why else one for one in sorted(lost))
            return Layer(name, False, f"this machine does not offer it ({why})")
        if shown is None:
            return Layer(name, False, "the attempt ended the process: " + str(replay.culprits.get(0)))
        text = "".join(str(item.get("text", item.get("evalue", ""))) for item in shown)
        broken = [line.removeprefix("BROKEN ") for line in text.splitlines() if line.startswith("BROKEN ")]
        errors = [item["evalue"] for item in shown if item["output_type"] == "error"]
        got = "could " + "; could ".join(broken) if broken else "; ".join(errors)
        return Layer(name, not got, got or "tried from inside, refused")
    except Exception as error:
        return Layer(name, False, f"{type(error).__name__}: {error}")
    finally:
        replay.close()


class Starter:
    """A fork server that leaves out some layers."""

    snapshots = True

    def __init__(self, forkserver, off):
        self.forkserver, self.off, self.stop = forkserver, off, forkserver.stop

    def start(self, limits):
        """As `ForkServer.start`, without those layers."""
        return self.forkserver.start(limits, self.off)


def leftovers(lasting):
    """What is left of a student process that started a daemon, after its end, and after its grader was killed.

    lasting: a fork server that is to go on.
    """
    code = '''import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True: time.sleep(1)
    os._exit(0)
time.sleep(0.3)
'''
    found = []
    for name, how in (("orphans (process-tree kill)", "stop"), ("death of the grader (parent-death signal)", "kill")):
        for off in ((), ("namespaces",)):
            forkserver = lasting if how == "stop" else ForkServer()
            replay = Replay(Starter(forkserver, off), [Step(0, code)], Limits(), {}, unsafe=True)
            replay.forward()
            pids = processes.below(forkserver.process.pid)
            if how == "stop":
                replay.close()
            elif off:  # the grader's end of the control socket closes when it dies
                forkserver.control.close()
            else:  # even the fork server may be killed
                os.kill(forkserver.process.pid, signal.SIGKILL)
            for _ in range(30):
                alive = [pid for pid in pids if processes.living(pid)]
                if not alive:
                    break
                time.sleep(0.1)
            where = "" if not off else ", without namespaces"
            found.append(Layer(name + where, len(pids) >= 3 and not alive,
                               f"{len(pids)} processes, {len(alive)} left over"))
            for pid in alive:
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
            if forkserver is not lasting:
                forkserver.close()
    return found
