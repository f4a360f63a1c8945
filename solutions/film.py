"""The README's moving picture: the sheet's own film, taken frame by frame in Chromium. `make build` calls it."""

import hashlib
import io
import json
import shutil

from PIL import Image

from crease.widgets import sheet_film

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
WIDTH, RATE = 640, 12  # pixels; frames a second
PAGE = """<body style="margin:0;background:white"><div id="place" style="width:640px"></div></body>"""
START = """async ([esm, css, state]) => {
    document.head.append(Object.assign(document.createElement("style"), {textContent: css}));
    const script = URL.createObjectURL(new Blob([esm], {type: "text/javascript"}));
    const model = {get: key => state[key], set() {}, save_changes() {}, on() {}};
    (await import(script)).default.render({model, el: document.getElementById("place")});
}"""
GO = """at => new Promise(done => {
    const slider = document.querySelector("input[type=range]");
    slider.value = at;
    slider.dispatchEvent(new Event("input"));
    requestAnimationFrame(() => requestAnimationFrame(done));
})"""


def frames(film, seconds=17):
    """The film's frames, PIL images; None where no Chromium and playwright are at hand."""
    if not CHROMIUM:
        return None
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    found = []
    with sync_playwright() as p:
        chrome = p.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        page = chrome.new_page(viewport={"width": WIDTH, "height": 600})
        page.set_content(PAGE)
        state = {key: value for key, value in film.get_state().items() if not key.startswith("_")}
        page.evaluate(START, [film._esm, film._css, json.loads(json.dumps(state))])
        page.locator(".crease-box").evaluate("box => { box.style.borderColor = 'transparent'; }")
        view = page.locator(".crease-view")
        for i in range(seconds * RATE):
            page.evaluate(GO, i / (seconds * RATE))
            found.append(Image.open(io.BytesIO(view.screenshot())).convert("RGB"))
        chrome.close()
    return found


def save(path):
    """Write the film as an animated WebP, unless it is there and was taken with the same script and style."""
    film = sheet_film()
    made_from = hashlib.sha256(f"{film._esm}{film._css}{WIDTH} {RATE}".encode()).hexdigest().encode()
    if path.exists():
        with Image.open(path) as old:
            if old.info.get("xmp") == made_from:
                return
    if taken := frames(film):
        taken[0].save(path, save_all=True, append_images=taken[1:], duration=1000 // RATE, loop=0, quality=60, method=4,
                      xmp=made_from)
