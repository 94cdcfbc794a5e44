"""Transposed convolutions by torch where padding is even, else by `cnnwidgets.ops`; and the named cases, by torch."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy import ndarray

from cnnwidgets import ops
from cnnwidgets.widgets.correlation.cases import cases
from tests.vectors.windows import _numbers, _pair

SEED = 20_160_323
FITTING, MISFITS = 640, 40


def transposed() -> list[dict[str, Any]]:
    """Settings in which no axis is like another, the same ones each time; in the last ones nothing is left."""
    rng = np.random.default_rng(SEED)
    wanted = {True: FITTING, False: MISFITS}
    found: list[dict[str, Any]] = []
    while any(wanted.values()):
        made = _case(rng)
        fits = bool(made["output"])
        if wanted[fits] > 0:
            wanted[fits] -= 1
            found.append(made)
    return found


def named_cases() -> list[dict[str, Any]]:
    """The named cases with torch's output, whether transposed or not."""
    import torch  # here: most vectors do without

    found = []
    for (name, is_transposed), setting in cases().items():
        X, K = (torch.tensor(setting[each], dtype=torch.float64)[None, None] for each in ("input", "kernel"))
        given = {each: setting[each] for each in ("stride", "dilation")}
        given["padding"] = tuple(p // 2 for p in setting["padding"])
        if is_transposed:
            Y = torch.nn.functional.conv_transpose2d(X, K, output_padding=setting["output_padding"], **given)
        else:
            Y = torch.nn.functional.conv2d(X, K, **given)
        found.append({"name": name, **setting, "output": Y[0, 0].tolist()})
    return found


def _case(rng: np.random.Generator) -> dict[str, Any]:
    kernel = rng.choice(np.arange(1, 6), 2, replace=False)
    X = _numbers(rng, rng.choice(np.arange(1, 8), 2, replace=False))
    K = _numbers(rng, kernel)
    padding, stride, dilation = _pair(rng, 0, 9), _pair(rng, 1, 4), _pair(rng, 1, 3)
    extra = int(rng.integers(stride[0])), int(rng.integers(stride[1]))
    setting = {
        "input": X.tolist(),
        "kernel": K.tolist(),
        "padding": padding,
        "stride": stride,
        "dilation": dilation,
        "output_padding": extra,
        "mode": "transposed",
    }
    geometry = padding, stride, dilation, extra
    sizes = [ops.transposed_size(*axis) for axis in zip(X.shape, K.shape, *geometry, strict=True)]
    sides = [ops.transposed_sides(*axis) for axis in zip(K.shape, padding, dilation, extra, strict=True)]
    return {
        **setting,
        "sizes": sizes,
        "sides": sides,
        "spread": ops.spread2d(X, K.shape, *geometry).tolist() if all(sizes) else [],
        "output": _output(X, K, *geometry).tolist() if all(sizes) else [],
    }


def _output(X: ndarray, K: ndarray, padding: Any, stride: Any, dilation: Any, extra: Any) -> ndarray:
    if any(p % 2 for p in padding):
        return ops.corr2d_transposed(X, K, padding, stride, dilation, extra)
    import torch

    given, weights = torch.tensor(X)[None, None], torch.tensor(K)[None, None]
    sides = tuple(p // 2 for p in padding)
    Y = torch.nn.functional.conv_transpose2d(
        given, weights, stride=stride, padding=sides, dilation=dilation, output_padding=extra
    )
    found: ndarray = Y[0, 0].numpy()
    return found
