"""A worker's death."""

import os
import time

from grader.classroom.workers import Workers, in_processes


def deadly(task):
    """A worker's work that kills the worker at "die"; the others take a moment, so that they die with it."""
    if task == "die":
        os._exit(9)
    time.sleep(0.3)
    return task.upper()


def test_a_worker_that_dies_costs_one_submission():
    with Workers(2) as workers:
        done = dict(in_processes(["a", "b", "die", "c", "d", "e"], workers, deadly))
    assert done == {"a": "A", "b": "B", "die": None, "c": "C", "d": "D", "e": "E"}
