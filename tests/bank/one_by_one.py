"""Answers to `corr2d_1x1`."""

import numpy as np
import torch

from tests.bank import TWO_MISTAKES, UNNAMED, right, wrong

ONE = "corr2d_1x1"


def suits(X, K):
    if X.shape[0] != K.shape[1]:
        raise ValueError("channels")


@right(ONE)
def matrix_product(X, K):
    ci, h, w = X.shape
    co = K.shape[0]
    if K.shape[1] != ci:
        raise ValueError("channels")
    return (K.reshape(co, ci) @ X.reshape(ci, h * w)).reshape(co, h, w)


@right(ONE)
def einsum(X, K):
    suits(X, K)
    return np.einsum("oc,cij->oij", K[:, :, 0, 0], X)


@right(ONE)
def tensordot(X, K):
    return np.tensordot(K[:, :, 0, 0], X, axes=1)


@right(ONE)
def pixels_as_rows(X, K):
    suits(X, K)
    ci, h, w = X.shape
    pixels = X.transpose(1, 2, 0).reshape(h * w, ci)
    return (pixels @ K[:, :, 0, 0].T).T.reshape(-1, h, w)


@right(ONE)
def pixel_by_pixel(X, K):
    suits(X, K)
    Y = np.zeros((len(K), *X.shape[1:]))
    for i, j in np.ndindex(*X.shape[1:]):
        Y[:, i, j] = np.dot(K[:, :, 0, 0], X[:, i, j])
    return Y


@right(ONE)
def in_torch(X, K):
    suits(X, K)
    return torch.nn.functional.conv2d(torch.tensor(X)[None], torch.tensor(K)).numpy()[0]


@right(ONE)
def squeezed(X, K):
    K = K.squeeze(axis=(2, 3))
    return (K @ X.reshape(X.shape[0], -1)).reshape(K.shape[0], X.shape[1], X.shape[2])


@wrong(ONE, "input-reshaped-wrong")
def rows_of_channels(X, K):
    suits(X, K)
    ci, h, w = X.shape
    return (X.reshape(h * w, ci) @ K.reshape(-1, ci).T).T.reshape(-1, h, w)


@wrong(ONE, "input-reshaped-wrong")
def reshaped_both_ways(X, K):
    ci, h, w = X.shape
    return (X.reshape(-1, ci) @ K[:, :, 0, 0].T).reshape(len(K), h, w)


@wrong(ONE, "reshaped-for-transposed")
def result_reshaped(X, K):
    suits(X, K)
    ci, h, w = X.shape
    return (X.reshape(ci, -1).T @ K.reshape(-1, ci).T).reshape(len(K), h, w)


@wrong(ONE, "reshaped-for-transposed")
def kernel_reshaped(X, K):
    suits(X, K)
    (co, ci), (h, w) = K.shape[:2], X.shape[1:]
    return (X.reshape(ci, h * w).T @ K.reshape(ci, co)).T.reshape(co, h, w)


@wrong(ONE, "channel-mean")
def mean(X, K):
    suits(X, K)
    return (K[:, :, :, 0, None] * X).mean(axis=1)


@wrong(ONE, "channel-mean")
def divided(X, K):
    return np.tensordot(K[:, :, 0, 0], X, axes=1) / len(X)


@wrong(ONE, "first-channel-only")
def first(X, K):
    suits(X, K)
    return np.array([k[0, 0, 0] * X[0] for k in K])


@wrong(ONE, "last-channel-only")
def overwrites(X, K):
    suits(X, K)
    Y = np.zeros((len(K), *X.shape[1:]))
    for o, c in np.ndindex(*K.shape[:2]):
        Y[o] = K[o, c, 0, 0] * X[c]
    return Y


@wrong(ONE, "channels-not-summed")
def scaled(X, K):
    return K * X


@wrong(ONE, "outputs-summed")
def summed(X, K):
    suits(X, K)
    return np.einsum("oc,cij->ij", K[:, :, 0, 0], X)


@wrong(ONE, "in-and-out-swapped")
def transposed_matrix(X, K):
    ci = K.shape[1]
    return (K[:, :, 0, 0].T @ X.reshape(X.shape[0], -1)).reshape(ci, *X.shape[1:])


@wrong(ONE, "still-flat")
def flat(X, K):
    return K[:, :, 0, 0] @ X.reshape(len(X), -1)


@wrong(ONE, "channels-last")
def depth_last(X, K):
    suits(X, K)
    return np.einsum("oc,cij->ijo", K[:, :, 0, 0], X)


@wrong(ONE, "sizes-swapped")
def width_first(X, K):
    c, w, h = X.shape
    return (K[:, :, 0, 0] @ X.reshape(c, -1)).reshape(-1, h, w)


@wrong(ONE, "sizes-swapped")
def transposed_tables(X, K):
    suits(X, K)
    return np.einsum("oc,cij->oji", K[:, :, 0, 0], X)


@wrong(ONE, "extra-axis")
def with_batch(X, K):
    suits(X, K)
    return torch.nn.functional.conv2d(torch.tensor(X)[None], torch.tensor(K)).numpy()


@wrong(ONE, "integer-truncation")
def ints(X, K):
    return matrix_product(X, K).astype(int)


@wrong(ONE, "one-channel-stretched")
def einsum_unchecked(X, K):
    return np.einsum("ocab,cij->oij", K, X)


@wrong(ONE, "one-channel-stretched")
def broadcasts(X, K):
    return (K * X[None]).sum(axis=1)


@wrong(ONE, "channels-not-compared")
def kernel_by_the_input(X, K):
    ci, h, w = X.shape
    return (K.reshape(-1, ci) @ X.reshape(ci, -1)).reshape(-1, h, w)


@wrong(ONE, "channels-not-compared")
def input_by_the_kernel(X, K):
    co, ci = K.shape[:2]
    return (K.reshape(co, ci) @ X.reshape(ci, -1)).reshape(-1, *X.shape[1:])


@wrong(ONE, "other-exception")
def asserts(X, K):
    assert X.shape[0] == K.shape[1]
    return matrix_product(X, K)


@wrong(ONE, "returned-not-raised")
def returns_the_error(X, K):
    return matrix_product(X, K) if X.shape[0] == K.shape[1] else ValueError("channels differ")


@wrong(ONE, "changes-input")
def in_place(X, K):
    Y = matrix_product(X, K)
    X *= 0
    return Y


@wrong(ONE, TWO_MISTAKES)
def mean_and_flat(X, K):
    return K[:, :, 0, 0] @ X.reshape(len(X), -1) / len(X)


@wrong(ONE, UNNAMED)
def squeezed_too_far(X, K):
    suits(X, K)
    return np.squeeze(K) @ X.reshape(len(X), -1)


@wrong(ONE, UNNAMED)
def a_matrix(X, K):
    return np.matrix(K[:, :, 0, 0]) * np.matrix(X.reshape(len(X), -1))
