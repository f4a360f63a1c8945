"""The house is in order: one list of dependencies, no addresses, no machine's paths, a small helper module."""

import re
import subprocess
import tomllib

import pytest
import yaml

from conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONDA = {"matplotlib-base": "matplotlib"}  # names that differ on conda-forge


def name_of(requirement):
    return re.match(r"[A-Za-z0-9_.-]+", requirement)[0].lower()


def committed():
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    return [ROOT / f for f in files if f and (ROOT / f).is_file()]


def locked(python):
    """{name: version} of the lock on a Python such as (3, 12), on Linux."""
    from packaging.requirements import Requirement
    version = ".".join(map(str, python))
    environment = {"python_version": version, "python_full_version": f"{version}.0",
                   "sys_platform": "linux", "platform_system": "Linux", "platform_machine": "x86_64",
                   "implementation_name": "cpython", "platform_python_implementation": "CPython"}
    found = {}
    for line in (ROOT / "requirements.txt").read_text().splitlines():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate(environment):
            found[requirement.name.lower()] = str(requirement.specifier)[2:]
    return found


@pytest.mark.parametrize("python", [(3, 11), (3, 12), (3, 13), (3, 14)])
def test_the_lock_pins_every_dependency_of_pyproject(python):
    from packaging.requirements import Requirement
    lock = locked(python)
    extras = PROJECT["project"]["optional-dependencies"].values()
    for text in PROJECT["project"]["dependencies"] + sum(extras, []):
        requirement = Requirement(text)
        assert lock[requirement.name.lower()] in requirement.specifier, text


def test_environment_yml_agrees_with_pyproject_and_the_lock():
    listed = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    pins = dict(item.split("=") for item in listed if isinstance(item, str) and "=" in item)
    python = tuple(map(int, pins.pop("python").split(".")))
    assert len(python) == 2 and python >= (3, 11)
    lock = locked(python)
    wanted = {name_of(d) for d in PROJECT["project"]["dependencies"]}
    assert {CONDA.get(name, name) for name in pins} == wanted
    for name, pin in pins.items():
        assert (lock[CONDA.get(name, name)] + ".").startswith(pin + "."), name


def test_no_download_address_and_no_path_of_a_machine_is_committed():
    bad = re.compile(rb"https?://[^ \"']*(\.whl|\.tar\.gz|/simple)|--(extra-)?index-url|/(root|home)/[a-z]+/|\bfile:///")
    for path in committed():
        if path.name != "test_house.py":
            assert not bad.search(path.read_bytes()), path


def test_crease_stays_small():
    sizes = {path: len(path.read_text().splitlines()) for path in (ROOT / "course" / "crease").rglob("*.py")}
    assert max(sizes.values()) <= 250, sizes


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
