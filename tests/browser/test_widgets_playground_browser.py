"""The playground in a real browser: it obeys mouse and keys. In a notebook, see test_widgets_pages.py."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from ipywidgets.embed import embed_data

from browser import CHROMIUM, browser
from crease.widgets.playground import Playground, playground

pytestmark = [pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"), pytest.mark.timeout(600)]
OPEN = """async ([script, state]) => {
    for (const table of Object.values(state.functions))
        for (const key of ["values", "slopes"])
            if (table[key]) table[key] = new DataView(Float64Array.from(table[key]).buffer);
    window.state = state;
    const model = {get: key => state[key], set: (key, v) => { state[key] = v; }, save_changes() {}, on() {}, off() {}};
    const url = URL.createObjectURL(new Blob([script], {type: "text/javascript"}));
    window.leave = (await import(url)).default.render({model, el: document.getElementById("here")}); }"""


@pytest.fixture(scope="module")
def context():
    with browser(1130, 720) as opened:
        yield opened


@pytest.fixture
def page(context):
    """A page without kernel, notebook or manager: `page.open(**settings)` puts a playground on it."""
    made = context.new_page()
    made.problems = []
    made.on("pageerror", lambda e: made.problems.append(str(e)))

    def start(activation="sigmoid", dark=False, workers=False, **settings):
        widget = playground(activation, **settings)
        ground = "#111" if dark else "#fff"
        made.set_content(f"<!doctype html><html lang=en><title>.</title><style>body {{background: {ground}}} "
                         f"{Playground._css}</style><div id=here></div>")
        names = ("defaults", "settings", "functions", "deviations", "hide")
        state = {name: getattr(widget, name) for name in names}
        made.evaluate(OPEN, [Playground._esm, state | ({"_esm": Playground._esm} if workers else {})])
        made.get_by_role("application").wait_for()

    made.open = start
    yield made
    made.close()
    assert not made.problems


def epoch(place):
    return int(re.sub(r"\D", "", place.locator(".play-epoch").inner_text()))


def settings_of(page):
    return page.evaluate("window.state.settings")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def test_play_pause_step_reset_and_a_setting_that_starts_anew_and_plays_on(page):
    page.open(layers=[4])
    press(page, "Step")
    page.wait_for_function("document.querySelector('.play-epoch').textContent === 'epoch 1'")
    press(page, "▶ Play")
    page.wait_for_function("+document.querySelector('.play-epoch').textContent.slice(6) > 12")
    page.get_by_label("activation").select_option("tanh")
    page.wait_for_function("+document.querySelector('.play-epoch').textContent.slice(6) > 12")
    press(page, "❚❚ Pause")
    now = epoch(page)
    page.wait_for_timeout(300)
    assert epoch(page) == now and settings_of(page)["activation"] == "tanh"
    assert f"epoch {now}:" in page.locator(".play-line").input_value()
    press(page, "Reset")
    assert epoch(page) == 0


def test_two_layers_solve_it_and_six_do_not(page):
    for layers, right in ((2, True), (6, False)):
        page.open(layers=[8] * layers)
        page.get_by_label("speed").select_option("most")
        press(page, "▶ Play")
        page.wait_for_function("+document.querySelector('.play-epoch').textContent.replace(/\\D/g, '') >= 400")
        press(page, "❚❚ Pause")
        share = int(re.search(r"(\d+) %", page.locator(".play-result").inner_text())[1])
        assert (share >= 98) is right


def test_a_weight_is_changed_by_the_keys_alone(page):
    page.open(layers=[3])
    page.get_by_role("application").focus()
    page.keyboard.press("w")
    value = page.get_by_label("value, exactly")
    before = float(value.input_value())
    assert "Weight: x₁ → layer 1, unit 1" in page.locator(".play-what").inner_text()
    page.keyboard.press("+")
    assert float(value.input_value()) == pytest.approx(before + 0.1, abs=1e-3)
    value.fill("-2.5")
    page.get_by_role("application").focus()
    page.keyboard.press("ArrowRight")
    assert "The output" in page.locator(".play-what").inner_text()


def test_a_key_draws_the_net_once_and_at_once(page):
    page.open(layers=[3])
    page.get_by_label("light of the error signal").uncheck()
    page.get_by_role("application").press("w")
    page.wait_for_timeout(400)
    page.evaluate("""() => {
        const wipe = CanvasRenderingContext2D.prototype.clearRect, net = document.querySelector(".play-net canvas");
        window.drawn = [0, 0];
        CanvasRenderingContext2D.prototype.clearRect = function (...box) {
            if (this.canvas === net) drawn[0] += 1;
            return wipe.apply(this, box); };
        document.addEventListener("keydown", () => { drawn[1] = drawn[0]; }); }""")
    for key in ("+", "ArrowUp"):
        page.evaluate("drawn = [0, 0]")
        page.keyboard.press(key)
        page.wait_for_timeout(300)
        assert page.evaluate("drawn") == [1, 1], "how often in all, and before the key's handlers have ended"


def test_a_wire_is_found_by_the_mouse_and_a_click_keeps_it(page):
    page.open(layers=[1])
    net = page.get_by_role("application")
    box = net.bounding_box()
    found = set()
    for x in range(60, int(box["width"]) - 40, 12):
        page.mouse.move(box["x"] + x, box["y"] + 179)
        found.add(page.locator(".play-what").inner_text().split(":")[0])
    assert any(text.startswith("Layer 1, unit 1") for text in found) and "Weight" in found
    page.mouse.move(box["x"] + box["width"] - 30, box["y"] + 179)
    page.mouse.down()
    page.mouse.up()
    page.mouse.move(5, 5)
    assert page.locator(".play-what").inner_text().startswith("The output")


def test_features_layers_and_units_are_added_by_key_and_button(page):
    page.open(layers=[3, 3])
    page.get_by_role("application").focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowLeft", *["ArrowDown"] * 6, " "):
        page.keyboard.press(key)
    assert settings_of(page)["features"] == ["x1", "x2", "sin(x2)"]
    press(page, "more units in layer 2")
    press(page, "more hidden layers")
    assert settings_of(page)["layers"] == [3, 4, 4]


@pytest.mark.parametrize("workers", [False, True])
def test_twenty_seeds_race_and_one_of_them_can_be_opened(page, workers):
    page.open("tanh", layers=[8], workers=workers)
    made = []
    page.on("worker", lambda worker: made.append(worker))
    press(page, "Run 20 seeds")
    over = "document.querySelector('.play-race strong').textContent.startsWith('20 of 20 solved it, in')"
    page.wait_for_function(over)
    maps = page.locator(".play-map.solved")
    assert maps.count() == 20 and bool(made) is workers
    maps.nth(7).click()
    share = int(re.search(r"(\d+) %", page.locator(".play-result").inner_text())[1])
    assert settings_of(page)["seed"] == 7 and share >= 98 and epoch(page) > 0
    assert page.locator(".play-race").is_hidden()


def test_points_of_ones_own_are_drawn_by_mouse_and_by_key_and_learned(page):
    page.open("tanh", layers=[4])
    page.get_by_role("radio", name="yours: drawn").check(force=True)
    plane = page.locator(".play-plane canvas")
    box = plane.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    for y in range(40, 240, 8):
        page.mouse.move(box["x"] + 40, box["y"] + y)
    page.mouse.up()
    blue = len(settings_of(page)["drawn"].split())
    plane.focus()
    for key in ("ArrowRight", "o", *["Shift+ArrowRight"] * 2, "o"):
        page.keyboard.press(key)
    assert blue > 8 and len(settings_of(page)["drawn"].split()) == blue + 2
    page.keyboard.press("Delete")
    assert len(settings_of(page)["drawn"].split()) == blue + 1
    press(page, "1 · Try a line")
    page.wait_for_function("/linear: 100 % right/.test(document.querySelector('.play-verdict').textContent)")
    press(page, "2 · Crease it")
    page.wait_for_function("/relu: \\d+ % right/.test(document.querySelector('.play-verdict').textContent)")


def test_a_line_pasted_into_it_is_taken_and_a_wrong_one_is_answered(page):
    page.open()
    line = page.locator(".play-line")
    line.fill('crease.playground(data="xor", layers=[4, 2], activation="relu", seed=5)  # epoch 30: 97 %')
    line.press("Enter")
    assert settings_of(page) | {"data": "xor", "layers": [4, 2], "activation": "relu", "seed": 5} == settings_of(page)
    line.fill("crease.playground(layers=[4, 40])")
    line.press("Enter")
    assert "at most 8 layers" in page.locator(".crease-say").inner_text() and settings_of(page)["layers"] == [4, 2]


def test_when_it_is_left_nothing_runs_on(page):
    page.open(layers=[2])
    press(page, "▶ Play")
    page.wait_for_timeout(300)
    page.evaluate("""() => { window.leave(); window.asked = 0; const ask = window.requestAnimationFrame;
        window.requestAnimationFrame = f => { window.asked += 1; return ask(f); }; }""")
    page.wait_for_timeout(500)
    assert page.evaluate("window.asked") == 0


@pytest.mark.parametrize("dark", [False, True])
def test_nothing_serious_for_those_who_cannot_see_it(page, dark):
    page.open(dark=dark, layers=[4, 4])
    page.wait_for_timeout(500)
    found = Axe().run(page, context="#here").response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found if rule["impact"] in ("serious", "critical")] == []


@pytest.mark.parametrize("width, height", [(1130, 640), (880, 690), (700, 900)])
def test_it_fits_its_place_at_every_width(page, width, height):
    page.set_viewport_size({"width": width, "height": 720})
    page.open()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".crease.play").bounding_box()["height"] <= height


def test_hidden_parts_are_not_there(page):
    page.open(hide=["data", "knobs", "line"])
    assert not page.locator(".play-clouds").is_visible() and not page.locator(".play-knobs").is_visible()
    assert page.get_by_role("button", name="Run 20 seeds").is_visible()


def test_everything_it_needs_stands_in_a_static_page():
    widget = playground(lambda z: z * z, layers=[3])
    state = embed_data(views=[widget], drop_defaults=False)["manager_state"]["state"][widget.model_id]
    assert state["model_module"] == "anywidget" and "export default" in state["state"]["_esm"]
    assert state["state"]["settings"]["layers"] == [3] and state["state"]["defaults"]
    assert {tuple(b["path"]) for b in state["buffers"]} == {("functions", "function, yours", "values")}
