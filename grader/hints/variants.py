"""One-edit variants of a right answer, mistakes that nobody wrote down: each with a sentence that names the idea."""

import ast
import copy

from . import kinds


def variants(source, functions):
    """(sentence, code) of each one-edit variant of the functions of these names in a cell's text."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and isinstance(node.body[0], ast.Expr) and isinstance(
                node.body[0].value, ast.Constant):
            node.body = node.body[1:] or [ast.Pass()]
    seen = {ast.unparse(tree)}
    for top in [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in functions]:
        for number, node in enumerate(ast.walk(top)):
            for sentence, edit in edits(node, top):
                changed = copy.deepcopy(tree)
                function = changed.body[tree.body.index(top)]
                target = next(n for i, n in enumerate(ast.walk(function)) if i == number)
                try:
                    new = edit(target)
                    code = ast.unparse(ast.fix_missing_locations(Swap(target, new).visit(changed)))
                except (ValueError, TypeError, AttributeError):
                    continue
                if code not in seen:
                    seen.add(code)
                    yield sentence, code


class Swap(ast.NodeTransformer):
    """Puts `new` (a node, or a list of statements) in the place of one node."""

    def __init__(self, old, new):
        self.old, self.new = old, new

    def visit(self, node):
        return self.new if node is self.old else self.generic_visit(node)


def edits(node, function):
    """(sentence, function from the node's copy to its replacement) for one node."""
    kind = type(node)
    finder = {ast.BinOp: binary, ast.Compare: compared, ast.Constant: constant, ast.Call: called, ast.UnaryOp: unary,
              ast.Return: returned, ast.For: looped, ast.Assign: dropped, ast.AugAssign: augmented, ast.If: decided,
              ast.Name: named, ast.FunctionDef: defaults, ast.Tuple: swapped, ast.Attribute: attribute,
              ast.IfExp: either, ast.comprehension: comprehended}.get(kind)
    return finder(node, function) if finder else ()


def binary(node, function):
    op = type(node.op)
    for other, sentence in kinds.SWAPPED.get(op, ()):
        yield sentence, lambda n, other=other: ast.BinOp(n.left, other(), n.right)
    if op is ast.MatMult:
        yield kinds.TOO_MANY, lambda n: ast.BinOp(n.left, n.op, ast.Attribute(n.right, "T", ast.Load()))
    if op in kinds.TURNED:
        yield kinds.TURNED[op], lambda n: ast.BinOp(n.right, n.op, n.left)
    if op in kinds.DROPPED:
        yield kinds.DROPPED[op], lambda n: n.left
        yield kinds.DROPPED[op], lambda n: n.right if op is not ast.Sub else ast.UnaryOp(ast.USub(), n.right)


def compared(node, function):
    for other, sentence in kinds.COMPARED.get(type(node.ops[0]), ()):
        yield sentence, lambda n, other=other: ast.Compare(n.left, [other(), *n.ops[1:]], n.comparators)


def constant(node, function):
    value = node.value
    if value is True:
        yield kinds.KEPT, lambda n: ast.Constant(False)
    elif isinstance(value, int) and not isinstance(value, bool):
        for other in (value + 1, value - 1):
            yield role(node, function), lambda n, other=other: parsed(str(other))
    elif isinstance(value, float):
        for other in (2 * value, value / 2, -value, 1.0, 0.0):
            yield kinds.AMOUNT, lambda n, other=other: parsed(repr(other))


def role(node, function):
    """What a number is for: a place in a list, the start of a loop's result, or a constant of the formula."""
    for outer in ast.walk(function):
        if isinstance(outer, ast.Assign) and outer.value is node:
            return kinds.START
        if isinstance(outer, ast.Subscript) and node in ast.walk(outer.slice) or isinstance(outer, ast.Call) and (
                getattr(outer.func, "id", "") == "range" and node in ast.walk(outer)):
            return kinds.PLACE
    return kinds.AMOUNT


def called(node, function):
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in kinds.NAMES:
        yield kinds.NAMES[name][1], lambda n: renamed(n, kinds.NAMES[name][0])
    if name in kinds.UNWRAPPED and (node.args or isinstance(node.func, ast.Attribute)):
        yield kinds.UNWRAPPED[name], lambda n: n.args[0] if n.args else n.func.value
    for i, keyword in enumerate(node.keywords):
        if keyword.arg == "axis":
            yield kinds.AXIS, lambda n, i=i: ast.Call(n.func, n.args, n.keywords[:i] + n.keywords[i + 1:])
            if isinstance(keyword.value, (ast.Constant, ast.UnaryOp)):
                other = ast.keyword("axis", ast.Constant(1 if ast.unparse(keyword.value) == "0" else 0))
                yield kinds.AXIS, lambda n, i=i, other=other: ast.Call(
                    n.func, n.args, [*n.keywords[:i], other, *n.keywords[i + 1:]])
        elif keyword.arg == "keepdims":
            yield kinds.KEPT, lambda n, i=i: ast.Call(n.func, n.args, n.keywords[:i] + n.keywords[i + 1:])
    if len(node.args) == 2 and not isinstance(node.func, ast.Attribute) or len(node.args) == 3 and name == "where":
        yield kinds.PARTS, lambda n: ast.Call(n.func, [*n.args[:-2], n.args[-1], n.args[-2]], n.keywords)
    if name in ("asarray", "array") and (len(node.args) == 2 or node.keywords):
        yield ("The fractions are cut off: an integer array cannot hold them. Make a float array first.",
               lambda n: ast.Call(n.func, n.args[:1], []))
    if name == "copy" and isinstance(node.func, ast.Attribute):
        yield "A copy is missing: what came in is changed.", lambda n: n.func.value


def renamed(node, name):
    if isinstance(node.func, ast.Attribute):
        return ast.Call(ast.Attribute(node.func.value, name, ast.Load()), node.args, node.keywords)
    new = ast.parse(name if name in ("min", "max", "any", "all", "sum") else f"np.{name}", mode="eval").body
    return ast.Call(new, node.args, [k for k in node.keywords if k.arg != "default"])


def unary(node, function):
    if isinstance(node.op, ast.USub) and not isinstance(node.operand, ast.Constant):
        yield kinds.SIGN, lambda n: n.operand
    if isinstance(node.op, ast.Not):
        yield kinds.NOT_RIGHT, lambda n: n.operand


def returned(node, function):
    if isinstance(node.value, (ast.BinOp, ast.Call, ast.Name)):
        yield kinds.SIGN, lambda n: ast.Return(ast.UnaryOp(ast.USub(), n.value))
        first = function.args.args[0].arg if function.args.args else "()"
        for sentence, text in ((kinds.CLIPPED, "np.maximum({}, 0)"), (kinds.ABSOLUTE, "np.abs({})"),
                               (kinds.BY_COUNT, f"({{}}) / len({first})")):
            yield sentence, lambda n, text=text: ast.Return(parsed(text.format(ast.unparse(n.value))))
    for name in {n.id: n for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}:
        if name != getattr(node.value, "id", ""):
            yield kinds.HALFWAY, lambda n, name=name: ast.Return(ast.Name(name, ast.Load()))


def looped(node, function):
    yield kinds.ROUND_ONE, lambda n: ast.For(n.target, n.iter, [*n.body, ast.Break()], [])
    yield kinds.FIRST, lambda n: ast.For(n.target, sliced(n.iter, "[1:]"), n.body, n.orelse)
    yield kinds.LAST, lambda n: ast.For(n.target, sliced(n.iter, "[:-1]"), n.body, n.orelse)
    yield kinds.BACKWARDS, lambda n: ast.For(n.target, sliced(n.iter, "[::-1]"), n.body, n.orelse)
    if isinstance(node.body[-1], ast.Assign) and isinstance(node.body[-1].targets[0], ast.Name):
        yield kinds.ROUND_ONE, lambda n: ast.For(n.target, n.iter, [*n.body, ast.Return(n.body[-1].targets[0])], [])


def comprehended(node, function):
    yield kinds.FIRST, lambda n: ast.comprehension(n.target, sliced(n.iter, "[1:]"), n.ifs, 0)
    yield kinds.LAST, lambda n: ast.comprehension(n.target, sliced(n.iter, "[:-1]"), n.ifs, 0)
    if node.ifs:
        yield "A condition is missing.", lambda n: ast.comprehension(n.target, n.iter, [], 0)


def sliced(node, text):
    return ast.parse(f"list({ast.unparse(node)}){text}", mode="eval").body


def dropped(node, function):
    target = node.targets[0]
    if isinstance(target, ast.Name) and any(a.arg == target.id for a in function.args.args) or isinstance(
            target, ast.Subscript):
        yield kinds.STEP, lambda n: ast.Pass()


def augmented(node, function):
    yield kinds.STEP, lambda n: ast.Pass()
    for other, sentence in kinds.SWAPPED.get(type(node.op), ()):
        yield sentence, lambda n, other=other: ast.AugAssign(n.target, other(), n.value)
    yield ("The last value replaces what was collected so far.",
           lambda n: ast.Assign([ast.Name(n.target.id, ast.Store())], n.value))


def decided(node, function):
    yield kinds.CASE, lambda n: n.orelse or [ast.Pass()]
    yield kinds.NOT_RIGHT, lambda n: ast.If(ast.UnaryOp(ast.Not(), n.test), n.body, n.orelse)


def either(node, function):
    yield kinds.NOT_RIGHT, lambda n: ast.IfExp(n.test, n.orelse, n.body)
    yield kinds.CASE, lambda n: n.body
    yield kinds.CASE, lambda n: n.orelse


def named(node, function):
    given = function.args.defaults
    defaults = dict(zip([a.arg for a in function.args.args][-len(given) or 99:], given))
    if isinstance(node.ctx, ast.Load) and node.id in defaults:
        yield kinds.UNUSED.format(node.id), lambda n: defaults[n.id]


def defaults(node, function):
    if node is not function:
        return
    names = [a.arg for a in node.args.args][:len(node.args.args) - len(node.args.defaults)]
    for name in names[:1]:
        yield kinds.NEGATED.format(name), lambda n, name=name: negated(n, name)
    for one, other in zip(names, names[1:]):
        yield kinds.TRADED.format(one, other), lambda n, one=one, other=other: traded(n, one, other)
    for i, value in enumerate(node.args.defaults):
        name = node.args.args[len(node.args.args) - len(node.args.defaults) + i].arg
        if isinstance(value, ast.Constant) and isinstance(value.value, (int, float)):
            for other in (value.value * 10, value.value + 1, value.value / 2):
                yield kinds.DEFAULT.format(name), lambda n, i=i, other=other: [n, n.args.defaults.__setitem__(
                    i, ast.Constant(other))][0]


def traded(node, one, other):
    """The function with two arguments, each by the other's name."""
    for arg in node.args.args:
        arg.arg = {one: other, other: one}.get(arg.arg, arg.arg)
    return node


def negated(node, name):
    """The function with an argument of the other sign."""
    node.body.insert(0, ast.parse(f"{name} = -np.asarray({name})").body[0])
    return node


def parsed(text):
    return ast.parse(text, mode="eval").body


def swapped(node, function):
    if isinstance(node.ctx, ast.Load) and len(node.elts) == 2:
        yield kinds.PARTS, lambda n: ast.Tuple(n.elts[::-1], ast.Load())


def attribute(node, function):
    if node.attr == "T":
        yield kinds.TRANSPOSED, lambda n: n.value
