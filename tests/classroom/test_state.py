"""What a class shows hangs on no sentence: with every sentence of the grader said otherwise, nothing else changes."""

import ast
import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import sqlalchemy
from nbformat import v4

import lessons
from grader.classroom.folder import Classroom
from grader.classroom.gradebook import Book
from grader.classroom.run import run
from grader.judge import version
from grader.judge.grade import grade
from grader.judge.result import Kind, Status

SENTENCE = re.compile(r"[A-Za-z`'’]+,? [a-z`'’]+")
CODE = re.compile(r"[\\={;]|^(CREATE|SELECT|INSERT|DROP|PRAGMA|abbr) ")
CRASHES = {"double": "import os\nos._exit(3)", "quiz": "answers = {1: 'b'}"}
# Grades a class without one layer of the sandbox, and tells all but sentences: rows, kinds of notes, counts.
RUN = """
import json, sys
from pathlib import Path
import grader
from grader.classroom import grading, run
from grader.classroom.folder import Classroom
from grader.classroom.gradebook import Book
from grader.classroom.workers import grade_one
from grader.reports import report
from grader.sandbox import box
assert Path(grader.__file__).is_relative_to(sys.argv[2]), grader.__file__
box.off = ("landlock",)
room = Classroom(Path(sys.argv[1]))
grading.in_processes = lambda tasks, workers: ((task, grade_one(task)) for task in tasks)
done = run.run(room)
shown = {}
report.Environment = lambda **_: type("E", (), {"get_template": lambda self, name: self,
                                                "render": lambda self, **k: shown.update(k) or "page"})()
report.write(room)
with Book(room) as book:
    results = {" ".join(key): {
        "tests": [[t.exercise, t.test, t.score, t.max_score, t.status, bool(t.hint), bool(t.message)] for t in r.tests],
        "notes": [[n.kind, n.about] for n in r.notes], "late": r.late, "handed_in": r.handed_in}
        for key, r in book.results().items()}
print(json.dumps([results, done.statuses, done.missing, [row[:3] for row in done.trouble], done.graded,
                  [[row["student"], row["what"]] for row in shown["look"]], len(shown["flags"]),
                  len(shown["warnings"]), shown["count"], shown["students"]], sort_keys=True))
"""


class Reworded(ast.NodeTransformer):
    """Says every sentence otherwise, and differently wherever it stands; docstrings, code and single words stay."""

    count = 0

    def visit_Constant(self, node):
        text = node.value
        if isinstance(text, str) and SENTENCE.search(text) and "\n" not in text and not CODE.search(text):
            self.count += 1
            return ast.copy_location(ast.Constant(f"Said otherwise ({self.count}): {text.swapcase()}"), node)
        return node

    def skip_docstring(self, node):
        for child in node.body[1:] if ast.get_docstring(node) else node.body:
            self.visit(child)
        return node

    visit_Module = visit_FunctionDef = visit_ClassDef = skip_docstring


@pytest.fixture(scope="module")
def ungraded(tmp_path_factory):
    submissions = {"ada": lessons.answer(lessons.RIGHT), "bob": lessons.answer(lessons.WRONG), "eve": b"none",
                   "exits": lessons.answer(CRASHES), "blank": lessons.answer({}),
                   "twice": lessons.answer(lessons.RIGHT, extra=["def double(x):\n    return 2 * x"])}
    found = lessons.classroom(tmp_path_factory.mktemp("words"), submissions)
    lost = found.place("submitted", "twice", lessons.LESSON) / f"{lessons.LESSON}.ipynb"
    notebook = nbformat.read(lost, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if "test_quiz" not in str(cell.metadata)]
    nbformat.write(notebook, lost)
    shutil.rmtree(found.folder / "submitted" / "blank" / lessons.LESSON)  # nothing was handed in
    return found.folder


def graded_with(package, folder):
    import crease
    paths = [str(package.parent), str(Path(crease.__file__).parent.parent)]
    done = subprocess.run([sys.executable, "-c", RUN, str(folder), paths[0]], capture_output=True, text=True,
                          env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)}, timeout=500, cwd=folder)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_rewording_every_sentence_changes_nothing_but_sentences(ungraded, tmp_path):
    copy = Path(shutil.copytree(version.GRADER, tmp_path / "grader", ignore=shutil.ignore_patterns("__pycache__")))
    changer = Reworded()
    for path in copy.rglob("*.py"):
        if path.stem not in ("doctor", "feedback"):  # code to be run in a sandbox; a page's template
            path.write_text(ast.unparse(changer.visit(ast.parse(path.read_text()))))
    assert changer.count > 100
    classes = [Path(shutil.copytree(ungraded, tmp_path / name)) for name in ("as_is", "reworded")]
    as_is, reworded = (graded_with(*pair) for pair in zip((version.GRADER, copy), classes))
    assert as_is == reworded
    statuses = {test[4] for result in as_is[0].values() for test in result["tests"]}
    kinds = {kind for result in as_is[0].values() for kind, _ in result["notes"]}
    assert statuses == {"passed", "failed", "crashed", "not_gradable"}
    assert kinds == {"noticed", "cell", "layer", "problem", "missing"}
    hints = [[row["hint"] for row in csv.DictReader(open(folder / "scores.csv"))] for folder in classes]
    assert any("Said otherwise" in hint for hint in hints[1]) and hints[0] != hints[1]


def by_hand():
    """A lesson with one cell that a person grades, and its submission."""
    notebook = lessons.source()
    about = {"schema_version": 3, "grade_id": "essay", "grade": True, "locked": False, "solution": True, "task": False,
             "points": 3.0}
    notebook.cells.append(v4.new_markdown_cell("Why?", id="essay", metadata={"nbgrader": about}))
    return nbformat.writes(notebook).encode()


def test_a_cell_that_a_person_grades_has_a_status_of_its_own():
    source = by_hand()
    rows = {test.test: test for test in grade(source, source).tests}
    assert rows["essay"].status is Status.BY_HAND and rows["essay"].max_score == 3
    assert {row.status for name, row in rows.items() if name != "essay"} == {Status.PASSED}


@pytest.mark.parametrize("hidden", [False, True])
def test_a_plain_assert_keeps_its_message(hidden):
    notebook, name = lessons.source(), "test_double_hidden" if hidden else "test_double_basics"
    test = next(cell for cell in notebook.cells if name in str(cell.metadata))
    test.source = "assert double(1) == 2, 'Twice one is two.'"
    result = {row.test: row for row in grade(lessons.answer(lessons.WRONG), nbformat.writes(notebook).encode()).tests}
    assert result[name].status == Status.FAILED
    said = result[name].hint, result[name].message
    assert "Twice one" not in str(said) if hidden else said == ("Twice one is two.",) * 2


OLD = """CREATE TABLE crease_result (student TEXT, lesson TEXT, digest TEXT, late INTEGER, tests TEXT, notes TEXT,
         PRIMARY KEY (student, lesson))"""


def test_results_of_an_earlier_version_are_kept_and_a_newer_one_is_refused(ungraded, tmp_path):
    room = Classroom(shutil.copytree(ungraded, tmp_path / "class"))
    run(room, jobs=1)
    with Book(room) as book:
        before = book.results()
        book.db.execute(sqlalchemy.text("DROP TABLE crease_result"))
        book.db.execute(sqlalchemy.text(OLD))
        for (student, lesson), result in before.items():
            tests = json.dumps([{key: str(value) if key == "status" else value for key, value in vars(test).items()}
                                for test in result.tests])
            book.db.execute(sqlalchemy.text("INSERT INTO crease_result VALUES (:s, :l, 'digest', :late, :t, :n)"),
                            {"s": student, "l": lesson, "late": int(result.late), "t": tests,
                             "n": json.dumps([note.text for note in result.notes])})
        book.db.commit()
    with Book(room) as book:
        after = book.results()
        assert set(book.digests().values()) == {""}  # to be graded anew
    for key, result in before.items():
        assert [vars(t) for t in after[key].tests] == [vars(t) for t in result.tests]
        assert [n.text for n in after[key].notes] == [n.text for n in result.notes]
        assert after[key].handed_in == result.handed_in == (key[0] != "blank")
        assert {n.kind for n in after[key].notes} <= {Kind.NOTICED}
    with Book(room) as book:
        book.db.execute(sqlalchemy.text("UPDATE crease_result SET schema = 99"))
        book.db.commit()
    with pytest.raises(Exception, match="newer version of the course"), Book(room):
        pass
