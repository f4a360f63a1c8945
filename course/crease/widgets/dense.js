// A dense net with one layer of ReLUs and a softmax, in flat arrays: forward, backward, one step. Rows are examples.
// net = {n0, n1, n2, W1, b1, W2, b2}; W1[i * n1 + j] leads from input i to unit j.

// An array of numbers from the page's own form of bytes (8 a number), or from a list.
const floats = data => data instanceof Float64Array ? data : Array.isArray(data) ? Float64Array.from(data)
    : new Float64Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength));

// X (n, a) @ W (a, b) + bias (b,).
function affine(X, W, bias, n, a, b, out = new Float64Array(n * b)) {
    for (let r = 0; r < n; r++) {
        for (let j = 0; j < b; j++) out[r * b + j] = bias ? bias[j] : 0;
        for (let i = 0; i < a; i++) {
            const x = X[r * a + i];
            if (x) for (let j = 0; j < b; j++) out[r * b + j] += x * W[i * b + j];
        }
    }
    return out;
}

// Turns logits (n, k) into probabilities in place -> the mean cross-entropy with the labels.
function softmax(Z, labels, n, k) {
    let loss = 0;
    for (let r = 0; r < n; r++) {
        let most = -Infinity, sum = 0;
        for (let j = 0; j < k; j++) most = Math.max(most, Z[r * k + j]);
        if (labels) loss -= Z[r * k + labels[r]] - most;
        for (let j = 0; j < k; j++) sum += Z[r * k + j] = Math.exp(Z[r * k + j] - most);
        for (let j = 0; j < k; j++) Z[r * k + j] /= sum;
        loss += Math.log(sum);
    }
    return loss / n;
}

function forward(net, X, n) {
    const Z = affine(X, net.W1, net.b1, n, net.n0, net.n1), A = Z.map(z => z > 0 ? z : 0);
    return {Z, A, logits: affine(A, net.W2, net.b2, n, net.n1, net.n2)};
}

// {loss, right, Z, A, W1, b1, W2, b2}: the mean loss and its gradients, on examples X with labels.
function gradients(net, X, labels, n) {
    const {n0, n1, n2} = net, {Z, A, logits} = forward(net, X, n);
    let right = 0;
    for (let r = 0; r < n; r++) {
        let best = 0;
        for (let j = 1; j < n2; j++) if (logits[r * n2 + j] > logits[r * n2 + best]) best = j;
        right += best === labels[r];
    }
    const loss = softmax(logits, labels, n, n2);
    for (let r = 0; r < n; r++) {
        logits[r * n2 + labels[r]] -= 1;
        for (let j = 0; j < n2; j++) logits[r * n2 + j] /= n;
    }
    const W1 = new Float64Array(n0 * n1), b1 = new Float64Array(n1), W2 = new Float64Array(n1 * n2), b2 = new Float64Array(n2);
    for (let r = 0; r < n; r++) {
        for (let j = 0; j < n2; j++) b2[j] += logits[r * n2 + j];
        for (let i = 0; i < n1; i++) {
            const at = r * n1 + i;
            if (!(Z[at] > 0)) continue;
            let d = 0;
            for (let j = 0; j < n2; j++) {
                W2[i * n2 + j] += A[at] * logits[r * n2 + j];
                d += net.W2[i * n2 + j] * logits[r * n2 + j];
            }
            b1[i] += d;
            for (let k = 0; k < n0; k++) W1[k * n1 + i] += X[r * n0 + k] * d;
        }
    }
    return {loss, right: right / n, Z, A, W1, b1, W2, b2};
}

// The net after one step at a learning rate.
function stepped(net, slope, rate) {
    const next = {...net};
    for (const key of ["W1", "b1", "W2", "b2"]) next[key] = net[key].map((v, i) => v - rate * slope[key][i]);
    return next;
}
