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
# # 7 · Choosing activations
#
# *20 points, about 60 minutes.*
#
# You know the activations, and how they fail: sigmoids go flat, ReLUs die. Now you build a net, and have to choose.
# What goes into the hidden layers? What goes at the end, and which *cost* should training minimise? (Cost and loss are
# two words for one thing.) One course video has a number for you: *"Networks of ReLU hidden activations often have 10
# times the speed of training than networks with sigmoid hidden activations."* Find out where such a number comes from.

# %%
import numpy as np
from scipy.special import expit

from crease import check, data, live, nets, plot, quiz, trials
from crease.figures import choosing as figures
from crease.widgets import guess

# %% [markdown]
# ## A bet
#
# Two nets read digits, one with ReLUs in its hidden layers, the other with sigmoids. Each trains at the learning rate
# that suits **it** best. How many times as many epochs does the sigmoid need: as many, 2 times, 10 times, 50 times? Run
# the cell, and set the marker.

# %%
bet = guess(1, 100, "times as many epochs", log=True)

# %% [markdown]
# ## Look first
#
# The last layer of a net makes one number z, the *logit*, and a sigmoid turns it into a probability. The label is 1, so
# z should be large. Drag z far to the left, where the net is sure and wrong. Compare the slopes of the two costs there:
# the slope is all that training ever sees.

# %%
live(figures.flat, logit=(-10.0, 10.0, 0.5), stills=[{"logit": -10.0}, {"logit": 3.0}], still_width=560,
     caption="Where the net is wrong and sure of it, squared error is flat; cross-entropy still has a slope of nearly −1.")

# %% [markdown]
# ## From scores to probabilities
#
# A net that chooses among classes ends in a logit for each, and *softmax* makes shares of them. In lesson 5 it was
# hidden in a loss. Here it stands alone, for arrays with any number of axes:
#
# $$p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}, \qquad \log p_i = z_i - \log \sum_j e^{z_j}.$$
#
# As it stands, it breaks at $e^{1000}$. You know the cure from lesson 5: subtract the largest logit from all of them,
# and no share changes. *"Avoids exponentiation of large/small numbers for stability"*, the study notes say of softmax.
# The formula does not avoid it. A good program does, and now it is your turn.
#
# ### Exercise: `softmax` and `log_softmax`
#
# Two to three lines each. For the logarithm use the right-hand formula.

# %% nbgrader={"grade": false, "grade_id": "softmax", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax(z):
    """Probabilities from logits, along the last axis.

    z : array (..., classes) or a list; any size of number. Returns an array of the same shape.

    >>> softmax([0.0, 0.0])
    array([0.5, 0.5])
    """
    ### BEGIN SOLUTION
    z = np.asarray(z, float)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
    ### END SOLUTION


def log_softmax(z):
    """Natural logarithms of the probabilities, along the last axis; finite for logits of any size.

    z : array (..., classes) or a list. Returns an array of the same shape.

    >>> log_softmax([1000.0, 0.0])
    array([    0., -1000.])
    """
    ### BEGIN SOLUTION
    z = np.asarray(z, float)
    z = z - z.max(axis=-1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_softmax_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Three logits as a list, two rows of them, and the docstrings' examples.
three, equal = [0.09003057317038046, 0.24472847105479764, 0.6652409557748218], [1 / 3, 1 / 3, 1 / 3]
check.call(softmax, np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]]), expected=[three, equal])
check.call(softmax, [0.0, 0.0], expected=[0.5, 0.5])
check.call(log_softmax, [1.0, 2.0, 3.0], expected=[-2.4076059644443806, -1.4076059644443806, -0.4076059644443806])
check.call(log_softmax, [1000.0, 0.0], expected=[0.0, -1000.0], quiet=True)
check.passed("softmax and log_softmax: one row and two, and a large logit.")

# %% nbgrader={"grade": true, "grade_id": "test_softmax_hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: logits of ±1000 without a warning, rows of very different size, three axes, integers,
# square input (where a wrong axis goes unnoticed by shape), your input left unchanged.
### BEGIN HIDDEN TESTS
def _log(z, axis=-1):
    z = np.asarray(z, float)
    z = z - z.max(axis=axis, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=axis, keepdims=True))


rng = np.random.default_rng(3)
for z in (rng.normal(size=(4, 3)), rng.normal(size=(3, 3)), rng.normal(size=(2, 3, 4)), [[1, 2, 0], [5, 5, 5]], [7.0]):
    for f, wanted, other in ((softmax, lambda z: np.exp(_log(z)), _log), (log_softmax, _log, lambda z: np.exp(_log(z)))):
        after = np.exp if f is softmax else (lambda v: v)
        check.call(f, z, expected=wanted)
check.call(softmax, [[1000.0, 1001.0], [-1000.0, -999.0]], expected=lambda z: np.exp(_log(z)))
for z in ([[1000.0, 1001.0, 1002.0]], [[-1000.0, 0.0, 1000.0]], [[1000.0, 1001.0], [-1000.0, -999.0]]):
    check.call(softmax, z, expected=lambda z: np.exp(_log(z)), quiet=True)
    with np.errstate(divide="ignore"):
        check.call(log_softmax, z, expected=_log, quiet=True)
### END HIDDEN TESTS

# %% [markdown]
# ## Where costs come from
#
# Why squared error? Why cross-entropy? Both follow from one idea, *maximum likelihood*: choose the weights that make
# the labels you saw as probable as possible. Probabilities of many examples multiply, which is awkward. So take the
# logarithm, and turn the sign: the *negative log-likelihood* is a sum, and small is good.
#
# Say the labels scatter around the net's output in a bell curve of width 1. Then, for output a and label y:
#
# $$-\log\left(\frac{1}{\sqrt{2\pi}}\, e^{-(a - y)^2/2}\right) = \frac12 (a - y)^2 + \frac12 \log 2\pi.$$
#
# So the cost depends on what the output stands for:
#
# | the output is | the negative log-likelihood is |
# |---|---|
# | the middle of a bell curve | squared error, plus a constant |
# | the probability p of "yes" | binary cross-entropy, $-y\log p - (1 - y)\log(1 - p)$ |
# | a probability for each class | cross-entropy, $-\log p_{\text{right class}}$ |
#
# In a bell curve outliers are all but impossible. So a squared fit runs after them: the slope of a squared error grows
# with the error, and a few large ones drag the whole fit.
#
# Put $p = \sigma(z)$ into the second row, and you get $\log(1 + e^{z}) - yz$, or, safe for every z,
# $\max(z, 0) - yz + \log(1 + e^{-|z|})$. Its slope by z is as simple as in lesson 5: $\sigma(z) - y$. Squared error
# through a sigmoid, $\frac12(\sigma(z) - y)^2$, has one more factor by the chain rule, $\sigma(z)(1-\sigma(z))$. Far out
# it is almost nothing.
#
# ### Exercise: `bce_with_logits`, `bce_gradient`, `mse_gradient`
#
# One line each. `expit`, imported above, is a sigmoid that never overflows.

# %% nbgrader={"grade": false, "grade_id": "bce_with_logits", "locked": false, "schema_version": 3, "solution": true, "task": false}
def bce_with_logits(z, y):
    """Mean binary cross-entropy of logits; finite at z = ±1000, without overflow.

    z, y : arrays (or lists) of one shape, logits and labels 0 or 1. Returns one number.

    >>> bce_with_logits([1000.0, -1000.0], [1, 1])
    500.0
    """
    ### BEGIN SOLUTION
    z, y = np.asarray(z, float), np.asarray(y)
    return np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))
    ### END SOLUTION


def bce_gradient(z, y):
    """Slope of the binary cross-entropy of each example by its logit: an array, not divided by their number.

    >>> bce_gradient([0.0], [1])
    array([-0.5])
    """
    ### BEGIN SOLUTION
    return expit(np.asarray(z, float)) - np.asarray(y)
    ### END SOLUTION


def mse_gradient(z, y):
    """Slope of ½ (sigmoid(z) − y)² of each example by its logit: an array, not divided by their number.

    >>> mse_gradient([0.0], [1])
    array([-0.125])
    """
    ### BEGIN SOLUTION
    p = expit(np.asarray(z, float))
    return (p - np.asarray(y)) * p * (1 - p)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_bce_with_logits_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Examples by hand, large logits, and the place on the slider where squared error was flat.
check.call(bce_with_logits, np.log([3, 1 / 5, 7]), np.array([0, 1, 1]), expected=np.log([4, 6, 8 / 7]).mean())
check.call(bce_with_logits, [1000.0, -1000.0], [1, 1], expected=500.0, quiet=True)
check.call(bce_gradient, np.array([-10, 0, np.log(3)]), np.array([1, 0, 0]), expected=[-0.9999546021312976, 0.5, 0.75])
check.call(bce_gradient, [0.0], [1], expected=[-0.5])
check.call(mse_gradient, np.array([-10, 0, np.log(3)]), np.array([1, 0, 0]), expected=[-4.53937469e-5, 0.125, 9 / 64], rtol=1e-6)
check.call(mse_gradient, [0.0], [1], expected=[-0.125])
check.passed("The two costs at z = −10, 0 and ln 3, and at large logits.")

# %% nbgrader={"grade": true, "grade_id": "test_bce_with_logits_hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: many examples, two axes, lists of integers, z = ±1000 without a warning, your input unchanged.
### BEGIN HIDDEN TESTS
def _cost(z, y):
    return np.logaddexp(0, np.asarray(z, float)) - np.asarray(y) * np.asarray(z, float)


def _slope(z, y):
    return expit(np.asarray(z, float)) - np.asarray(y)


def _flat(z, y):
    return _slope(z, y) * expit(np.asarray(z, float)) * expit(-np.asarray(z, float))


rng = np.random.default_rng(5)
for shape in ((7,), (4, 3)):
    z, y = rng.normal(size=shape) * 3, rng.integers(0, 2, shape)
    check.call(bce_with_logits, z, y, expected=lambda z, y: _cost(z, y).mean())
    for f, wanted in ((bce_gradient, _slope), (mse_gradient, _flat)):
        check.call(f, z, y, expected=wanted)
big, label = [1000, -1000, 1000, -1000, 0], [1, 0, 0, 1, 1]
check.call(bce_with_logits, big, label, expected=lambda z, y: _cost(z, y).mean(), quiet=True, rtol=1e-6)
check.call(bce_with_logits, [50.0, -50.0, 36.5], [0, 1, 0], expected=lambda z, y: _cost(z, y).mean())
check.call(bce_gradient, big, label, expected=_slope, quiet=True)
_ = check.call(mse_gradient, big, label, expected=_flat, quiet=True)
### END HIDDEN TESTS

# %% [markdown]
# What does flatness cost? One unit, one example with label 1, a start at z = −10: sure, and wrong. How many steps of
# gradient descent until it says "yes"?

# %%
for name, slope in (("cross-entropy", bce_gradient), ("squared error", mse_gradient)):
    z, steps = np.array([-10.0]), 0
    while z[0] <= 0 and steps < 20_000:
        z, steps = z - slope(z, [1]), steps + 1
    print(f"{name}: {steps:,} steps" + (f", and z is only {z[0]:.2f}" if z[0] <= 0 else ""))

# %% [markdown]
# *"With zero gradients, the models weights don't update anything times zero and training halts"*, says the course
# video. Here the slope is only nearly zero, and training crawls. So a sigmoid or softmax output goes with its
# cross-entropy.
#
# Cross-entropy also measures how far a model's probabilities q are from the true ones p. Take away the part that no
# model can change, the *entropy* of p, and you have the **Kullback–Leibler divergence**, used wherever distributions
# are matched. (It is no distance: it differs with the direction.)
#
# And if a net has two jobs, say to name an object and to tell how far away it is? Add the two costs. But the one with
# the larger slopes decides, and in millimetres its slopes are a thousand times those in metres. Weights in front bring
# both to one scale.
#
# ## The last layer follows from the task
#
# Two questions settle it. Which numbers must the output be able to say, and no others? And how do the labels scatter
# around it?
#
# | task | the answer is | labels scatter |
# |---|---|---|
# | `"regression"` | any number | in a bell curve |
# | `"binary"` | yes or no | as a coin with probability p |
# | `"multiclass"` | exactly one of several classes | as a die, with a probability for each side |
# | `"multilabel"` | any number of tags at once | as a coin for **each** tag, which do not compete |
# | `"positive"` | a number above 0, without an upper end | in a bell curve |
#
# ### Exercise: `output_head`
#
# Fill in the two columns that are missing, the activation and the cost: a dict and a check. The words are in the
# docstring. For `"positive"` look for an activation that is always above 0 and never flat on the right.

# %% nbgrader={"grade": false, "grade_id": "output_head", "locked": false, "schema_version": 3, "solution": true, "task": false}
def output_head(task):
    """(activation, loss) of the last layer for a task of the table above, as a tuple of two texts.

    activation : "linear" (or "identity"), "sigmoid", "softmax", "relu", "tanh", or "softplus" (or "exp").
    loss : "mse", "bce" (or "binary cross-entropy"), "cross-entropy" (or "ce").
    Raises ValueError for any other task; the message names the five known ones.

    >>> output_head("regression")
    ('linear', 'mse')
    """
    ### BEGIN SOLUTION
    heads = {"regression": ("linear", "mse"), "binary": ("sigmoid", "bce"), "multiclass": ("softmax", "cross-entropy"),
             "multilabel": ("sigmoid", "bce"), "positive": ("softplus", "mse")}
    if task not in heads:
        raise ValueError(f"unknown task {task!r}; known are {', '.join(heads)}")
    return heads[task]
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_output_head_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# The example of the docstring, and a task that nobody knows.
check.call(output_head, "regression", expected=("linear", "mse"),
           same=lambda got, want: got is not None and len(got) == 2 and got[0] in ("linear", "identity") and got[1] == "mse")
check.raises(ValueError, output_head, "poetry")
check.passed("output_head: regression, and an unknown task.")

# %% nbgrader={"grade": true, "grade_id": "test_output_head_hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: all five tasks, that the message of the ValueError names them, and words near to them.
### BEGIN HIDDEN TESTS
_losses = {"mse": "mse", "bce": "bce", "binary cross-entropy": "bce", "cross-entropy": "ce", "ce": "ce"}
_ends = {"identity": "linear", "exp": "softplus"}
_right = {"regression": ("linear", "mse"), "binary": ("sigmoid", "bce"), "multiclass": ("softmax", "ce"),
          "multilabel": ("sigmoid", "bce"), "positive": ("softplus", "mse")}


def _plain(answer):
    if not isinstance(answer, (tuple, list)) or len(answer) != 2 or not all(isinstance(word, str) for word in answer):
        return None
    end, loss = answer
    return _ends.get(end, end), _losses.get(loss, loss)


for task, right in _right.items():
    answer, given = check.attempt(output_head, task)
    plain = _plain(answer)
    check.that(plain is not None, f"{given} returned {check.show(answer)}.", "Return two texts: the activation, then the loss.")
    why = "Use the words that the docstring lists."
    known = plain[0] in ("linear", "sigmoid", "softmax", "relu", "tanh", "softplus") and plain[1] in ("mse", "bce", "ce")
    check.that(known, f"{given} returned {check.show(answer)}.", why)
    if plain[0] == right[0]:
        why = {"binary": "A sigmoid output goes with binary cross-entropy: squared error through a sigmoid goes flat.",
               "multilabel": "Each tag is a yes or no of its own, so each has its binary cross-entropy.",
               "multiclass": "Softmax goes with cross-entropy over the classes."}.get(task, why)
    elif task == "multilabel" and plain[0] == "softmax":
        why = "With softmax the tags compete for one probability. Here several may be right at once."
    elif task == "multilabel":
        why = "Each tag is a yes or no of its own: which activation gives a probability for each?"
    elif task == "multiclass":
        why = "Exactly one class is right, so the probabilities must add up to 1: that is softmax."
    elif task == "positive":
        why = {"relu": "A ReLU gives 0, which is not above 0, and a dead one could never be trained again.",
               "sigmoid": "A sigmoid never exceeds 1: which activation is above 0 and has no upper bound?",
               "tanh": "A tanh can be negative, and never exceeds 1.",
               "linear": "Without an activation the output may be negative."}.get(plain[0], why)
    elif task == "regression":
        why = "Any number may be asked for, so no activation may bound it."
    elif task == "binary" and plain[0] == "softmax":
        why = "Softmax over one output is always 1: a single yes or no takes a sigmoid."
    elif task == "binary":
        why = "The answer is a probability between 0 and 1: which activation stays there?"
    check.that(plain == right, f"{given} returned {check.show(answer)}.", why)
check.raises(ValueError, output_head, "Regression?", mentions=tuple(_right))
for task in ("Binary", "multiclasses", "multi"):
    check.raises(ValueError, output_head, task, hint="Only the five words themselves are tasks: raise ValueError for any other text.")
### END HIDDEN TESTS

# %% [markdown]
# ## The hidden layers
#
# No theorem tells you which activation to take here, but you have measured a good deal. What is the factor per layer
# (lesson 4)? What dies (lesson 6)? Which start goes with which activation?
#
# ### Exercise: `choose`
#
# Choose a whole net. It is graded by **training** it on digits: with 2 hidden layers, where nearly everything learns,
# and with 12, where little does. Write down first which pairs of activation and start you expect to survive 12 layers.
# Does your function have to look at `depth` at all?

# %% nbgrader={"grade": false, "grade_id": "choose", "locked": false, "schema_version": 3, "solution": true, "task": false}
def choose(depth, task):
    """A net for `depth` hidden layers and a task: dict with the keys "hidden", "init", "output", "loss".

    depth : int, 1 to 12.  task : "regression", "binary" or "multiclass".
    hidden : "relu", "leaky", "leaky 0.1", "elu", "gelu", "tanh", "sigmoid" or "softplus".
    init : "small" (normal, 0.01), "xavier", "xavier4" (four times as wide) or "he".
    output, loss : as `output_head` names them.
    """
    ### BEGIN SOLUTION
    output, loss = output_head(task)
    return {"hidden": "relu", "init": "he", "output": output, "loss": loss}
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_choose_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# The keys and words; then a net of two hidden layers for regression, trained on 500 digits with three seeds.
trials.two_layers(check.attempt(choose, 2, "regression")[0])
check.passed("choose: a net of two hidden layers learns.")

# %% nbgrader={"grade": true, "grade_id": "test_choose_hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: 12 hidden layers of 32 units, for "multiclass" (30 epochs) and for "binary" (is it 5 or more?,
# 20 epochs): 500 digits, three seeds, the better of two rates; the median accuracy on them must exceed 85 %.
### BEGIN HIDDEN TESTS
for task in ("multiclass", "binary"):
    answer, _ = check.attempt(choose, 12, task)
    trials.choice(answer, task)
    right = trials.twelve_layers(answer["hidden"], answer["init"], task)
    hint = "Deep nets of this kind lose the signal on its way. Try another pair of hidden activation and start."
    if answer["init"] == "small":
        hint = "A start that small lets the signal vanish within a few layers: choose a wider one."
    elif answer["hidden"] == "sigmoid":
        hint = "Twelve sigmoid layers hardly let an error signal through: choose another hidden activation."
    elif answer["hidden"] in ("relu", "leaky", "leaky 0.1", "gelu") and answer["init"] == "xavier":
        hint = "ReLU and its relatives let about half of the signal through: which start makes up for that?"
    elif answer["init"] == "xavier4":
        hint = "That start is meant for the sigmoid: other activations explode or go flat under it."
    check.that(right > 0.85, f"With {check.show(answer)} the median net was right on {right:.0%}.", hint)
### END HIDDEN TESTS

# %% [markdown]
# Were you right? Yours against four others, through twelve hidden layers of 32 units: share of 500 training digits that
# are right, three seeds, the better of two rates.

# %%
mine = choose(12, "multiclass")
pairs = {"yours": (mine["hidden"], mine["init"]), **{f"{hidden}, {init}": (hidden, init) for hidden, init in (
    ("relu", "he"), ("relu", "xavier"), ("tanh", "xavier"), ("sigmoid", "xavier4"))}}
for name, pair in nets.progress(pairs.items(), "twelve layers"):
    print(f"{name:16} {trials.twelve_layers(*pair, 'multiclass'):.0%} right")

# %% [markdown]
# The sigmoids may surprise you: from four times Xavier, six layers of them learned in lesson 4. But there you also
# measured that they lose more than a third of the signal at every layer. Twelve are too many for that. People's
# defaults come from trying, too:
#
# - **ReLU** with a He start, or **GELU**. The study notes name these two, and BERT and the Vision Transformer, two famous
#   large nets, use GELU. **SiLU**, $x\,\sigma(x)$, looks much like it and needs no erf.
# - **Leaky ReLU**, **PReLU** or **ELU**, where units die (lesson 6).
# - **tanh** with a Xavier start, where outputs around 0 help.
# - **Sigmoid**: at the end of the net, and in *gates*, which let a share of a signal through. Rarely in between.
# - **Softplus**: a smooth ReLU, mostly for outputs that must be positive.
#
# And then you measure. An idea, its code, the experiment, the next idea: Andrew's video calls this loop the thing to
# speed up.
#
# ## Ten times as fast?
#
# Now *"10 times the speed of training"*. Whoever says this owes you two things: how the nets were trained, and how sure
# the number is. For the second there is the *bootstrap*. Draw as many values as you have from the measured ones,
# **with** replacement, and compute the ratio again. Do that a few thousand times. The middle 95 % of the ratios show
# how much hangs on the seeds you happened to use.
#
# ### Exercise: `speedup`
#
# Four to six lines. Draw for each of the two arrays separately; `rng.choice(a, (2000, len(a)))` draws 2000 times at once.

# %% nbgrader={"grade": false, "grade_id": "speedup", "locked": false, "schema_version": 3, "solution": true, "task": false}
def speedup(slow, fast, seed=0):
    """(ratio, low, high): how many times as long `slow` takes as `fast`.

    slow, fast : arrays or lists of epochs, one entry a net; they may differ in length.
    ratio : median of slow / median of fast.
    low, high : 95 % percentile bootstrap interval of the ratio, from at least 1000 draws of a generator of `seed`.

    >>> speedup([20.0, 20.0], [10.0])
    (2.0, 2.0, 2.0)
    """
    ### BEGIN SOLUTION
    rng, slow, fast = np.random.default_rng(seed), np.asarray(slow, float), np.asarray(fast, float)
    top, bottom = (np.median(rng.choice(a, (2000, len(a))), axis=1) for a in (slow, fast))
    low, high = np.percentile(top / bottom, [2.5, 97.5])
    return np.median(slow) / np.median(fast), low, high
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_speedup_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Few nets, so that the interval is plain to see: the ends are 30 / 20 and 500 / 10. And no spread, which leaves no doubt.
check.call(speedup, [30.0, 40.0, 500.0], [10.0, 20.0], expected=(2.6666666666666665, 1.5, 50.0))
check.call(speedup, [20.0, 20.0], [10.0], expected=(2.0, 2.0, 2.0))
check.passed("speedup: the ratio, its interval, and no width without spread.")

# %% nbgrader={"grade": true, "grade_id": "test_speedup_hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: the interval (another generator or number of draws is fine), arrays of different lengths,
# the order low, high, that the same seed gives the same answer, your input left unchanged.
### BEGIN HIDDEN TESTS
def _medians(values, draws=20_000, seed=7):
    values = np.asarray(values, float)
    return np.median(np.random.default_rng(seed).choice(values, (draws, len(values))), axis=1)


def _width(ends):
    return ends[1] - ends[0]


rng = np.random.default_rng(11)
for n, m in ((31, 31), (41, 23)):
    slow, fast = np.exp(rng.normal(3, 0.5, n)), np.exp(rng.normal(1, 0.4, m))
    answer, given = check.attempt(speedup, slow, fast)
    check.that(isinstance(answer, (tuple, list)) and len(answer) == 3, f"{given} returned {check.show(answer)}.", "Return three numbers.")
    ratio, low, high = answer
    check.that(np.isclose(ratio, np.median(slow) / np.median(fast)), f"The ratio is {check.show(ratio)}.",
               "The ratio itself comes from the measured values, without any draw: median of slow over median of fast.")
    top, bottom = _medians(slow), _medians(fast, seed=8)
    ratios = top / bottom
    wanted = np.percentile(ratios, [2.5, 97.5])
    said = f"The interval is [{check.show(low)}, {check.show(high)}], expected about {check.show(wanted)}."
    check.that(low <= high, said, "The two ends stand in the wrong order: low, then high.")
    check.that(high > low, said, "The interval has no width: draw with replacement, or every draw holds the same values.")
    several = [answer[1:], *(check.attempt(speedup, slow, fast, seed)[0][1:] for seed in range(1, 5))]  # seed 0 is the default
    check.that(len(set(map(tuple, several))) > 1, "Five seeds give the same interval.",
               "The seed has no influence: make the generator of the `seed` that comes in.")
    ends = np.mean(several, axis=0)
    if not (0.92 < _width(ends) / _width(wanted) < 1.1 and np.abs(ends - wanted).max() < 0.12 * _width(wanted)):
        general = "Draw both arrays anew with replacement, take the ratio of medians, and of many such ratios the 2.5 and 97.5 percentiles."
        others = [(general, wanted), ("That is a 90 % interval: 2.5 % lie below it and 2.5 % above.", np.percentile(ratios, [5, 95])),
                  ("That is the spread of single nets: each draw takes as many values as there are, and then their median.",
                   np.percentile(rng.choice(slow, 20_000) / rng.choice(fast, 20_000), [2.5, 97.5])),
                  ("Only `slow` was drawn anew: draw both.", np.percentile(top / np.median(fast), [2.5, 97.5])),
                  ("Only `fast` was drawn anew: draw both.", np.percentile(np.median(slow) / bottom, [2.5, 97.5])),
                  ("Those are the ends of all draws: take the 2.5 and 97.5 percentiles.", [min(ratios[:2000]), max(ratios[:2000])]),
                  ("That is about one standard deviation: 95 % of the draws lie within.", np.percentile(ratios, [16, 84])),
                  ("Those are the quartiles: take the 2.5 and 97.5 percentiles.", np.percentile(ratios, [25, 75])),
                  ("Each draw takes as many values as its own array has.", np.percentile(
                      np.median(rng.choice(slow, (20_000, max(n, m))), 1) / np.median(rng.choice(fast, (20_000, max(n, m))), 1), [2.5, 97.5])),
                  ("First the medians, and then their ratio.", np.percentile(
                      np.median(rng.choice(slow, (20_000, min(n, m))) / rng.choice(fast, (20_000, min(n, m))), 1), [2.5, 97.5]))]
        hint, nearest = min(others, key=lambda other: np.abs(ends - other[1]).max())
        check.that(False, said, hint if np.abs(ends - nearest).max() < 0.08 * _width(nearest) else general)
    again, _ = check.attempt(speedup, slow, fast)
    check.that(tuple(again) == tuple(answer), "Two calls with the same seed differ.",
               "The same seed must give the same answer: make a generator of `seed` inside the function.")
### END HIDDEN TESTS

# %% [markdown]
# The experiment: digits, two hidden layers of 64 units, Xavier start, batches of 64. For each net we count the epochs
# until the cost is at most 0.1. (All digits train the net; 448 of them measure the cost.)

# %% jupyter={"source_hidden": true}
# Run this cell: `epochs_needed` trains nets of an activation, a rate and some seeds, and counts their epochs.
X, y, X_test, y_test = data.digits()
some, their = X[:448].reshape(7, 1, 64, 64), y[:448].reshape(7, 1, 64)  # 7 blocks of 64: small products are quick


def epochs_needed(activation, lr, seeds):
    losses, start = [], nets.init([64, 64, 64, 10], activation, scheme="xavier", seeds=seeds)

    def all_done(layers):
        losses.append(nets.loss_and_delta("softmax", nets.forward(layers, some), their)[0].mean(axis=0))
        return (np.min(losses, axis=0) <= 0.1).all()

    nets.train(start, X, y, count=200, loss="softmax", lr=lr, batch=64, seeds=seeds, until=all_done, label=activation)
    return 1 + (np.array(losses) <= 0.1).argmax(axis=0)

# %% [markdown]
# First **one learning rate for all**, 0.1. (Three seeds each: enough to see a large factor, too few to trust the ends
# of the intervals.)

# %% jupyter={"source_hidden": true}
# Run this cell: it trains, and your `speedup` compares.
names = ["relu", "gelu", "tanh", "2σ−1", "sigmoid"]


def report(found):
    for name, counts in found.items():
        ratio, low, high = speedup(counts, found["relu"])
        against = f", {ratio:4.1f} times ReLU's [{low:.1f} to {high:.1f}]" if name != "relu" else ""
        print(f"{name:8} {np.median(counts):5.1f} epochs{against}")


equal = {name: epochs_needed(name, 0.1, range(3)) for name in names}
report(equal)

# %% [markdown]
# There it is, your factor of ten. Now **each at its own best rate**, ten seeds each. The rates come from a coarse search
# that we did beforehand. Change them: can you find better ones?

# %%
best = {"relu": 0.3, "gelu": 0.3, "tanh": 1.0, "2σ−1": 1.0, "sigmoid": 3.0}
tuned = {name: epochs_needed(name, best[name], range(10)) for name in names}
report(tuned)
bet.land(np.median(tuned["sigmoid"]) / np.median(tuned["relu"]), tuned["sigmoid"] / np.median(tuned["relu"]))

# %% jupyter={"source_hidden": true}
# Run this cell: it draws one mark a net.
fig, ax = plot.axes(size=(7.2, 3.8), labels=("epochs until the cost is 0.1 (log scale)", ""))
for up, found, colour, mark, label in ((0.17, equal, plot.ORANGE, "o", "one rate"), (-0.17, tuned, plot.BLUE, "s", "best rates")):
    for row, counts in enumerate(found.values()):
        ax.plot(counts, up - row + np.linspace(-0.1, 0.1, len(counts)), mark, color=colour, ms=5, label="_" * (row > 0) + label)
ax.set(xscale="log", xlim=(1.7, 150), yticks=[0, -1, -2, -3, -4], yticklabels=names)
ax.set_xticks([2, 5, 10, 20, 50, 100], [2, 5, 10, 20, 50, 100])
ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)
plot.show(fig, alt="Epochs of every net, for five activations. At one rate the sigmoid lies far right of all others; at the "
          "best rates all lie close together, the sigmoid still last.",
          caption="One mark a net. At the same rate the sigmoid is far behind; with a rate of its own it nearly catches up.")

# %% [markdown]
# Most of the factor was the rate. A sigmoid's slope is a quarter at most, so it wants larger steps, and at 0.1 it crawls.
# A small factor is left. At its own best rate, tanh is not behind ReLU at all.
#
# ## An activation of your own
#
# *"Any differentiable function is valuable"*, say the study notes under "New modules", and *"Modules of modules can be
# as easy as tanh(ReLU(x))."* Valuable for what? Their example is dead on the left like ReLU and flat on the right like
# tanh. As an activation you can do better.
#
# ### Exercise: `my_activation` and `my_activation_prime`
#
# Invent one, and its slope. Round a corner, add a wave, mix two that you know. Anything passes that is no straight line
# and that trains.

# %% nbgrader={"grade": false, "grade_id": "my_activation", "locked": false, "schema_version": 3, "solution": true, "task": false}
def my_activation(x):
    """Your own activation, applied to each entry of x by itself.

    x : number, list, or array of any shape. Returns the same shape; finite for x between −50 and 50.
    Graded by training: one hidden layer of 32 such units, 12 epochs on digits, three seeds; at the best of the rates
    0.03, 0.1 and 0.3 the median net must be right on more than 90 % of the test digits.
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, float)
    return np.where(x > 0, x, np.sin(x) / 2)
    ### END SOLUTION


def my_activation_prime(x):
    """Slope of `my_activation` at each entry of x; at a corner, any value will do. Same shape as x."""
    ### BEGIN SOLUTION
    x = np.asarray(x, float)
    return np.where(x > 0, 1.0, np.cos(x) / 2)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_my_activation_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Finite values, one for each entry; and the slope at four points, against a finite difference.
x = np.array([[-1.37, -0.41], [0.83, 2.19]])
for f in (my_activation, my_activation_prime):
    check.call(f, x, expected=np.zeros((2, 2)), atol=1e300, through=np.asarray, quiet=True)
up, down = (np.asarray(my_activation(x + h), float) for h in (1e-5, -1e-5))
check.call(my_activation_prime, x, expected=(up - down) / 2e-5, rtol=1e-4, atol=1e-5, through=np.asarray)
check.passed("my_activation: shape and slope.")

# %% nbgrader={"grade": true, "grade_id": "test_my_activation_hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: lists, three axes, each entry by itself, the slope at 400 points, that it is no straight line,
# and the training on digits that the docstring describes.
### BEGIN HIDDEN TESTS
x = np.random.default_rng(17).uniform(-4, 4, (4, 10, 10))
wide = np.linspace(-50, 50, 41)
for name, f in (("my_activation", my_activation), ("my_activation_prime", my_activation_prime)):
    for given in (x, [-1.0, 0, 2], 1.5):
        found, _ = check.attempt(f, given, hint="Numbers, lists and arrays of any shape come in: np.asarray first.")
        check.that(found is not None and np.shape(found) == np.shape(given), f"{name} returned shape {np.shape(found)}.",
                   "Return the same shape as x, for a number, a list, and an array of any shape.")
    found, _ = check.attempt(f, wide, quiet=True)
    check.that(np.isfinite(np.asarray(found, float)).all(), f"{name} is not finite on [−50, 50].", "Keep it finite for x between −50 and 50.")
    whole, turned = (np.asarray(check.attempt(f, v)[0], float) for v in (x, x[::-1, ::-1, ::-1]))
    check.that(np.allclose(whole[::-1, ::-1, ::-1], turned) and np.allclose(whole[0, 0, :3], np.asarray(check.attempt(f, x[0, 0, :3])[0], float)),
               f"{name} gives an entry another value when its neighbours change.",
               "Each entry must be treated by itself: no mean, maximum or sum over the array.")
value, up, down = (np.asarray(check.attempt(my_activation, x + h)[0], float).ravel() for h in (0, 1e-5, -1e-5))
slope, flat = np.asarray(check.attempt(my_activation_prime, x)[0], float).ravel(), x.ravel()
line = np.polyval(np.polyfit(flat, value, 1), flat)
check.that(np.ptp(value) > 1e-9, "Your activation is constant.", "It is flat everywhere: no signal passes, and its slope is 0.")
check.that(np.abs(value - line).max() > 0.02 * np.ptp(value), "Your activation is a straight line.",
           "It is a straight line: such layers collapse into one, as in lesson 1.")
wrong = np.mean(~np.isclose((up - down) / 2e-5, slope, rtol=1e-3, atol=1e-4))
check.that(wrong < 0.02, f"At {wrong:.0%} of 400 points the slope differs from a finite difference.",
           "The slope is right at some points only: check every piece of it against a finite difference.")
alive = np.mean(np.abs(slope) > 1e-3)
check.that(alive > 0.15, f"The slope is nearly 0 at {1 - alive:.0%} of the points between −4 and 4.",
           "It is flat almost everywhere, so hardly any error signal passes: give it a slope where inputs are, around 0.")
X, y, X_test, y_test = data.digits()
seeds, rates = [0, 1, 2] * 3, np.repeat([0.03, 0.1, 0.3], 3)[:, None, None]
functions = (lambda z: np.asarray(my_activation(z), float), lambda z: np.asarray(my_activation_prime(z), float))
with np.errstate(all="ignore"):
    run = nets.train(nets.init([64, 32, 10], functions, seeds=seeds), X, y, count=12, loss="softmax", lr=rates, batch=128, seeds=seeds)
    out = nets.forward(run.layers, X_test)
right = np.where(np.isfinite(out).all((1, 2)), (out.argmax(-1) == y_test).mean(-1), 0.0)
best = np.median(right.reshape(3, 3), axis=1).max()
grows = np.abs(value).max() > 20
check.that(best > 0.9, f"The median net was right on {best:.0%} of the test digits.",
           "Training blew up: it grows too steeply. Let it grow no faster than a straight line." if grows else
           "It trains too slowly: make its slope around 0 larger, close to 1, and its outputs neither tiny nor all alike.")
### END HIDDEN TESTS

# %% [markdown]
# Yours in the ring: a hidden layer of 32 units, twelve epochs at rate 0.1, ten seeds, on test digits. (One rate for all
# is not fair, as you know by now. Who suffers from it?)

# %% jupyter={"source_hidden": true}
# Run this cell: it trains yours and seven others.
tanh_relu = (lambda z: np.tanh(np.maximum(z, 0)), lambda z: (z > 0) * (1 - np.tanh(z) ** 2))
others = {"yours": (my_activation, my_activation_prime), "tanh(relu)": tanh_relu,
          **{name: name for name in ("relu", "gelu", "silu", "elu", "tanh", "sigmoid")}}
for name, functions in others.items():
    start = nets.init([64, 32, 10], functions, seeds=range(10))
    run = nets.train(start, X, y, count=12, loss="softmax", lr=0.1, batch=128, seeds=range(10), label=name)
    right = nets.accuracy(run.layers, X_test, y_test)
    print(f"{name:10} median {np.median(right):.1%} right, from {right.min():.0%} to {right.max():.0%}")

# %% [markdown]
# ## What the sources say, and what you measured
#
# > *"Networks of ReLU hidden activations often have 10 times the speed of training than networks with sigmoid hidden
# > activations."* (the course video)
#
# You found such a factor with one rate for all, and a small one with a fair rate for each. The video says "often", and
# gives no evidence. The best-known measurement (Krizhevsky and others, 2012) is a factor of six against **tanh**, on
# one kind of images, with tuned rates; its authors add that it varies with the net.
#
# ## Quiz
#
# Click your answers. Then run the cell under the questions: it writes your choices down.

# %% jupyter={"source_hidden": true} tags=["quiz"]
quiz.ask("""
1. What is a cost function for?
+ Its slope tells training in which direction the fit gets better | One number says how badly outputs fit labels, and its slope what to do about it.
- It counts the wrong answers, which training then makes fewer | Such a count has steps: its slope is 0 nearly everywhere.
- It keeps the weights small, so that the net generalises | Terms that do so may be added to a cost.
- It turns the outputs of the last layer into probabilities | That is the work of a sigmoid or softmax.
2. For which labels is squared error the negative log-likelihood?
- For labels that are "yes" or "no" | There it is binary cross-entropy.
- For labels with many outliers, which it treats mildly | A bell curve makes outliers all but impossible, so the fit bends towards them.
+ For labels that scatter in a bell curve | Minus the logarithm of the bell is a parabola.
- For none: it is chosen because it is easy to differentiate | It comes from a likelihood, and you derived it in one line.
3. Why can a few outliers spoil a fit by squared error?
+ The slope grows with the error, so a few large errors dominate | They drag the whole fit.
- Their errors are so large that the cost has no slope there | It has a slope everywhere, and there a large one.
- Their slopes are small, so that they are learned last | It is the other way round.
- Squared error is made for classes, and outliers have none | It is the usual cost for numbers.
4. For which net is cross-entropy the usual cost?
- For a net that predicts a temperature | Any real number as answer: squared error, with no activation at the end.
- For any net with ReLUs in its hidden layers | The cost goes with the output, not with the hidden layers.
- For a net whose labels hold many outliers | A wrong label that the net is sure about costs a lot.
+ For one that ends in a sigmoid or softmax | There it is the negative log-likelihood, and its slope by the logit is p - y.
5. What does the Kullback-Leibler divergence tell?
- The distance of two distributions, the same in both directions | It differs with the direction.
+ How much a model misses of the true distribution | It is cross-entropy minus a term that does not depend on the model.
- How far a predicted number is from the true one | Its arguments are distributions.
- How many answers of a classifier are wrong | That is the error rate, which has no useful slope.
6. You train a net on two costs at once. How do you combine them?
+ Add them, weighted so that their slopes are of one scale | After that the weights say what matters more.
- Add them as they are: the net will find the right balance by itself | The one with the larger slopes decides, and a change of units changes the result.
- Minimise the larger one in each step, and leave the other alone | The cost in millimetres would always be the larger one.
- Multiply them, so that neither can be neglected | Once one reaches 0 it switches the other off.
7. The hidden layers are ReLUs, and a photo may show a cat, a dog, both or neither. What comes last?
- Softmax over the four cases, since exactly one of them is true | It works for two animals. With twenty, there are a million cases.
- Softmax over cat and dog, since one of them must win | Their shares add up to 1, so it cannot say "both" or "neither".
+ A sigmoid for each animal | Each is a yes or no of its own: tags do not compete.
- A ReLU for each animal, to match the hidden layers | The last layer follows from the task, not from the hidden layers.
""")

# %% nbgrader={"grade": false, "grade_id": "quiz", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
answers = quiz.keep({1: 'a', 2: 'c', 3: 'a', 4: 'd', 5: 'b', 6: 'a', 7: 'c'})
#: answers = quiz.keep()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_quiz", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# An answer to each of the seven questions. When graded, each right answer counts the same.
quiz.verify(answers, 7)
### BEGIN HIDDEN TESTS
quiz.verify(answers, 7, key="acadbac", points=2)
### END HIDDEN TESTS

# %% [markdown]
# ## Your score
#
# Save the notebook (Ctrl+S), then run the cell. It grades the saved file, with the tests that you have not seen.

# %% tags=["nbval-ignore-output"]
from grader import your_score

your_score("07_choosing_activations")

# %% [markdown]
# ## If you have another five minutes
#
# The lesson is done. Here are six small things to try, in any order.
#
# ### Why squared error?
#
# Labels scatter around the net's output in a bell curve. Drag the output, and watch what the bell gives to the label.

# %%
live(figures.likelihood, output=(-1.0, 7.0, 0.5), stills=[{"output": 1.0}, {"output": 3.0}], still_width=560,
     caption="Minus the logarithm of a bell curve is a parabola: half the squared error, plus a constant.")

# %% [markdown]
# ### Outliers
#
# A net predicts a number. Break its instrument: raise `outliers`, and that many of the last points move up by `error`.
# Which line runs after them?

# %%
live(figures.outliers, outliers=(0, 4), error=(0.0, 15.0, 1.0),
     stills=[{"outliers": 0, "error": 12.0}, {"outliers": 2, "error": 12.0}],
     caption="The slope of a squared error grows with the error, so a few outliers drag the whole line.")

# %% [markdown]
# ### Is the Kullback–Leibler divergence a distance?
#
# Then it would have to be the same in both directions.

# %%
p, q = np.array([0.7, 0.2, 0.1]), np.array([0.1, 0.3, 0.6])
cross, entropy = -np.sum(p * np.log(q)), -np.sum(p * np.log(p))
print(f"cross-entropy {cross:.3f} - entropy of p {entropy:.3f} = D(p, q) = {cross - entropy:.3f}")
print(f"the other way round: D(q, p) = {np.sum(q * np.log(q / p)):.3f}")

# %% [markdown]
# It is not. But whoever makes cross-entropy small makes it small too.
#
# ### Metres or millimetres
#
# One net names an object and says how far away it is. Which cost does the sum train?

# %%
logits, labels = np.array([0.5, -1.0, 2.0]), np.array([1, 0, 1])
metres, truth = np.array([2.1, 0.9, 3.3]), np.array([2.0, 1.0, 3.0])
naming = np.abs(bce_gradient(logits, labels)).mean()
for unit, scale in (("metres", 1), ("millimetres", 1000)):
    ranging = np.abs(scale * (metres - truth)).mean()
    print(f"{unit:12} slope of naming {naming:.2f}, of ranging {ranging:.2f}: weight the second by {naming / ranging:.2g}")

# %% [markdown]
# ### The study notes' example
#
# Look at the slope of tanh(ReLU(x)).

# %%
x = np.linspace(-4, 4, 8001)
slopes = {"tanh": 1 - np.tanh(x) ** 2, "relu": (x > 0) * 1.0, "tanh(relu)": (x > 0) * (1 - np.tanh(x) ** 2)}
for name, slope in slopes.items():
    print(f"{name:10} slope below 0.1 on {np.mean(slope < 0.1):.0%} of [-4, 4]")

# %% [markdown]
# ### Convex, and in closed form?
#
# > *"Linear models, including logistic regression and linear regression, are convex and efficiently fit with closed-form
# > solutions."* (the study notes)
#
# A cost is *convex* if it is a single valley: whoever walks downhill arrives. That part is right for both. A closed form,
# a formula for the best weights, exists only for linear regression, where setting the slopes to 0 gives linear equations.
# In logistic regression the weights stand inside an exponential, nobody has such a formula, and one walks. What both lack
# is not a solution but capacity: they draw one straight boundary.

# %% [markdown]
# ## Go further
#
# - The rates of the experiment came from a coarse search. How would you search so that no activation gets more
#   attempts than another? And would you search on the seeds that you report?
# - Give the sigmoid the start that was made for it, `xavier4`, in the experiment. What is left of the factor then?
#
# Krizhevsky, Sutskever and Hinton, *ImageNet classification with deep convolutional neural networks*, 2012. Hendrycks
# and Gimpel, *Gaussian error linear units*, 2016. Goodfellow, Bengio and Courville, *Deep Learning*, 2016, sections
# 6.2 and 6.3.
#
# ## What this course leaves out
#
# - **Other nets**: convolutions, recurrent nets, attention and transformers. **Generative models**.
# - **Features in layers**: edges, then parts, then objects; and nets that join images, sound and text.
# - **Better steps**: momentum, Adam, schedules of the learning rate.
# - **Generalisation**: regularisation, dropout, choosing by a validation set. We measured mostly how nets *learn*.
# - **Gated units**: maxout, SwiGLU, mixtures of experts. **Brains**: how far a unit resembles a neuron.
# - **Scale**: what more data, larger nets and faster computers bring. A few digits cannot show it.
#
# ## The end, and a beginning
#
# You creased a sheet, and everything else followed: why stacked lines collapse, why XOR needs a crease, why signals fade
# and how to keep them, how to send an error back through a net, and how to choose. None of it you took on trust. The
# ReLU lay in the drawer for decades before anybody saw what it was good for. *"I can't help but wonder what else are we
# missing today"*, says the ReLU video. You now have the tools to look.
