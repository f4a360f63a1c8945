// The drawn net: features, units with their maps, wires by weight, and under every layer what passes through it.

const STRIPS = 118, HEAD = 28, FLOOR = 1e-8, CEILING = 1e2;  // pixels of the two; ends of the log axis of signals

// Where everything stands: columns of {x, layer, units: [{x, y}]}; column 0 holds the features, the last the output.
function arrange(width, height, counts) {
    const columns = counts.length, left = 58, step = (width - left - 30) / (columns - 1);
    const most = Math.max(...counts), room = height - HEAD - STRIPS;
    const size = clamp(Math.min(step * 0.62, room / most * 0.8), 14, 40);
    const gap = Math.min(room / most, size * 1.32);
    return {size, step, room, columns: counts.map((n, c) => ({
        x: left + c * step,
        units: Array.from({length: n}, (_, u) => ({x: left + c * step, y: HEAD + room / 2 + (u - (n - 1) / 2) * gap}))}))};
}

const ends = (from, to, size) => [from.x + size / 2, from.y, to.x - size / 2, to.y];

function wirePath(context, [x0, y0, x1, y1]) {
    const middle = (x0 + x1) / 2;
    context.beginPath();
    context.moveTo(x0, y0);
    context.bezierCurveTo(middle, y0, middle, y1, x1, y1);
}

function onWire([x0, y0, x1, y1], t) {
    const bend = t * t * (3 - 2 * t), middle = (x0 + x1) / 2, s = 1 - t;
    return [s * s * s * x0 + 3 * s * s * t * middle + 3 * s * t * t * middle + t * t * t * x1, mix(y0, y1, bend)];
}

// What lies under the pointer: {kind: "unit" | "wire" | "feature", layer, unit, from}, or null.
// `on` says of every feature which input of the net it is, or −1.
function under(x, y, place, on) {
    const {size, columns} = place;
    for (const [c, {units}] of columns.entries())
        for (const [u, at] of units.entries())
            if (Math.abs(x - at.x) <= size / 2 + 2 && Math.abs(y - at.y) <= size / 2 + 2)
                return c ? {kind: "unit", layer: c - 1, unit: u} : {kind: "feature", unit: u};
    let best = 6, found = null;
    for (let c = 1; c < columns.length; c++) {
        if (x < columns[c - 1].x || x > columns[c].x) continue;
        columns[c - 1].units.forEach((from, i) => {
            const input = c > 1 ? i : on[i];
            if (input < 0) return;
            columns[c].units.forEach((to, j) => {
                const path = ends(from, to, size), t = clamp((x - path[0]) / (path[2] - path[0]), 0, 1);
                for (const s of [t - 0.06, t - 0.03, t, t + 0.03, t + 0.06]) {
                    const [a, b] = onWire(path, clamp(s, 0, 1)), far = Math.hypot(a - x, b - y);
                    if (far < best) [best, found] = [far, {kind: "wire", layer: c - 1, from: input, unit: j}];
                }
            });
        });
    }
    return found;
}

const same = (a, b) => a && b && a.kind === b.kind && a.layer === b.layer && a.unit === b.unit && a.from === b.from;
const bright = v => v > 0 ? clamp(1 + Math.log10(v) / 5, 0, 1.15) : 0;  // of light: five powers of ten until it is dark

function drawNet(context, width, height, state) {
    const {place, net, on, colours, maps, signals, picked, dead, phase, light} = state, {size, columns} = place;
    context.clearRect(0, 0, width, height);
    const inputs = l => l ? columns[l].units : columns[0].units.filter((_, i) => on[i] >= 0);
    net.forEach(({n, W}, l) => {
        const to = columns[l + 1].units;
        inputs(l).forEach((from, i) => {
            for (let j = 0; j < n; j++) {
                const w = W[i * n + j], lit = same(picked, {kind: "wire", layer: l, from: i, unit: j});
                const mine = picked?.kind === "unit" && (picked.layer === l && picked.unit === j
                    || picked.layer === l - 1 && picked.unit === i);
                const faint = picked?.kind === "unit" && !mine ? 0.35 : 1;
                wirePath(context, ends(from, to[j], size));
                context.lineWidth = lit ? 2 + clamp(Math.abs(w) * 2.2, 1, 7) : clamp(Math.abs(w) * 2.2, 0.5, 7);
                context.globalAlpha = lit ? 1 : faint * clamp(0.3 + Math.abs(w) * 0.5, 0.3, 0.95);
                context.strokeStyle = w === w ? w < 0 ? colours.orange : colours.blue : colours.soft;
                context.stroke();
            }
        });
    });
    context.globalAlpha = 1;
    if (light) drawLight(context, state, inputs);
    columns[0].units.forEach(({x, y}, i) => unit(context, x, y, size, colours, {
        map: () => maps.features.place(context, i, x - size / 2, y - size / 2, size, size), off: on[i] < 0,
        name: Object.values(FEATURES)[i][0], picked: picked?.kind === "feature" && picked.unit === i}));
    let k = 0;
    net.forEach(({n}, l) => columns[l + 1].units.forEach(({x, y}, j) => {
        const map = k++;
        unit(context, x, y, size, colours, {
            map: () => maps.units.place(context, map, x - size / 2, y - size / 2, size, size), dead: dead[l]?.[j],
            glow: light ? bright(signals[l]?.units[j]) * (phase === null ? 1 : pulse(phase, l + 1, net.length)) : 0,
            picked: picked?.kind === "unit" && picked.layer === l && picked.unit === j});
    }));
    drawStrips(context, width, height, state);
    if (picked?.kind === "wire") {
        const path = ends(inputs(picked.layer)[picked.from], columns[picked.layer + 1].units[picked.unit], size);
        tag(context, ...onWire(path, 0.5), show(net[picked.layer].W[picked.from * net[picked.layer].n + picked.unit]), colours);
    }
}

function tag(context, x, y, text, colours) {
    context.font = "600 12px system-ui, sans-serif";
    const wide = context.measureText(text).width + 12;
    box(context, x - wide / 2, y - 10, wide, 20, 6);
    context.fillStyle = colours.dark ? "#0d1117ee" : "#ffffffee";
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = colours.soft;
    context.stroke();
    context.fillStyle = colours.ink;
    context.textAlign = "center";
    context.fillText(text, x, y + 4);
}

function unit(context, x, y, size, colours, {map, off, dead, glow = 0, name, picked}) {
    const half = size / 2;
    context.save();
    if (glow > 0.02) {
        context.shadowColor = colours.violet;
        context.shadowBlur = 4 + 16 * glow;
        context.globalAlpha = Math.min(1, glow);
        context.fillStyle = colours.violet;
        box(context, x - half - 2, y - half - 2, size + 4, size + 4, 7);
        context.fill();
        context.shadowBlur = 0;
        context.globalAlpha = 1;
    }
    box(context, x - half, y - half, size, size, 5);
    context.save();
    context.clip();
    context.globalAlpha = off ? 0.28 : 1;
    context.fillStyle = colours.dark ? "#000" : "#16181d";
    context.fillRect(x - half, y - half, size, size);
    if (dead) {
        context.strokeStyle = "#6b7280";
        context.lineWidth = 1.5;
        context.beginPath();
        for (const s of [-1, 1]) {
            context.moveTo(x - half * 0.45, y - s * half * 0.45);
            context.lineTo(x + half * 0.45, y + s * half * 0.45);
        }
        context.stroke();
    } else map();
    context.restore();
    box(context, x - half, y - half, size, size, 5);
    context.setLineDash(off ? [3, 3] : []);
    context.lineWidth = picked ? 3 : 1.25;
    context.strokeStyle = picked ? colours.ink : dead ? "#6b7280" : colours.soft;
    context.stroke();
    context.restore();
    if (!name) return;
    context.font = `${off ? "" : "600 "}11px system-ui, sans-serif`;
    context.fillStyle = off ? colours.soft : colours.ink;
    context.textAlign = "right";
    context.fillText(name, x - half - 5, y + 4);
}

function box(context, x, y, width, height, corner) {
    context.beginPath();
    context.roundRect(x, y, width, height, corner);
}

// The light of the error signal runs from the output back to the inputs: where the front is, in columns.
const front = (phase, layers) => layers + 0.6 - phase * (layers + 1.2);
const pulse = (phase, column, layers) => Math.exp(-((front(phase, layers) - column) ** 2) * 9);

function drawLight(context, {place, net, signals, colours, phase}, inputs) {
    if (phase === null) return;
    const at = front(phase, net.length), l = Math.ceil(at) - 1;  // in the gap before layer l
    if (l < 0 || l >= net.length) return;
    const t = at - l, {n, W} = net[l];
    context.save();
    context.globalCompositeOperation = colours.dark ? "lighter" : "source-over";
    context.fillStyle = context.strokeStyle = colours.violet;
    context.lineCap = "round";
    inputs(l).forEach((from, i) => {
        for (let j = 0; j < n; j++) {
            const power = bright((signals[l]?.units[j] ?? 0) * Math.min(1, Math.abs(W[i * n + j]) * 2));
            if (power < 0.04) continue;
            const path = ends(from, place.columns[l + 1].units[j], place.size);
            for (let k = 0; k < 3; k++) {
                const [x, y] = onWire(path, clamp(t + k * 0.05, 0, 1));
                context.globalAlpha = Math.min(1, power * (1 - k * 0.3));
                context.beginPath();
                context.arc(x, y, 0.8 + 2.6 * power * (1 - k * 0.25), 0, 7);
                context.fill();
            }
        }
    });
    context.restore();
}

// Under each layer: the size of its error signal on a log axis, and a histogram.
function drawStrips(context, width, height, {place, signals, bins, colours, kind, dead}) {
    const top = height - STRIPS + 22, bar = 36, low = top + bar, histTop = low + 26, hist = 28;
    context.font = "11px system-ui, sans-serif";
    context.textAlign = "left";
    context.fillStyle = colours.violet;
    context.fillText("error signal", 2, top + 8);
    context.fillStyle = colours.soft;
    context.fillText("output = 1", 2, top + 22);
    context.fillText(kind, 2, histTop + 16);
    const full = Math.min(place.step * 0.66, 46), level = v => clamp(Math.log(v / FLOOR) / Math.log(CEILING / FLOOR), 0, 1);
    signals.forEach(({size}, l) => {
        const {x} = place.columns[l + 1];
        context.fillStyle = colours.line;
        context.fillRect(x - full / 2, low, full, 1);
        context.fillRect(x - full / 2, low - bar * level(1), full, 1);
        context.fillStyle = colours.violet;
        context.globalAlpha = 0.9;
        const high = size > 0 ? Math.max(1, bar * level(size)) : 0;
        context.fillRect(x - full / 2 + full * 0.2, low - high, full * 0.6, high);
        context.globalAlpha = 1;
        context.textAlign = "center";
        context.font = "600 11px system-ui, sans-serif";
        context.fillText(size === size ? short(size) : "–", x, low + 13);
        const most = Math.max(...bins[l], 1e-9), thin = full / bins[l].length;
        context.fillStyle = colours.soft;
        bins[l].forEach((share, k) => {
            if (share) context.fillRect(x - full / 2 + k * thin, histTop + hist - hist * share / most, Math.max(1, thin - 0.5), hist * share / most);
        });
        context.fillStyle = colours.line;
        context.fillRect(x - full / 2, histTop + hist, full, 1);
        const gone = dead[l]?.reduce((a, b) => a + b, 0);
        if (!gone) return;
        context.fillStyle = colours.ink;
        context.fillText(`${gone} dead`, x, top - 6);
    });
}
