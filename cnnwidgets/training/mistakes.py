"""The picture of what a network gets wrong: the classes it confuses, the images it is surest of in vain."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy import ndarray
from torch import Tensor, nn

from .data import CLASSES
from .evaluate import confusion, scores

INK, PAPER, ACCENT = "#333333", "#ffffff", "#b0480f"
ROWS, COLUMNS = 3, 4  # of images


def mistakes(net: nn.Module, X: Tensor, y: Tensor, names: tuple[str, ...] = CLASSES) -> Any:
    """A matplotlib figure: the confusion matrix, and beside it the wrong answers that the network is surest of.

    X (n, 1, 28, 28), bytes or floats from 0 to 1, and y (n,), on any device. In the matrix a row is a true class, a
    column an answer; right answers stand framed on the diagonal and are left out of the shading, so that mistakes
    show.
    """
    from matplotlib.figure import Figure

    chances = torch.softmax(scores(net, X), dim=1).numpy()
    truth, found = y.cpu().numpy(), chances.argmax(axis=1)
    wrong = np.flatnonzero(found != truth)
    surest = wrong[np.argsort(-chances[wrong, found[wrong]], kind="stable")][: ROWS * COLUMNS]

    figure = Figure(figsize=(11.5, 5.6), layout="constrained")
    panels: Any = figure.subfigures(1, 2, width_ratios=(1.12, 1))
    left, right = panels
    _matrix(left.subplots(), confusion(truth, found, len(names)), names)
    right.suptitle("The surest mistakes" if len(surest) else "No mistakes", fontsize=11, color=INK)
    for axis, i in zip(
        right.subplots(ROWS, COLUMNS).flat, [*surest, *[-1] * (ROWS * COLUMNS - len(surest))], strict=True
    ):
        axis.axis("off")
        if i >= 0:
            axis.imshow(X[i, 0].cpu().numpy(), cmap="gray_r")
            title = f"{names[found[i]]}, {chances[i, found[i]]:.0%}\n"
            axis.set_title(title, fontsize=9, color=ACCENT, pad=-3)
            axis.text(
                0.5,
                1.0,
                f"is: {names[truth[i]]}",
                transform=axis.transAxes,
                ha="center",
                va="bottom",
                fontsize=9,
                color=INK,
            )
    return figure


def _matrix(axis: Any, matrix: ndarray, names: tuple[str, ...]) -> None:
    wrong = matrix - np.diag(matrix.diagonal())
    most = max(1, wrong.max())
    axis.imshow(wrong, cmap="Oranges", vmin=0, vmax=1.15 * most)
    style: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 8}
    for (i, j), count in np.ndenumerate(matrix):
        if i == j:
            axis.add_patch(_frame(j, i))
        weight = "bold" if i == j or count > most / 2 else "normal"
        if count:
            axis.text(j, i, count, weight=weight, color=PAPER if wrong[i, j] > 0.6 * most else INK, **style)
    share = matrix.trace() / max(1, matrix.sum())
    axis.set_title(f"{share:.1%} of {matrix.sum():,} images right".replace(",", " "), fontsize=11, color=INK)
    axis.set(xlabel="taken for", ylabel="is")
    axis.set_xticks(range(len(names)), names, rotation=40, ha="right", rotation_mode="anchor", fontsize=9)
    axis.set_yticks(range(len(names)), names, fontsize=9)
    axis.tick_params(length=0)
    for side in axis.spines.values():
        side.set_visible(False)


def _frame(x: int, y: int) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((x - 0.46, y - 0.46), 0.92, 0.92, fill=False, edgecolor=INK, linewidth=1)
