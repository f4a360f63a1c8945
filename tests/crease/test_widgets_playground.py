"""The playground: its numbers are those of crease.nets and crease.data, and it takes every setting that it tells."""

import json

import numpy as np
import pytest

import crease
import javascript
from crease import data, nets
from crease.widgets import playground as room
from crease.widgets.playground import DEFAULTS, FEATURES, Playground, playground

ESM = Playground._esm.replace("export default", "const exported =")
runs_javascript = pytest.mark.skipif(not javascript.HERE, reason="neither node nor Chromium on this machine")
# One net in training: `steps` steps of 10 points, then its weights, traces and error signals.
STEPS = """
    const wanted = {...settings, ...change};
    const t = new Training(wanted, {activation: ACTIVATIONS[wanted.activation], scheme: SCHEMES[wanted.init]});
    const start = t.net.map(l => [...l.W]);
    for (let k = 0; k < steps; k++) t.step();
    t.note();
    return {start, W: t.net.map(l => [...l.W]), b: t.net.map(l => [...l.b]), signals: t.signals().map(s => s.size),
            dead: t.signals().map(s => [...s.dead]), loss: t.seen.loss, right: t.held.right, epoch: t.epoch,
            out: [...trace(t.net, t.test.X, t.work, t.test.rows)].slice(0, t.test.rows)};"""


def train(steps=25, **change):
    return javascript.run(ESM, STEPS, settings=DEFAULTS, change=change, steps=steps)


def in_kernel(*, layers, activation, init, epochs, seed=3, rate=0.03, features=("x1", "x2")):
    (X, y), (X_test, _) = data.circle(seed=0), data.circle(seed=1)
    X, X_test = (np.column_stack([FEATURES[f](*part.T) for f in features]) for part in (X, X_test))
    net = nets.init([len(features), *layers, 1], activation, scheme=init, output="tanh", bias=0.1, seeds=seed)
    start = net
    if epochs:
        net = nets.train(net, X, 2 * y - 1, count=epochs, loss="mse", lr=rate, batch=10, seeds=seed).layers
    loss, found = nets.gradients(net, X, 2 * y - 1, "mse")
    sizes = np.array([np.linalg.norm(d) for *_, d in found])
    return start, net, loss, sizes / sizes[-1], nets.forward(net, X_test)[:, 0]


def close(found, expected, rtol=1e-9):
    assert np.allclose(np.concatenate([np.ravel(f) for f in found]), np.concatenate([np.ravel(e) for e in expected]),
                       rtol=rtol, atol=1e-9)


# Arithmetic

@runs_javascript
@pytest.mark.parametrize("seed", [0, 7, [3, 1], [19, 1]])
def test_the_generator_is_numpys(seed):
    found = javascript.run(ESM, """const g = new Generator(...[seed].flat());
        return [[...Array(40)].map(() => g.random()), [...g.permutation(250)], [...g.permutation(7)],
                [...Array(5000)].map(() => g.normal())]""", seed=seed)
    rng = np.random.default_rng(seed)
    assert (found[0] == rng.random(40)).all() and (found[1] == rng.permutation(250)).all()
    assert (found[2] == rng.permutation(7)).all() and np.allclose(found[3], rng.normal(size=5000), rtol=0, atol=1e-13)


@runs_javascript
@pytest.mark.parametrize("name", [*data.CLOUDS, *data.NUMBERS])
@pytest.mark.parametrize("noise", [0, 0.25])
def test_the_points_are_those_of_crease_data(name, noise):
    made = javascript.run(ESM, "return CLOUDS[name](249, noise, new Generator(4))", name=name, noise=noise)
    X, y = {**data.CLOUDS, **data.NUMBERS}[name](249, noise, 4)
    assert np.allclose(made["X"], X, rtol=0, atol=1e-12) and np.allclose(made["y"], y, rtol=0, atol=1e-12)


@runs_javascript
@pytest.mark.parametrize("activation", nets.ACTIVATIONS)
def test_an_activation_and_its_slope(activation):
    z = np.linspace(-9, 9, 401)
    found = javascript.run(ESM, "const {f, slope} = ACTIVATIONS[name]; return z.map(v => [f(v), slope(v, f(v))])",
                           name=activation, z=z.tolist())
    f, slope = nets.pair(activation)
    assert np.allclose(np.array(found).T, [f(z), np.broadcast_to(slope(z, f(z)), z.shape)], rtol=1e-11, atol=1e-14)


@runs_javascript
@pytest.mark.parametrize("activation", nets.ACTIVATIONS)
def test_an_epoch_of_training_forward_and_back_is_that_of_nets(activation):
    found = train(layers=[8, 5, 8], activation=activation, init="xavier", seed=3)
    start, net, loss, sizes, out = in_kernel(layers=[8, 5, 8], activation=activation, init="xavier", epochs=1)
    assert found["epoch"] == 1
    for part, values in (("start", [W for W, *_ in start]), ("W", [W for W, *_ in net]), ("b", [b for _, b, _ in net]),
                         ("signals", [sizes]), ("out", [out])):
        close(found[part], values)
    assert np.isclose(found["loss"], loss, rtol=1e-9)


@runs_javascript
@pytest.mark.parametrize("init", nets.SCHEMES)
def test_a_start_is_that_of_nets(init):
    found = train(0, layers=[10, 10], init=init, seed=3)
    start, *_ = in_kernel(layers=[10, 10], activation="sigmoid", init=init, epochs=0)
    close(found["start"], [W for W, *_ in start])
    law, std = nets.SCHEMES[init]
    page = javascript.run(ESM, "return [SCHEMES[init][0], SCHEMES[init][1](7, 3)]", init=init)
    assert page == [law, pytest.approx(std(7, 3), rel=1e-12)]


@runs_javascript
def test_many_epochs_with_all_features_stay_those_of_nets():
    found = train(25 * 20, layers=[8, 8], activation="tanh", features=list(FEATURES), seed=5)
    _, net, loss, *_ = in_kernel(layers=[8, 8], activation="tanh", init="playground", epochs=20, seed=5,
                                 features=FEATURES)
    close(found["W"], [W for W, *_ in net], rtol=1e-7)
    assert np.isclose(found["loss"], loss, rtol=1e-7)


@runs_javascript
@pytest.mark.parametrize("penalty, strength", [("L1", 0.1), ("L2", 0.1)])
def test_a_penalty_shrinks_the_weights_by_its_rule(penalty, strength):
    plain = train(1, layers=[4], activation="tanh")
    found = train(1, layers=[4], activation="tanh", regularisation=penalty, strength=strength)
    for start, free, bound in zip(plain["start"], plain["W"], found["W"]):
        start, free = np.array(start), np.array(free)
        expected = free - 0.03 * strength * start if penalty == "L2" else (
            np.sign(free) * np.maximum(0, np.abs(free) - 0.03 * strength))
        assert np.allclose(bound, expected, rtol=0, atol=1e-12)
    assert plain["b"] == found["b"]


@runs_javascript
def test_a_unit_that_is_flat_on_every_point_is_dead():
    code = """const t = new Training({...settings, layers: [4, 4], activation: "relu"},
                                     {activation: ACTIVATIONS.relu, scheme: SCHEMES.he});
        t.net[1].b.fill(-1000); t.note();
        return t.signals().map(s => [[...s.dead], s.size])"""
    first, second, output = javascript.run(ESM, code, settings=DEFAULTS)
    assert second == [[1] * 4, 0] and first[1] == 0 and output[1] == 1


@runs_javascript
@pytest.mark.parametrize("layers, init, least, most", [
    (2, "playground", 6, 6), (6, "playground", 0, 0), (6, "xavier4", 4, 6)])
def test_the_race_tells_what_lesson_04_measures(layers, init, least, most):
    code = """const start = {activation: ACTIVATIONS.sigmoid, scheme: SCHEMES[init]};
        const nets = [0, 1, 2, 3, 4, 5].map(seed =>
            new Training({...settings, layers: Array(layers).fill(8), init, seed}, start));
        for (const t of nets) for (let k = 0; k < 500 && !t.solved; k++) while (!t.step());
        return nets.filter(t => t.solved).length"""
    assert least <= javascript.run(ESM, code, settings=DEFAULTS, layers=layers, init=init) <= most


# Functions of the learner's own

@runs_javascript
def test_a_relu_of_ones_own_trains_as_the_built_in_one_does():
    made = playground(lambda z: np.maximum(z, 0), prime=lambda z: z > 0)
    (name, table), = made.functions.items()
    assert name == "function, yours" and made.settings["activation"] == name
    table = {k: np.frombuffer(v).tolist() if isinstance(v, bytes) else v for k, v in table.items()}
    code = """const own = sampled(table), z = [-30, -3.21, -0.004, 0, 0.004, 1, 25];
        const t = [own, ACTIVATIONS.relu].map(activation => {
            const made = new Training({...settings, layers: [8, 8]}, {activation, scheme: SCHEMES.he});
            made.advance(1);
            return made.seen.loss; });
        return [z.map(own.f), z.map(own.slope), t]"""
    f, slope, (own, built_in) = javascript.run(ESM, code, table=table, settings=DEFAULTS)
    assert np.allclose(f, [0, 0, 0, 0, 0.004, 1, 25], atol=1e-12)
    assert np.allclose(slope[:3] + slope[5:], [0, 0, 0, 1, 1])
    assert np.isclose(own, built_in, rtol=0.02)


@runs_javascript
def test_a_slope_that_was_not_given_is_measured():
    table = room.sampled(np.tanh)
    table = {"low": table["low"], "high": table["high"], "values": np.frombuffer(table["values"]).tolist()}
    z = np.linspace(-3, 3, 50)
    code = "const {f, slope} = sampled(table); return z.map(v => [f(v), slope(v)])"
    found = javascript.run(ESM, code, table=table, z=z.tolist())
    assert np.allclose(np.array(found).T, [np.tanh(z), 1 - np.tanh(z) ** 2], atol=4e-3)


@pytest.mark.parametrize("wrong, what", [
    (lambda z: z[:5], "shape"), (lambda z: 1 / 0, "ZeroDivisionError"), (np.sqrt, "finite"),
    (lambda z: max(0, z), "raised ValueError")])
def test_a_function_that_does_not_fit_is_named_with_what_it_did(wrong, what):
    with pytest.raises(ValueError, match=what):
        playground(wrong)


def test_a_function_not_written_yet_says_so_as_everywhere():
    def relu(z):
        raise NotImplementedError
    with pytest.raises(NotImplementedError):
        playground(relu)


def test_a_start_of_ones_own_is_asked_for_every_layer():
    by_both = playground(init=lambda m, n: np.sqrt(2 / (m + n))).deviations
    by_one = playground(init=lambda m: np.sqrt(2 / m)).deviations
    assert by_both[7][2] == np.sqrt(2 / 11) and by_one[7][2] == np.sqrt(2 / 8)


# Settings

@pytest.mark.parametrize("wrong, what", [
    ({"dat": "xor"}, "no setting dat"), ({"data": "moons"}, "data='moons'"), ({"layers": 3}, "layers=3"),
    ({"layers": [11]}, "1 to 10 units"), ({"features": ["x3"]}, "features"), ({"rate": "fast"}, "rate='fast'"),
    ({"hide": ["everything"]}, "hide"), ({"activation": "swish"}, "activation='swish'")])
def test_a_setting_that_cannot_be_is_refused_in_words(wrong, what):
    with pytest.raises(ValueError, match=what):
        crease.playground(**wrong)


LINES = [
    {}, {"data": "spiral", "noise": 20, "layers": [8, 3], "activation": "2σ−1",
         "features": ["x1", "x1*x2", "sin(x2)"]},
    {"data": "hills", "regularisation": "L2", "strength": 0.01, "rate": 1e-05, "seed": 12, "batch": 1, "layers": [],
     "show_test": True, "two_colours": True},
    {"data": "drawn", "drawn": "1,-2.5,0 -1,2,1 0,0,1", "test": 0, "points": 3}]


@runs_javascript
@pytest.mark.parametrize("change", LINES, ids=str)
def test_the_line_of_text_is_a_call_that_gives_the_same_settings_here_and_there(change):
    settings = {**DEFAULTS, **change}
    line, back = javascript.run(ESM, """const line = lineOf(settings, defaults, "epoch 3: solved (at last)");
        return [line, settingsOf(line, defaults, ACTIVATIONS)]""", settings=settings, defaults=DEFAULTS)
    assert back == settings
    assert eval(line, {"crease": crease}).settings == settings


@runs_javascript
def test_the_line_names_a_function_of_ones_own_as_a_cell_would():
    code = """const own = {...ACTIVATIONS, "bend, yours": ACTIVATIONS.relu};
        const line = lineOf({...defaults, activation: "bend, yours"}, defaults);
        return [line, settingsOf(line, defaults, own).activation]"""
    line, back = javascript.run(ESM, code, defaults=DEFAULTS)
    assert "activation=bend" in line and back == "bend, yours"


@runs_javascript
@pytest.mark.parametrize("line, what", [
    ("crease.playground(layers=[20])", "at most 8 layers"), ("crease.playground(color=3)", "no setting color"),
    ("crease.playground(rate=fast)", "cannot be read"), ("hello", "cannot be read"),
    ("crease.playground(activation=\"swish\")", "activation is one of"),
    ("crease.playground(rate=-1)", "rate is a number")])
def test_a_line_that_cannot_be_taken_says_why(line, what):
    code = """try { settingsOf(line, defaults, ACTIVATIONS); return ""; } catch (error) { return error.message; }"""
    assert what in javascript.run(ESM, code, line=line, defaults=DEFAULTS)


@runs_javascript
def test_page_and_kernel_know_the_same_choices():
    found = javascript.run(ESM, "return {...CHOICES(ACTIVATIONS), features: Object.keys(FEATURES)}")
    assert found == {**room.CHOICES, "features": list(FEATURES)}


# The still

def test_the_still_shows_the_net_in_training_and_says_what_it_reached(monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "test")
    monkeypatch.setattr(room, "STILL", 30)
    shown = playground("tanh", layers=[4, 3])._repr_mimebundle_()
    assert shown["text/plain"].startswith("A net of 2 hidden layers of 4, 3 tanh units on the circle data, epoch 30: ")
    assert 'alt="A net of 2' in shown["text/html"] and shown["image/png"] and len(shown) == 3


@pytest.mark.parametrize("change", [{"data": "hills"}, {"data": "spiral", "test": 0}, LINES[3], {"layers": []},
                                    {"activation": lambda z: z * z}, {"init": lambda m: 1 / m}],
                         ids=["hills", "spiral", "drawn", "no layers", "own activation", "own init"])
def test_there_is_a_still_for_every_kind_of_setting(change):
    assert len(playground(**change).figure().alt) > 60


def test_what_is_sent_to_the_page_survives_a_save():
    state = playground(np.tanh, seed=3).get_state()
    assert json.dumps({k: v for k, v in state.items() if k not in ("functions", "_esm", "_css")})
    assert isinstance(state["functions"]["tanh, yours"]["values"], bytes)
