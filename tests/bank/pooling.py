"""Answers to `pool2d`."""

import numpy as np
import torch
from numpy.lib.stride_tricks import sliding_window_view
from scipy import ndimage

from tests.bank import TWO_MISTAKES, UNNAMED, right, wrong

POOL = "pool2d"


@right(POOL)
def two_loops(X, pool_size, mode="max"):
    p, q = pool_size
    Y = np.zeros((X.shape[0] - p + 1, X.shape[1] - q + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            window = X[i : i + p, j : j + q]
            if mode == "max":
                Y[i, j] = window.max()
            elif mode == "avg":
                Y[i, j] = window.mean()
    return Y


@right(POOL)
def windows(X, pool_size, mode="max"):
    view = sliding_window_view(X, pool_size)
    return view.max((2, 3)) if mode == "max" else view.mean((2, 3))


@right(POOL)
def in_torch(X, pool_size, mode="max"):
    pool = {"max": torch.nn.MaxPool2d, "avg": torch.nn.AvgPool2d}[mode](pool_size, stride=1)
    return pool(torch.tensor(X, dtype=torch.float32)[None])[0].numpy()


@right(POOL)
def over_shifts(X, pool_size, mode="max"):
    h, w = X.shape[0] - pool_size[0] + 1, X.shape[1] - pool_size[1] + 1
    shifted = np.array([X[a : a + h, b : b + w] for a in range(pool_size[0]) for b in range(pool_size[1])])
    return getattr(np, {"max": "amax", "avg": "average"}[mode])(shifted, axis=0)


@right(POOL)
def search_by_hand(X, pool_size, mode="max"):
    Y = []
    for i in range(X.shape[0] - pool_size[0] + 1):
        Y.append([])
        for j in range(X.shape[1] - pool_size[1] + 1):
            largest, total = -float("inf"), 0
            for a in range(pool_size[0]):
                for b in range(pool_size[1]):
                    total += X[i + a, j + b]
                    if X[i + a, j + b] > largest:
                        largest = X[i + a, j + b]
            Y[-1].append(largest if mode == "max" else total / (pool_size[0] * pool_size[1]))
    return np.array(Y)


@right(POOL)
def in_scipy(X, pool_size, mode="max"):
    apply = ndimage.maximum_filter if mode == "max" else ndimage.uniform_filter
    full = apply(X, size=pool_size, origin=[-(k // 2) for k in pool_size])
    return full[: X.shape[0] - pool_size[0] + 1, : X.shape[1] - pool_size[1] + 1]


def of_windows(largest=np.max, mean=np.mean):
    """A function that slides, with something else for the maximum or the mean."""

    def fn(X, pool_size, mode="max"):
        rows = range(X.shape[0] - pool_size[0] + 1)
        columns = range(X.shape[1] - pool_size[1] + 1)
        reduce = largest if mode == "max" else mean
        return np.array([[reduce(X[i:, j:][: pool_size[0], : pool_size[1]]) for j in columns] for i in rows])

    return fn


@wrong(POOL, "always-max")
def ignores_mode(X, pool_size, mode="max"):
    return windows(X, pool_size)


@wrong(POOL, "always-max")
def compares_with_or(X, pool_size, mode="max"):
    if mode == "max" or "maximum":  # noqa: SIM222 - always true, which is the slip
        return windows(X, pool_size)
    return windows(X, pool_size, "avg")


@wrong(POOL, "always-avg")
def always_mean(X, pool_size, mode="max"):
    return of_windows(np.mean)(X, pool_size, mode)


@wrong(POOL, "modes-exchanged")
def exchanged(X, pool_size, mode="max"):
    return windows(X, pool_size, "avg" if mode == "max" else "max")


@wrong(POOL, "sum-for-mean")
def adds_up(X, pool_size, mode="max"):
    return of_windows(mean=np.sum)(X, pool_size, mode)


@wrong(POOL, "median-for-mean")
def median(X, pool_size, mode="max"):
    return of_windows(mean=np.median)(X, pool_size, mode)


@wrong(POOL, "min-for-max")
def smallest(X, pool_size, mode="max"):
    return of_windows(np.min)(X, pool_size, mode)


@wrong(POOL, "absolute-max")
def magnitude(X, pool_size, mode="max"):
    return of_windows(lambda window: np.abs(window).max())(X, pool_size, mode)


@wrong(POOL, "absolute-max")
def of_largest_magnitude(X, pool_size, mode="max"):
    return of_windows(lambda window: max(window.ravel(), key=abs))(X, pool_size, mode)


@wrong(POOL, "max-starts-at-zero")
def search_from_zero(X, pool_size, mode="max"):
    Y = windows(X, pool_size, mode)
    if mode == "max":
        for i, j in np.ndindex(Y.shape):
            largest = 0
            for value in X[i : i + pool_size[0], j : j + pool_size[1]].ravel():
                if value > largest:
                    largest = value
            Y[i, j] = largest
    return Y


@wrong(POOL, "max-starts-at-zero")
def maximum_with_zeros(X, pool_size, mode="max"):
    Y = windows(X, pool_size, mode)
    return np.maximum(np.zeros_like(Y), Y) if mode == "max" else Y


@wrong(POOL, "finite-low")
def search_from_low(X, pool_size, mode="max"):
    if mode != "max":
        return windows(X, pool_size, mode)
    Y = np.full((X.shape[0] - pool_size[0] + 1, X.shape[1] - pool_size[1] + 1), -9.0)
    for i, j in np.ndindex(Y.shape):
        for value in X[i : i + pool_size[0], j : j + pool_size[1]].ravel():
            if value > Y[i, j]:
                Y[i, j] = value
    return Y


@wrong(POOL, "finite-low")
def never_below_a_thousand(X, pool_size, mode="max"):
    Y = windows(X, pool_size, mode)
    return Y.clip(-1000) if mode == "max" else Y


@wrong(POOL, UNNAMED)
def never_below_a_number_of_its_own(X, pool_size, mode="max"):
    Y = windows(X, pool_size, mode)
    return Y.clip(-31_415) if mode == "max" else Y


@wrong(POOL, "index-for-value")
def where_it_is(X, pool_size, mode="max"):
    return of_windows(np.argmax)(X, pool_size, mode)


@wrong(POOL, "wrong-divisor")
def over_rows(X, pool_size, mode="max"):
    return of_windows(mean=lambda window: window.sum() / len(window))(X, pool_size, mode)


@wrong(POOL, "wrong-divisor")
def over_width(X, pool_size, mode="max"):
    return of_windows(mean=lambda window: window.sum() / pool_size[1])(X, pool_size, mode)


@wrong(POOL, "windows-apart")
def no_overlap(X, pool_size, mode="max"):
    return windows(X, pool_size, mode)[:: pool_size[0], :: pool_size[1]]


@wrong(POOL, "windows-apart")
def torch_default(X, pool_size, mode="max"):
    pool = torch.nn.functional.max_pool2d if mode == "max" else torch.nn.functional.avg_pool2d
    return pool(torch.tensor(X)[None], pool_size)[0].numpy()


@wrong(POOL, "window-swapped")
def width_first(X, pool_size, mode="max"):
    w, h = pool_size
    return windows(X, (h, w), mode)


@wrong(POOL, "output-too-small")
def one_short(X, pool_size, mode="max"):
    p, q = pool_size
    Y = np.zeros((X.shape[0] - p, X.shape[1] - q))
    for i, j in np.ndindex(Y.shape):
        window = X[i : i + p, j : j + q]
        Y[i, j] = window.max() if mode == "max" else window.mean()
    return Y


@wrong(POOL, "last-left-zero")
def stops_early(X, pool_size, mode="max"):
    Y = np.zeros((X.shape[0] - pool_size[0] + 1, X.shape[1] - pool_size[1] + 1))
    for i in range(X.shape[0] - pool_size[0]):
        for j in range(X.shape[1] - pool_size[1]):
            window = X[i : i + pool_size[0], j : j + pool_size[1]]
            Y[i, j] = window.max() if mode == "max" else window.mean()
    return Y


@wrong(POOL, "integer-truncation")
def int_array(X, pool_size, mode="max"):
    Y = np.zeros((X.shape[0] - pool_size[0] + 1, X.shape[1] - pool_size[1] + 1), dtype=int)
    Y[:] = windows(X, pool_size, mode)
    return Y


@wrong(POOL, "hard-coded")
def example(X, pool_size, mode="max"):
    return np.array([[4.0, 5.0], [7.0, 8.0]])


@wrong(POOL, "hard-coded")
def both_examples(X, pool_size, mode="max"):
    return np.array([[2, 3], [5, 6]]) if mode == "avg" else np.array([[4, 5], [7, 8]])


@wrong(POOL, "no-return")
def forgets(X, pool_size, mode="max"):
    windows(X, pool_size, mode)


@wrong(POOL, "changes-input")
def clears_as_it_goes(X, pool_size, mode="max"):
    Y = windows(X, pool_size, mode)
    X[0] = -np.inf
    return Y


@wrong(POOL, TWO_MISTAKES)
def swapped_sum(X, pool_size, mode="max"):
    return of_windows(mean=np.sum)(X, pool_size[::-1], mode)


@wrong(POOL, TWO_MISTAKES)
def smallest_and_short(X, pool_size, mode="max"):
    return of_windows(np.min)(X, pool_size, mode)[:-1, :-1]


@wrong(POOL, UNNAMED)
def of_everything(X, pool_size, mode="max"):
    return of_windows(lambda window: X.max(), lambda window: X.mean())(X, pool_size, mode)


@wrong(POOL, UNNAMED)
def lists(X, pool_size, mode="max"):
    return windows(X, pool_size, mode).tolist()


@wrong(POOL, UNNAMED)
def other_names(X, pool_size, mode="max"):
    if mode == "maximum":
        return windows(X, pool_size)
    if mode == "average":
        return windows(X, pool_size, "avg")
    raise ValueError(mode)
