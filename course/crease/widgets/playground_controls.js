// The knobs around the picture. Every builder gets the place to stand in and what to do with a new value.

function field(parent, label, control) {
    control.setAttribute("aria-label", label);
    const made = node("label", {className: "play-field"}, node("span", {textContent: label}), control);
    parent.append(made);
    return made;
}

function select(parent, label, options, value, input) {
    const made = node("select");
    const fill = (list, chosen) => {
        made.replaceChildren(...list.map(o => {
            const [v, text] = Array.isArray(o) ? o : [o, o];
            return node("option", {value: `${v}`, textContent: text});
        }));
        if (![...made.options].some(o => o.value === `${chosen}`)) made.append(node("option", {value: `${chosen}`, textContent: `${chosen}`}));
        made.value = `${chosen}`;
    };
    fill(options, value);
    made.addEventListener("change", () => input(made.value));
    field(parent, label, made);
    return {set: v => fill(options, v), fill, element: made};
}

function number(parent, label, low, high, value, input) {
    const made = node("input", {type: "number", min: low, max: high, step: 1, value});
    made.addEventListener("change", () => {
        const v = clamp(Math.round(+made.value || 0), low, high);
        made.value = v;
        input(v);
    });
    field(parent, label, made);
    return {set: v => { made.value = v; }};
}

function tick(parent, label, value, input) {
    const made = node("input", {type: "checkbox", checked: value});
    made.addEventListener("change", () => input(made.checked));
    parent.append(node("label", {className: "play-tick"}, made, label));
    return {set: v => { made.checked = v; }};
}

// The data as small pictures, one of them taken.
function pictures(parent, settings, root, input) {
    const group = node("div", {className: "play-clouds", role: "radiogroup", "aria-label": "data"});
    const name = `play-${Math.random().toString(36).slice(2)}`, made = {};
    const words = {circle: "circle", xor: "XOR", blobs: "blobs", spiral: "spiral", plane: "plane: numbers", hills: "hills: numbers", drawn: "yours: drawn"};
    for (const key of Object.keys(words)) {
        const canvas = node("canvas", {width: 88, height: 88, "aria-hidden": "true"});
        const mark = node("input", {type: "radio", name, value: key, "aria-label": words[key]});
        mark.addEventListener("change", () => input(key));
        group.append(node("label", {title: words[key]}, mark, canvas, node("span", {textContent: words[key].split(":")[0]})));
        made[key] = {mark, canvas};
    }
    parent.append(group);
    return {
        set(key) { for (const [k, {mark}] of Object.entries(made)) mark.checked = k === key; },
        draw(tones, drawn) {
            for (const [key, {canvas}] of Object.entries(made)) {
                const context = canvas.getContext("2d");
                context.clearRect(0, 0, 88, 88);
                if (key === "drawn" && !drawn.length) {
                    context.font = "44px system-ui";
                    context.textAlign = "center";
                    context.fillStyle = root.colours.soft;
                    context.fillText("✎", 44, 60);
                    continue;
                }
                const cloud = key === "drawn" ? {X: drawn.map(p => p.slice(0, 2)), y: drawn.map(p => p[2])}
                    : CLOUDS[key](key === "plane" || key === "hills" ? 260 : 150, 0, new Generator(0));
                cloud.X.forEach(([a, b], i) => {
                    context.fillStyle = NUMBERS.includes(key) ? css(tones[shade(cloud.y[i], [-1, 1])])
                        : cloud.y[i] ? root.colours.blue : root.colours.orange;
                    context.fillRect(onPlane(a, 80) + 2, 82 - onPlane(b, 80), 5, 5);
                });
            }
        },
    };
}

// The line under the net that names what is pointed at, with a slider and a number for its value.
function inspector(parent, change) {
    const text = node("span", {className: "play-what"});
    const range = node("input", {type: "range", step: 0.01, "aria-label": "value"});
    const exact = node("input", {type: "number", step: 0.01, "aria-label": "value, exactly"});
    const knob = node("span", {className: "play-value"}, range, exact);
    parent.append(node("div", {className: "play-card"}, text, knob));
    for (const control of [range, exact]) control.addEventListener("input", () => {
        const v = +control.value;
        if (control.value === "" || !Number.isFinite(v)) return;
        (control === range ? exact : range).value = v;
        change(v);
    });
    return {
        range,
        // value: null where there is nothing to turn.
        set(words, value) {
            if (text.textContent !== words) text.textContent = words;
            knob.hidden = value === null;
            if (value === null || document.activeElement === exact) return;
            const wide = Math.max(4, Math.ceil(Math.abs(value)));
            Object.assign(range, {min: -wide, max: wide, value});
            exact.value = +value.toFixed(3);
        },
    };
}
