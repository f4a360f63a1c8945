"""How a run goes: a bar where somebody watches, a line now and then where it is a log."""

import contextlib
import time

from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

EVERY = 10.0  # seconds between the lines of a log


def counts(statuses):
    """The tests so far by their status, as words."""
    return ", ".join(f"{count} {status}" for status, count in sorted(statuses.items()))


@contextlib.contextmanager
def shown(console, clock=time.monotonic):
    """Show progress on a console for the time of a `with`; gives the function to call after each submission."""
    start = last = clock()
    bar = Progress(TextColumn("grading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
                   TimeRemainingColumn(), TextColumn("{task.description}"), console=console,
                   disable=not console.is_terminal)
    with bar:
        item = bar.add_task("", total=None, rate="")

        def tick(done, total, what, statuses):
            nonlocal last
            seconds = clock() - start
            rate = f"{done / seconds:.1f}/s" if done and seconds > 0 else ""
            bar.update(item, completed=done, total=total, rate=rate, description=escape(counts(statuses)))
            if not console.is_terminal and clock() - last >= EVERY and done < total:
                last = clock()
                left = f", about {seconds / done * (total - done):.0f} s left" if done else ""
                console.print(escape(f"{done} of {total} graded, {rate or '0/s'}{left}: {counts(statuses)}"))
        yield tick
    if console.is_terminal:
        console.print(f"{clock() - start:.0f} s")
