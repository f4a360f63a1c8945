"""What besides submission and source decides a score: everything here is graded anew when it changes."""

import contextlib
import hashlib
import importlib.metadata
import platform
from functools import cache
from pathlib import Path

from ..course import package_folders
from ..limits import Limits

GRADER = Path(__file__).parent.parent
FOLDERS = ("hints", "judge", "notebook", "sandbox", "student")  # of the grader; the course's packages count too


@cache
def environment() -> str:
    """A digest of what besides submission and source decides a score: judge, limits, course packages, NumPy, Python."""
    digest = hashlib.sha256(f"{platform.python_version()} {Limits()}".encode())
    for name in ("numpy", "matplotlib", "ipython", "scipy"):
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            digest.update(importlib.metadata.version(name).encode())
    for folder in (*(GRADER / name for name in FOLDERS), *package_folders()):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".css", ".j2"):
                digest.update(path.read_bytes())
    return digest.hexdigest()
