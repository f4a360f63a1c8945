"""What is said of each kind of one-edit variant, and which operator, comparison or function takes whose place."""

import ast

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
HALFWAY = "That is a value on the way, not yet the answer."
CLIPPED = "What is negative was set to 0 at the end: it may be negative."
ABSOLUTE = "The answer may be negative: its sign is lost."
BY_COUNT = "The answer is divided by the number of examples, which is not asked for."
NEGATED = "The sign of `{}` is turned round."
TOO_MANY = "A transpose too many, or of the wrong factor."
TRADED = "The arguments `{}` and `{}` have changed places."
VAGUE = {PLACE, START, AMOUNT, STEP, HALFWAY, PARTS}  # gives way to another sentence
