"""The loop trains, the share is counted over all batches, and what the last check promises holds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch
from torch import nn

from cnnwidgets import training
from cnnwidgets.checks.exercises import modern


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """With two, an epoch takes ten times as long where another program has the second core."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def sample() -> tuple[torch.Tensor, ...]:
    X_train, y_train, X_test, y_test = training.fashion_mnist(sample=True)
    return training.scaled(X_train), y_train, training.scaled(X_test), y_test


def learns(make, sample: tuple[torch.Tensor, ...], seed: int) -> float:
    """The best share right within the epochs that the check of `modern_lenet` gives."""
    X, y, X_test, y_test = sample
    torch.manual_seed(seed)
    net, best = make(), 0.0
    for _ in range(modern.EPOCHS):
        training.train_epoch(net, X, y, modern.BATCH_SIZE, modern.RATE)
        best = max(best, training.accuracy(net, X_test, y_test))
    return best


@pytest.mark.parametrize("seed", range(3))
def test_the_modern_network_learns_at_once(sample, seed: int) -> None:
    assert learns(training.modern_lenet, sample, seed) >= modern.WANTED + 0.05


def test_the_sigmoid_network_sits_at_ten_percent(sample) -> None:
    assert learns(training.lenet, sample, 0) == pytest.approx(0.1, abs=0.02)


def test_the_check_asks_under_fixed_random_numbers_and_leaves_those_of_the_learner_alone() -> None:
    before = torch.random.get_rng_state()
    assert modern.ask_learning(lambda: training.modern_lenet(), modern.RATE) == modern.LEARNS
    assert torch.equal(torch.random.get_rng_state(), before)


def test_a_full_batch_makes_one_step_along_the_gradient() -> None:
    torch.manual_seed(2)
    net = nn.Sequential(nn.Flatten(), nn.Linear(784, 7), nn.Tanh(), nn.Linear(7, 10))
    X, y = torch.rand(9, 1, 28, 28), torch.arange(9)
    loss = nn.functional.cross_entropy(net(X), y)
    wanted = [p - 0.3 * g for p, g in zip(net.parameters(), torch.autograd.grad(loss, net.parameters()), strict=True)]
    assert training.train_epoch(net, X, y, 9, 0.3) == pytest.approx(float(loss.detach()), rel=1e-5)
    for p, w in zip(net.parameters(), wanted, strict=True):
        torch.testing.assert_close(p, w)


def test_a_parameter_without_a_part_in_the_scores_is_left_alone() -> None:
    net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
    net.register_parameter("idle", nn.Parameter(torch.ones(3)))
    training.train_epoch(net, torch.rand(4, 1, 28, 28), torch.arange(4), 2, 0.1)
    assert net.idle.tolist() == [1, 1, 1]


@pytest.mark.parametrize("batch_size", [1, 7, 10, 11, 1000])
def test_accuracy_does_not_depend_on_the_batches(batch_size: int) -> None:
    X = torch.zeros(11, 1, 28, 28)
    X[torch.arange(11), 0, 0, torch.arange(11) % 10] = 1
    y = torch.arange(11) % 10
    y[8:] = 0
    net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10, bias=False))
    nn.init.eye_(net[1].weight)
    assert training.accuracy(net, X, y, batch_size) == pytest.approx(9 / 11)


def test_dropout_is_on_while_training_and_off_while_counting() -> None:
    net = nn.Sequential(nn.Flatten(), nn.Dropout(0.5), nn.Linear(784, 10))
    X, y = torch.rand(20, 1, 28, 28), torch.arange(20) % 10
    assert len({training.accuracy(net, X, y) for _ in range(5)}) == 1
    training.train_epoch(net, X, y, 10, 0.1)
    assert net.training
