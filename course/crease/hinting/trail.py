"""What a check has asked of a function so far and what came back, in a form that can be compared and sealed."""

import copy
import sys
import warnings
from dataclasses import dataclass

import numpy as np

calls, cell = [], None  # of the check that runs now; the cell is JUDGE where the judge says when a check begins
JUDGE = "judge"


@dataclass
class Call:
    """One call: `shape` says what came back except for its numbers, which are in `numbers`; both None before."""

    name: str
    args: tuple
    quiet: bool = False
    rtol: float = 1e-9
    atol: float = 1e-12
    through: object = None
    shape: str | None = None
    numbers: np.ndarray | None = None
    f: object = None

    def came(self, answer=None, error=None, changed=False, noise=False):
        """Write down what came back."""
        self.shape, self.numbers = reduced(answer, self.args, error, changed, noise and self.quiet)
        if self.atol >= 1e300:  # only the shapes are compared
            self.numbers = self.numbers[:0]
        return self


def start(earlier=()):
    """Begin a check; `earlier` are calls of the checks of the same exercise before it."""
    calls[:] = earlier


def add(f, args, quiet, names, rtol=1e-9, atol=1e-12, through=None):
    """A new `Call` of `f` on the trail; in a notebook each run of a cell begins a new one."""
    global cell
    if cell != JUDGE and "IPython" in sys.modules:
        now = getattr(sys.modules["IPython"].get_ipython(), "execution_count", None)
        if now != cell:
            cell = now
            start()
    calls.append(Call(name_of(f, names), copy.deepcopy(args), quiet, rtol, atol, through, f=f))
    return calls[-1]


def name_of(f, names):
    """The name that `f` has in the namespace `names`: its own if it is bound there, else the first that holds it."""
    own = getattr(f, "__name__", "")
    return own if names.get(own) is f else next((name for name, value in names.items() if value is f), own)


def reduced(answer, args, error=None, changed=False, noise=False):
    """(shape, numbers) of what a call did: the exception's type, else the answer, and what it did besides."""
    parts, numbers = [], []

    def take(value):
        if isinstance(value, float):  # most are, and the longer way comes to the same
            parts.append("n")
            numbers.append(float(value))
        elif value is None or isinstance(value, (str, bytes)):
            parts.append(repr(value))
        elif isinstance(value, dict):
            for key in sorted(value, key=str):
                parts.append(f"{key!r}:")
                take(value[key])
            parts.append("}")
        elif isinstance(value, (list, tuple)):
            parts.append("(")
            for item in value:
                take(item)
            parts.append(")")
        elif callable(value):
            given = [each for each in leaves(args) if callable(each)]
            parts.append(f"f{next((i for i, other in enumerate(given) if other is value), '')}")
        else:
            array = np.asarray(value)
            numeric = array.dtype.kind in "biuf"
            parts.append((str(array.shape) if array.shape else "n") if numeric else f"{type(value).__name__}")
            numbers.extend(array.ravel().astype(float).tolist() if numeric else ())

    if error is not None:
        # The nearest builtin one: that is what comes back from another process (NumPy's AxisError is a ValueError).
        parts.append("!" + next(base.__name__ for base in type(error).__mro__ if base.__module__ == "builtins"))
    else:
        take(answer)
    return "".join(["~" * changed, "%" * noise, *parts]), np.array(numbers, float)


def leaves(value):
    """The values in nested lists, tuples and dicts."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from leaves(item)
    else:
        yield value


def noisy(caught):
    """The texts of the warnings that say that a number left the range of floats."""
    texts = [str(w.message) for w in caught if issubclass(w.category, RuntimeWarning)]
    return [text for text in texts if "overflow" in text or "invalid" in text]


def again(f, call):
    """What `f` does on the arguments of a call: a `Call` to compare with it."""
    mine, error, answer = copy.deepcopy(call.args), None, None
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            answer = f(*mine) if call.through is None else call.through(f(*mine))
        except Exception as raised:
            error = raised
    made = Call(call.name, call.args, call.quiet, call.rtol, call.atol, call.through)
    return made.came(answer, error, differ(call.args, mine), bool(noisy(caught)))


def differ(before, after):
    """Whether arguments were changed."""
    if untouched(before, after):
        return False
    (a, x), (b, y) = reduced(before, ()), reduced(after, ())
    return a != b or not np.array_equal(x, y, equal_nan=True)


def untouched(before, after):
    """Whether two values are plainly the same, to the bit."""
    if isinstance(before, np.ndarray):
        return (type(before) is type(after) and before.dtype == after.dtype and before.shape == after.shape
                and before.dtype.kind in "biuf" and before.tobytes() == after.tobytes())
    if isinstance(before, (list, tuple)):
        return type(before) is type(after) and len(before) == len(after) and all(map(untouched, before, after))
    return before is after


def agree(a, b):
    """Whether two calls came to the same, as near as the check looks."""
    if a.shape != b.shape:
        return False
    if len(a.numbers) == len(b.numbers) and np.isfinite(b.numbers).all():  # as allclose, in a third of its time
        with np.errstate(all="ignore"):
            return bool((np.abs(a.numbers - b.numbers) <= a.atol + a.rtol * np.abs(b.numbers)).all())
    return np.allclose(a.numbers, b.numbers, a.rtol, a.atol, equal_nan=True)


def arrays(value):
    """`value` with every list of numbers in it as an array."""
    if isinstance(value, list):
        try:
            made = np.asarray(value)
        except ValueError:
            made = None
        if made is not None and made.dtype.kind in "biuf" and made.ndim:
            return made
    if isinstance(value, (list, tuple)):
        return type(value)(arrays(item) for item in value)
    return {key: arrays(item) for key, item in value.items()} if isinstance(value, dict) else value
