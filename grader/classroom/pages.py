"""The feedback pages: made again where what counts is no longer what they show."""

import nbformat

from ..files import read_file, write_file
from ..judge.feedback import edition, feedback
from ..judge.result import Status


def refresh(classroom, results, totals, lessons):
    """Make the pages anew that show something else than `results` and `totals` say; how many."""
    sums = {(one.student, one.lesson): one for one in totals}
    made = 0
    for (student, lesson), result in results.items():
        if not result.handed_in or lesson not in lessons or (student, lesson) not in sums:
            continue
        path = classroom.folder / "feedback" / student / f"{lesson}.html"
        late = (result.late_days, sums[student, lesson].penalty)
        if edition(result.tests, result.notes, late).encode() in (read_file(path)[0] or b"")[:800]:
            continue
        notebook = nbformat.v4.new_notebook()
        data, _ = read_file(classroom.place("autograded", student, lesson) / f"{lesson}.ipynb")
        if data and not all(test.status == Status.NOT_GRADABLE for test in result.tests):
            try:
                notebook = nbformat.reads(data.decode(), as_version=4)
            except Exception:  # the page goes on without the answers
                pass
        page = feedback(student, lesson, result.tests, notebook, result.notes, classroom.lessons[lesson], late)
        write_file(path, page)
        made += 1
    return made
