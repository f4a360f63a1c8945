"""The workers of a run: `in_processes` is the one place where submissions are given out and results come back."""

import contextlib
import itertools
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TypeVar

from ..course import start_quickly
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


def in_processes(tasks: Iterable[T], jobs: int, work: Callable[[T], R] = grade_one,  # type: ignore[assignment]
                 ) -> Iterator[tuple[T, R | None]]:
    """Do `work` on tasks with `jobs` processes of this machine; yields (task, its result), None where a worker died.

    A worker's death takes all that is under way with it; each of those is done once more at the end, alone, so that
    it costs only the submission that caused it.
    """
    suspects = []
    for task, done in ended(tasks, jobs, work, 2 * jobs):
        if done is None:
            suspects.append(task)
        else:
            yield task, done
    yield from ended(suspects, 1, work, 1)


def ended(tasks: Iterable[T], jobs: int, work: Callable[[T], R], most: int) -> Iterator[tuple[T, R | None]]:
    """Yields (task, its result) as each ends, None where the workers died meanwhile; `most` are under way at once."""
    tasks, broken = iter(tasks), True
    while broken:
        broken, pending = False, dict[Future[R], T]()
        with pool(jobs) as executor:
            while True:
                for task in itertools.islice(tasks, 0 if broken else most - len(pending)):
                    try:
                        pending[executor.submit(work, task)] = task
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


@contextlib.contextmanager
def pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """A pool of processes that end with this one, and at once where it is interrupted."""
    executor = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=worker)
    try:
        yield executor
    except BaseException:
        for child in multiprocessing.active_children():
            child.kill()
        executor.shutdown(wait=False, cancel_futures=True)
        raise
    executor.shutdown()


def worker() -> None:
    """A worker's start: it leaves Ctrl-C to its parent, and ends when its parent does, even when that was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    start_quickly()
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)
    threading.Thread(target=watch, daemon=True).start()
