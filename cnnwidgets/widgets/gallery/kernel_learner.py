"""KernelLearner on the page, and what to try with it."""

from __future__ import annotations

from cnnwidgets.widgets.gallery.entry import Entry, Preset, state_of
from cnnwidgets.widgets.kernel_learner import KernelLearner

PATCH = [
    [0.0, 1.0, 1.0, 0.0, 0.0, 2.0, 0.0],
    [1.0, 2.0, 0.0, 0.0, 1.0, 1.0, 0.0],
    [0.0, 1.0, 0.0, 2.0, 0.0, 0.0, 1.0],
    [0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 2.0],
    [2.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0],
    [0.0, 1.0, 0.0, 0.0, 2.0, 1.0, 0.0],
]
SOBEL = [[1.0, 0.0, -1.0], [2.0, 0.0, -2.0], [1.0, 0.0, -1.0]]


def entry() -> Entry:
    """The course's edge kernel, a rate too large, Sobel's kernel, an input that does not tell all."""
    return Entry(
        bundle="kernel_learner",
        title="A kernel that learns",
        line="Give it an input and the output that you want: gradient descent finds the kernel, one step at a time.",
        state={**state_of(KernelLearner), "step": 3},
        presets=(
            Preset(
                "The course's edge", "From zeros towards [1, −1]: the error shrinks by the same share at every step."
            ),
            Preset(
                "A rate too large",
                "A random start at 0.035, just above 2/60: each step overshoots by more than the one before.",
                {"start": "random", "lr": 0.035, "steps": 200, "step": 0},
            ),
            Preset(
                "Sobel’s kernel",
                "Nine weights at once: steep directions of the loss are done in a few steps, others take hundreds.",
                {"input": PATCH, "target": SOBEL, "lr": 0.008, "steps": 200, "step": 0},
            ),
            Preset(
                "An input that hides",
                "All rows of the edge image are the same: Sobel’s output is learnt, by another kernel.",
                {"target": SOBEL, "lr": 0.006, "steps": 100, "step": 100},
            ),
        ),
        exercise="02-correlation",
    )
