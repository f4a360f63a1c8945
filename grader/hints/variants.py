"""One-edit variants of a right answer, mistakes that nobody wrote down: each with a sentence that names the idea."""

import ast
import copy

MINUS = "A term is added that has to be subtracted."
TIMES, OVER = "Something is divided that has to be multiplied.", "Something is multiplied that has to be divided."
SWAPPED = {ast.Add: [(ast.Sub, "A term is subtracted that has to be added.")],
           ast.Sub: [(ast.Add, MINUS)],
           ast.Mult: [(ast.Div, TIMES), (ast.Pow, "A power stands where a product is asked for."),
                      (ast.Add, "A sum stands where a product is asked for.")],
           ast.Div: [(ast.Mult, OVER), (ast.FloorDiv, "A division throws the fraction away.")],
           ast.MatMult: [(ast.Mult, "`*` multiplies entry by entry; here the matrix product `@` is due.")],
           ast.Pow: [(ast.Mult, "A product stands where a power is asked for.")]}
TURNED = {ast.Sub: "A difference is turned round.", ast.Div: "A fraction stands upside down.",
          ast.MatMult: "The two factors of a matrix product stand in the wrong order.",
          ast.Pow: "Base and exponent have changed places."}
DROPPED = {ast.Add: "A term of a sum is missing.", ast.Sub: "A term of a difference is missing.",
           ast.Mult: "A factor is missing.", ast.Div: "A division is missing, or covers too little: mind the brackets.",
           ast.MatMult: "A factor of a matrix product is missing.", ast.Pow: "A power is missing."}
EDGE = "At the very boundary the comparison decides the other way: think of the case in which both sides are equal."
OTHER_WAY = "A comparison is turned round."
COMPARED = {ast.Gt: [(ast.GtE, EDGE), (ast.Lt, OTHER_WAY)], ast.GtE: [(ast.Gt, EDGE), (ast.LtE, OTHER_WAY)],
            ast.Lt: [(ast.LtE, EDGE), (ast.Gt, OTHER_WAY)], ast.LtE: [(ast.Lt, EDGE), (ast.GtE, OTHER_WAY)],
            ast.Eq: [(ast.NotEq, OTHER_WAY)], ast.NotEq: [(ast.Eq, OTHER_WAY)]}
MEAN, SUM = "A mean stands where a sum is asked for.", "A sum stands where a mean is asked for."
SMALL = "The smaller of two things is taken where the larger is asked for, or the other way."
ALL = "`any` and `all` are mixed up: must it hold once, or everywhere?"
NAMES = {"sum": ("mean", MEAN), "mean": ("sum", SUM), "median": ("mean", "A mean stands where a median is asked for."),
         "max": ("min", SMALL), "min": ("max", SMALL), "maximum": ("minimum", SMALL), "minimum": ("maximum", SMALL),
         "any": ("all", ALL), "all": ("any", ALL), "zeros_like": ("ones_like", "A start at 1 where 0 is due."),
         "exp": ("exp2", "The base is not e."), "expm1": ("exp", "exp(x) stands where exp(x) - 1 is asked for."),
         "log1p": ("log", "log(x) stands where log(1 + x) is asked for."),
         "log": ("log10", "The natural logarithm is asked for.")}
UNWRAPPED = {"sqrt": "A square root is missing.", "log": "A logarithm is missing.", "exp": "An exponential is missing.",
             "abs": "An absolute value is missing: a sign counts where it must not.", "sum": "A sum is missing.",
             "mean": "A mean is missing.", "tanh": "The activation is missing.", "len": "A count is missing."}
AXIS = "A sum, mean or maximum runs along the wrong axis, or over the whole array."
AMOUNT = "A constant of the formula is not the one asked for."
PLACE = "Items are left out, or taken from the wrong place: check the indices, and where ranges begin and end."
START = "What the loop collects starts at the wrong value."
PARTS = "Two arguments of a call, or two returned values, have changed places."
UNUSED = "The argument `{}` has no influence: use the one that comes in."
SIGN = "A sign is turned round."
ROUND_ONE = "The loop ends after its first round."
FIRST, LAST = "The first item is left out.", "The last item is left out."
BACKWARDS = "The items are taken in the wrong order: first to last, or last to first?"
DEFAULT = "The default of `{}` is not the one in the docstring."
STEP, CASE = "A step is missing.", "A special case is missing."
KEPT = "The shape is not kept on the way: see `keepdims`."
TRANSPOSED = "A transpose is missing."
NOT_RIGHT = "A condition is turned round."


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
    for other, sentence in SWAPPED.get(op, ()):
        yield sentence, lambda n, other=other: ast.BinOp(n.left, other(), n.right)
    if op in TURNED:
        yield TURNED[op], lambda n: ast.BinOp(n.right, n.op, n.left)
    if op in DROPPED:
        yield DROPPED[op], lambda n: n.left
        yield DROPPED[op], lambda n: n.right if op is not ast.Sub else ast.UnaryOp(ast.USub(), n.right)


def compared(node, function):
    for other, sentence in COMPARED.get(type(node.ops[0]), ()):
        yield sentence, lambda n, other=other: ast.Compare(n.left, [other(), *n.ops[1:]], n.comparators)


def constant(node, function):
    value = node.value
    if value is True:
        yield KEPT, lambda n: ast.Constant(False)
    elif isinstance(value, int) and not isinstance(value, bool):
        for other in (value + 1, value - 1):
            yield role(node, function), lambda n, other=other: ast.parse(str(other), mode="eval").body
    elif isinstance(value, float):
        for other in (2 * value, value / 2, -value, 1.0, 0.0):
            yield AMOUNT, lambda n, other=other: ast.parse(repr(other), mode="eval").body


def role(node, function):
    """What a number is for: a place in a list, the start of a loop's result, or a constant of the formula."""
    for outer in ast.walk(function):
        if isinstance(outer, ast.Assign) and outer.value is node:
            return START
        if isinstance(outer, ast.Subscript) and node in ast.walk(outer.slice) or isinstance(outer, ast.Call) and (
                getattr(outer.func, "id", "") == "range" and node in ast.walk(outer)):
            return PLACE
    return AMOUNT


def called(node, function):
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in NAMES:
        yield NAMES[name][1], lambda n: renamed(n, NAMES[name][0])
    if name in UNWRAPPED and (node.args or isinstance(node.func, ast.Attribute)):
        yield UNWRAPPED[name], lambda n: n.args[0] if n.args else n.func.value
    for i, keyword in enumerate(node.keywords):
        if keyword.arg == "axis":
            yield AXIS, lambda n, i=i: ast.Call(n.func, n.args, n.keywords[:i] + n.keywords[i + 1:])
            if isinstance(keyword.value, (ast.Constant, ast.UnaryOp)):
                other = ast.keyword("axis", ast.Constant(1 if ast.unparse(keyword.value) == "0" else 0))
                yield AXIS, lambda n, i=i, other=other: ast.Call(
                    n.func, n.args, [*n.keywords[:i], other, *n.keywords[i + 1:]])
        elif keyword.arg == "keepdims":
            yield KEPT, lambda n, i=i: ast.Call(n.func, n.args, n.keywords[:i] + n.keywords[i + 1:])
    if len(node.args) == 2 and not isinstance(node.func, ast.Attribute) or len(node.args) == 3 and name == "where":
        yield PARTS, lambda n: ast.Call(n.func, [*n.args[:-2], n.args[-1], n.args[-2]], n.keywords)
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
        yield SIGN, lambda n: n.operand
    if isinstance(node.op, ast.Not):
        yield NOT_RIGHT, lambda n: n.operand


def returned(node, function):
    if isinstance(node.value, (ast.BinOp, ast.Call, ast.Name)):
        yield SIGN, lambda n: ast.Return(ast.UnaryOp(ast.USub(), n.value))


def looped(node, function):
    yield ROUND_ONE, lambda n: ast.For(n.target, n.iter, [*n.body, ast.Break()], [])
    yield FIRST, lambda n: ast.For(n.target, sliced(n.iter, "[1:]"), n.body, n.orelse)
    yield LAST, lambda n: ast.For(n.target, sliced(n.iter, "[:-1]"), n.body, n.orelse)
    yield BACKWARDS, lambda n: ast.For(n.target, sliced(n.iter, "[::-1]"), n.body, n.orelse)
    if isinstance(node.body[-1], ast.Assign) and isinstance(node.body[-1].targets[0], ast.Name):
        yield ROUND_ONE, lambda n: ast.For(n.target, n.iter, [*n.body, ast.Return(n.body[-1].targets[0])], [])


def comprehended(node, function):
    yield FIRST, lambda n: ast.comprehension(n.target, sliced(n.iter, "[1:]"), n.ifs, 0)
    yield LAST, lambda n: ast.comprehension(n.target, sliced(n.iter, "[:-1]"), n.ifs, 0)
    if node.ifs:
        yield "A condition is missing.", lambda n: ast.comprehension(n.target, n.iter, [], 0)


def sliced(node, text):
    return ast.parse(f"list({ast.unparse(node)}){text}", mode="eval").body


def dropped(node, function):
    target = node.targets[0]
    if isinstance(target, ast.Name) and any(a.arg == target.id for a in function.args.args) or isinstance(
            target, ast.Subscript):
        yield STEP, lambda n: ast.Pass()


def augmented(node, function):
    yield STEP, lambda n: ast.Pass()
    for other, sentence in SWAPPED.get(type(node.op), ()):
        yield sentence, lambda n, other=other: ast.AugAssign(n.target, other(), n.value)
    yield ("The last value replaces what was collected so far.",
           lambda n: ast.Assign([ast.Name(n.target.id, ast.Store())], n.value))


def decided(node, function):
    yield CASE, lambda n: n.orelse or [ast.Pass()]
    yield NOT_RIGHT, lambda n: ast.If(ast.UnaryOp(ast.Not(), n.test), n.body, n.orelse)


def either(node, function):
    yield NOT_RIGHT, lambda n: ast.IfExp(n.test, n.orelse, n.body)
    yield CASE, lambda n: n.body
    yield CASE, lambda n: n.orelse


def named(node, function):
    given = function.args.defaults
    defaults = dict(zip([a.arg for a in function.args.args][-len(given) or 99:], given))
    if isinstance(node.ctx, ast.Load) and node.id in defaults:
        yield UNUSED.format(node.id), lambda n: defaults[n.id]


def defaults(node, function):
    for i, value in enumerate(node.args.defaults):
        name = node.args.args[len(node.args.args) - len(node.args.defaults) + i].arg
        if isinstance(value, ast.Constant) and isinstance(value.value, (int, float)):
            for other in (value.value * 10, value.value + 1, value.value / 2):
                yield DEFAULT.format(name), lambda n, i=i, other=other: [n, n.args.defaults.__setitem__(
                    i, ast.Constant(other))][0]


def swapped(node, function):
    if isinstance(node.ctx, ast.Load) and len(node.elts) == 2:
        yield PARTS, lambda n: ast.Tuple(n.elts[::-1], ast.Load())


def attribute(node, function):
    if node.attr == "T":
        yield TRANSPOSED, lambda n: n.value
