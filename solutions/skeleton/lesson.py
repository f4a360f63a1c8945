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
# # NUMBER · TITLE
#
# *POINTS points, about MINUTES minutes.*
#
# Open with the question that this lesson answers, and with why one should care. A lesson goes on as this one does: a
# slider, the idea, the exercises, an experiment, the quiz, the score. Every number in the text is computed by a cell.

# %%
import numpy as np

from crease import check, live, plot, quiz

# %% [markdown]
# ## Move it first
#
# Drag before you read a formula: how does the spread of some random numbers, the largest less the smallest, grow with
# how many there are?

# %%
def figure(count):
    """The spread of the first `count` of 200 random numbers."""
    fig, ax = plot.axes(labels=("how many numbers", "spread"))
    numbers = np.random.default_rng(0).normal(size=200)
    spreads = np.maximum.accumulate(numbers) - np.minimum.accumulate(numbers)
    ax.plot(np.arange(1, 201), spreads)
    dot, = ax.plot([], [], "o", color=plot.ORANGE, markersize=9)

    def move(count):
        dot.set_data([count], [spreads[int(count) - 1]])
        return f"Spread against count: {spreads[int(count) - 1]:.2f} for {count:.0f} numbers, {spreads[-1]:.2f} for 200."
    return plot.moving(fig, move, [dot], count=count)

live(figure, count=(1, 200), stills=[{"count": c} for c in (5, 50, 200)], caption="It grows fast, then slowly.")

# %% [markdown]
# ## The exercise
#
# Say in words what the function is to do, then let the docstring say it exactly.
#
# ### Exercise: `spread`

# %% nbgrader={"grade": false, "grade_id": "spread", "locked": false, "schema_version": 3, "solution": true, "task": false}
def spread(x):
    """The distance between the largest and the smallest of some numbers.

    x : an array or a list of numbers, at least one. It stays as it is.
    Returns a number.

    >>> spread([3.0, -1.5, 2.0])
    4.5
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, float)
    return np.max(x) - np.min(x)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_spread_basics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# The example of the docstring, an array of two dimensions, and a single number.
check.call(spread, [3.0, -1.5, 2.0], expected=4.5)
check.call(spread, np.array([[1.0, 5.5], [2.5, -2.0]]), expected=7.5)
check.call(spread, [6.0], expected=0.0)
check.passed("spread: a list, an array, a single number.")

# %% nbgrader={"grade": true, "grade_id": "test_spread_hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Also tested when graded: integers, numbers below zero, large ones, and that your input stays as it is.
### BEGIN HIDDEN TESTS
for x in ([1, 2, 3], [-4.0, -9.0], np.array([1e6, -1e6]), [[0.5], [0.25]]):
    check.call(spread, x, expected=lambda x: np.ptp(np.asarray(x, float)))
_ = check.call(spread, [2.0, 2.0], expected=0.0)
### END HIDDEN TESTS

# %% [markdown]
# ## The experiment
#
# Use what was just written, and measure something that one would not have guessed.

# %%
rng = np.random.default_rng(1)
for count in (10, 100, 1000, 10_000):
    print(f"{count:6d} numbers: a spread of {spread(rng.normal(size=count)):.2f}")

# %% [markdown]
# ## Quiz
#
# Click an answer: you are told at once whether it is right, and why. Then run the cell under the questions.

# %% jupyter={"source_hidden": true} tags=["quiz"]
quiz.ask("""
1. Ten numbers become a thousand. What becomes of their spread?
- It grows a hundredfold, as their count does | The experiment shows a factor of about two.
+ It grows, but far more slowly than their count | Far ends are rare, and each new number must be farther out still.
- It shrinks, since they lie closer together | The largest and the smallest can only move apart.
- It stays as it is, on the whole | Look at the first slider once more.
2. One number is added to a list. Which spread is out of the question?
+ A smaller one than before | What was the largest and the smallest is still there.
- A larger one than before | The new number may lie outside of all the others.
- The same one as before | The new number may lie between the others.
- One that is twice as large | The new number may lie far away from all the others.
""")

# %% nbgrader={"grade": false, "grade_id": "quiz", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
answers = quiz.keep({1: 'b', 2: 'a'})
#: answers = quiz.keep()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_quiz", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# An answer to each of the two questions. When graded, each right answer counts the same.
quiz.verify(answers, 2)
### BEGIN HIDDEN TESTS
quiz.verify(answers, 2, key="ba", points=2)
### END HIDDEN TESTS

# %% [markdown]
# ## Your score
#
# Save the notebook (Ctrl+S, or Cmd+S on a Mac), then run the cell. It grades the saved file with all checks, the
# hidden ones included.

# %% tags=["nbval-ignore-output"]
from grader import your_score

your_score("LESSON")

# %% [markdown]
# ## Go further
#
# - What to try next, and where to read on.
