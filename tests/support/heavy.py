"""Submissions that would cost the judge's own process time or memory: HEAVY[name] makes the notebook's bytes.

Each leaves the small lesson of `small` answered rightly, beside what is heavy. LOST[name] are the tests that
it may lose; none where it is missing. Run as a program, it grades them all, and prints what each cost.
"""

import copy
import json
import resource
import time

import small as fixture

PNG = ("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def notebook():
    """A right submission, as a dict."""
    return json.loads(fixture.data(fixture.answered()))


def beside(*sources, kind="code", outputs=()):
    """A right submission with further cells."""
    made = notebook()
    for source in sources:
        one = {"cell_type": kind, "metadata": {}, "source": source, "id": f"more-{len(made['cells'])}"}
        made["cells"].append(one | ({"outputs": list(outputs), "execution_count": 1} if kind == "code" else {}))
    return json.dumps(made).encode()


def stored(outputs):
    """A right submission whose cells without an answer hold these outputs, as if they had been shown."""
    made = notebook()
    for one in made["cells"]:
        if one["cell_type"] == "code" and "nbgrader" not in one["metadata"]:
            one["outputs"] = copy.copy(outputs)
    return json.dumps(made).encode()


def html(text):
    return [{"output_type": "display_data", "metadata": {}, "data": {"text/html": text}}]


def answered(**answers):
    """Other answers in place of the right ones."""
    return fixture.data(fixture.answered(**answers))


def raw(key, text):
    """A right submission with a text of JSON put in under a key of its metadata."""
    return json.dumps(notebook()).replace("{", f'{{"{key}": {text}, ', 1).encode()


RELU = "import numpy as np\ndef relu(x):\n    {}\n    return np.maximum(x, 0)"
HEAVY = {
    "50 kB of blank lines": lambda: beside("\n" * 50_000 + "x = 1"),
    "a line of imports": lambda: beside("import " * 14_000),
    "a line of dots and names": lambda: beside("a." * 45_000),
    "3 MB of statements": lambda: beside(*["x=1\n" * 24_000] * 32),
    "a sum of 3000 terms": lambda: beside("x = " + "+".join(["1"] * 3000)),
    "formatting tags": lambda: stored(html("".join(f"<b id={n}>" for n in range(1900)) + "<p>" * 1900)),
    "tags that are never closed": lambda: stored(html("<font size=1><a><b><i><u><s><p><table>" * 490)),
    "tags around paragraphs": lambda: stored(html("".join(f"<b id={n}>" for n in range(1900)) + "<p>x" * 1900)),
    "misnested links": lambda: stored(html("<a><b><i><u>" * 400 + "<div><p>x</a>" * 500)),
    "nested tables": lambda: stored(html("<table><tr><td>" * 1300)),
    "formulas in markdown": lambda: beside("\\\\(" * 30_000, kind="markdown"),
    "brackets in markdown": lambda: beside("[" * 50_000, "![" * 20_000, "*a_" * 20_000, kind="markdown"),
    "pictures of many cells": lambda: beside(*[
        f"from IPython.display import Image, display\nimport base64\nfor n in range(3):\n"
        f"    display(Image(data=base64.b64decode({PNG!r}) + bytes(900_000), format='png'))"] * 60),
    "millions of empty dicts": lambda: raw("x", "[" + "{}," * 16_000_000 + "{}]"),
    "millions of numbers": lambda: raw("x", "[" + "1e5," * 12_000_000 + "1]"),
    "long tracebacks": lambda: stored([{"output_type": "error", "ename": "E", "evalue": "e",
                                        "traceback": ["x" * 4900] * 50}] * 30),
    "one long text beside short ones": lambda: answered(relu=RELU.format("return ['a' * 1_000_000] + ['b'] * 800")),
    "long texts in a dict": lambda: answered(relu=RELU.format("return {'a': ['a' * 1_000_000] + ['b'] * 800}")),
    "an argument that becomes long texts": lambda: answered(
        twice="def twice(f, x):\n    return ['a' * 1_000_000] + ['b'] * 800",
        scale="import numpy as np\ndef scale(x, factor=2.0):\n    if isinstance(x, list):\n"
              "        x[:] = ['a' * 1_000_000] + ['b'] * 800\n    return [1.0]"),
    "a lent function called with outer shapes": lambda: answered(
        twice="import numpy as np\ndef twice(f, x):\n    f(np.ones((30_000, 1))); return f(f(x))"),
    "keys with few hashes": lambda: answered(
        relu=RELU.format("return {n * ((1 << 61) - 1) + k: 0 for k in range(90) for n in range(900)}")),
}
RELUS = {"test_relu_basics", "test_relu_hidden", "test_twice_hidden"}
LOST = {
    "millions of empty dicts": set(fixture.POINTS), "millions of numbers": set(fixture.POINTS),
    "one long text beside short ones": RELUS, "long texts in a dict": RELUS, "keys with few hashes": RELUS,
    "an argument that becomes long texts": {"test_twice_basics", "test_twice_hidden", "test_scale_basics",
                                            "test_scale_hidden"},
}


def cost(data):
    """Grade as a worker does -> what came, and the seconds and megabytes of the judge's own process."""
    import nbformat

    from grader.judge.feedback import feedback
    from grader.judge.grade import grade
    before, start = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
    graded = grade(data, fixture.SOURCE)
    page = feedback("Ada", "lesson", graded.tests, graded.notebook, graded.notes, fixture.SOURCE)
    size = len(page) + len(nbformat.writes(graded.notebook))
    after = resource.getrusage(resource.RUSAGE_SELF)
    return {"lost": [row.test for row in graded.tests if row.score < row.max_score],
            "statuses": sorted({str(row.status) for row in graded.tests}), "shown MB": size / 1e6,
            "MB": (after.ru_maxrss - before.ru_maxrss) / 1e3, "wall s": time.monotonic() - start,
            "s": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime}


def main():
    """A line of JSON for each."""
    cost(fixture.data(fixture.answered()))  # what is imported and remembered once
    for name, make in HEAVY.items():
        print(json.dumps({"name": name} | cost(make())), flush=True)


if __name__ == "__main__":
    main()
