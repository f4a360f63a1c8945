"""Grades notebooks in a Python that lacks what Windows lacks, and prints their rows as JSON.

    python without_posix.py plain|inline SOLUTION NOTEBOOK…
"""

import builtins
import importlib.abc
import json
import os
import pathlib
import signal
import socket
import sys

ABSENT = ("fcntl", "grp", "pwd", "resource", "termios")


class Absent(importlib.abc.MetaPathFinder):
    """Modules that are not there."""

    def find_spec(self, name, path=None, target=None):
        if name in ABSENT:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def take_away():
    """What only POSIX has: modules, calls, signals but SIGTERM and SIGINT, sockets of the machine's own, /proc."""
    for name in ABSENT:
        sys.modules.pop(name, None)
    sys.meta_path.insert(0, Absent())
    for name in ("fork", "setsid", "geteuid", "getuid", "getgid", "getppid", "killpg", "waitid", "pidfd_open"):
        if hasattr(os, name):
            delattr(os, name)
    for name in [name for name in vars(signal) if name.startswith("SIG") and name.isupper()]:
        if name not in ("SIGTERM", "SIGINT"):
            delattr(signal, name)
    del signal.pidfd_send_signal
    for name in ("AF_UNIX", "send_fds", "recv_fds", "SO_PASSCRED", "SCM_CREDENTIALS"):
        if hasattr(socket, name):
            delattr(socket, name)
    opened, listed = builtins.open, os.listdir

    def refuse(path, inner, *args, **kw):
        if isinstance(path, (str, os.PathLike)) and str(path).startswith("/proc"):
            raise FileNotFoundError(path)
        return inner(path, *args, **kw)

    builtins.open = lambda path, *args, **kw: refuse(path, opened, *args, **kw)
    os.listdir = lambda path=".", *args: refuse(path, listed, *args)


def main(how, solution, *notebooks):
    take_away()
    from grader.judge import grade as judge
    from grader.judge import servers
    from grader.student import inline
    if how == "inline":
        servers.server_kind = lambda: inline.InlineServer
    assert servers.server_kind() is not None and servers.server_kind().snapshots is False
    rows = []
    for path in notebooks:
        graded = judge.grade(pathlib.Path(path).read_bytes(), pathlib.Path(solution).read_bytes(), unsafe=True)
        rows.append([[row.test, row.score, row.status, row.hint, row.message] for row in graded.tests])
    servers.close()
    assert "grader.sandbox.syscalls" not in sys.modules
    print(json.dumps(rows))


if __name__ == "__main__":
    main(*sys.argv[1:])
