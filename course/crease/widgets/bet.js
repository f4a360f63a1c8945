// The bet: a line of numbers, a marker that is dragged or a number that is typed, and what was measured landing beside it.

// Writes `yours=value` into the call of guess() in the cell that shows this widget, so that it is saved with the notebook.
function writeDown(el, value) {
    const content = el.closest(".jp-Cell")?.querySelector(".cm-content");
    const editor = content?.cmView?.view ?? content?.cmTile?.view ?? content?.cmTile?.root?.view;
    const text = editor?.state.doc.toString(), call = text?.match(/\bguess\((?:[^()]|\([^()]*\))*\)/);
    if (!call) return false;
    const written = /\byours=[^,)]*/.test(call[0]) ? call[0].replace(/\byours=[^,)]*/, `yours=${value}`)
        : `${call[0].slice(0, -1).trimEnd()}${/\($/.test(call[0].slice(0, -1)) ? "" : ", "}yours=${value})`;
    editor.dispatch({changes: {from: call.index, to: call.index + call[0].length, insert: written}});
    return true;
}

// Ticks of a line from `low` to `high`: powers of ten, or round steps.
function ticks(low, high, log) {
    if (log) {
        const found = [];
        for (let v = 10 ** Math.ceil(Math.log10(low) - 1e-9); v <= high * 1.001; v *= 10) found.push(v);
        return found;
    }
    const rough = (high - low) / 6, size = 10 ** Math.floor(Math.log10(rough));
    const step = size * [1, 2, 5, 10].find(k => k * size >= rough), found = [];
    for (let v = Math.ceil(low / step) * step; v <= high + 1e-9; v += step) found.push(v);
    return found;
}

// How much measured and bet differ, in words.
function verdict(bet, measured, low, high, log) {
    const off = log ? Math.abs(Math.log(bet / measured)) / Math.log(high / low) : Math.abs(bet - measured) / (high - low);
    return off < 0.005 ? "Exactly right." : off < 0.05 ? "Very close." : off < 0.15 ? "Not far." : `Too ${bet > measured ? "high" : "low"}.`;
}

function render({model, el}) {
    const get = key => model.get(key), [low, high, step, log, unit] = ["low", "high", "step", "log", "unit"].map(get);
    const landed = get("measured") !== null && get("measured") !== undefined, trials = get("trials");
    const word = get("word") || "measured";  // a notebook saved before it had one
    const root = stage(el, () => view.later()), box = node("div", {className: "crease-box"});
    const place = node("div", {className: "crease-view"});
    root.append(box);
    box.append(place);
    let value = get("value") ?? null, shown = landed ? 0 : 1;  // how much of what was measured is to be seen
    const LEFT = 44, text = v => `${+v.toPrecision(6)}`.replace("-", "−");
    const found = () => text(+get("measured").toPrecision(Number.isInteger(get("measured")) ? 6 : 3));
    const across = v => LEFT + (view.width - 2 * LEFT) * (log ? Math.log(v / low) / Math.log(high / low) : (v - low) / (high - low));
    const back = x => {
        const t = clamp((x - LEFT) / (view.width - 2 * LEFT), 0, 1), v = log ? low * (high / low) ** t : low + (high - low) * t;
        return clamp(log ? +v.toPrecision(2) : Math.round(v / step) * step, low, high);
    };
    const booleans = trials.length && typeof trials[0] === "boolean";

    const flag = (pen, x, line, top, colour, words, over) => {
        pen.strokeStyle = pen.fillStyle = colour;
        pen.lineWidth = 2.5;
        pen.beginPath();
        pen.moveTo(x, line);
        pen.lineTo(x, top);
        pen.stroke();
        pen.font = "600 14px system-ui, sans-serif";
        const half = pen.measureText(words).width / 2;
        pen.textAlign = "center";
        Object.assign(pen, {strokeStyle: root.colours.paper, lineWidth: 4, lineJoin: "round"});
        pen.strokeText(words, clamp(x, half + 6, view.width - half - 6), top - over);
        pen.fillText(words, clamp(x, half + 6, view.width - half - 6), top - over);
    };
    const draw = (pen, width, height) => {
        if (!root.colours) return;
        const {ink, soft, line: faint, orange, blue} = root.colours, line = height - 48;
        pen.clearRect(0, 0, width, height);
        pen.strokeStyle = soft;
        pen.lineWidth = 2;
        pen.beginPath();
        pen.moveTo(LEFT, line);
        pen.lineTo(width - LEFT, line);
        pen.stroke();
        pen.font = "13px system-ui, sans-serif";
        pen.textAlign = "center";
        pen.fillStyle = soft;
        for (const v of ticks(low, high, log)) {
            pen.fillRect(across(v) - 0.5, line, 1, 6);
            pen.fillText(text(v), across(v), line + 24);
        }
        pen.fillText(unit, width / 2, line + 42);
        if (landed) fall(pen, line, shown, root.colours);
        if (value !== null) {
            const top = landed ? 34 : 40;
            flag(pen, across(value), line, top, orange, `your bet: ${text(value)}`, 9);
        } else if (!landed) {
            pen.font = "600 15px system-ui, sans-serif";
            pen.fillStyle = ink;
            pen.fillText("Drag the marker to your bet, or type it.", width / 2, 30);
        }
        grip.at(across(value ?? (log ? Math.sqrt(low * high) : (low + high) / 2)), line);
        grip.setAttribute("aria-valuenow", value ?? "");
        grip.setAttribute("aria-valuetext", value === null ? "no bet yet" : `${text(value)} ${unit}`);
    };
    // What was measured: dots that fall on their number, or a count that settles while one net after the other is added.
    const fall = (pen, line, t, {blue, line: faint, paper}) => {
        const count = trials.length, many = 1.1 * t * count;  // the last ones fall after the others have come
        if (booleans) {
            const wide = view.width - 2 * LEFT, columns = Math.ceil(wide / Math.min(12, Math.sqrt(wide * (line - 80) / count)));
            const cell = wide / columns;
            let made = 0;
            for (let i = 0; i < Math.min(count, Math.floor(many)); i++) {
                made += trials[i];
                const drop = clamp((many - i) / (0.04 * count), 0, 1);
                pen.fillStyle = trials[i] ? blue : faint;
                pen.fillRect(LEFT + (i % columns) * cell + 0.5, 62 + Math.floor(i / columns) * cell - 20 * (1 - drop), cell - 1, cell - 1);
            }
            const seen = Math.min(count, Math.floor(many)), now = t >= 1 ? get("measured") : seen ? low + (high - low) * made / seen : low;
            flag(pen, across(now), line, 54, blue, t >= 1 ? `${word}: ${found()}` : `${made} of ${seen}`, -1);
            return;
        }
        const stack = [], size = clamp((line - 60) / 12, 3, 7);
        trials.forEach((v, i) => {
            const x = across(clamp(v, low, high)), level = stack.filter(other => Math.abs(other - x) < 2 * size).length;
            stack.push(x);
            const drop = clamp((many - i) / Math.max(1, 0.1 * count), 0, 1), y = line - size - 2 * size * level;
            if (!drop) return;
            pen.fillStyle = blue;
            pen.beginPath();
            pen.arc(x, mix(-10, y, drop * drop), size - 0.5, 0, 7);
            pen.fill();
        });
        if (t >= 1 || !count) flag(pen, across(clamp(get("measured"), low, high)), line, 54, blue, `${word}: ${found()}`, -1);
    };
    const view = surface(place, {aspect: 0.22, tallest: 190, lowest: 150, label: "", draw});
    const said = node("div", {className: "crease-bar", role: "status"});
    box.append(said);
    const words = node("span");
    const tell = () => {
        const bet = value === null ? "No bet yet." : `Your bet: ${text(value)}${unit ? ` ${unit}` : ""}.`;
        words.textContent = !landed ? bet : shown < 1 ? "…" :
            `${value === null ? "You placed no bet." : bet} ${word[0].toUpperCase()}${word.slice(1)}: ${found()}. ${value === null ? "" : verdict(value, get("measured"), low, high, log)}`;
        view.canvas.setAttribute("aria-label", `A line of numbers from ${text(low)} to ${text(high)} ${unit}. ${words.textContent}`);
    };
    const place_bet = (v, final) => {
        value = v;
        if (document.activeElement !== typed || final) typed.value = v;
        view.paint();
        tell();
        if (!final) return;
        model.set("value", v);
        model.set("alt", view.canvas.getAttribute("aria-label"));
        model.save_changes();
        writeDown(root, v);
    };
    const grip = handle(place, {
        label: "your bet", className: "c-orange",
        drag: x => place_bet(back(x)),
        nudge: (dx, dy) => {
            const way = dx || dy, from = value ?? back(view.width / 2);
            const next = log ? from * 1.1 ** way : from + (Math.abs(way) < 1 ? Math.sign(way) * step : way * Math.max(step, (high - low) / 50));
            place_bet(clamp(log ? +next.toPrecision(2) : Math.round(next / step) * step, low, high), true);
        },
        rest: () => { if (value !== null) place_bet(value, true); },
    });
    for (const [name, to] of [["role", "slider"], ["aria-valuemin", low], ["aria-valuemax", high]]) grip.setAttribute(name, to);
    const typed = node("input", {type: "number", className: "crease-number", min: low, max: high, step: log ? "any" : step, "aria-label": `your bet ${unit}`});
    const type = final => { if (typed.value !== "") place_bet(clamp(+typed.value, low, high), final); };
    typed.addEventListener("input", () => type(false));
    typed.addEventListener("change", () => type(true));
    typed.addEventListener("keydown", event => { if (event.key === "Enter") type(true); });
    said.append(words);
    if (landed) {
        grip.hidden = true;
        const again = button(said, "Once more", () => run());
        const run = () => {
            again.disabled = true;
            const length = booleans ? 3500 : trials.length ? 2200 : 1;
            shown = 0;
            tell();
            let passed = 0;
            const end = () => { shown = 1; view.paint(); tell(); again.disabled = false; };
            if (calm()) return end();
            loop(root, seconds => {
                passed += seconds * 1000;
                shown = Math.min(1, passed / length);
                view.paint();
                if (shown === 1) end();
                return shown < 1;
            }).start();
        };
        new IntersectionObserver((seen, watch) => { if (seen[0].isIntersecting) { watch.disconnect(); run(); } }).observe(root);
    } else {
        said.prepend(typed);
        if (value !== null) typed.value = value;
    }
    tell();
    model.on("change:value", () => { value = model.get("value"); view.later(); tell(); });
    return () => { view.done(); root.done(); };
}

export default { render };
