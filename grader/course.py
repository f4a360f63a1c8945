"""The course that this grader belongs to: its packages, its solution notebooks, its environment."""

import importlib.util
import os
import sys
from pathlib import Path

PACKAGES = ("crease",)  # of the course, by the names they are imported by


def package_folders() -> list[Path]:
    """The folders of the course's packages."""
    found = map(importlib.util.find_spec, PACKAGES)
    return [Path(spec.origin).resolve().parent for spec in found if spec and spec.origin]


def start_quickly() -> None:
    """Leave out what takes longest to import: a grammar (1.5 s) for checking addresses, which notebooks need not."""
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


def tools_on_path() -> None:
    """Put the environment's programs on PATH: nbgrader calls `alembic` by its name."""
    here = os.path.dirname(sys.executable)
    if here not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = here + os.pathsep + os.environ.get("PATH", "")


def repository() -> Path | None:
    """The folder that holds solutions/ and course/, or None where there is none (a learner's copy)."""
    here = Path(__file__).resolve().parent.parent
    for folder in (here, Path.cwd(), *Path.cwd().parents):
        if next((folder / "solutions").glob("[0-9]*.ipynb"), None):
            return folder
    return None


def solutions() -> dict[str, Path]:
    """{lesson: path of its solution notebook} of the repository."""
    root = repository()
    return {path.stem: path for path in sorted((root / "solutions").glob("[0-9]*.ipynb"))} if root else {}
