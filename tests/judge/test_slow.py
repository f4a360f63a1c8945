"""On a machine five times slower nobody who is right runs out of time."""

import json
import sys

import pytest

from common import ROOT
from slow import slowly

GRADE = """
import json, sys
from pathlib import Path
from grader.judge.grade import grade
graded = grade(Path(sys.argv[2]).read_bytes(), Path(sys.argv[1]).read_bytes(), unsafe=True)
print(json.dumps([[t.test, t.status, t.score, t.max_score] for t in graded.tests]))
"""


def graded(lesson, factor):
    """[[test, status, points, of how many]] of a lesson's own solution on a machine that is so many times slower."""
    source = str(ROOT / "solutions" / f"{lesson}.ipynb")
    said, _ = slowly([sys.executable, "-c", GRADE, source, source], factor, cwd=ROOT)
    return json.loads(said)


@pytest.mark.parametrize("lesson", ["03_activations"])
def test_a_right_answer_has_time_enough(lesson):
    assert [row for row in graded(lesson, 5) if row[1] != "passed"] == []
