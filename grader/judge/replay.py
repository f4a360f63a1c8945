"""Plays a submission's cells in a student process, and keeps a snapshot of it for every test.

All cells run, and all that they show is taken, before the first test asks anything: what the student's functions
learn from a hidden test can no longer reach a cell's output.
"""

import socket
import time
from dataclasses import dataclass

from ..errors import Unsafe
from ..sandbox import box
from ..student import channel as channels
from .result import Gone
from .session import Session


@dataclass
class Step:
    """A cell to run (`source`, at `place` in the notebook), or the moment of a test."""

    place: int
    source: str = ""
    test: object = None


class Replay:
    """One submission's student processes: at first one, and another after each that died."""

    def __init__(self, forkserver, steps, limits, sources, unsafe=False):
        self.forkserver, self.steps, self.limits, self.sources, self.unsafe = (
            forkserver, steps, limits, sources, unsafe)
        self.deadline = time.monotonic() + limits.notebook_seconds
        self.why = {}  # layer -> why it does not hold
        self.pids, self.layers, self.replays, self.faults, self.frozen = [], [], 0, [], False
        self.sessions = []
        self.culprits, self.errors, self.outputs, self.snapshots = {}, {}, {}, {}

    def open(self):
        """A session with a new student process."""
        if time.monotonic() > self.deadline:
            raise Gone("timeout", f"The notebook's {self.limits.notebook_seconds:g} seconds were used up.")
        if self.replays > self.limits.replays:
            raise Gone("crashed", "Your notebook ended the Python process again and again.")
        channel, pid, self.layers, self.why = self.forkserver.start(self.limits)
        self.replays += 1
        self.pids.append(pid)
        if not box.enough(self.layers) and not self.unsafe:
            raise Unsafe("No sandbox keeps a submission from other people's files here. "
                         + " ".join(box.missing(self.layers, self.why)))
        session = self.talk(channel)
        session.greet()
        return session

    def talk(self, channel):
        """A session over a channel, to be closed with everything else."""
        self.sessions.append(Session(channel, self.limits))
        return self.sessions[-1]

    def forward(self):
        """Run every cell once and take a snapshot for every test."""
        session = self.open()
        for n, step in enumerate(self.steps):
            try:
                if session.gone:  # it died between two cells
                    session = self.restart(n)
                if step.test is not None:
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

    def run(self, session, step):
        session.allow(self.limits.cell_seconds, self.deadline)
        self.errors[step.place], shown = session.run(step.source)
        if not self.frozen:
            self.outputs.setdefault(step.place, shown)

    def restart(self, upto):
        """A session with a new process that has run the cells before step `upto`, those that ended one left out."""
        while True:
            session = self.open()
            for step in self.steps[:upto]:
                if step.test is None and step.place not in self.culprits:
                    try:
                        self.run(session, step)
                    except Gone as gone:
                        self.culprits[step.place] = gone
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
        if session is not None:
            try:
                session.greet()
            except Gone:
                pass
            if session.alive():
                return session
        upto = next(n for n, step in enumerate(self.steps) if step.test is test)
        return self.restart(upto)

    def source_of(self, cell):
        """The text of the student's cells that answer a cell of the lesson."""
        return self.sources.get(cell.index, "")

    def close(self):
        """Kill everything that was started."""
        for pid in self.pids:
            try:
                self.forkserver.stop(pid)
            except (channels.Closed, RuntimeError):
                pass
        for session in self.sessions:
            session.close()
