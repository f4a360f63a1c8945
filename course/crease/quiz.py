"""Quiz questions with radio buttons and a reason for every choice; plain text where there are no widgets.

An author writes a question, then its choices, the right one with `+` and each with its reason behind `|`:

    1. What is ReLU(-1)?
    + 0 | Everything below zero becomes zero.
    - 1 | That would be the absolute value.

In the released notebook the marks and reasons are gone from the text (`seal`) and lie scrambled beside it,
each under a key of its own question and choice, so that reading the notebook tells nothing.
"""

import base64
import hashlib
import html
import json
import re

import ipywidgets as W
from IPython import get_ipython
from IPython.display import display

from .check import Failure, Unanswered
from .mode import still
from .say import Line

chosen = {}  # question number -> letter, as clicked in this session
asked = []  # the questions that these are the answers to


def parse(text):
    """[(question, [(mark, choice, reason), …]), …] from the author's or the released text."""
    questions = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if choice := re.match(r"([-+*]) (.*?)(?: \| (.*))?$", line):
            questions[-1][1].append(choice.groups(""))
        elif question := re.match(r"\d+\. (.*)", line):
            questions.append((question[1], []))
        else:
            raise ValueError(f"A quiz line is a question `1. …` or a choice `+ …`, `- …`: {line!r}")
    return questions


def scramble(data, key):
    """Exclusive-or with a stream drawn from `key`; its own inverse."""
    return bytes(a ^ b for a, b in zip(data, hashlib.shake_256(key.encode()).digest(len(data))))


def seal(text):
    """(text without marks and reasons, scrambled reasons) of an author's quiz, for the released notebook."""
    lines, sealed = [], []
    for n, (question, choices) in enumerate(parse(text), 1):
        lines += [f"{n}. {question}"] + [f"* {choice}" for _, choice, _ in choices]
        for mark, choice, reason in choices:
            word = json.dumps([mark, reason]).ljust(400).encode()  # one length for all: a length tells nothing
            sealed.append(base64.b85encode(scramble(word, question + choice)).decode())
    return "\n".join(lines), " ".join(sealed)


def verdict(question, choice, mark, reason, sealed):
    """(right?, reason) of a choice, from the author's text or from its scrambled reason."""
    if sealed:
        mark, reason = json.loads(scramble(base64.b85decode(sealed), question + choice))
    return mark == "+", reason


def ask(text, sealed=""):
    """Show the questions; a click answers with the reason why the choice is right or wrong. What was chosen stays."""
    questions, secrets, boxes = parse(text), iter(sealed.split()), []
    if questions != asked:
        chosen.clear()
        asked[:] = questions
    for n, (question, choices) in enumerate(questions, 1):
        spoken = [verdict(question, c, m, r, next(secrets, "")) for m, c, r in choices]
        if still():
            print(f"{n}. {question}", *(f"   {'abcdef'[i]}) {c[1]}" for i, c in enumerate(choices)), "", sep="\n")
        else:
            boxes.append(radio(n, question, [c[1] for c in choices], spoken))
    if boxes:
        display(W.VBox(boxes))


def radio(n, question, choices, spoken):
    """One question as radio buttons with its feedback line."""
    options = [(f"{letter}) {choice}", i) for i, (letter, choice) in enumerate(zip("abcdef", choices))]
    buttons = W.RadioButtons(options=options, value=None, layout={"width": "auto"})
    feedback = W.HTML()

    def answer(change):
        right, reason = spoken[change["new"]]
        chosen[n] = "abcdef"[change["new"]]
        line = Line("passed", f"Right. {reason}") if right else Line("failed", f"Not quite. {reason}")
        feedback.value = line._repr_html_()

    buttons.observe(answer, "value")
    buttons.value = {letter: i for i, letter in enumerate("abcdef")}.get(chosen.get(n))
    return W.VBox([W.HTML(f"<b>{n}. {html.escape(question)}</b>"), buttons, feedback])


def keep(answers=None):
    """Your answers as a dict {question: letter}. After clicking, run the cell: it writes your choices into itself."""
    answers = {**(answers or {}), **chosen}
    shell = get_ipython()
    if shell is not None and chosen and not still():
        shell.set_next_input(f"answers = quiz.keep({dict(sorted(answers.items()))})", replace=True)
    return answers


class Points(float):
    """What a quiz earns. As the last line of a test cell it is its points, for nbgrader and for our judge alike."""

    hint = ""


def verify(answers, count, key="", points=0):
    """For the test cell: look whether `answers` holds a letter for each of `count` questions.

    With the `key`, the `Points` of the right ones, out of `points`; without it, a line for the learner.
    """
    if not isinstance(answers, dict):
        raise Failure("`answers` is not a dict such as {1: 'b', 2: 'a'}.", "Keep the cell `answers = quiz.keep()`.")
    if not answers:
        raise Unanswered("Not answered yet.", "Choose an answer to each question, then run the cell above.")
    open_ones = [n for n in range(1, count + 1) if answers.get(n) not in list("abcdef")]
    if not key:
        if open_ones:
            return Line("waiting", f"No answer yet to question {listed(open_ones)}. Choose one, and run the cell above "
                                   "again: it writes your choices down.")
        return Line("passed", f"All {count} questions are answered. When graded, each right answer counts the same.")
    wrong = [n for n, letter in enumerate(key, 1) if answers.get(n) != letter]
    earned = Points(round(points * (count - len(wrong)) / count, 6))
    earned.hint = wrong and f"Look again at question {listed(wrong)}." or ""
    return earned


def listed(numbers):
    return ", ".join(map(str, numbers))
