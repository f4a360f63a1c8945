// The playground: knobs, buttons and the clock. The arithmetic is in playground_net and playground_train, the pictures
// in playground_board; the kernel gives the settings to start from and functions of the learner's own.

const RATES = [0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10], STRENGTHS = [0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];
const SPEEDS = [["batch", "a batch a frame"], ["1", "an epoch a frame"], ["5", "5 epochs a frame"], ["most", "all it can"]];
const LIVE = ["rate", "batch", "regularisation", "strength"];  // these turn while the net trains
const BUDGET = 7;  // milliseconds of training in a frame

// A plain array of the numbers in a buffer that the kernel sent.
const numbers = view => new Float64Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));

// Tables of the learner's own functions, by name.
const lentTables = model => Object.fromEntries(Object.entries(model.get("functions") || {}).map(([name, table]) =>
    [name, {...table, values: numbers(table.values), slopes: table.slopes && numbers(table.slopes)}]));

function render({model, el}) {
    const defaults = model.get("defaults"), tables = lentTables(model), activations = {...ACTIVATIONS, ...tables};
    const deviations = model.get("deviations"), hide = model.get("hide") || [], given = {tables, deviations};
    let settings = {...defaults, ...model.get("settings")};
    let playing = false, stopped = false, speed = "1", touched = false, stale = false, edited = -1000, seen = true, frames = 0, quiet = 0, pace = 1, next = 0;
    const root = stage(el, () => { view.themed(); clouds.draw(view.tones, pen.list); view.paint(); });
    root.classList.add("play");
    for (const name of hide) root.classList.add(`hide-${name}`);

    const part = (name, parent = root) => parent.appendChild(node("div", {className: `play-${name}`}));
    const bar = part("bar"), knobs = part("knobs"), body = part("body"), foot = part("foot"), say = node("div", {className: "crease-say", role: "status"});
    const heard = node("div", {className: "play-heard", role: "status"});
    root.append(say, heard);
    const data = part("data", body), middle = part("middle", body), out = part("out", body);

    // The bar: play, step, reset, epoch, speed, result, twenty seeds.
    const play = button(bar, "▶ Play", () => turn(!playing), {className: "crease-button main play-go"});
    button(bar, "Step", () => { turn(false); training.advance(1); refresh(); }, {title: "one epoch"});
    button(bar, "Reset", () => reset(), {title: "the same start again"});
    const counter = bar.appendChild(node("span", {className: "play-epoch"}));
    select(bar, "speed", SPEEDS, speed, v => { speed = v; });
    const result = bar.appendChild(node("span", {className: "play-result"}));
    button(bar, "Run 20 seeds", () => begin(), {className: "crease-button play-seeds", title: "twenty nets from twenty starts, at once"});

    // What the net is.
    const change = (name, v) => {
        settings = {...settings, [name]: v};
        if (LIVE.includes(name)) {
            training.settings = settings;
            if (name === "batch") training.rebatch();
            touched = touched || training.epoch > 0;
            knob.strength.element.parentElement.hidden = settings.regularisation === "none";
            share();
        } else reset();
    };
    const knob = {
        activation: select(knobs, "activation", Object.keys(activations), settings.activation, v => change("activation", v)),
        init: select(knobs, "start", deviations ? [["playground", "yours"]] : Object.keys(SCHEMES), settings.init, v => change("init", v)),
        rate: select(knobs, "rate", RATES, settings.rate, v => change("rate", +v)),
        batch: number(knobs, "batch", 1, 100, settings.batch, v => change("batch", v)),
        regularisation: select(knobs, "penalty", ["none", "L1", "L2"], settings.regularisation, v => change("regularisation", v)),
        strength: select(knobs, "strength", STRENGTHS, settings.strength, v => change("strength", +v)),
        seed: number(knobs, "seed", 0, 9999, settings.seed, v => change("seed", v)),
    };

    const lent = knobs.appendChild(node("strong", {className: "play-lent"}));

    // The data.
    data.append(node("h4", {textContent: "Data"}));
    const clouds = pictures(data, settings, root, key => {
        if (key === "drawn") settings = {...settings, test: 0};
        change("data", key);
    });
    const noise = slider(data, {label: "noise", low: 0, high: 50, step: 5, value: settings.noise, text: v => `${v} %`, input: v => change("noise", v)});
    const test = slider(data, {label: "test", low: 0, high: 90, step: 10, value: settings.test, text: v => `${v} %`, input: v => change("test", v)});
    button(data, "New points", () => change("points", settings.points + 1), {title: "another sample of the same kind"});
    const options = part("options", data);
    const seeing = (name, v) => { settings = {...settings, [name]: v}; training.settings = settings; take(training); };
    const tests = tick(options, "test points", false, v => seeing("show_test", v));
    const sharp = tick(options, "two colours only", false, v => seeing("two_colours", v));
    tick(options, "light of the error signal", true, v => { view.light = v; view.soon(); });
    select(options, "histograms", KINDS.map(k => [k, KIND_WORDS[k]]), "outputs", v => { view.kind = v; refresh(); });

    // The net, its layers, and what is pointed at.
    const layers = part("layers", middle), netBox = part("net", middle);
    const depth = node("span");
    layers.append("hidden layers", smaller("fewer hidden layers", () => layered(settings.layers.slice(0, -1))), depth,
        larger("more hidden layers", () => layered([...settings.layers, settings.layers.at(-1) ?? 8])));
    const heads = layers.appendChild(node("span", {className: "crease-soft", textContent: ""}));
    function smaller(label, press) { return button(layers, "−", press, {className: "play-small", "aria-label": label, title: label}); }
    function larger(label, press) { return button(layers, "+", press, {className: "play-small", "aria-label": label, title: label}); }
    const layered = list => { if (list.length <= MOST_LAYERS) change("layers", list.map(n => clamp(n, 1, MOST_UNITS))); };

    const title = node("span"), key = node("span", {className: "play-key"}, "−1", node("i"), "1");
    out.append(node("div", {className: "play-title"}, title, key));
    const planeBox = part("plane", out), curveBox = part("curves", out);
    const view = board(root, {netBox, planeBox, curveBox});
    const ground = view.parts.plane.canvas;
    ground.tabIndex = 0;
    const card = inspector(middle, v => set(view.picked, v));
    const contest = race(netBox, {
        given, script: model.get("_esm"),
        choose: chosen => { contest.stop(); settings = chosen.settings; take(chosen); },
        close: () => refresh()});
    const pen = drawing(out, {canvas: ground, changed: drew, attempt: activation => {
        settings = {...settings, activation, layers: settings.layers.slice(0, 2)};
        reset();
        turn(true);
    }});
    pen.list = drawnPoints(settings.drawn);

    // The line of text.
    const line = node("input", {type: "text", spellcheck: false, className: "play-line", "aria-label": "settings and result as a line of Python"});
    foot.append(line);
    line.addEventListener("focus", () => line.select());
    line.addEventListener("change", () => apply(line.value));
    line.addEventListener("blur", () => share());
    const copy = button(foot, "Copy", async () => {
        line.select();
        try { await navigator.clipboard.writeText(line.value); } catch { document.execCommand("copy"); }
        copy.textContent = "Copied";
        setTimeout(() => { copy.textContent = "Copy"; }, 1200);
    }, {title: "send it to somebody, or paste it into a cell"});
    function apply(text) {
        try {
            settings = settingsOf(text, defaults, activations);
            pen.list = drawnPoints(settings.drawn);
            say.textContent = "These are the settings of the line.";
            reset();
        } catch (error) { say.textContent = `The line was not taken. ${error.message}`; }
    }

    // The net in training.
    let training;
    const fresh = wanted => start(wanted, given);
    function reset() {
        contest.stop();
        settings.drawn = settings.data === "drawn" ? drawnText(pen.list) : "";
        touched = false;
        take(fresh(settings));
    }
    function take(next) {
        training = next;
        for (const [name, control] of Object.entries(knob)) control.set(settings[name]);
        clouds.set(settings.data);
        noise.set(settings.noise);
        test.set(settings.test);
        knob.strength.element.parentElement.hidden = settings.regularisation === "none";
        const own = settings.activation.endsWith(YOURS) ? settings.activation.slice(0, -YOURS.length) : deviations ? "start" : "";
        lent.textContent = own && `This net runs on your ${own}.`;
        depth.textContent = settings.layers.length;
        heads.textContent = settings.layers.length ? `of ${settings.layers.join(", ")} units` : "";
        pen.bar.hidden = settings.data !== "drawn";
        view.cursor = settings.data === "drawn" && pen.keys ? pen.cursor : null;
        pen.tell();
        tests.set(view.tests = settings.show_test);
        sharp.set(view.sharp = settings.two_colours);
        view.take(training);
        refresh();
    }
    function drew(points = true) {
        view.cursor = pen.keys ? pen.cursor : null;
        if (!points) return view.soon();
        settings.drawn = drawnText(pen.list);
        const next = fresh(settings);
        Object.assign(next, {net: training.net, epoch: training.epoch, curves: training.curves});  // it learns on
        clouds.draw(view.tones, pen.list);
        take(next);
    }

    // What is pointed at, and changed.
    function set(it, v) {
        if (!it || it.kind === "feature") return;
        valueOf(training.net, it, v);
        touched = stale = true;
        quiet = 0;
        if (performance.now() - edited > 14) catchUp();  // else with the next frame
        wake();
    }
    function catchUp() {
        stale = false;
        edited = performance.now();
        view.measure();
        view.paint();
        tell();
    }
    function flip(i) {
        const names = Object.keys(FEATURES), has = name => settings.features.includes(name);
        const features = names.filter((name, k) => k === i ? !has(name) : has(name));
        if (features.length) change("features", features);
    }
    touch(view, {netBox, card, heard, tell, set, flip, idle: () => contest.box.hidden,
                 widen: (l, by) => layered(settings.layers.map((n, k) => k === l ? n + by : n))});

    // The clock.
    function turn(on) {
        if (on) contest.stop();
        const was = playing;
        playing = on;
        play.textContent = on ? "❚❚ Pause" : "▶ Play";
        if (was && !on) refresh();
        wake();
    }
    function begin() {
        turn(false);
        if (!training.train.rows) { say.textContent = "There are no points yet to train on."; return; }
        const {data, layers: widths, activation, init, rate} = settings;
        contest.begin(settings, training.cloud, view.tones, `${data}, ${widths.join("-") || "no hidden layer"} ${activation}, ${init}, rate ${rate}`);
        wake();
    }
    function share() {
        const result = resultOf(training, touched) + (deviations && training.epoch ? ", from a start of your own" : "");
        if (!line.matches(":focus")) line.value = lineOf(settings, defaults, result);
        model.set("settings", settings);
        model.set("result", result);
        model.set("alt", spoken());
        model.save_changes();
    }
    function tell() {
        const [words, v] = describe(view.pointed ?? view.picked, view);
        card.set(words, v);
        counter.textContent = `epoch ${training.epoch.toLocaleString("en")}`;
        const {held, seen, numbers} = training, some = training.test.rows ? held : seen;
        const bad = !Number.isFinite(seen.loss) && training.train.rows;
        result.textContent = bad ? "diverged" : !training.train.rows ? "no points yet"
            : numbers ? `${training.test.rows ? "test" : "training"} loss ${some.loss.toFixed(3)}` : `${training.test.rows ? "test" : "training"}: ${percent(some.right)} right`;
        const it = view.pointed ?? view.picked, inside = it?.kind === "unit" && it.layer < training.net.length - 1;
        title.textContent = inside ? `layer ${it.layer + 1}, unit ${it.unit + 1}: its crease` : "what the net says";
        key.style.visibility = inside ? "hidden" : "visible";
        if (settings.data === "drawn" && training.epoch) pen.note(settings.activation, seen.right);
    }
    function refresh() {
        view.measure();
        view.soon();
        tell();
        if (!playing) share();
        wake();
    }
    function train() {
        if (speed === "batch") training.step();
        else {
            const end = performance.now() + BUDGET, wanted = speed === "most" ? Infinity : +speed;
            for (let k = 0, at = 0; k < wanted; k += at ? 1 : 0) {
                at = training.step();
                if (performance.now() > end || !training.train.rows) break;
            }
        }
    }
    // One frame of the screen. Out of sight the net trains on, but nothing is drawn; out of the page it all ends.
    let waiting = false, begun = 0;
    function wake() {
        if (waiting || stopped) return;
        waiting = true;
        requestAnimationFrame(frame);
    }
    function frame(now) {
        waiting = false;
        if (stopped || !root.isConnected) return;
        frames += 1;
        const light = view.light && !calm() && contest.box.hidden;
        if (contest.on) contest.advance(seen ? 10 : 14);
        if (playing) train();
        if (stale) catchUp();
        const drawn = performance.now();
        const due = frames >= next;  // a page that is slow draws every second or third frame, and trains in each
        if (playing && seen && due) {
            view.measure();
            quiet = 0;
            if (frames % 6 < pace) tell();
        } else if (!playing) quiet += 1;
        if (quiet === 12) { tell(); view.sharpen(); }
        view.phase = light ? (now - begun) / 2600 % 1 : null;
        const held = drawn - edited < 120;  // what one turns comes first, and brings the light's place with it
        if (seen && contest.box.hidden && due && (playing || light && quiet < 600 && !held)) {
            view.parts.net.paint();
            if (playing) { view.parts.plane.paint(); view.parts.curves.paint(); }
            pace = calm() ? 20 : clamp(Math.round(mix(pace, (performance.now() - drawn) / 8, 0.2)), 1, 4);
            next = frames + pace;
        }
        if (frames % 120 === 0 && playing) { share(); view.tell(spoken()); }
        if (playing || contest.on || seen && (quiet < 12 || light && quiet < 600)) wake();
    }
    const spoken = () => `${settings.data}, ${settings.layers.length} hidden layers of ${settings.layers.join(", ")} ${settings.activation} units. Epoch ${training.epoch}: ${result.textContent}.`;

    const sight = new IntersectionObserver(entries => { seen = entries.at(-1).isIntersecting; if (seen) { quiet = 0; wake(); } });
    sight.observe(root);
    take(fresh(settings));
    return () => {
        stopped = true;
        playing = false;
        contest.stop();
        sight.disconnect();
        view.done();
        root.done();
    };
}

export default {render};
