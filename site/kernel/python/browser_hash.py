"""A function of hashlib that the browser's Python has not: with it hints are unsealed."""

import hashlib


def pbkdf2_hmac(name, password, salt, rounds, length=None):
    """hashlib's function of that name (RFC 8018), which this Python has not, for want of OpenSSL."""
    size = hashlib.new(name).block_size
    key = (password if len(password) <= size else hashlib.new(name, password).digest()).ljust(size, b"\0")
    inner, outer = (hashlib.new(name, bytes(byte ^ pad for byte in key)) for pad in (0x36, 0x5c))

    def keyed(data):
        first, second = inner.copy(), outer.copy()
        first.update(data)
        second.update(first.digest())
        return second.digest()
    made, wanted, block = b"", length or inner.digest_size, 0
    while len(made) < wanted:
        block += 1
        last = keyed(salt + block.to_bytes(4, "big"))
        whole = int.from_bytes(last, "big")
        for _ in range(rounds - 1):
            last = keyed(last)
            whole ^= int.from_bytes(last, "big")
        made += whole.to_bytes(inner.digest_size, "big")
    return made[:wanted]
