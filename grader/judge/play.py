"""Plays a submission's cells in student processes: which ran, what they showed, what ended them."""

import socket
import time
from dataclasses import dataclass

from ..errors import Unsafe
from ..limits import HURRIED, Pace
from ..notebook.calls import calls, imported_inside, owners
from ..sandbox import box
from ..student import channel as channels
from .result import Gone, Status
from .session import Session


@dataclass
class Step:
    """A cell to run (`source`, at `place` in the notebook), or the moment of a test."""

    place: int
    source: str = ""
    test: object = None
    cell: int | None = None  # of the lesson, which it answers


class Play:
    """One submission's student processes: at first one, and another after each that died."""

    def __init__(self, server, steps, limits, sources, unsafe=False, lesson=None, reference=None):
        self.server, self.steps, self.limits, self.sources, self.unsafe = (
            server, steps, limits, sources, unsafe)
        self.deadline = time.monotonic() + limits.notebook_seconds
        self.why = {}  # layer -> why it does not hold
        self.pids, self.layers, self.replays, self.faults, self.frozen = [], [], 0, [], False
        # reference() -> {index of a cell: seconds that the lesson's own takes}; where it is None, the caps hold alone
        self.lesson, self.reference = lesson, reference
        self.owner = {name: cell.index for cell in lesson.solutions for name in cell.binds} if lesson else {}
        self.called = calls(self.owner, sources)
        self.took, self.suspects, self.sessions = {}, set(), []  # suspects: solution cells that cells hang on
        self.culprits, self.errors, self.outputs = {}, {}, {}
        # A function that imports does so again in every test's copy: a second or so for some of SciPy's parts.
        self.late = imported_inside(step.source for step in steps if step.test is None) if server.snapshots else []

    def open(self):
        """A session with a new student process."""
        if time.monotonic() > self.deadline:
            raise Gone(Status.TIMEOUT, f"The notebook's {self.limits.notebook_seconds:g} seconds were used up.")
        if self.replays > self.limits.replays:
            raise Gone(Status.CRASHED, "Your notebook ended the Python process again and again.")
        channel, pid, self.layers, self.why = self.server.start(self.limits)
        self.replays += 1
        self.pids.append(pid)
        if not box.enough(self.layers) and not self.unsafe:
            raise Unsafe("No sandbox keeps a submission from other people's files here. "
                         + " ".join(box.missing(self.layers, self.why).values()))
        session = self.talk(channel, None if self.server.snapshots else lambda: self.server.kill(pid))
        session.greet()
        if self.late:
            session.allow(self.limits.cell_seconds, self.deadline)
            try:
                session.exchange("import", self.late)
            except Gone:  # the tests will see what comes of it
                self.late = []
                return self.open()
        return session

    def talk(self, channel, kill=None):
        """A session over a channel, to be closed with everything else."""
        self.sessions.append(Session(channel, self.limits, kill))
        return self.sessions[-1]

    def reads(self, source):
        """The solution cells that a text calls, directly or through others."""
        direct = owners(source, self.owner)
        return direct.union(*(self.called.get(index, ()) for index in direct))

    def allow(self, session, cell, cap, hurried):
        """Give a cell or a test its time; less, if it calls what was found never to end."""
        pace = HURRIED if hurried else Pace()
        first = min(pace.least, cap)

        def more():
            known = self.reference().get(cell)
            return min(cap, pace.unknown if known is None else pace.times * known) - first

        session.allow(first if self.reference else cap, self.deadline, more if self.reference and first < cap else None)

    def run(self, session, step):
        """Run one cell, and keep what it showed the first time."""
        self.allow(session, step.cell, self.limits.cell_seconds, self.reads(step.source) & self.suspects)
        try:
            self.errors[step.place], shown = session.run(step.source)
        except Gone as gone:
            if gone.status == Status.TIMEOUT:
                self.suspects |= self.reads(step.source)
            raise
        self.took[step.cell] = max(self.took.get(step.cell, 0), time.monotonic() - session.began)
        if not self.frozen:
            self.outputs.setdefault(step.place, shown)

    def restart(self, upto, session=None, start=0):
        """A session with a process that has run the cells before step `upto`, those that ended one left out.

        session: one that has run the cells before step `start`, to go on with; otherwise it is a new one.
        """
        while True:
            session, start = (session, start) if session else (self.open(), 0)
            for step in self.steps[start:upto]:
                if step.test is None and step.place not in self.culprits:
                    try:
                        self.run(session, step)
                    except Gone as gone:
                        self.culprits[step.place] = gone
                        session = None
                        break
            else:
                return session

    def snapshot(self, session):
        """A session with a copy of the process as it is now; None if it died."""
        mine, theirs = channels.pair(self.limits)
        try:
            session.allow(10, self.deadline + 10)
            session.exchange("snapshot")
            socket.send_fds(session.channel.sock, [b"."], [theirs.fileno()])
            return self.talk(mine)
        except (Gone, OSError):
            mine.close()
            return None
        finally:
            theirs.close()

    def there(self, session):
        """Whether a snapshot answers."""
        try:
            if not session.greeted:
                session.greet()
            return session.alive()
        except Gone:
            return False

    def close(self):
        """Kill everything that was started."""
        for pid in self.pids:
            try:
                self.server.stop(pid)
            except (channels.Closed, RuntimeError):
                pass
        for session in self.sessions:
            session.close()
