"""`fit` does what PyTorch's own optimiser does, gives the same for the same seed, and tells what it does."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from cnnwidgets import training
from cnnwidgets.training import Dataset, History, Monitor, Plan, Recipe, Step, fit
from cnnwidgets.training import watch as watching
from cnnwidgets.training.fit import _shuffled
from cnnwidgets.training.steps import Steps

HERE = "CPU, 1 thread"


def made(make: Callable[[], nn.Module] = training.modern_lenet, seed: int = 0) -> nn.Module:
    torch.manual_seed(seed)
    return make()


def few(images: Dataset, count: int = 300) -> tuple[torch.Tensor, ...]:
    X, y, X_test, y_test = images
    return X[:count], y[:count], X_test[:100], y_test[:100]


def same(one: nn.Module, other: nn.Module) -> bool:
    return all(torch.equal(a, b) for a, b in zip(one.state_dict().values(), other.state_dict().values(), strict=True))


class Recorded(Monitor):
    """A monitor that keeps everything, and stops where it is told to."""

    def __init__(self, stop: Callable[[Step], bool] = lambda step: False) -> None:
        self.told: list[Any] = []
        self.stop, self.wants = stop, False

    @property
    def stopped(self) -> bool:
        return self.wants

    def start(self, net: nn.Module, plan: Plan) -> None:
        self.net = net
        self.told.append(plan)

    def update(self, step: Step) -> None:
        self.told.append(step)
        self.wants = self.stop(step)

    def finish(self, history: History) -> None:
        self.told.append(history)

    @property
    def steps(self) -> list[Step]:
        return [each for each in self.told if isinstance(each, Step)]


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe(epochs=2, batch_size=32, lr=0.1),
        Recipe(epochs=2, batch_size=32, lr=0.02, momentum=0.9),
        Recipe(epochs=2, batch_size=64, lr=0.05, momentum=0.8, weight_decay=0.01, schedule="one-cycle"),
    ],
    ids=["plain", "momentum", "decay and schedule"],
)
def test_the_steps_are_those_of_torch(images: Dataset, recipe: Recipe) -> None:
    X, y, *_ = few(images, 150)
    ours, theirs = made(), made()
    steps = Steps(ours, X, y, recipe, "float32", "eager")
    optimiser = torch.optim.SGD(
        theirs.parameters(), lr=1.0, momentum=recipe.momentum, weight_decay=recipe.weight_decay
    )
    rates = recipe.rates(steps=5)
    for rate, batch in zip(rates, torch.randperm(150).repeat(4).split(recipe.batch_size), strict=False):
        steps.take(batch, torch.tensor(rate))
        optimiser.param_groups[0]["lr"] = float(rate)
        optimiser.zero_grad()
        nn.functional.cross_entropy(theirs(X[batch] / 255), y[batch]).backward()
        optimiser.step()
    for p, q in zip(ours.parameters(), theirs.parameters(), strict=True):
        torch.testing.assert_close(p, q, rtol=1e-4, atol=1e-6)


def test_making_ready_leaves_network_velocity_and_loss_as_they_were(images: Dataset) -> None:
    X, y, *_ = few(images)
    net = nn.Sequential(nn.Conv2d(1, 4, 5), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.Linear(4 * 24 * 24, 10))
    before = copy.deepcopy(net)
    steps = Steps(net, X, y, Recipe(momentum=0.9), "float32", "eager")
    assert same(net, before)
    assert not any(each.any() for each in (*steps.velocity, steps.loss))


def test_an_epoch_sees_every_example_once_in_another_order_each_time(images: Dataset) -> None:
    """Example i lights pixel i, and a linear layer then has a column for it alone, which one step moves."""
    X = torch.eye(784)[:50].reshape(50, 1, 28, 28)
    y = torch.arange(50) % 10
    net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10, bias=False))
    nn.init.zeros_(net[1].weight)
    history = fit(net, (X, y, X, y), Recipe(epochs=1, batch_size=7, lr=0.7))
    moved = net[1].weight.detach()
    steps = torch.full((50,), 0.7 * 0.9 / 7)  # of its class: rate · (1 − 1/10) / examples in the batch
    alone = moved[y, torch.arange(50)]
    assert (torch.isclose(alone, steps)).sum() == 49  # the last batch has a single example
    assert float(alone.max()) == pytest.approx(0.7 * 0.9)
    assert not moved[:, 50:].any()
    assert history.loss[0] == pytest.approx(np.log(10), rel=1e-5)
    orders = [_shuffled(50, 0, epoch).tolist() for epoch in range(3)]
    assert len({tuple(order) for order in orders}) == 3
    assert all(sorted(order) == list(range(50)) for order in orders)


def test_the_same_seed_gives_the_same_weights_and_another_seed_others(images: Dataset) -> None:
    data, recipe = few(images), Recipe(epochs=2, batch_size=64, lr=0.1, momentum=0.9)
    nets = [made() for _ in range(3)]
    histories = [fit(net, data, recipe, device="cpu", seed=s) for net, s in zip(nets, (5, 5, 6), strict=True)]
    assert same(nets[0], nets[1])
    assert histories[0].loss.tolist() == histories[1].loss.tolist()
    assert not same(nets[0], nets[2])


def test_dropout_draws_the_same_for_the_same_seed_and_the_callers_random_numbers_go_on(images: Dataset) -> None:
    def dropping() -> nn.Module:
        return nn.Sequential(nn.Flatten(), nn.Dropout(0.5), nn.Linear(784, 10))

    nets = [made(dropping) for _ in range(2)]
    for net in nets:
        torch.rand(len(net))  # wherever the caller's random numbers stand
        before = torch.random.get_rng_state()
        fit(net, few(images), Recipe(epochs=2, held_out=50))
        assert torch.equal(torch.random.get_rng_state(), before)
    assert same(*nets)


def test_it_learns_on_real_images_and_the_history_is_in_plain_arrays(images: Dataset) -> None:
    net = made()
    recipe = Recipe(epochs=5, batch_size=32, lr=0.05, momentum=0.9, schedule="one-cycle")
    history = fit(net, images, recipe, device="cpu")
    assert history.accuracy[-1] > 0.65
    assert history.accuracy[-1] == pytest.approx(
        training.accuracy(net, training.scaled(images.X_test), images.y_test)
    )
    assert history.loss[-1] < history.loss[0] < 2.5
    for values in (history.loss, history.accuracy, history.seconds):
        assert type(values) is np.ndarray
        assert (values.shape, values.dtype) == ((5,), np.float64)
    assert (history.examples, history.device, history.ended, len(history)) == (2000, HERE, "all epochs done", 5)
    assert history.examples_per_second == pytest.approx(5 * 2000 / history.seconds.sum())
    assert np.isnan(history.held_out).all()
    assert "all epochs done" in repr(history)


def test_bytes_and_floats_give_the_same(images: Dataset) -> None:
    X, y, X_test, y_test = few(images)
    one, two = made(), made()
    fit(one, (X, y, X_test, y_test), Recipe(epochs=1))
    fit(two, (training.scaled(X), y, training.scaled(X_test), y_test), Recipe(epochs=1))
    assert same(one, two)


def one_layer() -> nn.Module:
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 10))


@pytest.mark.parametrize(
    ("make", "options"), [(training.modern_lenet, {"precision": "bfloat16"}), (one_layer, {"steps": "compiled"})]
)
def test_mixed_precision_and_compiled_steps_train_too(
    images: Dataset, make: Callable[[], nn.Module], options: dict[str, str]
) -> None:
    net, plain = made(make), made(make)
    recipe = Recipe(epochs=1, batch_size=100, lr=0.1)
    history, expected = fit(net, few(images, 250), recipe, **options), fit(plain, few(images, 250), recipe)
    assert history.loss[0] == pytest.approx(expected.loss[0], rel=1e-2)
    assert {p.dtype for p in net.parameters()} == {torch.float32}
    for p, q in zip(net.parameters(), plain.parameters(), strict=True):
        torch.testing.assert_close(p, q, rtol=0.05, atol=2e-3)


def test_a_monitor_is_told(images: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "EVERY", 0.0)
    monitor, net = Recorded(), made()
    history = fit(net, few(images), Recipe(epochs=2, batch_size=128), monitor=monitor)
    assert isinstance(monitor, Monitor)
    plan, *steps, end = monitor.told
    assert plan == Plan(epochs=2, first=1, steps=3, examples=300, batch_size=128, device=HERE)
    assert monitor.net is net
    assert end is history
    assert [(s.epoch, s.step, s.examples) for s in steps] == [
        (1, 1, 128), (1, 2, 256), (1, 3, 300), (2, 1, 428), (2, 2, 556), (2, 3, 600),
    ]  # fmt: skip
    assert [s.accuracy for s in steps if s.accuracy is not None] == history.accuracy.tolist()
    assert [s.loss for s in steps if s.step == 3] == history.loss.tolist()
    for step in steps:
        assert (step.confusion is not None) == (step.step == 3)
        if step.confusion is not None:
            assert step.confusion.sum() == 100
            assert step.confusion.trace() / 100 == pytest.approx(step.accuracy)
    seconds = [s.seconds for s in steps]
    assert seconds == sorted(seconds)
    assert seconds[-1] == pytest.approx(history.seconds.sum())


def test_a_monitor_that_is_slow_does_not_count_as_training(images: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(watching, "perf_counter", lambda: now[0])
    monkeypatch.setattr(watching, "EVERY", 0.0)

    class Slow(Recorded):
        def update(self, step: Step) -> None:
            now[0] += 1000.0
            super().update(step)

    history = fit(made(), few(images), Recipe(epochs=2, batch_size=128), monitor=Slow())
    assert history.seconds.tolist() == [0.0, 0.0]


@pytest.mark.parametrize(("epoch", "step", "done"), [(2, 1, 1), (2, 3, 2)], ids=["within an epoch", "at its end"])
def test_a_monitor_stops_it(
    images: Dataset, monkeypatch: pytest.MonkeyPatch, epoch: int, step: int, done: int
) -> None:
    monkeypatch.setattr(watching, "EVERY", 0.0)
    monitor = Recorded(stop=lambda s: (s.epoch, s.step) == (epoch, step))
    history = fit(made(), few(images), Recipe(epochs=9, batch_size=128), monitor=monitor)
    assert (len(history), history.ended) == (done, "stopped")
    assert monitor.told[-1] is history
    assert (monitor.steps[-1].epoch, monitor.steps[-1].step) == (epoch, step)


def test_a_monitor_hears_of_the_end_also_when_something_breaks(images: Dataset) -> None:
    class Broken(Recorded):
        def update(self, step: Step) -> None:
            raise KeyboardInterrupt

    monitor = Broken()
    with pytest.raises(KeyboardInterrupt):
        fit(made(), few(images), Recipe(epochs=2), monitor=monitor)
    assert monitor.told[-1].ended == "broken off"


def test_early_stop_looks_at_examples_held_out_and_never_at_the_test_set(images: Dataset) -> None:
    """At a rate of 0 nothing gets better: one epoch, and then as many as patience has."""
    data = few(images)
    history = fit(made(), data, Recipe(epochs=50, lr=0.0, held_out=60, patience=3))
    assert (len(history), history.ended, history.examples) == (4, "no longer getting better", 240)
    assert np.unique(history.held_out).size == 1
    X, y, X_test, y_test = data
    one = fit(made(), data, Recipe(epochs=6, batch_size=16, lr=0.1, held_out=60, patience=2))
    two = fit(
        made(), (X, y, X_test, (y_test + 1) % 10), Recipe(epochs=6, batch_size=16, lr=0.1, held_out=60, patience=2)
    )
    assert len(one) == len(two)
    assert one.held_out.tolist() == two.held_out.tolist()


def test_a_loss_that_is_no_number_ends_it(images: Dataset) -> None:
    history = fit(made(), few(images), Recipe(epochs=9, lr=1e30))
    assert (len(history), history.ended) == (1, "the loss is no number any more")


def test_the_rates_of_a_schedule() -> None:
    assert Recipe(epochs=2, lr=0.3).rates(4).tolist() == [pytest.approx(0.3)] * 8
    rates = Recipe(epochs=5, lr=0.3, schedule="one-cycle").rates(10)
    assert rates.shape == (50,)
    assert rates.argmax() in (9, 10)
    assert rates.max() <= 0.3
    assert (np.diff(rates[:10]) > 0).all()
    assert (np.diff(rates[10:]) < 0).all()
    assert 0 < rates[-1] < 0.01


MISTAKES: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "no epochs": ({"epochs": 0}, {}, "epochs must be at least 1, not 0"),
    "no batch": ({"batch_size": 0}, {}, "batch_size must be at least 1"),
    "uphill": ({"lr": -0.1}, {}, "lr must not be negative"),
    "no number": ({"lr": float("nan")}, {}, "lr must not be negative, and is nan"),
    "schedule": ({"schedule": "cosine"}, {}, "one of constant, one-cycle, not 'cosine'"),
    "nothing to stop by": ({"patience": 2}, {}, "a run that stops by its test images has seen them"),
    "all held out": ({"held_out": 300}, {}, "of 300 images, 300 are to be held out"),
    "device": ({}, {"device": "tpu"}, "no device 'tpu'; choose one of auto, cpu, cuda, mps"),
    "not there": ({}, {"device": "cuda:99"}, "this machine has no device 'cuda:99'"),
    "precision": ({}, {"precision": "float8"}, "one of float32, bfloat16, not 'float8'"),
    "steps": ({}, {"steps": "fast"}, "one of auto, eager, compiled, captured, not 'fast'"),
    "no graphs": ({}, {"steps": "captured", "device": "cpu"}, "only a CUDA device can capture its steps"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_what_does_not_fit_is_told_in_a_sentence(images: Dataset, mistake: str) -> None:
    recipe, options, sentence = MISTAKES[mistake]
    with pytest.raises(ValueError, match=sentence):
        fit(made(), few(images), Recipe(**recipe), **options)


def test_as_many_classes_as_images(images: Dataset) -> None:
    X, y, X_test, y_test = few(images)
    with pytest.raises(ValueError, match="300 images to learn from and 299 classes"):
        fit(made(), (X, y[:-1], X_test, y_test))


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")
def test_captured_steps_are_the_eager_ones_and_repeat(images: Dataset) -> None:
    recipe = Recipe(epochs=2, batch_size=128, lr=0.05, momentum=0.9, schedule="one-cycle")
    nets = [made() for _ in range(3)]
    for net, how in zip(nets, ("captured", "captured", "eager"), strict=True):
        fit(net, few(images), recipe, device="cuda", steps=how)
    assert same(nets[0], nets[1])
    for p, q in zip(nets[0].parameters(), nets[2].parameters(), strict=True):
        torch.testing.assert_close(p, q, rtol=1e-3, atol=1e-5)
