"""Gradient descent on a kernel against torch's autograd, and the rates at which it works."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy import ndarray
from torch.nn.functional import conv2d

from cnnwidgets import ops

EDGE = np.array([[1.0, 1, 0, 0, 0, 0, 1, 1]] * 6)


@st.composite
def problems(draw: st.DrawFn) -> tuple[ndarray, ndarray, ndarray]:
    """Input, kernel and wanted output; all sides may differ."""
    kernel = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    size = tuple(k + draw(st.integers(0, 5)) for k in kernel)
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    X, K = rng.normal(size=size), rng.normal(size=kernel)
    return X, K, rng.normal(size=(size[0] - kernel[0] + 1, size[1] - kernel[1] + 1))


def loss_of(X: ndarray, K: torch.Tensor, Y: ndarray) -> torch.Tensor:
    return ((conv2d(torch.from_numpy(X)[None, None], K[None, None])[0, 0] - torch.from_numpy(Y)) ** 2).sum()


@given(problems())
def test_loss_gradient_and_hessian_are_autograds(problem: tuple[ndarray, ndarray, ndarray]) -> None:
    X, K, Y = problem
    weights = torch.tensor(K, requires_grad=True)
    loss = loss_of(X, weights, Y)
    loss.backward()
    assert np.isclose(ops.squared_error(X, K, Y), loss.item(), rtol=1e-12)
    np.testing.assert_allclose(ops.error_gradient(X, K, Y), weights.grad.numpy(), rtol=1e-9, atol=1e-9)
    curved = torch.autograd.functional.hessian(lambda k: loss_of(X, k.reshape(K.shape), Y), torch.tensor(K).ravel())
    np.testing.assert_allclose(ops.error_hessian(X, K.shape), curved.numpy(), rtol=1e-9, atol=1e-9)


@given(problems(), st.integers(0, 12), st.floats(0.001, 0.02))
def test_a_descent_is_torchs_sgd(problem: tuple[ndarray, ndarray, ndarray], steps: int, lr: float) -> None:
    X, K, Y = problem
    weights = torch.tensor(K, requires_grad=True)
    optimizer = torch.optim.SGD([weights], lr=lr)
    run = ops.descend(X, Y, K, steps, lr)
    assert len(run.kernels) == len(run.losses) == steps + 1
    for kernel, loss in zip(run.kernels, run.losses, strict=True):
        np.testing.assert_allclose(kernel, weights.detach().numpy(), rtol=1e-8, atol=1e-8)
        optimizer.zero_grad()
        now = loss_of(X, weights, Y)
        assert np.isclose(loss, now.item(), rtol=1e-7)
        now.backward()
        optimizer.step()


@given(problems())
def test_below_the_largest_rate_every_run_converges_above_it_one_diverges(
    problem: tuple[ndarray, ndarray, ndarray],
) -> None:
    X, K, _ = problem
    rate = ops.largest_rate(X, K.shape)
    Y = ops.corr2d(X, K)
    curvatures, vectors = np.linalg.eigh(ops.error_hessian(X, K.shape))
    assert np.isclose(rate, 2 / curvatures[-1])
    worst = K + vectors[:, -1].reshape(K.shape)  # off in the most curved direction alone
    below, above = (ops.descend(X, Y, worst, 60, share * rate).losses for share in (0.9, 1.1))
    assert (np.diff(below) < 0).all() and below[-1] < 1e-3 * below[0]
    assert (np.diff(above) > 0).all()


def test_the_course_s_kernel_is_found() -> None:
    Y = ops.corr2d(EDGE, ops.edge_kernel())
    run = ops.descend(EDGE, Y, np.zeros((1, 2)), 200, 0.03)
    np.testing.assert_allclose(run.kernels[-1], [[1, -1]], atol=1e-9)
    np.testing.assert_allclose(ops.learn_kernel(EDGE, Y, (1, 2)), run.kernels[-1], atol=1e-12)
    assert run.losses[0] == 12 and not run.ran_away


def test_a_rate_beyond_the_bound_runs_away_and_stays_finite() -> None:
    Y = ops.corr2d(EDGE, ops.edge_kernel())
    run = ops.descend(EDGE, Y, np.array([[0.3, 0.1]]), 10_000, 0.5)
    assert run.ran_away and len(run.losses) < 50
    assert np.isfinite(run.losses).all() and np.isfinite(run.kernels).all()
    assert run.losses[-1] > ops.learning.RUNAWAY > run.losses[-2] / run.losses[0]


@pytest.mark.parametrize(
    ("start", "lr", "becomes"),
    [
        ([[0, 0]], 0.03, "converges"),
        ([[0, 0]], 0.1, "oscillates"),  # from zeros only the direction with λ = 12 counts
        ([[0, 0]], 0.17, "diverges"),
        ([[0.5, 0]], 0.01, "converges"),
        ([[0.5, 0]], 0.03, "oscillates"),
        ([[0.5, 0]], 0.034, "diverges"),
        ([[1, -1]], 5.0, "converges"),  # it is there already
    ],
)
def test_outcomes(start: list[list[float]], lr: float, becomes: str) -> None:
    target = ops.edge_kernel().astype(float)
    first = np.array(start, dtype=float)
    assert ops.outcome(EDGE, first, target, lr) == becomes
    losses = ops.descend(EDGE, ops.corr2d(EDGE, target), first, 400, lr).losses
    assert (losses[-1] > losses[0]) == (becomes == "diverges")


def test_an_input_of_zeros_moves_nothing() -> None:
    X, target = np.zeros((3, 4)), np.ones((2, 2))
    assert ops.largest_rate(X, (2, 2)) == np.inf
    assert ops.outcome(X, np.zeros((2, 2)), target, 1.0) == "converges"
    assert ops.moving_curvatures(X, np.zeros((2, 2)), target).size == 0
