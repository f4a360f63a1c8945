// The graph of a small net: values run forward through it as blue pulses, derivatives of the error back as orange ones.

const SIGMOID = z => z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));

// Every number of a forward and a backward pass; dh is dE/dh, and so on.
function passes({x, target, B1, B2, lr}, W1, W2) {
    const layer = (a, W, bias) => [0, 1].map(j => a[0] * W[0][j] + a[1] * W[1][j] + bias);
    const z = layer(x, W1, B1), h = z.map(SIGMOID), s = layer(h, W2, B2), o = s.map(SIGMOID);
    const dO = o.map((v, i) => v - target[i]), ds = dO.map((d, i) => d * o[i] * (1 - o[i]));
    const dh = [0, 1].map(i => W2[i][0] * ds[0] + W2[i][1] * ds[1]), dz = dh.map((d, i) => d * h[i] * (1 - h[i]));
    const outer = (a, d) => a.map(v => d.map(w => v * w)), down = (W, dW) => W.map((row, i) => row.map((w, j) => w - lr * dW[i][j]));
    const dW1 = outer(x, dz), dW2 = outer(h, ds);
    return {x, z, h, s, o, E: 0.5 * (dO[0] ** 2 + dO[1] ** 2), dE: 1, do: dO, ds, dh, dz, W1, W2, dW1, dW2,
            new1: down(W1, dW1), new2: down(W2, dW2)};
}

// Python's format for the few forms in use: .6g .6f +.6g
function formatted(v, form) {
    const digits = +form.match(/\.(\d+)/)[1];
    const text = form.endsWith("f") ? v.toFixed(digits) : `${+v.toPrecision(digits)}`;
    return form.startsWith("+") && v >= 0 ? `+${text}` : text;
}
// "z = {z[0]:.6g}" with its numbers, as Python's str.format would fill it in.
const filled = (text, v) => text.replace(/\{(\w+)((?:\[\d\])*):([^}]+)\}/g, (_, name, places, form) =>
    formatted([...places.matchAll(/\d/g)].reduce((at, [i]) => at[i], v[name]), form));

const ORDER = "xzhsoE", SINCE = {E: 6, o: 6, s: 7, h: 9, z: 10}, SUB = ["₁", "₂"];
const ACROSS = {x: 0.05, z: 0.29, h: 0.425, s: 0.665, o: 0.8, E: 0.93};
const NODES = [..."xzhso"].flatMap(c => [[c, 0], [c, 1]]).concat([["E", 0]]);
const WIRES = ["xz", "zh", "hs", "so", "oE"].flatMap(([a, b]) => [0, 1].flatMap(i => [0, 1].map(j => [a, i, b, j])))
    .filter(([a, i, b, j]) => a === "x" || a === "h" || j === (b === "E" ? 0 : i));

function render({model, el}) {
    const given = Object.fromEntries(["x", "target", "B1", "B2", "lr"].map(key => [key, model.get(key)]));
    const steps = model.get("steps"), root = stage(el, () => view.later());
    const box = node("div", {className: "crease-box"}), place = node("div", {className: "crease-view"});
    const bar = node("div", {className: "crease-bar"}), tip = node("div", {className: "crease-tip", role: "status"});
    root.append(box);
    box.append(place, bar);
    let v = passes(given, model.get("W1"), model.get("W2")), step = model.get("step"), t = 1, rounds = 0, moving = {stop() {}};
    let width = 0, height = 0;
    const spot = (c, i) => [ACROSS[c] * width, c === "E" ? 0.57 * height : (0.33 + 0.48 * i) * height];
    const value = (c, i) => c === "E" ? v.E : v[c][i], slope = (c, i) => c === "E" ? 1 : v[`d${c}`][i];
    const name = (c, i) => c === "E" ? "E" : c + SUB[i];
    const known = c => ORDER.indexOf(c) < step || (ORDER.indexOf(c) === step && t > 0.8) || c === "x";
    const felt = c => step > (SINCE[c] ?? 99) || (step === SINCE[c] && (t > 0.8 || c === "E"));
    const weight = (a, i, j, fresh) => (fresh && step === 12 && t > 0.5 ? v[a === "x" ? "new1" : "new2"] : v[a === "x" ? "W1" : "W2"])[i][j];
    // The local derivative of a wire's end by its start; in the steps to the weights, by the weight.
    const local = ([a, i, b, j]) => a === "o" ? v.do[i] : a === "s" ? v.o[i] * (1 - v.o[i]) : a === "z" ? v.h[i] * (1 - v.h[i])
        : step === 9 ? weight(a, i, j) : v[a][i];

    const draw = (pen, w, h) => {
        if (!root.colours) return;
        [width, height] = [w, h];
        const {ink, soft, line: faint, orange, blue, paper, panel} = root.colours;
        const radius = clamp(width * 0.029, 15, 25), back = step > 5, size = clamp(width / 62, 11, 14);
        pen.clearRect(0, 0, width, height);
        pen.textBaseline = "middle";
        const text = (words, x, y, colour, weight = "400", scale = 1) => {
            pen.font = `${weight} ${size * scale}px system-ui, sans-serif`;
            pen.textAlign = "center";
            Object.assign(pen, {lineWidth: 5, strokeStyle: paper, lineJoin: "round", fillStyle: colour});
            pen.strokeText(words, x, y);
            pen.fillText(words, x, y);
        };
        const lit = step < 12 ? steps[step][0] : "";
        for (const [a, i, b, j] of WIRES) {
            const [x0, y0] = spot(a, i), [x1, y1] = spot(b, j), on = lit === a + b;
            const through = on && t < 1 ? t : 1;
            pen.lineCap = "round";
            const strokes = [[0, 1, faint, 1.5]];
            if (on) strokes.push(back ? [1 - through, 1, orange, 3.5] : [0, through, blue, 3.5]);
            else if (!back ? known(b) : step < 12 && felt(a) && known(b)) strokes.push([0, 1, back ? orange : blue, 1.2]);
            if (step === 12 && (a === "x" || a === "h")) strokes.push([0, 1, ink, 1 + 3 * Math.sin(Math.PI * t)]);
            for (const [from, to, colour, thick] of strokes) {
                Object.assign(pen, {strokeStyle: colour, lineWidth: thick});
                pen.beginPath();
                pen.moveTo(mix(x0, x1, from), mix(y0, y1, from));
                pen.lineTo(mix(x0, x1, to), mix(y0, y1, to));
                pen.stroke();
            }
        }
        for (const wire of WIRES) {
            const [a, i, b, j] = wire, [x0, y0] = spot(a, i), [x1, y1] = spot(b, j), on = lit === a + b;
            const at = k => [mix(x0, x1, k), mix(y0, y1, k)];
            if (a === "x" || a === "h") {
                const [x, y] = at(0.32), reached = step > (a === "x" ? 11 : 8) || (step === (a === "x" ? 11 : 8) && t > 0.8);
                const crowded = step === 9 && on;  // there the two paths need the room
                if (!crowded) text(formatted(weight(a, i, j, true), ".6g"), x, y - size * 0.62, ink);
                if (reached && !crowded) text(formatted(v[a === "x" ? "dW1" : "dW2"][i][j], "+.6f").replace("-", "−"), x, y + size * 0.7, orange, "400", 0.92);
                // What each of the two paths brings to the sum in the node.
                const sum = !back && on, part = sum ? v[a][i] * weight(a, i, j) : weight(a, i, j) * v[`d${b}`][j];
                if ((sum || (step === 9 && on)) && t > 0.25) {
                    const k = sum ? mix(0.45, 0.74, t) : mix(0.7, 0.34, t);
                    text(formatted(part, sum ? ".4g" : "+.6f").replace("-", "−"), ...at(k), sum ? blue : orange, "700");
                }
            }
            if (on && back && step !== 9) text(`× ${local(wire).toFixed(4)}`, ...(a === "x" || a === "h" ? at(0.66) : [(x0 + x1) / 2, (y0 + y1) / 2 + (a === "o" ? 0 : i ? size * 1.1 : -size * 1.1)]), orange, "700", 0.95);
            else if (step === 9 && on) text(`× ${formatted(local(wire), ".4g")}`, ...at(0.73), orange, "400", 0.95);
            if (on && t < 1) {  // the pulse, with a tail of light
                for (let k = 0; k < 9; k++) {
                    const [x, y] = at(clamp(back ? 1 - t + k * 0.02 : t - k * 0.02, 0, 1));
                    pen.globalAlpha = 0.5 / (k + 1) + (k ? 0 : 0.5);
                    pen.fillStyle = back ? orange : blue;
                    pen.beginPath();
                    pen.arc(x, y, 7 - k * 0.6, 0, 7);
                    pen.fill();
                }
                pen.globalAlpha = 1;
            }
        }
        for (const [c, i] of NODES) {
            const [x, y] = spot(c, i), fresh = t < 1 && t > 0.8 && (back ? SINCE[c] === step : ORDER.indexOf(c) === step);
            const glow = felt(c) ? orange : known(c) ? blue : faint;
            if (fresh) {
                const halo = pen.createRadialGradient(x, y, radius * 0.6, x, y, radius * 2);
                halo.addColorStop(0, glow);
                halo.addColorStop(1, `${glow}00`);
                pen.fillStyle = halo;
                pen.fillRect(x - 2 * radius, y - 2 * radius, 4 * radius, 4 * radius);
            }
            pen.beginPath();
            pen.arc(x, y, radius, 0, 7);
            Object.assign(pen, {fillStyle: panel, strokeStyle: glow, lineWidth: 2.5});
            pen.fill();
            pen.stroke();
            pen.fillStyle = ink;
            pen.font = `italic 600 ${size * 1.2}px Georgia, serif`;
            pen.textAlign = "center";
            pen.fillText(name(c, i), x, y + 1);
            const lift = i ? 1 : -1, far = radius + size * 0.85;
            if (known(c)) text(formatted(value(c, i), ".6g"), x, y + (felt(c) && !i ? lift * (far + size * 1.15) : lift * far), blue, "600");
            if (felt(c)) text(formatted(slope(c, i), "+.6g").replace("-", "−"), x, y + (i ? far + size * 1.15 : -far), orange, "600");
        }
        for (const {made, c, i} of spots) made.at(...spot(c, i));
    };
    const view = surface(place, {aspect: 0.47, tallest: 430, draw});
    const head = node("div", {className: "crease-caption"}), sum = node("div", {className: "crease-sum"});
    head.append(node("span"), sum);
    place.append(head, tip);

    // What a node does, for whoever points at it or reaches it with the keyboard.
    const DOES = {x: "an input", z: "z = x · w + bias", h: "h = σ(z)", s: "s = h · w + bias", o: "o = σ(s)", E: "E = ½ (o₁ − target)² + ½ (o₂ − target)²"};
    const LOCAL = {h: i => `dh/dz = h (1 − h) = ${(v.h[i] * (1 - v.h[i])).toFixed(4)}`, o: i => `do/ds = o (1 − o) = ${(v.o[i] * (1 - v.o[i])).toFixed(4)}`,
                   z: i => `dz/dw = x = ${v.x.join(" and ")}`, s: i => `ds/dh = w = ${v.W2.map(row => +row[i].toPrecision(4)).join(" and ")}`,
                   E: () => `dE/do = o − target = ${v.do.map(d => d.toFixed(4).replace("-", "−")).join(" and ")}`};
    const spots = NODES.map(([c, i], index) => {
        const made = node("button", {type: "button", className: "crease-spot", tabIndex: index ? -1 : 0});
        const tell = () => {
            const lines = [`${name(c, i)}: ${DOES[c]}${known(c) ? ` = ${formatted(value(c, i), ".6g")}` : ""}`];
            if (LOCAL[c] && known(c)) lines.push(`local derivative: ${LOCAL[c](i)}`);
            lines.push(felt(c) ? `dE/d${name(c, i)} = ${formatted(slope(c, i), "+.6g")}` : c === "x" ? "" : `dE/d${name(c, i)}: comes on the way back`);
            tip.replaceChildren(...lines.filter(Boolean).map(text => node("div", {textContent: text})));
            const [x, y] = spot(c, i);
            tip.style.cssText = `display:block;left:${clamp(x, 130, width - 130)}px;top:${y + (i || c === "E" ? -118 : 34)}px`;
        };
        made.setAttribute("aria-label", `node ${name(c, i)}`);
        for (const event of ["pointerenter", "focus"]) made.addEventListener(event, tell);
        for (const event of ["pointerleave", "blur"]) made.addEventListener(event, () => { tip.style.display = "none"; });
        made.addEventListener("keydown", event => {
            const way = {ArrowRight: 2, ArrowLeft: -2, ArrowDown: 1, ArrowUp: -1}[event.key];
            if (!way) return;
            event.preventDefault();
            spots[clamp(index + way, 0, spots.length - 1)].made.focus();
        });
        made.at = (x, y) => { made.style.transform = `translate(${x}px, ${y}px) translate(-50%, -50%)`; };
        place.append(made);
        return {made, c, i};
    });
    const say = () => {
        const [, title, working] = steps[step], after = () => passes(given, v.new1, v.new2).E;
        const words = working && filled(working, working.includes("{after") ? {...v, after: after()} : v);
        head.firstChild.textContent = (rounds ? `Round ${rounds + 1}. ` : "") + title;
        sum.textContent = words.replaceAll("-", "−");
        view.canvas.setAttribute("aria-label", `The graph of a net of 2 inputs, 2 hidden units, 2 outputs. ${title}. ${words}`);
        next.textContent = step === 12 ? "Again, with these weights" : step === 0 ? "Forward ▸" : step < 5 ? "Next ▸" : step === 5 ? "And back ◂" : "Next ◂";
        back.disabled = step === 0 && !rounds;
    };
    const keep = () => {
        model.set({step, alt: view.canvas.getAttribute("aria-label")});
        model.save_changes();
    };
    const go = (to, then = () => {}) => {
        const one = to === step + 1;
        moving.stop();
        step = to;
        where.set(step);
        t = one ? 0 : 1;
        say();
        if (one) moving = tween(root, 1000, part => { t = part; view.paint(); }, () => { keep(); then(); });
        else { view.paint(); keep(); }
    };
    const anew = (W1, W2, count) => {
        v = passes(given, W1, W2);
        rounds = count;
        go(0);
    };
    const back = button(bar, "◂ Back", () => { if (step) go(step - 1); else anew(model.get("W1"), model.get("W2"), 0); });
    const next = button(bar, "Next", () => { if (step === 12) anew(v.new1, v.new2, rounds + 1); else go(step + 1); }, {className: "crease-button main"});
    const all = () => { if (step < 12) go(step + 1, () => setTimeout(all, 500)); };
    button(bar, "Play", () => { if (step === 12) go(0); all(); });
    const where = slider(bar, {label: "step", low: 0, high: 12, step: 1, value: step, text: s => `${s} of 12`, input: s => go(s)});
    say();
    return () => { moving.stop(); view.done(); root.done(); };
}

export default { render };
