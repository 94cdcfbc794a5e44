"""Right, but talkative: prints what it does and sets off warnings."""

# mypy: ignore-errors
# ruff: noqa: D101, D102, D103
import warnings

import numpy as np
import torch


def corr2d(X, K):
    print("corr2d of", X.shape, "and", K.shape)
    warnings.warn("this is slow", stacklevel=2)
    kh, kw = K.shape
    Y = np.zeros((X.shape[0] - kh + 1, X.shape[1] - kw + 1))
    for i, j in np.ndindex(Y.shape):
        Y[i, j] = np.sum(X[i : i + kh, j : j + kw] * K)
    np.log(np.zeros(1))  # left over from a try; divides by zero
    return Y


class Conv2D(torch.nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.rand(kernel_size))
        self.bias = torch.nn.Parameter(torch.zeros(1))

    def forward(self, X):
        kh, kw = self.weight.shape
        Y = torch.zeros(X.shape[0] - kh + 1, X.shape[1] - kw + 1)
        for i in range(Y.shape[0]):
            for j in range(Y.shape[1]):
                Y[i, j] = (X[i : i + kh, j : j + kw] * self.weight).sum()
        return Y + self.bias


def edge_kernel():
    return np.array([[1.0, -1.0]])


def learn_kernel(X, Y, kernel_size, steps=200, lr=0.03):
    windows = np.lib.stride_tricks.sliding_window_view(X, kernel_size)
    K = np.zeros(kernel_size)
    for step in range(steps):
        error = np.einsum("ijab,ab->ij", windows, K) - Y
        if step % 50 == 0:
            print("step", step, "loss", (error**2).sum())
        K -= lr * 2 * np.einsum("ijab,ij->ab", windows, error)
    return K


def convolve2d(X, K):
    return corr2d(X, np.flip(K))


def corr2d_full(X, K):
    kh, kw = K.shape
    return corr2d(np.pad(X, ((kh - 1, kh - 1), (kw - 1, kw - 1))), K)


def convolve2d_full(X, K):
    return corr2d_full(X, np.flip(K))
