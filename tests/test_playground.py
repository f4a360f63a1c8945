"""The playground: it trains by the rules, every button does what it says, and nothing of it runs by itself."""

import subprocess
import sys
import threading

import nbformat
import numpy as np
import pytest

import crease
from browser import CHROMIUM, browser, lab, open_notebook
from crease import data, nets
from crease.widgets import playground as room  # the file


@pytest.fixture
def playground(monkeypatch):
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    room.shown.clear()
    monkeypatch.setattr(room.Playground, "show", lambda _: None)
    crease.playground()
    yield room.shown[-1]
    room.shown.clear()


def tick(playground, count=1):
    """What the page does while its clock runs."""
    for _ in range(count):
        if playground.clock.playing:
            playground.clock.value += 1


def button(playground, name):
    return next(b for b in playground.children[1].children if getattr(b, "description", "") == name)


def test_training_is_that_of_nets_by_the_rules():
    training = room.Training(3, layers=2, activation="tanh", init="xavier", rate=0.1)
    training.advance(2)
    X, y = data.circle(250, seed=0)
    net = nets.init([2, 8, 8, 1], "tanh", scheme="xavier", output="tanh", bias=0.1, seeds=3)
    run = nets.train(net, X, 2 * y - 1, count=2, loss="mse", lr=0.1, batch=10, seeds=3)
    assert all((a[0] == b[0]).all() for a, b in zip(training.net, run.layers))
    assert np.isclose(training.curves[-1][1], run.losses[-1])


def test_signals_and_dead_units_are_told_per_layer():
    training = room.Training(activation="relu", init="he")
    training.net[2] = (training.net[2][0], training.net[2][1] - 1000, "relu")
    assert training.dead()[2] == 1 and training.dead()[0] < 1
    assert training.signals().shape == (6,) and (training.signals()[:3] == 0).all()


def test_play_pause_step_reset(playground):
    assert not playground.clock.playing and playground.training.epoch == 0
    playground.play.value = True
    before = playground.picture.value
    tick(playground, 3)
    assert playground.training.epoch >= 3 and playground.picture.value != before
    playground.play.value = False
    now = playground.training.epoch
    tick(playground)
    assert playground.training.epoch == now
    button(playground, "Step").click()
    assert playground.training.epoch == now + 1
    button(playground, "Reset").click()
    assert playground.training.epoch == 0 and len(playground.training.curves) <= 2


def test_a_late_tick_after_the_pause_trains_nothing(playground):
    playground.clock.value += 1
    assert playground.training.epoch == 0


def test_a_new_setting_starts_a_new_net_and_play_goes_on(playground):
    playground.play.value = True
    tick(playground, 2)
    for name, value in (("data", "spiral"), ("layers", 3), ("width", 5), ("activation", "gelu"), ("init", "he"),
                        ("rate", 0.1), ("seed", 7)):
        tick(playground)
        playground.knobs[name].value = value
        assert playground.training.epoch == 0
    assert playground.clock.playing and len(playground.training.net) == 4
    assert "spiral data, 3 gelu layers of 5 units" in playground.picture.value


def test_twenty_seeds_count_those_that_solved_it(playground):
    playground.knobs["activation"].value, playground.knobs["layers"].value = "relu", 2
    button(playground, "Run 20 seeds").click()
    assert playground.bar.layout.visibility == "visible"
    tick(playground, 200)
    assert "20 of 20 solved it" in playground.words.value
    assert playground.batch is None and not playground.clock.playing and playground.bar.layout.visibility == "hidden"
    button(playground, "Run 20 seeds").click()
    tick(playground)
    playground.knobs["layers"].value = 3
    assert playground.batch is None and not playground.clock.playing
    button(playground, "Run 20 seeds").click()
    playground.play.value = True
    assert playground.batch is None and playground.clock.playing


def test_it_stops_when_it_is_shown_nowhere_and_when_it_is_opened_anew(playground):
    threads = threading.active_count()
    for leave in (lambda: playground.picture.set_trait("_view_count", 0), crease.playground):
        playground.play.value = True
        tick(playground)
        leave()
        assert not playground.clock.playing and not playground.play.value
    assert threading.active_count() == threads and len(room.shown) == 1


def test_an_exception_is_shown_and_stops_the_clock(playground, monkeypatch):
    playground.play.value = True
    monkeypatch.setattr(playground.training, "advance", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tick(playground)
    assert "ZeroDivisionError" in playground.words.value and not playground.clock.playing


def test_a_rate_that_is_too_high_diverges_without_a_warning(playground, recwarn):
    playground.knobs["activation"].value, playground.knobs["init"].value = "relu", "normal"
    playground.knobs["rate"].value = 3.0
    for _ in range(5):
        button(playground, "Step").click()
    assert not [w for w in recwarn if issubclass(w.category, RuntimeWarning)]


def test_the_still_face_shows_six_against_two(monkeypatch):
    seen = []
    monkeypatch.setattr(room, "display", seen.append)
    crease.playground()
    assert seen[0].data.count("<img alt=") == 2
    assert "2 sigmoid layers of 8 units, epoch 400: 100% of" in seen[0].data
    assert "6 sigmoid layers of 8 units, epoch 400: 5" in seen[0].data


@pytest.mark.parametrize("first", ["", "import crease.widgets.playground", "from crease import sliders, widgets"])
def test_crease_has_it_and_live_as_functions_whatever_was_imported_first(first):
    code = f"{first}\nimport crease\nassert type(crease.playground) is type(crease.live) is type(lambda: 0)"
    subprocess.run([sys.executable, "-c", code], check=True)


# In a real browser

STATE = ("import asyncio, threading\nfrom crease.widgets.playground import shown\n"
         "p = shown[-1]\n"
         "print(p.training.epoch, p.clock.playing, len(asyncio.all_tasks()), threading.active_count())")
COUNT = """async ms => {
    const box = [...document.querySelectorAll('.widget-html')].find(e => e.querySelector('img'));
    let redraws = 0, last = '';
    const watch = new MutationObserver(() => {
        const src = box.querySelector('img')?.src;
        if (src && src !== last) { last = src; redraws += 1; }
    });
    watch.observe(box, {subtree: true, childList: true});
    await new Promise(done => setTimeout(done, ms));
    watch.disconnect();
    return redraws;
}"""


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")
def test_in_a_browser_it_plays_lets_other_cells_run_and_ends_with_its_cell(tmp_path):
    cells = [nbformat.v4.new_code_cell(text) for text in ("import crease\ncrease.playground()", STATE)]
    (tmp_path / "course").mkdir()
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), tmp_path / "course" / "play.ipynb")
    with lab(tmp_path / "course", tmp_path) as server, browser(1280, 1000) as context:
        page = open_notebook(context, server, "play.ipynb")

        def run(index):
            page.evaluate("""async i => {
                window.jupyterapp.shell.currentWidget.content.activeCellIndex = i;
                await window.jupyterapp.commands.execute('notebook:run-cell'); }""", index)
            return page.locator(".jp-Notebook .jp-Cell").nth(index).locator(".jp-OutputArea").first

        def state():
            epoch, playing, *left = run(1).inner_text().split()
            return int(epoch), playing == "True", left

        run(0)
        picture = page.locator(".widget-html img")
        picture.wait_for()
        _, _, at_rest = state()
        page.get_by_role("button", name="Play").click()
        page.wait_for_timeout(1000)
        redraws = page.evaluate(COUNT, 4000) / 4
        print(f"{redraws:.1f} redraws a second of a 6 × 8 net in training")
        assert redraws > 3  # 10 and more where nothing else runs; this may be a busy machine
        epoch, playing, left = state()
        assert epoch > 5 and playing and left == at_rest
        run(0)  # the cell is run again: the net that played is gone, and its clock with it
        page.wait_for_timeout(500)
        assert state()[:2] == (0, False)
        page.get_by_role("button", name="Play").click()
        page.wait_for_timeout(1000)
        page.evaluate("window.jupyterapp.shell.currentWidget.content.widgets[0].outputArea.model.clear()")
        page.wait_for_timeout(500)
        epoch, playing, left = state()
        page.wait_for_timeout(500)
        assert (epoch, False, at_rest) == state() and not playing
        assert not [p for p in page.problems if "404" not in p]
