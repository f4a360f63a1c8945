"""What a learner's kernel does when a cell cannot do its work: one calm line, and the cells below it run all the same.

A check that fails and a function that is not written yet are no errors of the page: each is said in place of a
traceback, and its cell counts as run, so that Run All reaches the last cell in every front end. In a grading run
nothing of this is installed: there an exception is what costs the points.
"""

import re
import symtable
import types
from collections import Counter

from IPython.display import display

from crease import check, say

missing = {}  # name -> why its cell has not run to its end
fails = Counter()  # text of a check's cell -> how often it has failed
said = []  # the exceptions that were said in place of a traceback


def install(shell):
    """Let `shell`, the learner's, speak so from now on."""
    if settle not in shell.events.callbacks["post_run_cell"]:
        shell.set_custom_exc((Exception,), handle)
        shell.events.register("post_run_cell", settle)


def handle(shell, kind, error, trace, tb_offset=None):
    """Say what happened in place of a traceback; of an error of the learner's own, show the learner's own lines."""
    steps = [trace]
    while steps[-1].tb_next:
        steps.append(steps[-1].tb_next)
    place, cell = steps[-1].tb_frame.f_code.co_name, shell.user_ns["In"][-1]
    gone = [name for name in names(cell)[1] if name in missing]
    if isinstance(error, check.Unanswered):
        line = say.Line("waiting", f"{error.problem} {error.hint}")
    elif isinstance(error, check.Failure):
        fails[cell] += 1
        line = say.Line("failed", error.problem, error.hint, error.more if fails[cell] > 1 else "")
    elif isinstance(error, NotImplementedError):
        what = "This cell" if place == "<module>" else f"`{place}`"
        line = say.Line("waiting", f"{what} is not written yet. Write it in its own cell, run that cell, then run this "
                                   "one again.")
    elif gone:
        line = say.Line("waiting", f"This cell needs `{gone[0]}`: {missing[gone[0]]}")
    elif isinstance(error, NameError) and place == "<module>" and re.search(r"^(check|quiz)\.", cell, re.M):
        line = say.Line("waiting", f"`{error.name}` is not there yet: run the cell that makes it, then this one.")
    else:
        own = None
        for step in reversed(steps):
            if step.tb_frame.f_globals is shell.user_ns:
                own = types.TracebackType(own, step.tb_frame, step.tb_lasti, step.tb_lineno)
        ran = not isinstance(error, SyntaxError)
        return shell.showtraceback((kind, error, own or trace), running_compiled_code=ran)
    said.append(error)
    display(line)


def settle(result):
    """After a cell: what was said counts as no error, and what the cell did not get to bind is noted."""
    if result is None or result.info is None:
        return
    if result.error_in_exec in said:
        waited, result.error_in_exec = True, None
        said.clear()
    else:
        waited = False
    error, made = result.error_before_exec or result.error_in_exec, names(result.info.raw_cell)[0]
    for name in made:
        missing.pop(name, None)
        check.broken.pop(name, None)
    if isinstance(result.error_before_exec, SyntaxError):
        why = f"its cell did not run, Python stops at line {error.lineno}: {error.msg}. Mend it and run it."
        check.broken.update(dict.fromkeys(made, why))
    elif waited:
        why = "its cell waits for a function that is not written yet."
    elif error is not None:
        why = f"its cell stopped with a {type(error).__name__}. Mend it and run it."
    else:
        return
    missing.update(dict.fromkeys(made, why))


def names(text):
    """(names that a cell binds, names that it reads); where it is no Python, those that it seems to bind."""
    try:
        top = symtable.symtable(text, "cell", "exec")
    except SyntaxError:  # a magic, too
        return {a or b for a, b in re.findall(r"^(?:def|class) +(\w+)|^(\w+) *=(?!=)", text, re.M)}, set()
    inner = {s.get_name() for part in top.get_children() for s in part.get_symbols() if s.is_global()}
    return ({s.get_name() for s in top.get_symbols() if s.is_assigned() or s.is_imported()},
            {s.get_name() for s in top.get_symbols() if s.is_referenced()} | inner)
