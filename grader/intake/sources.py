"""Where submissions come from: folders and zips as a learning platform hands them out, read without trusting them."""

import datetime
import os
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from ..errors import UserError
from ..files import LIMIT, moment, read_file
from ..notebook.recognise import NOTEBOOK

JUNK = re.compile(r"(^|/)(__MACOSX|\.ipynb_checkpoints|\.git|__pycache__)(/|$)|(^|/)(\._[^/]*|\.DS_Store|Thumbs\.db|"
                  r"desktop\.ini)$", re.I)
CANVAS = re.compile(r"(?P<who>[^/]+?)_(?P<late>LATE_)?(?P<id>\d+)_(?P<file>\d+)_(?P<name>[^/]+)$")
MOODLE = re.compile(r"(?P<who>[^/]+?)_(?P<id>\d+)_assignsubmission_[a-z]+_?(?:/(?:.*/)?)?(?P<name>[^/]*)$")
# nbgrader's inbound/: student+assignment+time+random/file
EXCHANGE = re.compile(r"(?P<who>[^/]+)\+(?P<folder>[^/+]+)\+\d{4}-\d\d-\d\d [^/+]*(?:\+[^/]*)?/(?P<name>[^/]+)$")


@dataclass
class SubmittedFile:
    """One file of a source: who handed it in, by the file's place and name, and how to read it."""

    where: str
    who: str
    name: str
    folder: str = ""  # the folder between the student's and the file, if any: an assignment's name
    number: str = ""  # the platform's number for the student, which tells two of the same name apart
    late: bool = False
    time: float | None = None
    dated: bool = False  # whether `time` is when it was handed in, not merely when the file was written
    read: object = None  # () -> (bytes or None, what is wrong)


def submitted_files(source, skipped):
    """Every notebook in a source; what is none goes to `skipped` as (where, why)."""
    source = Path(source)
    entries = entries_of(source, skipped)
    notebooks = [entry for entry in entries if is_notebook(entry[0], skipped)]
    stamps = {os.path.dirname(where): read for where, _, _, read in entries
              if os.path.basename(where) == "timestamp.txt"}
    clones = sorted({where.split("/.git/")[0] for where, _ in skipped if "/.git/" in where})
    wrapper = common_folder([where for where, *_ in notebooks], clones)
    slug = common_slug([clone.removeprefix(wrapper) for clone in clones], wrapper[:-1] or source.name)
    found = []
    for where, time, dated, read in notebooks:
        file = placed(where, wrapper, skipped)
        if file is not None:
            file.who = file.who.removeprefix(slug)
            file.time, file.dated, file.read = time, dated, read
            stamp = stamps.get(os.path.dirname(where))
            if stamp and (when := moment(stamp()[0])):
                file.time, file.dated = when.replace(tzinfo=datetime.UTC).timestamp(), True
            found.append(file)
    return found


def entries_of(source, skipped):
    """[(path, time, whether handed in then, read)] of all files in a source; refuses what is no source."""
    if not source.exists():
        raise UserError(f"{source}: there is no such file or folder.")
    if source.is_dir():
        entries = list(walk(source, "", skipped))
    elif zipfile.is_zipfile(source):
        entries = list(unzip(source, skipped))
    else:
        raise UserError(f"{source}: this is neither a folder nor a zip file. Give the zip as the platform hands it "
                        "out, or a folder with one folder per student.")
    if not entries:
        raise UserError(f"{source}: it is empty. There is nothing to collect.")
    return entries


def is_notebook(where, skipped):
    """Whether a path is a notebook's; else it is `skipped`, except for nbgrader's timestamps."""
    if JUNK.search(where):
        skipped.append((where, "a system file"))
    elif NOTEBOOK.search(where):
        return True
    elif os.path.basename(where) != "timestamp.txt":
        why = "a zip within the source: unpack it first" if where.lower().endswith(".zip") else "not a notebook"
        skipped.append((where, why))
    return False


def walk(folder, inside, skipped, depth=0):
    """(path, time, whether handed in then, read) of the files in a folder; follows no link, opens nothing yet."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        skipped.append((inside or str(folder), f"the folder cannot be read: {error.strerror}"))
        return
    for entry in entries:
        where = f"{inside}/{entry.name}" if inside else entry.name
        mode = entry.stat(follow_symlinks=False)
        if stat.S_ISDIR(mode.st_mode):
            if JUNK.search(where) or depth > 5:
                skipped.append((where + "/", "a system folder" if JUNK.search(where) else "too deep"))
            else:
                yield from walk(entry.path, where, skipped, depth + 1)
        elif stat.S_ISREG(mode.st_mode):
            yield where, mode.st_mtime, False, lambda path=entry.path: read_file(path)
        else:
            kind = "a symbolic link: not followed" if stat.S_ISLNK(mode.st_mode) else "not an ordinary file"
            skipped.append((where, kind))


def unzip(path, skipped):
    """The same of the entries of a zip; a bad one is skipped, and costs no other."""
    try:
        archive = zipfile.ZipFile(path)
        infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UserError(f"{path}: the zip cannot be read: {error}. Download it again.") from None
    for info in infos:
        where = info.filename
        if not info.flag_bits & 0x800:  # not marked as UTF-8, though most tools write it
            try:
                where = where.encode("cp437").decode("utf-8")
            except UnicodeError:
                pass
        parts = where.replace("\\", "/").split("/")
        if info.is_dir():
            continue
        if ".." in parts or where.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", where) or "\0" in where:
            skipped.append((where, "its path leads out of the zip: refused"))
        elif stat.S_ISLNK(info.external_attr >> 16):
            skipped.append((where, "a symbolic link: not followed"))
        else:
            yield "/".join(p for p in parts if p not in ("", ".")), local(info.date_time), info.date_time[0] > 1980, \
                lambda info=info: read_entry(archive, info)


def read_entry(archive, info):
    """(bytes, "") of a zip's entry, else (None, what is wrong); stops reading where it grows too large."""
    try:
        with archive.open(info) as file:
            data = file.read(LIMIT + 1)
    except RuntimeError:
        return None, "The zip entry is encrypted."
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError, MemoryError) as error:
        return None, f"The zip entry is damaged: {error}."
    return (None, f"The file is larger than {LIMIT >> 20} MB.") if len(data) > LIMIT else (data, "")


def local(fields):
    """The time of a zip's entry, or None where it is no date."""
    try:
        return datetime.datetime(*fields).timestamp()
    except (ValueError, OverflowError, OSError):
        return None


def common_folder(paths, clones=()):
    """The folder that all paths lie in, where it is no student's: what zips, nbgrader or `gh classroom` put around."""
    tops = {path.split("/")[0] for path in paths}
    top = next(iter(tops), "")
    inner = [path.partition("/")[2] for path in paths]
    if len(tops) != 1 or top in clones:
        return ""
    if len(inner) > 1 and all("/" not in path and CANVAS.match(path) for path in inner):
        return top + "/"
    if not all("/" in path for path in inner):
        return ""
    seconds = {path.split("/")[0] for path in inner}
    slug = top.removesuffix("submissions")
    if top == "submitted" or slug not in (top, "") and all(name.startswith(slug) for name in seconds):
        return top + "/"
    if len(seconds) > 1 and "course" not in seconds and not all(re.match(r"\d\d_", name) for name in seconds):
        return top + "/"
    return ""


def common_slug(clones, outer):
    """What GitHub Classroom puts before the user in a clone's name: by the folder around, else what several share."""
    if outer.endswith("-submissions"):
        return outer.removesuffix("submissions")
    names = [clone for clone in clones if "/" not in clone]
    start = os.path.commonprefix(names) if len(names) > 1 else ""
    return start[:start.rfind("-") + 1]


def placed(where, wrapper, skipped):
    """The `SubmittedFile` of a path: whose it is, by the platform's pattern or by its folder."""
    inner = where.removeprefix(wrapper)
    if match := EXCHANGE.search(inner):
        file = SubmittedFile(where, match["who"], match["name"], folder=match["folder"])
    elif match := MOODLE.search(inner):
        file = SubmittedFile(where, match["who"], match["name"], number=match["id"])
    elif (match := CANVAS.match(inner)) and "/" not in inner:
        file = SubmittedFile(where, match["who"], match["name"], number=match["id"], late=bool(match["late"]))
    else:
        parts = inner.split("/")
        if len(parts) < 2:
            skipped.append((where, "whose it is cannot be told: it lies in no student's folder"))
            return None
        file = SubmittedFile(where, parts[0], parts[-1], folder=parts[-2] if len(parts) > 2 else "")
    if file.who.startswith(".") or not file.who.strip() or len(os.fsencode(file.who)) > 200:
        skipped.append((where, f"{file.who!r} cannot be the name of a student's folder"))
        return None
    return file
