"""Answers that resemble each other more than honest ones do: pairs for a person to look at, never a verdict.

Compared are solution cells only, answer by answer, without what the release gave (the stub, the drafts).
Comments and layout do not count. Names that are not attributes, keywords or builtins all count as the same name:
renaming is the first thing that somebody does to a copy, and costs nothing; which functions are called, in which order
and with which numbers, is what an answer is. Short answers are left out: there is only one way to write them. The
threshold lies well above the most alike of the mistakes files' right answers, 0.75 (a test holds that distance).
"""

import builtins
import io
import keyword
import tokenize
from dataclasses import dataclass
from difflib import SequenceMatcher

import nbformat
import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Indel

from ..limits import Limits
from ..notebook.lesson import lesson_in
from ..notebook.release import release
from ..notebook.submission import NotGradable, match, read

FEWEST, THRESHOLD = 40, 0.9
RUN = 5  # tokens in a row that a learner was given
BLOCK = 256  # answers compared at once with all others
MOST_TOKENS = 4000
KEPT = {*keyword.kwlist, *dir(builtins)}
LAYOUT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING,
          tokenize.ENDMARKER}


@dataclass
class Alike:
    """Two answers to look at: who handed in each (the same tokens count as one answer), and one text of each."""

    lesson: str
    exercise: str
    similarity: float
    tokens: int
    students: tuple
    texts: tuple


def own_tokens(source, given=()):
    """The tokens of a cell that are the learner's own: without runs that also stand in `given`, the released tokens."""
    mine = tokens(source)
    shared = SequenceMatcher(None, mine, list(given), autojunk=False).get_matching_blocks() if given else []
    for block in reversed(shared):
        if block.size >= RUN:
            del mine[block.a:block.a + block.size]
    return mine


def tokens(source):
    """The tokens of a cell, names that somebody chose counted as one name."""
    found, before = [], ""
    try:
        for token in tokenize.generate_tokens(io.StringIO(source.expandtabs()).readline):
            text = token.string
            if token.type in LAYOUT:
                continue
            if token.type == tokenize.NAME and before != "." and text not in KEPT:
                text = "name"
            elif token.type == tokenize.STRING:
                text = "text"
            found.append(text)
            before = token.string
            if len(found) >= MOST_TOKENS:
                break
    except (tokenize.TokenError, SyntaxError):  # what stands before the fault is compared
        pass
    return found


def answers(lesson, given, data):
    """{exercise: (text, tokens)} of one submission's bytes; {} where it cannot be read."""
    try:
        submitted, _ = read(data, Limits())
        match(submitted, lesson, [])
    except NotGradable:
        return {}
    texts = {}
    for one in submitted:
        if one.match is not None and one.match.role == "solution" and not one.skip:
            texts[one.match.grade_id] = texts.get(one.match.grade_id, "") + one.source + "\n"
    return {name: (text, own_tokens(text, given.get(name, ()))) for name, text in texts.items() if name != "quiz"}


def released(source):
    """{exercise: tokens of its cell as learners get it}."""
    notebook = release(nbformat.reads(source.decode("utf-8-sig"), as_version=4))
    return {cell.metadata.nbgrader.grade_id: tokens(cell.source)
            for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution")}


def similar(classroom, lessons, students, threshold=THRESHOLD, tick=lambda done, total: None):
    """The `Alike` pairs of these lessons, the longest and most alike first."""
    found = []
    for place, name in enumerate(lessons):
        tick(place, len(lessons))
        source = classroom.lessons[name]
        lesson, given, by_exercise = lesson_in(source), released(source), {}
        for student in students:
            data = classroom.submitted(student, name).data
            for exercise, (text, own) in (answers(lesson, given, data) if data else {}).items():
                if len(own) >= FEWEST:
                    by_exercise.setdefault(exercise, {}).setdefault(tuple(own), []).append((student, text))
        for exercise, groups in by_exercise.items():
            found += pairs(name, exercise, groups, threshold)
    tick(len(lessons), len(lessons))
    return sorted(found, key=lambda pair: (-pair.similarity, -pair.tokens, pair.lesson, pair.exercise, pair.students))


def pairs(lesson, exercise, groups, threshold):
    """The `Alike` pairs of one exercise; groups: {tokens: [(student, text)]}."""
    kinds, codes = list(groups), {}
    coded = ["".join(chr(0x100 + codes.setdefault(token, len(codes))) for token in kind) for kind in kinds]
    who = [tuple(student for student, _ in groups[kind]) for kind in kinds]
    texts = [[text for _, text in groups[kind]] for kind in kinds]
    found = [Alike(lesson, exercise, 1.0, len(kind), (students[:1], students[1:]), tuple(said[:2]))
             for kind, students, said in zip(kinds, who, texts) if len(students) > 1]
    for start in range(0, len(coded), BLOCK):
        scores = process.cdist(coded[start:start + BLOCK], coded, scorer=Indel.normalized_similarity,
                               score_cutoff=threshold, dtype=np.float32, workers=-1)
        for i, j in zip(*np.nonzero(scores)):
            if start + i < j:
                found.append(Alike(lesson, exercise, float(scores[i, j]), min(len(kinds[start + i]), len(kinds[j])),
                                   (who[start + i], who[j]), (texts[start + i][0], texts[j][0])))
    return found
