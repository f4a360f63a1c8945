"""What runs in the student process: it executes cells, and calls the student's functions for the judge.

It holds nothing worth stealing and decides nothing: whatever the student's code does to it, the judge believes it
only as far as "this is what the student's function returned".
"""

import contextlib
import importlib
import os
import socket
import sys
import threading
import warnings

from .channel import Channel, Closed
from .codec import Refused, encode
from .decoder import DECODERS, decode
from .effects import MESSAGE, described, rebuilt


class Server:
    """Answers the judge's messages until the channel closes."""

    def __init__(self, channel, shell, limits):
        self.channel, self.shell, self.limits = channel, shell, limits
        self.mine, self.handles = {}, {}  # the student's callables by handle, and handles by id()
        self.proxies, self.proxy_ids = {}, {}  # the judge's callables
        self.sequence, self.calls, self.pid = 0, 0, os.getpid()

    def loop(self):
        """Answer until the channel closes, then end the process."""
        try:
            while True:
                self.answer(*self.channel.receive())
        except (Closed, OSError):
            os._exit(0)

    def answer(self, message, blobs):
        """Answer one message."""
        kind, sequence = message[0], message[1]
        if kind == "run":
            error, outputs = self.run(message[2])
            self.channel.send(["ran", sequence, error, outputs])
        elif kind == "call":
            self.channel.send(*self.call(sequence, message[2], message[3], blobs))
        elif kind == "get":
            self.channel.send(*self.get(sequence, message[2]))
        elif kind == "snapshot":
            self.snapshot(sequence)
        else:  # or only whether anybody is here
            if kind == "set":
                self.shell.user_ns[message[2]] = decode(message[3], blobs, self.limits, self.borrow)
            elif kind == "import":
                import_parts(message[2])
            self.channel.send(["here", sequence])

    def run(self, source):
        """(the exception's type name or "", outputs) of a cell."""
        try:
            return self.shell.run(source, self.limits)
        except BaseException as error:  # a shell that the student has replaced may raise anything
            return type(error).__name__, []
        finally:
            if os.getpid() != self.pid:  # a child of the cell's own fork must not answer in its parent's place
                os._exit(0)

    def get(self, sequence, name):
        """The reply to a question for a global name."""
        namespace = self.shell.user_ns
        if name not in namespace:
            return ["missing", sequence], ()
        try:
            node, blobs = encode(namespace[name], self.limits, self.lend)
        except Refused as refused:
            return ["refused", sequence, str(refused)], ()
        return ["value", sequence, node], blobs

    def call(self, sequence, handle, node, blobs):
        """The reply to a call of one of the student's functions."""
        args, kwargs = decode(node, blobs, self.limits, self.borrow)
        changed, changed_blobs, caught = None, [], []
        self.calls += 1
        try:
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                answer = self.mine[handle](*args, **kwargs)
            body, blobs_out = encode(answer, self.limits, self.lend)
            kind = "value"
        except Refused as refused:
            kind, body, blobs_out = "refused", str(refused), []
        except BaseException as error:
            kind, body, blobs_out = "raised", described(error), []
        finally:
            self.calls -= 1
            if os.getpid() != self.pid:
                os._exit(0)
        if contains_mutable(node):
            try:
                changed, changed_blobs = encode((args, kwargs), self.limits, self.lend)
                after = changed_blobs[0] if len(changed_blobs) == 1 else b"".join(changed_blobs)
                if changed == node and after == blobs:
                    changed, changed_blobs = None, []
            except Refused as refused:
                kind, body, blobs_out, changed, changed_blobs = "refused", str(refused), [], None, []
        noise = [[w.category.__name__, str(w.message)[:MESSAGE]] for w in caught[:20]]
        return [kind, sequence, body, noise, changed, sum(map(len, blobs_out))], [*blobs_out, *changed_blobs]

    def lend(self, function):
        """The node of a callable: the judge's own comes back as itself, the student's gets a handle."""
        if id(function) in self.proxy_ids:
            return ["f", self.proxy_ids[id(function)]]
        handle = self.handles.get(id(function))
        if handle is None:
            handle = self.handles[id(function)] = len(self.mine)
            self.mine[handle] = function
        return ["F", handle, str(getattr(function, "__name__", "function"))[:100]]

    def borrow(self, node):
        """The callable of a node: the student's own function, or a function that asks the judge."""
        if node[0] == "F":
            return self.mine[node[1]]
        number, name = node[1], node[2]
        if number not in self.proxies:
            def proxy(*args, **kwargs):
                return self.ask(number, args, kwargs)
            proxy.__name__ = proxy.__qualname__ = name
            self.proxies[number], self.proxy_ids[id(proxy)] = proxy, number
        return self.proxies[number]

    def ask(self, number, args, kwargs):
        """Call one of the judge's functions, and answer what it asks meanwhile."""
        if not self.calls or threading.current_thread() is not threading.main_thread():
            raise RuntimeError("a function that a test handed in can only be called during that call")
        try:
            node, blobs = encode((args, kwargs), self.limits, self.lend)
        except Refused as refused:
            raise TypeError(f"this function cannot be called with {refused}") from None
        self.sequence += 1
        self.channel.send(["callback", self.sequence, number, node], blobs)
        while True:
            message, blobs = self.channel.receive()
            if message[0] == "result":
                return decode(message[1], blobs, self.limits, self.borrow, own=True)
            if message[0] == "error":
                raise rebuilt(message[1], message[2])
            self.answer(message, blobs)

    def snapshot(self, sequence):
        """Fork a copy of this process that answers on a socket of its own, as things are now."""
        self.channel.send(["ready", sequence])
        _, fds, _, _ = socket.recv_fds(self.channel.sock, 1, 1)
        if os.fork() == 0:
            self.pid = os.getpid()
            os.setsid()
            self.channel.close()
            self.channel = Channel(socket.socket(fileno=fds[0]), self.channel.text_limit, self.channel.blob_limit)
            self.channel.send(["here", 0])
        else:
            os.close(fds[0])


def import_parts(names):
    """Import those of the names that are parts of packages which every student process has imported already."""
    for name in names:
        if name.partition(".")[0] in sys.modules:
            with contextlib.suppress(Exception):
                importlib.import_module(name)


def contains_mutable(node):
    """Whether a node holds a list, a dict or an array."""
    return type(node) is list and (node[0] in ("a", "l", "d") or node[0] == "t" and any(
        contains_mutable(item) for item in node[1:]) or node[0] not in DECODERS and any(map(contains_mutable, node)))


def serve(sock, shell, limits):
    """Say hello and answer the judge for ever."""
    channel = Channel(sock, limits.value_text * 4, limits.value_bytes * 2)
    channel.send(["here", 0])
    Server(channel, shell, limits).loop()
