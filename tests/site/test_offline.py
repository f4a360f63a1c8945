"""The browser edition without its server: what was visited once opens, and a new version takes the old one's place."""

import json
import re
import threading
import time

import pytest

import litelab
import make_site
import offline
from browser import CHROMIUM, browser

pytestmark = [pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"), pytest.mark.timeout(600)]
LESSON = "00_start_here"
# How many files are kept of how many of a version, and of how many versions.
KEPT = """async ([root, version]) => {
    const names = (await caches.keys()).filter(name => name.startsWith("crease-site-"));
    const list = await caches.match(`${root}site.${version}.json`);
    if (!list) return [0, 1, names.length];
    const {read, lab} = await list.json(), wanted = Object.keys({...read, ...lab});
    const cache = await caches.open(`crease-site-${version}`);
    const found = (await cache.keys()).map(({url}) => decodeURI(url));
    return [wanted.filter(path => found.includes(`${root}${path}`)).length, wanted.length, names.length];
}"""
TEXT = "() => document.querySelector('h1').textContent"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    built = tmp_path_factory.mktemp("site") / "site"
    litelab.built(make_site.build, built, ["00"], workers=1)
    return built


class Counting(make_site.Handler):
    asked = []

    def do_GET(self):
        self.asked.append(self.path)
        super().do_GET()


def serve(folder, monkeypatch, port=0):
    monkeypatch.setattr(make_site, "Handler", Counting)
    running = make_site.server(folder, port)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    return running


def stop(running):
    running.shutdown()
    running.server_close()


def version(folder):
    (found,) = (re.fullmatch(r"site\.(\w+)\.json", path.name) for path in folder.glob("site.*.json"))
    return found[1]


def kept(page, root, version, seconds=120):
    """Wait until the browser keeps all of this version, and nothing of another."""
    end = time.monotonic() + seconds
    while (state := page.evaluate(KEPT, [root, version])) != [state[1], state[1], 1]:
        assert time.monotonic() < end, f"{state[0]} of {state[1]} files are kept, {state[2]} versions"
        page.wait_for_timeout(300)


def sources(book):
    return ["".join(cell["source"]) for cell in book["cells"]]


def changed(folder):
    """The site as a new version of the course has it: one page says something else."""
    page = folder / f"{LESSON}.html"
    page.write_text(re.sub(r"<h1>.*?</h1>", "<h1>A new version</h1>", page.read_text(), count=1))
    next(folder.glob("site.*.json")).unlink()
    offline.write(folder)


def test_after_one_visit_it_opens_and_checks_without_a_server_and_a_new_version_replaces_it(folder, monkeypatch):
    running = serve(folder, monkeypatch)
    port = running.server_port
    address = f"http://127.0.0.1:{port}/"
    with browser(1280, 900) as context:
        page = context.new_page()
        page.goto(address)
        page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
        litelab.open_lesson(page, address, LESSON)
        litelab.run_cell(page, 0, "1 + 1")
        kept(page, address, version(folder))
        page.close()
        stop(running)

        page = context.new_page()
        problems = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(address)
        assert page.locator(".card").count() == 1
        assert page.locator(".card img").first.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
        page.goto(f"{address}{LESSON}.html")
        before = page.evaluate(TEXT)
        litelab.open_lesson(page, address, LESSON)
        litelab.put(page, LESSON)
        litelab.go_on(page, LESSON)
        litelab.run_all(page)
        assert litelab.failures(page) == [] and "2 of 2 points" in "".join(litelab.texts(page).values())
        assert problems == []
        page.close()

        old = version(folder)
        changed(folder)
        assert version(folder) != old
        Counting.asked.clear()
        running = serve(folder, monkeypatch, port)
        page = context.new_page()
        page.emulate_media(reduced_motion="reduce")  # no film draws while the new version is fetched
        page.goto(f"{address}{LESSON}.html")
        assert page.evaluate(TEXT) == before  # at once, from the browser; what is new is fetched meanwhile
        kept(page, address, version(folder))
        page.goto(f"{address}{LESSON}.html")
        assert page.evaluate(TEXT) == "A new version"
        litelab.open_lesson(page, address, LESSON)
        book = page.evaluate("""path => window.jupyterapp.serviceManager.contents.get(
            path, {content: true, type: 'notebook'}).then(model => JSON.stringify(model.content))""", f"{LESSON}.ipynb")
        assert sources(json.loads(book)) == sources(litelab.solved(LESSON))  # the learner's own copy
        fetched = [path for path in Counting.asked if path.endswith((".gz", ".js")) and "offline.js" not in path]
        assert fetched == []  # what has not changed is not fetched again
        stop(running)
