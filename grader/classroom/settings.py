"""CLASS/class.toml: the lessons in force, due dates, extensions, lateness, weights, what is dropped."""

import datetime
import re
import tomllib
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, available_timezones

from ..errors import UserError
from ..files import near, read_file

NAME = "class.toml"
DAY = datetime.timedelta(days=1)
# What each table may hold: {key: (types, what to write)}.
NUMBER, TEXT, DATE = (int, float), (str,), (datetime.date,)
TABLES = {
    "class": {"name": (TEXT, "a text"), "timezone": (TEXT, 'a text as "Europe/Berlin"'),
              "sections": (TEXT, "the name of a column of the roster")},
    "late": {"per_day": (NUMBER, "a number of percent from 0 to 100"),
             "at_most": (NUMBER, "a number of percent from 0 to 100"), "grace_minutes": (NUMBER, "a number from 0")},
    "lesson": {"due": (DATE, "a time as 2026-10-05T23:59:00"), "weight": (NUMBER, "a number from 0"),
               "dropped": ((list,), 'a list of tests as ["test_affine_hidden"]')},
    "student": {"dropped": ((bool,), "true or false")},
    "extension": {"due": (DATE, "a time as 2026-10-12T23:59:00")},
    "follow_through": {"award": ((bool,), "true or false")},
}
TOP = ("class", "late", "follow_through", "lessons", "students")
START = '''# What a term needs. Change it whenever you like and run again: `run` shows which grades change, and asks.
[class]
name = "{name}"
timezone = "UTC"                # of the times below, as "Europe/Berlin"
sections = "section"            # the roster's column that says who is in which section

[late]
per_day = 0                     # percent of the points for each day begun; 0: lateness is only reported
at_most = 100                   # percent
grace_minutes = 0

[follow_through]
award = false                   # true: a test that fails only because an earlier exercise is wrong gives its points

# Only lessons listed here are in force. Without a due date nothing is missing yet, and exports are blank.
# An extension:    [students.mia.01_linear_collapse]    and    due = 2026-10-12T23:59:00
# Who has left:    [students.mia]                       and    dropped = true
'''
LESSON = '''
[lessons.{lesson}]
# due = 2026-10-05T23:59:00
# weight = 1.0
# dropped = ["test_of_a_question_that_does_not_count"]
'''


@dataclass
class LessonTerms:
    """What holds for one lesson."""

    due: datetime.datetime | None = None
    weight: float = 1.0
    dropped: tuple[str, ...] = ()


@dataclass
class Settings:
    """What class.toml says; times are in UTC."""

    name: str = ""
    sections: str = "section"
    zone: str = "UTC"
    per_day: float = 0.0
    at_most: float = 100.0
    grace: datetime.timedelta = datetime.timedelta(0)
    lessons: dict[str, LessonTerms] = field(default_factory=dict)  # empty: all are in force
    extensions: dict[tuple[str, str], datetime.datetime] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()  # students who have left
    award: bool = False
    text: str = ""

    def terms(self, lesson):
        """The `LessonTerms` of a lesson."""
        return self.lessons.get(lesson, LessonTerms())

    def due(self, student, lesson):
        """When a student's lesson is due, or None."""
        return self.extensions.get((student, lesson)) or self.terms(lesson).due

    def in_force(self, lessons):
        """Those of these lessons that are in force, in order."""
        return [lesson for lesson in lessons if not self.lessons or lesson in self.lessons]

    def late_days(self, when, due):
        """Days begun after the due date, by two times in UTC; 0 within the grace."""
        over = when - due
        return 0 if over <= self.grace else -(-over // DAY)

    def share_lost(self, days):
        """The share of the points that so many days cost."""
        return min(self.per_day * days, self.at_most) / 100


def read(classroom):
    """The `Settings` of a class; those of an empty file where there is none."""
    path = classroom.folder / NAME
    data, problem = read_file(path) if path.exists() else (b"", "")
    if data is None:
        raise UserError(f"{path}: {problem}")
    return parse(data.decode("utf-8-sig", "replace"), list(classroom.lessons), path)


def parse(text, lessons, path=NAME):
    """The `Settings` in the text of a class.toml for a class of these lessons; `UserError` with file, line and key."""
    try:
        held = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{path}: {error}. Names with spaces, dots or letters beyond a to z stand in quotes, as in "
                        '[students."Zoë O\'Hara"].') from None

    def fail(keys, words):
        raise UserError(f"{path}, line {line_of(text, keys)}, {'.'.join(keys)}: {words}")

    for key in held.keys() - set(TOP):
        fail([key], f"there is no such table. {near(key, TOP)}")
    for key in held:
        if not isinstance(held[key], dict):
            fail([key], f"this is a table. Write [{key}] and its keys below.")
    about, late, follow = (table(held.get(name, {}), [name], name, fail) for name in TOP[:3])
    zone = about.get("timezone", "UTC")
    if zone not in available_timezones():
        fail(["class", "timezone"], f"{zone!r} is no time zone that is known here. {near(zone, available_timezones())}")
    settings = Settings(
        about.get("name", ""), about.get("sections", "section"), zone, late.get("per_day", 0.0),
        late.get("at_most", 100.0), datetime.timedelta(minutes=late.get("grace_minutes", 0)),
        award=follow.get("award", False), text=text)
    for lesson, value in held.get("lessons", {}).items():
        known(lesson, lessons, ["lessons", lesson], fail)
        value = table(value, ["lessons", lesson], "lesson", fail)
        settings.lessons[lesson] = LessonTerms(moment(value["due"], zone) if "due" in value else None,
                                               float(value.get("weight", 1)), tuple(value.get("dropped", ())))
    of_students(settings, held.get("students", {}), lessons, zone, fail)
    return settings


def of_students(settings, held, lessons, zone, fail):
    """Put into `Settings` who has left, and extensions."""
    for student, value in held.items():
        more = table(value, ["students", student], "student", fail)
        if more.get("dropped"):
            settings.gone |= {student}
        for lesson in more.keys() - {"dropped"}:
            keys = ["students", student, lesson]
            known(lesson, lessons, keys, fail)
            if "due" in table(more[lesson], keys, "extension", fail):
                settings.extensions[student, lesson] = moment(more[lesson]["due"], zone)


def table(value, keys, kind, fail):
    """A table of class.toml, when each of its keys may be there and holds what it should."""
    if not isinstance(value, dict):
        fail(keys, f"this is a table. Write [{'.'.join(keys)}] and its keys below.")
    for key, what in value.items():
        if kind == "student" and key != "dropped":  # a lesson of theirs
            continue
        if key not in TABLES[kind]:
            fail([*keys, key], f"there is no such key. {near(key, TABLES[kind])}")
        types, wanted = TABLES[kind][key]
        fits = isinstance(what, types) and (not isinstance(what, bool) or bool in types)
        if fits and types is NUMBER:
            fits = 0 <= what <= (100 if key in ("per_day", "at_most") else 1e6)
        if fits and types == (list,):
            fits = all(isinstance(test, str) for test in what)
        if not fits:
            fail([*keys, key], f"this must be {wanted}, not {what!r}.")
    return value


def moment(value, zone):
    """A date or time of class.toml as UTC without a zone, as nbgrader keeps times; a date is its last second."""
    if not isinstance(value, datetime.datetime):
        value = datetime.datetime.combine(value, datetime.time(23, 59, 59))
    try:
        value = value if value.tzinfo else value.replace(tzinfo=ZoneInfo(zone))
        return value.astimezone(datetime.UTC).replace(tzinfo=None)
    except OverflowError:  # in the years 1 and 9999
        return value.replace(tzinfo=None)


def known(lesson, lessons, keys, fail):
    """Refuse a lesson that the class has not."""
    if lesson not in lessons:
        fail(keys, f"source/ holds no such lesson. {near(lesson, lessons)}")


def line_of(text, keys):
    """The line where a key stands, as [table] or as key = value; else that of the nearest table around it."""
    best, here = (0, 1), []
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[+\s*(.+?)\s*\]+\s*(#.*)?$", line):
            here = parts(header[1])
        elif found := re.match(r"""\s*((?:"[^"]*"|'[^']*'|[\w.-])+)\s*=""", line):
            if [*here, *parts(found[1])] == keys:
                return number
            continue
        if here == keys[:len(here)] and len(here) > best[0]:
            best = (len(here), number)
    return best[1]


def parts(name):
    """The parts of a dotted name in TOML."""
    return [part.strip("\"'") for part in re.findall(r"""\"[^"]*"|'[^']*'|[^.\s]+""", name)]


def agree(settings, students, tests, path=NAME):
    """Refuse what class.toml says of students or tests that are not there. tests: {lesson: names of its tests}."""
    named = [[student] for student in settings.gone] + [list(key) for key in settings.extensions]
    for keys in named:
        if keys[0] not in students:
            line = line_of(settings.text, ["students", *keys])
            raise UserError(f"{path}, line {line}, students.{keys[0]}: nobody in the class has this id. "
                            f"{near(keys[0], students)}")
    for lesson, terms in settings.lessons.items():
        for test in terms.dropped:
            if test not in tests.get(lesson, (test,)):
                line = line_of(settings.text, ["lessons", lesson, "dropped"])
                raise UserError(f"{path}, line {line}, lessons.{lesson}.dropped: the lesson has no test {test!r}. "
                                f"{near(test, tests[lesson])}")
