"""The processes below another one: counted, measured, killed."""

import contextlib
import os
import signal

import psutil


def below(root):
    """The living descendants of a process, as their numbers."""
    try:
        return [child.pid for child in psutil.Process(root).children(recursive=True) if living(child.pid)]
    except psutil.Error:
        return []


def living(pid):
    """Whether a process exists and is no zombie."""
    try:
        return psutil.Process(pid).status() not in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD)
    except psutil.Error:
        return False


def kill(root):
    """Kill all descendants of a process, again until none is left: what forks faster is stopped first."""
    for _ in range(50):
        pids = below(root)
        if not pids:
            return
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for pid in pids:
                with contextlib.suppress(OSError):
                    os.kill(pid, number)


def memory(root, limit):
    """Bytes used by a process and its descendants together; shared pages are only counted out near the limit."""
    pids = [root, *below(root)]
    total = sum(resident(pid) for pid in pids)
    return total if total <= limit else sum(proportional(pid) for pid in pids)


def resident(pid):
    """Bytes of memory that a process has, shared pages included; 0 where it is gone."""
    try:
        return psutil.Process(pid).memory_info().rss
    except psutil.Error:
        return 0


def proportional(pid):
    """The same with each shared page divided among those that share it, where the system says so."""
    try:
        held = psutil.Process(pid).memory_full_info()
        return getattr(held, "pss", held.uss)
    except psutil.Error:
        return 0


def count(uid):
    """Threads that a user runs."""
    found = psutil.process_iter(["uids", "num_threads"])
    return sum(process.info["num_threads"] or 0 for process in found
               if process.info["uids"] is not None and process.info["uids"].effective == uid)
