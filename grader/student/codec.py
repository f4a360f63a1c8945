"""Values as plain data: a small typed form that both sides of the channel speak, in place of pickle.

`encode` turns a value into nested lists that JSON can carry, and the bytes of its arrays; `decode` builds it again
from nothing but builtin types and plain NumPy arrays, and trusts nothing in what it reads.
"""

import math
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np

from ..limits import Limits

Callables = Callable[[Any], Any] | None  # what makes a node of a callable, or a callable of a node

TYPES: dict[str, type] = {t.__name__: t for t in (bool, int, float, complex, str, bytes, list, tuple, dict)}
TYPES |= {f"numpy.{t.__name__}": t for t in (np.float16, np.float32, np.float64, np.int32, np.int64, np.bool_)}
TYPE_NAMES = {t: name for name, t in TYPES.items()}
KEYS = (type(None), bool, str, int, float, complex, bytes, tuple, np.generic)
COLLISIONS = 1000  # keys of one dict with the same hash
BASES: tuple[type[Any], ...] = (int, float, str, list, tuple, dict)
BITS = 4096  # of an int; Python refuses to print much longer ones


class Refused(Exception):
    """A value that cannot be sent as data; its text names the type, with its article."""


class Broken(Exception):
    """What was read is not a value that `encode` makes."""


def encode(value: Any, limits: Limits, callables: Callables = None) -> tuple[Any, list[bytes]]:
    """(node, blobs): `value` as lists for JSON and a list of array bytes. `callables` encodes a callable to a node.

    Raises `Refused` for anything that is no data, and for what is too large or too deep.
    """
    encoder = Encoder(limits, callables)
    return encoder.node(value, 0), encoder.blobs


class Encoder:
    """One value on its way out: the bytes of its arrays, and how much more it may hold."""

    def __init__(self, limits: Limits, callables: Callables) -> None:
        self.limits, self.callables = limits, callables
        self.blobs: list[bytes] = []
        self.items, self.bytes = limits.value_items, limits.value_bytes

    def node(self, value: Any, depth: int) -> Any:
        """The node of a value or of a part of it."""
        kind = type(value)
        if kind is float or kind is bool or value is None:
            return value
        self.items -= 1
        if self.items < 0:
            raise Refused("a value with too many items")
        if depth > self.limits.value_depth:
            raise Refused(f"{named(kind.__name__)} nested too deeply, or one that contains itself")
        if kind in ENCODERS:
            return ENCODERS[kind](self, value, depth)
        return self.other(value, depth)

    def other(self, value: Any, depth: int) -> Any:
        """The node of a value whose type is none of the table's."""
        if isinstance(value, np.ndarray) and not isinstance(value, (np.matrix, np.ma.MaskedArray)):
            return self.node(np.ndarray.view(value, np.ndarray), depth)  # a class of one's own
        if isinstance(value, np.generic):
            check_dtype(value.dtype)
            return ["s", value.dtype.str, *self.blob(value.tobytes())]
        if isinstance(value, type) and value in TYPE_NAMES:
            return ["y", TYPE_NAMES[value]]
        for base in BASES:  # an IntEnum, a namedtuple, a defaultdict
            if isinstance(value, base):
                return self.node(base(value), depth)
        if self.callables is not None and callable(value):
            return self.callables(value)
        raise Refused(named(type(value).__name__))

    def take(self, size: int) -> None:
        """Use up this many bytes of what is left."""
        self.bytes -= size
        if self.bytes < 0:
            raise Refused("a value that is too large")

    def blob(self, data: bytes) -> tuple[()]:
        """Put bytes beside the node; nothing goes into it."""
        self.take(len(data))
        self.blobs.append(data)
        return ()

    def text(self, value: Any, depth: int) -> Any:
        """A string as it is."""
        self.take(len(value))
        return value

    def integer(self, value: Any, depth: int) -> Any:
        """An int that JSON carries as it is, or ["i", hexadecimal]."""
        if -(1 << 53) <= value <= 1 << 53:
            return value
        if value.bit_length() > BITS:
            raise Refused("an int with too many digits")
        return ["i", hex(value)]

    def array(self, value: Any, depth: int) -> Any:
        """["a", dtype, shape, order, writeable] and its bytes."""
        check_dtype(value.dtype)
        self.take(value.nbytes)
        order = "F" if value.flags.f_contiguous and not value.flags.c_contiguous else "C"
        self.blobs.append(value.tobytes(order))
        return ["a", value.dtype.str, list(value.shape), order, bool(value.flags.writeable)]

    def several(self, value: Any, depth: int) -> Any:
        """["l", items…] of a list, ["t", items…] of a tuple."""
        return ["l" if type(value) is list else "t", *[self.node(item, depth + 1) for item in value]]

    def mapping(self, value: Any, depth: int) -> Any:
        """["d", [key, item]…]."""
        return ["d", *[[self.node(key, depth + 1), self.node(item, depth + 1)] for key, item in value.items()]]


ENCODERS: dict[type, Callable[[Encoder, Any, int], Any]] = {
    str: Encoder.text, int: Encoder.integer, np.ndarray: Encoder.array, list: Encoder.several, tuple: Encoder.several,
    dict: Encoder.mapping, complex: lambda encoder, value, depth: ["c", value.real, value.imag],
    bytes: lambda encoder, value, depth: ["b", len(value), *encoder.blob(value)],
}


def check_dtype(dtype: np.dtype[Any]) -> None:
    """Raise `Refused` unless `dtype` is a plain one."""
    if dtype.kind not in "biufcSU" or dtype.names is not None:
        raise Refused("an array of objects" if dtype.kind == "O" else f"an array of {dtype.kind!r} items")


def named(name: str) -> str:
    """The name of a type with its article."""
    return f"{'an' if name[:1].lower() in 'aeio' else 'a'} {name}"


def decode(node: Any, blobs: Any, limits: Limits, callables: Callables = None, own: bool = False) -> Any:
    """The value of `encode`'s pair; `blobs` is one buffer. `callables` gives the callable of an "f" or "F" node.

    own: the arrays may lie in the buffer itself, because nobody reads it again.

    Raises `Broken` for anything malformed, oversized or unknown, whoever made it.
    """
    try:
        return Decoder(blobs, limits, callables, own).value(node, 0)
    except (IndexError, KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise Broken(f"{type(error).__name__} in a value") from None


class Decoder:
    """One value on its way in: the bytes read so far, and how many items it may still hold."""

    def __init__(self, blobs: Any, limits: Limits, callables: Callables, own: bool) -> None:
        self.view, self.at, self.own = memoryview(blobs), 0, own
        self.items, self.depth, self.callables = limits.value_items, limits.value_depth + 1, callables

    def value(self, node: Any, depth: int) -> Any:
        """The value of a node or of a part of it."""
        kind = type(node)
        if kind is float or kind is bool or node is None:
            return node
        self.items -= 1
        if self.items < 0 or depth > self.depth:
            raise Broken("too many items")
        if kind is str or kind is int:
            return node
        if kind is not list or not node or type(node[0]) is not str or node[0] not in DECODERS:
            raise Broken("an unknown form")
        return DECODERS[node[0]](self, node, depth)

    def take(self, count: int) -> memoryview:
        """The next bytes beside the node."""
        start, self.at = self.at, self.at + count
        if count < 0 or self.at > len(self.view):
            raise Broken("bytes are missing")
        return self.view[start:self.at]

    def array(self, node: Any, depth: int) -> Any:
        """An array, in the buffer itself where nobody else reads it."""
        dtype, shape, order, writeable = plain(node[1]), node[2], node[3], node[4]
        if type(shape) is not list or len(shape) > 32 or any(type(s) is not int or s < 0 for s in shape):
            raise Broken("not a shape")
        view = self.take(math.prod(shape) * dtype.itemsize)
        data = view if self.own and not view.readonly else bytearray(view)
        array = np.frombuffer(data, dtype).reshape(shape, order="F" if order == "F" else "C")
        array.flags.writeable = writeable is True
        return array

    def scalar(self, node: Any, depth: int) -> Any:
        """A NumPy scalar."""
        dtype = plain(node[1])
        return np.frombuffer(bytes(self.take(dtype.itemsize)), dtype)[0]

    def several(self, node: Any, depth: int) -> Any:
        """A list or a tuple."""
        items = [self.value(item, depth + 1) for item in node[1:]]
        return items if node[0] == "l" else tuple(items)

    def mapping(self, node: Any, depth: int) -> Any:
        """A dict whose keys do not all share one hash."""
        pairs = [(self.value(key, depth + 1), self.value(item, depth + 1)) for key, item in node[1:]]
        if not all(isinstance(key, KEYS) for key, _ in pairs):
            raise Broken("not a key")
        # Keys with one hash (multiples of 2**61 - 1) make a dict take minutes: honest ones share none or few.
        if len(pairs) > COLLISIONS and max(Counter(hash(key) for key, _ in pairs).values()) > COLLISIONS:
            raise Broken("too many keys with one hash")
        return dict(pairs)

    def integer(self, node: Any, depth: int) -> Any:
        """A large int."""
        if type(node[1]) is not str or len(node[1]) > BITS // 4 + 4:
            raise Broken("not an int")
        return int(node[1], 16)

    def function(self, node: Any, depth: int) -> Any:
        """A callable of this side, or a proxy for one of the other's."""
        if self.callables is None:
            raise Broken("an unknown form")
        return self.callables(node)


DECODERS: dict[str, Callable[[Decoder, Any, int], Any]] = {
    "a": Decoder.array, "s": Decoder.scalar, "l": Decoder.several, "t": Decoder.several, "d": Decoder.mapping,
    "i": Decoder.integer, "f": Decoder.function, "F": Decoder.function,
    "c": lambda decoder, node, depth: complex(float(node[1]), float(node[2])),
    "b": lambda decoder, node, depth: bytes(decoder.take(node[1])),
    "y": lambda decoder, node, depth: TYPES[node[1]],
}


def plain(text: Any) -> np.dtype[Any]:
    """The dtype named by `text`, if it is a plain one of a sane size."""
    if type(text) is not str or not 3 <= len(text) <= 9 or text[1] not in "biufcSU":
        raise Broken("not a plain dtype")
    try:
        dtype = np.dtype(text)
        check_dtype(dtype)
    except (TypeError, ValueError, Refused):
        raise Broken("not a plain dtype") from None
    return dtype
