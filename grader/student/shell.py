"""The IPython shell that executes a submission's cells and collects what they show.

Nothing here is a defence: it runs in the student process, where the student's code may change all of it.
"""

import atexit
import builtins
import contextlib
import getpass
import importlib
import io
import os
import pkgutil
import random
import signal
import sys

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from ..course import PACKAGES, package_folders
from ..limits import Limits

REFUSED_MAGICS = ("bash", "sh", "script", "perl", "ruby", "cmd", "pip", "conda", "mamba", "micromamba", "uv",
                  "sx", "sc", "system", "javascript", "js")
CUT = "\n[the rest of this cell's output was cut: it was too long]\n"


class Outputs(list):
    """A cell's outputs in nbformat's form, up to the limits on text and pictures."""

    def __init__(self, limits):
        self.limits, self.text, self.pictures = limits, limits.output_bytes, limits.picture_bytes

    def stream(self, name, text):
        if self.text <= 0:
            return
        text = str(text)
        self.text -= len(text)
        if self.text <= 0:
            text = text[:self.text] + CUT if self.text else text + CUT
        if self and self[-1]["output_type"] == "stream" and self[-1]["name"] == name:
            self[-1]["text"] += text
        else:
            self.append({"output_type": "stream", "name": name, "text": text})

    def show(self, kind, data, metadata=None):
        kept = {}
        for mime, content in data.items():
            if mime in ("text/plain", "text/html") and len(str(content)) <= self.limits.picture_bytes:
                kept[mime] = str(content)
            elif mime in ("image/png", "image/jpeg"):
                kept[mime] = content if isinstance(content, str) else _base64(content)
        size = sum(map(len, kept.values()))
        if size > self.pictures:
            return self.stream("stderr", "[a picture was left out: this cell shows too many]\n")
        self.pictures -= size
        if kept:
            self.append({"output_type": kind, "data": kept})

    def error(self, name, value, traceback):
        lines, room = [], max(self.text, 2000)
        for line in traceback:
            lines.append(str(line)[:room])
            room -= len(lines[-1])
            if room <= 0:
                break
        self.append({"output_type": "error", "ename": str(name)[:200], "evalue": str(value)[:2000], "traceback": lines})


def _base64(content):
    from base64 import b64encode
    return b64encode(content).decode()


class Stream(io.TextIOBase):
    """Standard output or error of the cells."""

    encoding = "utf-8"

    def __init__(self, shell, name):
        self.shell, self.name = shell, name

    def write(self, text):
        self.shell.outputs.stream(self.name, text)
        return len(text)

    def writable(self):
        return True


class Publisher(DisplayPublisher):
    """Keeps what `display` shows."""

    def publish(self, data, metadata=None, **kwargs):
        self.shell.outputs.show("display_data", data, metadata)

    def clear_output(self, wait=False):
        self.shell.outputs.clear()


class Hook(DisplayHook):
    """Keeps the value of a cell's last line."""

    def write_output_prompt(self):
        pass

    def write_format_data(self, format_dict, md_dict=None):
        self.shell.outputs.show("execute_result", format_dict, md_dict)

    def log_output(self, format_dict):
        pass


def refusal(name):
    """A clear line in place of a magic that would leave Python."""
    def refused(line="", cell=None):
        print(f"%{name} is not available while grading: it was skipped.", file=sys.stderr)
    return refused


class Shell(InteractiveShell):
    """IPython without a terminal, a history or a kernel."""

    def __init__(self, limits):
        self.outputs = Outputs(limits)
        super().__init__(config=Config({"HistoryManager": {"enabled": False}}), colors="nocolor",
                         display_pub_class=Publisher, displayhook_class=Hook)
        for name in REFUSED_MAGICS:
            self.register_magic_function(refusal(name), "line_cell", name)
        sys.displayhook = self.displayhook
        sys.stdout, sys.stderr = Stream(self, "stdout"), Stream(self, "stderr")
        builtins.input = getpass.getpass = self.no_input
        # They would keep every shell until Python ends, with all that its cells made.
        for at_exit in (self.atexit_operations, self.magics_manager.registry["ScriptMagics"].kill_bg_processes):
            atexit.unregister(at_exit)

    def no_input(self, prompt="", *args, **kwargs):
        raise EOFError("input() is not available while grading: nobody is there to answer. Put the value in the code.")

    def enable_gui(self, gui=None):
        pass

    def init_virtualenv(self):
        pass

    def system(self, command):
        print("Shell commands are not available while grading: this line was skipped.", file=sys.stderr)

    system_raw = system_piped = system

    def getoutput(self, command, split=True, depth=0):
        self.system(command)
        return []

    def _showtraceback(self, etype, evalue, stb):
        self.outputs.error(getattr(etype, "__name__", etype), evalue, stb)

    def run(self, source, limits):
        """(the exception's type name or "", outputs) of one cell."""
        self.outputs = outputs = Outputs(limits)
        result = self.run_cell(source, store_history=True)
        error = result.error_before_exec or result.error_in_exec
        return type(error).__name__ if error is not None else "", outputs


def preload():
    """Import what notebooks use, make the shell, and keep the grader out of sight: the start of a student process."""
    import gc
    for name in (*modules(PACKAGES), "numpy.testing", "matplotlib.pyplot", "matplotlib_inline.backend_inline",
                 "ipywidgets", "scipy.special", "PIL.Image", "grader.student.server"):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    # Installed from a wheel it lies among the packages that notebooks use, and stays where they are.
    sys.path[:] = [path for path in sys.path if not os.path.isdir(os.path.join(path, "grader"))
                   or os.path.isdir(os.path.join(path, "numpy"))] + [""]
    # The last cell of a lesson asks for its score; it needs more of the grader than a student process has.
    sys.modules["grader"].your_score = lambda lesson: "Your score is shown here when you run this cell yourself."
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    shell = new_shell()
    gc.collect()
    gc.freeze()
    return shell


def modules(packages):
    """The names of these packages and of all modules in them."""
    for package, folder in zip(packages, package_folders()):
        yield package
        yield from (found.name for found in pkgutil.walk_packages([str(folder)], f"{package}."))


def new_shell():
    """The shell, with the same random numbers for every submission, and every time."""
    import numpy
    shell = Shell.instance(limits=Limits())
    shell.enable_matplotlib("inline")
    shell.run("None", Limits())
    random.seed(0)
    numpy.random.seed(0)
    return shell
