"""Plays a submission's cells in a student process, and keeps a snapshot of it for every test.

Where a process cannot be copied, the cells are played again up to the test's place instead (see `student/plain`).
All cells run, and all that they show is taken, before the first test asks anything: what the student's functions
learn from a hidden test can no longer reach a cell's output.
"""

import socket
import time
from dataclasses import dataclass

from ..errors import Unsafe
from ..limits import HURRIED, Pace
from ..notebook.calls import calls, imported_inside, owners
from ..notebook.names import keep_state
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


class Replay:
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
        self.took, self.suspects, self.endless = {}, set(), set()  # solution cells that cells and tests hang on
        self.sessions, self.lost, self.kept = [], set(), set()  # lost: solution cells whose tests failed
        self.at, self.reused, self.remembers = None, False, None  # at: (session, step) where nothing can be copied
        self.culprits, self.errors, self.outputs, self.snapshots = {}, {}, {}, {}
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

    def forward(self):
        """Run every cell once and take a snapshot for every test."""
        session = self.open()
        for n, step in enumerate(self.steps):
            try:
                if session.gone:  # it died between two cells
                    session = self.restart(n)
                if step.test is not None:
                    if self.server.snapshots:
                        self.snapshots[step.test.index] = self.snapshot(session)
                    continue
                self.run(session, step)
            except Gone as gone:
                if step.test is None and session.gone:
                    self.culprits[step.place] = gone
                if time.monotonic() > self.deadline or self.replays > self.limits.replays:
                    return

        self.frozen = True
        session.alive()  # it has made the last snapshot by the time it answers
        session.kill()

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

    def called_by(self, test):
        """The solution cells that a test calls, its own exercise's included."""
        asked = {cell.index for cell in self.lesson.needs(test)[1].values()} if self.lesson else set()
        return asked.union(*(self.called.get(index, ()) for index in asked))

    def allow_test(self, session, test):
        """Give a test its time."""
        self.allow(session, test.index, self.limits.test_seconds, self.called_by(test) & self.endless)

    def gone_in(self, test, gone):
        """Remember an exercise that was still running when a test's time was up."""
        exercise = self.lesson.exercise(test) if self.lesson else None
        if gone.status == Status.TIMEOUT and exercise is not None:
            self.endless.add(exercise.index)

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

    def session_for(self, test):
        """A session with the process as it was when the test's turn came."""
        session = self.snapshots.pop(test.index, None)
        if session is not None and self.there(session):
            copy = self.snapshot(session) if self.may_follow(test) else None
            if copy is not None and self.there(copy):
                self.snapshots[test.index], session = session, copy
            if not session.gone:
                return session
        upto = next(n for n, step in enumerate(self.steps) if step.test is test)
        if self.server.snapshots:
            return self.restart(upto)
        session, start = self.at or (None, 0)
        self.reused = session is not None and not session.gone and start <= upto
        if session is not None and not self.reused:
            session.kill()
        session = self.restart(upto, *((session, start) if self.reused else ()))
        self.at = session, upto
        return session

    def there(self, session):
        """Whether a snapshot answers."""
        try:
            if not session.greeted:
                session.greet()
            return session.alive()
        except Gone:
            return False

    def may_follow(self, test):
        """Whether a test may be asked once more, see `follow`: another copy costs less than playing the cells again."""
        exercise = self.lesson.exercise(test) if self.lesson else None
        first, self.kept = test.index not in self.kept, self.kept | {test.index}
        return first and exercise is not None and any(
            index < exercise.index for index in self.called_by(test) & self.lost)

    def done_with(self, session):
        """A test has asked all that it had to."""
        if self.server.snapshots and not session.gone:
            session.close()

    def afresh(self):
        """Whether others had asked the process of the last test before it, so that it is to have a new one."""
        again, self.reused = self.reused, False
        if again and self.remembers is None:
            self.remembers = keep_state(step.source for step in self.steps if step.test is None)
        again = again and self.remembers
        if again:
            self.at[0].kill()
            self.at = None
        return again

    def source_of(self, cell):
        """The text of the student's cells that answer a cell of the lesson."""
        return self.sources.get(cell.index, "")

    def close(self):
        """Kill everything that was started."""
        for pid in self.pids:
            try:
                self.server.stop(pid)
            except (channels.Closed, RuntimeError):
                pass
        for session in self.sessions:
            session.close()
