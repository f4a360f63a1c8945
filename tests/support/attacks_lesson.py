"""A small lesson to attack: three exercises, a quiz, and ways to make a submission of it."""

import copy

from cells import cell, data, notebook

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
MISTAKES = '''exercise("relu", "The larger of 0 and x.", more="Of 0 and 7 the larger is 7; of 0 and -7 it is 0.")


@wrong("Not the size.")
def relu(x):
    return np.abs(x)
'''
SECRET = 31.4159
TESTS = {
    "test_relu_basics": '''# A row by hand.
check.call(relu, points, expected=lambda x: np.where(x > 0, x, 0.0))
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
    made = ["# A lesson", cell(SETUP, "setup", locked=True), cell(DATA)]
    for name, text in (("relu", RELU), ("twice", TWICE), ("scale", SCALE), ("quiz", QUIZ)):
        made += [f"## {name}", cell(text, name)]
        made += [cell(TESTS[test], test, points=POINTS[test]) for test in TESTS if test.startswith(f"test_{name}")]
        made.append(cell(f"print('after {name}')"))
    found = notebook(made)
    found.metadata["crease"] = {"mistakes": MISTAKES}
    return found


LESSON = lesson()
SOURCE = data(LESSON)


def released():
    """The notebook a learner gets, as an object."""
    from grader.notebook.release import release
    return release(LESSON)


def answered(**answers):
    """A released notebook with cells filled in: the right answers, but for those given by grade id."""
    made = copy.deepcopy(LESSON)
    blank = released()
    for one, empty in zip(made.cells, blank.cells):
        grade_id = one.metadata.get("nbgrader", {}).get("grade_id", "")
        if grade_id.startswith("test_"):
            one.source = empty.source
        one.source = "\n".join(line for line in one.source.split("\n") if "### " not in line)
        if answers.get(grade_id) is not None:
            one.source = answers[grade_id]
    return made
