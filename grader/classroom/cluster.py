"""Grading on a dask.distributed cluster: the same work as `workers.in_processes`, on other machines."""

import itertools
import threading
from concurrent.futures import CancelledError

from ..errors import UserError
from ..judge.version import environment
from .workers import grade_one

SECONDS = 15  # how long an address may take to answer
one_at_a_time = threading.Lock()


def work(task):
    """A worker's part. One grading at a time in a process: a test's random numbers and prints are the process's."""
    with one_at_a_time:
        return grade_one(task)


def on_cluster(tasks, address, work=work):
    """Do `work` on tasks by a scheduler's workers; yields (task, `GradedSubmission`), None where workers died of it.

    A task whose worker died is given to another by the scheduler, a few times; what goes on dying is tried once more,
    alone, so that it costs only itself. At most two for each of the workers' threads are under way, so that a class
    need not fit into the cluster's memory.
    """
    client = connect(address)
    try:
        agree(client, address)
        suspects = []
        for task, done in ended(client, address, work, tasks):
            if done is None:
                suspects.append(task)
            else:
                yield task, done
        yield from ended(client, address, work, suspects, 1)
    except (CancelledError, OSError) as error:
        raise UserError(f"{address}: the cluster was lost ({type(error).__name__}). What was graded is kept; start it "
                        "and run again.") from None
    finally:
        client.close(timeout=5)


def ended(client, address, work, tasks, most=None):
    """Yields (task, `GradedSubmission`) as each ends, None for one that killed its workers; so many at once at `most`.

    Refuses to wait without workers, for a result too: it lies with the worker that made it, and is lost with it.
    """
    from distributed import KilledWorker, wait
    tasks, pending = iter(tasks), {}
    while True:
        room = most or 2 * max(1, sum(client.nthreads().values()))
        for task in itertools.islice(tasks, max(0, room - len(pending))):
            pending[client.submit(work, task, pure=False)] = task
        if not pending:
            return
        try:
            with client.as_current():
                finished = wait(list(pending), timeout=SECONDS, return_when="FIRST_COMPLETED").done
            for future in finished:
                try:
                    done = future.result(timeout=SECONDS)
                except KilledWorker:
                    done = None
                yield pending.pop(future), done
        except TimeoutError:
            peopled(client, address)


def connect(address):
    """A client of the scheduler."""
    try:
        from distributed import Client
    except ImportError:
        raise UserError("--scheduler needs dask.distributed: python -m pip install 'crease-course[cluster]'") from None
    try:
        return Client(address, timeout=SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UserError(f"{address}: no scheduler answers ({type(error).__name__}). Start one with `dask scheduler` "
                        "and workers with `dask worker ADDRESS --nthreads 1`, or leave --scheduler out.") from None


def version():
    """What decides a score besides submission and source, as the process that runs this has it."""
    return environment()


def peopled(client, address):
    """Refuse a scheduler that has no workers and gets none in a while."""
    try:
        client.wait_for_workers(1, timeout=SECONDS)
    except TimeoutError:
        raise UserError(f"{address}: the scheduler has no workers. Start some with: dask worker {address} --nthreads "
                        "1. What was graded is kept.") from None


def agree(client, address):
    """Refuse a cluster without workers, or whose workers would grade with another version of the course."""
    peopled(client, address)
    mine = version()
    theirs = client.run(version, on_error="return")
    other = sorted(worker for worker, digest in theirs.items() if digest != mine)
    if other:
        raise UserError(f"{address}: {len(other)} of {len(theirs)} workers have another version of the course, Python "
                        f"or NumPy, and might give other scores: {', '.join(other[:3])}. Install the same there.")
