"""The curve of a run: loss and accuracy over the examples seen, thinned where it grows long."""

from __future__ import annotations

import math
from typing import Any

MOST = 400  # points that are kept


class Curve:
    """Points in the order in which they came: (examples seen, loss, accuracy or None)."""

    def __init__(self) -> None:
        self.points: list[tuple[int, float, float | None]] = []

    def add(self, examples: int, loss: float, accuracy: float | None) -> None:
        """One more point. A second one at the same number of examples takes the place of the first."""
        if self.points and self.points[-1][0] == examples:
            accuracy = self.points[-1][2] if accuracy is None else accuracy
            self.points.pop()
        self.points.append((examples, loss, accuracy))
        if len(self.points) > MOST:
            self._thin()

    def _thin(self) -> None:
        """Every second point goes, the newest stays; those with an accuracy stay as long as they are the fewer."""
        sparse = sum(accuracy is not None for _, _, accuracy in self.points) <= MOST // 4
        last = len(self.points) - 1
        self.points = [
            point
            for index, point in enumerate(self.points)
            if (last - index) % 2 == 0 or (sparse and point[2] is not None)
        ]

    def to_browser(self) -> dict[str, Any]:
        """As columns of plain values; None for what JSON does not know."""
        examples, losses, accuracies = zip(*self.points, strict=True) if self.points else ((), (), ())
        return {
            "examples": list(examples),
            "loss": [_finite(loss) for loss in losses],
            "accuracy": [_finite(accuracy) for accuracy in accuracies],
        }


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
