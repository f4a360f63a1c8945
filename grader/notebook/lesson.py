"""A lesson as the judge sees it: the instructor's solution notebook, its tests, and what they need.

The judge runs a test in a namespace of its own, made from the lesson's own statements: the imports, and whatever
else outside the solution cells binds a name that the test uses. Names that solution cells bind are the student's.
"""

import ast
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

import nbformat

from .names import statements

HIDDEN = re.compile(r"^[ \t]*### BEGIN HIDDEN TESTS.*?^[ \t]*### END HIDDEN TESTS[^\n]*\n?", re.M | re.S)
SOLUTION = re.compile(r"^[ \t]*### BEGIN SOLUTION.*?^[ \t]*### END SOLUTION[^\n]*\n?", re.M | re.S)


# What another test's cell may lend: its definitions, never a loop or a check.
BINDING = (ast.Assign, ast.AnnAssign, ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)


@dataclass
class Cell:
    """One cell of the lesson; `role` is "test", "solution", "locked" or "free"."""

    index: int
    kind: str
    role: str
    grade_id: str
    points: float
    source: str
    id: str
    metadata: dict

    @cached_property
    def statements(self):
        """[(statement, names it binds, names it reads)] of a code cell."""
        return list(statements(self.source)) if self.kind == "code" else []

    @cached_property
    def binds(self):
        """Names that the cell binds."""
        return set().union(*(bound for _, bound, _ in self.statements))

    @cached_property
    def told(self):
        """Names that the cell calls a method of for its effect alone."""
        found = set()
        for statement, _, _ in self.statements:
            for node in ast.walk(statement):
                if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                    root = node.value.func
                    while isinstance(root, (ast.Attribute, ast.Subscript)):
                        root = root.value
                    if isinstance(root, ast.Name) and root is not node.value.func:
                        found.add(root.id)
        return found

    @property
    def by_hand(self):
        """Whether an instructor gives the points."""
        return bool(self.role == "solution" and self.metadata.get("nbgrader", {}).get("grade"))

    @cached_property
    def code(self):
        """A test's code, hidden tests included; it leaves the value of its last line in `__shown__`."""
        tree = ast.parse(self.source)
        if tree.body and isinstance(tree.body[-1], ast.Expr):
            shown = ast.copy_location(ast.Name("__shown__", ast.Store()), tree.body[-1])
            tree.body[-1] = ast.copy_location(ast.Assign([shown], tree.body[-1].value), tree.body[-1])
        return compile(tree, f"<{self.grade_id}>", "exec")

    @cached_property
    def released(self):
        """The text a learner sees: without hidden tests."""
        return HIDDEN.sub("", self.source).rstrip("\n")

    @property
    def stub(self):
        """What the learner finds in place of the solution, where the author wrote it on `#: ` lines; else ""."""
        return "\n".join(re.findall(r"^ *#: ?(.*)$", self.source, re.M)) if self.role == "solution" else ""

    @property
    def hidden(self):
        """Whether this test holds anything that a learner must not see; then no message of it is shown."""
        return self.grade_id.endswith("_hidden") or HIDDEN.search(self.source) is not None


class Lesson:
    """The cells of a solution notebook."""

    def __init__(self, notebook):
        self.notebook = notebook
        self.cells = [read_cell(i, cell) for i, cell in enumerate(notebook.cells)]
        self.tests = [cell for cell in self.cells if cell.role == "test"]
        self.graded = [cell for cell in self.cells if cell.role == "test" or cell.by_hand]
        self.solutions = [cell for cell in self.cells if cell.role == "solution"]
        self.by_id = {cell.grade_id: cell for cell in self.cells if cell.grade_id}
        self.needed, self.library, self.pace = {}, None, None

    def exercise(self, test):
        """The solution cell that a test belongs to: by its name, else the nearest one before it."""
        name = re.sub(r"^test_", "", test.grade_id)
        ids = [cell.grade_id for cell in self.solutions]
        named = [i for i in ids if name == i or name.startswith(i + "_")]
        if named:
            return self.by_id[max(named, key=len)]
        before = [cell for cell in self.solutions if cell.index < test.index]
        return before[-1] if before else None

    def needs(self, test):
        """(code of the lesson to run before the test, names of the student's that the two use)."""
        if test.index not in self.needed:
            self.needed[test.index] = self.find_needs(test)
        return self.needed[test.index]

    def needed_by(self, cell):
        """Code of the lesson to run before a solution cell; other solutions are not in it."""
        return self.find_needs(cell)[0]

    def find_needs(self, test):
        """What `needs` remembers."""
        wanted = set().union(*(names for _, _, names in test.statements)) - test.binds
        seen, students, chosen = set(), {}, {}
        queue = [(name, test.index) for name in wanted]
        while queue:
            name, before = queue.pop()
            if name in seen:
                continue
            seen.add(name)
            binder = self.binder(name, before)
            if binder is None:
                continue
            if binder.role == "solution":
                students[name] = binder
                continue
            for cell in self.cells[:before]:
                if cell.role == "solution":
                    continue
                for place, (statement, bound, names) in enumerate(cell.statements):
                    if name in bound and (cell.role != "test" or isinstance(statement, BINDING)):
                        chosen[cell.index, place] = statement
                        queue += [(other, cell.index + 1) for other in names]
        body = [imported(chosen[key], seen) for key in sorted(chosen)]
        order = sorted(students, key=lambda name: (students[name].index, students[name].source.find(name), name))
        return compile(ast.Module(body, []), "<the lesson>", "exec"), {name: students[name] for name in order}

    def binder(self, name, before):
        """The last cell before the index that binds the name."""
        return next((cell for cell in reversed(self.cells[:before]) if name in cell.binds), None)


def imported(statement, names):
    """The statement; of an import only what binds these names: a check needs no figures, which are slow to import."""
    if not isinstance(statement, ast.Import | ast.ImportFrom) or statement.names[0].name == "*":
        return statement
    kept = [alias for alias in statement.names if (alias.asname or alias.name.split(".")[0]) in names]
    return ast.copy_location(ast.Import(kept) if isinstance(statement, ast.Import)
                             else ast.ImportFrom(statement.module, kept, statement.level), statement)


@lru_cache(32)
def lesson_in(source):
    """The `Lesson` in the bytes of a solution notebook, read once for all its submissions; nobody changes it."""
    return Lesson(nbformat.reads(source.decode("utf-8-sig"), as_version=4))


def read_cell(index, cell):
    """A `Cell` of a notebook's cell, with its role and its statements."""
    data = cell.metadata.get("nbgrader", {})
    role = "free"
    if data.get("grade") and not data.get("solution"):
        role = "test"
    elif data.get("solution"):
        role = "solution"
    elif data.get("locked"):
        role = "locked"
    return Cell(index, cell.cell_type, role, data.get("grade_id", ""), float(data.get("points", 0) or 0),
                cell.source, cell.get("id", ""), dict(cell.metadata))
