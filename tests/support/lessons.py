"""A small lesson for the tests of the instructor's tool, and submissions of it."""

import copy

import nbformat
import pytest
from nbformat import v4

from cells import cell, data, notebook

LESSON, OTHER = "11_small", "12_other"
SECRET = "271.828"
CELLS = [
    ("", "import numpy as np\nfrom crease import check"),
    ("double", 'def double(x):\n    ### BEGIN SOLUTION\n    return 2 * np.asarray(x)\n    ### END SOLUTION'),
    ("test_double_basics", 'check.call(double, 3.0, expected=6.0)\n'
                           'check.passed("by hand")'),
    ("test_double_hidden", f'# Also tested: arrays.\n### BEGIN HIDDEN TESTS\ncheck.call(double, '
                           f'np.array([{SECRET}]), expected=lambda x: 2 * x, hint="Arrays come in too.")\n'
                           f'### END HIDDEN TESTS'),
    ("", "print('an experiment')"),
    ("quiz", '### BEGIN SOLUTION\nanswers = {1: "b"}\n### END SOLUTION'),
    ("test_quiz", 'check.that(isinstance(answers, dict), "no dict", "Fill in the dict.")\n'
                  '### BEGIN HIDDEN TESTS\ncheck.that(answers.get(1) == "b", "1 is b", "Look at question 1.")\n'
                  '### END HIDDEN TESTS'),
]
MISTAKES = '''exercise("{exercise}", "Add x to itself.", more="Three times 2 is 2 + 2 + 2.")


@wrong("Twice, not once.")
def double(x):
    return x
'''
POINTS = {"test_double_basics": 1.0, "test_double_hidden": 2.0, "test_quiz": 1.0}
RIGHT = {"double": "def double(x):\n    return np.asarray(x) + np.asarray(x)", "quiz": "answers = {1: 'b'}"}
WRONG = {"double": "def double(x):\n    return x", "quiz": "answers = {1: 'c'}"}
SCALAR = {"double": "def double(x):\n    return 2 * float(np.ravel(x)[0])", "quiz": "answers = {1: 'b'}"}


def source(rename=""):
    """The solution notebook; `rename` is put after the names of its cells, which makes it another lesson."""
    made = [cell(text, name, points=POINTS.get(name), suffix=rename) for name, text in CELLS]
    found = notebook(["# A small lesson", *made], rename)
    found.metadata["crease"] = {"mistakes": MISTAKES.format(exercise="double" + rename)}
    return found


def answer(answers, rename="", extra=()):
    """The bytes of a submission with these answers; what is not given is left as released."""
    from grader.notebook.release import release
    made = copy.deepcopy(release(source(rename)))
    for one in made.cells:
        name = one.metadata.get("nbgrader", {}).get("grade_id", "").removesuffix(rename or "\0")
        one.source = answers.get(name, one.source)
        if "an experiment" in one.source:  # as a learner's notebook holds it after a run
            one.outputs = [v4.new_output("stream", name="stdout", text="an experiment\n")]
    made.cells += [v4.new_code_cell(text) for text in extra]
    return data(made)


def classroom(folder, submissions, stamp=""):
    """The class `folder/class` of the small lesson, with these {student: bytes} collected, handed in at `stamp`."""
    from grader.classroom import create
    from grader.classroom.folder import Classroom
    from grader.intake.collect import collect
    nbformat.write(source(), folder / f"{LESSON}.ipynb")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(create, "solutions", lambda: {LESSON: folder / f"{LESSON}.ipynb"})
        create.init(folder / "class")
    for name, paper in submissions.items():
        (folder / "in" / name).mkdir(parents=True)
        (folder / "in" / name / f"{LESSON}.ipynb").write_bytes(paper)
        if stamp:
            (folder / "in" / name / "timestamp.txt").write_text(stamp)
    found = Classroom(folder / "class")
    if submissions:
        collect(found, folder / "in")
    return found


LIVE = """<script>alert(1)</script><img src=x onerror=alert(2)><a href="javascript:alert(3)">x</a>
<style>body{display:none}</style><iframe src="//e.com"></iframe><svg onload=alert(4)></svg><b style="color:red">b</b>"""
HOSTILE = f"""from IPython.display import HTML, display
display(HTML({LIVE!r}))
print({LIVE!r})
print("\\x1b]0;title\\x07")"""
NAME = "=cmd|' C calc'!A0 \"<script>alert(5)<\u2044script>\""
STUDENTS = {  # name: (submission, score of 4, statuses of its three tests)
    "ada": (answer(RIGHT), 4, "passed passed passed"),
    "Zoë, \"Z\" O'Hara": (answer(WRONG), 0, "failed failed failed"),
    NAME: (answer(RIGHT, extra=[HOSTILE]), 4, "passed passed passed"),
    "bob": (answer(SCALAR), 2, "passed failed passed"),
    "blank": (answer({}), 0, "unanswered unanswered unanswered"),
    "junk": (b"\xff\xfe no notebook", 0, "not_gradable not_gradable not_gradable"),
    "empty": (b"", 0, "not_gradable not_gradable not_gradable"),
    "exits": (answer({"double": "import os\nos._exit(3)", "quiz": "answers = {1: 'b'}"}), 1,
              "crashed crashed passed"),
}
