// A Python in a Web Worker behind four words, so that another (Pyodide, say) can take its place:
//
//     boot(step)                        start it, once; step(got, all) hears how many bytes have come
//     run(message, files, heard)        a request of Jupyter's protocol; heard(message, buffers) hears what it says
//     comm(message, buffers, heard)     a widget's message
//     interrupt()                       end it, with all that it knew

let python = null;  // {file, module}: the page's next Python starts with the machine code of the one before

export class Runtime {
    constructor(base) {
        this.base = base;
        this.worker = null;
        this.there = false;  // whether it has started
        this.turns = Promise.resolve();
    }

    boot(step) {
        this.step = step ?? this.step;
        if (this.far) step?.(...this.far);
        if (this.booted) return this.booted;
        this.worker = new Worker(new URL("worker.js", this.base), {type: "module"});
        this.booted = new Promise((ready, failed) => {
            this.fail = failed;
            this.worker.onmessage = ({data}) => {
                if (data.type === "progress") this.step?.(...this.far = [data.got, data.all]);
                else if (data.type === "compiled") ({python} = data);
                else if (data.type === "ready") ready(this.there = true);
                else if (data.type === "message") this.heard?.(data.message, data.buffers);
                else if (data.type === "done") this.end?.();
                else if (data.type === "died") this.drop(new Error(data.why));
            };
            this.worker.onerror = event => this.drop(new Error(
                event.message || "Python could not be started in this browser."));
            const fine = devicePixelRatio > 1 ? 2 : 1;  // pictures for this screen: on most, a quarter of the memory
            this.worker.postMessage({type: "boot", base: this.base, fine, python});
        });
        return this.booted;
    }

    // One turn after another: the worker does one thing at a time.
    turn(message, buffers, files, heard) {
        const mine = this.turns.then(() => this.boot()).then(() => new Promise((done, failed) => {
            this.heard = heard;
            this.end = done;
            this.fail = failed;
            this.worker.postMessage({type: "turn", message, buffers, files}, Object.values(files).map(file => file.buffer));
        })).finally(() => { this.heard = this.end = this.fail = null; });
        this.turns = mine.catch(() => {});
        return mine;
    }

    run(message, files, heard) { return this.turn(message, [], files, heard); }

    comm(message, buffers, heard) { return this.turn(message, buffers, {}, heard); }

    interrupt() { this.drop(new Error("stopped")); }

    // The worker is no more; the next turn starts another.
    drop(why) {
        this.worker?.terminate();
        this.worker = this.booted = this.step = this.far = null;
        this.there = false;
        this.fail?.(why);
    }
}
