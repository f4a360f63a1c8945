"""The list of what a browser keeps of the site, and the service worker that keeps it: see offline.js."""

import hashlib
import json
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Python is kept by site/kernel/worker.js; the rest is never asked for: of a font in five formats, browsers take WOFF2.
NOT_KEPT = re.compile(r"\.gz$|/parts\.json$|(^|/)\.|\.LICENSE\.txt$|\.map$|/rspack\.config|/jupyterlite\.schema"
                      r"|/fa-[\w-]+\.(eot|svg|ttf|woff)$|^offline\.js$|^site\.\w+\.json$")


def group(path):
    """When a file is kept: with the first page that is read, with JupyterLite, or once it has been seen."""
    return "seen" if path.startswith("pictures/") else "lab" if path.startswith("lite/") else "read"


def write(folder):
    """Write the list and the service worker into the finished site; the version is a hash of the list."""
    groups = {"read": {}, "lab": {}, "seen": {}}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not NOT_KEPT.search(name):
            groups[group(name)][name] = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    text = json.dumps(groups)
    script = (HERE / "offline.js").read_text(encoding="utf-8")
    version = hashlib.sha256((text + script).encode()).hexdigest()[:8]
    (folder / f"site.{version}.json").write_text(text, encoding="utf-8")
    (folder / "offline.js").write_text(script.replace('VERSION = ""', f'VERSION = "{version}"'), encoding="utf-8")
