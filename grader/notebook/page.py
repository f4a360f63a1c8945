"""What a released notebook looks like to a learner: what they need not see is folded away."""

import ast

from nbformat.v4 import new_markdown_cell
from nbgrader.preprocessors import NbGraderPreprocessor

from .guard import GUARD

EXTRA = "## If you have another"  # where a lesson's main path is at its end


class LearnersPage(NbGraderPreprocessor):
    """What a learner need not see is folded away, nothing pairs the notebook with a text file, the end leads on."""

    def preprocess(self, notebook, resources):
        notebook.metadata.pop("jupytext", None)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        for cell in code:
            if "nbgrader" not in cell.metadata and only_shows(cell.source, code):
                fold(cell)
        first = next((cell for cell in code if any(imported(cell.source))), None)
        if first is not None:
            first.source = GUARD + first.source
            fold(first)
        onward = notebook.metadata.get("crease", {}).pop("next", "")
        if onward:
            extra = next((n for n, cell in enumerate(notebook.cells) if cell.source.startswith(EXTRA)), None)
            if extra is not None:
                notebook.cells.insert(extra, new_markdown_cell(onward, id="next-lesson"))
            notebook.cells.append(new_markdown_cell(onward, id="next"))
        if not notebook.metadata.get("crease", True):
            del notebook.metadata["crease"]
        return notebook, resources


def fold(cell):
    cell.metadata.setdefault("jupyter", {})["source_hidden"] = True


def parsed(source):
    try:
        return ast.parse(source).body
    except SyntaxError:  # a magic
        return []


def imported(source, home="crease"):
    """The names that a cell has from a package."""
    for statement in parsed(source):
        if isinstance(statement, ast.Import | ast.ImportFrom):
            for alias in statement.names:
                whole = getattr(statement, "module", "") or alias.name
                if f"{whole}.".startswith(f"{home}."):
                    yield alias.asname or alias.name.split(".")[0]


def only_shows(source, cells):
    """Whether a cell of `cells` does nothing but import, and call what the course draws, asks or grades with."""
    tools = {"your_score"} | {name for cell in cells for name in imported(cell.source)} - {"check", "data", "nets"}
    widgets = {name for cell in cells for name in imported(cell.source, "crease.widgets")}

    def plain(statement):
        if isinstance(statement, ast.Import | ast.ImportFrom):
            return True
        called = getattr(statement, "value", None)
        if not isinstance(called, ast.Call):
            return False
        while isinstance(called, ast.Call | ast.Attribute):
            called = called.func if isinstance(called, ast.Call) else called.value
        named = {ast.Expr: tools, ast.Assign: widgets}.get(type(statement), ())
        return isinstance(called, ast.Name) and called.id in named
    return bool(source.strip()) and all(map(plain, parsed(source) or [None]))
