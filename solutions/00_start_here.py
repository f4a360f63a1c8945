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
# *2 points, about 20 minutes.*
#
# This course is about one small function, the ReLU, and what it changed for nets with many layers. You will see things
# move, write every function yourself, and believe no claim that you have not measured.
#
# A notebook is made of cells, and this text is one. Click on it, then press **Shift+Enter** twice: each press runs a cell
# and goes on to the next. What plays then is the whole course in half a minute.

# %% jupyter={"source_hidden": true}
from crease.widgets import sheet_film

sheet_film()

# %%
import numpy as np

from crease import check, live, plot, progress, quiz
from crease.figures import start as figures
from crease.widgets import guess

# %% [markdown]
# Did the film go too fast? Lessons 1 and 2 take it apart, slowly, with your hands on the paper. Here are the words for it:
#
# A *net* takes numbers in, passes them through *layers* of *units*, and gives numbers out. A unit adds up what it gets,
# each input times a number of its own, a *weight*, and sends the sum through a simple function, its *activation*. Where
# many layers follow one another, the net is called *deep*. *Training* changes the weights until the outputs are right.
#
# ## A bet
#
# Every lesson opens with a question, and you commit to an answer before the notebook shows it. The function
# max(0, x) is known today as the ReLU, the *rectified linear unit*. In which year was a net with several layers of it
# first published: 1969, 1986, 2010 or 2012? Run the cell, and drag the marker to your year, or type it.

# %%
bet = guess(1940, 2020, "for the first net with layers of ReLUs")

# %% [markdown]
# ## The story in one picture
#
# The number beside each date is the lesson in which that idea returns.

# %% jupyter={"source_hidden": true}
# Run this cell for the picture.
plot.show(figures.timeline(), caption="To scale. Orange diamonds mark the ReLU: it is much older than its success.")

# %% jupyter={"source_hidden": true}
# And this one for what becomes of your bet.
first = min(year for year, _, what, *_ in figures.EVENTS if "ReLU" in what)
bet.land(first, word="published")

# %% [markdown]
# Kunihiko Fukushima stacked layers of it in 1969, to find features in pictures, and again in his Cognitron of 1975. (As a
# rule for nerve fibres it is older still: Alston Householder, 1941.) Then it lay about for decades: more than forty years
# passed before deep nets with ReLUs caught on. Nobody had to invent the function. What was missing lay around it.
#
# ## What else it took
#
# Three things grew in those years: the number of **labelled examples**, the size of the **nets**, and the **compute**
# to train them. Drag the amount of data. (By keys, in every lesson: Tab leads into a picture, the arrows move it, Esc
# leads out, and → goes on to the next heading.)

# %%
live(figures.drivers, examples=(0.0, 10.0, 0.5), stills=[{"examples": e} for e in (1.0, 5.0, 10.0)],
     caption="A sketch, not a measurement: with much data the larger net wins; with little there is no fixed order.")

# %% [markdown]
# This is a sketch after *Andrew's video*, a source of this course that you meet below, and holds the only curves here that
# are not computed. Older methods level off; larger nets go on rising with more data. But a large, deep net must first be
# *trainable*. That is where the ReLU comes in, together with a good start for the weights.
#
# ## An exercise
#
# An exercise is a function to write, followed by a check with instant feedback. This one has a first draft already.
# Run the cell as it is, and then the check under it. It will not pass: read what it says, fix the function, run both
# again.
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
# Numbers in an array, a single number, and the example of the docstring.
check.call(double, np.array([[1.5, -4.0], [0.0, 3.0]]), expected=[[3.0, -8.0], [0.0, 6.0]])
check.call(double, 3.0, expected=6.0)
check.call(double, [1.0, 2.5], expected=[2.0, 5.0])
check.passed("double: an array, a number, and a list.")

# %% [markdown]
# The green line means that the check you can see passed. **It is not the whole story**: each exercise has a second,
# hidden check that runs when the notebook is graded. The next cell says what it looks at. It asks for nothing that the
# docstring does not tell. A list, for instance: in Python `2 * [1, 2]` is `[1, 2, 1, 2]`, and `np.asarray` helps.

# %% nbgrader={"grade": true, "grade_id": "test_double_hidden", "locked": true, "points": 0.5, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: lists, integers, zero, fractions, two-dimensional arrays, and that your input stays as it is.
### BEGIN HIDDEN TESTS
for x in ([1.0, 2.5], np.array([[1.0, 2.0], [3.0, 4.0]]), 0.0, 7, [1, 2, 3], -0.25, np.array([0.5, -1.5])):
    check.call(double, x, expected=lambda x: 2 * np.asarray(x, float))
_ = check.call(double, [1, 2], expected=[2.0, 4.0])
### END HIDDEN TESTS

# %% [markdown]
# ## The experiment
#
# Each lesson has one that uses what you just wrote. Here is a small one: how many times must a sheet of paper, a tenth
# of a millimetre thick, be folded in two until it reaches the Moon, 384,400 kilometres away? Guess before you run it.

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
# The course grew out of five *sources*, and quotes them word for word:
#
# - **the ReLU video**: "The Function That Changed Everything", of the channel Underfitted;
# - **the activations lecture**: "Deep Learning - Activations, Convolutions, and Pooling Part 2", recorded in 2020;
# - **the course video** on activation functions, and **Andrew's video** on why deep learning takes off; neither gives a
#   title or a full name;
# - **the study notes** on a "Lecture 2: Deep Feedforward Networks", a summary from a study site.
#
# Much of what they say is right, and the lessons build on it. Each lesson also takes up claims that are wrong or
# overstated, and lets you settle them by a measurement. Here is one from the ReLU video:
#
# > *"it just works exceptionally well and thanks to it we have deep learning today"*
#
# The same video opens with *"the complexity the hardware the data"*, so only "thanks to it" says too much. Three other
# things stand above. A fourth you can measure in lesson 4: six layers of an older activation, the sigmoid, learn nothing,
# until the start of their weights is changed.
#
# ## Quiz
#
# Click an answer: you are told at once whether it is right, and why. You may change your mind. Then run the cell under
# the questions. It writes your choices into itself, so that they are saved with the notebook.

# %% jupyter={"source_hidden": true} tags=["quiz"]
quiz.ask("""
1. A visible check shows a green line. What does that mean?
- The exercise has full marks, its hidden check included | The hidden check looks at more kinds of input than the visible one.
- The function is right for every input there is | A check can only look at the inputs it tries.
+ This check passed; a hidden one looks at more | The hidden one runs when the notebook is graded. Your score at the end runs both.
- The cell ran to its end, whatever the function gives | A wrong result is told at once: you saw it with the first draft.
2. What does "deep" mean in deep learning?
+ Many layers, each fed by the one before | It is the length of the chain from input to output.
- Very many units in each of the layers | That would be a wide net.
- Very many examples to be trained with | It helps, but it is not what the word means.
- An understanding that goes to the bottom of things | The word is about the number of layers, nothing else.
3. Did the ReLU alone make deep learning possible?
- Yes: with it, any deep net can be trained | In lesson 4 you will see a deep ReLU net that cannot, for want of a good start.
- Yes: nothing else of importance changed in those years | Data, nets and compute grew by orders of magnitude.
- No: it came late, and only made trained nets cheaper to run | From 2011 on, deep nets with ReLUs were trained without pre-training.
+ No: data, compute and a good start were needed as well | The first two are history; what a good start is worth, you measure in lesson 4.
4. What is ReLU(-1)?
- -1 | Only what is above zero passes unchanged.
+ 0 | max(0, -1) is 0.
- 1 | That would be the absolute value.
- A small negative number | That is a relative of it, the leaky ReLU: lesson 3.
""")

# %% nbgrader={"grade": false, "grade_id": "quiz", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
answers = quiz.keep({1: 'c', 2: 'a', 3: 'd', 4: 'b'})
#: answers = quiz.keep()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_quiz", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# An answer to each of the four questions. When graded, each right answer counts the same.
quiz.verify(answers, 4)
### BEGIN HIDDEN TESTS
quiz.verify(answers, 4, key="cadb", points=1)
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
# ## Where you are
#
# Come back to this cell whenever you like: it looks at the lessons as you last saved them.

# %%
progress.strip()

# %% [markdown]
# ## Go further
#
# - Why would a function known since 1969 wait so long? Write down your guess, and come back to it after lesson 4.
# - How many times must a metre be *halved* to reach the size of an atom, a tenth of a nanometre? Guess, then count.
#
# Householder, *A theory of steady-state activity in nerve-fiber networks*, 1941. Fukushima, *Visual feature extraction by
# a multilayered network of analog threshold elements*, 1969. Nair and Hinton, *Rectified linear units improve restricted
# Boltzmann machines*, 2010. Glorot, Bordes and Bengio, *Deep sparse rectifier neural networks*, 2011.
