"""Lessons worked on in the browser: JupyterLite with our kernel in a real Chromium; nothing comes from elsewhere."""

import csv
import gzip
import json
import re
import subprocess
import sys
import threading

import pytest

import lite
import litelab
import make_site
from browser import CHROMIUM, browser, save
from common import LESSONS, ROOT
from grader.judge.grade import grade

pytestmark = [pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"), pytest.mark.timeout(600)]
LESSON, SECOND = "01_linear_collapse", "00_start_here"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    built = tmp_path_factory.mktemp("site")
    litelab.built(lite.build, built / "lite", LESSONS)
    return built


@pytest.fixture(scope="module")
def lab(folder):
    """A page of JupyterLite, where every lesson is solved; `page.asked` holds the addresses it asked for, `page.away`
    those of anywhere else."""
    with make_site.server(folder) as running, browser(1280, 900) as context:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{running.server_port}/"
        page = context.new_page()
        page.asked, page.away, page.problems = [], [], []

        def let(route):
            page.asked.append(route.request.url)
            if route.request.url.startswith(address):
                return route.continue_()
            page.away.append(route.request.url)
            return route.abort()
        context.route(lambda url: url.startswith(("http:", "https:")), let)
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.address = address
        litelab.open_lab(page, address)
        for lesson in LESSONS:
            litelab.put(page, lesson)
        yield page
        assert page.away == []
        running.shutdown()


def stored(page, name):
    """The bytes of a notebook as the browser holds it."""
    book = page.evaluate("""path => window.jupyterapp.serviceManager.contents.get(
        path, {content: true, type: 'notebook'}).then(model => JSON.stringify(model.content))""", f"{name}.ipynb")
    return book.encode()


def scored(data, lesson):
    """(points, {test: status}) by the judge of this machine."""
    graded = grade(data, (ROOT / "solutions" / f"{lesson}.ipynb").read_bytes(), unsafe=True)
    return sum(test.score for test in graded.tests), {test.test: test.status for test in graded.tests}


def points_said(page):
    """(points, of how many) that the last cell of the open lesson says."""
    said = re.search(r"^\d\d_\w+: ([\d.]+) of ([\d.]+) points", "\n".join(litelab.texts(page).values()), re.M)
    return float(said[1]), float(said[2])


def plays(page):
    """The playground trains in the page, by its own button."""
    board = page.locator(".play").first
    board.scroll_into_view_if_needed()
    epoch = board.locator(".play-epoch")
    before = epoch.inner_text()
    board.get_by_role("button", name="Step").click()
    page.wait_for_function("([at, before]) => at.innerText !== before", arg=[epoch.element_handle(), before])


@pytest.mark.parametrize("lesson", [*(name for name in LESSONS if name != LESSON), LESSON])  # the others go on there
def test_every_solved_lesson_runs_with_every_check_green_and_the_native_judges_score(lab, lesson):
    litelab.go_on(lab, lesson)
    litelab.run_all(lab)
    assert litelab.failures(lab) == []
    points, statuses = scored(stored(lab, lesson), lesson)
    assert set(statuses.values()) == {"passed"} and points_said(lab) == (points, points)
    if lesson.startswith("04"):
        plays(lab)
    assert lab.problems == [] and litelab.pythons(lab) == 1


def test_a_slider_moves_its_figure_and_a_widget_is_alive(lab):
    live = lab.locator(".crease-live").first
    live.scroll_into_view_if_needed()
    before = live.locator("img.crease").get_attribute("alt")
    assert live.locator("img.crease").evaluate("image => image.naturalWidth / image.clientWidth") == 1  # as this screen
    handle = live.locator("[role=slider]").first
    handle.focus()
    handle.press("ArrowRight")
    lab.wait_for_function("""before => document.querySelector(".crease-live img.crease").alt !== before""", arg=before)
    assert lab.locator(".crease canvas").count() >= 2


def test_what_is_handed_in_is_collected_and_graded_to_the_score_the_tab_said(lab, tmp_path):
    cells = [cell for cell in litelab.solved(LESSON).cells if cell.cell_type == "code"]
    affine = next(number for number, cell in enumerate(cells) if cell.id == "affine")
    litelab.run_cell(lab, affine, cells[affine].source.replace("return np", "return 2 * np"))
    save(lab)
    litelab.run_cell(lab, len(cells) - 1, cells[-1].source)
    points, full = points_said(lab)
    assert 0 < points < full
    with lab.expect_download() as download:
        lab.get_by_role("button", name="Hand in").click()
    assert download.value.suggested_filename == f"{LESSON}.ipynb"
    for student in ("ada", "bo"):
        (tmp_path / "in" / student).mkdir(parents=True)
    download.value.save_as(tmp_path / "in" / "ada" / f"{LESSON}.ipynb")
    (tmp_path / "in" / "bo" / f"{LESSON}.ipynb").write_bytes((ROOT / "course" / f"{LESSON}.ipynb").read_bytes())
    for command in (("init", "class", "--lesson", LESSON), ("collect", "class", "in"), ("run", "class", "--unsafe")):
        done = subprocess.run([sys.executable, "-m", "grader", *command], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    with open(tmp_path / "class" / "scores.csv", newline="", encoding="utf-8") as file:
        found = [row for row in csv.DictReader(file) if row["student"] == "ada"]
    assert sum(float(row["score"]) for row in found) == points


def test_a_reload_keeps_the_work_and_a_fresh_copy_leaves_it_alone(lab):
    litelab.open_lesson(lab, lab.address, LESSON)
    own = stored(lab, LESSON)
    assert b"raise NotImplementedError" not in own
    lab.get_by_role("button", name="Fresh copy").click()
    lab.wait_for_function("() => window.jupyterapp.shell.currentWidget?.context?.path?.includes('fresh copy')")
    fresh = json.loads(stored(lab, f"{LESSON} (fresh copy)"))
    assert any("raise NotImplementedError" in "".join(cell["source"]) for cell in fresh["cells"])
    assert stored(lab, LESSON) == own


def compiled(page):
    """Of which files Python's machine code was made since the last time: what the browser had kept of them is taken
    away, so that it would have to ask for them."""
    found = [url.rpartition("/")[2] for url in page.asked if "python.wasm" in url]
    page.asked.clear()
    page.evaluate("""async () => {
        const cache = await caches.open("crease-python");
        for (const {url} of await cache.keys()) if (url.includes("python.wasm")) await cache.delete(url); }""")
    return found


def test_a_loop_without_end_is_stopped_and_the_next_cell_starts_anew_with_the_same_machine_code(lab):
    litelab.go_on(lab, LESSON)
    litelab.run_cell(lab, 0, "before = 1\nprint('in the loop')\nwhile True:\n    pass", wait=False)
    lab.get_by_text("in the loop", exact=True).wait_for()
    compiled(lab)
    lab.evaluate("() => { window.jupyterapp.commands.execute('notebook:interrupt-kernel'); }")
    litelab.until(lab, litelab.IDLE)
    assert "run the cells again, from the first" in next(iter(litelab.texts(lab).values()))
    litelab.run_cell(lab, 0, "1 + 1, 'before' in globals()")
    assert next(iter(litelab.texts(lab).values())) == "(2, False)"
    assert compiled(lab) == []


def test_a_python_that_is_new_on_the_site_is_the_next_to_start(lab, folder):
    (listed,) = folder.rglob("parts.json")
    (old,) = listed.parent.glob("python.wasm.*")
    new = old.rename(old.with_name("python.wasm.new.gz"))
    listed.write_text(listed.read_text().replace(old.name, new.name))
    lab.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.restartKernel()")
    litelab.run_cell(lab, 0, "1 + 1")
    assert next(iter(litelab.texts(lab).values())) == "2"
    assert compiled(lab) == [new.name]


def test_an_untouched_lesson_reaches_its_last_cell_on_390_pixels(lab):
    lab.set_viewport_size({"width": 390, "height": 844})
    litelab.forget(lab, SECOND)
    litelab.open_lesson(lab, lab.address, SECOND)
    assert litelab.pythons(lab) == 1  # a link opens its lesson alone: none of before starts another
    litelab.run_all(lab)
    # Its one function comes with a mistake: that draws the hint sealed for it, and nothing else fails.
    ((_, said),) = [found for found in litelab.failures(lab) if not found[1].startswith("○")]
    assert "the square" in said
    assert "0 of 2 points" in "".join(litelab.texts(lab).values())


def test_neither_solutions_nor_hidden_checks_lie_open_in_the_sites_files(folder):
    for path in (folder / "lite").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            data = gzip.decompress(data) if path.suffix == ".gz" else data
            assert b"BEGIN SOLUTION\\n" not in data and b"BEGIN HIDDEN TESTS\\n" not in data, path
