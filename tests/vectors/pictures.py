"""Whole pictures under a kernel, with and without zeros around, computed by `cnnwidgets.ops`."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnwidgets import ops
from cnnwidgets.widgets.pictures.grey import pack

SEED = 20_240_307
PICTURES, MISFITS = 600, 30
MODES, PADDINGS = ("correlation", "convolution"), ("same", "valid")


def pictures() -> list[dict[str, Any]]:
    """Grey pictures and kernels of every size to 7×7; the same ones each time. In some the kernel does not fit."""
    rng = np.random.default_rng(SEED)
    cases: list[dict[str, Any]] = []
    wanted = {True: PICTURES, False: MISFITS}
    while any(wanted.values()):
        case = _case(rng)
        fits = bool(case["output"])
        if wanted[fits] > 0:
            wanted[fits] -= 1
            cases.append(case)
    return cases


def _case(rng: np.random.Generator) -> dict[str, Any]:
    """No axis is like another, so that a swapped one shows."""
    kernel_shape = rng.choice(np.arange(1, 8), 2, replace=False)
    shape = rng.choice(np.setdiff1d(np.arange(2, 15), kernel_shape), 2, replace=False)
    picture = rng.integers(0, 256, shape).astype(np.uint8)
    kernel = rng.integers(-9, 10, kernel_shape) / [1, 9, 16][rng.integers(3)]
    mode, padding = MODES[rng.integers(2)], PADDINGS[rng.integers(2)]
    total = ops.same_padding(*kernel.shape) if padding == "same" else (0, 0)
    sliding = ops.half_turn(kernel) if mode == "convolution" else kernel
    padded = ops.pad2d(picture.astype(np.float64), *total)
    fits = all(n >= k for n, k in zip(padded.shape, kernel.shape, strict=True))
    return {
        "packed": pack(picture),
        "kernel": kernel.tolist(),
        "mode": mode,
        "padding": padding,
        "padded": padded.tolist(),
        "output": ops.corr2d(padded, sliding).tolist() if fits else [],
    }
