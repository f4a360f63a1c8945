// What makes a page to read move: widgets with a model that only remembers, and sliders over pictures drawn beforehand.

const bytes = text => new DataView(Uint8Array.from(atob(text), c => c.charCodeAt(0)).buffer);

// {"bytes": "…"} anywhere in a widget's state is base64 for a DataView, as a kernel would send it.
function unpacked(value) {
    if (Array.isArray(value)) return value.map(unpacked);
    if (value === null || typeof value !== "object") return value;
    if (typeof value.bytes === "string" && Object.keys(value).length === 1) return bytes(value.bytes);
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, unpacked(part)]));
}

// The model of a widget as anywidget hands it to `render`, without anybody behind it.
function remembering(state) {
    const heard = new Map();
    return {
        get: key => state[key],
        set(key, value) {
            const changes = typeof key === "string" ? {[key]: value} : key;
            for (const [name, now] of Object.entries(changes)) {
                if (state[name] === now) continue;
                state[name] = now;
                for (const call of heard.get(`change:${name}`) ?? []) call();
            }
        },
        save_changes() {},
        send() {},
        on(events, call) { for (const event of events.split(" ")) heard.set(event, [...heard.get(event) ?? [], call]); },
        off(event, call) { heard.set(event, (heard.get(event) ?? []).filter(one => call && one !== call)); },
    };
}

const bets = new Map();  // line of numbers -> the bet placed on it, to be shown beside what was measured

function betting(model, state) {
    const line = JSON.stringify([state.low, state.high, state.unit]);
    model.on("change:value", () => bets.set(line, model.get("value")));
    if (bets.has(line)) model.set("value", bets.get(line));
}

async function widget(box) {
    const about = JSON.parse(box.querySelector("script").textContent), base = new URL("widgets/", document.baseURI);
    const made = await import(new URL(about.js, base));
    if (!document.querySelector(`link[href$="${about.css}"]`)) {
        const style = Object.assign(document.createElement("link"), {rel: "stylesheet", href: new URL(about.css, base)});
        await new Promise(done => { style.onload = style.onerror = done; document.head.append(style); });
    }
    const model = remembering(unpacked(about.state));
    if (about.kind === "bet") betting(model, about.state);
    const place = document.createElement("div");
    box.replaceChildren(place);
    await (made.default.render ?? made.render)({model, el: place});
}

function sliders(box) {
    const about = JSON.parse(box.querySelector("script").textContent), at = about.controls.map(control => control.start);
    const number = () => at.reduce((sum, place, n) => sum * about.controls[n].values.length + place, 0);
    const file = n => new URL(`pictures/${about.name}-${n}.png`, document.baseURI);
    const picture = Object.assign(new Image(...about.size), {className: "crease"});
    picture.style.width = `${about.width}px`;
    const show = () => { picture.src = file(number()); picture.alt = about.alts[number()]; };
    const ahead = () => {  // the others are fetched once somebody reaches for a slider
        if (!ahead.kept) ahead.kept = about.alts.map((_, n) => Object.assign(new Image(), {src: file(n)}));
    };
    const knobs = about.controls.map((control, n) => {
        const label = document.createElement("label"), output = document.createElement("output");
        const many = typeof control.values[0] === "number";
        const knob = document.createElement(many ? "input" : "select");
        if (many) Object.assign(knob, {type: "range", min: 0, max: control.values.length - 1, step: 1});
        else knob.append(...control.values.map((value, i) => new Option(wording(value), i)));
        knob.value = control.start;
        const tell = () => {
            output.textContent = many ? wording(control.values[at[n]]) : "";
            if (many) knob.setAttribute("aria-valuetext", wording(control.values[at[n]]));
        };
        knob.addEventListener("input", () => { at[n] = +knob.value; tell(); show(); });
        for (const event of ["pointerdown", "focus"]) knob.addEventListener(event, ahead);
        label.append(Object.assign(document.createElement("span"), {textContent: control.name}), knob, output);
        tell();
        return label;
    });
    const rest = document.createElement("p");
    rest.className = "note";
    if (about.fixed.length) rest.textContent = `In the notebook you also move ${about.fixed.join(" and ")}.`;
    const bar = Object.assign(document.createElement("div"), {className: "knobs"});
    bar.append(...knobs);
    show();
    box.replaceChildren(bar, picture, ...about.fixed.length ? [rest] : []);
}

const wording = value => value === true ? "on" : value === false ? "off"
    : typeof value === "number" ? String(value).replace("-", "−") : value;

// Each comes alive when it is nearly on the screen, so that the text is there at once.
const near = new IntersectionObserver(seen => {
    for (const {target, isIntersecting} of seen.filter(one => one.isIntersecting)) {
        near.unobserve(target);
        if (target.matches(".sliders")) sliders(target);
        else widget(target).catch(error => console.error(error));
    }
}, {rootMargin: "600px"});
document.querySelectorAll(".widget, .sliders").forEach(box => near.observe(box));

// What has been visited opens without a network too: see offline.js.
navigator.serviceWorker?.register("offline.js").catch(error => console.info(`Nothing is kept: ${error.message}`));
