"""Answers to `corr2d_multi_in`."""

import numpy as np
import torch
from numpy.lib.stride_tricks import sliding_window_view
from scipy import signal

from tests.bank import TWO_MISTAKES, UNNAMED, right, wrong
from tests.bank.corr2d import two_loops

MULTI_IN = "corr2d_multi_in"


def suits(X, K):
    if len(X) != len(K):
        raise ValueError("the kernel has another number of channels than the input")


@right(MULTI_IN)
def zipped(X, K):
    if X.shape[0] != K.shape[0]:
        raise ValueError(f"{X.shape[0]} channels, but the kernel has {K.shape[0]}")
    return sum(two_loops(x, k) for x, k in zip(X, K, strict=True))


@right(MULTI_IN)
def strict_zip_alone(X, K):
    return sum(two_loops(x, k) for x, k in zip(X, K, strict=True))


@right(MULTI_IN)
def loop_over_channels(X, K):
    suits(X, K)
    Y = np.zeros((X.shape[1] - K.shape[1] + 1, X.shape[2] - K.shape[2] + 1))
    for c in range(X.shape[0]):
        Y += two_loops(X[c], K[c])
    return Y


@right(MULTI_IN)
def one_window_of_all_channels(X, K):
    c, h, w = K.shape
    if X.shape[0] != c:
        raise ValueError
    Y = np.zeros((X.shape[1] - h + 1, X.shape[2] - w + 1))
    for i, j in np.ndindex(*Y.shape):
        Y[i, j] = (X[:, i : i + h, j : j + w] * K).sum()
    return Y


@right(MULTI_IN)
def einsum(X, K):
    suits(X, K)
    return np.einsum("cijab,cab->ij", sliding_window_view(X, K.shape[1:], axis=(1, 2)), K)


@right(MULTI_IN)
def tensordot(X, K):
    return np.tensordot(sliding_window_view(X, K.shape[1:], axis=(1, 2)), K, axes=((0, 3, 4), (0, 1, 2)))


@right(MULTI_IN)
def in_torch(X, K):
    try:
        return torch.nn.functional.conv2d(torch.tensor(X)[None], torch.tensor(K)[None])[0, 0].numpy()
    except RuntimeError as problem:
        raise ValueError(str(problem)) from problem


@right(MULTI_IN)
def scipy_in_three_dimensions(X, K):
    suits(X, K)
    return signal.correlate(X, K, mode="valid")[0]


@wrong(MULTI_IN, "channel-mean")
def mean(X, K):
    suits(X, K)
    return np.mean([two_loops(x, k) for x, k in zip(X, K, strict=True)], axis=0)


@wrong(MULTI_IN, "channel-mean")
def divided_and_unchecked(X, K):
    Y = 0
    for c in range(len(X)):
        Y = Y + two_loops(X[c], K[c])
    return Y / len(X)


@wrong(MULTI_IN, "first-channel-only")
def returns_in_the_loop(X, K):
    suits(X, K)
    for x, k in zip(X, K, strict=True):
        return two_loops(x, k)


@wrong(MULTI_IN, "last-channel-only")
def overwrites(X, K):
    for x, k in zip(X, K, strict=False):
        Y = two_loops(x, k)
    return Y


@wrong(MULTI_IN, "channels-not-summed")
def one_table_a_channel(X, K):
    suits(X, K)
    return np.array([two_loops(X[c], K[c]) for c in range(len(K))])


@wrong(MULTI_IN, "axis-kept")
def keepdims(X, K):
    suits(X, K)
    return np.sum([two_loops(x, k) for x, k in zip(X, K, strict=True)], axis=0, keepdims=True)


@wrong(MULTI_IN, "axis-kept")
def torch_axes(X, K):
    return torch.nn.functional.conv2d(torch.tensor(X)[None], torch.tensor(K)[None]).numpy()


@wrong(MULTI_IN, "channels-multiplied")
def times(X, K):
    suits(X, K)
    Y = 1
    for x, k in zip(X, K, strict=True):
        Y *= two_loops(x, k)
    return Y


@wrong(MULTI_IN, "summed-before")
def sums_first(X, K):
    suits(X, K)
    return two_loops(X.sum(0), K.sum(0))


@wrong(MULTI_IN, "summed-before")
def every_pair(X, K):
    suits(X, K)
    return sum(two_loops(x, k) for x in X for k in K)


@wrong(MULTI_IN, "one-kernel-for-all")
def always_the_first(X, K):
    suits(X, K)
    return sum(two_loops(x, K[0]) for x in X)


@wrong(MULTI_IN, "flipped-kernel")
def convolves(X, K):
    suits(X, K)
    return sum(signal.convolve2d(x, k, mode="valid") for x, k in zip(X, K, strict=True))


@wrong(MULTI_IN, "flipped-kernel")
def convolves_channels_too(X, K):
    suits(X, K)
    return signal.convolve(X, K, mode="valid")[0]


@wrong(MULTI_IN, "channels-reversed")
def from_the_end(X, K):
    suits(X, K)
    return sum(two_loops(X[c], K[-1 - c]) for c in range(len(X)))


@wrong(MULTI_IN, "transposed-kernel")
def each_transposed(X, K):
    suits(X, K)
    return sum(two_loops(x, k.T) for x, k in zip(X, K, strict=True))


@wrong(MULTI_IN, "transposed-output")
def turned(X, K):
    return zipped(X, K).T


@wrong(MULTI_IN, "sizes-swapped")
def width_before_height(X, K):
    c, w, h = X.shape
    d, kw, kh = K.shape
    if c != d:
        raise ValueError("channels")
    Y = np.zeros((h - kh + 1, w - kw + 1))
    for i in range(h - kh + 1):
        for j in range(w - kw + 1):
            Y[i, j] = np.sum(X[:, i : i + kh, j : j + kw] * K)
    return Y


@wrong(MULTI_IN, "output-too-small")
def one_short(X, K):
    suits(X, K)
    Y = np.zeros((X.shape[1] - K.shape[1], X.shape[2] - K.shape[2]))
    for i, j in np.ndindex(*Y.shape):
        Y[i, j] = (X[:, i : i + K.shape[1], j : j + K.shape[2]] * K).sum()
    return Y


@wrong(MULTI_IN, "integer-truncation")
def whole(X, K):
    suits(X, K)
    Y = np.zeros((X.shape[1] - K.shape[1] + 1, X.shape[2] - K.shape[2] + 1), int)
    for i, j in np.ndindex(*Y.shape):
        Y[i, j] = (X[:, i : i + K.shape[1], j : j + K.shape[2]] * K).sum()
    return Y


@wrong(MULTI_IN, "hard-coded")
def example(X, K):
    return np.array([[56.0, 72.0], [104.0, 120.0]])


@wrong(MULTI_IN, "one-channel-stretched")
def broadcasts(X, K):
    h, w = K.shape[1:]
    Y = np.zeros((X.shape[1] - h + 1, X.shape[2] - w + 1))
    for i, j in np.ndindex(*Y.shape):
        Y[i, j] = (X[:, i : i + h, j : j + w] * K).sum()
    return Y


@wrong(MULTI_IN, "one-channel-stretched")
def einsum_unchecked(X, K):
    return np.einsum("cijab,cab->ij", sliding_window_view(X, K.shape[1:], axis=(1, 2)), K)


@wrong(MULTI_IN, "channels-not-compared")
def zip_stops(X, K):
    return sum(two_loops(x, k) for x, k in zip(X, K))  # noqa: B905


@wrong(MULTI_IN, "channels-not-compared")
def over_the_input(X, K):
    return sum(two_loops(X[c], K[c]) for c in range(len(X)))


@wrong(MULTI_IN, "channels-not-compared")
def fewer_are_refused(X, K):
    if len(K) < len(X):
        raise ValueError("too few")
    return sum(two_loops(X[c], K[c]) for c in range(len(X)))


@wrong(MULTI_IN, "other-exception")
def asserts(X, K):
    assert len(X) == len(K), "channels"
    return sum(two_loops(x, k) for x, k in zip(X, K, strict=True))


@wrong(MULTI_IN, "other-exception")
def as_torch_does(X, K):
    return torch.nn.functional.conv2d(torch.tensor(X)[None], torch.tensor(K)[None])[0, 0].numpy()


@wrong(MULTI_IN, "returned-not-raised")
def returns_the_error(X, K):
    if X.shape[0] != K.shape[0]:
        return ValueError("channels differ")
    return einsum(X, K)


@right(MULTI_IN)
def of_a_kind_of_its_own(X, K):
    class ChannelError(ValueError):
        pass

    if X.shape[0] != K.shape[0]:
        raise ChannelError("channels differ")
    return einsum(X, K)


@wrong(MULTI_IN, "prints-not-returns")
def prints(X, K):
    suits(X, K)
    print(zipped(X, K))


@wrong(MULTI_IN, "changes-input")
def adds_into_the_first(X, K):
    Y = zipped(X, K)
    X[0] += X[-1]
    return Y


@wrong(MULTI_IN, TWO_MISTAKES)
def mean_and_flipped(X, K):
    suits(X, K)
    return np.mean([two_loops(x, k[::-1, ::-1]) for x, k in zip(X, K, strict=True)], axis=0)


@wrong(MULTI_IN, TWO_MISTAKES)
def first_transposed(X, K):
    return two_loops(X[0], K[0].T)


@wrong(MULTI_IN, UNNAMED)
def refuses_everything(X, K):
    raise ValueError("no")


@wrong(MULTI_IN, UNNAMED)
def returns_an_error(X, K):
    if len(X) != len(K):
        return ValueError("channels")
    return sum(two_loops(x, k) for x, k in zip(X, K, strict=True)) + 1


@wrong(MULTI_IN, UNNAMED)
def two_channels_only(X, K):
    suits(X, K)
    return two_loops(X[0], K[0]) + two_loops(X[1], K[1])
