"""A term of a class of 60: two small lessons, three sections, two platforms, two TAs, and what goes wrong in a term.

    python tests/support/term.py FOLDER      plays it in a new folder, to look at the files and pages
"""

import copy
import re
import sys
import zipfile
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from cells import cell, data, notebook
from grader.__main__ import app
from grader.classroom import create
from grader.notebook.release import release

SCALE, SHIFT = "31_scale", "32_shift"
STUDENTS = [f"s{n:02}" for n in range(60)]
SECTION = {student: "ABC"[n % 3] for n, student in enumerate(STUDENTS)}
LATE, EXTENDED, GONE, PYTHON, BROKEN, ABSENT = "s07", "s08", "s09", "s10", "s11", ("s12", "s13")
QUIZ = '''quiz.ask("""
1. What is twice 3?
- 9 | That is its square.
+ 6 | 3 and 3.
- 5 | That is 3 and 2.
2. What does a list do when it is doubled?
+ It is repeated | Turn it into an array first.
- Each number is doubled | That is what an array does.
- It fails | Try it.
""")'''
ANSWERS = {  # of the first exercise, of the second: the right one first, then mistakes as students make them
    "first": ["2 * np.asarray(x)", "x", "np.asarray(x) ** 2", "2 * float(np.ravel(x)[0])"],
    "second": ["np.asarray(x) + 3", "np.asarray(x) - 3", "3 * np.asarray(x)", "x"],
}
HINTS = {"first": ["Twice, not once.", "That is the square.", None], "second": ["The sign is turned round.",
                                                                              "Add 3, do not multiply.", None]}


def source(lesson):
    """The solution notebook of one of the two lessons: two exercises and a quiz, 9 points."""
    first, second = ("double", "raised") if lesson == SCALE else ("twofold", "lifted")
    made = [f"# {lesson[:2]} · {lesson[3:].capitalize()}",
            cell("import numpy as np\nfrom crease import check, quiz", "setup", locked=True)]
    for kind, name in (("first", first), ("second", second)):
        right = ANSWERS[kind][0]
        made += [cell(f"def {name}(x):\n    ### BEGIN SOLUTION\n    return {right}\n    ### END SOLUTION", name),
                 cell(f"check.call({name}, 4.0, expected={8.0 if kind == 'first' else 7.0})\ncheck.passed('ok')",
                      f"test_{name}_basics", points=1),
                 cell(f"### BEGIN HIDDEN TESTS\n_ = check.call({name}, np.array([1.5, -2.0]), "
                      f"expected=lambda x: {right})\n### END HIDDEN TESTS", f"test_{name}_hidden", points=2)]
    asked = cell(QUIZ)
    asked.metadata["tags"] = ["quiz"]
    made += [asked, cell("### BEGIN SOLUTION\nanswers = {1: 'b', 2: 'a'}\n#: answers = {}\n### END SOLUTION", "quiz"),
             cell('quiz.verify(answers, 2)\n### BEGIN HIDDEN TESTS\nquiz.verify(answers, 2, key="ba", points=3)\n'
                  '### END HIDDEN TESTS', "test_quiz", points=3)]
    found = notebook(made, lesson[:2])
    text = ""
    for kind, name in (("first", first), ("second", second)):
        text += f'exercise("{name}", "Look at the example once more.", more="Three times 2 is 2 + 2 + 2.")\n\n\n'
        for body, hint in zip(ANSWERS[kind][1:], HINTS[kind]):
            text += f'@wrong("{hint}")\ndef {name}(x):\n    return {body}\n\n\n' if hint else ""
    found.metadata["crease"] = {"mistakes": text}
    return found


RELEASED = {lesson: release(source(lesson)) for lesson in (SCALE, SHIFT)}


def paper(lesson, first, second, letters):
    """The bytes of a submission: which answer to each exercise, and the letters chosen in the quiz."""
    made, which = copy.deepcopy(RELEASED[lesson]), {"first": first, "second": second}
    kinds = iter(which)
    for one in made.cells:
        about = one.metadata.get("nbgrader", {})
        if about.get("solution") and about["grade_id"] != "quiz":
            kind = next(kinds)
            one.source = f"def {about['grade_id']}(x):\n    return {ANSWERS[kind][which[kind]]}"
        elif about.get("solution"):
            one.source = f"answers = {dict(enumerate(letters, 1))}"
    return data(made)


def answers(seed, lift=0.0):
    """{student: (first, second, letters)}: the later ones in the list are better, and `lift` helps all."""
    rng, found = np.random.default_rng(seed), {}
    for n, student in enumerate(STUDENTS):
        skill = 0.2 + 0.7 * n / len(STUDENTS) + lift
        picks = [0 if rng.random() < skill else int(rng.integers(1, 4)) for _ in range(2)]
        letters = ("b" if rng.random() < skill else "a", "a" if rng.random() < skill else "bc"[n % 2])
        found[student] = (*picks, "".join(letters))
    return found


def name_of(student):
    return f"Student Nr{student[1:]}"


def roster():
    """Canvas's gradebook export, with a column for each lesson."""
    lines = ["Student,ID,SIS User ID,SIS Login ID,Section,Lesson 31 (901),Lesson 32 (902)",
             "    Points Possible,,,,,9,9"]
    lines += [f'"Nr{one[1:]}, Student",{1000 + n},,{one},{SECTION[one]},,' for n, one in enumerate(STUDENTS)]
    return "\n".join(lines) + "\n"


def canvas_name(student, lesson, late=False):
    number = 1000 + STUDENTS.index(student)
    return f"nr{student[1:]}student_{'LATE_' * late}{number}_{4000 + number}_{lesson}.ipynb"


def moodle_name(student, lesson):
    return f"{name_of(student)}_{200 + STUDENTS.index(student)}_assignsubmission_file_/{lesson}.ipynb"


def worksheet():
    """Moodle's grading worksheet of the second lesson, as downloaded."""
    heading = ("Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Last modified "
               "(submission),Last modified (grade),Feedback comments\n")
    return heading + "".join(f"Participant {200 + n},{name_of(one)},,,,9.00,Yes,-,-,\n"
                             for n, one in enumerate(STUDENTS) if one != GONE)


class Term:
    """A term that is played step by step; `said` holds what each command printed, in order."""

    def __init__(self, folder):
        self.folder, self.room, self.said = folder, folder / "class", []

    def call(self, *args, exit_code=0):
        done = CliRunner().invoke(app, [str(arg) for arg in args])
        assert done.exit_code == exit_code, (args, done.output, done.exception)
        self.said.append(done.output)
        return " ".join(done.output.split())

    def run(self, *more, exit_code=0):
        return self.call("run", self.room, *more, exit_code=exit_code)

    def zipped(self, name, files):
        with zipfile.ZipFile(self.folder / name, "w") as archive:
            for path, content in files.items():
                archive.writestr(path, content)
        return self.folder / name

    def settings(self, text):
        (self.room / "class.toml").write_text(text)

    def source(self, lesson):
        return self.room / "source" / lesson / f"{lesson}.ipynb"

    def edit(self, lesson, change):
        book = nbformat.read(self.source(lesson), as_version=4)
        change(book)
        nbformat.write(book, self.source(lesson))


TOML = f'''[class]
name = "A class of 60"
timezone = "Europe/Berlin"
sections = "Section"

[late]
per_day = 10
at_most = 50

[lessons.{SCALE}]
due = 2026-03-01T23:59:00
'''
SECOND = f"[lessons.{SHIFT}]\n"
LATER = f"weight = 2.0\n[students.{EXTENDED}.{SCALE}]\ndue = 2026-03-09\n[students.{GONE}]\ndropped = true\n"


def start(term):
    """A class is made, the first lesson comes in from Canvas; an author's slip is found before anybody is graded."""
    for lesson in (SCALE, SHIFT):
        nbformat.write(source(lesson), term.folder / f"{lesson}.ipynb")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(create, "solutions", lambda: {name: term.folder / f"{name}.ipynb" for name in (SCALE, SHIFT)})
        term.call("init", term.room)
    term.settings(TOML)
    (term.folder / "roster.csv").write_text(roster())
    files = {canvas_name(one, SCALE, one in (LATE, EXTENDED)): paper(SCALE, *picks)
             for one, picks in answers(1).items() if one not in (PYTHON, *ABSENT)}
    files[canvas_name(BROKEN, SCALE)] = b"<!doctype html>"
    files[canvas_name(PYTHON, SCALE).replace(".ipynb", ".py")] = "print()"
    files["guestauditor_9999_8888_31_scale.ipynb"] = paper(SCALE, 0, 0, "ba")
    term.call("collect", term.room, term.zipped("canvas.zip", files), "--roster", term.folder / "roster.csv")
    whole = term.source(SCALE).read_text()
    term.source(SCALE).write_text(whole.replace("[1.5, -2.0]), expected", "[1.5, -2.0]), expectd", 1))
    term.slip = term.run(exit_code=2)
    term.source(SCALE).write_text(whole)
    term.run()


def two_tas(term):
    """Two TAs have one submission open at the same time, and each saves what they have looked at."""
    def open_book():
        return Gradebook(f"sqlite:///{term.room / 'gradebook.db'}")
    with open_book() as one, open_book() as other:
        mine = one.find_grade("test_double_hidden", SCALE, SCALE, "s20")
        theirs = other.find_grade("test_raised_hidden", SCALE, SCALE, "s20")
        comment = other.find_comment("raised", SCALE, SCALE, "s20")
        mine.manual_score, mine.needs_manual_grade = 1.5, False
        one.db.commit()
        theirs.extra_credit, comment.manual_comment = 1.0, "A way of your own."
        other.db.commit()
    term.run()


def second_half(term):
    """Some hand in again; the second lesson comes in from Moodle; extension, weight, and somebody who leaves."""
    better = answers(1, lift=0.5)
    again = {canvas_name(one, SCALE): paper(SCALE, *better[one]) for one in STUDENTS[14:32:2]}
    term.call("collect", term.room, term.zipped("again.zip", again))
    files = {moodle_name(one, SHIFT): paper(SHIFT, *picks) for one, picks in answers(2).items()
             if one in STUDENTS[::5]}
    term.settings(TOML + SECOND + LATER)
    term.call("collect", term.room, term.zipped("moodle.zip", files))
    term.before = (term.room / "totals.csv").read_text()
    term.refused = term.run(exit_code=2)
    term.unchanged = (term.room / "totals.csv").read_text()
    term.run("--yes")


def changes(term):
    """Points change and a question is dropped, shown before it counts; then a lesson is graded anew."""
    def points(book):
        for one in book.cells:
            if one.metadata.get("nbgrader", {}).get("grade_id") == "test_lifted_hidden":
                one.metadata.nbgrader.points = 4
    term.edit(SHIFT, points)
    term.settings(TOML + 'dropped = ["test_raised_basics"]\n' + SECOND + LATER)
    term.agreed = term.run("--yes")
    term.after = (term.room / "totals.csv").read_text()
    term.run("--lesson", SHIFT, "--force")


def way_back(term):
    """Report, exports and what goes back to students."""
    (term.folder / "worksheet.csv").write_text(re.sub(r"9\.00", "11.00", worksheet()))
    term.call("report", term.room, "--similar")
    for kind in ("canvas", "csv", "moodle", "brightspace", "blackboard"):
        term.call("export", term.room, "--for", kind)
    term.call("export", term.room, "--for", "canvas", "--by-section")
    term.call("handback", term.room, "--for", "canvas", "--lesson", SCALE)
    term.call("handback", term.room, "--for", "moodle", "--lesson", SHIFT, "--worksheet", term.folder / "worksheet.csv")


def play(folder):
    """The whole term -> `Term`."""
    term = Term(Path(folder).absolute())
    for step in (start, two_tas, second_half, changes, way_back):
        step(term)
    return term


if __name__ == "__main__":
    Path(sys.argv[1]).mkdir(parents=True)
    print("\n".join(play(sys.argv[1]).said))
