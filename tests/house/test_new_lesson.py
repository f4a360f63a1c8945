"""`make lesson`: its skeleton builds and passes; and what a build says of a lesson that is none."""

import os
import re

import nbformat
import pytest

import build
import new
import pictures
import readme
from cells import cell, data, notebook
from grader import author

NAME = "93_noisy_gradients"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty solutions/ and course/, into which a lesson is written and built."""
    for name in ("solutions/mistakes", "course/crease"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.setattr(new, "HERE", tmp_path / "solutions")
    monkeypatch.setattr(build, "HERE", tmp_path / "solutions")
    return tmp_path


def written(folder, name=NAME):
    (folder / "solutions" / "skeleton").symlink_to(readme.HERE / "skeleton")
    for path, text in new.texts(name, folder / "solutions").items():
        path.write_text(text)
    return folder / "solutions" / f"{name}.py"


def test_the_skeleton_builds_and_has_no_fault(folder):
    source = written(folder)
    build.build(source, folder / "solutions", folder / "course")
    found = author.examine(folder / "solutions" / f"{NAME}.ipynb")
    assert found.faults == [] and "3 right answers and 8 wrong ones on file" in found.holds
    assert readme.counted(source) == (10, 1, 4, 1)
    executed = nbformat.read(folder / "solutions" / f"{NAME}.ipynb", as_version=4)
    assert pictures.first_figure(executed).width == 360
    assert (folder / "course" / "crease" / "hints" / f"{NAME}.json").stat().st_size > 1000
    text = source.read_text()
    assert "# # 93 · Noisy gradients" in text and f'your_score("{NAME}")' in text
    assert not re.search(r"\b(LESSON|TITLE|NUMBER)\b", text)
    row = readme.row(source)
    assert "**93 Noisy gradients.** | 10&nbsp;minutes<br>1&nbsp;exercise<br>4&nbsp;points<br>1&nbsp;slider<br>" in row
    assert row.endswith("<br>[notebook](course/93_noisy_gradients.ipynb) |")
    assert 'alt="Noisy gradients"' in row


@pytest.mark.parametrize("name, words", [*((name, "no lesson's name") for name in ("", "8_x", "08", "08_Ö", "08_X")),
                                         (NAME, "There is a lesson 93 already")])
def test_a_name_that_cannot_be_is_answered_in_a_sentence(folder, name, words):
    (folder / "solutions" / "93_taken.py").write_text("")
    with pytest.raises(SystemExit, match=words):
        new.texts(name, folder / "solutions")


@pytest.mark.parametrize("wrong, words", [
    (("print(f\"{count:6d}", "print(f\"{nothing:6d}"), "cell 10 .*it stops with NameError: name 'nothing' is not"),
    (("check.call(spread, [6.0]", "check.call(spread, {6.0}"), "test_spread_basics: it hands over a set"),
    (('"grade_id": "test_spread_hidden"', '"grade_id": "test spread"'), "test spread: its grade_id")])
def test_a_build_names_lesson_cell_and_what_to_do(folder, wrong, words, monkeypatch):
    source = written(folder)
    text = source.read_text()
    assert wrong[0] in text
    source.write_text(text.replace(*wrong))
    (folder / "here").mkdir()
    monkeypatch.setattr(build, "COURSE", folder / "here")
    with pytest.raises(SystemExit, match=f"(?s)Nothing was written.*{NAME}.py, {words}"):
        build.main(["93"])
    assert not list((folder / "solutions").glob("*.ipynb")) and not os.listdir(folder / "here")


def test_a_lesson_without_a_figure_is_named(tmp_path):
    (tmp_path / "94_plain.ipynb").write_bytes(data(notebook([cell("1")])))
    with pytest.raises(ValueError, match="94_plain: no cell shows a figure.*plot.show"):
        pictures.drawn(tmp_path)
