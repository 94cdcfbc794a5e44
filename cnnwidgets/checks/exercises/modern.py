"""`modern_lenet`: whatever it is made of, it has to learn at once; the check trains it and looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from cnnwidgets import training  # the one place where checks look sideways: the data and the loop are there
from cnnwidgets.checks.call import Unanswered
from cnnwidgets.checks.compare import a_kind
from cnnwidgets.checks.exercises.nets import lend
from cnnwidgets.checks.exercise import Candidate, Case, Exercise, Misconception

# Measured with 20 seeds: nets that learn (ReLU or tanh, either pooling, three initialisations) pass 60 % in the fourth
# epoch at the latest and reach 69 to 85 %; the sigmoid net stays at 10 %, and one that ends in a softmax below 59 %.
EPOCHS, BATCH_SIZE, RATE, WANTED = 5, 16, 0.1, 0.6
LEARNS = f"learns: {WANTED:.0%} or more of the test images right"
SITS = "does not learn: about 10 % of the test images right"
SLOW = f"learns too slowly: less than {WANTED:.0%} of the test images right"


def _made(candidate: Candidate) -> nn.Module | None:
    net = candidate()
    if net is None or isinstance(net, nn.Module):
        return net
    raise Unanswered(f"makes {a_kind(net)}, not a torch.nn.Module")


def ask_shape(candidate: Candidate, images: int) -> Any:
    """The shape of the scores for so many images, in words."""
    net = _made(candidate)
    if net is None:
        return None
    scores = lend(net, torch.linspace(0, 1, images * 784).reshape(images, 1, 28, 28))
    return f"scores of shape {tuple(scores.shape)}" if type(scores) is Tensor else f"{a_kind(scores)} for scores"


@contextmanager
def _one_thread() -> Iterator[None]:
    """So small a network gains nothing from a second thread, and loses much where another program has the core."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


@cache
def _sample() -> tuple[Tensor, ...]:
    X_train, y_train, X_test, y_test = training.fashion_mnist(sample=True)
    return training.scaled(X_train), y_train, training.scaled(X_test), y_test


def ask_learning(candidate: Candidate, lr: float) -> Any:
    """What training on the sample makes of the network, in words. It ends as soon as the share is reached."""
    if candidate is EXERCISE.reference:
        return LEARNS  # a test trains it
    X, y, X_test, y_test = _sample()
    share = 0.0
    with torch.random.fork_rng(devices=[]), _one_thread():
        torch.manual_seed(0)
        net = _made(candidate)
        if net is None:
            return None
        if not list(net.parameters()):
            raise Unanswered("makes a network that has no parameters")
        for _ in range(EPOCHS):
            training.train_epoch(net, X, y, BATCH_SIZE, lr)
            share = training.accuracy(net, X_test.clone(), y_test)  # the sample stays whole
            if share >= WANTED:
                return LEARNS
    return SITS if share < 0.15 else SLOW


def _random(rng: np.random.Generator) -> Sequence[Case]:
    return [Case("another number of images, at random", {"images": int(rng.integers(3, 60))}, ask_shape)]


def _says(words: str) -> Callable[[Case, Any], bool]:
    return lambda case, value: case.ask is ask_learning and bool(value == words)


class _Detached(nn.Sequential):
    def forward(self, X: Tensor) -> Tensor:
        scores: Tensor = super().forward(X)  # type: ignore[no-untyped-call]
        return scores.detach()


class _Unregistered(nn.Module):
    def forward(self, X: Tensor) -> Tensor:
        return X.flatten(1)[:, :10]


EXERCISE = Exercise(
    "modern_lenet",
    training.modern_lenet,
    lambda: [
        Case("the shape of its scores", {"images": 2}, ask_shape),
        Case(f"trained on the sample, {EPOCHS} epochs in batches of {BATCH_SIZE}", {"lr": RATE}, ask_learning),
    ],
    _random,
    (
        Misconception(
            "sits-at-10-percent",
            "It sits at 10 %, as the sigmoid net does",
            "what reaches the last layer hardly depends on the picture; the rate is given here, so look at what you "
            "measured, and which change freed the network at this rate",
            fits=_says(SITS),
        ),
        Misconception(
            "learns-slowly",
            "It learns, but not at once",
            "look at what squeezes the signal on its way: the activations, how large the weights are at the start, and "
            "what stands behind the last linear layer (`cross_entropy` has the softmax in it)",
            fits=_says(SLOW),
        ),
        Misconception(
            "no-gradient",
            "The scores are cut off from the parameters",
            "`.detach()`, `.data`, `.numpy()` and `torch.no_grad()` end the path that gradients take",
            (lambda: _Detached(nn.Flatten(), nn.Linear(784, 10)),),
        ),
        Misconception(
            "not-registered",
            "The network has no parameters",
            "layers in a plain list are not found: make them attributes, or use `nn.Sequential` or `nn.ModuleList`",
            (_Unregistered,),
        ),
    ),
    seconds=15.0,
    source="The slides on what came after LeNet.",
)

EXERCISES = (EXERCISE,)
