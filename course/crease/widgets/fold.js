// The sheet: the output of a net with one hidden layer, as a surface of paper over the plane of its two inputs.
// `state` = {W: [[w11, w12 …], [w21, w22 …]], c: [c1, c2 …], w: [w1 …], b, slopes, morph, table}; a unit is f(z), or with a
// slope that is not 0 partly z itself: a slope of 1 is no crease at all. f is the ReLU, or what `table` says of it.

const pre = (x, W, c) => c.map((bias, j) => x[0] * W[0][j] + x[1] * W[1][j] + bias);
const hidden = (x, {W, c, slopes, table}) => pre(x, W, c).map((z, j) => {
    const f = table?.length ? looked(z, table) : z > 0 ? z : 0;
    return slopes[j] ? slopes[j] * z + (1 - slopes[j]) * f : f;
});
// A function from its values at equal steps over [-SPAN, SPAN]: straight between two of them and beyond the ends.
const SPAN = 6;
function looked(z, table) {
    const last = table.length - 1, at = (z + SPAN) / (2 * SPAN) * last, i = clamp(Math.floor(at), 0, last - 1);
    return table[i] + (at - i) * (table[i + 1] - table[i]);
}
const output = (h, {w, b}) => h.reduce((sum, value, j) => sum + value * w[j], b);

// A convex polygon, cut where `value` (which is flat) equals `level` -> [the part below, the part above].
function split(corners, value, level) {
    const z = corners.map(x => value(x) - level), parts = [[], []];
    corners.forEach((x, i) => {
        const k = (i + 1) % corners.length;
        if (z[i] <= 0) parts[0].push(x);
        if (z[i] >= 0) parts[1].push(x);
        if (z[i] * z[k] >= 0) return;
        const t = z[i] / (z[i] - z[k]), cut = x.map((v, axis) => mix(v, corners[k][axis], t));
        for (const part of parts) part.push(cut);
    });
    return parts;
}

// The square [low, high]² cut along every crease -> [{corners: [[x1, x2] …], on: [true …]}], each piece flat.
function pieces({W, c, table}, low, high, fine = 36) {
    if (table?.length) {  // a bent sheet: small squares, each nearly flat
        const edges = Array.from({length: fine + 1}, (_, i) => mix(low, high, i / fine));
        const at = edges.map(x => edges.map(y => [x, y]));  // neighbours share their corners
        return Array.from({length: fine * fine}, (_, k) => [k % fine, Math.floor(k / fine)]).map(([i, j]) => ({on: [],
            corners: [at[i][j], at[i + 1][j], at[i + 1][j + 1], at[i][j + 1]]}));
    }
    let found = [{corners: [[low, low], [high, low], [high, high], [low, high]], on: []}];
    c.forEach((_, j) => {
        const z = x => pre(x, W, c)[j];
        found = found.flatMap(({corners, on}) => split(corners, z, 0).map((part, above) => ({corners: part, on: [...on, !!above]}))
            .filter(({corners: part}) => part.length > 2 && part.some(x => Math.abs(z(x)) > 1e-12)));
    });
    return found;
}

// The best second layer for these hidden values, by least squares; `small` keeps it finite where many fit as well.
function readout(H, y, small = 1e-6) {
    const n = H[0].length, mean = H[0].map((_, j) => H.reduce((s, h) => s + h[j], 0) / H.length);
    const level = y.reduce((s, v) => s + v, 0) / y.length;
    const rows = Array.from({length: n}, (_, i) => [...Array.from({length: n}, (_, j) =>
        H.reduce((s, h) => s + (h[i] - mean[i]) * (h[j] - mean[j]), i === j ? small : 0)),
        H.reduce((s, h, k) => s + (h[i] - mean[i]) * (y[k] - level), 0)]);
    for (let i = 0; i < n; i++) {  // Gauss-Jordan; the matrix is positive definite
        for (let k = 0; k < n; k++) {
            if (k === i) continue;
            const f = rows[k][i] / rows[i][i];
            for (let j = i; j <= n; j++) rows[k][j] -= f * rows[i][j];
        }
    }
    const w = rows.map((row, i) => row[n] / row[i]);
    return {w, b: level - w.reduce((s, v, j) => s + v * mean[j], 0)};
}

const FLOOR = -0.8;  // height of the table, in units of half the sheet
const CREASES = ["violet", "green", "blue", "orange", "ink", "soft", "violet", "green"];

// Everything of the sheet that depends on the picture's size and the page's theme, but not on what is clicked.
class View {
    constructor(setting) {
        Object.assign(this, setting);  // low, high, points, labels, names
        this.papers = [new Paper(), new Paper()];  // for what moves and for what rests: neither is made anew for the other
        this.yaw = setting.yaw ?? 0.6;
        this.pitch = setting.pitch ?? 0.52;
        this.middle = (this.low + this.high) / 2;
        this.half = (this.high - this.low) / 2;
    }

    // The scales: of h-space from the largest hidden value on the sheet, of the height from the largest output.
    measure(state) {
        const corners = [[this.low, this.low], [this.low, this.high], [this.high, this.low], [this.high, this.high]];
        const pressed = {...state, slopes: state.c.map(() => 0)};
        this.top = Math.max(0.5, ...corners.flatMap(x => hidden(x, pressed)));
        const out = corners.map(x => output(hidden(x, state), state) - 0.5);
        this.rise = Math.min(0.7 / Math.max(1.2, ...out), 0.6 / Math.max(0.8, ...out.map(v => -v)));
    }

    // A point of the plane -> [x, y, z] in space, and its output.
    place(x, state) {
        const h = hidden(x, state), out = output(h, state), t = state.morph;
        const flat = x.map(value => (value - this.middle) / this.half);
        const at = t && h.length === 2 ? flat.map((v, i) => mix(v, 2.1 * h[i] / this.top - 1, t)) : flat;
        return [...at, this.rise * (out - 0.5), out];
    }

    // Scale and height of a picture in which the table and all of the sheet can be seen, with room for words above.
    fit(state, {width, height, ...eye}) {
        const from = camera({...eye, width: 0, height: 0, scale: 1}), ends = [-1, 1], above = 38, below = 6;
        const box = ends.flatMap(x => ends.flatMap(y => [FLOOR, 0.7].map(z => [x, y, z])));
        const board = state.morph ? this.square(state).map(h => this.raise(h, state)) : [];
        const [flat, tilted] = [box, board].map(points => points.map(at => from(...at)[1]));
        const top = tilted.reduce((most, y) => Math.min(most, mix(0, y, state.morph)), Math.min(...flat)), low = Math.max(...flat);
        const scale = Math.min(width * 0.26, (height - above - below) / (low - top));
        return {scale, lift: above - top * scale - height / 2 + (height - above - below - (low - top) * scale) / 2};
    }

    // All of h-space that the board over it shows, and a point of the board.
    square({w, b}) {
        const above = h => output(h, {w, b}) - 0.5, most = 0.6 / this.rise;
        const whole = [[0, 0], [1, 0], [1, 1], [0, 1]].map(h => h.map(v => v * this.top));
        return split(split(whole, above, most)[0], above, -most)[1];
    }
    raise(h, {w, b}) {
        return [...h.map(v => 2.1 * v / this.top - 1), this.rise * (output(h, {w, b}) - 0.5)];
    }

    render(context, width, height, ratio, colours, state, fine) {
        const {dark} = colours, eye = {yaw: this.yaw, pitch: this.pitch, width, height};
        this.measure(state);
        const see = this.see = camera({...eye, ...this.fit(state, eye)});
        const sharp = fine, many = width * height * sharp * sharp;
        this.sharp = many > 2.4e6 ? sharp * Math.sqrt(2.4e6 / many) : sharp;
        context.clearRect(0, 0, width, height);
        this.table(context, see, colours, state);

        const places = new Map(), spots = new Map(), once = (found, x, make) => found.get(x) ?? found.set(x, make(x)).get(x);
        const flat = pieces(state, this.low, this.high, Math.round(20 * fine)).map(piece => {
            const space = piece.corners.map(x => once(places, x, x => this.place(x, state)));
            let shade = 0, size = 1e-7;
            for (let i = 1; i + 1 < space.length; i++) {
                const [p, q, r] = [space[0], space[i], space[i + 1]];
                const area = Math.abs((q[0] - p[0]) * (r[1] - p[1]) - (r[0] - p[0]) * (q[1] - p[1]));
                if (area > size) { size = area; shade = light(p, q, r); }
            }
            return {...piece, space, shade: shade || 0.8, size};
        });
        shadow(this, context, flat, see, width, height, dark, FLOOR);
        if (state.morph && state.c.length === 2) this.board(context, see, colours, state);

        const paper = this.paper = this.papers[+(fine === 2)], k = this.sharp, thick = (1.3 + 3.4 * state.morph) * k;
        const spot = x => {
            const [, , , out] = places.get(x), [a, d, far] = see(...places.get(x));
            return Float64Array.of(a * k, d * k, far, ...x, out);
        };
        for (const piece of flat) piece.corners = piece.corners.map(x => once(spots, x, spot));
        paper.cut([...spots.values()], Math.round(width * k), Math.round(height * k), thick + 2);
        paper.dye(dark ? {low: [214, 128, 44], middle: [196, 196, 200], high: [84, 150, 200], ink: [16, 18, 22]}
            : {low: [246, 174, 88], middle: [252, 251, 247], high: [126, 182, 220], ink: [34, 34, 34]});
        const across = new Map(flat.map(piece => [piece.on.join(), piece]));
        for (const {corners, ...piece} of flat) {
            const bevels = state.table?.length ? [] : state.c.flatMap((_, j) => {
                const other = across.get(piece.on.map((on, i) => on !== (i === j)).join());
                const size = Math.hypot(state.W[0][j], state.W[1][j]);
                return other && size ? [Float64Array.of(state.W[0][j] / size, state.W[1][j] / size, state.c[j] / size,
                    0.5 * (piece.shade + other.shade) - 0.05 * (1 - state.slopes[j]))] : [];
            });
            paper.fill(corners, {shade: piece.shade, bevels, radius: 0.07 * this.half, rules: 4 / this.half});
            corners.forEach((p, i) => {
                const q = corners[(i + 1) % corners.length];  // of a bent sheet only the border is drawn
                const outside = [3, 4].some(axis => p[axis] === q[axis] && (p[axis] === this.low || p[axis] === this.high));
                if (outside || !state.table?.length) paper.edge(p, q, thick, piece.shade * 0.86, 1e-3);
            });
        }
        paper.draw(context, k);
        this.pins(context, see, colours, state);
    }

    // The table under the sheet, with its two axes: x₁ and x₂ turn into h₁ and h₂.
    table(context, see, colours, {morph, c}) {
        const line = (a, b, colour, size) => {
            const [p, q] = [see(...a, FLOOR), see(...b, FLOOR)];
            context.strokeStyle = colour;
            context.lineWidth = size;
            context.beginPath();
            context.moveTo(p[0], p[1]);
            context.lineTo(q[0], q[1]);
            context.stroke();
        };
        context.globalAlpha = 0.75;
        for (let i = -4; i <= 4; i++) {
            line([i / 4, -1], [i / 4, 1], colours.line, 1);
            line([-1, i / 4], [1, i / 4], colours.line, 1);
        }
        context.globalAlpha = 1;
        const zero = clamp((0 - this.middle) / this.half, -1, 1), origin = mix(zero, -1, c.length === 2 ? morph : 0);
        line([-1, origin], [1.08, origin], colours.soft, 1.4);
        line([origin, -1], [origin, 1.08], colours.soft, 1.4);
        context.font = "italic 16px Georgia, serif";
        context.textAlign = "center";
        context.textBaseline = "middle";
        for (const [name, alpha] of [["x", 1 - morph], ["h", c.length === 2 ? morph : 0]]) {
            context.globalAlpha = alpha;
            context.fillStyle = colours.ink;
            [[1.2, origin, "₁"], [origin, 1.2, "₂"]].forEach(([x, y, index]) => {
                const [a, d] = see(x, y, FLOOR);
                context.fillText(name + index, a, d);
            });
        }
        context.globalAlpha = 1;
    }

    // What the next layer does: a flat board over h-space, and on it the straight line where its output is one half.
    board(context, see, colours, state) {
        const {w, b, morph} = state, above = h => output(h, {w, b}) - 0.5, part = this.square(state);
        const draw = (points, stroke, close) => {
            context.beginPath();
            for (const h of points) context.lineTo(...see(...this.raise(h, state)));
            if (close) context.closePath();
            context.globalAlpha = 0.17 * morph;
            if (close) context.fill();
            context.globalAlpha = (close ? 0.5 : 1) * morph;
            Object.assign(context, {strokeStyle: stroke, lineWidth: close ? 1 : 2});
            context.stroke();
        };
        split(part, above, 0).forEach((points, side) => {
            context.fillStyle = side ? colours.blue : colours.orange;
            draw(points, context.fillStyle, true);
        });
        draw(split(part, above, 0)[1].filter(h => Math.abs(above(h)) < 1e-9), colours.ink, false);
        context.globalAlpha = 1;
    }

    // The whole line of a crease, as it lies on the sheet, with an arrow to the side where its unit is on.
    crease(context, see, colour, state, {at, turn}) {
        const [c, s] = [Math.cos(turn), Math.sin(turn)], spot = x => {
            const [a, b, z] = this.place(x, state);
            return see(a, b, z + 0.01);
        };
        Object.assign(context, {strokeStyle: colour, lineWidth: state.c.length > 3 ? 1.2 : 2, lineCap: "round", globalAlpha: 0.9 * (1 - state.morph)});
        context.setLineDash([5, 5]);
        context.beginPath();
        for (let i = -60; i <= 60; i++) {
            const x = [at[0] - s * i * 0.05 * this.half, at[1] + c * i * 0.05 * this.half];
            if (x.every(v => v >= this.low && v <= this.high)) context.lineTo(...spot(x));
        }
        context.stroke();
        context.setLineDash([]);
        const tip = (along, side) => spot([at[0] + (c * along - s * side) * this.half, at[1] + (s * along + c * side) * this.half]);
        context.beginPath();
        for (const x of [tip(0.08, 0), tip(0.3, 0), tip(0.23, 0.05), tip(0.3, 0), tip(0.23, -0.05)]) context.lineTo(x[0], x[1]);
        context.stroke();
        context.globalAlpha = 1;
    }

    // The points, as pins that ride on the sheet: a stem to the table, a ball in the colour of the class, a name.
    pins(context, see, colours, state) {
        const many = this.points.length > 12, size = many ? 3 : 8.5;
        const found = this.points.map((x, i) => {
            const [a, b, z, out] = this.place(x, state);
            return {i, at: see(a, b, z + (many ? 0.02 : 0.06)), foot: see(a, b, FLOOR), out};
        }).sort((p, q) => q.at[2] - p.at[2]);
        for (const {i, at, foot} of found) {
            const behind = this.paper.hides(at[0] * this.sharp, at[1] * this.sharp, at[2]);
            const colour = this.labels[i] ? colours.blue : colours.orange;
            context.globalAlpha = behind ? 0.32 : 1;
            if (!many) {
                context.strokeStyle = colours.soft;
                context.lineWidth = 1;
                context.setLineDash([2, 3]);
                context.beginPath();
                context.moveTo(at[0], at[1]);
                context.lineTo(foot[0], foot[1]);
                context.stroke();
                context.setLineDash([]);
            }
            const r = size / at[2];
            context.beginPath();
            context.arc(at[0], at[1], r, 0, 7);
            if (many) context.fillStyle = colour;
            else {
                const ball = context.createRadialGradient(at[0] - r / 3, at[1] - r / 3, r / 8, at[0], at[1], r);
                ball.addColorStop(0, "#fff");
                ball.addColorStop(0.35, colour);
                ball.addColorStop(1, colour);
                context.fillStyle = ball;
            }
            context.fill();
            context.strokeStyle = many ? "#fff" : colours.dark ? "#0d1117" : "#fff";
            context.lineWidth = many ? 0.7 : 1.5;
            context.stroke();
            if (this.names[i]) {
                context.font = "600 15px system-ui, sans-serif";
                context.textAlign = "center";
                context.lineWidth = 4;
                context.lineJoin = "round";
                context.strokeStyle = colours.paper;
                context.fillStyle = colours.ink;
                context.strokeText(this.names[i], at[0], at[1] - r - 11);
                context.fillText(this.names[i], at[0], at[1] - r - 11);
            }
            context.globalAlpha = 1;
        }
    }
}
