"""`fit`: trains a network, as fast as its device allows, to the same result for the same seed."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from time import perf_counter

import numpy as np
import torch
from torch import Tensor, nn

from .checkpoint import Checkpoint
from .data import Dataset
from .device import choose, in_words, synchronize
from .evaluate import answers, confusion
from .history import BROKEN_OFF, DIVERGED, DONE, PATIENCE, STOPPED, History
from .progress import Monitor, Plan
from .recipe import Recipe
from .steps import Steps
from .watch import Watch


def fit(
    net: nn.Module,
    data: Dataset | tuple[Tensor, Tensor, Tensor, Tensor],
    recipe: Recipe | None = None,
    *,
    device: str | torch.device = "auto",
    precision: str = "float32",
    steps: str = "auto",
    seed: int = 0,
    monitor: Monitor | None = None,
    checkpoint: str | os.PathLike[str] | None = None,
) -> History:
    """Trains `net` in place on `data` by the recipe (`Recipe()` unless given), and returns what came of each epoch.

    `data` unpacks into images to learn from (n, 1, 28, 28), bytes or floats from 0 to 1, their classes (n,), and the
    same to test with. The device is "auto", "cpu", "cuda" or "mps"; the network stays there. `precision` is
    "float32", or "bfloat16" for mixed precision: weights and their updates stay float32. `steps` is "auto" (captured
    as a CUDA graph where there is CUDA, else eager), "eager", "compiled" or "captured".

    The same network, data, recipe and seed give the same weights on the same device. `monitor` follows, see
    `progress`. With a `checkpoint` file the run is kept after every epoch, and goes on from there where the file
    exists, to the weights that it would have had undisturbed. `ValueError` with a sentence for what does not fit.
    """
    recipe, where, started = recipe or Recipe(), choose(device), perf_counter()
    X, y, X_test, y_test = (each.to(where) for each in data)  # once, as bytes: four times less than as floats
    net.to(where).train()
    with _repeatable(where):
        (X, y), (X_held, y_held) = _parted(X, y, recipe.held_out, seed)
        taken = Steps(net, X, y, recipe, precision, steps)
        kept = Checkpoint(checkpoint, net, X, y, recipe, precision, seed, taken.velocity)
        history = kept.load() or History(examples=len(X))
        plan = _plan(recipe, history, where)
        rates = torch.from_numpy(recipe.rates(plan.steps)).to(where).reshape(recipe.epochs, plan.steps)
        synchronize(where)
        history.device, history.warm_up = plan.device, perf_counter() - started
        history.ended = _over(history, recipe)
        watch = Watch(monitor, plan, history)
        try:
            watch.start(net)
            while not history.ended:
                order = _shuffled(len(X), seed, epoch=len(history)).to(where)
                taken.loss.zero_()
                watch.begin()
                for i, batch in enumerate(torch.split(order, recipe.batch_size)):
                    taken.take(batch, rates[len(history), i])
                    if watch.stopped_after(i + 1, taken.loss):
                        history.ended = STOPPED  # the epoch is not done: it enters no history and no checkpoint
                        return history
                synchronize(where)
                seconds = watch.end()
                found = answers(net, X_test)
                held = _right(answers(net, X_held), y_held)
                history.add(float(taken.loss) / len(X), _right(found, y_test), held, seconds)
                history.ended = _over(history, recipe)
                kept.save(history)
                if watch.epoch_told(confusion(y_test.cpu(), found)) and not history.ended:
                    history.ended = STOPPED
        except BaseException:
            history.ended = BROKEN_OFF
            raise
        finally:
            watch.finish()
    return history


def _parted(X: Tensor, y: Tensor, held_out: int, seed: int) -> tuple[tuple[Tensor, Tensor], tuple[Tensor, Tensor]]:
    """The examples to learn from, and those held out, which the seed chooses."""
    if len(X) != len(y):
        raise ValueError(f"there are {len(X)} images to learn from and {len(y)} classes for them")
    if held_out >= len(X):
        raise ValueError(f"of {len(X)} images, {held_out} are to be held out: that leaves none to learn from")
    if not held_out:
        return (X, y), (X[:0], y[:0])
    order = _shuffled(len(X), seed, epoch=-1).to(X.device)
    rest, aside = order[held_out:], order[:held_out]
    return (X[rest], y[rest]), (X[aside], y[aside])


def _shuffled(count: int, seed: int, epoch: int) -> Tensor:
    """The order of an epoch's examples. Seeds all of torch's random numbers too, for layers that draw (dropout).

    Every epoch has its own seed, so that a run that goes on from a checkpoint draws what it would have drawn.
    """
    own = int(np.random.SeedSequence([seed, epoch + 1]).generate_state(1, np.uint64)[0] >> 1)
    torch.manual_seed(own)
    return torch.randperm(count, generator=torch.Generator().manual_seed(own))


def _right(found: np.ndarray, truth: Tensor) -> float:
    return float((found == truth.cpu().numpy()).mean()) if len(found) else math.nan


def _plan(recipe: Recipe, history: History, where: torch.device) -> Plan:
    steps = math.ceil(history.examples / recipe.batch_size)
    return Plan(recipe.epochs, len(history) + 1, steps, history.examples, recipe.batch_size, in_words(where))


def _over(history: History, recipe: Recipe) -> str:
    """Why training is over after this epoch; empty where it is not."""
    if len(history) and not math.isfinite(history.loss[-1]):
        return DIVERGED
    if len(history) >= recipe.epochs:
        return DONE
    without_gain = len(history) - 1 - int(np.argmax(history.held_out)) if len(history) else 0
    return PATIENCE if recipe.patience and without_gain >= recipe.patience else ""


@contextmanager
def _repeatable(where: torch.device) -> Iterator[None]:
    """Algorithms that give the same each time, and random numbers of our own: the caller's go on as they were."""
    cudnn = torch.backends.cudnn
    before = cudnn.deterministic, cudnn.benchmark
    cudnn.deterministic, cudnn.benchmark = True, False
    try:
        cuda = where.type == "cuda"
        with torch.random.fork_rng([where] if cuda else []), torch.cuda.device(where) if cuda else nullcontext():
            yield
    finally:
        cudnn.deterministic, cudnn.benchmark = before
