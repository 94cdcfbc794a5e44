"""Answers to `convolve2d`."""

import numpy as np
import torch
from scipy import signal

from tests.bank import TWO_MISTAKES, UNNAMED, right, wrong
from tests.bank.corr2d import two_loops

CONVOLVE2D = "convolve2d"


@right(CONVOLVE2D)
def turned_slices(X, K):
    return two_loops(X, K[::-1, ::-1])


@right(CONVOLVE2D)
def flip_twice(X, K):
    return two_loops(X, np.fliplr(np.flipud(K)))


@right(CONVOLVE2D)
def two_quarter_turns(X, K):
    return two_loops(X, np.rot90(K, 2))


@right(CONVOLVE2D)
def in_scipy(X, K):
    return signal.convolve2d(X, K, mode="valid")


@right(CONVOLVE2D)
def in_torch(X, K):
    kernel = torch.flip(torch.tensor(K), dims=(0, 1))
    return torch.nn.functional.conv2d(torch.tensor(X)[None, None], kernel[None, None]).squeeze((0, 1)).numpy()


@right(CONVOLVE2D)
def by_definition(X, K):
    h, w = K.shape
    Y = np.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))
    for i, j in np.ndindex(*Y.shape):
        for a, b in np.ndindex(h, w):
            Y[i, j] += K[h - 1 - a, w - 1 - b] * X[i + a, j + b]
    return Y


@right(CONVOLVE2D)
def cut_out_of_full(X, K):
    h, w = K.shape
    full = signal.fftconvolve(X, K)
    return full[h - 1 : X.shape[0], w - 1 : X.shape[1]]


@wrong(CONVOLVE2D, "not-flipped")
def correlation(X, K):
    return two_loops(X, K)


@wrong(CONVOLVE2D, "not-flipped")
def flipped_and_back(X, K):
    return two_loops(X, np.rot90(K, 4))


@wrong(CONVOLVE2D, "flipped-rows-only")
def one_flip(X, K):
    return two_loops(X, K[::-1])


@wrong(CONVOLVE2D, "flipped-columns-only")
def other_flip(X, K):
    return two_loops(X, np.fliplr(K))


@wrong(CONVOLVE2D, "transposed-not-turned")
def transpose(X, K):
    return two_loops(X, K.T)


@wrong(CONVOLVE2D, "transposed-kernel")
def turned_and_transposed(X, K):
    return two_loops(X, K.T[::-1, ::-1])


@wrong(CONVOLVE2D, "quarter-turn")
def one_quarter(X, K):
    return two_loops(X, np.rot90(K))


@wrong(CONVOLVE2D, "quarter-turn")
def three_quarters(X, K):
    return two_loops(X, np.rot90(K, 3))


@wrong(CONVOLVE2D, "input-flipped")
def turned_input(X, K):
    return two_loops(X[::-1, ::-1], K)


@wrong(CONVOLVE2D, "output-flipped")
def turned_output(X, K):
    return np.flip(two_loops(X, K))


@wrong(CONVOLVE2D, "output-too-small")
def short(X, K):
    K = K[::-1, ::-1]
    h, w = K.shape
    Y = np.zeros((X.shape[0] - h, X.shape[1] - w))
    for i, j in np.ndindex(*Y.shape):
        Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return Y


@wrong(CONVOLVE2D, "full-output")
def scipy_default(X, K):
    return signal.convolve2d(X, K)


@wrong(CONVOLVE2D, "same-size-output")
def framed(X, K):
    Y = np.zeros(X.shape)
    inner = turned_slices(X, K)
    Y[: inner.shape[0], : inner.shape[1]] = inner
    return Y


@wrong(CONVOLVE2D, "integer-truncation")
def ints(X, K):
    return turned_slices(X, K).astype(np.int64)


@wrong(CONVOLVE2D, "hard-coded")
def example(X, K):
    return np.array([[5, 11], [23, 29]])


@wrong(CONVOLVE2D, "changes-input")
def turns_in_place(X, K):
    Y = turned_slices(X, K)
    K[:] = K[::-1, ::-1].copy()
    return Y


@wrong(CONVOLVE2D, TWO_MISTAKES)
def transposed_and_short(X, K):
    return two_loops(X, K.T)[:-1, :-1]


@wrong(CONVOLVE2D, UNNAMED)
def in_one_dimension(X, K):
    return np.convolve(X.ravel(), K.ravel(), mode="valid")
