"""Items: how hard each exercise is, whether it tells strong from weak, its mistakes by name, and the quiz's choices.

Difficulty is the mean share of an exercise's points, 1 for one that everybody solves. Discrimination is the
correlation of these shares with the points of the rest of the lesson (the corrected item-total correlation of classical
test theory; Lord and Novick, *Statistical Theories of Mental Test Scores*, 1968). Both are of submissions that could be
graded.
"""

import ast
import json
from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from crease import quiz

from ..files import read_file, to_name
from ..judge.result import Status
from ..notebook import sanitize
from ..notebook.lesson import lesson_in

FEWEST = 10  # submissions below which a correlation says nothing
LOW = 0.1  # a discrimination below it is worth a look
SHOWN = 3  # mistakes of an exercise


@dataclass
class Mistake:
    """A hint that was given, in whichever submission: who was given it, who handed in again, who is right since."""

    lesson: str
    exercise: str
    text: str
    who: set = field(default_factory=set)
    again: set = field(default_factory=set)
    right: set = field(default_factory=set)
    sample: str = ""  # an answer as it was handed in last, and whose
    student: str = ""

    @property
    def led(self):
        """How many of those who handed in again are right now, in words."""
        return f"{len(self.right)} of {len(self.again)}" if self.again else ""


@dataclass
class Item:
    """One exercise of a lesson."""

    lesson: str
    name: str
    shares: dict = field(default_factory=dict)  # student -> share of its points
    solved: set = field(default_factory=set)  # students
    discrimination: float | None = None
    mistakes: list = field(default_factory=list)  # the most frequent first

    @property
    def difficulty(self):
        """The mean share of its points."""
        return float(np.mean(list(self.shares.values()))) if self.shares else 0.0

    @property
    def doubtful(self):
        """Whether those who are good at the rest of the lesson are no better at this."""
        return self.discrimination is not None and self.discrimination < LOW and 0.05 < self.difficulty < 0.95

    @property
    def led(self):
        """(students who are right in a later submission, students who had a hint and handed in again)."""
        again = set().union(*(one.again for one in self.mistakes))
        return len(again & self.solved), len(again)


def by_exercise(result):
    """{exercise: its `TestResult`s} of a `Result`, without those that give no points."""
    found = defaultdict(list)
    for test in result.tests:
        if test.max_score:
            found[test.exercise].append(test)
    return found


def gradable(result):
    """Whether a submission could be graded."""
    return not all(test.status in (Status.NOT_GRADABLE, Status.GRADER_ERROR) for test in result.tests)


def items(lesson, handed_in, earlier):
    """[`Item`] of a lesson. handed_in: {(student, lesson): `Result`}.  earlier: see `history.earlier`."""
    found = {}
    for (student, name), result in sorted(handed_in.items()):
        if name != lesson or not gradable(result):
            continue
        for exercise, tests in by_exercise(result).items():
            item = found.setdefault(exercise, Item(lesson, exercise))
            score = sum(test.score - test.extra for test in tests) / sum(test.max_score for test in tests)
            item.shares[student] = min(1.0, max(0.0, score))
            item.solved |= {student} if all(test.right for test in tests) else set()
    for item in found.values():
        rest = [one for one in found.values() if one is not item]
        item.discrimination = correlation(item.shares, {
            student: sum(one.shares.get(student, 0.0) for one in rest) for student in item.shares}) if rest else None
        item.mistakes = mistakes(item, handed_in, earlier)
    return list(found.values())


def correlation(one, other):
    """The correlation of two {student: number}; None where they are too few, or all the same."""
    a, b = (np.array([values[student] for student in one]) for values in (one, other))
    if len(a) < FEWEST or a.std() < 1e-9 or b.std() < 1e-9:
        return None
    return float(np.corrcoef(a, b)[0, 1])


def mistakes(item, handed_in, earlier):
    """[`Mistake`] of an `Item`, the most frequent first."""
    found = {}
    for student in item.shares:
        before = earlier.get((student, item.lesson), [])
        for place, result in enumerate([*before, handed_in[student, item.lesson]]):
            tests = by_exercise(result).get(item.name, ())
            for hint in {test.hint for test in tests if test.status == Status.FAILED and test.hint}:
                one = found.setdefault(hint, Mistake(item.lesson, item.name, hint))
                one.who.add(student)
                if place < len(before):
                    one.again.add(student)
                    one.right |= {student} & item.solved
                elif not one.student:
                    one.student = student
    return sorted(found.values(), key=lambda one: (-len(one.who), one.text))


def sampled(classroom, found):
    """Give the shown mistakes of `Item`s an answer for example, from the autograded notebooks."""
    books = {}
    for item in found:
        for one in item.mistakes[:SHOWN]:
            if one.student and one.student not in books:
                books[one.student] = cells(classroom, one.student, item.lesson)
            one.sample = sanitize.text(books.get(one.student, {}).get(item.name, ""), 4000)
            one.student = to_name(one.student)


def cells(classroom, student, lesson):
    """{grade_id: text} of the cells of an autograded notebook; {} where there is none that can be read."""
    data, _ = read_file(classroom.place("autograded", student, lesson) / f"{lesson}.ipynb")
    try:
        found = json.loads(data or "{}").get("cells", [])
        return {cell["metadata"]["nbgrader"]["grade_id"]: cell["source"] if isinstance(cell["source"], str)
                else "".join(cell["source"]) for cell in found if cell["metadata"].get("nbgrader")}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}  # the report goes on without this one


def questions(classroom, lesson, students):
    """[{question, choices with how many took each, open ones}] of a lesson's quiz; [] where it has none."""
    source = next((cell.source for cell in lesson_in(classroom.lessons[lesson]).cells
                   if "quiz" in cell.metadata.get("tags", [])), "")
    asked = quiz.parse(source.split('"""')[1]) if source.count('"""') == 2 else []
    taken = [chosen(cells(classroom, student, lesson).get("quiz", "")) for student in students] if asked else []
    taken = [answers for answers in taken if answers]
    found = []
    for number, (question, choices) in enumerate(asked, 1):
        counts = [sum(answers.get(number) == letter for answers in taken) for letter in "abcdef"[:len(choices)]]
        found.append({"question": question, "of": len(taken), "open": len(taken) - sum(counts), "choices": [
            {"letter": letter, "text": text, "right": mark == "+", "count": count,
             "share": count / len(taken) if taken else 0.0}
            for letter, (mark, text, _), count in zip("abcdef", choices, counts)]})
    return found


def chosen(text):
    """{question: letter} as a quiz cell holds it; {} where it holds none."""
    try:
        dicts = [ast.literal_eval(node) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Dict)]
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        return {}
    return next((found for found in dicts if found), {})


def by_section(found, sections, handed_in, names):
    """[{lesson, sections, rows}] of how sections did; [] where there are not two. found: {lesson: [`Item`]}."""
    listed = sorted(set(sections.values()))
    tables = []
    for name in names if len(listed) > 1 else ():
        groups = [{student for student, section in sections.items() if section == one} for one in listed]
        came = [sum((student, name) in handed_in for student in group) for group in groups]
        rows = [{"name": item.name, "cells": [mean(item.shares, group) for group in groups]} for item in found[name]]
        tables.append({"lesson": name, "rows": rows, "sections": [
            {"name": one, "of": len(group), "came": count} for one, group, count in zip(listed, groups, came)]})
    return tables


def mean(shares, group):
    """The mean share of those of a group who have one; None where nobody has."""
    mine = [share for student, share in shares.items() if student in group]
    return float(np.mean(mine)) if mine else None
