"""A class: a folder of the instructor's own, a plain nbgrader course directory."""

import json
import os
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from ..errors import UserError
from ..files import moment, near, read_file

KEPT = "roster.csv"  # the roster as it came, whose columns `export` fills
RECORD = ".collected.json"  # beside a submission: what `collect` knows of it


@dataclass
class Submitted:
    """What lies in the class for one student and lesson: the file's bytes, or what is wrong with it."""

    data: bytes | None = None
    problem: str = "Nothing was handed in."
    handed_in: bool = False
    time: datetime | None = None  # (UTC) when it was handed in, as far as it is known
    record: dict[str, Any] = field(default_factory=dict)


class Classroom:
    """An existing class."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder).absolute()
        if self.folder.is_file():
            raise UserError(f"{folder}: this is a file, not a class. The class's folder comes first, then what is "
                            "brought into it: python -m grader collect CLASS SOURCE")
        if not self.folder.is_dir():
            raise UserError(f"{folder}: there is no such folder. Make a class with: python -m grader init {folder}")
        if not (self.folder / "nbgrader_config.py").is_file() or not (self.folder / "source").is_dir():
            raise UserError(f"{folder}: this is not a class (no nbgrader_config.py or source/). "
                            f"Make one with: python -m grader init FOLDER")

    @cached_property
    def lessons(self) -> dict[str, bytes]:
        """{lesson: bytes of its source notebook}, in order."""
        found = {}
        for path in sorted((self.folder / "source").glob("*/*.ipynb")):
            if path.stem == path.parent.name:
                found[path.stem] = with_mistakes(path.read_bytes(), self.folder / "mistakes" / f"{path.stem}.py")
        if not found:
            raise UserError(f"{self.folder}: source/ holds no lesson. Add them with: "
                            f"python -m grader init {self.folder}")
        return found

    def chosen(self, named: str | list[str] | None = None) -> list[str]:
        """The lessons to work on, in order: all, or those that are named."""
        picked = [named] if isinstance(named, str) else list(named or [])
        for lesson in picked:
            if lesson not in self.lessons:
                raise UserError(f"{lesson}: this class has no such lesson. {near(lesson, self.lessons)}")
        return [lesson for lesson in self.lessons if not picked or lesson in picked]

    def place(self, step: str, student: str, lesson: str) -> Path:
        """The folder of a student's lesson in one of nbgrader's steps."""
        return self.folder / step / student / lesson

    def handed_in(self) -> set[str]:
        """The ids of the students who have a folder in submitted/."""
        with os.scandir(self.folder / "submitted") as entries:
            return {e.name for e in entries if e.is_dir(follow_symlinks=False) and not e.name.startswith(".")}

    def news(self) -> bool:
        """Whether something seems to have been handed in since the last run wrote scores.csv."""
        try:
            last = (self.folder / "scores.csv").stat().st_mtime
            return any(path.stat().st_mtime > last for path in (self.folder / "submitted").glob("*/*"))
        except OSError:
            return True

    def stamp(self, student: str, lesson: str) -> tuple[datetime | None, bytes | None]:
        """(when it was handed in, the bytes of timestamp.txt that say so) of a student's lesson; None for unknown."""
        data, _ = read_file(self.place("submitted", student, lesson) / "timestamp.txt", 200)
        return moment(data), data

    def submitted(self, student: str, lesson: str) -> Submitted:
        """The `Submitted` of a student's lesson."""
        folder = self.place("submitted", student, lesson)
        found = Submitted()
        if not folder.is_dir() or folder.is_symlink():
            return found
        found.handed_in, found.record = True, read_record(folder)
        found.time, _ = self.stamp(student, lesson)
        files = [lesson + ".ipynb"] if os.path.lexists(folder / (lesson + ".ipynb")) else sorted(
            name for name in os.listdir(folder) if name.endswith(".ipynb") and not name.startswith("."))
        if len(files) == 1:
            found.data, found.problem = read_file(folder / files[0])
        elif files:
            found.problem = f"There are {len(files)} notebooks and none is called {lesson}.ipynb."
        else:
            found.problem = found.record.get("problem") or "The folder that was handed in holds no notebook."
        return found


def read_record(folder: Path) -> dict[str, Any]:
    """What `collect` noted beside a submission; what is of another kind is left out: a student may have packed it."""
    try:
        record = json.loads(read_file(folder / RECORD, 1 << 16)[0] or "{}")
    except (ValueError, RecursionError):
        record = {}
    kinds = {"from": str, "number": str, "problem": str, "platform": str, "late": bool}
    held = record if isinstance(record, dict) else {}
    return {key: value for key, value in held.items() if isinstance(value, kinds.get(key, ()))}


def with_mistakes(source: bytes, path: Path) -> bytes:
    """The bytes of a source notebook with the mistakes of that file, where a class has written its own."""
    if not path.is_file():
        return source
    notebook = json.loads(source.decode("utf-8-sig"))
    notebook["metadata"].setdefault("crease", {})["mistakes"] = path.read_text(encoding="utf-8")
    return json.dumps(notebook).encode()
