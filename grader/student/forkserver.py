"""The fork server: a clean process that has imported everything and forks a sandboxed student process on demand.

It is started by its own command line, so that nothing of the judge's memory is in it; it never sees a submission,
a test or a solution, only "start" with one end of a channel, and "stop". Several workers share what takes time, the
imports: each has a fork server of its own that was forked ("branch") from one that has never started a student.
"""

import contextlib
import gc
import json
import os
import select
import socket
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict
from pathlib import Path

from ..course import package_folders
from ..limits import Limits
from ..sandbox import box, syscalls
from . import ENVIRONMENT, fonts
from . import channel as channels


class ForkServer:
    """The judge's side of a fork server."""

    python = (sys.executable,)  # the command that runs Python
    snapshots = True  # a student process can be copied

    def __init__(self, off=None, trunk=None):
        """trunk: one that is to be forked, whichever process has started it."""
        off = box.off if off is None else off
        self.pid, self.off, self.lock = os.getpid(), tuple(off), threading.Lock()
        kind = socket.SOCK_SEQPACKET if sys.platform == "linux" else socket.SOCK_STREAM
        self.control, theirs = socket.socketpair(socket.AF_UNIX, kind)
        self.process, self.gone = None, False
        with theirs:
            if trunk is None:
                self.process = self.begun(theirs.fileno())
            else:
                socket.send_fds(trunk.control, [b'{"branch": true}'], [theirs.fileno()])
        self.control.settimeout(120)

    def begun(self, fd):
        """A new process that answers on `fd`."""
        paths = [str(Path(__file__).resolve().parents[2]), *(str(folder.parent) for folder in package_folders())]
        # Ctrl+C is the grader's to answer, also while this imports its packages.
        code = (f"import signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); sys.path[:0] = {paths!r}; "
                f"from grader.student import forkserver; forkserver.main({fd})")
        return subprocess.Popen([*self.python, "-s", "-P", "-c", code], env={**ENVIRONMENT, **fonts()}, cwd="/",
                                pass_fds=[fd], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def usable(self):
        """Whether it still runs, is this process's own, and leaves out what is to be left out."""
        ended = self.gone or self.process is not None and self.process.poll() is not None
        return self.pid == os.getpid() and not ended and self.off == tuple(box.off)

    def ask(self, request, fds=()):
        """The reply to a request; `Closed` where the fork server has gone."""
        with self.lock:
            try:
                socket.send_fds(self.control, [json.dumps(request).encode()], list(fds))
                data = self.control.recv(1 << 16)
            except OSError:
                data = b""
            if not data:
                self.gone = True
                self.control.close()  # what it may still answer would be taken for something else
                self.end()
        if not data:
            raise channels.Closed("the fork server has gone")
        reply = json.loads(data)
        if "error" in reply:
            raise RuntimeError(reply["error"])
        return reply

    def start(self, limits, off=None):
        """(channel, pid, layers that hold, why others do not) of a new student process."""
        mine, theirs = channels.pair(limits)
        try:
            off = self.off if off is None else tuple(off)
            reply = self.ask({"start": asdict(limits), "off": off}, [theirs.fileno()])
        finally:
            theirs.close()
        return mine, reply["pid"], reply["layers"], reply["why"]

    def stop(self, pid):
        """Kill a student process with everything it has started; how its first process ended, in words."""
        return self.ask({"stop": pid})["ended"]

    def close(self):
        """End the fork server and all below it; a branch does so by itself, as soon as it notices."""
        self.control.close()
        if self.pid == os.getpid():
            self.end(5)

    def end(self, seconds=0):
        """Wait so long for the process to end, then kill it."""
        if self.process is None:
            return
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def main(fd):
    """A fork server's start."""
    gc.disable()  # importing leaves nothing to collect
    from .shell import preload
    with tempfile.TemporaryDirectory(prefix="crease-") as folder:
        os.environ["HOME"] = os.environ["IPYTHONDIR"] = folder
        shell = preload()
    gc.enable()
    serve_judge(socket.socket(fileno=fd), shell)


def serve_judge(control, shell):
    """The fork server's own loop, or that of a branch; ends with its parent."""
    parent, sandboxes = os.getppid(), {}
    with contextlib.suppress(OSError, AttributeError):
        syscalls.prctl(syscalls.PR_SET_CHILD_SUBREAPER, 1)
    try:
        while os.getppid() == parent:
            if not select.select([control], [], [], 0.25)[0]:
                for sandbox in sandboxes.values():
                    sandbox.watch()
                continue
            data, fds, _, _ = socket.recv_fds(control, 1 << 16, 1)
            if not data:
                break
            request = json.loads(data)
            if "branch" in request and not sandboxes:
                branch(socket.socket(fileno=fds[0]), control, shell)
                continue
            try:
                reply = answer(request, fds, sandboxes, control, shell)
            except (OSError, RuntimeError, ValueError, KeyError) as error:
                reply = {"error": f"{type(error).__name__}: {error}"}
            control.send(json.dumps(reply).encode())
    except OSError:
        pass
    finally:
        for sandbox in sandboxes.values():
            sandbox.stop()
    os._exit(0)


def branch(theirs, control, shell):
    """Fork a fork server that answers on `theirs`, as this one was before it started anybody."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:  # earlier ones that have ended
            pass
    if os.fork() == 0:
        control.close()
        serve_judge(theirs, shell)
    theirs.close()


def answer(request, fds, sandboxes, control, shell):
    """The reply to one request of the judge's."""
    if "start" in request:
        sandbox = box.start(Limits(**request["start"]), request["off"], control, fds[0],
                            lambda sock, limits: serve(sock, shell, limits), package_folders())
        os.close(fds[0])
        sandboxes[sandbox.pid] = sandbox
        return {"pid": sandbox.pid, "layers": sandbox.layers, "why": sandbox.why}
    if "stop" in request:
        return {"ended": sandboxes.pop(request["stop"]).stop()}
    return {}


def serve(sock, shell, limits):
    """Answer the judge in a student process."""
    from .server import serve
    serve(sock, shell, limits)
