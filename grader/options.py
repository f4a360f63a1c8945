"""What the commands have in common: where they print, the options they share, and how bad input is answered."""

import contextlib
from pathlib import Path
from typing import Annotated, Optional

import typer
from rich.console import Console

from .console import clean
from .errors import UserError

out, err = Console(highlight=False, soft_wrap=True), Console(stderr=True, highlight=False, soft_wrap=True)
WAY_OUT = "See what holds here: python -m grader doctor. To grade all the same, add --unsafe."
ClassFolder = Annotated[Path, typer.Argument(metavar="CLASS", help="The class's folder.")]
Lessons = Annotated[Optional[list[str]], typer.Option("--lesson", help="Only this lesson, as 01_linear_collapse; may "  # noqa: UP045
                                                      "be repeated.")]
BySection = Annotated[bool, typer.Option("--by-section", help="One file for each section of the roster.")]
UnsafeFlag = Annotated[bool, typer.Option("--unsafe", help="Grade even where this machine offers no sandbox: the "
                                                         "submissions' code can then do what you can.")]


@contextlib.contextmanager
def in_words():
    """What is wrong with the input is said in words, with exit status 2."""
    try:
        yield
    except UserError as error:
        err.print("\n".join(clean(line) for line in str(error).splitlines()))
        raise typer.Exit(2) from None
    except PermissionError as error:
        err.print(clean(f"{error.filename}: no permission to read or write it."))
        raise typer.Exit(2) from None
    except OSError as error:
        err.print(clean(f"{error.filename or 'A file'}: {error.strerror or error}."))
        raise typer.Exit(2) from None
