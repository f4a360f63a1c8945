"""What ends a command with words in place of a traceback."""


class UserError(Exception):
    """Something is wrong with what was asked for; the text says what, and the way out."""


class Unsafe(RuntimeError):
    """This machine offers no sandbox, and nobody said that running the submission without one is fine."""
