"""Where submissions come from: folders and zips as a learning platform hands them out, read without trusting them."""

import datetime
import os
import re
import stat
import subprocess
import time
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from ..errors import UserError
from ..files import LIMIT, moment, ours, read_file
from ..notebook.recognise import NOTEBOOK
from . import platforms

JUNK = re.compile(r"(^|/)(__MACOSX|\.ipynb_checkpoints|\.git|__pycache__)(/|$)|(^|/)(\._[^/]*|\.DS_Store|Thumbs\.db|"
                  r"desktop\.ini)$", re.I)

@dataclass
class SubmittedFile:
    """One file of a source: who handed it in, by the file's place and name, and how to read it."""

    where: str
    who: str
    name: str
    folder: str = ""  # the folder between the student's and the file, if any: an assignment's name
    number: str = ""  # the platform's number for the student, which tells two of the same name apart
    late: bool = False
    handed_in: datetime.datetime | None = None  # when, in UTC, as the platform says
    platform: str = ""  # whose way of naming fits, if any
    time: datetime.datetime | None = None  # that time, else the file's own: for the order of attempts only
    read: object = None  # () -> (bytes or None, what is wrong)
    name_of: str = ""  # the student's name, where `who` is an id
    shallow: bool = False  # in the student's folder or one below, where nbgrader puts its timestamp.txt


def submitted_files(source, skipped, known=lambda name: False, zone="UTC", pattern=None):
    """[`SubmittedFile`] of every file in a source that may be a submission; what is none goes to `skipped`.

    known(name) -> whether a student is called so.  zone: of the times in names.  pattern: of --map.
    """
    source = Path(source)
    entries = entries_of(source, skipped)
    files = [entry for entry in entries if may_be_one(entry[0], skipped)]
    notebooks = [where for where, *_ in files if NOTEBOOK.search(where)]
    clones = sorted({where.split("/.git/")[0] for where, _ in skipped if "/.git/" in where})
    wrapper = "" if pattern else platforms.around(notebooks, clones, known)
    apart = not pattern and platforms.several(notebooks, known)
    slug = common_slug([clone.removeprefix(wrapper) for clone in clones], wrapper[:-1] or source.name)
    beside = {where: read for where, _, read in entries}
    listed = beside.get(f"{wrapper}submission_metadata.yml")
    people = platforms.gradescope(listed()[0] or b"") if listed and not pattern else {}
    found = []
    for where, written, read in files:
        around = where.split("/")[0] + "/" if apart else wrapper
        file = placed(where, around, skipped, zone, pattern)
        if file is None:
            continue
        file.who = file.who.removeprefix(slug)
        file.read = read
        top = where.removeprefix(wrapper).split("/")[0]
        if file.platform == "Gradescope" and top in people:
            file.who, file.name_of, file.handed_in = people[top]
        elif not file.platform and wrapper + top in clones and source.is_dir():
            file.handed_in = commit_time(source / (wrapper + top))
        elif not file.platform and not clones and (stamp := beside.get(f"{os.path.dirname(where)}/timestamp.txt")):
            file.handed_in = moment(stamp()[0]) if file.shallow else None
        file.time = file.handed_in or written
        found.append(file)
    return found


def commit_time(clone):
    """When a clone's last commit was made, by its own word (UTC); None where git cannot say."""
    command = ["git", "-c", "core.fsmonitor=false", "-c", "safe.directory=*", "-C", str(clone), "log", "-1",
               "--no-show-signature", "--format=%ct"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20,
                              env={"PATH": os.environ.get("PATH", ""), "GIT_CONFIG_NOSYSTEM": "1", "GIT_PAGER": "cat"})
        return ours(datetime.datetime.fromtimestamp(int(done.stdout), datetime.UTC).replace(tzinfo=None))
    except (OSError, ValueError, OverflowError, subprocess.TimeoutExpired):
        return None


def entries_of(source, skipped):
    """[(path, time of the file, read)] of all files in a source; refuses what is no source."""
    if not source.exists():
        raise UserError(f"{source}: there is no such file or folder.")
    if source.is_dir():
        entries = list(walk(source, "", skipped))
    elif zipfile.is_zipfile(source):
        entries = list(unzip(source, skipped))
    else:
        with open(source, "rb") as file:
            if file.read(4) == b"PK\3\4":
                raise UserError(f"{source}: this zip is cut off: its end is missing. Download it again.")
        raise UserError(f"{source}: this is neither a folder nor a zip file. Give the zip as the platform hands it "
                        "out, or a folder with one folder per student.")
    if not entries:
        raise UserError(f"{source}: it is empty. There is nothing to collect.")
    return entries


def may_be_one(where, skipped):
    """Whether a file may be handed in; system files are `skipped`, what platforms add beside is neither."""
    if JUNK.search(where):
        skipped.append((where, "a system file"))
        return False
    return os.path.basename(where) not in ("timestamp.txt", "submission_metadata.yml")


def walk(folder, inside, skipped, depth=0):
    """(path, time, read) of the files in a folder; follows no link, opens nothing yet."""
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
            yield where, local(time.gmtime(mode.st_mtime)[:6]), lambda path=entry.path: read_file(path)
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
            yield "/".join(p for p in parts if p not in ("", ".")), local(info.date_time), \
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
    """The time of a file, or None where it is no date."""
    try:
        return datetime.datetime(*fields)
    except (ValueError, OverflowError):
        return None


def common_slug(clones, outer):
    """What GitHub Classroom puts before the user in a clone's name: by the folder around, else what several share."""
    if outer.endswith("-submissions"):
        return outer.removesuffix("submissions")
    names = [clone for clone in clones if "/" not in clone]
    start = os.path.commonprefix(names) if len(names) > 1 else ""
    return start[:start.rfind("-") + 1]


def placed(where, wrapper, skipped, zone, pattern=None):
    """The `SubmittedFile` of a path: whose it is, by --map, by the platform's way of naming, or by its folder."""
    inner = where.removeprefix(wrapper)
    layout, match = platforms.layout_of(inner)
    if pattern:
        match = pattern.fullmatch(where)
        if not match:
            skipped.append((where, "it does not fit --map"))
            return None
        held = {key: value or "" for key, value in match.groupdict().items()}
        at = platforms.parsed(held.get("time", "")[:16].replace("T", " "), "%Y-%m-%d %H:%M", zone)
        file = SubmittedFile(where, held["student"], inner.split("/")[-1], held.get("lesson", ""), handed_in=at,
                             platform="--map")
    elif layout:
        held = match.groupdict()
        file = SubmittedFile(where, match["who"], match["name"], held.get("folder") or "", held.get("number") or "",
                             bool(held.get("late") or held.get("late_too")), platforms.when(layout, match, zone),
                             platform=layout.platform)
    else:
        parts = inner.split("/")
        if len(parts) < 2:
            skipped.append((where, "whose it is cannot be told: it lies in no student's folder. --map says where a "
                                   "path names the student"))
            return None
        file = SubmittedFile(where, parts[0], parts[-1], parts[-2] if len(parts) > 2 else "", shallow=len(parts) < 4)
    if file.who.startswith(".") or not file.who.strip() or len(os.fsencode(file.who)) > 200 or "/" in file.who:
        skipped.append((where, f"{file.who!r} cannot be the name of a student's folder"))
        return None
    return file
