"""Fashion-MNIST, LeNet and the training loop.

Imports nothing but torch, torchvision, NumPy and the standard library, and the rest of the package not at all: with
this folder's parent on the path, ``import training`` works on a bare GPU machine.
"""

from .data import CLASSES, Dataset, fashion_mnist, scaled
from .device import choose, in_words, synchronize
from .evaluate import ClassReport, answers, class_report, confusion
from .fit import fit
from .history import History
from .ladder import SpeedLadder
from .lenet import count_parameters, layer_shapes, lenet, modern_lenet
from .lines import Lines
from .loop import accuracy, train_epoch, xavier
from .mistakes import mistakes
from .progress import Monitor, Plan, Step
from .recipe import DECK, MODERN, Recipe

__all__ = [
    "CLASSES",
    "DECK",
    "MODERN",
    "ClassReport",
    "Dataset",
    "History",
    "Lines",
    "Monitor",
    "Plan",
    "Recipe",
    "SpeedLadder",
    "Step",
    "accuracy",
    "answers",
    "choose",
    "class_report",
    "confusion",
    "count_parameters",
    "fashion_mnist",
    "fit",
    "in_words",
    "layer_shapes",
    "lenet",
    "mistakes",
    "modern_lenet",
    "scaled",
    "synchronize",
    "train_epoch",
    "xavier",
]
