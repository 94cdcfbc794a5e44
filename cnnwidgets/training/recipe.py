"""How a network is trained, apart from where: epochs, batches, and the rate of every step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy import ndarray

SCHEDULES = ("constant", "one-cycle")


@dataclass(frozen=True)
class Recipe:
    """Everything that, with the network and the seed, decides how training ends.

    A step is `velocity ← momentum · velocity + gradient + weight_decay · weights`, then
    `weights ← weights − rate · velocity`, as in `torch.optim.SGD`.
    """

    epochs: int = 10  #: at most
    batch_size: int = 256  #: examples a step; the last step of an epoch takes what is left
    lr: float = 0.1  #: the rate, or the highest rate of the schedule
    momentum: float = 0.0  #: 0 is plain gradient descent
    weight_decay: float = 0.0  #: how strongly weights are drawn to 0
    schedule: str = (
        "constant"  #: or "one-cycle": up to `lr` in the first fifth of all steps, then down to 0, in lines
    )
    held_out: int = 0  #: examples to learn from that are kept aside, to stop by
    patience: int | None = None  #: epochs without a better share right on those held out, after which training stops

    def __post_init__(self) -> None:
        for name in ("epochs", "batch_size"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, not {getattr(self, name)}")
        for name in ("lr", "momentum", "weight_decay", "held_out"):
            if not getattr(self, name) >= 0:
                raise ValueError(f"{name} must not be negative, and is {getattr(self, name)}")
        if self.schedule not in SCHEDULES:
            raise ValueError(f"schedule must be one of {', '.join(SCHEDULES)}, not {self.schedule!r}")
        if self.patience is not None and (self.patience < 1 or not self.held_out):
            raise ValueError(
                "patience needs at least 1 epoch, and examples to stop by (held_out=5000, say): a run that stops by "
                "its test images has seen them"
            )

    def rates(self, steps: int) -> ndarray:
        """The rate of every step of the whole run, float32 (epochs · steps,), for so many steps an epoch."""
        total = self.epochs * steps
        if self.schedule == "constant":
            return np.full(total, self.lr, dtype=np.float32)
        done = (np.arange(total) + 0.5) / total  # the middle of each step, from 0 to 1
        return np.interp(done, [0.0, 0.2, 1.0], [0.0, self.lr, 0.0]).astype(np.float32)


#: The deck's network learns with this where Xavier's rule has drawn its weights.
DECK = Recipe(epochs=10, batch_size=256, lr=0.9)
#: For the network with ReLU and max pooling.
MODERN = Recipe(epochs=12, batch_size=256, lr=0.1, momentum=0.9, weight_decay=5e-4, schedule="one-cycle")
