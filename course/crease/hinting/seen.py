"""What can be seen of a wrong answer without knowing the right formula: each sentence is tried before it is said.

`look` returns (sentence, whether it says all there is to say). It calls the learner's function again, on its inputs in
another form: lists as arrays, integers as floats, one number as an array of one.
"""

import copy
import warnings

import numpy as np

from .trail import arrays, leaves
from .values import dim, numbers

NOTHING = "Your function returns None: did you forget `return`, or does a way through it end without one?"
AGAIN = "Right for arrays, but not for {}: start with np.asarray."
LIST = "A list does no arithmetic: turn it into an array with np.asarray first."
ONE = "float, int and the functions of `math` take one number: NumPy's functions take arrays."
INTEGERS = "Right for floats, but not for integers: they cut off fractions and overflow. Make a float array first."
ERRORS = [  # the exception, a part of its message, what to say, and whether that is enough
    ("UnboundLocalError", "", "A variable is used before it has a value on this path through your function.", True),
    ("NameError", "", "A name in your function is defined neither in it nor in this notebook: check its spelling.",
     True),
    ("ValueError", "truth value of an array", "`if`, `and` and Python's max and min decide about one number. For an "
     "array use np.where, np.maximum, or compare entry by entry.", True),
    ("ValueError", "inhomogeneous", "Lists of different lengths make no array: take them one at a time.", True),
    ("ValueError", "must match", "Arrays are joined that differ in their sizes: take them one at a time.", False),
    ("ValueError", "to unpack", "There are more names on the left of a `=` than values on its right, or fewer.", False),
    ("ValueError", "matmul", "Two shapes do not fit together in a matrix product. Write the shape beside each factor: "
     "order, a transpose, or values unpacked in another order than they are returned?", False),
    ("ValueError", "broadcast", "Two shapes do not fit together. Write the shape beside each array.", False),
    ("TypeError", "positional argument", "The arguments are not those of the docstring. Is the first line of the "
     "function still as it was, defaults included?", True),
    ("TypeError", "keyword argument", "A function is called with an argument that it does not have.", False),
    ("TypeError", "NoneType", "Something in your function is None. Does a function that it calls forget `return`?",
     False),
    ("TypeError", "for ^", "`^` is no power in Python: write `**`.", True),
    ("TypeError", "bitwise_xor", "`^` is no power in Python: write `**`.", True),
    ("TypeError", "'dict'", "A dict does no arithmetic: go through its keys.", True),
    ("TypeError", "'tuple'", "A tuple does no arithmetic: take it apart, or choose one of its values.", False),
    ("TypeError", "function'", "A function stands where its result is due: call it, with brackets.", False),
    ("TypeError", "not callable", "Something that is no function is called: is a `*` missing before a bracket, or "
     "does a variable bear a function's name?", False),
    ("TypeError", "as an integer", "An integer is due there, in a range or as an index.", False),
    ("TypeError", "real number", ONE, True),
    ("TypeError", "converted to Python scalars", ONE, True),
    ("TypeError", "'list'", LIST, True),
    ("TypeError", "multiply sequence", LIST, True),
    ("IndexError", "to scalar", "A single number has no entries to choose from.", False),
    ("IndexError", "too many indices", "Something is indexed that has fewer axes than that.", False),
    ("IndexError", "out of", "An index goes past the end.", False),
    ("AttributeError", "module", "A library has nothing of that name: check the spelling.", False),
    ("KeyError", "", "A key is asked for that the dict does not have.", False),
    ("ZeroDivisionError", "", "Something is divided by 0.", False),
    ("OverflowError", "", "A number left the range of floats.", False),
]


def look(f, args, answer, want, equal, error=None, parts=()):
    """(sentence, whether that is enough) for an answer that is not `want`, or for an exception.

    equal : a function (answer, want) -> bool.  parts : names of the values of a tuple.
    """
    if error is not None:
        return raised(f, args, want, equal, error)
    if answer is None:
        return NOTHING, True
    if isinstance(answer, str) and not isinstance(want, str):
        return "Your function returns a text, which is not asked for.", False
    if isinstance(want, tuple) and isinstance(answer, (tuple, list)) and len(answer) == len(want) > 1:
        names = parts if len(parts) == len(want) else ordinals(len(want))
        return which_part(f, args, answer, want, equal, names) or ("", False)
    if isinstance(want, dict) and isinstance(answer, dict) and set(answer) == set(want):
        keys = list(want)
        return which_part(f, args, [answer[k] for k in keys], [want[k] for k in keys], equal,
                          [str(k) for k in keys], "key ") or ("", False)
    if isinstance(want, (tuple, dict, str)) or want is None:
        return "", False
    said = numbers(answer, want, equal) or other_forms(f, args, want, equal)
    return said or (regions(f, args, answer, want), False)


def raised(f, args, want, equal, error):
    """The same for an exception."""
    if said := other_forms(f, args, want, equal):
        return said
    for name, text, sentence, enough in ERRORS:
        if any(base.__name__ == name for base in type(error).__mro__) and text in str(error):
            return sentence, enough
    return f"It raised {type(error).__name__} instead of returning a value.", False


def which_part(f, args, answer, want, equal, names, noun=""):
    """Which values of a tuple or a dict are wrong, and what can be seen of the one if it is one."""
    right = [bool(equal(a, w)) for a, w in zip(answer, want)]
    quoted = [f"{noun}`{name}`" if noun or name.isidentifier() else name for name in names]
    if len(set(names)) == len(names) and not all(right):
        for i in range(len(want)):
            for j in range(i):
                if dim(want[i]) == dim(want[j]) and equal(answer[i], want[j]) and equal(answer[j], want[i]) \
                        and not equal(want[i], want[j]):
                    said = f"{quoted[j]} and {quoted[i]} have changed places."
                    return said[0].upper() + said[1:], True
    wrong = [name for name, good in zip(quoted, right) if not good]
    if not wrong:
        return None
    said = [numbers(a, w, equal) for a, w, good in zip(answer, want, right) if not good]
    alike = said[0] if all(said) and len(set(said)) == 1 else None
    if len(wrong) == len(quoted):
        said = None if noun else other_forms(f, args, tuple(want), equal)
        return said or alike and (f"With each value the same: {alike[0]}", False)
    head = f"{joined(wrong)} {'is' if len(wrong) == 1 else 'are'} wrong, the rest is right."
    head = head[0].upper() + head[1:]
    return (f"{head} {alike[0]}", alike[1]) if alike else (head, False)


def ordinals(n):
    return [f"the {word} value" for word in ("first", "second", "third", "fourth", "fifth", "sixth")[:n]] + [
        f"value {i + 1}" for i in range(6, n)]


def joined(words):
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def other_forms(f, args, want, equal):
    """Whether the same function is right on the same inputs in another form; None if not."""
    def right(*changed, part=lambda answer: answer, due=want):
        try:
            with warnings.catch_warnings(), np.errstate(all="ignore"):
                warnings.simplefilter("ignore")
                answer = part(f(*copy.deepcopy(changed)))
            return answer is not None and bool(equal(np.asarray(answer) if dim(due) > 0 else answer, due))
        except Exception:
            return False

    if has(args, list) and right(*arrays(list(args))):
        return AGAIN.format("lists"), True
    if has(args, np.integer, int) and right(*floats(list(args))):
        return INTEGERS, True
    if has(args, list) and has(args, np.integer, int) and right(*floats(arrays(list(args)))):
        return AGAIN.format("lists of integers"), True
    if dim(want) == 0 and args and dim(args[0]) == 0 and not callable(args[0]) and right(
            np.array([float(args[0])]), *args[1:], part=lambda answer: np.asarray(answer)[0]):
        return AGAIN.format("a single number"), True
    if isinstance(want, np.ndarray) and want.size and args and np.shape(args[0]) == want.shape and right(
            np.ravel(args[0])[0].item(), *args[1:], due=np.ravel(want)[0]):
        return "Right for one number, but not for an array: use NumPy's functions, and np.where in place of `if`.", True
    return None


def has(args, *types):
    """Whether arguments hold such values (arrays of integers count as integers)."""
    if list in types:
        return any(isinstance(a, (list, dict)) for a in args)
    return any(isinstance(v, types) and not isinstance(v, bool) or isinstance(v, np.ndarray) and v.dtype.kind in "iu"
               for v in leaves(args))


def floats(value):
    """`value` with its integers as floats."""
    if isinstance(value, (list, tuple)):
        return type(value)(floats(item) for item in value)
    if isinstance(value, dict):
        return {key: floats(item) for key, item in value.items()}
    if isinstance(value, np.ndarray) and value.dtype.kind in "iu":
        return value.astype(float)
    return float(value) if isinstance(value, (int, np.integer)) and not isinstance(value, bool) else value


def regions(f, args, answer, want):
    """For what works entry by entry: where the wrong entries have their inputs; "" if they are everywhere."""
    try:
        x, got, due = (np.asarray(v, float) for v in (args[0], answer, want))
        if not (x.shape == got.shape == due.shape and x.size > 1) or any(np.shape(a) == x.shape for a in args[1:]):
            return ""
        wrong = ~np.isclose(got, due, 1e-9, 1e-12)
        if not np.allclose(f(x.ravel()[:1], *args[1:]), got.ravel()[:1]):  # an entry hangs on the others too
            return ""
    except Exception:
        return ""
    for region, words in ((x == 0, "at exactly 0"), (x < 0, "for negative inputs"), (x > 0, "for positive inputs"),
                          (x <= 0, "for inputs of 0 and below"), (x >= 0, "for inputs of 0 and above"),
                          (np.abs(x) > 20, "for large inputs")):
        if wrong.any() and not (wrong & ~region).any() and (~region).any():
            return f"Wrong only {words}."
    return ""
