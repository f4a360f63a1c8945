"""`init`: makes a class from the course's lessons, as a plain nbgrader course directory."""

from pathlib import Path

from ..course import repository, solutions, tools_on_path
from ..errors import UserError
from ..files import near, write_file
from . import lint, settings

STEPS = ("source", "release", "submitted", "autograded", "feedback")
CONFIG = '''"""nbgrader's settings for this class: submissions are executed and graded by the course's judge."""

from grader.classroom.plugin import configure

c = get_config()  # noqa: F821
configure(c)

# Due dates, the exchange and everything else of nbgrader's can be set below.
'''


def init(folder, named=()):
    """Make a class, or add the lessons that it lacks; returns (added, kept, changed since) as lists of lessons.

    Where the package alone is installed there are no lessons of the course's, and a class has only its own.
    named: only these lessons; else all of the course's for a new class, and those of class.toml for an old one.
    """
    tools_on_path()
    folder = Path(folder).absolute()
    sources = solutions()
    if not sources and not next((folder / "source").glob("*/*.ipynb"), None):
        raise UserError("No solutions/ was found here. Run this in the course's repository; or put a lesson of your "
                        f"own into {folder / 'source' / 'NAME' / 'NAME.ipynb'}, and run it again.")
    if any(c in str(folder) for c in "*?["):
        raise UserError(f"{folder}: nbgrader cannot work below a folder whose name holds * ? or [. Choose another.")
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{folder}: this is a file. Name a new folder.")
    new = not (folder / "nbgrader_config.py").exists()
    if new and folder.exists() and {path.name for path in folder.iterdir()} - {"source", "mistakes"}:
        raise UserError(f"{folder}: this folder is not empty and is no class. Name a new folder.")
    root = repository()
    if new and root and (root / "course").is_dir() and folder.is_relative_to(root):
        raise UserError(f"{folder}: this lies in the course's repository, where students' work could be published with "
                        f"it. Make the class beside it: python -m grader init ../{folder.name}")
    listed = lessons_of(folder, sources, named)
    if new:
        write_file(folder / "nbgrader_config.py", CONFIG)
    for step in STEPS:
        (folder / step).mkdir(parents=True, exist_ok=True)
    added, kept, changed = [], [], []
    for lesson in listed:
        path = sources[lesson]
        source = folder / "source" / lesson / path.name
        plain = without_outputs(path)
        if (folder / "release" / lesson / path.name).exists() and source.exists():
            (kept if source.read_bytes() == plain else changed).append(lesson)
            continue
        if not source.exists():
            write_file(source, plain)
        added.append(lesson)
    mine = own_lessons(folder, sources)
    generate_assignments(folder, [*added, *mine])
    write_settings(folder, [*listed, *mine])
    return [*added, *mine], kept, changed


def own_lessons(folder, sources):
    """The instructor's own lessons in source/ that are not released yet; refuses what is none."""
    found = []
    for path in sorted((folder / "source").glob("*/*.ipynb")):
        lesson = path.stem
        if lesson != path.parent.name or lesson in sources or (folder / "release" / lesson / path.name).exists():
            continue
        try:
            import nbformat
            wrong = lint.faults(nbformat.read(path, as_version=4))
        except Exception as error:
            raise UserError(f"{path}: this is no notebook ({type(error).__name__}). Put the lesson's solution notebook "
                            "there.") from None
        if wrong:
            said = "\n".join(f"{path}, {cell or 'the whole'}: {what} {way}" for cell, what, way in wrong)
            raise UserError(f"{said}\nMore about it: python -m grader check --author {path}")
        found.append(lesson)
    return found


def lessons_of(folder, sources, named):
    """The lessons of the course that a class is to have."""
    for lesson in named:
        if lesson not in sources:
            raise UserError(f"{lesson}: the course has no such lesson. {near(lesson, sources)}")
    if named:
        return [lesson for lesson in sources if lesson in named]
    path = folder / settings.NAME
    if not path.exists():
        return list(sources)
    there = [place.name for place in (folder / "source").glob("*")]
    held = settings.parse(path.read_text(encoding="utf-8-sig"), [*sources, *there], path)
    return held.in_force(sources)


def write_settings(folder, lessons):
    """Write class.toml, or add these lessons to it, where it lists any."""
    path = folder / settings.NAME
    old = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    there = [place.name for place in (folder / "source").glob("*")]
    held = settings.parse(old, [*lessons, *there], path) if old else None
    lessons = lessons if old else sorted({*lessons, *there})  # a class's own are in force too
    if held and not held.lessons:
        return
    name = folder.name.replace("\\", "").replace('"', "'")
    text = (old.rstrip() + "\n" if old else settings.START.format(name=name)) + "".join(
        settings.LESSON.format(lesson=lesson) for lesson in lessons if not held or lesson not in held.lessons)
    if text.strip() != old.strip():
        write_file(path, text)


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
