"""Answers to `lenet_forward`."""

import numpy as np
import torch
from numpy.lib.stride_tricks import sliding_window_view
from scipy.special import expit
from torch import nn

from cnnwidgets.ops import conv_layer, pool2d_layer
from tests.bank import TWO_MISTAKES, UNNAMED, right, wrong
from tests.bank.lenet import table

FORWARD = "lenet_forward"


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def pad(X, p=2):
    return np.pad(X, ((0, 0), (0, 0), (p, p), (p, p)))


def pool(A, mode="avg"):
    return np.array([pool2d_layer(a, (2, 2), mode=mode) for a in A])


@right(FORWARD)
def out_of_the_courses_layers(X, weights):
    A = pool(sigmoid(conv_layer(pad(X), weights["0.weight"], weights["0.bias"])))
    A = pool(sigmoid(conv_layer(A, weights["3.weight"], weights["3.bias"])))
    A = A.reshape(A.shape[0], -1)
    A = sigmoid(A @ weights["7.weight"].T + weights["7.bias"])
    A = sigmoid(A @ weights["9.weight"].T + weights["9.bias"])
    return A @ weights["11.weight"].T + weights["11.bias"]


@right(FORWARD)
def in_torch(X, weights):
    net = table().double()
    net.load_state_dict({name: torch.tensor(w) for name, w in weights.items()})
    with torch.no_grad():
        return net(torch.tensor(X, dtype=torch.float64)).numpy()


@right(FORWARD)
def windows_and_einsum(X, weights):
    def layer(A, name):
        Z = np.einsum("ncijab,ocab->noij", sliding_window_view(A, (5, 5), axis=(2, 3)), weights[name + ".weight"])
        Z = expit(Z + weights[name + ".bias"].reshape(1, -1, 1, 1))
        return Z.reshape(*Z.shape[:2], Z.shape[2] // 2, 2, -1, 2).mean(axis=(3, 5))

    A = layer(layer(pad(X), "0"), "3").reshape(len(X), 400)
    for name in ("7", "9"):
        A = expit(np.einsum("nk,mk->nm", A, weights[name + ".weight"]) + weights[name + ".bias"])
    return np.dot(A, weights["11.weight"].T) + weights["11.bias"]


@right(FORWARD)
def image_by_image(X, weights):
    print(X.shape, X.dtype)
    scores = []
    for x in X:
        maps = np.zeros((1, 32, 32), dtype=np.float32)
        maps[:, 2:30, 2:30] = x
        for name in ("0", "3"):
            W, b = weights[f"{name}.weight"], weights[f"{name}.bias"]
            size = maps.shape[1] - 4
            Z = np.empty((len(W), size, size))
            for i in range(size):
                for j in range(size):
                    Z[:, i, j] = (W * maps[:, i : i + 5, j : j + 5]).sum(axis=(1, 2, 3)) + b
            Z = sigmoid(Z)
            maps = (Z[:, ::2, ::2] + Z[:, 1::2, ::2] + Z[:, ::2, 1::2] + Z[:, 1::2, 1::2]) / 4
        row = maps.ravel()
        for name in ("7", "9", "11"):
            row = weights[f"{name}.weight"].dot(row) + weights[f"{name}.bias"]
            row = row if name == "11" else sigmoid(row)
        scores.append(row)
    return np.stack(scores)


@right(FORWARD)
def in_half_the_width(X, weights):
    small = {name: w.astype(np.float32) for name, w in weights.items()}
    return out_of_the_courses_layers(X.astype(np.float32), small).astype(np.float32)


def forward(
    X,
    weights,
    first=pad,
    act=(sigmoid,) * 4,
    pooling=pool,
    second=lambda A: A,
    flat=lambda A: A.reshape(len(A), -1),
    b=1,
):
    A = pooling(act[0](conv_layer(first(X), weights["0.weight"], b * weights["0.bias"])))
    A = pooling(act[1](conv_layer(second(A), weights["3.weight"], b * weights["3.bias"])))
    A = flat(A)
    A = act[2](A @ weights["7.weight"].T + b * weights["7.bias"])
    A = act[3](A @ weights["9.weight"].T + b * weights["9.bias"])
    return A @ weights["11.weight"].T + b * weights["11.bias"]


@wrong(FORWARD, "padding-forgotten")
def unpadded(X, weights):
    return forward(X, weights, first=lambda X: X)


@wrong(FORWARD, "padding-forgotten")
def one_on_each_side(X, weights):
    return forward(X, weights, first=lambda X: pad(X, 1))


@wrong(FORWARD, "padding-one-sided")
def top_left(X, weights):
    return forward(X, weights, first=lambda X: np.pad(X, ((0, 0), (0, 0), (4, 0), (4, 0))))


@wrong(FORWARD, "padding-one-sided")
def in_a_corner(X, weights):
    frame = np.zeros((len(X), 1, 32, 32))
    frame[:, :, :28, :28] = X
    return forward(frame, weights, first=lambda X: X)


@wrong(FORWARD, "second-padding")
def both_padded(X, weights):
    return forward(X, weights, second=pad)


@wrong(FORWARD, "max-pooling")
def maximum(X, weights):
    return forward(X, weights, pooling=lambda A: pool(A, "max"))


@wrong(FORWARD, "max-pooling")
def default_mode(X, weights):
    return forward(X, weights, pooling=lambda A: np.stack([pool2d_layer(a, (2, 2)) for a in A]))


@wrong(FORWARD, "pooling-stride-1")
def overlapping(X, weights):
    return forward(
        X, weights, pooling=lambda A: np.stack([pool2d_layer(a, (2, 2), stride=(1, 1), mode="avg") for a in A])
    )


@wrong(FORWARD, "pooling-before-sigmoid")
def pools_first(X, weights):
    A = sigmoid(pool(conv_layer(pad(X), weights["0.weight"], weights["0.bias"])))
    A = sigmoid(pool(conv_layer(A, weights["3.weight"], weights["3.bias"])))
    A = sigmoid(A.reshape(len(A), -1) @ weights["7.weight"].T + weights["7.bias"])
    A = sigmoid(A @ weights["9.weight"].T + weights["9.bias"])
    return A @ weights["11.weight"].T + weights["11.bias"]


@wrong(FORWARD, "sigmoid-forgotten")
def after_the_first_convolution(X, weights):
    return forward(X, weights, act=(lambda A: A, sigmoid, sigmoid, sigmoid))


@wrong(FORWARD, "sigmoid-forgotten")
def after_the_last_hidden_layer(X, weights):
    return forward(X, weights, act=(sigmoid, sigmoid, sigmoid, lambda A: A))


@wrong(FORWARD, "sigmoid-forgotten")
def everywhere(X, weights):
    return forward(X, weights, act=[lambda A: A] * 4)


@wrong(FORWARD, "relu-for-sigmoid")
def relu(X, weights):
    return forward(X, weights, act=[lambda A: np.where(A > 0, A, 0)] * 4)


@wrong(FORWARD, "sigmoid-sign")
def plus_in_the_exponent(X, weights):
    return forward(X, weights, act=[lambda A: 1 / (1 + np.exp(A))] * 4)


@wrong(FORWARD, "sigmoid-at-the-end")
def in_a_loop(X, weights):
    A = pool(sigmoid(conv_layer(pad(X), weights["0.weight"], weights["0.bias"])))
    A = pool(sigmoid(conv_layer(A, weights["3.weight"], weights["3.bias"]))).reshape(len(X), -1)
    for name in ("7", "9", "11"):
        A = sigmoid(A @ weights[f"{name}.weight"].T + weights[f"{name}.bias"])
    return A


@wrong(FORWARD, "softmax-at-the-end")
def probabilities(X, weights):
    powers = np.exp(forward(X, weights))
    return powers / powers.sum(axis=1, keepdims=True)


@wrong(FORWARD, "softmax-at-the-end")
def torch_softmax(X, weights):
    return torch.softmax(torch.tensor(forward(X, weights)), dim=1).numpy()


@wrong(FORWARD, "flatten-order")
def channels_last(X, weights):
    return forward(X, weights, flat=lambda A: np.moveaxis(A, 1, -1).reshape(len(A), 400))


@wrong(FORWARD, "flatten-order")
def columns_first(X, weights):
    return forward(X, weights, flat=lambda A: np.array([a.transpose(0, 2, 1).ravel() for a in A]))


@wrong(FORWARD, "flatten-order")
def fortran(X, weights):
    return forward(X, weights, flat=lambda A: np.array([a.flatten("F") for a in A]))


@wrong(FORWARD, "weight-not-transposed")
def as_it_stands(X, weights):
    A = pool(sigmoid(conv_layer(pad(X), weights["0.weight"], weights["0.bias"])))
    A = pool(sigmoid(conv_layer(A, weights["3.weight"], weights["3.bias"]))).reshape(len(X), -1)
    A = sigmoid(A @ weights["7.weight"] + weights["7.bias"])
    A = sigmoid(A @ weights["9.weight"] + weights["9.bias"])
    return A @ weights["11.weight"] + weights["11.bias"]


@wrong(FORWARD, "weight-not-transposed")
def reshaped(X, weights):
    A = pool(sigmoid(conv_layer(pad(X), weights["0.weight"], weights["0.bias"])))
    A = pool(sigmoid(conv_layer(A, weights["3.weight"], weights["3.bias"]))).reshape(len(X), -1)
    A = sigmoid(A @ weights["7.weight"].reshape(400, 120) + weights["7.bias"])
    A = sigmoid(A @ weights["9.weight"].reshape(120, 84) + weights["9.bias"])
    return A @ weights["11.weight"].reshape(84, 10) + weights["11.bias"]


@wrong(FORWARD, "bias-forgotten")
def biasless(X, weights):
    return forward(X, weights, b=0)


@wrong(FORWARD, "bias-forgotten")
def biasless_linear_layers(X, weights):
    A = pool(sigmoid(conv_layer(pad(X), weights["0.weight"], weights["0.bias"])))
    A = pool(sigmoid(conv_layer(A, weights["3.weight"], weights["3.bias"]))).reshape(len(X), -1)
    for name in ("7", "9"):
        A = sigmoid(A @ weights[f"{name}.weight"].T)
    return A @ weights["11.weight"].T


@wrong(FORWARD, "flipped-kernel")
def convolves(X, weights):
    turned = {name: w[..., ::-1, ::-1] if w.ndim == 4 else w for name, w in weights.items()}
    return forward(X, turned)


@wrong(FORWARD, "class-for-scores")
def the_class(X, weights):
    return forward(X, weights).argmax(axis=1)


@wrong(FORWARD, "one-image-only")
def first_image(X, weights):
    return forward(X[0][None], weights)[0]


@wrong(FORWARD, "one-image-only")
def first_row(X, weights):
    return forward(X, weights)[:1]


@wrong(FORWARD, "changes-input")
def normalises_in_place(X, weights):
    Y = forward(X, weights)
    X -= X.mean()
    return Y


@wrong(FORWARD, "no-return")
def nothing(X, weights):
    forward(X, weights)


@wrong(FORWARD, "prints-not-returns")
def printed(X, weights):
    print(forward(X, weights))


@wrong(FORWARD, TWO_MISTAKES)
def max_and_relu(X, weights):
    return forward(X, weights, act=[lambda A: np.maximum(A, 0)] * 4, pooling=lambda A: pool(A, "max"))


@wrong(FORWARD, TWO_MISTAKES)
def biasless_and_softmax(X, weights):
    powers = np.exp(forward(X, weights, b=0))
    return powers / powers.sum(axis=1, keepdims=True)


@wrong(FORWARD, UNNAMED)
def a_fresh_network(X, weights):
    torch.manual_seed(5)
    return table()(torch.tensor(X, dtype=torch.float32)).detach().numpy()


@wrong(FORWARD, UNNAMED)
def a_tensor(X, weights):
    return torch.tensor(forward(X, weights))


@wrong(FORWARD, UNNAMED)
def padded_with_ones(X, weights):
    return forward(X, weights, first=lambda X: nn.functional.pad(torch.tensor(X), (2,) * 4, value=1.0).numpy())
