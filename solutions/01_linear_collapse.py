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
# *14 points, about 50 minutes.*
#
# A sheet of paper stays flat however often you stretch it and turn it. Only a crease changes that. A layer without an
# activation can stretch and turn, and nothing else. The ReLU video among our sources puts the consequence bluntly:
# *"regardless of how big neural networks are by default they can only solve linear problems"*.
#
# Can that be? Ten layers, hundreds of weights, for nothing? Bet on it, then see.

# %%
import numpy as np

from crease import check, data, live, nets, plot, quiz
from crease.figures import collapse as figures
from crease.widgets import guess, sheet

# %% [markdown]
# ## A bet
#
# Half of 250 points fill a disc, the other half a ring around it. A net with **ten hidden layers and no activations**
# is trained to tell them apart: its weights are changed step by step, so that the outputs fit better and better. (Layers
# before the last are called *hidden*.) What share of the points, in percent, will it get right: 50, 60, 75, 100? Run
# the cell, and drag the marker to your number, or type it, before you go on.

# %%
bet = guess(0, 100, "% of the points")

# %% [markdown]
# ## Look first
#
# Drag the depth from 1 to 10 hidden layers. Then switch from `linear` to `relu` and drag it again. The *boundary* is
# where the net's answer changes from orange to blue, as in the ReLU video. (Each net is trained when you first ask for
# it; that takes a moment.)

# %%
live(figures.boundary, depth=(1, 10), activation=["linear", "relu"],
     stills=[{"depth": d, "activation": a} for a in ("linear", "relu") for d in (1, 10)],
     caption="The boundary of a linear net stays one straight line at every depth; with ReLU it bends.")

# %% [markdown]
# Ten layers, and still one straight line. No line encloses a disc. The rest of this lesson is about *why*. But first,
# what does a ReLU add? Take a net with one input. Drag `units` to 0: it is a straight line. Now add one unit after another,
# and watch the lower picture: each brings a piece of its own, which is 0 up to some point and then rises or falls. The sum
# gets **one kink** a unit.

# %%
live(figures.kinks, units=(0, 8), steepness=(0.0, 1.5, 0.1), stills=[{"units": u} for u in (0, 1, 3, 8)],
     caption="Above the net, below what each unit adds. Between two kinks the net is still a straight line.")

# %% [markdown]
# With two inputs the line becomes a sheet, and each unit gives it one **crease**. Here is a net of six ReLU units, trained
# on the disc and the ring; its output is the height of the paper, and where it crosses one half runs a black line. Drag
# the creases. Then slide `how far creased` down to `linear`: the same weights, and nothing left but a flat sheet.

# %% jupyter={"source_hidden": true}
sheet(**figures.six_units())

# %% [markdown]
# ## One layer
#
# A unit does two things, one after the other. It forms a **weighted sum** of its inputs plus a bias, called the
# *pre-activation*. Then it sends that sum through an **activation**. The course video among our sources draws them as
# two nodes.

# %%
plot.show(figures.unit(), caption="One unit, two nodes. A linear layer leaves out the second.")

# %% [markdown]
# A layer does this for all its units at once. Put one example in each row of X, and one unit's weights in each column of
# W. Then all the weighted sums are
#
# $$Z = XW + b.$$
#
# A map of this form is called *affine*. In this lesson "linear layer" means just that: no activation after it.
#
# ### Exercise: `affine`
#
# Write the weighted sums of a whole layer. One line is enough.

# %% nbgrader={"grade": false, "grade_id": "affine", "locked": false, "schema_version": 3, "solution": true, "task": false}
def affine(X, W, b):
    """Weighted sums of one layer.

    X : array (n, d_in), one example a row.  W : array (d_in, d_out).  b : array (d_out,).
    Lists are taken too, and stay as they are, like arrays. Returns an array (n, d_out).

    >>> affine([[1.0, 2.0]], [[1.0], [1.0]], [0.5])
    array([[3.5]])
    """
    ### BEGIN SOLUTION
    return np.asarray(X) @ np.asarray(W) + np.asarray(b)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_affine_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Two rows that you can follow by hand; and the example of the docstring, with lists in place of arrays.
check.call(affine, np.array([[1.0, 2.0], [-3.0, 1.0]]), np.array([[1.0, 0.0], [1.0, 3.0]]), np.array([1.0, 2.0]),
           expected=[[4.0, 8.0], [-1.0, 5.0]])
check.call(affine, [[1.0, 2.0]], [[1.0], [1.0]], [0.5], expected=[[3.5]])
check.passed("affine: two rows by hand, and lists.")

# %% nbgrader={"grade": true, "grade_id": "test_affine_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: many rows, integers, square W (where a transposed W goes unnoticed), inputs left unchanged.
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(1)
for n, d, m in ((7, 4, 3), (5, 3, 3), (1, 1, 6)):
    check.call(affine, rng.normal(size=(n, d)), rng.normal(size=(d, m)), rng.normal(size=m),
               expected=lambda X, W, b: X @ W + b)
_ = check.call(affine, [[1, 2], [3, 4]], [[1, 0], [1, 2]], [0.5, -1.0], expected=[[3.5, 3.0], [7.5, 7.0]])
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

    X : array (n, d_0).  layers : list of (W, b) with W (d_{i-1}, d_i) and b (d_i,), first layer first; arrays or
    lists. Nothing that comes in is changed. Returns an array (n, d_last).

    >>> run_stack([[1.0]], [([[2.0]], [1.0]), ([[10.0]], [0.0])])
    array([[30.]])
    """
    ### BEGIN SOLUTION
    for W, b in layers:
        X = affine(X, W, b)
    return X
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_run_stack_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Four layers of one unit, for two inputs: 2x + 1, then 10x + 5, 3x, and x - 4. And the example of the docstring.
four = [([[2.0]], [1.0]), ([[10.0]], [5.0]), ([[3.0]], [0.0]), ([[1.0]], [-4.0])]
check.call(run_stack, np.array([[1.0], [-2.0]]), four, expected=[[101.0], [-79.0]])
check.call(run_stack, [[1.0]], [([[2.0]], [1.0]), ([[10.0]], [0.0])], expected=[[30.0]])
check.passed("run_stack: four layers by hand, and two.")

# %% nbgrader={"grade": true, "grade_id": "test_run_stack_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: layers of different widths, one layer, thirty layers, inputs left unchanged.
### BEGIN HIDDEN TESTS
def _stack(widths, seed):
    rng = np.random.default_rng(seed)
    return [(rng.normal(size=(m, n)) / np.sqrt(m), rng.normal(size=n)) for m, n in zip(widths, widths[1:])]


def _run(X, layers):
    for W, b in layers:
        X = X @ W + b
    return X


for seed, widths in enumerate(([3, 4, 2], [4, 4, 4], [2, 5], [6] * 31)):
    X = np.random.default_rng(seed).normal(size=(5, widths[0]))
    check.call(run_stack, X, _stack(widths, seed), expected=_run)
### END HIDDEN TESTS

# %% [markdown]
# ## Why the stack collapses
#
# Here are three inputs, three hidden units and one output: twelve weights, w1 to w12, as in the course video. (The
# biases are left out of the picture.) Choose an input, and its paths light up. Each path multiplies the weights that lie
# on it, and the paths of one input add up. So in the end each input reaches y with **one** number, and y never learns how
# that number came about. Then add one more layer.

# %%
live(figures.paths, input=(1, 3), layers=(2, 3), stills=[{}, {"input": 2, "layers": 3}], still_width=560,
     caption="Twelve weights on the left, or twenty-one; three on the right. No input can tell the two nets apart.")

# %% [markdown]
# With matrices it is one line. Two layers compute $(XW_1 + b_1)W_2 + b_2$; multiply out, and
#
# $$(XW_1 + b_1)\,W_2 + b_2 = X\,(W_1W_2) + (b_1W_2 + b_2).$$
#
# The right side is one layer again. Look at the first bias: it goes through the second layer's weights. Do this again
# with a third layer, and a fourth. Any number of linear layers is one linear layer.
#
# ### Exercise: `collapse`
#
# Merge a stack into one pair. Five lines. Start from the first pair, and take in one layer after the other.

# %% nbgrader={"grade": false, "grade_id": "collapse", "locked": false, "schema_version": 3, "solution": true, "task": false}
def collapse(layers):
    """The one linear layer that equals a stack of them.

    layers : list of 1 to 50 pairs (W, b), first layer first; W (d_{i-1}, d_i), b (d_i,), arrays or lists.
    Returns arrays (W, b) with W (d_0, d_last) and b (d_last,), so that X @ W + b is the stack's output for every X.
    The layers that come in stay as they are.

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
# Two layers of two units, to multiply out by hand; three layers of one unit; and the example of the docstring.
two = [([[1.0, 2.0], [0.0, 1.0]], [1.0, 0.0]), ([[0.0, 1.0], [1.0, 1.0]], [5.0, 7.0])]
check.call(collapse, two, expected=([[2.0, 3.0], [1.0, 1.0]], [5.0, 8.0]))
check.call(collapse, [([[2.0]], [1.0]), ([[10.0]], [5.0]), ([[3.0]], [1.0])], expected=([[60.0]], [46.0]))
check.call(collapse, [([[2.0]], [1.0]), ([[10.0]], [5.0])], expected=([[20.0]], [15.0]))
check.passed("collapse: two layers by hand, three, and the docstring's.")

# %% nbgrader={"grade": true, "grade_id": "test_collapse_hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: 1 to 50 layers of different widths, a single one as lists, a bottleneck of one unit, inputs left unchanged.
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
    check.call(collapse, _stack(widths, seed), expected=_merge, atol=1e-10)
_ = check.call(collapse, [([[2.0, 1.0]], [1.0, 3.0])], expected=([[2.0, 1.0]], [1.0, 3.0]))
### END HIDDEN TESTS

# %% [markdown]
# Try to break it. Change the widths, the biases, the seed. (A *seed* is the number from which a random generator starts:
# the same seed, the same weights. `None` stands for "no activation"; `scheme` says how widely the weights are drawn, which
# lesson 4 is about.) The two rows should agree in every digit shown.

# %%
widths, bias, seed = [4, 8, 8, 3], 0.1, 0
stack = [(W, b) for W, b, _ in nets.init(widths, None, scheme="xavier", bias=bias, seeds=seed)]
x = np.random.default_rng(seed).normal(size=(1, widths[0]))
W, b = collapse(stack)
print(run_stack(x, stack))
print(affine(x, W, b))

# %% [markdown]
# ## Collapse what can be collapsed
#
# An activation between two linear layers keeps them apart, like a crease in the sheet. But, says the course video,
#
# > *"if elsewhere in your network, you have two or more layers with linear activation functions, those can all still be
# > collapsed down into just one network"*.
#
# Right, as long as they are **neighbours**. So a net that mixes both can be shortened: merge every run of layers that no
# activation separates. In the list `[(W1, b1, None), (W2, b2, relu), (W3, b3, None), (W4, b4, None)]` the activation
# comes *after* its layer. So W1 and W2 merge and keep `relu`; W3 and W4 merge and keep `None`.
#
# ### Exercise: `collapse_runs`
#
# Six to eight lines. Your `collapse` can merge a run once you have found it.

# %% nbgrader={"grade": false, "grade_id": "collapse_runs", "locked": false, "schema_version": 3, "solution": true, "task": false}
def collapse_runs(layers):
    """The shortest net that equals `layers`.

    layers : list of (W, b, activation); activation is a callable applied after the layer, or None for none.
    Returns such a list, each item again (W, b, activation), in which no layer but the last has the activation None,
    and the activations are the very objects that came in. Raises ValueError on an empty list. Changes no layer.

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
# Four layers with one activation in the middle become two; the example of the docstring; an empty list.
double, triple = ([[2.0]], [1.0]), ([[3.0]], [4.0])
check.call(collapse_runs, [(*double, None), (*triple, np.tanh), (*double, None), (*triple, None)],
           expected=[([[6.0]], [7.0], np.tanh), ([[6.0]], [7.0], None)])
check.call(collapse_runs, [(*double, None), (*double, np.tanh)], expected=[([[4.0]], [3.0], np.tanh)])
check.raises(ValueError, collapse_runs, [])
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
    check.call(collapse_runs, _net(plan, seed), expected=_runs)
check.raises(ValueError, collapse_runs, [])
### END HIDDEN TESTS

# %% [markdown]
# Here it is at work. Change `plan`, six layers at most, and try to find a net that your function shortens wrongly.

# %%
relu = nets.ACTIVATIONS["relu"][0]
plan = [None, relu, None, None, relu, None]
drawn = nets.init([4, 8, 8, 6, 8, 8, 3][:len(plan) + 1], None, scheme="xavier", bias=0.1, seeds=0)
net = [(W, b, f) for (W, b, _), f in zip(drawn, plan)]
short = collapse_runs(net)


def outputs(layers, x):
    for W, b, f in layers:
        x = affine(x, W, b) if f is None else f(affine(x, W, b))
    return x


x = np.random.default_rng(1).normal(size=(100, 4))
print("largest difference of their outputs below 1e-12:", np.abs(outputs(net, x) - outputs(short, x)).max() < 1e-12)

# %%
plot.show(figures.runs(net, collapse_runs(net)), caption="Above the net, below the shortest one with the same outputs. The creases stay.")

# %% [markdown]
# ## What depth costs
#
# The stack does nothing that one layer cannot do. But it costs more. A dense layer from m to n units needs m · n
# multiplications for one example, each followed by an addition.
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
# A net of widths 4, 5, 2, 3; and the 3-3-1 net from above, whose twelve weights are each used once.
check.call(multiply_adds, [4, 5, 2, 3], expected=36)
check.call(multiply_adds, [3, 3, 1], expected=12)
check.passed("multiply_adds: two small nets.")

# %% nbgrader={"grade": true, "grade_id": "test_multiply_adds_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: two widths, many widths, a bottleneck, and that the answer is an int.
### BEGIN HIDDEN TESTS
for widths in ([2, 8, 8, 1], [4, 5], [100] * 11, [7, 1, 7], [784, 64, 10]):
    count = check.call(multiply_adds, widths, expected=lambda w: sum(m * n for m, n in zip(w, w[1:])))
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
W, b = collapse(layers)
slow = min(timeit.repeat(lambda: run_stack(X, layers), number=3, repeat=5)) / 3
fast = min(timeit.repeat(lambda: affine(X, W, b), number=3, repeat=5)) / 3
print(f"1000 predictions: stack {1e3 * slow:.2f} ms, collapsed {1e3 * fast:.2f} ms: {slow / fast:.0f} times as long")

# %% [markdown]
# Ten times the multiplications; on your machine the time may be more or less than ten times. A clock counts what the
# multiplications leave out: each layer also adds its bias, asks for memory, and reads what the layer before it wrote. Nor
# does it know what else the machine is doing just then: run the cell twice.
#
# The algebra says that both give the same. Do they, in floats? Twenty random stacks at each depth: how far is the collapsed
# layer from the stack, relative to the size of the outputs? Rounding is all that may be left.

# %%
def collapse_error(depth, seed):
    layers = [(W, b) for W, b, _ in nets.init([20] * (depth + 1), None, scheme="xavier", bias=0.1, seeds=seed)]
    X = np.random.default_rng(seed).normal(size=(50, 20))
    out = run_stack(X, layers)
    W, b = collapse(layers)
    return np.abs(affine(X, W, b) - out).max() / np.abs(out).max()


for depth in (2, 10, 50):
    errors = [collapse_error(depth, seed) for seed in range(20)]
    print(f"depth {depth:2d}: every one of 20 below 1e-12: {max(errors) < 1e-12}")

# %% [markdown]
# And the bet. Twenty nets of ten hidden linear layers and twenty with ReLUs, each from its own random start, on the
# disc and the ring. (Each makes `count` passes over the points, 25 of them at a time, the `batch`; `lr`, the learning
# rate, sets the size of the steps. The points are divided by 3, to numbers of a handy size.)

# %%
X, y = data.circle()
shares = {}
for activation, scheme in (("linear", "xavier"), ("relu", "he")):
    start = nets.init([2, *[8] * 10, 1], activation, scheme=scheme, seeds=range(20))
    run = nets.train(start, X / 3, y, count=60, lr=0.1, batch=25, seeds=range(20), label=activation)
    right = shares[activation] = nets.accuracy(run.layers, X / 3, y)
    print(f"{activation:6}: median {np.median(right):.0%} right, from {right.min():.0%} to {right.max():.0%}")
bet.land(100 * np.median(shares["linear"]), 100 * shares["linear"])

# %% [markdown]
# No linear net comes near 100 %, whatever its start. The line cannot enclose the disc; the best it can do is to cut
# off a piece of the ring. Some nets have not even half of the points right: training lowers a cost, which lesson 7
# chooses, and where nothing fits, a low cost and many right points need not go together.
#
# ## What the sources say, and what you measured
#
# The course video says of a deep linear net and a single layer:
#
# > *"it would be the same result"* … *"a lot more costly computationally for training and predicting"*
#
# You measured both, and it is right. Two things it does not say. The first: a stack can do **less** than one layer. Put a
# narrow layer in the middle, a *bottleneck*. What comes out of an 8-2-8 stack has 8 numbers, but only 2 got through. In
# how many independent directions can the output move? (For a matrix this number is called its *rank*.)
#
# The second: training a stack is **not** the same. Its steps change the factors, not the product. The same task, the same
# rate, one layer against ten:

# %%
W, _ = collapse([(V, b) for V, b, _ in nets.init([8, 2, 8], None, scheme="xavier", seeds=0)])
print("independent directions of an 8-2-8 stack:", np.linalg.matrix_rank(W), "- a single 8-8 layer can have 8")
rng = np.random.default_rng(0)
X = rng.normal(size=(100, 8))
y = X @ rng.normal(size=8)  # a target that one linear layer can meet exactly
for lr in (0.01, 0.1):
    for depth in (1, 10):
        start = nets.init([8] * depth + [1], None, scheme="xavier", seeds=range(20))
        loss = nets.train(start, X, y, count=100, loss="mse", lr=lr, seeds=range(20)).losses[:, -1]
        ends = loss[np.isfinite(loss)]
        print(f"rate {lr:4}, {depth:2} layer{'s' * (depth > 1):1}: loss after 100 steps {np.median(ends):.1g} "
              f"({ends.min():.1g} to {ends.max():.1g}), {20 - len(ends)} of 20 blew up")

# %% [markdown]
# At the small rate the stack learns faster than the layer that could replace it. At the larger one the layer is fine, and
# the stack overshoots or blows up. The same functions, another path to them.
#
# > *"Adding in this non-linear transformation is the only way to stop the neural network from condensing back down into a
# > shallow network."* (the course video)
#
# Right, and note the word *transformation*: it need not be an activation. A maximum over neighbours will do, or one
# signal multiplied by another, as *attention* does in language models. The activation is the simplest.
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
- Any shape, if there are enough layers and enough data to train them | Each layer maps planes to planes, and so does the whole stack.
+ Only what a single hyperplane separates | The whole stack is one linear layer, and its boundary is one hyperplane.
- What as many hyperplanes separate as there are layers | The hyperplanes are not added up: the layers merge into one matrix, with one boundary.
- The same as a net with ReLUs, but more slowly | Speed is not the matter: no amount of training bends the boundary.
2. Many texts write an example x as a column, with the matrices on its left. How do you turn such a stack, y = BAx, into a nonlinear two-layer net?
- Put another matrix between the two, as in y = BCAx | BCA is again one matrix.
- Train A and B together, with a very small learning rate | Whatever values they take, BA is one matrix.
- Add a bias after each matrix, so that it is no longer linear | Biases make the map affine. It still collapses, as you have shown.
+ Put a ReLU between the two maps, as in y = B ReLU(Ax) | Now A and B cannot be multiplied out any more.
3. What makes a function nonlinear?
+ f(ax + by) differs from a f(x) + b f(y) somewhere | That is the definition, and ReLU breaks it: ReLU(1) + ReLU(-1) is 1, ReLU(0) is 0.
- Its graph is curved at every point | ReLU is made of two straight pieces, and yet it is not linear.
- It has more inputs than outputs | A weighted sum of many inputs is linear.
- Some of its values are negative, and others are not | The same holds for y = x, a straight line.
4. All activations are taken out of a ten-layer net, and one sigmoid is put at its very end. What is left?
- A net whose boundary bends a little, because there is one nonlinearity | The sigmoid squeezes the output. Where it crosses one half is still a hyperplane.
- A ten-layer net that can do the same as before, but trains more slowly | It computes nothing that one layer and a sigmoid could not.
+ Logistic regression: one linear layer and a sigmoid | The ten layers merge into one, and a rising function at the end does not change the boundary's shape.
- Nothing of use, since every hidden unit needs an activation | It gives an output, that of one linear layer and a sigmoid.
5. A net has one input, one hidden unit and one output; no bias, no activation. You double its first weight and halve its second. What changes?
- The output, since the first layer comes first and so counts more | Along a path weights multiply, and a product does not care for order.
+ Nothing that the output shows, whatever the input | The product along the path is the same: many stacks are one layer.
- The output, but only for inputs that are negative | Only a ReLU would treat negative inputs in another way.
- The output, unless you add a bias that makes up for it | There is nothing to make up for: the product of the two weights is the same.
""")

# %% nbgrader={"grade": false, "grade_id": "quiz", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
answers = quiz.keep({1: 'b', 2: 'd', 3: 'a', 4: 'c', 5: 'b'})
#: answers = quiz.keep()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_quiz", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# An answer to each of the five questions. When graded, each right answer counts the same.
quiz.verify(answers, 5)
### BEGIN HIDDEN TESTS
quiz.verify(answers, 5, key="bdacb", points=2)
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
#   at the end could separate more with the same linear layers? (Think of one that rises **and** falls. Lesson 2 shows
#   one.)
# - Take a single ReLU out of a trained net of ten. Do you expect it to still work? What would you have to do?
#
# Saxe, McClelland and Ganguli, *Exact solutions to the nonlinear dynamics of learning in deep linear neural
# networks*, 2013: why a stack trains along another path, and which starts help. Goodfellow, Bengio and Courville, *Deep
# Learning*, 2016, section 6.1.
