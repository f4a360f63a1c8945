# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 1 · Linear collapse
#
# *14 points, about 35 minutes.*
#
# A sheet of paper stays flat however often you stretch it and turn it. Only a crease makes it anything else.
# A layer without an activation stretches and turns. What, then, do ten of them do?

# %%
import numpy as np

from crease import check, data, live, nets, plot, quiz
from crease.figures import collapse as figures

# %% [markdown]
# ## A bet
#
# Half of 250 points fill a disc, the other half a ring around it. A net with **ten hidden layers and no activations**
# is trained to tell them apart: its weights are changed step by step, so that the outputs fit better and better.
# (*Hidden* are the layers before the last one.) Which share of the points, in percent, will it get right: 50, 60, 75,
# 100? Put your number in place of `None` before you go on.

# %%
bet = None

# %% [markdown]
# ## Look first
#
# Drag the depth from 1 to 10 hidden layers. Then switch from `linear` to `relu` and drag it again.
# The *boundary* is where the net's answer changes from one colour to the other. The first picture at each setting
# takes a moment, because a net is trained for it.

# %%
live(figures.boundary, depth=(1, 10), activation=["linear", "relu"],
     stills=[{"depth": d, "activation": a} for a in ("linear", "relu") for d in (1, 10)],
     caption="The boundary of a linear net stays one straight line at every depth; with ReLU it bends.")

# %% [markdown]
# Ten layers, hundreds of weights, and still one straight line. No line encloses a disc. The rest of this lesson
# is about *why*, and the next slider about what a ReLU adds: each unit puts **one kink** into a line.

# %%
live(figures.kinks, units=(0, 8), steepness=(0.0, 1.5, 0.1), stills=[{"units": u} for u in (0, 1, 3, 8)],
     caption="Every hidden ReLU unit adds one kink. Between two kinks the net is still a straight line.")

# %% [markdown]
# ## One layer
#
# A unit does two things, one after the other. It first forms a **weighted sum** of its inputs plus a bias, called
# the *pre-activation*. Then it sends that sum through an **activation**. A layer does this for all its units at
# once. With one example a row and one unit a column of weights, all the weighted sums are
#
# $$Z = XW + b.$$
#
# A map of this form is called *affine*. In this lesson "linear layer" means this: no activation after it.
#
# ### Exercise: `affine`
#
# Write the weighted sums of a whole layer. One line is enough.

# %% nbgrader={"grade": false, "grade_id": "affine", "locked": false, "schema_version": 3, "solution": true, "task": false}
def affine(X, W, b):
    """Weighted sums of one layer.

    X : array (n, d_in), one example a row.  W : array (d_in, d_out).  b : array (d_out,).
    Lists are taken too. Returns an array (n, d_out).

    >>> affine([[1.0, 2.0]], [[1.0], [1.0]], [0.5])
    array([[3.5]])
    """
    ### BEGIN SOLUTION
    return np.asarray(X) @ np.asarray(W) + np.asarray(b)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_affine_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# One row that you can follow by hand, and lists instead of arrays.
check.call(affine, np.array([[1.0, 2.0]]), np.array([[1.0, 0.0, 1.0], [0.0, 3.0, 1.0]]), np.array([10.0, 20.0, 30.0]),
           expected=[[11.0, 26.0, 33.0]],
           mistakes=[([[1.0, 6.0, 3.0]], "That is X @ W alone: the bias b is missing."),
                     ([[-9.0, -14.0, -27.0]], "The bias is added, not subtracted.")],
           hint="Each column of W holds one unit's weights: multiply X by W as matrices, then add b to every row.")
check.call(affine, [[1.0, 2.0]], [[1.0], [1.0]], [0.5], expected=[[3.5]],
           hint="Lists come in too: turn them into arrays with np.asarray first.")
check.passed("affine: a row by hand, and lists.")

# %% nbgrader={"grade": true, "grade_id": "test_affine_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: many rows, integers, square W (where a transposed W goes unnoticed), inputs left unchanged.
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(1)
for n, d, m in ((7, 4, 3), (5, 3, 3), (1, 1, 6)):
    check.call(affine, rng.normal(size=(n, d)), rng.normal(size=(d, m)), rng.normal(size=m),
               expected=lambda X, W, b: X @ W + b,
               mistakes=[(lambda X, W, b: X @ W, "The bias b is missing for some inputs."),
                         (lambda X, W, b: X @ W.T + b, "W is (d_in, d_out) here: use it as it is, not transposed."),
                         (lambda X, W, b: X * W + b, "`*` multiplies entry by entry; a layer needs the matrix product `@`."),
                         (lambda X, W, b: X @ W - b, "The bias is added, not subtracted."),
                         (lambda X, W, b: np.maximum(X @ W + b, 0), "No activation here: only the weighted sums."),
                         (lambda X, W, b: X[:1] @ W + b, "Only the first row came back: X may have many.")],
               hint="Right for one row, but not for every shape: X is (n, d_in), the answer (n, d_out).")
_ = check.call(affine, [[1, 2], [3, 4]], [[1, 0], [1, 2]], [1, -1], expected=[[4, 3], [8, 7]],
               hint="Integers come in too, and need no special care.")
### END HIDDEN TESTS

# %% [markdown]
# ## A stack
#
# A deep net feeds each layer's result to the next. Without activations that is all there is to it.
#
# ### Exercise: `run_stack`
#
# Send X through a list of layers, first to last. Three lines, and your `affine` does the work.

# %% nbgrader={"grade": false, "grade_id": "run_stack", "locked": false, "schema_version": 3, "solution": true, "task": false}
def run_stack(X, layers):
    """Outputs of a stack of linear layers.

    X : array (n, d_0).  layers : list of (W, b) with W (d_{i-1}, d_i) and b (d_i,), first layer first.
    Returns an array (n, d_last).

    >>> run_stack([[1.0]], [([[2.0]], [1.0]), ([[10.0]], [0.0])])
    array([[30.]])
    """
    ### BEGIN SOLUTION
    for W, b in layers:
        X = affine(X, W, b)
    return X
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_run_stack_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Two layers of one unit, by hand: (1 · 2 + 1) · 10 + 5.
check.call(run_stack, [[1.0]], [([[2.0]], [1.0]), ([[10.0]], [5.0])], expected=[[35.0]],
           mistakes=[([[3.0]], "Only the first layer was applied: return after the loop, not inside it."),
                     ([[15.0]], "Each layer takes what the layer before it returned, not X again."),
                     ([[31.0]], "The layers run from the first in the list to the last."),
                     ([[20.0]], "The biases are missing.")],
           hint="Let X be what the layer returns, layer after layer.")
check.passed("run_stack: two layers by hand.")

# %% nbgrader={"grade": true, "grade_id": "test_run_stack_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: layers of different widths, one layer, ten layers, inputs left unchanged.
### BEGIN HIDDEN TESTS
def _stack(widths, seed):
    rng = np.random.default_rng(seed)
    return [(rng.normal(size=(m, n)) / np.sqrt(m), rng.normal(size=n)) for m, n in zip(widths, widths[1:])]


def _run(X, layers):
    for W, b in layers:
        X = X @ W + b
    return X


for seed, widths in enumerate(([3, 4, 2], [4, 4, 4], [2, 5], [6] * 11)):
    X = np.random.default_rng(seed).normal(size=(5, widths[0]))
    check.call(run_stack, X, _stack(widths, seed), expected=_run,
               mistakes=[(lambda X, layers: _run(X, layers[:1]), "Only the first layer was applied."),
                         (lambda X, layers: _run(X, layers[:2]), "Only the first two layers were applied: loop over all."),
                         (lambda X, layers: _run(X, layers[:-1]), "The last layer is missing."),
                         (lambda X, layers: _run(X, layers[::-1]), "The layers run from the first in the list to the last."),
                         (lambda X, layers: _run(X, [(W, 0 * b) for W, b in layers]), "The biases are missing."),
                         (lambda X, layers: X @ layers[-1][0] + layers[-1][1],
                          "Each layer takes what the layer before it returned, not X again.")],
               hint="The stack is right by hand, but not for every list of layers: go through all, in order.")
### END HIDDEN TESTS

# %% [markdown]
# ## Why the stack collapses
#
# Take three inputs, three hidden units and one output: twelve weights, w1 to w12. Every path from an input to the
# output multiplies two weights, and paths from the same input add up. So each input reaches the output with **one**
# number. The net on the right has those three numbers and gives the same outputs for every x.

# %%
plot.show(figures.merged(), caption="Twelve weights or three: no input can tell the two nets apart.")

# %% [markdown]
# With matrices it is one line. Two layers compute $(XW_1 + b_1)W_2 + b_2$; multiply out, and
#
# $$(XW_1 + b_1)\,W_2 + b_2 = X\,(W_1W_2) + (b_1W_2 + b_2).$$
#
# The right side is one layer again. The first bias goes through the second layer's weights. Do this again with a
# third layer, and a fourth: any number of linear layers is one linear layer.
#
# ### Exercise: `collapse`
#
# Merge a stack into one pair. Five lines. Start from the first pair, and take in one layer after the other.

# %% nbgrader={"grade": false, "grade_id": "collapse", "locked": false, "schema_version": 3, "solution": true, "task": false}
def collapse(layers):
    """The one linear layer that equals a stack of them.

    layers : list of 1 to 50 pairs (W, b), first layer first; W (d_{i-1}, d_i), b (d_i,), arrays or lists.
    Returns (W, b) with W (d_0, d_last) and b (d_last,), so that X @ W + b is the stack's output for every X.

    >>> collapse([([[2.0]], [1.0]), ([[10.0]], [5.0])])
    (array([[20.]]), array([15.]))
    """
    ### BEGIN SOLUTION
    W, b = (np.asarray(part, float) for part in layers[0])
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next, b @ W_next + b_next
    return W, b
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_collapse_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Two layers of one unit by hand: 10 (2x + 1) + 5 = 20x + 15. And a single layer, which stays as it is.
check.call(collapse, [([[2.0]], [1.0]), ([[10.0]], [5.0])], expected=([[20.0]], [15.0]),
           mistakes=[(([[20.0]], [6.0]), "The biases were added as they are. The first one passes through the second layer's weights."),
                     (([[20.0]], [5.0]), "Only the last bias is there. What happens to the first one on its way?"),
                     (([[20.0]], [0.0]), "The biases are missing."),
                     (([[20.0]], [10.0]), "The second bias is missing.")],
           hint="Multiply out (XW₁ + b₁)W₂ + b₂ and collect what stands with X, and what does not.")
check.call(collapse, [([[1.0, 2.0]], [3.0, 4.0])], expected=([[1.0, 2.0]], [3.0, 4.0]),
           hint="A stack of one layer is that layer.")
check.passed("collapse: two layers by hand, and one.")

# %% nbgrader={"grade": true, "grade_id": "test_collapse_hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: 1 to 50 layers of different widths, a bottleneck of one unit, inputs left unchanged.
### BEGIN HIDDEN TESTS
def _stack(widths, seed):
    rng = np.random.default_rng(seed)
    return [(rng.normal(size=(m, n)) / np.sqrt(m), rng.normal(size=n)) for m, n in zip(widths, widths[1:])]


def _merge(layers):
    W, b = layers[0]
    for V, c in layers[1:]:
        W, b = W @ V, b @ V + c
    return W, b


for seed, widths in enumerate(([3, 2, 4], [4, 4, 4], [3, 1, 3], [5, 2], [2, 6, 3, 5, 2], [4] * 51)):
    check.call(collapse, _stack(widths, seed), expected=_merge, atol=1e-10,
               mistakes=[(lambda layers: (_merge(layers)[0], sum(b for _, b in layers)),
                          "The biases were added as they are. Each one passes through all later layers' weights."),
                         (lambda layers: (_merge(layers)[0], layers[-1][1]), "Only the last bias is there."),
                         (lambda layers: (_merge(layers)[0], 0 * layers[-1][1]), "The biases are missing."),
                         (lambda layers: _merge(layers[::-1]), "The order is turned round: with one example a row, the first layer stands leftmost."),
                         (lambda layers: _merge(layers[:2]), "Only the first two layers were merged: loop over all of them."),
                         (lambda layers: (_merge(layers)[0], layers[0][1] @ _merge(layers[1:] or [(np.eye(len(layers[0][1])), 0)])[0]),
                          "Only the first bias is carried through; every layer adds its own.")],
               hint="Merge the first two layers into one pair, then that pair with the third, and so on to the last.")
### END HIDDEN TESTS

# %% [markdown]
# Try it on a stack of your own before you trust it. The two rows should agree in every digit shown.

# %%
stack = [(W, b) for W, b, _ in nets.init([4, 8, 8, 3], None, scheme="xavier", bias=0.1, seeds=0)]
x = np.array([[1.0, -2.0, 0.5, 3.0]])
print(run_stack(x, stack))
print(affine(x, *collapse(stack)))

# %% [markdown]
# ## Collapse what can be collapsed
#
# Two linear layers merge only when they are **neighbours**. An activation between them is a crease, and keeps them
# apart. A net that mixes both can still be shortened: merge every run of layers that no activation separates.
#
# In the list `[(W1, b1, None), (W2, b2, relu), (W3, b3, None), (W4, b4, None)]` the activation belongs *after* its
# layer. So W1 and W2 merge and keep `relu`; W3 and W4 merge and keep `None`.
#
# ### Exercise: `collapse_runs`
#
# Six to eight lines. Your `collapse` can merge a run once you have found it.

# %% nbgrader={"grade": false, "grade_id": "collapse_runs", "locked": false, "schema_version": 3, "solution": true, "task": false}
def collapse_runs(layers):
    """The shortest net that equals `layers`.

    layers : list of (W, b, activation); activation is a callable applied after the layer, or None for none.
    Returns such a list, in which no layer but the last has the activation None, and the activations are the
    very objects that came in. Raises ValueError on an empty list.

    >>> one = ([[2.0]], [1.0])
    >>> collapse_runs([(*one, None), (*one, np.tanh)])
    [(array([[4.]]), array([3.]), <ufunc 'tanh'>)]
    """
    ### BEGIN SOLUTION
    if not layers:
        raise ValueError("a net needs at least one layer")
    shortest, run = [], []
    for i, (W, b, activation) in enumerate(layers):
        run.append((W, b))
        if activation is not None or i == len(layers) - 1:
            shortest.append((*collapse(run), activation))
            run = []
    return shortest
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_collapse_runs_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Four layers with one activation in the middle become two; an empty list raises ValueError.
double, triple = ([[2.0]], [1.0]), ([[3.0]], [0.0])
check.call(collapse_runs, [(*double, None), (*triple, np.tanh), (*double, None), (*triple, None)],
           expected=[([[6.0]], [3.0], np.tanh), ([[6.0]], [3.0], None)],
           mistakes=[([([[36.0]], [21.0], None)], "Everything was merged: the activation in the middle is lost."),
                     ([([[2.0]], [1.0], None), ([[18.0]], [3.0], np.tanh)], "A layer's activation comes after it, not before."),
                     ([([[6.0]], [3.0], np.tanh)], "The layers after the last activation are missing.")],
           hint="Collect layers until one has an activation (or is the last); merge what you collected; start again.")
check.raises(ValueError, collapse_runs, [], hint="An empty list makes no net: raise ValueError.")
check.passed("collapse_runs: a run before an activation, a run after it, and the empty list.")

# %% nbgrader={"grade": true, "grade_id": "test_collapse_runs_hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: activations at the end, everywhere and nowhere; the same objects; inputs left unchanged.
### BEGIN HIDDEN TESTS
def _merge(run):
    W, b = run[0][:2]
    for V, c, _ in run[1:]:
        W, b = W @ V, b @ V + c
    return W, b, run[-1][2]


def _runs(layers):
    done, run = [], []
    for i, layer in enumerate(layers):
        run.append(layer)
        if layer[2] is not None or i == len(layers) - 1:
            done.append(_merge(run))
            run = []
    return done


def _net(activations, seed):
    rng = np.random.default_rng(seed)
    widths = rng.integers(1, 5, len(activations) + 1)
    return [(rng.normal(size=(m, n)), rng.normal(size=n), f) for m, n, f in zip(widths, widths[1:], activations)]


def _relu(z):
    return np.maximum(z, 0)


def _identity(z):
    return z


for seed, plan in enumerate(([None, None, _relu, None], [_relu, _relu], [None] * 5, [None, np.tanh, None, None, _relu],
                             [_relu], [None], [_relu, None, None, np.tanh, _identity, None, None])):
    check.call(collapse_runs, _net(plan, seed), expected=_runs,
               mistakes=[(lambda layers: [_merge(layers)], "Everything was merged, activations and all."),
                         (lambda layers: _runs(layers)[:-1], "The layers after the last activation are missing."),
                         (lambda layers: layers, "Nothing was merged: neighbours that None joins become one layer."),
                         (lambda layers: [(W, b, None) for W, b, _ in _runs(layers)], "The activations are lost."),
                         (lambda layers: [(W, 0 * b, f) for W, b, f in _runs(layers)], "The biases are missing.")],
               hint="A run ends at a layer whose activation is not None, or at the end of the list.")
check.raises(ValueError, collapse_runs, [], hint="An empty list makes no net: raise ValueError.")
### END HIDDEN TESTS

# %% [markdown]
# ## What depth costs
#
# The stack does nothing that one layer cannot do. It does charge for it. A dense layer from m to n units needs
# m · n multiplications for one example, each followed by an addition.
#
# ### Exercise: `multiply_adds`
#
# Count the multiplications of a whole net for one example. One line.

# %% nbgrader={"grade": false, "grade_id": "multiply_adds", "locked": false, "schema_version": 3, "solution": true, "task": false}
def multiply_adds(widths):
    """Multiplications that a dense net needs for one example (biases add, but do not multiply).

    widths : list of at least two layer widths, the inputs first and the outputs last. Returns an int.

    >>> multiply_adds([3, 3, 1])
    12
    """
    ### BEGIN SOLUTION
    return sum(m * n for m, n in zip(widths, widths[1:]))
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_multiply_adds_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# The 3-3-1 net from above has twelve weights, and each is used once.
check.call(multiply_adds, [3, 3, 1], expected=12,
           mistakes=[(9, "That is m · n of all widths at once, or only the first layer: add up one product a layer."),
                     (16, "Biases are added, not multiplied: leave them out."), (7, "That is the number of units."),
                     (6, "Each pair of neighbours gives a product, not a sum.")],
           hint="Each pair of neighbouring widths m, n gives m · n; add them up.")
check.passed("multiply_adds: the 3-3-1 net.")

# %% nbgrader={"grade": true, "grade_id": "test_multiply_adds_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: two widths, many widths, a bottleneck, and that the answer is an int.
### BEGIN HIDDEN TESTS
for widths in ([2, 8, 8, 1], [4, 5], [100] * 11, [7, 1, 7], [784, 64, 10]):
    count = check.call(multiply_adds, widths, expected=lambda w: sum(m * n for m, n in zip(w, w[1:])),
                       mistakes=[(lambda w: w[0] * w[1], "Only the first layer was counted."),
                                 (lambda w: sum(m * n for m, n in zip(w, w[1:])) + sum(w[1:]), "Biases are added, not multiplied: leave them out."),
                                 (lambda w: sum(m * n for m, n in zip(w[1:], w[2:])), "The first layer is missing."),
                                 (lambda w: sum(m * n for m, n in zip(w, w[1:-1])), "The last layer is missing."),
                                 (lambda w: w[0] * w[-1], "That is the price of the collapsed net, not of the stack."),
                                 (lambda w: int(np.prod(w)), "Add the products of neighbours; do not multiply all widths."),
                                 (lambda w: 2 * sum(m * n for m, n in zip(w, w[1:])), "A multiplication and its addition count as one here.")],
                       hint="Each pair of neighbouring widths m, n gives m · n; add them up.")
    check.that(isinstance(count, (int, np.integer)), "The answer is not an int.", "Return an int: no division, no float.")
### END HIDDEN TESTS

# %% [markdown]
# ## The experiment
#
# First the price. Ten linear layers of 100 units, against the one layer they collapse to.

# %%
widths = [100] * 11
print("multiplications per example, stack:    ", multiply_adds(widths))
print("multiplications per example, collapsed:", multiply_adds([widths[0], widths[-1]]))

# %% tags=["nbval-ignore-output"]
import timeit

layers = [(W, b) for W, b, _ in nets.init(widths, None, scheme="xavier", bias=0.1, seeds=0)]
X = np.random.default_rng(0).normal(size=(1000, 100))
pair = collapse(layers)
slow = min(timeit.repeat(lambda: run_stack(X, layers), number=3, repeat=5)) / 3
fast = min(timeit.repeat(lambda: affine(X, *pair), number=3, repeat=5)) / 3
print(f"1000 predictions: stack {1e3 * slow:.2f} ms, collapsed {1e3 * fast:.2f} ms: {slow / fast:.0f} times as long")

# %% [markdown]
# Then the proof by measurement. Twenty random stacks at each depth: how far is the collapsed layer from the stack,
# relative to the size of the outputs? Rounding is all that may be left.

# %%
def collapse_error(depth, seed):
    layers = [(W, b) for W, b, _ in nets.init([20] * (depth + 1), None, scheme="xavier", bias=0.1, seeds=seed)]
    X = np.random.default_rng(seed).normal(size=(50, 20))
    out = run_stack(X, layers)
    return np.abs(affine(X, *collapse(layers)) - out).max() / np.abs(out).max()


for depth in (2, 10, 50):
    errors = [collapse_error(depth, seed) for seed in range(20)]
    print(f"depth {depth:2d}: every one of 20 below 1e-12: {max(errors) < 1e-12}")

# %% [markdown]
# And the bet. Twenty nets of ten hidden linear layers and twenty with ReLUs, each from its own random start, on the
# disc and the ring. (The points are divided by 3, to numbers of a handy size; `scheme` says how widely the first
# weights are drawn. Lesson 4 is about why that matters.)

# %%
X, y = data.circle()
for activation, scheme in (("linear", "xavier"), ("relu", "he")):
    start = nets.init([2, *[8] * 10, 1], activation, scheme=scheme, seeds=range(20))
    run = nets.train(start, X / 3, y, count=60, lr=0.1, batch=25, seeds=range(20), label=activation)
    right = nets.accuracy(run.layers, X / 3, y)
    print(f"{activation:6}: median {np.median(right):.0%} right, from {right.min():.0%} to {right.max():.0%}")
print(f"Your bet: {bet if bet is not None else 'none yet'}")

# %% [markdown]
# No linear net comes near 100 %, whatever its start. The line cannot enclose the disc; the best it can do is to cut
# off a piece of the ring. Some nets have not even half of the points right: training lowers a cost, which lesson 7
# chooses, and where nothing fits, a low cost and many right points need not go together.
#
# ## What the sources say, and what you measured
#
# > *"More linear layers are only costlier. Apart from that, the deep linear net and the single layer are the same."*
#
# The outputs that a deep linear net **can** produce are those of one layer, and you measured the price. Two things
# are not the same. A narrow layer in the middle, a *bottleneck*, limits the *rank* of the product, the number of
# directions in which the output can move, so the deep net can do **less**. And training changes the factors, not the
# product, so it can take another path, or stall. The next cell counts the directions, and then how far a stack
# stretches a typical one of them (its *singular value*).

# %%
W, _ = collapse([(V, b) for V, b, _ in nets.init([8, 2, 8], None, scheme="xavier", seeds=0)])
print("rank of an 8-2-8 stack:", np.linalg.matrix_rank(W), "- a single 8-8 layer can have 8")
rng = np.random.default_rng(0)
for depth in (1, 10, 100):
    W, _ = collapse([(rng.normal(0, 0.1, (100, 100)), np.zeros(100)) for _ in range(depth)])
    print(f"product of {depth:3d} random layers: median singular value {np.median(np.linalg.svd(W)[1]):.2g}")

# %% [markdown]
# A random layer of this size keeps the squared length of a vector on average, and yet a hundred random layers in a row
# flatten almost every direction: the outputs change along a few of them only, and training has nothing to hold on to
# in the rest. Saxe, McClelland and Ganguli (2013) show that a start from *orthogonal* matrices, which only turn and
# mirror, avoids this.
#
# A second claim: *"an activation is the only way to avoid the collapse."* Anything that is not linear between the
# layers will do: a maximum over neighbours, one signal multiplied by another, attention. The activation is the
# simplest.
#
# ## Three words
#
# A function f is **linear** if f(ax + by) = a f(x) + b f(y) for all numbers a, b and inputs x, y; with a bias it is
# affine, and its graph is as flat. Where a weighted sum plus a bias is 0 there is a line in two dimensions, a plane in
# three, and in any number of them a **hyperplane**. A linear layer with a *sigmoid* at its end, an S-shaped function
# that rises from 0 to 1, is called **logistic regression**. Lesson 3 draws the sigmoid.
#
# ## Quiz
#
# Click your answers. Then run the cell under the questions: it writes your choices down.

# %% jupyter={"source_hidden": true} tags=["quiz"]
quiz.ask("""
1. What can a classifier made of linear layers separate, however many layers it has?
- Any shape, if there are enough layers | Each layer maps planes to planes, and so does the whole stack.
+ Only what a single hyperplane separates | The whole stack is one linear layer, and its boundary is one hyperplane.
- As many hyperplanes as there are layers | The hyperplanes are not added up: the layers merge into one matrix, with one boundary.
- The same as a net with ReLUs, but more slowly | Speed is not the matter: no amount of training bends the boundary.
2. Some write an example x as a column, so that its matrices stand on the left. How do you turn such a stack, y = BAx, into a nonlinear two-layer net?
- Put another matrix between A and B | CBA is again one matrix.
- Multiply the result by a large number | Scaling is linear too.
+ Put a ReLU between the two maps: y = B ReLU(Ax) | Now A and B cannot be multiplied out any more.
- Add a bias after each matrix | Biases make the map affine. It still collapses, as you have shown.
3. What makes a function nonlinear?
- Its graph is curved | ReLU is made of two straight pieces, and yet it is not linear.
- Its values can be negative | Those of a linear function can be, too.
- It has more than one input | A weighted sum of many inputs is linear.
+ f(ax + by) is not always a f(x) + b f(y) | That is the definition, and ReLU breaks it: ReLU(1) + ReLU(-1) is 1, ReLU(0) is 0.
4. All activations are taken out of a ten-layer net, and one sigmoid is put at its very end. What is left?
+ Logistic regression: one linear layer and a sigmoid | The ten layers merge into one, and a rising function at the end does not change the boundary's shape.
- A net that bends a little, because there is one nonlinearity | The sigmoid squeezes the output. Where it crosses one half is still a hyperplane.
- A ten-layer net that trains more slowly | It computes nothing that one layer and a sigmoid could not.
- Nothing: a net without hidden activations gives no output | It gives an output, that of one linear layer.
5. What does a weight of a unit stand for?
- A constant that is fixed when the net is built | Weights are what training changes.
- The unit's output | The output is the activation of the weighted sum.
+ How strongly one input enters the unit's sum, learned from data | And with no activation between, weights along a path simply multiply.
- The probability that the unit is active | Weights may be negative or larger than one.
""")

# %% nbgrader={"grade": false, "grade_id": "quiz", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
answers = quiz.keep({1: 'b', 2: 'c', 3: 'd', 4: 'a', 5: 'c'})
#: answers = quiz.keep()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_quiz", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# An answer to each of the five questions. Whether it is the right one is tested when graded.
quiz.verify(answers, 5)
### BEGIN HIDDEN TESTS
quiz.verify(answers, 5, key="bcdac")
### END HIDDEN TESTS

# %% [markdown]
# ## Your score
#
# Save the notebook (Ctrl+S), then run the cell. It grades the saved file, with the tests that you have not seen.

# %% tags=["nbval-ignore-output"]
from grader import your_score

your_score("01_linear_collapse")

# %% [markdown]
# ## Go further
#
# - A *threshold* at the end turns a linear net into a classifier, and its boundary is a hyperplane. Which function
#   at the end could separate more with the same linear layers? (Think of one that rises **and** falls. Lesson 2 needs
#   the answer.)
# - Remove a single ReLU layer from a trained net of ten. Do you expect it to still work? What would you have to do?
#
# Saxe, McClelland and Ganguli, *Exact solutions to the nonlinear dynamics of learning in deep linear neural
# networks*, 2013. Goodfellow, Bengio and Courville, *Deep Learning*, 2016, section 6.1.
