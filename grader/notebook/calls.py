"""Which exercises of a submission call which others, by the names that their cells read; and what they import late."""

import ast

from .names import parsed, used


def calls(owner, sources):
    """{index of a solution cell: indexes of those that the student's text of it calls, directly or through others}.

    owner: {name: index of the solution cell that defines it}.  sources: {index: the student's text}.
    """
    direct = {index: owners(sources.get(index, ""), owner) for index in set(owner.values())}
    return {index: reached(index, direct) - {index} for index in direct}


def owners(source, owner):
    """The indexes of the solution cells that define what a text reads."""
    return {owner[name] for name in used(source) or () if name in owner}


def reached(index, direct):
    """All cells that one calls, directly or through others."""
    found, queue = set(), [index]
    while queue:
        new = direct.get(queue.pop(), set()) - found
        found |= new
        queue += new
    return found


def imported_inside(sources, most=20):
    """Names, sorted, that may be modules, of what functions in these texts import when they are called."""
    found = set()
    for function in (node for source in sources if "import" in source for statement in parsed(source) or []
                     for node in ast.walk(statement) if isinstance(node, ast.FunctionDef)):
        for node in ast.walk(function):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return sorted(found)[:most]
