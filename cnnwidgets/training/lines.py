"""The plainest way to follow training: a printed line an epoch."""

from __future__ import annotations

from torch import nn

from .history import History
from .progress import Plan, Step


class Lines:
    """A monitor that prints a line when an epoch is done: ``fit(net, data, monitor=Lines())``."""

    stopped = False

    def start(self, net: nn.Module, plan: Plan) -> None:
        """A head for the lines."""
        print(f"{plan.epochs} epochs of {plan.steps} steps on {plan.device}")

    def update(self, step: Step) -> None:
        """A line, where the epoch is done."""
        if step.accuracy is not None:
            speed = step.examples / step.seconds if step.seconds else 0.0
            print(
                f"epoch {step.epoch:>2}: loss {step.loss:.3f}, {step.accuracy:.1%} right, "
                f"{speed:,.0f} images a second",
                flush=True,
            )

    def finish(self, history: History) -> None:
        """Why it ended, where that is not plain."""
        if len(history) and history.ended != "all epochs done":
            print(history.ended)
