"""What ends a command with words in place of a traceback."""

import errno


class UserError(Exception):
    """Something is wrong with what was asked for; the text says what, and the way out."""


class Unsafe(RuntimeError):
    """This machine offers no sandbox, and nobody said that running the submission without one is fine."""


STOPPED = "Stopped. Nothing that was there is lost; run the same command again to go on."
AGAIN = "then run the same command again"
FULL = f"The disk is full. Make room, {AGAIN}."
CLOSED = "No permission to read or write it. Name a folder of your own, or ask whoever owns it."
SYSTEM = {
    errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EACCES: CLOSED, errno.EPERM: CLOSED,
    errno.EFBIG: "No file may grow so large here (ulimit -f).",
    errno.EROFS: "This disk can only be read. Name a folder on another.",
    errno.EISDIR: "This is a folder. Name a file.",
    errno.ENOTDIR: "A part of this path is a file. Name a folder there.",
    errno.ENAMETOOLONG: "This name is too long for this disk. Name a shorter one.",
}
GRADEBOOK = {
    "locked": f"Another program is writing in it. Close Formgrader, or wait for the other command, {AGAIN}.",
    "full": FULL,
    "readonly": CLOSED, "unable to open": CLOSED,
}


def problem_of(error: OSError) -> str:
    """What the system refused, as a sentence, and the way out."""
    return SYSTEM.get(error.errno or 0) or f"{error.strerror or error}."


def problem_of_gradebook(error: object) -> str:
    """What is wrong with a gradebook by what SQLite says, as a sentence, and the way out."""
    known = next((words for sign, words in GRADEBOOK.items() if sign in str(error)), None)
    return known or (f"the gradebook cannot be used: {error}. Restore it from a copy, or move it away and run `init` "
                     "again.")
