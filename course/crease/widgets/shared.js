// What every widget of the course uses. Python puts this file in front of each widget's own script.

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const clamp = (v, low, high) => Math.min(high, Math.max(low, v));
const mix = (a, b, t) => a + (b - a) * t;
const ease = t => t < 0.5 ? 4 * t * t * t : 1 - (2 - 2 * t) ** 3 / 2;
const show = (v, digits = 2) => (Math.abs(v) < 0.5 * 10 ** -digits ? 0 : v).toFixed(digits).replace("-", "−");

// An element with properties and children: node("div", {className: "a"}, child, "text").
function node(tag, properties = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(properties))
        if (name.includes("-") || name === "role") made.setAttribute(name, value);
        else if (name === "style") made.style.cssText = value;
        else made[name] = value;
    made.append(...children);
    return made;
}

const rgb = text => (text.match(/[\d.]+/g) || [255, 255, 255]).slice(0, 3).map(Number);

// The box of a widget. Its colours come from style.css, which asks whether the page behind it is dark;
// `root.colours` holds them for a canvas, and `redraw` is called when the page changes its theme.
function stage(el, redraw = () => {}) {
    const root = node("div", {className: "crease"});
    // JupyterLab would take the keys, and cut a cell with X; it asks the element that has the focus, not those around it.
    root.addEventListener("focusin", event => { event.target.dataset.lmSuppressShortcuts = "true"; });
    el.append(root);
    const read = () => {
        let behind = [255, 255, 255];
        for (let at = root.parentElement; at; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor;
            if (!/rgba\(.*, 0\)|transparent/.test(colour)) { behind = rgb(colour); break; }
        }
        const dark = 0.3 * behind[0] + 0.59 * behind[1] + 0.11 * behind[2] < 128;
        root.dataset.theme = dark ? "dark" : "light";
        const style = getComputedStyle(root);
        root.style.setProperty("--c-behind", `rgb(${behind})`);
        root.colours = {dark, paper: `rgb(${behind})`};
        for (const name of ["ink", "soft", "line", "panel", "orange", "blue", "violet", "green"])
            root.colours[name] = style.getPropertyValue(`--c-${name}`).trim();
        redraw();
    };
    const watch = new MutationObserver(() => { read(); setTimeout(read, 400); });  // a theme's sheet comes later
    for (const place of [document.documentElement, document.body])
        watch.observe(place, {attributes: true, attributeFilter: ["class", "style", "theme", "data-jp-theme-light", "data-jp-theme-name", "data-vscode-theme-kind"]});
    root.addEventListener("keydown", event => {  // Escape leads out of it, Shift+Enter on to the next cell, as everywhere
        const cell = root.closest(".jp-Cell"), on = event.shiftKey && event.key === "Enter";
        if (on) event.preventDefault();
        if (on || event.key === "Escape") (on ? cell?.nextElementSibling : cell)?.focus();
    });
    root.ready = () => requestAnimationFrame(read);  // once the box hangs in the page
    root.done = () => watch.disconnect();
    root.ready();
    return root;
}

// A canvas that is sharp at every zoom. `draw(context, width, height)` counts in CSS pixels.
// `paint()` draws at once, `later()` with the next frame, however often it is asked; `soon()` at once, but only once a frame.
function surface(parent, {aspect = 0.6, tallest = 560, lowest = 0, label = "", draw}) {
    const canvas = node("canvas", {className: "crease-canvas", role: "img", "aria-label": label});
    parent.append(canvas);
    const context = canvas.getContext("2d");
    const made = {canvas, context, width: 0, height: 0, ratio: 1, waiting: false, painted: 0};
    made.paint = () => {
        if (!made.width) return;
        context.setTransform(made.ratio, 0, 0, made.ratio, 0, 0);
        draw(context, made.width, made.height, made.ratio);
        made.painted = performance.now();
    };
    made.soon = () => made.waiting || performance.now() - made.painted < 14 ? made.later() : made.paint();
    made.later = () => {
        if (made.waiting) return;
        made.waiting = true;
        requestAnimationFrame(() => { made.waiting = false; made.paint(); });
    };
    made.fit = () => {
        const width = parent.clientWidth, ratio = Math.min(devicePixelRatio || 1, 4);
        if (!width || (width === made.width && ratio === made.ratio)) return;
        Object.assign(made, {width, ratio, height: Math.round(clamp(width * aspect, lowest, tallest))});
        canvas.width = Math.round(width * ratio);
        canvas.height = Math.round(made.height * ratio);
        canvas.style.height = `${made.height}px`;
        if (made.painted) made.paint();
        else made.later();  // with the colours, which come in the same frame
    };
    const watch = new ResizeObserver(made.fit);
    watch.observe(parent);
    addEventListener("resize", made.fit);  // zoom changes devicePixelRatio, not always the width
    made.done = () => { watch.disconnect(); removeEventListener("resize", made.fit); };
    return made;
}

// Calls step(seconds since the last) with each frame of the screen while it returns true and `el` is in the page.
function loop(el, step) {
    let last = 0, on = false;
    const turn = now => {
        if (!on || !el.isConnected) { on = false; return; }
        const passed = Math.min((now - last) / 1000, 0.1);
        last = now;
        if (step(passed) === false) on = false;
        else requestAnimationFrame(turn);
    };
    return {
        get running() { return on; },
        start() { if (!on) { on = true; last = performance.now(); requestAnimationFrame(turn); } },
        stop() { on = false; },
    };
}

// `turn(true)` once `el` can be seen and nothing else on the page has been used for two seconds, else `turn(false)`:
// what plays by itself leaves the processor to what one has in hand. Returns how to end that.
function spare(el, turn) {
    let seen = true, busy = 0, on = true;
    const tell = () => { if (on !== (seen && !busy)) turn(on = !on); };
    const watch = new IntersectionObserver(entries => { seen = entries[entries.length - 1].isIntersecting; tell(); });
    watch.observe(el);
    const used = event => {
        if (el.contains(event.target) || (event.type === "pointermove" && !event.buttons)) return;
        clearTimeout(busy);
        busy = setTimeout(() => { busy = 0; tell(); }, 2000);
        tell();
    };
    const uses = ["keydown", "pointerdown", "pointermove", "wheel"], how = {capture: true, passive: true};
    for (const use of uses) addEventListener(use, used, how);
    return () => { watch.disconnect(); clearTimeout(busy); for (const use of uses) removeEventListener(use, used, how); };
}

// Moves from 0 to 1 in `ms` with a soft start and end; at once for those who asked for less motion.
function tween(el, ms, step, done = () => {}) {
    if (calm() || ms <= 0) { step(1); done(); return {stop() {}}; }
    let passed = 0;
    const run = loop(el, seconds => {
        passed = Math.min(1, passed + seconds * 1000 / ms);
        step(ease(passed));
        if (passed === 1) done();
        return passed < 1;
    });
    run.start();
    return run;
}

function button(parent, label, press, properties = {}) {
    const made = node("button", {type: "button", className: "crease-button", textContent: label, ...properties});
    made.addEventListener("click", press);
    parent.append(made);
    return made;
}

// A slider with its name before it and its value behind it. `set(value)` moves it without calling `input`.
function slider(parent, {label, low, high, step = 0.01, value, text = v => show(v), input}) {
    const handle = node("input", {type: "range", min: low, max: high, step, value, "aria-label": label});
    const output = node("output");
    const box = node("label", {className: "crease-slider"}, node("span", {textContent: label}), handle, output);
    const tell = () => {
        output.textContent = text(+handle.value);
        handle.setAttribute("aria-valuetext", output.textContent);
        handle.style.setProperty("--at", `${100 * (handle.value - low) / (high - low)}%`);
    };
    handle.addEventListener("input", () => { tell(); input(+handle.value); });
    parent.append(box);
    tell();
    return {box, handle, get value() { return +handle.value; }, set(v) { handle.value = v; tell(); }};
}

// A few choices side by side, one of them taken: a group of radio buttons that look like one.
function choice(parent, {label, options, value, input}) {
    const name = `crease-${Math.random().toString(36).slice(2)}`;
    const box = node("div", {className: "crease-choice", role: "radiogroup", "aria-label": label});
    const inputs = options.map(option => {
        const [key, text] = Array.isArray(option) ? option : [option, option];
        const made = node("input", {type: "radio", name, value: key, checked: key === value});
        made.addEventListener("change", () => input(key));
        box.append(node("label", {}, made, node("span", {textContent: text})));
        return made;
    });
    parent.append(box);
    return {box, get value() { return inputs.find(i => i.checked)?.value; },
            set(v) { for (const made of inputs) made.checked = made.value === v; }};
}

// Something on a canvas that is dragged, and moved with the arrow keys once it has the focus: a round button over it.
// `drag(x, y)` gets the pointer in the parent's CSS pixels, `nudge(dx, dy)` steps of an arrow key (Shift: a tenth).
function handle(parent, {label, drag, nudge, className = "", rest = () => {}}) {
    const made = node("button", {type: "button", className: `crease-handle ${className}`, "aria-label": label, title: label});
    made.addEventListener("pointerdown", event => {
        made.setPointerCapture(event.pointerId);
        made.focus({preventScroll: true});
        event.preventDefault();
    });
    made.addEventListener("pointermove", event => {
        if (!made.hasPointerCapture(event.pointerId)) return;
        const box = parent.getBoundingClientRect();
        drag(event.clientX - box.left, event.clientY - box.top, event);
    });
    made.addEventListener("lostpointercapture", rest);
    made.addEventListener("keydown", event => {
        const way = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]}[event.key];
        if (!way) return;
        event.preventDefault();
        const size = event.shiftKey ? 0.1 : 1;
        nudge(way[0] * size, way[1] * size);
    });
    parent.append(made);
    made.at = (x, y) => { made.style.transform = `translate(${x}px, ${y}px) translate(-50%, -50%)`; };
    return made;
}
