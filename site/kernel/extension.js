// A kernel for JupyterLite, as a federated extension of JupyterLab written by hand: the container that a bundler would
// make is an object with `init`, which is handed what the page shares, and `get`, which returns the plugin.
// Behind the kernel stands a runtime with four words, boot, run, comm and interrupt: see runtime.js.

(() => {
    const NAME = "crease-kernel";
    const base = new URL(".", document.currentScript.src).href;
    let shared;

    // A module that the page shares: the only version of it that is there.
    const module = async name => {
        const versions = Object.values(shared[name] ?? {});
        if (!versions.length) throw new Error(`${NAME}: the page does not share ${name}.`);
        return (await versions[0].get())();
    };

    // The service worker of the site keeps JupyterLite, once it stands, for a time without a network.
    async function keepForLater(app) {
        await app.restored;
        try {
            await navigator.serviceWorker.register(new URL("../../../../offline.js", base));
            (await navigator.serviceWorker.ready).active.postMessage({keep: "lab"});
        } catch (error) {
            console.info(`Nothing is kept for a time without a network: ${error.message}`);
        }
    }

    // The circle that turns while Python works moves twelve times a second. Drawn anew at every frame, it took a tenth of
    // what Python itself takes on a computer whose pictures the processor draws.
    function calmer() {
        const style = "body .jp-KernelStatus-spinner { animation-timing-function: steps(12); }";
        document.head.append(Object.assign(document.createElement("style"), {textContent: style}));
    }

    // Which tabs were open; what is in them stays.
    async function forgetTabs(workspaces) {
        try {
            for (const id of (await workspaces.list()).ids) await workspaces.remove(id);
        } catch (error) {
            console.info(`The tabs of before are opened, too: ${error.message}`);
        }
    }

    async function plugin() {
        const [services, {kernelOf}, {lessons}] = await Promise.all([
            module("@jupyterlite/services"), import(`${base}kernel.js`), import(`${base}lessons.js`)]);
        const kernels = new Map();
        const Kernel = kernelOf(services.BaseKernel, base);
        return [{
            id: `${NAME}:kernel`,
            autoStart: true,
            requires: [services.IKernelSpecs],
            optional: [services.IKernelClient],
            async activate(app, specs, client) {
                // A link opens its lesson alone: every tab of another day would start a Python of its own.
                if (new URLSearchParams(location.search).has("path")) await forgetTabs(app.serviceManager.workspaces);
                keepForLater(app);
                calmer();
                specs.register({
                    spec: {name: "python3", display_name: "Python (in this browser)", language: "python", argv: [],
                           resources: {}},
                    create: async options => {
                        const kernel = new Kernel(options, app.serviceManager.contents);
                        if (!kernels.size) kernel.warm();  // a second notebook's Python waits for its first cell
                        kernels.set(options.id, kernel);
                        kernel.disposed.connect(() => kernels.delete(options.id));
                        return kernel;
                    },
                });
                // JupyterLite's own interrupt only takes back what waits; what runs is stopped here.
                if (client) {
                    const before = client.interrupt.bind(client);
                    client.interrupt = async id => {
                        kernels.get(id)?.interrupt();
                        await before(id);
                    };
                }
            },
        }, lessons(NAME, base)];
    }

    const container = {
        init: async scope => { shared = scope; },
        get: async () => { const found = await plugin(); return () => ({__esModule: true, default: found}); },
    };
    (window._JUPYTERLAB ??= {})[NAME] = container;
})();
