"""Shared by all tests: where things lie, the lessons there are, and what is counted over a whole run."""

from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LESSONS = sorted(path.stem for path in (ROOT / "solutions").glob("[0-9][0-9]_*.py"))
tally = Counter()
