"""A widget on a page without kernel, notebook or widget manager: its saved state, and a model that only remembers."""

from ipywidgets.embed import embed_data

OPEN = """async ([esm, css, state]) => {
    for (const [key, value] of Object.entries(state))
        if (value?.bytes !== undefined)
            state[key] = new DataView(Uint8Array.from(atob(value.bytes), c => c.charCodeAt(0)).buffer);
    document.head.append(Object.assign(document.createElement("style"), {textContent: css}));
    const script = URL.createObjectURL(new Blob([esm], {type: "text/javascript"}));
    const model = {get: key => state[key], save_changes() {}, on() {}, set(key, value) {
        Object.assign(state, typeof key === "string" ? {[key]: value} : key); }};
    window.leave = (await import(script)).default.render({model, el: document.getElementById("here")}); }"""


def put(page, widget, dark=False):
    """Open `widget` on `page` from what a saved notebook holds of it; `page.problems` collects errors."""
    stored = embed_data(views=[widget], drop_defaults=False)["manager_state"]["state"][widget.model_id]
    state = {key: value for key, value in stored["state"].items() if not key.startswith("_")}
    for part in stored.get("buffers", []):
        state[part["path"][0]] = {"bytes": part["data"]}
    page.problems = []
    page.on("pageerror", lambda e: page.problems.append(str(e)))
    ground = "#111" if dark else "#fff"
    page.set_content(f"<!doctype html><html lang=en><title>.</title>"
                     f"<body style='background:{ground}'><div id=here></div>")
    page.evaluate(OPEN, [stored["state"]["_esm"], stored["state"]["_css"], state])
    page.wait_for_timeout(300)
    return stored["state"]
