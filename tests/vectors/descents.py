"""Runs of gradient descent, and how their losses curve, computed by `cnnwidgets.ops`, for the front end's tests."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnwidgets import ops
from cnnwidgets.widgets.kernel_learner import EDGE_IMAGE
from cnnwidgets.widgets.network.layers import conv
from cnnwidgets.widgets.network.random_weights import random_weights

SEED = 19_520_101
CASES = 560


def descents() -> list[dict[str, Any]]:
    """The course's run, then random ones at rates of every kind; the same ones each time."""
    rng = np.random.default_rng(SEED)
    edge = np.array(EDGE_IMAGE)
    cases = [
        _case(edge, np.array([[1.0, -1.0]]), start, 0, 40, lr) for start in ("zeros",) for lr in (0.03, 0.1, 0.2)
    ]
    cases += [_random(rng) for _ in range(CASES)]
    return cases


def _random(rng: np.random.Generator) -> dict[str, Any]:
    kernel = int(rng.integers(1, 5)), int(rng.integers(1, 5))
    high, wide = (k + int(rng.integers(0, 5)) for k in kernel)
    X = rng.integers(-8, 9, (high, wide)) / 4
    target = rng.integers(-8, 9, kernel) / 4
    start = str(rng.choice(["zeros", "random"]))
    bound = ops.largest_rate(X, kernel)
    share = float(rng.choice([0.2, 0.45, 0.7, 0.95, 1.1, 1.6]))
    lr = float(f"{share * bound if np.isfinite(bound) else 0.1:.3g}")
    return _case(X, target, start, int(rng.integers(0, 10_000)), int(rng.integers(1, 60)), lr)


def _case(X: np.ndarray, target: np.ndarray, start: str, seed: int, steps: int, lr: float) -> dict[str, Any]:
    first = np.zeros(target.shape)
    if start == "random":
        weights = random_weights([conv(1, 1, (len(target), len(target[0])), bias=False)], seed)
        first = weights.astype(np.float64).reshape(target.shape)
    Y = ops.corr2d(X, target)
    run = ops.descend(X, Y, first, steps, lr)
    curved = ops.error_hessian(X, (len(target), len(target[0])))
    moving = ops.moving_curvatures(X, first, target)
    return {
        "input": X.tolist(),
        "target": target.tolist(),
        "start": start,
        "seed": seed,
        "steps": steps,
        "lr": lr,
        "first": first.tolist(),
        "losses": run.losses.tolist(),
        "last": run.kernels[-1].tolist(),
        "gradient": ops.error_gradient(X, first, Y).tolist(),
        "ranAway": run.ran_away,
        "hessian": curved.tolist(),
        "curvatures": np.linalg.eigvalsh(curved)[::-1].tolist(),
        "steepest": float(moving.max(initial=0.0)),
        "outcome": "diverges" if run.ran_away else ops.outcome(X, first, target, lr),
    }
