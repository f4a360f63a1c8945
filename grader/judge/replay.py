"""The student process that each test asks: a snapshot as the cells left it when the test's turn came.

Code that plainly cannot remember what it was asked needs one for all of them, and another after each failure.
Where a process cannot be copied (see `student/plain`), the cells are played again up to the test's place instead, but
for such code: the process that has run them all answers every test.
All cells run, and all that they show is taken, before the first test asks anything: what the student's functions
learn from a hidden test can no longer reach a cell's output.
"""

import time
from functools import cached_property

from ..notebook.names import defines, used
from ..notebook.state import in_order, keep_state
from .play import Play
from .result import Gone, Status


class Replay(Play):
    """One submission's student processes, as its tests ask for them."""

    def __init__(self, server, *rest, **more):
        super().__init__(server, *rest, **more)
        self.endless, self.lost, self.kept = set(), set(), set()  # lost: solution cells whose tests failed
        self.at, self.reused, self.snapshots = None, False, {}  # at: (session, step) where nothing can be copied
        self.one = self.one_will_do()
        self.played, self.shared = None, None  # where one will do: the process that has run all cells, and its copy

    def forward(self):
        """Run every cell once, and take a snapshot for every test, or one for all."""
        session = self.open()
        for n, step in enumerate(self.steps):
            if step.place in self.culprits:
                continue
            try:
                if session.gone:  # it died between two cells
                    session = self.restart(n)
                self.take(session, step)
            except Gone as gone:
                if step.test is None and session.gone:
                    self.culprits[step.place] = gone
                if time.monotonic() > self.deadline or self.replays > self.limits.replays:
                    return
                if self.one:  # each test so far would have to play the cells again, for itself
                    self.one = False
                    return self.forward()
        self.frozen = True
        alive = session.alive()  # it has made the last snapshot by the time it answers
        if alive and self.one and self.server.snapshots:
            self.played = session
        elif alive and self.one:
            self.at = session, len(self.steps)
        else:
            session.kill()

    def take(self, session, step):
        """Run a cell, or make what a test will ask."""
        if step.test is None:
            self.run(session, step)
        elif self.server.snapshots and not self.one:
            self.snapshots[step.test.index] = self.snapshot(session)

    @cached_property
    def remembers(self):
        """Whether what the submission defines might remember what it was asked."""
        own = {cell.source for cell in self.lesson.cells} if self.lesson else ()
        return keep_state([step.source for step in self.steps if step.test is None], own)

    def one_will_do(self):
        """Whether every test may ask one snapshot of the process that has run all cells."""
        return self.lesson is not None and not self.remembers and in_order(
            (set(), set(self.lesson.needs(step.test)[1])) if step.test else (defines(step.source), used(step.source))
            for step in self.steps)

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

    def session_for(self, test, own=False):
        """A session with the process as it was when the test's turn came.

        own: one that no other test has asked, nor will ask.
        """
        if self.played:
            if self.shared and not own and getattr(self.lesson.exercise(test), "index", None) in self.lost:
                self.shared.kill()  # it will fail as the other test of its exercise did, and would be asked again
                self.shared = None
            self.reused = self.shared is not None and not own
            session = self.shared if self.reused else self.snapshot(self.played)
            self.shared = self.shared if own else session
            if session is not None and self.there(session):
                return session
            self.shared, self.played = None, self.played if self.reused else None
            return self.session_for(test, own)
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
        upto = len(self.steps) if self.one and not own else upto
        self.reused = session is not None and not session.gone and start <= upto
        if session is not None and not self.reused:
            session.kill()
        session = self.restart(upto, *((session, start) if self.reused else ()))
        self.at = session, upto
        return session

    def may_follow(self, test):
        """Whether a test may be asked once more, see `follow`: another copy costs less than playing the cells again."""
        exercise = self.lesson.exercise(test) if self.lesson else None
        first, self.kept = test.index not in self.kept, self.kept | {test.index}
        return first and exercise is not None and any(
            index < exercise.index for index in self.called_by(test) & self.lost)

    def done_with(self, session):
        """A test has asked all that it had to."""
        if session.gone:
            self.shared = None if session is self.shared else self.shared
        elif self.server.snapshots and session is not self.shared:
            session.close()

    def doubted(self):
        """Whether others have asked the process before this test, so that what fails is asked again of a new one."""
        return self.reused and (self.shared is not None or self.remembers)

    def afresh(self):
        """Whether the last test is in doubt; it is to have a process of its own then."""
        again, self.reused = self.doubted(), False
        if again:
            (self.shared or self.at[0]).kill()
            self.shared = self.at = None
        return again

    def close(self):
        """Kill everything that was started; nothing is in doubt any more, whoever still asks."""
        self.reused = False
        super().close()

    def source_of(self, cell):
        """The text of the student's cells that answer a cell of the lesson."""
        return self.sources.get(cell.index, "")
