// Settings and result as one line of Python: it can be pasted into a cell, into the playground, or sent to somebody.

const ALWAYS = ["data", "layers", "activation"];
const CHOICES = settings => ({data: [...Object.keys(CLOUDS), "drawn"], init: Object.keys(SCHEMES),
                              regularisation: ["none", "L1", "L2"], activation: Object.keys(settings)});
const RANGES = {noise: [0, 50], test: [0, 90], batch: [1, 100], points: [0, 999], seed: [0, 9999], rate: [1e-6, 10], strength: [0, 10]};
const MOST_LAYERS = 8, MOST_UNITS = 10;

const YOURS = ", yours";  // what the kernel puts behind the name of a function of the learner's own
const python = v => v === true ? "True" : v === false ? "False" : Array.isArray(v) ? `[${v.map(python).join(", ")}]` : typeof v !== "string" ? `${v}`
    : v.endsWith(YOURS) ? v.slice(0, -YOURS.length) : `"${v}"`;

function lineOf(settings, defaults, result = "") {
    const told = Object.entries(settings).filter(([name, v]) => ALWAYS.includes(name)
        || JSON.stringify(v) !== JSON.stringify(defaults[name]));
    return `crease.playground(${told.map(([name, v]) => `${name}=${python(v)}`).join(", ")})${result && `  # ${result}`}`;
}

// The settings in such a line, or an Error that says what is wrong with it.
function settingsOf(line, defaults, activations) {
    const inside = line.replace(/^.*?playground\s*\(/, ""), made = {...defaults};
    const pattern = /\s*(\w+)\s*=\s*("[^"]*"|'[^']*'|\[[^\]]*\]|[-+.\w]+)\s*(?:,|(?=[)#]|$))/y;
    let end = 0;
    for (let found; (found = pattern.exec(inside)); end = pattern.lastIndex) {
        const [, name, text] = found;
        try {
            made[name] = text + YOURS in activations ? text + YOURS : JSON.parse(text.replaceAll("'", '"').replace(/^(True|False)$/, word => word.toLowerCase()));
        } catch {
            throw new Error(`${name}=${text} cannot be read${/^[a-z]\w*$/i.test(text) ? ": a function of somebody's own needs a cell to run in" : ""}.`);
        }
    }
    const rest = inside.slice(end).trim();
    if (rest && !/^[)#]/.test(rest)) throw new Error(`From “${rest.slice(0, 30)}” on it cannot be read.`);
    const wrong = problem(made, defaults, activations);
    if (wrong) throw new Error(wrong);
    return made;
}

function problem(settings, defaults, activations) {
    const choices = CHOICES(activations);
    for (const [name, v] of Object.entries(settings)) {
        if (!(name in defaults)) return `There is no setting ${name}. There are: ${Object.keys(defaults).join(", ")}.`;
        if (choices[name] && !choices[name].includes(v)) return `${name} is one of: ${choices[name].join(", ")}.`;
        if (typeof defaults[name] === "boolean" && typeof v !== "boolean") return `${name} is True or False.`;
        const [low, high] = RANGES[name] || [];
        if (RANGES[name] && !(v >= low && v <= high)) return `${name} is a number from ${low} to ${high}.`;
    }
    const {layers, features} = settings, whole = n => Number.isInteger(n) && n >= 1 && n <= MOST_UNITS;
    if (!Array.isArray(layers) || layers.length > MOST_LAYERS || !layers.every(whole))
        return `layers lists the units of each hidden layer: at most ${MOST_LAYERS} layers, 1 to ${MOST_UNITS} units each.`;
    if (!Array.isArray(features) || !features.length || !features.every(name => name in FEATURES))
        return `features lists one or more of: ${Object.keys(FEATURES).join(", ")}.`;
    if (settings.data === "drawn" && !drawnPoints(settings.drawn).length) return "data=\"drawn\" needs points in drawn.";
    return "";
}

function resultOf(training, touched) {
    if (!training.epoch) return "";
    const {held, seen, numbers, solved, epoch} = training, part = training.test.rows ? held : seen;
    if (!Number.isFinite(seen.loss)) return `epoch ${epoch}: diverged`;
    const what = numbers ? `loss ${part.loss.toFixed(4)} on the ${training.test.rows ? "test" : "training"} points`
        : `${percent(part.right)} of the ${training.test.rows ? "test" : "training"} points right, loss ${part.loss.toFixed(3)}`;
    return `epoch ${epoch}: ${what}${solved ? `, solved at ${solved}` : ""}${touched ? ", changed by hand on the way" : ""}`;
}
