"""The tests are tested: right answers get full marks, wrong ones lose points and draw the hint written for them."""

import ast
import functools
import json
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common import LESSONS, ROOT, tally
from crease import check
from crease.hinting import hints, trail
from grader.hints.library import quietly, using
from grader.hints.sealing import failing_calls, grouped, sealed
from grader.notebook.release import release
from lessonbook import answers, build, library

DONE = [lesson for lesson in LESSONS if (ROOT / "solutions" / "mistakes" / f"{lesson}.py").exists()]
EXERCISES = [(lesson, name) for lesson in DONE for name in library(lesson).exercises]
ANSWERS = [(lesson, name, answer) for lesson in DONE for name, answer in answers(lesson)]
each_exercise = pytest.mark.parametrize("lesson, exercise", EXERCISES, ids=[f"{e[0][:2]}-{e[1]}" for e in EXERCISES])


@functools.cache
def seals(lesson):  # they take seconds
    return json.dumps(sealed(library(lesson)))


def cell(lesson, exercise, kind):
    return library(lesson).lesson.by_id[f"test_{exercise}_{kind}"]


def drawn(lesson, exercise, answer):
    """The failures of an exercise's checks, as the judge has them: [Failure or None]."""
    found, failures, earlier = library(lesson), [], []
    for kind in ("basics", "hidden"):
        names, test = dict(found.names), cell(lesson, exercise, kind)
        found.passed = kind == "hidden" and failures == [None]
        with quietly(), using(found, earlier) as calls:
            try:
                exec(found.lesson.needs(test)[0], names)
                names |= {name: answer.names[name] for name in found.owner}
                exec(test.code, names)
                failures.append(None)
            except check.Failure as failure:
                failures.append(failure)
            earlier = list(calls)
    found.passed = False
    return failures


@pytest.mark.parametrize("lesson, exercise, answer", ANSWERS,
                         ids=[f"{e[0][:2]}-{e[1]}-line {e[2].line}" for e in ANSWERS])
def test_answer(lesson, exercise, answer):
    failures = [f for f in drawn(lesson, exercise, answer) if f is not None]
    tally["correct" if answer.right else "wrong"] += 1
    if answer.right:
        tally["false rejects"] += bool(failures)
        assert not failures, f"refused: {failures[0]}"
    else:
        tally["false accepts"] += not failures
        assert failures, "accepted"
        right = answer.hint in [f.hint for f in failures]
        tally["right hint"] += right
        assert right, f"drew {[f.hint for f in failures]}"


@each_exercise
def test_there_are_three_right_answers_and_six_wrong_ones(lesson, exercise):
    kinds = [answer.right for answer in library(lesson).exercises[exercise].answers]
    assert kinds.count(True) >= 3 and kinds.count(False) >= 6


@pytest.mark.parametrize("lesson", DONE)
def test_every_exercise_has_its_mistakes(lesson):
    assert set(library(lesson).exercises) == set(library(lesson).owner.values())


@each_exercise
def test_the_visible_check_is_a_short_example(lesson, exercise):
    shown = cell(lesson, exercise, "basics").released
    assert len(shown.splitlines()) <= 8, shown
    for call in (node for node in ast.walk(ast.parse(shown)) if isinstance(node, ast.Call)):
        if ast.unparse(call.func) == "check.call":
            keywords = {keyword.arg: keyword.value for keyword in call.keywords}
            assert "hint" not in keywords
            assert not isinstance(keywords["expected"], ast.Lambda), "a formula in place of a value"


@each_exercise
def test_the_docstring_s_examples_are_part_of_the_visible_check(lesson, exercise):
    found, test = library(lesson), cell(lesson, exercise, "basics")
    names = dict(found.names)
    exec(found.lesson.needs(test)[0], names)
    names |= {name: found.names[name] for name in found.owner}
    with quietly(), using(found) as calls:
        exec(test.code, names)
        asked = [(call.name, trail.reduced(call.args, ())) for call in calls]
    for function in (f for f, place in found.owner.items() if place == exercise):
        lines = re.findall(r"^ *>>> (.*)$", found.names[function].__doc__ or "", re.M)
        for line in lines:
            for call in (n for n in ast.walk(ast.parse(line)) if isinstance(n, ast.Call)
                         and ast.unparse(n.func) == function):
                space = dict(found.names)
                for before in lines[:lines.index(line)]:
                    exec(before, space)
                args = [eval(ast.unparse(a), space) for a in [*call.args, *(k.value for k in call.keywords)]]
                shape, numbers = trail.reduced(tuple(args), ())
                assert any(name == function and skeleton(shape) == skeleton(s) and np.array_equal(
                    numbers, n, equal_nan=True) for name, (s, n) in asked), f"{line} is not in the check"


def skeleton(shape):
    """The form of arguments, whether they are lists or arrays."""
    return shape.count("n") if set(shape) <= set("()n0123456789, ") else re.sub(r"f\d*", "f", shape)


@each_exercise
def test_the_visible_check_tells_mistakes_with_different_hints_apart(lesson, exercise):
    for calls, said in grouped(library(lesson), cell(lesson, exercise, "basics"), exercise)[0]:
        assert len(said) == 1, f"{calls[-1].args} gives {calls[-1].numbers} for each of {said}"


@each_exercise
def test_more_is_a_short_plain_example_of_other_numbers(lesson, exercise):
    found = library(lesson)
    more = found.exercises[exercise].more
    code = "\n".join(re.findall(r"^    (.*)$", more, re.M))
    prose = re.sub(r"^    .*$", "", more, flags=re.M)
    assert 40 <= len(re.findall(r"[^\W\d_]+", more)) <= 120
    assert grade_of(prose) <= 9, grade_of(prose)
    for function in (f for f, place in found.owner.items() if place == exercise):
        names = {"np": np}
        with quietly():
            exec(code, names)
        for value in [v for k, v in names.items() if callable(v) and k != "__builtins__"]:
            calls = failing_calls(found, cell(lesson, exercise, "basics"), {function: value})
            assert calls is not None, "the code in `more` passes the check"
        body = [line.strip() for line in found.cells[exercise].source.splitlines()]
        assert not [line for line in body if len(line) > 25 and line in more and not line.startswith((">>>", "#"))]


def grade_of(text):
    """The reading grade by Kincaid et al. (1975); a formula counts as a word of one syllable."""
    sentences = max(1, len(re.findall(r"[.!?:](?:\s|$)", text)))
    words = re.findall(r"[A-Za-z']+", text)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower())))) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


@pytest.mark.parametrize("lesson", DONE)
def test_in_a_notebook_every_mistake_that_the_visible_check_sees_draws_its_hint(lesson, monkeypatch, tmp_path):
    found = library(lesson)
    (tmp_path / "one.json").write_text(text := seals(lesson))
    monkeypatch.setattr(hints, "FOLDER", tmp_path)
    monkeypatch.setattr(hints, "library", hints.Sealed())
    for exercise, answer in answers(lesson):
        assert answer.right or answer.hint not in text
        test = cell(lesson, exercise, "basics")
        calls = None if answer.right else failing_calls(
            found, test, {name: answer.names[name] for name in answer.functions})
        if calls:
            assert hints.library.guess(calls) == answer.hint, answer.line
            about = hints.library.about(calls[-1].name)
            assert about["hint"] == found.exercises[exercise].hint and about["hint"] not in text
            assert about["more"] == found.exercises[exercise].more


ODD = [0.0, 1.0, 0.5, 1e-12, np.inf, -np.inf, np.nan]
values = st.floats(-1e6, 1e6).map(lambda x: round(x, 6)) | st.sampled_from(ODD)


@settings(deadline=None, max_examples=50)
@given(st.lists(values, min_size=1, max_size=40), st.integers(0, 2**32 - 1))
def test_rounding_at_a_digit_s_edge_loses_no_hint(numbers, seed):
    """Two ways to compute the same differ in the last digits; the hint is found all the same."""
    noise = 1 + np.random.default_rng(seed).uniform(-1e-12, 1e-12, len(numbers))
    one, other = (trail.Call("f", (), shape="x", numbers=np.array(numbers) * factor) for factor in (1, noise))
    made = hints.seal(["f"], {}, [([one], "Mind the gap.")])
    library = hints.Sealed()
    library.exercises = {"f": made}
    assert library.guess([one]) == library.guess([other]) == "Mind the gap."


def test_another_result_opens_nothing():
    one, other = (trail.Call("f", (), shape="n", numbers=np.array([x])) for x in (0.5, 0.50001))
    library = hints.Sealed()
    library.exercises = {"f": hints.seal(["f"], {}, [([one], "Mind the gap.")])}
    assert library.guess([other]) is None


def test_a_class_s_own_lesson_carries_its_hints(tmp_path, monkeypatch):
    """The author writes mistakes/LESSON.py in the class; the release holds them sealed, and the judge says them."""
    import nbformat

    import lessons
    from grader.classroom.create import generate_assignments
    from grader.classroom.folder import Classroom
    from grader.judge.grade import grade
    lessons.classroom(tmp_path, {"ada": lessons.answer(lessons.WRONG)})
    source = tmp_path / "class" / "source" / lessons.LESSON / f"{lessons.LESSON}.ipynb"
    plain = nbformat.read(source, as_version=4)
    text = plain.metadata.pop("crease")["mistakes"].replace("Twice, not once.", "Once more.")
    nbformat.write(plain, source)
    (tmp_path / "class" / "mistakes").mkdir()
    (tmp_path / "class" / "mistakes" / f"{lessons.LESSON}.py").write_text(text)
    generate_assignments(tmp_path / "class", [lessons.LESSON])
    released = tmp_path / "class" / "release" / lessons.LESSON / f"{lessons.LESSON}.ipynb"
    assert "Once more." not in released.read_text() and "def double(x):\\n    return x" not in released.read_text()
    monkeypatch.setenv("JPY_SESSION_NAME", str(released))
    monkeypatch.setattr(hints, "library", hints.Sealed())
    with pytest.raises(check.Failure, match="Once more."):
        exec("check.call(double, 3.0, expected=6.0)", {"double": lambda x: x, "check": check})
    found = Classroom(tmp_path / "class").lessons[lessons.LESSON]
    assert [t.hint for t in grade(lessons.answer(lessons.WRONG), found).tests][:2] == ["Once more."] * 2


OUTCOME = {"choose_init", "rescue_plan", "choose", "my_activation", "output_head", "speedup"}  # by what comes out


@pytest.mark.parametrize("lesson", LESSONS)
def test_nothing_released_tells_a_mistake_or_an_answer(lesson):
    """Neither hints nor wrong answers nor solutions lie open in course/, its sealed hints or the release."""
    files = [path for path in (ROOT / "course").rglob("*") if path.suffix in (".py", ".json", ".js", ".md")]
    notebook = json.dumps(release(build.read_source(ROOT / "solutions" / f"{lesson}.py")), ensure_ascii=False)
    texts = {str(path): path.read_text(encoding="utf-8") for path in files} | {"the released notebook": notebook}
    texts["the sealed hints"] = seals(lesson)
    general = "".join(texts.pop(str(ROOT / "course" / "crease" / name)) for name in (
        "hinting/seen.py", "hinting/values.py", "check.py"))
    for exercise, found in library(lesson).exercises.items():
        secrets = {found.hint, *(part for part in found.more.split("\n\n") if len(part) > 60)}
        if exercise not in OUTCOME:
            secrets |= {answer.hint for answer in found.answers if answer.hint and answer.hint not in general}
        for name, text in texts.items():
            assert not [one for one in secrets if one in text or json.dumps(one)[1:-1] in text], name
    assert "mistakes" not in json.loads(notebook)["metadata"].get("crease", {})


def test_an_exception_is_not_taken_for_a_mistake_that_raises_it_by_the_way():
    """`collapse` that is right for arrays meets lists; the mistake that adds lists up raises a TypeError too."""
    found = library("01_linear_collapse")
    text = ("def collapse(layers):\n    W, b = layers[0]\n    for V, c in layers[1:]:\n"
            "        W, b = W @ V, b @ V + c\n    return W, b\n")
    exec(text, names := dict(found.names))
    names |= {"check": check, "layers": [([[2.0]], [1.0]), ([[10.0]], [5.0])]}
    with using(found), pytest.raises(check.Failure, match="not for lists"):
        exec("check.call(collapse, layers, expected=([[20.0]], [15.0]))", names)
