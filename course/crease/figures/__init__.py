"""The figures of the lessons, one file a lesson: pure functions from parameters to a matplotlib Figure."""
