"""What a lesson's source may not be, found by reading it: each fault with its cell and what to do about it."""

import ast
import re

from ..notebook.lesson import Lesson
from ..notebook.names import parsed

REGIONS = ("SOLUTION", "HIDDEN TESTS")


def faults(notebook):
    """[(cell, what is wrong, what to do)] of a solution notebook; empty where it can be a lesson."""
    found = [fault for number, cell in enumerate(notebook.cells, 1) for fault in of_cell(cell, name_of(cell, number))]
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id", "") for cell in notebook.cells]
    found += [(one, "two cells have this grade_id.", "Give each cell a name of its own.")
              for one in sorted({one for one in ids if one and ids.count(one) > 1})]
    if found:
        return found  # what follows needs cells that can be read
    lesson = Lesson(notebook)
    functions = {node.name for cell in lesson.solutions if cell.kind == "code"
                 for node, _, _ in cell.statements if isinstance(node, ast.FunctionDef)}
    if not lesson.graded:
        found.append(("", "no cell gives points.", "Mark the exercises and their tests with nbgrader's metadata: in "
                      "JupyterLab with its extension, in a text source as the other lessons do."))
    asked = {getattr(lesson.exercise(test), "grade_id", None) for test in lesson.tests}
    for cell in lesson.solutions:
        if cell.grade_id not in asked and not cell.by_hand:
            found.append((cell.grade_id, "no test belongs to this exercise, so it gives no points.",
                          f"Add a test cell called test_{cell.grade_id}_basics, or points to be given by hand."))
    for test in lesson.tests:
        if lesson.exercise(test) is None:
            found.append((test.grade_id, "no exercise stands before this test.",
                          "Put the solution cell that it tests before it, and call the test test_EXERCISE_basics."))
        found += [(test.grade_id, *fault) for fault in of_test(test, functions)]
    return found


def name_of(cell, number):
    """What a cell is known by."""
    first = next((line for line in cell.source.splitlines() if line.strip()), "")
    return cell.metadata.get("nbgrader", {}).get("grade_id") or f"cell {number} ({first[:40]!r})"


def of_cell(cell, name):
    """[(cell, what is wrong, what to do)] of a cell by itself."""
    about = cell.metadata.get("nbgrader", {})
    graded = about.get("grade") or about.get("solution")
    if about.get("task"):
        yield name, "a task cell of nbgrader's, which nobody could grade here.", \
            "Make it a solution cell with points: a person gives them in Formgrader."
    if graded and not re.fullmatch(r"[\w-]+", about.get("grade_id", ""), re.A):
        yield name, "its grade_id is missing, or holds more than letters, digits, _ and -.", \
            "Name an exercise after its function, and its tests test_NAME_basics and test_NAME_hidden."
    if about.get("grade") and not isinstance(about.get("points"), (int, float)) or (about.get("points") or 0) < 0:
        yield name, "its points are no number from 0.", "Write them into its metadata: \"points\": 2."
    for region in REGIONS:
        marks = re.findall(rf"^[ \t]*### (BEGIN|END) {region}\b", cell.source, re.M)
        if marks != ["BEGIN", "END"] * (len(marks) // 2):
            yield name, f"### BEGIN {region} and ### END {region} do not stand in pairs.", \
                "Close each region before the next one; else what it hides is handed out."
    if cell.cell_type == "code" and (graded or about.get("locked")):
        try:
            ast.parse(cell.source)
        except (SyntaxError, ValueError) as error:
            yield name, f"it is no Python: {getattr(error, 'msg', error)}, line {getattr(error, 'lineno', '?')}.", \
                "Mend it; a test has no magics (% and !), since it runs outside of Jupyter when it is graded."


def of_test(test, functions):
    """[(what is wrong, what to do)] of a test: it runs in another process than the functions that it calls."""
    tree = ast.Module(parsed(test.source) or [], [])
    for node in ast.walk(tree):
        if (looked := looks_into(node)) and (name := looked[0]) in functions:
            yield (f"it reads {name}.{looked[1]}; in grading, only what the function gives can be seen.",
                   f"Call {name}; check.source_of({name}) gives its text, check.names_in({name}) what it refers to.")
        if isinstance(node, ast.Call) and named(node, functions):
            for arg in [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg != "expected")]:
                if isinstance(arg, ast.GeneratorExp | ast.Set | ast.SetComp):
                    yield ("it hands over a set or a generator, which cannot be sent to the process of the learner.",
                           "Hand over a list, a tuple, a dict, an array, a number or a text.")


def looks_into(node):
    """(name, attribute) where a node reads an attribute of a name, by a dot or by `getattr`; else None."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.value.id, node.attr
    if isinstance(node, ast.Call) and ast.unparse(node.func) in ("getattr", "hasattr", "vars") and node.args:
        return ast.unparse(node.args[0]), ast.unparse(node.args[1]).strip("'") if node.args[1:] else "__dict__"
    return None


def named(call, functions):
    """Whether a call is of a function of the learner's, by itself or through `check`."""
    names = [call.func, *call.args[:2]] if ast.unparse(call.func).startswith("check.") else [call.func]
    return any(isinstance(name, ast.Name) and name.id in functions for name in names)
