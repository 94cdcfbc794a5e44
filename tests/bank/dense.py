"""Answers to `dense2d`."""

import numpy as np
import torch

from tests.bank import TWO_MISTAKES, UNNAMED, right, wrong

DENSE = "dense2d"


@right(DENSE)
def four_loops(X, W, U):
    h, w = X.shape
    H = np.zeros((h, w))
    for i in range(h):
        for j in range(w):
            H[i, j] = U[i, j]
            for k in range(h):
                for l in range(w):  # noqa: E741
                    H[i, j] += W[i, j, k, l] * X[k, l]
    return H


@right(DENSE)
def two_loops(X, W, U):
    H = U.copy()
    for i, j in np.ndindex(*X.shape):
        H[i, j] += (W[i, j] * X).sum()
    return H


@right(DENSE)
def by_einsum(X, W, U):
    return U + np.einsum("ijkl,kl->ij", W, X)


@right(DENSE)
def by_broadcasting(X, W, U):
    return (W * X).sum(axis=(2, 3)) + U


@right(DENSE)
def flattened(X, W, U):
    n = X.size
    return (W.reshape(n, n) @ X.reshape(n) + U.reshape(n)).reshape(X.shape)


@right(DENSE)
def torch_linear(X, W, U):
    layer = torch.nn.Linear(X.size, X.size, dtype=torch.float64)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor(W).reshape(X.size, X.size))
        layer.bias.copy_(torch.tensor(U).flatten())
        return layer(torch.tensor(X).flatten()).numpy().reshape(X.shape)


@right(DENSE)
def in_lists(X, W, U):
    print("X has", X.shape)
    rows, columns = X.shape
    return np.array([[U[i, j] + np.vdot(W[i, j], X) for j in range(columns)] for i in range(rows)])


@wrong(DENSE, "bias-ignored")
def no_bias(X, W, U):
    return np.tensordot(W, X, axes=([2, 3], [0, 1]))


@wrong(DENSE, "bias-per-term")
def bias_inside(X, W, U):
    H = np.zeros(X.shape)
    for i, j in np.ndindex(*X.shape):
        for k, m in np.ndindex(*X.shape):
            H[i, j] += U[i, j] + W[i, j, k, m] * X[k, m]
    return H


@wrong(DENSE, "bias-shared")
def first_bias(X, W, U):
    return by_einsum(X, W, np.zeros_like(U)) + U.flat[0]


@wrong(DENSE, "input-and-output-swapped")
def from_the_wrong_end(X, W, U):
    H = U.copy()
    for i, j in np.ndindex(*X.shape):
        H[i, j] += (W[:, :, i, j] * X).sum()
    return H


@wrong(DENSE, "input-and-output-swapped")
def x_times_w(X, W, U):
    return (X.ravel() @ W.reshape(X.size, X.size)).reshape(X.shape) + U


@wrong(DENSE, "own-pixel-only")
def two_indices(X, W, U):
    H = np.zeros(X.shape)
    for i in range(X.shape[0]):
        for j in range(X.shape[1]):
            H[i, j] = U[i, j] + W[i, j, i, j] * X[i, j]
    return H


@wrong(DENSE, "own-pixel-weighted")
def same_pixel(X, W, U):
    H = U.copy()
    for i, j, k, m in np.ndindex(*W.shape):
        H[i, j] += W[i, j, k, m] * X[i, j]
    return H


@wrong(DENSE, "last-term-only")
def overwrites(X, W, U):
    H = np.zeros(X.shape)
    for i, j, k, m in np.ndindex(*W.shape):
        H[i, j] = U[i, j] + W[i, j, k, m] * X[k, m]
    return H


@wrong(DENSE, "mean-for-sum")
def mean(X, W, U):
    return U + (W * X).mean(axis=(2, 3))


@wrong(DENSE, "input-transposed")
def index_swapped(X, W, U):
    H = U.copy()
    for i, j, k, m in np.ndindex(*W.shape):
        H[i, j] += W[i, j, k, m] * X[m, k]
    return H


@wrong(DENSE, "input-transposed")
def letters_swapped(X, W, U):
    return U + np.einsum("ijkl,lk->ij", W, X)


@wrong(DENSE, "matrix-product")
def at_sign(X, W, U):
    H = U.copy()
    for i, j in np.ndindex(*X.shape):
        H[i, j] += (W[i, j] @ X).sum()
    return H


@wrong(DENSE, "not-summed")
def products(X, W, U):
    return W * X


@wrong(DENSE, "not-summed")
def last_axis_only(X, W, U):
    return np.sum(W * X, axis=-1)


@wrong(DENSE, "still-flat")
def never_reshaped(X, W, U):
    return W.reshape(X.size, -1) @ X.ravel() + U.ravel()


@wrong(DENSE, "integer-truncation")
def ints(X, W, U):
    H = np.zeros(X.shape, dtype=int)
    for i, j in np.ndindex(*X.shape):
        H[i, j] = U[i, j] + (W[i, j] * X).sum()
    return H


@wrong(DENSE, "hard-coded")
def example(X, W, U):
    return np.array([[30, 80], [130, 180]])


@wrong(DENSE, "changes-input")
def adds_to_the_bias(X, W, U):
    H = U
    for i, j, k, m in np.ndindex(*W.shape):
        H[i, j] += W[i, j, k, m] * X[k, m]
    return H


@wrong(DENSE, "no-return")
def nothing(X, W, U):
    H = U + (W * X).sum((2, 3))  # noqa: F841


@wrong(DENSE, TWO_MISTAKES)
def swapped_without_bias(X, W, U):
    return np.einsum("klij,kl->ij", W, X)


@wrong(DENSE, TWO_MISTAKES)
def mean_without_bias(X, W, U):
    return (W * X).mean((2, 3))


@wrong(DENSE, UNNAMED)
def as_tensor(X, W, U):
    return torch.tensor(by_einsum(X, W, U))


@wrong(DENSE, UNNAMED)
def index_error(X, W, U):
    return W[X.shape[0]]
