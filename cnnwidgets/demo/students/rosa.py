"""Wrong: what the mathematics book calls convolution, under the name of correlation; the rest is left blank."""

# mypy: ignore-errors
# ruff: noqa: D103
import numpy as np


def corr2d(X, K):
    windows = np.lib.stride_tricks.sliding_window_view(X, K.shape)
    return np.einsum("ijab,ab->ij", windows, np.rot90(K, 2))


def edge_kernel():
    return np.array([[1.0, -1.0]])
