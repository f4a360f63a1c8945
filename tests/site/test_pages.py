"""The browser edition's pages: built, opened in a real Chromium, moved by keys, and nothing fetched from elsewhere."""

import hashlib
import os
import re
import threading
import time

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe

import make_site
import moving
import reading
import runtime
from browser import CHROMIUM, browser
from common import LESSONS, ROOT

ONLY = ["00", "01"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    built = tmp_path_factory.mktemp("site") / "site"
    make_site.build(built, ONLY, workers=2, lab=False)
    return built


@pytest.fixture(scope="module")
def address(folder):
    with make_site.server(folder) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()


@pytest.fixture(scope="module")
def context():
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine")
    with browser(390, 844) as opened:
        yield opened


@pytest.fixture
def page(context, address):
    """A page whose requests to anywhere else are refused and counted, and whose errors are kept."""
    opened = context.new_page()
    opened.problems, opened.away = [], []

    def let(route):
        if route.request.url.startswith((address, "data:", "blob:")):
            return route.continue_()
        opened.away.append(route.request.url)
        return route.abort()
    opened.route("**/*", let)
    opened.on("console", lambda m: m.type == "error" and opened.problems.append(m.text))
    opened.on("pageerror", lambda e: opened.problems.append(str(e)))
    yield opened
    assert opened.away == [] and opened.problems == []
    opened.close()


def serious(page):
    found = Axe().run(page)
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found.response["violations"]
            if rule["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_front_page_shows_every_lesson_and_a_sheet_that_moves(page, address, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    assert page.locator(".card").count() == len(ONLY)
    canvas = page.locator(".hero + .widget canvas")
    before = canvas.get_attribute("aria-label")
    page.wait_for_function("words => document.querySelector('canvas').getAttribute('aria-label') !== words", arg=before)
    page.get_by_role("button", name="Pause").click()
    assert page.locator(".card img").first.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    assert serious(page) == []


def test_without_motion_the_cards_are_still(page, address):
    page.emulate_media(reduced_motion="reduce")
    page.goto(address)
    assert page.locator(".card img").first.evaluate("image => image.currentSrc").endswith(".png")


def test_a_lesson_is_read_on_a_phone_with_its_widgets_alive(page, address):
    page.goto(f"{address}01_linear_collapse.html")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("math").count() >= 3
    bet = page.locator(".widget").first
    bet.scroll_into_view_if_needed()
    bet.get_by_role("spinbutton").fill("60")
    bet.get_by_role("spinbutton").press("Enter")
    assert "Your bet: 60" in bet.get_by_role("status").inner_text()
    slider = page.locator(".sliders").nth(1)  # the kinks
    slider.scroll_into_view_if_needed()
    slider.locator(".knobs").wait_for()
    picture, knob = slider.locator("img"), slider.get_by_role("slider", name="units")
    first = picture.get_attribute("alt")
    knob.focus()
    knob.press("ArrowRight")
    assert picture.get_attribute("alt") != first
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 400
    landed = page.locator(".widget").last
    landed.scroll_into_view_if_needed()
    landed.get_by_text("Your bet: 60").wait_for()  # beside what was measured
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert serious(page) == []


def test_the_text_is_there_at_once_and_without_scripts(context, address):
    page = context.browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"{address}01_linear_collapse.html", wait_until="commit")
    page.get_by_role("heading", name="1 · Linear collapse").wait_for(timeout=2000)
    assert page.locator(".sliders img").first.get_attribute("alt")  # the stills
    page.close()


def test_no_page_tells_an_answer(folder):
    text = "".join(path.read_text() for path in folder.rglob("*.html"))
    for lesson in ("00_start_here", "01_linear_collapse"):
        book = nbformat.read(ROOT / "solutions" / f"{lesson}.ipynb", as_version=4)
        answers = re.findall(r"### BEGIN (?:SOLUTION|HIDDEN TESTS)\n(.*?)### END", "".join(
            f"{cell.source}\n" for cell in book.cells), re.S)
        assert answers
        plain = re.sub(r"<[^>]+>", "", text)
        lines = [line.strip() for answer in answers for line in answer.splitlines() if len(line.strip()) > 24]
        given = (ROOT / "course" / f"{lesson}.ipynb").read_text()  # what the released notebook says itself is no secret
        assert not [line for line in lines if reading.html.escape(line, quote=False) in plain and line not in given]


def test_every_page_links_to_pages_and_files_that_are_there(folder):
    for path in folder.glob("*.html"):
        for target in re.findall(r'(?:href|src|srcset)="([^"#]+?)(?:#[^"]*)?"', path.read_text()):
            if not re.match(r"https?:|data:|\./", target):
                known = f"{target.removesuffix('.html')}" in LESSONS  # some lessons only are built here
                assert known or (folder / target).exists(), (path.name, target)


@pytest.mark.parametrize("lesson", LESSONS)
def test_what_moves_is_found_in_every_lesson_with_the_cells_it_needs(lesson):
    """Each moving cell is found, and nothing that it reads is missing among the cells that are run for it."""
    book = nbformat.read(ROOT / "solutions" / f"{lesson}.ipynb", as_version=4)
    cells = [cell for cell in book.cells if cell.cell_type == "code"]
    wanted = {n for n, cell in enumerate(cells) if moving.moves(cell)}
    assert len(wanted) >= 2
    kept, bound = moving.needed(cells, wanted), set(dir(__builtins__)) | set(__builtins__) | {"__name__"}
    for place in kept:
        made, read = moving.names(cells[place].source)[0], moving.read_by(cells[place].source)
        later = set().union(*(moving.names(cells[n].source)[0] for n in kept))
        assert not {name for name in read - made - bound if name not in later}, cells[place].source
        bound |= made


def test_a_figure_has_at_most_as_many_pictures_as_the_page_may_hold():
    def figure(a=2, b=0.5, c="x"):
        return None
    kept, fixed = moving.steps(figure, {"a": (1, 8), "b": (0.0, 1.0, 0.01), "c": ["x", "y"]})
    count = 1
    for values, start in kept.values():
        count *= len(values)
        assert 0 <= start < len(values)
    assert count <= moving.PICTURES and kept["a"][0][kept["a"][1]] == 2
    assert set(kept) | set(fixed) == {"a", "b", "c"}


def test_a_folder_that_holds_other_things_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(SystemExit, match="other things"):
        make_site.build(tmp_path)
    assert (tmp_path / "thesis.txt").exists()
    with pytest.raises(SystemExit, match="No lesson starts with 99"):
        make_site.lessons(["99"])


def test_the_browsers_pbkdf2_is_that_of_hashlib(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "site" / "kernel" / "python")
    import browser_hash
    for name, length in (("sha256", None), ("sha256", 80), ("sha512", 10)):
        given = (name, b"told" * 70, b"salt", 20, length)
        assert browser_hash.pbkdf2_hmac(*given) == hashlib.pbkdf2_hmac(*given)


def test_of_two_builds_at_once_one_fetches_what_both_need(tmp_path, monkeypatch):
    fetching = []

    def slow(cache):
        fetching.append(cache)
        cache.mkdir(parents=True)
        time.sleep(0.3)
        (cache / "whole").touch()
    monkeypatch.setattr(runtime, "CACHE", tmp_path / "made" / "browser-python")
    monkeypatch.setattr(runtime, "fetch", slow)
    builds = [threading.Thread(target=runtime.fetched) for _ in range(3)]
    for one in builds:
        one.start()
    for one in builds:
        one.join()
    assert len(fetching) == 1 and (runtime.fetched() / "whole").exists()


def test_the_browsers_python_is_fetched_by_the_environments_own_uv(tmp_path, monkeypatch):
    asked = []

    def client(command, name, folder=None):
        asked.append(command)
        raise runtime.NotFetched(name)
    monkeypatch.setattr(runtime, "client", client)
    with pytest.raises(runtime.NotFetched):
        runtime.fetch(tmp_path / "new")
    assert os.path.isabs(asked[0][0]) and os.access(asked[0][0], os.X_OK)
