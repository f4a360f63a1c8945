"""Every limit of a grading run, in one place. A limit that is hit is named in the report."""

from dataclasses import dataclass

MB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Seconds are wall-clock; sizes are bytes. The defaults are some ten times what an honest notebook needs."""

    cell_seconds: float = 90.0  # one cell of the student's, at most; see `Pace`
    test_seconds: float = 60.0  # one test, all its calls together, at most
    notebook_seconds: float = 600.0  # everything, replays after a crash included
    replays: int = 20  # student processes started anew after a crash or a timeout
    memory: int = 2048 * MB  # address space of each process of the student's, and all of them together
    processes: int = 64  # processes and threads, the judge's own snapshots included
    disk: int = 64 * MB  # scratch space (/tmp, /dev/shm and home together), and each file in it
    output_bytes: int = 100_000  # text that one cell may print
    picture_bytes: int = 4 * MB  # pictures of one cell
    notebook_bytes: int = 64 * MB  # the file handed in
    callbacks: int = 200_000  # calls of one callable that a test hands to the student's function, per call of it
    value_bytes: int = 64 * MB  # one value that crosses the channel: its arrays
    value_text: int = 4 * MB  # one value that crosses the channel: everything else in it
    value_items: int = 200_000  # numbers, texts and containers in it
    value_depth: int = 40  # lists within lists


@dataclass(frozen=True)
class Pace:
    """How long a cell or a test may take: the least, and more where the lesson's own takes long on this machine."""

    least: float = 5.0  # seconds
    times: float = 20.0  # the reference's own time
    unknown: float = 30.0  # a cell that the lesson does not have


HURRIED = Pace(1.0, 4.0, 2.0)  # what calls a function that has been found never to end
