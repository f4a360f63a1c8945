"""The page that a student gets back: what passed, what did not and why, with their code and figures.

Nothing on it is alive: text is escaped, outputs are cleaned once more, and the page's own policy forbids the rest.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment

from ..files import to_name
from ..notebook import sanitize
from ..notebook.lesson import lesson_in

WORDS = {"passed": "passed", "failed": "not yet right", "unanswered": "not answered", "timeout": "took too long",
         "crashed": "crashed", "not_gradable": "could not be graded", "grader_error": "the grader failed",
         "by_hand": "is graded by hand"}
GIVEN = "graded by hand"
HERE = Path(__file__).parent


def points(number):
    """A number of points without needless zeros."""
    return f"{number:g}"


def edition(tests, notes, late):
    """What a page is known by: another edition shows something else."""
    shown = (sorted((key, str(value)) for key, value in vars(test).items()) for test in tests)
    said = repr([list(shown), list(map(str, notes)), late, form()])
    return hashlib.sha256(said.encode()).hexdigest()


def feedback(student, lesson, tests, notebook, notes, source, late=(0, 0.0)):
    """The feedback page, as text, of graded `tests` and the judge's `notebook`; `source` is the lesson's own.

    late: (days late, points that they cost).
    """
    text = lesson_in(source)
    exercises = {}
    for test in tests:
        exercise = exercises.setdefault(test.exercise, {"name": test.exercise, "tests": [], "cells": []})
        exercise["tests"].append(test)
    for exercise in exercises.values():
        exercise["more"] = next((test.more for test in exercise["tests"] if test.more), "")
        exercise["comment"] = next((test.comment for test in exercise["tests"] if test.comment), "")
        exercise["score"] = sum(test.score for test in exercise["tests"])
        exercise["most"] = sum(test.max_score for test in exercise["tests"])
    known, rest = {"", *(cell.released.strip() for cell in text.cells)}, []
    graded = {test.test for test in tests}
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if name in graded and name not in exercises:
            continue  # a test's own cell: its rows say what came of it
        asked = cell.source.startswith('quiz.ask("""')  # its sealed reasons are nothing to read
        item = {"source": "" if asked else sanitize.text(cell.source), "shown": shown(cell),
                "alt": f"A figure of {name or 'a cell'}"}
        if name in exercises:
            exercises[name]["cells"].append(item)
        elif item["source"].strip() not in known or item["shown"]:
            rest.append(item)
    page, style = template()
    return page.render(
        lesson=lesson, name=sanitize.plain(to_name(student)), late=late, exercises=list(exercises.values()), rest=rest,
        notes=[sanitize.plain(note, 600) for note in notes], given=GIVEN, edition=edition(tests, notes, late),
        extra=sum(test.extra for test in tests), score=max(0.0, sum(test.score for test in tests) - late[1]),
        most=sum(test.max_score for test in tests), words=WORDS, points=points, style=style, policy=policy(style))


def shown(cell):
    """[(kind, content)] of a cell's outputs: "text" and "picture" are to be escaped, "html" is clean."""
    found = []
    for output in cell.get("outputs", []):
        kind, data = output.output_type, output.get("data", {})
        if kind == "stream":
            found.append(("text", bare(output.text)))
        elif kind == "error":
            found.append(("text", bare("\n".join(output.traceback) or f"{output.ename}: {output.evalue}")))
        elif mime := next((mime for mime in sanitize.MAGIC if mime in data), None):
            if picture := sanitize.picture(mime, data[mime]):
                found.append(("picture", f"data:{mime};base64,{picture}"))
        elif "text/html" in data:
            found.append(("html", sanitize.html(data["text/html"])))
        elif "text/plain" in data:
            found.append(("text", bare(data["text/plain"])))
    return [(kind, content) for kind, content in found if content.strip()]


def bare(value):
    """Text without colours."""
    return sanitize.COLOUR.sub("", sanitize.text(value))


@cache
def form():
    """(the text of the page's template, its style)."""
    return tuple((HERE / name).read_text(encoding="utf-8") for name in ("feedback.html.j2", "feedback.css"))


@cache
def template():
    """(the page's template, its style)."""
    return Environment(autoescape=True).from_string(form()[0]), form()[1]


def policy(style):
    """A page's style by its hash, so that no other style applies."""
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
