"""A conversation with one student process: its requests, its deadlines and its end."""

import contextlib
import os
import signal
import time

from ..student.channel import Closed, Late
from ..student.codec import Broken
from .result import Gone, Status
from .words import TOO_MANY


class Conversation:
    """With one student process, or with one snapshot of it."""

    def __init__(self, channel, limits, kill=None):
        self.channel, self.limits, self.end_process = channel, limits, kill
        self.channel.called_back = self.called_back
        self.sequence, self.deadline, self.seconds, self.gone = 0, None, 0.0, None
        self.pidfd, self.more, self.greeted = None, None, False
        self.began = self.end_of_all = 0.0

    def greet(self, seconds=10.0):
        """Wait until the process says that it is there."""
        self.greeted = True
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

    def called_back(self, message, data):
        """The process asks for a function of the judge's; here there are none."""
        raise Broken("a function that was not handed in")

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
