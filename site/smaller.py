"""A WebAssembly module made smaller: without what packages left out would run, and without the memory it starts with.

A browser holds a module's bytes for as long as it runs: what is not in them is not held.
"""

import re

EMPTY = bytes([3, 0, 0, 11])  # a function's body that ends in a trap: its length, no locals, unreachable, end
CALL = re.compile(rb"[\x10\x12](?=([\x80-\xff]{0,4}[\x00-\x7f]))")  # call and return_call, and numbers that look so


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


def bodies(wasm, start, first):
    """{index: (start, end)} of the functions' bodies, each with its length before it."""
    count, at = number(wasm, start)
    found = {}
    for index in range(first, first + count):
        size, inside = number(wasm, at)
        found[index] = at, inside + size
        at = inside + size
    return found


def unreachable(wasm, names, found, ranges):
    """The functions that only packages left out could run.

    A linker lays a package's functions side by side. Each of `ranges` is (name of its first function, name of the one
    behind its last); what is called from outside them stays, and what that calls.
    """
    place = {name: index for index, name in names.items()}
    doubtful = {index for first, behind in ranges for index in range(place[first], place[behind])}
    starts = {index for index in doubtful if names[index].startswith("PyInit_")}  # a list of all modules names them
    left = [index for index in found if index not in doubtful]
    while left:
        for call in CALL.finditer(wasm, *found[left.pop()]):
            called, _ = number(call[1], 0)
            if called in doubtful and called not in starts:
                doubtful.remove(called)
                left.append(called)
    return doubtful


def memory(wasm, start):
    """(address, bytes) of all that the data section lays into the memory."""
    count, at = number(wasm, start)
    parts = []
    for _ in range(count):
        kind, at = number(wasm, at)
        address = None
        if kind == 0:  # lies at a constant address: i32.const, a signed LEB128 number, end
            address, at = number(wasm, at + 1)
            at += 1
        size, at = number(wasm, at)
        if address is None and size:
            raise ValueError("The module has data without an address.")
        parts.append((address, wasm[at:at + size]))
        at += size
    parts = sorted(part for part in parts if part[1])
    first = parts[0][0]
    image = bytearray(parts[-1][0] + len(parts[-1][1]) - first)
    for address, data in parts:
        image[address - first:address - first + len(data)] = data
    return first, bytes(image)


def without(wasm, ranges):
    """(module, address, bytes): the module without custom sections, without the data of its memory, which have to be
    laid there from the address on before it runs, and with a trap for each function that is `unreachable`."""
    names, first = {}, 0
    for kind, _, start, end in sections(wasm):
        if kind == 0:
            names |= function_names(wasm, start, end)
        elif kind == 2:
            first = imported(wasm, start)
    out, data = [wasm[:8]], None
    for kind, place, start, end in sections(wasm):
        if kind == 10:
            found = bodies(wasm, start, first)
            gone = unreachable(wasm, names, found, ranges)
            body = written(len(found)) + b"".join(
                EMPTY if index in gone else wasm[slice(*where)] for index, where in found.items())
            out.append(bytes([kind]) + written(len(body)) + body)
        elif kind == 11:
            data = memory(wasm, start)
        elif kind:
            out.append(wasm[place:end])
    return b"".join(out), *data
