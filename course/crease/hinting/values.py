"""What can be seen of wrong numbers beside the right ones: their shape, kind, order, factor, and what is left to do."""

import warnings

import numpy as np

ENDS = {0: "first", -1: "last"}


def numbers(answer, want, equal):
    """(sentence, whether it says all) about numbers: container, shape, kind, sign, order, factor; None if nothing."""
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
        return (("Return a NumPy array.", False) if isinstance(answer, (list, tuple)) else
                shaped(got, due, want, equal))
    if got.dtype.kind == "c":
        return "A number came out complex: a root or a power of something negative.", False
    if got.shape != due.shape:
        return shaped(got, due, want, equal)
    if np.isnan(got.astype(float)).sum() > np.isnan(due).sum():
        return "There is a NaN (not a number): from 0/0, inf - inf, 0 · inf or the log of a negative number.", False
    if np.isinf(got.astype(float)).sum() > np.isinf(due).sum():
        return "There is an inf: something overflowed, or was divided by 0.", False
    if got.dtype.kind in "biu" and got.any() and not equal(np.trunc(due), want) and (
            np.array_equal(got, np.trunc(due)) or np.array_equal(got, np.floor(due))):
        return "The fractions are cut off: an integer array cannot hold them. Make a float array first.", True
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        got = got.astype(float)
        return compared(got, due, want, equal, answer) or turned(got, due, want, equal) or places(got, due)


def shaped(got, due, want, equal):
    """What can be seen of numbers whose shape is not the one asked for."""
    if got.ndim == 2 and got.T.shape == due.shape and equal(got.T, want):
        return "Right, but transposed: rows and columns have changed places.", True
    if got.size == due.size and equal(got.reshape(due.shape), want):
        return f"The numbers are right, their shape is not: {shape_words(got, due)}", True
    steps = {said for axis in (None, *range(max(got.ndim, due.ndim))) for said in step(got, due, want, equal, axis)}
    if len(steps) == 1:
        return steps.pop(), True
    if got.ndim == due.ndim - 1 and due.ndim and len(due) > 1:
        for end, word in ENDS.items():
            if equal(got, due[end]) and sum(np.array_equal(item, due[end]) for item in due) == 1 and due[end].max() > 1:
                what = "row" if due.ndim > 1 else "entry"
                return f"Only the {word} {what} came back: all of them are asked for.", True
    if got.ndim == due.ndim and got.ndim and 1 < len(got) == len(due) - 1:
        for end, word in ENDS.items():
            if equal(got, np.delete(due, end, axis=0)):
                return f"The {word} entry is missing, the others are right.", True
    return shape_words(got, due), False


def step(got, due, want, equal, axis):
    """The sum or mean along an axis that is still to be taken of the answer, or that was taken once too often."""
    with np.errstate(all="ignore"):
        for name, word, one in (("sum", "added up", "Sums"), ("mean", "averaged", "Means"), ("max", "", "Maxima")):
            if word and got.size > due.size and due.any() and (axis or 0) < got.ndim and equal(
                    getattr(got, name)(axis=axis), want):
                yield f"The numbers are right so far: they are still to be {word}."
            if got.size < due.size and got.any() and (axis or 0) < due.ndim:
                taken = getattr(due, name)(axis=axis)
                if taken.shape == got.shape and equal(got, taken):
                    yield f"{one} were taken of the right numbers: each number is asked for."


def compared(got, due, want, equal, answer):
    """What can be seen of real numbers of the right shape: sign, order, digits, factor."""
    if equal(-got, want):
        return "Right but for the sign.", True
    if got.ndim and len(got) > 1 and equal(got[::-1], want):
        return "The right values, in reverse order.", True
    if equal(100 * due, got) and np.all(np.abs(due) <= 1):
        return "That is 100 times off: a share from 0 to 1, or percent?", True
    if any(np.array_equal(got, np.round(due, digits)) and not np.array_equal(got, np.round(got, digits - 1))
           for digits in range(2, 7)):
        return "Something is rounded: return all the digits.", True
    if getattr(answer, "dtype", None) in (np.float16, np.float32) and np.allclose(got, due, 1e-2, 1e-3):
        return "Too few digits: compute in float64, NumPy's own, not in float32 or float16.", True
    if np.allclose(got, due, 1e-3, 1e-9):
        return "Very near, but not exact: is something rounded, cut short, or an approximation?", True
    if got.ndim and equal(np.abs(got), np.abs(due)):
        return "Right but for some signs.", False
    free = np.isfinite(due) & np.isfinite(got) & (due != 0)
    if free.sum() > 1 and len(np.unique(due[free])) > 1 and np.all(got[due == 0] == 0):
        factors = got[free] / due[free]
        if np.ptp(factors) < 1e-9 * abs(factors[0]):
            named = {2.0: "twice what they should be", 0.5: "half of what they should be"}
            return f"All numbers are {named.get(round(factors[0], 9), 'off by the same factor')}.", False
    if due.size > 1 and len(np.unique(due)) > 1 and np.ptp(got - due) < 1e-9 * max(1, np.abs(due).max()):
        return "All numbers are off by the same amount.", False
    return None


def turned(got, due, want, equal):
    """The same for numbers that one more step would make right."""
    plain = due.size == 1 or np.isin(due, (0, 0.5, 1, -1)).all()  # where a coincidence says nothing
    if not plain and equal(1 / got, want):
        return "That is one divided by what is asked for: a fraction stands upside down.", True
    if not plain and np.all(due >= 0) and equal(np.sqrt(got), want):
        return "That is the square of what is asked for: a root is missing, or a square too many.", True
    if not plain and np.all(got >= 0) and equal(got ** 2, want):
        return "That is the root of what is asked for: a square is missing, or a root too many.", True
    if not plain and equal(1 - got, want):
        return "That is 1 minus what is asked for.", True
    return None


def places(got, due):
    """The one entry, row or column that is right, or wrong, if it is one."""
    if not got.ndim or min(got.shape) < 1:
        return None
    right = np.isclose(got, due, 1e-9, 1e-12)
    for axis, word in ((1, "column"), (0, "row" if got.ndim > 1 else "entry")):
        if axis >= got.ndim or got.shape[axis] < 3:
            continue
        good = right.all(axis=tuple(i for i in range(got.ndim) if i != axis))
        place = int(np.argmin(good)) if good.sum() > 1 else int(np.argmax(good))
        which = "last" if place == len(good) - 1 else ("first", "second", "third", "fourth")[place] if place < 4 else ""
        if which and good.sum() == len(good) - 1:
            return f"Right but for the {which} {word}.", False
        if which and good.sum() == 1:
            return f"Only the {which} {word} is right.", False
    return None


def shape_words(got, due):
    """How the shape of `got` differs from that of `due`."""
    if got.ndim != due.ndim:
        words = {0: "one number", 1: "a one-dimensional array", 2: "a two-dimensional array"}
        return (f"the answer has to be {words.get(due.ndim, f'an array with {due.ndim} axes')}, not "
                f"{words.get(got.ndim, f'one with {got.ndim} axes')}.").capitalize()
    return "The answer has not the shape that the docstring gives: see along which axis it is too long or too short."


def dim(value):
    """The number of axes of an array or a nested list, -1 of what is neither a number nor that."""
    try:
        return np.ndim(value) if np.asarray(value).dtype.kind in "biuf" else -1
    except ValueError:
        return -1
