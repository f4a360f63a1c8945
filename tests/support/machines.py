"""Machines that offer less than this one: a process lays a filter on itself that refuses some system calls, and then
runs Python, which inherits it.

    python machines.py MACHINE USER ARGUMENTS     as `python ARGUMENTS` on that machine; USER is "me" or "ordinary"
"""

import ctypes
import errno
import os
import platform
import struct
import sys
from pathlib import Path

from grader.sandbox import syscalls

COLUMN = {"x86_64": 0, "aarch64": 1}.get(platform.machine())
MOUNTING = ("mount", "umount2", "pivot_root", "open_tree", "move_mount", "mount_setattr")
NUMBERS = syscalls.DENIED | {"landlock_create_ruleset": (444, 444)}
PRCTL, SECCOMP = (157, 167), (317, 277)
# name: (system calls refused, with which error, prctl options refused)
MACHINES = {
    "whole": ((), 0, ()),
    "half-granted namespaces": (MOUNTING, errno.EACCES, ()),  # Ubuntu 23.10 and later
    "no user namespaces": (("unshare",), errno.EPERM, ()),
    "no Landlock": (("landlock_create_ruleset",), errno.ENOSYS, ()),
    "no seccomp": ((), 0, (syscalls.PR_SET_SECCOMP,)),
    "no capset": ((), 0, ("capset",)),
    "half-granted, no Landlock": ((*MOUNTING, "landlock_create_ruleset"), errno.EACCES, ()),
}
LOST = {  # the layers that are then missing
    "whole": set(), "half-granted namespaces": {"namespaces"}, "no user namespaces": {"namespaces"},
    "no Landlock": {"landlock"}, "no seccomp": {"seccomp"}, "no capset": {"capabilities"},
    "half-granted, no Landlock": {"namespaces", "landlock"},
}


def refuse(calls, error, options=()):
    """Refuse these system calls, and these options of prctl, to this process and all that it starts."""
    def op(code, value, yes=0, no=0):
        return struct.pack("HBBI", code, yes, no, value)

    load, equal, give = 0x20, 0x15, 0x06
    program = [op(load, 0)]
    for name in calls:
        program += [op(equal, NUMBERS[name][COLUMN], 0, 1), op(give, 0x50000 | error)]
    if "capset" in options:
        program += [op(equal, (126, 91)[COLUMN], 0, 1), op(give, 0x50000 | errno.EPERM)]
    if syscalls.PR_SET_SECCOMP in options:
        program += [op(equal, SECCOMP[COLUMN], 0, 1), op(give, 0x50000 | errno.EINVAL),
                    op(equal, PRCTL[COLUMN], 0, 3), op(load, 16),
                    op(equal, syscalls.PR_SET_SECCOMP, 0, 1), op(give, 0x50000 | errno.EINVAL)]
    program.append(op(give, syscalls.ALLOW))
    code = ctypes.create_string_buffer(b"".join(program))
    whole = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(program), ctypes.addressof(code)))
    syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1)
    syscalls.prctl(syscalls.PR_SET_SECCOMP, 2, ctypes.addressof(whole))


def become_ordinary():
    """Be user 1000 of a user namespace, without any of root's rights once a program is run."""
    user, group = os.geteuid(), os.getegid()
    syscalls.unshare(syscalls.NEWUSER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"1000 {user} 1")
    Path("/proc/self/gid_map").write_text(f"1000 {group} 1")


def python_of(machine, user):
    """The command that runs Python on that machine: see `ForkServer.python`."""
    return (sys.executable, os.path.abspath(__file__), machine, user)


def main(machine, user, *args):
    """Be on that machine, and run Python with these arguments."""
    if user == "ordinary":
        become_ordinary()
    calls, error, options = MACHINES[machine]
    if calls or options:
        refuse(calls, error, options)
    os.execv(sys.executable, [sys.executable, *args])


if __name__ == "__main__":
    main(*sys.argv[1:])
