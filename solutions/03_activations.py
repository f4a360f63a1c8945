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
# # 3 · Activations
#
# *24 points, about 60 minutes.*
#
# ReLU was the worst at learning XOR, and tanh far better. Yet hardly anything differed but one function of one number. Which
# functions do people put there? And what breaks when you type a formula just as it stands in a book? You will write most
# of them, break some, and drop your own into last lesson's net.

# %%
from functools import partial

import numpy as np
from scipy.special import erf, expit, ndtr  # expit is the sigmoid, ndtr is Φ

from crease import check, data, live, nets, plot, quiz
from crease.figures import activations as figures
from crease.widgets import guess, sheet

# %% [markdown]
# ## A bet
#
# Nine activations appear in this lesson. Most never decrease as x grows. **How many of the nine do, somewhere?** Run the
# cell, and set the marker.

# %%
bet = guess(0, 9, "of 9 activations")

# %% [markdown]
# ## Look first
#
# All nine on one plane. Switch from the functions to their slopes, and put the spotlight on one at a time.

# %%
live(figures.overlay, show=["functions", "slopes"], spotlight=["all", *figures.LABELS],
     stills=[{"show": s, "spotlight": n} for n in ("all", "gelu") for s in ("functions", "slopes")],
     caption="Blue functions go flat on both sides; the others on the left at most, and they rise on the right.")

# %% [markdown]
# Training lives on slopes. The **slope** at x is the steepness of the *tangent*, the straight line that touches the curve
# there. Where it is 0, a small change of the input changes nothing, and a net cannot learn from it.
#
# Drag x along a curve. The blue dot rides on the function, the red dot below shows how steep it is. The dashed line meets
# the curve at x − h and x + h; its steepness is the diamond. Make h small. Then stand on the ReLU at 0.

# %%
live(figures.slope, activation=list(figures.LABELS), x=(-3.0, 3.0, 0.1), h=(0.1, 1.0, 0.1),
     stills=[{"activation": a, "x": x} for a, x in (("sigmoid", 0.0), ("tanh", 1.0), ("relu", 0.0), ("gelu", -1.4))],
     caption="Both axes use the same scale, so a slope of 1 is a line at 45 degrees. At a kink there are two slopes.")

# %% [markdown]
# ## The sigmoid
#
# The classic among the smooth ones squeezes every number into the range from 0 to 1:
#
# $$\sigma(x) = \frac{1}{1 + e^{-x}}, \qquad \sigma'(x) = \sigma(x)\,(1 - \sigma(x)).$$
#
# ### Exercise: `sigmoid` and `sigmoid_prime`
#
# Type both formulas just as they stand, one line each, and run the check. It will probably stop you: that is part of the
# exercise. (`np.asarray(x, float)` makes an array of a number or a list, and leaves an array as it is.)

# %% nbgrader={"grade": false, "grade_id": "sigmoid", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sigmoid(x):
    """The logistic sigmoid 1 / (1 + exp(-x)), elementwise.

    x : a number, or an array or a list of numbers (any shape, integers too). It stays unchanged.
    Returns a number for a number, else an array of the same shape. Right to 12 digits for |x| up to 100,
    to 1e-12 up to |x| = 10 000, and without an overflow warning.

    >>> sigmoid([0.0, 1.0])
    array([0.5       , 0.73105858])
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, float)
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)
    ### END SOLUTION


def sigmoid_prime(x):
    """The slope of the sigmoid at x, elementwise. What is said of `sigmoid` holds here too, 12 digits included.

    >>> sigmoid_prime([0.0, 1.0])
    array([0.25      , 0.19661193])
    """
    ### BEGIN SOLUTION
    return sigmoid(x) * sigmoid(-np.asarray(x))
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_sigmoid_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Values near zero, as an array, a list and a number; no overflow at 750, and at 30 all digits of the slope.
check.call(sigmoid, np.array([-3.0, 2.0]), expected=[0.047425873177566781, 0.88079707797788243])
check.call(sigmoid, [0.0, 1.0], expected=[0.5, 0.73105857863000488])
check.call(sigmoid_prime, np.array([-3.0, 0.0, 1.0]), expected=[0.045176659730912133, 0.25, 0.19661193324148185])
check.call(sigmoid_prime, [0.0, 1.0], expected=[0.25, 0.19661193324148185])
check.call(sigmoid, np.array([-750.0, 750.0]), expected=[0.0, 1.0], quiet=True)
check.call(sigmoid_prime, np.array([-750.0, 30.0, 750.0]), expected=[0.0, 9.3576229688384233e-14, 0.0], quiet=True, rtol=1e-12, atol=1e-30)
check.passed("sigmoid and sigmoid_prime: values near zero, no overflow at 750, and the slope's digits at 30.")

# %% [markdown]
# ### What goes wrong far from 0
#
# A computer's float has about 16 digits, and a largest value. See what the textbook forms do there.

# %%
with np.errstate(all="ignore"):
    print("exp of -750, -30, 30, 750: ", np.exp([-750.0, -30.0, 30.0, 750.0]))
    print("σ(750) as eˣ / (1 + eˣ):   ", np.exp(750.0) / (1 + np.exp(750.0)))
a = 1 / (1 + np.exp(-30.0))
print(f"σ'(30) as a (1 - a):         {a * (1 - a):.6g}")
print(f"σ'(30), all digits right:    {np.exp(-30.0) * a * a:.6g}")

# %% [markdown]
# `inf` divided by `inf` is `nan`, "not a number", and it spreads: one step of training later nearly every weight is `nan`.
# And 1 minus something close to 1 has kept three digits. Two rules repair both:
#
# - **Give `exp` only arguments of 0 or less**, such as $-|x|$. Multiply top and bottom of σ by $e^x$ and you get
#   $e^x/(1+e^x)$, which is safe for negative x; the first form is safe for positive x. `np.where(x >= 0, this, that)`
#   chooses, but it computes *both* for every x. With $e^{-|x|}$, both are safe.
# - **Do not subtract nearly equal numbers.** $1 - \sigma(x)$ is $\sigma(-x)$, and that keeps its digits.
#
# Go back, repair your functions, and run the check again.

# %% nbgrader={"grade": true, "grade_id": "test_sigmoid_hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: 12 digits at x = ±30 and beyond, ±10 000, single numbers, lists, integers, 2-D, input unchanged.
### BEGIN HIDDEN TESTS
TINY = [3.7200759760208356e-44, 9.357622968839299e-14]
_far = np.array([-100.0, -30.0, 30.0, 100.0])
check.call(sigmoid, _far, expected=[*TINY, 0.99999999999990642, 1.0], rtol=1e-12, atol=0)
check.call(sigmoid_prime, _far, expected=[*TINY[:1], 9.3576229688384233e-14, 9.3576229688384233e-14, *TINY[:1]],
           rtol=1e-12, atol=0)
for x, values in (([-3, -1, 1], [0.047425873177566781, 0.26894142136999512, 0.73105857863000488]),
                  (-1, 0.26894142136999512), (-3.0, 0.047425873177566781), (30.0, 0.99999999999990642),
                  (np.array([[0.0, 0.5], [-0.5, 3.0]]), [[0.5, 0.62245933120185456], [0.37754066879814544, 0.95257412682243322]])):
    check.call(sigmoid, x, expected=values)
for x, values in (([-3, -1, 1], [0.045176659730912133, 0.19661193324148185, 0.19661193324148185]), (0, 0.25), (-3.0, 0.045176659730912133),
                  (np.array([[0.0, 0.5], [-0.5, 3.0]]), [[0.25, 0.23500371220159449], [0.23500371220159449, 0.045176659730912133]])):
    check.call(sigmoid_prime, x, expected=values)
for f, top in ((sigmoid, 1.0), (sigmoid_prime, 0.0)):
    check.call(f, np.array([[-10000.0, -750.0], [750.0, 10000.0]]), expected=[[0.0, 0.0], [top, top]], quiet=True)
### END HIDDEN TESTS

# %% [markdown]
# ## From sigmoid to tanh
#
# The sigmoid is never negative. Stretch it by 2 and shift it down by 1: this *scaled and shifted sigmoid*, $2\sigma(x) - 1$,
# runs from −1 to 1. Squeeze it along x as well, and it **is** tanh:
#
# $$\tanh(x) = 2\,\sigma(2x) - 1.$$
#
# ### Exercise: `tanh_from_sigmoid`
#
# One line with your `sigmoid`.

# %% nbgrader={"grade": false, "grade_id": "tanh_from_sigmoid", "locked": false, "schema_version": 3, "solution": true, "task": false}
def tanh_from_sigmoid(x):
    """The hyperbolic tangent as a scaled and shifted sigmoid, without `np.tanh` or another library's tanh.

    Input and output as in `sigmoid`. Right to 1e-12, no overflow warning for |x| up to 10 000.

    >>> tanh_from_sigmoid([0.0, 1.0])
    array([0.        , 0.76159416])
    """
    ### BEGIN SOLUTION
    return 2 * sigmoid(2 * np.asarray(x)) - 1
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_tanh_from_sigmoid_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Values near zero, as an array and as a list; and no library's tanh.
check.call(tanh_from_sigmoid, np.array([-1.0, 0.0, 0.5]), expected=[-0.76159415595576489, 0.0, 0.46211715726000976])
check.call(tanh_from_sigmoid, [0.0, 1.0], expected=[0.0, 0.76159415595576489])
check.that("tanh" not in check.names_in(tanh_from_sigmoid), "The cell uses a library's tanh.", "Build it from your sigmoid.")
check.passed("tanh_from_sigmoid: five values, and no library's tanh.")

# %% nbgrader={"grade": true, "grade_id": "test_tanh_from_sigmoid_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: no `tanh` of a library in the cell, ±10 000, single numbers, lists, integers, 2-D, input unchanged.
### BEGIN HIDDEN TESTS
import ast
import textwrap


def _uses_tanh(source):
    """Whether code, not a comment, a docstring or a printed comparison, refers to a library's tanh."""
    try:
        tree = ast.parse(textwrap.dedent(source))
    except SyntaxError:
        return False
    nodes = [n for s in tree.body if not isinstance(s, (ast.Expr, ast.Assert)) for n in ast.walk(s)]
    own = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    own |= {n.arg for n in nodes if isinstance(n, ast.arg)}
    return any(isinstance(n, ast.Attribute) and n.attr == "tanh" or isinstance(n, ast.alias) and n.name == "tanh"
               or isinstance(n, ast.Name) and n.id == "tanh" and "tanh" not in own
               or isinstance(n, ast.Constant) and n.value == "tanh" for n in nodes)


try:
    _text = check.source_of(tanh_from_sigmoid)
except (TypeError, OSError):
    _text = ""
check.call(tanh_from_sigmoid, np.array([[-3.0, -0.5], [1.0, 3.0]]),
           expected=[[-0.99505475368673045, -0.46211715726000976], [0.76159415595576489, 0.99505475368673045]])
check.that(not _uses_tanh(_text), "The cell uses a library's tanh.",
           "Build it from your sigmoid: a library's tanh is off limits here.")
check.call(tanh_from_sigmoid, np.array([-10000.0, -750.0, -30.0, 30.0, 750.0, 10000.0]),
           expected=[-1.0, -1.0, -1.0, 1.0, 1.0, 1.0], quiet=True)
for x, value in ((-1, -0.76159415595576489), (0.5, 0.46211715726000976), ([-3, 0, 1], [-0.99505475368673045, 0.0, 0.76159415595576489])):
    check.call(tanh_from_sigmoid, x, expected=value)
### END HIDDEN TESTS

# %% [markdown]
# Both go flat on both sides. The unit is said to *saturate* there: its output no longer tells how large the input is.
# How steep are they at most, and how soon does that fade?

# %%
x = np.linspace(-10, 10, 2001)
for name, f_prime in (("sigmoid", sigmoid_prime), ("tanh", lambda x: 4 * sigmoid_prime(2 * x))):
    s = f_prime(x)
    print(f"{name:8} steepest {s.max():.2f}, at x = 3 {f_prime(3.0):.3f}, at x = 10 {f_prime(10.0):.1e}")

# %% [markdown]
# Small, and on paper never 0. (In floats it ends at 0: your check asked for 0.0 at 750.) Lesson 4 asks what such factors do
# to a deep net.
#
# ## The ReLU
#
# The *rectified linear unit* passes what is positive and stops the rest:
#
# $$\mathrm{ReLU}(x) = \max(0, x).$$
#
# Its slope is 1 on the right and 0 on the left. At 0 it has a crease, and **no slope**. A program must return something
# there; the convention is 0. (Lesson 2 showed that it can matter.)
#
# ### Exercise: `relu` and `relu_prime`
#
# One line each.

# %% nbgrader={"grade": false, "grade_id": "relu", "locked": false, "schema_version": 3, "solution": true, "task": false}
def relu(x):
    """max(0, x), elementwise.

    Input and output as in `sigmoid`. -inf may come too: relu(-inf) is 0, without a warning.

    >>> relu([-2.0, 0.5])
    array([0. , 0.5])
    """
    ### BEGIN SOLUTION
    return np.maximum(x, 0)
    ### END SOLUTION


def relu_prime(x):
    """The slope of the ReLU: 1 where x > 0, else 0. At x = 0 it is 0 by convention. Inputs as in `relu`.

    >>> relu_prime([-2.0, 0.0, 0.5])
    array([0., 0., 1.])
    """
    ### BEGIN SOLUTION
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_relu_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Both sides, and 0; arrays and lists.
check.call(relu, np.array([-2.0, 0.0, 0.25, 3.0]), expected=[0.0, 0.0, 0.25, 3.0])
check.call(relu, [-2.0, 0.5], expected=[0.0, 0.5])
check.call(relu_prime, np.array([-2.0, 0.0, 3.0]), expected=[0.0, 0.0, 1.0])
check.call(relu_prime, [-2.0, 0.0, 0.5], expected=[0.0, 0.0, 1.0])
check.passed("relu and relu_prime: both sides, and 0.")

# %% nbgrader={"grade": true, "grade_id": "test_relu_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: single numbers, lists, integers, 2-D arrays, -inf, ±10 000, and that your input stays as it is.
### BEGIN HIDDEN TESTS
check.call(relu, np.array([-np.inf, -1.0, 2.0]), expected=[0.0, 0.0, 2.0], quiet=True)
check.call(relu_prime, np.array([-np.inf, 0.0, -0.0, 1e-300]), expected=[0.0, 0.0, 0.0, 1.0], quiet=True)
for x in (-2.5, 0.25, 7, [-1, 0, 2], [0.5, -0.5], np.array([[-0.25, 0.75], [1.5, -3.0]]), np.array([3, -4]), np.array([-1e4, 1e4])):
    check.call(relu, x, expected=lambda x: np.maximum(x, 0))
    check.call(relu_prime, x, expected=lambda x: np.where(np.asarray(x) > 0, 1.0, 0.0))
### END HIDDEN TESTS

# %% [markdown]
# ## A little slope on the left
#
# Where the ReLU is flat, nothing can be learned. The **leaky ReLU** (Maas and others, 2013) keeps a small slope α there:
# it is x for x > 0, and αx elsewhere.
#
# ### Exercise: `leaky_relu`
#
# One line.

# %% nbgrader={"grade": false, "grade_id": "leaky_relu", "locked": false, "schema_version": 3, "solution": true, "task": false}
def leaky_relu(x, alpha=0.01):
    """x where x > 0, else alpha * x, elementwise (Maas, Hannun and Ng 2013).

    Input and output as in `sigmoid`. alpha : the slope on the left, any number, also one above 1.

    >>> leaky_relu([-2.0, 3.0], 0.1)
    array([-0.2,  3. ])
    """
    ### BEGIN SOLUTION
    x = np.asarray(x)
    return np.where(x > 0, x, alpha * x)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_leaky_relu_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# The default alpha, two others, and a list.
check.call(leaky_relu, np.array([-2.0, 0.0, 3.0]), expected=[-0.02, 0.0, 3.0])
check.call(leaky_relu, np.array([-2.0, 3.0]), 2.0, expected=[-4.0, 3.0])
check.call(leaky_relu, [-2.0, 3.0], 0.1, expected=[-0.2, 3.0])
check.passed("leaky_relu: the default alpha, and others.")

# %% nbgrader={"grade": true, "grade_id": "test_leaky_relu_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: alpha of 0, above 1 and negative; single numbers, lists, integers, 2-D, input unchanged.
### BEGIN HIDDEN TESTS
for x in (-4.0, 0.5, 3, [-1, 0, 2], [-0.5, 1.5], np.array([[-0.25, 0.75], [1.5, -3.0]]), np.array([3, -4])):
    for alpha in (0.01, 0.3, 0.0, 2.0, -0.5):
        check.call(leaky_relu, x, alpha, expected=lambda x, a: np.where(np.asarray(x) > 0, x, a * np.asarray(x)))
### END HIDDEN TESTS

# %% [markdown]
# ## An alpha that is learned
#
# Why 0.01? In the **parametric ReLU**, or PReLU (He and others, 2015), the net trains α like a weight. How does the loss
# react to it? Say you are told, for each output, how much the loss grows per unit of it: `upstream`. Then:
#
# - an entry of x moves its own output by the slope there, so $d_x = \text{upstream} \cdot \text{slope}$, entry by
#   entry;
# - α moves the output αx of every entry with x ≤ 0, by x per unit of α. All these entries **share one α**, so their
#   effects add up: $d_\alpha = \sum \text{upstream} \cdot \min(x, 0)$.
#
# ### Exercise: `prelu_gradients`
#
# Four lines.

# %% nbgrader={"grade": false, "grade_id": "prelu_gradients", "locked": false, "schema_version": 3, "solution": true, "task": false}
def prelu_gradients(x, alpha, upstream):
    """How the loss reacts to the input and to the alpha of a PReLU (He, Zhang, Ren and Sun 2015).

    x, upstream : inputs as in `sigmoid`, of one shape; upstream is d loss / d output.  alpha : a number.
    Returns (d_x, d_alpha): d loss / d x of the shape of x, and d loss / d alpha summed over all entries, one number.
    At x = 0 the slope is alpha.

    >>> prelu_gradients([-2.0, 3.0], 0.1, [10.0, 10.0])
    (array([ 1., 10.]), -20.0)
    """
    ### BEGIN SOLUTION
    x, upstream = np.asarray(x, float), np.asarray(upstream, float)
    d_x = upstream * np.where(x > 0, 1, alpha)
    d_alpha = np.sum(upstream * np.minimum(x, 0))
    return d_x, d_alpha
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_prelu_gradients_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Four entries by hand, d_alpha = 4 · (-2) + (-3) · (-1); and the example of the docstring.
check.call(prelu_gradients, np.array([-2.0, -1.0, 0.0, 3.0]), 0.5, np.array([4.0, -3.0, 6.0, 10.0]),
           expected=([2.0, -1.5, 3.0, 10.0], -5.0))
check.call(prelu_gradients, [-2.0, 3.0], 0.1, [10.0, 10.0], expected=([1.0, 10.0], -20.0))
check.passed("prelu_gradients: four entries by hand, and two as a list.")

# %% nbgrader={"grade": true, "grade_id": "test_prelu_gradients_hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: 2-D arrays, lists, integers, single numbers, x = 0, alpha of 0 and above 1, inputs unchanged.
### BEGIN HIDDEN TESTS
def _prelu(x, alpha, up):
    x, up = np.asarray(x, float), np.asarray(up, float)
    return up * np.where(x > 0, 1, alpha), float((up * np.minimum(x, 0)).sum())


_rng = np.random.default_rng(3)
for x, alpha, up in ((np.array([0.0, -1.0, 2.0]), 0.3, np.array([5.0, 1.0, 2.0])),
                     (_rng.normal(size=(4, 3)), 0.25, _rng.normal(size=(4, 3))), ([-2, 1, 0], 0.5, [3, -1, 2]),
                     ([-0.5, 1.5], 1.5, [1.0, -2.0]), (-2.0, 0.1, 3.0), (4, 0.1, 3),
                     (_rng.normal(size=6), 0.0, _rng.normal(size=6))):
    check.call(prelu_gradients, x, alpha, up, expected=_prelu)
### END HIDDEN TESTS

# %% [markdown]
# ## The ELU
#
# The ELU (Clevert and others, 2015) bends down to −α instead:
#
# $$\mathrm{ELU}(x) = \begin{cases} x & x > 0 \\ \alpha\,(e^x - 1) & x \le 0 \end{cases}$$
#
# ### Exercise: `elu`
#
# Two lines. The sigmoid's trap is here too: find it before the check does. (`np.expm1(x)` is $e^x - 1$ with all its digits,
# and `np.minimum` compares entry by entry.)

# %% nbgrader={"grade": false, "grade_id": "elu", "locked": false, "schema_version": 3, "solution": true, "task": false}
def elu(x, alpha=1.0):
    """x where x > 0, else alpha * (exp(x) - 1), elementwise (Clevert, Unterthiner and Hochreiter 2015).

    Input and output as in `sigmoid`. alpha : a number. No overflow warning for |x| up to 10 000.

    >>> elu([-1.0, 2.0])
    array([-0.63212056,  2.        ])
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, float)
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_elu_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# An alpha, the default one, a list, and no overflow at 750.
check.call(elu, np.array([-1.0, 2.0]), 4.0, expected=[-2.5284822353142307, 2.0])
check.call(elu, np.array([-3.0, -1.0, 0.0, 2.5]), expected=[-0.95021293163213606, -0.63212055882855768, 0.0, 2.5])
check.call(elu, [-1.0, 2.0], expected=[-0.63212055882855768, 2.0])
check.call(elu, np.array([-750.0, 750.0]), expected=[-1.0, 750.0], quiet=True)
check.passed("elu: an alpha, the default one, and no overflow at 750.")

# %% nbgrader={"grade": true, "grade_id": "test_elu_hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: ±10 000, alpha of 0, 0.5 and 2, single numbers, lists, integers, 2-D arrays, input unchanged.
### BEGIN HIDDEN TESTS
def _elu(x, a=1.0):
    x = np.asarray(x, float)
    return np.where(x > 0, x, a * np.expm1(np.minimum(x, 0)))


check.call(elu, np.array([-0.5, -7.0, -30.0]), expected=[-0.39346934028736658, -0.99908811803444553, -0.99999999999990642])
check.call(elu, np.array([[-10000.0, -750.0], [750.0, 10000.0]]), 0.5, expected=[[-0.5, -0.5], [750.0, 10000.0]],
           quiet=True)
for x in (-1, 0.5, -0.25, [-3, 0, 2], np.array([[-0.5, 0.75], [1.5, -3.0]]), np.array([3, -4]), np.array([-1e-3, 1e-3])):
    for alpha in (1.0, 0.5, 0.0, 2.0):
        check.call(elu, x, alpha, expected=_elu)
### END HIDDEN TESTS

# %% [markdown]
# ## Softplus, the rounded ReLU
#
# $$\mathrm{softplus}(x) = \ln(1 + e^x)$$
#
# follows the ReLU far from 0 and rounds its corner. As it stands it overflows on the right, and on the left 1 plus
# something tiny forgets the tiny thing. `np.log1p(t)` is ln(1 + t) without forgetting. For the right side, take x out:
# $\ln(1 + e^x) = x + \ln(1 + e^{-x})$.
#
# ### Exercise: `softplus`
#
# Two lines. Can one formula serve both sides?

# %% nbgrader={"grade": false, "grade_id": "softplus", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softplus(x):
    """ln(1 + exp(x)), elementwise.

    Input and output as in `sigmoid`. Right to 9 digits for |x| up to 100, x = -30 included. No
    overflow warning for |x| up to 10 000.

    >>> softplus([0.0, 1.0])
    array([0.69314718, 1.31326169])
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, float)
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_softplus_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Values near zero, a list, no overflow at 750, and at -30 all digits.
check.call(softplus, np.array([-1.0, 0.0, 2.5]), expected=[0.31326168751822283, 0.69314718055994531, 2.5788897342925496])
check.call(softplus, [0.0, 1.0], expected=[0.69314718055994531, 1.3132616875182228])
check.call(softplus, np.array([-750.0, 750.0]), expected=[0.0, 750.0], quiet=True)
check.call(softplus, -30.0, expected=9.3576229688397368e-14, rtol=1e-9, atol=1e-30)
check.passed("softplus: values near zero, no overflow at 750, and the digits at -30.")

# %% nbgrader={"grade": true, "grade_id": "test_softplus_hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: 9 digits at x = -30, ±10 000, values in between, single numbers, lists, integers, 2-D, input unchanged.
### BEGIN HIDDEN TESTS
check.call(softplus, np.array([-30.0, -100.0]), expected=[9.3576229688397368e-14, 3.7200759760208356e-44], rtol=1e-9,
           atol=0)
_x = np.array([-5.0, 5.0, 8.0, 12.0, 16.0, 20.5, 30.0])
check.call(softplus, _x, expected=lambda x: np.logaddexp(0, x))
check.call(softplus, np.array([-22.0, -18.5, -15.5]), expected=lambda x: np.logaddexp(0, x), rtol=1e-9, atol=0)
check.call(softplus, np.array([[-10000.0, -750.0], [750.0, 10000.0]]), expected=[[0.0, 0.0], [750.0, 10000.0]],
           quiet=True)
for x, value in (([-3, -1, 1, 3], [0.048587351573742059, 0.31326168751822283, 1.3132616875182228, 3.0485873515737421]),
                 (-1, 0.31326168751822283),
                 (0.5, 0.97407698418010668), (30.0, 30.000000000000094), (np.array([[-0.5, 0.0], [3.0, 0.5]]),
                  [[0.47407698418010668, 0.69314718055994531], [3.0485873515737421, 0.97407698418010668]])):
    check.call(softplus, x, expected=value)
### END HIDDEN TESTS

# %% [markdown]
# ## The GELU
#
# A ReLU switches at 0, sharply. Let chance switch instead: draw a number from the bell curve around 0, and pass x on only
# if that number lies below x. The probability of this is called Φ(x), so *on average* the output is
#
# $$\mathrm{GELU}(x) = x\,\Phi(x), \qquad \Phi(x) = \tfrac12\left(1 + \mathrm{erf}\!\left(\tfrac{x}{\sqrt 2}\right)\right).$$
#
# (Hendrycks and Gimpel, 2016. The function `erf`, imported at the top, takes arrays.)
#
# ### Exercise: `gelu`
#
# Two lines.

# %% nbgrader={"grade": false, "grade_id": "gelu", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gelu(x):
    """x * Phi(x) with the standard normal distribution function Phi, elementwise; exact, not an approximation.

    Input and output as in `sigmoid`. Right to 1e-12, no overflow warning for |x| up to 10 000.

    >>> gelu([-1.0, 2.0])
    array([-0.15865525,  1.95449974])
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, float)
    return 0.5 * x * (1 + erf(x / np.sqrt(2)))
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_gelu_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Four values, and a list.
check.call(gelu, np.array([-1.0, -0.5, 0.0, 3.0]),
           expected=[-0.15865525393145705, -0.15426876936299345, 0.0, 2.9959503059051097])
check.call(gelu, [-1.0, 2.0], expected=[-0.15865525393145705, 1.9544997361036416])
check.passed("gelu: six values.")

# %% nbgrader={"grade": true, "grade_id": "test_gelu_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: 12 decimals, ±10 000, single numbers, lists, integers, 2-D arrays, and that your input stays as it is.
### BEGIN HIDDEN TESTS
check.call(gelu, np.array([-10000.0, -750.0, -30.0, 30.0, 750.0, 10000.0]),
           expected=[0.0, 0.0, 0.0, 30.0, 750.0, 10000.0], quiet=True)
check.call(gelu, np.array([-5.5, -6.5]), expected=[-1.0444259356238256e-07, -2.6104003795084313e-10], rtol=0, atol=1e-12)
for x, value in (([-3, -1, 1, 3], [-0.0040496940948902836, -0.15865525393145705, 0.84134474606854295, 2.9959503059051097]),
                 (1, 0.84134474606854295), (-0.5, -0.15426876936299345),
                 (np.array([[-0.5, 0.0], [-3.0, 0.5]]), [[-0.15426876936299345, 0.0], [-0.0040496940948902836, 0.34573123063700655]])):
    check.call(gelu, x, expected=value, rtol=0, atol=1e-12)
### END HIDDEN TESTS

# %% [markdown]
# With your sigmoid in place of Φ you get the **SiLU**, also called Swish, which many of today's language models use. It
# joins in the experiment below.
#
# ## Check your slopes
#
# How would you know that a slope is right? Do what the dashed line did: take a point of the curve on either side of x, and
# divide the rise by the run. This is the *central difference*:
#
# $$f'(x) \approx \frac{f(x+h) - f(x-h)}{2h}.$$
#
# ### Exercise: `derivative`
#
# Two lines. Lesson 5 does the same for a whole net.

# %% nbgrader={"grade": false, "grade_id": "derivative", "locked": false, "schema_version": 3, "solution": true, "task": false}
def derivative(f, x, h=1e-5):
    """The slope of f at x by the central difference (f(x + h) - f(x - h)) / (2 h).

    f : a function that works elementwise on arrays.  h : a positive number, the distance to either side.
    x and the output as in `sigmoid`.

    >>> derivative(np.square, [1.0, 3.0], h=0.5)
    array([2., 6.])
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, float)
    return (f(x + h) - f(x - h)) / (2 * h)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_derivative_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# The square and the cube, with large steps that you can follow by hand.
check.call(derivative, lambda t: t ** 3, np.array([1.0, 3.0]), 0.125, expected=[3.015625, 27.015625])
check.call(derivative, np.square, [1.0, 3.0], 0.5, expected=[2.0, 6.0])
check.passed("derivative: the square and the cube.")

# %% nbgrader={"grade": true, "grade_id": "test_derivative_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: the default h, several functions, single numbers, lists, integers, 2-D arrays, input unchanged.
### BEGIN HIDDEN TESTS
def _central(f, x, h=1e-5):
    x = np.asarray(x, float)
    return (f(x + h) - f(x - h)) / (2 * h)


def _cube(t):
    return t ** 3


for x in (2.0, -1, [1, 2, -3], [0.5, 1.5], np.array([[0.5, -1.0], [2.0, 3.0]]), np.array([3, -4])):
    for f, h in ((_cube, 1.0), (np.exp, 0.5), (np.abs, 0.25)):
        check.call(derivative, f, x, h, expected=_central, rtol=1e-8, atol=1e-9)
    check.call(derivative, np.sin, x, expected=lambda f, x: np.cos(np.asarray(x, float)), rtol=1e-7, atol=1e-8)
_ = check.call(derivative, np.abs, np.array([7e-6]), expected=[0.7], rtol=1e-6)
### END HIDDEN TESTS

# %% [markdown]
# ## The experiment
#
# Your functions in last lesson's net: two hidden units, XOR, 200 random starts each. The slope comes from `derivative`:
# `partial(derivative, f)` has its first argument filled in. Which do you expect to win?

# %%
mine = {"sigmoid": sigmoid, "2σ−1": lambda x: 2 * sigmoid(x) - 1, "tanh": tanh_from_sigmoid, "ReLU": relu,
        "leaky 0.01": leaky_relu, "ELU": elu, "softplus": softplus, "GELU": gelu, "SiLU": lambda x: x * sigmoid(x)}


def learned(f, slope, count, steps=3000, lr=0.2):
    """Share of `count` two-unit nets with your activation whose loss ends below 0.005."""
    start = nets.init([2, 2, 1], (f, slope), scheme="he", seeds=range(count))
    run = nets.train(start, data.XOR_POINTS, data.XOR_LABELS, count=steps, loss="mse", lr=lr, seeds=range(count))
    return np.mean(run.losses[:, -1] < 0.005)

# %% jupyter={"source_hidden": true}
# Run this cell: it asks your functions, and draws what comes out.
rates = {name: learned(f, partial(derivative, f), 200) for name, f in nets.progress(mine.items(), "training")}
plot.show(figures.shares(rates, 200), caption="Two units, XOR, 3000 steps at one rate: the two that also fall are hard to beat.")

# %% [markdown]
# (Tanh and sigmoid start with larger weights here than in lesson 2, so their shares differ.) What helps? The two
# winners fall and rise, and in lesson 2 one such unit did XOR by itself. But the ELU and softplus never fall, and leave the
# ReLU far behind as well: they have some slope on the left. Four points crown no winner: try `lr=0.05` in `learned`.
#
# ## What the sources say, and what you measured
#
# Two statements, and one table from your own functions that settles them: how low does each get, and where? How high?
# (Those that reach 10 here are *unbounded*: they go on rising.) Does it ever fall?

# %% jupyter={"source_hidden": true}
# Run this cell: a table of your functions, and what becomes of your bet.
x = np.linspace(-10, 10, 20_001)
print("for x from -10 to 10:")
print(f"{'':11}  lowest     at x  highest   falls")
falling = [bool((np.diff(f(x)) < -1e-9).any()) for f in mine.values()]
for (name, f), falls in zip(mine.items(), falling):
    print(f"{name:11}{f(x).min():8.2g}{x[f(x).argmin()]:9.2f}{f(x).max():9.2f}   {falls}")
print(f"Fall somewhere: {sum(falling)} of {len(mine)}.")
bet.land(sum(falling), falling)

# %% [markdown]
# > *"Has a non-monotonic bump when x < 0."* … *"Default activation function for many models, including BERT."* (the study
# > notes, under "ELU")
#
# Your ELU never falls. The **GELU** does, and BERT (Devlin and others, 2018) uses it: two lines seem to have slipped.
#
# > *"Some extensions to ReLU, meant to relax the non-linear output of the function, and to allow small negative values."*
# > (the course video)
#
# True of leaky ReLU, ELU, GELU and SiLU. Its first example, softplus, is the exception: it is nowhere negative, only tiny.
#
# ## Quiz
#
# Click your answers. Then run the cell under the questions: it writes your choices down.

# %% jupyter={"source_hidden": true} tags=["quiz"]
quiz.ask("""
1. A sigmoid unit answers 0.9999. What follows?
- A small change of its input changes the output a lot | The curve is almost flat there.
- Its input is close to 0.9999 as well | σ(0.9999) is about 0.73. The input is above 9.
+ It is saturated, and its slope is near 0 | The slope is a(1 − a), here about 0.0001.
- The next larger input makes it overflow | A sigmoid written with care never does, for any input.
2. Whose slope is the sigmoid?
- That of tanh, the scaled and shifted sigmoid | Its slope is 1 at 0, and falls to 0 on both sides.
+ That of softplus, the rounded ReLU | The slope of ln(1 + eˣ) is eˣ/(1 + eˣ). Your own derivative says so too.
- That of the ELU with α = 1 | Its slope is exactly 1 for every positive x.
- That of the GELU, which is x times Φ(x) | Its slope is negative somewhere; the sigmoid never is.
3. One PReLU with a single α serves 100 units and 32 examples. What is the gradient of α?
- 3200 numbers, one for each value that goes through | That is the shape of d_x. They share one α.
- 100 numbers, one for each unit, added up over the examples | It would be so with an α for each unit.
- One number, the mean of the slopes on the left | The slope there is α itself, and upstream must count.
+ One number, a sum over all values at or below 0 | All of them share the α, so their effects add up.
4. A layer of ReLUs sees one example. Through which units does something pass?
+ Those with a positive sum, forward and back | For this example, the others are cut out of the net.
- Forward through those with a positive sum, back through all of them | The slope of the others is 0, and what comes back is multiplied by it.
- All of them, but weakly where the sum is negative | That would be a leaky ReLU or an ELU.
- Those with a negative sum, which have to catch up | Their slope on this example is 0: they learn nothing from it.
5. Somebody writes the ELU as np.where(x > 0, x, np.exp(x) - 1). What does it do at x = 750?
- It returns nan, since infinity minus 1 is not a number | Infinity minus 1 is infinity. And np.where does not choose that side.
- It returns inf, since exp(750) is too large for a float | np.where chooses x here. The infinity is computed, and thrown away.
+ It returns 750, and warns of an overflow | Both sides are computed for every x, even though one result is thrown away.
- It returns 750, and computes nothing that is not needed | np.where gets both sides ready-made.
""")

# %% nbgrader={"grade": false, "grade_id": "quiz", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
answers = quiz.keep({1: 'c', 2: 'b', 3: 'd', 4: 'a', 5: 'c'})
#: answers = quiz.keep()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_quiz", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# An answer to each of the five questions. When graded, each right answer counts the same.
quiz.verify(answers, 5)
### BEGIN HIDDEN TESTS
quiz.verify(answers, 5, key="cbdac", points=2)
### END HIDDEN TESTS

# %% [markdown]
# ## Your score
#
# Save the notebook (Ctrl+S), then run the cell. It grades the saved file, with the tests that you have not seen.

# %% tags=["nbval-ignore-output"]
from grader import your_score

your_score("03_activations")

# %% [markdown]
# ## If you have another ten minutes
#
# The lesson is done. Here are five more experiments with the functions that you wrote. Take the ones you like, in any order.
#
# ### A slope on the left
#
# One number, α, bends the left side. At which α would a net of leaky ReLUs be worth no more than one layer? Drag it there.

# %%
live(figures.family, alpha=(0.0, 1.5, 0.05), stills=[{"alpha": a} for a in (0.0, 0.2, 1.0, 1.5)],
     caption="At α = 0 both are the ReLU. At α = 1 the leaky ReLU has no crease left, and the ELU's slope no jump.")

# %% [markdown]
# Who should choose α? Let a PReLU learn it: three targets, one α that starts at 0.25, and your gradients. What would you
# expect it to become?

# %%
x = np.random.default_rng(0).normal(size=1000)
for name, target in (("ReLU", relu(x)), ("the line y = x", x), ("the absolute value", np.abs(x))):
    alpha = 0.25
    for step in range(200):
        upstream = leaky_relu(x, alpha) - target  # of half the squared error
        alpha -= prelu_gradients(x, alpha, upstream)[1] / len(x)
    print(f"target {name:19} α = {alpha + 0:.3f}")

# %% [markdown]
# One trained number, and the unit is a ReLU, a straight line or a V. Now back to XOR. Which α would you choose there? Try
# one below 0 as well: then the left side falls.

# %%
for alpha in nets.progress([0.01, 0.3, 0.8, -0.3, -1.0], "training"):
    f = partial(leaky_relu, alpha=alpha)
    print(f"leaky ReLU with α = {alpha:5}: {learned(f, partial(derivative, f), 200):.0%} learn XOR")

# %% [markdown]
# With 0.3 in place of 0.01 far more nets learn. Near 1 it is over, since hardly a crease is left. Let the left side fall,
# and it gets better still; at −1, the V from above, nearly every net learns.
#
# ### Are your slopes right?
#
# Let `derivative` judge them, away from 0, at ten thousand random places. The third row asks whether softplus has the
# sigmoid as its slope, the last one after PReLU's α.

# %%
x = np.random.default_rng(0).normal(size=10_000) * 3
x = x[np.abs(x) > 1e-3]
ones = np.ones_like(x)
for name, f, slope in (("sigmoid", sigmoid, sigmoid_prime), ("relu", relu, relu_prime), ("softplus", softplus, sigmoid),
                       ("PReLU", lambda x: leaky_relu(x, 0.25), lambda x: prelu_gradients(x, 0.25, ones)[0])):
    print(f"{name:9} largest gap below 1e-9: {np.abs(derivative(f, x) - slope(x)).max() < 1e-9}")
gap = derivative(lambda a: leaky_relu(x, a).sum(), 0.25) / prelu_gradients(x, 0.25, ones)[1] - 1
print(f"PReLU's α  relative gap below 1e-6: {abs(gap) < 1e-6}")

# %% [markdown]
# ### Where do the outputs lie?
#
# Feed in numbers from the bell curve, drawn from twenty seeds.

# %%
inputs = [np.random.default_rng(seed).normal(size=20_000) for seed in range(20)]
print("            mean of the output, median of 20 seeds (range)    exactly 0")
for name, f in mine.items():
    means, zeros = [f(x).mean() for x in inputs], np.mean([np.mean(f(x) == 0) for x in inputs])
    print(f"{name:11}{np.median(means) + 0.0:6.2f}   ({min(means):6.3f} to {max(means):6.3f}) {zeros:26.0%}")

# %% [markdown]
# Only $2\sigma - 1$ and tanh are *zero-centred*. Of the ELU the course video says: *"Its negative values push the mean of
# the activations closer to zero."* Your table agrees. Why want that? If all inputs of a unit are positive, one example
# can only raise all its weights, or lower them all. But it does not decide: the ReLU is widely used. It alone is *sparse*:
# half of its outputs are exactly 0.
#
# ### The price
#
# The activations lecture among our sources says of the ReLU: *"The function can be evaluated very quickly because we don't
# need the exponential functions"*. Here is what a million values cost, beside a library's version where there is one, and
# beside the matrix product that makes the values in a layer from 1000 to 1000 units.

# %% tags=["nbval-ignore-output"]
import timeit

rng = np.random.default_rng(0)
X, W = rng.normal(size=(250, 1000)), rng.normal(size=(1000, 1000)) / 30
Z = X @ W  # a quarter of a million values
library = {"sigmoid": expit, "tanh": np.tanh, "ReLU": lambda z: np.maximum(z, 0), "softplus": partial(np.logaddexp, 0),
           "leaky 0.01": lambda z: np.maximum(z, 0.01 * z), "GELU": lambda z: z * ndtr(z)}


def ms(f, *args):  # milliseconds for a million values: four times the quickest of ten runs
    return 4 * 1e3 * min(timeit.repeat(lambda: f(*args), number=1, repeat=10))


plot.show(figures.cost({n: ms(f, Z) for n, f in mine.items()}, {n: ms(f, Z) for n, f in library.items()}, ms(np.matmul, X, W)),
          caption="Log scale: each line is ten times the one before. Compare your bars with a library's, and with the product.")

# %% [markdown]
# The ReLU is the cheapest, and beside it at most the leaky one: neither needs an exponential, as the lecture says. But the
# *writing* matters: the library's tanh passes over the numbers once, yours makes several arrays on the way. (Nor is a
# library always ahead: look at softplus.) And the wider the layer, the more the product outweighs them all.
#
# ### Two more claims about the ReLU
#
# > *"ReLU is also scale-invariant."* (the study notes)
#
# Often said. What happens to the output if you double the input?

# %%
x = np.linspace(-10, 10, 2001)
for name, f in mine.items():
    print(f"{name:11} f(2x) = 2 f(x): {np.allclose(f(2 * x), 2 * f(x))!s:7} f(2x) = f(x): {np.allclose(f(2 * x), f(x))}")

# %% [markdown]
# *Invariant* would mean f(2x) = f(x), which holds for none of yours. A ReLU's output **doubles** with its input: it is
# *positively homogeneous*, f(cx) = c f(x) for every c ≥ 0.
#
# > *"doesn't even meet one of the most basic requirements of an activation function this function is not differentiable"*
# > … *"in practice we can return a specific value for that particular point and everything works fine here I'm returning
# > zero"* (the ReLU video)
#
# The slope is missing at 0 alone, and you return zero, too. Does everything work fine? Ask how often a net meets that point,
# and whether it matters. (This trains two thousand nets.)

# %%
h = 1e-5
print("slope from the left: ", (relu(0.0) - relu(-h)) / h, "  from the right:", (relu(h) - relu(0.0)) / h)
print("central difference:  ", derivative(relu, 0.0), "  your convention:", float(relu_prime(0.0)))
print("exact zeros among a million random inputs:", int((np.random.default_rng(0).normal(size=1_000_000) == 0).sum()))
sums = nets.trace(nets.init([2, 2, 1], seeds=range(1000)), data.XOR_POINTS)[0][0]  # (nets, points, units)
print(f"XOR nets that start with a sum of exactly 0: {np.mean((sums == 0).any(axis=(1, 2))):.0%}")
for name, slope in (("yours", relu_prime), ("the central difference", partial(derivative, relu))):
    print(f"1000 two-unit ReLU nets, slope at 0 is {name}: {learned(relu, slope, 1000, 1500):.0%} learn XOR")

# %% [markdown]
# Every number from the left slope to the right one can be defended (they are called *subgradients*), and random data never
# asks. XOR does: biases start at 0, so in every net the sums at (0, 0) are exactly 0. There your convention costs some
# nets their chance.
#
# The study notes ask of an activation that it be "differentiable almost everywhere", and add: *"No other requirements."*
# One more is needed: a slope that is of use. A step from 0 to 1 has a slope almost everywhere, and it is 0.

# %% [markdown]
# ## Go further
#
# - Make h in `derivative` smaller and smaller, down to 1e-15. The error first falls and then rises again. Where is the
#   turning point, and which of the two rules of this lesson explains it?
# - The textbook form of the GELU subtracts nearly equal numbers on the far left. How wrong is yours at −30, in percent?
#   (`scipy.special.erfc(t)` is 1 − erf(t) with all its digits.)
# - Invent an activation that beats the SiLU on XOR: nine tenths of your nets within 500 steps, say.
# - Two hidden units that run on **your** code: where a ReLU creases the sheet, your `gelu` bends it. Turn the units, look
#   at them in h-space, then put another of your functions in its place.

# %%
sheet([[2.4, -2.0], [-1.4, 2.6]], [0.3, -0.4], activation=gelu)

# %% [markdown]
# Maas, Hannun and Ng, *Rectifier nonlinearities improve neural network acoustic models*, 2013. He, Zhang, Ren and Sun,
# *Delving deep into rectifiers*, 2015. Clevert, Unterthiner and Hochreiter, *Fast and accurate deep network learning by
# exponential linear units (ELUs)*, 2015. Hendrycks and Gimpel, *Gaussian error linear units (GELUs)*, 2016. Ramachandran,
# Zoph and Le, *Searching for activation functions*, 2017. (The ReLU's own papers stand in lesson 0.)
