"""The filters of a network's first convolution, as plain values. Works on anything like a torch module."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy import ndarray

MOST_FILTERS, MOST_SIDE = 32, 11


def first_filters(net: Any) -> ndarray | None:
    """The weights (out, kh, kw) of the first layer with four-dimensional ones, first input channel; None without any.

    At most 32 filters of 11 × 11.
    """
    for layer in net.modules():
        weight = getattr(layer, "weight", None)
        if weight is not None and getattr(weight, "ndim", 0) == 4:
            filters = weight[:MOST_FILTERS, 0, :MOST_SIDE, :MOST_SIDE].detach().cpu().float().numpy()
            return np.array(filters, dtype=np.float64)
    return None


def to_browser(filters: ndarray | None) -> list[Any]:
    """Nested lists; a number that JSON does not know becomes 0."""
    return [] if filters is None else np.nan_to_num(filters, posinf=0, neginf=0).round(5).tolist()
