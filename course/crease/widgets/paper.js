// A sheet of paper in space: a camera, and a small renderer with a depth buffer for flat, convex pieces.
// A canvas alone would have to sort the pieces and shows seams between them; 500 000 pixels here take a few ms.

const DISTANCE = 6;  // of the eye, in units of half the sheet

// Where a point (x, y, z) of space appears: [across, down, farness], the first two in pixels.
function camera({yaw, pitch, width, height, scale, lift = 0}) {
    const [c, s, u, v] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
    const seen = (x, y, z) => {
        const away = x * s + y * c, far = 1 + (away * u - z * v) / DISTANCE;
        return [width / 2 + scale * (x * c - y * s) / far, height / 2 + lift - scale * (away * v + z * u) / far, far];
    };
    // How far along the floor's x and y a move of (dx, dy) pixels leads, at the middle of the picture.
    seen.floor = (dx, dy) => {
        const right = dx / scale, away = -dy / (scale * v);
        return [right * c + away * s, -right * s + away * c];
    };
    return seen;
}

// Brightness of a flat piece with corners p, q, r in space under a lamp up on the left; paper lets light through.
function light(p, q, r) {
    const a = q.map((value, i) => value - p[i]), b = r.map((value, i) => value - p[i]);
    const n = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
    const size = Math.hypot(...n) || 1, side = n[2] < 0 ? -1 : 1;
    return 0.7 + 0.34 * Math.max(0, side * (-0.6 * n[0] + 0.2 * n[1] + 0.75 * n[2]) / size);
}

class Paper {
    constructor() {
        this.canvas = document.createElement("canvas");
        this.context = this.canvas.getContext("2d");
        this.grain = new Float32Array(4096);
        let seed = 1;
        for (let i = 0; i < 4096; i++) {
            seed = (seed * 16807) % 2147483647;
            this.grain[i] = 1 + 0.022 * (seed / 2147483647 - 0.5);
        }
    }

    // Colours: `low`, `middle`, `high` of the outputs 0, ½ and 1, `ink` of the line at ½, each [r, g, b].
    dye({low, middle, high, ink}) {
        this.ink = ink;
        this.tones = new Float32Array(3 * 512);
        for (let i = 0; i < 512; i++) {
            const side = Math.tanh((i - 255.5) / 90), end = side < 0 ? low : high;
            for (let k = 0; k < 3; k++) this.tones[3 * i + k] = mix(middle[k], end[k], Math.abs(side));
        }
    }

    // Only the part of the picture that holds all of `corners`, given in its pixels, and `margin` of them around it.
    cut(corners, width, height, margin) {
        const box = [0, 1].map(axis => corners.map(v => v[axis])), whole = [width, height];
        const low = box.map(v => Math.max(0, Math.floor(Math.min(...v) - margin)));
        const high = box.map((v, axis) => Math.min(whole[axis], Math.ceil(Math.max(...v) + margin)));
        [this.left, this.top] = low;
        this.size(...high.map((v, axis) => 64 * Math.ceil(Math.max(1, v - low[axis]) / 64)));  // seldom another size
        for (const v of corners) { v[0] -= this.left; v[1] -= this.top; }
    }

    size(width, height) {
        if (width !== this.width || height !== this.height) {
            Object.assign(this, {width, height});
            this.canvas.width = width;
            this.canvas.height = height;
            this.image = this.context.createImageData(width, height);
            this.pixels = new Uint32Array(this.image.data.buffer);
            this.depth = new Float32Array(width * height);
        } else {
            this.pixels.fill(0);
            this.depth.fill(0);
        }
    }

    // Draws a convex piece. corners: [across, down, farness, x₁, x₂, output] each.
    // shade: its brightness; bevels: [a, b, c, shade], a·x₁ + b·x₂ + c is the distance to a crease with that shade;
    // front: how much nearer it counts than it is; rules: lines a unit of x, 0 for none.
    fill(corners, {shade, bevels = [], radius = 0.05, front = 0, rules = 0}) {
        const {width, height, pixels, depth, tones, ink, grain} = this, n = corners.length;
        let best = 0, at = 1, top = Infinity, bottom = -Infinity;
        const [p] = corners;
        for (let i = 0; i < n; i++) {
            top = Math.min(top, corners[i][1]);
            bottom = Math.max(bottom, corners[i][1]);
            if (i < 1 || i > n - 2) continue;
            const [q, r] = [corners[i], corners[i + 1]];
            const area = (q[0] - p[0]) * (r[1] - p[1]) - (r[0] - p[0]) * (q[1] - p[1]);
            if (Math.abs(area) > Math.abs(best)) { best = area; at = i; }
        }
        if (Math.abs(best) < 0.5) return;
        const q = corners[at], r = corners[at + 1];
        // What is flat in space is, divided by its farness, flat on the screen: value = w · (v + vx·across + vy·down).
        const flat = of => {
            const [a, b, c] = [of(p), of(q), of(r)];
            const vx = ((b - a) * (r[1] - p[1]) - (c - a) * (q[1] - p[1])) / best;
            const vy = ((c - a) * (q[0] - p[0]) - (b - a) * (r[0] - p[0])) / best;
            return [a - vx * p[0] - vy * p[1], vx, vy];
        };
        const [w0, wx, wy] = flat(v => 1 / v[2]);
        const [u0, ux, uy] = flat(v => v[3] / v[2]);
        const [v0, vx, vy] = flat(v => v[4] / v[2]);
        const [o0, ox, oy] = flat(v => v[5] / v[2]);
        const far = corners.reduce((sum, v) => sum + v[2], 0) / n;
        const steep = (ax, ay, of) => far * Math.hypot(ax - of * wx, ay - of * wy);  // change of a value a pixel
        const middle = i => corners.reduce((sum, v) => sum + v[i], 0) / n;
        const across = Math.min(0.9 * rules * steep(ux, uy, middle(3)), 0.5), along = Math.min(0.9 * rules * steep(vx, vy, middle(4)), 0.5);
        const dim = 0.13 * Math.min(1, 0.35 / (across + along + 0.01));  // dense lines fade instead of turning grey
        const edge = 1.6 * steep(ox, oy, 0.5), firm = 1.4 * clamp(300 * edge - 0.15, 0, 1);  // a level sheet has no line
        const count = bevels.length;
        for (let row = Math.max(0, Math.ceil(top - 0.5)); row <= Math.min(height - 1, bottom - 0.5); row++) {
            const y = row + 0.5;
            let left = Infinity, right = -Infinity;
            for (let i = 0; i < n; i++) {
                const a = corners[i], b = corners[i + 1 < n ? i + 1 : 0];
                if ((a[1] > y) === (b[1] > y)) continue;
                const x = a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1]);
                if (x < left) left = x;
                if (x > right) right = x;
            }
            const from = Math.max(0, Math.ceil(left - 0.5)), to = Math.min(width - 1, Math.ceil(right - 0.5) - 1);
            for (let column = from, place = row * width + from; column <= to; column++, place++) {
                const x = column + 0.5, near = w0 + wx * x + wy * y;
                if (near + front <= depth[place]) continue;
                depth[place] = near + front;
                const w = 1 / near, u = w * (u0 + ux * x + uy * y), v = w * (v0 + vx * x + vy * y);
                const out = w * (o0 + ox * x + oy * y);
                let glow = shade * grain[((u * 160) & 63) << 6 | (v * 160) & 63];
                for (let i = 0; i < count; i++) {
                    const bevel = bevels[i], d = Math.abs(bevel[0] * u + bevel[1] * v + bevel[2]) / radius;
                    if (d < 1) glow += (bevel[3] - shade) * (1 - d) * (1 - d);
                }
                if (rules) {
                    const a = Math.abs(u * rules - Math.round(u * rules)), b = Math.abs(v * rules - Math.round(v * rules));
                    if (a < across) glow *= 1 - dim * (1 - a / across);
                    if (b < along) glow *= 1 - dim * (1 - b / along);
                }
                let t = (out * 200 + 155.5) | 0;
                t = 3 * (t < 0 ? 0 : t > 511 ? 511 : t);
                let red = tones[t] * glow, green = tones[t + 1] * glow, blue = tones[t + 2] * glow;
                const line = firm > 0 ? 1 - Math.abs(out - 0.5) / edge : 0;
                if (line > 0) {
                    const k = Math.min(1, firm * line);
                    red += (ink[0] - red) * k; green += (ink[1] - green) * k; blue += (ink[2] - blue) * k;
                }
                pixels[place] = 0xff000000 | Math.min(255, blue) << 16 | Math.min(255, green) << 8 | Math.min(255, red);
            }
        }
    }

    // A line along an edge of the paper, `thick` pixels wide: what is left to see of a piece that is pressed to a line.
    edge(p, q, thick, shade, front = 2e-3) {
        const size = Math.hypot(q[0] - p[0], q[1] - p[1]);
        if (size < 0.2) return;
        const [x, y] = [-(q[1] - p[1]) / size * thick / 2, (q[0] - p[0]) / size * thick / 2];
        const moved = (v, k) => Float64Array.from(v, (value, i) => value + k * (i === 0 ? x : i === 1 ? y : 0));
        this.fill([moved(p, 1), moved(q, 1), moved(q, -1), moved(p, -1)], {shade, front});
    }

    // Whether something of the paper lies in front of a place, given in the picture's pixels.
    hides(x, y, far) {
        const across = Math.round(x) - this.left, down = Math.round(y) - this.top;
        if (across < 0 || across >= this.width) return false;
        return this.depth[down * this.width + across] > 1 / far + 4e-3;
    }

    // The paper on a canvas; `scale`: of its pixels to one of those.
    draw(context, scale) {
        this.context.putImageData(this.image, 0, 0);
        context.imageSmoothingQuality = "medium";
        context.drawImage(this.canvas, this.left / scale, this.top / scale, this.width / scale, this.height / scale);
    }
}

// A soft shadow on the floor: drawn small (on a canvas that `held` keeps), then enlarged.
function shadow(held, context, flat, see, width, height, dark, floor) {
    held.dim ??= document.createElement("canvas");
    const small = 14, pen = held.dim.getContext("2d");
    held.dim.width = Math.ceil(width / small);
    held.dim.height = Math.ceil(height / small);
    for (const {space} of flat) {
        pen.beginPath();
        space.forEach(([x, y, z]) => {
            const [a, d] = see(x + 0.1 * (z - floor), y - 0.06 * (z - floor), floor);
            pen.lineTo(a / small, d / small);
        });
        pen.closePath();
        pen.fill();
        pen.lineWidth = 0.5;
        pen.stroke();
    }
    context.globalAlpha = dark ? 0.55 : 0.16;
    context.imageSmoothingQuality = "high";
    context.drawImage(held.dim, 0, 0, held.dim.width * small, held.dim.height * small);
    context.globalAlpha = 1;
}
