"""What starts student processes for this process: one server, the kind that this machine offers."""

import atexit
import os
import sys

_server = None
_trunk = None  # a fork server for this process's workers to be forked from, see `shared`


@atexit.register
def close():
    """End this process's server of student processes; it ends by itself when this process does."""
    global _server
    if _server is not None:
        _server.close()
        _server = None


def server():
    """What starts student processes for this one, made if need be; call it early to have the first grade at once."""
    global _server
    if _server is None or not _server.usable():
        close()
        _server = branch() or server_kind()()
    return _server


def shared():
    """Start what the servers of all processes forked from this one will have in common, where there is such a kind."""
    global _trunk
    if server_kind().snapshots and _trunk is None:
        _trunk = server_kind()()


def branch():
    """A server made from what is shared, or None where there is none any more."""
    global _trunk
    try:
        return type(_trunk)(trunk=_trunk) if _trunk else None
    except OSError:
        _trunk = None
        return None


def server_kind():
    """How the student's code is run here: sandboxed forks, plain subprocesses, or in this interpreter."""
    if sys.platform == "linux" and hasattr(os, "fork"):
        from ..student.forkserver import ForkServer
        return ForkServer
    from ..student import inline, plain
    return inline.InlineServer if sys.platform in ("emscripten", "wasi") else plain.PlainServer
