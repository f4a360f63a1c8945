"""The tests are tested: the share of one-edit mutants of every reference solution that its checks refuse.

    python bench/mutants.py 03      lists the survivors of a lesson, each with why it is no gap

Exercises that are judged by a training are left out: their mutants are other answers, not wrong ones.
"""

import ast
import os
import sys
from pathlib import Path

os.environ.setdefault("NBGRADER_EXECUTION", "bench")
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "solutions")]

import build  # noqa: E402
from grader.hints.library import Library, bounded, quietly  # noqa: E402
from grader.hints.sealing import failing_calls  # noqa: E402
from grader.hints.variants import variants  # noqa: E402
from grader.notebook.lesson import Lesson  # noqa: E402

TRAINED = {"choose_init", "rescue_plan", "choose", "my_activation"}
# Survivors, by function and a part of the changed line, that compute the same, or differ where nothing is promised.
EXPLAINED = [
    ("", "-0.0", "minus zero is zero"),
    ("xavier_std", "fan_out, fan_in", "the two are added, in any order"),
    ("", "asarray(", "the next operation makes floats of the integers anyway"),
    ("", "h=-1e-05", "the central difference is the same for -h"),
    ("multiply_adds", "zip(widths[1:], widths)", "m · n is n · m"),
    ("product_readout", "return", "another plane that separates the four points"),
    ("sigmoid", "x > 0", "both sides are 1 / 2 at 0"),
    ("leaky_relu", "x >= 0", "both sides are 0 at 0"),
    ("elu", "x >= 0", "both sides are 0 at 0"),
    ("elu", "np.minimum(x, 1)", "the left side is used for x of 0 and below only"),
    ("unit_gradient", "d.T", "an array of one axis is its own transpose"),
    ("numerical_gradient", "[::-1]", "each place has its own slope, in any order"),
    ("numerical_gradient", "ones_like", "every place is written"),
    ("softplus", "pass", "np.abs and np.maximum make arrays of lists themselves"),
    ("speedup", "seed=1", "any generator will do, so any default seed"),
    ("speedup", "99", "any number of draws from 1000 on"),
    ("speedup", "2001", "any number of draws from 1000 on"),
    ("speedup", "np.percentile", "an interval that any generator may give is compared with a tolerance"),
]


NEVER_NEGATIVE = {"multiply_adds", "line_accuracy", "success_rate", "sigmoid", "sigmoid_prime", "relu", "relu_prime",
                  "softplus", "chain_bound", "shrink_factor", "layers_until", "xavier_std", "he_std", "dead_units",
                  "dead_fraction", "born_dead_bound", "softmax", "bce_with_logits"}


def explained(function, lines):
    """Why a survivor is no gap, or ""."""
    if function in NEVER_NEGATIVE and (lines.startswith("return np.abs(") or lines.endswith(", 0)")):
        return "the answer is never negative"
    return next((why for name, part, why in EXPLAINED if name in ("", function) and part in lines), "")


def survivors(lesson):
    """(number of mutants, [(function, sentence, the lines that differ)] of those that all checks accept)."""
    library, count, found = Library(Lesson(build.read_source(ROOT / "solutions" / f"{lesson}.py"))), 0, []
    for function, exercise in library.owner.items():
        if exercise in TRAINED:
            continue
        tests = [test for test in library.lesson.tests if library.lesson.exercise(test).grade_id == exercise]
        for sentence, code in variants(library.cells[exercise].source, [function]):
            names = dict(library.names)
            with quietly():
                try:
                    exec(compile(code, "<mutant>", "exec"), names)
                except Exception:
                    continue
                count += 1
                if all(accepts(library, test, {function: bounded(names[function])}) for test in tests):
                    found.append((function, sentence, changed(library.cells[exercise].source, code)))
    return count, found


def accepts(library, test, answer):
    """Whether a test lets these functions pass."""
    try:
        return failing_calls(library, test, answer, strict=True) is None
    except Exception:
        return False


def changed(before, after):
    """The lines of a mutant that the solution does not have."""
    tree = ast.parse(before)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.body = node.body[1:] or [ast.Pass()]
    known = ast.unparse(tree).splitlines()
    return " ; ".join(line.strip() for line in after.splitlines() if line not in known)


def measure():
    """Per lesson the share of mutants that are refused or known to be equivalent, and how many are neither."""
    rates = {}
    for path in sorted((ROOT / "solutions").glob("[0-9]*.py")):
        count, found = survivors(path.stem)
        open_ones = [one for one in found if not explained(one[0], one[2])]
        if count:
            rates[f"{path.stem[:2]} mutants"] = count
            rates[f"{path.stem[:2]} refused"] = 1 - len(found) / count
            rates[f"{path.stem[:2]} not explained"] = len(open_ones)
    return rates


if __name__ == "__main__":
    for path in sorted((ROOT / "solutions").glob("[0-9]*.py")):
        if path.stem[:2] in sys.argv[1:]:
            count, found = survivors(path.stem)
            print(f"{path.stem}: {count} mutants, {len(found)} survive")
            for function, sentence, lines in found:
                print(f"  {function}: {lines}  ({explained(function, lines) or 'NOT EXPLAINED: ' + sentence})")
