"""The questions of all lessons together: none twice, and no right choice known by its length or its place."""

from collections import Counter

import jupytext

from common import LESSONS, ROOT
from crease import quiz


def questions():
    """[(question, its choices, place of the right one)] of the whole course."""
    found = []
    for lesson in LESSONS:
        for cell in jupytext.read(ROOT / "solutions" / f"{lesson}.py").cells:
            if "quiz" in cell.metadata.get("tags", []):
                for question, choices in quiz.parse(cell.source.split('"""')[1]):
                    found.append((question, [c for _, c, _ in choices], [m for m, _, _ in choices].index("+")))
    return found


def test_no_question_is_asked_twice():
    asked = Counter(question.lower() for question, *_ in questions())
    assert asked.most_common(1)[0][1] == 1, asked.most_common(1)


def test_no_right_choice_is_known_by_its_length():
    found = questions()
    for extreme in (max, min):
        hits = sum(len(choices[right]) == extreme(map(len, choices)) for _, choices, right in found)
        assert hits <= 0.4 * len(found), f"{hits} of {len(found)} right choices have the {extreme.__name__} of lengths"


def test_right_choices_stand_in_every_place():
    places = Counter(right for *_, right in questions())
    assert max(places.values()) <= 0.4 * sum(places.values()) and len(places) == 4, places
