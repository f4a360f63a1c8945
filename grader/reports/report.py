"""`report`: one page that shows a class: how it did, where it got stuck, and what to look at."""

import datetime
from collections import Counter, defaultdict
from pathlib import Path
from urllib.parse import quote

import numpy as np
from jinja2 import Environment, FileSystemLoader

from ..classroom.folder import Submitted
from ..classroom.gradebook import Book, Result, roster
from ..classroom.grades import alarms, grades, said_of, totals
from ..classroom.history import earlier
from ..classroom.roster import section_of
from ..classroom.run import chosen
from ..errors import UserError
from ..files import some, to_name, write_file
from ..judge.feedback import policy
from ..judge.result import Kind, Status, total
from ..notebook import sanitize
from ..sandbox import box
from . import items, pictures, similar

HERE = Path(__file__).parent
PAIRS, MISTAKES = 200, 15  # shown in all
ODD = (Status.CRASHED, Status.TIMEOUT, Status.NOT_GRADABLE, Status.GRADER_ERROR)


def write(classroom, lesson=None, alike=False, tick=lambda done, total: None):
    """Write CLASS/report.html; its path."""
    with Book(classroom) as book:
        names = chosen(classroom, book.settings, lesson)
        people = {student: who for student, who in roster(book).items() if student not in book.settings.gone}
        results = {key: value for key, value in grades(book).items()
                   if key[1] in names and key[0] not in book.settings.gone}
        found = totals(book, results, sorted(set(people) | {student for student, _ in results}), names)
        sums = {(one.student, one.lesson): one for one in found}
        named, sections_of = book.settings.name, section_of(classroom, book.settings.sections)
        before = earlier(book, Result.from_json)
    if not results:
        raise UserError(f"{classroom.folder}: nothing is graded yet. Run: python -m grader run {classroom.folder}")
    students = sorted(set(people) | {student for student, _ in results})
    handed_in = {key: result for key, result in results.items() if result.handed_in}
    times = {key: when for key in handed_in if (when := classroom.stamp(*key)[0])}
    alikes = similar.similar(classroom, names, students, tick=tick) if alike else None
    asked, quizzes = {}, []
    for place, name in enumerate(names):
        tick(place, len(names))
        asked[name] = items.items(name, handed_in, before)
        items.sampled(classroom, asked[name])
        if questions := items.questions(classroom, name, [one for one, its in handed_in if its == name]):
            quizzes.append((name, questions))
    tick(len(names), len(names))
    by_section = items.by_section(asked, {one: sections_of[one] for one in students if sections_of.get(one)},
                                  handed_in, names)
    lessons = [summary(name, results, handed_in) for name in names]
    shares = {key: share(result.tests) for key, result in handed_in.items()}
    style = (HERE / "report.css").read_text()
    page = Environment(loader=FileSystemLoader(HERE), autoescape=True).get_template("report.html.j2").render(
        title=named or classroom.folder.name, style=style, policy=policy(style),
        made=f"{datetime.date.today():%d %B %Y}", count=len(handed_in), lessons=lessons,
        sections=sections(alike, by_section, quizzes),
        warnings=[*warnings(results), *map(said_of, alarms(results, names))],
        distribution=pictures.distribution(names, shares), by_lesson=asked, shown=items.SHOWN,
        frequent=frequent([one for its in asked.values() for one in its]), quizzes=quizzes, by_section=by_section,
        again=sum(map(len, before.values())),
        adjusted=adjusted(results),
        look=[*look(handed_in), *missing(results, sums)], flags=flags(handed_in),
        timeline=pictures.timeline(names, times, handed_in),
        days=days(names, times),
        students=[points(classroom, student, people, names, results, sums) for student in students],
        alike=None if alikes is None else [shown(pair) for pair in alikes[:PAIRS]],
        hidden=max(0, len(alikes or ()) - PAIRS), fewest=similar.FEWEST)
    write_file(classroom.folder / "report.html", page)
    return classroom.folder / "report.html"


def sections(alike, by_section, quizzes):
    """(anchor, name) of the page's parts."""
    parts = [("lessons", "Lessons"), ("exercises", "Exercises"), ("mistakes", "Mistakes"),
             ("quizzes", "Quizzes" if quizzes else ""), ("sections", "Sections" if by_section else ""),
             ("look", "To look at"), ("hand", "By hand"), ("flags", "Mended or noticed"), ("time", "Time line"),
             ("students", "Students"), ("similar", "Similar answers" if alike else "")]
    return [(anchor, name) for anchor, name in parts if name]


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


def frequent(found):
    """The most frequent mistakes of all `Item`s, as rows."""
    ranked = sorted((one for item in found if item.name != "quiz" for one in item.mistakes),
                    key=lambda one: (-len(one.who), one.text))
    count = {(item.lesson, item.name): len(item.shares) for item in found}
    return [{"lesson": one.lesson, "exercise": one.exercise, "text": one.text, "count": len(one.who),
             "led": one.led,
             "of": count[one.lesson, one.exercise]} for one in ranked[:MISTAKES] if len(one.who) > 1]


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


def adjusted(results):
    """Rows of the grades that people set or added to."""
    return [{"student": to_name(student), "lesson": lesson, "test": test.test, "judged": f"{test.judged or 0:g}",
             "score": f"{test.score:g} of {test.max_score:g}", "extra": f"{test.extra:g}" if test.extra else "",
             "comment": test.comment, "review": test.review}
            for (student, lesson), result in sorted(results.items()) for test in result.tests if test.by == "hand"]


def missing(results, sums):
    """Rows of who did not hand in what is due, or has no due date."""
    found, alike = defaultdict(list), defaultdict(list)
    for (student, lesson), result in sorted(results.items()):
        if not result.handed_in and sums[student, lesson].state in ("missing", "not_due"):
            found[student].append(lesson)
    for student, lessons in found.items():
        alike[", ".join(lessons)].append(student)
    return [{"student": some(students, 12), "lesson": lessons, "what": "missing", "words": Submitted().problem}
            for lessons, students in alike.items()]


def flags(handed_in):
    """What the judge noticed, each with whom it is about; notes of other kinds are told in other parts."""
    who = defaultdict(list)
    for (student, lesson), result in sorted(handed_in.items()):
        for note in result.notes:
            if note.kind == Kind.NOTICED and not all(t.status == Status.NOT_GRADABLE for t in result.tests):
                who[note.text].append(f"{to_name(student)}, {lesson}")
    return [{"text": note, "who": some(names, 8, "; ")}
            for note, names in sorted(who.items(), key=lambda item: -len(item[1]))]


def days(names, times):
    """[(day, [hand-ins of each lesson])]."""
    counts = Counter((f"{when:%Y-%m-%d}", lesson) for (_, lesson), when in times.items())
    return [(day, [counts[day, name] for name in names]) for day in sorted({day for day, _ in counts})]


def points(classroom, student, people, names, results, sums):
    """The row of a student."""
    cells, won = [], 0.0
    for name in names:
        result = results.get((student, name), Result([], handed_in=False))
        one = sums.get((student, name))
        got = one.total or 0.0 if one else 0.0
        there = one is not None and (one.total is not None or result.handed_in)
        won += got
        page = classroom.folder / "feedback" / student / f"{name}.html"
        link = f"feedback/{quote(student)}/{quote(name)}.html" if there and page.is_file() else ""
        cells.append({"points": f"{got:g}" if there else "–", "page": link})
    known = people[student].name if student in people else ""
    return {"name": to_name(student) + (f" ({known})" if known else ""), "cells": cells, "sum": f"{won:g}"}


def shown(pair):
    """A similar pair as the page shows it."""
    both = [some(group, 5) for group in pair.students]
    left, right = (sanitize.text(text, 6000) for text in pair.texts)
    return {"share": f"{pair.similarity:.0%}", "lesson": pair.lesson, "exercise": pair.exercise,
            "who": f"{both[0]} and {both[1]}", "left": left, "right": right}
