"""What the commands have in common: where they print, the options they share, and how bad input is answered."""

import contextlib
import re
import sys
from pathlib import Path
from typing import Annotated, Optional

import typer
from rich.console import Console

from .console import clean
from .errors import STOPPED, UserError, problem_of

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
    """What is wrong with the input, or the machine, is said in words, with exit status 2."""
    try:
        yield
    except UserError as error:
        err.print("\n".join(clean(line) for line in str(error).splitlines()))
        raise typer.Exit(2) from None
    except OSError as error:
        err.print(clean(f"{error.filename or 'A file'}: {problem_of(error)}"))
        raise typer.Exit(2) from None


class Commands(typer.core.TyperGroup):
    """The commands; one that cannot be understood is answered with a sentence, and an example that can."""

    def main(self, *args, standalone_mode=True, **extra):
        """As typer's, but for what is said of an error, and of Ctrl+C, which typer makes status 130."""
        try:
            code = super().main(*args, standalone_mode=False, **extra)
        except Exception as error:
            context = getattr(error, "ctx", None)
            if not standalone_mode or context is None:
                raise
            if not error.format_message():  # no command at all: its help is what is said
                error.show()
                sys.exit(error.exit_code)
            example = re.search(r"For example: (.+)", context.command.help or "")
            more = f"For example: {example[1]}" if example else f"See: {context.command_path} --help"
            err.print(clean(f"{context.command_path}: {error.format_message()} {more}"))
            code = error.exit_code
        if code == 130:
            err.print(STOPPED)
        sys.exit(code or 0)
