"""The Linux system calls that the sandbox is made of, through ctypes. Each raises OSError where it is not offered."""

import ctypes
import os
import platform
import struct

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long

NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET = (
    0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000)
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 36, 38
MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REC, MS_PRIVATE, MNT_DETACH = 2, 4, 8, 0x4000, 0x40000, 2
AT_FDCWD, AT_EMPTY_PATH, AT_RECURSIVE, CLONE_TREE, MOVE_EMPTY_PATH = -100, 0x1000, 0x8000, 1, 4
ATTR_RDONLY, ATTR_NOSUID, ATTR_NODEV = 1, 2, 4
OPEN_TREE, MOVE_MOUNT, MOUNT_SETATTR, LANDLOCK_CREATE, LANDLOCK_RULE, LANDLOCK_SELF = 428, 429, 442, 444, 445, 446


def call(function, *args):
    """The result of a libc function, or OSError."""
    result = function(*args)
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def syscall(number, *args):
    """The result of a system call by its number, or OSError."""
    return call(libc.syscall, *[ctypes.c_long(a) if isinstance(a, int) else a for a in (number, *args)])


def prctl(option, value=0, pointer=0):
    """prctl(2)."""
    return call(libc.prctl, option, ctypes.c_ulong(value), ctypes.c_ulong(pointer), ctypes.c_ulong(0),
                ctypes.c_ulong(0))


def unshare(flags):
    """unshare(2): enter new namespaces."""
    call(libc.unshare, flags)


def mount(source, target, kind, flags, data=""):
    """mount(2)."""
    call(libc.mount, source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), data.encode())


def clone_tree(path, flags):
    """A detached copy of the mounts under `path`, with these attributes set."""
    fd = syscall(OPEN_TREE, AT_FDCWD, path.encode(), CLONE_TREE | AT_RECURSIVE | os.O_CLOEXEC)
    attributes = struct.pack("QQQQ", flags, 0, 0, 0)
    syscall(MOUNT_SETATTR, fd, b"", AT_EMPTY_PATH | AT_RECURSIVE, attributes, len(attributes))
    return fd


def attach_tree(fd, target):
    """Put a detached copy of mounts at a path."""
    syscall(MOVE_MOUNT, fd, b"", AT_FDCWD, target.encode(), MOVE_EMPTY_PATH)
    os.close(fd)


def become_root_of(path):
    """Make `path` the root of this mount namespace and drop the old one."""
    os.chdir(path)
    call(libc.pivot_root, b".", b".")
    call(libc.umount2, b".", MNT_DETACH)
    os.chdir("/")


def drop_capabilities():
    """Give up what is left of root's rights, as which a process may run where there is no other user."""
    call(libc.capset, struct.pack("Ii", 0x20080522, 0), bytes(24))


# Landlock: rights on files, by ABI version.
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, TRUNCATE = 1, 2, 4, 8, 1 << 14
READ, ON_FILES = READ_FILE | READ_DIR, EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE


def landlock_version():
    """The ABI version, 0 where there is no Landlock."""
    try:
        return syscall(LANDLOCK_CREATE, 0, 0, 1)
    except OSError:
        return 0


def landlock(readable, writable):
    """Confine this process for good: these paths and no others, no TCP, no signals or abstract sockets outside."""
    version = landlock_version()
    if not version:
        raise OSError("no Landlock")
    rights = (1 << {1: 13, 2: 14, 3: 15, 4: 15}.get(version, 16)) - 1
    words = [rights] + [3] * (version >= 4) + [3] * (version >= 6)
    rules = struct.pack("Q" * len(words), *words)
    ruleset = syscall(LANDLOCK_CREATE, rules, len(rules), 0)
    for paths, allowed in ((readable, READ), (writable, rights & ~EXECUTE)):
        for path in paths:
            try:
                fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
            except OSError:
                continue
            mask = allowed if os.path.isdir(path) else allowed & ON_FILES
            syscall(LANDLOCK_RULE, ruleset, 1, struct.pack("=Qi", mask & rights, fd), 0)
            os.close(fd)
    syscall(LANDLOCK_SELF, ruleset, 0)
    os.close(ruleset)


# Seccomp: (x86_64, aarch64) numbers of what no notebook needs. New calls have one number everywhere.
DENIED = {
    "socket": (41, 198), "execve": (59, 221), "execveat": (322, 281), "ptrace": (101, 117), "syslog": (103, 116),
    "personality": (135, 92), "pivot_root": (155, 41), "adjtimex": (159, 171), "chroot": (161, 51), "acct": (163, 89),
    "settimeofday": (164, 170), "mount": (165, 40), "umount2": (166, 39), "swapon": (167, 224), "swapoff": (168, 225),
    "reboot": (169, 142), "sethostname": (170, 161), "setdomainname": (171, 162), "init_module": (175, 105),
    "delete_module": (176, 106), "quotactl": (179, 60), "clock_settime": (227, 112), "kexec_load": (246, 104),
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219), "unshare": (272, 97),
    "perf_event_open": (298, 241), "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
    "clock_adjtime": (305, 266), "setns": (308, 268), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "kcmp": (312, 272), "finit_module": (313, 273), "kexec_file_load": (320, 294), "bpf": (321, 280),
    "userfaultfd": (323, 282), "shmget": (29, 194), "semget": (64, 190), "msgget": (68, 186), "mq_open": (240, 180),
    # Memory that belongs to no process, and news of what others do with a file that both see.
    "memfd_create": (319, 279), "inotify_init": (253, 26), "inotify_init1": (294, 26), "fanotify_init": (300, 262),
    "flock": (73, 32),
} | {name: (number, number) for name, number in {
    "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427, "open_tree": 428, "move_mount": 429,
    "fsopen": 430, "fsconfig": 431, "fsmount": 432, "fspick": 433, "pidfd_getfd": 438, "mount_setattr": 442,
    "quotactl_fd": 443, "memfd_secret": 447}.items()}
# Signals to others; refused only where neither a namespace nor Landlock keeps them in.
SIGNALS = {"kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131), "rt_sigqueueinfo": (129, 138),
           "rt_tgsigqueueinfo": (297, 240), "pidfd_send_signal": (424,) * 2}
# Whose a file is, its mode and its times: refused to root, who owns the devices that all share.
OWNING = {"chmod": (90, 52), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452), "chown": (92, 55),
          "lchown": (94, 54), "fchown": (93, 55), "fchownat": (260, 54), "utimensat": (280, 88), "setxattr": (188, 5),
          "lsetxattr": (189, 6), "fsetxattr": (190, 7)}
# fcntl's record locks (of processes and of open files), leases and news of directories.
FCNTL, LOCKS = (72, 25), (6, 7, 37, 38, 1024, 1026)
CLONE, CLONE3, NEW_ANY = (56, 220), 435, NEWNS | NEWCGROUP | NEWUTS | NEWIPC | NEWUSER | NEWPID | NEWNET
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
ALLOW, KILL, EPERM, ENOSYS = 0x7FFF0000, 0x80000000, 0x50001, 0x50026


def seccomp(more_denied=()):
    """Refuse the calls of DENIED, and new namespaces, for good."""
    if platform.machine() not in MACHINES:
        raise OSError("no table of system calls for this machine")
    column, architecture = MACHINES[platform.machine()]

    def op(code, value, yes=0, no=0):
        return struct.pack("HBBI", code, yes, no, value)

    load, equal, more, any_bit, give = 0x20, 0x15, 0x35, 0x45, 0x06
    program = [op(load, 4), op(equal, architecture, 1, 0), op(give, KILL), op(load, 0),
               op(more, 0x40000000, 0, 1), op(give, EPERM)]  # the second ABI of x86_64 numbers calls otherwise
    for numbers in (*DENIED.values(), *dict(more_denied).values()):
        program += [op(equal, numbers[column], 0, 1), op(give, EPERM)]
    program += [op(equal, FCNTL[column], 0, 2 * len(LOCKS) + 2), op(load, 24)]
    for command in LOCKS:
        program += [op(equal, command, 0, 1), op(give, EPERM)]
    program += [op(give, ALLOW)]
    program += [op(equal, CLONE3, 0, 1), op(give, ENOSYS), op(equal, CLONE[column], 0, 3),
                op(load, 16), op(any_bit, NEW_ANY, 0, 1), op(give, EPERM), op(give, ALLOW)]
    code = ctypes.create_string_buffer(b"".join(program))
    whole = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(program), ctypes.addressof(code)))
    prctl(PR_SET_SECCOMP, 2, ctypes.addressof(whole))
