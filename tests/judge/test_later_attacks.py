"""Attacks thought of later, and honest answers of unusual form."""

import threading
import time

import pytest

from grader.limits import Limits
from grader.student.channel import Late, pair
from grader.student.codec import Broken
from grader.student.decoder import decode
from judging import passes

CALL = "check.call(f, np.array([-1.0, 2.0]), expected=np.array([0.0, 2.0]))"


def test_a_dict_whose_keys_share_one_hash_does_not_keep_the_judge_busy():
    keys = [[n * ((1 << 61) - 1), None] for n in range(1, 5000)]
    with pytest.raises(Broken, match="hash"):
        decode(["d", *keys], b"", Limits())
    with pytest.raises(Broken, match="hash"):
        decode(["d", *[[["t", key, 1], None] for key, _ in keys]], b"", Limits())
    assert len(decode(["d", *[[n, None] for n in range(50_000)]], b"", Limits())) == 50_000


def test_who_never_stops_writing_has_no_more_time_than_others():
    channel, theirs = pair(Limits())
    frame = b"\x08\0\0\0\0\0\0\0" + b'["x", 0]'

    def flood():
        try:
            while True:
                theirs.sendall(frame * 4000)
        except OSError:
            pass

    writer = threading.Thread(target=flood)
    writer.start()
    end = time.monotonic() + 0.3
    try:
        with pytest.raises(Late):
            while time.monotonic() < end + 3:
                channel.receive(end)
    finally:
        channel.close()
        writer.join(5)
        theirs.close()


@pytest.mark.parametrize("answer", [
    "from functools import lru_cache\n@lru_cache\ndef one(v): return max(v, 0.0)\n"
    "def f(x): return np.array([one(float(v)) for v in x])",
    "from functools import partial\nf = partial(np.maximum, 0)",
    "f = np.vectorize(lambda v: max(v, 0.0))",
    "%%time\ndef f(x): return np.maximum(x, 0)",
    "from dataclasses import dataclass\n@dataclass\nclass Low:\n    low: float = 0.0\n"
    "    def __call__(self, x): return np.maximum(x, self.low)\nf = Low()",
    "from __future__ import annotations\nimport typing as t\ndef f(x: NoSuch) -> t.Any: return np.maximum(x, 0)",
    "class Mine(np.ndarray): pass\ndef f(x): return np.maximum(x, 0).view(Mine)",
    "import asyncio\nasync def g(x): return np.maximum(x, 0)\ndef f(x): return asyncio.new_event_loop()"
    ".run_until_complete(g(x))",
    "count = 0\ndef f(x):\n    global count\n    count += 1\n    assert count\n    return np.maximum(x, 0)",
    "def f(x):\n    import matplotlib.pyplot as plt\n    plt.plot(x); plt.show()\n    return np.maximum(x, 0)",
    "def f(x):\n    def one(values): yield from (v if v > 0 else 0.0 for v in values)\n"
    "    return np.fromiter(one(x), float)",
    "import functools\ndef loud(g):\n    @functools.wraps(g)\n    def h(*a, **k):\n        print(a)\n"
    "        return g(*a, **k)\n    return h\n@loud\ndef f(x): return np.maximum(x, 0)",
    "def f(x): return x\nassert f(1) == 1\ndef f(x): return np.maximum(x, 0)",
    "def f(x):\n    x = np.array(x); x[x < 0] = 0; x.flags.writeable = False\n    return x",
    "from concurrent.futures import ThreadPoolExecutor\ndef f(x):\n    with ThreadPoolExecutor(2) as pool:\n"
    "        return np.array(list(pool.map(lambda v: max(v, 0.0), x)))",
])
def test_an_honest_answer_of_unusual_form_passes(answer):
    passes(answer, CALL)
