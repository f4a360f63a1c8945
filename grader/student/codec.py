"""Values as plain data: a small typed form that both sides of the channel speak, in place of pickle.

`encode` turns a value into nested lists that JSON can carry, and the bytes of its arrays; `decode` builds it again
from nothing but builtin types and plain NumPy arrays, and trusts nothing in what it reads.
"""

import builtins
import math
from collections import Counter

import numpy as np

SIMPLE = (type(None), bool, str)
TYPES = {t.__name__: t for t in (bool, int, float, complex, str, bytes, list, tuple, dict)}
TYPES |= {f"numpy.{t.__name__}": t for t in (np.float16, np.float32, np.float64, np.int32, np.int64, np.bool_)}
TYPE_NAMES = {t: name for name, t in TYPES.items()}
KEYS = (type(None), bool, str, int, float, complex, bytes, tuple, np.generic)
COLLISIONS = 1000  # keys of one dict with the same hash
MESSAGE = 500  # characters of an exception's text
BITS = 4096  # of an int; Python refuses to print much longer ones


class Refused(Exception):
    """A value that cannot be sent as data; its text names the type, with its article."""


class Broken(Exception):
    """What was read is not a value that `encode` makes."""


def encode(value, limits, callables=None):
    """(node, blobs): `value` as lists for JSON and a list of array bytes. `callables` encodes a callable to a node.

    Raises `Refused` for anything that is no data, and for what is too large or too deep.
    """
    blobs, room = [], [limits.value_items, limits.value_bytes]

    def refuse_size(nbytes):
        room[1] -= nbytes
        if room[1] < 0:
            raise Refused("a value that is too large")

    def enc(v, depth):
        t = type(v)
        if t is float or t is bool or v is None:
            return v
        room[0] -= 1
        if room[0] < 0:
            raise Refused("a value with too many items")
        if depth > limits.value_depth:
            raise Refused(f"{named(type(v).__name__)} nested too deeply, or one that contains itself")
        if t is str:
            refuse_size(len(v))
            return v
        if t is int:
            if -(1 << 53) <= v <= 1 << 53:
                return v
            if v.bit_length() > BITS:
                raise Refused("an int with too many digits")
            return ["i", hex(v)]
        if t is np.ndarray:
            check_dtype(v.dtype)
            refuse_size(v.nbytes)
            order = "F" if v.flags.f_contiguous and not v.flags.c_contiguous else "C"
            blobs.append(v.tobytes(order))
            return ["a", v.dtype.str, list(v.shape), order, bool(v.flags.writeable)]
        if isinstance(v, np.ndarray) and not isinstance(v, (np.matrix, np.ma.MaskedArray)):  # a class of one's own
            return enc(np.ndarray.view(v, np.ndarray), depth)
        if t is list:
            return ["l", *[enc(item, depth + 1) for item in v]]
        if t is tuple:
            return ["t", *[enc(item, depth + 1) for item in v]]
        if t is dict:
            return ["d", *[[enc(key, depth + 1), enc(item, depth + 1)] for key, item in v.items()]]
        if isinstance(v, np.generic):
            check_dtype(v.dtype)
            refuse_size(v.nbytes)
            blobs.append(v.tobytes())
            return ["s", v.dtype.str]
        if t is complex:
            return ["c", v.real, v.imag]
        if t is bytes:
            refuse_size(len(v))
            blobs.append(v)
            return ["b", len(v)]
        if isinstance(v, type) and v in TYPE_NAMES:
            return ["y", TYPE_NAMES[v]]
        for base in (int, float, str, list, tuple, dict):  # an IntEnum, a namedtuple, a defaultdict
            if isinstance(v, base):
                return enc(base(v), depth)
        if callables is not None and callable(v):
            return callables(v)
        raise Refused(named(type(v).__name__))

    return enc(value, 0), blobs


def check_dtype(dtype):
    """Raise `Refused` unless `dtype` is a plain one."""
    if dtype.kind not in "biufcSU" or dtype.names is not None:
        raise Refused("an array of objects" if dtype.kind == "O" else f"an array of {dtype.kind!r} items")


def named(name):
    """The name of a type with its article."""
    return f"{'an' if name[:1].lower() in 'aeio' else 'a'} {name}"


def decode(node, blobs, limits, callables=None, own=False):
    """The value of `encode`'s pair; `blobs` is one buffer. `callables` gives the callable of an "f" or "F" node.

    own: the arrays may lie in the buffer itself, because nobody reads it again.

    Raises `Broken` for anything malformed, oversized or unknown, whoever made it.
    """
    room, at = [limits.value_items], [0]
    view = memoryview(blobs)

    def take(count):
        start, at[0] = at[0], at[0] + count
        if count < 0 or at[0] > len(view):
            raise Broken("bytes are missing")
        return view[start:at[0]]

    def dec(n, depth):
        t = type(n)
        if t is float or t is bool or n is None:
            return n
        room[0] -= 1
        if room[0] < 0 or depth > limits.value_depth + 1:
            raise Broken("too many items")
        if t is str or t is int:
            return n
        if t is not list or not n or type(n[0]) is not str:
            raise Broken("an unknown form")
        tag = n[0]
        if tag == "a":
            dtype, shape, order, writeable = plain(n[1]), n[2], n[3], n[4]
            if type(shape) is not list or len(shape) > 32 or any(type(s) is not int or s < 0 for s in shape):
                raise Broken("not a shape")
            data = take(math.prod(shape) * dtype.itemsize)
            data = data if own and not data.readonly else bytearray(data)
            array = np.frombuffer(data, dtype).reshape(shape, order="F" if order == "F" else "C")
            array.flags.writeable = writeable is True
            return array
        if tag == "s":
            dtype = plain(n[1])
            return np.frombuffer(bytes(take(dtype.itemsize)), dtype)[0]
        if tag == "l":
            return [dec(item, depth + 1) for item in n[1:]]
        if tag == "t":
            return tuple([dec(item, depth + 1) for item in n[1:]])
        if tag == "d":
            pairs = [(dec(key, depth + 1), dec(item, depth + 1)) for key, item in n[1:]]
            if not all(isinstance(key, KEYS) for key, _ in pairs):
                raise Broken("not a key")
            # Keys with one hash (multiples of 2**61 - 1) make a dict take minutes: honest ones share none or few.
            if len(pairs) > COLLISIONS and max(Counter(hash(key) for key, _ in pairs).values()) > COLLISIONS:
                raise Broken("too many keys with one hash")
            return dict(pairs)
        if tag == "i":
            if type(n[1]) is not str or len(n[1]) > BITS // 4 + 4:
                raise Broken("not an int")
            return int(n[1], 16)
        if tag == "c":
            return complex(float(n[1]), float(n[2]))
        if tag == "b":
            return bytes(take(n[1]))
        if tag == "y":
            return TYPES[n[1]]
        if tag in ("f", "F") and callables is not None:
            return callables(n)
        raise Broken("an unknown form")

    try:
        return dec(node, 0)
    except (IndexError, KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise Broken(f"{type(error).__name__} in a value") from None


def plain(text):
    """The dtype named by `text`, if it is a plain one of a sane size."""
    if type(text) is not str or not 3 <= len(text) <= 9 or text[1] not in "biufcSU":
        raise Broken("not a plain dtype")
    try:
        dtype = np.dtype(text)
        check_dtype(dtype)
    except (TypeError, ValueError, Refused):
        raise Broken("not a plain dtype") from None
    return dtype


def update(mine, theirs, depth=0):
    """Give the containers in `mine` the contents of the same-shaped `theirs`, in place, as the call left them."""
    if depth > 60:
        return
    if isinstance(mine, np.ndarray):
        if isinstance(theirs, np.ndarray) and mine.shape == theirs.shape and mine.dtype == theirs.dtype \
                and mine.flags.writeable:
            mine[...] = theirs
    elif type(mine) is list and type(theirs) is list:
        if len(mine) == len(theirs):
            for i, (old, new) in enumerate(zip(list(mine), theirs)):
                mine[i] = merged(old, new, depth)
        else:
            mine[:] = theirs
    elif type(mine) is dict and type(theirs) is dict:
        kept = {key: merged(mine[key], item, depth) if key in mine else item for key, item in theirs.items()}
        mine.clear()
        mine.update(kept)
    elif type(mine) is tuple and type(theirs) is tuple and len(mine) == len(theirs):
        for old, new in zip(mine, theirs):
            update(old, new, depth + 1)


def merged(old, new, depth):
    """`old` itself where it is a container that can take `new`'s contents, else `new`."""
    same = type(old) is type(new) and isinstance(old, (list, dict, tuple, np.ndarray))
    if same and isinstance(old, np.ndarray):
        same = old.shape == new.shape and old.dtype == new.dtype and old.flags.writeable
    if same and type(old) is tuple:
        same = len(old) == len(new)
    if same:
        update(old, new, depth + 1)
        return old
    return new


def described(error):
    """(name of the nearest builtin type, text) of an exception."""
    for base in type(error).__mro__:
        if base.__module__ == "builtins":
            break
    try:
        text = str(error.args[0]) if isinstance(error, KeyError) and len(error.args) == 1 else str(error)
    except BaseException:
        text = ""
    return base.__name__, text[:MESSAGE]


def rebuilt(name, text):
    """The builtin exception of that name (an `Exception`, never an exit or an interrupt) with that text."""
    kind = getattr(builtins, name, None) if type(name) is str else None
    if not (isinstance(kind, type) and issubclass(kind, Exception)):
        return RuntimeError(f"{name}: {text}")
    try:
        return kind(text)
    except TypeError:  # UnicodeDecodeError and its like want more
        return ValueError(text)
