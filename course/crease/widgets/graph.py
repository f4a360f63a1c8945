"""The graph: a small net, drawn, through which values run forward and derivatives run back, one step at a time."""

import traitlets

from crease.figures import backprop

from .base import Widget


class Graph(Widget):
    """The net of Mazur, "A step by step backpropagation example" (2015), after `step` of its 12 steps.

    W1, W2 : (2, 2) weights; B1, B2 : a bias for each layer; x, target : (2,); lr : of the update in the last step.
    steps : [wires that light up, what happens, the sum behind the first number], with the numbers as {fields}.
    """

    step = traitlets.Int(0).tag(sync=True)
    W1, W2, x, target = (traitlets.List(value.tolist()).tag(sync=True)
                         for value in (backprop.W1, backprop.W2, backprop.X, backprop.TARGET))
    B1, B2, lr = (traitlets.Float(value).tag(sync=True) for value in (backprop.B1, backprop.B2, backprop.LR))
    steps = traitlets.List([list(step) for step in backprop.STEPS]).tag(sync=True)

    def figure(self):
        """The graph with all its numbers, before the update."""
        return backprop.stepper(self.step or 11)


def graph(step=0):
    """A net of two inputs, two hidden sigmoids and two outputs: forward, backward, and then the knobs turn."""
    return Graph(step=step)
