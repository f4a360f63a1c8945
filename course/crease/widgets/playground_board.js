// The three pictures of one net in training: the net, the plane, the losses. Measured when it has moved, drawn when asked.

const COARSE = 28, FINE = 72;  // points a side of the maps while they move, and of the large one at rest
const KINDS = ["outputs", "sums", "signals", "weights"];  // what the histograms under the layers can show

function board(root, {netBox, planeBox, curveBox, say}) {
    const grids = {[COARSE]: lattice(COARSE), [FINE]: lattice(FINE)};
    const maps = {units: atlas(), features: atlas(), large: atlas()};
    const made = {training: null, picked: null, pointed: null, phase: null, light: true, kind: "outputs",
                  tests: false, sharp: false, cursor: null, tones: null, on: [], place: null, signals: [], bins: [], dead: []};
    let work = null, X = null, fine = null;

    const net = surface(netBox, {aspect: 10, tallest: 452, label: "the net", draw: (context, width, height) => {
        if (!made.training || !made.tones) return;
        made.place = arrange(width, height, [made.on.length, ...made.training.net.map(l => l.n)]);
        drawNet(context, width, height, {...made, net: made.training.net, colours: root.colours, maps,
                                         picked: made.pointed ?? made.picked, kind: KIND_WORDS[made.kind]});
        made.placed?.(made.place);
    }});
    const plane = surface(planeBox, {aspect: 1, label: "the plane", draw: (context, size) => {
        if (!made.training || !made.tones) return;
        const {training, tones} = made, seen = made.pointed ?? made.picked;
        const one = seen?.kind === "unit" && seen.layer < training.net.length ? seen : {layer: training.net.length - 1, unit: 0};
        const n = fine ? FINE : COARSE, {Z, A} = (fine ?? work).layers[one.layer];
        const {n: units, activation} = training.net[one.layer], top = one.layer === training.net.length - 1;
        context.clearRect(0, 0, size, size);
        maps.large.fill(A, units, n, tones, top ? [-1, 1] : activation.span, {sharp: made.sharp, from: one.unit, take: 1, of: 1});
        maps.large.write();
        maps.large.place(context, 0, 0, 0, size, size);
        const line = Float64Array.from({length: n * n}, (_, k) => Z[k * units + one.unit]);
        drawContour(context, contour(line, n), size, root.colours);
        const values = training.numbers ? tones : null;
        if (made.tests) drawPoints(context, training.cloud.test, size, root.colours, {hollow: true, tones: values});
        drawPoints(context, training.cloud.train, size, root.colours, {tones: values});
        if (!made.cursor) return;
        const [x, y] = [onPlane(made.cursor[0], size), size - onPlane(made.cursor[1], size)];
        context.strokeStyle = root.colours.ink;
        context.lineWidth = 1.5;
        context.strokeRect(x - 6, y - 6, 12, 12);
    }});
    const curves = surface(curveBox, {aspect: 0.42, tallest: 130, label: "losses", draw: (context, width, height) => {
        if (made.training && root.colours) drawCurves(context, width, height, made.training.curves, root.colours);
    }});

    // Another net: room for its maps.
    made.take = training => {
        made.training = training;
        const {features} = training.settings, names = Object.keys(FEATURES);
        made.on = names.map(name => features.indexOf(name));
        X = inputs(grids[COARSE], features);
        work = workspace(training.net, COARSE * COARSE);
        fine = null;
        for (const what of ["picked", "pointed"]) if (!made.exists(made[what])) made[what] = null;
    };
    made.exists = it => {
        if (!it) return false;
        if (it.kind === "feature") return true;
        const layer = made.training.net[it.layer];
        return !!layer && it.unit < layer.n && (it.kind === "unit" || it.from < layer.m);
    };
    made.themed = () => {
        made.tones = palette(root.colours);
        const names = Object.keys(FEATURES);
        maps.features.fill(inputs(grids[COARSE], names), names.length, COARSE, made.tones);
        maps.features.write();
        if (made.training) made.look();
    };
    // What the panels tell; the losses.
    made.measure = () => {
        const {training} = made;
        training.note();
        made.signals = training.signals();
        made.dead = made.signals.slice(0, -1).map(s => s.dead);
        const {rows} = training.train;
        made.bins = training.net.map(({n, W, activation: {span}}, l) => {
            const {Z, A, D} = training.work.layers[l], some = list => list.subarray(0, rows * n);
            const values = {outputs: some(A), sums: some(Z), signals: some(D), weights: W}[made.kind];
            const top = l === training.net.length - 1 && made.kind === "outputs" ? [-1, 1] : null;
            let [low, high] = (made.kind === "outputs" && span) || top || [Infinity, -Infinity];
            if (low > high) {
                for (const v of values) { low = Math.min(low, v); high = Math.max(high, v); }
                if (made.kind !== "outputs") [low, high] = [-Math.max(-low, high), Math.max(-low, high)];
            }
            return high > low ? histogram(values, low, high) : new Float64Array(20);
        });
        made.look();
    };
    // The maps of all units.
    made.look = () => {
        const {training} = made, {net} = training;
        fine = null;
        trace(net, X, work);
        if (!made.tones) return;
        const all = net.reduce((sum, {n}) => sum + n, 0);
        let at = 0;
        net.forEach(({n, activation: {span}}, l) => {
            maps.units.fill(work.layers[l].A, n, COARSE, made.tones, l === net.length - 1 ? [-1, 1] : span, {at, of: all, sharp: made.sharp});
            at += n;
        });
        maps.units.write();
    };
    // The large map finer, once nothing moves.
    made.sharpen = () => {
        if (fine || !made.training) return;
        const {net, settings} = made.training;
        fine = workspace(net, FINE * FINE);
        trace(net, inputs(grids[FINE], settings.features), fine);
        plane.paint();
    };
    made.paint = () => { net.paint(); plane.paint(); curves.paint(); };
    made.soon = () => { net.soon(); plane.soon(); curves.soon(); };
    made.done = () => { for (const s of [net, plane, curves]) s.done(); };
    made.tell = words => {
        plane.canvas.setAttribute("aria-label", words);
        curves.canvas.setAttribute("aria-label", `Losses by epoch. ${words}`);
        const sizes = made.signals.slice(0, -1).map(({size}) => short(size)).join(", ");
        net.canvas.setAttribute("aria-label", `The net. Error signal of the hidden layers, output 1: ${sizes || "none"}. `
            + "Arrow keys go from unit to unit, W from wire to wire, plus and minus change the value, Enter types it, Space turns a feature on or off.");
    };
    made.parts = {net, plane, curves};
    return made;
}

const KIND_WORDS = {outputs: "outputs", sums: "sums z", signals: "signals", weights: "weights"};
