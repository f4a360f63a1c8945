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
# # 6 · Dead ReLUs
#
# *12 points, about 50 minutes.*
#
# Your own code trained a net of ReLUs to read digits. Now make one number larger, the learning rate. The loss shoots up
# for a moment. Then everything goes quiet, and the net guesses. Most of its units never say anything again: *"This
# precious ReLU is suddenly always zero and can no longer be trained"*, as the activations lecture puts it. What
# happened to them? And can you bring them back?

# %%
import numpy as np

from crease import check, data, live, nets, plot, quiz, trials
from crease.figures import dead as figures
from crease.figures.dead_training import parametric
from crease.widgets import guess, rate_lens

# %% [markdown]
# ## A bet
#
# A ReLU unit that is silent on *every* example is called **dead**. Ten nets with two hidden layers of 64 units train on
# the digits at a learning rate of 0.3, and learn to read nearly all of them. Ten more train at a rate of 1. What
# percentage of their hidden units is dead afterwards? Run the cell, and drag the marker to your number, or type it.

# %%
bet = guess(0, 100, "% of the hidden units")

# %% [markdown]
# ## Look first
#
# One net, step by step. Above is its loss, below the share of its units that are dead. Raise the learning rate and look
# for the one moment that decides.

# %%
live(figures.story, rate=list(figures.RATES), stills=[{"rate": 0.1}, {"rate": 1.0}], still_width=480,
     caption="At a rate of 1 the loss shoots up in the first steps, half of the units die in them, and then the net guesses.")

# %% [markdown]
# Here is that moment, for one layer of 40 units. The black curve is the loss after *one* step, for every rate at once; the
# dotted line is what the slope had promised. Drag the rate along it. Each tile is a unit, drawn as its 64 weights; it goes
# dark when the step would silence it on every image. Find the rate that is best for this step. Then take the step, and ten
# more. Start again, and take one step at 3: do the dark ones ever come back?

# %%
rate_lens()

# %% [markdown]
# Now look inside, at a smaller net: 40 hidden units, after a short training. A row of the map is a unit, a column is an
# image. Blue means: the unit is above 0 for this image. A unit that is above 0 for *no* image of the whole training set
# is dead, and its row is orange. Drag the rate up until you lose some. Then put the rate back, and drag down the value
# from which the biases start. Which of the two kills faster?

# %%
live(figures.unit_map, bias=(-6.0, 1.0, 0.5), rate=[0.03, 0.1, 0.3, 1.0, 2.0],
     stills=[{"bias": b, "rate": r} for b, r in ((0.0, 0.1), (0.0, 1.0), (-2.0, 0.1), (-4.0, 0.1))],
     caption="Two ways to lose units: a learning rate that is too high, or biases that start far below 0.")

# %% [markdown]
# Silence on *some* images is no fault. It is what a ReLU unit is for: it answers to some inputs and not to others.
#
# ## Find the dead
#
# ### Exercise: `dead_units`
#
# You get the sums Z of a layer, before the ReLU, one row for each example. Which units are dead? A sum of exactly 0
# gives an output of 0, and by our convention a slope of 0. It does not count as alive. One line.

# %% nbgrader={"grade": false, "grade_id": "dead_units", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dead_units(Z):
    """Which units of a layer are dead: never above 0 on any example.

    Z : array or list (n, units), the sums before the ReLU, one example a row; n is 1 or more.
    Returns a boolean array (units,), True for a dead unit.

    >>> dead_units([[-1.0, 2.0], [-3.0, -1.0]])
    array([ True, False])
    """
    ### BEGIN SOLUTION
    return (np.asarray(Z) <= 0).all(axis=0)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_dead_units_basics", "locked": true, "points": 0.5, "schema_version": 3, "solution": false, "task": false}
# Three examples, seven units: always above 0, four that are sometimes, two that are never. And the docstring's example.
check.call(dead_units, np.array([[1.0, -2.0, -1.0, 2.0, -4.0, -1.0, -4.0], [2.0, 3.0, 2.0, 3.0, 1.0, -5.0, 0.0],
                                 [0.5, -0.5, 3.0, -1.0, -1.0, -2.0, -3.0]]),
           expected=[False, False, False, False, False, True, True])
check.call(dead_units, [[-1.0, 2.0], [-3.0, -1.0]], expected=[True, False])
check.passed("dead_units: seven units on three examples, and two on two.")

# %% nbgrader={"grade": true, "grade_id": "test_dead_units_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: a single example, as many examples as units, tiny sums, lists, integers, layers with all or
# none dead, booleans, your input left unchanged.
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(6)
for Z in (rng.normal(-1.5, 1, (6, 9)), rng.normal(-1, 1, (5, 5)), rng.normal(size=(1, 7)), -np.ones((3, 4)),
          np.ones((4, 2)), [[-1, 0, 2], [0, 0, -3]], np.array([[-1.0, 1e-9], [-2.0, -1.0]]), np.minimum(rng.normal(0, 1, (8, 6)), 0)):
    dead = check.call(dead_units, Z, expected=lambda Z: (np.asarray(Z) <= 0).all(0))
    check.that(dead.dtype == bool, "The answer holds no booleans.", "Return booleans, True and False, not numbers.")
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: `dead_fraction`
#
# Now a whole net: of all its units, what share is dead? Layers may differ in size. Use your `dead_units`. One to three
# lines.

# %% nbgrader={"grade": false, "grade_id": "dead_fraction", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dead_fraction(Zs):
    """Share of dead units over several layers, all units pooled.

    Zs : list of arrays (n, units), the sums of each layer; layers may have different numbers of units.
    Returns a number from 0 to 1.

    >>> dead_fraction([[[-1.0, 2.0]], [[-1.0, -2.0, -3.0]]])
    0.8
    """
    ### BEGIN SOLUTION
    return np.concatenate([dead_units(Z) for Z in Zs]).mean()
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_dead_fraction_basics", "locked": true, "points": 0.5, "schema_version": 3, "solution": false, "task": false}
# Two layers on two examples: two of four units are dead, and one of six. And the docstring's example.
Zs = [np.array([[1.0, -1.0, 3.0, -2.0], [2.0, -3.0, 1.0, -1.0]]),
      np.array([[1.0, 2.0, 3.0, 1.0, -1.0, 2.0], [1.0, 1.0, 1.0, 2.0, -2.0, -1.0]])]
check.call(dead_fraction, Zs, expected=0.3)
check.call(dead_fraction, [[[-1.0, 2.0]], [[-1.0, -2.0, -3.0]]], expected=0.8)
check.passed("dead_fraction: two layers, twice.")

# %% nbgrader={"grade": true, "grade_id": "test_dead_fraction_hidden", "locked": true, "points": 0.5, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: one layer, many, layers of very different size, none and all dead, lists.
### BEGIN HIDDEN TESTS
def _dead(Z):
    return (np.asarray(Z) <= 0).all(0)


def _share(Zs):
    return np.concatenate([_dead(Z) for Z in Zs]).mean()


rng = np.random.default_rng(7)
for Zs in ([rng.normal(-1, 1, (4, n)) for n in (3, 50, 7)], [rng.normal(-1, 1, (3, 8))], [-np.ones((2, 3)), -np.ones((2, 9))],
           [np.ones((2, 3))], [rng.normal(-1.2, 1, (5, 2)), rng.normal(-0.3, 1, (5, 40))], [[[-1, 1, 0]], [[0, 0]]]):
    check.call(dead_fraction, Zs, expected=_share)
### END HIDDEN TESTS

# %% [markdown]
# ## The experiment
#
# Ten nets for each learning rate, 15 epochs on the digits, always from the same ten starts. Your `dead_fraction` counts.

# %%
X, y, X_test, y_test = data.digits()


def after_training(rate):
    """(dead share, test accuracy) of ten nets after 15 epochs at a learning rate."""
    layers = trials.died(rate)
    sums = figures.pre_activations(layers, X)
    return [dead_fraction([Z[net] for Z in sums]) for net in range(10)], nets.accuracy(layers, X_test, y_test)


dead, right = (np.array(values).T for values in zip(*map(after_training, nets.progress(figures.RATES, "rates"))))

# %% jupyter={"source_hidden": true}
# Run this cell: a table, a picture, and what becomes of your bet.
print("rate   dead: median, lowest, highest of 10    right: median")
for rate, shares, hits in zip(figures.RATES, dead.T, right.T):
    print(f"{rate:4}   {np.median(shares):5.0%} {shares.min():5.0%} {shares.max():5.0%} {np.median(hits):26.0%}")
plot.show(figures.against(figures.RATES, dead, right),
          caption="Between 0.5 and 1 the nets die. The bands run from the lowest to the highest of the ten nets.")
at_one = 100 * dead[:, figures.RATES.index(1.0)]
bet.land(np.median(at_one), at_one)

# %% [markdown]
# Up to 0.3 hardly a unit is lost. Beyond that they die quickly, and accuracy falls with them. One step that is too large
# is enough: it throws a unit's weights so far that its sum is below 0 for every image there is.
#
# ## Why they stay dead
#
# Be a unit for a moment. You compute $z = x \cdot w + b$ and hand on $\max(z, 0)$. On the way back somebody tells you,
# for each example, how the loss depends on your output: `upstream`. You pass that on to your weights and bias, but only
# where your own slope is 1. In lesson 5 you wrote these two steps for whole layers. That code is not in this notebook,
# and for a single unit you hardly need it.
#
# ### Exercise: `unit_gradient`
#
# Three or four lines.

# %% nbgrader={"grade": false, "grade_id": "unit_gradient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def unit_gradient(X, w, b, upstream):
    """Gradients of one ReLU unit's weights and bias, summed over the examples.

    X : array or list (n, d).  w : array or list (d,).  b : number.
    upstream : array or list (n,), d loss / d output of the unit for each example.
    Returns (d_w, d_b): an array (d,) and a number. The slope at a sum of exactly 0 is 0.

    >>> unit_gradient([[1.0, 2.0], [-1.0, 0.0]], [1.0, 1.0], 0.0, [0.5, 4.0])
    (array([0.5, 1. ]), 0.5)
    """
    ### BEGIN SOLUTION
    X = np.asarray(X)
    d = np.asarray(upstream) * (X @ np.asarray(w) + b > 0)
    return X.T @ d, d.sum()
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_unit_gradient_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Four examples by hand: the sums are 3, 0, -0.125 and -3.5, so only the first one passes anything on. And the docstring's.
inputs, w = np.array([[1.0, 2.0], [1.0, 0.0], [0.5, 0.25], [-1.0, -1.0]]), np.array([1.0, 1.5])
up = np.array([2.0, 10.0, -7.0, 5.0])
check.call(unit_gradient, inputs, w, -1.0, up, expected=([2.0, 4.0], 2.0))
check.call(unit_gradient, [[1.0, 2.0], [-1.0, 0.0]], [1.0, 1.0], 0.0, [0.5, 4.0], expected=([0.5, 1.0], 0.5))
check.passed("unit_gradient: four examples by hand, and two.")

# %% nbgrader={"grade": true, "grade_id": "test_unit_gradient_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: many examples, one input, a dead unit, one that is always active, lists, inputs unchanged.
### BEGIN HIDDEN TESTS
def _unit(X, w, b, up, slope=lambda z: z > 0):
    X, z = np.asarray(X, float), np.asarray(X) @ np.asarray(w) + b
    d = np.asarray(up) * slope(z)
    return X.T @ d, d.sum()


rng = np.random.default_rng(8)
for n, width, b in ((7, 3, 0.2), (5, 5, -0.5), (9, 1, 0.0), (6, 4, -50.0), (6, 4, 50.0)):
    check.call(unit_gradient, rng.normal(size=(n, width)), rng.normal(size=width), b, rng.normal(size=n),
               expected=_unit)
check.call(unit_gradient, [[1, 2], [3, -4]], [1, 0], 0, [1, 2], expected=_unit)
_ = check.call(unit_gradient, np.array([[1.0], [2.0]]), np.array([0.0]), 0.0, np.array([1.0, 2.0]),
               expected=([0.0], 0.0))
### END HIDDEN TESTS

# %% [markdown]
# Ask it about a unit that died, the first one in the first hidden layer of a net. Send it any upstream derivatives you
# like.

# %%
W, b = (part[0] for part in trials.died()[0][:2])  # the first net's first layer
unit = int(np.flatnonzero(dead_units(X @ W + b))[0])
upstream = np.random.default_rng(0).normal(size=len(X))
d_w, d_b = unit_gradient(X, W[:, unit], b[0, unit], upstream)
print(f"largest sum of unit {unit} on {len(X)} images: {(X @ W + b)[:, unit].max():.1f}")
print(f"largest weight gradient: {np.abs(d_w).max():g}, bias gradient: {abs(d_b):g}")

# %% [markdown]
# Nothing comes through. Not "too little": nothing. No step will ever move this unit again, and gradient descent has no
# way to know that it exists.
#
# ## A way back
#
# What if the slope below 0 were small, but not 0? That is the leaky ReLU of lesson 3. You have its forward half.
#
# ### Exercise: `leaky_relu_backward`
#
# One or two lines.

# %% nbgrader={"grade": false, "grade_id": "leaky_relu_backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def leaky_relu_backward(d_out, Z, alpha=0.01):
    """Gradient with respect to the sums Z of a leaky ReLU layer.

    d_out : array or list of any shape, d loss / d output.  Z : the sums, same shape.
    alpha : number, the slope where a sum is 0 or below. Returns an array of that shape.

    >>> leaky_relu_backward([5.0, 5.0], [3.0, -3.0], alpha=0.1)
    array([5. , 0.5])
    """
    ### BEGIN SOLUTION
    return np.asarray(d_out) * np.where(np.asarray(Z) > 0, 1.0, alpha)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_leaky_relu_backward_basics", "locked": true, "points": 0.5, "schema_version": 3, "solution": false, "task": false}
# Sums of -2, 0, 3, -1 and 2, with alpha 0.1 and with the default; and the docstring's example.
d, Z = np.array([[5.0, -4.0, 5.0, -6.0, -7.0]]), np.array([[-2.0, 0.0, 3.0, -1.0, 2.0]])
check.call(leaky_relu_backward, d, Z, 0.1, expected=[[0.5, -0.4, 5.0, -0.6, -7.0]])
check.call(leaky_relu_backward, d, Z, expected=[[0.05, -0.04, 5.0, -0.06, -7.0]])
check.call(leaky_relu_backward, [5.0, 5.0], [3.0, -3.0], 0.1, expected=[5.0, 0.5])
check.passed("leaky_relu_backward: below, at and above 0.")

# %% nbgrader={"grade": true, "grade_id": "test_leaky_relu_backward_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: other shapes, alpha of 0 and of 1, large sums, lists and integers, inputs unchanged.
### BEGIN HIDDEN TESTS
def _leak(d, Z, alpha=0.01):
    return np.asarray(d) * np.where(np.asarray(Z) > 0, 1.0, alpha)


rng = np.random.default_rng(9)
for shape, alpha in (((4, 6), 0.2), ((5,), 0.01), ((2, 3, 4), 0.5), ((3, 3), 0.0), ((3, 3), 1.0), ((40,), 0.3)):
    check.call(leaky_relu_backward, rng.normal(size=shape), 3 * rng.normal(size=shape), alpha, expected=_leak)
check.call(leaky_relu_backward, [2, -3], [-1, 1], 0.25, expected=_leak)
check.call(leaky_relu_backward, np.array([2.0, 3.0]), np.array([0.0, -0.0]), expected=[0.02, 0.03])
_ = check.call(leaky_relu_backward, np.array([1.0, 1.0]), np.array([-10000.0, 10000.0]), 0.1, expected=[0.1, 1.0])
### END HIDDEN TESTS

# %% [markdown]
# Give the dead unit a leak. Its weights are where they were; only the slope is new.

# %%
Z = X @ W[:, unit] + b[0, unit]
for alpha in (0.0, 0.01, 0.1):
    arrives = leaky_relu_backward(upstream, Z, alpha)
    print(f"alpha {alpha:4}: {np.linalg.norm(arrives) / np.linalg.norm(upstream):.0%} of the upstream gradient arrives")

# %% [markdown]
# ## The rescue
#
# ### Exercise: `rescue_plan`
#
# Here are six nets that died at a rate of 1, each with more than 60 % of its units dead. You may train them on for 20
# epochs, with another activation and another rate. Your plan counts if the median net then reads more than 70 % of the
# test images.
#
# Nobody has told you what works. Try plans on one net first: `trials.rescued("gelu", 0.03, which=(0,))` returns what it
# reads afterwards; a leaky plan takes its alpha as a third number. Three things may go wrong: nothing comes back, it
# comes back too slowly, or it all blows up. Remember where these weights have been: one step has made many of them huge.

# %% nbgrader={"grade": false, "grade_id": "rescue_plan", "locked": false, "schema_version": 3, "solution": true, "task": false}
def rescue_plan():
    """How to train nets on that died at a learning rate of 1.

    Returns a dict with the keys
    "activation" : "relu", "leaky", "gelu" or "elu", for the hidden layers;
    "lr" : number above 0, the learning rate;
    "alpha" : number from 0 to 1, the slope below 0; only used by "leaky", 0.01 if it is left out.
    """
    ### BEGIN SOLUTION
    return {"activation": "leaky", "alpha": 0.1, "lr": 0.03}
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_rescue_plan_basics", "locked": true, "points": 0.5, "schema_version": 3, "solution": false, "task": false}
# Your plan, carried out on the first three nets: by the median, more than 70 % of the test images must be right.
trials.rescue(check.attempt(rescue_plan)[0], which=(0, 1, 2))
check.passed("rescue_plan: three nets are saved.")

# %% nbgrader={"grade": true, "grade_id": "test_rescue_plan_hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: the same for all six nets.
### BEGIN HIDDEN TESTS
trials.rescue(check.attempt(rescue_plan)[0])
### END HIDDEN TESTS

# %% [markdown]
# How do other plans do with the same six nets, at a rate of 0.03? The row before the last is a **PReLU**, a *parametric*
# ReLU: each unit learns its own alpha along with its weights, by the gradient that you wrote in lesson 3, starting from
# 0.25. The last row is the same PReLU on six fresh nets, for comparison.

# %%
plans = {"yours": rescue_plan(), "ReLU": {"activation": "relu"}, "leaky 0.01": {"activation": "leaky"},
         "leaky 0.1": {"activation": "leaky", "alpha": 0.1}, "leaky 0.5": {"activation": "leaky", "alpha": 0.5},
         "ELU": {"activation": "elu"}}
saved = {name: trials.rescued(plan["activation"], plan.get("lr", 0.03), plan.get("alpha", 0.01))
         for name, plan in nets.progress(plans.items(), "plans")}
saved["PReLU"] = parametric([(W[list(trials.STUCK)], b[list(trials.STUCK)], f) for W, b, f in trials.died()])
saved["PReLU, fresh"] = parametric(nets.init([64, 64, 64, 10], seeds=range(6)))
for rate in (0.3, 1.0):
    print(f"largest weight after training at {rate}: {max(np.abs(W).max() for W, _, _ in trials.died(rate)):.0f}")
for name, hits in saved.items():
    print(f"{name:12} right: median {np.median(hits):.0%}, lowest {hits.min():.0%}, highest {hits.max():.0%} of {len(hits)} nets")
plot.show(figures.dots(saved), caption="One dot a net, a line at the median. Without a slope below 0 nets stay lost; with a "
          "small one they come back; with a large one some diverge.")

# %% [markdown]
# With the ReLU, a lower rate alone saves none of the six: a dead unit gets no gradient at any rate. With a leak of 0.01
# most of the nets learn to read again in this time, with one of 0.1 all of them. So is more always better? At 0.5 some nets diverge. Their weights are
# huge, and only silence kept the huge numbers from spreading. The PReLU falls into the same trap by itself: alpha's
# gradient has the unit's sum as a factor, the sums are huge here, and alpha runs away. On fresh nets it does very well.
#
# ## Dead on arrival
#
# You don't even need training to lose a net. Take an untrained one with narrow layers, one number as input, no biases. If
# one of its layers is silent for every input, all layers after it get only zeros. The net gives the same output whatever
# comes in. It is *born dead*, and no gradient can repair it. Drag depth and width.

# %%
live(figures.born, depth=(1, 40), width=(2, 6),
     stills=[{"depth": d, "width": w} for d, w in ((10, 2), (10, 3), (10, 5), (40, 3))],
     caption="Narrow nets are born dead almost surely if they are deep enough. A few more units a layer help a great deal.")

# %% [markdown]
# Where does the dashed bound come from? Feed the net *one* number that is not 0. As long as the layer before it is not
# silent, a unit's sum is above 0 with probability one half, because weights are drawn as often positive as negative. So
# a layer of N units is silent with probability $2^{-N}$, and alive with $1 - 2^{-N}$. All layers must stay alive:
#
# $$P(\text{dead at one input}) = 1 - \prod_l \left(1 - 2^{-N_l}\right).$$
#
# A net that is dead at *all* inputs is dead at this one too. So it is born dead at most this often.
#
# ### Exercise: `born_dead_bound`
#
# One or two lines. Write `2.0 ** -N`: with NumPy's integers, `2 ** -N` is an error.

# %% nbgrader={"grade": false, "grade_id": "born_dead_bound", "locked": false, "schema_version": 3, "solution": true, "task": false}
def born_dead_bound(widths):
    """Upper bound on the probability that an untrained ReLU net without biases is born dead.

    widths : list or array of ints, the numbers of units of its hidden layers; without layers the bound is 0.
    Returns a number from 0 to 1 (Lu et al. 2019).

    >>> born_dead_bound([1, 1])
    0.75
    """
    ### BEGIN SOLUTION
    return 1 - np.prod([1 - 0.5 ** n for n in widths])
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_born_dead_bound_basics", "locked": true, "points": 0.5, "schema_version": 3, "solution": false, "task": false}
# Layers of 4, 2 and 5 units, silent with probability 1/16, 1/4 and 1/32; and the docstring's example.
check.call(born_dead_bound, [4, 2, 5], expected=0.31884765625)
check.call(born_dead_bound, [1, 1], expected=0.75)
check.passed("born_dead_bound: three layers, and two.")

# %% nbgrader={"grade": true, "grade_id": "test_born_dead_bound_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: one layer, forty, wide ones, none, arrays, and that the order does not matter.
### BEGIN HIDDEN TESTS
def _bound(widths):
    return 1 - float(np.prod([1 - 0.5 ** int(n) for n in widths]))


for widths in ([3], [2] * 10, [3] * 40, [64, 64], [1, 5, 2, 9], np.array([4, 4, 4]), [9, 2, 5, 1], [10] * 9):
    check.call(born_dead_bound, widths, expected=_bound)
_ = check.call(born_dead_bound, [], expected=0.0)
### END HIDDEN TESTS

# %% [markdown]
# Count, and compare with your bound. Lu and others (2019) published a count for nets of ten layers, nine of them hidden.

# %%
print("hidden layers   width   born dead   your bound")
for depth, width in ((10, 2), (10, 3), (10, 5), (20, 3), (40, 3)):
    print(f"{depth:13} {width:7} {figures.born_dead(width)[depth - 1]:11.0%} {born_dead_bound([width] * depth):12.0%}")
print("nine hidden layers, as published (over 90 %, about 60 %, over 10 %, below 1 %):")
print("widths 2, 3, 5, 10: " + ", ".join(f"{figures.born_dead(w)[8]:.1%}" for w in (2, 3, 5, 10)))

# %% [markdown]
# At width 2 the published number is for nets after training, which may kill a few more. Wide layers are safe: 64 units
# practically never fall silent together by chance. So single units die in training, and whole nets are born dead.
#
# ## What the sources say, and what you measured
#
# Two sources disagree about the learning rate:
#
# > *"So this is also quite frequently happening if you have a too high learning rate."* (the activations lecture)
# >
# > *"Increasing learning rates might help deal with this problem."* (the study notes)
#
# Let the nets decide. These ten have lost a third of their units, at a rate of 0.8. Train them on, once at a higher rate
# and once at a lower one.

# %%
half = trials.died(0.8)


def shares(layers):
    sums = figures.pre_activations(layers, X)
    return np.array([dead_fraction([Z[net] for Z in sums]) for net in range(10)])


print(f"dead after training at 0.8: {shares(half).mean():.0%}")
later = {}
for rate in (2.0, 0.03):
    later[rate] = nets.train(half, X, y, count=15, loss="softmax", lr=rate, batch=32, seeds=range(10)).layers
    print(f"dead after 15 more epochs at {rate}: {shares(later[rate]).mean():.0%}")

# %% [markdown]
# The lecture is right. A higher rate kills most of those that were left. A lower one *prevents* further deaths. It does
# not cure: the share stays about where it was.
#
# > *"This precious ReLU is suddenly always zero and can no longer be trained."* (the activations lecture)
#
# A dead unit's own weights do not move, as you saw. But what it is *fed* may. Count the units that came back at the low
# rate.

# %%
before, after = (figures.pre_activations(layers, X) for layers in (half, later[0.03]))
for layer in (0, 1):
    came_back = sum(int((dead_units(Z) & ~dead_units(Z_after)).sum()) for Z, Z_after in zip(before[layer], after[layer]))
    print(f"hidden layer {layer + 1}: {came_back} dead units of the ten nets came back")

# %% [markdown]
# In the first layer none can come back: the images do not change. In the second some do, because the layer below them
# moved. "No longer" is nearly, but not quite, for ever. (Look again at the first figure, at a rate of 1: when the orange
# curve falls, units of the second layer come back. Most of them soon die again.)
#
# > *"you don't end up with the dying ReLU problem as the derivative is never zero but it's alpha"* (the activations
# > lecture, of the leaky ReLU)
#
# Right, and you have used it. It does not make a high rate safe, though. The same ten starts, at the rate that killed
# the ReLUs:

# %%
net = nets.init([64, 64, 64, 10], "leaky", seeds=range(10))
leaky = nets.train(net, X, y, count=15, loss="softmax", lr=1.0, batch=32, seeds=range(10), label="leaky").layers
for name, layers in (("relu", trials.died(1.0)), ("leaky", leaky)):
    with np.errstate(all="ignore"):
        loss, _ = nets.loss_and_delta("softmax", nets.forward(layers, X), y)
    finite = np.isfinite(loss) & np.all([np.isfinite(W).all((1, 2)) for W, _, _ in layers], axis=0)
    print(f"{name:6} at a rate of 1: {(~finite).sum()} of 10 nets ended in numbers that are not finite")

# %% [markdown]
# ReLU units die, and by dying they stop the explosion. Leaky ones stay alive, and diverge. The cure for a rate that is
# too high is a lower rate.
#
# ## Quiz
#
# Click your answers. Then run the cell under the questions: it writes your choices down.

# %% jupyter={"source_hidden": true} tags=["quiz"]
quiz.ask("""
1. A ReLU unit gives 0 for one image. What follows?
- It is dead, and will stay so for the rest of training | A unit is dead only if it gives 0 for every example.
- Its weights get a larger gradient from this image, to make up for it | Where the output is 0 the slope is 0, and nothing is passed on.
- For this image, the next layer gets nothing but zeros | The next layer has other units below it, and biases.
+ This image leaves its weights unchanged; others need not | The slope is 0 here. On other images the unit may be active.
2. At the low rate, dead units of the second layer came back, but none of the first. Why?
+ Only the second layer's inputs can change while the net trains | The first layer sees the images, and those stay as they are.
- The second layer is nearer to the loss, so it gets the larger gradients | A dead unit gets no gradient at all, wherever it stands.
- The low rate has moved the second layer's own weights back | A dead unit's weights do not move at any rate.
- It was chance: with other starts it would be the first layer | In the first layer it is impossible, whatever the start.
3. Many units of your net have died, and you start the training anew. What helps?
- A higher learning rate, which moves the units further | It was a step that went too far that killed them.
- More epochs, until the dead units come back | A dead unit's weights do not move, however long you wait.
+ A lower learning rate, or a slope below 0 | The first prevents deaths, the second lets units come back.
- Biases that start further below 0 | That is the other way to lose units, as the slider showed.
4. What does a hidden unit compute?
- A weighted sum of its inputs; the activation belongs to the next layer | The activation is part of the unit.
+ The activation of a weighted sum of all its inputs plus a bias | The bias shifts where the unit becomes active. Far below 0, it never does.
- A constant, which training fixes once and for all | Its weights are learned, and its output depends on the input.
- The probability that the image shows a certain class | That is what an output of the net may give.
5. A net has twenty hidden layers of two ReLUs each, no biases, and is not yet trained. What do you expect of it?
- It will learn slowly, but it will learn in the end | If it is born dead, no gradient reaches its first layers.
- It is dead with a probability of one half | That is one unit at one input.
- Nothing can be said of a net before it is trained | You drew the curve of what can be said.
+ Almost surely it gives one and the same output for every input | One silent layer is enough, and there are twenty chances.
""")

# %% nbgrader={"grade": false, "grade_id": "quiz", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
answers = quiz.keep({1: 'd', 2: 'a', 3: 'c', 4: 'b', 5: 'd'})
#: answers = quiz.keep()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_quiz", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# An answer to each of the five questions. When graded, each right answer counts the same.
quiz.verify(answers, 5)
### BEGIN HIDDEN TESTS
quiz.verify(answers, 5, key="dacbd", points=2)
### END HIDDEN TESTS

# %% [markdown]
# ## Your score
#
# Save the notebook (Ctrl+S), then run the cell. It grades the saved file, with the tests that you have not seen.

# %% tags=["nbval-ignore-output"]
from grader import your_score

your_score("06_dead_relus")

# %% [markdown]
# ## Go further
#
# - In the playground of lesson 4, kill a whole layer. What do you expect of the error signal before it? Look.
# - Start the biases at −2 and train at a sensible rate. How long does a leak of 0.01 need to bring the units back, and
#   how long one of 0.1?
#
# Maas, Hannun and Ng, *Rectifier nonlinearities improve neural network acoustic models*, 2013. He, Zhang, Ren and Sun,
# *Delving deep into rectifiers*, 2015. Lu, Shin, Su and Karniadakis, *Dying ReLU and initialization*, 2019.
