"""Pooling layers with one thing wrong, out of which the misconceptions of `pool2d_layer` are made."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy import ndarray

from cnnwidgets.ops import pool2d_layer

Pair = tuple[int, int]
Layer = Callable[..., ndarray]
SIGNATURE = inspect.signature(pool2d_layer)


def set_to(value: Any) -> Callable[[Any], Any]:
    """Always this value, whatever was given."""
    return lambda _: value


def at(**changes: Callable[[Any], Any]) -> Layer:
    """The right layer on changed settings, those that were left out included."""

    def fn(*given: Any, **named: Any) -> ndarray:
        bound = SIGNATURE.bind(*given, **named)
        bound.apply_defaults()
        for name, change in changes.items():
            bound.arguments[name] = change(bound.arguments[name])
        return pool2d_layer(*bound.args, **bound.kwargs)

    return fn


def with_result(change: Callable[[ndarray], ndarray]) -> Layer:
    """A changed result of the right layer."""
    return lambda *given, **named: change(pool2d_layer(*given, **named))


def padded_by_hand(sides: Callable[[int], Pair], low: float = -np.inf) -> Layer:
    """Padded on the two sides of each axis as `sides(p)` says; a maximum sees `low` there."""

    def fn(
        X: ndarray,
        pool_size: Pair,
        padding: Pair = (0, 0),
        stride: Pair | None = None,
        mode: str = "max",
        count_include_pad: bool = True,
    ) -> ndarray:
        def pooled(A: ndarray, fill: float) -> ndarray:
            framed = np.pad(A, ((0, 0), sides(padding[0]), sides(padding[1])), constant_values=fill)
            return pool2d_layer(framed, pool_size, (0, 0), stride, mode)

        if mode == "max":
            return pooled(X, low)
        means: ndarray = pooled(X, 0.0) / pooled(np.ones(X.shape), float(count_include_pad))
        return means

    return fn


def _places(n: int, k: int, s: int) -> Iterable[int]:
    return range(0, n - k + 1, s)


def layer(
    largest: Callable[[ndarray], float] = np.max,
    mean: Callable[[ndarray], float] = np.mean,
    starts: Callable[[int, int, int], Iterable[int]] = _places,
    step: Callable[[Pair], Pair] = lambda s: s,
    window: Callable[[Pair], Pair] = lambda size: size,
    mean_fill: float = 0.0,
) -> Layer:
    """Written out: the cells that count in each window, and what is made of them. A window may hang over the end.

    `step` changes the stride also where it came from the window; `window` changes the window and leaves the stride.
    """

    def fn(
        X: ndarray,
        pool_size: Pair,
        padding: Pair = (0, 0),
        stride: Pair | None = None,
        mode: str = "max",
        count_include_pad: bool = True,
    ) -> ndarray:
        s_h, s_w = step(pool_size if stride is None else stride)
        k_h, k_w = window(pool_size)
        sides = ((0, 0), (padding[0],) * 2, (padding[1],) * 2)
        P = np.pad(X, sides, constant_values=mean_fill)
        counted = np.pad(np.ones(X.shape, bool), sides, constant_values=mode == "avg" and count_include_pad)
        if mean_fill:
            counted[:] = True
        reduce = largest if mode == "max" else mean
        rows, columns = list(starts(P.shape[1], k_h, s_h)), list(starts(P.shape[2], k_w, s_w))
        Y = np.full((len(X), len(rows), len(columns)), -np.inf)
        for c, i, j in np.ndindex(Y.shape):
            place = np.s_[c, rows[i] : rows[i] + k_h, columns[j] : columns[j] + k_w]
            cells = P[place][counted[place]]
            if cells.size:
                Y[c, i, j] = reduce(cells)
        return Y

    return fn
