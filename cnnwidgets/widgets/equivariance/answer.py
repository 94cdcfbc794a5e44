"""Runs a learner's function of a picture on the picture and on the moved one: does its output move along?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Bool, Float
from numpy import ndarray

from cnnwidgets.checks.call import Outcome
from cnnwidgets.checks.compare import DEFAULT, a_kind
from cnnwidgets.widgets.answers.matrix_answer import LARGEST_SHOWN, name_of
from cnnwidgets.widgets.answers.volume_answer import VolumeAnswer, _plain, ask
from cnnwidgets.widgets.equivariance.rungs import shifted

EDGE = 3  # so near to the edge a difference may come from padding, with kernels to 7×7


@dataclass(frozen=True)
class ShiftAnswer(VolumeAnswer):
    """Whether a learner's function moves its output along with the picture; `values` is f(shift(X))."""

    moved: Float[ndarray, "oh ow"] | None = None
    """shift(f(X)); None where they could not be compared."""
    inside: Bool[ndarray, "oh ow"] | None = None
    """True where there is something to compare."""

    def to_browser(self) -> dict[str, Any]:
        """As plain values; a number that JSON does not know is a string."""
        found = super().to_browser()
        shown = self.moved is not None and found["values"] is not None and max(self.moved.shape) <= LARGEST_SHOWN
        moved = [[_plain(v) for v in row] for row in self.moved] if shown and self.moved is not None else None
        return {**found, "moved": moved, "inside": None if self.inside is None else self.inside.tolist()}


def shift_answer(fn: Callable[..., Any], X: Float[ndarray, "h w"], shift: tuple[int, int]) -> ShiftAnswer:
    """Asks ``fn(X)`` and ``fn(shift(X))``, both (oh, ow), and compares the first, moved, with the second.

    An output of about 1/s of the picture's rows moves by 1/s of the shift, whole places only; so with columns.
    """
    name = name_of(fn)
    outcomes = ask(fn, X), ask(fn, shifted(X, shift))
    for outcome in outcomes:
        refused = _refused(name, outcome)
        if refused is not None:
            return refused
    Y, given = (outcome.value.astype(np.float64) for outcome in outcomes)
    if Y.shape != given.shape:
        sentence = f"{name} gives the shape {Y.shape} for the picture and {given.shape} for the moved one."
        return ShiftAnswer("shape", sentence, given.shape)
    step = [max(1, round(n / m)) for n, m in zip(X.shape, Y.shape, strict=True)]
    by = int(shift[0] / step[0]), int(shift[1] / step[1])
    moved = shifted(Y, by)
    inside = shifted(np.ones(Y.shape), by) > 0
    with np.errstate(invalid="ignore"):
        same = (np.abs(moved - given) <= DEFAULT.around(np.stack([moved, given])).max(axis=0)) | (moved == given)
    differs = inside & ~(same | (np.isnan(moved) & np.isnan(given)))
    halves = any(along % s for along, s in zip(shift, step, strict=True))
    kind, sentence = _said(name, differs, inside, shift, by, halves)
    return ShiftAnswer(kind, sentence, Y.shape, given[None], differs[None], moved=moved, inside=inside)


def _refused(name: str, outcome: Outcome) -> ShiftAnswer | None:
    """What is wrong with one outcome, before anything is compared."""
    if outcome.error is not None:
        ended = outcome.error if outcome.error.endswith((".", "?", "!", "…")) else f"{outcome.error}."
        return ShiftAnswer("error", f"{name} {ended}")
    value = outcome.value
    if type(value) is not ndarray or value.dtype.kind not in "biuf":
        return ShiftAnswer("type", f"{name} returned {a_kind(value)}; a matrix of numbers can be compared.")
    if value.ndim != 2 or 0 in value.shape:
        return ShiftAnswer("shape", f"{name} returned the shape {value.shape}; (rows, columns) can be compared.")
    if outcome.changed:
        return ShiftAnswer("error", f"{name} changed the picture that it was given in place.")
    return None


def _said(
    name: str,
    differs: Bool[ndarray, "oh ow"],
    inside: Bool[ndarray, "oh ow"],
    shift: tuple[int, int],
    by: tuple[int, int],
    halves: bool,
) -> tuple[Any, str]:
    """The verdict as a kind and a sentence."""
    moved, came = (str(pair).replace("-", "−") for pair in (shift, by))
    if shift == (0, 0):
        return "right", "Move the picture: with no shift there is nothing to follow."
    many, of = int(differs.sum()), int(inside.sum())
    if of == 0:
        return "unasked", "Nothing of the output is left to compare: move the picture less."
    if many == 0:
        return "right", f"{name} is equivariant for the shift {moved}: its output moves by {came} and is the same."
    middle = np.zeros(differs.shape, dtype=bool)
    middle[EDGE:-EDGE, EDGE:-EDGE] = True
    counted = f"{many} of {of} places differ"
    if not (differs & middle).any() and (inside & middle).any():
        return (
            "value",
            f"{name} is equivariant for the shift {moved} but for its edge: {counted}, none in the middle.",
        )
    why = f" Its output would have to move by a part of a place; it is moved by {came} here." if halves else ""
    return "value", f"{name} is not equivariant for the shift {moved}: {counted}.{why}"
