"""Messages over a socket: a JSON list and the bytes of its arrays, with a deadline and a size limit on reading."""

import array
import json
import os
import socket
import struct
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from ..limits import Limits
from .codec import Broken

T = TypeVar("T")
HEAD = struct.Struct("<II")


class Closed(Exception):
    """The other side has gone."""


class Late(Exception):
    """Nothing came before the deadline."""


class Channel:
    """One end of a stream socket. `send` and `receive` carry (message, blobs); one message is read at a time."""

    def __init__(self, sock: socket.socket, text_limit: int, blob_limit: int) -> None:
        self.sock, self.text_limit, self.blob_limit = sock, text_limit, blob_limit
        self.buffer, self.begun = bytearray(), False  # begun: a message has come in part

    def send(self, message: Any, blobs: Sequence[bytes] = (), deadline: float | None = None) -> None:
        """Send one message; `Late` if the other side does not take it in time."""
        text = json.dumps(message).encode()
        size = sum(map(len, blobs))
        head = HEAD.pack(len(text), size) + text
        try:
            self.sock.settimeout(remaining(deadline))
            if size < 65536:
                self.sock.sendall(b"".join([head, *blobs]))
            else:  # without one more copy
                for part in (head, *blobs):
                    self.sock.sendall(part)
        except TimeoutError:
            raise Late from None
        except OSError:
            raise Closed from None

    def receive(self, deadline: float | None = None, text_limit: int | None = None) -> tuple[Any, bytearray]:
        """(message, bytes of its arrays); raises `Closed`, `Late`, or `Broken` for what is no message."""
        text_size, blob_size = HEAD.unpack(self.take(HEAD.size, deadline))
        if text_size > (text_limit or self.text_limit) or blob_size > self.blob_limit:
            raise Broken("a message that is too large")
        self.begun = True
        text, blobs = self.take(text_size, deadline), self.take(blob_size, deadline)
        self.begun = False
        try:
            return json.loads(text), blobs
        except (ValueError, RecursionError):
            raise Broken("not JSON") from None

    def take(self, count: int, deadline: float | None) -> bytearray:
        """The next `count` bytes; what is large is read into its place at once."""
        if count > len(self.buffer) + 65536:
            data, at = bytearray(count), len(self.buffer)
            data[:at] = self.buffer
            self.buffer.clear()
            view = memoryview(data)
            while at < count:
                at += self.read(self.sock.recv_into, view[at:], deadline)
            return data
        while len(self.buffer) < count:
            self.buffer += self.read(self.sock.recv, 65536, deadline)
        data = self.buffer[:count]
        del self.buffer[:count]
        return data

    def read(self, how: Callable[[Any], T], what: Any, deadline: float | None) -> T:
        """What `how(what)` reads from the socket; `Late` after the deadline, `Closed` at the end."""
        if deadline is not None and time.monotonic() > deadline:
            raise Late  # though there may be something to read: who never stops writing has no more time than others
        try:
            self.sock.settimeout(remaining(deadline))
            part = how(what)
        except TimeoutError:
            raise Late from None
        except OSError:
            raise Closed from None
        if not part:
            raise Closed
        return part

    def peer(self, deadline: float | None = None) -> int | None:
        """A pidfd of the process that sent the first bytes, as the kernel says, whatever its namespace."""
        if not hasattr(socket, "SO_PASSCRED") or self.sock.family != socket.AF_UNIX:
            return None
        try:
            self.sock.settimeout(remaining(deadline))
            data, extra, _, _ = self.sock.recvmsg(65536, socket.CMSG_SPACE(12))
        except TimeoutError:
            raise Late from None
        except OSError:
            raise Closed from None
        if not data:
            raise Closed
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
        self.buffer += data
        for level, kind, content in extra:
            if level == socket.SOL_SOCKET and kind == socket.SCM_CREDENTIALS:
                pid = array.array("i", content)[0]
                try:
                    return os.pidfd_open(pid) if pid > 0 else None
                except OSError:
                    return None
        return None

    def close(self) -> None:
        """Close this end."""
        self.sock.close()


def remaining(deadline: float | None) -> float | None:
    """Seconds left for a socket's timeout (None: for ever; never 0, which would mean: do not block)."""
    return None if deadline is None else max(deadline - time.monotonic(), 0.001)


def pair(limits: Limits) -> tuple[Channel, socket.socket]:
    """(the judge's channel, the student's socket); the judge's learns who speaks first."""
    mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    for end in (mine, theirs):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
    if hasattr(socket, "SO_PASSCRED"):
        mine.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
    return Channel(mine, limits.value_text, limits.value_bytes), theirs
