"""What a released notebook looks like to a learner: what they need not see is folded away."""

import ast

from nbgrader.preprocessors import NbGraderPreprocessor

# What the first cell says where `crease` is not there: on Colab and Kaggle, or in a kernel that is not the course's.
GUARD = '''# Shift+Enter sets this lesson up.
class NotHere(ImportError):
    def _render_traceback_(self):
        return str(self).split("\\n")


try:
    import anywidget
    from crease import check
except ImportError as error:
    line = "%pip install numpy scipy matplotlib ipywidgets anywidget pillow"
    if error.name == "crease":
        line = "!unzip -qo *.zip\\n%cd crease/course\\n\\n(First upload the zip of the whole course.)"
    raise NotHere(f"`{error.name}` is not here. Run this in a new cell, then this one again:\\n\\n{line}") from None

'''


class LearnersPage(NbGraderPreprocessor):
    """What a learner need not see is folded away, and nothing pairs the notebook with a text file."""

    def preprocess(self, notebook, resources):
        notebook.metadata.pop("jupytext", None)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        tools = {"your_score"} | {name for cell in code for name in imported(cell.source)} - {"check"}
        for cell in code:
            if "nbgrader" not in cell.metadata and only_shows(cell.source, tools):
                cell.metadata.setdefault("jupyter", {})["source_hidden"] = True
        first = next((cell for cell in code if any(imported(cell.source))), None)
        if first is not None:
            first.source = GUARD + first.source
            first.metadata.setdefault("jupyter", {})["source_hidden"] = True
        return notebook, resources


def parsed(source):
    try:
        return ast.parse(source).body
    except SyntaxError:  # a magic
        return []


def imported(source):
    """The names that a cell has from crease."""
    for statement in parsed(source):
        if isinstance(statement, ast.Import | ast.ImportFrom):
            home = getattr(statement, "module", "") or ""
            for alias in statement.names:
                if (home or alias.name).split(".")[0] == "crease":
                    yield alias.asname or alias.name.split(".")[0]


def only_shows(source, tools):
    """Whether a cell does nothing but import, or call functions of `tools`: it sets up, draws or asks."""
    def plain(statement):
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            called = statement.value.func
            while isinstance(called, ast.Attribute):
                called = called.value
            return isinstance(called, ast.Name) and called.id in tools
        return isinstance(statement, ast.Import | ast.ImportFrom)
    return bool(source.strip()) and all(map(plain, parsed(source) or [None]))
