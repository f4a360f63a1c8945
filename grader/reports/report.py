"""`report`: one page that shows a class: how it did, where it got stuck, and what to look at."""

import base64
import datetime
import html
from collections import Counter, defaultdict
from pathlib import Path
from urllib.parse import quote

import nbformat
import numpy as np
from jinja2 import Environment, FileSystemLoader

from crease import plot

from ..classroom.folder import Submitted
from ..classroom.gradebook import Book, Result, roster
from ..errors import UserError
from ..files import read_file, to_name, write_file
from ..judge.feedback import policy
from ..judge.result import Kind, Status, total
from ..notebook import sanitize
from ..sandbox import box
from . import similar

HERE = Path(__file__).parent
HINTS, PAIRS = 3, 200  # shown for an exercise; shown in all
ODD = (Status.CRASHED, Status.TIMEOUT, Status.NOT_GRADABLE, Status.GRADER_ERROR)


def write(classroom, lesson=None, alike=False, tick=lambda done, total: None):
    """Write CLASS/report.html; its path."""
    names = classroom.chosen(lesson)
    with Book(classroom) as book:
        people = roster(book)
        results = {key: value for key, value in book.results().items() if key[1] in names}
    if not results:
        raise UserError(f"{classroom.folder}: nothing is graded yet. Run: python -m grader run {classroom.folder}")
    students = sorted(set(people) | {student for student, _ in results})
    handed_in = {key: result for key, result in results.items() if result.handed_in}
    times = {key: when for key in handed_in if (when := classroom.stamp(*key)[0])}
    found = similar.similar(classroom, names, students, tick=tick) if alike else None
    lessons = [summary(name, results, handed_in) for name in names]
    style = (HERE / "report.css").read_text()
    page = Environment(loader=FileSystemLoader(HERE), autoescape=True).get_template("report.html.j2").render(
        title=classroom.folder.name, style=style, policy=policy(style), made=f"{datetime.date.today():%d %B %Y}",
        count=len(handed_in), lessons=lessons, warnings=warnings(results), sections=sections(alike),
        distribution=distribution(names, handed_in), by_lesson=exercises(classroom, names, handed_in),
        look=[*look(handed_in), *missing(results)], flags=flags(handed_in), timeline=timeline(names, times, handed_in),
        days=days(names, times),
        students=[points(classroom, student, people, names, results) for student in students],
        alike=None if found is None else [shown(pair) for pair in found[:PAIRS]],
        hidden=max(0, len(found or ()) - PAIRS), fewest=similar.FEWEST)
    write_file(classroom.folder / "report.html", page)
    return classroom.folder / "report.html"


def sections(alike):
    """(anchor, name) of the page's parts."""
    parts = [("lessons", "Lessons"), ("exercises", "Exercises"), ("look", "To look at"), ("flags", "Mended or noticed"),
             ("time", "Time line"), ("students", "Students")]
    return [*parts, ("similar", "Similar answers")] if alike else parts


def share(tests):
    """Points won, as a share of all."""
    score, most = total(tests)
    return score / (most or 1)


def summary(name, results, handed_in):
    """The row of a lesson."""
    mine = [result for (_, lesson), result in handed_in.items() if lesson == name]
    shares = [share(result.tests) for result in mine]
    expected = [result.tests for (_, lesson), result in results.items() if lesson == name]
    most = max((total(tests)[1] for tests in expected), default=0)
    return {"name": name, "handed_in": len(mine), "missing": len(expected) - len(mine),
            "late": sum(result.late for result in mine), "most": f"{most:g}",
            "range": [f"{value:.0%}" for value in np.percentile(shares, [0, 50, 100])] if shares else ["", "", ""]}


def warnings(results):
    """What the reader must know before the numbers."""
    said = Counter(note for result in results.values() for note in result.notes if note.kind == Kind.LAYER)
    errors = sum(any(test.status == Status.GRADER_ERROR for test in result.tests) for result in results.values())
    held = box.LAYERS.keys() - {note.about for note in said}
    found = []
    if said and not box.enough(held):
        found.append(f"{max(said.values())} submissions were graded without a sandbox (--unsafe): their code could "
                     "read this machine's files.")
    elif said:
        found.append(f"{max(said.values())} submissions were graded without full protection. "
                     + " ".join(sorted({note.text for note in said})))
    if errors:
        found.append(f"The grader failed on {errors} submissions, which have no score. Run again; then look below.")
    return found


def exercises(classroom, names, handed_in):
    """[(lesson, [exercise with its pass rate and most common hints])]."""
    found = []
    for name in names:
        groups = defaultdict(lambda: {"passed": 0, "of": 0, "hints": Counter(), "who": {}})
        for (student, lesson), result in sorted(handed_in.items()):
            if lesson != name:
                continue
            mine = defaultdict(list)
            for test in result.tests:
                mine[test.exercise].append(test)
            for exercise, ones in mine.items():
                group = groups[exercise]
                group["of"] += 1
                group["passed"] += all(test.status == Status.PASSED for test in ones)
                for hint in {test.hint for test in ones if test.status == Status.FAILED and test.hint}:
                    group["hints"][hint] += 1
                    group["who"].setdefault(hint, student)
        found.append((name, [{
            "name": exercise, "passed": group["passed"], "of": group["of"], "share": group["passed"] / group["of"],
            "hints": [{"text": hint, "count": count, "student": to_name(group["who"][hint]),
                       "sample": answer(classroom, group["who"][hint], name, exercise)}
                      for hint, count in group["hints"].most_common(HINTS)]} for exercise, group in groups.items()]))
    return found


def answer(classroom, student, lesson, exercise):
    """The text of a student's answer, from the autograded notebook; "" if it is not there."""
    data, _ = read_file(classroom.place("autograded", student, lesson) / f"{lesson}.ipynb")
    try:
        cells = nbformat.reads(data.decode(), as_version=4).cells if data else []
    except Exception:  # the report goes on without this sample
        return ""
    return next((sanitize.text(cell.source, 4000) for cell in cells
                 if cell.metadata.get("nbgrader", {}).get("grade_id") == exercise), "")


def look(handed_in):
    """Rows of what a person should look at."""
    found = []
    for (student, lesson), result in sorted(handed_in.items()):
        for status in ODD:
            hit = next((test for test in result.tests if test.status == status), None)
            if hit:
                where = "" if status == Status.NOT_GRADABLE else f"{hit.test}: "
                failed = status == Status.GRADER_ERROR and result.notes
                words = "; ".join(map(str, result.notes)) if failed else hit.hint
                found.append({"student": to_name(student), "lesson": lesson, "what": status, "words": where + words})
        if result.late:
            found.append({"student": to_name(student), "lesson": lesson, "what": "late", "words": "Handed in late."})
    return found


def missing(results):
    """Rows of who did not hand in what."""
    found = defaultdict(list)
    for (student, lesson), result in sorted(results.items()):
        if not result.handed_in:
            found[student].append(lesson)
    return [{"student": to_name(student), "lesson": ", ".join(lessons), "what": "missing", "words": Submitted().problem}
            for student, lessons in found.items()]


def flags(handed_in):
    """What the judge noticed, each with whom it is about; notes of other kinds are told in other parts."""
    who = defaultdict(list)
    for (student, lesson), result in sorted(handed_in.items()):
        for note in result.notes:
            if note.kind == Kind.NOTICED and not all(t.status == Status.NOT_GRADABLE for t in result.tests):
                who[note.text].append(f"{to_name(student)}, {lesson}")
    return [{"text": note, "who": "; ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")}
            for note, names in sorted(who.items(), key=lambda item: -len(item[1]))]


def days(names, times):
    """[(day, [hand-ins of each lesson])]."""
    counts = Counter((f"{when:%Y-%m-%d}", lesson) for (_, lesson), when in times.items())
    return [(day, [counts[day, name] for name in names]) for day in sorted({day for day, _ in counts})]


def distribution(names, handed_in):
    """A figure of every submission's share of the points, lesson by lesson."""
    fig, ax = plot.axes(size=(8, 0.9 + 0.5 * len(names)), labels=("share of the points", ""))
    rng = np.random.default_rng(0)
    for row, name in enumerate(names):
        shares = [share(result.tests) for (_, lesson), result in handed_in.items() if lesson == name]
        ax.plot(shares, row + rng.uniform(-0.25, 0.25, len(shares)), "o", ms=5, alpha=0.6, color=plot.BLUE, ls="none")
        if shares:
            ax.plot([np.median(shares)] * 2, [row - 0.35, row + 0.35], color=plot.ORANGE, lw=3, ls="-")
    ax.set(xlim=(-0.03, 1.03), yticks=range(len(names)), yticklabels=names, ylim=(len(names) - 0.5, -0.5))
    return picture(fig, "Points of every submission by lesson; the table below holds lowest, median and highest.",
                   "A dot is a submission, a bar the median.")


def timeline(names, times, handed_in):
    """A figure of when each lesson came in."""
    if not times:
        return ""
    fig, ax = plot.axes(size=(8, 0.9 + 0.5 * len(names)), labels=("", ""))
    rng = np.random.default_rng(0)
    for late, colour, marker, label in ((False, plot.BLUE, "o", "in time"), (True, plot.ORANGE, "X", "late")):
        ours = [(when, names.index(lesson)) for (student, lesson), when in times.items()
                if handed_in[student, lesson].late == late]
        if ours:
            when, rows = zip(*ours)
            ax.plot(when, np.array(rows) + rng.uniform(-0.25, 0.25, len(rows)), marker, ms=5, alpha=0.7, color=colour,
                    ls="none", label=label)
    ax.set(yticks=range(len(names)), yticklabels=names, ylim=(len(names) - 0.5, -0.5))
    ax.legend(loc="upper left", bbox_to_anchor=(0, 1.25), ncols=2)
    fig.autofmt_xdate()
    return picture(fig, "When submissions came in, by lesson; the table below counts them by day.",
                   "A dot is a submission, by the time it was handed in (UTC).")


def picture(fig, alt, caption):
    """A figure as HTML without a style of its own, which the page's policy forbids."""
    pixels = plot.pixels(fig, 2)
    data = base64.b64encode(plot.small_png(pixels)).decode()
    return (f'<figure><img alt="{html.escape(alt)}" width="{pixels.shape[1] // 2}" src="data:image/png;base64,{data}">'
            f"<figcaption>{html.escape(caption)}</figcaption></figure>")


def points(classroom, student, people, names, results):
    """The row of a student."""
    cells, won = [], 0.0
    for name in names:
        result = results.get((student, name), Result([], handed_in=False))
        got, there = total(result.tests)[0], result.handed_in
        won += got
        page = classroom.folder / "feedback" / student / f"{name}.html"
        link = f"feedback/{quote(student)}/{quote(name)}.html" if there and page.is_file() else ""
        cells.append({"points": f"{got:g}" if there else "–", "page": link})
    known = people[student].name if student in people else ""
    return {"name": to_name(student) + (f" ({known})" if known else ""), "cells": cells, "sum": f"{won:g}"}


def shown(pair):
    """A similar pair as the page shows it."""
    both = [", ".join(map(to_name, group[:5])) + (f" and {len(group) - 5} more" if len(group) > 5 else "")
            for group in pair.students]
    left, right = (sanitize.text(text, 6000) for text in pair.texts)
    return {"share": f"{pair.similarity:.0%}", "lesson": pair.lesson, "exercise": pair.exercise,
            "who": f"{both[0]} and {both[1]}", "left": left, "right": right}
