"""How `train_epoch` is asked: where the order of the examples can not matter.

Example i lights pixel i alone, and the network is one linear layer without a bias: an example then changes its own
ten weights and no other, and its loss depends on no other. So a batch may hold any examples, and yet the weights
after the epoch and the mean loss are determined. Where two examples light the same pixel they are the same in all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy import ndarray
from torch import Tensor

from cnnwidgets.checks.compare import Tolerance
from cnnwidgets.checks.exercise import Candidate, Case
from cnnwidgets.checks.exercises.nets import build, lend

NEARLY = Tolerance(relative=0.05)  # of a loss: as each batch found it, or all of it afterwards
TWO_LAYERS = "Flatten() → Linear(784, 5) → ReLU() → Linear(5, 10)"


def lit_pixels(count: int, pixels: int) -> Tensor:
    """Images (count, 1, 28, 28), black but for one of so many pixels, which take turns."""
    return torch.eye(784)[torch.arange(count) % pixels].reshape(count, 1, 28, 28)


def _trained(candidate: Candidate, weights: ndarray, y: ndarray, batch_size: int, lr: float) -> tuple[Any, ndarray]:
    """What the candidate returned, and the ten weights of each lit pixel afterwards, (pixels, 10)."""
    net = build("Flatten() → Linear(784, 10, False)")
    weight: Any = net[1].weight
    with torch.no_grad():
        weight.zero_()[:, : len(weights)] = torch.as_tensor(weights).T
    images = lit_pixels(len(y), len(weights))
    returned = lend(lambda X, y: candidate(net, X, y, batch_size, lr), images, torch.as_tensor(y))
    return returned, weight.detach().cpu().numpy().astype(np.float64)[:, : len(weights)].T


def ask_weights(candidate: Candidate, *arguments: Any) -> Any:
    """The weights after the epoch."""
    return _trained(candidate, *arguments)[1]


def ask_loss(candidate: Candidate, *arguments: Any) -> Any:
    """What comes back."""
    return _trained(candidate, *arguments)[0]


def ask_steps(candidate: Candidate, weights: ndarray, y: ndarray, batch_size: int, lr: float) -> Any:
    """How far each example raised the weight of its own class, from the least to the most."""
    after = _trained(candidate, weights, y, batch_size, lr)[1]
    return np.sort((after - weights)[np.arange(len(y)), y])


def ask_used(candidate: Candidate, weights: ndarray, y: ndarray, batch_size: int, lr: float) -> Any:
    """How many examples changed a weight, in words."""
    after = _trained(candidate, weights, y, batch_size, lr)[1]
    return used_text(int(np.any(after != weights, axis=1).sum()), len(y))


def used_text(used: int, count: int) -> str:
    """How many of the examples changed a weight, in words."""
    return f"weights changed by {used} of {count} examples"


def ask_moves(candidate: Candidate, net: str, label: int, lr: float) -> Any:
    """How far each parameter of a deeper network moves for one image."""
    made = build(net)
    before = [p.detach().clone() for p in made.parameters()]
    X = torch.as_tensor(np.random.default_rng(3).random((1, 1, 28, 28)), dtype=torch.float32)
    candidate(made, X, torch.tensor([label]), 1, lr)
    return np.array([float((p.detach().cpu() - b).norm()) for p, b in zip(made.parameters(), before, strict=True)])


def _given(weights: ndarray, y: ndarray, batch_size: int, lr: float) -> dict[str, Any]:
    return {"weights": np.asarray(weights, dtype=np.float32), "y": y, "batch_size": batch_size, "lr": lr}


def one_outlier(y: ndarray) -> ndarray:
    """Weights that give every example a loss of about 0.8, and the last one of about 22."""
    weights = np.zeros((len(y), 10))
    weights[np.arange(len(y)), y] = 2
    weights[-1, y[-1]] = -20
    return weights


def epoch_cases() -> Sequence[Case]:
    """One batch, several, one that is smaller, and a network with more parameters."""
    rng = np.random.default_rng(12)
    some = np.round(rng.normal(0, 1, (5, 10)), 1)
    y5, y7, y12 = (rng.integers(0, 10, n) for n in (5, 7, 12))
    return [
        Case(
            "a network with two layers: how far each parameter moves",
            {"net": TWO_LAYERS, "y": 3, "lr": 0.5},
            ask_moves,
        ),
        Case("one batch: the loss", _given(some[:4], y5[:4], 4, 0.01), ask_loss, tolerance=NEARLY),
        Case("one batch: the weights after it", _given(some, np.tile(y5, 2), 10, 0.5), ask_weights),
        Case("a last batch that is smaller", _given(np.zeros((7, 10)), y7, 3, 0.5), ask_used),
        Case("three batches: how far the weights move", _given(np.zeros((9, 10)), y12[:9], 3, 0.2), ask_steps),
        Case("three batches: the mean loss", _given(one_outlier(y12), y12, 4, 0.01), ask_loss, tolerance=NEARLY),
    ]


def random_epochs(rng: np.random.Generator) -> Sequence[Case]:
    """Other weights, labels, batch sizes and rates."""
    batch = int(rng.integers(5, 8))
    y, lr = rng.integers(0, 10, 3 * batch), round(float(rng.uniform(0.3, 0.8)), 2)
    weights = np.round(rng.normal(0, 1, (3 * batch, 10)), 1)
    return [
        Case("random weights, one batch", _given(weights, np.tile(y, 2), 2 * len(y), lr), ask_weights),
        Case("random labels, the steps", _given(0 * weights, y, batch, lr), ask_steps),
        Case("random labels, the mean loss", _given(one_outlier(y), y, batch, 0.01), ask_loss, tolerance=NEARLY),
    ]
