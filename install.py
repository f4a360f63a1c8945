"""Set the course up in .venv: `python3 install.py` (Windows: `py install.py`). `make setup` runs it.

With --dev, what `make test`, `make build` and `make bench` use comes on top. The packages are put in by uv, which takes
seconds and comes from PyPI like the rest; where it cannot be had, or fails, pip does the same in a minute or two.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.abspath(os.environ.get("VENV") or os.path.join(ROOT, ".venv"))
BIN = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin")
EXE = ".exe" if os.name == "nt" else ""
PYTHON = os.path.join(BIN, "python" + EXE)
ROOM = 700  # MB
UV = os.path.join(VENV, "uv")  # a folder that goes again: 40 MB that the course does not need
PIP = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
# Imported once, so that there are bytecode and a list of fonts for the first kernel and for the judge, whose sandbox
# can write neither. pip's own bytecode, 7 MB, goes: hardly anybody calls it again.
FIRST = """
import importlib, pathlib, pkgutil, shutil
import anywidget, ipykernel.kernelapp, ipykernel.zmqshell, matplotlib.font_manager, matplotlib.pyplot
import crease.figures, grader.score
for module in pkgutil.iter_modules(crease.figures.__path__):
    importlib.import_module("crease.figures." + module.name)
for folder in list(pathlib.Path(importlib.util.find_spec("pip").origin).parent.rglob("__pycache__")):
    shutil.rmtree(folder)
"""


def main(arguments):
    if set(arguments) - {"--dev"}:
        sys.exit(__doc__)
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is run by whatever Python is there
        sys.exit("Crease needs Python 3.11 or newer, and this is {}.{}.".format(*sys.version_info))
    dev = "--dev" in arguments
    try:
        if not dev or not os.path.exists(PYTHON):
            environment()
        with uv() as found:
            if not dev or not os.path.exists(os.path.join(VENV, "etc", "jupyter")):
                course(found)
            if dev:
                with step("installing what tests and builds use"):
                    install(found, "-r", "requirements-dev.txt")
    except KeyboardInterrupt:
        sys.exit("\nStopped. Run the same command again: it begins anew.")


def environment():
    """An empty .venv."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        sys.exit("This Python has no venv module. On Debian or Ubuntu: sudo apt install python3-venv")
    place = os.path.dirname(VENV)
    if not os.access(place, os.W_OK):
        sys.exit(f"{VENV}: no permission to make this folder. Copy the course to a folder of your own, and run this "
                 "there.")
    left = shutil.disk_usage(place).free >> 20
    if left < ROOM:
        sys.exit(f"{VENV}: it takes up to {ROOM} MB, and its disk has {left} MB left. Make room, then run the same "
                 "command again.")
    with step("making " + VENV):
        run(sys.executable, "-m", "venv", "--clear", VENV)


@contextlib.contextmanager
def uv():
    """The path of uv for a while, in the locked version; "" where it cannot be had."""
    with step("fetching uv, which installs quickly"):
        locked = ["-c", "requirements-dev.txt", "--only-binary", ":all:", "--target", UV]
        done = subprocess.run(PIP + locked + ["uv"], cwd=ROOT, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield os.path.join(UV, "bin", "uv" + EXE) if done.returncode == 0 else ""
    finally:
        shutil.rmtree(UV, ignore_errors=True)


def course(found):
    """What learners and instructors use, the course's own two packages, and what a first start would wait for."""
    with step("installing the course's packages"):
        install(found, "-r", "requirements.txt")
        install(found, "--no-build-isolation", "-e", ".")
    with step("preparing the first start"):
        run(PYTHON, "-m", "crease.page.server")
        run(PYTHON, "-c", FIRST)


def install(found, *what):
    """By uv; where it is not there or fails (a private index that only pip is told of, say), by pip, which says why."""
    command = [found, "pip", "install", "--quiet", "--no-deps", "--python", PYTHON]
    variables = {**os.environ, "UV_SYSTEM_CERTS": "1"}  # a university's own certificate, too
    if found and subprocess.run(command + list(what), cwd=ROOT, env=variables, stdin=subprocess.DEVNULL,
                                capture_output=True).returncode == 0:
        return
    print(" with pip, a minute or two ...", end="", flush=True)
    run(*PIP, "--no-deps", *what)


def run(*command):
    # Bytecode is kept even where this shell says that none be written: a start without it takes twice as long.
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    apart = os.name != "nt"  # Ctrl+C then comes here alone, and each program does not print what it thinks of that
    with subprocess.Popen(command, cwd=ROOT, env=variables, stdin=subprocess.DEVNULL, start_new_session=apart) as child:
        try:
            code = child.wait()
        except BaseException:
            os.killpg(child.pid, signal.SIGKILL) if apart else child.kill()
            raise
    if code:
        raise subprocess.CalledProcessError(code, command)


@contextlib.contextmanager
def step(title):
    """Say what is being done, and then how long it took, or what to do now that it could not be done."""
    print("  " + title + " ...", end="", flush=True)
    start = time.monotonic()
    try:
        yield
    except subprocess.CalledProcessError:
        sys.exit(f"\nStopped while {title}: what went wrong stands above. If packages could not be downloaded, see "
                 "that this machine is online; then run the same command again.")
    except PermissionError as error:
        sys.exit(f"\nStopped while {title}: {error.filename}: {error.strerror}. Close JupyterLab if it runs there.")
    print(f" {time.monotonic() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
