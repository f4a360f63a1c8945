"""The sandbox around a student process, in layers; each is used where the machine offers it.

    fork server ── keeper ── init (PID 1 of its namespace) ── the student process ── snapshots
The keeper enters the namespaces and is invisible from inside; init reaps orphans and takes all with it when it dies.
"""

import contextlib
import json
import os
import select
import shutil
import signal
import tempfile
import time

LAYERS = {
    "namespaces": "its own files, processes, network and IPC (user namespace)",
    "landlock": "files, TCP, signals (Landlock)",
    "seccomp": "no programs, sockets, debuggers or new namespaces (seccomp)",
    "user": "another user, so that the limit on processes holds",
    "limits": "memory, processes, CPU time and file size (rlimits)",
    "no_new_privs": "no new rights by running another program (no_new_privs)",
    "capabilities": "none of root's rights (capabilities)",
}
off = ()  # layers not to be used: for tests, and for `doctor`, which tries each alone


def enough(layers):
    """Whether these layers keep a submission from other people's files."""
    return "namespaces" in layers or "landlock" in layers


def missing(layers, why=None):
    """{layer: a sentence} for every layer that is not among these; `why` says what the system answered to some."""
    why = why or {}
    return {name: f"Not in force on this machine: {words}" + (f": {why[name]}." if name in why else ".")
            for name, words in LAYERS.items() if name not in layers}


class Sandbox:
    """A running sandbox as the fork server knows it."""

    def __init__(self, keeper, init, layers, report, scratch, limits, why=None):
        self.pid, self.init, self.layers, self.report, self.scratch = keeper, init, layers, report, scratch
        self.why = why or {}  # layer -> why the system refused it
        self.limits, self.ended, self.rest = limits, "", 0.0

    def watch(self):
        """Kill everything if all processes together use more memory than one may."""
        from . import processes
        start = time.monotonic()
        if start < self.rest:
            return
        used = processes.memory(self.pid, self.limits.memory)
        # Dividing the pages that many processes share takes the system long: then at most a quarter of the time.
        self.rest = time.monotonic() + 3 * (time.monotonic() - start)
        if used > self.limits.memory:
            self.ended = "memory"
            with contextlib.suppress(OSError):
                os.kill(self.init, signal.SIGKILL)
            processes.kill(self.pid)

    def stop(self):
        """Kill every process of the sandbox, whatever they do against it, and say how the first one ended."""
        from . import processes
        if "namespaces" not in self.layers:  # else the namespace dies with its init
            processes.kill(self.init)
        for pid in (self.init, self.pid, self.init):
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(OSError):
                os.waitpid(pid, 0)
        while "namespaces" not in self.layers:  # orphans that came to the fork server
            try:
                if os.waitpid(-1, os.WNOHANG)[0] == 0:
                    break
            except OSError:
                break
        if not self.ended and select.select([self.report], [], [], 0)[0]:
            self.ended = os.read(self.report, 100).decode(errors="replace")
        os.close(self.report)
        if self.scratch:
            shutil.rmtree(self.scratch, ignore_errors=True)
        return self.ended


class HalfGranted(RuntimeError):
    """The system gave namespaces, but not the right to build a root in them."""


withheld = {}  # layer -> why: what this system refuses once it is tried, and need not be tried again


def start(limits, off, control, fd, serve, folders):
    """Fork a sandboxed process that calls `serve(socket, limits)` -> Sandbox.

    fd: its end of the channel.  folders: what it may read besides the system's and the interpreter's own.
    Where namespaces are granted by half (Ubuntu lets an ordinary user make one, and then denies `mount` in it), the
    sandbox is built once more from the layers that are left.
    """
    try:
        sandbox = build(limits, {*off, *withheld}, control, fd, serve, folders)
    except HalfGranted as fault:
        withheld["namespaces"] = f"granted by half ({fault})"
        sandbox = build(limits, {*off, *withheld}, control, fd, serve, folders)
    sandbox.why.update({name: why for name, why in withheld.items() if name not in off})
    return sandbox


def build(limits, off, control, fd, serve, folders):
    """One attempt of `start`, with these layers left out."""
    from .confine import enclose, say  # POSIX's, as all that is called from here
    report, report_in = os.pipe()
    go_out, go = os.pipe()
    scratch = tempfile.mkdtemp(prefix="crease-")
    keeper = os.fork()
    if keeper == 0:
        try:
            enclose(limits, off, control, fd, report_in, go_out, scratch, serve, folders)
        except BaseException as error:
            with contextlib.suppress(OSError):
                say(report_in, {"error": f"{type(error).__name__}: {error}"})
        finally:
            os._exit(70)
    os.close(report_in)
    os.close(go_out)
    first, told = {}, {}
    try:
        first = read_line(report)
        if first.get("namespaces"):
            map_ids(keeper, first["user"])
            os.rmdir(scratch)  # it has a disk of its own
            scratch = ""
        os.write(go, b".")
        while not {"init", "layers"} <= told.keys():  # told by two processes, in either order
            told |= read_line(report)
    except (OSError, KeyError, ValueError) as error:
        Sandbox(keeper, keeper, [], report, scratch, limits).stop()
        fault = HalfGranted if first.get("namespaces") and "init" not in told else RuntimeError
        raise fault(f"the sandbox could not be built: {error}" if fault is RuntimeError else str(error)) from None
    finally:
        os.close(go)
    return Sandbox(keeper, told["init"], told["layers"], report, scratch, limits, first["why"] | told["why"])


def read_line(fd):
    """The next JSON line from a pipe."""
    line = b""
    while not line.endswith(b"\n"):
        if not select.select([fd], [], [], 20)[0] or not (byte := os.read(fd, 1)):
            raise ValueError("no answer from inside")
        line += byte
    message = json.loads(line)
    if "error" in message:
        raise ValueError(message["error"])
    return message


def map_ids(pid, user):
    """Give the user namespace of `pid` one user and one group: `user` outside is 1000 inside."""
    group = user if user != os.geteuid() else os.getegid()
    if os.geteuid() != 0:
        write(f"/proc/{pid}/setgroups", "deny")
    write(f"/proc/{pid}/uid_map", f"1000 {user} 1")
    write(f"/proc/{pid}/gid_map", f"1000 {group} 1")


def write(path, text):
    """Write a text to one of the kernel's files."""
    with open(path, "w") as file:
        file.write(text)
