"""Answers to `edge_kernel` and `learn_kernel`."""

import numpy as np
import torch

from tests.bank import TWO_MISTAKES, UNNAMED, right, wrong
from tests.bank.corr2d import loop_over_kernel, two_loops

EDGE, LEARN = "edge_kernel", "learn_kernel"


@right(EDGE)
def floats():
    return np.array([[1.0, -1.0]])


@right(EDGE)
def ints():
    return np.array([[1, -1]])


@right(EDGE)
def from_identity():
    return -np.diff(np.eye(2), axis=0)


@wrong(EDGE, "sign-reversed")
def reversed_sign():
    return np.array([[-1.0, 1.0]])


@wrong(EDGE, "finds-other-edges")
def vertical():
    return np.array([[1.0], [-1.0]])


@wrong(EDGE, "adds-neighbours")
def sums():
    return np.ones((1, 2))


@wrong(EDGE, "too-wide")
def three_wide():
    return np.array([[1, 0, -1]])


@wrong(EDGE, "one-axis")
def flat():
    return np.array([1, -1])


@wrong(EDGE, UNNAMED)
def nested_list():
    return [[1, -1]]


@wrong(EDGE, UNNAMED)
def half_as_strong():
    return np.array([[0.5, -0.5]])


@wrong(EDGE, "no-return")
def nothing():
    np.array([[1, -1]])


@wrong(EDGE, "prints-not-returns")
def printed():
    print([[1, -1]])


@right(LEARN)
def by_hand(X, Y, kernel_size, steps=200, lr=0.03):
    K = np.zeros(kernel_size)
    for _ in range(steps):
        K = K - lr * 2 * two_loops(X, two_loops(X, K) - Y)
    return K


@right(LEARN)
def from_random(X, Y, kernel_size, steps=200, lr=0.03):
    K = np.random.default_rng().normal(size=kernel_size)
    for _ in range(steps):
        K -= 2 * lr * loop_over_kernel(X, loop_over_kernel(X, K) - Y)
    return K


@right(LEARN)
def half_the_square(X, Y, kernel_size, steps=200, lr=0.03):
    K = np.ones(kernel_size)
    for _ in range(steps):
        K -= lr * loop_over_kernel(X, loop_over_kernel(X, K) - Y)
    return K


@right(LEARN)
def autograd(X, Y, kernel_size, steps=200, lr=0.03):
    X, Y = torch.tensor(X), torch.tensor(Y)
    K = torch.randn(kernel_size, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.SGD([K], lr=lr)
    for _ in range(steps):
        optimiser.zero_grad()
        out = torch.nn.functional.conv2d(X[None, None], K[None, None])[0, 0]
        ((out - Y) ** 2).sum().backward()
        optimiser.step()
    return K.detach().numpy()


@right(LEARN)
def torch_layer(X, Y, kernel_size, steps=200, lr=0.03):
    X, Y = (torch.tensor(a, dtype=torch.float32)[None, None] for a in (X, Y))
    layer = torch.nn.Conv2d(1, 1, kernel_size, bias=False)
    for _ in range(steps):
        loss = ((layer(X) - Y) ** 2).sum()
        layer.zero_grad()
        loss.backward()
        layer.weight.data -= lr * layer.weight.grad
    return layer.weight.data.reshape(kernel_size).numpy()


@right(LEARN)
def least_squares(X, Y, kernel_size, steps=200, lr=0.03):
    windows = np.lib.stride_tricks.sliding_window_view(X, kernel_size).reshape(Y.size, -1)
    return np.linalg.lstsq(windows, Y.ravel(), rcond=None)[0].reshape(kernel_size)


@wrong(LEARN, "diverges")
def ascent(X, Y, kernel_size, steps=200, lr=0.03):
    K = np.zeros(kernel_size)
    for _ in range(steps):
        K += lr * 2 * loop_over_kernel(X, loop_over_kernel(X, K) - Y) + 1e-9
    return K


@wrong(LEARN, "diverges")
def learns_a_bias(X, Y, kernel_size, steps=200, lr=0.03):
    K, b = np.zeros(kernel_size), 0.1
    X = X + 1
    for _ in range(steps):
        error = loop_over_kernel(X, K) + b - Y
        K -= lr * 2 * loop_over_kernel(X, error)
        b -= lr * 2 * error.sum()
    return K


@wrong(LEARN, "mean-loss")
def mean(X, Y, kernel_size, steps=200, lr=0.03):
    K = np.zeros(kernel_size)
    for _ in range(steps):
        K -= lr * 2 * loop_over_kernel(X, loop_over_kernel(X, K) - Y) / Y.size
    return K


@wrong(LEARN, "untrained")
def never_assigned(X, Y, kernel_size, steps=200, lr=0.03):
    K = np.zeros(kernel_size)
    for _ in range(steps):
        K - lr * 2 * loop_over_kernel(X, loop_over_kernel(X, K) - Y)
    return K


@wrong(LEARN, "untrained")
def starts_at_one(X, Y, kernel_size, steps=200, lr=0.03):
    return np.ones(kernel_size)


@wrong(LEARN, "one-step")
def returns_in_the_loop(X, Y, kernel_size, steps=200, lr=0.03):
    K = np.zeros(kernel_size)
    for _ in range(steps):
        K -= lr * 2 * loop_over_kernel(X, loop_over_kernel(X, K) - Y)
        return K


@wrong(LEARN, "learns-convolution")
def of_turned(X, Y, kernel_size, steps=200, lr=0.03):
    return by_hand(X, Y, kernel_size)[::-1, ::-1]


@wrong(LEARN, "sign-reversed")
def target_minus(X, Y, kernel_size, steps=200, lr=0.03):
    return by_hand(X, -Y, kernel_size)


@wrong(LEARN, "transposed-kernel")
def columns_first(X, Y, kernel_size, steps=200, lr=0.03):
    return by_hand(X, Y, kernel_size).T


@wrong(LEARN, "extra-axes")
def weight_as_it_is(X, Y, kernel_size, steps=200, lr=0.03):
    return by_hand(X, Y, kernel_size)[None, None]


@wrong(LEARN, "hard-coded")
def edge_always(X, Y, kernel_size, steps=200, lr=0.03):
    return np.array([[1.0, -1.0]])


@wrong(LEARN, TWO_MISTAKES)
def turned_and_reversed(X, Y, kernel_size, steps=200, lr=0.03):
    return -by_hand(X, Y, kernel_size)[::-1, ::-1].T


@wrong(LEARN, UNNAMED)
def returns_the_loss(X, Y, kernel_size, steps=200, lr=0.03):
    K = by_hand(X, Y, kernel_size)
    return float(((two_loops(X, K) - Y) ** 2).sum())


@wrong(LEARN, UNNAMED)
def returns_a_tensor(X, Y, kernel_size, steps=200, lr=0.03):
    return torch.tensor(by_hand(X, Y, kernel_size))
