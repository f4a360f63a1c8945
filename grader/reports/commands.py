"""The commands that look at a graded class: `report`, `export`, `handback`."""

import contextlib
from pathlib import Path
from typing import Annotated, Optional

import typer
from rich.table import Table

from ..classroom.folder import Classroom
from ..console import clean, shown
from ..options import BySection, ClassFolder, Lessons, err, in_words, out


def report(folder: ClassFolder,
           lesson: Lessons = None,
           similar: Annotated[bool, typer.Option("--similar", help="Also list answers that are much alike, for a "
                                                                   "person to look at.")] = False):
    """Write CLASS/report.html: how the class did, where it got stuck, what to look at. It opens offline.

    For example: python -m grader report ../my-class --lesson 01_linear_collapse --similar
    """
    from . import report as reporting
    with in_words(), shown(err, "lessons looked at") as tick:
        path = reporting.write(Classroom(folder), lesson, similar, lambda done, total: tick(done, total, None, {}))
    out.print(clean(path))


def export(folder: ClassFolder,
           kind: Annotated[str, typer.Option("--for", help="csv (a spreadsheet), canvas, moodle, brightspace or "
                                                       "blackboard.")] = "csv",
           lesson: Lessons = None,
           target: Annotated[Optional[Path], typer.Option(  # noqa: UP045
               "--out", help="The file; CLASS/export-KIND.csv by default.")] = None,
           by_section: BySection = False,
           replace: Annotated[bool, typer.Option("--replace", help="Replace a file that is there.")] = False,
           dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show the table.")] = False):
    """Write the scores as a file that a spreadsheet or a learning platform takes in.

    For example: python -m grader export ../my-class --for canvas --by-section
    """
    from . import export as exporting
    notes = []
    with in_words():
        classroom, target = Classroom(folder), target or Path(folder) / f"export-{kind}.csv"
        for name, among in parts(classroom, by_section):
            rows, said = exporting.export(classroom, kind, lesson, among)
            notes += said
            path = target.with_stem(f"{target.stem}{name}")
            if dry_run:
                show(rows, path.name if name else None)
            else:
                exporting.write(path, rows, kind, replace)
                out.print(clean(f"{path}: {len(rows) - 1} rows."))
    for note in dict.fromkeys(notes):
        err.print(clean(note))


def show(rows, title):
    """Print a table that would be written."""
    table = Table(*map(clean, rows[0]), box=None, title=title)
    for row in rows[1:]:
        table.add_row(*(clean(f"{cell:g}" if isinstance(cell, (int, float)) else cell) for cell in row))
    out.print(table)


def parts(classroom, by_section):
    """[(what a file's name ends in, students)] of the sections; one of everybody, unless `by_section`."""
    from ..classroom.gradebook import Book
    from ..classroom.roster import groups
    if not by_section:
        return [("", None)]
    with Book(classroom) as book:
        return groups(classroom, book.settings, book.students() | classroom.handed_in())


def handback(folder: ClassFolder,
             kind: Annotated[str, typer.Option("--for", help="canvas, moodle, brightspace, blackboard or folder.")],
             lesson: Lessons = None,
             worksheet: Annotated[Optional[Path], typer.Option(  # noqa: UP045
                 metavar="FILE", help="Moodle's grading worksheet, as downloaded: grades and comments are put into "
                                      "it.")] = None,
             target: Annotated[Optional[Path], typer.Option(  # noqa: UP045
                 "--out", metavar="FOLDER", help="The folder; CLASS/handback by default.")] = None,
             by_section: BySection = False,
             replace: Annotated[bool, typer.Option("--replace", help="Replace files that are there.")] = False,
             dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list what each zip would hold.")] = False):
    """Write a zip of feedback pages for each lesson, under the names by which the platform finds its students.

    For Moodle also its grading worksheet, for Blackboard a table with each student's feedback.
    For example: python -m grader handback ../my-class --for moodle --lesson 01_linear_collapse --worksheet grades.csv
    """
    from . import handback as handing
    notes = []
    with in_words():
        classroom, target = Classroom(folder), target or Path(folder) / "handback"
        with err.status("making pages") if err.is_terminal else contextlib.nullcontext():
            made = []
            for name, among in parts(classroom, by_section):
                parcels, said = handing.handback(classroom, kind, lesson, among, worksheet)
                made += [(target / f"{parcel.lesson}-{kind}{name}", parcel) for parcel in parcels]
                notes += said
        for path, parcel in made:
            written = [] if dry_run else handing.write(path, parcel, kind, replace)
            for one in written:
                count = f"{len(parcel.files)} pages" if one.suffix == ".zip" else f"{len(parcel.rows) - 1} rows"
                out.print(clean(f"{one}: {count}."))
            for name in sorted(parcel.files) if dry_run else ():
                out.print(clean(f"{path.name}.zip: {name}"))
    for note in dict.fromkeys(notes):
        err.print(clean(note))
    if not made:
        raise typer.Exit(2)
