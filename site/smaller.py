"""A WebAssembly module made smaller: without its debugger's names, and without what packages left out would run."""

import re

EMPTY = bytes([3, 0, 0, 11])  # a function's body that ends in a trap: its length, no locals, unreachable, end


def number(data, at):
    """(an unsigned LEB128 number, the place behind it)."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def written(value):
    """An unsigned LEB128 number as bytes."""
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def sections(wasm):
    """(id, start of the section, start of its content, end) one after another."""
    at = 8
    while at < len(wasm):
        size, start = number(wasm, at + 1)
        yield wasm[at], at, start, start + size
        at = start + size


def function_names(wasm, start, end):
    """{index: name} of the custom section `name`; empty if the section is another."""
    size, at = number(wasm, start)
    if wasm[at:at + size] != b"name":
        return {}
    at, found = at + size, {}
    while at < end:
        kind = wasm[at]
        size, at = number(wasm, at + 1)
        behind = at + size
        if kind == 1:
            count, at = number(wasm, at)
            for _ in range(count):
                index, at = number(wasm, at)
                size, at = number(wasm, at)
                found[index] = wasm[at:at + size].decode(errors="replace")
                at += size
        at = behind
    return found


def imported(wasm, start):
    """How many functions the import section names: they come first in the count of functions."""
    count, at = number(wasm, start)
    for _ in range(count):
        for _ in range(2):
            size, at = number(wasm, at)
            at += size
        if wasm[at]:
            raise ValueError("The module imports something that is no function.")
        _, at = number(wasm, at + 1)
    return count


def mangled(package):
    """A package's path in the names of Cython: `_5scipy_5stats`."""
    return "".join(f"_{len(part)}{part}" for part in package.split("/"))


def unreachable(names, packages):
    """The functions that Cython made for modules of `packages`, none of which can be imported any more.

    A linker lays a module's functions side by side: Cython's helpers, which are static and have no module in their
    name, belong to `packages` if the nearest function that has one does, on either side.
    """
    marks = tuple(mangled(package) for package in packages)
    kept = re.compile(r"_(5scipy|5numpy)_\d")
    whose = {}
    for index, name in names.items():
        if "__pyx" in name or "__Pyx" in name:
            whose[index] = True if any(mark in name for mark in marks) else False if kept.search(name) else None
    before, after, last = {}, {}, None
    for near, order in ((before, sorted(whose)), (after, sorted(whose, reverse=True))):
        last = None
        for index in order:
            last = last if whose[index] is None else whose[index]
            near[index] = last
    return {index for index, gone in whose.items() if gone or (gone is None and before[index] and after[index])}


def without(wasm, packages):
    """The module without its custom sections, and with a trap for each function that only `packages` could call."""
    names, first = {}, 0
    for kind, _, start, end in sections(wasm):
        if kind == 0:
            names |= function_names(wasm, start, end)
        elif kind == 2:
            first = imported(wasm, start)
    gone, out = unreachable(names, packages), [wasm[:8]]
    for kind, place, start, end in sections(wasm):
        if kind == 10:
            count, at = number(wasm, start)
            bodies = [written(count)]
            for index in range(first, first + count):
                size, inside = number(wasm, at)
                bodies.append(EMPTY if index in gone else wasm[at:inside + size])
                at = inside + size
            body = b"".join(bodies)
            out.append(bytes([kind]) + written(len(body)) + body)
        elif kind:
            out.append(wasm[place:end])
    return b"".join(out)
