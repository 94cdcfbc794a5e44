"""Right: torch inside, NumPy outside."""

# mypy: ignore-errors
# ruff: noqa: D101, D102, D103
import numpy as np
import torch


def corr2d(X, K):
    image, kernel = torch.tensor(X)[None, None].double(), torch.tensor(np.array(K))[None, None].double()
    return torch.nn.functional.conv2d(image, kernel)[0, 0].numpy()


class Conv2D(torch.nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.rand(kernel_size))
        self.bias = torch.nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return torch.nn.functional.conv2d(X[None, None], self.weight[None, None], self.bias)[0, 0]


def edge_kernel():
    return np.array([[1.0, -1.0]])


def learn_kernel(X, Y, kernel_size, steps=200, lr=0.03):
    image, wanted = torch.tensor(X)[None, None], torch.tensor(Y)
    K = torch.zeros((1, 1, *kernel_size), dtype=torch.float64, requires_grad=True)
    for _ in range(steps):
        loss = ((torch.nn.functional.conv2d(image, K)[0, 0] - wanted) ** 2).sum()
        loss.backward()
        with torch.no_grad():
            K -= lr * K.grad
            K.grad.zero_()
    return K.detach().numpy()[0, 0]


def convolve2d(X, K):
    return corr2d(X, np.flip(K))


def corr2d_full(X, K):
    kh, kw = K.shape
    padded = torch.nn.functional.pad(torch.tensor(X), (kw - 1, kw - 1, kh - 1, kh - 1))
    return corr2d(padded.numpy(), K)


def convolve2d_full(X, K):
    return corr2d_full(X, np.flip(K))
