"""Hints from what a wrong answer does: a lesson's mistakes and small variants of its solutions, tried on its calls."""
