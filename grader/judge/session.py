"""The judge's side of a student process: proxies for the student's functions, and callables lent to them."""

import builtins
import contextlib
import os
import signal
import time
import warnings

from crease import check

from ..notebook import sanitize
from ..student.channel import Closed, Late
from ..student.codec import Broken, Refused, decode, encode
from ..student.effects import described, rebuilt, update
from .result import Fault, Gone, Missing, Status
from .words import KNOWN, PLAIN, TOO_MANY

NEST = 20  # a test's function that calls the student's function that calls …


class Session:
    """A conversation with one student process, or with one snapshot of it."""

    def __init__(self, channel, limits, kill=None):
        self.channel, self.limits, self.end_process = channel, limits, kill
        self.channel.called_back = self.called_back
        self.sequence, self.deadline, self.seconds, self.gone = 0, None, 0.0, None
        self.hidden, self.asked, self.refused = False, False, ""
        self.given, self.numbers, self.active = [], {}, []  # the judge's callables; those the student may call now
        self.proxies, self.sources = {}, {}
        self.pidfd, self.more, self.lent = None, None, set()
        self.began = self.end_of_all = 0.0

    def greet(self, seconds=10.0):
        """Wait until the process says that it is there."""
        try:
            self.pidfd = self.channel.peer(time.monotonic() + seconds)
            self.channel.receive(time.monotonic() + seconds)
        except (Closed, Late, Broken):
            self.end(Status.CRASHED, "The Python process could not be started.")

    def end(self, status, hint):
        """Kill the process, remember why, and say so."""
        self.kill()
        self.gone = self.gone or Gone(status, hint)
        raise self.gone

    def kill(self):
        """Kill the process."""
        if self.pidfd is not None:
            with contextlib.suppress(OSError):
                signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
        if self.end_process:
            self.end_process()
        self.close()

    def close(self):
        """Close the channel; the process goes when it notices."""
        self.channel.close()
        if self.pidfd is not None:
            os.close(self.pidfd)
            self.pidfd = None

    def exchange(self, kind, *parts, blobs=(), text_limit=None):
        """Send one request and return (reply, its bytes), serving the student's calls of the judge's functions."""
        if self.gone:
            raise self.gone
        self.sequence += 1
        sequence = self.sequence
        try:
            self.channel.send([kind, sequence, *parts], blobs, self.deadline)
            if self.gone:  # in the same interpreter the answer is there, and what it led to, when this returns
                raise self.gone
            for _ in range(self.limits.callbacks + 1):
                reply, data = self.receive(text_limit)
                if type(reply) is not list or len(reply) < 2 or type(reply[0]) is not str or type(reply[1]) is not int:
                    raise Broken("not a reply")
                if reply[0] == "callback":
                    self.called_back(reply, data)
                elif reply[1] == sequence:
                    return reply, data
                elif reply[1] > sequence:
                    raise Broken("not a reply to this")
        except Closed:
            self.end(Status.CRASHED, "Your code ended the Python process: an exit, a crash, or too little memory.")
        except Late:
            self.end(Status.TIMEOUT, f"Your code was still running when its {self.seconds:.3g} seconds were up. "
                                "Look for a loop that never ends.")
        except (Broken, IndexError, TypeError, ValueError, KeyError):
            self.end(Status.CRASHED, "Your code disturbed the Python process that runs it.")
        self.end(Status.FAILED, TOO_MANY.format(self.limits.callbacks))

    def run(self, source):
        """(the exception's type name or "", outputs as they came) of one cell."""
        room = self.limits.output_bytes * 7 + self.limits.picture_bytes * 2 + 100_000
        reply, _ = self.exchange("run", source, text_limit=room)
        if len(reply) != 4 or type(reply[2]) is not str or type(reply[3]) is not list:
            self.end(Status.CRASHED, "Your code disturbed the Python process that runs it.")
        return reply[2], reply[3]

    def receive(self, text_limit):
        """The next message; once the time is up, what `more` gives is added to it."""
        while True:
            try:
                return self.channel.receive(self.deadline, text_limit)
            except Late:
                more, self.more = self.more, None
                extra = more() if more and not self.channel.begun else 0
                if extra <= 0:
                    raise
                self.seconds += extra
                # It may have answered while its time was looked up; and then that is still to be read.
                self.deadline = min(max(self.deadline + extra, time.monotonic() + 0.5), self.end_of_all)

    def allow(self, seconds, end, more=None):
        """Give the process this long from now, but never beyond `end`; `more()` is asked for further seconds then."""
        self.seconds, self.more, self.end_of_all = max(min(seconds, end - time.monotonic()), 0), more, end
        self.began = time.monotonic()
        self.deadline = self.began + self.seconds

    def alive(self):
        """Whether the process still answers."""
        try:
            if self.pidfd is not None:
                signal.pidfd_send_signal(self.pidfd, signal.SIGCONT)
            self.allow(2, time.monotonic() + 2)
            self.exchange("ping")
            return True
        except (Gone, OSError):
            return False

    def fetch(self, name, source=""):
        """The student's object of that name: plain data, or a proxy. `source` is the text of its cell."""
        reply, data = self.exchange("get", name)
        self.asked = True
        if reply[0] == "missing":
            raise Missing(name)
        if reply[0] == "refused":
            self.refuse(f"`{name}` is", reply[2])
        return self.safely(lambda: decode(reply[2], data, self.limits, lambda node: self.callable_of(node, source)))

    def lend(self, name, function):
        """Put a function of the judge's in place of what the student's process has under that name."""
        node = self.node_of(function)
        self.lent.add(node[1])
        self.exchange("set", name, node)

    def refuse(self, what, text):
        """Fail the test, because what came back is no data; of its type only harmless words are said."""
        text = " ".join(str(text).split())[:80]
        if text not in KNOWN and (self.hidden or not text.startswith("a")):
            text = "an object that is no plain data"
        self.refused = f"{what} {text}. {PLAIN}".replace("`", "")
        raise check.Failure(f"{what} {text}, which cannot be compared.", self.refused)

    def safely(self, build):
        """What `build` makes of a reply; a malformed one ends the process."""
        try:
            return build()
        except (Broken, IndexError, TypeError, ValueError, KeyError, OverflowError):
            self.end(Status.CRASHED, "Your code disturbed the Python process that runs it.")

    def callable_of(self, node, source=""):
        """The callable of a node: the judge's own object again, or a proxy for the student's."""
        tag, number = node[0], node[1]
        if type(number) is not int or number < 0:
            raise Broken("not a callable")
        if tag == "f":
            return self.given[number]
        if number not in self.proxies:
            def proxy(*args, **kwargs):
                return self.call(number, args, kwargs)
            proxy.__name__ = proxy.__qualname__ = str(node[2])[:100] if len(node) > 2 else "function"
            setattr(proxy, check.SOURCE, source)
            proxy.__crease_handle__ = self, number
            self.proxies[number] = proxy
        return self.proxies[number]

    def node_of(self, function):
        """The node of a callable that goes to the student."""
        session, handle = getattr(function, "__crease_handle__", (None, 0))
        if session is self:
            return ["F", handle]
        if id(function) not in self.numbers:
            self.numbers[id(function)] = len(self.given)
            self.given.append(function)
        number = self.numbers[id(function)]
        if self.active:
            self.active[-1].setdefault(number, 0)
        return ["f", number, str(getattr(function, "__name__", "function"))[:100]]

    def call(self, handle, args, kwargs):
        """Call the student's function on data; changes of the arguments, warnings and exceptions come back."""
        if len(self.active) >= NEST:
            raise RecursionError("functions that call each other without end")
        self.asked = True
        self.active.append({})
        try:
            node, blobs = encode((args, kwargs), self.limits, self.node_of)
            reply, data = self.exchange("call", handle, node, blobs=blobs)
            kind, body, noise, changed = self.safely(lambda: self.unpack(reply, data))
        except Exception as error:
            raise Fault(f"{type(error).__name__}: {error}") from error
        finally:
            self.active.pop()
        if changed is not None:
            update((args, kwargs), changed)
        for category, text in noise:
            warnings.warn(text, category, stacklevel=3)
        if kind == "refused":
            self.refuse("The answer is", body)
        if kind == "raised":
            raise body
        return body

    def unpack(self, reply, data):
        """(kind, body, warnings, arguments as the call left them or None) of the reply to a call."""
        kind, _, body, noise, changed, split = reply
        if kind == "value":
            body = decode(body, memoryview(data)[:split], self.limits, self.callable_of, own=True)
        elif kind == "raised":
            body = rebuilt(body[0], sanitize.text(body[1], 500))
        elif kind != "refused":
            raise Broken("not a reply to a call")
        if changed is not None:
            changed = decode(changed, memoryview(data)[split:], self.limits, self.callable_of)
        found = []
        for name, text in noise[:20]:
            category = getattr(builtins, name, None)
            if isinstance(category, type) and issubclass(category, Warning):
                found.append((category, sanitize.text(text, 500)))
        return kind, body, found, changed

    def called_back(self, message, data):
        """Call the judge's function that the student's function was given, and send what it returns or raises."""
        _, _, number, node = message
        counts = self.active[-1] if self.active else {}
        if number not in counts and not (self.active and number in self.lent):
            raise Broken("a function that was not handed in")
        counts[number] = counts.get(number, 0) + 1
        if counts[number] > self.limits.callbacks:
            self.end(Status.FAILED, TOO_MANY.format(self.limits.callbacks))
        args, kwargs = decode(node, data, self.limits, self.callable_of, own=True)
        try:
            answer, blobs = encode(self.given[number](*args, **kwargs), self.limits, self.node_of)
        except Refused as refused:
            answer = TypeError(f"this function returned {refused}")
        except Exception as error:
            answer = error
        if isinstance(answer, Exception):
            self.channel.send(["error", *described(answer)], (), self.deadline)
        else:
            self.channel.send(["result", answer], blobs, self.deadline)
