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
# # 5 · Backprop by hand
#
# *20 points, about 60 minutes.*
#
# A net is a machine with thousands of knobs. Training turns each one a little, in the right direction, again and again.
# But who tells each knob which direction is right? In lesson 4 you watched that message travel back through a net, and
# fade. Here you write it yourself, and your own code reads handwriting.

# %%
import timeit

import numpy as np

from crease import check, data, live, nets, plot, quiz
from crease.figures import backprop as figures
from crease.widgets import digit_pad, graph, guess

# %% [markdown]
# ## A bet
#
# A small net reads images of 8×8 pixels. It has one hidden layer of 64 units, and 4,810 knobs. Computing its loss once
# takes a time T. You want the slope of that loss for **every** knob, exactly. Will that take about 3 T, 100 T, or 10,000 T?
# Run the cell, and set the marker.

# %%
bet = guess(1, 10_000, "T", log=True)

# %% [markdown]
# ## Look first
#
# In this net you can see every number: two inputs, two hidden sigmoids, two outputs, eight weights. Its error E is half
# the squared error of each output, added up. Take five steps **forward**, from the inputs to E, in blue. Then take six
# steps **backward**, from E to the weights, in orange.
#
# Going back, watch one wire at a time. An orange number arrives, and is multiplied by the bold number on the wire, its
# **local derivative**. Where two wires meet in a node, their results add up: watch "Backward 4". Point at a node to read
# what it does.

# %%
graph()

# %% [markdown]
# That is all of backpropagation. Now the same with matrices: you write the pieces, measure that they are right, find
# two bugs in somebody else's version, and train a net that reads digits.
#
# ## Forward: remember what you will need
#
# Your net has one hidden layer of ReLUs. Its last sums, one for each class, get no activation: the *logits*. The
# outputs of the hidden units, h in lesson 2, are now $A_1$:
#
# $$Z_1 = XW_1 + b_1,\qquad A_1 = \max(Z_1, 0),\qquad \text{logits} = A_1W_2 + b_2.$$
#
# The way back uses numbers from the way forward: the slope of a sigmoid needs its value. So a forward pass keeps what
# it computed. That is its **cache**.
#
# ### Exercise: `forward`
#
# Four lines.

# %% nbgrader={"grade": false, "grade_id": "forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def forward(params, X):
    """Forward pass of a net with one hidden ReLU layer and no activation on its outputs.

    params : dict of arrays W1 (d, h), b1 (h,), W2 (h, k), b2 (k,).  X : array or list (n, d), one example a row.
    Returns a dict with at least Z1 (n, h), A1 (n, h) and logits (n, k).

    >>> one = {"W1": np.eye(2), "b1": np.zeros(2), "W2": np.ones((2, 1)), "b2": np.zeros(1)}
    >>> forward(one, [[3.0, -4.0]])["logits"]
    array([[3.]])
    """
    ### BEGIN SOLUTION
    Z1 = np.asarray(X) @ params["W1"] + params["b1"]
    A1 = np.maximum(Z1, 0)
    return {"Z1": Z1, "A1": A1, "logits": A1 @ params["W2"] + params["b2"]}
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_forward_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# One example by hand: one hidden unit is active, the other is not. And the docstring's. Further keys do no harm.
params = {"W1": np.array([[1.0, -1.0], [1.0, 0.0]]), "b1": np.array([0.5, 0.0]),
          "W2": np.array([[2.0, 1.0], [1.0, -1.0]]), "b2": np.array([0.0, -6.0])}
check.call(forward, params, np.array([[1.0, 2.0]]), through=check.keys("Z1", "A1", "logits"),
           expected={"Z1": [[3.5, -1.0]], "A1": [[3.5, 0.0]], "logits": [[7.0, -2.5]]})
one = {"W1": np.eye(2), "b1": np.zeros(2), "W2": np.ones((2, 1)), "b2": np.zeros(1)}
check.call(forward, one, [[3.0, -4.0]], through=check.keys("logits"), expected={"logits": [[3.0]]})
check.passed("forward: two examples by hand.")

# %% nbgrader={"grade": true, "grade_id": "test_forward_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: many examples, nets of other widths, lists for X, negative logits, inputs left unchanged.
### BEGIN HIDDEN TESTS
def _net(d, h, k, seed):
    rng = np.random.default_rng(seed)
    return {"W1": rng.normal(size=(d, h)), "b1": rng.normal(size=h), "W2": rng.normal(size=(h, k)), "b2": rng.normal(size=k)}


def _forward(p, X, relu=lambda z: np.maximum(z, 0), last=lambda z: z, b=1.0):
    Z = np.asarray(X) @ p["W1"] + b * p["b1"]
    return {"Z1": Z, "A1": relu(Z), "logits": last(relu(Z) @ p["W2"] + b * p["b2"])}


for n, d, h, k in ((6, 3, 4, 2), (5, 4, 4, 4), (1, 2, 7, 3)):
    for X in (np.random.default_rng(n).normal(size=(n, d)), np.random.default_rng(n).integers(-3, 4, (n, d)).tolist()):
        check.call(forward, _net(d, h, k, n), X, expected=_forward, through=check.keys("Z1", "A1", "logits"))
### END HIDDEN TESTS

# %% [markdown]
# ## Backward, one module at a time
#
# A building block of a net, with inputs and an output, is a **module**. Draw the modules as circles, with an arrow
# wherever one feeds another, and you have a **computational graph**, as above.
#
# Backward, each module hears one thing: how much the loss L changes when its *output* changes a little. Call that
# `d_out`. It returns the same kind of derivative for its *input*, and for its weights if it has any. The derivative for
# the input becomes the `d_out` of the module before it. No module needs to know the rest of the net. The derivatives
# for all the weights together are the **gradient**.
#
# That is the **chain rule**. Along a path, slopes multiply. Where several paths lead from x to L, their products add:
#
# $$\frac{dL}{dx} = \sum_{\text{paths}}\ \prod_{\text{wires}} \text{local derivative}.$$
#
# Now an affine module, out = XW + b. In example n, the weight $w_{ij}$ is multiplied by $x_{ni}$ and added to output j.
# Turn it up a little: output j moves by $x_{ni}$ times as much, and the loss by $x_{ni}\,d_{nj}$ times as much, where
# $d_{nj}$ is that output's entry in `d_out`. The weight serves every example. So you add up a path through each, and
# the sum is an entry of a matrix product:
#
# $$d_W = X^\top d_\text{out},\qquad d_b = \text{the sum of the rows of } d_\text{out},\qquad d_X = d_\text{out}\,W^\top.$$
#
# The last one is step "Backward 4" above: each output sends back what it got, times the weight of the wire. Forgot
# where the transpose goes? Each derivative has the shape of what it belongs to.
#
# ### Exercise: `linear_backward`
#
# Three expressions.

# %% nbgrader={"grade": false, "grade_id": "linear_backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def linear_backward(d_out, X, W):
    """Backward pass of the affine module out = X @ W + b.

    d_out : array (n, m), the derivative of the loss L with respect to each output.  X : (n, d).  W : (d, m).
    Lists are taken too.
    Returns (d_X, d_W, d_b), arrays with the derivatives of L with respect to X, W and b: (n, d), (d, m) and (m,).

    >>> linear_backward([[1.0]], [[3.0]], [[2.0]])
    (array([[2.]]), array([[3.]]), array([1.]))
    """
    ### BEGIN SOLUTION
    d_out, X, W = np.asarray(d_out), np.asarray(X), np.asarray(W)
    return d_out @ W.T, X.T @ d_out, d_out.sum(axis=0)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_linear_backward_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Two examples, two inputs, three outputs; and the docstring's example.
check.call(linear_backward, np.array([[1.0, 0.0, -1.0], [0.0, 2.0, 0.0]]), np.array([[1.0, 2.0], [3.0, 4.0]]),
           np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 1.0]]),
           expected=([[-1.0, -1.0], [0.0, 2.0]], [[1.0, 6.0, -1.0], [2.0, 8.0, -2.0]], [1.0, 2.0, -1.0]))
check.call(linear_backward, [[1.0]], [[3.0]], [[2.0]], expected=([[2.0]], [[3.0]], [1.0]))
check.passed("linear_backward: two examples by hand, and one.")

# %% nbgrader={"grade": true, "grade_id": "test_linear_backward_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: many shapes, a square W (where a wrong transpose goes unnoticed), lists, inputs left unchanged.
### BEGIN HIDDEN TESTS
def _linear(D, X, W):
    D, X, W = np.asarray(D), np.asarray(X), np.asarray(W)
    return D @ W.T, X.T @ D, D.sum(axis=0)


for n, d, m in ((5, 3, 2), (4, 4, 4), (1, 2, 5), (6, 1, 1)):
    rng = np.random.default_rng(n)
    for kind in (np.asarray, np.ndarray.tolist):
        args = [kind(rng.normal(size=shape)) for shape in ((n, m), (n, d), (d, m))]
        check.call(linear_backward, *args, expected=_linear)
### END HIDDEN TESTS

# %% [markdown]
# A ReLU has no weights. Where its input was above zero it passed the signal on with slope 1, so it passes the
# derivative back. Elsewhere, and at exactly 0, its slope is 0.
#
# ### Exercise: `relu_backward`
#
# One line. Which of the two arrays decides?

# %% nbgrader={"grade": false, "grade_id": "relu_backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def relu_backward(d_out, Z):
    """Backward pass of A = max(Z, 0), entry by entry; the slope at 0 is 0.

    d_out : derivatives of the loss with respect to A, an array or a list of any shape.  Z : what went in, same shape.
    Returns the derivatives with respect to Z, an array of the same shape.

    >>> relu_backward([5.0, 5.0], [2.0, -2.0])
    array([5., 0.])
    """
    ### BEGIN SOLUTION
    return np.asarray(d_out) * (np.asarray(Z) > 0)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_relu_backward_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# A unit that is on, one that is off, one at exactly 0, one that is on and gets a negative derivative; and two as a list.
check.call(relu_backward, np.array([[1.0, -2.0, 3.0, -5.0]]), np.array([[2.0, -1.0, 0.0, 4.0]]),
           expected=[[1.0, 0.0, 0.0, -5.0]])
check.call(relu_backward, [5.0, 5.0], [2.0, -2.0], expected=[5.0, 0.0])
check.passed("relu_backward: on, off, zero, and a negative derivative.")

# %% nbgrader={"grade": true, "grade_id": "test_relu_backward_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: 1-D, 2-D and 3-D input, integers, lists, very small and very large Z, inputs left unchanged.
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(4)
check.call(relu_backward, np.array([1.5, -2.5]), np.array([0.1, 0.2]), expected=[1.5, -2.5])
for shape in ((6,), (4, 5), (2, 3, 4)):
    for change in (np.asarray, np.ndarray.tolist, lambda a: a * 1e-9, lambda a: a * 1e9):
        check.call(relu_backward, rng.integers(-4, 5, shape).tolist(), change(rng.integers(-2, 3, shape)),
                   expected=lambda D, Z: np.where(np.asarray(Z) > 0, D, 0))
### END HIDDEN TESTS

# %% [markdown]
# At the end of the net stands the loss. The **softmax** turns the logits of an example into shares p, all positive,
# that add up to 1. The **cross-entropy** is minus the logarithm of the share of the right class, averaged over the n
# examples:
#
# $$p_j = \frac{e^{z_j}}{\sum_k e^{z_k}},\qquad L = -\frac1n\sum_{\text{examples}} \log p_\text{label}.$$
#
# Now the friendliest derivative in the whole net, in two lines. Let y be 1 for the label and 0 for the other classes. (The
# slope of $\log u$ is $1/u$, and that of $e^u$ is $e^u$ itself.)
#
# $$\log p_\text{label} = z_\text{label} - \log\sum_k e^{z_k},$$
# $$\frac{\partial \log p_\text{label}}{\partial z_j} = y_j - \frac{e^{z_j}}{\sum_k e^{z_k}} = y_j - p_j,
# \qquad\text{so}\qquad d_\text{logits} = \frac{p - y}{n}.$$
#
# Share minus truth, and the mean's 1/n.
#
# Two traps wait. First, $e^{1000}$ is too large for a float. Subtract the row's largest logit m from all its logits:
# the factor $e^{-m}$ then stands above and below the line, and cancels. No p changes. Second, a p can round to 0, which
# has no logarithm. So use the first of the two lines.
#
# ### Exercise: `softmax_cross_entropy`
#
# About five lines. `logits[np.arange(n), labels]` picks one number from each row.

# %% nbgrader={"grade": false, "grade_id": "softmax_cross_entropy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax_cross_entropy(logits, labels):
    """Mean cross-entropy of the softmax of `logits`, and its derivative. No overflow with logits of ±1000.

    logits : array or list (n, k).  labels : n ints from 0 to k - 1, the right classes; array or list.
    Returns (loss, d_logits): a float, the mean over the examples, in natural logarithms; and an array (n, k).

    >>> softmax_cross_entropy([[0.0, 0.0]], [0])
    (0.6931471805599453, array([[-0.5,  0.5]]))
    """
    ### BEGIN SOLUTION
    z = np.asarray(logits, float)
    n = len(z)
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    y = np.eye(z.shape[1])[np.asarray(labels)]
    return float(-(log_p * y).sum() / n), (np.exp(log_p) - y) / n
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_softmax_cross_entropy_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Shares of one, three and four eighths, and thirds; the docstring's example; and large logits.
check.call(softmax_cross_entropy, np.array([[0.0, np.log(3), np.log(4)], [0.0, 0.0, 0.0]]), np.array([0, 1]),
           expected=(1.5890269151739727, [[-7 / 16, 3 / 16, 1 / 4], [1 / 6, -1 / 3, 1 / 6]]))
check.call(softmax_cross_entropy, [[0.0, 0.0]], [0], expected=(0.6931471805599453, [[-0.5, 0.5]]))
check.call(softmax_cross_entropy, np.array([[1000.0, 0.0]]), [1], quiet=True, expected=(1000.0, [[1.0, -1.0]]))
check.passed("softmax_cross_entropy: small logits, and large ones.")

# %% nbgrader={"grade": true, "grade_id": "test_softmax_cross_entropy_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: many rows and classes, lists, ±1000 in one row (the loss stays finite and exact), inputs unchanged.
### BEGIN HIDDEN TESTS
def _p(z, axis=1):
    z = np.asarray(z, float)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def _hot(z, t):
    return np.eye(np.shape(z)[1])[np.asarray(t)]


def _loss(z, t):
    z = np.asarray(z, float)
    m = z.max(axis=1)
    return np.mean(m + np.log(np.exp(z - m[:, None]).sum(axis=1)) - (z * _hot(z, t)).sum(axis=1))


def _both(z, t):
    return _loss(z, t), (_p(z) - _hot(z, t)) / len(z)


_tests = [(np.random.default_rng(n).normal(0, 3, (n, k)), np.random.default_rng(k).integers(0, k, n))
          for n, k in ((5, 3), (4, 4), (1, 10), (7, 2))]
_tests += [(z.tolist(), t.tolist()) for z, t in _tests[:2]]
_tests += [(np.array([[1000.0, -1000.0, 0.0], [-1000.0, -1000.0, -1000.0]]), np.array([1, 2])), ([[1, -1, 0], [3, 3, 2]], [2, 0])]
for z, t in _tests:
    check.call(softmax_cross_entropy, z, t, quiet=True, expected=_both)
### END HIDDEN TESTS

# %% [markdown]
# ## The whole way back
#
# Put the modules in a row, last one first. The loss gives `d_logits`. The second affine module takes it, and returns
# the derivatives for W2, b2 and its input A1. The ReLU turns the last of these into `d_Z1`, the error signal of lesson
# 4. The first affine module takes that.
#
# ### Exercise: `backward`
#
# Four or five lines, every one a call.

# %% nbgrader={"grade": false, "grade_id": "backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def backward(params, cache, X, labels):
    """Derivatives of the mean cross-entropy with respect to every parameter of the net.

    params : as for `forward`.  cache : a dict with Z1, A1 and logits, as `forward` returns it (read no other key).
    X : array or list (n, d).  labels : n ints.
    Returns a dict with exactly the keys of `params`, each holding an array of its parameter's shape.
    """
    ### BEGIN SOLUTION
    _, d_logits = softmax_cross_entropy(cache["logits"], labels)
    d_A1, d_W2, d_b2 = linear_backward(d_logits, cache["A1"], params["W2"])
    d_Z1 = relu_backward(d_A1, cache["Z1"])
    _, d_W1, d_b1 = linear_backward(d_Z1, X, params["W1"])
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_backward_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# One example by hand: logits 6 and 6, so both shares are ½; the first hidden unit is on, the second is off.
params = {"W1": np.array([[1.0, -1.0], [1.0, 0.0]]), "b1": np.array([0.0, 0.0]),
          "W2": np.array([[2.0, 1.0], [1.0, -1.0]]), "b2": np.array([0.0, 3.0])}
cache = {"Z1": np.array([[3.0, -1.0]]), "A1": np.array([[3.0, 0.0]]), "logits": np.array([[6.0, 6.0]])}
check.call(backward, params, cache, np.array([[1.0, 2.0]]), np.array([0]), expected={
    "W1": [[-0.5, 0.0], [-1.0, 0.0]], "b1": [-0.5, 0.0], "W2": [[-1.5, 1.5], [0.0, 0.0]], "b2": [-0.5, 0.5]})
check.passed("backward: one example by hand.")

# %% nbgrader={"grade": true, "grade_id": "test_backward_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: many examples and widths, sums of exactly 0, lists for X and labels, exactly the four keys,
# inputs left unchanged.
### BEGIN HIDDEN TESTS
def _case(n, d, h, k, seed):
    rng = np.random.default_rng(seed)
    p = {"W1": rng.normal(size=(d, h)), "b1": rng.normal(size=h), "W2": rng.normal(size=(h, k)), "b2": rng.normal(size=k)}
    X = rng.normal(size=(n, d))
    Z = X @ p["W1"] + p["b1"]
    A = np.maximum(Z, 0)
    return p, {"Z1": Z, "A1": A, "logits": A @ p["W2"] + p["b2"]}, X, rng.integers(0, k, n)


def _grads(p, c, X, t, scale=1.0, mask=lambda c, up: c["Z1"] > 0, below="A1", turn=np.transpose):
    e = np.exp(c["logits"] - c["logits"].max(axis=1, keepdims=True))
    D = (e / e.sum(axis=1, keepdims=True) - np.eye(e.shape[1])[np.asarray(t)]) / len(e) * scale
    dA = D @ turn(p["W2"])
    dZ = dA * mask(c, dA)
    return {"W1": np.asarray(X).T @ dZ, "b1": dZ.sum(axis=0), "W2": c[below].T @ D, "b2": D.sum(axis=0)}


for n, d, h, k in ((6, 3, 5, 4), (4, 4, 4, 4), (1, 2, 6, 3), (9, 5, 3, 2)):
    case = _case(n, d, h, k, n)
    case[1]["Z1"][0, 0] = case[1]["A1"][0, 0] = 0.0
    for args in (case, (*case[:2], case[2].tolist(), case[3].tolist())):
        check.call(backward, *args, expected=_grads)
### END HIDDEN TESTS

# %% [markdown]
# ## Trust it? Try to break it
#
# Lesson 3 measured a slope by a central difference. Do that here, one knob at a time:
#
# $$\frac{\partial f}{\partial x_i} \approx \frac{f(x + h\,e_i) - f(x - h\,e_i)}{2h}.$$
#
# ($e_i$ is 1 at place i and 0 elsewhere; ∂ says that all other numbers stay put.) A difference knows nothing about f,
# so it can check code that does.
#
# ### Exercise: `numerical_gradient`
#
# Five to eight lines, one loop. `np.ndindex(x.shape)` runs over the positions of an array of any shape.

# %% nbgrader={"grade": false, "grade_id": "numerical_gradient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def numerical_gradient(f, x, h=1e-5):
    """Central differences of f at x, one entry of x at a time.

    f : a function that takes an array of the shape of x (the whole of it) and returns one number.
    x : array or list of any shape, of floats or ints; it stays as it is.  h : size of the push, in the unit of x.
    Returns an array of the shape of x.

    >>> numerical_gradient(lambda x: x[0] * x[1], [2.0, 3.0])
    array([3., 2.])
    """
    ### BEGIN SOLUTION
    x = np.array(x, dtype=float)
    slopes = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[place] += h
        down[place] -= h
        slopes[place] = (f(up) - f(down)) / (2 * h)
    return slopes
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_numerical_gradient_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Cubes with a large h, where forward and central differences part; and a product, whose slopes you know.
check.call(numerical_gradient, lambda x: (x ** 3).sum(), np.array([1.0, 2.0]), 0.5, expected=[3.25, 12.25], rtol=1e-7)
check.call(numerical_gradient, lambda x: x[0] * x[1], [2.0, 3.0], expected=[3.0, 2.0], rtol=1e-7)
check.call(numerical_gradient, lambda x: x[0] ** 2 * x[1], np.array([-2.0, 3.0]), expected=[-12.0, 4.0], rtol=1e-7)
check.passed("numerical_gradient: cubes, and products.")

# %% nbgrader={"grade": true, "grade_id": "test_numerical_gradient_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: integers, lists, 2-D and 3-D x, an f in which all entries depend on each other, x left unchanged.
### BEGIN HIDDEN TESTS
def _slopes(f, x, h=1e-5, up=1.0, down=1.0, width=2.0, keep=False, whole=False):
    x = np.array(x, dtype=float)
    out = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        a, b = x.copy(), x.copy()
        a[... if whole else i] += up * h
        b[... if whole else i] -= down * h
        out[i] = (f(a) - f(b)) / (width * h)
        if keep:
            x = b
    return out


def _wave(x):
    return float(np.sin(x).prod() + (x ** 3).sum())


def _mix(x):
    return float((np.cumsum(x.ravel()) ** 3).sum())


for f in (_wave, _mix):
    for x in (np.array([0.5, 1.0, 2.0]), [1, 2, 3], np.array([[1, 2], [3, 1]]), np.ones((2, 3)) / 3, np.full((2, 1, 2), 0.7)):
        for h in ((), (0.25,)):
            check.call(numerical_gradient, f, x, *h, expected=_slopes, rtol=1e-6, atol=1e-7)
_ = check.call(numerical_gradient, lambda x: np.abs(x).sum(), np.array([7e-6]), expected=[0.7], rtol=1e-6)
### END HIDDEN TESTS

# %% [markdown]
# Let it judge your `backward`, on twenty small nets with random examples. For each parameter we take the largest
# disagreement, relative to the largest slope. Only rounding may be left.

# %% jupyter={"source_hidden": true}
# Run this cell: a net's start, its loss, the loss's slopes by differences, and how far yours are from them.
def start(widths, seed):
    (W1, b1, _), (W2, b2, _) = nets.init(widths, "relu", scheme="he", seeds=seed)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def loss_of(params, X, labels):
    return softmax_cross_entropy(forward(params, X)["logits"], labels)[0]


def by_differences(params, X, labels):
    return {name: numerical_gradient(lambda value, name=name: loss_of({**params, name: value}, X, labels), params[name])
            for name in params}


def gradient_errors(slopes, seed):
    rng = np.random.default_rng(seed)
    params, X, labels = start([4, 6, 3], seed), rng.normal(size=(8, 4)), rng.integers(0, 3, 8)
    got, wanted = slopes(params, forward(params, X), X, labels), by_differences(params, X, labels)
    return {name: np.abs(got[name] - wanted[name]).max() / np.abs(wanted[name]).max() for name in params}

# %%
errors = [gradient_errors(backward, seed) for seed in range(20)]
for name in ("W1", "b1", "W2", "b2"):
    print(f"{name}: all 20 differences below 1e-6: {max(e[name] for e in errors) < 1e-6}")

# %% [markdown]
# ## Somebody else's bugs
#
# A wrong backward pass seldom crashes. Often it even trains, only worse. A colleague wrote theirs in two lines, and
# made **two** mistakes.
#
# ### Exercise: `fixed_backward`
#
# Hunt them down. Don't stare at the code: run it as it is, and let the cell under it say *which* gradients are off. If
# a gradient is right, so is everything used to compute it.

# %% nbgrader={"grade": false, "grade_id": "fixed_backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fixed_backward(params, cache, X, labels):
    """The same as `backward`: the same arguments, the same dict.

    This version has two faults. Find them with `gradient_errors`, and repair them.
    """
    X = np.asarray(X)
    _, d_logits = softmax_cross_entropy(cache["logits"], labels)
    ### BEGIN SOLUTION
    d_Z1 = (d_logits @ params["W2"].T) * (cache["Z1"] > 0)
    return {"W1": X.T @ d_Z1, "b1": d_Z1.sum(axis=0), "W2": cache["A1"].T @ d_logits, "b2": d_logits.sum(axis=0)}
    #: d_Z1 = (d_logits @ params["W2"].T) * (cache["A1"] >= 0)
    #: return {"W1": X.T @ d_Z1, "b1": d_Z1.sum(axis=0), "W2": cache["Z1"].T @ d_logits, "b2": d_logits.sum(axis=0)}
    ### END SOLUTION

# %%
for name, error in gradient_errors(fixed_backward, seed=0).items():
    print(f"{name}: " + ("right" if error < 1e-6 else f"off by {error:.0%}"))

# %% nbgrader={"grade": true, "grade_id": "test_fixed_backward_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# The example that you followed by hand for `backward`.
params = {"W1": np.array([[1.0, -1.0], [1.0, 0.0]]), "b1": np.array([0.0, 0.0]),
          "W2": np.array([[2.0, 1.0], [1.0, -1.0]]), "b2": np.array([0.0, 3.0])}
cache = {"Z1": np.array([[3.0, -1.0]]), "A1": np.array([[3.0, 0.0]]), "logits": np.array([[6.0, 6.0]])}
check.call(fixed_backward, params, cache, np.array([[1.0, 2.0]]), np.array([0]), expected={
    "W1": [[-0.5, 0.0], [-1.0, 0.0]], "b1": [-0.5, 0.0], "W2": [[-1.5, 1.5], [0.0, 0.0]], "b2": [-0.5, 0.5]})
check.passed("fixed_backward: both faults are gone in this example.")

# %% nbgrader={"grade": true, "grade_id": "test_fixed_backward_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded, as `backward` is: many examples and widths, lists, exactly the four keys, inputs left unchanged.
### BEGIN HIDDEN TESTS
def _case(n, d, h, k, seed):
    rng = np.random.default_rng(seed)
    p = {"W1": rng.normal(size=(d, h)), "b1": rng.normal(size=h), "W2": rng.normal(size=(h, k)), "b2": rng.normal(size=k)}
    X = rng.normal(size=(n, d))
    Z = X @ p["W1"] + p["b1"]
    A = np.maximum(Z, 0)
    return p, {"Z1": Z, "A1": A, "logits": A @ p["W2"] + p["b2"]}, X, rng.integers(0, k, n)


def _grads(p, c, X, t, mask=lambda c, up: c["Z1"] > 0, below="A1", scale=1.0):
    e = np.exp(c["logits"] - c["logits"].max(axis=1, keepdims=True))
    D = (e / e.sum(axis=1, keepdims=True) - np.eye(e.shape[1])[np.asarray(t)]) / len(e) * scale
    dA = D @ p["W2"].T
    dZ = dA * mask(c, dA)
    return {"W1": np.asarray(X).T @ dZ, "b1": dZ.sum(axis=0), "W2": c[below].T @ D, "b2": D.sum(axis=0)}


for n, d, h, k in ((6, 3, 5, 4), (4, 4, 4, 4), (1, 2, 6, 3), (9, 5, 3, 2)):
    case = _case(n, d, h, k, n + 1)
    case[1]["Z1"][0, 0] = case[1]["A1"][0, 0] = 0.0
    for args in (case, (*case[:2], case[2].tolist(), case[3].tolist())):
        check.call(fixed_backward, *args, expected=_grads)
### END HIDDEN TESTS

# %% [markdown]
# ## One step downhill
#
# For each knob, the gradient says which way is up. Training goes the other way, by a small share of it, the **learning
# rate**. When each step sees only a few examples, drawn at random, that is *stochastic gradient descent*, SGD.
#
# ### Exercise: `sgd_step`
#
# One line.

# %% nbgrader={"grade": false, "grade_id": "sgd_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sgd_step(params, grads, lr):
    """One step of gradient descent.

    params, grads : dicts of arrays with the same keys (any keys).  lr : the learning rate, a number.
    Returns a new dict with those keys and new arrays; what came in stays as it is.

    >>> sgd_step({"w": np.array([1.0])}, {"w": np.array([2.0])}, 0.25)
    {'w': array([0.5])}
    """
    ### BEGIN SOLUTION
    return {name: params[name] - lr * grads[name] for name in params}
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_sgd_step_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Two parameters by hand, with a learning rate of 0.1; and the docstring's example.
check.call(sgd_step, {"W": np.array([[1.0, 2.0]]), "b": np.array([3.0])},
           {"W": np.array([[10.0, -20.0]]), "b": np.array([0.5])}, 0.1, expected={"W": [[0.0, 4.0]], "b": [2.95]})
check.call(sgd_step, {"w": np.array([1.0])}, {"w": np.array([2.0])}, 0.25, expected={"w": [0.5]})
check.passed("sgd_step: two parameters by hand, and one.")

# %% nbgrader={"grade": true, "grade_id": "test_sgd_step_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: other keys and shapes, keys in another order, lr of 0 and of 1, and that params and grads are left unchanged.
### BEGIN HIDDEN TESTS
def _step(params, grads, lr):
    return {k: params[k] - lr * grads[k] for k in params}


for seed, keys in enumerate((("W1", "b1", "W2", "b2"), ("a",), ("x", "W1", "gamma"))):
    rng = np.random.default_rng(seed)
    shapes = [tuple(rng.integers(1, 4, rng.integers(1, 4))) for _ in keys]
    for lr in (0.03, 1.0, 0.0):
        params, grads = ({k: rng.normal(size=s) for k, s in zip(keys, shapes)} for _ in "pg")
        check.call(sgd_step, params, grads, lr, expected=_step)
        check.call(sgd_step, params, dict(reversed(grads.items())), lr, expected=_step)
### END HIDDEN TESTS

# %% [markdown]
# ## The experiment: your code reads digits
#
# Handwritten digits, 8×8 pixels each (E. Alpaydin and C. Kaynak, UCI Machine Learning Repository, CC BY 4.0). The net
# learns from one part and never sees the other. This loop is all of training: shuffle, take 64 examples, go forward, go
# backward, take a step. One *epoch* uses every example once.

# %%
X, y, X_test, y_test = data.digits()


def train(seed, slopes=backward, epochs=20, lr=0.1):
    params, rng = start([64, 64, 10], seed), np.random.default_rng(seed)
    for _ in range(epochs):
        for rows in np.split(rng.permutation(len(y)), range(64, len(y), 64)):
            grads = slopes(params, forward(params, X[rows]), X[rows], y[rows])
            params = sgd_step(params, grads, lr)
    return params


def guesses(params):
    return forward(params, X_test)["logits"].argmax(axis=1)

# %% [markdown]
# Ten nets, each from its own start.

# %%
trained = [train(seed) for seed in nets.progress(range(10), "training")]
right = [np.mean(guesses(params) == y_test) for params in trained]
print(len(y), "digits to learn from,", len(y_test), "to be tested on")
print(f"right before training: {np.mean(guesses(start([64, 64, 10], 0)) == y_test):.0%}")
print(f"right after training:  median {np.median(right):.1%}, from {min(right):.0%} to {max(right):.0%} over 10 seeds")
print("every one above 95 %: ", min(right) > 0.95)

# %% jupyter={"source_hidden": true}
# Run this cell: it shows what the first net makes of ten digits.
said = guesses(trained[0])
wrong, fine = np.flatnonzero(said != y_test)[:4], np.flatnonzero(said == y_test)[:6]
rows = [*fine, *wrong]
plot.show(figures.digits(X_test[rows], y_test[rows], said[rows]),
          caption="Digits the first net had never seen. Would you have read the framed ones?")

# %% [markdown]
# You wrote every line of it. Now write a digit by hand, and the same net reads along. Which of your digits does it get
# wrong? The small grey image is all that it gets to see.

# %%
digit_pad(trained[0])

# %% [markdown]
# ## What a gradient costs
#
# Now the bet. Differences need two forward passes for **each** parameter. And backprop? Count the matrix products. Your
# `forward` has one for each affine module. Your `linear_backward` has two, for $d_W$ and for $d_X$. So one gradient
# costs about **three passes in all**, however many parameters there are.
#
# Does the clock agree? First six tiny nets with 32 digits. Then two wide ones with 256, too wide for differences:
# there, "differences" is twice the number of parameters, not a measurement.

# %% jupyter={"source_hidden": true} tags=["nbval-ignore-output"]
# Run this cell: it takes the times, and says what becomes of your bet.
def price(width, count):
    params, few, labels = start([64, width, 10], 0), X[:count], y[:count]
    jobs = (lambda: loss_of(params, few, labels), lambda: backward(params, forward(params, few), few, labels))
    n = 3 if width < 99 else 1  # a wide net takes long enough for the clock
    once, back = np.min([[timeit.timeit(job, number=n) / n for job in jobs] for _ in range(40)], axis=0)
    slow = timeit.timeit(lambda: by_differences(params, few, labels), number=1) if width < 99 else np.nan
    return sum(p.size for p in params.values()), once, back, slow


sizes, once, back, slow = (np.array(column) for column in zip(*(
    price(*net) for net in ((2, 32), (4, 32), (8, 32), (16, 32), (32, 32), (64, 32), (512, 256), (1024, 256)))))
for size, b, s in zip(sizes, back / once, slow / once):
    print(f"{size:6d} parameters: backprop takes {b:3.1f} T, differences {s if s == s else 2 * size:7,.0f} T")
bet.land((back / once)[5])  # of the net with 4,810 parameters

# %% [markdown]
# In a tiny net Python's own overhead takes most of the time, so the ratio starts near 1.5. In the wide nets it nears
# the count: 2½ to 3 on a quiet computer (a busy one jumps about). It does not grow with the
# net. And backprop is exact up to rounding; differences have an error that depends on h.
#
# ## The matrix that nobody builds
#
# Write down *all* derivatives of a module's outputs by its inputs, a row for each output number, a column for each
# input number. That matrix is the **Jacobian**. You never built one: the way back needs only its transpose times
# $d_\text{out}$, the **vector–Jacobian product**, one number for each input number.
#
# That is also why everybody starts at the loss. It is a *single* number. From that end, in *reverse mode*, only a
# vector travels back. From the other end, in *forward mode*, you would multiply matrix by matrix.
#
# ### Exercise: `jacobian_entries`
#
# How much do you save? Count both. One line.

# %% nbgrader={"grade": false, "grade_id": "jacobian_entries", "locked": false, "schema_version": 3, "solution": true, "task": false}
def jacobian_entries(n, d_in, d_out):
    """How many numbers two things hold, for an affine module of d_in inputs, d_out outputs and n examples.

    Returns two ints: the numbers in the Jacobian of all outputs (n, d_out) by all inputs (n, d_in), zeros included;
    and those in the vector-Jacobian product, which has the shape of the inputs.

    >>> jacobian_entries(2, 3, 2)
    (24, 6)
    """
    ### BEGIN SOLUTION
    return n * d_out * n * d_in, n * d_in
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_jacobian_entries_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Two examples, three inputs, four outputs: 8 output numbers, 6 input numbers. And the docstring's example.
check.call(jacobian_entries, 2, 3, 4, expected=(48, 6))
check.call(jacobian_entries, 2, 3, 2, expected=(24, 6))
check.passed("jacobian_entries: two examples.")

# %% nbgrader={"grade": true, "grade_id": "test_jacobian_entries_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: one example, many, large layers, and that both answers are ints.
### BEGIN HIDDEN TESTS
for n, d, m in ((1, 3, 3), (5, 2, 7), (64, 64, 64), (10, 1, 1), (1000, 784, 100)):
    counts = check.call(jacobian_entries, n, d, m, expected=lambda n, d, m: (n * m * n * d, n * d))
    check.that(all(isinstance(c, (int, np.integer)) for c in counts), "The answers are not ints.", "Return ints: no division, no float.")
### END HIDDEN TESTS

# %% jupyter={"source_hidden": true}
# Run this cell: it counts with your function.
full, product = jacobian_entries(64, 64, 64)
print(f"the digits' hidden layer, 64 examples: full Jacobian {full:,} numbers, {8 * full / 1e6:.0f} MB")
print(f"what the way back computes instead:    {product:,} numbers, {8 * product / 1e3:.0f} kB")

# %% [markdown]
# ## What the sources say, and what you measured
#
# > *"Algorithm for training neural networks."* … *"Use iterative gradient based optimizers to train the network."* …
# > *"Backpropagation is the application of the chain rule."* (the study notes, three places)
#
# The last two are exact; the first, on its own, mixes them up. Backprop computes the gradient. What you do with it is
# another decision. Here is one gradient, and three decisions:

# %%
params = start([64, 64, 10], 0)
grads = backward(params, forward(params, X), X, y)
print(f"loss: {loss_of(params, X, y):.3f}")
for lr in (0.1, 0.0, -0.1):
    print(f"loss after one step with lr {lr:4}: {loss_of(sgd_step(params, grads, lr), X, y):.3f}")

# %% [markdown]
# Down, nowhere, up.
#
# ## Quiz
#
# Click your answers. Then run the cell under the questions: it writes your choices down.

# %% jupyter={"source_hidden": true} tags=["quiz"]
quiz.ask("""
1. What does backpropagation compute?
- The new weights, after one step of training | The step is gradient descent's. You wrote it as a function of its own.
- The inputs that would have given the right output | The net is not run in reverse. Only derivatives travel back.
+ How the loss changes with each of the net's parameters | For all parameters at once, for about three forward passes.
- The learning rate that suits the next step | It knows nothing of the learning rate.
2. Which statement about backpropagation is true?
- It approximates the gradient, better with a smaller step | That is the finite difference.
+ It is exact up to rounding, for any graph without cycles | Module by module, the derivatives are multiplied and added. Your differences agreed.
- It needs the modules to stand one after the other, in layers | A graph may branch and join. It is enough to visit each node after all that it feeds.
- It needs one pass through the net for every parameter | Differences do, and even two.
3. What must a function have to serve as a module of a net that you train?
- Weights of its own, which training can change | ReLU and softmax have none.
- As many outputs as it has inputs | The loss takes many numbers and returns one.
- A derivative at every single point, without exception | ReLU has none at 0, and you trained with it.
+ A derivative at almost every point of its inputs | Then it can pass derivatives back. Weights are optional.
4. A module computes y from x. You know dL/dy, as a column. How do you get dL/dx?
+ Multiply it by the transposed Jacobian of y | For an affine module that is d_out times W transposed, row by row.
- Multiply it by the Jacobian as it is, a row for each output | The shapes do not fit: dL/dx has an entry for each input.
- Multiply it by the inverse of the Jacobian, to undo the module | Nothing is undone on the way back. Most Jacobians have no inverse.
- Add the Jacobian to it | Along a path, derivatives multiply. Only different paths add.
5. Why does one start at the loss and not at the inputs?
- Gradients are larger near the loss, so less is lost to rounding | The size of the numbers has nothing to do with it.
- Going forward, the Jacobians cannot be computed | They can. It costs far more.
+ From a single number, only vectors travel back through the net | From the other end, matrices multiply matrices.
- The inputs are not known while the net trains | They are, and the way back uses them.
6. Which of these can backpropagation do without?
- The values that the forward pass kept | You needed A1 and Z1.
+ Second derivatives of the loss | Only first derivatives travel.
- The chain rule, applied at each module | It is the heart of it.
- A forward pass with the same weights | Without it there is nothing to differentiate.
""")

# %% nbgrader={"grade": false, "grade_id": "quiz", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
answers = quiz.keep({1: 'c', 2: 'b', 3: 'd', 4: 'a', 5: 'c', 6: 'b'})
#: answers = quiz.keep()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_quiz", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# An answer to each of the six questions. When graded, each right answer counts the same.
quiz.verify(answers, 6)
### BEGIN HIDDEN TESTS
quiz.verify(answers, 6, key="cbdacb", points=2)
### END HIDDEN TESTS

# %% [markdown]
# ## Your score
#
# Save the notebook (Ctrl+S), then run the cell. It grades the saved file, with the tests that you have not seen.

# %% tags=["nbval-ignore-output"]
from grader import your_score

your_score("05_backprop_by_hand")

# %% [markdown]
# ## If you have another ten minutes
#
# The lesson is done. Here are five more things to see and to try. Take the ones you like, in any order.
#
# ### Two paths at once
#
# Here x reaches $L = u\,v$ twice, by way of $u = 2x$ and of $v = x^2$. Drag x, and check the sum against a push of x itself.

# %%
live(figures.paths, x=(-2.0, 2.0, 0.5), stills=[{"x": 1.0}, {"x": -1.5}],
     caption="Multiply along a path, add over the paths. At x = -1.5 both paths add to the same slope as at 1.5.")

# %% [markdown]
# ### The same for any formula, in thirty lines
#
# You wired `backward` for one net. The libraries that people train with do it for any formula: every number remembers
# what it was made from, and with which local derivative. Read along. This is the core of such a library.

# %%
class Value:
    """A number that remembers the numbers it was made from, each with its local derivative."""

    def __init__(self, data, made_from=()):
        self.data, self.made_from, self.grad = data, made_from, 0.0

    def __add__(self, other):
        return Value(self.data + other.data, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        return Value(self.data * other.data, [(self, other.data), (other, self.data)])

    def relu(self):
        return Value(max(self.data, 0.0), [(self, float(self.data > 0))])

# %% [markdown]
# Going back, a node may pass its derivative on only when all its own paths have arrived. So list the nodes such that
# each stands *after* everything it was made from, a **topological order**, and walk the list from its end. The `+=` is
# the sum over paths.

# %%
def in_order(node, listed):
    """Add `node` to the list `listed`, after everything that it was made from."""
    if node not in listed:
        for part, _ in node.made_from:
            in_order(part, listed)
        listed.append(node)
    return listed


def go_back(end):
    end.grad = 1.0
    for node in reversed(in_order(end, [])):
        for part, slope in node.made_from:
            part.grad += node.grad * slope

# %%
def tangle(a, b):
    c = a * b + a  # a is used four times in all, b twice, c twice
    return (c * c).relu() * a + b * a


a, b = Value(2.0), Value(-0.5)
go_back(tangle(a, b))
print("by going back:  ", a.grad, b.grad)
print("by differences: ", numerical_gradient(lambda ab: tangle(*map(Value, ab)).data, [2.0, -0.5]).round(6))

# %% [markdown]
# Try to break it. Write `=` in place of `+=`. Or take `reversed` away. Then give `Value` a `tanh`: one line, if you know
# its slope from its output.
#
# ### The Jacobian, drawn after all
#
# Drag the number of examples, and see why nobody builds it.

# %%
live(figures.jacobian, module=["affine", "relu", "softmax"], examples=(1, 6),
     stills=[{"module": "affine", "examples": 3}, {"module": "softmax", "examples": 3}],
     caption="One coloured block for each example; the rest is zero, because no example's output depends on another's input.")

# %% [markdown]
# Inside a block, the affine module has its weights. The ReLU has ones and zeros on the diagonal and nothing else. The
# softmax fills the block: raise one logit and its own share grows while all others shrink,
# $\partial p_i/\partial z_j = p_i\,([i = j] - p_j)$, where $[i = j]$ is 1 on the diagonal and 0 off it.
#
# Build a small J with your own differences, and compare its product with what your `linear_backward` returns.

# %%
W = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
x = np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 1.0]])
J = np.stack([numerical_gradient(lambda x, k=k: (x @ W).ravel()[k], x).ravel() for k in range(4)])

d_out = np.array([[1.0, -1.0], [2.0, 0.5]])
print("J has the shape", J.shape)
print("through the Jacobian:  ", (J.T @ d_out.ravel()).round(6) + 0.0)
print("by linear_backward:    ", linear_backward(d_out, x, W)[0].ravel())

# %% [markdown]
# ### Without any backprop
#
# > *"A 3x3x3 MLP can be trained easily without backpropagation magic."* (the study notes)
#
# An MLP is a net like yours. We read 3x3x3 as three inputs, three hidden units, three outputs. The notes are right, and
# you can check. Train five such nets twice, with differences alone and with your `backward`. The task: say which of
# three numbers is the largest.

# %%
numbers = np.random.default_rng(0).normal(size=(60, 3))
largest = numbers.argmax(axis=1)


def learn(seed, slopes):
    params = start([3, 3, 3], seed)
    for _ in range(100):
        params = sgd_step(params, slopes(params), 0.5)
    return loss_of(params, numbers, largest)

# %%
def exact(params):
    return backward(params, forward(params, numbers), numbers, largest)


count = sum(p.size for p in start([3, 3, 3], 0).values())
print(f"{count} parameters, {2 * count} forward passes for one gradient by differences")
for seed in range(5):
    slow, quick = learn(seed, lambda params: by_differences(params, numbers, largest)), learn(seed, exact)
    print(f"loss after training: {slow:.4f} by differences, {quick:.4f} by backprop")

# %% [markdown]
# The same nets, to the last digit shown. With so few parameters, differences are merely slow.
#
# ### Through random weights
#
# > *"The brain uses random synaptic weights to propagate errors."* (the study notes)
#
# Stated as a fact, this is too strong: nobody has shown it. It is a hypothesis, and it answers a fair objection. A nerve
# that carries an error back would need to know the weights $W_2$ of the way forward. How could it? Lillicrap and others
# (2016) asked whether a net *can* learn if the error comes back through a fixed **random** matrix B. Your `backward`
# uses W2 only for the way back. So hand it B instead.

# %%
def through(B):
    return lambda params, cache, X, labels: backward({**params, "W2": B}, cache, X, labels)


def angle(params, B):
    """Degrees between the true gradient of W1 and the one that came back through B."""
    cache = forward(params, X)
    g, f = (slopes(params, cache, X, y)["W1"].ravel() for slopes in (backward, through(B)))
    return np.degrees(np.arccos(g @ f / np.linalg.norm(g) / np.linalg.norm(f)))


randoms = [np.random.default_rng([seed, 1]).normal(0, 0.2, (64, 10)) for seed in range(10)]

# %%
learned = [train(seed, through(B)) for seed, B in enumerate(nets.progress(randoms, "training"))]
right = [np.mean(guesses(params) == y_test) for params in learned]
print(f"right, errors sent through random weights: median {np.median(right):.1%}, from {min(right):.0%} to {max(right):.0%}")
before = np.median([angle(start([64, 64, 10], seed), B) for seed, B in enumerate(randoms)])
after = np.median([angle(params, B) for params, B in zip(learned, randoms)])
print(f"angle to the true gradient: {before:.0f} degrees before training, {after:.0f} after (90: it knows nothing)")

# %% [markdown]
# It learns, on these easy images almost as well. The forward weights turn until the random way back points downhill,
# hence the name *feedback alignment*. This shows what a net can do. What a brain does, it leaves open.

# %% [markdown]
# ## Go further
#
# - Add a second hidden layer to your net. Which lines of `backward` are new? Does `gradient_errors` still agree?
# - Put tanh in place of the ReLU. What does the way back now need from the cache?
# - Give `Value` an `exp` and a `log`, and train the 3-3-3 net with it alone. How much slower is it than your matrices?
#
# Rumelhart, Hinton and Williams, *Learning representations by back-propagating errors*, 1986. Lillicrap, Cownden, Tweed
# and Akerman, *Random synaptic feedback weights support error backpropagation for deep learning*, 2016. Goodfellow,
# Bengio and Courville, *Deep Learning*, 2016, section 6.5. The net of the first graph is that of Mazur, *A step by step
# backpropagation example*, 2015. Karpathy's *micrograd*, 2020, is a `Value` like ours, grown up.
