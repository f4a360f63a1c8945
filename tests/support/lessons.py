"""The class that the tests of the instructor's tool grade: two exercises of the small lesson, and submissions."""

import copy

import nbformat
import pytest
from nbformat import v4

import small
from cells import data

LESSON, OTHER = "11_small", "12_other"
TAUGHT = "double", "quiz"
SECRET = str(small.SECRET)
POINTS = small.points(*TAUGHT)
RIGHT = {"double": "def double(x):\n    return np.asarray(x) + np.asarray(x)", "quiz": "answers = {1: 'b'}"}
WRONG = {"double": "def double(x):\n    return x", "quiz": "answers = {1: 'c'}"}
SCALAR = {"double": "def double(x):\n    return 2 * float(np.ravel(x)[0])", "quiz": "answers = {1: 'b'}"}


def source(rename=""):
    """The solution notebook; `rename` is put after the names of its cells, which makes it another lesson."""
    return small.lesson(*TAUGHT, suffix=rename)


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
