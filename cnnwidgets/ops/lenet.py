"""LeNet's forward pass, put together from the course's own layers."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float
from numpy import ndarray

from cnnwidgets.ops.channels import conv_layer
from cnnwidgets.ops.pooling import pool2d_layer

#: The shapes of LeNet's weights and biases, by their names in the network's state dict.
LENET_SHAPES: dict[str, tuple[int, ...]] = {
    "0.weight": (6, 1, 5, 5),
    "0.bias": (6,),
    "3.weight": (16, 6, 5, 5),
    "3.bias": (16,),
    "7.weight": (120, 400),
    "7.bias": (120,),
    "9.weight": (84, 120),
    "9.bias": (84,),
    "11.weight": (10, 84),
    "11.bias": (10,),
}


def sigmoid(X: Float[ndarray, "..."]) -> Float[ndarray, "..."]:
    """``1 / (1 + e^−x)`` for every number, written so that no exponential overflows."""
    return (1 + np.tanh(X / 2)) / 2


def lenet_forward(X: Float[ndarray, "n 1 28 28"], weights: Mapping[str, ndarray]) -> Float[ndarray, "n 10"]:
    """The scores that the sigmoid LeNet gives a batch of images, in NumPy alone.

    Twice: convolution, sigmoid, mean of every 2×2 window; the first convolution has two rows and columns of zeros on
    every side, the second none. Then three linear layers, ``x Wᵀ + b``, with a sigmoid between them and none at the
    end. `weights` is the network's state dict as arrays, with the shapes of `LENET_SHAPES`. Source: the LeNet slides.
    """

    def linear(A: ndarray, name: str) -> ndarray:
        Y: ndarray = A @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
        return Y

    def convolution(A: ndarray, name: str) -> ndarray:
        Y = sigmoid(conv_layer(A, weights[f"{name}.weight"], weights[f"{name}.bias"]))
        return np.stack([pool2d_layer(example, (2, 2), mode="avg") for example in Y])

    A = convolution(np.pad(X, ((0, 0), (0, 0), (2, 2), (2, 2))), "0")
    A = convolution(A, "3").reshape(len(X), -1)
    return linear(sigmoid(linear(sigmoid(linear(A, "7")), "9")), "11")
