// Points of one's own: painted on the plane with the pointer, or set with the keys; a line first, then a crease.

function drawing(parent, {canvas, changed, attempt}) {
    const bar = node("div", {className: "play-draw", hidden: true});
    let pen = "1", down = null;
    const made = {list: [], bar, cursor: [0, 0], keys: false, best: {}};  // keys: the cursor is wanted
    choice(bar, {label: "what the pointer does", options: [["1", "■ blue"], ["0", "● orange"], ["x", "erase"]], value: pen, input: v => { pen = v; }});
    button(bar, "Clear", () => { made.list = []; made.best = {}; changed(); });
    const steps = node("div", {className: "play-steps"});
    bar.append(steps);
    button(steps, "1 · Try a line", () => attempt("linear"));
    button(steps, "2 · Crease it", () => attempt("relu"));
    const verdict = node("div", {className: "play-verdict", "aria-live": "polite"});
    bar.append(verdict);
    parent.append(bar);

    const put = ([x, y], tool) => {
        const near = made.list.findIndex(([a, b]) => Math.hypot(a - x, b - y) < (tool === "x" ? 0.5 : 0.28));
        if (tool === "x") { if (near < 0) return; made.list.splice(near, 1); }
        else {
            if (near >= 0 || made.list.length >= 600) return;
            made.list.push([x, y, +tool]);
        }
        made.best = {};
        changed();
    };
    const where = event => {
        const box = canvas.getBoundingClientRect(), inside = v => clamp(v, 0.01, 0.99) * 2 * EDGE - EDGE;
        return [inside((event.clientX - box.left) / box.width), -inside((event.clientY - box.top) / box.height)];
    };
    const on = () => !bar.hidden;
    canvas.addEventListener("pointerdown", event => {
        if (!on()) return;
        canvas.setPointerCapture(event.pointerId);
        event.preventDefault();
        made.keys = false;
        canvas.focus({preventScroll: true});
        down = event.pointerId;
        put(where(event), event.button === 2 ? "x" : pen);
    });
    canvas.addEventListener("pointermove", event => { if (down === event.pointerId) put(where(event), event.buttons === 2 ? "x" : pen); });
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { down = null; });
    canvas.addEventListener("contextmenu", event => { if (on()) event.preventDefault(); });
    canvas.addEventListener("keydown", event => {
        if (!on()) return;
        const way = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]}[event.key];
        const tool = {b: "1", 1: "1", o: "0", 0: "0", 2: "0", Backspace: "x", Delete: "x", Enter: pen, " ": pen}[event.key];
        if (!way && !tool) return;
        event.preventDefault();
        made.keys = true;
        if (way) {
            const size = event.shiftKey ? 1 : 0.3;
            made.cursor = made.cursor.map((v, k) => clamp(v + way[k] * size, -EDGE, EDGE));
            changed(false);
        } else put(made.cursor, tool);
    });
    // The best share of right points that each activation has reached on these points.
    made.note = (activation, right) => {
        if (!(right > (made.best[activation] ?? 0))) return;
        made.best[activation] = right;
        made.tell();
    };
    made.tell = () => {
        const told = Object.entries(made.best).map(([name, v]) => `${name}: ${percent(v)} right`).join(" · ");
        const words = made.list.length ? told || `${made.list.length} points` : "Paint blue, then orange. Keys: arrows, B, O, Delete.";
        if (verdict.textContent !== words) verdict.textContent = words;
    };
    return made;
}
