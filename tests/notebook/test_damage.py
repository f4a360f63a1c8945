"""The corpus of damage: repaired to the full score, or refused with the fault named; nothing is lost."""

import pytest

import small as fixture
from common import ROOT
from damage import DAMAGE, NAMES, REFUSED
from grader.judge.grade import grade
from grader.notebook.recognise import which

RIGHT = fixture.data(fixture.answered())
tally = {"repaired": 0, "refused with the fault named": 0, "lost": 0}


@pytest.fixture(scope="module", autouse=True)
def rates():
    """Print the rates at the end."""
    yield
    print(f"damaged files: {tally}")


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_repaired_or_named(name):
    graded = grade(DAMAGE[name](RIGHT), fixture.SOURCE)
    score, words = sum(row.score for row in graded.tests), " ".join(note.text for note in graded.notes)
    if name in REFUSED:
        good = {row.status for row in graded.tests} == {"not_gradable"} and REFUSED[name] in words
    else:
        good = score == fixture.TOTAL
    tally["lost" if not good else "refused with the fault named" if name in REFUSED else "repaired"] += 1
    assert good, (score, words, [(row.test, row.status, row.hint) for row in graded.tests])


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_is_known_whatever_its_file_is_called(name, tmp_path):
    path = tmp_path / name.format("05_backprop_by_hand")
    path.write_bytes((ROOT / "course" / "05_backprop_by_hand.ipynb").read_bytes())
    assert which(path)[1] == "05_backprop_by_hand"
