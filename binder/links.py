"""Print the Binder launch links of the repository this checkout came from: `python binder/links.py [REMOTE] [BRANCH]`.

One link for the course and one for each lesson, for whichever GitHub or GitLab repository a fork lives in.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
KINDS = {"github.com": "gh", "gitlab.com": "gl"}


def git(*command):
    """What a git command prints; "" where it fails, or there is no git."""
    if not shutil.which("git"):
        return ""
    done = subprocess.run(["git", *command], cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


def repository(remote):
    """(Binder's provider, repository as it stands in a link) of a git remote's address, or None."""
    found = re.fullmatch(r"(?:\w+://)?(?:[\w.-]+@)?([\w.-]+?)(?::\d+)?[:/]+(.+?)(?:\.git)?/?", remote)
    if not found or found[1] not in KINDS or "/" not in found[2]:
        return None
    kind = KINDS[found[1]]
    return kind, found[2] if kind == "gh" else quote(found[2], safe="")


def link(kind, name, branch, notebook):
    """The launch link that opens a notebook of course/ in JupyterLab."""
    return f"https://mybinder.org/v2/{kind}/{name}/{quote(branch, safe='')}?urlpath=lab/tree/course/{notebook}"


def main(remote="origin", branch=""):
    address = git("remote", "get-url", remote)
    if not address:
        sys.exit(f"This folder has no git remote called {remote}. Push it to GitHub or GitLab first, or name another "
                 "remote: python binder/links.py REMOTE")
    found = repository(address)
    if found is None:
        sys.exit(f"The remote {remote} is {address}: Binder launches repositories on {' and '.join(KINDS)}.")
    branch = branch or git("branch", "--show-current") or "HEAD"
    lessons = sorted(path.name for path in (ROOT / "course").glob("[0-9]*.ipynb"))
    print(f"[![Binder](https://mybinder.org/badge_logo.svg)]({link(*found, branch, lessons[0])})\n")
    for lesson in lessons:
        print(link(*found, branch, lesson))


if __name__ == "__main__":
    main(*sys.argv[1:3])
