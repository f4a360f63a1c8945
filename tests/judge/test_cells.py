"""What a submission's own cells may and may not do: crash, hang, read, write, connect, and remember."""

import os
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest
from nbformat import v4

import small as fixture
from attacks import RIGHT, WRONG
from grader.judge.grade import grade
from judging import QUICK, check, graded_with, leaked, shown


def test_a_correct_answer_with_warnings_and_prints_counts_in_full():
    code = """import sys, warnings
def relu(x):
    print("noise"); print("noise", file=sys.stderr); warnings.warn("mind"); np.log(np.array([0.0]))
    return np.maximum(x, 0)
relu(1.0)"""
    graded = check({"relu": code}, {})
    assert "noise" in shown(graded, "def relu")


def test_what_a_function_imports_of_a_known_package_is_there_before_the_cells_and_nothing_else_is():
    code = """import sys; print("before:", "scipy.constants" in sys.modules, "wave" in sys.modules)
def relu(x):
    import wave
    from scipy import constants
    try:
        import scipy.no_such_part
    except ImportError:
        pass
    return np.maximum(x, 0)"""
    assert "before: True False" in shown(check({"relu": code}, {}), "def relu")


@pytest.mark.parametrize("code", [
    "import os; os._exit(1)", "import ctypes; ctypes.string_at(0)", "while True: pass",
    "x = [b'y' * 10**7 for _ in range(10**5)]", "raise SystemExit", "exit()", "raise KeyboardInterrupt",
    "import threading; threading.Event().wait()", "1/0", "def broken(:", "import os; os.kill(os.getpid(), 9)"])
def test_a_cell_without_points_that_fails_costs_nothing(code):
    graded_with(code)


def test_a_crash_in_an_exercise_cell_costs_that_exercise():
    graded = check({"scale": "import os\nos._exit(1)\ndef scale(x, factor=2.0): return x"},
                   {"test_scale_basics": "crashed", "test_scale_hidden": "crashed"})
    assert any("crashed" in note.text for note in graded.notes)


def test_an_exception_after_the_def_does_not_take_the_function_away():
    check({"relu": RIGHT + "\nraise ValueError('later')"}, {})


@pytest.mark.parametrize("code", ["", "pass", "# nothing yet", "def relu(x):\n    raise NotImplementedError()",
                                  "def relu(x):\n    '''Doc.'''\n    pass", "raise NotImplementedError"])
def test_unanswered_is_told_apart(code):
    check({"relu": code or " "}, dict.fromkeys(("test_relu_basics", "test_relu_hidden"), "unanswered")
          | {"test_twice_hidden": "unanswered" if code.startswith("def relu(x):\n    raise") else "failed"})


def test_input_shell_and_magics_are_refused_in_words_and_hang_nothing():
    graded = graded_with("!ls\n%pip install x\nget_ipython().system('ls')\nprint('went on')\ninput('?')")
    text = shown(graded, "went on")
    assert "Shell commands are not available" in text and "%pip is not available" in text
    assert "input() is not available" in text and "went on" in text
    assert "%bash is not available" in shown(graded_with("%%bash\necho hello"), "%%bash")


def test_magics_await_widgets_and_plots_work():
    assert "loop" in shown(graded_with("%timeit -n1 -r1 1"), "timeit")
    assert "awaited" in shown(graded_with("import asyncio\nawait asyncio.sleep(0)\nprint('awaited')"), "awaited")
    assert "IntSlider" in shown(graded_with("import ipywidgets\nipywidgets.IntSlider()"), "IntSlider()")
    assert "image/png" in shown(graded_with("import matplotlib.pyplot as plt\nplt.plot([1, 2]);"), "plt.plot")


def test_output_floods_are_bounded():
    graded = graded_with("for _ in range(10**4): print('x' * 1000)\nimport matplotlib.pyplot as plt\n"
                         "for _ in range(30):\n    plt.figure(); plt.plot(np.random.rand(9))")
    assert len(shown(graded, "10**4")) < QUICK.output_bytes * 1.5 + QUICK.picture_bytes * 1.5


def test_active_outputs_are_made_harmless():
    graded = graded_with("""from IPython.display import *
display(HTML('<script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">k</a>'
             '<b style="x">bold</b><iframe src=//evil></iframe>'
             '<svg onload=alert(1)></svg><img src="data:image/svg+xml;base64,AAAA">'
             '<img src="data:image/png;base64,iVBORw0KGgo=" alt="ok">'), Javascript('alert(1)'),
        SVG('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), Markdown('<script>'), Latex('$x$'))
print('\\x1b[31mred\\x1b[0m \\x1b]0;title\\x07 \\x1b[2J \\x9b2J \\u202e')
display({'text/html': '<details ontoggle=alert(1) open>', 'application/javascript': 'alert(1)'}, raw=True)""")
    text = shown(graded, "Javascript")
    for word in ("<script", "onerror", "onload", "ontoggle", "javascript", "iframe", "svg", "style=", "x1b]", "x1b[2J",
                 "x9b", "u202e", "\u202e", "\x9b"):
        assert word not in text, word
    assert "\\x1b[31mred" in text and "<b>bold</b>" in text and "data:image/png" in text and 'alt="ok"' in text


def test_markdown_and_raw_cells_of_the_student_are_not_alive():
    notebook = fixture.answered()
    notebook.cells.append(v4.new_markdown_cell("<script>x</script> [a](javascript:alert(1)) ![b](data:text/html,x) "
                                               "1 < 2"))
    notebook.cells.append(v4.new_raw_cell("<script>x</script>", metadata={"raw_mimetype": "text/html"}))
    notebook.metadata["title"] = "<script>"
    notebook.metadata["language_info"] = {"name": "<script>", "mimetype": "<script>"}
    graded = grade(fixture.data(notebook), fixture.SOURCE, limits=QUICK)
    text = str(graded.notebook)
    assert "<script" not in text and "javascript:" not in text and "data:text" not in text and "1 < 2" in text


def test_a_submission_reads_and_writes_nothing_of_the_instructors(tmp_path):
    secret = tmp_path / "gradebook.db"
    secret.write_text("MARKER-" + "97531")
    os.chmod(tmp_path, 0o777)
    os.chmod(secret, 0o666)
    code = f"""import os, glob, sys
print("UID", os.getuid(), sorted(os.listdir("/")))
for path in [{str(secret)!r}, "../../../source", "/proc/self/environ", "/proc/1/mem", "/etc/passwd", "/root", "/home"]:
    try: print(path, open(path).read()[:20] if not os.path.isdir(path) else os.listdir(path))
    except OSError as error: print("refused", path, type(error).__name__)
found = []
for folder, folders, names in os.walk("/"):
    folders[:] = [f for f in folders if f not in ("usr", "lib-dynload", "site-packages", "x86_64-linux-gnu")]
    found += [os.path.join(folder, n) for n in names if n in ("judge.py", "gradebook.db", "small.py")
              or n.endswith(".ipynb") and "solutions" in folder]
print("FOUND", found)
for path in [{str(secret)!r}, sys.prefix + "/lib/numpy.py", "/etc/x", "/new", os.path.dirname(np.__file__) + "/x.py"]:
    try: open(path, "w").write("98 of 3"); print("WROTE", path)
    except OSError: pass
print("ENV", sorted(os.environ))"""
    text = shown(graded_with(code, limits=replace(QUICK, cell_seconds=60, notebook_seconds=90)), "gradebook")
    assert "97531" not in text and "WROTE" not in text and "FOUND []" in text
    assert secret.read_text() == "MARKER-97531"
    for word in ("PWD", "USER", "SSH", "TOKEN", "VIRTUAL_ENV", "PYTEST"):
        assert word not in text.split("ENV", 1)[1].split("stderr")[0]


def test_a_submission_has_no_network():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as local, \
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        local.bind("\0crease-test")
        local.listen()
        udp.bind(("127.0.0.1", 0))
        udp.settimeout(0.2)
        code = f"""import socket, urllib.request
def trial(name, action):
    try: action(); print("GOT", name)
    except OSError as error: print("refused", name)
trial("tcp", lambda: socket.create_connection(("127.0.0.1", {server.getsockname()[1]}), 1))
udp = ("127.0.0.1", {udp.getsockname()[1]})
trial("udp", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", udp))
trial("abstract", lambda: socket.socket(socket.AF_UNIX).connect("\\0crease-test"))
trial("web", lambda: urllib.request.urlopen("http://127.0.0.1:{server.getsockname()[1]}", timeout=1))
trial("raw", lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW))"""
        text = shown(graded_with(code), "urllib")
        assert "GOT" not in text and text.count("refused") == 5
        with pytest.raises(TimeoutError):
            udp.recv(10)


def test_shadow_modules_change_nothing():
    code = """import os, sys, site
for folder in {".", *filter(os.path.isdir, sys.path)}:
    for name in ("numpy.py", "crease.py", "sitecustomize.py", "usercustomize.py", "conftest.py", "IPython.py"):
        try: open(os.path.join(folder, name), "w").write("raise SystemExit('owned')")
        except OSError: pass
class Fake: allclose = array_equal = asarray = lambda *a, **k: True
sys.modules["numpy"] = sys.modules["crease.check"] = sys.modules["crease"] = Fake()"""
    graded_with(code, place=len(fixture.LESSON.cells))
    lost = {r.test for r in graded_with(code, relu=WRONG, passing=False).tests if r.status != "passed"}
    assert {"test_relu_basics", "test_relu_hidden"} <= lost


def test_an_orphan_daemon_is_gone_when_the_grading_is_over():
    code = """import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        import ctypes
        ctypes.CDLL(None).prctl(15, b"orphan-9753", 0, 0, 0)
        while True: time.sleep(1)
    os._exit(0)
time.sleep(0.2)"""
    graded_with(code)
    assert not subprocess.run(["pgrep", "-x", "orphan-9753"], capture_output=True).stdout


def test_scratch_space_is_private_and_gone():
    write = """import os
for folder in ("/tmp", "/dev/shm", os.path.expanduser("~"), "/var/tmp"):
    try: open(folder + "/left-behind", "w").write("hidden")
    except OSError: pass
print("PUT")"""
    graded_with(write)
    look = write.replace('open(folder + "/left-behind", "w").write("hidden")', 'print("SEEN", os.listdir(folder))')
    text = shown(graded_with(look), "SEEN")
    assert "left-behind" not in text
    assert not os.path.exists("/tmp/left-behind") and not os.path.exists("/dev/shm/left-behind")


def test_what_a_function_sees_in_a_hidden_test_never_reaches_an_output():
    spy = """import os, mmap
page, (r, w) = mmap.mmap(-1, 1 << 16), os.pipe()
os.set_blocking(r, False)
def relu(x):
    note = repr(np.asarray(x).tolist()).encode()
    page.write(note)
    os.write(w, note)
    for folder in ("/tmp", "/dev/shm", "."):
        with open(folder + "/seen", "ab") as f: f.write(note)
    print(note); raise_it = note
    return np.maximum(x, 0)"""
    tell = """import time
time.sleep(0.2)
page.seek(0); print(page.read(999).strip(b"\\0"))
for folder in ("/tmp", "/dev/shm", "."):
    try: print(open(folder + "/seen").read())
    except OSError as error: print(error)
try: print(os.read(r, 999))
except OSError as error: print(error)"""
    graded_with(tell, place=len(fixture.LESSON.cells) - 2, relu=spy)


def test_what_a_hidden_test_told_is_not_there_when_a_visible_message_is_made():
    spy = """def relu(x):
    with open("/tmp/seen", "a") as f: f.write(repr(np.asarray(x).tolist()))
    return np.maximum(x, 0)"""
    tell = """def scale(x, factor=2.0):
    import os, time
    raise ValueError(open("/tmp/seen").read() + str(os.listdir("/tmp")))"""
    graded = grade(fixture.data(fixture.answered(relu=spy, scale=tell)), fixture.SOURCE, limits=QUICK)
    leaked(graded)
    rows = {r.test: r for r in graded.tests}
    assert "-0.5" in rows["test_scale_basics"].message and [r.test for r in graded.tests] == list(fixture.POINTS)


@pytest.mark.parametrize("code", [
    "def relu(x): raise ValueError(str(np.asarray(x).tolist()))",
    "def relu(x):\n    if np.ndim(x) > 1: return type('X' + str(np.asarray(x).flat[0]).replace('.', '_'), (), {})()\n"
    "    return np.maximum(x, 0)",
    "def relu(x):\n    raise type('E' + str(np.asarray(x).flat[0]), (ValueError,), {})()",
    "def relu(x):\n    import warnings; warnings.warn('overflow ' + str(np.asarray(x).tolist()), RuntimeWarning)\n"
    "    return np.abs(x)"])
def test_nothing_that_a_function_says_in_a_hidden_test_is_shown(code):
    graded = grade(fixture.data(fixture.answered(relu=code)), fixture.SOURCE, limits=QUICK)
    leaked(graded)
    hidden = next(r for r in graded.tests if r.test == "test_relu_hidden")
    assert hidden.status == "failed" and "31" not in hidden.hint and hidden.message == ""


def test_neighbours_graded_at_the_same_time_are_untouched():
    code = ("import concurrent.futures, sys, json; sys.path[:0] = json.loads(sys.argv[1])\n"
            "import small as fixture; from judging import *; import attacks\n"
            "def one(name):\n    nb = fixture.answered(**attacks.BROKEN[name][0] if name else {})\n"
            "    return [r.status for r in grade(fixture.data(nb), fixture.SOURCE, limits=QUICK).tests]\n"
            "names = ['fork bomb', None, 'os._exit', None, 'stops everybody', None, 'thread bomb', None]\n"
            "with concurrent.futures.ProcessPoolExecutor(2) as pool: print(list(pool.map(one, names))[1::2])")
    import json
    done = subprocess.run([sys.executable, "-c", code, json.dumps([p for p in sys.path if p])], capture_output=True,
                          text=True, timeout=60)
    assert done.stdout.count("'passed'") == 4 * len(fixture.POINTS), done.stdout + done.stderr


def test_grading_works_from_several_threads():
    results = []
    threads = [threading.Thread(target=lambda: results.append(graded_with("1"))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 3


def test_a_killed_grader_takes_its_student_processes_along():
    code = ("import sys, json; sys.path[:0] = json.loads(sys.argv[1])\nfrom judging import *\n"
            "graded_with('import ctypes, time; ctypes.CDLL(None).prctl(15, b\"orphan-8642\"); print(1, flush=True);"
            "time.sleep(60)')")
    import json
    judge = subprocess.Popen([sys.executable, "-c", code, json.dumps([p for p in sys.path if p])])

    def alive():
        return subprocess.run(["pgrep", "-x", "orphan-8642"], capture_output=True).stdout

    for _ in range(400):
        if alive():
            break
        time.sleep(0.1)
    else:
        pytest.fail("the student process was never seen")
    judge.kill()
    judge.wait()
    for _ in range(20):
        if not alive():
            return
        time.sleep(0.1)
    pytest.fail("the student process outlived its grader")
