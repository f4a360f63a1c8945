"""`init`: makes a class from the course's lessons, as a plain nbgrader course directory."""

from pathlib import Path

from ..course import solutions, tools_on_path
from ..errors import UserError
from ..files import write_file

STEPS = ("source", "release", "submitted", "autograded", "feedback")
CONFIG = '''"""nbgrader's settings for this class: submissions are executed and graded by the course's judge."""

from grader.classroom.plugin import configure

c = get_config()  # noqa: F821
configure(c)

# Due dates, the exchange and everything else of nbgrader's can be set below.
'''


def init(folder):
    """Make a class, or add the lessons that it lacks; returns (added, kept, changed since) as lists of lessons."""
    tools_on_path()
    folder = Path(folder).absolute()
    sources = solutions()
    if not sources:
        raise UserError("No solutions/ was found here. Run this in the course's repository, not in a learner's copy.")
    if any(c in str(folder) for c in "*?["):
        raise UserError(f"{folder}: nbgrader cannot work below a folder whose name holds * ? or [. Choose another.")
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{folder}: this is a file. Name a new folder.")
    new = not (folder / "nbgrader_config.py").exists()
    if new and folder.exists() and any(folder.iterdir()):
        raise UserError(f"{folder}: this folder is not empty and is no class. Name a new folder.")
    if new:
        write_file(folder / "nbgrader_config.py", CONFIG)
    for step in STEPS:
        (folder / step).mkdir(parents=True, exist_ok=True)
    added, kept, changed = [], [], []
    for lesson, path in sources.items():
        source = folder / "source" / lesson / path.name
        plain = without_outputs(path)
        if (folder / "release" / lesson / path.name).exists() and source.exists():
            (kept if source.read_bytes() == plain else changed).append(lesson)
            continue
        if not source.exists():
            write_file(source, plain)
        added.append(lesson)
    generate_assignments(folder, added)
    return added, kept, changed


def without_outputs(path):
    """The bytes of a notebook without its outputs, which a source needs not."""
    import nbformat
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return nbformat.writes(notebook).encode()


def generate_assignments(folder, lessons):
    """nbgrader's `generate_assignment`: the released notebooks, and the gradebook's list of graded cells."""
    from nbgrader.apps import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    from .plugin import configure
    api = NbGraderAPI(CourseDirectory(root=str(folder)), config=configure(Config()))
    for lesson in lessons:
        done = api.generate_assignment(lesson, force=True)
        if not done["success"]:
            said = "\n".join((done.get("error") or done.get("log") or "").strip().splitlines()[-4:])
            raise UserError(f"{lesson}: nbgrader could not release this lesson.\n{said}")
