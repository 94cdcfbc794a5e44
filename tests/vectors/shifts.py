"""Layers on a picture and on the moved picture, computed by the package."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnwidgets.widgets.equivariance.rungs import OPS, compared, run
from cnnwidgets.widgets.pictures.grey import pack

SEED = 20_240_311
EACH = 120


def shifts() -> list[dict[str, Any]]:
    """As many cases of every layer; the same ones each time. In a few the layer does not fit."""
    rng = np.random.default_rng(SEED)
    return [_case(rng, op) for op in OPS for _ in range(EACH)]


def _case(rng: np.random.Generator, op: str) -> dict[str, Any]:
    """No axis is like another; a picture of many equal pixels, so that places that do not differ come up, too."""
    shape = rng.choice(np.arange(2, 11), 2, replace=False)
    kernel = rng.integers(-3, 4, rng.choice(np.arange(1, 5), 2, replace=False)) / [1, 3][rng.integers(2)]
    picture = (rng.integers(0, 256, shape) * (rng.random(shape) < [0.3, 1][rng.integers(2)])).astype(np.uint8)
    shift = int(rng.integers(-4, 5)), int(rng.integers(-4, 5))
    X = picture.astype(np.float64)
    case = {"op": op, "packed": pack(picture), "kernel": kernel.tolist(), "shift": shift}
    try:
        output, found = run(op, X, kernel), compared(op, X, kernel, shift)
    except ValueError:
        return {**case, "output": None}
    return {
        **case,
        "output": output.tolist(),
        "moved": found.moved.tolist(),
        "given": found.given.tolist(),
        "inside": found.inside.tolist(),
        "differs": found.differs.tolist(),
    }
