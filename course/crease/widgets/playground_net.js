// Dense nets as crease.nets has them: activations with their slopes, starts, the way forward and back, a step.
// An array of n rows of d numbers is a flat Float64Array, row after row.

// erf by Kummer's series, of which all terms have one sign: right to the last digits.
function erf(x) {
    const square = 2 * x * x;
    if (square > 72) return Math.sign(x);
    let term = x, sum = x;
    for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) sum += term *= square / k;
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
}

const sigmoid = z => 1 / (1 + Math.exp(-z));
const leaky = alpha => ({f: z => z > 0 ? z : alpha * z, slope: z => z > 0 ? 1 : alpha});
const density = z => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

// Each f beside its slope; a slope gets z and a = f(z), because some are cheaper from a.
// `span`: the outputs that a map shows in the two full colours.
const ACTIVATIONS = {
    linear: {f: z => z, slope: () => 1},
    sigmoid: {f: sigmoid, slope: (z, a) => a * (1 - a), span: [0, 1]},
    tanh: {f: Math.tanh, slope: (z, a) => 1 - a * a, span: [-1, 1]},
    relu: {f: z => z > 0 ? z : 0, slope: z => z > 0 ? 1 : 0},
    leaky: leaky(0.01),
    "leaky 0.1": leaky(0.1),
    elu: {f: z => z > 0 ? z : Math.expm1(z), slope: (z, a) => z > 0 ? 1 : a + 1},
    gelu: {f: z => 0.5 * z * (1 + erf(z * Math.SQRT1_2)), slope: (z, a) => (z ? a / z : 0.5) + z * density(z)},
    silu: {f: z => z * sigmoid(z), slope: z => sigmoid(z) * (1 + z * sigmoid(-z))},
    softplus: {f: z => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))), slope: sigmoid},
    "2σ−1": {f: z => 2 * sigmoid(z) - 1, slope: (z, a) => (1 - a * a) / 2, span: [-1, 1]},
};

// A function that the kernel has sampled at equal steps from `low` to `high`: straight between two samples, and on
// beyond both ends. Without samples of its slope, the slope of those straight pieces.
function sampled({low, high, values, slopes}) {
    const last = values.length - 1, steps = last / (high - low);
    const piece = z => clamp(Math.floor((z - low) * steps), 0, last - 1);
    const between = (list, t, i) => list[i] + (t - i) * (list[i + 1] - list[i]);
    return {
        f: z => between(values, (z - low) * steps, piece(z)),
        slope: slopes ? z => between(slopes, clamp((z - low) * steps, 0, last), piece(z))
            : z => { const i = piece(z); return (values[i + 1] - values[i]) * steps; },
    };
}

// Standard deviation of the weights from (fan in, fan out), and the law they are drawn by.
const SCHEMES = {
    small: ["normal", () => 0.01],
    normal: ["normal", () => 1],
    he: ["normal", m => Math.sqrt(2 / m)],
    std: ["uniform", m => Math.sqrt(1 / (3 * m))],
    xavier: ["uniform", (m, n) => Math.sqrt(2 / (m + n))],
    xavier4: ["uniform", (m, n) => 4 * Math.sqrt(2 / (m + n))],
    playground: ["uniform", () => 0.5 / Math.sqrt(3)],
};

// A net of these widths; the same seed gives the weights that nets.init gives.
function initial(widths, {hidden, output, scheme, bias = 0.1, seed = 0}) {
    const generator = new Generator(seed), [law, deviation] = scheme;
    return widths.slice(1).map((n, i) => {
        const m = widths[i], s = deviation(m, n);
        const draw = law === "normal" ? () => generator.normal(0, s) : () => generator.uniform(-s, s) * Math.sqrt(3);
        return {m, n, W: Float64Array.from({length: m * n}, draw), b: new Float64Array(n).fill(bias),
                activation: i === widths.length - 2 ? output : hidden};
    });
}

// Room for what passes through a net for up to `rows` rows: made once, written again and again.
function workspace(net, rows) {
    return {rows, layers: net.map(({m, n}) => ({
        Z: new Float64Array(rows * n), A: new Float64Array(rows * n), D: new Float64Array(rows * n),
        dW: new Float64Array(m * n), db: new Float64Array(n)}))};
}

// Every layer's pre-activations Z and activations A for the first `rows` rows of X; returns the outputs.
function trace(net, X, work, rows = work.rows) {
    let below = X;
    for (let l = 0; l < net.length; l++) {
        const {m, n, W, b, activation: {f}} = net[l], {Z, A} = work.layers[l];
        for (let r = 0; r < rows; r++) {
            const at = r * n, from = r * m;
            let j = 0;  // four units at a time: their sums run side by side in the processor
            for (; j + 3 < n; j += 4) {
                let p = b[j], q = b[j + 1], s = b[j + 2], t = b[j + 3];
                for (let i = 0, k = j; i < m; i++, k += n) {
                    const a = below[from + i];
                    p += a * W[k]; q += a * W[k + 1]; s += a * W[k + 2]; t += a * W[k + 3];
                }
                Z[at + j] = p; Z[at + j + 1] = q; Z[at + j + 2] = s; Z[at + j + 3] = t;
            }
            for (; j < n; j++) {
                let p = b[j];
                for (let i = 0, k = j; i < m; i++, k += n) p += below[from + i] * W[k];
                Z[at + j] = p;
            }
        }
        for (let k = 0; k < rows * n; k++) A[k] = f(Z[k]);
        below = A;
    }
    return below;
}

// Mean of ½(output − target)² over the rows.
function lossOf(outputs, targets, rows) {
    let sum = 0;
    for (let r = 0; r < rows; r++) sum += (outputs[r] - targets[r]) ** 2;
    return sum / 2 / rows;
}

// The way back, after `trace` on the same rows: error signals D, gradients dW and db. Returns the loss.
function gradients(net, X, targets, work, rows = work.rows) {
    const top = work.layers[net.length - 1];
    const loss = lossOf(top.A, targets, rows);
    for (let r = 0; r < rows; r++) top.D[r] = (top.A[r] - targets[r]) / rows;
    for (let l = net.length - 1; l >= 0; l--) {
        const {m, n, W, activation: {slope}} = net[l], {Z, A, D, dW, db} = work.layers[l];
        const below = l ? work.layers[l - 1] : null, input = l ? below.A : X;
        dW.fill(0);
        db.fill(0);
        for (let r = 0; r < rows; r++) {
            const at = r * n, from = r * m;
            for (let j = 0; j < n; j++) {
                D[at + j] *= slope(Z[at + j], A[at + j]);
                db[j] += D[at + j];
            }
            for (let i = 0; i < m; i++) {
                const a = input[from + i], row = i * n;
                let back = 0;
                for (let j = 0; j < n; j++) {
                    dW[row + j] += a * D[at + j];
                    back += D[at + j] * W[row + j];
                }
                if (below) below.D[from + i] = back;
            }
        }
    }
    return loss;
}

// One step of gradient descent. L2 shrinks every weight by its share; L1 takes the same from each and stops at zero.
function descend(net, work, rate, {l1 = 0, l2 = 0} = {}) {
    for (let l = 0; l < net.length; l++) {
        const {W, b} = net[l], {dW, db} = work.layers[l];
        for (let k = 0; k < W.length; k++) {
            let w = W[k] - rate * (dW[k] + l2 * W[k]);
            if (l1) w = Math.sign(w) * Math.max(0, Math.abs(w) - rate * l1);
            W[k] = w;
        }
        for (let j = 0; j < b.length; j++) b[j] -= rate * db[j];
    }
}
