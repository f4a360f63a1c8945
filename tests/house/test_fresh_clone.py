"""From a fresh clone, with nothing installed by hand, `make lab` answers with every lesson open-able."""

import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from browser import free_port
from common import ROOT

pytestmark = [pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a git checkout"), pytest.mark.timeout(900)]


def fetch(address):
    with urllib.request.urlopen(address, timeout=5) as answer:
        return json.load(answer)


def test_make_lab_from_a_fresh_clone(tmp_path):
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)
    # Not what this run's own environment has on its path, nor its variables.
    foreign = ("VIRTUAL_ENV", "PYTHONPATH", "NBGRADER", "JUPYTER")
    env = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
    env["JUPYTER_RUNTIME_DIR"] = str(tmp_path / "runtime")
    port = free_port()
    arguments = f"--no-browser --allow-root --port={port} --IdentityProvider.token=t"
    with open(tmp_path / "log", "w") as log:
        make = subprocess.Popen(["make", "lab", f"LAB_ARGS={arguments}"], cwd=clone, env=env, stdout=log, stderr=log,
                                start_new_session=True)
    try:
        for _ in range(1200):
            try:
                found = fetch(f"http://127.0.0.1:{port}/api/contents?token=t")
                break
            except OSError:
                assert make.poll() is None, (tmp_path / "log").read_text()
                time.sleep(0.5)
        assert "crease.page.server | extension was successfully loaded" in (tmp_path / "log").read_text()
        names = {item["name"] for item in found["content"]}
        lessons = sorted(path.stem for path in (clone / "solutions").glob("[0-9][0-9]_*.py"))
        assert lessons and {f"{lesson}.ipynb" for lesson in lessons} <= names
        for lesson in lessons:
            book = fetch(f"http://127.0.0.1:{port}/api/contents/{lesson}.ipynb?token=t")
            assert book["content"]["cells"]
        start = urllib.request.Request(f"http://127.0.0.1:{port}/api/kernels", b"{}", {"Authorization": "token t"})
        kernel = fetch(start)["id"]
        about = json.loads((tmp_path / "runtime" / f"kernel-{kernel}.json").read_text())
        assert about["curve_publickey"], "what goes to a kernel is not encrypted, and it will warn of that"
    finally:
        os.killpg(make.pid, signal.SIGTERM)
        make.wait(30)
    done = subprocess.run(["make", "-q", "setup"], cwd=clone, env=env)
    assert done.returncode == 0, "a second `make lab` would set up again"
    check = [clone / ".venv/bin/python", "-m", "grader", "check", f"solutions/{lessons[1]}.ipynb", "--json"]
    score = subprocess.run(check, cwd=clone, env=env, capture_output=True, text=True)
    report = json.loads(score.stdout)
    assert report["score"] == report["max_score"] > 0, score.stderr
