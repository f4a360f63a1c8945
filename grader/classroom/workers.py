"""The workers of a run: `in_processes` is the one place where submissions are given out and results come back."""

import itertools
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import forkserver
from typing import TypeVar

from ..judge.result import Kind, Note, TestResult
from ..limits import Limits

# One notebook, in a worker: the student's processes have limits of their own (`Limits.notebook_seconds`, played twice
# at most where the fork server dies), the lesson's trainings take some ten seconds.
OWN_SECONDS, WALL_SECONDS = 240.0, 2 * Limits.notebook_seconds + 300
T = TypeVar("T")
R = TypeVar("R")


@dataclass
class GradingTask:
    """One submission to grade: everything a worker needs, as bytes."""

    student: str
    lesson: str
    data: bytes
    source: bytes
    unsafe: bool
    digest: str


@dataclass
class GradedSubmission:
    """What a worker hands back: the results, the autograded notebook and the feedback page as text."""

    tests: list[TestResult]
    notes: list[Note]
    notebook: str
    page: str


def grade_one(task: GradingTask) -> GradedSubmission:
    """A worker's part: grade one task -> `GradedSubmission`; one without tests where the grader itself failed."""
    import nbformat

    from ..errors import Unsafe
    from ..judge.feedback import feedback
    from ..judge.grade import grade
    deadline(OWN_SECONDS, WALL_SECONDS)
    try:
        graded = grade(task.data, task.source, unsafe=task.unsafe)
        page = feedback(task.student, task.lesson, graded.tests, graded.notebook, graded.notes, task.source)
        return GradedSubmission(graded.tests, graded.notes, nbformat.writes(graded.notebook), page)
    except Unsafe:
        raise
    except (Exception, SystemExit) as error:
        return GradedSubmission([], [Note(Kind.FAULT, f"The grader failed: {type(error).__name__}: {error}")], "", "")
    finally:
        deadline(0, 0)


def deadline(own: float, wall: float) -> None:
    """Let the system end this process after so many seconds of its own, or of the clock; 0 takes it back.

    What reads a submission is bounded already; this is for what nobody foresaw. A signal's default action ends even
    what never comes back to Python; the submission is tried once more, alone, and then named (`in_processes`).
    """
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        for timer, number, seconds in ((signal.ITIMER_PROF, signal.SIGPROF, own),
                                       (signal.ITIMER_REAL, signal.SIGALRM, wall)):
            signal.signal(number, signal.SIG_DFL)
            signal.setitimer(timer, seconds)


class Workers:
    """Up to so many processes that do a run's work, started when there is some, anew where they died.

    They end with this process, and at once where it is interrupted.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, kind: object, *about: object) -> None:
        if self.pool and kind:
            for child in multiprocessing.active_children():
                child.kill()
        if self.pool:
            self.pool.shutdown(wait=not kind, cancel_futures=bool(kind))

    def submit(self, work: Callable[[T], R], task: T) -> Future[R]:
        """Give a task to a process."""
        if self.pool is None:
            self.pool = ProcessPoolExecutor(self.most, context(), initializer=worker)
        return self.pool.submit(work, task)

    def died(self) -> None:
        """Start anew with the next task."""
        if self.pool:
            self.pool.shutdown()
        self.pool = None


def context() -> multiprocessing.context.BaseContext:
    """How a worker is started: forked from a clean process that has imported all it needs, where that can be."""
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload(["grader.classroom.warm"])
    return found


def warm_up() -> None:
    """Let what workers are forked from start to import, while this process does something else."""
    if sys.platform == "linux":
        context()
        forkserver.ensure_running()


def in_processes(tasks: Iterable[T], workers: Workers, work: Callable[[T], R] = grade_one,  # type: ignore[assignment]
                 ) -> Iterator[tuple[T, R | None]]:
    """Do `work` on tasks with processes of this machine; yields (task, its result), None where a worker died.

    A worker's death takes all that is under way with it; each of those is done once more at the end, alone, so that
    it costs only the submission that caused it.
    """
    suspects = []
    for task, done in ended(tasks, workers, work, 2 * workers.most):
        if done is None:
            suspects.append(task)
        else:
            yield task, done
    yield from ended(suspects, workers, work, 1)


def ended(tasks: Iterable[T], workers: Workers, work: Callable[[T], R], most: int) -> Iterator[tuple[T, R | None]]:
    """Yields (task, its result) as each ends, None where the workers died meanwhile; `most` are under way at once."""
    tasks, broken = iter(tasks), True
    while broken:
        broken, pending = False, dict[Future[R], T]()
        while True:
            for task in itertools.islice(tasks, 0 if broken else most - len(pending)):
                try:
                    pending[workers.submit(work, task)] = task
                except BrokenProcessPool:
                    broken = True
                    yield task, None
                    break
            if not pending:
                break
            for future in wait(pending, return_when=FIRST_COMPLETED).done:
                died = isinstance(future.exception(), BrokenProcessPool)
                broken |= died
                yield pending.pop(future), None if died else future.result()
        if broken:
            workers.died()


def worker() -> None:
    """A worker's start: it leaves Ctrl-C to its parent, and ends when its parent does, even when that was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)
    threading.Thread(target=watch, daemon=True).start()
