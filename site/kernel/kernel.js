// The kernel that JupyterLite talks to: its messages go to the runtime, and what that says becomes messages of Jupyter's.

import {Runtime} from "./runtime.js";

const LOST = "Stopped. Python was ended, and with it all that it knew: run the cells again, from the first (Run, then "
    + "“Run All Above Selected Cell”). What you wrote is still here.";

const WHILE = 500;  // milliseconds for JupyterLite to show the notebook before Python takes the computer

export const kernelOf = (BaseKernel, base) => class extends BaseKernel {
    constructor(options, contents) {
        super(options);
        this.contents = contents;
        this.runtime = new Runtime(base);
        this.seen = new Map();  // path -> when the file was last handed over
        this.changed = true;  // whether a file may have been saved since: to ask takes reading them all
        contents.fileChanged.connect(this.change = () => { this.changed = true; });
    }

    get folder() { return this.location.replace(/^\w+:/, "").replace(/\/$/, ""); }

    dispose() {
        if (!this.isDisposed) {
            this.runtime.interrupt();
            this.contents.fileChanged.disconnect(this.change);
        }
        super.dispose();
    }

    interrupt() {
        if (this.running) this.runtime.interrupt();
    }

    async kernelInfoRequest() {
        return {
            implementation: "crease", implementation_version: "1", status: "ok", protocol_version: "5.3",
            banner: "Python in this browser", help_links: [],
            language_info: {name: "python", version: "3.15", mimetype: "text/x-python", file_extension: ".py",
                            codemirror_mode: {name: "ipython", version: 3}, pygments_lexer: "ipython3",
                            nbconvert_exporter: "python"},
        };
    }

    // What Python says, on the page, as an answer to whatever it is that was asked.
    heard(parent) {
        const header = parent ?? this.parentHeader;
        return (message, buffers) => {
            const {type, content, metadata} = message;
            if (type === "stream") this.stream(content, header);
            else if (type === "display_data") this.displayData(content, header);
            else if (type === "update_display_data") this.updateDisplayData(content, header);
            else if (type === "execute_result") this.publishExecuteResult(content, header);
            else if (type === "error") this.publishExecuteError(content, header);
            else if (type === "clear_output") this.clearOutput(content, header);
            else if (type.startsWith("comm_")) this.handleComm(type, content, metadata, buffers, header);
            else if (message.channel === "shell") this.reply = content;
        };
    }

    // Start Python while the notebook is read. What goes wrong is said when a cell needs it.
    warm() {
        setTimeout(() => this.isDisposed || this.runtime.boot().catch(() => {}), WHILE);
    }

    // A bar in the cell while Python is fetched and started.
    async start(header) {
        if (this.runtime.there) return;
        const id = `boot-${Math.random()}`, transient = {display_id: id};
        const say = (got, all) => {
            const left = Math.max(0, all - got) / 1e6;
            const text = got >= all ? "Python is starting …" : `Python is on its way: ${left.toFixed(0)} MB still to come.`;
            return {data: {"text/html": `<progress value="${got}" max="${all}" aria-label="Python is on its way"></progress> `
                + text, "text/plain": text}, metadata: {}, transient};
        };
        this.displayData(say(0, 1), header);
        await this.runtime.boot((got, all) => this.updateDisplayData(say(got, all), header));
        this.updateDisplayData({data: {"text/plain": "", "text/html": ""}, metadata: {}, transient}, header);
        this.clearOutput({wait: false}, header);
    }

    // The saved files beside the notebook that have changed since they were last handed over.
    async files() {
        const found = {}, saved = {};
        if (!this.changed) return {found, saved};
        this.changed = false;
        const list = await this.contents.get(this.folder, {content: true}).catch(() => null);
        for (const {path, name, type, last_modified: when} of list?.content ?? []) {
            if (type !== "notebook" || this.seen.get(path) === when) continue;
            const file = await this.contents.get(path, {content: true, type: "notebook"});
            found[name] = new TextEncoder().encode(JSON.stringify(file.content));
            this.seen.set(path, when);
            saved[name] = Math.round(Date.parse(when) / 1000);
        }
        return {found, saved};
    }

    async executeRequest(content) {
        const header = this.parentHeader, count = this.executionCount;
        this.running = true;
        try {
            if (!this.runtime.there) {
                this.seen.clear();
                this.changed = true;
            }
            await this.start(header);
            const {found, saved} = await this.files();
            await this.runtime.run({type: "execute_request", content, saved}, found, this.heard(header));
            return {...this.reply, execution_count: count};
        } catch (error) {
            const stopped = error.message === "stopped";
            const said = {ename: stopped ? "Stopped" : "PythonEnded", evalue: stopped ? LOST : error.message,
                          traceback: [stopped ? LOST : `${error.message} Run the cells again, from the first.`]};
            this.publishExecuteError(said, header);
            return {status: "error", execution_count: count, ...said};
        } finally {
            this.running = false;
        }
    }

    // Anything else is asked only of a Python that is there: it is no reason to fetch one.
    async ask(type, content, otherwise) {
        if (!this.runtime.there) return otherwise;
        await this.runtime.run({type, content}, {}, this.heard());
        return this.reply;
    }

    completeRequest(content) {
        const none = {status: "ok", matches: [], cursor_start: content.cursor_pos, cursor_end: content.cursor_pos, metadata: {}};
        return this.ask("complete_request", content, none);
    }

    inspectRequest(content) {
        return this.ask("inspect_request", content, {status: "ok", found: false, data: {}, metadata: {}});
    }

    isCompleteRequest(content) { return this.ask("is_complete_request", content, {status: "unknown"}); }

    async commInfoRequest() { return {status: "ok", comms: {}}; }

    inputReply() {}

    async comm(message) {
        if (!this.runtime.there) return;
        const {header, content, metadata, buffers = []} = message;
        await this.runtime.comm({type: header.msg_type, content, metadata}, buffers, this.heard(header));
    }

    commOpen(message) { return this.comm(message); }
    commMsg(message) { return this.comm(message); }
    commClose(message) { return this.comm(message); }
};
