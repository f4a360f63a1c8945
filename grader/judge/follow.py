"""Failures that follow from another exercise's: the test is tried once more with the lesson's own in that place."""

from ..hints.library import library_of
from .result import Status

REST = (Status.PASSED, Status.NOT_GRADABLE, Status.GRADER_ERROR, Status.BY_HAND)


def follow(rows, lesson, replay, passes):
    """Say of every lost test that passes with the lesson's own in place of earlier lost exercises that this is so.

    rows: {index of a test: `TestResult`}; changed in place, the scores not.  passes(test, {name: function}) -> bool.
    """
    lost = {}
    for test in lesson.tests:
        exercise = lesson.exercise(test)
        if exercise is not None and rows[test.index].status not in REST:
            lost[exercise.index] = exercise
    replay.replays = 0  # these are not the student's crashes
    for test in lesson.tests:
        exercise = lesson.exercise(test)
        if exercise is None or exercise.index not in lost or rows[test.index].status in REST:
            continue
        blamed = [lost[index] for index in sorted(replay.called_by(test) & lost.keys()) if index < exercise.index]
        if not blamed:
            continue
        known = library_of(lesson).names
        given = {name: known[name] for cell in blamed for name in cell.binds if callable(known.get(name))}
        if given and passes(test, given):
            rows[test.index].follows = [cell.grade_id for cell in blamed]
            names = " and ".join(f"`{cell.grade_id}`" for cell in blamed)
            one = "a right" if len(blamed) == 1 else "right"
            rows[test.index].hint = (f"This fails because {names} {'does' if len(blamed) == 1 else 'do'}. "
                                     f"With {one} {names} it passes.")
