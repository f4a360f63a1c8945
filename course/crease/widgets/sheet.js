// The sheet in a notebook: what one drags, the sliders under it, the tour, and the numbers in words.

// The tour: where the sheet goes, for how many ms, and what is said there. `units` are the slopes of the two units.
const VALLEY = {W: [[1, -1.3], [-0.7, 1]], c: [0.4, 0.4], w: [5 / 3, 5 / 3], b: -4 / 3};
const TOUR = [
    {slopes: [1, 1], ms: 900, hold: 900, W: [[1, 0], [0, 1]], c: [0.1, 0.1], w: [0, 0], b: 0.5, say: "A net of linear layers is a sheet of paper."},
    {slopes: [1, 1], ms: 1300, W: [[1.6, 0.4], [-0.3, 1]], c: [0.1, 0.1], w: [0.32, 0.16], b: 0.1, say: "Stretch it. Turn it. Tilt it."},
    {slopes: [1, 1], ms: 1300, W: [[0.4, -1.2], [1, 0.2]], c: [0.1, 0.1], w: [-0.45, 0.35], b: 0.4, say: "Stretch it. Turn it. Tilt it."},
    {slopes: [1, 1], ms: 1300, hold: 700, ...VALLEY, say: "Ten layers, a hundred: still flat. B and C cannot both top A and D."},
    {slopes: [0, 1], ms: 1500, hold: 500, ...VALLEY, say: "One ReLU: one crease."},
    {slopes: [0, 0], ms: 1500, hold: 1200, ...VALLEY, say: "Two creases: B and C up, A and D down."},
    {slopes: [0, 0], ms: 2600, hold: 1800, ...VALLEY, morph: 1, say: "For the next layer it lies flat again: one line is enough."},
    {slopes: [0, 0], ms: 2200, hold: 500, ...VALLEY, say: "That is all a ReLU does. The rest of the course follows from it."},
];
const LOOP = TOUR.reduce((sum, {ms, hold = 0}) => sum + ms + hold, 0);

// The tour at a moment (ms) -> the state of the sheet there, and what is said.
function moment(ms) {
    let at = ms % LOOP, before = TOUR[TOUR.length - 1];
    for (const stop of TOUR) {
        const length = stop.ms + (stop.hold ?? 0);
        if (at < length) {
            const t = ease(Math.min(1, at / stop.ms)), two = (a, b) => a.map((v, i) => mix(v, b[i], t));
            return {W: stop.W.map((row, i) => two(before.W[i], row)), c: two(before.c, stop.c), w: two(before.w, stop.w),
                    b: mix(before.b, stop.b, t), slopes: two(before.slopes, stop.slopes),
                    morph: mix(before.morph ?? 0, stop.morph ?? 0, t), say: stop.say};
        }
        at -= length;
        before = stop;
    }
}

const term = (v, name, first) => `${v < -0.005 ? (first ? "−" : " − ") : first ? "" : " + "}${show(Math.abs(v))}${name}`;

function render({model, el}) {
    const given = key => model.get(key), [low, high] = given("limits"), tour = given("tour");
    const units = given("c").length, few = units <= 3, names = given("names");
    const root = stage(el, () => paint());
    const box = node("div", {className: "crease-box"}), place = node("div", {className: "crease-view"});
    root.append(box);
    box.append(place);
    const view = new View({low, high, points: given("points"), labels: given("labels"), names});
    const state = {W: [], c: [], w: [], b: 0, slopes: Array(units).fill(0), morph: 0, table: given("table")};
    const called = given("called") || "ReLU";
    let creases = [], held = false, clock = 0, frame = 0, moving = 0, slow = false, rest = 0, leave = () => {};
    const take = () => {  // the net as Python gave it: each crease by a point on it, the way it faces, and its strength
        const [W, c] = [given("W"), given("c")], middle = (low + high) / 2;
        creases = c.map((bias, j) => {
            const size = Math.hypot(W[0][j], W[1][j]) || 1e-9, turn = Math.atan2(W[1][j], W[0][j]);
            const off = (W[0][j] * middle + W[1][j] * middle + bias) / size;
            return {size, turn, at: [middle - off * Math.cos(turn), middle - off * Math.sin(turn)]};
        });
    };
    const net = () => {
        if (tour) return;
        state.W = [0, 1].map(axis => creases.map(({size, turn}) => size * (axis ? Math.sin(turn) : Math.cos(turn))));
        state.c = creases.map(({at}, j) => -at[0] * state.W[0][j] - at[1] * state.W[1][j]);
        if (given("w").length) Object.assign(state, {w: given("w"), b: given("b")});
        else {  // the best one for the creased sheet, also while the creases are pressed out
            const creased = {...state, slopes: state.c.map(() => 0)};
            Object.assign(state, readout(view.points.map(x => hidden(x, creased)), view.labels));
        }
    };
    const draw = (context, width, height, ratio) => {
        if (!root.colours) return;
        net();
        const now = performance.now(), moves = now - moving < 150;  // coarse while it moves, sharp once it rests
        view.render(context, width, height, ratio, root.colours, state, !moves ? 2 : slow ? 1 : 1.25);
        const took = performance.now() - now;
        slow = moves && (took > 9 || (slow && took > 4));
        clearTimeout(rest);
        if (moves) rest = setTimeout(() => paint(), 200);
        creases.forEach((crease, j) => view.crease(context, view.see, root.colours[CREASES[j]], state, crease));
        put();
        tell();
    };
    const canvas = surface(place, {aspect: 0.6, tallest: 510, draw});
    const paint = () => canvas.later();
    const stir = () => { moving = performance.now(); canvas.soon(); };
    const caption = node("div", {className: "crease-caption"});
    place.append(caption);
    const lines = node("div", {className: "crease-say crease-numbers", role: "status"});

    // Turning the table: drag the background, or the arrow keys.
    const look = canvas.canvas;
    look.tabIndex = 0;
    look.addEventListener("pointerdown", event => look.setPointerCapture(event.pointerId));
    look.addEventListener("pointermove", event => {
        if (look.hasPointerCapture(event.pointerId)) turn(event.movementX * 0.008, event.movementY * 0.006);
    });
    look.addEventListener("keydown", event => {
        const way = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key];
        if (way) { event.preventDefault(); turn(way[0] * 0.08, way[1] * 0.06); }
    });
    look.addEventListener("dblclick", () => { [view.yaw, view.pitch, held] = [0.6, 0.52, false]; paint(); });
    const turn = (yaw, pitch) => {
        held = true;
        view.yaw += yaw;
        view.pitch = clamp(view.pitch + pitch, 0.12, 1.45);
        stir();
    };

    // The grips of the creases. They ride on the sheet; what one drags is the crease's line in the plane of x.
    const grips = [];
    const moved = () => { stir(); clearTimeout(frame); frame = setTimeout(keep, 200); };
    const keep = () => {
        net();
        model.set({W: state.W, c: state.c, alt: look.getAttribute("aria-label")});
        model.save_changes();
    };
    const grip = (j, side) => {
        const way = side ? "turn" : "shift";
        let start = null;
        const made = handle(place, {
            label: `${way} the crease of h${"₁₂₃₄₅₆₇₈"[j]}${side ? "" : "; Enter turns it over"}`,
            className: `c-${CREASES[j]} ${side || !few ? "small" : ""}`,
            drag(x, y) {
                const crease = creases[j];
                start ??= {x, y, from: side ? end(crease, side) : crease.at};
                const [dx, dy] = view.see.floor(x - start.x, y - start.y);
                const to = [start.from[0] + dx * view.half, start.from[1] + dy * view.half];
                if (!side) crease.at = to.map(v => clamp(v, low, high));
                else crease.turn = Math.atan2(to[1] - crease.at[1], to[0] - crease.at[0]) - side * Math.PI / 2;
                moved();
            },
            nudge(dx, dy) {
                const crease = creases[j], step = 0.05 * view.half;
                if (side) crease.turn -= (dx - dy) * 0.05;
                else crease.at = [clamp(crease.at[0] + dx * step, low, high), clamp(crease.at[1] + dy * step, low, high)];
                moved();
            },
            rest() { start = null; },
        });
        if (!side) {
            const over = () => { creases[j].turn += Math.PI; moved(); };
            made.addEventListener("dblclick", over);
            made.addEventListener("keydown", event => { if (event.key === "Enter") { event.preventDefault(); over(); } });
            if (few) made.textContent = "₁₂₃₄₅₆₇₈"[j];
        }
        grips.push({made, j, side});
    };
    const end = ({at, turn: angle}, side) => [at[0] - side * Math.sin(angle) * 0.45 * view.half, at[1] + side * Math.cos(angle) * 0.45 * view.half];
    const put = () => {
        for (const {made, j, side} of grips) {
            const x = side ? end(creases[j], side) : creases[j].at, [a, b, z] = view.place(x.map(v => clamp(v, low, high)), state);
            const [across, down] = view.see(a, b, z + 0.02);
            made.at(across, down);
            made.style.opacity = state.slopes[j] > 0.98 || (side && state.morph > 0.7) ? 0 : 1 - 0.6 * state.morph;
        }
    };
    let said = "";
    const describe = words => { if (words !== said) look.setAttribute("aria-label", said = words); };
    const tell = () => {
        const outputs = names.map((_, i) => output(hidden(view.points[i], state), state));
        const right = view.points.filter((x, i) => (output(hidden(x, state), state) > 0.5) === (view.labels[i] > 0.5)).length;
        const values = outputs.map((v, i) => `${names[i]} ${show(v)}`).join("   ");
        const solved = right === view.points.length;
        describe(`The output of a net with ${units} ${called} units as a sheet over the plane, ${state.morph > 0.5 ? "in h-space" : "in x-space"}; ` +
            `${right} of ${view.points.length} points on the right side of one half${values ? `: ${values}` : ""}.`);
        if (tour) return;
        const score = `${right} of ${view.points.length} right${state.table.length ? " · this net runs on your code" : ""}`;
        caption.textContent = score + (solved ? " ✓" : "");
        caption.classList.toggle("solved", solved);
        if (!few) return;
        lines.replaceChildren(...state.c.map((c, j) => node("div", {}, node("b", {className: `t-${CREASES[j]}`, textContent: `h${"₁₂₃"[j]}`}),
            ` = ${called}(${term(state.W[0][j], " x₁", true)}${term(state.W[1][j], " x₂")}${term(c, "")})`)),
            node("div", {}, node("b", {textContent: "output"}), ` = ${state.w.map((w, j) => term(w, ` h${"₁₂₃"[j]}`, !j)).join("")}${term(state.b, "")}`),
            node("div", {className: "crease-soft", textContent: values}));
    };

    const bar = node("div", {className: "crease-bar"});
    box.append(bar);
    if (tour) {
        Object.assign(state, moment(LOOP - 1));
        let wanted = !calm();
        const run = loop(root, seconds => {
            clock += seconds * 1000;
            moving = performance.now();
            step();
            canvas.paint();
        });
        const turn = on => { wanted = on; if (on) run.start(); else run.stop(); name(); };
        leave = spare(root, free => { if (wanted && free) run.start(); else run.stop(); });
        const step = () => {
            const now = moment(clock);
            Object.assign(state, now);
            if (!held) view.yaw = 0.66 + 0.2 * Math.sin(2 * Math.PI * clock / LOOP);
            if (caption.textContent !== now.say) caption.textContent = now.say;
            const share = Math.round(200 * (clock % LOOP) / LOOP) / 200;
            if (share !== where.value) where.set(share);
        };
        const play = button(bar, "Pause", () => turn(!wanted), {className: "crease-button main"});
        const name = () => { play.textContent = wanted ? "Pause" : "Play"; };
        const where = slider(bar, {label: "where", low: 0, high: 1, step: 0.005, value: 0, text: () => "",
            input(v) { turn(false); clock = v * LOOP; step(); stir(); }});
        if (!wanted) clock = LOOP - 600;
        step();
        turn(wanted);
    } else {
        take();
        creases.forEach((_, j) => { grip(j, 0); grip(j, 1); if (few) grip(j, -1); });
        let run = {stop() {}};
        const glide = (key, to) => {
            const from = state[key];
            run.stop();
            run = tween(root, 1800, t => {
                state[key] = mix(from, to, t);
                moving = performance.now();
                morph.set(state[key]);
                canvas.paint();
            });
        };
        const morph = {set() {}};
        if (units === 2) {
            button(bar, "x ⇄ h", () => glide("morph", state.morph > 0.5 ? 0 : 1), {className: "crease-button main", title: "from x-space to h-space and back"});
            Object.assign(morph, slider(bar, {label: "x-space → h-space", low: 0, high: 1, value: 0, text: v => `${Math.round(100 * v)} %`,
                input(v) { run.stop(); state.morph = v; stir(); }}));
        }
        slider(bar, {label: "how far creased", low: 0, high: 1, value: 1, text: v => v === 1 ? called : v === 0 ? "linear" : show(v),
            input(v) { state.slopes.fill(1 - v); stir(); }});
        button(bar, "Start again", () => { model.set({W: first.W, c: first.c}); take(); moved(); });
        root.append(lines);
        const first = {W: given("W"), c: given("c")};
        model.on("change:w change:b", paint);
    }
    return () => { leave(); canvas.done(); root.done(); };
}

export default { render };
