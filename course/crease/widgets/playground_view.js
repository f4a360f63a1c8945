// What the playground draws on flat ground: maps of the plane, points, the zero line, curves, histograms.

// 256 colours from orange over the page's own ground to blue, as pixels.
function palette({dark, paper}) {
    const ground = rgb(paper).map(v => dark ? v * 0.75 : mix(v, 245, 0.6));
    const [low, high] = dark ? [[214, 118, 24], [52, 132, 205]] : [[241, 163, 64], [96, 164, 208]];
    return Uint32Array.from({length: 256}, (_, i) => {
        const v = i / 127.5 - 1, end = v < 0 ? low : high, t = Math.abs(v) ** 0.8;
        const [r, g, b] = ground.map((from, k) => Math.round(mix(from, end[k], t)));
        return (255 << 24 | b << 16 | g << 8 | r) >>> 0;
    });
}

const css = pixel => `rgb(${pixel & 255},${pixel >> 8 & 255},${pixel >> 16 & 255})`;

// Where a value stands in the palette, 0 to 255: by the two ends of what an activation can give, or, where it has
// none, squeezed so that 1 is half of a full colour. Nothing that is no number shows as the ground.
function shade(value, span) {
    const v = span ? 2 * (value - span[0]) / (span[1] - span[0]) - 1 : value / (1 + Math.abs(value));
    return v > 1 ? 255 : v < -1 ? 0 : v === v ? Math.round(127.5 + 127.5 * v) : 128;
}

// Maps of many units under one another on a canvas of their own, n × n pixels each.
function atlas() {
    const canvas = document.createElement("canvas"), context = canvas.getContext("2d", {willReadFrequently: true});
    let pixels, image;
    return {
        canvas,
        // values: rows of `units` numbers, a row for each point of the lattice.
        fill(values, units, n, colours, span, {sharp = false, at = 0, of = units, from = 0, take = units} = {}) {
            if (canvas.width !== n || canvas.height !== n * of) {
                canvas.width = n;
                canvas.height = n * of;
                image = context.createImageData(n, n * of);
                pixels = new Uint32Array(image.data.buffer);
            }
            for (let u = 0; u < take; u++)
                for (let k = 0, v = from + u, p = (at + u) * n * n; k < n * n; k++, v += units, p++) {
                    const tone = shade(values[v], span);
                    pixels[p] = colours[sharp ? (tone > 127 ? 255 : 0) : tone];
                }
        },
        write() { if (image) context.putImageData(image, 0, 0); },
        place(on, u, x, y, width, height) {
            const n = canvas.width;
            on.imageSmoothingEnabled = true;
            on.imageSmoothingQuality = "high";
            on.drawImage(canvas, 0, u * n, n, n, x, y, width, height);
        },
    };
}

// The line on which a function over the lattice is zero: [x, y, x, y] of each piece, in [0, 1] (marching squares).
function contour(values, n) {
    const pieces = [], at = k => (k + 0.5) / n;
    const cross = (x0, y0, a, x1, y1, b) => [mix(at(x0), at(x1), a / (a - b)), mix(at(y0), at(y1), a / (a - b))];
    for (let y = 0; y < n - 1; y++)
        for (let x = 0; x < n - 1; x++) {
            const k = y * n + x, a = values[k], b = values[k + 1], c = values[k + n + 1], d = values[k + n], found = [];
            if (a > 0 === b > 0 && b > 0 === c > 0 && c > 0 === d > 0) continue;
            if (a > 0 !== b > 0) found.push(cross(x, y, a, x + 1, y, b));
            if (b > 0 !== c > 0) found.push(cross(x + 1, y, b, x + 1, y + 1, c));
            if (c > 0 !== d > 0) found.push(cross(x + 1, y + 1, c, x, y + 1, d));
            if (d > 0 !== a > 0) found.push(cross(x, y + 1, d, x, y, a));
            for (let i = 0; i + 1 < found.length; i += 2) pieces.push([...found[i], ...found[i + 1]]);
        }
    return pieces;
}

function drawContour(context, pieces, size, colours) {
    context.beginPath();
    for (const [a, b, c, d] of pieces) {
        context.moveTo(a * size, b * size);
        context.lineTo(c * size, d * size);
    }
    context.lineCap = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = colours.dark ? "#0009" : "#fff9";
    context.stroke();
    context.lineWidth = 1.6;
    context.strokeStyle = colours.ink;
    context.stroke();
}

const onPlane = (v, size) => (v + EDGE) / (2 * EDGE) * size;

// Points by colour and mark: class 0 an orange disc, class 1 a blue square; hollow where they only test.
function drawPoints(context, {X, y}, size, colours, {hollow = false, tones = null} = {}) {
    const small = Math.max(2, size / 115) * (X.length < 100 ? 1.4 : 1);
    context.lineWidth = hollow ? 1.4 : size > 260 ? 1 : 0.6;
    X.forEach(([a, b], i) => {
        const x = onPlane(a, size), down = size - onPlane(b, size);
        const colour = tones ? css(tones[shade(y[i], [-1, 1])]) : y[i] > 0.5 ? colours.blue : colours.orange;
        context.beginPath();
        if (!tones && y[i] > 0.5) context.rect(x - small, down - small, 2 * small, 2 * small);
        else context.arc(x, down, small * 1.15, 0, 7);
        context.fillStyle = hollow && !tones ? (colours.dark ? "#0006" : "#fffb") : colour;
        context.strokeStyle = tones ? (hollow ? colours.soft : colours.ink) : hollow ? colour : colours.dark ? "#0d1117" : "#fff";
        context.fill();
        context.stroke();
    });
}

const short = v => v === 0 ? "0" : Math.abs(v) >= 1e-3 && Math.abs(v) < 1e4 ? `${+v.toPrecision(2)}`
    : v.toExponential(0).replace("e+", "e").replace("-", "−");
const percent = v => `${Math.floor(100 * v + 1e-9)} %`;

// Losses over the epochs, with their names and last values at the right end.
function drawCurves(context, width, height, curves, colours) {
    context.clearRect(0, 0, width, height);
    const left = 30, right = 84, top = 8, bottom = 20, end = Math.max(20, curves.at(-1)[0]);
    const finite = curves.flatMap(([, a, b]) => [a, b]).filter(v => v < 50);
    const high = Math.max(0.1, ...finite.slice(0, 2), Math.min(2, Math.max(...finite, 0)));
    const x = v => left + v / end * (width - left - right), y = v => mix(height - bottom, top, clamp(v / high, 0, 1));
    context.font = "11px system-ui, sans-serif";
    context.strokeStyle = colours.line;
    context.lineWidth = 1;
    context.fillStyle = colours.soft;
    context.textBaseline = "middle";
    context.textAlign = "right";
    for (const v of [0, high / 2, high]) {
        context.beginPath();
        context.moveTo(left, y(v));
        context.lineTo(width - right, y(v));
        context.stroke();
        context.fillText(show(v, high < 0.2 ? 2 : 1), left - 5, y(v));
    }
    context.textBaseline = "alphabetic";
    context.fillText(`${end}`, width - right, height - 5);
    context.textAlign = "left";
    context.fillText("0", left, height - 5);
    context.textAlign = "center";
    context.fillText("epoch", (left + width - right) / 2, height - 5);
    const last = curves.at(-1), labels = [[1, "training", colours.ink, []], [2, "test", colours.green, [5, 3]]];
    let near = labels.map(([k]) => Number.isFinite(last[k]) ? y(last[k]) : NaN);
    if (Math.abs(near[0] - near[1]) < 26) {
        const middle = clamp((near[0] + near[1]) / 2, top + 18, height - bottom - 14), down = near[0] > near[1] ? 1 : -1;
        near = [middle + 13 * down, middle - 13 * down];
    }
    labels.forEach(([k, name, colour, dash], i) => {
        if (!(last[k] === last[k]) && k === 2) return;
        context.beginPath();
        let drawn = false;
        for (const point of curves) {
            if (!Number.isFinite(point[k])) continue;
            if (drawn) context.lineTo(x(point[0]), y(point[k]));
            else context.moveTo(x(point[0]), y(point[k]));
            drawn = true;
        }
        context.setLineDash(dash);
        context.lineWidth = 2;
        context.strokeStyle = colour;
        context.stroke();
        context.setLineDash([]);
        context.fillStyle = colour;
        context.textAlign = "left";
        context.font = "600 11px system-ui, sans-serif";
        const high = near[i] === near[i] ? near[i] : top + 10;
        context.fillText(name, width - right + 8, high - 1);
        context.fillText(Number.isFinite(last[k]) ? last[k].toFixed(3) : "diverged", width - right + 8, high + 11);
    });
}

// Shares of the values in `count` equal steps from low to high.
function histogram(values, low, high, count = 20) {
    const bins = new Float64Array(count), width = (high - low) / count || 1;
    for (const v of values) if (v === v) bins[clamp(Math.floor((v - low) / width), 0, count - 1)] += 1 / values.length;
    return bins;
}
