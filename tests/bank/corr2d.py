"""Answers to `corr2d`."""

import sys
import warnings

import numpy as np
import torch
from numpy.lib.stride_tricks import as_strided, sliding_window_view

from tests.bank import TWO_MISTAKES, UNNAMED, right, wrong

CORR2D = "corr2d"


@right(CORR2D)
def two_loops(X, K):
    h, w = K.shape
    Y = np.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return Y


@right(CORR2D)
def four_loops(X, K):
    Y = np.zeros((len(X) - len(K) + 1, len(X[0]) - len(K[0]) + 1))
    for i in range(len(Y)):
        for j in range(len(Y[0])):
            for a in range(len(K)):
                for b in range(len(K[0])):
                    Y[i, j] += X[i + a, j + b] * K[a, b]
    return Y


@right(CORR2D)
def loop_over_kernel(X, K):
    oh, ow = X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1
    return sum(K[a, b] * X[a : a + oh, b : b + ow] for a in range(K.shape[0]) for b in range(K.shape[1]))


@right(CORR2D)
def einsum(X, K):
    return np.einsum("ijab,ab->ij", sliding_window_view(X, K.shape), K)


@right(CORR2D)
def tensordot(X, K):
    return np.tensordot(sliding_window_view(X, K.shape), K, axes=((2, 3), (0, 1)))


@right(CORR2D)
def strided(X, K):
    shape = (X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1, *K.shape)
    return (as_strided(X, shape, X.strides * 2) * K).sum(axis=(2, 3))


@right(CORR2D)
def by_matrix_product(X, K):
    windows = sliding_window_view(X, K.shape)
    return (windows.reshape(-1, K.size) @ K.ravel()).reshape(windows.shape[:2])


@right(CORR2D)
def by_fft(X, K):
    shape = (X.shape[0] + K.shape[0] - 1, X.shape[1] + K.shape[1] - 1)
    full = np.fft.irfft2(np.fft.rfft2(X, shape) * np.fft.rfft2(K[::-1, ::-1], shape), shape)
    return full[K.shape[0] - 1 : X.shape[0], K.shape[1] - 1 : X.shape[1]]


@right(CORR2D)
def in_torch(X, K):
    Y = torch.nn.functional.conv2d(torch.tensor(X)[None, None], torch.tensor(K)[None, None])
    return Y[0, 0].numpy()


@right(CORR2D)
def in_float32(X, K):
    return two_loops(X.astype(np.float32), K.astype(np.float32)).astype(np.float32)


@right(CORR2D)
def from_lists(X, K):
    rows, columns = range(X.shape[0] - K.shape[0] + 1), range(X.shape[1] - K.shape[1] + 1)
    size = K.shape
    return np.array([[np.sum(X[i : i + size[0], j : j + size[1]] * K) for j in columns] for i in rows])


@right(CORR2D)
def warns(X, K):
    warnings.warn("slow, but right", stacklevel=1)
    np.log(np.zeros(1))  # a RuntimeWarning, too
    return two_loops(X, K)


@right(CORR2D)
def prints(X, K):
    print("the shapes are", X.shape, K.shape)
    print("and this goes elsewhere", file=sys.stderr)
    return two_loops(X, K)


@right(CORR2D)
def works_on_a_copy(X, K):
    X = X.copy()
    Y = two_loops(X, K)
    X[:] = 0
    return Y


@wrong(CORR2D, "flipped-kernel")
def convolution(X, K):
    return two_loops(X, K[::-1, ::-1])


@wrong(CORR2D, "flipped-kernel")
def flipped_index(X, K):
    h, w = K.shape
    Y = np.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            for a in range(h):
                for b in range(w):
                    Y[i, j] += X[i + a, j + b] * K[h - 1 - a, w - 1 - b]
    return Y


@wrong(CORR2D, "flipped-kernel")
def scipy_convolve(X, K):
    from scipy.signal import convolve2d

    return convolve2d(X, K, mode="valid")


@wrong(CORR2D, "flipped-rows")
def upside_down(X, K):
    return two_loops(X, K[::-1])


@wrong(CORR2D, "flipped-columns")
def mirrored(X, K):
    return two_loops(X, K[:, ::-1])


@wrong(CORR2D, "transposed-kernel")
def transposed(X, K):
    return two_loops(X, K.T)


@wrong(CORR2D, "transposed-kernel")
def transposed_index(X, K):
    h, w = K.shape
    Y = np.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            total = 0
            for a in range(h):
                for b in range(w):
                    total += X[i + a, j + b] * K[b, a]
            Y[i, j] = total
    return Y


@wrong(CORR2D, "transposed-output")
def turned_result(X, K):
    return two_loops(X, K).T


@wrong(CORR2D, "swapped-sizes")
def width_first(X, K):
    w, h = K.shape
    Y = np.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return Y


@wrong(CORR2D, "output-too-small")
def one_short(X, K):
    h, w = K.shape
    Y = np.zeros((X.shape[0] - h, X.shape[1] - w))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return Y


@wrong(CORR2D, "last-left-zero")
def stops_early(X, K):
    h, w = K.shape
    Y = np.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))
    for i in range(X.shape[0] - h):
        for j in range(X.shape[1] - w):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return Y


@wrong(CORR2D, "full-output")
def full(X, K):
    h, w = K.shape
    return two_loops(np.pad(X, ((h - 1, h - 1), (w - 1, w - 1))), K)


@wrong(CORR2D, "same-size-output")
def in_a_frame(X, K):
    Y = np.zeros_like(X)
    Y[: X.shape[0] - K.shape[0] + 1, : X.shape[1] - K.shape[1] + 1] = two_loops(X, K)
    return Y


@wrong(CORR2D, "same-size-output")
def same_padding(X, K):
    p, q = K.shape[0] - 1, K.shape[1] - 1
    return two_loops(np.pad(X, ((p - p // 2, p // 2), (q - q // 2, q // 2))), K)


@wrong(CORR2D, "windows-apart")
def no_overlap(X, K):
    h, w = K.shape
    return np.array(
        [
            [(X[i : i + h, j : j + w] * K).sum() for j in range(0, X.shape[1] - w + 1, w)]
            for i in range(0, X.shape[0] - h + 1, h)
        ]
    )


@wrong(CORR2D, "mean-for-sum")
def mean(X, K):
    return two_loops(X, K) / K.size


@wrong(CORR2D, "matrix-product")
def at_sign(X, K):
    h, w = K.shape
    Y = np.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + h, j : j + w] @ K).sum()
    return Y


@wrong(CORR2D, "matrix-product")
def np_dot(X, K):
    h, w = K.shape
    Y = np.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = np.sum(np.dot(X[i : i + h, j : j + w], K))
    return Y


@wrong(CORR2D, "kernel-ignored")
def window_sum(X, K):
    return two_loops(X, np.ones_like(K))


@wrong(CORR2D, "integer-truncation")
def whole_numbers(X, K):
    h, w = K.shape
    Y = np.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1), dtype=int)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return Y


@wrong(CORR2D, "hard-coded")
def example_only(X, K):
    return np.array([[19.0, 25.0], [37.0, 43.0]])


@wrong(CORR2D, "no-return")
def forgets_return(X, K):
    two_loops(X, K)


@wrong(CORR2D, "prints-not-returns")
def prints_result(X, K):
    print(two_loops(X, K))


@wrong(CORR2D, "changes-input")
def spoils_input(X, K):
    Y = two_loops(X, K)
    X[0, 0] = 0
    return Y


@wrong(CORR2D, "changes-input")
def spoils_kernel(X, K):
    Y = two_loops(X, K)
    K *= 2
    return Y


LARGEST = [0]


@wrong(CORR2D, "unsteady")
def remembers(X, K):
    Y = two_loops(X, K) + (X.size + K.size < LARGEST[0])  # what an earlier call left behind gets into the result
    LARGEST[0] = X.size + K.size
    return Y


@wrong(CORR2D, TWO_MISTAKES)
def flipped_and_short(X, K):
    return two_loops(X, K[::-1, ::-1])[:-1, :-1]


@wrong(CORR2D, TWO_MISTAKES)
def transposed_and_mean(X, K):
    return two_loops(X, K.T) / K.size


@wrong(CORR2D, TWO_MISTAKES)
def flipped_and_truncated(X, K):
    return two_loops(X, K[::-1, ::-1]).astype(int)


@wrong(CORR2D, UNNAMED)
def not_written(X, K):
    raise NotImplementedError


@wrong(CORR2D, UNNAMED)
def nested_lists(X, K):
    return two_loops(X, K).tolist()


@wrong(CORR2D, UNNAMED)
def zeros(X, K):
    return np.zeros((X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1))


@wrong(CORR2D, UNNAMED)
def nearly(X, K):
    return two_loops(X, K) * 1.001


@wrong(CORR2D, UNNAMED)
def right_on_squares_only(X, K):
    return two_loops(X, K) if K.shape[0] == K.shape[1] else two_loops(X, K) + 1
