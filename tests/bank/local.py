"""Answers to `local2d`."""

import numpy as np
import torch
from numpy.lib.stride_tricks import sliding_window_view
from scipy import ndimage, signal

from tests.bank import TWO_MISTAKES, UNNAMED, right, wrong

LOCAL = "local2d"


@right(LOCAL)
def by_definition(X, V, u):
    h, w = X.shape
    d = V.shape[0] // 2
    H = np.zeros((h, w))
    for i in range(h):
        for j in range(w):
            total = u
            for a in range(-d, d + 1):
                for b in range(-d, d + 1):
                    if 0 <= i + a < h and 0 <= j + b < w:
                        total += V[a + d, b + d] * X[i + a, j + b]
            H[i, j] = total
    return H


@right(LOCAL)
def padded_windows(X, V, u):
    d = (len(V) - 1) // 2
    windows = sliding_window_view(np.pad(X, d), V.shape)
    return u + np.einsum("ijab,ab->ij", windows, V)


@right(LOCAL)
def shifted_copies(X, V, u):
    d, (h, w) = len(V) // 2, X.shape
    P = np.zeros((h + 2 * d, w + 2 * d))
    P[d : d + h, d : d + w] = X
    H = np.full(X.shape, u)
    for a, b in np.ndindex(*V.shape):
        H += V[a, b] * P[a : a + h, b : b + w]
    return H


@right(LOCAL)
def in_scipy(X, V, u):
    return signal.correlate2d(X, V, mode="same") + u


@right(LOCAL)
def by_ndimage(X, V, u):
    return ndimage.correlate(X, V, mode="constant", cval=0.0) + u


@right(LOCAL)
def in_torch(X, V, u):
    Y = torch.nn.functional.conv2d(torch.tensor(X)[None, None], torch.tensor(V)[None, None], padding="same")
    return Y.numpy()[0, 0] + u


@right(LOCAL)
def scattered(X, V, u):
    d, (h, w) = len(V) // 2, X.shape
    H = np.full((h + 2 * d, w + 2 * d), float(u))
    for k, m in np.ndindex(h, w):
        H[k : k + len(V), m : m + len(V)] += X[k, m] * V[::-1, ::-1]
    return H[d : d + h, d : d + w]


@right(LOCAL)
def dense(X, V, u):
    d, (h, w) = len(V) // 2, X.shape
    W = np.zeros((h, w, h, w))
    for i, j, k, m in np.ndindex(*W.shape):
        if abs(k - i) <= d and abs(m - j) <= d:
            W[i, j, k, m] = V[k - i + d, m - j + d]
    return u + np.tensordot(W, X)


@wrong(LOCAL, "bias-ignored")
def no_bias(X, V, u):
    return by_definition(X, V, 0)


@wrong(LOCAL, "bias-per-term")
def bias_inside(X, V, u):
    d, P = len(V) // 2, np.pad(X, len(V) // 2)
    H = np.zeros(X.shape)
    for i, j in np.ndindex(*X.shape):
        for a, b in np.ndindex(*V.shape):
            H[i, j] += u + V[a, b] * P[i + a, j + b]
    assert d >= 0
    return H


@wrong(LOCAL, "valid-part")
def not_padded(X, V, u):
    return signal.correlate2d(X, V, mode="valid") + u


@wrong(LOCAL, "border-left-out")
def inside_only(X, V, u):
    d, (h, w) = len(V) // 2, X.shape
    H = np.zeros(X.shape)
    for i in range(d, h - d):
        for j in range(d, w - d):
            H[i, j] = u + (X[i - d : i + d + 1, j - d : j + d + 1] * V).sum()
    return H


@wrong(LOCAL, "border-left-out")
def bias_at_the_border(X, V, u):
    d, (h, w) = len(V) // 2, X.shape
    H = np.zeros(X.shape) + u
    H[d : h - d, d : w - d] += signal.correlate2d(X, V, mode="valid")
    return H


@wrong(LOCAL, "not-centred")
def starts_at_the_pixel(X, V, u):
    (h, w), n = X.shape, len(V)
    H = np.full(X.shape, u)
    for i, j in np.ndindex(h, w):
        for a, b in np.ndindex(n, n):
            if i + a < h and j + b < w:
                H[i, j] += V[a, b] * X[i + a, j + b]
    return H


@wrong(LOCAL, "too-large")
def full(X, V, u):
    return signal.correlate2d(X, V, mode="full") + u


@wrong(LOCAL, "last-offset-missed")
def range_ends_early(X, V, u):
    d, (h, w) = len(V) // 2, X.shape
    H = np.full(X.shape, u)
    for i, j in np.ndindex(h, w):
        for a in range(-d, d):
            for b in range(-d, d):
                if 0 <= i + a < h and 0 <= j + b < w:
                    H[i, j] += V[a + d, b + d] * X[i + a, j + b]
    return H


@wrong(LOCAL, "offset-not-stored")
def negative_places(X, V, u):
    d, P = len(V) // 2, np.pad(X, len(V) // 2)
    H = np.full(X.shape, u)
    for i, j in np.ndindex(*X.shape):
        for a in range(-d, d + 1):
            for b in range(-d, d + 1):
                H[i, j] += V[a, b] * P[i + a + d, j + b + d]
    return H


@wrong(LOCAL, "wraps-around")
def rolled(X, V, u):
    d = len(V) // 2
    return u + sum(V[a + d, b + d] * np.roll(X, (-a, -b), (0, 1)) for a in range(-d, d + 1) for b in range(-d, d + 1))


@wrong(LOCAL, "wraps-around")
def below_zero_is_the_end(X, V, u):
    d = len(V) // 2
    H = np.full(X.shape, u)
    for i, j in np.ndindex(*X.shape):
        for a in range(-d, d + 1):
            for b in range(-d, d + 1):
                try:
                    H[i, j] += V[a + d, b + d] * X[i + a, j + b]
                except IndexError:
                    continue
    return H


@wrong(LOCAL, "edge-padding")
def ndimage_default(X, V, u):
    return ndimage.correlate(X, V) + u


@wrong(LOCAL, "edge-padding")
def nearest(X, V, u):
    return ndimage.correlate(X, V, mode="nearest") + u


@wrong(LOCAL, "flipped-kernel")
def scipy_convolve(X, V, u):
    return signal.convolve2d(X, V, mode="same") + u


@wrong(LOCAL, "transposed-kernel")
def transposed(X, V, u):
    return padded_windows(X, V.T, u)


@wrong(LOCAL, "transposed-output")
def turned(X, V, u):
    return padded_windows(X, V, u).T


@wrong(LOCAL, "neighbours-not-read")
def same_pixel(X, V, u):
    H = np.full(X.shape, u)
    for i, j in np.ndindex(*X.shape):
        for a, b in np.ndindex(*V.shape):
            H[i, j] += V[a, b] * X[i, j]
    return H


@wrong(LOCAL, "mean-for-sum")
def mean(X, V, u):
    return u + (sliding_window_view(np.pad(X, len(V) // 2), V.shape) * V).mean(axis=(2, 3))


@wrong(LOCAL, "integer-truncation")
def ints(X, V, u):
    return by_definition(X, V, u).astype(int)


@wrong(LOCAL, "hard-coded")
def example(X, V, u):
    return by_definition(np.arange(12.0).reshape(3, 4), np.array([[0, 1, 0], [2, 3, 4], [0, 5, 0]]), 10)


@wrong(LOCAL, "changes-input")
def adds_bias_to_x(X, V, u):
    H = padded_windows(X, V, u)
    X += u
    return H


@wrong(LOCAL, TWO_MISTAKES)
def flipped_without_bias(X, V, u):
    return signal.convolve2d(X, V, mode="same")


@wrong(LOCAL, TWO_MISTAKES)
def valid_mean(X, V, u):
    return signal.correlate2d(X, V, mode="valid") / V.size + u


@wrong(LOCAL, UNNAMED)
def out_of_bounds(X, V, u):
    H = np.full(X.shape, u)
    for i, j in np.ndindex(*X.shape):
        for a, b in np.ndindex(*V.shape):
            H[i, j] += V[a, b] * X[i + a, j + b]
    return H


@wrong(LOCAL, UNNAMED)
def bias_alone(X, V, u):
    return np.full(X.shape, u)
