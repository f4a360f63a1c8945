"""How long each lesson takes, by what a learner reads, writes and moves in it.

    python solutions/minutes.py     a table of all lessons

It is an estimate, not a measurement. English prose is read silently at about 240 words a minute (Brysbaert 2019, a
review of 190 studies); with formulas between the lines, and a notebook to run, we take two thirds of that.
"""

import ast
import functools
import re
from pathlib import Path

import jupytext

import crease.widgets
from grader.notebook.page import EXTRA
from grader.notebook.release import release

# Minutes for one of each.
COSTS = {"words": 1 / 160,      # of text, docstrings included
         "code": 1 / 12,        # lines of code that is shown to be read: 5 seconds each
         "functions": 3,        # to write: read the task, try, run the check, mend
         "lines": 1 / 4,        # of the shortest solution we know, on top of that
         "sliders": 2,          # figures that move, and widgets
         "figures": 1 / 2,      # that stand still
         "questions": 1}
MOVING = re.compile(rf"^({'|'.join(['live', 'crease.playground', *crease.widgets.__all__])})\(", re.M)


@functools.cache
def count(lesson):
    """(counts of the main path, counts of the part "If you have another …"), each with the keys of COSTS.

    lesson : the path of a text source. *Go further* is not counted; nor are cells whose code is folded away.
    """
    notebook = jupytext.read(lesson)
    source = {cell.id: cell.source for cell in notebook.cells}
    main, extra = dict.fromkeys(COSTS, 0), dict.fromkeys(COSTS, 0)
    into = main
    for cell in release(notebook).cells:
        about = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "markdown":
            if cell.source.startswith("## Go further"):
                break
            into = extra if cell.source.startswith(EXTRA) else into
            into["words"] += words(cell.source)
        elif "quiz" in cell.metadata.get("tags", []):
            into["questions"] += len(re.findall(r"^\d+\. ", cell.source, re.M))
        elif about.get("solution"):
            exercise(source[cell.id], into)
        elif not about:
            into["sliders"] += bool(MOVING.search(cell.source))
            into["figures"] += cell.source.count("plot.show(")
            if not cell.metadata.get("jupyter", {}).get("source_hidden"):
                into["code"] += sum(bool(line.strip()) for line in cell.source.splitlines())
    return main, extra


def words(text):
    return len(re.findall(r"\S*\w\S*", text))


def exercise(source, into):
    """Count the functions of a solution cell, the words of their docstrings and the lines one has to write."""
    found = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    into["functions"] += len(found)
    into["words"] += sum(words(ast.get_docstring(function) or "") for function in found)
    for region in re.findall(r"### BEGIN SOLUTION\n(.*?)### END", source, re.S) if found else ():
        into["lines"] += sum(not re.match(r" *(#|$)", line) for line in region.splitlines())


def minutes(counts):
    return sum(COSTS[what] * number for what, number in counts.items())


def main():
    print("lesson ", *(f"{what:>9}" for what in COSTS), "  minutes")
    for path in sorted(Path(__file__).parent.glob("[0-9][0-9]_*.py")):
        for name, counts in zip((path.stem[:2], "  extra"), count(path)):
            if any(counts.values()):
                print(f"{name:7}", *(f"{number:9}" for number in counts.values()), f"{minutes(counts):9.0f}")


if __name__ == "__main__":
    main()
