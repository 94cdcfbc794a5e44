"""What `trace` costs, by the style that a function is written in: ``python benchmarks/tracing.py``."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy import ndarray
from numpy.lib.stride_tricks import sliding_window_view

from cnnwidgets.tracing import trace

RUNS = 7
SIZES = ((8, 3), (16, 5), (28, 5))  # side of the input, side of the kernel
Function = Callable[[ndarray, ndarray], Any]


def every_element(X: ndarray, K: ndarray) -> ndarray:
    """Four loops, one product at a time."""
    (h, w), (kh, kw) = X.shape, K.shape
    Y = np.zeros((h - kh + 1, w - kw + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            for a in range(kh):
                for b in range(kw):
                    Y[i, j] += X[i + a, j + b] * K[a, b]
    return Y


def every_window(X: ndarray, K: ndarray) -> ndarray:
    """Two loops, a slice for each output."""
    (h, w), (kh, kw) = X.shape, K.shape
    Y = np.zeros((h - kh + 1, w - kw + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + kh, j : j + kw] * K).sum()
    return Y


def every_weight(X: ndarray, K: ndarray) -> ndarray:
    """Two loops over the kernel, all outputs at once."""
    (h, w), (kh, kw) = X.shape, K.shape
    oh, ow = h - kh + 1, w - kw + 1
    return sum(K[a, b] * X[a : a + oh, b : b + ow] for a in range(kh) for b in range(kw))  # type: ignore[return-value]


def windows_einsum(X: ndarray, K: ndarray) -> ndarray:
    """No loop: `sliding_window_view` and `einsum`."""
    Y: ndarray = np.einsum("ijab,ab->ij", sliding_window_view(X, K.shape), K)
    return Y


def windows_matmul(X: ndarray, K: ndarray) -> ndarray:
    """No loop: the windows as rows of a matrix, times the kernel."""
    windows = sliding_window_view(X, K.shape)
    Y: ndarray = (windows.reshape(-1, K.size) @ K.ravel()).reshape(windows.shape[:2])
    return Y


STYLES: tuple[Function, ...] = (every_element, every_window, every_weight, windows_einsum, windows_matmul)


def milliseconds(fn: Function, X: ndarray, K: ndarray) -> float:
    """The median of several calls, after one that does not count."""
    fn(X, K)
    taken = []
    for _ in range(RUNS):
        start = time.process_time()  # the processor's, since a busy machine is no part of the cost
        fn(X, K)
        taken.append(time.process_time() - start)
    return statistics.median(taken) * 1000


def main() -> None:
    """Prints a table: the call by itself, the trace (which holds one such call), and how many times longer it is."""
    rng = np.random.default_rng(1)
    print(f"{'style':16} {'input':>7} {'kernel':>7} {'call':>10} {'trace':>10} {'times':>6}")
    for fn in STYLES:
        for side, k in SIZES:
            X, K = rng.normal(size=(side, side)), rng.normal(size=(k, k))
            plain, traced = milliseconds(fn, X, K), milliseconds(trace(fn), X, K)
            found = trace(fn)(X, K)
            followed = "" if found.untraced is None else f"  untraced: {found.untraced}"
            size = f"{side}×{side}", f"{k}×{k}"
            line = (
                f"{fn.__name__:16} {size[0]:>7} {size[1]:>7} {plain:7.2f} ms {traced:7.1f} ms {traced / plain:6.0f}"
            )
            print(line + followed, flush=True)


if __name__ == "__main__":
    main()
