"""The house is in order: no addresses, no path of a machine, small files, and imports that run down."""

import ast
import re
import subprocess

import pytest

from common import ROOT, committed


def test_no_download_address_and_no_path_of_a_machine_is_committed():
    bad = re.compile(rb"https?://[^ \"']*(\.whl|\.tar\.gz|/simple)|--(extra-)?index-url|/(root|home)/[a-z]+/|\bfile:///")
    for path in committed():
        if path.name != "test_house.py":
            assert not bad.search(path.read_bytes()), path


def test_crease_stays_small():
    folder = ROOT / "course" / "crease"
    sizes = {path: len(path.read_text().splitlines()) for path in folder.rglob("*.py")}
    assert max(sizes.values()) <= 250, sizes
    own = sum(size for path, size in sizes.items() if path.parent == folder)  # without its rooms
    assert 500 < own <= 1000


# The grader from its entrance down: what stands lower may not import what stands higher; a line may import sideways.
FLOORS = [
    ("__main__", "preprocessors"),
    ("reports", "intake", "doctor", "score", "handout", "author", "console", "options", "__init__"),
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
    """The modules of the package `root`, as tuples of their parts, that a file imports, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name.split(".") for alias in node.names]
            found |= {tuple(parts[1:]) or ("__init__",) for parts in names if parts[0] == root.name}
        if isinstance(node, ast.ImportFrom):
            base, module = path.parent.relative_to(root).parts, tuple(node.module.split(".") if node.module else ())
            if not node.level and module[0] != root.name:
                continue
            base = base[:len(base) - node.level + 1] + module if node.level else module[1:]
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


def test_imports_of_crease_run_down():
    """What a page, a figure or a widget needs is among crease's own files, and these know of none of them."""
    root = ROOT / "course" / "crease"
    floor = {"__init__": 4, "widgets": 3, "figures": 2, "page": 2, "hinting": 0}  # its own files: 1
    for path in sorted(root.rglob("*.py")):
        here = path.relative_to(root).with_suffix("").parts[0]
        for there in {module[0] for module in imports(path, root)}:
            assert floor.get(here, 1) >= floor.get(there, 1), f"{path} imports {there}"
            assert {here, there} != {"figures", "page"}, f"{path} imports {there}"


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
