"""Whether two functions do the same: on all calls so far, and on how many of the others that the checks make."""

from crease.hinting import trail


def explains(f, calls, right=None):
    """Whether `f` does on every call what was done, on the arguments as they are or with arrays for lists."""
    if calls[-1].shape.startswith("!") and not meant(f, calls[-1], right):
        return False

    def same(call):
        tried = trail.again(f, call)
        if tried.shape.startswith("!") and not call.shape.startswith("!"):
            tried = trail.again(on_arrays(f), call)
        return trail.agree(tried, call)
    return all(same(call) for call in reversed(calls))


def likeness(f, others):
    """The share of other calls, of those where `f` or the learner is wrong, on which the two do the same."""
    same = wrong = 0
    for right, theirs in others:
        tried = trail.again(f, right)
        if tried.shape.startswith("!"):
            tried = trail.again(on_arrays(f), right)
        if not (trail.agree(tried, right) and trail.agree(theirs, right)):
            wrong += 1
            same += trail.agree(tried, theirs)
    return same / wrong if wrong else 1.0


def meant(f, call, right):
    """Whether an exception is what is wrong with `f`, and not a by-product: with arrays it is right, or raises.

    right : the solution; None: an exception says nothing, since many mistakes raise the same.
    """
    if right is None:
        return False
    tried = trail.again(on_arrays(f), call)
    return tried.shape.startswith("!") or trail.agree(tried, trail.again(right, call))


def on_arrays(f):
    """`f` given arrays for lists of numbers."""
    return lambda *args: f(*trail.arrays(args))
