"""A dask.distributed cluster gives the same scores, also when a worker is killed while it grades."""

import contextlib
import gc
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

import pytest

import lessons
from common import ROOT
from grader.classroom.cluster import on_cluster
from grader.classroom.folder import Classroom
from grader.classroom.run import run
from grader.errors import UserError

pytest.importorskip("distributed")
pytestmark = pytest.mark.timeout(300)


def start(*arguments):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]), "OMP_NUM_THREADS": "1",
                   "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    command = [sys.executable, "-m", f"distributed.cli.dask_{arguments[0]}", *arguments[1:]]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                            start_new_session=True)


def stop(process):
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextlib.contextmanager
def running(folder, *how):
    """(address, the workers' processes) of a scheduler with two workers on loopback."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{s.getsockname()[1]}"
    common = ["--host", "127.0.0.1", "--no-dashboard"]
    processes = [start("scheduler", *common, "--port", address.rsplit(":", 1)[1])]
    try:
        processes += [start("worker", address, *common, "--nthreads", "1", "--local-directory", str(folder), *how)
                      for _ in range(2)]
        from distributed import Client
        with Client(address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield address, processes[1:]
    finally:
        for process in processes:
            stop(process)


@pytest.fixture(autouse=True)
def collected():
    """A client that could not connect ends its loop when it is collected; while another one starts, both would wait."""
    yield
    gc.collect()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    with running(tmp_path_factory.mktemp("dask"), "--no-nanny") as started:
        yield started


@pytest.fixture(scope="module")
def ungraded(tmp_path_factory):
    """A class of twelve, with right, wrong, half right and broken submissions."""
    slow = "import time\ntime.sleep(0.5)"
    kinds = [lessons.answer(lessons.RIGHT, extra=[slow]), lessons.answer(lessons.WRONG, extra=[slow]),
             lessons.answer(lessons.SCALAR, extra=[slow]), b"no notebook"]
    submissions = {f"student{n:02}": kinds[n % 4] for n in range(12)}
    return lessons.classroom(tmp_path_factory.mktemp("cluster"), submissions).folder


def scores(folder, **how):
    report = run(Classroom(folder), **how)
    assert report.graded == 12 and not report.statuses["grader_error"]
    return (folder / "scores.csv").read_bytes()


def test_one_process_two_processes_and_a_cluster_that_loses_a_worker_give_the_same_scores(cluster, ungraded, tmp_path):
    address, workers = cluster
    one, two, many = (shutil.copytree(ungraded, tmp_path / name) for name in ("one", "two", "many"))
    alone = scores(one, jobs=1)
    assert scores(two, jobs=2) == alone
    killed = []

    def tick(done, total, what, statuses):
        if done == 3 and not killed:
            killed.append(stop(workers[0]))
    assert scores(many, scheduler=address, tick=tick) == alone and killed
    assert (many / "feedback" / "student00" / "11_small.html").is_file()
    assert run(Classroom(many), scheduler=address).graded == 0


def deadly(task):
    if task == "die":
        os._exit(9)
    time.sleep(0.2)
    return task.upper()


def test_a_submission_that_kills_its_worker_costs_only_itself(tmp_path):
    with running(tmp_path) as (address, _):
        done = dict(on_cluster(["a", "b", "die", "c", "d"], address, deadly))
    assert done == {"a": "A", "b": "B", "die": None, "c": "C", "d": "D"}


def test_a_cluster_that_loses_all_its_workers_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr("grader.classroom.cluster.SECONDS", 3)
    got = []
    with running(tmp_path, "--no-nanny") as (address, workers), pytest.raises(UserError, match="has no workers"):
        for task, _ in on_cluster("abcdef", address, deadly):
            got.append(task)
            for worker in workers:
                stop(worker)
    assert got and len(got) < 6


def test_a_result_that_is_lost_with_its_worker_is_not_waited_for(tmp_path, monkeypatch):
    import distributed
    wait = distributed.wait
    monkeypatch.setattr("grader.classroom.cluster.SECONDS", 3)
    with running(tmp_path, "--no-nanny") as (address, workers), pytest.raises(UserError, match="has no workers"):
        def then_lost(*args, **options):
            found = wait(*args, **options)
            stop(workers[0])
            return found
        monkeypatch.setattr("distributed.wait", then_lost)
        stop(workers[1])
        for _ in on_cluster("ab", address, deadly):
            pass


def test_an_address_where_nobody_answers_is_said(monkeypatch):
    monkeypatch.setattr("grader.classroom.cluster.SECONDS", 2)
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{s.getsockname()[1]}"
        with pytest.raises(UserError, match="no scheduler answers"):
            next(on_cluster(["a"], address))
    with pytest.raises(UserError, match="no scheduler answers"):
        next(on_cluster(["a"], "here"))


def test_a_cluster_with_another_version_is_refused(cluster, monkeypatch):
    monkeypatch.setattr("grader.classroom.cluster.environment", lambda: "another")
    with pytest.raises(UserError, match="have another version of the course"):
        next(on_cluster(["a"], cluster[0]))


def test_without_dask_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UserError, match=r"crease-course\[cluster\]"):
        next(on_cluster(["a"], "tcp://127.0.0.1:1"))
