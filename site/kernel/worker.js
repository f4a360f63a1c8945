// The Python behind a notebook: CPython for WASI in this worker, called turn by turn. What it says it writes to its
// standard output, one message a write; what it is told lies in a file. See browser_kernel.py.
//
// In:  {type: "boot", base, fine, python} · {type: "turn", message, buffers, files}
// Out: {type: "progress", got, all} · {type: "compiled", python} · {type: "ready"} · {type: "done"}
//      {type: "message", message, buffers} · {type: "died", why}

import {ConsoleStdout, Directory, Fd, File, OpenFile, PreopenDirectory, WASI, WASIProcExit, wasi} from "./wasi/index.js";

const ENVIRONMENT = ["HOME=/home", "TMPDIR=/tmp", "PYTHONTZPATH=", "PYTHONDONTWRITEBYTECODE=1"];
const text = new TextEncoder(), words = new TextDecoder();
// The snapshot of a started Python remembers where in the library's zip each file lay before some were left out.
const start = fine => `import sys
for finder in sys.path_importer_cache.values():
    if finder is not None:
        finder.invalidate_caches()
sys.path[1:1] = ["/lib/course", "/lib/packages"]
import browser_kernel
browser_kernel.start(${fine})`;
const keeping = [];
let instance, home, last = "";  // `last`: the end of what it said on its standard error

// A message as bytes: the length of its head, the head as JSON, its buffers one after another.
function packed(message, buffers) {
    const parts = buffers.map(part => new Uint8Array(part.buffer ?? part, part.byteOffset ?? 0, part.byteLength));
    const head = text.encode(JSON.stringify({...message, sizes: parts.map(part => part.length)}));
    const all = new Uint8Array(4 + head.length + parts.reduce((sum, part) => sum + part.length, 0));
    new DataView(all.buffer).setUint32(0, head.length, true);
    all.set(head, 4);
    let at = 4 + head.length;
    for (const part of parts) { all.set(part, at); at += part.length; }
    return all;
}

function unpacked(all) {
    const length = new DataView(all.buffer, all.byteOffset).getUint32(0, true);
    const {sizes = [], ...message} = JSON.parse(words.decode(all.subarray(4, 4 + length)));
    let at = 4 + length;
    const buffers = sizes.map(size => { at += size; return all.slice(at - size, at).buffer; });
    return {message, buffers};
}

function said(written) {
    const {message, buffers} = unpacked(written);
    postMessage({type: "message", message, buffers}, buffers);
}

// The bytes of a .gz, unpacked, while `step` hears how many have come.
function stream(response, step) {
    const counted = new TransformStream({transform(chunk, out) { step(chunk.length); out.enqueue(chunk); }});
    return response.body.pipeThrough(counted).pipeThrough(new DecompressionStream("gzip"));
}

async function fetched(address) {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address} could not be fetched (${response.status}).`);
    return response;
}

// What has been fetched once is kept by the browser under its name, which changes with its content; older parts go.
async function kept(base, parts, wanted) {
    const address = part => new URL(part.file, base).href, addresses = wanted.map(address), current = parts.map(address);
    const cache = await self.caches?.open("crease-python").catch(() => null);
    if (!cache) return Promise.all(addresses.map(fetched));
    for (const {url} of await cache.keys()) if (!current.includes(url)) await cache.delete(url);
    return Promise.all(addresses.map(async address => {
        const found = await cache.match(address);
        if (found) return found;
        const response = await fetched(address), copy = response.clone();
        keeping.push(cache.put(address, copy).catch(() => {}));  // no room: then it is fetched again next time
        return response;
    }));
}

// All bytes of a stream, in one piece of memory of which there is no second copy.
async function filled(body, size) {
    const all = new Uint8Array(size), reader = body.getReader();
    for (let at = 0, part; !(part = await reader.read()).done; at += part.value.length) all.set(part.value, at);
    return all;
}

// Python's memory as it was left when it had started: the module comes without it, see site/smaller.py. What is nothing
// but zeros is not touched, and so costs no memory.
async function recall(body, memory, at) {
    const reader = body.getReader();
    for (let part; !(part = await reader.read()).done; at += part.value.length)
        if (part.value.some(byte => byte)) memory.set(part.value, at);
}

// The list of parts; without a network the one that was fetched last.
async function listed(base) {
    const cache = await self.caches?.open("crease-list").catch(() => null), address = new URL("parts.json", base).href;
    try {
        const response = await fetched(address);
        await cache?.put(address, response.clone());
        return response.json();
    } catch (error) {
        const found = await cache?.match(address);
        if (!found) throw error;
        return found.json();
    }
}

// A file below a folder, with the folders on its way.
function put(top, path, bytes) {
    const parts = path.split("/"), name = parts.pop();
    let at = top;
    for (const part of parts) {
        if (!at.contents.has(part)) {
            const made = new Directory(new Map());
            made.parent = at;
            at.contents.set(part, made);
        }
        at = at.contents.get(part);
    }
    at.contents.set(name, file(bytes));
}

// A file of these very bytes: the constructor would copy them.
function file(bytes, options) {
    return Object.assign(new File([], options), {data: bytes});
}

// The folders of a pack: the length of its index (4 bytes), the index {path: size} as JSON, the files one after another.
function laid(pack) {
    const length = new DataView(pack.buffer).getUint32(0, true), top = new Directory(new Map());
    let at = 4 + length;
    for (const [path, size] of Object.entries(JSON.parse(words.decode(pack.subarray(4, at))))) {
        put(top, path, pack.subarray(at, at + size));
        at += size;
    }
    return top.contents;
}

// A read hands out the file's own bytes: the shim would copy them first, 128 kB for each module that is imported.
OpenFile.prototype.fd_read = function (size) {
    const at = Number(this.file_pos), data = this.file.data.subarray(at, at + size);
    this.file_pos += BigInt(data.length);
    return {ret: 0, data};
};

function run(code) {
    const bytes = text.encode(code), at = instance.exports.host_alloc(bytes.length);
    new Uint8Array(instance.exports.memory.buffer, at, bytes.length).set(bytes);
    return instance.exports.turn(at, bytes.length);
}

async function compiled(body, file) {
    const module = await WebAssembly.compileStreaming(
        new Response(body, {headers: {"Content-Type": "application/wasm"}}));
    postMessage({type: "compiled", python: {file, module}});
    return module;
}

// python: {file, module} of a Python that ran in this page before. Its machine code is there and is as fast as it gets,
// and belongs to the browser's process: no second copy. Nothing that ran in it is in a module.
async function boot({base, fine, python}) {
    const {parts, address} = await listed(base), wasm = parts.find(part => part.name === "python.wasm").file;
    const wanted = python?.file === wasm ? parts.filter(part => part.file !== wasm) : parts;
    const responses = await kept(base, parts, wanted), all = wanted.reduce((sum, part) => sum + part.size, 0);
    let got = 0, told = 0;
    const step = size => {
        got += size;
        if (performance.now() - told < 200 && got < all) return;  // each takes the page a megabyte for a while
        told = performance.now();
        postMessage({type: "progress", got, all});
    };
    const bytes = {}, bodies = Object.fromEntries(wanted.map(({name}, n) => [name, stream(responses[n], step)]));
    const load = async name => { bytes[name] = await filled(bodies[name], parts.find(part => part.name === name).whole); };
    const body = bodies["python.wasm"], compiling = body ? compiled(body, wasm) : python.module;
    const [module] = await Promise.all([compiling, load("files"), load("python315.zip")]);
    const tree = laid(bytes.files);
    home = new PreopenDirectory("/home", new Map());
    const files = [
        new OpenFile(new File([])),
        new ConsoleStdout(said),
        new ConsoleStdout(written => { const text = words.decode(written); last = `${last}${text}`.slice(-400); console.warn(text); }),
        new PreopenDirectory("/usr/local/lib", new Map([["python315.zip", file(bytes["python315.zip"], {readonly: true})]])),
        new PreopenDirectory("/usr/local/lib/python315.zip/matplotlib/mpl-data", tree.get("mpl-data").contents),
        new PreopenDirectory("/lib", tree),
        new PreopenDirectory("/tmp", new Map()),
        home,
    ];
    const system = new WASI(["python"], ENVIRONMENT, files, {debug: false});
    const none = () => -1;
    instance = await WebAssembly.instantiate(module, {
        wasi_snapshot_preview1: {...system.wasiImport, sched_yield: () => 0}, host: {call: none}});
    system.inst = instance;
    await recall(bodies.memory, new Uint8Array(instance.exports.memory.buffer), address);
    instance.exports._initialize?.();
    const failed = run(start(fine));
    if (failed) throw new Error(`Python could not be started (${failed}). ${last}`);
    postMessage({type: "ready"});
}

function turn({message, buffers = [], files = {}}) {
    for (const [path, bytes] of Object.entries(files)) put(home.dir, path, bytes);
    home.dir.contents.set(".turn", new File(packed(message, buffers)));
    const answer = run("__import__('browser_kernel').turn()");
    if (answer) throw new Error(`Python ended (${answer}).`);
    postMessage({type: "done"});
}

onmessage = async ({data}) => {
    try {
        if (data.type === "boot") await boot(data);
        else turn(data);
    } catch (error) {
        const why = error instanceof WASIProcExit ? `Python ended with exit code ${error.code}.` : String(error.message ?? error);
        postMessage({type: "died", why});
    }
};
