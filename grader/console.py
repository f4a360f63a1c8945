"""How a run goes and went: a bar where somebody watches, a line now and then where it is a log, and the summary."""

import contextlib
import sys
import time

from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from .files import to_name

EVERY = 10.0  # seconds between the lines of a log


def clean(text):
    """Text that neither the terminal nor rich takes for a command."""
    return escape("".join(c if c.isprintable() else "\ufffd" for c in str(text)))


def counts(statuses):
    """The tests so far by their status, as words."""
    return ", ".join(f"{count} {status}" for status, count in sorted(statuses.items()))


@contextlib.contextmanager
def shown(console, words="graded", clock=time.monotonic):
    """Show progress on a console for the time of a `with`; gives the function to call after each step."""
    start = last = clock()
    bar = Progress(TextColumn(words), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
                   TimeRemainingColumn(), TextColumn("{task.description}"), console=console,
                   disable=not console.is_terminal)
    with bar:
        item = bar.add_task("", total=None, rate="")

        def tick(done, total, what, statuses):
            nonlocal last
            seconds = clock() - start
            rate = f"{done / seconds:.1f}/s" if done and seconds > 0 else ""
            bar.update(item, completed=done, total=total, rate=rate, description=clean(counts(statuses)))
            if not console.is_terminal and clock() - last >= EVERY and done < total:
                last = clock()
                left = f", about {seconds / done * (total - done):.0f} s left" if done else ""
                console.print(clean(f"{done} of {total} {words}, {rate or '0/s'}{left}: {counts(statuses)}"))
        tick.stop = bar.stop  # before a question is asked
        yield tick
    if console.is_terminal:
        console.print(f"{clock() - start:.0f} s")


def summary(report, out):
    """The summary of a run."""
    table = Table("lesson", "handed in", "missing", "mean", box=None)
    for lesson, shares in report.lessons.items():
        mean = f"{sum(shares) / len(shares):.0%}" if shares else ""
        table.add_row(lesson, str(len(shares)), str(report.missing[lesson]), mean)
    out.print(table)
    out.print("tests: " + ", ".join(f"{count} {status}" for status, count in sorted(report.statuses.items())))
    for student, lesson, status, words in report.trouble:
        out.print(f"{status}: {clean(to_name(student))}, {lesson}: {clean(words)}")
    for student, lesson in report.late:
        out.print(f"late: {clean(to_name(student))}, {lesson}")
    if report.unlisted:
        out.print(f"not in force, because class.toml does not list them: {', '.join(report.unlisted)}")
    from .classroom.grades import said_of
    for alarm in report.alarms:
        out.print(f"look at {said_of(alarm)}")
    for lesson, faults in report.faults.items():
        for test, words in faults:
            out.print(clean(f"{lesson}: nobody was graded with it, because its own solution fails {test}: {words}"))
        out.print(clean(f"Mend source/{lesson}/{lesson}.ipynb in the class, then run again."))
    out.print(f"{report.graded} graded, {report.unchanged} unchanged: {clean(report.scores)}")


def differences(pairs, console, yes=False, most=40):
    """Show which grades would change, before and after, and ask, unless `yes`; False where nobody can be asked."""
    table = Table("student", "lesson", "before", "after", box=None)
    for before, after in pairs[:most]:
        now = "" if after is None or after.total is None else f"{after.total:g}"
        table.add_row(clean(to_name(before.student)), before.lesson, f"{before.total:g}",
                      now or (after.state if after else "not in force"))
    console.print(table)
    more = f" ({len(pairs) - most} more rows are not shown)" if len(pairs) > most else ""
    students = len({before.student for before, _ in pairs})
    console.print(f"{len(pairs)} grades of {students} student{'' if students == 1 else 's'} would change{more}.")
    if yes:
        return True
    if not console.is_terminal or not sys.stdin.isatty():
        return False
    return console.input("Change them? [y/N] ").strip().lower() in ("y", "yes")
