"""Volumes that are pooled, and moved before they are pooled, computed by `cnnwidgets.ops`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy import ndarray

from cnnwidgets import ops
from cnnwidgets.widgets.pooling_explorer import shifted

SEED = 19_890_601
CASES, MISFITS = 600, 30
#: The maximum, the mean whose divisor counts padding, and the one whose divisor does not.
OPERATIONS = (("max", True), ("avg", True), ("avg", False))


def pooling() -> list[dict[str, Any]]:
    """The worked examples, then for each operation settings that fit and some in which the window does not."""
    rng = np.random.default_rng(SEED)
    example = {"input": np.arange(9.0).reshape(1, 3, 3), "pool_size": (2, 2), "padding": (0, 0), "stride": (1, 1)}
    cases = [_case(rng, {**example, "mode": mode, "count_include_pad": True}) for mode in ("max", "avg")]
    for mode, counts in OPERATIONS:
        wanted = {True: CASES, False: MISFITS}
        while any(wanted.values()):
            case = _case(rng, {**_setting(rng), "mode": mode, "count_include_pad": counts})
            fits = bool(case["output"])
            if wanted[fits] > 0:
                wanted[fits] -= 1
                cases.append(case)
    return cases


def _setting(rng: np.random.Generator) -> dict[str, Any]:
    """A random setting in which no axis is like another; some have no stride, some are negative throughout."""
    window = tuple(int(k) for k in rng.choice(np.arange(1, 6), 2, replace=False))
    height, width = rng.choice(np.setdiff1d(np.arange(1, 10), window), 2, replace=False)
    stride = tuple(int(s) for s in rng.choice(np.arange(1, 5), 2, replace=False))
    return {
        "input": _numbers(rng, (int(rng.integers(1, 4)), int(height), int(width))),
        "pool_size": window,
        "padding": tuple(int(rng.integers(0, k // 2 + 1)) for k in window),
        "stride": None if rng.integers(4) == 0 else stride,
    }


def _numbers(rng: np.random.Generator, shape: tuple[int, ...]) -> ndarray:
    """Integers, fractions such as 2.625, or thirds."""
    signs = rng.choice([-1, 1], shape) if rng.integers(3) else -1
    return rng.integers(1, 100, shape) * signs / [1, 8, 3][rng.integers(3)]


def _case(rng: np.random.Generator, setting: dict[str, Any]) -> dict[str, Any]:
    X = setting["input"]
    shift = tuple(int(by) for by in rng.integers(-3, 4, 2))
    stride = setting["stride"] or setting["pool_size"]
    axes = zip(X.shape[1:], setting["pool_size"], setting["padding"], stride, strict=True)
    fits = all(ops.output_size_per_side(*axis) for axis in axes)
    arguments = [setting[name] for name in ("pool_size", "padding", "stride", "mode", "count_include_pad")]
    moved = shifted(X, *shift)
    return {
        **setting,
        "input": X.tolist(),
        "output": ops.pool2d_layer(X, *arguments).tolist() if fits else [],
        "shift": shift,
        "moved": moved.tolist(),
        "movedOutput": ops.pool2d_layer(moved, *arguments).tolist() if fits else [],
    }
