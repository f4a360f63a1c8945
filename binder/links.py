"""Print the launch links of the repository this checkout came from: `python binder/links.py [REMOTE [BRANCH [write]]]`.

One link to Binder for the course and one for each lesson, for whichever GitHub or GitLab repository a fork is in, with
the README's line of ways in; `write` (make links WRITE=1) puts that line into the README.
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


def start(kind, name, branch, notebook):
    """The README's line of ways in, with this repository's own addresses."""
    owner, _, repository = name.partition("/")
    ways = [f"[Binder]({link(kind, name, branch, notebook)})", "[on your computer](#on-your-computer)"]
    if kind == "gh":  # where .github/workflows/pages.yml publishes to
        site = "" if repository.lower() == f"{owner.lower()}.github.io" else f"{repository}/"
        ways = [f"[in a browser tab](https://{owner.lower()}.github.io/{site})", ways[0],
                f"[Codespaces](https://codespaces.new/{name})", ways[1]]
    return f"**Start now:** {' · '.join(ways)}"


def write(line, readme=ROOT / "README.md"):
    """Put that line into the README."""
    text = readme.read_text(encoding="utf-8")
    readme.write_text(re.sub(r"^\*\*Start now:\*\*.*$", lambda match: line, text, flags=re.M), encoding="utf-8")


def main(remote="origin", branch="", put=""):
    address = git("remote", "get-url", remote)
    if not address:
        sys.exit(f"This folder has no git remote called {remote}. Push it to GitHub or GitLab first, or name another "
                 "remote: python binder/links.py REMOTE")
    found = repository(address)
    if found is None:
        sys.exit(f"The remote {remote} is {address}: Binder launches repositories on {' and '.join(KINDS)}.")
    branch = branch or git("branch", "--show-current") or "HEAD"
    lessons = sorted(path.name for path in (ROOT / "course").glob("[0-9]*.ipynb"))
    line = start(*found, branch, lessons[0])
    print(f"[![Binder](https://mybinder.org/badge_logo.svg)]({link(*found, branch, lessons[0])})\n\n{line}\n")
    if put == "write":
        write(line)
    for lesson in lessons:
        print(link(*found, branch, lesson))


if __name__ == "__main__":
    main(*sys.argv[1:4])
