"""The instructor's tool: `python -m grader`."""

from .course import start_quickly

start_quickly()  # before anything imports nbformat: a worker's start would take half as long again


def your_score(lesson):
    """Grade the saved notebook of `lesson` and show the result (score.py)."""
    from .score import your_score as show
    return show(lesson)
