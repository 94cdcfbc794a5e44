"""Fashion-MNIST, LeNet and the training loop.

Imports nothing but torch, torchvision, NumPy and the standard library, and the rest of the package not at all: with
this folder's parent on the path, ``import training`` works on a bare GPU machine.
"""

from .data import CLASSES, Dataset, fashion_mnist, scaled
from .lenet import count_parameters, layer_shapes, lenet, modern_lenet
from .loop import accuracy, train_epoch, xavier

__all__ = [
    "CLASSES",
    "Dataset",
    "accuracy",
    "count_parameters",
    "fashion_mnist",
    "layer_shapes",
    "lenet",
    "modern_lenet",
    "scaled",
    "train_epoch",
    "xavier",
]
