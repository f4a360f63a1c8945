"""Values as plain data: a small typed form that both sides of the channel speak, in place of pickle.

`encode` turns a value into nested lists that JSON can carry, and the bytes of its arrays; `decoder.decode` builds it
again from nothing but builtin types and plain NumPy arrays.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from ..limits import Limits

Callables = Callable[[Any], Any] | None  # what makes a node of a callable, or a callable of a node

TYPES: dict[str, type] = {t.__name__: t for t in (bool, int, float, complex, str, bytes, list, tuple, dict)}
TYPES |= {f"numpy.{t.__name__}": t for t in (np.float16, np.float32, np.float64, np.int32, np.int64, np.bool_)}
TYPE_NAMES = {t: name for name, t in TYPES.items()}
KEYS = (type(None), bool, str, int, float, complex, bytes, tuple, np.generic)
COLLISIONS = 50  # keys of one dict with the same hash
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
        self.items, self.bytes, self.texts = limits.value_items, limits.value_bytes, Texts(limits)

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
        return self.fitting(value)

    def octets(self, value: Any, depth: int) -> Any:
        """["b", length] of a bytes object, and its bytes."""
        return ["b", len(self.fitting(value)), *self.blob(value)]

    def fitting(self, value: Any) -> Any:
        """The text or bytes object, unless an array of all so far would be too large."""
        if not self.texts.fit(value):
            raise Refused("a value that is too large")
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
    bytes: Encoder.octets,
}


class Texts:
    """Texts of one value. NumPy gives each text of an array the room of the longest: that room is bounded here."""

    def __init__(self, limits: Limits) -> None:
        self.most, self.count, self.longest = limits.value_bytes, 0, 0

    def fit(self, text: str | bytes) -> bool:
        """Whether one more text still leaves an array of them all small enough."""
        self.count, self.longest = self.count + 1, max(self.longest, len(text))
        return self.count * self.longest * 4 <= self.most


def check_dtype(dtype: np.dtype[Any]) -> None:
    """Raise `Refused` unless `dtype` is a plain one."""
    if dtype.kind not in "biufcSU" or dtype.names is not None:
        raise Refused("an array of objects" if dtype.kind == "O" else f"an array of {dtype.kind!r} items")


def named(name: str) -> str:
    """The name of a type with its article."""
    return f"{'an' if name[:1].lower() in 'aeio' else 'a'} {name}"
