"""What a learner's function reads of what an explorer shows, in the form that the browser draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np
from jaxtyping import Bool, Float
from numpy import ndarray

from cnnwidgets.checks.call import call
from cnnwidgets.tracing import Trace, trace

MOST_NUMBERS = 20_000  # that are sent to the browser: beyond, the windows are no picture to look at


def trace_of(
    fn: Callable[..., Any],
    X: Float[ndarray, "ph pw"],
    K: Float[ndarray, "kh kw"],
    named: Mapping[str, Any] | None = None,
) -> Trace:
    """The trace of ``fn(X, K, **named)`` within a learner's time limit; what it raises is a reason, too."""
    outcome = call(trace(partial(fn, **named) if named else fn), X, K)
    if type(outcome.value) is Trace:
        return outcome.value
    why = "it takes too long to follow" if outcome.timed_out else f"it {outcome.error}"
    return Trace(None, None, why)


def reads_to_browser(found: Trace, stride: tuple[int, int]) -> dict[str, Any]:
    """As plain values: for every place that the stride keeps, the elements read.

    An entry of ``places`` is ``[first row, last row, first column, last column]`` where they are a full block, else
    ``{"cells": [row, column, row, column, …]}``. Rows and columns count from 0 in what the function was given.
    """
    if found.reads is None:
        return {"untraced": found.untraced, "places": None}
    if found.reads.ndim != 4:
        return {"untraced": "what it returned is no matrix", "places": None}
    windows = found.reads[:: stride[0], :: stride[1]]
    places = [[_place(window) for window in row] for row in windows]
    if (
        sum(len(each) if isinstance(each, list) else len(each["cells"]) for row in places for each in row)
        > MOST_NUMBERS
    ):
        return {"untraced": "what it read is too much to draw", "places": None}
    return {"untraced": None, "places": places}


def _place(window: Bool[ndarray, "ph pw"]) -> list[int] | dict[str, list[int]]:
    rows, columns = np.nonzero(window)
    if len(rows) and len(rows) == (np.ptp(rows) + 1) * (np.ptp(columns) + 1):
        return [int(rows.min()), int(rows.max()), int(columns.min()), int(columns.max())]
    return {"cells": np.stack([rows, columns], axis=1).ravel().tolist()}
