"""Wrong: off by one, the last row and column of the output are missing."""

# mypy: ignore-errors
# ruff: noqa: D101, D102, D103
import numpy as np
import torch


def corr2d(X, K):
    kh, kw = K.shape
    Y = np.zeros((X.shape[0] - kh, X.shape[1] - kw))
    for i in range(X.shape[0] - kh):
        for j in range(X.shape[1] - kw):
            Y[i, j] = (X[i : i + kh, j : j + kw] * K).sum()
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
    return np.array([[-1.0, 1.0]])


def convolve2d(X, K):
    return corr2d(X, np.flip(K))


def corr2d_full(X, K):
    kh, kw = K.shape
    return corr2d(np.pad(X, ((kh - 1, kh - 1), (kw - 1, kw - 1))), K)


def convolve2d_full(X, K):
    return corr2d_full(X, np.flip(K))
