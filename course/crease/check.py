"""Comparisons for test cells: one short message, in plain words, for each way of being wrong.

A test cell calls the learner's function through `check.call`, which compares what comes back with
what is expected and, where the wrong answer is one that people often give, says the hint written for it:

    check.call(affine, [[1.0, 2.0]], [[1.0], [1.0]], [0.5], expected=[[3.5]],
               mistakes=[([[3.0]], "Your answer is X @ W alone: add the bias b.")])

`expected` and every wrong answer in `mistakes` are values, or functions of the same arguments.
"""

import copy
import html
import inspect
import warnings

import numpy as np


class Failure(AssertionError):
    """What a test cell raises: `problem` tells what happened, with its numbers; `hint` what to look at.

    `hint` never holds an input or an expected number, so it may be shown for a hidden test too;
    `problem` may not.
    """

    def __init__(self, problem, hint=""):
        self.problem, self.hint = problem, hint
        super().__init__(problem + (f"\nHint: {hint}" if hint else ""))

    def _render_traceback_(self):
        return [f"\x1b[31m✗ {self.problem}\x1b[0m"] + ([f"  Hint: {self.hint}"] if self.hint else [])


class Unanswered(Failure):
    """The cell still holds its `NotImplementedError`."""


class Passed:
    """The quiet line at the end of a check that passed."""

    def __init__(self, text):
        self.text = text

    def _repr_html_(self):
        return f'<div style="color:#1a7f37">✓ {html.escape(self.text)}</div>'

    def __repr__(self):
        return f"✓ {self.text}"


def passed(text="All right."):
    """The last line of a test cell: a quiet line that says what was checked."""
    return Passed(text)


def call(f, *args, expected, mistakes=(), hint="", rtol=1e-9, atol=1e-12, quiet=False, same=None):
    """Call `f(*args)` and fail with a `Failure` unless it returns `expected`.

    expected: a number, string, None, array, list, tuple or dict of these, or a function of `args`;
        a list or an array stands for an array, a tuple is compared item by item.
    mistakes: pairs (wrong value or function of `args`, hint), tried in order when the answer is wrong.
    hint: said when no mistake matches.
    quiet: True also refuses overflow and invalid-value RuntimeWarnings.
    same: a function (answer, expected) -> bool to be used instead of the comparison.
    Returns the answer.
    """
    wanted = expected(*copy.deepcopy(args)) if callable(expected) else expected
    answer, given = attempt(f, *args, hint=hint, quiet=quiet)
    problem = None
    if same is not None:
        if not same(answer, wanted):
            problem, general = f"{given} returned {show(answer)}, expected {show(wanted)}.", hint
    elif difference := compare(answer, wanted, rtol, atol):
        problem = f"{given} {difference[0]}."
        general = difference[1] if answer is None else " ".join(filter(None, [difference[1], hint]))
    if problem is None:
        return answer
    for wrong, why in mistakes:
        if matches(answer, wrong, args, rtol, atol):
            raise Failure(problem, why)
    raise Failure(problem, general)


def attempt(f, *args, hint="", quiet=False):
    """Call `f` on copies of `args`; return (answer, the call as text). Its arguments must stay as they are."""
    if not callable(f):
        raise Failure(f"A function was expected, but the name holds {show(f)}.", "Define it with `def`.")
    given, mine = on(args), copy.deepcopy(args)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            answer = f(*mine)
        except NotImplementedError:
            raise Unanswered("Not answered yet.", "Write the function, run its cell, then run this one.") from None
        except Failure:
            raise
        except RecursionError:
            raise Failure(f"{given} never stopped calling itself.", "Something calls itself without end.") from None
        except Exception as error:
            raise Failure(f"{given} raised {type(error).__name__}: {str(error)[:300]}",
                          hint or f"It raised {type(error).__name__} instead of returning a value.") from None
    for before, after in zip(args, mine):
        if compare(after, before, 0, 0, strict=False):
            raise Failure(f"{given} changed its input: {show(before)} became {show(after)}.",
                          "Your function changes its argument. Work on a copy, or build a new array.")
    noise = [str(w.message) for w in caught if issubclass(w.category, RuntimeWarning)]
    noise = [text for text in noise if "overflow" in text or "invalid" in text]
    if quiet and noise:
        raise Failure(f"{given} raised the warning “{noise[0]}”.",
                      hint or "An intermediate value left the range of floats. Rearrange the formula so that "
                              "every exp gets an argument of 0 or less.")
    return answer, given


def raises(error, f, *args, mentions=(), hint=""):
    """Fail unless `f(*args)` raises `error` with every text of `mentions` in its message."""
    given = on(args)
    try:
        answer = f(*copy.deepcopy(args))
    except NotImplementedError:
        raise Unanswered("Not answered yet.", "Write the function, run its cell, then run this one.") from None
    except error as raised:
        missing = [text for text in mentions if text not in str(raised)]
        if missing:
            raise Failure(f"{given} raised {error.__name__}, but its message does not mention {missing[0]!r}.",
                          hint or f"Say more in the message of your {error.__name__}.") from None
        return
    except Exception as other:
        raise Failure(f"{given} raised {type(other).__name__} ({str(other)[:200]}), expected {error.__name__}.",
                      hint or f"Raise {error.__name__} for input that makes no sense.") from None
    raise Failure(f"{given} returned {show(answer)}, expected it to raise {error.__name__}.",
                  hint or f"Raise {error.__name__} for input that makes no sense.")


def that(condition, problem, hint=""):
    """Fail with `problem` and `hint` unless `condition` is true."""
    if not condition:
        raise Failure(problem, hint)


def matches(answer, wrong, args, rtol=1e-9, atol=1e-12):
    """Whether `answer` is the wrong answer `wrong` (a value, or a function of `args`)."""
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            wrong = wrong(*copy.deepcopy(args)) if callable(wrong) else wrong
            return compare(answer, wrong, rtol, atol, nan_equal=True) is None
    except Exception:
        return False  # a mistake that cannot be made on this input is not the one that was made


def compare(got, want, rtol=1e-9, atol=1e-12, nan_equal=False, strict=True):
    """None if `got` equals `want`, else (what differs, a hint for it or ""). Not `strict`: any array-like will do."""
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
        return first(compare(got[k], want[k], rtol, atol, nan_equal, strict) for k in want)
    if isinstance(want, tuple) or (isinstance(want, list) and any(isinstance(item, (tuple, dict)) for item in want)):
        if not isinstance(got, (tuple, list)):
            return f"returned {kind(got)}, expected {len(want)} values", f"Return {len(want)} values."
        if len(got) != len(want):
            return f"returned {len(got)} values, expected {len(want)}", "The number of returned values is not right."
        return first(compare(g, w, rtol, atol, nan_equal, strict) for g, w in zip(got, want))
    if strict and np.ndim(want) and not isinstance(got, np.ndarray):
        return f"returned {kind(got)}, expected an array", "Return a NumPy array."
    try:
        got_array, want_array = np.asarray(got), np.asarray(want)
    except ValueError:
        if isinstance(want, list) and isinstance(got, (list, tuple)) and len(got) == len(want):
            return first(compare(g, w, rtol, atol, nan_equal, strict) for g, w in zip(got, want))
        return f"returned {kind(got)} with rows of different lengths", "Return an array whose rows have one length."
    if got_array.shape != want_array.shape:
        return (f"returned shape {got_array.shape}, expected {want_array.shape}",
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
    """The first difference that is not None."""
    return next((d for d in differences if d is not None), None)


def kind(value):
    """The type of a value in words."""
    return {list: "a list", tuple: "a tuple", type(None): "None", str: "a text", dict: "a dict"}.get(
        type(value), f"an object of type {type(value).__name__}")


def show(value, limit=160):
    """A value as short text."""
    if callable(value):
        return "a function"
    with np.printoptions(precision=6, threshold=12, edgeitems=2):
        text = np.array2string(value) if isinstance(value, np.ndarray) else repr(
            value.item() if isinstance(value, np.generic) else value)
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def on(args):
    """The call as the start of a sentence."""
    return f"For input {', '.join(show(a, 90) for a in args)}, your function" if args else "Your function"


def source_of(f):
    """The text of the cell that defines the function `f`."""
    return getattr(f, "__crease_source__", None) or inspect.getsource(f)
