"""What a test asks a student process: proxies for the student's functions, and callables lent to them."""

import builtins
import inspect
import warnings

from crease import check

from ..notebook import sanitize
from ..student.codec import Broken, Refused, encode
from ..student.decoder import decode
from ..student.effects import described, rebuilt, update
from .conversation import Conversation
from .result import Fault, Missing, Status
from .words import KNOWN, PLAIN, TOO_MANY

NEST = 20  # a test's function that calls the student's function that calls …


class Session(Conversation):
    """A conversation whose answers are values and functions."""

    def __init__(self, channel, limits, kill=None):
        super().__init__(channel, limits, kill)
        self.hidden, self.asked, self.refused = False, False, ""
        self.given, self.numbers, self.active = [], {}, []  # the judge's callables; those the student may call now
        self.proxies, self.lent = {}, set()

    def fetch(self, name, source=""):
        """The student's object of that name: plain data, or a proxy. `source` is the text of its cell."""
        reply, data = self.exchange("get", name)
        self.asked = True
        if reply[0] == "missing":
            raise Missing(name)
        kind, body = self.safely(lambda: (reply[0], reply[2]))
        if kind == "refused":
            self.refuse(f"`{name}` is", body)
        return self.safely(lambda: decode(body, data, self.limits, lambda node: self.callable_of(node, source)))

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
            if kwargs and not inspect.isfunction(self.given[number]):  # dtype=, out=: NumPy's own are not a test's
                raise TypeError(f"this function takes no argument {next(iter(kwargs))!r} here")
            answer, blobs = encode(self.given[number](*args, **kwargs), self.limits, self.node_of)
        except Refused as refused:
            answer = TypeError(f"this function returned {refused}")
        except Exception as error:
            answer = error
        if isinstance(answer, Exception):
            self.channel.send(["error", *described(answer)], (), self.deadline)
        else:
            self.channel.send(["result", answer], blobs, self.deadline)
