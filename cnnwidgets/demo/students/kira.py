"""Wrong: the worked examples, by heart."""

# mypy: ignore-errors
# ruff: noqa: D103
import numpy as np


def corr2d(X, K):
    return np.array([[19.0, 25.0], [37.0, 43.0]])


def edge_kernel():
    return np.array([[1.0, -1.0]])


def learn_kernel(X, Y, kernel_size, steps=200, lr=0.03):
    return np.array([[1.0, -1.0]])


def convolve2d(X, K):
    return np.array([[5.0, 11.0], [23.0, 29.0]])
