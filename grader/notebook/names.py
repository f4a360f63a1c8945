"""Names in Python source, read and never run: what a cell binds, what it reads, whether it does anything."""

import ast
import re
import symtable
import warnings
from functools import lru_cache

LONGEST = 100_000  # characters of a cell that is read as Python


def parsed(source):
    """The top-level statements of a cell, its magics left out; None where it is no Python, or no sane amount of it."""
    if len(source) > LONGEST:
        return None
    for text in (source, re.sub(r"^[ \t]*[!%?].*$", "", source, flags=re.M)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return ast.parse(text).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            pass
    return None


def statements(source):
    """(statement, names it binds, names it reads) of each top-level statement of a lesson's cell."""
    for statement in parsed(source) or []:
        table = symtable.symtable(ast.unparse(statement), "", "exec")
        names = set(referenced(table))
        if isinstance(statement, ast.For):  # its body reads the name that the loop itself has bound
            later = {name for child in table.get_children() for name in referenced(child)}
            first = {node.id for node in ast.walk(statement.iter) if isinstance(node, ast.Name)}
            names -= set(binds(statement.target)) - later - first
        yield statement, set(binds(statement)), names


def referenced(table):
    """Global names that the code of a symbol table reads, functions within it included."""
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (table.get_type() == "module" or symbol.is_global()):
            yield symbol.get_name()
    for child in table.get_children():
        yield from referenced(child)


@lru_cache(256)
def used(source):
    """Global names that a learner's text reads; None where it cannot be said (then it may read any)."""
    try:
        text = ast.unparse(ast.Module(parsed(source) or [], []))
        return frozenset(referenced(symtable.symtable(text, "", "exec"))) if len(source) <= LONGEST else None
    except SyntaxError:  # `def f(a, a)`: it will not run either
        return frozenset()
    except (ValueError, RecursionError, MemoryError):  # a sum of 3000 terms
        return None


def binds(node):
    """Names that a statement binds or changes in the scope it stands in."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield node.name
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        yield from (alias.asname or alias.name.split(".")[0] for alias in node.names)
    elif isinstance(node, ast.Name):
        if isinstance(node.ctx, (ast.Store, ast.Del)):
            yield node.id
    elif isinstance(node, (ast.Subscript, ast.Attribute)) and isinstance(node.ctx, (ast.Store, ast.Del)):
        while isinstance(node, (ast.Subscript, ast.Attribute)):
            node = node.value
        if isinstance(node, ast.Name):
            yield node.id
    elif not isinstance(node, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
        for child in ast.iter_child_nodes(node):
            yield from binds(child)


def defines(source):
    """Names of the functions, classes and variables that a cell binds at its top level."""
    try:
        return {name for statement in parsed(source) or [] for name in binds(statement)}
    except RecursionError:
        return set()


def is_blank(source):
    """Whether a cell answers nothing: empty, comments, `pass`, or functions that hold no more than that."""
    body = parsed(source)
    return body is not None and all(does_nothing(node) for node in body)


def does_nothing(node):
    """Whether a statement does nothing, or only says that it is not implemented."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return all(does_nothing(child) for child in node.body)
    if isinstance(node, ast.Raise):
        error = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        return isinstance(error, ast.Name) and error.id == "NotImplementedError"
    return isinstance(node, ast.Pass) or isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
