"""A small lesson to attack: three exercises, a quiz, and ways to make a submission of it."""

import copy

import nbformat
from nbformat import v4

SETUP = "import numpy as np\nfrom crease import check"
DATA = "points = np.array([-2.0, -0.5, 0.0, 1.5])"
RELU = '''def relu(x):
    """The larger of 0 and x."""
    ### BEGIN SOLUTION
    return np.maximum(x, 0)
    ### END SOLUTION'''
TWICE = '''def twice(f, x):
    """f(f(x))."""
    ### BEGIN SOLUTION
    return f(f(x))
    ### END SOLUTION'''
SCALE = '''def scale(x, factor=2.0):
    """x times factor, quietly."""
    ### BEGIN SOLUTION
    return np.asarray(x, float) * factor
    ### END SOLUTION'''
QUIZ = '''### BEGIN SOLUTION
answers = {"q1": "b", "q2": "c"}
### END SOLUTION'''
SECRET = 31.4159
TESTS = {
    "test_relu_basics": '''# A row by hand.
check.call(relu, points, expected=lambda x: np.where(x > 0, x, 0.0), mistakes=[(lambda x: np.abs(x), "Not the size.")])
check.passed("relu: a row by hand.")''',
    "test_relu_hidden": f'''# Also tested: other shapes.
### BEGIN HIDDEN TESTS
check.call(relu, np.array([[{SECRET}, -{SECRET}]]), expected=np.array([[{SECRET}, 0.0]]), hint="Mind 2-D input.")
check.call(relu, np.array([-7.0]), expected=np.array([0.0]), quiet=True)
### END HIDDEN TESTS''',
    "test_twice_basics": '''# A function handed in.
calls = []
def square(v):
    calls.append(v)
    return v * v
check.call(twice, square, 3.0, expected=81.0)
check.that(len(calls) >= 2, "f was not called twice.", "Call f.")''',
    "test_twice_hidden": f'''# Also tested: arrays.
### BEGIN HIDDEN TESTS
check.call(twice, lambda v: v + 1, np.array([{SECRET}]), expected=np.array([{SECRET} + 2]),
           hint="Call f on what f gave.")
check.call(twice, relu, -1.0, expected=0.0, hint="Any function will do.")
### END HIDDEN TESTS''',
    "test_scale_basics": '''# Twice by default.
check.call(scale, [1.0, 2.0], expected=[2.0, 4.0], quiet=True)''',
    "test_scale_hidden": f'''# Also tested: another factor.
### BEGIN HIDDEN TESTS
check.call(lambda x: scale(x, factor={SECRET}), [1.0], expected=[{SECRET}], hint="Use factor.")
### END HIDDEN TESTS''',
    "test_quiz": '''# Every answer counts.
check.that(isinstance(answers, dict), "answers is no dict.", "Fill in the dict.")
### BEGIN HIDDEN TESTS
check.that(answers.get("q1") == "b", "q1 is b", "Look at question 1 again.")
check.that(answers.get("q2") == "c", "q2 is c", "Look at question 2 again.")
### END HIDDEN TESTS''',
}
POINTS = {name: 2.0 if name.endswith("hidden") else 1.0 for name in TESTS}
TOTAL = sum(POINTS.values())


def lesson():
    """The solution notebook."""
    def meta(grade_id, **more):
        return {"nbgrader": {"schema_version": 3, "grade_id": grade_id, "grade": False, "solution": False,
                             "locked": False, "task": False} | more}

    def test(name):
        return v4.new_code_cell(TESTS[name], metadata=meta(name, grade=True, locked=True, points=POINTS[name]))

    cells = [v4.new_markdown_cell("# A lesson"),
             v4.new_code_cell(SETUP, metadata=meta("setup", locked=True)), v4.new_code_cell(DATA)]
    for name, text in (("relu", RELU), ("twice", TWICE), ("scale", SCALE), ("quiz", QUIZ)):
        cells += [v4.new_markdown_cell(f"## {name}"), v4.new_code_cell(text, metadata=meta(name, solution=True))]
        cells += [test(t) for t in TESTS if t.startswith(f"test_{name}")]
        cells.append(v4.new_code_cell(f"print('after {name}')"))
    for i, cell in enumerate(cells):
        cell.id = f"cell{i}"
    notebook = v4.new_notebook(cells=cells)
    notebook.nbformat_minor = 5
    return notebook


LESSON = lesson()
SOURCE = nbformat.writes(LESSON).encode()


def released():
    """The notebook a learner gets, as an object."""
    from grader.notebook.lesson import HIDDEN, SOLUTION
    notebook = copy.deepcopy(LESSON)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            stub = "raise NotImplementedError()"
            indent = "    " if cell.source.startswith("def") else ""
            cell.source = SOLUTION.sub(indent + stub + "\n", HIDDEN.sub("", cell.source)).rstrip("\n")
    return notebook


def answered(**answers):
    """A released notebook with cells filled in: the right answers, but for those given by grade id."""
    notebook = copy.deepcopy(LESSON)
    blank = released()
    for cell, empty in zip(notebook.cells, blank.cells):
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if grade_id.startswith("test_"):
            cell.source = empty.source
        cell.source = "\n".join(line for line in cell.source.split("\n") if "### " not in line)
        if answers.get(grade_id) is not None:
            cell.source = answers[grade_id]
    return notebook


def data(notebook):
    """The file of a notebook."""
    return nbformat.writes(notebook).encode()
