"""Right: through the Fourier transform, where a convolution is a product."""

# mypy: ignore-errors
# ruff: noqa: D101, D102, D103
import numpy as np
import torch


def _fourier(X, K):
    shape = (X.shape[0] + K.shape[0] - 1, X.shape[1] + K.shape[1] - 1)
    return np.fft.irfft2(np.fft.rfft2(X, shape) * np.fft.rfft2(K, shape), shape)


def corr2d(X, K):
    kh, kw = K.shape
    return _fourier(X, K[::-1, ::-1])[kh - 1 : X.shape[0], kw - 1 : X.shape[1]]


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
    K = np.zeros(kernel_size)
    for _ in range(steps):
        K = K - lr * 2 * corr2d(X, corr2d(X, K) - Y)
    return K


def convolve2d(X, K):
    return corr2d(X, np.flip(K))


def corr2d_full(X, K):
    return _fourier(X, K[::-1, ::-1])


def convolve2d_full(X, K):
    return _fourier(X, K)
