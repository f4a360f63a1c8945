"""Which cells of a submission need not be run: the lesson's own experiments and figures, on which no answer depends.

Nearly all of a lesson's time goes into them. A cell that the learner has not changed, that binds or changes nothing
that any other cell to be run reads, shows what the file says it showed.
"""

import ast
import re
from functools import lru_cache

from ..course import PACKAGES
from .names import used

# Code of the learner's own that may find a name without naming it: then every cell is run.
NAMES = re.compile(r"globals|locals|vars|dir|eval|exec|compile|get_ipython|inspect|exit|In|Out|_+\d*|_i+\d*")
REFLECTIVE = re.compile(r"^[ \t]*([%!?]|[\w.]+\?+[ \t]*$)|__(main|globals|dict)__|f_globals|import[ \t]+(inspect\b|\*)",
                        re.M)


def skippable(submitted, lesson):
    """The places of the submitted cells that need not be run."""
    own = {place for place, one in enumerate(submitted) if is_own(one)}
    mine = {place: one for place, one in enumerate(submitted)
            if place not in own and one.kind == "code" and not (one.match and one.match.role == "test")}
    if any(reflective(one) for one in mine.values()):
        return set()
    wanted = set().union(*(lesson.needs(test)[1] for test in lesson.tests),
                         *(used(one.source) or () for one in mine.values()))
    helpers = imports(lesson)
    while run := {place for place in own if touches(submitted[place].match, helpers) & wanted}:
        own -= run
        wanted = wanted.union(*(reads(submitted[place].match.statements) for place in run))
    return own


def is_own(one):
    """Whether this is a code cell of the lesson's own without points, as it was released, and plain Python."""
    cell = one.match
    return (cell is not None and cell.kind == "code" and cell.role in ("free", "locked") and bool(cell.statements)
            and one.source.strip() == cell.released.strip() and not REFLECTIVE.search(cell.source))


def reflective(one):
    """Whether the learner's own code might read any name at all."""
    if one.match is not None and one.source.strip() == one.match.released.strip():
        return False
    names = used(one.source)
    return names is None or bool(REFLECTIVE.search(one.source)) or any(map(NAMES.fullmatch, names))


def reads(found):
    """The global names that statements read."""
    return set().union(*(names for _, _, names in found))


def touches(cell, helpers):
    """Names that a lesson's cell binds, or whose objects it may change: those it calls a method of for its effect."""
    return cell.binds | cell.told - helpers


@lru_cache(32)
def imports(lesson):
    """Names that the lesson imports from the course: to call those changes nothing that is graded."""
    return {alias.asname or alias.name for cell in lesson.cells for statement, _, _ in cell.statements
            if isinstance(statement, ast.ImportFrom) and (statement.module or "").split(".")[0] in PACKAGES
            for alias in statement.names}
