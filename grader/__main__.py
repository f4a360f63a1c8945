"""The command line: `python -m grader`."""

import contextlib
import json
import os
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Optional

from .errors import STOPPED, UserError

if __name__ == "__main__":  # until all below is imported, a second or so: no traceback
    signal.signal(signal.SIGINT, lambda *_: (os.write(2, f"{STOPPED}\n".encode()), os._exit(130)))
try:
    import typer
    from rich.table import Table
except ModuleNotFoundError as missing:
    sys.exit(f"{sys.executable} has no {missing.name}, which the grader needs. In the course's repository: make setup, "
             "then .venv/bin/python -m grader. For another environment: pip install '.[grader]' there.")

from .classroom.folder import Classroom
from .console import clean, shown
from .course import one_thread, tools_on_path
from .options import WAY_OUT, ClassFolder, Commands, Lessons, UnsafeFlag, err, in_words, out
from .reports import commands

app = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
                  help="Grade a class. A class is a folder of your own, a plain nbgrader course directory.")


@app.command()
def init(folder: ClassFolder, lesson: Lessons = None):
    """Make a class from the course's lessons, or add the lessons that an existing class lacks.

    A lesson of your own comes in from CLASS/source/NAME/NAME.ipynb, its mistakes from CLASS/mistakes/NAME.py.
    For example: python -m grader init ../my-class --lesson 01_linear_collapse --lesson 02_xor
    """
    from .classroom.create import init as make
    with in_words():
        added, kept, changed = make(folder, lesson or ())
    out.print(clean(f"{folder}: added {', '.join(added) or 'no lesson: it has them all'}."))
    for lesson in changed:
        out.print(clean(f"{lesson}: the class's source differs from the course's and was left as it is. To take the "
                        f"course's, delete source/{lesson} and release/{lesson} in the class and run init again."))
    if added and not kept and not changed:
        out.print(clean(f"Next: python -m grader collect {folder} SOURCE"))


@app.command()
def collect(folder: ClassFolder,
            source: Annotated[list[Path], typer.Argument(
                metavar="SOURCE", help="What the platform hands out: zips or folders of Canvas, Moodle, Blackboard, "
                "Brightspace, Gradescope, Google Takeout, clones of GitHub Classroom, nbgrader's inbound, or a folder "
                "student/lesson.ipynb.")],
            roster: Annotated[Optional[Path], typer.Option(  # noqa: UP045
                help="A CSV of who is in the class: id, name, email, or an export of the platform's. It is kept in the "
                     "class, and who is not on it is refused.")] = None,
            strangers: Annotated[bool, typer.Option("--strangers", help="Also take in who is on no roster.")] = False,
            mapping: Annotated[Optional[str], typer.Option(  # noqa: UP045
                "--map", metavar="REGEX", help="For other layouts: a regular expression for whole paths that names the "
                                               "student, and perhaps lesson and time: "
                                               "'(?P<student>[^/]+)/(?P<lesson>[^/]+)/.*'.")] = None,
            dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would go where.")] = False,
            as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for a script.")] = False):
    """Bring submissions into the class. A later one replaces an earlier one, which is kept in submitted/.earlier.

    For example: python -m grader collect ../my-class submissions.zip --roster roster.csv --dry-run
    """
    from .intake import collect as collecting
    from .intake import said
    with in_words():
        classroom = Classroom(folder)
        people = said.people(classroom, roster, dry_run)
        with err.status("collecting") if err.is_terminal else contextlib.nullcontext():
            done = collecting.Collected()
            for one in source:
                done.add(collecting.collect(classroom, one, people, dry_run, strangers, mapping))
    if as_json:
        print(json.dumps(said.as_json(classroom, done), indent=1))
    else:
        said.show(done, out, err, dry_run)
    if not done.placed:
        raise typer.Exit(2)


@app.command()
def run(folder: ClassFolder,
        lesson: Lessons = None,
        jobs: Annotated[Optional[int], typer.Option(min=1, help="How many at once; all cores by default.")] = None,  # noqa: UP045
        force: Annotated[bool, typer.Option("--force", help="Grade again what has not changed.")] = False,
        scheduler: Annotated[Optional[str], typer.Option(  # noqa: UP045
            metavar="ADDRESS", help="Grade on a dask.distributed cluster, as tcp://HOST:8786, in place of this "
                                    "machine's cores.")] = None,
        yes: Annotated[bool, typer.Option("--yes", help="Change grades that are given without asking: for "
                                                        "scripts.")] = False,
        unsafe: UnsafeFlag = False):
    """Grade what is new or changed. Writes scores.csv, totals.csv, feedback/, autograded/ and the gradebook.

    It may be stopped or killed at any time: run it again and it grades what is missing. A submission is graded anew
    when it, its lesson's source, Python, NumPy, crease or the code that judges has changed. Where class.toml, a
    lesson or the judge would change grades that are given, you see which, and are asked; --yes agrees.
    Each lesson's own solution is graded first; with one that has not all points nobody is graded.
    For example: python -m grader run ../my-class --lesson 01_linear_collapse --yes
    Exit status: 0 everything graded, 1 the grader failed on something, 2 bad input or lesson, 130 interrupted.
    """
    from .classroom import workers
    from .console import differences, summary
    from .errors import Unsafe
    from .judge.result import Status
    with in_words():
        classroom = Classroom(folder)
        if force or classroom.news():
            workers.warm_up()  # while this process imports nbgrader
        from .classroom import run as running
        try:
            with shown(err) as tick:
                report = running.run(classroom, lesson, jobs, unsafe, force, tick, scheduler,
                                     lambda pairs: (tick.stop(), differences(pairs, err, yes))[1])
        except Unsafe as error:
            raise UserError(f"{error}\n{WAY_OUT}") from None
        except KeyboardInterrupt:
            err.print("Stopped. What was graded is kept; run again to go on.")
            raise typer.Exit(130) from None
    summary(report, out)
    if report.faults:
        raise typer.Exit(2)
    if report.refused:
        err.print("These grades stay as they were. To change them run again with --yes.")
        raise typer.Exit(2)
    raise typer.Exit(1 if report.statuses[Status.GRADER_ERROR] else 0)


app.command()(commands.report)
app.command()(commands.export)
app.command()(commands.handback)


@app.command()
def release(target: Annotated[Path, typer.Argument(metavar="ZIP", help="The zip to write.")],
            classroom: Annotated[Optional[Path], typer.Option(  # noqa: UP045
                "--class", metavar="CLASS", help="Only the lessons in force in this class, its own too.")] = None,
            replace: Annotated[bool, typer.Option("--replace", help="Replace a file that is there.")] = False):
    """Write a zip for learners: the lessons and what they need, without solutions, tests and grader.

    For example: python -m grader release handout.zip --class ../my-class
    """
    from . import handout
    with in_words():
        with err.status("making the lessons") if err.is_terminal else contextlib.nullcontext():
            files = handout.write(target, replace, classroom)
    out.print(clean(f"{target}: {sum(name.endswith('.ipynb') for name in files)} lessons, {len(files)} files."))


@app.command()
def check(notebook: Annotated[Path, typer.Argument(metavar="NOTEBOOK", help="The notebook file.")],
          as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
          source: Annotated[Optional[Path], typer.Option(help="The solution notebook, if not the course's.")] = None,  # noqa: UP045
          author: Annotated[bool, typer.Option("--author", help="The notebook is a lesson's own solution: say what "
                                                                "keeps it from being one, cell by cell.")] = False,
          unsafe: UnsafeFlag = False):
    """Grade one notebook file. Exit status: 0 graded, 2 it could not be, or has faults as a lesson (--author).

    For example: python -m grader check --author ../my-class/source/08_mine/08_mine.ipynb
    """
    if author:
        return checked(notebook)
    from .errors import Unsafe
    from .judge import servers
    from .judge.result import Status, total
    from .notebook.recognise import which
    with in_words():
        data, lesson, path = which(notebook, source)
        servers.server()  # it starts while this process imports the rest
        from .judge.grade import grade
        try:
            graded = grade(data, path.read_bytes(), unsafe=unsafe)
        except ValueError as error:
            raise UserError(f"{path}: {error}") from None
        except Unsafe as error:
            raise UserError(f"{error}\n{WAY_OUT}") from None
    score, most = total(graded.tests)
    if as_json:
        fields = ("exercise", "test", "score", "max_score", "status", "hint", "more")
        print(json.dumps({"lesson": lesson, "score": score, "max_score": most,
                          "tests": [{name: getattr(test, name) for name in fields} for test in graded.tests]},
                         indent=1, ensure_ascii=sys.stdout.encoding.lower() not in ("utf-8", "utf8")))
    else:
        table = Table("exercise", "test", "points", "status", "hint", title=clean(lesson), box=None)
        for test in graded.tests:
            table.add_row(clean(test.exercise), clean(test.test), f"{test.score:g}/{test.max_score:g}",
                          test.status, clean(test.hint))
        out.print(table)
        out.print(f"{score:g} of {most:g} points")
    for note in graded.notes:
        err.print(clean(note))
    raise typer.Exit(2 if all(test.status == Status.NOT_GRADABLE for test in graded.tests) else 0)


def checked(path):
    """Look at a lesson as its author does."""
    from .author import examine
    with in_words(), err.status("grading it with itself") if err.is_terminal else contextlib.nullcontext():
        found = examine(path)
    for where, what, way in found.faults:
        err.print(clean(f"{found.lesson}, {where}: {what} {way}" if where else f"{found.lesson}: {what} {way}"))
    if found.holds:
        out.print(clean(f"{found.lesson}: {'; '.join(found.holds)}."))
    raise typer.Exit(2 if found.faults else 0)


@app.command()
def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print the layers as JSON, for a script.")] = False):
    """Try to break each layer of the sandbox, and say which hold on this machine.

    For example: python -m grader doctor --json
    """
    from .doctor import doctor as examine
    table = Table("layer", "holds", "how", box=None)
    with err.status("trying each layer") if err.is_terminal else contextlib.nullcontext():
        layers = examine()
    if as_json:
        print(json.dumps([asdict(layer) for layer in layers]))
        return
    for layer in layers:
        table.add_row(clean(layer.name), "yes" if layer.holds else "NO", clean(layer.how))
    out.print(table)
    out.print(f"{sum(layer.holds for layer in layers)} of {len(layers)} hold.")


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    tools_on_path()
    one_thread()
    os.environ.setdefault("NBGRADER_EXECUTION", "grader")  # no slider and no score cell comes alive in here
    app()
