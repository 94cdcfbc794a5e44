"""Runs a learner's `learn_kernel` and says how far from the true kernel it ends, and where plain descent ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from jaxtyping import Float
from numpy import ndarray

from cnnwidgets import ops
from cnnwidgets.checks.call import call
from cnnwidgets.checks.compare import compare
from cnnwidgets.widgets.answers.matrix_answer import Answer, _ended, _matrix, name_of

NEAR = 0.1  # how far each entry may be from the true kernel's: the check of `learn_kernel` asks the same
SECONDS = 10.0  # as the check gives it


def kernel_answer(
    fn: Callable[..., Any],
    X: Float[ndarray, "h w"],
    target: Float[ndarray, "kh kw"],
    steps: int,
    lr: float,
) -> Answer:
    """Calls ``fn(X, Y, kernel_size, steps, lr)`` with Y = X ⋆ target and compares the kernel with `target`.

    It is right where every entry is within 0.1 of the true one. Where it is not, but ends where plain descent from
    zeros ends with this rate and so many steps, the rate or the steps are to blame, and the sentence says so.
    """
    name = name_of(fn)
    Y = ops.corr2d(X, target)
    outcome = call(fn, X, Y, target.shape, steps, lr, seconds=SECONDS)
    if outcome.error is not None:
        return Answer("error", _ended(f"{name} {outcome.error}"))
    difference = compare(outcome.value, target)
    if difference is not None and difference.kind != "value":
        return Answer(difference.kind, _ended(f"{name} {difference.sentence}"), _matrix(outcome.value))
    kernel = outcome.value.astype(np.float64)
    if outcome.changed:
        return Answer("error", f"{name} changed what it was given in place.", kernel)
    with np.errstate(all="ignore"):
        away = np.abs(kernel - target)
        plain = ops.learn_kernel(X, Y, target.shape, steps, lr)
        same = np.isclose(kernel, plain, rtol=1e-3, atol=1e-3, equal_nan=True).all()
        short = float(np.abs(plain - target).max())
    if (away <= NEAR).all():
        return Answer("right", f"{name} learnt it: {_far(away)} from the true kernel.", kernel)
    if same or not (np.isfinite(kernel).all() or np.isfinite(short)):
        sentence = (
            f"{name} does what plain descent from zeros does, and that ends {_far(away)} from the true kernel: "
            "the rate and the number of steps decide, not your code."
        )
        return Answer("right", sentence, kernel)
    sentence = f"{name} ends {_far(away)} from the true kernel; plain descent from zeros ends {_by(short)} from it."
    return Answer("value", sentence, kernel, ~(away <= NEAR))


def _far(away: ndarray) -> str:
    """ "at most 0.0021": the largest difference of an entry."""
    return _by(float(away.max()))


def _by(distance: float) -> str:
    if not np.isfinite(distance):
        return "beyond all bounds"
    return f"at most {distance:.2g}" if distance else "0"
