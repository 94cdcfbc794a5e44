"""Counts of weights, by `cnnwidgets.ops` and by the sizes of whole arrays; as digits, which no double could hold."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from cnnwidgets import ops
from cnnwidgets.widgets.weight_counter import LIMITS

SEED = 19_890_611
COUNTS, LARGE = 540, 20


def weights() -> list[dict[str, Any]]:
    """The megapixel, the largest and the smallest numbers, then random ones of every size; always the same ones."""
    rng = np.random.default_rng(SEED)
    cases = [_case(1000, 1000, 3, 1000, 10), *(_case(*(pair[end] for pair in LIMITS.values())) for end in (0, 1))]
    for _ in range(LARGE):  # beyond what a double counts
        height, width = (int(n) for n in rng.choice(np.arange(9_750, 10_001), 2, replace=False))
        cases.append(_case(height, width, *(int(n) for n in rng.integers(1, 500, 2)), int(rng.integers(101))))
    for _ in range(COUNTS):
        # By the logarithm: as many numbers of one digit as of four.
        numbers = (
            math.floor(math.exp(rng.uniform(math.log(max(least, 1)), math.log(most + 1))))
            for least, most in LIMITS.values()
        )
        cases.append(_case(*numbers))
    return cases


def _case(height: int, width: int, channels: int, hidden: int, delta: int) -> dict[str, Any]:
    places = height * width
    counts = {
        "dense": ops.dense_weights(height, width, channels, hidden),
        "dense2d": ops.dense_weights(height, width, 1, places),
        "local": places * ops.local_weights(delta),
        "shared": ops.local_weights(delta),
    }
    return {
        "height": height,
        "width": width,
        "channels": channels,
        "hidden": hidden,
        "delta": delta,
        "counts": {name: str(count) for name, count in counts.items()},
        "entries": str(places * (2 * height - 1) * (2 * width - 1)),
    }
