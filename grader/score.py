"""`your_score`: the last cell of a lesson. Grades the saved notebook and shows what came of it."""

import ast
import datetime
import html
import os
from pathlib import Path

from .course import solutions
from .files import read_file

LATER = "Your score is shown here when you run this cell yourself."


def your_score(lesson):
    """Grade the saved notebook of `lesson` in the working folder; the result shows itself in JupyterLab."""
    if os.environ.get("NBGRADER_EXECUTION"):
        return LATER
    path = Path(f"{lesson}.ipynb")
    if not path.is_file():
        return f"{path.name} is not in this folder ({Path.cwd().name}), so its score cannot be shown."
    solution = solutions().get(lesson)
    if solution is None:
        return "The hidden checks are not on this machine, so there is no score here. Hand the notebook in to get it."
    data, problem = read_file(path.resolve())
    if data is None:
        return f"{path.name}: {problem} Save it under this name in a folder of your own, and run this cell again."
    from .limits import Limits
    from .notebook.submission import NotGradable, read
    try:
        submitted, _ = read(data, Limits())
    except NotGradable:  # and why: `grade` says it
        submitted = []
    unsaved = changed(submitted)
    if unsaved:
        return Score(lesson, [], path, [], f"Save first (Ctrl+S), then run this cell again: the file has another "
                                           f"{', '.join(unsaved)} than the one you ran.")
    from .judge.grade import grade
    from .judge.result import Kind, Status
    from .notebook.recognise import by_names, grade_ids
    mine, source = {one.grade_id for one in submitted}, solution.read_bytes()
    found = by_names(mine, {lesson: grade_ids(source)})  # to read all lessons takes seconds in a browser
    found = found or by_names(mine, {name: grade_ids(known.read_bytes()) for name, known in solutions().items()})
    if found not in (lesson, None):
        return Score(lesson, [], path, [], f"{path.name} holds the cells of {found}: it was saved under another "
                                           f"lesson's name. Rename it to {found}.ipynb, and take a fresh copy of this.")
    graded = grade(data, source, unsafe=True)
    if graded.tests and all(test.status == Status.NOT_GRADABLE for test in graded.tests):
        return Score(lesson, [], path, [], graded.tests[0].hint)
    # Which protections hold says nothing to somebody who grades their own code.
    return Score(lesson, graded.tests, path, [note for note in graded.notes if note.kind != Kind.LAYER])


def changed(submitted):
    """What was run in this kernel and differs from the file's cells: names of functions, and the quiz's answers."""
    try:
        from IPython import get_ipython
        names = get_ipython().user_ns
        run = functions(names["In"])
    except (ImportError, AttributeError, KeyError):
        return []
    submitted = [one for one in submitted if one.kind == "code"]
    saved = functions(one.source for one in submitted)
    found = [name for name, texts in saved.items() if name in run and run[name][-1] not in texts]
    for one in submitted:
        answers = names.get("answers")
        if one.grade_id == "quiz" and isinstance(answers, dict) and answers and answers not in dicts(one.source):
            found.append("answers")
    return found


def dicts(cell):
    """The dicts that are written out in a cell."""
    found = []
    try:
        for node in ast.walk(ast.parse(cell)):
            if isinstance(node, ast.Dict):
                found.append(ast.literal_eval(node))
    except (SyntaxError, ValueError, TypeError):
        pass
    return found


def functions(cells):
    """{name: [text of every top-level definition, in order]}, comments and layout aside."""
    found = {}
    for cell in cells:
        try:
            tree = ast.parse(cell)
        except (SyntaxError, ValueError):
            continue
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                found.setdefault(node.name, []).append(ast.unparse(node))
    return found


def mark(tests):
    """✓ where all tests of an exercise passed, ○ where nothing is written yet, else ✗."""
    found = {test.status for test in tests}
    return "✓" if found == {"passed"} else "○" if found == {"unanswered"} else "✗"


def lost(tests):
    """A line for each test of an exercise that did not pass; one for all where nothing is written yet."""
    if mark(tests) == "○":
        return ["Not answered yet."]
    return [f"✗ {test.test}: {test.status}. {test.hint}" for test in tests if test.status != "passed"]


class Score:
    """A graded notebook that shows itself: as HTML in JupyterLab, else as text."""

    def __init__(self, lesson, tests, path, notes=(), warning=""):
        self.lesson, self.tests, self.warning = lesson, tests, warning
        saved = datetime.datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        self.saved = f"{'Graded as' if tests else 'Last'} saved on {saved:%d %B at %H:%M:%S}."
        self.notes = [str(note) for note in notes]
        self.score, self.most = sum(t.score for t in tests), sum(t.max_score for t in tests)

    def exercises(self):
        """[(exercise, its tests, score, highest score)] in order."""
        groups = {}
        for test in self.tests:
            groups.setdefault(test.exercise, []).append(test)
        return [(name, tests, sum(t.score for t in tests), sum(t.max_score for t in tests))
                for name, tests in groups.items()]

    def __repr__(self):
        if self.warning:
            return f"{self.warning}\n{self.saved}"
        lines = [f"{self.lesson}: {self.score:g} of {self.most:g} points"]
        for name, tests, score, most in self.exercises():
            lines.append(f"  {mark(tests)} {name}: {score:g} of {most:g}")
            lines += [f"      {line}" for line in lost(tests)]
        return "\n".join([*lines, self.saved, *self.notes])

    def _repr_html_(self):
        def say(text):
            return html.escape(str(text))
        if self.warning:
            return f'<p role="status"><strong>{say(self.warning)}</strong><br>{say(self.saved)}</p>'
        rows = []
        for name, tests, score, most in self.exercises():
            share = 100 * score / most if most else 0
            hints = "".join(f"<div>{say(line)}</div>" for line in lost(tests))
            rows.append(
                f'<tr><th scope="row" style="text-align:left;vertical-align:top">{mark(tests)} {say(name)}</th>'
                f'<td style="vertical-align:top;text-align:right;white-space:nowrap">{score:g} of {most:g}</td>'
                '<td style="vertical-align:top;text-align:left"><div aria-hidden="true" style="width:12em;height:.7em;'
                'margin-top:.3em;border:1px solid currentColor;border-radius:3px">'
                f'<div style="width:{share:.0f}%;height:100%;background:#2f7fc1"></div></div>{hints}</td></tr>')
        notes = "".join(f"<br>{say(note)}" for note in self.notes)
        return (f'<div><p><strong>{self.score:g} of {self.most:g} points</strong></p>'
                f'<table aria-label="Points of each exercise">{"".join(rows)}</table>'
                f'<p><small>{say(self.saved)}{notes}</small></p></div>')
