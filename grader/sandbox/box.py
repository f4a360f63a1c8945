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

from . import processes
from .confine import enclose, say

LAYERS = {
    "namespaces": "its own files, processes, network and IPC (user namespace)",
    "landlock": "files, TCP, signals (Landlock)",
    "seccomp": "no programs, sockets, debuggers or new namespaces (seccomp)",
    "user": "another user, so that the limit on processes holds",
    "limits": "memory, processes, CPU time and file size (rlimits)",
}
off = ()  # layers not to be used: for tests, and for `doctor`, which tries each alone


def enough(layers):
    """Whether these layers keep a submission from other people's files."""
    return "namespaces" in layers or "landlock" in layers


def missing(layers):
    """A sentence for every layer that is not among these."""
    return [f"Not in force on this machine: {words}." for name, words in LAYERS.items() if name not in layers]


class Sandbox:
    """A running sandbox as the fork server knows it."""

    def __init__(self, keeper, init, layers, report, scratch, limits):
        self.pid, self.init, self.layers, self.report, self.scratch = keeper, init, layers, report, scratch
        self.limits, self.ended = limits, ""

    def watch(self):
        """Kill everything if all processes together use more memory than one may."""
        if processes.memory(self.pid, self.limits.memory) > self.limits.memory:
            self.ended = "memory"
            with contextlib.suppress(OSError):
                os.kill(self.init, signal.SIGKILL)
            processes.kill(self.pid)

    def stop(self):
        """Kill every process of the sandbox, whatever they do against it, and say how the first one ended."""
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


def start(limits, off, control, fd, serve, folders):
    """Fork a sandboxed process that calls `serve(socket, limits)` -> Sandbox.

    fd: its end of the channel.  folders: what it may read besides the system's and the interpreter's own.
    """
    report, report_in = os.pipe()
    go_out, go = os.pipe()
    scratch = tempfile.mkdtemp(prefix="crease-")
    keeper = os.fork()
    if keeper == 0:
        try:
            enclose(limits, set(off), control, fd, report_in, go_out, scratch, serve, folders)
        except BaseException as error:
            with contextlib.suppress(OSError):
                say(report_in, {"error": f"{type(error).__name__}: {error}"})
        finally:
            os._exit(70)
    os.close(report_in)
    os.close(go_out)
    try:
        first = read_line(report)
        if first.get("namespaces"):
            map_ids(keeper, first["user"])
            os.rmdir(scratch)  # it has a disk of its own
            scratch = ""
        os.write(go, b".")
        told = read_line(report) | read_line(report)  # by two processes, in either order
        init, layers = told["init"], told["layers"]
    except (OSError, KeyError, ValueError) as error:
        Sandbox(keeper, keeper, [], report, scratch, limits).stop()
        raise RuntimeError(f"the sandbox could not be built: {error}") from None
    finally:
        os.close(go)
    return Sandbox(keeper, init, layers, report, scratch, limits)


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
    with open(path, "w") as file:
        file.write(text)
