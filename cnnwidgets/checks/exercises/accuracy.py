"""`accuracy`: the share of examples whose largest score is at the right class."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from numpy import ndarray
from torch import Tensor, nn

from cnnwidgets.checks.call import type_module
from cnnwidgets.checks.exercise import Candidate, Case, Exercise, Misconception
from cnnwidgets.checks.exercises.draw import image
from cnnwidgets.checks.exercises.nets import build, lend


def ask_share(candidate: Candidate, scores: ndarray, y: ndarray) -> Any:
    """The candidate's share for a network that gives these scores: the images hold them, and it hands them on."""
    net = build("Flatten() → Linear(784, 10, False)")
    with torch.no_grad():
        net[1].weight.copy_(torch.eye(10, 784))  # type: ignore[operator]
    X = torch.zeros(len(y), 784)
    X[:, :10] = torch.as_tensor(scores)
    return lend(candidate, net, X.reshape(-1, 1, 28, 28), torch.as_tensor(y))


def accuracy(net: nn.Module, X: Tensor, y: Tensor) -> float:
    """The reference."""
    return _hits(net, X, y) / len(y)


def _hits(net: nn.Module, X: Tensor, y: Tensor) -> int:
    with torch.no_grad():
        return int((net(X).argmax(dim=1) == y).sum())


def _case(name: str, rng: np.random.Generator, count: int, right: int) -> Case:
    """`right` of `count` examples have their largest score at their class, and the others elsewhere."""
    scores = image(rng, count, 10)
    scores[np.arange(count), rng.integers(0, 10, count)] += 20
    y = scores.argmax(axis=1)
    scores[0, y[0]] += 20  # the largest of all, so that a single `argmax` gives a class
    wrong = rng.permutation(count)[: count - right]
    y[wrong] = (y[wrong] + rng.integers(1, 10, len(wrong))) % 10
    return Case(name, {"scores": scores.astype(np.float32), "y": y}, ask_share)


def _cases() -> Sequence[Case]:
    rng = np.random.default_rng(4)
    last = _case("the last examples are the wrong ones", rng, 333, 333)
    y = last.arguments["y"]
    y[-50:] = (y[-50:] + 3) % 10
    return [
        _case("one example", rng, 1, 1),
        _case("five of seven", rng, 7, 5),
        _case("three of ten", rng, 10, 3),
        last,
    ]


def _random(rng: np.random.Generator) -> Sequence[Case]:
    count = int(rng.integers(340, 400))
    return [_case("random examples", rng, count, int(rng.integers(200, 300)))]


def _by_batches(size: int, of_batches: bool, drop: bool) -> Candidate:
    """The mean of the shares of batches of a size, or the hits in them over all, perhaps without the last one."""

    def fn(net: nn.Module, X: Tensor, y: Tensor) -> float:
        ends = range(0, len(y) - len(y) % size if drop and len(y) > size else len(y), size)
        hits = [_hits(net, X[i : i + size], y[i : i + size]) for i in ends]
        if of_batches:
            return float(np.mean([h / len(y[i : i + size]) for h, i in zip(hits, ends, strict=True)]))
        return sum(hits) / len(y)

    return fn


SIZES = (8, 10, 16, 20, 32, 50, 64, 100, 128, 200, 256)


def _of_share(change: Callable[[float], Any]) -> Candidate:
    return lambda net, X, y: change(accuracy(net, X, y))


def _argmax_over_examples(net: nn.Module, X: Tensor, y: Tensor) -> float:
    return float((net(X).argmax(dim=0) == y).float().mean())


def _counted_over_examples(net: nn.Module, X: Tensor, y: Tensor) -> float:
    return float((net(X).argmax(dim=0) == y).sum()) / len(y)


def _one_argmax(net: nn.Module, X: Tensor, y: Tensor) -> float:
    return float((net(X).argmax() == y).float().mean())


def _scores_for_classes(net: nn.Module, X: Tensor, y: Tensor) -> float:
    return float((net(X).max(dim=1).values == y).float().mean())


def _least(net: nn.Module, X: Tensor, y: Tensor) -> float:
    return float((net(X).argmin(dim=1) == y).float().mean())


def _loss(reduction: str) -> Candidate:
    return lambda net, X, y: float(nn.functional.cross_entropy(net(X), y, reduction=reduction).detach())


def _is_tensor(case: Case, value: Any) -> bool:
    return type_module(value) == "torch"


ACCURACY = Exercise(
    "accuracy",
    accuracy,
    _cases,
    _random,
    (
        Misconception(
            "percent",
            "It gives percent",
            "a share lies between 0 and 1: all right is 1",
            (_of_share(lambda share: 100 * share),),
        ),
        Misconception(
            "count-for-share",
            "It counts the right ones",
            "the share is that count over the number of examples",
            (_hits, lambda net, X, y: float(_hits(net, X, y))),
        ),
        Misconception(
            "error-share",
            "It gives the share of wrong ones",
            "count where class and label agree",
            (_of_share(lambda share: 1 - share),),
        ),
        Misconception(
            "argmax-over-examples",
            "The largest score is looked for among the examples",
            "the scores are (n, 10): the classes lie along the second axis, and there is one largest in each row",
            (_argmax_over_examples, _counted_over_examples),
        ),
        Misconception(
            "one-class-for-all",
            "All examples get one class",
            "without an axis, `argmax` gives a single place in the whole table",
            (_one_argmax,),
        ),
        Misconception(
            "scores-for-classes",
            "Labels are compared with scores",
            "what is compared with the label is where the largest score stands, not how large it is",
            (_scores_for_classes,),
        ),
        Misconception(
            "least-score", "It takes the smallest score", "the class with the largest score is the answer", (_least,)
        ),
        Misconception(
            "loss-returned",
            "It gives the loss",
            "accuracy counts right answers; how sure they are does not matter",
            (_loss("mean"), _loss("sum")),
        ),
        Misconception(
            "mean-of-batches",
            "It takes the mean of the batches' shares",
            "the last batch may be smaller, and its examples would count for more: add up the right ones, and divide once",
            tuple(_by_batches(size, True, False) for size in SIZES),
        ),
        Misconception(
            "last-batch-dropped",
            "The last examples are left out",
            "every example counts, also where the number is no multiple of a batch",
            tuple(_by_batches(size, of_batches, True) for size in SIZES for of_batches in (True, False)),
        ),
        Misconception(
            "cut-to-integer",
            "The share is cut to a whole number",
            "`int` and `//` leave 0 of anything below 1",
            (_of_share(lambda share: float(int(share))), _of_share(int)),
        ),
        Misconception(
            "tensor-returned",
            "The share is still a tensor",
            "`.item()` or `float(...)` makes a number of it",
            fits=_is_tensor,
        ),
    ),
    seconds=5.0,
    source="The slides on training LeNet.",
)

EXERCISES = (ACCURACY,)
