"""Ways by which one submission could speak with another, or leave something behind: all of them are refused."""

import os

import pytest

from grader.sandbox import box
from judging import graded_with, shown

CALLS = {
    "a lock on a device that all share": "import fcntl; fcntl.flock(os.open('/dev/null', os.O_RDWR), fcntl.LOCK_SH)",
    "a record lock": "import fcntl; fcntl.lockf(os.open('/dev/null', os.O_RDWR), fcntl.LOCK_EX | fcntl.LOCK_NB, 7, 11)",
    "a lock of an open file": "import fcntl, struct\nfcntl.fcntl(os.open('/dev/null', os.O_RDWR), 37, "
                              "struct.pack('hhqqi', 1, 0, 0, 1, 0))",
    "a lease": "import fcntl; fcntl.fcntl(os.open('/dev/null', os.O_RDONLY), 1024, 0)",
    "news of a directory": "import fcntl; fcntl.fcntl(os.open('/usr/lib', os.O_RDONLY), 1026, 1)",
    "inotify": "import ctypes; libc = ctypes.CDLL(None, use_errno=True)\n"
               "if libc.inotify_init1(0) < 0: raise OSError(ctypes.get_errno())",
    "a memory file": "os.memfd_create('x')",
    "the mode of a device": "os.chmod('/dev/null', 0o640)",
    "the owner of a device": "os.chown('/dev/null', os.getuid(), os.getgid())",
    "the times of a device": "os.utime('/dev/null', (1, 1))",
}
TRY = "import os\ntry:\n    {}\n    print('it ' + 'worked')\nexcept OSError as error:\n    print('re' + 'fused')"


@pytest.mark.skipif(not os.path.exists("/proc/self/ns/user"), reason="the layers are Linux's")
@pytest.mark.parametrize("off", [(), ("namespaces",), ("namespaces", "user")], ids=["whole", "no namespaces", "root"])
def test_no_submission_can_leave_another_one_a_sign(monkeypatch, off):
    monkeypatch.setattr(box, "off", off)
    before = os.stat("/dev/null")
    code = "\n".join(TRY.format(call.replace("\n", "\n    ")) for call in CALLS.values())
    said = shown(graded_with(code, passing=False), "it ' + 'worked")
    assert said.count("refused") == len(CALLS) and "it worked" not in said, said
    after = os.stat("/dev/null")
    assert (after.st_mode, after.st_uid, after.st_mtime_ns) == (before.st_mode, before.st_uid, before.st_mtime_ns)


def test_what_honest_code_does_with_files_still_works():
    graded = graded_with("import os, tempfile, shutil\nwith tempfile.TemporaryDirectory() as d:\n"
                         "    p = os.path.join(d, 'a'); open(p, 'w').write('1'); os.chmod(p, 0o600)\n"
                         "    shutil.copy2(p, p + 'b'); print(os.listdir(d).__len__() + 40)")
    assert "42" in str(graded.notebook)
