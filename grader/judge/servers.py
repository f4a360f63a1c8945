"""What starts student processes for this process: one server, the kind that this machine offers."""

import atexit
import os
import sys

_server = None


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
        _server = server_kind()()
    return _server


def server_kind():
    """How the student's code is run here: sandboxed forks, plain subprocesses, or in this interpreter."""
    if sys.platform == "linux" and hasattr(os, "fork"):
        from ..student.forkserver import ForkServer
        return ForkServer
    from ..student import inline, plain
    return inline.InlineServer if sys.platform in ("emscripten", "wasi") else plain.PlainServer
