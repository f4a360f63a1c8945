"""`check --author`: whether a notebook can be a lesson: its cells, its own solution, its release, its mistakes."""

from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from .classroom import lint
from .classroom.folder import with_mistakes
from .classroom.selftest import OwnTask, faults_of
from .errors import UserError
from .files import read_file
from .hints.library import Library
from .hints.sealing import failing_calls
from .judge.grade import grade
from .judge.result import Status
from .notebook.lesson import Lesson
from .notebook.release import release


@dataclass
class Examined:
    """What is wrong with a lesson, as (where, what, what to do), and what it holds, in words."""

    lesson: str
    faults: list = field(default_factory=list)
    holds: list = field(default_factory=list)


def examine(path):
    """Look at a lesson's solution notebook -> `Examined`. Mistakes are its own, or those of the class around it."""
    path = Path(path)
    if not path.exists():
        raise UserError(f"{path}: there is no such file.")
    if path.suffix == ".py":
        raise UserError(f"{path}: this is a text source. Build it (make build LESSONS={path.stem[:2]}), then check "
                        f"{path.with_suffix('.ipynb').name}.")
    data, problem = read_file(path.resolve())
    if data is None:
        raise UserError(f"{path}: {problem}")
    found, beside = Examined(path.stem), path.absolute().parent.parent.parent / "mistakes" / f"{path.stem}.py"
    try:
        data = with_mistakes(data, beside)
        notebook = nbformat.reads(data.decode("utf-8-sig"), as_version=4)
    except Exception as error:
        raise UserError(f"{path}: this is no notebook ({type(error).__name__}). Open it in JupyterLab, save "
                        "it, then check it again.") from None
    found.faults += lint.faults(notebook)
    if found.faults:
        return found
    lesson = Lesson(notebook)
    points = sum(test.points for test in lesson.graded)
    found.holds.append(f"{len(lesson.solutions)} exercises, {len(lesson.graded)} graded cells, {points:g} points")
    own = faults_of(OwnTask(path.stem, data))
    if "### BEGIN SOLUTION" not in data.decode() and any(words.startswith(Status.UNANSWERED) for _, words in own):
        raise UserError(f"{path}: this is a released notebook, with nothing answered. Check the source it was made "
                        f"from: solutions/{path.name}, or source/{path.stem}/{path.name} of a class.")
    found.faults += [(test or "the whole", f"its own solution fails: {words}", "Mend the test, or the solution.")
                     for test, words in own]
    if not own:
        found.holds.append("its own solution gets them all")
        of_release(found, notebook, data)
        of_mistakes(found, lesson)
    return found


def of_release(found, notebook, data):
    """Whether the released notebook, with nothing written, gets no points."""
    try:
        released = release(notebook)
    except Exception as error:
        found.faults.append(("the release", f"it cannot be made: {error}", "Mend the cell that it names."))
        return
    graded = grade(nbformat.writes(released).encode(), data, unsafe=True)
    free = [test.test for test in graded.tests if test.status == Status.PASSED]
    found.faults += [(test, "it passes with nothing written.", "Let it ask for what only an answer can give.")
                     for test in free]
    if not free:
        found.holds.append("its release, with nothing written, gets none")


def of_mistakes(found, lesson):
    """Whether right answers are accepted and wrong ones refused, where the lesson has its mistakes on file."""
    library = Library(lesson)
    try:
        exercises = library.exercises
    except Exception as error:
        found.faults.append(("its mistakes", f"{error}", "Mend that line."))
        return
    counts = {True: 0, False: 0}
    for name, exercise in exercises.items():
        tests = [test for test in lesson.tests if lesson.exercise(test).grade_id == name]
        for answer in exercise.answers:
            given = {function: answer.names[function] for function in answer.functions}
            failed = [test.grade_id for test in tests if failing_calls(library, test, given) is not None]
            counts[answer.right] += 1
            where = f"its mistakes, line {answer.line}"
            if answer.right and failed:
                found.faults.append((where, f"a right answer to {name} fails {failed[0]}.", "Mend the test, or it."))
            elif not answer.right and not failed:
                found.faults.append((where, f"this wrong answer to {name} passes every test.",
                                     "Add an input to a test on which it differs from the solution."))
    if exercises:
        found.holds.append(f"{counts[True]} right answers and {counts[False]} wrong ones on file")
