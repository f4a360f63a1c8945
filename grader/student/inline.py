"""The student's code in this very interpreter, where there are no processes (a browser): see also `plain`."""

import builtins
import contextlib
import gc
import getpass
import itertools
import json
import os
import random
import sys
from collections import deque

from . import ENVIRONMENT
from . import channel as channels
from .server import Server
from .shell import Shell, new_shell


class InlineServer:
    """The student's code in this very interpreter, in a namespace of its own, for self-study: a browser has no
    processes. A loop without an end is not ended here, but by whoever ends the interpreter."""

    snapshots = False

    def __init__(self):
        self.numbers, self.kept = itertools.count(1), {}

    def usable(self):
        """Always."""
        return True

    def start(self, limits):
        """(channel, a number, layers: none, why: nothing) of a new shell; it ends the one before."""
        self.close()
        gc.freeze()  # what is there already need not be looked through for what a shell leaves behind
        number = next(self.numbers)
        with contextlib.ExitStack() as stack:
            stack.enter_context(alone())
            shell = new_shell()
            self.kept[number] = stack.pop_all()
        return InlineChannel(shell, limits), number, [], {}

    def kill(self, number):
        """Give the interpreter back to what ran in it before."""
        if number in self.kept:
            self.kept.pop(number).close()
            gc.collect()  # a shell holds itself, and with it all that its cells made
            gc.unfreeze()

    def stop(self, number):
        """End a shell; nothing is to be said of how it ended."""
        self.kill(number)
        return ""

    def close(self):
        """End every shell."""
        for number in list(self.kept):
            self.kill(number)


@contextlib.contextmanager
def alone():
    """For a while this interpreter has no other shell, and afterwards all that the new one took is as it was."""
    import numpy
    line = list(Shell._walk_mro())
    before = {kind: kind._instance for kind in line}
    held = {name: getattr(sys, name, None) for name in (
        "stdout", "stderr", "displayhook", "excepthook", "path",
        "last_exc", "last_type", "last_value", "last_traceback")}
    names = {name: getattr(builtins, name) for name in ("input", "get_ipython", "display") if hasattr(builtins, name)}
    main_module, asked, mode = sys.modules["__main__"], getpass.getpass, os.environ.get("NBGRADER_EXECUTION")
    os.environ["NBGRADER_EXECUTION"] = ENVIRONMENT["NBGRADER_EXECUTION"]
    numbers, arrays = random.getstate(), numpy.random.get_state()
    for kind in line:
        kind._instance = None
    sys.path = list(sys.path)
    try:
        yield
    finally:
        for kind, shell in before.items():
            kind._instance = shell
        for name, value in held.items():
            setattr(sys, name, value)
        for name in ("get_ipython", "display"):
            if name not in names and hasattr(builtins, name):
                delattr(builtins, name)
        for name, value in names.items():
            setattr(builtins, name, value)
        sys.modules["__main__"], getpass.getpass = main_module, asked
        os.environ.pop("NBGRADER_EXECUTION")
        os.environ.update({"NBGRADER_EXECUTION": mode} if mode else {})
        random.setstate(numbers)
        numpy.random.set_state(arrays)


class InlineChannel:
    """The judge's end of a channel to a shell in the same interpreter: what is sent is answered at once."""

    def __init__(self, shell, limits):
        self.out, self.back = deque([(["here", 0], b"")]), deque()
        self.server, self.called_back, self.begun = Server(Answers(self), shell, limits), None, False  # see `Session`

    def send(self, message, blobs=(), deadline=None):
        """A message of the judge's; while the student's function runs, the answer to what it asked."""
        if self.server is None:
            raise channels.Closed
        message, data = json.loads(json.dumps(message)), b"".join(blobs)
        if message[0] in ("result", "error"):
            self.back.append((message, data))
        else:
            self.server.answer(message, data)

    def receive(self, deadline=None, text_limit=None):
        """The next message; all there are were made by `send`."""
        if not self.out:
            raise channels.Closed
        return self.out.popleft()

    def peer(self, deadline=None):
        """No process is on the other side."""
        return None

    def close(self):
        """Let go of the shell, and with it of all that its cells made."""
        self.server = None


class Answers:
    """The student's end of an `InlineChannel`."""

    def __init__(self, judge):
        self.judge = judge

    def send(self, message, blobs=()):
        """An answer, or a question of the student's that is answered at once."""
        message, data = json.loads(json.dumps(message)), b"".join(blobs)
        if message[0] == "callback":
            self.judge.called_back(message, data)
        else:
            self.judge.out.append((message, data))

    def receive(self):
        """What the judge has answered."""
        return self.judge.back.popleft()
