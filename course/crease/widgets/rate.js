// The learning rate, dragged: where the next step lands on the loss, and which units it silences.

const LOW = 0.01, HIGH = 100, STOPS = 96;

// The line along which a step moves: loss and dead units after it, for any learning rate. X is (n, 64).
class Line {
    constructor(net, X, labels, n) {
        Object.assign(this, {net, labels, n, slope: gradients(net, X, labels, n)});
        this.dZ = affine(X, this.slope.W1, this.slope.b1, n, net.n0, net.n1);  // how fast each sum falls with the rate
        this.A = new Float64Array(n * net.n1);
        this.logits = new Float64Array(n * net.n2);
        this.steep = ["W1", "b1", "W2", "b2"].reduce((sum, key) => sum + this.slope[key].reduce((s, v) => s + v * v, 0), 0);
    }

    // -> {loss, active: the share of examples on which each unit is on}
    after(rate) {
        const {net, n, slope, dZ, A} = this, {n1, n2} = net, active = new Float64Array(n1);
        for (let i = 0; i < A.length; i++) {
            const z = slope.Z[i] - rate * dZ[i];
            A[i] = z > 0 ? z : 0;
            if (z > 0) active[i % n1] += 1 / n;
        }
        const W2 = net.W2.map((v, i) => v - rate * slope.W2[i]), b2 = net.b2.map((v, i) => v - rate * slope.b2[i]);
        return {loss: softmax(affine(A, W2, b2, n, n1, n2, this.logits), this.labels, n, n2), active};
    }
}

function render({model, el}) {
    const n = model.get("count"), raw = model.get("pixels"), [from, step] = model.get("scale");
    const bytes = Array.isArray(raw) ? raw : new Uint8Array(raw.buffer, raw.byteOffset, raw.byteLength);
    const X = Float64Array.from(bytes, v => from + step * v), labels = model.get("labels");
    const units = model.get("units"), first = {n0: 64, n1: units, n2: 10};
    for (const key of ["W1", "b1", "W2", "b2"]) first[key] = floats(model.get(key));
    const root = stage(el, () => view.later()), box = node("div", {className: "crease-box"});
    const place = node("div", {className: "crease-view"}), bar = node("div", {className: "crease-bar"});
    root.append(box);
    box.append(place, bar);
    let net, line, curve, rate = model.get("rate"), taken = 0, history = [];

    const rates = Array.from({length: STOPS}, (_, i) => LOW * (HIGH / LOW) ** (i / (STOPS - 1)));
    const look = next => {  // everything that depends on the weights
        net = next;
        line = new Line(net, X, labels, n);
        curve = rates.map(r => {
            const {loss, active} = line.after(r);
            return {loss, dead: active.filter(v => v === 0).length};
        });
    };
    look(first);

    let area = {};
    const across = r => area.left + area.width * Math.log(r / LOW) / Math.log(HIGH / LOW);
    const [least, most] = [0.03, 30];
    const down = loss => area.top + area.height * (1 - Math.log(clamp(loss, least, most) / least) / Math.log(most / least));
    const deads = count => area.base - area.strip * count / units;

    const draw = (pen, width, height) => {
        if (!root.colours) return;
        const {ink, soft, line: faint, orange, blue, panel} = root.colours, wide = width > 600;
        const split = wide ? width * 0.54 : width;
        area = {left: 52, width: split - 72, top: 34, height: (wide ? height : height * 0.58) * 0.5 - 10};
        area.base = (wide ? height : height * 0.58) - 40;
        area.strip = area.base - area.top - area.height - 34;
        pen.clearRect(0, 0, width, height);
        const now = line.after(0), next = line.after(rate), worse = next.loss > now.loss;
        const text = (words, x, y, colour = soft, align = "left", font = "13px") => {
            Object.assign(pen, {fillStyle: colour, textAlign: align, font: `${font} system-ui, sans-serif`, textBaseline: "alphabetic"});
            pen.fillText(words, x, y);
        };
        const path = (points, colour, size, dash = []) => {
            pen.setLineDash(dash);
            Object.assign(pen, {strokeStyle: colour, lineWidth: size, lineJoin: "round"});
            pen.beginPath();
            points.forEach(([x, y]) => pen.lineTo(x, y));
            pen.stroke();
            pen.setLineDash([]);
        };
        const [left, right] = [area.left, area.left + area.width];
        text("loss after the step", left, 20, ink, "left", "600 14px");
        for (const v of [0.1, 1, 10]) {
            path([[left, down(v)], [right, down(v)]], faint, 1);
            text(`${v}`, left - 8, down(v) + 4, soft, "right");
        }
        path([[left, down(now.loss)], [right, down(now.loss)]], soft, 1.5, [5, 4]);
        text("loss now", right, down(now.loss) - 6, soft, "right");
        // What the slope alone promises: a straight fall. The loss keeps to it only for small rates.
        path(rates.filter(r => now.loss - r * line.steep > least).map(r => [across(r), down(now.loss - r * line.steep)]), soft, 1.5, [2, 4]);
        path(curve.map(({loss}, i) => [across(rates[i]), down(loss)]), ink, 2.5);
        path([[across(rate), down(now.loss)], [across(rate), down(next.loss)]], worse ? orange : blue, 4);

        text("dead units after the step", left, area.base - area.strip - 10, ink, "left", "600 14px");
        for (const v of [0, units]) {
            path([[left, deads(v)], [right, deads(v)]], faint, 1);
            text(`${v}`, left - 8, deads(v) + 4, soft, "right");
        }
        pen.fillStyle = orange;
        pen.globalAlpha = 0.85;
        pen.beginPath();
        pen.moveTo(left, area.base);
        curve.forEach(({dead}, i) => {
            if (i) pen.lineTo(across(rates[i]), deads(curve[i - 1].dead));
            pen.lineTo(across(rates[i]), deads(dead));
        });
        pen.lineTo(right, area.base);
        pen.fill();
        pen.globalAlpha = 1;
        path([[across(rate), area.top], [across(rate), area.base]], soft, 1);
        for (const v of [0.01, 0.1, 1, 10, 100]) text(`${v}`, across(v), area.base + 18, soft, "center");
        text("learning rate", (left + right) / 2, area.base + 36, soft, "center");
        grip.at(across(rate), down(next.loss));
        tiles(pen, wide ? split + 14 : 16, wide ? 34 : height * 0.58 + 22, width - 16, height - 16, next.active);
        const dead = next.active.filter(v => v === 0).length, before = now.active.filter(v => v === 0).length;
        text(`${units - dead} units on, ${dead} dead`, wide ? split + 14 : 16, wide ? 20 : height * 0.58 + 10, ink, "left", "600 14px");
        said.textContent = `Loss ${show(now.loss)} → ${next.loss > 1000 ? "over 1000" : show(next.loss)}. ` +
            `${dead > before ? `${dead - before} more unit${dead - before > 1 ? "s" : ""} would fall silent.` : dead ? "No unit more falls silent." : "No unit falls silent."} ` +
            (taken ? `${taken} step${taken > 1 ? "s" : ""} taken, ${Math.round(100 * line.slope.right)} % of the images right.` : "");
        const words = `At a learning rate of ${+rate.toPrecision(2)} the loss goes from ${show(now.loss)} to ${show(next.loss)}, and ${dead} of ${units} hidden units are dead.`;
        view.canvas.setAttribute("aria-label", words);
        grip.setAttribute("aria-valuenow", rate);
        grip.setAttribute("aria-valuetext", words);
    };
    // Each unit as the 8 × 8 picture of its weights after the step, as bright as it is often on; dead ones go dark.
    const tiles = (pen, left, top, right, bottom, active) => {
        const fits = columns => Math.min((right - left) / columns, (bottom - top) / Math.ceil(units / columns));
        const columns = [4, 5, 6, 7, 8, 10, 13].reduce((best, c) => fits(c) > fits(best) ? c : best), size = fits(columns);
        const {dark, orange, line: faint} = root.colours, gap = 3;
        const [pr, pg, pb] = dark ? [103, 169, 207] : [33, 102, 172], [nr, ng, nb] = dark ? [241, 163, 64] : [217, 121, 24];
        for (let u = 0; u < units; u++) {
            const x = left + (u % columns) * size, y = top + Math.floor(u / columns) * size, s = size - gap, cell = s / 8;
            const on = active[u] > 0, bright = on ? 0.35 + 0.65 * Math.sqrt(active[u]) : 0;
            pen.fillStyle = on ? (dark ? "#2b3642" : "#ffffff") : dark ? "#050608" : "#2a2f36";
            pen.beginPath();
            pen.roundRect(x, y, s, s, 4);
            pen.fill();
            let most = 1e-9;
            const weight = i => net.W1[i * units + u] - rate * line.slope.W1[i * units + u];
            for (let i = 0; i < 64; i++) most = Math.max(most, Math.abs(weight(i)));
            if (on) {
                for (let i = 0; i < 64; i++) {
                    const v = weight(i) / most;
                    pen.fillStyle = v > 0 ? `rgba(${pr},${pg},${pb},${v * bright})` : `rgba(${nr},${ng},${nb},${-v * bright})`;
                    pen.fillRect(x + (i % 8) * cell, y + (i >> 3) * cell, cell + 0.4, cell + 0.4);
                }
            } else {
                Object.assign(pen, {strokeStyle: dark ? "#5b6570" : "#8b949e", lineWidth: 1.5});
                pen.beginPath();
                pen.moveTo(x + s * 0.35, y + s * 0.35);
                pen.lineTo(x + s * 0.65, y + s * 0.65);
                pen.moveTo(x + s * 0.65, y + s * 0.35);
                pen.lineTo(x + s * 0.35, y + s * 0.65);
                pen.stroke();
            }
            Object.assign(pen, {strokeStyle: faint, lineWidth: 1});
            pen.beginPath();
            pen.roundRect(x, y, s, s, 4);
            pen.stroke();
        }
    };
    const view = surface(place, {aspect: 0.47, tallest: 430, draw});
    const set = r => { rate = clamp(r, LOW, HIGH); view.paint(); };
    const keep = () => {
        model.set({rate, alt: view.canvas.getAttribute("aria-label")});
        model.save_changes();
    };
    const grip = handle(place, {
        label: "learning rate", className: "c-blue",
        drag: x => set(LOW * (HIGH / LOW) ** ((x - area.left) / area.width)),
        nudge: (dx, dy) => { set(rate * 1.15 ** (dx || dy)); keep(); },
        rest: keep,
    });
    for (const [name, value] of [["role", "slider"], ["aria-valuemin", LOW], ["aria-valuemax", HIGH]]) grip.setAttribute(name, value);
    const go = count => {
        for (let i = 0; i < count; i++) {
            look(stepped(net, line.slope, rate));
            taken++;
        }
        view.paint();
    };
    button(bar, "Take this step", () => go(1), {className: "crease-button main"});
    button(bar, "Ten steps", () => go(10));
    button(bar, "Start again", () => { taken = 0; look(first); view.paint(); });
    const said = node("span", {role: "status"});
    bar.append(said);
    return () => { view.done(); root.done(); };
}

export default { render };
