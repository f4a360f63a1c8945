"""Before anybody is graded with a lesson: its own solution, which must get all points. Once for each version of it."""

import hashlib
import json
from dataclasses import dataclass

from ..judge import remembered
from ..judge.result import Kind, Status
from ..judge.version import environment
from .workers import in_processes

FINE = (Status.PASSED, Status.BY_HAND)
KEEP = "INSERT OR REPLACE INTO crease_selftest VALUES (:lesson, :digest, :faults)"


@dataclass
class OwnTask:
    """A lesson to grade with itself."""

    lesson: str
    source: bytes


def faults_of(task):
    """A worker's part: [(test, what is wrong)] of a lesson's own solution; empty where it gets all points."""
    from ..judge.grade import grade
    try:
        graded = grade(task.source, task.source, unsafe=True, telling=True)  # the instructor's own code
    except Exception as error:
        return [("", f"{type(error).__name__}: {error}")]
    notes = "; ".join(note.text for note in graded.notes if note.kind == Kind.FAULT)
    return [(test.test, " ".join(filter(None, [f"{test.status}.", test.message or test.hint,
                                              notes if test.status == Status.GRADER_ERROR else ""])))
            for test in graded.tests if test.status not in FINE]


def faulty(book, lessons, workers):
    """{lesson: [(test, what is wrong)]} of those lessons whose own solution does not get all points."""
    import sqlalchemy  # a worker imports this file too
    digests = {lesson: hashlib.sha256(environment().encode() + book.classroom.lessons[lesson]).hexdigest()
               for lesson in lessons}
    rows = book.db.execute(sqlalchemy.text("SELECT lesson, digest, faults FROM crease_selftest"))
    known = {lesson: json.loads(faults) for lesson, digest, faults in rows if digests.get(lesson) == digest}
    known |= {lesson: [] for lesson, digest in digests.items()
              if lesson not in known and remembered.recalled(f"passed {digest}")}
    tasks = [OwnTask(lesson, book.classroom.lessons[lesson]) for lesson in lessons if lesson not in known]
    for task, faults in in_processes(tasks, workers, faults_of) if tasks else ():
        known[task.lesson] = [("", "The process that graded it died.")] if faults is None else faults
        if faults == []:
            remembered.keep(f"passed {digests[task.lesson]}", True)
        if faults is not None:
            book.db.execute(sqlalchemy.text(KEEP), {"lesson": task.lesson, "digest": digests[task.lesson],
                                                    "faults": json.dumps(faults)})
            book.db.commit()
    return {lesson: known[lesson] for lesson in lessons if known[lesson]}
