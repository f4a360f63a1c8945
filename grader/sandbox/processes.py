"""The processes below another one, as /proc shows them: counted, measured, killed."""

import os
import signal


def children():
    """{parent: [children]} of all processes seen."""
    found = {}
    for name in os.listdir("/proc") if os.path.isdir("/proc") else ():
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", "rb") as file:
                    state, parent = file.read().rsplit(b")", 1)[1].split()[:2]
                if state not in (b"Z", b"X"):
                    found.setdefault(int(parent), []).append(int(name))
            except OSError:
                pass
    return found


def below(root):
    """All descendants of a process."""
    table, queue, found = children(), [root], []
    while queue:
        queue += table.get(queue[0], [])
        found.append(queue.pop(0))
    return found[1:]


def kill(root):
    """Kill all descendants of a process, again until none is left: what forks faster is stopped first."""
    for _ in range(50):
        pids = below(root)
        if not pids:
            return
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for pid in pids:
                try:
                    os.kill(pid, number)
                except OSError:
                    pass


def memory(root, limit):
    """Bytes used by a process and its descendants together; shared pages are only counted out near the limit."""
    pids = [root, *below(root)]
    total = sum(resident(pid) for pid in pids)
    return total if total <= limit else sum(proportional(pid) for pid in pids)


def resident(pid):
    try:
        with open(f"/proc/{pid}/statm", "rb") as file:
            return int(file.read().split()[1]) * 4096
    except (OSError, IndexError):
        return 0


def proportional(pid):
    try:
        with open(f"/proc/{pid}/smaps_rollup", "rb") as file:
            return next((int(line.split()[1]) << 10 for line in file if line.startswith(b"Pss:")), 0)
    except OSError:
        return 0


def count(uid):
    """Threads that a user runs."""
    total = 0
    for name in os.listdir("/proc") if os.path.isdir("/proc") else ():
        try:
            if name.isdigit() and os.stat(f"/proc/{name}").st_uid == uid:
                total += len(os.listdir(f"/proc/{name}/task"))
        except OSError:
            pass
    return total
