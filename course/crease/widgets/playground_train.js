// Points in the plane, the features made of them, and a net in training on them, by the rules of lesson 04:
// loss ½(output − target)², a tanh output for classes (targets ±1) and none for numbers, all biases start at 0.1.

const RADIUS = 5, EDGE = 6, POINTS = 500;

// Each cloud draws in the order in which crease.data draws, so the same seed gives the same points.
const CLOUDS = {
    circle(n, noise, g) {
        const inner = Math.floor(n / 2), low = draws(() => g.uniform(0, 0.5), n), high = draws(() => g.uniform(0.7, 1), n);
        const angle = draws(() => g.uniform(0, 2 * Math.PI), n);
        const X = pairs(n, i => {
            const r = (i < inner ? low[i] : high[i]) * RADIUS;
            return [r * Math.sin(angle[i]), r * Math.cos(angle[i])];
        });
        return labelled(X, shifted(X, noise, g).map(([a, b]) => Math.hypot(a, b) < RADIUS / 2 ? 1 : 0));
    },
    xor(n, noise, g) {
        const X = pairs(n, () => [g.uniform(-RADIUS, RADIUS), g.uniform(-RADIUS, RADIUS)]);
        for (const p of X) for (const k of [0, 1]) p[k] += p[k] > 0 ? 0.3 : -0.3;
        return labelled(X, shifted(X, noise, g).map(([a, b]) => a * b >= 0 ? 1 : 0));
    },
    blobs(n, noise, g) {
        const y = draws(i => i < Math.floor(n / 2) ? 1 : 0, n), deviation = Math.sqrt(0.5 + 7 * noise);
        const X = pairs(n, i => [0, 1].map(() => g.normal(y[i] ? 2 : -2, deviation)));
        return labelled(X, y);
    },
    spiral(n, noise, g) {
        const half = Math.floor(n / 2), y = draws(i => i < half ? 1 : 0, n);
        const X = pairs(n, i => {
            const t = (i < half ? i : i - half) / half, angle = 3.5 * Math.PI * t + (y[i] ? 0 : Math.PI);
            return [Math.sin(angle) * t * RADIUS, Math.cos(angle) * t * RADIUS];
        });
        for (const p of X) for (const k of [0, 1]) p[k] += g.uniform(-1, 1) * noise * RADIUS;
        return labelled(X, y);
    },
    // Numbers instead of classes: a tilted plane, and three hills beside three hollows.
    plane(n, noise, g) {
        const X = pairs(n, () => [g.uniform(-EDGE, EDGE), g.uniform(-EDGE, EDGE)]);
        return labelled(X, shifted(X, noise, g, EDGE).map(([a, b]) => (a + b) / 10));
    },
    hills(n, noise, g) {
        const X = pairs(n, () => [g.uniform(-EDGE, EDGE), g.uniform(-EDGE, EDGE)]);
        return labelled(X, shifted(X, noise, g, EDGE).map(height));
    },
};
const NUMBERS = ["plane", "hills"];

const draws = (draw, n) => Array.from({length: n}, (_, i) => draw(i));
const pairs = (n, make) => draws(make, n);
const labelled = (X, y) => ({X, y});
const shifted = (X, noise, g, by = RADIUS) => X.map(p => p.map(v => v + g.uniform(-by, by) * noise));

// Hills of height 1 and hollows as deep, alternating in two rows of three; each is a cone of radius 2, and none meet.
function height([a, b]) {
    let sum = 0;
    for (const [i, x] of [-4, 0, 4].entries()) for (const [j, y] of [-2.5, 2.5].entries())
        sum += Math.max(0, 1 - Math.hypot(a - x, b - y) / 2) * ((i + j) % 2 ? 1 : -1);
    return sum;
}

const FEATURES = {
    x1: ["x₁", (a, b) => a], x2: ["x₂", (a, b) => b], "x1^2": ["x₁²", (a, b) => a * a], "x2^2": ["x₂²", (a, b) => b * b],
    "x1*x2": ["x₁x₂", (a, b) => a * b], "sin(x1)": ["sin x₁", a => Math.sin(a)], "sin(x2)": ["sin x₂", (a, b) => Math.sin(b)],
};

function inputs(points, names) {
    const made = new Float64Array(points.length * names.length), maps = names.map(name => FEATURES[name][1]);
    points.forEach(([a, b], r) => maps.forEach((map, k) => { made[r * maps.length + k] = map(a, b); }));
    return made;
}

// Centres of n × n squares over the plane, from the upper left to the lower right.
const lattice = n => draws(k => [(k % n + 0.5) * 2 * EDGE / n - EDGE, EDGE - (Math.floor(k / n) + 0.5) * 2 * EDGE / n], n * n);

// Points a learner drew, as text: "x,y,class x,y,class …".
const drawnPoints = text => (text || "").split(/\s+/).map(p => p.split(",").map(Number)).filter(p =>
    p.length === 3 && p.every(Number.isFinite)).map(([a, b, y]) => [clamp(a, -EDGE, EDGE), clamp(b, -EDGE, EDGE), y ? 1 : 0]);
const drawnText = list => list.map(([a, b, y]) => `${+a.toFixed(2)},${+b.toFixed(2)},${y}`).join(" ");

// {train, test}: points with their labels. The points a learner drew are dealt out by the seed of the data.
function points({data, drawn, noise, test, points: seed}) {
    if (data !== "drawn") {
        const held = Math.round(POINTS * test / 100);
        const make = (n, part) => CLOUDS[data](n, noise / 100, new Generator(2 * seed + part));
        return {train: make(POINTS - held, 0), test: make(held, 1)};
    }
    const list = drawnPoints(drawn), order = new Generator(seed).permutation(list.length), held = Math.round(list.length * test / 100);
    const part = picked => labelled(picked.map(i => list[i].slice(0, 2)), picked.map(i => list[i][2]));
    return {train: part([...order].slice(held)), test: part([...order].slice(0, held))};
}

// A net in training. Solved is one that has 98 % of the test points right at an epoch divisible by 10 (numbers: a
// test loss below 0.002); without test points the training points decide.
class Training {
    constructor(settings, {activation, scheme, cloud = points(settings)}) {
        this.settings = settings;
        this.cloud = cloud;
        this.numbers = NUMBERS.includes(settings.data);
        const target = v => this.numbers ? v : 2 * v - 1;
        for (const part of ["train", "test"]) {
            const {X, y} = cloud[part];
            this[part] = {rows: y.length, X: inputs(X, settings.features), y: Float64Array.from(y, target)};
        }
        this.hidden = activation;
        this.net = initial([settings.features.length, ...settings.layers, 1], {
            hidden: activation, output: ACTIVATIONS[this.numbers ? "linear" : "tanh"], scheme, seed: settings.seed});
        const most = Math.max(this.train.rows, this.test.rows, 1);
        this.work = workspace(this.net, most);
        this.rebatch();
        this.shuffle = new Generator(settings.seed, 1);
        Object.assign(this, {epoch: 0, steps: 0, order: [], at: 0, solved: 0, curves: []});
        this.note();
    }

    // Room for a batch of the size that the settings name now; the epoch under way is given up.
    rebatch() {
        this.few = workspace(this.net, Math.max(1, Math.min(this.settings.batch, this.train.rows)));
        this.some = {X: new Float64Array(this.few.rows * this.settings.features.length), y: new Float64Array(this.few.rows)};
        this.at = 0;
    }

    // One step on the next batch; true when an epoch ended with it.
    step() {
        const {X, y, rows} = this.train, d = this.settings.features.length;
        if (!rows) return true;
        if (!this.at) this.order = this.shuffle.permutation(rows);
        const count = Math.min(this.few.rows, rows - this.at);
        for (let k = 0; k < count; k++) {
            const from = this.order[this.at + k];
            for (let i = 0; i < d; i++) this.some.X[k * d + i] = X[from * d + i];
            this.some.y[k] = y[from];
        }
        trace(this.net, this.some.X, this.few, count);
        gradients(this.net, this.some.X, this.some.y, this.few, count);
        const {rate, regularisation, strength} = this.settings;
        descend(this.net, this.few, rate, {[regularisation.toLowerCase()]: strength});
        this.steps += 1;
        this.at += count;
        if (this.at < rows) return false;
        this.at = 0;
        this.epoch += 1;
        if (!this.solved && this.epoch % 10 === 0 && this.right()) this.solved = this.epoch;
        return true;
    }

    advance(epochs = 1) {
        for (let k = 0; k < epochs; k++) while (!this.step());
        this.note();
    }

    // Loss and share of right answers on one part; the loss of no points is no number.
    score(part) {
        const {X, y, rows} = this[part];
        if (!rows) return {loss: NaN, right: NaN};
        const out = trace(this.net, X, this.work, rows);
        let right = 0;
        for (let r = 0; r < rows; r++) right += out[r] > 0 === y[r] > 0;
        return {loss: lossOf(out, y, rows), right: right / rows};
    }

    right() {
        const {loss, right} = this.score(this.test.rows ? "test" : "train");
        return this.numbers ? loss < 0.002 : right >= 0.98;
    }

    // Append to the curves, measure what the panels show. At most 600 points are kept of a curve.
    note() {
        this.held = this.score("test");
        this.seen = this.score("train");
        const {X, y, rows} = this.train;
        if (rows) gradients(this.net, X, y, this.work, rows);  // the traces of `score` are still in the workspace
        const last = this.curves.at(-1);
        if (last && last[0] === this.epoch) this.curves.pop();
        this.curves.push([this.epoch, this.seen.loss, this.held.loss]);
        if (this.curves.length > 600) this.curves = this.curves.filter((_, i) => i % 2 === 0 || i > 500);
    }

    // Of each layer, output last: the size of the error signal relative to the output's, of each unit and of the
    // layer; and which units are dead, with a slope below 0.001 on every training point.
    signals() {
        const {rows} = this.train, found = this.net.map(({n, activation: {slope}}, l) => {
            const {Z, A, D} = this.work.layers[l], squares = new Float64Array(n), live = new Uint8Array(n);
            for (let k = 0; k < rows * n; k++) {
                squares[k % n] += D[k] * D[k];
                if (!(slope(Z[k], A[k]) < 1e-3)) live[k % n] = 1;
            }
            return {units: squares.map(Math.sqrt), dead: live.map(v => rows ? 1 - v : 0),
                    size: Math.sqrt(squares.reduce((a, b) => a + b, 0))};
        });
        const whole = found.at(-1).size || NaN;
        for (const layer of found) {
            layer.size /= whole;
            layer.units = layer.units.map(v => v / whole);
        }
        return found;
    }
}
