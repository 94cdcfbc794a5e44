"""Answers to `Conv2D`."""

import numpy as np
import torch
from torch import nn

from tests.bank import TWO_MISTAKES, UNNAMED, right, wrong

CONV2D = "Conv2D"


def slide(X, K):
    h, w = K.shape
    Y = torch.zeros(X.shape[0] - h + 1, X.shape[1] - w + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return Y


class Base(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))


@right(CONV2D)
class Loops(Base):
    def forward(self, X):
        return slide(X, self.weight) + self.bias


@right(CONV2D)
class Functional(Base):
    def forward(self, X):
        return nn.functional.conv2d(X[None, None], self.weight[None, None], self.bias)[0, 0]


@right(CONV2D)
class Unfolded(Base):
    def forward(self, X):
        h, w = self.weight.shape
        windows = X.unfold(0, h, 1).unfold(1, w, 1)
        return torch.einsum("ijab,ab->ij", windows, self.weight) + self.bias


@right(CONV2D)
class Registered(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.register_parameter("bias", nn.Parameter(torch.empty(1).normal_()))
        self.register_parameter("weight", nn.Parameter(torch.empty(kernel_size).uniform_(-1, 1)))

    def forward(self, X):
        rows, columns = X.shape[0] - self.weight.shape[0] + 1, X.shape[1] - self.weight.shape[1] + 1
        return self.bias + torch.stack(
            [
                torch.stack(
                    [
                        (X[i:, j:][: self.weight.shape[0], : self.weight.shape[1]] * self.weight).sum()
                        for j in range(columns)
                    ]
                )
                for i in range(rows)
            ]
        )


@right(CONV2D)
class AddsBiasInside(Base):
    def forward(self, X):
        print("forward", X.shape)
        h, w = self.weight.shape
        Y = torch.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))
        for i, j in np.ndindex(*Y.shape):
            Y[i, j] = (X[i : i + h, j : j + w] * self.weight).sum() + self.bias[0]
        return Y


@wrong(CONV2D, "flipped-kernel")
class Flipped(Base):
    def forward(self, X):
        return slide(X, torch.flip(self.weight, (0, 1))) + self.bias


@wrong(CONV2D, "bias-ignored")
class Biasless(Base):
    def forward(self, X):
        return slide(X, self.weight)


@wrong(CONV2D, "bias-subtracted")
class MinusBias(Base):
    def forward(self, X):
        return slide(X, self.weight) - self.bias


@wrong(CONV2D, "bias-per-element")
class BiasTable(Base):
    def __init__(self, kernel_size):
        super().__init__(kernel_size)
        self.bias = nn.Parameter(torch.zeros(kernel_size))

    def forward(self, X):
        return slide(X, self.weight + self.bias)


@wrong(CONV2D, "no-bias")
class ForgottenBias(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(kernel_size))

    def forward(self, X):
        return slide(X, self.weight)


@wrong(CONV2D, "no-bias")
class PlainBias(Base):
    def __init__(self, kernel_size):
        super().__init__(kernel_size)
        del self.bias
        self.bias = torch.zeros(1)

    def forward(self, X):
        return slide(X, self.weight) + self.bias


@wrong(CONV2D, "not-parameters")
class PlainTensors(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = torch.rand(kernel_size)
        self.bias = torch.zeros(1)

    def forward(self, X):
        return slide(X, self.weight) + self.bias


@wrong(CONV2D, "transposed-size")
class ColumnsFirst(Base):
    def __init__(self, kernel_size):
        super().__init__((kernel_size[1], kernel_size[0]))

    def forward(self, X):
        return slide(X, self.weight.T) + self.bias


@wrong(CONV2D, "extra-axes")
class FourAxes(Base):
    def __init__(self, kernel_size):
        super().__init__((1, 1, *kernel_size))

    def forward(self, X):
        return nn.functional.conv2d(X[None, None], self.weight, self.bias)[0, 0]


@wrong(CONV2D, "no-gradient")
class Detached(Base):
    def forward(self, X):
        return slide(X, self.weight.detach()) + self.bias.detach()


@wrong(CONV2D, "no-gradient")
class ThroughNumpy(Base):
    def forward(self, X):
        return torch.tensor(slide(X, self.weight).detach().numpy() + self.bias.item())


@wrong(CONV2D, TWO_MISTAKES)
class FlippedAndBiasless(Base):
    def forward(self, X):
        return slide(X, torch.flip(self.weight, (0, 1)))


@wrong(CONV2D, UNNAMED)
class NoModule:
    def __init__(self, kernel_size):
        self.weight = torch.rand(kernel_size)


@wrong(CONV2D, UNNAMED)
class Wrapped(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.inner = nn.Conv2d(1, 1, kernel_size)

    def forward(self, X):
        return self.inner(X[None, None])[0, 0]


@wrong(CONV2D, UNNAMED)
class OtherNames(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.kernel = nn.Parameter(torch.rand(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return slide(X, self.kernel) + self.bias


@wrong(CONV2D, UNNAMED)
class ReturnsNumpy(Base):
    def forward(self, X):
        return (slide(X, self.weight) + self.bias).detach().numpy()
