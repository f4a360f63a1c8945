"""The workers of a run: `in_processes` is the one place where submissions are given out and results come back."""

import contextlib
import multiprocessing
import os
import signal
import threading
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from ..course import start_quickly
from ..judge.result import Kind, Note


@dataclass
class GradingTask:
    """One submission to grade: everything a worker needs, as bytes."""

    student: str
    lesson: str
    data: bytes
    source: bytes
    unsafe: bool
    late: bool
    digest: str


@dataclass
class GradedSubmission:
    """What a worker hands back: the results, the autograded notebook and the feedback page as text."""

    tests: list
    notes: list
    notebook: str
    page: str


def grade_one(task):
    """A worker's part: grade one task -> `GradedSubmission`; one without tests where the grader itself failed."""
    import nbformat

    from ..errors import Unsafe
    from ..judge.feedback import feedback
    from ..judge.grade import grade
    try:
        graded = grade(task.data, task.source, unsafe=task.unsafe)
        page = feedback(task.student, task.lesson, graded.tests, graded.notebook, graded.notes, task.source, task.late)
        return GradedSubmission(graded.tests, graded.notes, nbformat.writes(graded.notebook), page)
    except Unsafe:
        raise
    except (Exception, SystemExit) as error:
        return GradedSubmission([], [Note(Kind.FAULT, f"The grader failed: {type(error).__name__}: {error}")], "", "")


def in_processes(tasks, jobs, work=None):
    """Do `work` on tasks with `jobs` processes on this machine; yields (task, `GradedSubmission`).

    Where a worker died it yields None. A death takes all that is under way with it; each of those is graded again,
    alone, so that it costs only the submission that caused it.
    """
    tasks, suspects, more = iter(tasks), [], True
    while more or suspects:
        alone = bool(suspects)
        pending = {}
        with pool(1 if alone else jobs) as executor:
            broken = False
            while True:
                while not broken and len(pending) < (1 if alone else 2 * jobs):
                    task = suspects.pop(0) if alone and suspects else None if alone else next(tasks, None)
                    if task is None:
                        more = more and alone
                        break
                    try:
                        pending[executor.submit(work or grade_one, task)] = task
                    except BrokenProcessPool:
                        broken = True
                        suspects.append(task)
                if not pending:
                    break
                for future in wait(pending, return_when=FIRST_COMPLETED).done:
                    task = pending.pop(future)
                    try:
                        yield task, future.result()
                    except BrokenProcessPool:
                        broken = True
                        if alone:
                            yield task, None
                        else:
                            suspects.append(task)


@contextlib.contextmanager
def pool(jobs):
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


def worker():
    """A worker's start: it leaves Ctrl-C to its parent, and ends when its parent does, even when that was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    start_quickly()
    parent = multiprocessing.parent_process()

    def watch():
        parent.join()
        os._exit(1)
    threading.Thread(target=watch, daemon=True).start()
