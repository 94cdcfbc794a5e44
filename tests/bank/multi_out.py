"""Answers to `corr2d_multi_in_out`."""

import numpy as np
import torch
from numpy.lib.stride_tricks import sliding_window_view

from tests.bank import TWO_MISTAKES, UNNAMED, right, wrong
from tests.bank.corr2d import two_loops
from tests.bank.multi_in import zipped

OUT = "corr2d_multi_in_out"


def suits(X, K):
    if X.shape[0] != K.shape[1]:
        raise ValueError("channels")


@right(OUT)
def stacked(X, K):
    return np.stack([zipped(X, k) for k in K])


@right(OUT)
def filled(X, K):
    co, ci, kh, kw = K.shape
    if ci != X.shape[0]:
        raise ValueError("wrong number of input channels")
    Y = np.zeros((co, X.shape[1] - kh + 1, X.shape[2] - kw + 1))
    for o in range(co):
        for c in range(ci):
            Y[o] += two_loops(X[c], K[o, c])
    return Y


@right(OUT)
def einsum(X, K):
    suits(X, K)
    return np.einsum("cijab,ocab->oij", sliding_window_view(X, K.shape[2:], axis=(1, 2)), K)


@right(OUT)
def by_columns(X, K):
    suits(X, K)
    windows = sliding_window_view(X, K.shape[2:], axis=(1, 2))
    _, oh, ow, _, _ = windows.shape
    columns = windows.transpose(0, 3, 4, 1, 2).reshape(-1, oh * ow)
    return (K.reshape(len(K), -1) @ columns).reshape(len(K), oh, ow)


@right(OUT)
def in_torch(X, K):
    suits(X, K)
    print("shapes", X.shape, K.shape)
    return torch.nn.functional.conv2d(torch.from_numpy(X)[None], torch.from_numpy(K)).squeeze(0).numpy()


@right(OUT)
def in_float32(X, K):
    return np.array([zipped(X.astype("float32"), k.astype("float32")) for k in K], dtype="float32")


@wrong(OUT, "channel-mean")
def mean(X, K):
    suits(X, K)
    return np.array([np.mean([two_loops(x, k) for x, k in zip(X, f, strict=True)], axis=0) for f in K])


@wrong(OUT, "first-channel-only")
def first(X, K):
    suits(X, K)
    return np.array([two_loops(X[0], f[0]) for f in K])


@wrong(OUT, "last-channel-only")
def overwrites(X, K):
    suits(X, K)
    Y = np.zeros((len(K), X.shape[1] - K.shape[2] + 1, X.shape[2] - K.shape[3] + 1))
    for o in range(len(K)):
        for c in range(len(X)):
            Y[o] = two_loops(X[c], K[o, c])
    return Y


@wrong(OUT, "channels-not-summed")
def every_pair(X, K):
    suits(X, K)
    return np.array([[two_loops(X[c], K[o, c]) for c in range(len(X))] for o in range(len(K))])


@wrong(OUT, "channels-not-summed")
def pairs_in_a_list(X, K):
    tables = []
    for f in K:
        for x, k in zip(X, f):  # noqa: B905
            tables.append(two_loops(x, k))
    return np.stack(tables)


@wrong(OUT, "outputs-summed")
def all_summed(X, K):
    return sum(zipped(X, k) for k in K)


@wrong(OUT, "in-and-out-swapped")
def second_axis(X, K):
    return np.stack([zipped(X, K[:, o]) for o in range(K.shape[1])])


@wrong(OUT, "in-and-out-swapped")
def over_second_axis_unchecked(X, K):
    return np.stack([sum(two_loops(x, k) for x, k in zip(X, K[:, o])) for o in range(K.shape[1])])  # noqa: B905


@wrong(OUT, "one-filter-for-all")
def forgets_the_index(X, K):
    return np.stack([zipped(X, K[0]) for _ in range(len(K))])


@wrong(OUT, "one-output-only")
def returns_in_the_loop(X, K):
    for kernel in K:
        return zipped(X, kernel)


@wrong(OUT, "one-output-only")
def last_of_them(X, K):
    for kernel in K:
        Y = zipped(X, kernel)
    return Y


@wrong(OUT, "accumulated")
def never_reset(X, K):
    Y, total = [], 0
    for kernel in K:
        total = total + zipped(X, kernel)
        Y.append(total)
    return np.array(Y)


@wrong(OUT, "channels-last")
def depth(X, K):
    return np.dstack([zipped(X, kernel) for kernel in K])


@wrong(OUT, "joined-end-to-end")
def vertically(X, K):
    return np.vstack([zipped(X, kernel) for kernel in K])


@wrong(OUT, "joined-end-to-end")
def horizontally(X, K):
    return np.hstack([zipped(X, kernel) for kernel in K])


@wrong(OUT, "extra-axis")
def keeps_the_batch(X, K):
    suits(X, K)
    return torch.nn.functional.conv2d(torch.from_numpy(X)[None], torch.from_numpy(K)).numpy()


@wrong(OUT, "flipped-kernel")
def flipped(X, K):
    return np.stack([zipped(X, k[:, ::-1, ::-1]) for k in K])


@wrong(OUT, "transposed-kernel")
def transposed(X, K):
    suits(X, K)
    return np.stack([sum(two_loops(x, k.T) for x, k in zip(X, f, strict=True)) for f in K])


@wrong(OUT, "transposed-output")
def turned(X, K):
    return np.stack([zipped(X, kernel).T for kernel in K])


@wrong(OUT, "output-too-small")
def short(X, K):
    suits(X, K)
    Y = np.zeros((len(K), X.shape[1] - K.shape[2], X.shape[2] - K.shape[3]))
    for o, i, j in np.ndindex(*Y.shape):
        Y[o, i, j] = (X[:, i : i + K.shape[2], j : j + K.shape[3]] * K[o]).sum()
    return Y


@wrong(OUT, "integer-truncation")
def ints(X, K):
    Y = np.empty((len(K), X.shape[1] - K.shape[2] + 1, X.shape[2] - K.shape[3] + 1), dtype=np.int32)
    for o, kernel in enumerate(K):
        Y[o] = zipped(X, kernel)
    return Y


@wrong(OUT, "hard-coded")
def example(X, K):
    return np.array([[[56, 72], [104, 120]], [[76, 100], [148, 172]], [[96, 128], [192, 224]]])


@wrong(OUT, "one-channel-stretched")
def einsum_unchecked(X, K):
    return np.einsum("cijab,ocab->oij", sliding_window_view(X, K.shape[2:], axis=(1, 2)), K)


@wrong(OUT, "one-channel-stretched")
def broadcasts(X, K):
    windows = sliding_window_view(X, K.shape[2:], axis=(1, 2))
    return (windows[None] * K[:, :, None, None]).sum(axis=(1, 4, 5))


@wrong(OUT, "channels-not-compared")
def over_the_input(X, K):
    return np.stack([sum(two_loops(X[c], f[c]) for c in range(len(X))) for f in K])


@wrong(OUT, "channels-not-compared")
def compares_the_filters(X, K):
    if len(K) == 1 and len(X) != K.shape[1]:
        raise ValueError("channels")
    return np.stack([sum(two_loops(x, k) for x, k in zip(X, f)) for f in K])  # noqa: B905


@wrong(OUT, "other-exception")
def type_error(X, K):
    if X.shape[0] != K.shape[1]:
        raise TypeError("channels")
    return einsum(X, K)


@wrong(OUT, "returned-not-raised")
def returns_the_error(X, K):
    return ValueError("channels") if X.shape[0] != K.shape[1] else einsum(X, K)


@wrong(OUT, "no-return")
def no_return(X, K):
    suits(X, K)
    np.stack([zipped(X, k) for k in K])


@wrong(OUT, TWO_MISTAKES)
def flipped_and_accumulated(X, K):
    return np.cumsum(flipped(X, K), axis=0)


@wrong(OUT, TWO_MISTAKES)
def mean_channels_last(X, K):
    return np.moveaxis(mean(X, K), 0, 2)


@wrong(OUT, UNNAMED)
def a_list(X, K):
    return [zipped(X, k) for k in K]


@wrong(OUT, UNNAMED)
def refuses_unless_square(X, K):
    if K.shape[0] != len(X):
        raise ValueError("channels")
    return stacked(X, K)
