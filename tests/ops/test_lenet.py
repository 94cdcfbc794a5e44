"""The sigmoid, and LeNet's forward pass against torch (with the network of the course: tests/training)."""

from __future__ import annotations

import warnings

import numpy as np
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from torch.nn import functional as F

from cnnwidgets import ops


@given(arrays(np.float64, (3, 4), elements=st.floats(-1e4, 1e4)))
def test_sigmoid(X: np.ndarray) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        got = ops.sigmoid(X)
    np.testing.assert_allclose(got, torch.sigmoid(torch.tensor(X)).numpy(), atol=1e-12)


@settings(max_examples=10)
@given(st.integers(0, 2**32 - 1), st.integers(1, 3))
def test_lenet_forward(seed: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    weights = {name: rng.normal(0, 0.3, shape) for name, shape in ops.LENET_SHAPES.items()}
    X = rng.normal(0, 1, (count, 1, 28, 28))
    w = {name: torch.tensor(values) for name, values in weights.items()}
    A = torch.tensor(X)
    for name, padding in (("0", 2), ("3", 0)):
        A = F.avg_pool2d(torch.sigmoid(F.conv2d(A, w[f"{name}.weight"], w[f"{name}.bias"], padding=padding)), 2)
    A = A.flatten(1)
    for name in ("7", "9", "11"):
        A = F.linear(A, w[f"{name}.weight"], w[f"{name}.bias"])
        A = A if name == "11" else torch.sigmoid(A)
    got = ops.lenet_forward(X, weights)
    assert got.dtype == np.float64
    np.testing.assert_allclose(got, A.numpy(), rtol=1e-9, atol=1e-9)
