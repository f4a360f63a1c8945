"""JupyterLite with our kernel: where the lessons are worked on in the browser."""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import runtime

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
NAME = "crease-kernel"
EXTENSIONS = ("@jupyter-widgets/jupyterlab-manager", "anywidget")  # of this environment, which go with it
# What needs a server, what our kernel cannot do, and files that no lesson has: 10 MB of each page's memory.
IDLE = ("celltags csvviewer debugger extensionmanager hub logconsole lsp mermaid metadataform pdf pluginmanager "
        "terminal vega5 workspaces").split()
# JupyterLite's own service worker hands a kernel the notebooks' folder, which ours does not need, and would stand
# before the one of this site, which keeps it for later: see offline.js.
SETTINGS = {
    "jupyter-lite-schema-version": 0,
    "jupyter-config-data": {"appName": "Crease", "defaultKernelName": "python3", "exposeAppInBrowser": True,
                            "enableMemoryStorage": True,
                            "disabledExtensions": ["@jupyterlite/application-extension:service-worker-manager",
                                                   *(f"@jupyterlab/{name}-extension" for name in IDLE)]}}

TOOLBAR = {"@jupyterlab/notebook-extension:panel": {"toolbar": [
    {"name": "hand-in", "command": "crease:hand-in", "rank": 60},
    {"name": "fresh", "command": "crease:fresh", "rank": 61}]}}


def extension(folder):
    """Our kernel as an extension of JupyterLab, with the Python that it runs."""
    static = folder / NAME / "static"
    shutil.copytree(HERE / "kernel", static, ignore=shutil.ignore_patterns("python"))
    runtime.write(static)
    version = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(static.glob("*.js")))).hexdigest()[:8]
    (static / "extension.js").rename(static / f"extension.{version}.js")
    about = {"name": NAME, "version": "1.0.0", "jupyterlite": {"liteExtension": True}, "jupyterlab": {
        "extension": True, "_build": {"load": f"static/extension.{version}.js", "extension": "./extension"}}}
    (folder / NAME / "package.json").write_text(json.dumps(about))


def build(target, lessons):
    """Build JupyterLite with the released `lessons` into the folder `target`."""
    with tempfile.TemporaryDirectory() as scratch:
        stage = Path(scratch)
        (stage / "files").mkdir()
        for name in lessons:
            shutil.copy(ROOT / "course" / f"{name}.ipynb", stage / "files")
        extension(stage / "labextensions")
        installed = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
        for name in EXTENSIONS:
            shutil.copytree(installed / name, stage / "labextensions" / name)
        settings = ROOT / "course" / "crease" / "page" / "jupyter" / "share" / "jupyter" / "lab" / "settings"
        overrides = json.loads(next(settings.rglob("*.json")).read_text()) | TOOLBAR
        (stage / "overrides.json").write_text(json.dumps(overrides))
        (stage / "jupyter-lite.json").write_text(json.dumps(SETTINGS))
        (stage / "jupyter_lite_config.json").write_text(json.dumps({
            "LiteBuildConfig": {"contents": ["files"], "output_dir": str(target), "apps": ["lab"],
                                "no_sourcemaps": True, "no_unused_shared_packages": True,
                                "ignore_sys_prefix": True, "no_libarchive": True,
                                "settings_overrides": ["overrides.json"],
                                "cache_dir": str(stage / "cache")},
            "FederatedExtensionAddon": {"extra_labextensions_path": [str(stage / "labextensions")]}}))
        command = [sys.executable, "-m", "jupyterlite_core", "build"]
        done = subprocess.run(command, cwd=stage, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"JupyterLite could not be built:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
