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
# # 4 · Vanishing gradients
#
# *14 points, about 60 minutes.*
#
# One crease does more than none, and many creases do more than one. So a deeper net should learn more. Does it?
# Somebody built one with six layers of sigmoids, and it learned nothing. The ReLU video tells what came next: *"instead
# of using six hidden layers I used just two and the network solved it"*. Repeat that experiment, find out what went
# wrong inside, and make the six layers learn after all.

# %%
import numpy as np

import crease
from crease import check, data, live, nets, plot, quiz, trials
from crease.figures import vanishing as figures
from crease.figures.vanishing_training import epochs_with_residuals
from crease.widgets import guess

# %% [markdown]
# ## A bet
#
# The task is the disc in the ring. Twenty nets with **two** hidden layers of eight sigmoids, each from its own random
# start, all learn it. Twenty nets with **six** such layers get just as long. How many of them learn it? Run the cell,
# and set the marker.

# %%
bet = guess(0, 20, "of 20 nets")

# %% [markdown]
# ## Look first
#
# Here is a net that you train by hand. Begin with six sigmoid layers and press *Play*. Watch the loss. Each tile shows
# the plane as one unit sees it: can the last layer still tell the disc from the ring? And watch the bars of the **error
# signal**. They say how much the loss would change if a layer's sums were shifted a little. A layer without an error
# signal is never told how to change. Then go down to two layers. A fresh net starts and keeps training.

# %%
crease.playground()

# %% [markdown]
# *Run 20 seeds* trains twenty nets with your settings and counts how many reach 98 % on test points they never trained
# on. Try it with two layers and with six. You can read on while they train.
#
# ## The experiment
#
# Now the same experiment in code, so you can repeat it. The rules are those of the TensorFlow Playground, where the
# video ran it: 250 points to train on and 250 to test, ten points at a step (a *batch*), a learning rate of 0.03,
# weights drawn between −0.5 and 0.5. One *epoch* goes once through all the training points.

# %%
X, y = data.circle(seed=0)
X_test, y_test = data.circle(seed=1)


def epochs_to_solve(layers, init, limit, activation="sigmoid"):
    """For each of 20 nets the epoch by which 98 % of the test points were right, or infinity."""
    net = nets.init([2, *[8] * layers, 1], activation, scheme=init, output="tanh", bias=0.1, seeds=range(20))
    training = nets.epochs(net, X, 2 * y - 1, loss="mse", lr=0.03, batch=10, seeds=range(20))
    solved = np.full(20, np.inf)
    for epoch in nets.progress(range(1, limit + 1), f"{layers} layers"):
        _, net = next(training)
        if epoch % 10 == 0:
            right = nets.accuracy(net, X_test, y_test)
            solved[(right >= 0.98) & (solved > epoch)] = epoch
            if np.isfinite(solved).all():
                break
    return solved

# %%
two = epochs_to_solve(2, "playground", 500)
six = epochs_to_solve(6, "playground", 500)
for name, solved in (("two", two), ("six", six)):
    print(f"{name} layers: {np.isfinite(solved).sum()} of 20 solved it within 500 epochs")
print(f"median of the two-layer nets: {np.median(two):.0f} epochs")
bet.land(np.isfinite(six).sum(), np.isfinite(six))

# %% [markdown]
# Six layers could do all that two can. They don't get there. Is it just a matter of patience? Leave six layers playing
# in the playground while you read on, and come back later.
#
# ## A chain of units
#
# Take the smallest deep net there is: one unit a layer, each feeding the next. Every unit takes the number a before it,
# measures how far it is from ½, multiplies by its weight w, and applies the sigmoid: $a \leftarrow \sigma(w\,(a - ½))$.
# (The bias −w/2 keeps the sums around 0, where the sigmoid is steepest. It gets every chance.)
#
# On the left is the output of the chain, on the right its slope, on a log scale. The dot is where your example sits.
# (A computer writes 0.00024 as 2.4e-04: move the point four places to the left.)
#
# First drag the depth. Then, at depth 6, drag the weight from 1 to 16. Can you find a weight that keeps the slope near 1
# *everywhere*?

# %%
live(figures.chain, depth=(1, 8), weight=(1.0, 16.0, 0.5), x=(0.0, 1.0, 0.05),
     stills=[{"depth": d, "weight": w} for d, w in ((1, 1.0), (6, 1.0), (6, 4.0), (6, 8.0))], still_width=560,
     caption="Small weights: flat. Large weights: a cliff at ½, and flats on both sides of it.")

# %% [markdown]
# Where the curve is flat, a small step changes nothing, and training has no direction to go. At weight 1 it is flat
# everywhere. At 8 there is a cliff: the slope **explodes** at ½ and **vanishes** next to it. Weight 4 comes closest to
# holding it, and even there it fades away from ½.
#
# Why? Each unit multiplies the slope by its own, and the sigmoid's slope is **nowhere more than 0.25**. (That of tanh is
# 1 at most, and only at 0.) The error reaching the first layer is scaled by the same product.
#
# ### Exercise: `chain_bound`
#
# All weights are 1. What is the largest slope a chain of so many sigmoids can have? One line.

# %% nbgrader={"grade": false, "grade_id": "chain_bound", "locked": false, "schema_version": 3, "solution": true, "task": false}
def chain_bound(depth):
    """The largest slope that a chain of `depth` sigmoids can have, with all weights 1.

    depth : int, 0 or more; a chain of no units lets everything through. Returns a number.

    >>> chain_bound(1)
    0.25
    """
    ### BEGIN SOLUTION
    return 0.25 ** depth
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_chain_bound_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Three sigmoids, and one.
check.call(chain_bound, 3, expected=0.015625)
check.call(chain_bound, 1, expected=0.25)
check.passed("chain_bound: three sigmoids, and one.")

# %% nbgrader={"grade": true, "grade_id": "test_chain_bound_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: no unit at all, six, fifty.
### BEGIN HIDDEN TESTS
for depth in (0, 3, 6, 50):
    check.call(chain_bound, depth, expected=lambda d: 0.25 ** d, atol=0)
### END HIDDEN TESTS

# %%
for depth in (2, 6, 10):
    print(f"{depth:2d} sigmoids let at most {chain_bound(depth):.1e} through")

# %% [markdown]
# ## The weights count too
#
# Now any weights and any activation. A unit computes $a_i = f(z_i)$ from its sum $z_i = w_i\,a_{i-1}$, beginning with
# $a_0 = x$. Push x a little: each unit stretches the push, so the slopes multiply. This is the *chain rule*. Each unit
# brings its **weight** and the slope of its activation at its **sum**:
#
# $$\frac{da_n}{dx} = \prod_{i=1}^{n} w_i\, f'(z_i).$$
#
# ### Exercise: `chain_gradient`
#
# Walk along the chain with two things in hand: where you are, `a`, and the product so far. Five or six lines.

# %% nbgrader={"grade": false, "grade_id": "chain_gradient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def chain_gradient(x, weights, f, f_prime):
    """Slope d output / d x of a chain of one-unit layers, a <- f(w * a), that starts from a = x.

    x : a number.  weights : list or array of numbers, the first layer's first; it may be empty (then the
    output is x itself).  f, f_prime : functions of one number, the activation and its slope.
    Returns a number.

    >>> chain_gradient(1.0, [3.0, 0.5], lambda z: z * z, lambda z: 2 * z)
    81.0
    """
    ### BEGIN SOLUTION
    a, slope = x, 1.0
    for w in weights:
        z = w * a
        slope *= w * f_prime(z)
        a = f(z)
    return slope
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_chain_gradient_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Two chains by hand, with the square as the activation: 1 · 3, -2 · -9 and 2 · 81; and 3 · 6 and 0.5 · 9.
square, double = (lambda z: z * z), (lambda z: 2 * z)
check.call(chain_gradient, 1.5, [1.0, -2.0, 2.0], square, double, expected=8748.0)
check.call(chain_gradient, 1.0, [3.0, 0.5], square, double, expected=81.0)
check.passed("chain_gradient: two chains by hand.")

# %% nbgrader={"grade": true, "grade_id": "test_chain_gradient_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: sigmoid and tanh, one to thirty units, none, negative weights, arrays, inputs left unchanged.
### BEGIN HIDDEN TESTS
def _sigmoid(z):
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def _sigmoid_prime(z):
    return _sigmoid(z) * (1 - _sigmoid(z))


def _tanh_prime(z):
    return 1 - np.tanh(z) ** 2


def _walk(x, weights, f, f_prime):
    a, steps = x, []
    for w in weights:
        steps.append((w, a, w * a, f(w * a)))
        a = f(w * a)
    return steps


def _slope(x, weights, f, f_prime):
    return float(np.prod([w * f_prime(z) for w, _, z, _ in _walk(x, weights, f, f_prime)]))


rng = np.random.default_rng(4)
for f, f_prime in ((_sigmoid, _sigmoid_prime), (np.tanh, _tanh_prime)):
    for x, weights in ((0.7, [1.5]), (-1.2, [2.0, -1.5, 0.5]), (0.3, rng.normal(0, 2, 8)),
                       (1.0, rng.normal(0, 1, 30)), (2, [1, -2])):
        check.call(chain_gradient, x, weights, f, f_prime, expected=_slope, rtol=1e-7, atol=0)
_ = check.call(chain_gradient, 0.4, [], np.tanh, _tanh_prime, expected=1.0)
### END HIDDEN TESTS

# %% [markdown]
# Let it check the picture: six centred sigmoids, at ½ and a little to the right of it. (The bias hides in f. No sum is
# large, so the short form of the sigmoid will do.)

# %%
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


for w in (1.0, 4.0, 8.0, 16.0):
    def f(z, w=w):
        return sigmoid(z - w / 2)
    slopes = [chain_gradient(x, [w] * 6, f, lambda z: f(z) * (1 - f(z))) for x in (0.5, 0.6, 0.9)]
    print(f"weights {w:4.0f}: slope {slopes[0]:.0e} at 0.5, {slopes[1]:.0e} at 0.6, {slopes[2]:.0e} at 0.9")

# %% [markdown]
# Weights of 1 lose nearly everything, wherever you stand. Weights of 16 multiply a push by thousands at ½, and kill it
# a tenth to the right: there the units *saturate*, their sums sit far out where the sigmoid is flat. So activation and
# weights decide together, and there is something in between to be found.
#
# ## A whole net
#
# In a net with many units a layer, the error signal goes back the same way: through the weights, times the slopes. Its
# size at a layer is the length of the vector of all its numbers. Here is an untrained net for handwritten digits, 64
# units a layer. Drag the depth, then change the activation, and the *init*: the rule by which the first weights are
# drawn. `small` has a spread of 0.01; the other three you will write yourself. The scale is wild: each grid line is a
# million times the one below.
#
# Try to break it in both directions. How small can you make what arrives at layer 1, and how large?

# %%
live(figures.signal, depth=(2, 20), activation=["sigmoid", "tanh", "relu", "gelu"],
     init=["small", "xavier", "xavier4", "he"], weights=False,
     stills=[{"activation": a, "init": i, "depth": 20} for a, i in
             (("sigmoid", "xavier"), ("sigmoid", "small"), ("relu", "xavier4"), ("tanh", "he"))],
     caption="A straight line on this scale: every layer multiplies the signal by about the same factor.")

# %% [markdown]
# **Vanishing** and **exploding** are the same thing: a factor per layer below 1, or above it. A straight line means one
# number describes it. If the sizes are $s_1, \dots, s_n$, nearest the input first, then on its way back from layer n to
# layer 1 the signal was multiplied by $s_1 / s_n$, in $n - 1$ steps. Their geometric mean is $(s_1 / s_n)^{1/(n-1)}$.
#
# ### Exercise: `shrink_factor`
#
# One line, and a check that there are at least two sizes.

# %% nbgrader={"grade": false, "grade_id": "shrink_factor", "locked": false, "schema_version": 3, "solution": true, "task": false}
def shrink_factor(signal_norms):
    """Mean factor per layer (geometric) by which the error signal changes on its way back to the input.

    signal_norms : list or array of at least two positive sizes, the layer nearest the input first.
    Returns a number: below 1 the signal shrinks, above 1 it grows. Raises ValueError on fewer than two sizes.

    >>> shrink_factor([1.0, 10.0, 100.0])
    0.1
    """
    ### BEGIN SOLUTION
    if len(signal_norms) < 2:
        raise ValueError("a factor needs the sizes of at least two layers")
    return (signal_norms[0] / signal_norms[-1]) ** (1 / (len(signal_norms) - 1))
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_shrink_factor_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Four layers by hand: 16 at the last one, 2 at the first, so it was halved three times. And a single layer.
check.call(shrink_factor, [2.0, 3.0, 5.0, 16.0], expected=0.5)
check.call(shrink_factor, [1.0, 10.0, 100.0], expected=0.1)
check.raises(ValueError, shrink_factor, [1.0])
check.passed("shrink_factor: four layers by hand, three, and one.")

# %% nbgrader={"grade": true, "grade_id": "test_shrink_factor_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: two sizes, many, growing ones, tiny ones, arrays, integers, an empty list.
### BEGIN HIDDEN TESTS
def _factor(s):
    return (s[0] / s[-1]) ** (1 / (len(s) - 1))


rng = np.random.default_rng(3)
for sizes in ([3.0, 4.0], np.array([9.0, 1.0, 5.0, 1.0]), [1e-30, 1e-12, 1e-9, 1e-3, 2.0], [1, 2, 4],
              np.exp(rng.normal(size=20)), rng.uniform(1, 2, 7) * 1e-37, [10.0] * 400):
    check.call(shrink_factor, sizes, expected=_factor, atol=0)
for few in ([], [2.0], np.array([1.0])):
    check.raises(ValueError, shrink_factor, few)
### END HIDDEN TESTS

# %% [markdown]
# Measure it: untrained nets of ten layers, ten random starts each, all drawn by the same rule.

# %%
def factors(activation, init):
    """Your factor per layer, for ten untrained nets of ten layers."""
    return [shrink_factor(figures.norms(10, activation, init, seed)[0]) for seed in range(10)]


print("activation, xavier start: factor per layer, median, lowest, highest of 10")
measured = {}
for activation in ("sigmoid", "tanh", "relu"):
    found = factors(activation, "xavier")
    measured[activation] = np.median(found)
    print(f"{activation:10} {np.median(found):.2f}   {min(found):.2f} {max(found):.2f}")

# %% [markdown]
# ### Exercise: `layers_until`
#
# After how many layers is too little left? A signal of size 1 is multiplied by `factor` at every layer. Count the
# layers until it is **strictly below** `floor`. Mind two cases: it may be below already, and it may never get there.
# Three to six lines; a loop is fine. (Does a cell run for ever? Stop it with the square ■ in the bar at the top.)

# %% nbgrader={"grade": false, "grade_id": "layers_until", "locked": false, "schema_version": 3, "solution": true, "task": false}
def layers_until(factor, floor):
    """How many layers until a signal of size 1 is strictly below `floor`.

    factor : number >= 0, what each layer multiplies the signal by.  floor : number > 0.
    Returns an int: 0 if the signal is below the floor at the start. Returns None if it never gets there.

    >>> layers_until(0.5, 0.3)
    2
    """
    ### BEGIN SOLUTION
    if floor <= 1 <= factor:
        return None
    layers, signal = 0, 1.0
    while signal >= floor:
        signal *= factor
        layers += 1
    return layers
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_layers_until_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Halved at every layer: 1, 0.5, 0.25, 0.125, 0.0625. A signal that stays as it is, and one that is below at the start.
check.call(layers_until, 0.5, 0.1, expected=4)
check.call(layers_until, 0.5, 0.125, expected=4)
check.call(layers_until, 0.5, 0.3, expected=2)
check.call(layers_until, 1.0, 0.2, expected=None)
check.call(layers_until, 1.5, 2.0, expected=0)
check.passed("layers_until: halving, standing still, and there already.")

# %% nbgrader={"grade": true, "grade_id": "test_layers_until_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: at the floor, below it at the start, growing signals, a factor of 0, deep nets, an int.
### BEGIN HIDDEN TESTS
def _count(factor, floor):
    if floor <= 1 <= factor:
        return None
    n = 0
    while factor ** n >= floor:
        n += 1
    return n


for factor, floor in ((0.5, 0.25), (0.25, 0.25 ** 3), (0.5, 1.0)):
    check.call(layers_until, factor, floor, expected=_count)
for factor, floor in ((0.5, 2.0), (1.0, 1.5), (3.0, 1.5)):
    check.call(layers_until, factor, floor, expected=0)
for factor, floor in ((1.0, 0.01), (1.7, 0.5), (1.0, 1.0)):
    check.call(layers_until, factor, floor, expected=None)
check.call(layers_until, 0.0, 0.5, expected=1)
for factor, floor in ((0.23, 1e-6), (0.71, 1e-3), (0.99, 0.01), (0.6, 0.5)):
    n = check.call(layers_until, factor, floor, expected=_count)
    check.that(isinstance(n, (int, np.integer)), "The answer is not an int.", "Layers come whole: round up to an int.")
### END HIDDEN TESTS

# %%
for name, factor in (*measured.items(), ("no loss", 1.0)):
    print(f"{name:8} layers until less than a thousandth is left: {layers_until(factor, 1e-3)}")

# %% [markdown]
# ## The trap
#
# You might look at the gradients of the **weights** instead. They are what training uses, after all. Compare the first
# layer's with the last one's.

# %%
for activation, init in (("sigmoid", "xavier"), ("tanh", "small"), ("relu", "small")):
    signal, weights = figures.norms(10, activation, init)
    print(f"{activation:8} {init:7} layer 1 against layer 10: error signal {signal[0] / signal[-1]:.0e}, "
          f"weight gradient {weights[0] / weights[-1]:.1e}; its size {weights[0]:.0e}")
plot.show(figures.signal(10, "tanh", "small", weights=True),
          caption="The weight gradients look healthy at every layer, while the error signal vanishes.")

# %% [markdown]
# For tanh and ReLU with small weights the ratio is 1 or 2. It looks healthy, and everything is gone. A weight's gradient
# is its input times the error signal. Forward, the outputs shrink layer by layer; backward, the signal does. Their
# product is equally tiny everywhere. So look at the error signal, or at absolute sizes, never at that ratio alone.
# (Switch on *weights* in the slider figure above.)
#
# ## A start that keeps the signal
#
# How large should the first weights be? Think of one unit. It adds up `fan_in` terms, one for each input. The more
# terms, the wider their sum scatters. But how much wider?
#
# The usual measure of "how wide" is the **standard deviation**: roughly, how far numbers lie from their mean. Its
# square is the **variance**. Add terms that know nothing of each other, and their variances add up. Try it, with 20,000
# sums each:

# %%
rng = np.random.default_rng(0)
print("terms   standard deviation of the sum   with weights divided by √terms")
for terms in (1, 4, 16, 64, 256):
    sums = sum(rng.normal(size=20_000) * rng.normal(size=20_000) for _ in range(terms))  # inputs times weights
    print(f"{terms:5} {sums.std():31.2f} {(sums / np.sqrt(terms)).std():30.2f}")
half = np.mean(np.maximum(rng.normal(size=100_000), 0) ** 2)
print(f"mean square of what a ReLU passes on, from inputs with mean square 1: {half:.2f}")

# %% [markdown]
# The sum of n terms is √n times as wide. So if the weights have a variance of 1/`fan_in`, the spread stays as it was.
# On the way back each unit collects `fan_out` terms, one from each unit it feeds, and by the same argument the variance
# should be 1/`fan_out`. Glorot and Bengio (2010) take the middle; it is called *Xavier* init, after the first name of
# the first author. A ReLU passes on only half, as you just saw, so He and others (2015) double the variance:
#
# $$\text{Xavier: variance } \frac{2}{\text{fan\_in} + \text{fan\_out}}, \qquad
# \text{He: variance } \frac{2}{\text{fan\_in}}.$$
#
# ### Exercise: `xavier_std` and `he_std`
#
# One line each. What is asked for is the standard deviation, so take the root.

# %% nbgrader={"grade": false, "grade_id": "xavier_std", "locked": false, "schema_version": 3, "solution": true, "task": false}
def xavier_std(fan_in, fan_out):
    """Standard deviation of the weights of a layer by Glorot and Bengio (2010).

    fan_in, fan_out : ints, the numbers of inputs and of outputs of the layer. Returns a number.

    >>> xavier_std(1, 1)
    1.0
    """
    ### BEGIN SOLUTION
    return np.sqrt(2 / (fan_in + fan_out))
    ### END SOLUTION


def he_std(fan_in):
    """Standard deviation of the weights of a layer of ReLUs with `fan_in` inputs by He et al. (2015).

    >>> he_std(2)
    1.0
    """
    ### BEGIN SOLUTION
    return np.sqrt(2 / fan_in)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_xavier_std_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Layers whose numbers come out even; and the examples of the docstrings.
check.call(xavier_std, 20, 30, expected=0.2)
check.call(xavier_std, 1, 1, expected=1.0)
check.call(he_std, 50, expected=0.2)
check.call(he_std, 2, expected=1.0)
check.passed("xavier_std and he_std: two layers each.")

# %% nbgrader={"grade": true, "grade_id": "test_xavier_std_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: layers of other sizes, one input, one output.
### BEGIN HIDDEN TESTS
for m, n in ((64, 64), (64, 10), (2, 8), (8, 1), (1, 1), (784, 300)):
    check.call(xavier_std, m, n, expected=lambda m, n: np.sqrt(2 / (m + n)))
for m in (1, 2, 64, 784):
    check.call(he_std, m, expected=lambda m: np.sqrt(2 / m))
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: `choose_init`
#
# Now save them. Which init lets a deep net train? The three cases are in the docstring. `"xavier4"` is four times as
# wide as Xavier, `"small"` has a standard deviation of 0.01. Don't guess: measure. `factors("sigmoid", "he")` gives you
# ten factors, and the slider figure takes your cases. Then decide: which factor do you want, and does a start that suits 20
# layers harm a shallow net? Your answer is graded by **training** several nets from it.

# %% nbgrader={"grade": false, "grade_id": "choose_init", "locked": false, "schema_version": 3, "solution": true, "task": false}
def choose_init(activation, depth):
    """The init from which a deep net trains.

    activation, depth : "sigmoid" with 6 hidden layers, "tanh" with 6 (both on the disc and ring, 8 units a
    layer), or "relu" with 20 (on the digits, 64 units a layer).
    Returns "small", "xavier", "xavier4" or "he". Any answer from which most nets train is right.
    """
    ### BEGIN SOLUTION
    return {"sigmoid": "xavier4", "tanh": "xavier", "relu": "he"}[activation]
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_choose_init_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# The answer is one of the four words, and most nets of six tanh layers train from it.
init, given = check.attempt(choose_init, "tanh", 6)
check.that(isinstance(init, str) and init in ("small", "xavier", "xavier4", "he"), f"{given} returned {init!r}.",
           "Return 'small', 'xavier', 'xavier4' or 'he', spelled so.")
share = trials.share_trained("tanh", 6, init)
check.that(share > 0.5, f"From {init!r}, {share:.0%} of the nets of six tanh layers train.",
           "With such small weights, six tanh layers lose the signal. Measure the factor per layer.")
check.passed("choose_init: a word for tanh, and most nets train from it.")

# %% nbgrader={"grade": true, "grade_id": "test_choose_init_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: the sigmoid with six layers, and ReLU with twenty. Nets are trained for it.
### BEGIN HIDDEN TESTS
def _starts(activation, depth, hints):
    init, _ = check.attempt(choose_init, activation, depth, hint="It raised an error: answer for all three cases.")
    check.that(init is not None, "The answer is None.", "No answer for one of the three cases: return a word for each.")
    check.that(isinstance(init, str) and init in ("small", "xavier", "xavier4", "he"), "Not one of the four words.",
               "Return one of the four words, spelled as in the cell, for all three cases.")
    check.that(trials.share_trained(activation, depth, init) > 0.5,
               "Most of the nets do not train.", hints.get(init, ""))


_starts("sigmoid", 6, {
    "small": "For the sigmoid, small weights lose the signal at once: it needs the widest start of the four.",
    "xavier": "For the sigmoid, Xavier alone is too narrow: its slope takes at least three quarters at every layer.",
    "he": "For the sigmoid, He's start is still too narrow: it makes up for a ReLU, not for a slope of one quarter."})
_ = _starts("relu", 20, {
        "small": "For twenty ReLU layers, small weights lose the signal. Measure the factor per layer.",
        "xavier": "For twenty ReLU layers, Xavier loses a little at every layer, and twenty times a little is a lot.",
        "xavier4": "For twenty ReLU layers, four times Xavier makes the signal grow at every layer: it explodes."})
### END HIDDEN TESTS

# %% [markdown]
# ## The rescue
#
# Here is the moment of truth: six sigmoid layers, the same data, rate and rules as in the first experiment. Only the
# *starting* weights differ: they come from **your** init.

# %%
mine = choose_init("sigmoid", 6)
rescued = epochs_to_solve(6, mine, 500)
print(f"six sigmoid layers from {mine}: {np.isfinite(rescued).sum()} of 20 solved it within 500 epochs")
print("standard deviation of their weights:", round(nets.init([8, 8], scheme=mine, seeds=range(2000))[0][0].std(), 2))
print("standard deviation of the Playground's, which are even between -0.5 and 0.5:", round(0.5 / np.sqrt(3), 2))
plot.show(figures.solved({"2 layers": (two, 500), "6 layers": (six, 500), f"6 layers, {mine}": (rescued, 500)}),
          caption="Six layers from the Playground's start do not solve it. From a start that keeps the signal most do.")

# %% [markdown]
# (None of yours solved it? Then measure the factors of the other starts, and choose again.)
#
# You did not touch the activation. It was the start that kept the signal from arriving. For the sigmoid, Bengio (2012)
# advises four times Xavier's standard deviation. If every sum lay where the slope is ¼, that would just break even. But
# many lie off that point:

# %%
for init in ("xavier", "xavier4"):
    print(f"sigmoid, {init:7}: your factor per layer {np.median(factors('sigmoid', init)):.2f}")

# %% [markdown]
# A good part is still lost, and six layers can bear it. Can twelve? Lesson 7 will try.
#
# ### Twenty layers of ReLU
#
# And where there is too much signal? Nets of twenty ReLU layers on the digits, three random starts each, ten epochs.

# %% jupyter={"source_hidden": true}
# Run this cell: it trains three nets from each start.
digits, labels, *_ = data.digits()
for init in ("xavier", "he", "xavier4"):
    net = nets.init([64, *[64] * 20, 10], "relu", scheme=init, seeds=range(3))
    loss, found = nets.gradients(net, digits[:64], labels[:64], "softmax")
    run = nets.train(net, digits, labels, count=10, loss="softmax", lr=0.03, batch=64, seeds=range(3), label=init)
    right = nets.accuracy(run.layers, digits, labels)
    lost = (~np.isfinite(run.losses[:, -1])).sum()
    print(f"{init:7}: first loss {np.median(loss):.1g}, weight gradient of layer 1 {np.linalg.norm(found[0][0][0]):.0e}; "
          f"{(right > 0.5).sum()} of 3 learn, {lost} end in NaN")

# %% [markdown]
# Too little signal, and nothing moves. Too much, and the first step throws the weights so far that the numbers leave the
# range of floats; NaN is what remains. Between them He's nets learn. (A common first aid against explosions is
# *clipping*: a gradient that is too long is cut to a fixed length.)
#
# ## Today's answer
#
# A good start holds only at the start: training moves the weights. So deep nets of today are built such that the signal
# has a way around. Two ideas, one line each:
#
# - a **residual connection** (He and others, 2016): a layer *adds* to its input, $A + f(AW + b)$. Whatever f does, the
#   signal also comes back by the path "+", with slope 1;
# - **normalisation** (Ioffe and Szegedy, 2015): before the activation, each unit's sums are shifted and scaled to mean 0
#   and standard deviation 1, over the examples of the batch. No layer can drift into the flats.
#
# Sigmoids with a Xavier start, up to fifty layers of them:

# %%
live(figures.today, depth=(2, 50), stills=[{"depth": 10}, {"depth": 50}], still_width=520,
     caption="With either remedy the error signal arrives, even through fifty sigmoid layers.")

# %% [markdown]
# Does it train? Try the first remedy: six sigmoid layers, the Playground's own start, the rules of the first
# experiment. The only change is the "A +" of the hidden layers after the first.

# %%
added = epochs_with_residuals(6, 300)
print(f"six sigmoid layers, residual: {np.isfinite(added).sum()} of 20 solved it, median {np.median(added):.0f} epochs")

# %% [markdown]
# ## What the sources say, and what you measured
#
# > *"that means that [ReLU] doesn't suffer from the vanishing gradient issue the signal propagating through the network
# > will never disappear."* (the ReLU video)
#
# Let your own factor go through thirty layers.

# %%
for init in ("small", "xavier", "he"):
    sizes = figures.norms(30, "relu", init)[0]
    print(f"30 ReLU layers, {init:6}: factor {shrink_factor(sizes):.2f}, {sizes[0] / sizes[-1]:.1g} of it at layer 1")

# %% [markdown]
# The part about the slope is right: where a ReLU is active, its slope is exactly 1. "Never" is not. The weights still
# multiply, and half of the units are silent. Andrew's video puts it with care: *"the gradient is much less likely to
# gradually shrink to zero"*.
#
# ## Quiz
#
# Click your answers. Then run the cell under the questions: it writes your choices down.

# %% jupyter={"source_hidden": true} tags=["quiz"]
quiz.ask("""
1. The loss of a net does not move, and all its gradients are almost 0. What do you know?
- It has found the best loss that this net can reach | The six-layer nets stood still too, at the loss of guessing.
+ It has stalled, whether the loss is small or not | A tiny gradient says only that small steps change little here.
- The learning rate is too high for this net | Too high a rate makes the loss jump about.
- The data hold nothing that could be learned | Two layers learned from the same data.
2. Every layer multiplies the error signal by 1.5. What happens in a net of forty such layers?
- The first layers learn best, because the strongest signal arrives there | It arrives seven million times too strong, and no step can be right for that.
- Nothing special: only factors below 1 do harm | You saw a net end in NaN after one step.
- The signal vanishes, only in the other direction | It grows on its way back.
+ It explodes: a step throws the weights far off | That is what became of the ReLU nets from four times Xavier.
3. Twenty ReLU layers, all weights drawn with a standard deviation of 0.01. What becomes of the error signal?
+ It vanishes: the weights of every layer shrink it, whatever the slope | The slope of an active unit is 1, and the weights multiply all the same.
- It arrives unchanged, because the slope of an active ReLU is 1 | That is half of each layer's factor. The other half is the weights.
- It explodes, because a ReLU has no upper limit | With such small weights nothing grows.
- It vanishes, because nearly all of the units are dead | About half of the units are active on any example.
4. Six sigmoid layers fail from the Playground's start and learn from a wider one. Why?
- From a wider start the sigmoid's own slope exceeds 0.25 | Its slope stays what it is. The weights beside it are larger.
- A wider start happens to lie nearer to the solution | It works from most random starts, not from a lucky one.
+ Larger weights make up for the small slopes, layer by layer | Until the units saturate. There is a best width in between.
- Wider weights make every step larger, like a higher learning rate | The steps are made of gradients. The rate was the same.
5. In a deep tanh net the weight gradients have the same size at every layer. Is all well?
- Yes: the gradient of a weight is the error signal | It is the error signal times the layer's input.
+ Not necessarily: the outputs and the signal may both be tiny | Outputs shrink forward, the signal backward; the product is the same everywhere.
- Yes, provided that the net has fewer than ten layers | The number of layers does not settle it.
- No: with a good start they differ from layer to layer | Under a good start they are equal too. The ratio alone does not tell.
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

your_score("04_vanishing_gradients")

# %% [markdown]
# ## If you have another five minutes
#
# The lesson is done. Here is a look inside, and two claims of the sources about history.
#
# ### Inside the layers
#
# What do these starts do to the numbers on their way forward, and on their way back? Here are five layers of an
# untrained net as histograms: in blue their outputs, in orange the error signals that reach their units, on a log scale
# (those of silent ReLUs, exactly 0, are left out). The *spread* tells how far a unit's output varies from image to
# image, the size is that of the whole signal, last layer = 1. The outermost bars collect what is off the scale.
#
# Look for three illnesses: all outputs the same, all pressed against the ends, outputs off the scale. Then drag 20
# layers of sigmoids, from `xavier`. The blue bars look healthy. Is it?

# %%
live(figures.histograms, depth=(5, 20), activation=["tanh", "sigmoid", "relu"],
     init=["small", "xavier", "xavier4", "he"], still_width=620,
     stills=[{"activation": a, "init": i, "depth": d} for a, i, d in
             (("tanh", "small", 10), ("tanh", "xavier", 10), ("tanh", "xavier4", 10), ("sigmoid", "xavier", 20))],
     caption="A good start hands on the spread of the outputs, forward, and the size of the signal, back.")

# %% [markdown]
# It is not. In the last layers each unit gives one output, its own, for all images: the spread is gone, and the bars
# only show that the units differ from each other. On its way back the signal is lost as thoroughly.
#
# ### With tanh, too?
#
# > *"as soon as we try with more than a few layers neural networks wouldn't work at all."* (the ReLU video, of sigmoid
# > and tanh)
#
# For the sigmoid and that start, you saw just this. And tanh? The same disc, the same start:

# %%
for activation in ("tanh", "relu"):
    solved = epochs_to_solve(6, "playground", 500, activation)
    print(f"six {activation} layers: {np.isfinite(solved).sum()} of 20 solved it, median {np.median(solved):.0f} epochs")
z = np.array([0.0, 0.5, 1.0, 2.0, 3.0])
print("slope of tanh at 0, 0.5, 1, 2, 3:", np.round(1 - np.tanh(z) ** 2, 2))

# %% [markdown]
# Six tanh layers learn it easily. The video says that the slope of tanh is 1 only at 0: *"that only happens at this
# particular point the gradient is very small everywhere else"*. The first half is right. The second is too strong, as the
# last line shows: the slope fades gradually.
#
# ### Three layers, and no more?
#
# > *"neural networks were limited to approximately three layers"* … *"The lower layers never see any of the
# > gradients and therefore never update their weights."* … *"You could already build deep nets but you had to do
# > pre-training."* (the activations lecture)
#
# A fair account: it says "typically" before the first of these, and names the way out, training one layer after the
# other first. Other ways were a good start, or sharing one set of weights across an image. Only "never see any" deserves
# a measurement:

# %%
sizes = figures.norms(10, "sigmoid", "xavier")[0]
print(f"ten sigmoid layers: {sizes[0] / sizes[-1]:.0e} of the error signal arrives at layer 1")

# %% [markdown]
# Tiny, but not nothing.

# %% [markdown]
# ## Go further
#
# - Make tanh and ReLU fail in the playground, with six layers. Predict first what the error signal will look like.
# - *"The deeper the network the more iterations we need"*, says the ReLU video. Count epochs for 1 to 8 ReLU layers. When
#   is it true?
# - Is there a start from which twenty sigmoid layers learn? Your factor tells you what to look for.
#
# Glorot and Bengio, *Understanding the difficulty of training deep feedforward neural networks*, 2010. Bengio,
# *Practical recommendations for gradient-based training of deep architectures*, 2012. He, Zhang, Ren and Sun, *Delving
# deep into rectifiers*, 2015, and *Deep residual learning for image recognition*, 2016. Ioffe and Szegedy, *Batch
# normalization*, 2015. Before them all: Glorot, Bordes and Bengio, *Deep sparse rectifier neural networks*, 2011.
