// Twenty nets with the settings of the knobs and the seeds 0 to 19 train at once, each in its own small map.

const RUNNERS = 20, LAP = 500, TINY = 22;

// given: what `start` and `team` need beside the settings; script: of the workers.
function race(parent, {given, script, choose, close}) {
    const head = node("div", {className: "play-race-head"}), list = node("ul", {className: "play-results"});
    const title = node("strong", {"aria-live": "polite"}), bar = node("progress", {max: LAP, "aria-label": "epochs of the race"});
    const cells = node("div", {className: "play-maps"}), box = node("div", {className: "play-race", hidden: true}, head, cells, list);
    head.append(title, bar);
    const more = button(head, `${LAP} epochs more`, () => {
        made.limit += LAP;
        made.on = true;
        more.hidden = true;
        made.crew?.go(made.limit);
    });
    button(head, "Back to the net", () => { made.stop(); close(); });
    parent.append(box);
    const maps = Array.from({length: RUNNERS}, (_, i) => {
        const canvas = node("canvas", {width: TINY, height: TINY}), label = node("span");
        const cell = node("button", {type: "button", className: "play-map"}, canvas, label);
        cell.addEventListener("click", () => choose(made.nets[i]));
        cells.append(cell);
        return {cell, canvas, label, pixels: atlas()};
    });
    const grid = lattice(TINY);
    const made = {
        on: false, nets: [], limit: LAP, turn: 0, results: [], box, crew: null,
        begin(settings, cloud, tones, words) {
            made.crew?.stop();
            const nets = Array.from({length: RUNNERS}, (_, seed) => start({...settings, seed}, {...given, cloud}));
            Object.assign(made, {nets, on: true, limit: LAP, tones, words, turn: 0});
            made.crew = team(script, nets, {...given, limit: LAP}, () => { made.crew = null; });
            made.work = workspace(made.nets[0].net, TINY * TINY);
            made.X = inputs(grid, made.nets[0].settings.features);
            made.results = [...made.results.slice(-3), ""];
            box.hidden = false;
            more.hidden = true;
            for (let i = 0; i < RUNNERS; i++) made.draw(i);
            made.tell();
        },
        stop() {
            made.on = false;
            box.hidden = true;
            made.crew?.stop();
            made.crew = null;
        },
        get solved() { return made.nets.filter(t => t.solved).length; },
        // Train until the time is over, where no crew does it; draw some of the maps.
        advance(milliseconds) {
            made.on = made.crew ? made.nets.some(t => !t.solved && t.epoch < made.limit)
                : drive(made.nets, made.limit, milliseconds);
            const count = made.on ? 4 : RUNNERS;
            for (let k = 0; k < count; k++) made.draw(made.turn++ % RUNNERS);
            made.tell();
        },
        draw(i) {
            const t = made.nets[i], {cell, canvas, label, pixels} = maps[i];
            pixels.fill(trace(t.net, made.X, made.work), 1, TINY, made.tones, [-1, 1]);
            pixels.write();
            canvas.getContext("2d").drawImage(pixels.canvas, 0, 0);
            cell.classList.toggle("solved", !!t.solved);
            label.textContent = t.solved ? `✓ ${t.solved}` : `${t.epoch}`;
            const words = `seed ${t.settings.seed}: ${t.solved ? `solved at epoch ${t.solved}` : `not solved in ${t.epoch} epochs`}`;
            if (cell.title !== words) cell.title = words;
            cell.setAttribute("aria-label", `${words}. Open this net.`);
        },
        tell() {
            const {solved} = made, most = Math.max(...made.nets.map(t => t.epoch));
            bar.max = made.limit;
            bar.value = made.on ? most : made.limit;
            const words = `${solved} of ${RUNNERS} solved it`, over = made.on ? `epoch ${most} …` : `in ${solved === RUNNERS ? most : made.limit} epochs`;
            title.textContent = `${words}, ${over}`;
            made.results[made.results.length - 1] = `${made.words}: ${words} ${made.on ? "so far" : over}`;
            list.replaceChildren(...made.results.map(text => node("li", {textContent: text})));
            more.hidden = made.on || solved === RUNNERS;
        },
    };
    return made;
}
