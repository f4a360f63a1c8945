"""`release`: the zip for learners, with the lessons and what they need, and nothing that tells the answers."""

import importlib.metadata
import io
import re
import tomllib
import zipfile
from pathlib import Path

import nbformat
from packaging.requirements import Requirement

from .course import package_folders, repository, solutions
from .errors import UserError
from .files import write_file

NAME = "crease-course"  # as it is installed
README = """# Crease

A Jupyter notebook course on the function that made deep learning work. With Python 3.11 or newer, in this folder:

    python3 -m venv .venv
    .venv/bin/python -m pip install -r requirements.txt
    cd course
    ../.venv/bin/python -m crease.page.server
    ../.venv/bin/jupyter lab {first}.ipynb

(On Windows `py` in place of `python3`, and `.venv\\Scripts\\` in place of `.venv/bin/`.) The line with
`crease.page.server` gives JupyterLab the course's settings, once. Work through the lessons in order, and hand in the
notebooks as your instructor says.

Code: MIT. Text, figures and questions: CC BY 4.0.
"""
SCORE = '''"""In place of the grader, which is your instructor's: the checks in the notebook are yours."""


def your_score(lesson):
    """Say where the score of a lesson comes from in this copy of the course."""
    print("Your instructor grades this notebook, hidden checks included. Until then the checks under each exercise "
          "tell you what is right and what to look at.")


if __name__ == "__main__":
    raise SystemExit("This is a learner's copy of the course: `python -m grader` is in the instructor's.")
'''


def write(target, replace=False, folder=None):
    """Write the zip; returns the names of what it holds. The same course gives the same bytes.

    folder: a class, whose lessons in force are handed out, its own among them, in place of all of the course's.
    """
    root, target = repository(), Path(target)
    if folder is None and (root is None or not (root / "course").is_dir()):
        raise UserError("No course/ was found here. Run this in the course's repository, or hand out a class's own "
                        "lessons with --class.")
    if target.is_dir():
        raise UserError(f"{target}: this is a folder. Name a zip in it: {target / 'crease.zip'}")
    if target.exists() and not replace:
        raise UserError(f"{target}: this file exists. Name another, or add --replace.")
    if not target.absolute().parent.is_dir():
        raise UserError(f"{target}: there is no folder {target.absolute().parent}. Make it first.")
    files = contents(root, None if folder is None else of_class(folder))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(f"crease/{name}")
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, files[name])
    write_file(target, held.getvalue())
    return sorted(files)


def of_class(folder):
    """{lesson: its solution notebook} of the lessons in force in a class."""
    from .classroom import own, settings
    from .classroom.folder import Classroom
    classroom = Classroom(folder)
    named = settings.read(classroom).in_force(list(classroom.lessons))
    if not named:
        raise UserError(f"{classroom.folder / settings.NAME}: no lesson is in force. Add a line [lessons.NAME] to it.")
    books = {name: nbformat.reads(classroom.lessons[name].decode("utf-8-sig"), as_version=4) for name in named}
    return own.lead_on({name: own.with_own_hints(book, classroom.folder, name) for name, book in books.items()})


def contents(root, books=None):
    """{path in the zip: bytes} of these {lesson: solution notebook}, else of the course's; root: None from a wheel.

    The lessons are made anew: those in course/ may hold an instructor's own answers.
    """
    from .notebook.release import release
    books = books or {path.stem: nbformat.read(path, as_version=4) for path in solutions().values()}
    readme = README.replace("{first}", next(iter(books)))
    texts = {"README.md": readme, "requirements.txt": slim_lock(root), "course/grader.py": SCORE}
    files = {name: text.encode() for name, text in texts.items()}
    package = root / "course" / "crease" if root else package_folders()[0]
    about = None if root else importlib.metadata.distribution(NAME)
    for name in ("LICENSE", "LICENSE-TEXT"):
        files[name] = (root / name).read_bytes() if root else about.read_text(f"licenses/{name}").encode()
    for name, book in books.items():
        notebook = release(book)
        notebook.metadata.language_info = {"name": "python"}  # not which Python executed the solution
        files[f"course/{name}.ipynb"] = (nbformat.writes(notebook) + "\n").encode()
    for path in sorted(package.rglob("*")):
        inside = Path("course", "crease", path.relative_to(package))
        hidden = any(part.startswith(".") or part == "__pycache__" for part in inside.parts)
        if path.is_file() and not hidden and path.suffix != ".ipynb":
            files[inside.as_posix()] = path.read_bytes()
    return files


def slim_lock(root):
    """The lines of the lock that a learner needs: the base dependencies and what they depend on, on any system.

    From a wheel, the versions that are installed here.
    """
    base = tomllib.loads((root / "pyproject.toml").read_text())["project"]["dependencies"] if root else [
        text for text in importlib.metadata.requires(NAME) if "extra ==" not in text]
    wanted, queue = set(), [Requirement(text).name for text in base]
    while queue:
        name = canonical(queue.pop())
        if name in wanted:
            continue
        wanted.add(name)
        try:
            needs = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:  # one for another system
            continue
        queue += [r.name for r in map(Requirement, needs) if r.marker is None or "extra" not in str(r.marker)]
    if root is None:
        here = {canonical(one.name): one.version for one in importlib.metadata.distributions()}
        return "".join(f"{name}=={here[name]}\n" for name in sorted(wanted & set(here)))
    lines = (root / "requirements.txt").read_text().splitlines()
    return "".join(f"{line}\n" for line in lines if canonical(Requirement(line).name) in wanted)


def canonical(name):
    """A package's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()
