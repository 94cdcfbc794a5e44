"""`train_epoch`: one epoch of minibatch gradient descent, and how it goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from cnnwidgets.checks.call import type_module
from cnnwidgets.checks.compare import FLOATS
from cnnwidgets.checks.exercise import Candidate, Case, Exercise, Misconception
from cnnwidgets.checks.exercises.training_cases import (
    ask_loss,
    ask_steps,
    ask_used,
    epoch_cases,
    random_epochs,
    used_text,
)

Average = Callable[[Sequence[float], Sequence[int]], float]  # of the losses and the sizes of the batches


def _mean(losses: Sequence[float], sizes: Sequence[int]) -> float:
    return float(np.average(losses, weights=sizes))


def _epoch(
    *,
    zero: bool = True,
    steps: float = 1.0,
    reduction: str = "mean",
    squash: Callable[[Tensor], Tensor] = lambda scores: scores,
    size: Callable[[int, int], int] = lambda batch_size, n: batch_size,
    drop: bool = False,
    rate: Callable[[float], float] = lambda lr: lr,
    learnt: Callable[[nn.Module], Sequence[nn.Parameter]] = lambda net: list(net.parameters()),
    returned: Average = _mean,
) -> Candidate:
    """An epoch without shuffling, right or with something wrong; `returned` makes one number of all the losses."""

    def fn(net: nn.Module, X: Tensor, y: Tensor, batch_size: int, lr: float) -> Any:
        losses, sizes, batch = [], [], size(batch_size, len(X))
        for start in range(0, len(X) - len(X) % batch if drop else len(X), batch):
            images, classes = X[start : start + batch], y[start : start + batch]
            if zero:
                net.zero_grad()
            loss = nn.functional.cross_entropy(squash(net(images)), classes, reduction=reduction)
            loss.backward()  # type: ignore[no-untyped-call]
            with torch.no_grad():
                for p in learnt(net):
                    assert p.grad is not None
                    p.sub_(steps * rate(lr) * p.grad)
            losses.append(float(loss.detach()))
            sizes.append(len(images))
        return float(returned(losses, sizes))

    return fn


OF_SUMS: tuple[Average, ...] = (
    lambda losses, sizes: sum(losses) / sum(sizes),
    lambda losses, sizes: sum(losses) / len(sizes),
    lambda losses, sizes: sum(losses),
)


def _is_loss_of_one_batch(case: Case, value: Any) -> bool:
    """Whether a number is what one of the batches gives; they are of two kinds, with the outlier and without."""
    if case.ask is not ask_loss or type(value) not in FLOATS:
        return False
    batch = case.arguments["batch_size"]
    if batch == len(case.arguments["y"]):
        return False
    usual, outlier = np.log(1 + 9 * np.exp(-2)), np.log(9 + np.exp(-20)) + 20
    return any(abs(value - loss) < 0.05 * loss for loss in (usual, usual + (outlier - usual) / batch))


def _is_first_batch(case: Case, value: Any) -> bool:
    if case.ask is ask_loss:
        return _is_loss_of_one_batch(case, value)
    if case.ask is ask_used:
        return bool(value == used_text(case.arguments["batch_size"], len(case.arguments["y"])))
    return case.ask is ask_steps and int(np.count_nonzero(value)) == case.arguments["batch_size"]


def _is_nothing(case: Case, value: Any) -> bool:
    return case.ask is ask_loss and value is None


def _is_tensor(case: Case, value: Any) -> bool:
    return case.ask is ask_loss and type_module(value) == "torch"


TRAIN_EPOCH = Exercise(
    "train_epoch",
    _epoch(),
    epoch_cases,
    random_epochs,
    (
        Misconception(
            "gradient-not-zeroed",
            "Gradients are left over from the batches before",
            "`backward` adds to what is in `.grad` already; each batch has to start from zero",
            (_epoch(zero=False),),
        ),
        Misconception(
            "no-step",
            "The weights do not move",
            "the gradient has to be there still when the step is made, and the step made on the network's own parameters",
            (_epoch(steps=0.0),),
        ),
        Misconception(
            "ascent",
            "The weights move uphill",
            "the gradient points to where the loss grows",
            (_epoch(steps=-1.0),),
        ),
        Misconception(
            "sum-for-mean",
            "The loss of a batch is the sum over its examples",
            "the step then grows with the batch; the cross-entropy of a batch is the mean, as torch takes it by default",
            tuple(_epoch(reduction="sum", returned=of) for of in OF_SUMS),
        ),
        Misconception(
            "loss-not-averaged",
            "The losses are added up and not divided",
            "what comes back is a mean: over batches, or over examples",
            (
                _epoch(returned=lambda losses, sizes: sum(losses)),
                _epoch(returned=lambda losses, sizes: float(np.dot(losses, sizes))),
            ),
        ),
        Misconception(
            "divided-twice",
            "The loss is divided too often",
            "the cross-entropy of a batch is a mean already: dividing the sum over batches by the number of examples is once too much",
            (_epoch(returned=lambda losses, sizes: sum(losses) / sum(sizes)),),
        ),
        Misconception(
            "softmax-first",
            "A softmax comes before the cross-entropy",
            "`cross_entropy` takes scores, and has the softmax in it",
            (
                _epoch(squash=lambda scores: torch.softmax(scores, dim=1)),
                _epoch(squash=lambda scores: torch.sigmoid(scores)),
            ),
        ),
        Misconception(
            "last-batch-dropped",
            "The last examples are left out where the batch size does not divide",
            "an epoch sees every example once: the last batch may be smaller",
            (_epoch(drop=True),),
        ),
        Misconception(
            "batches-of-one",
            "Each example makes a step of its own",
            "a batch of examples makes one step, along the mean of their gradients",
            (_epoch(size=lambda batch_size, n: 1),),
        ),
        Misconception(
            "one-big-batch",
            "All examples make one step",
            "the examples come in batches of batch_size, and each batch makes a step",
            (_epoch(size=lambda batch_size, n: n),),
        ),
        Misconception(
            "rate-ignored",
            "The rate is another than lr",
            "the step is lr times the gradient, whatever worked elsewhere",
            tuple(_epoch(rate=lambda lr, fixed=fixed: fixed) for fixed in (1.0, 0.1, 0.01, 0.001)),  # type: ignore[misc]
        ),
        Misconception(
            "some-parameters-only",
            "Some parameters are not trained",
            "every parameter of every layer takes part: `net.parameters()` has them all",
            (
                _epoch(learnt=lambda net: [p for name, p in net.named_parameters() if name.endswith("weight")]),
                _epoch(learnt=lambda net: list(list(net.modules())[-1].parameters())),
            ),
        ),
        Misconception(
            "last-loss",
            "The loss of one batch comes back",
            "it is the mean over all of the epoch's batches that is asked for",
            fits=_is_loss_of_one_batch,
        ),
        Misconception(
            "first-batch-only",
            "Only the first batch is trained on",
            "look where `return` stands",
            fits=_is_first_batch,
        ),
        Misconception(
            "loss-not-returned",
            "The loss is not returned",
            "the network is trained in place, and the mean loss comes back with `return`",
            fits=_is_nothing,
        ),
        Misconception(
            "tensor-returned",
            "The loss is still a tensor",
            "`.item()` or `float(...)` makes a number of it, and lets go of all that was kept for its gradient",
            fits=_is_tensor,
        ),
    ),
    seconds=15.0,  # the first optimiser of a process takes seconds to load
    source="The slides on training LeNet.",
)

EXERCISES = (TRAIN_EPOCH,)
