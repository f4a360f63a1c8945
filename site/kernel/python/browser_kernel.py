"""The kernel's Python side in a browser: IPython, told what to do turn by turn, that says everything as messages.

A turn's message lies in /home/.turn; every answer is one write to standard output: the length of the head (4 bytes),
the head as JSON, and its buffers. Types and contents are those of Jupyter's messages.
"""

import builtins
import getpass
import hashlib
import io
import json
import os
import struct
import sys
import time
import zlib

import browser_hash

ENVIRONMENT = {"HOME": "/home", "TMPDIR": "/tmp", "MPLBACKEND": "module://matplotlib_inline.backend_inline",
               "OPENBLAS_NUM_THREADS": "1", "IPYTHONDIR": "/tmp/ipython", "MPLCONFIGDIR": "/tmp/matplotlib"}
shell = comms = None
streams = []
held, held_since = {}, [0.0]  # display id -> its last change, not sent yet; when changes were last sent
saved = {}  # notebook -> when the learner last saved it, in seconds since 1970


def send(kind, content, metadata=None, buffers=(), channel="iopub"):
    """Write one message to the page."""
    for stream in streams:
        stream.flush()
    if kind != "update_display_data":
        release()
    buffers = [bytes(part) for part in buffers]
    head = json.dumps({"channel": channel, "type": kind, "content": content, "metadata": metadata or {},
                       "sizes": [len(part) for part in buffers]}, default=str).encode()
    sys.__stdout__.flush()
    os.write(1, struct.pack("<I", len(head)) + head + b"".join(buffers))


def release():
    """Send what is held back of displays that change: a page cannot draw a bar of progress anew at every step."""
    held_since[0] = time.monotonic()
    while held:
        send("update_display_data", held.pop(next(iter(held))))


class Stream(io.TextIOBase):
    """Standard output or error of the cells; what is printed is said a few times a second, and before all else."""

    encoding = "utf-8"

    def __init__(self, name):
        self.name, self.held, self.said = name, "", 0.0

    def write(self, text):
        """Keep a text, and say what is kept if the last time is a while ago."""
        self.held += text
        if time.monotonic() - self.said > 0.1:
            self.flush()
        return len(text)

    def flush(self):
        """Say what is kept."""
        text, self.held, self.said = self.held, "", time.monotonic()
        if text:
            send("stream", {"name": self.name, "text": text})

    def writable(self):
        return True


def asked(prompt="", *args, **kwargs):
    """In place of `input`, which would have to wait for the page."""
    raise EOFError("input() is not available in the browser. Put the value in the code.")


def make_shell():
    """IPython without a terminal, whose displays and errors are messages."""
    from IPython.core.displayhook import DisplayHook
    from IPython.core.displaypub import DisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    class Publisher(DisplayPublisher):
        def publish(self, data, metadata=None, *, transient=None, update=False, **kwargs):
            content = {"data": plain(data), "metadata": metadata or {}, "transient": transient or {}}
            if not update:
                return send("display_data", content)
            held[content["transient"].get("display_id")] = content
            if time.monotonic() - held_since[0] > 0.25:
                release()

        def clear_output(self, wait=False):
            send("clear_output", {"wait": wait})

    class Hook(DisplayHook):
        def write_output_prompt(self):
            pass

        def write_format_data(self, format_dict, md_dict=None):
            self.data = {"data": plain(format_dict), "metadata": md_dict or {}, "execution_count": self.prompt_count}

        def log_output(self, format_dict):
            pass

        def finish_displayhook(self):
            send("execute_result", self.data)
            super().finish_displayhook()

    class Shell(InteractiveShell):
        payloads = ()

        def enable_gui(self, gui=None):
            pass

        def init_virtualenv(self):
            pass

        def set_next_input(self, text, replace=False):
            self.payloads = [*self.payloads, {"source": "set_next_input", "text": text, "replace": replace}]

        def _showtraceback(self, etype, evalue, stb):
            send("error", {"ename": getattr(etype, "__name__", str(etype)), "evalue": str(evalue), "traceback": stb})

        def system(self, command):
            print("There is no command line in the browser: this line was skipped.", file=sys.stderr)

        system_raw = system_piped = system

    config = Config({"HistoryManager": {"enabled": False}, "Completer": {"use_jedi": False}})
    return Shell.instance(config=config, display_pub_class=Publisher, displayhook_class=Hook)


def plain(data):
    """A MIME bundle with bytes as base64."""
    from base64 import b64encode
    return {mime: b64encode(part).decode() if isinstance(part, bytes) else part for mime, part in data.items()}


def make_comms():
    """Widgets' messages go to the page."""
    import comm
    from comm.base_comm import BaseComm, CommManager

    class Comm(BaseComm):
        def publish_msg(self, msg_type, data=None, metadata=None, buffers=None, **keys):
            send(msg_type, {"data": data or {}, "comm_id": self.comm_id, **keys}, metadata, buffers or ())

    manager = CommManager()
    comm.create_comm = Comm
    comm.get_comm_manager = lambda: manager
    return manager


def stat_as_elsewhere(stat):
    """WASI finds a folder under the empty name, where others find nothing; and here it knows no times."""
    def found(path, *args, **kwargs):
        if path in ("", b""):
            raise FileNotFoundError(2, "No such file or directory", path)
        about = stat(path, *args, **kwargs)
        when = saved.get(os.path.basename(str(path)))
        return about if when is None else os.stat_result((*about[:7], when, when, when))
    return found


def unscramble(folder):
    """Make the solutions readable, which the site holds so that nobody comes across them: see site/runtime.py."""
    for name in os.listdir(folder):
        with open(f"{folder}/{name}", "rb") as file:
            data = file.read()
        with open(f"{folder}/{name}", "wb") as file:
            key = hashlib.shake_256(name.encode()).digest(len(data))
            file.write(zlib.decompress(bytes(a ^ b for a, b in zip(data, key))))


def start(fine):
    """Prepare everything, once. fine: how many pixels of a picture go to one of the page's."""
    global shell, comms
    os.environ.update(ENVIRONMENT, CREASE_FINE=str(fine))
    os.access = lambda *args, **kwargs: True  # WASI knows no permissions, and every folder here may be written to
    os.stat = stat_as_elsewhere(os.stat)
    hashlib.pbkdf2_hmac = browser_hash.pbkdf2_hmac
    unscramble("/lib/course/solutions")
    os.chdir("/home")
    comms = make_comms()
    shell = make_shell()
    sys.path.insert(0, "/home")
    shell.enable_matplotlib("inline")
    builtins.input = getpass.getpass = asked
    # Last: what goes wrong before this line, worker.js hears.
    sys.stdout, sys.stderr = streams[:] = Stream("stdout"), Stream("stderr")


def turn():
    """Do what the message in /home/.turn says."""
    with open("/home/.turn", "rb") as file:
        (length,) = struct.unpack("<I", file.read(4))
        message = json.loads(file.read(length))
        buffers = [file.read(size) for size in message.pop("sizes", [])]
    kind, content = message["type"], message["content"]
    saved.update(message.get("saved", {}))
    if kind.startswith("comm_"):
        heard = {"content": content, "buffers": [memoryview(part) for part in buffers],
                 "metadata": message.get("metadata", {})}
        getattr(comms, kind)(None, None, heard)
        for stream in streams:
            stream.flush()
    else:
        send(kind.replace("request", "reply"), ANSWERS[kind](content), channel="shell")


def execute(content):
    """Run a cell -> the content of the reply."""
    shell.payloads = ()
    result = shell.run_cell(content["code"], store_history=content.get("store_history", True),
                            silent=content.get("silent", False))
    shell.events.trigger("post_execute")
    error = result.error_before_exec or result.error_in_exec
    reply = {"execution_count": shell.execution_count - 1, "payload": list(shell.payloads), "user_expressions": {}}
    if error is None:
        return {"status": "ok", **reply}
    return {"status": "error", "ename": type(error).__name__, "evalue": str(error), "traceback": [], **reply}


def complete(content):
    """Completions at the cursor."""
    from IPython.utils.tokenutil import line_at_cursor
    code, place = content["code"], content["cursor_pos"]
    line, offset = line_at_cursor(code, place)
    found, matches = shell.complete("", line, place - offset)
    return {"status": "ok", "matches": matches, "cursor_start": place - len(found), "cursor_end": place, "metadata": {}}


def inspect(content):
    """What a name is."""
    from IPython.utils.tokenutil import token_at_cursor
    name = token_at_cursor(content["code"], content["cursor_pos"])
    try:
        data = shell.object_inspect_mime(name, detail_level=content.get("detail_level", 0))
    except KeyError:
        return {"status": "ok", "found": False, "data": {}, "metadata": {}}
    return {"status": "ok", "found": True, "data": data, "metadata": {}}


def is_complete(content):
    """Whether a cell's text is whole."""
    status, indent = shell.input_transformer_manager.check_complete(content["code"])
    return {"status": status, "indent": " " * (indent or 0)}


ANSWERS = {"execute_request": execute, "complete_request": complete, "inspect_request": inspect,
           "is_complete_request": is_complete}
