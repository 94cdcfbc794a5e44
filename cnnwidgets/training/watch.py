"""A clock for the steps of training alone, and what the monitor is told meanwhile."""

from __future__ import annotations

from time import perf_counter

from numpy import ndarray
from torch import Tensor, nn

from .history import History
from .progress import Monitor, Plan, Step

EVERY = 0.2  # seconds from one `update` to the next


class Watch:
    """Follows one run: `begin` an epoch, ask `stopped_after` each step, `end` it."""

    def __init__(self, monitor: Monitor | None, plan: Plan, history: History) -> None:
        self.monitor, self.plan, self.history = monitor, plan, history
        self.seconds = self.since = self.told = 0.0

    def start(self, net: nn.Module) -> None:
        """Training begins."""
        if self.monitor:
            self.monitor.start(net, self.plan)

    def begin(self) -> None:
        """The first step of an epoch is next."""
        self.seconds, self.since = 0.0, perf_counter()

    def stopped_after(self, step: int, loss: Tensor) -> bool:
        """Whether the monitor wants to stop, asked a few times a second; `loss` is the sum over the epoch so far."""
        if not self.monitor or step == self.plan.steps or perf_counter() - self.told < EVERY:
            return False
        mean = float(loss) / (step * self.plan.batch_size)  # waits for the device
        self.seconds += perf_counter() - self.since
        stopped = self._tell(len(self.history) + 1, step, mean)
        self.since = perf_counter()
        return stopped

    def end(self) -> float:
        """The last step of the epoch is done, and the device idle. Returns the seconds that its steps took."""
        self.seconds += perf_counter() - self.since
        return self.seconds

    def epoch_told(self, confusion: ndarray) -> bool:
        """Tells the monitor of the epoch that the history has last; whether it wants to stop."""
        self.seconds = 0.0  # the history has them
        loss, accuracy = float(self.history.loss[-1]), float(self.history.accuracy[-1])
        return bool(self.monitor) and self._tell(len(self.history), self.plan.steps, loss, accuracy, confusion)

    def finish(self) -> None:
        """Training is over."""
        if self.monitor:
            self.monitor.finish(self.history)

    def _tell(
        self, epoch: int, step: int, loss: float, accuracy: float | None = None, confusion: ndarray | None = None
    ) -> bool:
        assert self.monitor is not None
        examples = (epoch - 1) * self.plan.examples + min(step * self.plan.batch_size, self.plan.examples)
        seconds = float(self.history.seconds.sum()) + self.seconds
        told = Step(
            epoch,
            self.plan.epochs,
            step,
            self.plan.steps,
            loss,
            accuracy,
            confusion,
            examples,
            seconds,
            self.plan.device,
        )
        self.monitor.update(told)
        self.told = perf_counter()
        return bool(self.monitor.stopped)
