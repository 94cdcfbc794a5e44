"""What a training run leaves behind: a number an epoch, as plain arrays."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy import ndarray

# Why training ended, in `History.ended`.
DONE = "all epochs done"
STOPPED = "stopped"
PATIENCE = "no longer getting better"
DIVERGED = "the loss is no number any more"
BROKEN_OFF = "broken off"


def _empty() -> ndarray:
    return np.empty(0)


@dataclass
class History:
    """One entry for each epoch that is done, in arrays of equal length (epochs,)."""

    loss: ndarray = field(default_factory=_empty)  #: float64, mean cross-entropy over the epoch's examples
    accuracy: ndarray = field(default_factory=_empty)  #: float64, share right on the test set after it, 0 to 1
    held_out: ndarray = field(default_factory=_empty)  #: float64, the same on the examples held out; NaN without any
    seconds: ndarray = field(default_factory=_empty)  #: float64, time in its training steps; tests and monitor apart
    examples: int = 0  #: examples an epoch
    device: str = ""  #: where, in words
    warm_up: float = 0.0  #: seconds before the first step that counts: moving data, loading, compiling, capturing
    ended: str = ""  #: why training ended, in words; empty while it runs

    @classmethod
    def of(cls, values: dict[str, Any]) -> History:
        """From plain values, see `as_values`."""
        arrays = {name: np.array(value, dtype=float) for name, value in values.items() if isinstance(value, list)}
        return cls(**{**values, **arrays})

    def as_values(self) -> dict[str, Any]:
        """As plain values: lists, numbers, words."""
        return {name: v.tolist() if isinstance(v, ndarray) else v for name, v in vars(self).items()}

    def __len__(self) -> int:
        return len(self.loss)

    def add(self, loss: float, accuracy: float, held_out: float, seconds: float) -> None:
        """One more epoch."""
        self.loss = np.append(self.loss, loss)
        self.accuracy = np.append(self.accuracy, accuracy)
        self.held_out = np.append(self.held_out, held_out)
        self.seconds = np.append(self.seconds, seconds)

    @property
    def examples_per_second(self) -> float:
        """Over all epochs, warm-up and tests apart; 0 before the first."""
        return len(self) * self.examples / float(self.seconds.sum()) if len(self) else 0.0

    def __repr__(self) -> str:
        if not len(self):
            return f"History(no epoch done, {self.ended or 'running'})"
        return (
            f"History({len(self)} epochs, {self.ended or 'running'}: loss {self.loss[-1]:.3f}, "
            f"accuracy {self.accuracy[-1]:.4f}, {self.examples_per_second:,.0f} examples/s on {self.device})"
        )
