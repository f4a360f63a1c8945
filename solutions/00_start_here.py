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
# # 0 · Start here
#
# *2 points, about 15 minutes.*
#
# This course is about one small function, the ReLU, and why nets with many layers needed it. You will see things
# move, write every function yourself, and measure each claim before you believe it.
#
# A *net* takes numbers in, passes them through *layers* of *units*, and gives numbers out. A unit adds up what it gets,
# each input times a number of its own, a *weight*, and sends the sum through a simple function, its *activation*.
# *Training* changes the weights until the outputs are right. Lesson 1 says this again in formulas.
#
# A notebook is made of cells. Click into the next one and press **Shift+Enter**: that runs it and goes on. What you see
# then is the whole course in half a minute.

# %% jupyter={"source_hidden": true}
from crease.widgets import sheet_film

sheet_film()

# %%
import numpy as np

from crease import check, live, plot, quiz
from crease.figures import start as figures

# %% [markdown]
# ## A bet
#
# Every lesson opens with a question, and you commit to an answer before the notebook shows it. The function
# max(0, x) is known today as the ReLU, the *rectified linear unit*. In which year did it first serve in an artificial
# neural net that was published: 1969, 1986, 2010 or 2012? Put your year in place of `None`, and run the cell.

# %%
bet = None

# %% [markdown]
# ## The story in one picture
#
# Each date bears the number of the lesson that deals with it.

# %%
plot.show(figures.timeline(), caption="Orange diamonds mark the ReLU. It is much older than its success.")

# %% [markdown]
# Kunihiko Fukushima used it in 1969, and again in his Cognitron of 1975. More than forty years passed before deep
# nets with ReLUs became the usual thing. The function was there; what was missing lay around it.
#
# ## What else it took
#
# Three things grew in those years: the number of **labelled examples**, the size of the **nets**, and the **compute**
# to train them. Drag the amount of data.

# %%
live(figures.drivers, examples=(0.0, 10.0, 0.5), stills=[{"examples": e} for e in (1.0, 5.0, 10.0)],
     caption="A sketch, not a measurement: with much data the larger net wins; with little there is no fixed order.")

# %% [markdown]
# These are the only curves of the course that are drawn and not computed, and the figure says so. Older methods level
# off; larger nets go on rising with more data. A net that is both large and deep has to be trainable first, and that is
# where the ReLU comes in, together with a good start for the weights. It did not do it alone.
#
# ## An exercise
#
# An exercise is a function to write, followed by a check with instant feedback. This one has a first draft already.
# Run the cell as it is, and then the check under it. It will not pass: read what it says, mend the function, run
# both again.
#
# ### Exercise: `double`

# %% nbgrader={"grade": false, "grade_id": "double", "locked": false, "schema_version": 3, "solution": true, "task": false}
def double(x):
    """Twice the input.

    x : a number, or an array or a list of numbers.
    Returns a number for a number, an array of the same shape for an array or a list. The input stays as it is.

    >>> double([1.0, 2.5])
    array([2., 5.])
    """
    ### BEGIN SOLUTION
    return 2 * np.asarray(x)
    #: return x ** 2
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_double_basics", "locked": true, "points": 0.5, "schema_version": 3, "solution": false, "task": false}
# A number and an array.
check.call(double, 3.0, expected=6.0,
           mistakes=[(9.0, "That is x times x, the square. Twice x is x + x."),
                     (5.0, "That is x + 2. Twice x is x + x."),
                     (3.0, "x came back as it was."), (1.5, "That is half of x.")])
check.call(double, np.array([1.0, -4.0]), expected=[2.0, -8.0],
           mistakes=[([2.0, 8.0], "The sign is lost: twice a negative number is negative.")])
check.passed("double: a number and an array.")

# %% [markdown]
# The green line means that the check you can see passed. **It is not the whole story**: each exercise has a second,
# hidden check that runs when the notebook is graded. The next cell says what it looks at. Nothing is asked that the
# docstring does not tell. A list, for instance: in Python `2 * [1, 2]` is `[1, 2, 1, 2]`, and `np.asarray` helps.

# %% nbgrader={"grade": true, "grade_id": "test_double_hidden", "locked": true, "points": 0.5, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: lists, integers, zero, fractions, two-dimensional arrays, and that your input stays as it is.
### BEGIN HIDDEN TESTS
for x in ([1.0, 2.5], np.array([[1.0, 2.0], [3.0, 4.0]]), 0.0, 7, [1, 2, 3], -0.25, np.array([0.5, -1.5])):
    check.call(double, x, expected=lambda x: 2 * np.asarray(x, float),
               mistakes=[(lambda x: np.asarray(x) ** 2, "That is x times x. Twice x is x + x."),
                         (lambda x: np.array(2 * list(x)), "A list times 2 repeats it. Turn it into an array first: np.asarray(x)."),
                         (lambda x: 2 * np.abs(x), "The sign is lost: twice a negative number is negative."),
                         (lambda x: np.asarray(2 * np.asarray(x)).astype(int), "Fractions are cut off: leave out int()."),
                         (lambda x: 2 * np.sum(x), "A sum came back: double every number, and keep the shape.")],
               hint="Right for a number, but not for every input that the docstring names.")
_ = check.call(double, [1, 2], expected=[2.0, 4.0], hint="A list comes back doubled, as an array.")
### END HIDDEN TESTS

# %% [markdown]
# ## The experiment
#
# Each lesson has one that uses what you just wrote. Here is a small one: how often must a sheet of paper, a tenth of
# a millimetre thick, be doubled to reach the Moon, 384,400 kilometres away?

# %%
thickness = 0.0001  # metres
for folds in range(1, 101):
    thickness = double(thickness)
    if thickness > 384_400_000:
        break
print(f"{folds} doublings: {thickness / 1000:,.0f} km")

# %% [markdown]
# Repeated multiplication runs away quickly. It also shrinks quickly: in lesson 4 the same thing happens to the
# learning signal of a deep net, a factor below one at each layer.
#
# ## What the sources say, and what you measured
#
# The course grew out of a few lectures, its *sources*. Each lesson takes up sentences of theirs that are wrong or say
# too much, and settles them by a measurement.
#
# A popular video story of the ReLU says that *"thanks to it we have deep learning"*. You have met three other things
# above, and lesson 4 lets you measure a fourth: how the weights start. In that lesson six layers of an older
# activation, the sigmoid, learn nothing, until their start is changed.
#
# ## Quiz
#
# Click an answer: you are told at once whether it is right, and why. You may change your mind. Then run the cell under
# the questions. It writes your choices into itself, so that they are saved with the notebook.

# %% jupyter={"source_hidden": true} tags=["quiz"]
quiz.ask("""
1. A visible check shows a green line. What does that mean?
+ The visible check passed; the hidden one runs when the notebook is graded | Your score at the end of a lesson runs both.
- The exercise has full marks | The hidden check looks at more kinds of input than the visible one.
- The function is right for every input | A check can only look at the inputs it tries.
2. What does "deep" mean in deep learning?
- The nets have very many units in each layer | That would be a wide net.
- They are trained with very much data | It helps, but it is not what the word means.
+ Many layers, one composed with the next | It is the length of the chain from input to output.
- They understand a matter deeply | The word is about the number of layers, nothing else.
3. Did the ReLU alone make deep learning possible?
- Yes: with it any deep net trains | In lesson 4 you will see a deep ReLU net that does not, for want of a good start.
+ No: data, compute and a good start of the weights were needed too | That is what the course measures.
- No: it plays no part in it | Deep nets with ReLUs were trained without pre-training from 2011 on.
4. What is ReLU(-1)?
- -1 | Only what is above zero passes unchanged.
- 1 | That would be the absolute value.
+ 0 | max(0, -1) is 0.
- A small negative number | That is a relative of it, the leaky ReLU: lesson 3.
""")

# %% nbgrader={"grade": false, "grade_id": "quiz", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
answers = quiz.keep({1: 'a', 2: 'c', 3: 'b', 4: 'c'})
#: answers = quiz.keep()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_quiz", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# An answer to each of the four questions. Whether it is the right one is tested when graded.
quiz.verify(answers, 4)
### BEGIN HIDDEN TESTS
quiz.verify(answers, 4, key="acbc")
### END HIDDEN TESTS

# %% [markdown]
# ## Your score
#
# Save the notebook (Ctrl+S, or Cmd+S on a Mac), then run the cell. It grades the saved file with all checks, the
# hidden ones included.

# %% tags=["nbval-ignore-output"]
from grader import your_score

your_score("00_start_here")

# %% [markdown]
# ## Go further
#
# - Why would a function known since 1969 wait so long? Write down your guess, and come back to it after lesson 4.
# - How often must a metre be *halved* to reach the size of an atom, a tenth of a nanometre? Guess, then count.
#
# Fukushima, *Visual feature extraction by a multilayered network of analog threshold elements*, 1969. Nair and Hinton,
# *Rectified linear units improve restricted Boltzmann machines*, 2010. Glorot, Bordes and Bengio, *Deep sparse
# rectifier neural networks*, 2011.
#
# Next: **01_linear_collapse**, ten layers that do no more than one.
