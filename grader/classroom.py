"""A class: a folder of the instructor's own, a plain nbgrader course directory."""

import json
import os
import re
import stat
import sys
import tempfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, unquote

from .limits import Limits

LIMIT = Limits().notebook_bytes
STEPS = ("source", "release", "submitted", "autograded", "feedback")
RECORD = ".collected.json"  # beside a submission: what `collect` knows of it
CONFIG = '''"""nbgrader's settings for this class: submissions are executed and graded by the course's judge."""

from grader.preprocessors import configure

c = get_config()  # noqa: F821
configure(c)

# Due dates, the exchange and everything else of nbgrader's can be set below.
'''
# What nbgrader's globs, a file system or a terminal would take for something else is written %XX in a folder's name.
AWKWARD = re.compile(r"[*?\[\x00-\x1f\x7f-\x9f\ud800-\udfff]|%(?=[0-9A-Fa-f]{2})|^\s+|\s+$")


class Trouble(Exception):
    """Something is wrong with what was asked for; the text says what, and the way out."""


@dataclass
class Submitted:
    """What lies in the class for one student and lesson: the file's bytes, or what is wrong with it."""

    data: bytes | None = None
    problem: str = "Nothing was handed in."
    late: bool = False
    record: dict = field(default_factory=dict)
    folder: Path | None = None


def start_quickly():
    """Leave out what takes longest to import: a grammar (1.5 s) for checking addresses, which notebooks need not."""
    sys.modules.setdefault("rfc3987_syntax", None)


def tools_on_path():
    """Put the environment's programs on PATH: nbgrader calls `alembic` by its name."""
    here = os.path.dirname(sys.executable)
    if here not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = here + os.pathsep + os.environ.get("PATH", "")


def repository():
    """The folder that holds solutions/ and course/, or None where there is none (a learner's copy)."""
    here = Path(__file__).resolve().parent.parent
    for folder in (here, Path.cwd(), *Path.cwd().parents):
        if next((folder / "solutions").glob("[0-9]*.ipynb"), None):
            return folder
    return None


def solutions():
    """{lesson: path of its solution notebook} of the repository."""
    root = repository()
    return {path.stem: path for path in sorted((root / "solutions").glob("[0-9]*.ipynb"))} if root else {}


def to_id(name):
    """The id, which is a folder's name, of a student's name; nearly always the name itself. See `to_name`."""
    return AWKWARD.sub(lambda match: quote(match.group(), safe="", errors="surrogateescape"), name)


def to_name(student):
    """The name of a student's id."""
    return unquote(student)


def read_file(path, limit=LIMIT):
    """(bytes, "") of an ordinary file, else (None, what is wrong). Follows no link, waits for no FIFO."""
    try:
        fd = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
                     | getattr(os, "O_BINARY", 0))
    except OSError as error:
        return None, "It is a symbolic link." if os.path.islink(path) else f"It cannot be read: {error.strerror}."
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        return None, "It is not an ordinary file."
    with os.fdopen(fd, "rb") as file:
        data = file.read(limit + 1)
    return (None, f"The file is larger than {limit >> 20} MB.") if len(data) > limit else (data, "")


def moment(data):
    """The time (UTC) in the bytes of nbgrader's timestamp.txt, or None where there is none."""
    from nbgrader.utils import parse_utc
    try:
        return parse_utc(data.decode().strip()) if data and len(data) <= 200 else None
    except Exception:  # dateutil raises even warnings as errors, and a student may have written the file
        return None


def write_file(path, data):
    """Write a file so that it is there whole or not at all."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data if isinstance(data, bytes) else data.encode())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


class Classroom:
    """An existing class."""

    def __init__(self, folder):
        self.folder = Path(folder).absolute()
        if not self.folder.is_dir():
            raise Trouble(f"{folder}: there is no such folder. Make a class with: python -m grader init {folder}")
        if not (self.folder / "nbgrader_config.py").is_file() or not (self.folder / "source").is_dir():
            raise Trouble(f"{folder}: this is not a class (no nbgrader_config.py or source/). "
                          f"Make one with: python -m grader init FOLDER")

    @cached_property
    def lessons(self):
        """{lesson: bytes of its source notebook}, in order."""
        found = {}
        for path in sorted((self.folder / "source").glob("*/*.ipynb")):
            if path.stem == path.parent.name:
                found[path.stem] = path.read_bytes()
        if not found:
            raise Trouble(f"{self.folder}: source/ holds no lesson. Add them with: "
                          f"python -m grader init {self.folder}")
        return found

    def chosen(self, lesson=None):
        """The lessons to run: all, or the one named."""
        if lesson and lesson not in self.lessons:
            raise Trouble(f"{lesson}: this class has no such lesson. It has: {', '.join(self.lessons)}")
        return [lesson] if lesson else list(self.lessons)

    def place(self, step, student, lesson):
        """The folder of a student's lesson in one of nbgrader's steps."""
        return self.folder / step / student / lesson

    def handed_in(self):
        """The ids of the students who have a folder in submitted/."""
        with os.scandir(self.folder / "submitted") as entries:
            return {e.name for e in entries if e.is_dir(follow_symlinks=False) and not e.name.startswith(".")}

    def submitted(self, student, lesson):
        """The `Submitted` of a student's lesson."""
        folder = self.place("submitted", student, lesson)
        found = Submitted(folder=folder)
        if not folder.is_dir() or folder.is_symlink():
            return found
        found.record = read_record(folder)
        found.late = bool(found.record.get("late"))
        files = [lesson + ".ipynb"] if os.path.lexists(folder / (lesson + ".ipynb")) else sorted(
            name for name in os.listdir(folder) if name.endswith(".ipynb") and not name.startswith("."))
        if len(files) == 1:
            found.data, found.problem = read_file(folder / files[0])
        elif files:
            found.problem = f"There are {len(files)} notebooks and none is called {lesson}.ipynb."
        else:
            found.problem = found.record.get("problem") or "The folder that was handed in holds no notebook."
        return found


def read_record(folder):
    """What `collect` noted beside a submission."""
    try:
        record = json.loads(read_file(folder / RECORD)[0] or "{}")
    except ValueError:
        record = {}
    return record if isinstance(record, dict) else {}


def init(folder):
    """Make a class, or add the lessons that it lacks; returns (added, kept, changed since) as lists of lessons."""
    tools_on_path()
    folder = Path(folder).absolute()
    sources = solutions()
    if not sources:
        raise Trouble("No solutions/ was found here. Run this in the course's repository, not in a learner's copy.")
    if any(c in str(folder) for c in "*?["):
        raise Trouble(f"{folder}: nbgrader cannot work below a folder whose name holds * ? or [. Choose another.")
    if folder.exists() and not folder.is_dir():
        raise Trouble(f"{folder}: this is a file. Name a new folder.")
    new = not (folder / "nbgrader_config.py").exists()
    if new and folder.exists() and any(folder.iterdir()):
        raise Trouble(f"{folder}: this folder is not empty and is no class. Name a new folder.")
    if new:
        write_file(folder / "nbgrader_config.py", CONFIG)
    for step in STEPS:
        (folder / step).mkdir(parents=True, exist_ok=True)
    added, kept, changed = [], [], []
    for lesson, path in sources.items():
        source = folder / "source" / lesson / path.name
        plain = without_outputs(path)
        if (folder / "release" / lesson / path.name).exists() and source.exists():
            (kept if source.read_bytes() == plain else changed).append(lesson)
            continue
        if not source.exists():
            write_file(source, plain)
        added.append(lesson)
    release(folder, added)
    return added, kept, changed


def without_outputs(path):
    """The bytes of a notebook without its outputs, which a source needs not."""
    import nbformat
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return nbformat.writes(notebook).encode()


def release(folder, lessons):
    """nbgrader's `generate_assignment`: the released notebooks, and the gradebook's list of graded cells."""
    from nbgrader.apps import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    from .preprocessors import configure
    api = NbGraderAPI(CourseDirectory(root=str(folder)), config=configure(Config()))
    for lesson in lessons:
        done = api.generate_assignment(lesson, force=True)
        if not done["success"]:
            said = "\n".join((done.get("error") or done.get("log") or "").strip().splitlines()[-4:])
            raise Trouble(f"{lesson}: nbgrader could not release this lesson.\n{said}")
