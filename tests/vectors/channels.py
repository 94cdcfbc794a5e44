"""Many channels in and out, and 1×1 kernels, computed by `cnnwidgets.ops`, for the front end's tests."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnwidgets import ops

SEED = 20_120_930
LAYERS, ONES = 520, 520


def layers() -> list[dict[str, Any]]:
    """The course's example with three outputs, then random layers with padding, stride and bias; always the same."""
    rng = np.random.default_rng(SEED)
    X = np.stack([np.arange(9.0).reshape(3, 3), np.arange(1.0, 10.0).reshape(3, 3)])
    K = np.stack([np.arange(4.0).reshape(2, 2), np.arange(1.0, 5.0).reshape(2, 2)])
    example = _layer(X, np.stack([K, K + 1, K + 2]), np.zeros(3), (0, 0), (1, 1))
    return [example, *(_layer(*_setting(rng)) for _ in range(LAYERS))]


def ones() -> list[dict[str, Any]]:
    """1×1 kernels and what `corr2d_1x1` gives; the same ones each time."""
    rng = np.random.default_rng(SEED + 1)
    cases = []
    for _ in range(ONES):
        ci, co, h, w = (int(n) for n in rng.choice(np.arange(1, 7), 4, replace=False))
        X, K = _numbers(rng, (ci, h, w)), _numbers(rng, (co, ci, 1, 1))
        cases.append({"input": X.tolist(), "kernel": K.tolist(), "output": ops.corr2d_1x1(X, K).tolist()})
    return cases


def _setting(rng: np.random.Generator) -> tuple[Any, ...]:
    """A layer whose kernel fits, no axis like another: a swapped one shows."""
    ci, co = (int(n) for n in rng.choice(np.arange(1, 6), 2, replace=False))
    kh, kw = (int(n) for n in rng.choice(np.arange(1, 5), 2, replace=False))
    h, w = kh + int(rng.integers(0, 4)), kw + int(rng.integers(4, 6))
    padding, stride = ((int(a), int(b)) for a, b in (rng.integers(0, 4, 2), rng.integers(1, 4, 2)))
    return _numbers(rng, (ci, h, w)), _numbers(rng, (co, ci, kh, kw)), _numbers(rng, (co,)), padding, stride


def _numbers(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Integers, or fractions such as 2.625; of both signs, none of them 0."""
    return rng.integers(1, 50, shape) * rng.choice([-1, 1], shape) / [1, 8][rng.integers(2)]


def _layer(
    X: np.ndarray, K: np.ndarray, b: np.ndarray, padding: tuple[int, int], stride: tuple[int, int]
) -> dict[str, Any]:
    padded = np.stack([ops.pad2d(x, *padding) for x in X])
    at = np.s_[..., :: stride[0], :: stride[1]]
    return {
        "input": X.tolist(),
        "kernel": K.tolist(),
        "bias": b.tolist(),
        "padding": padding,
        "stride": stride,
        "partials": [
            [ops.corr2d_multi_in(x[None], k[None])[at].tolist() for x, k in zip(padded, of, strict=True)] for of in K
        ],
        "firsts": ops.corr2d_multi_in(padded, K[0])[at].tolist(),
        "sums": ops.corr2d_multi_in_out(padded, K)[at].tolist(),
        "output": ops.conv_layer(padded[None], K, b)[0][at].tolist(),
    }
