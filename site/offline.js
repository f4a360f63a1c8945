// Keeps the site in the browser, so that it opens without a network: the pages to read at the first visit, JupyterLite
// once it has been opened, pictures as they are seen. Python is kept by kernel/worker.js. A version of the site has a
// cache of its own, which replaces the one before it, and takes over what has not changed; what a learner wrote lies
// elsewhere, in the browser's storage, and is not touched.

const VERSION = "";  // written by offline.py: it changes with any file of the site
const NAME = "crease-site-", CACHE = NAME + VERSION, LIST = `site.${VERSION}.json`;
const root = new URL(self.registration.scope);
const ELSEWHERE = /^lite\/extensions\/crease-kernel\/static\/(parts\.json|.*\.gz)$/;
let groups;  // {read, lab, seen}: {path: hash of the file}

async function listed(cache, list) {
    return (await cache.match(new URL(list, root)))?.json();
}

async function known() {
    return groups ??= await listed(await caches.open(CACHE), LIST) ?? {read: {}, lab: {}, seen: {}};
}

async function hash(response) {
    const digest = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
    return [...new Uint8Array(digest).slice(0, 4)].map(byte => byte.toString(16).padStart(2, "0")).join("");
}

// Fetch what is not there yet of a group, six at a time.
async function keep(group) {
    const cache = await caches.open(CACHE), left = Object.entries((await known())[group]);
    await Promise.all(Array.from({length: 6}, async () => {
        for (let one; (one = left.shift());) {
            const [path, wanted] = one, address = new URL(path, root);
            if (await cache.match(address)) continue;
            const response = await fetch(address, {cache: "no-cache"});
            if (!response.ok || await hash(response.clone()) !== wanted)
                throw new Error(`${path} is not of this version of the site (${response.status}).`);
            await cache.put(address, response);
        }
    }));
}

// What the version before had kept and this one has too. -> whether JupyterLite was among it
async function takeOver() {
    const cache = await caches.open(CACHE), now = Object.assign({}, ...Object.values(await known()));
    let lab = false;
    for (const name of (await caches.keys()).filter(name => name.startsWith(NAME) && name !== CACHE)) {
        const old = await caches.open(name), list = await listed(old, `site.${name.slice(NAME.length)}.json`);
        const before = Object.assign({}, ...Object.values(list ?? {}));
        for (const {url} of await old.keys()) {
            const path = decodeURI(url.slice(root.href.length));
            lab ||= path === "lite/lab/index.html";
            if (before[path] && before[path] === now[path]) await cache.put(url, await old.match(url));
        }
    }
    return lab;
}

async function install() {
    const response = await fetch(new URL(LIST, root), {cache: "no-cache"});
    if (!response.ok) throw new Error(`${LIST} could not be fetched (${response.status}).`);
    await (await caches.open(CACHE)).put(new URL(LIST, root), response);
    const lab = await takeOver();
    await keep("read");
    if (lab) await keep("lab");
    // A JupyterLite that is open goes on with its own version: this one waits until it is closed.
    const open = await self.clients.matchAll({includeUncontrolled: true});
    if (!self.registration.active || !open.some(({url}) => url.startsWith(`${root}lite/`))) await self.skipWaiting();
}

async function activate() {
    for (const name of await caches.keys()) if (name.startsWith(NAME) && name !== CACHE) await caches.delete(name);
    await self.clients.claim();
}

async function answer(path, request) {
    const cache = await caches.open(CACHE), address = new URL(path, root);
    const kept = await cache.match(address);
    if (kept) return kept;
    let response;
    try {
        response = await fetch(request);
    } catch {
        const said = "There is no network, and this has not been kept in the browser.";
        return new Response(said, {status: 404, headers: {"Content-Type": "text/plain"}});
    }
    const {read, lab, seen} = await known(), wanted = read[path] ?? lab[path] ?? seen[path];
    if (response.ok && wanted && await hash(response.clone()) === wanted) await cache.put(address, response.clone());
    return response;
}

self.addEventListener("install", event => event.waitUntil(install()));
self.addEventListener("activate", event => event.waitUntil(activate()));
self.addEventListener("message", event => event.data?.keep === "lab" && event.waitUntil(keep("lab")));
self.addEventListener("fetch", event => {
    const {request} = event, {href, origin, pathname} = new URL(request.url);
    if (request.method !== "GET" || !href.startsWith(root.href)) return;
    const path = decodeURI((origin + pathname).slice(root.href.length)).replace(/(^|\/)$/, "$1index.html");
    if (!ELSEWHERE.test(path)) event.respondWith(answer(path, request));
});
