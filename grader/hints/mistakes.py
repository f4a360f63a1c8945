"""Reads a lesson's mistakes: right answers, wrong answers with their hints, and what each exercise says besides.

The text is plain Python, with three names that need no import:

    exercise("affine", "The exercise's own hint.", more=\"\"\"A worked example of the idea.\"\"\")

    @right
    def affine(X, W, b): …

    @wrong("The hint for this mistake.")
    def affine(X, W, b): …

An answer may use the imports of the lesson, its solutions (`solution.affine` where `affine` is the answer itself), and
whatever else the text defines. An answer of several functions is a class that holds them. The text travels in the
metadata of the solution notebook (`crease.mistakes`).
"""

import ast
import linecache
import textwrap
from dataclasses import dataclass, field
from types import SimpleNamespace


@dataclass
class Answer:
    """A right or wrong answer: `names` are the lesson's with its own functions in place, `code` is its text."""

    right: bool
    hint: str
    functions: tuple
    names: dict
    code: str
    line: int


@dataclass
class Exercise:
    """What an exercise says besides its mistakes, and its answers."""

    name: str
    hint: str
    more: str
    answers: list = field(default_factory=list)


class Unreadable(ValueError):
    """The text breaks a rule; the message says which, and where."""


def read(text, names, owner, title="mistakes"):
    """{exercise: `Exercise`} of a text.

    names : namespace with the lesson's imports and solutions; it is not changed.
    owner : {function: exercise} of the lesson's solution cells.
    """
    found, names = {}, dict(names)

    def exercise(name, hint, more=""):
        if name not in owner.values():
            raise Unreadable(f"no exercise is called {name!r}. There are: {', '.join(dict.fromkeys(owner.values()))}.")
        found[name] = Exercise(name, hint, textwrap.dedent(more).strip())

    node = None
    try:
        tree = ast.parse(text)
        answers = [node for node in tree.body if verdict(node)]
        helpers = [node for node in tree.body if not verdict(node)]
        binders, lines = {name: helper for helper in helpers for name in binds(helper)}, text.split("\n")
        names |= {"exercise": exercise, "solution": SimpleNamespace(**{f: names[f] for f in owner})}
        for node in helpers:
            exec(compile(ast.Module([node], []), title, "exec"), names)
        for node in answers:
            answer = read_answer(node, lines, names, binders, owner)
            place = owner[answer.functions[0]]
            if place not in found:
                raise Unreadable(f"exercise({place!r}, …) is missing.")
            found[place].answers.append(answer)
    except Exception as error:
        line = getattr(node, "lineno", getattr(error, "lineno", 1))
        said = error if isinstance(error, Unreadable) else f"{type(error).__name__}: {error}"
        raise Unreadable(f"{title}, line {line}: {said}") from error
    return found


def verdict(node):
    """The decorator of an answer, `right` or `wrong(…)`, or None."""
    for decorator in getattr(node, "decorator_list", ()):
        name = decorator.func if isinstance(decorator, ast.Call) else decorator
        if isinstance(name, ast.Name) and name.id in ("right", "wrong"):
            return decorator
    return None


def read_answer(node, lines, names, binders, owner):
    """The `Answer` of a decorated function or class."""
    decorator = verdict(node)
    if isinstance(decorator, ast.Call) != (getattr(decorator, "func", decorator).id == "wrong"):
        raise Unreadable("write @right alone, and @wrong with its hint: @wrong(\"…\").")
    right = not isinstance(decorator, ast.Call)
    hint = "" if right else eval(compile(ast.Expression(decorator.args[0]), "hint", "eval"), names)
    body = node.body if isinstance(node, ast.ClassDef) else [node]
    body = [part for part in body if not isinstance(part, ast.Expr)]
    functions = tuple(part.name for part in body if getattr(part, "name", "") in owner)
    if len({owner[name] for name in functions}) != 1:
        raise Unreadable(f"`{node.name}` answers no exercise: give it the name of the function that a learner writes.")
    code = "\n\n\n".join(textwrap.dedent(segment(lines, part)) for part in [*used(node, binders), *body]) + "\n"
    title, own = f"<answer in line {node.lineno}, {hash(code)}>", dict(names)
    linecache.cache[title] = (len(code), None, code.splitlines(True), title)  # so that `inspect` finds it
    exec(compile(code, title, "exec"), own)
    return Answer(right, hint, functions, own, code, node.lineno)


def segment(lines, node):
    """The text of a statement, indented as it stands; `ast.get_source_segment` splits the whole text each time."""
    own = [line.encode() for line in lines[node.lineno - 1:node.end_lineno]]
    own[-1] = own[-1][:node.end_col_offset]
    own[0] = b" " * node.col_offset + own[0][node.col_offset:]
    return b"\n".join(own).decode()


def used(node, binders):
    """The helper statements that an answer uses, those that they use included, in order.

    binders : {name: the helper statement that binds it}.
    """
    found, queue = [], [node]
    while queue:
        for name in (part.id for part in ast.walk(queue.pop()) if isinstance(part, ast.Name)):
            if binders.get(name) is not None and binders[name] not in found:
                found.append(binders[name])
                queue.append(binders[name])
    return sorted(found, key=lambda helper: helper.lineno)


def binds(node):
    """Names that a top-level statement binds."""
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return [alias.asname or alias.name for alias in node.names]
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return [node.name]
    return [part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)]
