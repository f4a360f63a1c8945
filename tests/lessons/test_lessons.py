"""What is committed agrees with the text sources, and a released notebook holds nothing it must not."""

import ast
import json
import re

import jupytext
import nbformat
import pytest

import build
import readme
from common import LESSONS, ROOT
from crease import quiz
from grader.classroom import lint
from grader.notebook.lesson import Lesson
from grader.notebook.names import statements
from grader.notebook.release import release

SILENT = ("check.passed", "check.that", "check.raises", "trials.rescue")  # these return None
pytestmark = pytest.mark.parametrize("lesson", LESSONS)


def read(folder, lesson):
    return nbformat.read(ROOT / folder / f"{lesson}.ipynb", as_version=4)


def source(lesson):
    return build.read_source(ROOT / "solutions" / f"{lesson}.py")


def test_no_test_asks_what_only_the_learners_own_kernel_could_tell(lesson):
    assert lint.faults(read("solutions", lesson)) == []


def text_of(notebook):
    return json.dumps(notebook, ensure_ascii=False)


def test_the_solution_notebook_is_its_text_source(lesson):
    def plain(notebook):
        return [(c.id, c.cell_type, c.source, dict(c.metadata)) for c in notebook.cells]
    assert plain(read("solutions", lesson)) == plain(source(lesson)), "run `make build`"


def test_the_released_notebook_is_made_from_the_source(lesson):
    made = nbformat.reads(nbformat.writes(release(source(lesson))), as_version=4)
    assert read("course", lesson) == made, "run `make build`"


def test_the_solution_was_executed_without_errors(lesson):
    cells = [c for c in read("solutions", lesson).cells if c.cell_type == "code"]
    assert all(c.execution_count for c in cells if c.source)
    assert not [o for c in cells for o in c.outputs if o.output_type == "error"]
    warned = [c.id for c in cells for o in c.outputs if o.output_type == "stream" and o.name == "stderr"]
    assert not warned, warned


def test_no_solution_hidden_test_or_answer_key_is_released(lesson):
    released = text_of(read("course", lesson))
    assert not re.search(r"BEGIN SOLUTION|BEGIN HIDDEN|END SOLUTION|END HIDDEN", released)
    for cell in source(lesson).cells:
        regions = re.findall(r"### BEGIN (?:SOLUTION|HIDDEN TESTS)\n(.*?)### END", cell.source, re.S)
        for line in {line.strip() for region in regions for line in region.splitlines()}:
            if len(line) > 25 and json.dumps(line, ensure_ascii=False)[1:-1] in released:
                visible = release_visible(source(lesson))
                assert line in visible, f"a line of a solution or hidden test is released: {line}"
    for _, choices in quiz.parse(quiz_text(lesson)):
        for _, _, reason in choices:
            assert len(reason) > 10 and json.dumps(reason, ensure_ascii=False)[1:-1] not in released
    assert not re.search(r'key=\\?"', released)


def release_visible(notebook):
    """The text of a source outside solution and hidden regions."""
    whole = "\n".join(c.source for c in notebook.cells)
    return re.sub(r"### BEGIN (SOLUTION|HIDDEN TESTS)\n.*?### END \1", "", whole, flags=re.S)


def quiz_text(lesson):
    cell = next(c for c in source(lesson).cells if "quiz" in c.metadata.get("tags", []))
    return cell.source.split('"""')[1]


def test_the_quiz_key_agrees_with_the_marks_and_with_the_solution(lesson):
    questions = quiz.parse(quiz_text(lesson))
    marks = "".join("abcdef"[[m for m, _, _ in choices].index("+")] for _, choices in questions)
    assert all([m for m, _, _ in choices].count("+") == 1 for _, choices in questions)
    cells = {c.metadata.get("nbgrader", {}).get("grade_id"): c.source for c in source(lesson).cells}
    points = {m["grade_id"]: m.get("points") for m in (c.metadata.get("nbgrader") for c in source(lesson).cells) if m}
    assert f'key="{marks}"' in cells["test_quiz"]
    assert f"quiz.verify(answers, {len(questions)})" in cells["test_quiz"]
    assert f"points={points['test_quiz']})" in cells["test_quiz"].splitlines()[-2]
    letters = re.findall(r"(\d+): '([a-f])'", cells["quiz"])
    assert "".join(letter for _, letter in letters) == marks
    assert len(set(marks)) > 1, "the right answers all stand in the same place"


def test_exercises_points_and_names(lesson):
    graded = [c.metadata["nbgrader"] for c in source(lesson).cells if "nbgrader" in c.metadata]
    solutions = [m["grade_id"] for m in graded if m["solution"]]
    tests = {m["grade_id"]: m["points"] for m in graded if m["grade"]}
    said = re.search(r"^\*(\d+) points, about (\d+) minutes\.\*$", source(lesson).cells[0].source, re.M)
    minutes, _, points, _ = readme.counted(ROOT / "solutions" / f"{lesson}.py")
    right = f"*{points:g} points, about {minutes} minutes.*"
    assert said and (float(said[1]), float(said[2])) == (points, minutes), f"{lesson}, its first cell: write {right}"
    wanted = {f"test_{name}_{kind}" for name in solutions if name != "quiz" for kind in ("basics", "hidden")}
    assert set(tests) == wanted | {"test_quiz"}
    assert all(p > 0 for p in tests.values())


def test_no_check_ends_in_a_value(lesson):
    """nbgrader takes a number that a test cell shows for partial credit."""
    for cell in source(lesson).cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            last = ast.parse(cell.source).body[-1]
            shown = isinstance(last, ast.Expr) and ast.unparse(last.value.func)
            assert shown in (False, *SILENT) or shown == "quiz.verify", f"{cell.metadata['nbgrader']}: assign it to `_`"


def test_code_cells_are_short_enough_to_read(lesson):
    released = read("course", lesson)
    for cell in released.cells:
        folded = cell.metadata.get("jupyter", {}).get("source_hidden")
        if cell.cell_type == "code" and "nbgrader" not in cell.metadata and not folded:
            lines = [line for line in cell.source.splitlines() if line.strip()]
            assert len(lines) <= 15, cell.source


def test_headings_are_in_order(lesson):
    levels = [len(m) for c in source(lesson).cells if c.cell_type == "markdown"
              for m in re.findall(r"^(#+) ", c.source, re.M)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(levels, levels[1:]))


def test_every_picture_in_the_solution_has_alt_text(lesson):
    seen = 0
    for cell in read("solutions", lesson).cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            bare = "image/png" in data and "<img" not in data.get("text/html", "")
            assert not bare, f"{cell.id} shows a bare picture: use plot.show"
            for image in re.findall(r"<img [^>]*>", data.get("text/html", "")):
                assert re.search(r'alt="[^"]{20,}"', image), cell.id
                seen += 1
    assert seen, "no picture was found"


def test_the_pair_is_one_lesson_in_jupyterlab(lesson):
    assert jupytext.read(ROOT / "solutions" / f"{lesson}.py").metadata["jupytext"]["formats"] == "ipynb,py:percent"


def test_no_check_takes_a_name_that_a_later_cell_reads(lesson):
    """A check that calls its input X would put it in place of the learner's data."""
    found = Lesson(source(lesson))
    for test in found.tests:
        taken = {name for _, bound, _ in statements(test.released) for name in bound}
        for cell in found.cells[test.index + 1:]:
            for _, bound, read in cell.statements if cell.role != "test" else ():
                assert not (read - bound) & taken, (test.grade_id, cell.index, (read - bound) & taken)
                taken -= bound
