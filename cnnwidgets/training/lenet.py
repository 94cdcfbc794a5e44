"""LeNet as the deck gives it, a version that learns at once, and what can be read off a network."""

import torch
from torch import Tensor, nn


def lenet() -> nn.Sequential:
    """The sigmoid, average-pooling LeNet: (n, 1, 28, 28) → (n, 10) scores, 61 706 parameters.

    Source: the LeNet slides; LeCun, Bottou, Bengio, Haffner, "Gradient-based learning applied to document
    recognition", 1998, with a plain last layer.
    """
    return nn.Sequential(*_layers(nn.Sigmoid, nn.AvgPool2d))


def modern_lenet() -> nn.Sequential:
    """The same sizes with ReLU and max pooling: learns at once at a rate of 0.1, as PyTorch initialises it."""
    return nn.Sequential(*_layers(nn.ReLU, nn.MaxPool2d))


def _layers(activation: type[nn.Module], pooling: type[nn.Module]) -> list[nn.Module]:
    return [
        nn.Conv2d(1, 6, kernel_size=5, padding=2),
        activation(),
        pooling(kernel_size=2, stride=2),
        nn.Conv2d(6, 16, kernel_size=5),
        activation(),
        pooling(kernel_size=2, stride=2),
        nn.Flatten(),
        nn.Linear(16 * 5 * 5, 120),
        activation(),
        nn.Linear(120, 84),
        activation(),
        nn.Linear(84, 10),
    ]


def layer_shapes(net: nn.Sequential, X: Tensor) -> list[tuple[str, tuple[int, ...]]]:
    """The class name and the shape of the output of every layer, in order, for the input X.

    For `lenet` and one image from ``("Conv2d", (1, 6, 28, 28))`` to ``("Linear", (1, 10))``: the deck's table.
    """
    table = []
    with torch.no_grad():
        for layer in net:
            X = layer(X)
            table.append((type(layer).__name__, tuple(X.shape)))
    return table


def count_parameters(net: nn.Module) -> int:
    """How many numbers training changes: weights and biases of every layer."""
    return sum(p.numel() for p in net.parameters())
