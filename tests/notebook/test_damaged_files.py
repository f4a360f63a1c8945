"""Whatever state a notebook's file and its cells are in: repaired and said so, or not gradable and said why."""

import json

import nbformat
import pytest
from nbformat import v4

import small as fixture
from attacks import RIGHT, WRONG
from grader.judge.grade import grade
from grader.notebook.lesson import Lesson
from grader.notebook.repair import arrange
from grader.notebook.submission import NotGradable, match, read
from judging import QUICK, leaked, statuses

HONEST = fixture.data(fixture.answered())


def graded(data, lost=(), status="passed"):
    """Grade; every test must have passed, but for those in `lost`."""
    result = grade(data, fixture.SOURCE, limits=QUICK)
    expected = {name: dict(lost).get(name, "passed") for name in fixture.POINTS}
    assert statuses(result) == expected, [(r.test, r.status, r.hint) for r in result.tests] + result.notes
    assert sum(r.score for r in result.tests) == sum(
        fixture.POINTS[name] for name, state in expected.items() if state == "passed")
    leaked(result)
    names = [c.metadata.get("nbgrader", {}).get("grade_id") for c in result.notebook.cells]
    names = [name for name in names if name]
    assert len(names) == len(set(names)) and set(fixture.POINTS) <= set(names)
    ids = [c.id for c in result.notebook.cells]
    assert len(ids) == len(set(ids))
    return result


def old_format():
    cells = []
    for cell in fixture.answered().cells:
        if cell.cell_type == "code":
            cells.append({"cell_type": "code", "input": cell.source, "language": "python", "outputs": [],
                          "collapsed": False, "metadata": cell.metadata})
        else:
            cells.append({"cell_type": "heading", "level": 1, "source": [cell.source[2:]], "metadata": {}})
    return json.dumps({"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}).encode()


def version(major, minor):
    notebook = json.loads(HONEST)
    notebook["nbformat"], notebook["nbformat_minor"] = major, minor
    return json.dumps(notebook).encode()


@pytest.mark.parametrize("data, says", [
    (b"\xef\xbb\xbf" + HONEST, "byte-order mark"), (HONEST.decode().encode("utf-16"), "utf-16"),
    (HONEST.decode().encode("utf-16-le"), "utf-16"), (HONEST.decode().encode("utf-32"), "utf-32"),
    (HONEST.replace(b"after relu", "apr\u00e8s".encode("cp1252")), "cp1252"),
    (old_format(), "old format"), (version(5, 0), "newer format"), (version(4, 99), "newer format"),
    (HONEST.replace(b"\n", b"\r\n"), ""), (version(4, 2), ""), (b"  \n" + HONEST + b"\n\n", "")])
def test_a_file_that_can_be_repaired_is_graded_and_says_so(data, says):
    assert not says or any(says in note.text for note in graded(data).notes)


@pytest.mark.parametrize("data, says", [
    (b"", "empty"), (b"  \n", "empty"), (b"hello", "not valid JSON"), (HONEST[:-50], "not valid JSON"),
    (b"[]", "no notebook"),
    (b"{}", "no list of cells"), (b'{"nbformat": "x", "cells": []}', "which version"),
    (b'{"nbformat": 4, "cells": []}', "no cells"), (b'{"nbformat": 4, "cells": [1, null]}', "no cells"),
    (b"[" * 200_000, "nested too deeply"), (b"\x89PNG\r\n\x1a\n\x00\x81\x8d", "not "), (b"null", "no notebook"),
    (b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "print(1)"}]}', "another lesson"),
    (b"PK\x03\x04" + bytes(100), "not ")])
def test_a_file_that_cannot_be_graded_says_what_is_wrong(data, says):
    result = graded(data, dict.fromkeys(fixture.POINTS, "not_gradable"))
    assert all(says in r.hint for r in result.tests) and any(says in note.text for note in result.notes)


def test_a_file_that_is_too_large_is_refused():
    from dataclasses import replace
    result = grade(HONEST, fixture.SOURCE, limits=replace(QUICK, notebook_bytes=100))
    assert {r.status for r in result.tests} == {"not_gradable"}


def edited(edit):
    notebook = fixture.answered()
    edit(notebook)
    return fixture.data(notebook)


def cell_of(notebook, grade_id):
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def strip_everything(notebook):
    for n, cell in enumerate(notebook.cells):
        cell.metadata = {}
        cell.id = f"new-{n}"


def test_stripped_metadata_is_found_again_by_id_text_or_function():
    def no_metadata(notebook):
        for cell in notebook.cells:
            cell.metadata = {}
    assert any("cell id" in note.text for note in graded(edited(no_metadata)).notes)
    assert any("by what it defines" in note.text for note in graded(edited(strip_everything)).notes)


def test_deleted_cells_are_put_back_or_count_as_unanswered():
    def without(*names):
        def edit(notebook):
            notebook.cells = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") not in names]
        return edit
    result = graded(edited(without("test_relu_hidden", "test_quiz", "setup")))
    assert any("put back" in note.text for note in result.notes)
    graded(edited(without("scale")), dict.fromkeys(("test_scale_basics", "test_scale_hidden"), "unanswered"))
    graded(edited(without("quiz")), {"test_quiz": "unanswered"})


def test_a_moved_cell_still_counts():
    def move(notebook):
        cell = cell_of(notebook, "relu")
        notebook.cells.remove(cell)
        notebook.cells.append(cell)
    graded(edited(move))

    def turn_round(notebook):
        setup = cell_of(notebook, "setup")
        notebook.cells.reverse()
        notebook.cells.remove(setup)
        notebook.cells.insert(0, setup)
    graded(edited(turn_round))


def test_copied_cells_do_not_count_twice():
    def copy_all(notebook):
        notebook.cells += [type(c)(c) for c in notebook.cells]
        for n, cell in enumerate(notebook.cells):
            cell.id = f"c{n}"
    graded(edited(copy_all))

    def blank_copy(notebook):
        cell = cell_of(notebook, "relu")
        blank = v4.new_code_cell("def relu(x):\n    raise NotImplementedError()", metadata=cell.metadata)
        notebook.cells.insert(notebook.cells.index(cell) + 1, blank)
    assert any("appears 2 times" in note.text for note in graded(edited(blank_copy)).notes)


def test_edited_names_points_and_locks_are_repaired():
    def edit(notebook):
        for cell in notebook.cells:
            if "nbgrader" in cell.metadata:
                cell.metadata.nbgrader.update(points=1000, grade=not cell.metadata.nbgrader.grade, locked=False,
                                              solution=False, schema_version="x")
        cell_of(notebook, "test_relu_basics").source = "assert True"
        cell_of(notebook, "setup").source = "import numpy as np\ncheck = None"
    result = graded(edited(edit))
    assert any("restored" in note.text for note in result.notes)
    assert "assert True" not in str(result.notebook)
    for cell in result.notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in fixture.POINTS:
            assert cell.metadata.nbgrader.points == fixture.POINTS[name] and cell.metadata.nbgrader.grade


def test_swapped_names_earn_nothing_more():
    def swap(notebook):
        one, other = cell_of(notebook, "relu"), cell_of(notebook, "test_scale_basics")
        one.metadata, other.metadata = other.metadata, one.metadata
    result = grade(edited(swap), fixture.SOURCE, limits=QUICK)
    assert sum(r.score for r in result.tests) <= fixture.TOTAL and len(result.tests) == len(fixture.POINTS)
    leaked(result)


def test_a_helper_cell_between_exercise_and_test_is_run_before_the_test():
    def edit(notebook):
        cell = cell_of(notebook, "relu")
        cell.source = "def relu(x): return helper(x)"
        helper = v4.new_code_cell("def helper(x): return np.maximum(x, 0)")
        notebook.cells.insert(notebook.cells.index(cell) + 1, helper)
    graded(edited(edit))


def test_weird_cells_are_survived():
    notebook = json.loads(HONEST)
    notebook["cells"] += [{"cell_type": "code"}, {"cell_type": 3}, "x", {"cell_type": "code", "source": 7},
                          {"cell_type": "markdown", "source": ["a", 1]}, {"cell_type": "code", "source": "1\ud800",
                                                                          "metadata": [], "id": 5}]
    notebook["metadata"] = "none"
    notebook["cells"][0]["metadata"] = None
    notebook["cells"][1]["attachments"] = {"x.svg": {"image/svg+xml": "<svg onload=alert(1)>"}}
    assert "svg" not in str(graded(json.dumps(notebook).encode()).notebook)


def test_reading_never_raises_anything_else():
    from hypothesis import given, settings
    from hypothesis import strategies as st
    parts = st.recursive(st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(["code", "markdown"]),
                         lambda inner: st.lists(inner) | st.dictionaries(
                             st.sampled_from(["cells", "nbformat", "metadata", "cell_type", "source", "nbgrader",
                                              "grade_id", "id", "worksheets", "input", "relu"]), inner), max_leaves=30)

    @settings(max_examples=80, deadline=None)
    @given(parts | st.fixed_dictionaries({"cells": st.lists(parts), "nbformat": st.sampled_from([3, 4, 5])}))
    def trial(value):
        try:
            sheets, notes = read(json.dumps(value).encode(), QUICK)
            lesson = Lesson(nbformat.reads(fixture.SOURCE.decode(), as_version=4))
            match(sheets, lesson, notes)
            arrange(sheets, lesson, notes)
        except NotGradable:
            pass
    trial()


def test_right_and_wrong_answers_are_told_apart_by_the_hint_that_was_written():
    result = grade(fixture.data(fixture.answered(relu=WRONG)), fixture.SOURCE, limits=QUICK)
    rows = {r.test: r for r in result.tests}
    assert rows["test_relu_basics"].hint == "Not the size." and "expected" in rows["test_relu_basics"].message
    assert rows["test_relu_hidden"].hint == "Not the size." and not rows["test_relu_hidden"].message
    assert rows["test_relu_basics"].exercise == "relu" and rows["test_quiz"].exercise == "quiz"
    assert {r.status for r in grade(fixture.data(fixture.answered(relu=RIGHT)), fixture.SOURCE).tests} == {"passed"}


def test_the_empty_release_scores_nothing():
    result = grade(fixture.data(fixture.released()), fixture.SOURCE, limits=QUICK)
    assert {r.status for r in result.tests} == {"unanswered"} and sum(r.score for r in result.tests) == 0
