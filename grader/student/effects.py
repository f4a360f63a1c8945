"""What a call leaves besides its value: changed arguments and exceptions, carried over the channel."""

import builtins
from typing import Any

import numpy as np

MESSAGE = 500  # characters of an exception's text


def update(mine: Any, theirs: Any, depth: int = 0) -> None:
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


def merged(old: Any, new: Any, depth: int) -> Any:
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


def described(error: BaseException) -> tuple[str, str]:
    """(name of the nearest builtin type, text) of an exception."""
    for base in type(error).__mro__:
        if base.__module__ == "builtins":
            break
    try:
        text = str(error.args[0]) if isinstance(error, KeyError) and len(error.args) == 1 else str(error)
    except BaseException:
        text = ""
    return base.__name__, text[:MESSAGE]


def rebuilt(name: Any, text: str) -> Exception:
    """The builtin exception of that name (an `Exception`, never an exit or an interrupt) with that text."""
    kind = getattr(builtins, name, None) if type(name) is str else None
    if not (isinstance(kind, type) and issubclass(kind, Exception)):
        return RuntimeError(f"{name}: {text}")
    try:
        return kind(text)
    except TypeError:  # UnicodeDecodeError and its like want more
        return ValueError(text)
