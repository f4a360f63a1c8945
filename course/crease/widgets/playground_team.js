// Nets that train beside the page, in workers, so that a race takes all the processors and the page stays free.

const LAP_TIME = 40;  // milliseconds between two reports of a worker

// Train the nets that are behind the others first, until the time or the limit is over. True while any is to go on.
function drive(nets, limit, milliseconds) {
    const end = performance.now() + milliseconds, open = () => nets.filter(t => !t.solved && t.epoch < limit && t.train.rows);
    for (let behind = open(); behind.length && performance.now() < end; behind = open()) {
        const next = behind.reduce((a, b) => a.epoch <= b.epoch ? a : b);
        for (let k = 0; k < 5 && !next.solved && next.epoch < limit; k++) while (!next.step());
    }
    return open().length > 0;
}

// What runs in a worker, behind this same script: {settings of each net, tables, deviations} comes in once, {limit}
// whenever it grows; out go the weights, epoch and success of all of its nets.
function serve() {
    let nets = [], limit = 0, running = false;
    const lap = () => {
        running = drive(nets, limit, LAP_TIME);
        postMessage(nets.map(({net, epoch, solved}) => ({epoch, solved, layers: net.map(({W, b}) => [W, b])})));
        if (running) setTimeout(lap);
    };
    onmessage = ({data}) => {
        if (data.settings) nets = data.settings.map(s => start(s, data));
        limit = data.limit;
        if (!running) lap();
    };
}

// A net with these settings; tables: functions of the learner's own; deviations: of the learner's own start, or null.
function start(settings, {tables, deviations, cloud}) {
    const {activation, init} = settings, table = tables[activation];
    return new Training(settings, {activation: table ? sampled(table) : ACTIVATIONS[activation], ...(cloud && {cloud}),
        scheme: deviations ? ["normal", (m, n) => deviations[m - 1][n - 1]] : SCHEMES[init]});
}

// Share the nets among workers made from `script`; null where there are none to be had. `lost` is called if they fail.
function team(script, nets, given, lost) {
    const count = Math.min(4, (navigator.hardwareConcurrency || 1) - 1);
    if (!script || count < 1 || typeof Worker === "undefined") return null;
    const workers = [];
    const stop = () => workers.forEach(worker => worker.terminate());
    try {
        const address = URL.createObjectURL(new Blob([script, "\nserve();"], {type: "text/javascript"}));
        for (let i = 0; i < count; i++) {
            const mine = nets.filter((_, k) => k % count === i), worker = new Worker(address, {type: "module"});
            worker.onerror = () => { stop(); lost(); };
            worker.onmessage = ({data}) => data.forEach(({epoch, solved, layers}, k) => {
                Object.assign(mine[k], {epoch, solved});
                layers.forEach(([W, b], l) => { mine[k].net[l].W.set(W); mine[k].net[l].b.set(b); });
            });
            worker.postMessage({...given, settings: mine.map(t => t.settings)});
            workers.push(worker);
        }
        setTimeout(() => URL.revokeObjectURL(address), 10_000);
    } catch {
        stop();
        return null;
    }
    return {stop, go(limit) { workers.forEach(worker => worker.postMessage({limit})); }};
}
