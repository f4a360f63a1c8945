"""Inside the sandbox: from a fresh fork of the fork server to a confined student process.

Each layer that the machine does not offer is left out and said so; `box.py` decides whether that is enough.
"""

import contextlib
import json
import os
import resource
import signal
import socket
import sys
import tempfile

from . import processes, syscalls

HOME = "/home/student"
NOBODY = 65534
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
SYSTEM = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/share/fonts", "/usr/share/zoneinfo", "/etc/fonts",
          "/etc/ld.so.cache", "/etc/localtime")


def readable_paths(folders):
    """What a student process may read: the system's libraries, the interpreter's, and these folders; no shared data."""
    paths = [path for path in SYSTEM if os.path.exists(path)]
    for prefix in {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}:
        paths += [path for name in ("lib", "lib64") if os.path.exists(path := os.path.join(prefix, name))]
    paths += [os.path.abspath(folder) for folder in folders]
    paths = sorted({os.path.normpath(path) for path in paths})
    return [path for path in paths if not any(path.startswith(other + "/") for other in paths)]


def enclose(limits, off, control, fd, report, go, scratch, serve, folders):
    """The keeper: enter the namespaces, then fork init and wait to be killed."""
    os.setsid()
    die_with_parent()
    control.close()
    for n in range(3):
        os.dup2(os.open(os.devnull, os.O_RDWR), n)
    close_all_but(0, 1, 2, fd, report, go)
    paths, layers, why = readable_paths(folders), [], {}
    user = NOBODY if os.geteuid() == 0 and "user" not in off and world_readable() else os.geteuid()
    spaces = (syscalls.NEWUSER | syscalls.NEWNS | syscalls.NEWPID | syscalls.NEWIPC | syscalls.NEWNET | syscalls.NEWUTS
              | syscalls.NEWCGROUP)
    lay("namespaces", lambda: syscalls.unshare(spaces), layers, off, why)
    say(report, {"namespaces": bool(layers), "user": user, "why": why})
    os.read(go, 1)
    os.close(go)
    if layers:
        new_root(paths, limits)
        home, writable, readable = HOME, [HOME, "/tmp", "/dev/shm"], ["/"]
    else:
        home, writable, readable = scratch, [scratch], paths
        if user != os.geteuid():
            if reachable(paths):
                os.chown(scratch, user, user)
                os.setgroups([])
                os.setresgid(user, user, user)
                os.setresuid(user, user, user)
            else:
                user = os.geteuid()
                why["user"] = "the folders of the interpreter are closed to other users"
    if user != 0:
        layers.append("user")
    die_with_parent()  # again: a change of user takes it away
    init = os.fork()
    if init:
        os.close(fd)
        say(report, {"init": init})
        while True:
            signal.pause()
    die_with_parent()
    as_init(limits, off, fd, report, home, writable + list(DEVICES), readable, layers, why, serve)


def as_init(limits, off, fd, report, home, writable, readable, layers, why, serve):
    """Init: start the student process, reap whatever dies, and say how the student process ended."""
    with contextlib.suppress(OSError, AttributeError):
        syscalls.prctl(syscalls.PR_SET_CHILD_SUBREAPER, 1)
    student = os.fork()
    if student == 0:
        try:
            os.setsid()
            die_with_parent()
            os.environ.update(HOME=home, TMPDIR=writable[1] if home == HOME else home, IPYTHONDIR=home,
                              MPLCONFIGDIR=home)
            tempfile.tempdir = None
            os.chdir(home)
            why |= restrict(limits, off, writable, readable, layers)
            say(report, {"layers": layers, "why": why})
            os.close(report)
            serve(socket.socket(fileno=fd), limits)
        except BaseException as error:
            with contextlib.suppress(OSError):
                say(report, {"error": f"{type(error).__name__}: {error}"})
        finally:
            os._exit(70)
    os.close(fd)
    while True:
        try:
            pid, status = os.wait()
            if pid == student:
                os.write(report, describe(status).encode())
        except ChildProcessError:
            signal.pause()


def lay(name, action, layers, off, why):
    """Lay on one layer by itself: it is listed in `layers` if it holds, in `why` if the system refuses it."""
    if name in off:
        return
    try:
        action()
        layers.append(name)
    except (OSError, AttributeError, ValueError) as error:
        why[name] = getattr(error, "strerror", None) or str(error)


def restrict(limits, off, writable, readable, layers):
    """The layers that a process lays on itself, each by itself; returns {layer: why the system refused it}."""
    why = {}
    lay("limits", lambda: limit(limits, layers), layers, off, why)
    lay("no_new_privs", lambda: syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1), layers, off, why)
    lay("capabilities", syscalls.drop_capabilities, layers, off, why)
    lay("landlock", lambda: syscalls.landlock(readable, writable), layers, off, why)
    contained = "namespaces" in layers or "landlock" in layers and syscalls.landlock_version() >= 6
    more = ({} if contained else syscalls.SIGNALS) | ({} if os.geteuid() else syscalls.OWNING)
    lay("seccomp", lambda: syscalls.seccomp(more), layers, off, why)
    return why


def limit(limits, layers):
    """Set the rlimits; those on memory and processes must hold."""
    others = 0 if "namespaces" in layers else processes.count(os.getuid())
    for name, most in (("CORE", 0), ("NOFILE", 64), ("FSIZE", limits.disk), ("MSGQUEUE", 0), ("MEMLOCK", 0),
                       ("CPU", int(limits.notebook_seconds * 2) + 1)):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))
    for name, most in (("AS", limits.memory), ("NPROC", limits.processes + others)):
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))


def new_root(paths, limits):
    """A root of its own: a small scratch disk with the readable paths in it, read-only, and nothing else."""
    syscalls.mount("none", "/", "none", syscalls.MS_REC | syscalls.MS_PRIVATE)
    read_only = syscalls.ATTR_RDONLY | syscalls.ATTR_NOSUID
    trees = [(path, syscalls.clone_tree(path, read_only | syscalls.ATTR_NODEV)) for path in paths]
    trees += [(path, syscalls.clone_tree(path, syscalls.ATTR_NOSUID)) for path in DEVICES if os.path.exists(path)]
    with contextlib.suppress(OSError):
        os.setgroups([])
    os.setresgid(1000, 1000, 1000)
    os.setresuid(1000, 1000, 1000)
    syscalls.mount("scratch", "/tmp", "tmpfs", syscalls.MS_NOSUID | syscalls.MS_NODEV,
                f"size={limits.disk},nr_inodes=20000,mode=755")
    for path, fd in trees:
        target = "/tmp" + path
        if os.path.isdir(f"/proc/self/fd/{fd}"):
            os.makedirs(target, exist_ok=True)
        else:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            os.close(os.open(target, os.O_CREAT | os.O_WRONLY))
        syscalls.attach_tree(fd, target)
    for path in (HOME, "/tmp", "/dev/shm"):
        os.makedirs("/tmp" + path, exist_ok=True)
    syscalls.become_root_of("/tmp")
    with contextlib.suppress(OSError):  # tried again, and said, by `restrict`
        syscalls.drop_capabilities()


def world_readable():
    """Whether another user could read the interpreter's files, once their folders are mounted."""
    import numpy
    return all(os.stat(module.__file__).st_mode & 4 and os.stat(os.path.dirname(module.__file__)).st_mode & 1
               for module in (os, numpy))


def reachable(paths):
    """Whether another user can walk to all these paths."""
    while paths := {os.path.dirname(path) for path in paths} - {"/"}:
        if not all(os.stat(path).st_mode & 1 for path in paths):
            return False
    return True


def die_with_parent():
    """Ask the kernel to kill this process when its parent dies."""
    with contextlib.suppress(OSError, AttributeError):
        syscalls.prctl(syscalls.PR_SET_PDEATHSIG, signal.SIGKILL)


def close_all_but(*kept):
    """Close every open file but these."""
    low = 0
    for fd in sorted(kept):
        if low < fd:
            os.closerange(low, fd)
        low = fd + 1
    os.closerange(low, 65536)


def say(fd, message):
    """Send one JSON line through a pipe."""
    os.write(fd, json.dumps(message).encode() + b"\n")


def describe(status):
    """How a process ended, in words."""
    code = os.waitstatus_to_exitcode(status)
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"
