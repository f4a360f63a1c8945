"""Files of a class, read and written without trusting them, and the names of its folders."""

import csv
import io
import os
import re
import stat
import tempfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from .errors import UserError
from .limits import Limits

LIMIT = Limits().notebook_bytes
# What nbgrader's globs, a file system or a terminal would take for something else is written %XX in a folder's name.
AWKWARD = re.compile(r"[*?\[\x00-\x1f\x7f-\x9f\ud800-\udfff]|%(?=[0-9A-Fa-f]{2})|^\s+|\s+$")


def to_id(name: str) -> str:
    """The id, which is a folder's name, of a student's name; nearly always the name itself. See `to_name`."""
    return AWKWARD.sub(lambda match: quote(match.group(), safe="", errors="surrogateescape"), name)


def to_name(student: str) -> str:
    """The name of a student's id."""
    return unquote(student)


def some(students: Sequence[str], most: int = 8, joint: str = ", ") -> str:
    """The names of a few students, and how many more there are."""
    rest = f" and {len(students) - most} more" if len(students) > most else ""
    return joint.join(map(to_name, students[:most])) + rest


def near(word: str, words: Iterable[str]) -> str:
    """What may have been meant by a name that is none of these."""
    names = sorted(words)
    close = [name for name in names if word and name.startswith(word)] or get_close_matches(word, names, 1, 0.5)
    return f"Did you mean {close[0]}?" if close else f"There are: {', '.join(names[:12])}."


def read_file(path: str | os.PathLike[str], limit: int = LIMIT) -> tuple[bytes | None, str]:
    """(bytes, "") of an ordinary file, else (None, what is wrong). Follows no link, waits for no FIFO."""
    try:
        fd = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
                     | getattr(os, "O_BINARY", 0))
    except OSError as error:
        return None, "It is a symbolic link." if os.path.islink(path) else f"It cannot be read: {error.strerror}."
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        return None, "It is not an ordinary file."
    with os.fdopen(fd, "rb") as file:  # `read` makes room for all that it may read: in a browser that memory is gone
        data = file.read(min(limit, os.fstat(fd).st_size) + 1)
    return (None, f"The file is larger than {limit >> 20} MB.") if len(data) > limit else (data, "")


def ours(when: datetime | None) -> datetime | None:
    """A time of our years, None for any other: they break the sums of dates."""
    return when if when and 1990 <= when.year < 2100 else None


def moment(data: bytes | None) -> datetime | None:
    """The time (UTC) in the bytes of nbgrader's timestamp.txt, or None where there is none."""
    from nbgrader.utils import parse_utc
    try:
        found: datetime | None = parse_utc(data.decode().strip()) if data and len(data) <= 200 else None
        return ours(found)
    except Exception:  # dateutil raises even warnings as errors, and a student may have written the file
        return None


def write_file(path: str | os.PathLike[str], data: bytes | str) -> None:
    """Write a file so that it is there whole or not at all."""
    path, name = Path(path), ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data if isinstance(data, bytes) else data.encode())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException as error:
        if name:
            os.unlink(name)
        if isinstance(error, OSError):
            error.filename = str(path)  # what was to be written, not what it is called until it is whole
        raise


def table(path: Path) -> tuple[list[str], list[dict[str, Any]]]:
    """(heading, rows as dicts) of a CSV, whatever its encoding and delimiter."""
    reader = csv.DictReader(io.StringIO(text_of(path), newline=""), delimiter=delimiter_of(path))
    rows = list(reader)
    return list(reader.fieldnames or []), rows


def raw_table(path: Path) -> list[list[str]]:
    """All rows of a CSV, the heading first, without blank ones."""
    return [row for row in csv.reader(io.StringIO(text_of(path), newline=""), delimiter=delimiter_of(path)) if any(row)]


def text_of(path: Path) -> str:
    """The text of a file that people edit, whatever its encoding."""
    data, problem = read_file(path)
    if data is None:
        raise UserError(f"{path}: {problem}" if os.path.lexists(path) else f"{path}: there is no such file.")
    if data[:4] == b"PK\3\4":
        raise UserError(f"{path}: this is a spreadsheet or a zip. Save the table as CSV, and give that file.")
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def delimiter_of(path: Path) -> str:
    """What separates the columns of a CSV, by its heading."""
    heading = text_of(path).partition("\n")[0]
    return max(",;\t", key=heading.count)
