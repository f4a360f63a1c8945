"""Attacks on the judge: each is a submission that tries to get marks it has not earned, to read, or to break.

ATTACKS[name] = (cells by grade id, {test: status} of every test that must not pass). Every other test must pass.
In a cell, {secret_file} and {port} are filled in: a file of the instructor's, and a port that listens.
"""

WRONG = "def relu(x): return abs(x)"
# What a wrong relu loses: its own tests, and the one that hands relu to twice.
LOST = {"test_relu_basics": "failed", "test_relu_hidden": "failed", "test_twice_hidden": "failed"}
EVERYTHING = LOST | dict.fromkeys(  # for who stops the cells that follow from running
    ("test_twice_basics", "test_scale_basics", "test_scale_hidden", "test_quiz"), "failed")
RIGHT = "def relu(x): return np.maximum(x, 0)"


def relu(code, *, after=WRONG, lost=LOST):
    """An attack in relu's cell, before a wrong answer (or another `after`)."""
    return {"relu": f"{code}\n{after}"}, lost


def inside(code, result="np.maximum(x, 0)", lost=LOST):
    """An attack inside the function itself."""
    body = "\n".join("    " + line for line in code.strip().splitlines())
    return {"relu": f"import os, sys\ndef relu(x):\n{body}\n    return {result}"}, lost


def hang(code, status="timeout"):
    """Code inside `scale` that never returns."""
    body = "\n".join("    " + line for line in code.strip().splitlines())
    return {"scale": f"import os, sys\ndef scale(x, factor=2.0):\n{body}"}, dict.fromkeys(
        ("test_scale_basics", "test_scale_hidden"), status)


def all_of(status):
    return dict.fromkeys(LOST, status)


FORGED = {
    "display of a tick": relu("from IPython.display import display, HTML\n"
                              "display(HTML('<b>✓ test_relu_basics: 1 of 1 points</b>')); print('1.0')"),
    "ast hook": relu("""import ast
class Strip(ast.NodeTransformer):
    def visit_Expr(self, node): return ast.Pass()
get_ipython().ast_transformers.append(Strip())"""),
    "input transformer": relu("get_ipython().input_transformers_cleanup.append(lambda lines: [])", lost=EVERYTHING),
    "replaced run method": relu("ip = get_ipython()\nip.run_cell = type(ip).run_cell = lambda *a, **k: None\n"
                                "type(ip).run = lambda *a: ('', [])", lost=EVERYTHING),
    "set_custom_exc": relu("get_ipython().set_custom_exc((Exception,), lambda *a, **k: None)"),
    "always equal object": inside("""class Yes:
    def __eq__(self, other): return True
    def __array__(self, *a, **k): return np.asarray(x)
    def __getattr__(self, name): return lambda *a, **k: True
    def __array_ufunc__(self, *a, **k): return True""", "Yes()"),
    "always equal array": inside("""class Yes(np.ndarray):
    def __eq__(self, other): return True
    def __array_function__(self, *a): return True""", "np.zeros(3).view(Yes)"),
    "a callable for an answer": inside("", "(lambda *a: True)"),
    "patched numpy": relu("""import numpy as np, numpy.testing
np.allclose = np.isclose = np.array_equal = np.testing.assert_allclose = lambda *a, **k: True
np.asarray = lambda *a, **k: 0""", lost=LOST | {"test_scale_basics": "failed", "test_scale_hidden": "failed"}),
    "patched check": relu("from crease import check\ncheck.call = check.that = check.compare = lambda *a, **k: None\n"
                          "check.Failure = type('F', (Exception,), {})\nimport builtins\nbuiltins.abs = lambda x: x"),
    "changed globals": relu("points = [0.0]\nimport builtins\nbuiltins.isinstance = lambda *a: True\n"
                            "globals()['expected'] = 1",
                             lost={"test_relu_basics": "crashed", "test_relu_hidden": "crashed",
                                   "test_twice_hidden": "failed"}),
    "changed argument": inside("x[...] = np.abs(x)", "x"),
    "argument replaced to match": inside("x.flat = 0; np.copyto(x, 0)", "x"),
    "raises the judge's own success": inside("from crease import check\nraise check.Passed('ok')", "1"),
    "raises Failure": inside("from crease import check\nraise check.Failure('', '')", "1"),
    "SystemExit 0": inside("raise SystemExit(0)", "1"),
    "KeyboardInterrupt": inside("raise KeyboardInterrupt", "1"),
    "GeneratorExit": inside("raise GeneratorExit", "1"),
    "StopIteration": inside("raise StopIteration", "1"),
    "pickle bomb": inside("class E:\n    def __reduce__(self): return (print, ('owned',))", "E()"),
    "list that hides its items": inside("class L(list):\n    def __len__(self): return 0\n"
                                        "    def __iter__(self): return iter([])", "L([1, 2])"),
    "int with a lying eq": inside("class I(float):\n    def __eq__(self, o): return True\n"
                                  "    def __float__(self): return 0.5", "I(3.0)"),
    "nan everywhere": inside("", "np.full_like(np.asarray(x, float), np.nan)"),
    "frame walking": inside("f = sys._getframe()\nwhile f:\n"
                            "    for k in list(f.f_locals):\n        f.f_locals[k] = True\n    f = f.f_back", "5"),
    "gc hunt": inside("import gc\nfor o in gc.get_objects():\n"
                      "    if isinstance(o, dict) and 'expected' in o: o['expected'] = 0", "5"),
    "code for names": ({"relu": WRONG, "setup": "import numpy as np\nclass check:\n    call = that = passed = print"},
                       LOST),
    "a test cell that defines": ({"relu": WRONG, "test_relu_basics": "check.call = print",
                                  "test_relu_hidden": "raise SystemExit"}, LOST),
    "a shell that forks nothing": relu("import os\nos.fork = lambda: 1"),
    "a look for the judge's modules": inside("""import grader
found = [n for n in sys.modules if n.startswith(('grader.judge', 'grader.notebook', 'grader.classroom'))]
for name in ('judge.session', 'notebook.lesson', 'classroom.folder'):
    try: found.append(__import__('grader.' + name))
    except ImportError: pass
assert not found, found""", "abs(x)"),
    "a reply with a guess in every shape": inside("return [np.maximum(x, 0), 0.0, [[0]]]"),
    "metadata with more points": ({"relu": WRONG, "points": 1000}, LOST),
    "quiz answers always equal": ({"quiz": "class A(dict):\n    def get(self, *a): return True\n"
                                           "    def __eq__(self, o): return True\nanswers = A()"},
                                  {"test_quiz": "failed"}),
    "quiz strings always equal": ({"quiz": "class S(str):\n    def __eq__(self, o): return True\n"
                                           "    __hash__ = str.__hash__\n"
                                           "answers = {1: S('x')}"}, {"test_quiz": "failed"}),
    "quiz defaultdict": ({"quiz": "from collections import defaultdict\nanswers = defaultdict(lambda: 'b')"},
                         {"test_quiz": "failed"}),
}

# Frames that the student writes on the channel itself: `send` finds the socket and writes a message.
SEND = """import socket, json, struct, os, stat
def send(*messages):
    for fd in range(3, 64):
        try:
            if not stat.S_ISSOCK(os.fstat(fd).st_mode): continue
        except OSError: continue
        for m in messages:
            t = json.dumps(m).encode() if not isinstance(m, bytes) else m
            try: os.write(fd, struct.pack('<II', len(t), 0) + t)
            except OSError: pass
"""


def forged(*messages, status, result="abs(x)", handed=""):
    """`handed`: how the test ends that hands relu to another function, whose replies are out of step by then."""
    code = f"{SEND}\ndef relu(x):\n    send({', '.join(map(repr, messages))})\n    return {result}"
    return {"relu": code}, all_of(status) | ({"test_twice_hidden": handed} if handed else {})


CHANNEL = {
    "reply of a pass": forged(["passed", 1], ["ok", 2, True], status="failed"),
    "reply of None to all": forged(*[["value", n, None, [], None, 0] for n in range(9)], status="failed",
                                    handed="crashed"),
    "a verdict in the reply": forged(*[["value", n, {"score": 9}, [], None, 0] for n in range(9)], status="crashed"),
    "reply from the future": forged(["value", 10**9, None, [], None, 0], status="crashed"),
    "sequence that is no number": forged(["value", "1", None], status="crashed"),
    "callback of nothing": forged(["callback", 1, 0, ["t", ["t"], ["d"]]], status="crashed"),
    "callback of a negative": forged(["callback", 1, -1, ["t", ["t"], ["d"]]], status="crashed"),
    "deep nesting": forged(b"[" * 100_000, status="crashed"),
    "no JSON": forged(b"\xff\xfe{", status="crashed"),
    "dtype of objects": forged(*[["value", n, ["a", "|O8", [1], "C", True], [], None, 8] for n in range(9)],
                               status="crashed"),
    "dtype by name": forged(*[["value", n, ["a", "object", [1], "C", True], [], None, 8] for n in range(9)],
                            status="crashed"),
    "negative shape": forged(*[["value", n, ["a", "<f8", [-1], "C", True], [], None, 8] for n in range(9)],
                             status="crashed"),
    "endless shape": forged(*[["value", n, ["a", "<f8", [2**40, 2**40], "C", True], [], None, 0] for n in range(9)],
                            status="crashed"),
    "huge int": forged(*[["value", n, ["i", "0x" + "f" * 5000], [], None, 0] for n in range(9)], status="crashed"),
    "exception that is no exception": forged(*[["raised", n, ["exit", "bye"], [], None, 0] for n in range(9)],
                                             status="failed"),
    "exception that exits": forged(*[["raised", n, ["SystemExit", "0"], [], None, 0] for n in range(9)],
                                   status="failed"),
    "warning that is no warning": forged(*[["value", n, 5, [["eval", "1"]], None, 0] for n in range(9)],
                                         status="failed", handed="crashed"),
    "arguments of another shape": forged(*[["value", n, 5, [], ["t", ["t", ["l"] + [1] * 99], ["d"]], 0]
                                           for n in range(9)], status="failed", handed="crashed"),
    "a thread that answers": ({"relu": SEND + "\nimport threading, time\ndef relu(x):\n"
                                       "    threading.Thread(target=send, args=(b'xx',)).start()\n"
                                       "    time.sleep(0.1)\n    return abs(x)"},
                              all_of("crashed")),
    "closed channel": ({"relu": "import os\ndef relu(x):\n    os.closerange(3, 64)\n    return x"}, all_of("crashed")),
}

BROKEN = {
    "os._exit": inside("os._exit(0)", lost=all_of("crashed")),
    "segmentation fault": inside("import ctypes; ctypes.string_at(0)", lost=all_of("crashed")),
    "abort": inside("os.abort()", lost=all_of("crashed")),
    "SIGKILL to itself": inside("os.kill(os.getpid(), 9)", lost=all_of("crashed")),
    "SIGKILL to everybody": inside("try: os.kill(-1, 9)\nexcept OSError: pass\nos.kill(os.getpid(), 9)",
                                   lost=all_of("crashed")),
    "recursion": inside("return relu(x)"),
    "recursion without limit": inside("sys.setrecursionlimit(10**9)\ndef f(): sorted([0], key=lambda _: f())\nf()",
                                      lost=all_of("crashed")),
    "out of memory": inside("hog = [bytes(10**8) for _ in range(10**4)]"),
    "endless loop": hang("while True: pass"),
    "swallows interrupts": hang("""import signal, time
for n in range(1, 65):
    try: signal.signal(n, signal.SIG_IGN)
    except (OSError, ValueError): pass
while True:
    try:
        while True: time.sleep(1)
    except BaseException: pass"""),
    "stops its group": hang("import signal\nos.kill(0, signal.SIGSTOP)"),
    "stops everybody": hang("import signal, time\ntry: os.kill(-1, signal.SIGSTOP)\nexcept OSError: pass\n"
                            "time.sleep(99)"),
    "stops its parent": inside("import signal\ntry: os.kill(os.getppid(), signal.SIGSTOP)\nexcept OSError: pass",
                               lost={}),
    "waits for ever": hang("import threading; threading.Event().wait()"),
    "fork bomb": hang("while True:\n    try: os.fork()\n    except OSError: pass"),
    "thread bomb": hang("import threading, time\nwhile True:\n"
                          "    try: threading.Thread(target=time.sleep, args=(99,)).start()\n"
                          "    except (RuntimeError, MemoryError): pass"),
    "a fork that answers too": inside("os.fork()", lost={}),
    "output flood": inside("for _ in range(2000): print('x' * 1000)", lost={}),
    "stderr flood": inside("for _ in range(2000): print('x' * 1000, file=sys.stderr)", lost={}),
    "flood of file descriptor 1": inside("for _ in range(200): os.write(1, b'x' * 10**5); os.write(2, b'x')", lost={}),
    "disk fill": inside("with open('/tmp/full', 'wb') as f:\n    while True: f.write(b'x' * 10**6)"),
    "endless answer": inside("import itertools", "list(range(10**6))"),
    "large array": inside("", "np.zeros(10**8)"),
    "cyclic list": inside("a = []; a.append(a)", "a"),
    "generator": inside("", "(v for v in [1])"),
    "deep list": inside("a = []\nfor _ in range(5000): a = [a]", "a"),
    "string of surrogates": inside("raise ValueError('\\ud800' * 50 + '\\x1b[2J\\x1b]0;owned\\x07')"),
    "exception that cannot be shown": inside("class E(Exception):\n    def __str__(self): raise SystemExit\nraise E()"),
    "endless exception text": inside("raise ValueError('x' * 10**7)"),
    "callback storm": ({"twice": "def twice(f, x):\n    while True: f(x)"},
                       {"test_twice_basics": "failed", "test_twice_hidden": "failed"}),
    "callback kept for later": ({"twice": "kept = []\ndef twice(f, x):\n    kept.append(f)\n    return f(f(x))",
                                 "scale": "def scale(x, factor=2.0):\n    for f in kept: f(1)\n"
                                          "    return np.asarray(x, float) * factor"}, {}),
    "recursion through a callback": ({"twice": "def twice(f, x):\n    return f(f(x)) if x != 3.0 else twice(f, f)"},
                                     {"test_twice_basics": "failed"}),
}

# Needs time to fill memory: tried with longer limits.
SLOW = {
    "too much memory in many processes": hang("""import time
for _ in range(24):
    if os.fork() == 0:
        hog = [np.ones(10**6) for _ in range(5)]
        time.sleep(60)
time.sleep(60)""", status="crashed"),
}
