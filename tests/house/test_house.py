"""The house is in order: one list of dependencies, no addresses, no machine's paths, a small helper module."""

import ast
import contextlib
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from common import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONDA = {"matplotlib-base": "matplotlib"}  # names that differ on conda-forge


def committed():
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    return [ROOT / f for f in files if f and (ROOT / f).is_file()]


def extras(*names):
    """{name in small letters: requirement} of the base dependencies and of the extras named."""
    texts = PROJECT["project"]["dependencies"]
    for name in names:
        texts = texts + PROJECT["project"]["optional-dependencies"][name]
    return {canonicalize_name(Requirement(text).name): Requirement(text) for text in texts}


def locked(python, *files):
    """{name: version} of the lock on a Python such as (3, 12), on Linux."""
    version = ".".join(map(str, python))
    environment = {"python_version": version, "python_full_version": f"{version}.0",
                   "sys_platform": "linux", "platform_system": "Linux", "platform_machine": "x86_64",
                   "implementation_name": "cpython", "platform_python_implementation": "CPython"}
    found = {}
    for line in "".join((ROOT / file).read_text() for file in files).splitlines():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate(environment):
            assert canonicalize_name(requirement.name) not in found, f"{line}: pinned twice"
            found[canonicalize_name(requirement.name)] = str(requirement.specifier)[2:]
    return found


@pytest.mark.parametrize("python", [(3, 11), (3, 12), (3, 13), (3, 14)])
def test_the_locks_pin_every_dependency_of_pyproject(python):
    course, everything = ["requirements.txt"], ["requirements.txt", "requirements-dev.txt"]
    for files, wanted in ((course, extras("grader")), (everything, extras("grader", "cluster", "dev"))):
        lock = locked(python, *files)
        for name, requirement in wanted.items():
            assert lock[name] in requirement.specifier, requirement


def test_what_only_tests_and_builds_use_is_not_in_the_learners_lock():
    lock = locked((3, 12), "requirements.txt")
    for name in ("playwright", "pytest", "jupytext", "distributed", "ruff", "jupyter-repo2docker", "uv"):
        assert name not in lock


def test_environment_yml_agrees_with_pyproject_and_the_lock():
    listed = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    pins = dict(item.split("=") for item in listed if isinstance(item, str) and "=" in item)
    python = tuple(map(int, pins.pop("python").split(".")))
    assert len(python) == 2 and python >= (3, 11)
    lock = locked(python, "requirements.txt")
    assert {CONDA.get(name, name) for name in pins} == set(extras("grader"))
    for name, pin in pins.items():
        assert (lock[CONDA.get(name, name)] + ".").startswith(pin + "."), name


def allowed(path):
    """The names of the packages that a file of the repository may import, by where it lies."""
    path = path.relative_to(ROOT).as_posix()
    if re.match(r"course/|solutions/(mistakes/|catalogue/)?\d", path):
        return set(extras())
    if path.startswith("grader/"):
        return set(extras("grader", "cluster"))
    return set(extras("grader", "cluster", "dev"))


def imported(tree):
    """The top-level modules that a file imports, without those it does without (in a `try` for ImportError)."""
    found, queue = set(), [tree]
    while queue:
        node = queue.pop()
        if isinstance(node, ast.Try) and any("ImportError" in ast.unparse(h.type) for h in node.handlers if h.type):
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module.split(".")[0])
        queue += ast.iter_child_nodes(node)
    return found


def test_every_direct_import_is_declared_where_it_is_used():
    files = [path for path in committed() if path.suffix == ".py"]
    own = {path.stem for path in files} | {path.parent.name for path in files}
    distributions = importlib.metadata.packages_distributions()
    undeclared, used = {}, set()
    for path in files:
        for module in imported(ast.parse(path.read_text())) - set(sys.stdlib_module_names) - own:
            names = {canonicalize_name(name) for name in distributions.get(module, [module])}
            used |= names
            if not names & allowed(path) and (module, path.name) != ("torch", "xor.py"):  # compared with, where it is
                undeclared.setdefault(module, []).append(str(path.relative_to(ROOT)))
    assert not undeclared
    # jupyterlab is what learners open, the rest is imported: a package that nothing uses is no dependency.
    assert set(extras("grader", "cluster")) - used <= {"jupyterlab", "nh3"}


def needed(names):
    """The names given and those of all that they need, in this environment."""
    found, queue = set(), list(names)
    while queue:
        name = canonicalize_name(queue.pop())
        if name not in found:
            found.add(name)
            with contextlib.suppress(importlib.metadata.PackageNotFoundError):  # one for another system
                wanted = map(Requirement, importlib.metadata.requires(name) or [])
                queue += [r.name for r in wanted if r.marker is None or r.marker.evaluate({"extra": ""})]
    return found


def test_your_score_needs_nothing_of_the_instructors(tmp_path):
    """A learner's environment has no nbgrader: graded with every package of the extras taken away."""
    names = {name for name, held in importlib.metadata.packages_distributions().items()
             if not {canonicalize_name(dist) for dist in held} & (needed(extras()) | {"crease-course"})}
    assert {"nbgrader", "sqlalchemy", "rich", "typer"} <= names
    shutil.copy(ROOT / "solutions" / "01_linear_collapse.ipynb", tmp_path)
    code = f"""import importlib.abc, sys
class Absent(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {names!r}:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Absent())
from grader import your_score
print(your_score("01_linear_collapse"))"""
    env = {name: value for name, value in os.environ.items() if not name.startswith("NBGRADER")}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert done.returncode == 0 and "14 of 14" in done.stdout, done.stdout + done.stderr


def test_no_download_address_and_no_path_of_a_machine_is_committed():
    bad = re.compile(rb"https?://[^ \"']*(\.whl|\.tar\.gz|/simple)|--(extra-)?index-url|/(root|home)/[a-z]+/|\bfile:///")
    for path in committed():
        if path.name != "test_house.py":
            assert not bad.search(path.read_bytes()), path


def test_crease_stays_small():
    folder = ROOT / "course" / "crease"
    sizes = {path: len(path.read_text().splitlines()) for path in folder.rglob("*.py")}
    assert max(sizes.values()) <= 250, sizes
    own = sum(size for path, size in sizes.items() if path.parent == folder)  # without figures and widgets
    assert 500 < own <= 1800


# The grader from its entrance down: what stands lower may not import what stands higher; a line may import sideways.
FLOORS = [
    ("__main__", "preprocessors"),
    ("reports", "intake", "doctor", "score", "handout", "console", "__init__"),
    ("classroom",),
    ("judge",),
    ("hints",),
    ("student", "notebook"),
    ("sandbox",),
    ("course", "files"),
    ("limits", "errors"),
]
APART = [("student", "notebook"), ("reports", "intake")]  # on one floor, and neither imports the other


def imports(path, root):
    """The modules within `root`, as tuples of their parts, that a file imports, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = path.parent.relative_to(root).parts
            base = base[:len(base) - node.level + 1] + tuple((node.module or "").split(".") if node.module else ())
            for alias in node.names:
                whole = (*base, alias.name)
                folder = root.joinpath(*whole)
                found.add(whole if folder.is_dir() or folder.with_suffix(".py").is_file() else base or ("__init__",))
    return found


def test_imports_of_the_grader_run_down():
    floor = {name: height for height, names in enumerate(reversed(FLOORS)) for name in names}
    for path in sorted((ROOT / "grader").rglob("*.py")):
        inside = path.relative_to(ROOT / "grader").with_suffix("").parts
        for module in imports(path, ROOT / "grader"):
            here, there = inside[0], module[0]
            assert floor[here] >= floor[there], f"{path} imports {'.'.join(module)}"
            assert (here, there) not in APART and (there, here) not in APART, f"{path} imports {'.'.join(module)}"


@pytest.mark.parametrize("root", ["grader", "course/crease"])
def test_no_circle_of_imports(root):
    root = ROOT / root
    reach = {path.relative_to(root).with_suffix("").parts: imports(path, root) for path in root.rglob("*.py")}
    reach = {name: {there for there in found if there in reach} for name, found in reach.items()}
    done, under_way = set(), []

    def visit(name):
        assert name not in under_way, [".".join(step) for step in [*under_way, name]]
        if name not in done:
            under_way.append(name)
            for there in sorted(reach[name]):
                visit(there)
            done.add(under_way.pop())
    for name in reach:
        visit(name)


def test_what_decides_a_score_counts_in_its_version():
    """All that the judge and the student's process import lies in the folders that `judge.version` hashes."""
    from grader.judge.version import FOLDERS
    root, todo, reached = ROOT / "grader", [("judge", "grade"), ("student", "forkserver"), ("student", "server")], set()
    while todo:
        reached.add(name := todo.pop())
        path = root.joinpath(*name).with_suffix(".py")
        todo += (imports(path, root) if path.is_file() else set()) - reached
    assert {("judge", "session"), ("notebook", "lesson"), ("student", "codec"), ("sandbox", "confine")} <= reached
    outside = {name[0] for name in reached} - set(FOLDERS)
    assert outside <= {"limits", "course", "files", "errors"}  # `limits` counts by its values


def test_crease_imports_neither_figures_nor_widgets():
    for path in (ROOT / "course" / "crease").glob("[!_]*.py"):  # __init__ is the entrance to all of it
        found = {module[0] for module in imports(path, ROOT / "course" / "crease")}
        assert not found & {"figures", "widgets"}, path


def test_course_imports_nothing_of_the_grader_but_your_score():
    for path in (ROOT / "course" / "crease").rglob("*.py"):
        assert not re.search(r"^\s*(from|import) grader", path.read_text(), re.M), path


def test_make_says_plainly_what_is_missing(tmp_path):
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    command = ["make", "setup", f"PYTHON={old}", f"VENV={tmp_path}/venv"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode != 0 and "needs Python 3.11 or newer" in done.stdout
