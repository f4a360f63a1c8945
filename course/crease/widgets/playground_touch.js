// The drawn net under the pointer and the keys: what is pointed at, what it is called, how it is changed.

// What is pointed at, in words, and its value if it can be turned.
function describe(it, {training, signals, dead}) {
    const {net, settings} = training, place = (l, u) => l === net.length - 1 ? "the output" : `layer ${l + 1}, unit ${u + 1}`;
    if (!it) return ["Point at a unit or a wire; click it to change it.", null];
    if (it.kind === "feature") {
        const [key, [name]] = Object.entries(FEATURES)[it.unit];
        return [`${name}: ${settings.features.includes(key) ? "an input" : "off"}. Click or Space turns it ${settings.features.includes(key) ? "off" : "on"}.`, null];
    }
    const {n, W, b} = net[it.layer];
    if (it.kind === "wire") {
        const from = it.layer ? place(it.layer - 1, it.from) : FEATURES[settings.features[it.from]][0];
        return [`Weight: ${from} → ${place(it.layer, it.unit)}`, W[it.from * n + it.unit]];
    }
    const gone = dead[it.layer]?.[it.unit] ? ", dead: flat on every point" : "";
    const heard = signals[it.layer] ? `, error signal ${short(signals[it.layer].units[it.unit])}` : "";
    const word = place(it.layer, it.unit);
    return [`${word[0].toUpperCase()}${word.slice(1)}${it.layer < net.length - 1 ? heard : ""}${gone}. Bias:`, b[it.unit]];
}

// The unit or wire that an arrow key, or W, leads to.
function follow(it, key, {place, training, on}) {
    const {net} = training, counts = place.columns.map(c => c.units.length);
    const column = !it ? counts.length - 1 : it.kind === "feature" ? 0 : it.layer + 1;
    if (key === "w" || key === "W") {
        if (!it || it.kind === "feature") return {kind: "wire", layer: 0, from: 0, unit: 0};
        const {m} = net[it.layer], from = it.kind === "wire" ? (it.from + (key === "w" ? 1 : m - 1)) % m : 0;
        return {kind: "wire", layer: it.layer, from, unit: it.unit};
    }
    const to = clamp(column + ({ArrowLeft: -1, ArrowRight: 1}[key] ?? 0), 0, counts.length - 1);
    const step = {ArrowUp: -1, ArrowDown: 1}[key] ?? 0;
    const unit = clamp((to === column ? it?.unit ?? 0 : Math.round((it?.unit ?? 0) * (counts[to] - 1) / Math.max(1, counts[column] - 1))) + step, 0, counts[to] - 1);
    return to ? {kind: "unit", layer: to - 1, unit} : {kind: "feature", unit};
}

// The weight of a wire or the bias of a unit; with `v` it is set.
function valueOf(net, it, v) {
    const {n, W, b} = net[it.layer], wire = it.kind === "wire", list = wire ? W : b, k = wire ? it.from * n + it.unit : it.unit;
    if (v !== undefined) list[k] = v;
    return list[k];
}

// set(it, value), flip(feature), widen(layer, by): what the playground does. idle(): nothing lies over the net.
function touch(view, {netBox, card, heard, tell, set, flip, widen, idle}) {
    const {canvas} = view.parts.net;
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "application");
    const point = found => {
        if (same(found, view.pointed) || !found && !view.pointed) return;
        view.pointed = found;
        canvas.style.cursor = found ? "pointer" : "";
        view.soon();
        tell();
    };
    canvas.addEventListener("pointermove", event => {
        if (!idle() || !view.place) return;
        const box = canvas.getBoundingClientRect();
        point(under(event.clientX - box.left, event.clientY - box.top, view.place, view.on));
    });
    canvas.addEventListener("pointerleave", () => point(null));
    canvas.addEventListener("click", event => {
        const box = canvas.getBoundingClientRect();  // a finger does not move before it taps
        const it = under(event.clientX - box.left, event.clientY - box.top, view.place, view.on);
        if (it?.kind === "feature") return flip(it.unit);
        view.picked = it;
        view.soon();
        tell();
        if (it) card.range.focus({preventScroll: true});
    });
    canvas.addEventListener("keydown", event => {
        const by = {"+": 0.1, "=": 0.1, "-": -0.1}[event.key], it = view.picked, turned = by && it && it.kind !== "feature";
        if (event.key.startsWith("Arrow") || event.key === "w" || event.key === "W") view.picked = follow(it, event.key, view);
        else if (event.key === " " && it?.kind === "feature") flip(it.unit);
        else if (turned) view.pointed = null;
        else if (event.key === "Enter" && it) card.range.focus();
        else if (event.key === "Escape" && it) { view.picked = null; event.stopPropagation(); }
        else return;
        event.preventDefault();
        view.pointed = null;
        if (turned) set(it, valueOf(view.training.net, it) + by);
        else { view.soon(); tell(); }
        heard.textContent = describe(view.picked, view)[0];
    });
    view.placed = ({columns, step}) => {  // buttons for fewer or more units over each layer
        const key = `${columns.length} ${step}`;
        if (netBox.dataset.heads === key) return;
        netBox.dataset.heads = key;
        netBox.querySelectorAll(".play-head").forEach(e => e.remove());
        columns.slice(1, -1).forEach(({x}, l) => {
            const head = netBox.appendChild(node("div", {className: "play-head", style: `left:${x}px`}));
            for (const [sign, by] of [["−", -1], ["+", 1]])
                button(head, sign, () => widen(l, by), {className: "play-small",
                    "aria-label": `${by < 0 ? "fewer" : "more"} units in layer ${l + 1}`});
        });
    };
}
