"""How training tells what it does: any object with `start`, `update`, `finish` and `stopped` can follow it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from numpy import ndarray
from torch import nn

if TYPE_CHECKING:
    from .history import History


@dataclass(frozen=True)
class Plan:
    """What is about to happen; given to `start` once, before the first step."""

    epochs: int  #: how many at most, counted from the very first
    first: int  #: the epoch that comes first, from 1; larger where training goes on from a checkpoint
    steps: int  #: steps an epoch
    examples: int  #: examples an epoch
    batch_size: int  #: examples a step; the last step of an epoch may have fewer
    device: str  #: where it happens, in words: "CPU, 2 threads", "NVIDIA H100 80GB HBM3"


@dataclass(frozen=True)
class Step:
    """Where training stands; given to `update` a few times a second and at the end of every epoch.

    Not every step of training is told: reading a loss waits for the device.
    """

    epoch: int  #: the epoch that is running or has just ended, from 1
    epochs: int  #: how many at most
    step: int  #: steps done in this epoch, from 1 to `steps`
    steps: int  #: steps an epoch
    loss: float  #: mean cross-entropy over the examples of this epoch so far
    accuracy: float | None  #: share right on the test set, 0 to 1; None before the end of an epoch
    confusion: ndarray | None  #: int64 (10, 10), row: true class, column: answer; None before the end of an epoch
    examples: int  #: examples seen since the very first step, those before a checkpoint too
    seconds: float  #: time in training steps since the very first one, warm-up and tests apart
    device: str  #: as in `Plan`


@runtime_checkable
class Monitor(Protocol):
    """Follows a training run. Every method is called from the thread that called `fit`."""

    @property
    def stopped(self) -> bool:
        """True where training should end after this step; read after every `update`."""
        ...

    def start(self, net: nn.Module, plan: Plan) -> None:
        """Training begins. `net` is the network itself: its weights can be read in every `update`."""
        ...

    def update(self, step: Step) -> None:
        """Training has come this far."""
        ...

    def finish(self, history: History) -> None:
        """Training is over, also where an exception ended it; `history.ended` says why."""
        ...
