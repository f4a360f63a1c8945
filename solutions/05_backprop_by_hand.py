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
# *20 points, about 50 minutes.*
#
# In lesson 4 you watched an error signal travel back through a net. Here you compute it. A net is a machine with
# thousands of knobs. Training means to turn each of them a little in the right direction, again and again. How does a
# net find out, for *every* knob, which direction that is, and what does it cost?

# %%
import timeit

import numpy as np
from tqdm.auto import tqdm

from crease import check, data, live, nets, plot, quiz
from crease.figures import backprop as figures

# %% [markdown]
# ## A bet
#
# A small net reads images of 8×8 pixels and has one hidden layer of 64 units. To compute its loss once takes a time T.
# You want the slope of that loss with respect to **each** of its weights, exactly. How long will that take: 2 T,
# 100 T, or 10,000 T? Write the number of Ts down before you go on.

# %%
bet = None

# %% [markdown]
# ## Look first
#
# This net has two inputs, two hidden units and two outputs, and eight weights. Its activations are sigmoids,
# and its error E adds up half the squared error of each output. Step through it: five steps forward,
# from the inputs to the error E, then six steps **backward**, from E to the weights, then one update.
# Watch what happens at each lit wire: the orange number that arrives is multiplied by the bold one, the wire's
# **local derivative**. Where two wires bring something to one node, the results are added.

# %%
live(figures.stepper, step=(0, 12), stills=[{"step": 11}],
     caption="Forward the values, in blue; backward the derivatives of E, in orange. No step needs more than its neighbours.")

# %% [markdown]
# That is all of backpropagation. The rest of this lesson is the same with matrices: you write each piece, prove by
# measurement that it is right, find two faults in somebody else's code, and train a net that reads digits.
#
# ## Forward: remember what you will need
#
# The net of this lesson has one hidden layer of ReLUs, and as many outputs as there are classes. The last sums, which
# no activation follows, are called *logits*. $A_1$ holds the outputs of the hidden units, which lesson 2 called h:
#
# $$Z_1 = XW_1 + b_1,\qquad A_1 = \max(Z_1, 0),\qquad \text{logits} = A_1W_2 + b_2.$$
#
# In the stepper the way back used numbers from the way forward: the slope of a unit needed its value. So a forward
# pass hands back not only its result, but also what it computed on the way, the **cache**.
#
# ### Exercise: `forward`
#
# Four lines: three formulas and a dict.

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
# One example that you can follow by hand: one hidden unit is active, the other is not. Further keys do no harm.
def _needed(params, X):
    cache, names = forward(params, X), ("Z1", "A1", "logits")
    return {k: cache[k] for k in names} if isinstance(cache, dict) and all(k in cache for k in names) else cache


_params = {"W1": np.array([[1.0, -1.0], [1.0, 0.0]]), "b1": np.array([0.5, 0.0]),
           "W2": np.array([[2.0, 1.0], [1.0, -1.0]]), "b2": np.array([0.0, 3.0])}
check.call(_needed, _params, np.array([[1.0, 2.0]]), expected={"Z1": [[3.5, -1.0]], "A1": [[3.5, 0.0]], "logits": [[7.0, 6.5]]},
           mistakes=[({"Z1": [[3.5, -1.0]], "A1": [[3.5, -1.0]], "logits": [[6.0, 7.5]]}, "There is no ReLU between the layers."),
                     ({"Z1": [[3.5, -1.0]], "A1": [[3.5, 0.0]], "logits": [[6.0, 7.5]]}, "The second layer reads Z1; it should read A1."),
                     ({"Z1": [[3.5, 0.0]], "A1": [[3.5, 0.0]], "logits": [[7.0, 6.5]]}, "Z1 is the sum before the ReLU, A1 the one after it: keep both."),
                     ({"Z1": [[3.0, -1.0]], "A1": [[3.0, 0.0]], "logits": [[6.0, 3.0]]}, "The biases are missing."),
                     ({"Z1": [[3.5, -1.0]], "A1": [[3.5, 0.0]], "logits": [[7.0, 3.5]]}, "The second layer's bias is missing.")],
           hint="Return a dict with the keys Z1, A1 and logits, each computed by its formula.")
check.passed("forward: one example by hand.")

# %% nbgrader={"grade": true, "grade_id": "test_forward_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: many examples, nets of other widths, lists for X, negative logits, inputs left unchanged.
### BEGIN HIDDEN TESTS
def _needed(params, X):
    cache, names = forward(params, X), ("Z1", "A1", "logits")
    return {k: cache[k] for k in names} if isinstance(cache, dict) and all(k in cache for k in names) else cache


def _net(d, h, k, seed):
    rng = np.random.default_rng(seed)
    return {"W1": rng.normal(size=(d, h)), "b1": rng.normal(size=h), "W2": rng.normal(size=(h, k)), "b2": rng.normal(size=k)}


def _forward(p, X, relu=lambda z: np.maximum(z, 0), last=lambda z: z, b=1.0):
    Z = np.asarray(X) @ p["W1"] + b * p["b1"]
    return {"Z1": Z, "A1": relu(Z), "logits": last(relu(Z) @ p["W2"] + b * p["b2"])}


def _softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


for n, d, h, k in ((6, 3, 4, 2), (5, 4, 4, 4), (1, 2, 7, 3)):
    for X in (np.random.default_rng(n).normal(size=(n, d)), np.random.default_rng(n).integers(-3, 4, (n, d)).tolist()):
        check.call(_needed, _net(d, h, k, n), X, expected=_forward,
                   mistakes=[(lambda p, X: _forward(p, X, relu=lambda z: z), "There is no ReLU between the layers."),
                             (lambda p, X: _forward(p, X, last=lambda z: np.maximum(z, 0)), "No ReLU after the last layer: logits may be negative."),
                             (lambda p, X: _forward(p, X, last=_softmax), "Logits are the sums before the softmax, which belongs to the loss."),
                             (lambda p, X: _forward(p, X, b=0.0), "The biases are missing."),
                             (lambda p, X: {**_forward(p, X), "Z1": _forward(p, X)["A1"]}, "Z1 is the sum before the ReLU: keep it apart from A1."),
                             (lambda p, X: {**_forward(p, X), "logits": _forward(p, X)["Z1"] @ p["W2"] + p["b2"]},
                              "The second layer reads Z1; it should read A1.")],
                   hint="Right for one example by hand, but not for every net: X is (n, d), and the biases are added to every row.")
### END HIDDEN TESTS

# %% [markdown]
# ## Backward, one module at a time
#
# Lesson 3 called a building block of a net a **module**: a function with an input and an output, with weights or
# without. Going forward, a module turns its input into its output. Going backward it is told, for each number of its
# *output*, by how much the loss L would change per unit of change there. Call this `d_out` (in lesson 3 it was
# `upstream`). It answers with the same for its *input* and, if it has any, for its weights. All these derivatives of
# the loss by the weights, taken together, are called the **gradient**. The answer for the input is the next module's
# `d_out`. So a module needs to know nothing of the rest of the net. This is the **chain rule**, with every partial
# result kept and used again.
#
# Take the affine module, out = XW + b. In example n, the weight $w_{ij}$ is multiplied by $x_{ni}$ and goes into
# output j. Turn it up by a little, and output j moves by $x_{ni}$ times as much, and the loss by $x_{ni}\,d_{nj}$ times
# as much, where $d_{nj}$ is the entry of `d_out` for that output. Added up over all examples, that is one entry of a
# matrix product:
#
# $$d_W = X^\top d_\text{out},\qquad d_b = \text{the sum of the rows of } d_\text{out},\qquad d_X = d_\text{out}\,W^\top.$$
#
# The last one is step "Backward 4" of the picture: every output sends back what it got, times the weight of the wire.
# If you forget where a transpose belongs, look at the shapes. Each derivative has the shape of what it belongs to.
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
# Two examples, two inputs, three outputs.
check.call(linear_backward, np.array([[1.0, 0.0, -1.0], [0.0, 2.0, 0.0]]), np.array([[1.0, 2.0], [3.0, 4.0]]),
           np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 1.0]]),
           expected=([[-1.0, -1.0], [0.0, 2.0]], [[1.0, 6.0, -1.0], [2.0, 8.0, -2.0]], [1.0, 2.0, -1.0]),
           mistakes=[(([[-1.0, -1.0], [0.0, 2.0]], [[1.0, 6.0, -1.0], [2.0, 8.0, -2.0]], [0.5, 1.0, -0.5]),
                      "d_b is a sum over the examples, not a mean."),
                     (([[-1.0, -1.0], [0.0, 2.0]], [[1.0, 6.0, -1.0], [2.0, 8.0, -2.0]], [[1.0, 2.0, -1.0]]),
                      "d_b has the shape of b: one axis only."),
                     (([[-1.0, -1.0], [0.0, 2.0]], [[1.0, 6.0, -1.0], [2.0, 8.0, -2.0]], [[1.0, 0.0, -1.0], [0.0, 2.0, 0.0]]),
                      "b serves every example: add up the rows of d_out to get d_b."),
                     (([[1.0, 6.0, -1.0], [2.0, 8.0, -2.0]], [1.0, 2.0, -1.0], [[-1.0, -1.0], [0.0, 2.0]]),
                      "Return them in the order d_X, d_W, d_b."),
                     (([[1.0, 6.0, -1.0], [2.0, 8.0, -2.0]], [[-1.0, -1.0], [0.0, 2.0]], [1.0, 2.0, -1.0]),
                      "Return them in the order d_X, d_W, d_b."),
                     (([[1.0, 6.0, -1.0], [2.0, 8.0, -2.0]], [1.0, 2.0, -1.0]),
                      "d_X is missing: the module below has nothing to go on with.")],
           hint="Each derivative has the shape of what it belongs to: let the shapes tell where a transpose goes.")
check.passed("linear_backward: two examples by hand.")

# %% nbgrader={"grade": true, "grade_id": "test_linear_backward_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: many shapes, a square W (where a wrong transpose goes unnoticed), lists, inputs left unchanged.
### BEGIN HIDDEN TESTS
def _linear(D, X, W):
    D, X, W = np.asarray(D), np.asarray(X), np.asarray(W)
    return D @ W.T, X.T @ D, D.sum(axis=0)


for n, d, m in ((5, 3, 2), (4, 4, 4), (1, 2, 5), (6, 1, 1)):
    rng = np.random.default_rng(n)
    for kind in (np.asarray, np.ndarray.tolist):
        args = [kind(rng.integers(-4, 5, shape).astype(float)) for shape in ((n, m), (n, d), (d, m))]
        check.call(linear_backward, *args, expected=_linear,
                   mistakes=[(lambda D, X, W: (_linear(D, X, W)[0], _linear(D, X, W)[1], np.mean(D, axis=0)), "d_b is a sum over the examples, not a mean."),
                             (lambda D, X, W: tuple(part / (len(D) if i else 1) for i, part in enumerate(_linear(D, X, W))),
                              "Add over the examples; do not divide by n. The loss has done that already, and it is inside d_out."),
                             (lambda D, X, W: (np.asarray(D) @ W, *_linear(D, X, W)[1:]), "d_X: W has to be transposed there."),
                             (lambda D, X, W: (_linear(D, X, W)[0], np.asarray(D).T @ X, np.sum(D, axis=0)), "d_W came out transposed: it has the shape of W."),
                             (lambda D, X, W: (*_linear(D, X, W)[:2], np.sum(D)), "d_b: add up the rows of d_out, output by output, not everything."),
                             (lambda D, X, W: (*_linear(D, X, W)[:2], np.sum(D, axis=1)), "d_b: add over the examples (axis 0), not over the outputs."),
                             (lambda D, X, W: (*_linear(D, X, W)[:2], np.sum(D, axis=0, keepdims=True)), "d_b has the shape of b: one axis only.")],
                   hint="Right by hand, but not for every shape: check d_X, d_W and d_b against the three formulas.")
### END HIDDEN TESTS

# %% [markdown]
# The ReLU has no weights. Where its input was above zero it let the signal through with slope 1, so it lets the
# derivative through; elsewhere its slope is 0. At exactly 0 the course takes the slope 0.
#
# ### Exercise: `relu_backward`
#
# One line. Mind which of the two arrays decides.

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
# A unit that is on, one that is off, one at exactly 0, and one that is on and gets a negative derivative.
check.call(relu_backward, np.array([[1.0, -2.0, 3.0, -5.0]]), np.array([[2.0, -1.0, 0.0, 4.0]]), expected=[[1.0, 0.0, 0.0, -5.0]],
           mistakes=[([[1.0, 0.0, 3.0, -5.0]], "At exactly 0 the slope is 0 by convention."),
                     ([[1.0, 0.0, 0.0, 1.0]], "That is the slope alone: multiply it by d_out."),
                     ([[1.0, 0.0, 3.0, 0.0]], "The sign of Z decides, not the sign of d_out."),
                     ([[1.0, 0.0, 0.0, 0.0]], "A negative derivative passes too: only Z decides."),
                     ([[2.0, 0.0, 0.0, -20.0]], "The slope of an active unit is 1, not Z."),
                     ([[1.0, -2.0, 3.0, -5.0]], "Units that were off let nothing back.")],
           hint="d_out where Z is above 0, and 0 everywhere else.")
check.passed("relu_backward: on, off, zero, and a negative derivative.")

# %% nbgrader={"grade": true, "grade_id": "test_relu_backward_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: 1-D, 2-D and 3-D input, integers, lists, very small and very large Z, inputs left unchanged.
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(4)
check.call(relu_backward, np.array([1.5, -2.5]), np.array([0.1, 0.2]), expected=[1.5, -2.5],
           hint="Fractions are kept: do not turn anything into integers.")
for shape in ((6,), (4, 5), (2, 3, 4)):
    for change in (np.asarray, np.ndarray.tolist, lambda a: a * 1e-9, lambda a: a * 1e9):
        check.call(relu_backward, rng.integers(-4, 5, shape).tolist(), change(rng.integers(-2, 3, shape)),
                   expected=lambda D, Z: np.where(np.asarray(Z) > 0, D, 0),
                   mistakes=[(lambda D, Z: np.where(np.asarray(Z) >= 0, D, 0), "At exactly 0 the slope is 0 by convention."),
                             (lambda D, Z: (np.asarray(Z) > 0).astype(float), "That is the slope alone: multiply it by d_out."),
                             (lambda D, Z: np.maximum(D, 0), "The sign of Z decides, not the sign of d_out."),
                             (lambda D, Z: np.maximum(D, 0) * (np.asarray(Z) > 0), "A negative derivative passes too: only Z decides."),
                             (lambda D, Z: np.asarray(D) * np.maximum(Z, 0), "The slope of an active unit is 1, not Z.")],
                   hint="d_out where Z is above 0, and 0 everywhere else, whatever the shape or the size of the numbers.")
### END HIDDEN TESTS

# %% [markdown]
# At the end stands the loss. The **softmax** turns the logits of an example into shares p that are positive and add up
# to 1; the **cross-entropy** is minus the logarithm of the share of the right class, averaged over the examples:
#
# $$p_j = \frac{e^{z_j}}{\sum_k e^{z_k}},\qquad L = -\frac1n\sum_{\text{examples}} \log p_\text{label}.$$
#
# Taken together, the two have the friendliest derivative in the whole net: share minus truth,
#
# $$d_\text{logits} = \frac{p - y}{n},$$
#
# where y is 1 in the column of the label and 0 elsewhere. (Take it on trust for now; soon you will measure it.)
#
# Two traps. $e^{1000}$ is too large for a float: subtract the largest logit of the row from all of them first, which
# changes no p. And p can round to 0, of which there is no logarithm: compute it as
# $\log p_j = z_j - \log\sum_k e^{z_k}$.
#
# ### Exercise: `softmax_cross_entropy`
#
# Five lines or so. `logits[np.arange(n), labels]` picks one number from each row.

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
# One row of two equal logits: both shares are ½. Then two rows, one of them with large logits.
check.call(softmax_cross_entropy, np.array([[0.0, 0.0]]), np.array([0]), expected=(0.6931471805599453, [[-0.5, 0.5]]),
           mistakes=[((0.6931471805599453, [[0.5, 0.5]]), "Those are the shares p: subtract 1 in the column of the label."),
                     ((0.6931471805599453, [[0.5, -0.5]]), "d_logits is p − y; yours has the sign the other way."),
                     ((-0.6931471805599453, [[-0.5, 0.5]]), "The loss is minus the logarithm: it is positive."),
                     ((1.0, [[-0.5, 0.5]]), "Natural logarithms, please: np.log.")],
           hint="Softmax of each row; the loss is minus the log of the right class's share; d_logits is (p − y) / n.")
check.call(softmax_cross_entropy, np.array([[0.0, 0.0], [1000.0, 1000.0]]), [0, 1], quiet=True,
           expected=(0.6931471805599453, [[-0.25, 0.25], [0.25, -0.25]]),
           mistakes=[((0.6931471805599453, [[-0.5, 0.5], [0.5, -0.5]]), "d_logits is not divided by n, and the loss is a mean."),
                     ((1.3862943611198906, [[-0.25, 0.25], [0.25, -0.25]]), "The loss is the mean over the examples, not the sum."),
                     ((1.3862943611198906, [[-0.5, 0.5], [0.5, -0.5]]), "Divide by n, loss and d_logits: the mean over the examples.")],
           hint="exp(1000) is too large for a float: subtract each row's largest logit before the exp.")
check.passed("softmax_cross_entropy: equal logits, and large ones.")

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


def _clipped(eps):
    return lambda z, t: (-np.mean(np.log(np.clip(_p(z), eps, 1))[np.arange(len(z)), t]), _both(z, t)[1])


def _added(eps):
    return lambda z, t: (-np.mean(np.log(_p(z) + eps)[np.arange(len(z)), t]), _both(z, t)[1])


_EPS = "An epsilon or a clip inside the logarithm bends the loss: compute log p as z minus the log of the sum instead."
_tests = [(np.random.default_rng(n).normal(0, 3, (n, k)), np.random.default_rng(k).integers(0, k, n))
          for n, k in ((5, 3), (4, 4), (1, 10), (7, 2))]
_tests += [(z.tolist(), t.tolist()) for z, t in _tests[:2]]
_tests += [(np.array([[1000.0, -1000.0, 0.0], [-1000.0, -1000.0, -1000.0]]), np.array([1, 2])), ([[1, -1, 0], [3, 3, 2]], [2, 0])]
for z, t in _tests:
    check.call(softmax_cross_entropy, z, t, quiet=True, expected=_both,
               mistakes=[(lambda z, t: (_loss(z, t), _p(z) - _hot(z, t)), "d_logits is not divided by n, and the loss is a mean."),
                         (lambda z, t: (_loss(z, t) * len(z), _p(z) - _hot(z, t)), "Divide by n, loss and d_logits: the mean over the examples."),
                         (lambda z, t: (_loss(z, t) * len(z), (_p(z) - _hot(z, t)) / len(z)), "The loss is the mean over the examples, not the sum."),
                         (lambda z, t: (_loss(z, t), _p(z) / len(z)), "Those are the shares p: subtract 1 in the column of the label."),
                         (lambda z, t: (_loss(z, t), _p(z)), "Those are the shares p: subtract 1 in the column of the label, and divide by n."),
                         (lambda z, t: (_loss(z, t), -_both(z, t)[1]), "d_logits is p − y; yours has the sign the other way."),
                         (lambda z, t: (_loss(np.transpose(z), t), _both(z, t)[1]), "The softmax runs over the classes, along each row."),
                         (lambda z, t: (np.inf, _both(z, t)[1]), "A share rounded to 0 and its logarithm is infinite: compute log p as z minus the log of the sum."),
                         *[(made(eps), _EPS) for made in (_clipped, _added) for eps in (1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, 1e-300)]],
               hint="Right for equal logits, but not in general: take the softmax along each row, over the classes.")
### END HIDDEN TESTS

# %% [markdown]
# ## The whole way back
#
# Now put the modules in a row, last one first. The loss gives `d_logits`. The second affine module takes it and gives
# back the derivatives of W2, b2 and of its input A1. The ReLU takes that and gives back `d_Z1`, which lesson 4 called
# the error signal of the layer. The first affine module takes that. Each of your three functions is called with what
# the forward pass kept.
#
# ### Exercise: `backward`
#
# Four or five lines; every one of them a call.

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
_params = {"W1": np.array([[1.0, -1.0], [1.0, 0.0]]), "b1": np.array([0.0, 0.0]),
           "W2": np.array([[2.0, 1.0], [1.0, -1.0]]), "b2": np.array([0.0, 3.0])}
_cache = {"Z1": np.array([[3.0, -1.0]]), "A1": np.array([[3.0, 0.0]]), "logits": np.array([[6.0, 6.0]])}
_top = {"W2": [[-1.5, 1.5], [0.0, 0.0]], "b2": [-0.5, 0.5]}
check.call(backward, _params, _cache, np.array([[1.0, 2.0]]), np.array([0]),
           expected={"W1": [[-0.5, 0.0], [-1.0, 0.0]], "b1": [-0.5, 0.0], **_top},
           mistakes=[({"W1": [[-0.5, -1.0], [-1.0, -2.0]], "b1": [-0.5, -1.0], **_top}, "The ReLU is missing on the way back: a unit that was off passes nothing."),
                     ({"W1": [[0.0, 0.0], [0.0, 0.0]], "b1": [0.0, 0.0], **_top}, "The ReLU's mask comes from Z1, not from the derivative."),
                     ({"W1": [[-0.5, 0.0], [-1.0, 0.0]], "b1": [-0.5, 0.0], "W2": [[-1.5, 1.5], [0.5, -0.5]], "b2": [-0.5, 0.5]},
                      "The input of the second layer is A1, not Z1.")],
           hint="Follow the forward pass from its end: loss, second layer, ReLU, first layer. Each takes the derivative that the one before returned.")
check.passed("backward: one example by hand.")

# %% nbgrader={"grade": true, "grade_id": "test_backward_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: many examples and widths, lists for X and labels, exactly the four keys, inputs left unchanged.
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
    for args in (case, (*case[:2], case[2].tolist(), case[3].tolist())):
        check.call(backward, *args, expected=_grads,
                   mistakes=[(lambda p, c, X, t: _grads(p, c, X, t, mask=lambda c, up: 1), "The ReLU is missing on the way back."),
                             (lambda p, c, X, t: _grads(p, c, X, t, mask=lambda c, up: up > 0), "The ReLU's mask comes from Z1, not from the derivative."),
                             (lambda p, c, X, t: _grads(p, c, X, t, mask=lambda c, up: c["A1"]), "The slope of an active ReLU is 1, not A1."),
                             (lambda p, c, X, t: _grads(p, c, X, t, below="Z1"), "The input of the second layer is A1, not Z1."),
                             (lambda p, c, X, t: _grads(p, c, X, t, scale=len(X)), "The loss is a mean over the examples: the 1/n is missing."),
                             (lambda p, c, X, t: _grads(p, c, X, t, scale=1 / len(X)), "The 1/n is there twice: d_logits holds it already."),
                             (lambda p, c, X, t: _grads(p, c, X, t, scale=-1), "All signs are the other way: gradients point uphill; going downhill is sgd_step's work."),
                             (lambda p, c, X, t: _grads(p, c, X, t, turn=lambda W: W), "On the way back W2 has to be transposed."),
                             (lambda p, c, X, t: {**_grads(p, c, X, t), "b1": _grads(p, c, X, t)["b1"] / len(X), "b2": _grads(p, c, X, t)["b2"] / len(X)},
                              "The biases' derivatives are sums over the examples, not means.")],
                   hint="Right for one example by hand, but not for every net: loss, second layer, ReLU, first layer, each with what the cache kept.")
### END HIDDEN TESTS

# %% [markdown]
# ## Trust it? Measure it
#
# A derivative is a slope, and lesson 3 measured slopes by a central difference. Here f takes a whole array. Push one
# number of it up by h and down by h, see how far f moves, and divide:
#
# $$\frac{\partial f}{\partial x_i} \approx \frac{f(x + h\,e_i) - f(x - h\,e_i)}{2h}.$$
#
# Here $e_i$ is 1 at place i and 0 elsewhere, and ∂ says that all other numbers of x stay where they are. This needs no
# thought about f at all, and that makes it a judge for code that does. It is how people test backward passes.
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
# A product, whose slopes you know; then cubes with a large h, where forward and central differences part.
check.call(numerical_gradient, lambda x: x[0] ** 2 * x[1], np.array([2.0, 3.0]), expected=[12.0, 4.0], rtol=1e-7,
           mistakes=[([16.0, 16.0], "All entries were pushed at once: push one, and leave the others where they were."),
                     ([0.0, 0.0], "f did not move: is the pushed array the one that f is given?")],
           hint="f takes the whole array: push one of its entries, call f, and do so for each entry in turn.")
check.call(numerical_gradient, lambda x: (x ** 3).sum(), np.array([1.0, 2.0]), 0.5, expected=[3.25, 12.25], rtol=1e-7,
           mistakes=[([4.75, 15.25], "That is f(x + h) − f(x): push down as well as up, and divide by 2h."),
                     ([1.75, 9.25], "That is f(x) − f(x − h): push up as well as down, and divide by 2h."),
                     ([6.5, 24.5], "From x − h to x + h it is 2h: divide by that."),
                     ([1.625, 6.125], "From x − h to x + h it is 2h: divide by that."),
                     ([3.0, 12.0], "Use the h that came in, not a fixed one.")],
           hint="(f(x + h) − f(x − h)) / 2h for each entry of x.")
check.passed("numerical_gradient: a product, and cubes.")

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
            check.call(numerical_gradient, f, x, *h, expected=_slopes, rtol=1e-6, atol=1e-7,
                       mistakes=[(lambda f, x, h=1e-5: _slopes(f, x, h, down=0.0, width=1.0), "That is f(x + h) − f(x): push down as well as up, and divide by 2h."),
                                 (lambda f, x, h=1e-5: _slopes(f, x, h, up=0.0, width=1.0), "That is f(x) − f(x − h): push up as well as down, and divide by 2h."),
                                 (lambda f, x, h=1e-5: _slopes(f, x, h, width=1.0), "From x − h to x + h it is 2h: divide by that."),
                                 (lambda f, x, h=1e-5: _slopes(f, x, 1e-5), "Use the h that came in, not a fixed one."),
                                 (lambda f, x, h=1e-5: _slopes(f, x, h, keep=True), "Put each entry back where it was before you push the next one."),
                                 (lambda f, x, h=1e-5: _slopes(f, x, h, whole=True), "All entries were pushed at once: push one, and leave the others where they were."),
                                 (lambda f, x, h=1e-5: np.zeros(np.shape(x)), "Integers cannot move by a small h: make a float copy of x first."),
                                 (lambda f, x, h=1e-5: _slopes(f, x, h).ravel(), "Return an array of the shape of x, not a flat one.")],
                       hint="Right for two numbers, but not in general: a float copy of x, every position in turn, the whole array for f.")
### END HIDDEN TESTS

# %% [markdown]
# Now judge your own `backward`. Twenty small nets, each with random examples; for each parameter the largest
# difference between the two answers, relative to the largest slope. Rounding in the differences is all that may be
# left.

# %%
def start(widths, seed):
    (W1, b1, _), (W2, b2, _) = nets.init(widths, "relu", scheme="he", seeds=seed)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def loss_of(params, X, labels):
    return softmax_cross_entropy(forward(params, X)["logits"], labels)[0]


def by_differences(params, X, labels):
    return {name: numerical_gradient(lambda value, name=name: loss_of({**params, name: value}, X, labels), params[name])
            for name in params}

# %%
def gradient_errors(slopes, seed):
    rng = np.random.default_rng(seed)
    params, X, labels = start([4, 6, 3], seed), rng.normal(size=(8, 4)), rng.integers(0, 3, 8)
    got, wanted = slopes(params, forward(params, X), X, labels), by_differences(params, X, labels)
    return {name: np.abs(got[name] - wanted[name]).max() / np.abs(wanted[name]).max() for name in params}


errors = [gradient_errors(backward, seed) for seed in range(20)]
for name in ("W1", "b1", "W2", "b2"):
    print(f"{name}: all 20 differences below 1e-6: {max(e[name] for e in errors) < 1e-6}")

# %% [markdown]
# ## Somebody else's bugs
#
# A backward pass with a fault seldom crashes. Often it even trains, only worse. A colleague has written theirs out in
# two lines instead of calls, and made **two** mistakes. Leave the cell as it is for now, run it, and run the check
# under it.
#
# ### Exercise: `fixed_backward`
#
# Then repair it. Do not stare at the code first: ask the differences *which* gradients are off. Whatever is right
# clears everything that it was computed from.

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
_params = {"W1": np.array([[1.0, -1.0], [1.0, 0.0]]), "b1": np.array([0.0, 0.0]),
           "W2": np.array([[2.0, 1.0], [1.0, -1.0]]), "b2": np.array([0.0, 3.0])}
_cache = {"Z1": np.array([[3.0, -1.0]]), "A1": np.array([[3.0, 0.0]]), "logits": np.array([[6.0, 6.0]])}
_bad1 = {"W1": [[-0.5, -1.0], [-1.0, -2.0]], "b1": [-0.5, -1.0]}
_good1 = {"W1": [[-0.5, 0.0], [-1.0, 0.0]], "b1": [-0.5, 0.0]}
_good2, _bad2 = ({"W2": [[-1.5, 1.5], [low, -low]], "b2": [-0.5, 0.5]} for low in (0.0, 0.5))
check.call(fixed_backward, _params, _cache, np.array([[1.0, 2.0]]), np.array([0]), expected={**_good1, **_good2},
           mistakes=[({**_bad1, **_bad2}, "Both faults are still there. b2 is right, so d_logits is; start from there."),
                     ({**_good1, **_bad2}, "One fault is left: W2 is off and b2 is not. What else does W2's gradient use?"),
                     ({**_bad1, **_good2}, "One fault is left: W1 and b1 are both off. What do they share? For which units is it wrong?")],
           hint="Compare it with gradient_errors, parameter by parameter.")
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


def _all(c, d):
    return 1


for n, d, h, k in ((6, 3, 5, 4), (4, 4, 4, 4), (1, 2, 6, 3), (9, 5, 3, 2)):
    case = _case(n, d, h, k, n + 1)
    for args in (case, (*case[:2], case[2].tolist(), case[3].tolist())):
        check.call(fixed_backward, *args, expected=_grads,
                   mistakes=[(lambda p, c, X, t: _grads(p, c, X, t, mask=_all, below="Z1"), "Both faults are still there. b2 is right, so d_logits is; start from there."),
                             (lambda p, c, X, t: _grads(p, c, X, t, below="Z1"), "One fault is left: W2 is off and b2 is not. What else does W2's gradient use?"),
                             (lambda p, c, X, t: _grads(p, c, X, t, mask=_all), "One fault is left: W1 and b1 are both off. What do they share? For which units is it wrong?"),
                             (lambda p, c, X, t: _grads(p, c, X, t, mask=lambda c, up: up > 0), "The mask must come from the forward pass, not from the derivative."),
                             (lambda p, c, X, t: _grads(p, c, X, t, mask=lambda c, up: c["A1"]), "The slope of an active ReLU is 1, not A1."),
                             (lambda p, c, X, t: _grads(p, c, X, t, mask=lambda c, up: c["Z1"] < 0), "The mask is turned round: it lets the units through that were off."),
                             (lambda p, c, X, t: _grads(p, c, X, t, scale=1 / len(X)), "The 1/n is there twice: d_logits holds it already."),
                             (lambda p, c, X, t: _grads(p, c, X, t, scale=len(X)), "The loss is a mean over the examples: the 1/n is missing.")],
                   hint="Compare it with gradient_errors, parameter by parameter, over several seeds.")
### END HIDDEN TESTS

# %% [markdown]
# ## One step downhill
#
# The gradient says which way is up, for each number. Training goes the other way by a small share of it, the
# **learning rate**. With examples drawn at random a few at a time, this is *stochastic gradient descent*, SGD.
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
# Two parameters by hand, with a learning rate of 0.1.
check.call(sgd_step, {"W": np.array([[1.0, 2.0]]), "b": np.array([3.0])}, {"W": np.array([[10.0, -20.0]]), "b": np.array([0.5])}, 0.1,
           expected={"W": [[0.0, 4.0]], "b": [2.95]},
           mistakes=[({"W": [[2.0, 0.0]], "b": [3.05]}, "That goes uphill: subtract."),
                     ({"W": [[-9.0, 22.0]], "b": [2.5]}, "The learning rate is missing."),
                     ({"W": [[-1.0, 2.0]], "b": [-0.05]}, "That is the step alone: it starts from params."),
                     ({"W": [[1.0, -2.0]], "b": [0.05]}, "That is the step alone: it starts from params."),
                     ({"W": [[1.0, 2.0]], "b": [3.0]}, "Nothing moved: the new dict must hold the moved arrays.")],
           hint="Each parameter minus lr times its gradient, in a new dict.")
check.passed("sgd_step: two parameters by hand.")

# %% nbgrader={"grade": true, "grade_id": "test_sgd_step_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: other keys and shapes, lr of 0 and of 1, and that params and grads are left unchanged.
### BEGIN HIDDEN TESTS
def _step(params, grads, lr):
    return {k: params[k] - lr * grads[k] for k in params}


for seed, keys in enumerate((("W1", "b1", "W2", "b2"), ("a",), ("x", "W1", "gamma"))):
    rng = np.random.default_rng(seed)
    shapes = [tuple(rng.integers(1, 4, rng.integers(1, 4))) for _ in keys]
    for lr in (0.03, 1.0, 0.0):
        params, grads = ({k: rng.normal(size=s) for k, s in zip(keys, shapes)} for _ in "pg")
        check.call(sgd_step, params, grads, lr, expected=_step,
                   mistakes=[(lambda p, g, lr: _step(p, g, -lr), "That goes uphill: subtract."),
                             (lambda p, g, lr: _step(p, g, 1.0), "The learning rate is missing."),
                             (lambda p, g, lr: _step(p, g, 0.1), "Use the lr that came in, not a fixed one."),
                             (lambda p, g, lr: {k: -lr * g[k] for k in g}, "That is the step alone: it starts from params."),
                             (lambda p, g, lr: p, "Nothing moved: the new dict must hold the moved arrays.")],
                   hint="Every key of params, whatever it is called: each parameter minus lr times its gradient.")
### END HIDDEN TESTS

# %% [markdown]
# ## The experiment: your code reads digits
#
# Handwritten digits, 8×8 pixels each (E. Alpaydin and C. Kaynak, UCI Machine Learning Repository, CC BY 4.0). One part
# to learn from, one part that the net never sees while it learns. The loop below is all of training: shuffle, take
# 64 examples, go forward, go backward, take a step.

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
# Ten nets, each from its own random start.

# %%
trained = [train(seed) for seed in tqdm(range(10), "training", delay=1, leave=False, disable=check.still())]
right = [np.mean(guesses(params) == y_test) for params in trained]
print(len(y), "digits to learn from,", len(y_test), "to be tested on")
print(f"right before training: {np.mean(guesses(start([64, 64, 10], 0)) == y_test):.0%}")
print(f"right after training:  median {np.median(right):.1%}, from {min(right):.0%} to {max(right):.0%} over 10 seeds")
print("every one above 95 %: ", min(right) > 0.95)

# %%
guess = guesses(trained[0])
wrong, fine = np.flatnonzero(guess != y_test)[:4], np.flatnonzero(guess == y_test)[:6]
rows = [*fine, *wrong]
plot.show(figures.digits(X_test[rows], y_test[rows], guess[rows]),
          caption="Digits that the first net had never seen: some that it read, and some that it did not (orange).")

# %% [markdown]
# You wrote every line that this took: the forward pass, the loss, the backward pass and the step.
#
# ## What a gradient costs
#
# Now the bet. The differences need two forward passes for **each** parameter. The way back needs about one
# more pass, for **all** of them. The next cell measures both, for hidden layers of 2 to 64 units and 32 digits.

# %% tags=["nbval-ignore-output"]
def price(width):
    params, few, labels = start([64, width, 10], 0), X[:32], y[:32]
    once = min(timeit.repeat(lambda: loss_of(params, few, labels), number=20, repeat=5)) / 20
    back = min(timeit.repeat(lambda: backward(params, forward(params, few), few, labels), number=20, repeat=5)) / 20
    slow = timeit.timeit(lambda: by_differences(params, few, labels), number=1)
    return sum(p.size for p in params.values()), once, back, slow


sizes, once, back, slow = (np.array(column) for column in zip(*map(price, (2, 4, 8, 16, 32, 64))))
for row in zip(sizes, back / once, slow / once):
    print("{:5d} parameters: backprop takes {:3.1f} T, differences {:6.0f} T".format(*row))
print(f"Your bet: {bet if bet is not None else 'none yet'}")

# %% tags=["nbval-ignore-output"]
fig, ax = plot.axes(labels=("parameters of the net", "time for one gradient (ms)"))
ax.loglog(sizes, 1e3 * slow, marker="o", label="central differences")
ax.loglog(sizes, 1e3 * back, marker="s", label="backprop (forward and backward)")
ax.set_xticks(sizes, sizes)
ax.minorticks_off()
ax.legend()
plot.show(fig, "Time of one gradient against the number of parameters, both on log scales: differences rise in a "
               "straight line, backprop stays far below.",
          caption="Differences cost two passes for every parameter; backprop costs the same few, however many there are.")

# %% [markdown]
# Counted in forward passes, the cost of backprop stays the same small number, however many parameters there are. And
# it is exact, up to rounding, where the differences carry an error that depends on h.
#
# ## The matrix that nobody builds
#
# Mathematics has a name for all derivatives of a module's outputs with respect to its inputs: the **Jacobian**, with a
# row for each output number and a column for each input number. You never built one. Here is a small one, made
# row by row with your differences: two examples, three inputs, two outputs.

# %%
W = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
x = np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 1.0]])
J = np.stack([numerical_gradient(lambda x, k=k: (x @ W).ravel()[k], x).ravel() for k in range(4)])
print(J.round(3) + 0.0)

d_out = np.array([[1.0, -1.0], [2.0, 0.5]])
print("through the Jacobian:  ", (J.T @ d_out.ravel()).round(6) + 0.0)
print("by linear_backward:    ", linear_backward(d_out, x, W)[0].ravel())

# %% [markdown]
# Half of it is zero, because one example's output does not depend on the other example's input. With n examples, one
# nth is left. The ReLU's Jacobian is emptier still: each output depends on one input, so only the diagonal is left. And
# the way back never needs J itself, only the product of $d_\text{out}$ with it, the **vector–Jacobian product**: one
# number for each input number.
#
# That is what `linear_backward` and `relu_backward` compute. It works because the loss is a *single* number. Start at
# that end, and all that travels is one vector. Start at the other end, and you multiply matrix by matrix.
#
# ### Exercise: `jacobian_entries`
#
# Count both. One line.

# %% nbgrader={"grade": false, "grade_id": "jacobian_entries", "locked": false, "schema_version": 3, "solution": true, "task": false}
def jacobian_entries(n, d_in, d_out):
    """How many numbers two things hold, for an affine module with d_in inputs and d_out outputs and n examples.

    Returns two ints: the numbers in the full Jacobian of all outputs (n, d_out) with respect to all inputs (n, d_in),
    zeros included; and the numbers in the vector-Jacobian product, which has the shape of the inputs.

    >>> jacobian_entries(2, 3, 2)
    (24, 6)
    """
    ### BEGIN SOLUTION
    return n * d_out * n * d_in, n * d_in
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_jacobian_entries_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Two examples, three inputs, four outputs: 8 output numbers, 6 input numbers.
check.call(jacobian_entries, 2, 3, 4, expected=(48, 6),
           mistakes=[((24, 6), "Zeros count too: the full Jacobian pairs every output number with every input number."),
                     ((12, 3), "That is for one example: there are n of them."), ((12, 6), "That is the Jacobian of one example: there are n of them."),
                     ((48, 8), "The product has the shape of the inputs, not of the outputs."),
                     ((6, 48), "The full Jacobian comes first, then the product."), (48, "Return two numbers: the Jacobian's, then the product's."),
                     ((14, 6), "A matrix of r rows and c columns holds r times c numbers.")],
           hint="Rows: all output numbers of all examples. Columns: all input numbers of all examples.")
check.passed("jacobian_entries: two examples.")

# %% nbgrader={"grade": true, "grade_id": "test_jacobian_entries_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: one example, many, large layers, and that both answers are ints.
### BEGIN HIDDEN TESTS
for n, d, m in ((1, 3, 3), (5, 2, 7), (64, 64, 64), (10, 1, 1), (1000, 784, 100)):
    counts = check.call(jacobian_entries, n, d, m, expected=lambda n, d, m: (n * m * n * d, n * d),
                        mistakes=[(lambda n, d, m: (n * m * d, n * d), "Zeros count too: the full Jacobian pairs every output number with every input number."),
                                  (lambda n, d, m: (m * d, n * d), "That is the Jacobian of one example: there are n of them."),
                                  (lambda n, d, m: (m * d, d), "That is for one example: there are n of them."),
                                  (lambda n, d, m: (n * m * n * d, n * m), "The product has the shape of the inputs, not of the outputs."),
                                  (lambda n, d, m: (n * m * n * d, d), "The product holds a number for each input of each example."),
                                  (lambda n, d, m: (n * d, n * m * n * d), "The full Jacobian comes first, then the product.")],
                        hint="Rows: all output numbers of all examples. Columns: all input numbers of all examples.")
    check.that(all(isinstance(c, (int, np.integer)) for c in counts), "The answers are not ints.", "Return ints: no division, no float.")
### END HIDDEN TESTS

# %%
full, product = jacobian_entries(64, 64, 64)
print(f"the digits' hidden layer, 64 examples: full Jacobian {full:,} numbers, {8 * full / 1e6:.0f} MB")
print(f"what the way back computes instead:    {product:,} numbers, {8 * product / 1e3:.0f} kB")

# %% [markdown]
# ## What the sources say, and what you measured
#
# > *"A net of three inputs, three hidden units and three outputs could be trained without backprop."*
#
# It could. Count the passes, and train five such nets twice: once with differences alone, once with your `backward`.
# The task is to say which of three numbers is the largest.

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
# The same nets, to the last digit shown. With so few parameters the differences are only a waste. With those of the
# digits' net they are the upper curve above, for every single step.
#
# > *"Backpropagation trains the net."*
#
# It computes gradients, and that is all. What is done with them is another decision. One gradient, three steps:

# %%
params = start([64, 64, 10], 0)
grads = backward(params, forward(params, X), X, y)
print(f"loss: {loss_of(params, X, y):.3f}")
for lr in (0.1, 0.0, -0.1):
    print(f"loss after one step with lr {lr:4}: {loss_of(sgd_step(params, grads, lr), X, y):.3f}")

# %% [markdown]
# Down, nowhere, up, all with the same backprop. Training is what gradient descent does with its result.
#
# > *"The brain sends its errors back through random weights."*
#
# Nobody has shown that. It is a hypothesis, made to answer a fair objection: a nerve that carries an error back would
# need to know the weights $W_2$ of the way forward. Lillicrap and others (2016) asked whether a net *can* learn when
# the error comes back through a fixed **random** matrix B instead. Your `backward` reads W2 for one purpose only, the
# way back. So hand it B in place of W2, and see.

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
learned = [train(seed, through(B)) for seed, B in enumerate(tqdm(randoms, "training", delay=1, leave=False, disable=check.still()))]
right = [np.mean(guesses(params) == y_test) for params in learned]
print(f"right, errors sent through random weights: median {np.median(right):.1%}, from {min(right):.0%} to {max(right):.0%}")
before = np.median([angle(start([64, 64, 10], seed), B) for seed, B in enumerate(randoms)])
after = np.median([angle(params, B) for params, B in zip(learned, randoms)])
print(f"angle to the true gradient: {before:.0f} degrees before training, {after:.0f} after (90: it knows nothing)")

# %% [markdown]
# It learns, and on these easy images nearly as well. The forward weights turn until the random way back points
# downhill, and so it is called *feedback alignment*. It says what a net can do. It does not settle what a brain does.
#
# ## Quiz
#
# Click your answers. Then run the cell under the questions: it writes your choices down.

# %% jupyter={"source_hidden": true} tags=["quiz"]
quiz.ask("""
1. What is backpropagation for?
+ To compute the derivative of the loss with respect to every parameter, efficiently | One pass back for all of them, at about the price of a pass forward.
- To update the weights | The step is gradient descent's. You wrote it as a function of its own.
- To run the network backward, from outputs to inputs | Nothing is turned round but the derivatives: the inputs are not recovered.
- To choose the learning rate | It knows nothing of the learning rate.
2. Which statement about backpropagation is true?
- It approximates the gradient, and the error depends on a step size | That is the finite difference.
+ It is exact up to rounding, and works for any graph of differentiable modules | It is the chain rule, with every partial result kept.
- It works for layered nets only | Any graph without cycles will do, as long as every module has a backward.
- It needs one pass for every parameter | Differences do, and even two.
3. What must a piece of code have to serve as a module of a net?
- Weights that can be trained | ReLU and exp have none, and are modules all the same.
- The same number of inputs and outputs | The loss takes many numbers and returns one.
- A derivative at every single point | Almost everywhere is enough: ReLU has none at 0.
+ A map from input to output that is differentiable almost everywhere | Parameters are optional. Then it can pass derivatives back.
4. A module computes y from x. How does dL/dx follow from dL/dy?
- Divide dL/dy by the Jacobian of y with respect to x | Nothing is inverted on the way back.
- Add the Jacobian of y with respect to x to dL/dy | Derivatives along a path multiply. Only different paths add up.
+ As a column: the transposed Jacobian of y with respect to x, times dL/dy | For an affine module that is d_out times W transposed.
- As a column: the Jacobian as it is, with a row for each output, times dL/dy | The shapes would not fit: a row of J belongs to an output, and dL/dx has an entry for each input.
5. Why does one go from the loss towards the inputs, and not the other way?
+ The loss is a single number: from that end only vectors travel, and no matrix meets a matrix | Vector times matrix, again and again, with results used again.
- Because the inputs are not known during training | They are known, and the way back uses them.
- Because the Jacobians cannot be computed going forward | They can. It only costs far more.
- Because gradients are smaller near the loss | The size of the numbers has nothing to do with the order of the work.
6. Which of these is not needed for backpropagation?
- The forward pass | Without it there is nothing to differentiate.
- The values kept from the forward pass | You needed A1 and Z1.
- The chain rule | It is the heart of it.
+ Second derivatives | Only first derivatives travel.
""")

# %% nbgrader={"grade": false, "grade_id": "quiz", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
answers = quiz.keep({1: 'a', 2: 'b', 3: 'd', 4: 'c', 5: 'a', 6: 'd'})
#: answers = quiz.keep()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_quiz", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# An answer to each of the six questions. Whether it is the right one is tested when graded.
quiz.verify(answers, 6)
### BEGIN HIDDEN TESTS
quiz.verify(answers, 6, key="abdcad")
### END HIDDEN TESTS

# %% [markdown]
# ## Your score
#
# Save the notebook (Ctrl+S), then run the cell. It grades the saved file, with the tests that you have not seen.

# %% tags=["nbval-ignore-output"]
from grader import your_score

your_score("05_backprop_by_hand")

# %% [markdown]
# ## Go further
#
# - Your `backward` goes through an affine module, a ReLU, another affine module and the loss. Add a second hidden
#   layer: which lines are new, and does `gradient_errors` still agree?
# - Put tanh in place of the ReLU. Which lines change, and what does the way back need from the cache?
#
# Rumelhart, Hinton and Williams, *Learning representations by back-propagating errors*, 1986. Lillicrap, Cownden, Tweed
# and Akerman, *Random synaptic feedback weights support error backpropagation for deep learning*, 2016. Goodfellow,
# Bengio and Courville, *Deep Learning*, 2016, section 6.5. The net of the stepper is that of Mazur, *A step by step
# backpropagation example*, 2015.
