"""The course that this grader belongs to: its packages, its solution notebooks, its environment."""

import importlib
import importlib.util
import os
import sys
import types
from pathlib import Path

PACKAGES = ("crease",)  # of the course, by the names they are imported by


def package_folders() -> list[Path]:
    """The folders of the course's packages."""
    found = map(importlib.util.find_spec, PACKAGES)
    return [Path(spec.origin).resolve().parent for spec in found if spec and spec.origin]


def start_quickly() -> None:
    """Leave out what takes longest to import for checking notebooks, which hold no addresses and no durations."""
    for name in ("rfc3987_syntax", "isoduration"):
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]


def one_thread() -> None:
    """One thread for NumPy, which has to be imported after this.

    The tests' matrices are small, and every core has a worker: several threads only wait for each other, and a lesson's
    trainings take twice as long.
    """
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def nbgrader_api() -> types.ModuleType:
    """nbgrader's gradebook, imported without what JupyterLab's server needs of it, and setuptools: 40 % of its time.

    They are imported when one of their functions is called, or by whoever imports them by name.
    """
    if "nbgrader" in sys.modules:
        return importlib.import_module("nbgrader.api")
    held = {name: later(name, functions) for name, functions in LATER.items() if name not in sys.modules}
    sys.modules.update(held)
    try:
        return importlib.import_module("nbgrader.api")
    finally:
        for name, module in held.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


LATER = {"setuptools.archive_util": ("unpack_archive", "unpack_tarfile", "unpack_zipfile"),
         **{f"nbgrader.server_extensions.{name}": ("load_jupyter_server_extension",)
            for name in ("assignment_list", "course_list", "validate_assignment", "formgrader")}}


def later(name: str, functions: tuple[str, ...]) -> types.ModuleType:
    """A module in place of another, whose functions import it when they are called."""
    module = types.ModuleType(name)
    for function in functions:
        def call(*args, _function=function, **kwargs):  # type: ignore[no-untyped-def]
            return getattr(importlib.import_module(name), _function)(*args, **kwargs)
        setattr(module, function, call)
    return module


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
