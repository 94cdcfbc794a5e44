"""Runs a learner's function on what an explorer shows and says how its answer differs from the right one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import numpy as np
from jaxtyping import Bool, Float
from numpy import ndarray

from cnnwidgets.checks.call import call
from cnnwidgets.checks.compare import compare

LARGEST_SHOWN = 40  # rows or columns of a wrongly shaped answer that the browser still draws


@dataclass(frozen=True)
class Answer:
    """How a learner's answer compares with the right one."""

    kind: Literal["right", "type", "shape", "value", "error", "unasked"]
    """"unasked" where the function can not be asked under this setting; the sentence says why."""
    sentence: str
    """What is wrong, or that all is right; for an exception, its name and the learner's line."""
    values: Float[ndarray, "h w"] | None = None
    """What was returned, at the places that the stride keeps; None where it is no matrix."""
    where: Bool[ndarray, "h w"] | None = None
    """True where a value differs; None unless `kind` is "value"."""

    def to_browser(self) -> dict[str, Any]:
        """As plain values; a number that JSON does not know is a string."""
        shown = self.values is not None and max(self.values.shape) <= LARGEST_SHOWN
        return {
            "kind": self.kind,
            "sentence": self.sentence,
            "values": [[_plain(v) for v in row] for row in self.values]
            if shown and self.values is not None
            else None,
            "where": None if self.where is None else self.where.tolist(),
        }


def name_of(fn: Callable[..., Any]) -> str:
    """What to call a learner's function: its name, or "your function" where it has none."""
    name = getattr(fn, "__name__", None)
    return name[:40] if isinstance(name, str) and name.isidentifier() else "your function"


def answer_of(
    fn: Callable[..., Any],
    X: Float[ndarray, "ph pw"],
    K: Float[ndarray, "kh kw"],
    expected: Float[ndarray, "fh fw"],
    stride: tuple[int, int],
    named: Mapping[str, Any] | None = None,
) -> Answer:
    """Calls ``fn(X, K, **named)`` and compares it with `expected`, the right answer before `stride` takes its places.

    Type and shape are compared as they are returned, values only at every stride-th place: where they are shown.
    """
    name = name_of(fn)
    outcome = call(partial(fn, **named) if named else fn, X, K)
    if outcome.error is not None:
        return Answer("error", _ended(f"{name} {outcome.error}"))
    difference = compare(outcome.value, expected)
    if difference is not None and difference.kind != "value":
        before = ", before the stride takes its places" if difference.kind == "shape" and stride != (1, 1) else ""
        return Answer(difference.kind, _ended(f"{name} {difference.sentence}{before}"), _matrix(outcome.value))
    places = np.s_[:: stride[0], :: stride[1]]
    values = outcome.value[places].astype(np.float64)
    difference = compare(values, expected[places])
    if difference is not None:
        return Answer("value", _ended(f"{name} {difference.sentence}"), values, difference.where)
    if outcome.changed:
        return Answer("error", f"{name} is right here, but it changed what it was given in place.", values)
    return Answer("right", f"{name} is right here.", values)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!", "…")) else f"{sentence}."


def _matrix(value: Any) -> ndarray | None:
    """A returned value that can be drawn as a grid of numbers."""
    if type(value) is not ndarray or value.ndim != 2 or 0 in value.shape or value.dtype.kind not in "biuf":
        return None
    return value.astype(np.float64)


def _plain(value: np.float64) -> float | str:
    return float(value) if np.isfinite(value) else str(float(value))
