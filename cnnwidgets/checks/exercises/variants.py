"""Wrong turns that several exercises share, each made out of the right function or of plain loops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy import ndarray

Binary = Callable[[ndarray, ndarray], ndarray]


def constant(value: Any) -> Callable[..., ndarray]:
    """Always the same answer, whatever the arguments."""
    return lambda *_, **__: np.array(value, dtype=float)


def with_kernel(right: Binary, change: Callable[[ndarray], ndarray]) -> Binary:
    """The right function on a changed kernel."""
    return lambda X, K: right(X, change(K))


def with_result(right: Binary, change: Callable[[ndarray], ndarray]) -> Binary:
    """A changed result of the right function."""
    return lambda X, K: change(right(X, K))


def without_last(Y: ndarray) -> ndarray:
    """One row and one column too few."""
    return Y[: max(0, Y.shape[0] - 1), : max(0, Y.shape[1] - 1)]


def last_left_zero(Y: ndarray) -> ndarray:
    """The last row and column never filled in."""
    out = np.zeros_like(Y)
    out[:-1, :-1] = Y[:-1, :-1]
    return out


def truncated(Y: ndarray) -> ndarray:
    """Every value cut to a whole number, as in an array of integers."""
    return Y.astype(int)


def slid(each: Callable[[ndarray, ndarray], Any]) -> Binary:
    """`each(window, K)` at every place where the kernel fits."""

    def fn(X: ndarray, K: ndarray) -> ndarray:
        kh, kw = K.shape
        Y = np.zeros((X.shape[0] - kh + 1, X.shape[1] - kw + 1))
        for i in range(Y.shape[0]):
            for j in range(Y.shape[1]):
                Y[i, j] = each(X[i : i + kh, j : j + kw], K)
        return Y

    return fn


def sizes_swapped(X: ndarray, K: ndarray) -> ndarray:
    """The kernel's height taken for its width: windows of kw rows and kh columns."""
    kw, kh = K.shape
    Y = np.zeros((X.shape[0] - kh + 1, X.shape[1] - kw + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + kh, j : j + kw] * K).sum()
    return Y


def indices_swapped(X: ndarray, K: ndarray) -> ndarray:
    """``K[b, a]`` where ``K[a, b]`` is meant: right shape, transposed kernel."""
    kh, kw = K.shape
    Y = np.zeros((X.shape[0] - kh + 1, X.shape[1] - kw + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            for a in range(kh):
                for b in range(kw):
                    Y[i, j] += X[i + a, j + b] * K[b, a]
    return Y


def apart(X: ndarray, K: ndarray) -> ndarray:
    """Windows that do not overlap: a step of one kernel at a time."""
    kh, kw = K.shape
    Y = np.zeros((X.shape[0] // kh, X.shape[1] // kw))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i * kh : (i + 1) * kh, j * kw : (j + 1) * kw] * K).sum()
    return Y


def in_frame(right: Binary) -> Binary:
    """The result in the top left of a frame as large as the input, zeros elsewhere."""

    def fn(X: ndarray, K: ndarray) -> ndarray:
        Y, out = right(X, K), np.zeros(X.shape)
        out[: Y.shape[0], : Y.shape[1]] = Y
        return out

    return fn


def same_size(right: Binary) -> Binary:
    """Zeros around the input until the output is as large as the input, the odd row on top."""

    def fn(X: ndarray, K: ndarray) -> ndarray:
        p, q = K.shape[0] - 1, K.shape[1] - 1
        return right(np.pad(X, ((p - p // 2, p // 2), (q - q // 2, q // 2))), K)

    return fn
