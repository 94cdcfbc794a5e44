"""What a training run leaves behind: a number an epoch, as plain arrays."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy import ndarray

#: Why training ended, in `History.ended`.
DONE, STOPPED, PATIENCE, TARGET, FAILED = (
    "all epochs done",
    "stopped",
    "no longer getting better",
    "target reached",
    "broken off",
)


def _empty() -> ndarray:
    return np.empty(0)


@dataclass
class History:
    """One entry for each epoch that is done, in arrays of equal length (epochs,).

    `examples_per_second` is over the training steps alone, warm-up and tests apart.
    """

    loss: ndarray = field(default_factory=_empty)  #: float64, mean cross-entropy over the epoch's examples
    accuracy: ndarray = field(default_factory=_empty)  #: float64, share right on the test set after it, 0 to 1
    seconds: ndarray = field(default_factory=_empty)  #: float64, time in its training steps
    examples: int = 0  #: examples an epoch
    device: str = ""  #: where, in words
    warm_up: float = 0.0  #: seconds before the first step that counts: loading, compiling, capturing
    ended: str = ""  #: why training ended: "all epochs done", "stopped", "no longer getting better", "target reached"

    def __len__(self) -> int:
        return len(self.loss)

    def add(self, loss: float, accuracy: float, seconds: float) -> None:
        """One more epoch."""
        self.loss = np.append(self.loss, loss)
        self.accuracy = np.append(self.accuracy, accuracy)
        self.seconds = np.append(self.seconds, seconds)

    @property
    def best(self) -> float:
        """The largest accuracy so far; 0 before the first epoch."""
        return float(self.accuracy.max(initial=0.0))

    @property
    def examples_per_second(self) -> float:
        """Over all epochs; 0 before the first."""
        return len(self) * self.examples / float(self.seconds.sum()) if len(self) else 0.0

    def __repr__(self) -> str:
        if not len(self):
            return "History(no epoch yet)"
        return (
            f"History({len(self)} epochs, {self.ended or 'running'}: loss {self.loss[-1]:.3f}, "
            f"accuracy {self.accuracy[-1]:.4f}, {self.examples_per_second:,.0f} examples/s on {self.device})"
        )
