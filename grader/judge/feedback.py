"""The page that a student gets back: what passed, what did not and why, with their code and figures.

Nothing on it is alive: text is escaped, outputs are cleaned once more, and the page's own policy forbids the rest.
"""

import base64
import hashlib
from functools import cache

from jinja2 import Environment

from ..files import to_name
from ..notebook import sanitize
from ..notebook.lesson import lesson_in

WORDS = {"passed": "passed", "failed": "not yet right", "unanswered": "not answered", "timeout": "took too long",
         "crashed": "crashed", "not_gradable": "could not be graded", "grader_error": "the grader failed",
         "by_hand": "is graded by hand"}
STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem;
       color: #1f2328; background: #fff; }
h1 { font-size: 1.5rem; margin-bottom: 0; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem;
     border-top: 1px solid #d0d7de; padding-top: 1rem; }
.total { font-size: 1.15rem; } .hint { margin: .1rem 0 .6rem 1.5rem; } .more { white-space: pre-wrap; }
ul { list-style: none; padding: 0; }
.passed { color: #116329; } .lost { color: #a40e26; } .quiet { color: #57606a; }
pre { background: #f6f8fa; padding: .75rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
pre.out { background: none; border-left: 3px solid #d0d7de; padding: .25rem .75rem; margin: .25rem 0; }
img { max-width: 100%; background: #fff; } table { border-collapse: collapse; } td, th { padding: .1rem .6rem; }
@media (prefers-color-scheme: dark) {
  body { color: #e6edf3; background: #0d1117; } h2, pre.out { border-color: #30363d; }
  pre { background: #161b22; } .passed { color: #56d364; }
  .lost { color: #ff9492; } .quiet { color: #9198a1; } }
"""
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src '{{ policy }}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ lesson }}, {{ name }}</title>
<style>{{ style }}</style>
</head>
<body>
<main>
<h1>{{ lesson }}</h1>
<p>{{ name }}{% if late %} · handed in late{% endif %}</p>
<p class="total"><strong>{{ points(score) }} of {{ points(most) }} points</strong></p>
{% for note in notes %}<p class="quiet">{{ note }}</p>
{% endfor %}
{%- macro shown(cell) %}{% for kind, content in cell.shown %}
{%- if kind == "text" %}<pre class="out">{{ content }}</pre>
{% elif kind == "picture" %}<p><img alt="{{ cell.alt }}" src="{{ content }}"></p>
{% else %}<div>{{ content | safe }}</div>
{% endif %}{% endfor %}{% endmacro %}
{% for exercise in exercises %}
<section>
<h2>{{ exercise.name }}: {{ points(exercise.score) }} of {{ points(exercise.most) }}</h2>
<ul>
{% for test in exercise.tests %}<li><span class="{{ 'passed' if test.status == 'passed' else 'lost' }}">
{{- "✓" if test.status == "passed" else "✗" }} {{ test.test }}: {{ words[test.status] or test.status }}</span>
 <span class="quiet">({{ points(test.score) }} of {{ points(test.max_score) }})</span>
{% if test.message %}<div class="hint">{{ test.message }}</div>{% endif %}
{% if test.hint %}<div class="hint"><strong>Hint:</strong> {{ test.hint }}</div>{% endif %}</li>
{% endfor %}</ul>
{% if exercise.more %}<details><summary>The idea, with other numbers</summary>
<div class="more">{{ exercise.more }}</div></details>{% endif %}
{% for cell in exercise.cells %}<pre>{{ cell.source }}</pre>
{{ shown(cell) }}{% endfor %}
</section>
{% endfor %}
{% if rest %}<section>
<h2>The rest of your notebook</h2>
<p class="quiet">Figures and prints of the lesson's own cells are shown as you handed them in.</p>
{% for cell in rest %}{% if cell.source %}<pre>{{ cell.source }}</pre>{% endif %}
{{ shown(cell) }}{% endfor %}
</section>{% endif %}
</main>
</body>
</html>
"""


def points(number):
    """A number of points without needless zeros."""
    return f"{number:g}"


def feedback(student, lesson, tests, notebook, notes, source, late=False):
    """The feedback page, as text, of graded `tests` and the judge's `notebook`; `source` is the lesson's own."""
    text = lesson_in(source)
    exercises = {}
    for test in tests:
        exercise = exercises.setdefault(test.exercise, {"name": test.exercise, "tests": [], "cells": []})
        exercise["tests"].append(test)
    for exercise in exercises.values():
        exercise["more"] = next((test.more for test in exercise["tests"] if test.more), "")
        exercise["score"] = sum(test.score for test in exercise["tests"])
        exercise["most"] = sum(test.max_score for test in exercise["tests"])
    known, rest = {cell.released.strip() for cell in text.cells}, []
    graded = {test.test for test in tests}
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if name in graded and name not in exercises:
            continue  # a test's own cell: its rows say what came of it
        item = {"source": sanitize.text(cell.source), "shown": shown(cell), "alt": f"A figure of {name or 'a cell'}"}
        if name in exercises:
            exercises[name]["cells"].append(item)
        elif cell.source.strip() not in known or item["shown"]:
            rest.append(item)
    return template().render(
        lesson=lesson, name=sanitize.plain(to_name(student)), late=late, exercises=list(exercises.values()), rest=rest,
        notes=[sanitize.plain(note, 600) for note in notes], score=sum(test.score for test in tests),
        most=sum(test.max_score for test in tests), words=WORDS, points=points, style=STYLE, policy=policy(STYLE))


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
def template():
    # {{ style }} must not be escaped and is ours; everything else is escaped.
    return Environment(autoescape=True).from_string(PAGE.replace("{{ style }}", STYLE.replace("\r", "")))


def policy(style):
    """A page's style by its hash, so that no other style applies."""
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
