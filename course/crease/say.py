"""What the notebook says to a learner, always in the same calm way: a mark, a sentence or two, a bar at the side.

The words take the page's own colour, so they can be read in every theme; the bar's colour only repeats the mark.
"""

import html
import re
import textwrap

import numpy as np

LOOKS = {"passed": ("✓", "#1a7f37"), "failed": ("✗", "#b35806"), "waiting": ("○", "#767676")}  # mark, colour of the bar


class Line:
    """One thing said. `kind` is passed, failed or waiting; `hint` and, folded, `more` stand under the text."""

    def __init__(self, kind, text, hint="", more=""):
        self.kind, self.text, self.hint, self.more = kind, text, hint, more

    def _repr_html_(self):
        mark, colour = LOOKS[self.kind]
        text, hint, more = marked_up(self.text), marked_up(self.hint), paragraphs(self.more)
        hint = hint and f"<div><b>Hint:</b> {hint}</div>"
        more = more and f'<details><summary style="cursor:pointer">Still stuck?</summary>{more}</details>'
        return (f'<div role="status" style="border-left:4px solid {colour};padding:.1em 0 .1em .8em;max-width:48em">'
                f"<div>{mark} {text}</div>{hint}{more}</div>")

    def __repr__(self):
        return "\n  ".join(filter(None, (f"{LOOKS[self.kind][0]} {self.text}", self.hint and f"Hint: {self.hint}",
                                         self.more)))


def marked_up(text):
    """Plain text as HTML: `code` in its own face, line ends kept."""
    return re.sub("`(.+?)`", r"<code>\1</code>", html.escape(text)).replace("\n", "<br>")


def paragraphs(text):
    """Plain text as HTML: blank lines part paragraphs, whose own line ends do not count; what is indented is code."""
    found = []
    for part in filter(None, re.split(r"\n\s*\n", text)):
        code = all(line.startswith("    ") for line in part.splitlines())
        found.append(f'<pre style="margin:.5em 2em">{html.escape(textwrap.dedent(part))}</pre>' if code
                     else f'<div style="margin:.5em 0">{marked_up(" ".join(part.split()))}</div>')
    return "".join(found)


def kind(value):
    """The type of a value in words."""
    return {list: "a list", tuple: "a tuple", type(None): "None", str: "a text", dict: "a dict"}.get(
        type(value), f"an object of type {type(value).__name__}")


def show(value, limit=160):
    """A value as short text."""
    if callable(value):
        return "a function"
    with np.printoptions(precision=6, threshold=12, edgeitems=2):
        text = np.array2string(value) if isinstance(value, np.ndarray) else repr(
            value.item() if isinstance(value, np.generic) else value)
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


class On:
    """A call as the start of a sentence, put into words where one is said: most calls are right."""

    def __init__(self, args):
        self.args = args

    def __str__(self):
        args = ", ".join(show(a, 90) for a in self.args)
        return f"For input {args}, your function" if args else "Your function"
