"""The quiz, the sliders, the pictures and the data of `crease`."""

import base64
import io
import re
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from colour import apart, contrast, dark
from crease import check, data, live, plot, quiz
from crease.figures import collapse, start
from crease.page import sliders
from figures import pixels

QUIZ = """
1. What is ReLU(-1)?
+ 0 | Everything below zero becomes zero.
- 1 | That would be the absolute value.
2. And of 2?
- 0 | Only below zero.
+ 2 | It passes unchanged.
"""


# Quiz

def test_sealing_hides_marks_and_reasons_and_every_choice_still_answers():
    shown, sealed = quiz.seal(QUIZ)
    released = shown + sealed
    for _, choices in quiz.parse(QUIZ):
        for _, _, reason in choices:
            assert reason not in released and base64.b64encode(reason.encode()).decode()[:12] not in released
    assert [len(s) for s in sealed.split()] == [500] * 4
    secrets = iter(sealed.split())
    for (question, choices), (asked, offered) in zip(quiz.parse(QUIZ), quiz.parse(shown)):
        assert question == asked
        for (mark, choice, reason), (star, same, nothing) in zip(choices, offered):
            assert (star, same, nothing) == ("*", choice, "")
            assert quiz.verdict(question, choice, "", "", next(secrets)) == (mark == "+", reason)


def test_a_line_that_is_neither_question_nor_choice_is_an_error():
    with pytest.raises(ValueError, match="quiz line"):
        quiz.parse("hello")


def test_verify_tells_what_is_missing_and_gives_a_point_for_each_right_answer():
    for answers, share, look in (({1: "a", 2: "b"}, 1, ""), ({1: "b", 2: "b"}, 0.5, "question 1."),
                                 ({1: "a"}, 0.5, "question 2."), ({1: "b", 2: "a"}, 0, "question 1, 2.")):
        earned = quiz.verify(answers, 2, key="ab", points=2)
        assert float(repr(earned)) == 2 * share and earned.hint.endswith(look), answers
    assert repr(quiz.verify({1: "a", 2: "a"}, 2)).startswith("✓ All 2 questions are answered.")
    assert repr(quiz.verify({1: "a", 2: "z"}, 2)).startswith("○ No answer yet to question 2.")
    with pytest.raises(check.Unanswered, match="Choose an answer"):
        quiz.verify({}, 2)
    with pytest.raises(check.Failure, match="Keep the cell"):
        quiz.verify([], 2)


def test_clicks_answer_with_the_reason_and_are_kept(monkeypatch):
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    quiz.chosen.clear()
    question, choices = quiz.parse(QUIZ)[0]
    spoken = [quiz.verdict(question, c, m, r, "") for m, c, r in choices]
    box = quiz.radio(1, question, [c for _, c, _ in choices], spoken)
    buttons, feedback = box.children[1], box.children[2]
    buttons.value = 1
    assert "Not quite" in feedback.value and "absolute value" in feedback.value
    buttons.value = 0
    assert "Right" in feedback.value and "below zero" in feedback.value
    assert quiz.keep({2: "b"}) == {1: "a", 2: "b"}
    quiz.chosen.clear()


def test_a_quiz_that_is_run_again_still_has_its_answers(monkeypatch):
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    seen = []
    monkeypatch.setattr(quiz, "display", seen.append)
    for _ in range(2):
        quiz.ask(*quiz.seal(QUIZ))
        quiz.chosen.setdefault(1, "b")
    buttons, feedback = seen[1].children[0].children[1:]
    assert buttons.value == 1 and "Not quite" in feedback.value and quiz.keep()[1] == "b"
    quiz.ask("1. Another?\n+ yes | right\n- no | wrong")
    assert not quiz.chosen


def test_without_widgets_the_questions_are_plain_text(capsys):
    quiz.ask(*quiz.seal(QUIZ))
    out = capsys.readouterr().out
    assert "1. What is ReLU(-1)?" in out and "a) 0" in out and "below zero" not in out


# Sliders

@pytest.fixture
def shown(monkeypatch):
    """What `display` was given."""
    seen = []
    monkeypatch.setattr(sliders, "display", seen.append)
    return seen


def test_live_moves_the_picture_and_its_alt_text(shown, monkeypatch):
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    live(collapse.kinks, units=(0, 8), steepness=(0.0, 1.5, 0.1), caption="kinks")
    _, box = shown
    assert isinstance(box, sliders.Live)
    (units, _), (image, caption, _) = (part.children for part in box.children)
    assert units.value == 3 and caption.value == ""  # it would give the answer away
    before = image.value
    units.value = 5
    assert image.value != before and "5 kinks" in image.value and caption.value == "kinks"
    bundle, _ = box._repr_mimebundle_()
    assert "<img" in bundle["text/html"] and "application/vnd.jupyter.widget-view+json" in bundle


def test_controls_of_any_name_become_sliders(shown, monkeypatch):
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)

    def named(width=3, value=1):
        fig, _ = plot.axes()
        fig.alt = f"width {width}, value {value}"
        return fig

    live(named, width=(2, 6), value=(0, 2))
    assert [knob.description for knob in shown[1].children[0].children] == ["width", "value"]


def test_live_never_hides_an_exception(shown, monkeypatch):
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)

    def broken(x=1):
        fig, ax = plot.axes()

        def move(x):
            if x > 1:
                raise ZeroDivisionError("at two")
            return "a line"
        return plot.moving(fig, move, x=x)

    live(broken, x=(1, 3))
    knob, image = (part.children[0] for part in shown[1].children)
    with pytest.raises(ZeroDivisionError):
        knob.value = 2
    assert "at two" in image.value


def test_without_a_live_front_end_live_shows_stills(shown):
    live(collapse.kinks, units=(0, 8), stills=[{"units": 1}, {"units": 4}], caption="kinks")
    page = shown[0].data
    assert page.count("<img") == 2 and "units = 4" in page and "A line with 4 kinks" in page and "kinks" in page


# Pictures

def test_the_boundary_tells_the_truth_about_linear_and_relu():
    assert "straight" in collapse.boundary(10, "linear").alt
    assert "bends" in collapse.boundary(3, "relu").alt


@pytest.mark.parametrize("figure", [collapse.unit, start.timeline])
def test_still_figures_have_alt_text(figure):
    assert len(figure().alt) > 60


def test_a_figure_without_alt_text_is_refused():
    with pytest.raises(ValueError, match="alt"):
        plot.picture(plot.axes()[0])


def test_a_picture_is_an_image_with_alt_text_and_caption():
    page = plot.picture(plot.axes()[0], alt='a "line"', caption="look <here>")
    assert 'alt="a &quot;line&quot;"' in page and "look &lt;here&gt;" in page


def test_a_picture_has_the_pixels_of_the_screen_it_is_for(monkeypatch):
    def wide(width):
        text = re.search("base64,([^\"]+)", plot.picture(plot.axes()[0], alt="a line", width=width))[1]
        return Image.open(io.BytesIO(base64.b64decode(text))).width
    assert [wide(width) for width in (320, 480, 640, 900)] == [640, 960, 1280, 1280]
    monkeypatch.setattr(plot, "FINE", 1)
    assert [wide(width) for width in (320, 640, 900)] == [640, 640, 640]


def test_colours_have_a_contrast_of_three_to_one_on_white():
    for colour in [*plot.COLOURS, plot.ORANGE, plot.BLUE, plot.GREY]:
        assert contrast(colour, "white") >= 3, colour
        assert contrast(dark(colour), "#111111") >= 3, colour  # JupyterLab's dark page


def test_the_words_in_a_figure_can_be_read_in_both_themes():
    for colour in (plot.INK, plot.ORANGE, plot.BLUE, plot.GREY):
        assert contrast(colour, "white") >= 4.5 and contrast(dark(colour), "#111111") >= 4.5, colour
    for a, b in ((plot.ORANGE, plot.BLUE), (dark(plot.ORANGE), dark(plot.BLUE))):
        assert apart(a, b) > 60  # the two classes


def test_wilson_intervals_hold_the_share_and_stay_in_range():
    low, high = plot.wilson(np.array([0, 5, 10]), 10)
    assert (low >= -1e-12).all() and (high <= 1 + 1e-12).all() and low[1] < 0.5 < high[1]
    assert np.allclose((low[1], high[1]), (0.2366, 0.7634), atol=1e-4)  # Wilson 1927 for 5 of 10


# Data

@pytest.mark.parametrize("name", data.CLOUDS)
def test_clouds_are_balanced_and_the_same_for_the_same_seed(name):
    X, y = data.CLOUDS[name](200, noise=0.1, seed=1)
    again, _ = data.CLOUDS[name](200, noise=0.1, seed=1)
    assert X.shape == (200, 2) and set(y) == {0.0, 1.0} and 0.35 < y.mean() < 0.65
    assert (X == again).all() and not (X == data.CLOUDS[name](200, noise=0.1, seed=2)[0]).all()


def test_the_circle_is_a_disc_in_a_ring():
    X, y = data.circle()
    r = np.hypot(*X.T)
    assert r[y == 1].max() <= 2.5 and r[y == 0].min() >= 3.5


def test_importing_crease_leaves_no_widget_and_prints_nothing():
    code = "import crease, ipywidgets, sys; sys.exit(len(ipywidgets.Widget.get_manager_state()['state']))"
    done = subprocess.run([sys.executable, "-W", "always::UserWarning", "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_quick_png_holds_the_same_pixels():
    some = np.random.default_rng(0).integers(0, 256, (7, 5, 3), np.uint8)
    assert (np.asarray(Image.open(io.BytesIO(sliders.quick_png(some)))) == some).all()
    fig = collapse.kinks()
    shown = base64.b64decode(re.search('base64,([^"]+)', sliders.frame(fig))[1])
    assert (np.asarray(Image.open(io.BytesIO(shown))) == plot.pixels(fig)).all()


def test_a_small_png_is_sharp_and_the_same_to_the_eye():
    for fig in (collapse.kinks(), collapse.boundary()):
        before, sharp = pixels(fig), plot.pixels(fig, 2)
        small = plot.small_png(sharp)
        shown = np.asarray(Image.open(io.BytesIO(small)).convert("RGB"), float)
        assert shown.shape == (2 * before.shape[0], 2 * before.shape[1], 3)
        assert np.abs(shown - sharp).mean() < 0.1 and len(small) < 80_000
        assert (pixels(fig) == before).all()  # and it moves on as before


def test_a_surface_has_its_first_row_at_the_bottom_and_fills_its_axes():
    fig, ax = plot.axes(size=(2, 2))
    ax.axis("off")
    plot.surface(ax).set_data(np.repeat([[0.0], [1.0]], 2, 1))
    shown, (bottom, top) = pixels(fig), (np.array(plot.SURFACE(v)[:3]) * 255 for v in (0, 255))
    left, low, right, high = (round(v) for v in ax.bbox.extents)
    assert abs(shown[-low - 2, left + 2] - bottom).max() <= 1 and abs(shown[-high + 1, right - 2] - top).max() <= 1


# The server

def test_a_kernel_is_connected_without_the_wait_for_an_acknowledgement():
    from crease.page.server import at_once

    class Handler:
        def set_nodelay(self, value):
            self.nodelay = value

    class Plain:
        websocket_handler = Handler()

        def connect(self):
            return "connected"

    assert at_once(Plain)().connect() == "connected" and Plain.websocket_handler.nodelay is True
