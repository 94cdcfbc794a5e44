"""How good a network is: its answers, the share right, which classes it takes for which."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy import ndarray
from torch import Tensor, nn

from .data import CLASSES, scaled

BATCH = 1000  # always the same, so that the same network always gives the same answers


def scores(net: nn.Module, X: Tensor) -> Tensor:
    """The network's scores for images X (n, 1, 28, 28), bytes or floats from 0 to 1: (n, classes), on the processor.

    Batches go to where the network is; the network is left training or not, as it was.
    """
    device = next((p.device for p in net.parameters()), X.device)
    before = net.training
    net.eval()
    try:
        with torch.no_grad():
            return torch.cat([net(as_input(images.to(device))) for images in torch.split(X, BATCH)]).float().cpu()
    finally:
        net.train(before)


def answers(net: nn.Module, X: Tensor) -> ndarray:
    """The class with the largest score for each of the images X (n, 1, 28, 28): int64 (n,)."""
    return scores(net, X).argmax(dim=1).numpy() if len(X) else np.empty(0, np.int64)


def as_input(X: Tensor) -> Tensor:
    """What a network takes: images of bytes become floats from 0 to 1, others stay."""
    return scaled(X) if X.dtype == torch.uint8 else X


def confusion(truth: ndarray | Tensor, given: ndarray | Tensor, classes: int = len(CLASSES)) -> ndarray:
    """How often an image of class i (row) was taken for class j (column): int64 (classes, classes)."""
    truth, given = np.asarray(truth, dtype=np.int64), np.asarray(given, dtype=np.int64)
    if truth.shape != given.shape:
        raise ValueError(f"there are {len(truth)} classes and {len(given)} answers")
    return np.bincount(truth * classes + given, minlength=classes**2).reshape(classes, classes)


@dataclass(frozen=True)
class ClassReport:
    """Right and wrong, class by class; prints as a table. Arrays (classes,), shares from 0 to 1.

    A share of nothing (a class that never occurs, or is never answered) is NaN.
    """

    matrix: ndarray  #: see `confusion`
    names: tuple[str, ...] = CLASSES

    @property
    def accuracy(self) -> float:
        """The share of all images that are right."""
        return float(_share(np.trace(self.matrix), self.matrix.sum()))

    @property
    def precision(self) -> ndarray:
        """Of the images that were taken for a class, the share that is of it."""
        return _share(self.matrix.diagonal(), self.matrix.sum(axis=0))

    @property
    def recall(self) -> ndarray:
        """Of the images of a class, the share that was taken for it."""
        return _share(self.matrix.diagonal(), self.matrix.sum(axis=1))

    @property
    def f1(self) -> ndarray:
        """The harmonic mean of the two."""
        return _share(2 * self.matrix.diagonal(), self.matrix.sum(axis=0) + self.matrix.sum(axis=1))

    def __str__(self) -> str:
        wide = max(len(name) for name in self.names)
        lines = [f"{'':<{wide}}  precision  recall     f1  images  taken most often for"]
        wrong = self.matrix - np.diag(self.matrix.diagonal())
        rows = zip(self.names, self.precision, self.recall, self.f1, self.matrix.sum(axis=1), wrong, strict=True)
        for name, precision, recall, f1, count, others in rows:
            worst = f"{self.names[others.argmax()]}, {others.max()} times" if others.any() else ""
            lines.append(f"{name:<{wide}}  {precision:9.3f}  {recall:6.3f}  {f1:5.3f}  {count:6}  {worst}".rstrip())
        lines.append(f"right: {self.accuracy:.2%} of {self.matrix.sum()} images")
        return "\n".join(lines)

    __repr__ = __str__


def _share(part: ndarray, whole: ndarray) -> ndarray:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.true_divide(part, whole))


def class_report(net: nn.Module, X: Tensor, y: Tensor) -> ClassReport:
    """Precision, recall and the most frequent confusion of each class, for X (n, 1, 28, 28) and y (n,)."""
    return ClassReport(confusion(y.cpu(), answers(net, X)))
