"""A machine so many times slower: a command and all that it starts is stopped for most of the time."""

import subprocess
import time

import psutil

TURN = 0.02  # seconds that everything runs before it is stopped again


def each(process, do):
    """Call `do` on a process and on all below it that are still there."""
    for one in [process, *process.children(recursive=True)]:
        try:
            do(one)
        except psutil.Error:
            pass


def slowly(command, factor, **options):
    """(what the command printed, seconds), at one `factor`th of the machine's speed."""
    start, started = time.monotonic(), subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **options)
    process = psutil.Process(started.pid)
    while started.poll() is None:
        try:
            each(process, lambda one: one.suspend())
            time.sleep((factor - 1) * TURN)
            each(process, lambda one: one.resume())
        except psutil.Error:
            break
        time.sleep(TURN)
    return started.communicate()[0], time.monotonic() - start
