"""From an author's notebook to the released one, on nbgrader's `generate_assignment`."""

import copy
import re

from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import ClearSolutions, NbGraderPreprocessor, SaveCells
from traitlets.config import Config

from crease import quiz

from .page import LearnersPage

STUB = "# Write your code here, in place of the line below.\nraise NotImplementedError"


class ClearToDraft(ClearSolutions):
    """Clears solutions; where the region holds `#: ` lines, they are what the learner finds in its place."""

    def preprocess_cell(self, cell, resources, cell_index):
        stub, draft = self.code_stub, re.findall(r"^ *#: ?(.*)$", cell.source, re.M)
        if draft:
            self.code_stub = {"python": "\n".join(draft)}
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        self.code_stub = stub
        return cell, resources


class SealQuiz(NbGraderPreprocessor):
    """Takes the marks and reasons out of the quiz's text, and scrambles them beside it."""

    def preprocess_cell(self, cell, resources, index):
        if "quiz" in cell.metadata.get("tags", []):
            text = re.fullmatch(r'quiz\.ask\("""\n(.*)\n"""\)', cell.source, re.DOTALL)
            if text is None:
                raise ValueError('a cell tagged "quiz" holds one call quiz.ask("""…""") and nothing else')
            shown, sealed = quiz.seal(text[1])
            cell.source = f'quiz.ask("""\n{shown}\n""",\nsealed="{sealed}")'
        return cell, resources


class TakeOutMistakes(NbGraderPreprocessor):
    """Takes the wrong answers and their hints out of the notebook's metadata."""

    def preprocess(self, nb, resources):
        nb.metadata.get("crease", {}).pop("mistakes", None)
        return nb, resources


def configure(config):
    """Set up `generate_assignment` for the course's notebooks (also called by a class's nbgrader_config.py)."""
    steps = list(GenerateAssignment.preprocessors.default_args[0])
    at = steps.index(ClearSolutions)
    steps[at:at + 1] = [ClearToDraft, SealQuiz, TakeOutMistakes, LearnersPage]
    config.GenerateAssignment.preprocessors = steps
    config.ClearToDraft.code_stub = {"python": STUB}
    return config


def release(notebook):
    """The learner's notebook made from the author's: no solutions, hidden tests, answer key or outputs.

    The steps are those of `nbgrader generate_assignment`, less the one that writes to a gradebook.
    """
    config = configure(Config())
    made, resources = copy.deepcopy(notebook), {}
    for step in config.GenerateAssignment.preprocessors:
        if step is not SaveCells:
            made, resources = step(config=config).preprocess(made, resources)
    return made
