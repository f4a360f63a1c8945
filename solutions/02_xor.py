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
# # 2 · XOR
#
# *14 points, about 60 minutes.*
#
# Without an activation, any number of layers draws one straight line. The smallest task that no line can do has four
# points: XOR, "exclusive or", which is 1 when exactly one of its two inputs is 1. Two ReLU units can do it, and you will
# choose their weights by hand. Then comes the question that is asked less often: if a net *can* do something, will
# training find it?

# %%
import numpy as np

from crease import check, data, live, nets, plot, quiz
from crease.figures import xor as figures, xor_training as training
from crease.widgets import guess, sheet

X, y = data.XOR_POINTS, data.XOR_LABELS
for name, point, label in zip("ABCD", X, y):
    print(name, point, "class", int(label))

# %% [markdown]
# ## A bet
#
# A thousand nets with **two hidden ReLU units** are trained on these four points, each from its own random start. Two
# units are enough. How many of the thousand will learn XOR? Run the cell, and drag the marker to your number, or type
# it, before you go on.

# %%
bet = guess(0, 1000, "of 1000 nets")

# %% [markdown]
# ## Try to beat it: one line
#
# Turn and shift the line. Blue is the side that is called class 1, and a ring marks each point on the wrong side. Try to
# get all four right. Give it an honest minute.

# %%
live(figures.line, turn=(0, 345, 15), shift=(-1.5, 1.5, 0.1),
     stills=[{"turn": 0, "shift": 0.5}, {"turn": 45, "shift": 0.4}, {"turn": 225, "shift": -1.2}],
     caption="Wherever the line lies, at least one of the points A to D is on its wrong side.")

# %% [markdown]
# ## The machine that was going to walk and talk
#
# In July 1958 the psychologist Frank Rosenblatt showed reporters a computer that learned. It was fed punched cards, some
# marked on the left, some on the right. After about fifty of them it could tell which was which, and nobody had told it
# how. The next day's New York Times reported that the Navy expected such a machine to walk, talk, see and write one day.
#
# His *perceptron* is one unit. It has two weights w and a bias b, and so it draws a line: x is put into class 1 where
#
# $$x \cdot w + b > 0,$$
#
# and into class 0 everywhere else, also where the sum is exactly 0.
#
# ### Exercise: `line_accuracy`
#
# What share of the rows does such a unit get right? One or two lines.

# %% nbgrader={"grade": false, "grade_id": "line_accuracy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def line_accuracy(w, b, X, y):
    """Share of rows where `X @ w + b > 0` agrees with the class.

    w : array (d,), weights.  b : number, bias.  X : array (n, d), one example a row.  y : array (n,) of 0 and 1.
    Lists are taken too, and nothing that comes in is changed. A sum of exactly 0 counts as class 0.
    Returns a number from 0 to 1.

    >>> line_accuracy([1.0], -0.5, [[0.0], [1.0], [2.0], [3.0]], [0, 1, 1, 0])
    0.75
    """
    ### BEGIN SOLUTION
    guess = np.asarray(X) @ np.asarray(w) + b > 0
    return np.mean(guess == np.asarray(y))
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_line_accuracy_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Eight rows whose sums are -0.5, 4, 0, 0.25, -8, 4, -1 and -2, with two sets of classes. And the docstring's example.
rows = np.array([[3.0, -0.75], [0.0, 3.0], [-2.0, 2.0], [0.25, 1.0], [-2.0, -2.0], [2.0, 2.0], [-1.0, 1.0], [-2.0, 1.0]])
check.call(line_accuracy, np.array([1.0, 2.0]), -2.0, rows, np.array([1, 0, 1, 1, 1, 0, 1, 1]), expected=1 / 8)
check.call(line_accuracy, np.array([1.0, 2.0]), -2.0, rows, np.array([0, 0, 0, 0, 0, 0, 1, 1]), expected=3 / 8)
check.call(line_accuracy, [1.0], -0.5, [[0.0], [1.0], [2.0], [3.0]], [0, 1, 1, 0], expected=0.75)
check.passed("line_accuracy: eight rows by hand, twice, and four as lists.")

# %% nbgrader={"grade": true, "grade_id": "test_line_accuracy_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: many rows, one input and five, integers, sums of exactly 0, inputs left unchanged.
### BEGIN HIDDEN TESTS
def _share(w, b, X, y):
    return np.mean((X @ w + b > 0) == y)


_rng = np.random.default_rng(2)
for _n, _d, _b, _whole in ((40, 2, 0.7, False), (75, 1, 0.7, False), (60, 5, 0.7, False), (90, 2, 1, True), (50, 3, 0.5, True)):
    _draw = (lambda *size: _rng.integers(-2, 3, size)) if _whole else (lambda *size: _rng.normal(size=size))
    check.call(line_accuracy, _draw(_d), _b, _draw(_n, _d), (_rng.random(_n) < 0.35) * 1,
               expected=_share)
### END HIDDEN TESTS

# %% [markdown]
# Before you watch it learn: you tried a few lines by hand. Your function can try thousands, every direction in steps of
# 5 degrees and 61 shifts of each.

# %%
turns, shifts = np.radians(np.arange(0, 360, 5)), np.linspace(-1.5, 1.5, 61)
scores = [line_accuracy(np.array([np.cos(t), np.sin(t)]), -s, X, y) for t in turns for s in shifts]
print(f"{len(scores)} lines tried, the best is right on {max(scores):.0%} of the points")

# %% [markdown]
# And how does a perceptron learn? It looks at one point after the other, A, B, C, D and round again. Is its answer right?
# Then nothing happens. Did it say 0 where 1 is right? Then the point is added to the weights, and 1 to the bias. Did it
# say 1 where 0 is right? Then both are subtracted. That is the whole rule.
#
# Drag `step` through OR first, then through AND. The ring shows the point just looked at. Then choose XOR, and watch the
# path on the right.

# %%
live(training.perceptron, task=["OR", "AND", "XOR"], step=(0, 30),
     stills=[{"task": "OR", "step": 30}, {"task": "AND", "step": 30}, {"task": "XOR", "step": 30}], still_width=560,
     caption="On OR and AND the corrections come to an end. On XOR the path of the weights closes into a loop.")

# %%
def learn(labels, steps=1000):
    w, b, corrections = np.zeros(2), 0.0, 0
    for step in range(steps):
        x, target = X[step % 4], labels[step % 4]
        miss = target - (x @ w + b > 0)  # 0, or +1, or -1
        w, b = w + miss * x, b + miss
        corrections += miss != 0
    return corrections, line_accuracy(w, b, X, labels)


for name, labels in {"OR": [0, 1, 1, 1], "AND": [0, 0, 0, 1], "XOR": y}.items():
    corrections, right = learn(labels)
    print(f"{name:4} {corrections:4} corrections in 1000 steps, then {right:.0%} right")

# %% [markdown]
# Where a line exists, the rule finds one after a limited number of corrections, always: the *perceptron convergence
# theorem*. On XOR it goes round and round. Try to break that: change `labels`, or the order of the points.
#
# No patience helps, and no finer grid of lines. Write s(x₁, x₂) for the sum x₁w₁ + x₂w₂ + b. Over the two points of
# class 1, x₁ is 1 once and x₂ is 1 once; the same holds over the two points of class 0. So their sums have the same
# total:
#
# $$s(0,1) + s(1,0) = w_1 + w_2 + 2b = s(0,0) + s(1,1).$$
#
# Class 1 wants the left side to be positive, class 0 wants the right side to be 0 or less. Both cannot hold. Minsky and
# Papert made this point in 1969, and interest in such machines fell for years.
#
# One more thing about lines. Suppose the unit should not choose a side, but give *numbers*, as close to 0, 1, 1, 0 as it can.
# `lstsq`, short for *least squares*, finds the weights with the smallest squared error.

# %%
w1, w2, b = np.linalg.lstsq(np.column_stack([X, np.ones(4)]), y, rcond=None)[0].round(9) + 0.0
print(f"best weights {w1:g} and {w2:g}, best bias {b:g}")
print(f"half the mean squared error: {0.5 * np.mean((X @ [w1, w2] + b - y) ** 2):g}")

# %% [markdown]
# It gives up: both weights are 0, and it says one half whatever the input. Keep that error in mind, one eighth. You
# will meet it again.
#
# ## Press the sheet
#
# Now put two ReLU units in front of the line. With ReLU(z) the larger of 0 and z (it *rectifies* z: it cuts off what is
# below 0),
#
# $$h = \mathrm{ReLU}(xW + c), \qquad \text{output} = h \cdot w + b.$$
#
# The first layer moves every point x to a point h. Picture the plane as a sheet of ruled paper. Where a unit is on, the
# paper is stretched and turned. Where it is off, the unit gives 0, and that whole side is **pressed flat** onto an axis.
# Between the two runs the **crease**. The bias sets the unit's *threshold*, the place where it switches on. The second
# layer draws a line again, but on the pressed sheet, in *h-space*.
#
# Below, the height of the sheet is the net's output, and the output layer always fits itself as well as it can. The
# letters A to D name the points. Drag a crease by its number, turn it by the small knobs; the arrow points to the side
# where the unit is on, and a double click turns it over. Get B and C above the black line, A and D below. Then press
# `x ⇄ h` and watch where each point goes: in h-space the sheet lies on one flat board, and one straight line separates the
# classes. There are several ways. Found one? Find another, with both creases running in the same direction.

# %%
sheet()

# %% [markdown]
# The study notes among our sources write such a net as y = ReLU(B ReLU(Ax)). There x is a column, so A is our W with
# rows and columns exchanged; B holds our w. The biases are left out. The outer ReLU changes nothing where the outputs
# are 0 and 1, so we do without it.
#
# ### Exercise: `xor_weights`
#
# Write down the numbers of such a net, with outputs of exactly 0, 1, 1, 0. Any solution counts.
#
# Start from a sheet that you pressed by hand (the numbers stand under it), work out h for each of the four points, then
# look for w and b. Exact outputs ask for a little more than a separating line; it is easy once the two points of one class
# lie on the same spot. Would you rather think than drag? Let both units add x₁ and x₂, and let the second switch on later
# than the first.

# %% nbgrader={"grade": false, "grade_id": "xor_weights", "locked": false, "schema_version": 3, "solution": true, "task": false}
def xor_weights():
    """Weights of a net with two hidden ReLU units that computes XOR.

    Returns (W, c, w, b): arrays W (2, 2), c (2,), w (2,) and a number b, such that ReLU(x @ W + c) @ w + b is
    0, 1, 1, 0 for x = (0, 0), (0, 1), (1, 0), (1, 1), to within 1e-9. W[i, j] leads from input i to hidden unit j.
    """
    ### BEGIN SOLUTION
    W = np.array([[1.0, 1.0], [1.0, 1.0]])
    c = np.array([0.0, -1.0])
    w = np.array([1.0, -2.0])
    return W, c, w, 0.0
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_xor_weights_basics", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# The shapes of W, c, w and b; and the four outputs, to within 0.01.
check.call(xor_weights, expected=(np.zeros((2, 2)), np.zeros(2), np.zeros(2), 0.0), atol=1e300)
check.call(xor_weights, expected=[0.0, 1.0, 1.0, 0.0], atol=0.01,
           through=lambda net: np.maximum(data.XOR_POINTS @ net[0] + net[1], 0) @ net[2] + net[3])
check.passed("xor_weights: outputs 0, 1, 1, 0.")

# %% nbgrader={"grade": true, "grade_id": "test_xor_weights_hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: the outputs to within 1e-9, and that a second call gives such a net as well.
### BEGIN HIDDEN TESTS
for _ in range(2):
    check.call(xor_weights, expected=(np.zeros((2, 2)), np.zeros(2), np.zeros(2), 0.0), atol=1e300)
    _ = check.call(xor_weights, expected=[0.0, 1.0, 1.0, 0.0], rtol=0, atol=1e-9,
                   through=lambda net: np.maximum(data.XOR_POINTS @ net[0] + net[1], 0) @ net[2] + net[3])
### END HIDDEN TESTS

# %% [markdown]
# This is your net, drawn. What lies in h-space is all that its second layer gets to see.

# %%
W, c, w, b = xor_weights()
h = np.maximum(X @ W + c, 0)
plot.show(figures.spaces(*W[:, 0], c[0], *W[:, 1], c[1], high=1.3 * h.max()),
          caption="In x-space no line separates the classes; in h-space, made by your own two units, one line does.")
right = line_accuracy(w, b - 0.5, h, y)  # outputs of 0 and 1: the line is drawn where the output is one half
print(f"best line in x-space: {max(scores):.0%} right; your line in h-space: {right:.0%} right")

# %% [markdown]
# Is your sheet a thin wire? Then both your units add the inputs in the same proportion. They know only one number about
# x, the sum, and all points with the same sum have become one. The wire is bent, and a line can cut it twice.
#
# ## A feature made by hand
#
# There is another way to make XOR easy: add a *feature*, a new column computed from the inputs, and stay with a line.
# The product x₁·x₂ is 1 at one point only. With it, four points in the plane become four points in space.
#
# ### Exercise: `product_features` and `product_readout`
#
# One line for the features. For the read-out, choose three weights and a bias by hand; any that work will count.

# %% nbgrader={"grade": false, "grade_id": "product_features", "locked": false, "schema_version": 3, "solution": true, "task": false}
def product_features(X):
    """The two inputs and their product.

    X : array or list (n, 2), left unchanged. Returns an array (n, 3) with the columns x1, x2, x1·x2.

    >>> product_features([[2.0, 3.0]])
    array([[2., 3., 6.]])
    """
    ### BEGIN SOLUTION
    X = np.asarray(X)
    return np.column_stack([X, X[:, 0] * X[:, 1]])
    ### END SOLUTION


def product_readout():
    """A plane that separates the XOR points once they have the product as a third feature.

    Returns (w, b): an array w (3,) and a number b, such that `features @ w + b > 0` holds for (0, 1) and (1, 0)
    and does not hold for (0, 0) and (1, 1).
    """
    ### BEGIN SOLUTION
    return np.array([1.0, 1.0, -2.0]), -0.5
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_product_features_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Two rows by hand, and the docstring's example; then which of (0, 0), (0, 1), (1, 0), (1, 1) the plane calls 1.
check.call(product_features, np.array([[2.0, 3.0], [-1.0, 4.0]]), expected=[[2.0, 3.0, 6.0], [-1.0, 4.0, -4.0]])
check.call(product_features, [[2.0, 3.0]], expected=[[2.0, 3.0, 6.0]])
check.call(product_readout, expected=(np.zeros(3), 0.0), atol=1e300)
check.call(product_readout, expected=np.array([False, True, True, False]),
           through=lambda plane: np.array([[0.0, 0, 0], [0, 1, 0], [1, 0, 0], [1, 1, 1]]) @ plane[0] + plane[1] > 0)
check.passed("product_features: three rows by hand, and a plane that separates the four points.")

# %% nbgrader={"grade": true, "grade_id": "test_product_features_hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: lists, integers, one row, many rows, inputs left unchanged, and the two functions together.
### BEGIN HIDDEN TESTS
def _features(X):
    X = np.asarray(X, float)
    return np.column_stack([X, X[:, 0] * X[:, 1]])


_rng = np.random.default_rng(3)
for _X in (_rng.normal(size=(9, 2)), _rng.normal(size=(1, 2)), _rng.integers(-5, 6, (4, 2)), _rng.normal(size=(2, 2)),
           [[1, 2], [3, 4], [0, 7]], [[0.5, -2.0]], data.XOR_POINTS):
    check.call(product_features, _X, expected=_features)
_w, _b = check.call(product_readout, expected=(np.zeros(3), 0.0),
                    same=lambda got, like: check.compare(got, like, atol=1e300) is None)
_said = product_features(data.XOR_POINTS) @ _w + _b > 0
check.that((_said == (data.XOR_LABELS == 1)).all(), "Features and read-out together do not give XOR.",
           "The sum must be positive for (0, 1) and (1, 0), and 0 or less for the other two.")
### END HIDDEN TESTS

# %%
w, b = product_readout()
right = line_accuracy(w, b, product_features(X), y)
print(f"best line on x: {max(scores):.0%} right; your plane on x and the product: {right:.0%} right")

# %% [markdown]
# Somebody had to think of the product. *Kernel methods*, such as the support vector machine, do that wholesale: they
# fix a very long list of features beforehand, even an endless one. They never write it down: a formula, the *kernel*,
# tells how alike two examples are on that list, and that is all they need. This is the *kernel trick*.
#
# A net goes the other way. Its list is short, here two numbers, and it is **learned**: the features have weights of
# their own. For the features of x one writes φ(x). A kernel method fixes φ; a net has φ(x; θ), where θ stands for the
# weights.
#
# ## Do they learn it?
#
# Your net shows that two ReLU units *can* compute XOR. Now let nets look for themselves. Each starts from random weights
# and biases of 0. Training then changes them all a little, again and again, in the direction in which the *loss*, half
# the mean squared error, falls most steeply. The *learning rate* `lr` sets how far each step goes. (The half makes the
# slope simpler. Lesson 5 shows how the direction is found.)
#
# A net has learned XOR if its loss ends below 0.005. Training can also go astray and end in NaN, "not a number"; that is
# a failure too.
#
# ### Exercise: `success_rate` and `smallest_width`
#
# One line for the first, two to four for the second.

# %% nbgrader={"grade": false, "grade_id": "success_rate", "locked": false, "schema_version": 3, "solution": true, "task": false}
def success_rate(final_losses, tol):
    """Share of nets whose final loss is below `tol`.

    final_losses : array or list (n,), n at least 1; may hold NaN, which counts as a failure.  tol : number.
    A loss equal to `tol` is a failure. Returns a number from 0 to 1, and leaves final_losses unchanged.

    >>> success_rate([0.001, 0.125, 0.002, np.nan], 0.005)
    0.5
    """
    ### BEGIN SOLUTION
    return np.mean(np.asarray(final_losses) < tol)
    ### END SOLUTION


def smallest_width(widths, rates, target):
    """The smallest width whose success rate is at least `target`.

    widths : list of ints, in any order.  rates : list of numbers, rates[i] belongs to widths[i].
    Returns one of the widths, or None if no rate reaches the target. Both lists stay unchanged.

    >>> smallest_width([8, 2, 4], [0.9, 0.2, 0.7], 0.7)
    4
    """
    ### BEGIN SOLUTION
    return min((width for width, rate in zip(widths, rates) if rate >= target), default=None)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_success_rate_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Losses with a NaN, an infinite one, and some equal to tol; widths in any order, and a target that none reaches.
check.call(success_rate, np.array([0.005, np.inf, np.nan, 0.001, 0.001, 0.001, 0.005, 0.001, 0.001]), 0.005, expected=5 / 9)
check.call(success_rate, [0.001, 0.125, 0.002, np.nan], 0.005, expected=0.5)
check.call(smallest_width, [2, 64, 128, 8, 32, 16, 48], [0.2, 0.75, 0.72, 0.7, 0.9, 0.8, 0.74], 0.7, expected=8)
check.call(smallest_width, [16, 4, 8], [0.8, 0.9, 0.7], 0.5, expected=4)
check.call(smallest_width, [8, 2, 4], [0.9, 0.2, 0.7], 0.7, expected=4)
check.call(smallest_width, [2, 4], [0.2, 0.7], 0.95, expected=None)
check.passed("success_rate with a NaN, smallest_width in any order, and without an answer.")

# %% nbgrader={"grade": true, "grade_id": "test_success_rate_hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: a loss equal to tol, infinite losses, nothing but NaN, lists; a rate equal to the target,
# rates that fall with the width, equal rates, one width only, inputs left unchanged.
### BEGIN HIDDEN TESTS
_rng = np.random.default_rng(4)
_noisy = np.where(_rng.random(200) < 0.2, np.nan, _rng.exponential(0.01, 200))
for _losses, _tol in ((_noisy, 0.005), (_noisy, 0.02), ([0.25, 0.5, 0.125], 0.25), ([np.nan, np.nan], 1.0),
                      ([np.inf, 0.1, np.nan, 0.3, 0.2], 0.25), ([0.0], 0.1), ([3, 1, 0], 2)):
    check.call(success_rate, _losses, _tol,
               expected=lambda losses, tol: sum(1 for v in losses if v < tol) / len(losses))


def _smallest(widths, rates, target):
    return min((w for w, r in zip(widths, rates) if r >= target), default=None)


for _widths, _rates, _target in (([3, 2, 8, 4], [0.5, 0.25, 1.0, 0.75], 0.5), ([16, 8, 4], [1.0, 0.5, 0.9], 0.6),
                                 ([2, 3, 4], [0.9, 0.95, 0.6], 0.8), ([5], [0.2], 0.2), ([5], [0.2], 0.3),
                                 ([4, 2], [0.0, 0.0], 0.5), ([4, 8], [0.9, 0.9], 0.7), ([9, 7, 3], [0.8, 0.9, 0.1], 0.7),
                                 ([3, 2000, 4096], [0.695, 0.9, 1.0], 0.7)):
    check.call(smallest_width, _widths, _rates, _target, expected=_smallest)
### END HIDDEN TESTS

# %% [markdown]
# ## The experiment
#
# Four activations: the ReLU; the *leaky* ReLU, which passes 1 % of a negative input instead of nothing; and two smooth
# S-shaped curves, tanh and sigmoid, which lesson 3 is about. Four widths, a thousand nets for the narrowest and fewer for
# the wider ones, which are slower. A *seed* is the number from which a random generator starts: the same seeds, the same
# thousand nets, for you as for us. Each takes 3000 steps.

# %%
schemes = {"relu": "he", "leaky": "he", "tanh": "xavier", "sigmoid": "xavier"}  # sizes of the start: see lesson 4


def start(activation, width, count):
    return nets.init([2, width, 1], activation, scheme=schemes[activation], seeds=range(count))


def train(layers, loss="mse", lr=0.2):  # mse: half the mean squared error
    return nets.train(layers, X, y, count=3000, loss=loss, lr=lr, seeds=range(len(layers[0][0])))

# %%
widths, counts, tol = [2, 3, 4, 8], [1000, 500, 250, 150], 0.005
rates = {name: [] for name in schemes}
for name, width, count in nets.progress([(a, *wc) for a in schemes for wc in zip(widths, counts)], "training"):
    trained = train(start(name, width, count))
    rates[name].append(success_rate(trained.losses[:, -1], tol))
    if (name, width) == ("relu", 2):
        run = trained  # for a closer look below
for name, shares in rates.items():
    print(f"{name:8}", *(f"width {w}: {r:4.0%}  " for w, r in zip(widths, shares)))
print(f"Two ReLU units: {rates['relu'][0]:.0%} of 1000 nets. Your bet: {bet}")

# %%
plot.show(training.success(widths, rates, counts),
          caption="Wider nets learn XOR more often. The bars are 95 % intervals: the share among all possible starts "
                  "very probably lies inside. Where two bars overlap, do not call a winner.")
for name, shares in rates.items():
    print(f"{name:8} at least 90 % learn it from width", smallest_width(widths, shares, 0.9))

# %% [markdown]
# Here is the surprise. The ReLU, which helped to make deep nets practical, comes *last* on the very task that so often
# introduces nets, with the leaky ReLU only a little ahead. Of a thousand nets that could do it, nearly eight hundred
# do not. (One loss and one rate prove little; the end of this lesson tries another.)
#
# ## Why they fail
#
# Watch a thousand two-unit ReLU nets learn.

# %%
final = run.losses[:, -1]
plot.show(training.plateaus(run.losses), caption="A thousand losses fall, and come to rest at four values, with nothing between.")
bet.land(1000 * success_rate(final, tol), final < tol)

# %% [markdown]
# Each failure is a flat place, a *plateau*, where no small step helps. What has happened to such a net? Here are four of
# the thousand, one for each ending. The numbers are their answers; 0, 1, 1, 0 would be right, for A to D.

# %%
plot.show(training.portraits(run.layers, run.losses),
          caption="A net that learned XOR, and three stuck ones. Hatched: the first unit is off. Dotted: the second.")

# %% [markdown]
# At 1/8 a net says one half to all four points, here because both its units are off: it ends where the line ended. At
# 1/12 it has found one point, and gives the other three their average. At 1/16 it has found two, and says one half to the
# rest. (Check one by hand: errors of ½ at two points of four, squared, averaged, halved: 1/16.) As a classifier, a net at
# 1/12 is right on three of four points, just as a line is.
#
# How do so many get there? Look at the start, before any training. A unit is *off* at a point where its weighted sum is
# 0 or less.

# %%
begin = start("relu", 2, 1000)
sums = nets.trace(begin, X)[0][0]  # (1000 nets, 4 points, 2 units)
off = (sums <= 0).all(axis=1).any(axis=1)  # nets with a unit that is off at all four points
print(f"{off.mean():.0%} of the nets start with a unit that is off everywhere")
print(f"of these {success_rate(final[off], tol):.0%} learn XOR, of the others {success_rate(final[~off], tol):.0%}")
print(f"largest sum of those units at A = (0, 0): {sums[:, 0].max():g}, smallest: {sums[:, 0].min():g}")

# %% [markdown]
# Not one of them learns. But look at the last line. At A, all inputs are 0, so a unit's sum is just its bias, and biases
# start at 0. **Every crease runs exactly through A.** The smallest push would bring A to the other side. Why does nothing
# push?
#
# Because training follows the slope, and a ReLU has none at its crease. A program must return something, and by
# convention it returns 0. So A sends no signal, B, C and D lie on the flat side, and the unit never moves.
#
# Is all this the fault of one convention at one point? Try to break it. Let the program return ½ or 1 there. Then leave
# the convention alone, and start the biases a little off 0.

# %%
live(training.threshold, start_bias=[-0.1, 0.0, 0.01, 0.1, 0.5], slope_at_0=[0.0, 0.5, 1.0],
     stills=[{}, {"slope_at_0": 0.5}, {"start_bias": 0.01}, {"start_bias": 0.5}], still_width=560,
     caption="With biases of 0 all creases meet in A. Move the biases, and the star comes apart.")

# %%
print("start  slope  learn XOR            of those that fail, this share ends with")
print("bias   at 0   (95 % interval)      a unit off at all points   both units on at all points")
for bias, slope in ((0.0, 0.0), (0.0, 0.5), (0.01, 0.0), (0.1, 0.0), (0.5, 0.0)):
    _, ends, after = training.ended(bias, slope)
    low, high = plot.wilson((ends < tol).sum(), 1000)
    on = nets.trace(after, X)[0][0][ends >= tol] > 0  # (nets that fail, 4 points, 2 units)
    dead, flat = (~on).all(axis=1).any(axis=1), on.all(axis=(1, 2))
    print(f"{bias:4}   {slope:4}   {success_rate(ends, tol):4.0%} ({low:.0%} to {high:.0%})"
          f"{dead.mean():20.0%}{flat.mean():27.0%}")
ends = training.ended(0.0, 0.5)[1]
print(f"slope ½ at 0: of the nets with a unit off at the start {success_rate(ends[off], tol):.0%} learn")

# %% [markdown]
# The convention counts: with ½, one in ten of the lost nets learns, and ReLU draws level with the leaky ReLU. A start well
# off the crease counts more. And still half of the nets fail. Some have a unit that was switched off on the way, at all
# points, and one working unit can do no more than a line. Lesson 6 is about such *dead* units. Now look at the last column.
# Start far from the crease, and others err the opposite way: both units are on at all four points, no crease runs between
# them, and the net *is* a line. You saw in lesson 1 what that is worth. A wider net has units to spare.
#
# ## What the sources say, and what you measured
#
# > *"Neural networks learn the XOR function in the original x space."* (the study notes)
#
# As a function of x, a trained net does compute XOR. The *line*, though, is not in x-space: XOR is not linearly separable
# there. It is in h-space, as your own net showed.
#
# > *"Adding a nonlinearity at the end is not effective."* (the study notes)
#
# Right for every function that never falls, such as sigmoid or ReLU: a threshold on it is a threshold on the line's sum.
# Lesson 1 ended by asking which function could do more. Here is one, as an exception: the GELU of lesson 3 first falls
# and then rises. Put it at the end of a single unit, with weights and a threshold chosen by hand.

# %%
gelu = nets.ACTIVATIONS["gelu"][0]
out = gelu(2.25 * X[:, 0] + 2.25 * X[:, 1] - 3)
print(out.round(3), "below -0.1:", (out < -0.1).astype(int))

# %% [markdown]
# No hidden layer, and XOR solved. XOR does not ask for depth as such, but for a function that does not only rise or only
# fall.
#
# > *"Universal approximation theorem shows any function can be represented using MLPs."* (the study notes)
#
# An *MLP*, a multilayer perceptron, is a net like yours. The theorem says a little less. On a closed and bounded region,
# a net with one hidden layer comes as near as you wish to any **continuous** function, given enough units and an
# activation that is not a polynomial. Near, not equal; and it says neither how many units, nor that training finds them.
# You have just seen the difference: all of your thousand nets could represent XOR.
#
# ## Quiz
#
# Click your answers. Then run the cell under the questions: it writes your choices down.

# %% jupyter={"source_hidden": true} tags=["quiz"]
quiz.ask("""
1. What does XOR show?
- That a net needs feedback, from its output back to its inputs | The net that you wrote runs one way only, from the inputs to the output.
- That a line needs more training examples before it can do XOR | There are only four points, all of them known. More data changes nothing.
- That a task like this calls for many layers, one after the other | One hidden layer of two units is enough.
+ That some tasks need features that are not linear in the inputs | No line solves it in x-space; in h-space a line does.
2. In y = ReLU(B ReLU(Ax)), what does the second layer do?
+ It mixes the features of the first layer, and rectifies the result | ReLU(Ax) are the features, B mixes them, and ReLU cuts off what is negative.
- It repeats the first layer, with BA as its weights | The ReLU between them keeps A and B from being multiplied out.
- It turns the features of the first layer into probabilities | ReLU is not bounded by 1, and its outputs need not add up to 1.
- It undoes the first layer, so that the inputs come back | A ReLU cannot be undone: all negative sums have become 0.
3. Two hidden units compute ReLU(x1 + x2) and ReLU(x1 + x2 - 1). What do their biases decide?
- How steeply each unit rises once it has switched on | That is set by the weights.
- Which of the two units counts more in the output | That is set by the weights of the last layer.
+ At which sum of the inputs each unit switches on | The bias moves the crease. These two lie side by side, at sums of 0 and 1.
- Nothing: the weights alone could do the same | Without the second bias both units are the same, and any mix of them is one unit.
4. In that net, what happens to B = (0, 1) and C = (1, 0)?
- They stay in place, and the boundary bends around them | In h-space the boundary is straight. It only looks bent from x-space.
+ They land on one point, where one line can deal with both | Three points are left, and those a line can separate.
- They end as far apart as the sheet allows | Points of the same class need not be apart.
- They are stored, like entries of a table | No point is stored: the hidden layer gives an h to every x.
5. Which property must a map to features have, so that a line can finish the work?
- It has more dimensions than the input | Your h has two, like x.
- It can be undone, so that no information is lost on the way | Your h cannot: it sends different points to the same place.
- It keeps the distances between the points | It must change them: in x-space the classes are not separable.
+ It makes the classes linearly separable | Nothing else is needed. A linear map would leave a line in x-space.
6. How are the features φ(x; θ) of a net chosen?
+ Training picks θ, from all that a net of this shape can do | The net's shape is a family of features, and θ picks one of it.
- Somebody thinks of them before training, as with the product | That is the older way: your product, or a kernel.
- The random start draws them, and only the last layer is trained | The random start is only the beginning; training moves every weight.
- Training tries one list of features after another, and keeps the best | There are infinitely many. Training follows the slope of the loss.
""")

# %% nbgrader={"grade": false, "grade_id": "quiz", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
answers = quiz.keep({1: 'd', 2: 'a', 3: 'c', 4: 'b', 5: 'd', 6: 'a'})
#: answers = quiz.keep()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_quiz", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# An answer to each of the six questions. When graded, each right answer counts the same.
quiz.verify(answers, 6)
### BEGIN HIDDEN TESTS
quiz.verify(answers, 6, key="dacbda", points=2)
### END HIDDEN TESTS

# %% [markdown]
# ## Your score
#
# Save the notebook (Ctrl+S), then run the cell. It grades the saved file, with the tests that you have not seen.

# %% tags=["nbval-ignore-output"]
from grader import your_score

your_score("02_xor")

# %% [markdown]
# ## If you have another five minutes
#
# The lesson is done. Here are three more questions to your thousand nets, in any order.
#
# ### Is it the loss?
#
# Ask again, with another loss and another rate. (*Cross-entropy*, `bce`, is a loss that lesson 7 derives.)

# %%
for name in schemes:
    right = nets.accuracy(train(start(name, 2, 500), loss="bce", lr=0.5).layers, X, y) == 1  # all four points
    low, high = plot.wilson(right.sum(), 500)
    print(f"{name:8} two units, cross-entropy: {right.mean():.0%} of 500 nets have all four points right "
          f"(95 % interval {low:.0%} to {high:.0%})")

# %% [markdown]
# Sigmoid and tanh have changed places, so which of the two is better depends on such choices. ReLU and leaky ReLU stay
# behind both, and the ReLU stays last.
#
# ### Is it patience?
#
# The study notes say:
#
# > *"Often, increasing the number of iterations is better than having a stronger model."*

# %%
for name, width in (("relu", 2), ("relu", 8), ("sigmoid", 2)):
    losses = (run if (name, width) == ("relu", 2) else train(start(name, width, 500))).losses[:, [1500, 3000]]
    half, full = (success_rate(step, tol) for step in losses.T)
    print(f"{name:8} {width} units: {half:.0%} after 1500 steps, {full:.0%} after 3000")

# %% [markdown]
# For the sigmoid the notes are right: those nets were only slow. Stuck ReLU nets stay stuck. There the stronger model
# wins, by far. More steps help a net that is slow; a net that is stuck needs another start, or more units.
#
# ### What have they learned?
#
# Take the ReLU nets that did learn, and use each one's own last layer as a line in its own h-space.

# %%
good = final < tol
h = nets.trace(run.layers, X)[0][1][good]
W_out, b_out = run.layers[1][0][good, :, 0], run.layers[1][1][good, 0, 0]
in_h = [line_accuracy(w, b - 0.5, points, y) for w, b, points in zip(W_out, b_out, h)]
print(f"worst line in h-space: {min(in_h):.0%} right; best line in x-space: {max(scores):.0%}")
ones = np.isclose(h[:, 1], h[:, 2], atol=0.01).all(axis=1)
zeros = np.isclose(h[:, 0], h[:, 3], atol=0.01).all(axis=1)
print(f"B and C land on one spot in {ones.mean():.0%} of these nets, A and D in {zeros.mean():.0%}")

# %%
W, c = (part[good][0] for part in begin[0][:2])
V, d = (part[good][0] for part in run.layers[0][:2])
for word, M, v in (("Before", W, c[0]), ("After", V, d[0])):
    plot.show(figures.spaces(*M[:, 0], v[0], *M[:, 1], v[1], high=2.0),
              caption=f"{word} training: the first of the nets that learned XOR.")

# %% [markdown]
# What is learned is where to crease. The textbook solution puts B on C. Nets that search for themselves do that too, but
# more of them press A onto D. The rest keep four spots, in places that one line can separate.

# %% [markdown]
# ## Go further
#
# - Two inputs make 16 tables of 0 and 1. Feed them all to `learn`: for how many does the perceptron come to rest?
# - Start biases of 0.5 lift ReLU to about one half. How far can you get, with the start alone and two units?
# - With three inputs, "an odd number of ones" is called parity. How many ReLU units do you need by hand? Can you do it
#   with units that all add up their inputs?
#
# Goodfellow, Bengio and Courville, *Deep Learning*, 2016, sections 6.1 and 6.4. Rosenblatt, *The perceptron*, 1958. Minsky
# and Papert, *Perceptrons*, 1969. Cybenko, *Approximation by superpositions of a sigmoidal function*, 1989. Leshno, Lin,
# Pinkus and Schocken, *Multilayer feedforward networks with a nonpolynomial activation function can approximate any
# function*, 1993.
