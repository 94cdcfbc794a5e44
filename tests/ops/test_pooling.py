"""Pooling against PyTorch, over windows, paddings, strides and divisors."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from torch.nn import functional as F

from cnnwidgets import ops
from tests.ops.test_correlation import close, numbers

RAMP = np.arange(9.0).reshape(3, 3)


@st.composite
def settings(draw: st.DrawFn) -> tuple[np.ndarray, tuple, tuple, tuple | None]:
    """X, and a window, padding and stride that PyTorch takes: at most half of the window is padding."""
    window = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    padding = tuple(draw(st.integers(0, k // 2)) for k in window)
    h, w = (draw(st.integers(max(1, k - 2 * p), 9)) for k, p in zip(window, padding, strict=True))
    X = draw(arrays(np.float64, (draw(st.integers(1, 3)), h, w), elements=numbers))
    stride = draw(st.none() | st.tuples(st.integers(1, 4), st.integers(1, 4)))
    return X, window, padding, stride


def test_worked_examples() -> None:
    assert ops.pool2d(RAMP, (2, 2)).tolist() == [[4, 5], [7, 8]]
    assert ops.pool2d(RAMP, (2, 2), "max").tolist() == [[4, 5], [7, 8]]
    assert ops.pool2d(RAMP, (2, 2), "avg").tolist() == [[2, 3], [5, 6]]


def test_the_padding_of_a_maximum_is_no_number() -> None:
    got = ops.pool2d_layer(-1 - RAMP[None], (2, 2), padding=(1, 1))
    assert got.tolist() == [[[-1, -2], [-4, -5]]]


@pytest.mark.parametrize(("counted", "corner"), [(True, 1.0), (False, 4.0)])
def test_the_divisor_of_a_mean(counted: bool, corner: float) -> None:
    X = np.full((1, 2, 2), 4.0)
    got = ops.pool2d_layer(X, (2, 2), padding=(1, 1), mode="avg", count_include_pad=counted)
    assert got[0].tolist() == [[corner] * 2] * 2


@given(settings())
def test_max(case: tuple) -> None:
    X, window, padding, stride = case
    theirs = F.max_pool2d(torch.tensor(X)[None], window, stride, padding)[0].numpy()
    close(ops.pool2d_layer(X, window, padding, stride), theirs)


@given(settings(), st.booleans())
def test_avg(case: tuple, counted: bool) -> None:
    X, window, padding, stride = case
    theirs = F.avg_pool2d(torch.tensor(X)[None], window, stride, padding, count_include_pad=counted)[0].numpy()
    close(ops.pool2d_layer(X, window, padding, stride, "avg", counted), theirs)


@given(settings(), st.sampled_from(["max", "avg"]))
def test_one_table_at_stride_1(case: tuple, mode: str) -> None:
    X, window, _, _ = case
    X = np.pad(X[0], 3)
    pool = F.max_pool2d if mode == "max" else F.avg_pool2d
    close(ops.pool2d(X, window, mode), pool(torch.tensor(X)[None], window, stride=1)[0].numpy())


def test_an_unknown_mode_is_an_error() -> None:
    with pytest.raises(ValueError, match='"max" or "avg"'):
        ops.pool2d(RAMP, (2, 2), "min")
