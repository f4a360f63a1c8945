"""The instructor's tool: `python -m grader`."""


def your_score(lesson):
    """Grade the saved notebook of `lesson` and show the result (score.py)."""
    from .score import your_score as show
    return show(lesson)
