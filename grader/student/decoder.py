"""Values read from plain data: the other half of `codec`, which trusts nothing in what it reads."""

import math
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np

from ..limits import Limits
from .codec import BITS, COLLISIONS, KEYS, TYPES, Broken, Callables, Refused, Texts, check_dtype


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
        self.texts = Texts(limits)

    def value(self, node: Any, depth: int) -> Any:
        """The value of a node or of a part of it."""
        kind = type(node)
        if kind is float or kind is bool or node is None:
            return node
        self.items -= 1
        if self.items < 0 or depth > self.depth:
            raise Broken("too many items")
        if kind is str and not self.texts.fit(node):
            raise Broken("texts that are too long")
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
        # Keys with one hash (multiples of 2**61 - 1) make a dict take minutes: honest ones share none or a few.
        if len(pairs) > COLLISIONS and max(Counter(hash(key) for key, _ in pairs).values()) > COLLISIONS:
            raise Broken("too many keys with one hash")
        return dict(pairs)

    def integer(self, node: Any, depth: int) -> Any:
        """A large int."""
        if type(node[1]) is not str or len(node[1]) > BITS // 4 + 4:
            raise Broken("not an int")
        return int(node[1], 16)

    def octets(self, node: Any, depth: int) -> Any:
        """A bytes object."""
        data = bytes(self.take(node[1]))
        if not self.texts.fit(data):
            raise Broken("texts that are too long")
        return data

    def function(self, node: Any, depth: int) -> Any:
        """A callable of this side, or a proxy for one of the other's."""
        if self.callables is None:
            raise Broken("an unknown form")
        return self.callables(node)


DECODERS: dict[str, Callable[[Decoder, Any, int], Any]] = {
    "a": Decoder.array, "s": Decoder.scalar, "l": Decoder.several, "t": Decoder.several, "d": Decoder.mapping,
    "i": Decoder.integer, "f": Decoder.function, "F": Decoder.function,
    "c": lambda decoder, node, depth: complex(float(node[1]), float(node[2])),
    "b": Decoder.octets,
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
