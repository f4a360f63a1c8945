"""Dependencies: one list, two locks and a conda file that agree with it, and imports that are all in it."""

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

from common import ROOT, committed

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONDA = {"matplotlib-base": "matplotlib", "jupyterlab_widgets": "jupyterlab-widgets"}  # conda-forge's names


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


def test_what_slows_every_start_of_jupyter_is_in_no_lock():
    assert "rfc3987-syntax" not in locked((3, 12), "requirements.txt", "requirements-dev.txt"), "see pyproject.toml"


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
    if re.match(r"course/|solutions/(mistakes/)?\d", path):
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
    # JupyterLab and its widgets are what learners open, the rest is imported: what nothing uses is no dependency.
    assert set(extras("grader", "cluster")) - used <= {"jupyterlab", "jupyterlab-widgets"}


def test_no_way_in_brings_the_widgets_that_lose_a_slider():
    assert not extras()["jupyterlab-widgets"].specifier.contains("3.0.17")


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
    kept = needed(extras()) | {"crease-course"}
    names = {name for name, held in importlib.metadata.packages_distributions().items()
             if not {canonicalize_name(dist) for dist in held} & kept}
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
