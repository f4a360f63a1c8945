"""The small lesson of all tests: a few exercises, a quiz, and ways to make a submission of it.

The judge's tests take the exercises that are worth attacking, those of a class one that is quick: see `lesson`.
"""

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
DOUBLE = '''def double(x):
    ### BEGIN SOLUTION
    return 2 * np.asarray(x)
    ### END SOLUTION'''
QUIZ = '''### BEGIN SOLUTION
answers = {1: "b"}
### END SOLUTION'''
EXERCISES = {"relu": RELU, "twice": TWICE, "scale": SCALE, "double": DOUBLE, "quiz": QUIZ}
MISTAKES = {
    "relu": '''exercise("relu", "The larger of 0 and x.", more="Of 0 and 7 the larger is 7; of 0 and -7 it is 0.")


@wrong("Not the size.")
def relu(x):
    return np.abs(x)
''',
    "double": '''exercise("{exercise}", "Add x to itself.", more="Three times 2 is 2 + 2 + 2.")


@wrong("Twice, not once.")
def double(x):
    return x
'''}
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
    "test_double_basics": '''check.call(double, 3.0, expected=6.0)
check.passed("by hand")''',
    "test_double_hidden": f'''# Also tested: arrays.
### BEGIN HIDDEN TESTS
check.call(double, np.array([{SECRET}]), expected=lambda x: 2 * x, hint="Arrays come in too.")
### END HIDDEN TESTS''',
    "test_quiz": '''# Every answer counts.
check.that(isinstance(answers, dict), "answers is no dict.", "Fill in the dict.")
### BEGIN HIDDEN TESTS
check.that(answers.get(1) == "b", "1 is b", "Look at question 1.")
### END HIDDEN TESTS''',
}


def points(*exercises):
    """{test: points} of these exercises."""
    return {test: 2.0 if test.endswith("hidden") else 1.0 for one in exercises for test in TESTS
            if test.startswith(f"test_{one}")}


def lesson(*exercises, suffix=""):
    """The solution notebook with these exercises; `suffix` is put after the names of its cells: another lesson."""
    made, worth = ["# A small lesson", cell(SETUP, "setup", locked=True, suffix=suffix), cell(DATA)], points(*exercises)
    for name in exercises:
        made += [f"## {name}", cell(EXERCISES[name], name, suffix=suffix)]
        made += [cell(TESTS[test], test, points=worth[test], suffix=suffix) for test in points(name)]
        made.append(cell(f"print('an experiment, after {name}')"))
    found = notebook(made, suffix)
    found.metadata["crease"] = {"mistakes": "\n\n".join(MISTAKES[one].format(exercise=one + suffix)
                                                        for one in exercises if one in MISTAKES)}
    return found


ATTACKED = "relu", "twice", "scale", "quiz"
POINTS = points(*ATTACKED)
TOTAL = sum(POINTS.values())
LESSON = lesson(*ATTACKED)
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
