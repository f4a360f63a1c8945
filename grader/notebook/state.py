"""Whether code can remember what it was asked: read, and never run. In doubt, it can.

What cannot may be asked by several tests in one process. That is only what is plainly so: functions of their arguments,
of constants, of each other, and of packages that remember nothing.
"""

import ast
import builtins
import functools
import symtable

from .names import LONGEST, binds, referenced

PACKAGES = {"numpy", "scipy", "math", "statistics", "itertools", "functools", "operator", "numbers", "collections",
            "typing", "copy", "time"}
REACHING = {"setattr", "delattr", "getattr", "globals", "locals", "vars", "exec", "eval", "compile", "open", "input",
            "breakpoint", "help"}  # what a text can lead anywhere with, and what leaves the process
MAKERS = {"default_rng", "RandomState", "Random", "Generator"}  # of random numbers of one's own, not everybody's


def keep_state(sources, own=()):
    """Whether the functions in these cells might answer otherwise when they are asked again.

    own: those of the texts that are the lesson's: what they do besides defining functions was meant.
    """
    try:
        found = [facts for source in sources for facts in read(source, source in own)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # a magic, or a sum of 3000 terms
        return True
    known = {name for name in dir(builtins) if not name.startswith("_")} - REACHING
    known = known.union(*(made for made, _, _ in found))
    return any(keeps or used - known for _, used, keeps in found)


@functools.lru_cache(256)  # most cells are the lesson's, the same in every submission
def read(source, meant):
    """[(names it makes known, names it uses, whether it keeps something)] of the statements at the top of a cell."""
    if len(source) > LONGEST:
        raise ValueError("too long")
    return [(makes_known(statement), *uses(statement, meant)) for statement in ast.parse(source).body]


def makes_known(statement):
    """The names that a statement at the top binds to what remembers nothing, as far as it alone can tell."""
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return harmless(statement)
    if isinstance(statement, ast.FunctionDef) or simple(getattr(statement, "value", None)):
        return set(binds(statement))
    return set()


def uses(statement, meant):
    """(names, whether it keeps something): a statement at the top of a cell remembers nothing where these names do
    not, unless it might make, or change, something that does."""
    nothing, something = (set(), False), (set(), True)
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return nothing  # what it binds is known, or reading it counts
    parts = list(ast.walk(statement))
    if meant and not any(isinstance(part, (ast.FunctionDef, ast.Lambda, ast.ClassDef)) for part in parts):
        return nothing
    if isinstance(getattr(statement, "value", None), ast.Call) and ast.unparse(
            statement.value.func) in ("quiz.ask", "quiz.keep"):  # a question, and letters
        return nothing
    if isinstance(statement, ast.Assign):
        if not all(isinstance(target, ast.Name) for target in statement.targets):
            return something
        if literal(statement.value):
            return nothing  # a function that reads it counts
        if not simple(statement.value):
            return something
    elif not isinstance(statement, (ast.FunctionDef, ast.Expr, ast.Pass)):
        return something
    names = set(referenced(symtable.symtable(ast.unparse(statement), "", "exec")))
    own = {id(part.value) for part in parts if isinstance(part, ast.Attribute) and part.attr in MAKERS}
    chance = [part for part in parts if isinstance(part, ast.Name) and part.id == "random" and part.id in names
              or isinstance(part, ast.Attribute) and part.attr == "random" and getattr(part.value, "id", "") in names]
    return names, any(map(reaches, parts)) or any(id(part) not in own for part in chance)


def reaches(part):
    """Whether a part of a function reaches beyond its own names, or is there to keep something."""
    if isinstance(part, (ast.FunctionDef, ast.Lambda)):
        defaults = [one for one in (*part.args.defaults, *part.args.kw_defaults) if one is not None]
        return bool(getattr(part, "decorator_list", ())) or not all(map(simple, defaults))
    if isinstance(part, (ast.Import, ast.ImportFrom)):
        return set(binds(part)) != harmless(part)
    if isinstance(part, ast.Attribute):
        stored = isinstance(part.ctx, (ast.Store, ast.Del))
        return stored or part.attr.startswith(("_", "set"))
    return isinstance(part, (ast.ClassDef, ast.Global, ast.Nonlocal, ast.AsyncFunctionDef))


def harmless(statement):
    """Names that an import binds to what remembers nothing."""
    known = PACKAGES | {"random"}
    if isinstance(statement, ast.Import):
        return {alias.asname or alias.name.partition(".")[0] for alias in statement.names
                if alias.name.partition(".")[0] in known}
    package = (statement.module or "").split(".")
    if statement.level or package[0] not in known:
        return set()
    return {alias.asname or alias.name for alias in statement.names if not alias.name.startswith(("_", "set"))
            and (package[-1] != "random" or alias.name in MAKERS)}


def simple(value):
    """Whether a value is a function, a constant, or another name for one."""
    value = value.operand if isinstance(value, ast.UnaryOp) else value
    while isinstance(value, ast.Attribute):
        value = value.value
    return isinstance(value, (ast.Lambda, ast.Constant, ast.Name))


def literal(value):
    """Whether a value is written out: numbers and texts, also in lists and dicts."""
    return not any(isinstance(part, (ast.Name, ast.Lambda, ast.Attribute)) for part in ast.walk(value))


def in_order(cells):
    """Whether cells, as (names bound, names read or None), leave the same behind wherever in their order one looks.

    It is so where no name is bound by two of them, and none is read before the cell that binds it.
    """
    later = set()
    for names, reads in reversed(list(cells)):
        if reads is None or later & (names | reads):
            return False
        later |= names
    return True
