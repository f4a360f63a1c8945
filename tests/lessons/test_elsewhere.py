"""A lesson answered on Colab, in VS Code or on Kaggle comes back with other metadata, and is graded in full."""

import copy
import re

import nbformat
import pytest
from nbclient import NotebookClient

from common import LESSONS, ROOT
from grader.judge.grade import grade

STATE = {"application/vnd.jupyter.widget-state+json": {"a1": {"model_name": "LayoutModel", "state": {}}}}  # Colab
PYTHON = {"name": "python3", "display_name": "Python 3"}


def graded_id(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def answered(lesson):
    """The release with the solution's answers in it."""
    notebook, solution = (nbformat.read(ROOT / folder / f"{lesson}.ipynb", 4) for folder in ("course", "solutions"))
    answers = {graded_id(c): c.source for c in solution.cells if c.metadata.get("nbgrader", {}).get("solution")}
    for cell in notebook.cells:
        cell.source = answers.get(graded_id(cell), cell.source)
    return notebook


def colab(notebook):
    notebook.nbformat_minor = 0
    notebook.metadata = {"colab": {"provenance": [], "toc_visible": True}, "widgets": STATE, "kernelspec": PYTHON,
                         "language_info": {"name": "python"}}
    for number, cell in enumerate(notebook.cells):
        cell.metadata |= {"id": f"kX{number}", "outputId": f"c{number}", "colab": {"base_uri": "x", "height": 35}}
        del cell["id"]


def vscode(notebook):
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": ".venv", "language": "python"},
                         "language_info": {"name": "python", "version": "3.13.1"}, "orig_nbformat": 4}
    for number, cell in enumerate(notebook.cells):
        cell.id = f"{number:08x}"
        cell.metadata |= {"vscode": {"languageId": "python"}}
        cell.source = cell.source.replace("\n", "\r\n")


def kaggle(notebook):
    notebook.nbformat_minor = 4
    notebook.metadata = {"kaggle": {"accelerator": "none"}, "kernelspec": PYTHON}
    for cell in notebook.cells:
        cell.metadata = {"_uuid": "0f", "trusted": True, "execution": {"iopub.status.busy": "2026"}}
        del cell["id"]


PLACES = (colab, vscode, kaggle)  # the first lesson comes from all of them, the others from one each


@pytest.mark.parametrize("lesson, rewritten", [(LESSONS[0], place) for place in PLACES] + [
    (lesson, PLACES[number % 3]) for number, lesson in enumerate(LESSONS[1:])])
def test_an_answered_lesson_is_graded_in_full_wherever_it_was_answered(lesson, rewritten):
    notebook = answered(lesson)
    rewritten(notebook)
    graded = grade(nbformat.writes(notebook).encode(), (ROOT / "solutions" / f"{lesson}.ipynb").read_bytes())
    assert [(t.test, t.status, t.hint) for t in graded.tests if t.status != "passed"] == [], graded.notes


def test_where_crease_is_not_the_first_cell_says_in_a_sentence_what_to_run(tmp_path):
    notebook = nbformat.read(ROOT / "course" / f"{LESSONS[0]}.ipynb", 4)
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    for name, line in (("crease", "!unzip -qo *.zip"), ("anywidget", "%pip install numpy")):
        gone = nbformat.v4.new_code_cell(f"import sys\nsys.modules[{name!r}] = None")
        book = copy.deepcopy(notebook)
        book.cells = [gone, first]
        NotebookClient(book, allow_errors=True, resources={"metadata": {"path": str(tmp_path)}}).execute()
        (error,) = book.cells[1].outputs
        assert len(error.traceback) < 8 and error.traceback[0].startswith(f"`{name}` is not here. Run this in a new")
        assert any(text.startswith(line) for text in error.traceback)


def test_the_quiz_gives_points_for_each_right_answer_here_and_in_nbgrader(tmp_path):
    from nbgrader.utils import determine_grade
    solution = nbformat.read(ROOT / "solutions" / f"{LESSONS[0]}.ipynb", 4)
    cell = next(c for c in solution.cells if graded_id(c) == "quiz")
    key = "".join(re.findall(r": '(\w)'", cell.source))
    for right, share in ((3, 0.75), (1, 0.25), (0, 0)):
        given = {n: letter if n <= right else "f" for n, letter in enumerate(key, 1)}
        cell.source = f"answers = {given}"
        graded = grade(nbformat.writes(solution).encode(), (ROOT / "solutions" / f"{LESSONS[0]}.ipynb").read_bytes())
        (ours,) = (t for t in graded.tests if t.test == "test_quiz")
        assert ours.score == share * ours.max_score and ours.status == "failed"
        assert ours.hint.startswith("Look again at question") and "'" not in ours.hint
        book = copy.deepcopy(solution)
        book.cells = [nbformat.v4.new_code_cell("from crease import quiz"), *(
            c for c in book.cells if graded_id(c) in ("quiz", "test_quiz"))]
        NotebookClient(book, allow_errors=True, resources={"metadata": {"path": str(ROOT / "course")}}).execute(
            env={"NBGRADER_EXECUTION": "autograde", "PATH": "/usr/bin:/bin", "IPYTHONDIR": str(tmp_path)})
        assert determine_grade(book.cells[-1])[0] == ours.score
