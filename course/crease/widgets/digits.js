// The digit pad. What is written is made into the 8 × 8 grey image that the data set is made of, and read by the net.

// Strokes, lists of points (x, y) in [0, 1]², -> 64 counts from 0 to 16, as the data set was made: the writing is fitted
// into 32 × 32 black and white pixels, and each grey pixel counts the black ones in its block of 4 × 4. With a pen of this
// radius it has as much ink as the digits there, 312 of 1024 on average.
function counted(strokes, radius = 2.6) {
    const points = strokes.flat(), counts = new Float64Array(64);
    if (!points.length) return counts;
    const [xs, ys] = [0, 1].map(axis => points.map(p => p[axis]));
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const size = Math.max(bottom - top, (right - left) * 0.9, 0.12), fit = (32 - 2 * radius) / size;
    const place = ([x, y]) => [16 + (x - (left + right) / 2) * fit, 16 + (y - (top + bottom) / 2) * fit];
    const black = new Uint8Array(1024);
    for (const stroke of strokes) {
        const at = stroke.map(place);
        at.forEach((p, i) => {
            const q = at[Math.min(i + 1, at.length - 1)], dx = q[0] - p[0], dy = q[1] - p[1], long = dx * dx + dy * dy;
            const x0 = Math.max(0, Math.floor(Math.min(p[0], q[0]) - radius)), x1 = Math.min(31, Math.ceil(Math.max(p[0], q[0]) + radius));
            const y0 = Math.max(0, Math.floor(Math.min(p[1], q[1]) - radius)), y1 = Math.min(31, Math.ceil(Math.max(p[1], q[1]) + radius));
            for (let y = y0; y <= y1; y++)
                for (let x = x0; x <= x1; x++) {
                    const t = long ? clamp(((x + 0.5 - p[0]) * dx + (y + 0.5 - p[1]) * dy) / long, 0, 1) : 0;
                    if ((x + 0.5 - p[0] - t * dx) ** 2 + (y + 0.5 - p[1] - t * dy) ** 2 <= radius * radius) black[32 * y + x] = 1;
                }
        });
    }
    black.forEach((on, i) => { counts[8 * (i >> 7) + ((i & 31) >> 2)] += on; });
    return counts;
}

// What the net makes of 64 counts: ten probabilities and the hidden units' outputs.
function read(net, counts, [from, step]) {
    const {A, logits} = forward(net, Float64Array.from(counts, v => from + step * v), 1);
    softmax(logits, null, 1, 10);
    return {chances: logits, hidden: A};
}

function render({model, el}) {
    const net = {n0: 64, n1: model.get("units"), n2: 10}, scale = model.get("scale");
    const take = () => { for (const key of ["W1", "b1", "W2", "b2"]) net[key] = floats(model.get(key)); };
    take();
    const root = stage(el, () => view.later()), box = node("div", {className: "crease-box"});
    const place = node("div", {className: "crease-view"}), bar = node("div", {className: "crease-bar"});
    root.append(box);
    box.append(place, bar);
    let strokes = [], pen = null, cursor = null, counts = counted([]), chances = new Float64Array(10), hidden = new Float64Array(net.n1);
    let shown = new Float64Array(10), pad = {x: 0, y: 0, size: 1};

    const draw = (context, width, height) => {
        if (!root.colours) return;
        const {ink, soft, line, orange, blue, panel, dark} = root.colours;
        const size = Math.min(height - 32, width * 0.4), small = Math.min(size * 0.52, width * 0.18);
        pad = {x: 16, y: 16, size};
        context.clearRect(0, 0, width, height);
        const frame = (x, y, w, h, fill) => {
            Object.assign(context, {fillStyle: fill, strokeStyle: line, lineWidth: 1});
            context.beginPath();
            context.roundRect(x, y, w, h, 10);
            context.fill();
            context.stroke();
        };
        frame(pad.x, pad.y, size, size, dark ? "#f2efe6" : "#fffdf7");
        Object.assign(context, {strokeStyle: "#1f2328", lineWidth: size * 0.07, lineCap: "round", lineJoin: "round"});
        for (const stroke of strokes) {
            context.beginPath();
            for (const [x, y] of stroke) context.lineTo(pad.x + x * size, pad.y + y * size);
            if (stroke.length === 1) context.lineTo(pad.x + stroke[0][0] * size + 0.1, pad.y + stroke[0][1] * size);
            context.stroke();
        }
        const text = (words, x, y, colour, font, align = "left") => {
            Object.assign(context, {fillStyle: colour, font: `${font} system-ui, sans-serif`, textAlign: align, textBaseline: "middle"});
            context.fillText(words, x, y);
        };
        if (!strokes.length) {
            context.globalAlpha = 0.75;
            text("write a digit", pad.x + size / 2, pad.y + size / 2, "#57606a", "italic 17px", "center");
            context.globalAlpha = 1;
        }
        if (cursor) {
            context.strokeStyle = pen ? orange : blue;
            context.lineWidth = 2;
            context.beginPath();
            context.arc(pad.x + cursor[0] * size, pad.y + cursor[1] * size, 8, 0, 7);
            context.stroke();
        }
        // What the net gets: 8 × 8 grey values; and its hidden units, as bright as their outputs.
        const x = pad.x + size + 20, cell = small / 8;
        for (let i = 0; i < 64; i++) {
            const grey = Math.round(255 - 15 * counts[i]);
            context.fillStyle = `rgb(${grey},${grey},${grey})`;
            context.fillRect(x + (i % 8) * cell, pad.y + (i >> 3) * cell, cell + 0.5, cell + 0.5);
        }
        Object.assign(context, {strokeStyle: line, lineWidth: 1});
        context.strokeRect(x, pad.y, small, small);
        text("what the net sees", x, pad.y + small + 12, soft, "12px");
        const columns = Math.ceil(Math.sqrt(net.n1)), dot = Math.min(small, size - small - 52) / columns, most = Math.max(1e-9, ...hidden);
        hidden.forEach((v, i) => {
            context.globalAlpha = v > 0 ? 0.2 + 0.8 * v / most : 1;
            context.fillStyle = v > 0 ? orange : panel;
            context.fillRect(x + (i % columns) * dot, pad.y + small + 28 + Math.floor(i / columns) * dot, dot - 1.5, dot - 1.5);
        });
        context.globalAlpha = 1;
        text(`its ${net.n1} units`, x, pad.y + size - 8, soft, "12px");

        const best = shown.indexOf(Math.max(...shown)), from = x + small + 46, row = size / 10, long = Math.max(40, width - from - 66);
        for (let k = 0; k < 10; k++) {
            const y = pad.y + (k + 0.5) * row, win = strokes.length && k === best;
            text(`${k}`, from - 12, y, win ? blue : ink, `${win ? 700 : 400} 16px`, "right");
            context.fillStyle = panel;
            context.beginPath();
            context.roundRect(from, y - row * 0.32, long, row * 0.64, 4);
            context.fill();
            context.fillStyle = win ? blue : soft;
            context.beginPath();
            context.roundRect(from, y - row * 0.32, Math.max(1.5, long * shown[k]), row * 0.64, 4);
            context.fill();
            text(`${(100 * shown[k]).toFixed(shown[k] > 0.995 || shown[k] < 0.0005 ? 0 : 1)} %`, from + long + 6, y, soft, "12px");
        }
    };
    const view = surface(place, {aspect: 0.42, tallest: 340, draw}), canvas = view.canvas;
    canvas.tabIndex = 0;
    canvas.style.cursor = "crosshair";
    const glide = loop(root, seconds => {  // the bars follow what is read
        let far = 0;
        chances.forEach((p, k) => {
            shown[k] += (p - shown[k]) * (calm() ? 1 : Math.min(1, seconds * 14));
            far = Math.max(far, Math.abs(p - shown[k]));
        });
        view.paint();
        return far > 1e-3;
    });
    const look = () => {
        counts = counted(strokes);
        const seen = read(net, counts, scale);
        [chances, hidden] = strokes.length ? [seen.chances, seen.hidden] : [new Float64Array(10), new Float64Array(net.n1)];
        const best = chances.indexOf(Math.max(...chances)), second = chances.reduce((b, p, k) => k !== best && p > chances[b] ? k : b, best ? 0 : 1);
        said.textContent = !strokes.length ? "Write with mouse or finger; or with the arrow keys, Space to put the pen down or up."
            : `${model.get("title")} reads a ${best}, ${chances[best] > 0.9 ? "surely" : chances[best] > 0.6 ? "fairly surely" : `but it could be a ${second}`}.`;
        canvas.setAttribute("aria-label", `A pad to write a digit on. ${said.textContent}`);
        view.paint();
        glide.start();
    };
    const point = event => {
        const edge = canvas.getBoundingClientRect();
        return [(event.clientX - edge.left - pad.x) / pad.size, (event.clientY - edge.top - pad.y) / pad.size];
    };
    const inside = ([x, y]) => x > -0.03 && x < 1.03 && y > -0.03 && y < 1.03;
    canvas.addEventListener("pointerdown", event => {
        if (!inside(point(event))) return;
        canvas.setPointerCapture(event.pointerId);
        cursor = null;
        strokes.push([point(event)]);
        look();
    });
    canvas.addEventListener("pointermove", event => {
        if (!canvas.hasPointerCapture(event.pointerId) || !strokes.length) return;
        for (const part of event.getCoalescedEvents?.() ?? [event]) {
            const [x, y] = point(part), stroke = strokes[strokes.length - 1], [px, py] = stroke[stroke.length - 1];
            if (Math.hypot(x - px, y - py) > 0.01) stroke.push([clamp(x, 0, 1), clamp(y, 0, 1)]);
        }
        look();
    });
    const clear = () => { strokes = []; pen = null; look(); };
    canvas.addEventListener("keydown", event => {
        const way = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key];
        if (way) {
            cursor = (cursor ?? [0.5, 0.5]).map((v, axis) => clamp(v + way[axis] * 0.06, 0.02, 0.98));
            pen?.push(cursor);
        } else if (event.key === " ") {
            cursor ??= [0.5, 0.5];
            pen = pen ? null : [cursor];
            if (pen) strokes.push(pen);
        } else if (event.key === "Delete" || event.key === "Backspace") clear();
        else return;
        event.preventDefault();
        look();
    });
    canvas.addEventListener("blur", () => { cursor = pen = null; view.later(); });
    button(bar, "Wipe", clear);
    button(bar, "Undo", () => { strokes.pop(); look(); });
    const said = node("span", {role: "status"});
    bar.append(said);
    model.on("change:W1 change:b1 change:W2 change:b2", () => { take(); look(); });
    look();
    return () => { view.done(); root.done(); };
}

export default { render };
