"""How learning platforms name what they hand out: one row a layout, matched from the outermost folder inwards.

What lies deeper than a platform's own part of a name is the student's, and says nothing about whose it is or when it
was handed in. Sources: Canvas's ContentZipper, Moodle's assign/locallib.php and nbgrader's exchange (their code);
Blackboard's, Brightspace's, Gradescope's and Google's zips as they hand them out.
"""

import contextlib
import datetime
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from ..errors import UserError
from ..files import ours

FILE = r"(?:/(?:.*/)?(?P<name>[^/]+))"  # within the student's folder


@dataclass(frozen=True)
class Layout:
    """One way of naming files. Groups of `pattern`: who, name, and perhaps number, folder, late, time."""

    platform: str
    pattern: re.Pattern
    form: str = ""  # of the group `time`, for strptime
    utc: bool = False  # whether that time is in UTC; else in the class's time zone
    per_file: bool = False  # the files of a student lie side by side with the others'


LAYOUTS = [Layout(platform, re.compile(pattern, re.S), *more) for platform, pattern, *more in (
    ("nbgrader", r"(?P<who>[^/]+)\+(?P<folder>[^/+]+)\+(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)[^/]*" + FILE,
     "%Y-%m-%d %H:%M:%S", True),
    ("Moodle", r"(?P<who>[^/]+?)_(?P<number>\d+)_assignsubmission_[a-z]+_?" + FILE),
    ("Moodle", r"(?P<who>[^/]+?)_(?P<number>\d+)_assignsubmission_[a-z]+_(?P<name>[^/]+)", "", False, True),
    ("Brightspace", r"(?P<number>\d+)-\d+ ?- (?P<who>[^/]+?) ?- (?P<time>[A-Z][a-z]+ \d+, \d{4} \d{1,2}:?\d\d [AP]M)"
     + FILE, "%b %d, %Y %I%M %p"),
    ("Brightspace", r"(?P<number>\d+)-\d+ ?- (?P<who>[^/]+?) ?- (?P<time>[A-Z][a-z]+ \d+, \d{4} \d{1,2}:?\d\d [AP]M)"
     r" ?- (?P<name>[^/]+)", "%b %d, %Y %I%M %p", False, True),
    ("Blackboard", r"(?P<folder>[^/]+?)_(?P<who>[^/_]+)_attempt_(?P<time>\d{4}(?:-\d\d){5})_(?P<name>[^/]+)",
     "%Y-%m-%d-%H-%M-%S", False, True),
    ("Canvas", r"(?P<late>LATE_)?(?P<who>anon_(?P<number>[A-Za-z0-9]+))_(?P<late_too>LATE_)?\d+_(?P<name>[^/]+)", "",
     False, True),
    ("Canvas", r"(?P<who>[^/]+?)_(?P<late>LATE_)?(?P<number>\d+)_\d+_(?P<name>[^/]+)", "", False, True),
    ("Gradescope", r"(?P<who>submission_\d+)" + FILE),
    ("Google", r"Takeout/(?:[^/]+/)+(?P<who>[^/]+?) - (?P<name>[^/]+)", "", False, True),
    ("Google", r"(?P<who>[^/]+?) - (?P<name>[^/]+)", "", False, True),
)]
AROUND = {"submitted", "inbound", "submissions", "assignments", "download", "downloads"}  # names of no student


def layout_of(path):
    """(`Layout`, its match) of a path from the outermost folder on, or (None, None)."""
    for layout in LAYOUTS:
        if match := layout.pattern.fullmatch(path):
            return layout, match
    return None, None


def around(paths, clones, known):
    """The folder that all paths lie in, with its slash, where it is nobody's: what zips and platforms put around them.

    clones: folders that are a repository.  known(name) -> whether a student is called so.
    """
    tops = {path.split("/")[0] for path in paths}
    top = next(iter(tops), "")
    inner = [path.partition("/")[2] for path in paths]
    if len(tops) != 1 or "" in inner or top in clones or top == "Takeout" or known(top):
        return ""
    if any(layout_of(path)[0] for path in paths):
        return ""  # a platform's own folder of a student
    slug, seconds = top.removesuffix("submissions"), {path.split("/")[0] for path in inner}
    if top in AROUND or re.fullmatch(r"assignment_\d+_export", top) or all(map(known, seconds)):
        return top + "/"
    if slug not in (top, "") and all(name.startswith(slug) for name in seconds) and all("/" in path for path in inner):
        return top + "/"
    if all(map(telling, inner)):  # two people's at least: one person could have packed such a folder
        return top + "/" if len({layout_of(path)[1]["who"] for path in inner}) > 1 else ""
    plain = all("/" in path for path in inner) and len(seconds) > 1 and "course" not in seconds
    return top + "/" if plain and not all(re.match(r"\d\d_", name) for name in seconds) else ""


def several(paths, known):
    """Whether each outermost folder is an assignment's, as a platform hands it out: several of its zips in a folder."""
    tops = {path.split("/")[0] for path in paths}
    return len(tops) > 1 and not any(map(known, tops)) and all(
        telling(path.partition("/")[2]) and not layout_of(path)[0] for path in paths)


def telling(path):
    """Whether a path is a platform's by a name that nobody gives a file by chance, as they do “Copy - lesson”."""
    layout, _ = layout_of(path)
    return layout is not None and layout.platform != "Google"


def when(layout, match, zone):
    """The time (UTC, without a zone) in a platform's name, or None."""
    text = match.groupdict().get("time") if layout.form else None
    if not text:
        return None
    text = re.sub(r"(?<=\d):?(?=\d\d [AP]M)", "", text) if "%I%M" in layout.form else text
    return parsed(text, layout.form, "UTC" if layout.utc else zone)


def parsed(text, form, zone):
    """A time in UTC from a text, or None where it is none, or none of our times."""
    with contextlib.suppress(ValueError, OverflowError):
        found = datetime.datetime.strptime(re.sub(r"\b([A-Z][a-z]{2})[a-z]*", r"\1", text), form)
        if ours(found):
            return found.replace(tzinfo=ZoneInfo(zone)).astimezone(datetime.UTC).replace(tzinfo=None)
    return None


def mapped(regex):
    """The pattern of --map; `UserError` where it is none, or names no student."""
    try:
        pattern = re.compile(regex)
    except re.error as error:
        raise UserError(f"--map: this is no regular expression: {error}. An example for work/ada-lesson.ipynb: "
                        r"--map 'work/(?P<student>\w+)-(?P<lesson>\w+)\.ipynb'") from None
    if "student" not in pattern.groupindex:
        raise UserError("--map: name the part of the path that is the student's id, as in "
                        r"--map 'work/(?P<student>\w+)-.*\.ipynb'. Also possible: lesson, time (as 2026-10-05 23:59).")
    return pattern


def gradescope(data):
    """{submission_…: (id or email, name, time in UTC or None)} of Gradescope's submission_metadata.yml."""
    import yaml
    try:
        held = yaml.safe_load(data.decode("utf-8"))
        found = {}
        for folder, about in held.items():
            person, at = about[":submitters"][0], about.get(":created_at")
            if isinstance(at, datetime.datetime) and at.tzinfo:
                at = at.astimezone(datetime.UTC).replace(tzinfo=None)
            found[folder] = (str(person.get(":email") or person.get(":sid") or person[":name"]),
                             str(person.get(":name", "")), ours(at) if isinstance(at, datetime.datetime) else None)
        return found
    except (yaml.YAMLError, UnicodeDecodeError, AttributeError, KeyError, IndexError, TypeError, ValueError,
            RecursionError, OverflowError) as error:
        raise UserError(f"submission_metadata.yml: it is not what Gradescope writes ({type(error).__name__}). Export "
                        "the submissions again.") from None
