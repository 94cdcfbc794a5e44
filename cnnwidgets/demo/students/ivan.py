"""Wrong: rows and columns change places in the output; what builds on it is left blank."""

# mypy: ignore-errors
# ruff: noqa: D101, D102, D103
import numpy as np
import torch


def corr2d(X, K):
    kh, kw = K.shape
    Y = np.zeros((X.shape[1] - kw + 1, X.shape[0] - kh + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[j : j + kh, i : i + kw] * K).sum()
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
    return np.array([[1.0], [-1.0]])
