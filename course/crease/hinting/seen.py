"""What can be seen of a wrong answer without knowing the right formula: each sentence is tried before it is said.

`look` returns (sentence, whether it says all there is to say). It calls the learner's function again, on its inputs in
another form: lists as arrays, integers as floats, one number as an array of one.
"""

import copy
import warnings

import numpy as np

from .trail import arrays, leaves

AGAIN = "Right for arrays, but not for {}: start with np.asarray."
LIST = "A list does no arithmetic: turn it into an array with np.asarray first."
ONE = "float, int and the functions of `math` take one number: NumPy's functions take arrays."
INTEGERS = "Right for floats, but not for integers: they cut off fractions and overflow. Make a float array first."
ERRORS = [
    ("UnboundLocalError", "", "A variable is used before it has a value on this path through your function.", True),
    ("NameError", "", "A name in your function is defined neither in it nor in this notebook: check its spelling.",
     True),
    ("ValueError", "truth value of an array", "`if`, `and` and Python's max and min decide about one number. For an "
     "array use np.where, np.maximum, or compare entry by entry.", True),
    ("TypeError", "positional argument", "The arguments are not those of the docstring. Is the first line of the "
     "function still as it was, defaults included?", True),
    ("TypeError", "keyword argument", "A function is called with an argument that it does not have.", False),
    ("TypeError", "NoneType", "Something in your function is None. Does a function that it calls forget `return`?",
     False),
    ("TypeError", "real number", ONE, True),
    ("TypeError", "converted to Python scalars", ONE, True),
    ("TypeError", "'list'", LIST, True),
    ("TypeError", "multiply sequence", LIST, True),
    ("ValueError", "matmul", "Two shapes do not fit together in a matrix product. Write the shape beside each factor: "
     "order, or a transpose?", False),
    ("ValueError", "broadcast", "Two shapes do not fit together. Write the shape beside each array.", False),
    ("IndexError", "", "An index goes past the end.", False),
    ("KeyError", "", "A key is asked for that the dict does not have.", False),
    ("ZeroDivisionError", "", "Something is divided by 0.", False),
]


def look(f, args, answer, want, equal, error=None, parts=()):
    """(sentence, whether that is enough) for an answer that is not `want`, or for an exception.

    equal : a function (answer, want) -> bool.  parts : names of the values of a tuple.
    """
    if error is not None:
        return raised(f, args, want, equal, error)
    if answer is None:
        return "Your function returns None: did you forget `return`?", True
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
    if len(wrong) == len(quoted):
        return other_forms(f, args, tuple(want), equal) if not noun else None
    where = right.index(False)
    said = numbers(answer[where], want[where], equal) if len(wrong) == 1 else None
    head = f"{joined(wrong)} {'is' if len(wrong) == 1 else 'are'} wrong, the rest is right."
    head = head[0].upper() + head[1:]
    return (f"{head} {said[0]}", said[1]) if said else (head, False)


def ordinals(n):
    return [f"the {word} value" for word in ("first", "second", "third", "fourth", "fifth", "sixth")[:n]] + [
        f"value {i + 1}" for i in range(6, n)]


def joined(words):
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def numbers(answer, want, equal):
    """What can be seen of numbers: container, shape, kind, sign, order, factor; None if nothing."""
    if answer is None:
        return "It is None.", True
    try:
        got, due = np.asarray(answer), np.asarray(want)
        if got.dtype.kind not in "biufc" or due.dtype.kind not in "biuf":
            return None
        due = due.astype(float)
    except (ValueError, TypeError):
        return None
    if due.ndim and not isinstance(answer, np.ndarray):
        if equal(got, want):
            return "Return a NumPy array: the numbers are right.", True
        return ("Return a NumPy array." if isinstance(answer, (list, tuple)) else shape_words(got, due)), False
    if got.dtype.kind == "c":
        return "A number came out complex: a root or a power of something negative.", False
    if got.shape != due.shape:
        if got.ndim == 2 and got.T.shape == due.shape and equal(got.T, want):
            return "Right, but transposed: rows and columns have changed places.", True
        if got.size == due.size and equal(got.reshape(due.shape), want):
            return f"The numbers are right, their shape is not: {shape_words(got, due)}", True
        return shape_words(got, due), False
    if np.isnan(got.astype(float)).sum() > np.isnan(due).sum():
        return "There is a NaN (not a number): from 0/0, inf - inf, 0 · inf or the log of a negative number.", False
    if np.isinf(got.astype(float)).sum() > np.isinf(due).sum():
        return "There is an inf: something overflowed, or was divided by 0.", False
    if got.dtype.kind in "biu" and got.any() and not equal(np.trunc(due), want) and (
            np.array_equal(got, np.trunc(due)) or np.array_equal(got, np.floor(due))):
        return "The fractions are cut off: an integer array cannot hold them. Make a float array first.", True
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return compared(got.astype(float), due, want, equal, got.dtype)


def compared(got, due, want, equal, dtype):
    """What can be seen of real numbers of the right shape."""
    if equal(-got, want):
        return "Right but for the sign.", True
    if got.ndim and len(got) > 1 and equal(got[::-1], want):
        return "The right values, in reverse order.", True
    if equal(100 * due, got) and np.all(np.abs(due) <= 1):
        return "That is 100 times off: a share from 0 to 1, or percent?", True
    if dtype in (np.float16, np.float32) and np.allclose(got, due, 1e-2, 1e-3):
        return "Too few digits: compute in float64, NumPy's own, not in float32 or float16.", True
    if np.allclose(got, due, 1e-3, 1e-9):
        return "Very near, but not exact: is something rounded, cut short, or an approximation?", True
    free = np.isfinite(due) & np.isfinite(got) & (due != 0)
    if free.sum() > 1 and len(np.unique(due[free])) > 1 and np.all(got[due == 0] == 0):
        factors = got[free] / due[free]
        if np.ptp(factors) < 1e-9 * abs(factors[0]):
            return "All numbers are off by the same factor.", False
    if due.size > 1 and len(np.unique(due)) > 1 and np.ptp(got - due) < 1e-9 * max(1, np.abs(due).max()):
        return "All numbers are off by the same amount.", False
    return None


def shape_words(got, due):
    if got.ndim != due.ndim:
        words = {0: "one number", 1: "a one-dimensional array", 2: "a two-dimensional array"}
        return (f"the answer has to be {words.get(due.ndim, f'an array with {due.ndim} axes')}, not "
                f"{words.get(got.ndim, f'one with {got.ndim} axes')}.").capitalize()
    return "The answer has not the shape that the docstring gives: see along which axis it is too long or too short."


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


def dim(value):
    """The number of axes of an array or a nested list, -1 of what is neither a number nor that."""
    try:
        return np.ndim(value) if np.asarray(value).dtype.kind in "biuf" else -1
    except ValueError:
        return -1


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
