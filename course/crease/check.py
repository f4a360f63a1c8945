"""Comparisons for test cells: one short message, in plain words, for each way of being wrong.

A test cell calls the learner's function through `check.call(f, *args, expected=…)`, where `expected` is a value or a
function of the same arguments. What hint a wrong answer gets is found by `hints`.
"""

import copy
import inspect
import textwrap
import warnings

import numpy as np

from .hinting import hints, seen, trail
from .say import Line, On, kind, show

SOURCE = "__crease_source__"  # where a function that runs elsewhere, as the judge's proxies do, keeps its cell's text
broken = {}  # name -> why the cell that should define it anew did not run

class Failure(AssertionError):
    """What a test cell raises: `problem` tells what happened, with its numbers; `hint` what to look at.

    `hint` never holds an input or an expected number, so it may be shown for a hidden test too;
    `problem` may not. `more` is a second level: a worked example of the idea, shown folded.
    """

    def __init__(self, problem, hint="", more=""):
        self.problem, self.hint, self.more = problem, hint, more
        super().__init__(problem + (f"\nHint: {hint}" if hint else ""))

    def _render_traceback_(self):
        return repr(Line("failed", self.problem, self.hint)).split("\n")


class Unanswered(Failure):
    """The cell still holds its `NotImplementedError`."""


def passed(text="All right."):
    """The last line of a test cell: a quiet line that says what was checked."""
    return Line("passed", text)


def call(f, *args, expected, hint="", rtol=1e-9, atol=1e-12, quiet=False, same=None, through=None):
    """Call `f(*args)` and fail with a `Failure` unless it returns `expected`.

    expected: a number, string, None, array, list, tuple or dict of these, or a function of `args`;
        a list or an array stands for an array, a tuple is compared item by item.
    hint: said in place of the exercise's own where neither a known mistake nor anything to be seen explains the answer.
    quiet: True also refuses overflow and invalid-value RuntimeWarnings.
    same: a function (answer, expected) -> bool to be used instead of the comparison.
    through: a function of the answer; what it returns is compared in the answer's place. atol=1e300: shapes only.
    Returns the answer.
    """
    wanted = expected(*copy.deepcopy(args)) if callable(expected) else expected
    equal = same or (lambda got, want: compare(got, want, rtol, atol, strict=False) is None)
    answer, given = attempt(f, *args, hint=hint, quiet=quiet, wanted=wanted, equal=equal,
                            details=(rtol, atol, through))
    if same is not None:
        difference = None if same(answer, wanted) else (f"returned {show(answer)}, expected {show(wanted)}", "")
    else:
        difference = compare(answer, wanted, rtol, atol)
    if difference is None:
        return answer
    if same is None:
        names = hints.library.about(trail.calls[-1].name).get("parts", ())
        difference = compare(answer, wanted, rtol, atol, names=names)

    def look(parts):
        words, enough = seen.look(f, args, answer, wanted, equal, parts=parts)
        return (words, enough) if words else (difference[1], False)
    problem = difference[0]
    if getattr(through, "__name__", "") == "<lambda>":  # what is compared was computed from the answer
        problem = problem.replace("returned ", "returned an answer that gives ", 1)
    raise failure(f"{given} {problem}.", look, hint)


def failure(problem, look, hint=""):
    """The `Failure` for the last call, with the best hint that there is for it."""
    return Failure(problem, *hints.find(trail.calls, look, hint))


def attempt(f, *args, hint="", quiet=False, wanted=None, equal=None, details=()):
    """Call `f` on copies of `args`; return (answer, the call as text). Its arguments must stay as they are."""
    if not callable(f):
        raise Failure(f"A function was expected, but the name holds {show(f)}.", "Define it with `def`.")
    if why := broken.get(getattr(f, "__name__", "")):
        raise Failure(f"This would check an older `{f.__name__}`: {why}")
    given, mine = On(args), copy.deepcopy(args)
    asked = trail.add(f, args, quiet, names_of_caller(), *details)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            answer = f(*mine) if asked.through is None else asked.through(f(*mine))
        except NotImplementedError:
            raise Unanswered("Not answered yet.", "Write the function, run its cell, then run this one.") from None
        except Failure:
            raise
        except RecursionError:
            raise Failure(f"{given} never stopped calling itself.", "Something calls itself without end.") from None
        except Exception as error:
            asked.came(error=error)
            raise failure(f"{given} raised {type(error).__name__}: {str(error)[:300]}", lambda parts, error=error: (
                seen.look(f, args, None, wanted, equal or (lambda got, want: False), error, parts)), hint) from None
    noise = trail.noisy(caught)
    changed = next(((a, b) for a, b in zip(args, mine) if trail.differ(a, b)), None)
    asked.came(answer, changed=changed is not None, noise=bool(noise))
    if changed:
        raise failure(f"{given} changed its input: {show(changed[0])} became {show(changed[1])}.", lambda parts: (
            "Your function changes its argument. Work on a copy, or build a new array.", True))
    if quiet and noise:
        raise failure(f"{given} raised the warning “{noise[0]}”.", lambda parts: (
            "An intermediate value left the range of floats: see which argument of exp, or which power, gets so large.",
            False), hint)
    return answer, given


def keys(*wanted):
    """For `through`: of a dict only these keys, where it has them all; anything else as it is."""
    def chosen(answer):
        known = isinstance(answer, dict) and set(wanted) <= set(answer)
        return {key: answer[key] for key in wanted} if known else answer
    return chosen


def names_of_caller():
    """The namespace of the cell that runs the check."""
    frame = inspect.currentframe()
    while frame.f_globals is globals() and frame.f_back is not None:
        frame = frame.f_back
    return frame.f_globals


def raises(error, f, *args, mentions=(), hint=""):
    """Fail unless `f(*args)` raises `error` with every text of `mentions` in its message."""
    given = On(args)
    asked = trail.add(f, args, False, names_of_caller())
    hint = hint or f"Raise {error.__name__} for input that makes no sense."
    try:
        answer = f(*copy.deepcopy(args))
    except NotImplementedError:
        raise Unanswered("Not answered yet.", "Write the function, run its cell, then run this one.") from None
    except error as raised:
        asked.came(error=raised)
        missing = [text for text in mentions if text not in str(raised)]
        if missing:
            raise Failure(f"{given} raised {error.__name__}, but its message does not mention {missing[0]!r}.",
                          f"Say more in the message of your {error.__name__}.") from None
        return
    except Exception as other:
        asked.came(error=other)
        raise failure(f"{given} raised {type(other).__name__} ({str(other)[:200]}), expected {error.__name__}.",
                      lambda parts: (hint, True)) from None
    asked.came(answer)
    raise failure(f"{given} returned {show(answer)}, expected it to raise {error.__name__}.",
                  lambda parts: (hint, True))


def that(condition, problem, hint=""):
    """Fail with `problem` and `hint` unless `condition` is true."""
    if not condition:
        raise Failure(problem, hint)


def compare(got, want, rtol=1e-9, atol=1e-12, nan_equal=False, strict=True, names=()):
    """None if `got` equals `want`, else (what differs, a hint for it or "").

    Not `strict`: any array-like will do. `names` are those of the items of a tuple.
    """
    if want is None or callable(want):
        hint = "Hand back the very object that came in, not another." if callable(want) and callable(got) else ""
        return None if got is want else (f"returned {show(got)}, expected {show(want)}", hint)
    if isinstance(want, (str, bytes, bool)):
        equal = isinstance(got, (type(want), np.bool_)) and bool(got == want)
        return None if equal else (f"returned {show(got)}, expected {show(want)}", "")
    if got is None:
        return "returned None", "Your function returns None: did you forget `return`?"
    if isinstance(want, dict):
        if not isinstance(got, dict):
            return f"returned {kind(got)}, expected a dict", "Return a dict."
        if set(got) != set(want):
            return (f"returned the keys {sorted(map(str, got))}, expected {sorted(want)}",
                    "The keys of the dict are not those asked for.")
        return first((f"key {k!r}", compare(got[k], want[k], rtol, atol, nan_equal, strict)) for k in want)
    if isinstance(want, tuple) or (isinstance(want, list) and any(isinstance(item, (tuple, dict)) for item in want)):
        if not isinstance(got, (tuple, list)):
            return f"returned {kind(got)}, expected {len(want)} values", f"Return {len(want)} values."
        if len(got) != len(want):
            return f"returned {len(got)} values, expected {len(want)}", "The number of returned values is not right."
        names = names if len(names) == len(want) else [f"item {i}" for i in range(len(want))]
        return first((n, compare(g, w, rtol, atol, nan_equal, strict)) for n, g, w in zip(names, got, want))
    if strict and np.ndim(want) and not isinstance(got, np.ndarray):
        return f"returned {kind(got)}, expected an array", "Return a NumPy array."
    try:
        got_array, want_array = np.asarray(got), np.asarray(want)
    except ValueError:
        if isinstance(want, list) and isinstance(got, (list, tuple)) and len(got) == len(want):
            return first((f"item {i}", compare(g, w, rtol, atol, nan_equal, strict))
                         for i, (g, w) in enumerate(zip(got, want)))
        return f"returned {kind(got)} with rows of different lengths", "Return an array whose rows have one length."
    if got_array.shape != want_array.shape:
        shapes = [f"shape {array.shape}" if array.ndim else "one number" for array in (got_array, want_array)]
        return ("returned {}, expected {}".format(*shapes),
                "The numbers cannot be compared, because the shape is not the one asked for.")
    if got_array.dtype.kind not in "biuf":
        return f"returned {kind(got)} ({got_array.dtype}), expected numbers", "Return real numbers."
    got_array, want_array = got_array.astype(float), want_array.astype(float)
    if np.isnan(got_array).sum() > np.isnan(want_array).sum():
        if not nan_equal:
            return f"returned {show(got)}, expected {show(want)}", "There is a NaN (not a number) in your answer."
    if not np.allclose(got_array, want_array, rtol, atol, equal_nan=True):
        return f"returned {show(got)}, expected {show(want)}", ""
    return None


def first(differences):
    """The first difference, of pairs (name of the part, difference or None)."""
    return next(((f"{d[0]} for {name}" if " for " not in d[0] else d[0], d[1]) for name, d in differences if d), None)


def source_of(f):
    """The text of the cell that defines the function `f`."""
    return getattr(f, SOURCE, None) or inspect.getsource(f)


def names_in(f):
    """The names that functions in the cell of `f` refer to, their own variables apart; none where it has no text."""
    try:
        parts = [compile(textwrap.dedent(source_of(f)), "<cell>", "exec")]
    except (TypeError, OSError, SyntaxError):
        return set()
    for part in parts:
        parts += [inner for inner in part.co_consts if inspect.iscode(inner)]
    return {name for part in parts[1:] for name in part.co_names}
