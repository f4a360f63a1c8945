"""Ten thousand random files, texts, values and replies: the judge's own time for the worst, and its memory."""

import sys
import tracemalloc
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / "support"), str(ROOT / "solutions")]
import fuzzing  # noqa: E402

CASES = 2500


def measure():
    """{what: value}; raises what a case raises that it should not."""
    tracemalloc.start()
    for trial in fuzzing.TRIALS:
        fuzzing.run(trial, CASES)
    tracemalloc.stop()
    found = {"cases": CASES * len(fuzzing.TRIALS)}
    for name, (seconds, megabytes) in fuzzing.worst.items():
        found |= {f"{name}: slowest case, s": seconds, f"{name}: most memory of a case, MB": megabytes}
    return found


if __name__ == "__main__":
    print(measure())
