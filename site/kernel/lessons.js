// What a learner needs around a notebook here: handing it in as a download, and a fresh copy of a lesson beside their own.

const FRESH = " (fresh copy)";

export const lessons = (name, base) => ({
    id: `${name}:lessons`,
    autoStart: true,
    activate(app) {
        const current = () => app.shell.currentWidget?.context;
        const isLesson = () => /^\d\d_\w+/.test(current()?.path ?? "");
        app.commands.addCommand("crease:hand-in", {
            label: "Hand in",
            caption: "Save this notebook and download it: that file is what you hand in.",
            isEnabled: isLesson,
            execute: async () => {
                await current().save();
                const file = new Blob([JSON.stringify(current().model.toJSON(), null, 1)], {type: "application/x-ipynb+json"});
                const link = Object.assign(document.createElement("a"), {
                    href: URL.createObjectURL(file), download: current().path.split("/").pop().replace(FRESH, "")});
                link.click();
                setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
            },
        });
        // A file that was saved here is the learner's own, and a new version of the course leaves it alone.
        app.commands.addCommand("crease:fresh", {
            label: "Fresh copy",
            caption: "Open this lesson as the course has it now, beside your own copy, which stays as it is.",
            isEnabled: isLesson,
            execute: async () => {
                const lesson = current().path.split("/").pop().replace(FRESH, "");
                const response = await fetch(new URL(`../../../files/${lesson}`, base), {cache: "no-cache"});
                if (!response.ok) throw new Error(`${lesson} could not be fetched (${response.status}).`);
                const path = lesson.replace(".ipynb", `${FRESH}.ipynb`);
                await app.serviceManager.contents.save(path, {
                    type: "notebook", format: "json", content: await response.json()});
                await app.commands.execute("docmanager:open", {path});
            },
        });
        // Both stand in the toolbar of every notebook: see overrides.json in site/lite.py.
    },
});
