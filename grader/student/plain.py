"""The student's code where no sandbox is to be had: in a plain subprocess (macOS, Windows); `inline` needs none at all.

Nothing is kept from the code that runs: it has the rights of whoever runs the grader. What holds is that only data
comes back (the protocol is the fork server's), and, in a subprocess, the limits on time. A process cannot be copied
here, so there are no snapshots: `judge/replay` plays the cells again instead.
"""

import contextlib
import hmac
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from ..course import package_folders
from ..limits import Limits
from . import ENVIRONMENT
from . import channel as channels
from .server import serve

START = 60.0  # seconds that a new process may take until it speaks


class PlainServer:
    """Starts student processes as ordinary subprocesses, and has the next one ready before it is asked for."""

    snapshots = False

    def __init__(self):
        self.pid, self.running, self.spare = os.getpid(), {}, None

    def usable(self):
        """Whether it is this process's own."""
        return self.pid == os.getpid()

    def start(self, limits):
        """(channel, pid, layers that hold: none, why: nothing) of a new student process."""
        process, folder, listener, token = self.spare or self.spawn()
        self.spare = None
        self.running[process.pid] = process, folder
        try:
            sock = accept(listener, token, process)
        except channels.Closed:
            self.stop(process.pid)
            raise
        channel = channels.Channel(sock, limits.value_text, limits.value_bytes)
        channel.send(asdict(limits))
        self.spare = self.spawn()
        return channel, process.pid, [], {}

    def spawn(self):
        """A new process that waits for its limits: (process, its folder, where it will connect, what it will say)."""
        listener = socket.create_server(("127.0.0.1", 0))
        folder = tempfile.TemporaryDirectory(prefix="crease-", ignore_cleanup_errors=True)
        token = secrets.token_hex(32)
        paths = [str(Path(__file__).resolve().parents[2]), *(str(found.parent) for found in package_folders())]
        code = f"import sys; sys.path[:0] = {paths!r}; from grader.student import plain; plain.main()"
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "WINDIR", "TEMP") if name in os.environ}
        home = dict.fromkeys(("HOME", "USERPROFILE", "IPYTHONDIR", "TMPDIR"), folder.name)
        import matplotlib
        process = subprocess.Popen([sys.executable, "-s", "-P", "-c", code], cwd=folder.name, stdin=subprocess.PIPE,
                                   stdout=subprocess.DEVNULL, env={**ENVIRONMENT, **kept, **home,
                                                                   "MPLCONFIGDIR": matplotlib.get_cachedir()})
        with contextlib.suppress(OSError):
            process.stdin.write(json.dumps([listener.getsockname()[1], token]).encode() + b"\n")
            process.stdin.flush()
        return process, folder, listener, token

    def kill(self, pid):
        """End a student process and what it has started; its folder stays until `stop`."""
        if pid not in self.running:
            return
        process, _ = self.running[pid]
        below = []
        with contextlib.suppress(Exception):  # of psutil, and of a system that shows no processes
            import psutil
            below = psutil.Process(pid).children(recursive=True)
        for one in (process, *below):
            with contextlib.suppress(Exception):
                (one.kill if hasattr(signal, "SIGKILL") else one.terminate)()
        process.wait()

    def stop(self, pid):
        """End a student process for good; how it ended, in words."""
        if pid not in self.running:
            return ""
        self.kill(pid)
        process, folder = self.running.pop(pid)
        process.stdin.close()
        folder.cleanup()
        return f"exit status {process.returncode}"

    def close(self):
        """End every process, the one in waiting included."""
        if self.pid != os.getpid():
            return
        if self.spare:
            process, folder, listener, _ = self.spare
            listener.close()
            self.running[process.pid], self.spare = (process, folder), None
        for pid in list(self.running):
            self.stop(pid)


def accept(listener, token, process):
    """The connection of that process, known by its token: other programs of this machine may call here too."""
    with listener:
        listener.settimeout(1.0)
        for _ in range(int(START)):
            try:
                sock, _ = listener.accept()
            except TimeoutError:
                if process.poll() is not None:
                    break
                continue
            sock.settimeout(10.0)
            with contextlib.suppress(OSError):
                said = b""
                while len(said) < len(token) and (part := sock.recv(len(token) - len(said))):
                    said += part
                if hmac.compare_digest(said, token.encode()):
                    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    return sock
            sock.close()
    raise channels.Closed("the Python process could not be started")


def main():
    """The student process's own start: prepare, connect, and answer the judge until it is killed."""
    from .shell import preload  # the judge need not import IPython
    port, token = json.loads(sys.stdin.readline())
    shell = preload()
    sock = socket.create_connection(("127.0.0.1", port))
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.sendall(token.encode())
    limits, _ = channels.Channel(sock, 1 << 16, 0).receive()
    serve(sock, shell, Limits(**limits))
