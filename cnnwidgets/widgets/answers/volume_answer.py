"""How what a learner's function gives for a volume differs from the right one, channel by channel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import numpy as np
from jaxtyping import Bool, Float
from numpy import ndarray

from cnnwidgets.checks.call import Outcome, call
from cnnwidgets.checks.compare import compare
from cnnwidgets.widgets.answers.matrix_answer import LARGEST_SHOWN

Kind = Literal["right", "type", "shape", "value", "error", "unasked"]
MOST_CHANNELS = 16  # of a wrongly shaped answer that the browser still gets


@dataclass(frozen=True)
class VolumeAnswer:
    """How a learner's answer compares with the right one."""

    kind: Kind
    """"unasked" where the function can not be asked under this setting; the sentence says why."""
    sentence: str
    """What is wrong, or that all is right; for an exception, its name and the learner's line."""
    shape: tuple[int, ...] | None = None
    """The shape of what was returned; None where it is no array."""
    values: Float[ndarray, "c h w"] | None = None
    """What was returned, at the places on show; None where it can not be drawn as grids of numbers."""
    where: Bool[ndarray, "c h w"] | None = None
    """True where a value differs; None unless `kind` is "value"."""

    def to_browser(self) -> dict[str, Any]:
        """As plain values; a number that JSON does not know is a string."""
        values = self.values
        if values is not None and (max(values.shape[1:]) > LARGEST_SHOWN or len(values) > MOST_CHANNELS):
            values = None
        return {
            "kind": self.kind,
            "sentence": self.sentence,
            "shape": None if self.shape is None else list(self.shape),
            "values": None if values is None else [[[_plain(v) for v in row] for row in rows] for rows in values],
            "where": None if self.where is None else self.where.tolist(),
        }


def ask(fn: Callable[..., Any], *arguments: Any, named: Mapping[str, Any] | None = None) -> Outcome:
    """What comes of ``fn(*arguments, **named)`` within the time limit; arrays among `arguments` are copies."""
    return call(partial(fn, **named) if named else fn, *arguments)


def answer_to(
    name: str,
    outcome: Outcome,
    expected: ndarray,
    places: tuple[int, int] = (1, 1),
    note: str = "",
) -> VolumeAnswer:
    """Compares an outcome with the `expected` array, of 2 to 4 axes, of which the last two are rows and columns.

    Type and shape are compared as they are returned, values only at every `places`-th row and column: where they
    are shown. `note` is one more sentence, such as what the function was not given.
    """

    def said(text: str) -> str:
        ended = text if text.endswith((".", "?", "!", "…")) else f"{text}."
        return f"{ended} {note}".strip()

    if outcome.error is not None:
        return VolumeAnswer("error", said(f"{name} {outcome.error}"))
    shape = outcome.value.shape if type(outcome.value) is ndarray else None
    difference = compare(outcome.value, expected)
    if difference is not None and difference.kind != "value":
        before = ", before the stride takes its places" if difference.kind == "shape" and places != (1, 1) else ""
        return VolumeAnswer(
            difference.kind, said(f"{name} {difference.sentence}{before}"), shape, _volume(outcome.value)
        )
    at = np.s_[..., :: places[0], :: places[1]]
    values = outcome.value[at].astype(np.float64)
    difference = compare(values, expected[at])
    if difference is not None and difference.where is not None:
        return VolumeAnswer(
            "value", said(f"{name} {difference.sentence}"), shape, _as_volume(values), _as_volume(difference.where)
        )
    if outcome.changed:
        sentence = f"{name} is right here, but it changed what it was given in place."
        return VolumeAnswer("error", said(sentence), shape, _as_volume(values))
    return VolumeAnswer("right", said(f"{name} is right here."), shape, _as_volume(values))


def _as_volume(values: ndarray) -> ndarray:
    """The rows and columns with one axis of channels before them; a batch comes example by example."""
    return values.reshape(-1, *values.shape[-2:])


def _volume(value: Any) -> ndarray | None:
    """A returned value that can be drawn as grids of numbers."""
    if type(value) is not ndarray or not 2 <= value.ndim <= 4 or 0 in value.shape or value.dtype.kind not in "biuf":
        return None
    return _as_volume(value.astype(np.float64))


def _plain(value: np.float64) -> float | str:
    return float(value) if np.isfinite(value) else str(float(value))
