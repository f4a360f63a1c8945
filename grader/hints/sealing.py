"""Makes the sealed hints of `crease/hints/`: what the visible check of an exercise sees of each mistake."""

from crease import check
from crease.hinting import hints, trail

from .alike import meant, on_arrays
from .kinds import VAGUE
from .library import parts, quietly, using


class Recorder:
    """A library that only remembers which calls led to a failure."""

    patience, give_time, doubted = 1, None, None

    def __init__(self):
        self.calls = None

    def about(self, name):
        """Nothing: only the calls matter."""
        return {}

    def guess(self, calls):
        """Remember the calls."""
        self.calls = list(calls)
        return "."


def failing_calls(library, test, answer, code=None, strict=False):
    """The calls of a test up to the one that fails with the functions `answer` ({name: f}); None if none does.

    code : in place of the test's own.  strict: raise what else the test raises.
    """
    recorder, names = Recorder(), dict(library.names)
    with quietly(), using(recorder):
        try:
            exec(library.lesson.needs(test)[0], names)
            names |= {n: library.names[n] for n in library.owner}
            names |= answer
            exec(code or test.code, names)
        except check.Failure:
            return recorder.calls or []
        except Exception:
            if strict:
                raise
            return None
    return None


def grouped(library, test, exercise):
    """([(calls, {hint})] of the listed mistakes, the same of the variants): what a test sees of each, told apart."""
    visible = compile(test.released, f"<{test.grade_id}>", "exec")
    written = [(answer.hint, {name: answer.names[name] for name in answer.functions})
               for answer in library.exercises[exercise].answers if not answer.right]
    varied = [(hint, {name: f}) for name, place in library.owner.items() if place == exercise
              for hint, f in library.varied(name)]
    levels = []
    for level in (written, varied):
        levels.append([])
        for hint, answer in level:
            for given in (answer, {name: on_arrays(f) for name, f in answer.items()}):
                if calls := failing_calls(library, test, given, visible):
                    name = calls[-1].name
                    right = library.names.get(name) if level is written else None
                    if not calls[-1].shape.startswith("!") or meant(given.get(name), calls[-1], right):
                        put(levels[-1], calls, hint)
    return levels


def put(groups, calls, hint):
    """Add a hint to the group with the same calls."""
    for known, said in groups:
        if len(known) == len(calls) and all(a.name == b.name and trail.agree(a, b) for a, b in zip(known, calls)):
            said.add(hint)
            return
    groups.append((calls, {hint}))


def sealed(library):
    """What `crease/hints/` gets of a lesson: an exercise's hints, sealed for what its visible check asks."""
    made = []
    for name in library.exercises:
        functions = [f for f, place in library.owner.items() if place == name]
        pairs, taken = [], []
        for test in library.lesson.tests:
            if library.lesson.exercise(test).grade_id != name or "check.call(" not in test.released:
                continue
            for level in grouped(library, test, name):
                for calls, said in level:
                    said = said - VAGUE if len(said) > 1 else said
                    before = len(taken)
                    if len(said) == 1:
                        put(taken, calls, "")
                    if len(taken) > before:
                        pairs.append((calls, *said))
        about = {"hint": library.exercises[name].hint, "more": library.exercises[name].more}
        about["parts"] = next((p for f in functions if (p := parts(library.names[f].__doc__ or ""))), [])
        made.append(hints.seal(functions, about, pairs))
    return made
