"""Answers to `corr2d_full` and `convolve2d_full`."""

import numpy as np
import torch
from scipy import signal

from tests.bank import TWO_MISTAKES, UNNAMED, right, wrong
from tests.bank.corr2d import two_loops

CORR, CONV = "corr2d_full", "convolve2d_full"


def turned(K):
    return K[::-1, ::-1]


@right(CORR)
def padded(X, K):
    h, w = K.shape
    return two_loops(np.pad(X, ((h - 1,) * 2, (w - 1,) * 2)), K)


@right(CORR)
def framed_by_hand(X, K):
    h, w = K.shape
    P = np.zeros((X.shape[0] + 2 * h - 2, X.shape[1] + 2 * w - 2))
    P[h - 1 : h - 1 + X.shape[0], w - 1 : w - 1 + X.shape[1]] = X
    return two_loops(P, K)


@right(CORR)
def scattered(X, K):
    h, w = K.shape
    Y = np.zeros((X.shape[0] + h - 1, X.shape[1] + w - 1))
    for i, j in np.ndindex(*X.shape):
        Y[i : i + h, j : j + w] += X[i, j] * turned(K)
    return Y


@right(CORR)
def in_scipy(X, K):
    return signal.correlate2d(X, K, mode="full")


@right(CORR)
def in_torch(X, K):
    pad = (K.shape[0] - 1, K.shape[1] - 1)
    return torch.nn.functional.conv2d(torch.tensor(X)[None, None], torch.tensor(K)[None, None], padding=pad)[
        0, 0
    ].numpy()


@right(CONV)
def padded_turned(X, K):
    return padded(X, turned(K))


@right(CONV)
def outer_products(X, K):
    Y = np.zeros((X.shape[0] + K.shape[0] - 1, X.shape[1] + K.shape[1] - 1))
    for a, b in np.ndindex(*K.shape):
        Y[a : a + X.shape[0], b : b + X.shape[1]] += K[a, b] * X
    return Y


@right(CONV)
def scipy_default(X, K):
    return signal.convolve2d(X, K)


@right(CONV)
def by_fft(X, K):
    shape = [x + k - 1 for x, k in zip(X.shape, K.shape, strict=True)]
    return np.real(np.fft.ifft2(np.fft.fft2(X, shape) * np.fft.fft2(K, shape)))


@right(CONV)
def transposed_convolution(X, K):
    return torch.nn.functional.conv_transpose2d(torch.tensor(X)[None, None], torch.tensor(K)[None, None])[
        0, 0
    ].numpy()


def slips(exercise, flip, turned_name):
    """The same slips in either function; `flip` is what it does to the kernel."""

    @wrong(exercise, turned_name)
    def other_convention(X, K):
        return padded(X, turned(flip(K)))

    @wrong(exercise, "valid-part")
    def valid(X, K):
        return two_loops(X, flip(K))

    @wrong(exercise, "same-size-output")
    def half(X, K):
        h, w = K.shape
        return two_loops(np.pad(X, ((h // 2, (h - 1) // 2), (w // 2, (w - 1) // 2))), flip(K))

    @wrong(exercise, "same-size-output")
    def half_each_side(X, K):
        h, w = K.shape
        return two_loops(np.pad(X, ((h // 2, h // 2), (w // 2, w // 2))), flip(K))

    @wrong(exercise, "padded-too-far")
    def whole_kernel(X, K):
        h, w = K.shape
        return two_loops(np.pad(X, ((h, h), (w, w))), flip(K))

    @wrong(exercise, "padded-on-one-side")
    def on_top(X, K):
        h, w = K.shape
        return two_loops(np.pad(X, ((2 * (h - 1), 0), (2 * (w - 1), 0))), flip(K))

    @wrong(exercise, "padded-on-one-side")
    def below(X, K):
        h, w = K.shape
        return two_loops(np.pad(X, ((0, 2 * (h - 1)), (0, 2 * (w - 1)))), flip(K))

    @wrong(exercise, "padded-on-one-side")
    def once_on_top(X, K):
        h, w = K.shape
        return two_loops(np.pad(X, ((h - 1, 0), (w - 1, 0))), flip(K))

    @wrong(exercise, "padding-swapped")
    def swapped(X, K):
        w, h = K.shape
        return two_loops(np.pad(X, ((h - 1, h - 1), (w - 1, w - 1))), flip(K))

    @wrong(exercise, "edge-padding")
    def repeated(X, K):
        h, w = K.shape
        return two_loops(np.pad(X, ((h - 1, h - 1), (w - 1, w - 1)), mode="edge"), flip(K))

    @wrong(exercise, "transposed-kernel")
    def transposed(X, K):
        return padded(X, flip(K.T))

    @wrong(exercise, "output-turned")
    def turned_output(X, K):
        return turned(padded(X, flip(K)))

    @wrong(exercise, "output-too-small")
    def short(X, K):
        return padded(X, flip(K))[:-1, :-1]

    @wrong(exercise, "integer-truncation")
    def ints(X, K):
        return padded(X, flip(K)).astype(int)

    @wrong(exercise, "changes-input")
    def clears_input(X, K):
        Y = padded(X, flip(K))
        X[:] = 0
        return Y

    @wrong(exercise, TWO_MISTAKES)
    def turned_and_repeated(X, K):
        h, w = K.shape
        return two_loops(np.pad(X, ((h - 1, h - 1), (w - 1, w - 1)), mode="edge"), turned(flip(K)))

    @wrong(exercise, UNNAMED)
    def pads_a_constant(X, K):
        h, w = K.shape
        return two_loops(np.pad(X, ((h - 1, h - 1), (w - 1, w - 1)), constant_values=1), flip(K))


slips(CORR, lambda K: K, "flipped-kernel")
slips(CONV, turned, "not-flipped")
