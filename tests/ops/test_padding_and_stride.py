"""Padding, stride and the sizes they give, against PyTorch and against counting."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from cnnwidgets import ops
from tests.ops.test_correlation import close, image_and_kernel, torch_conv


def test_worked_examples() -> None:
    X, K = np.arange(9.0).reshape(3, 3), np.arange(4.0).reshape(2, 2)
    assert ops.corr2d_strided(X, K, padding=(2, 2), stride=(3, 2)).tolist() == [[0, 8], [6, 8]]
    assert ops.corr2d_strided(X, K).tolist() == [[19, 25], [37, 43]]
    assert ops.pad2d(np.array([[1.0, 2.0]]), 1, 3).tolist() == [[0, 0, 0, 0, 0], [0, 0, 1, 2, 0]]
    assert ops.layers_until(32, 5, 4) == 7


@pytest.mark.parametrize(("k", "P", "S", "expected"), [(3, 1, 1, 32), (5, 2, 1, 32), (1, 0, 1, 32), (3, 1, 2, 16)])
def test_common_settings(k: int, P: int, S: int, expected: int) -> None:
    assert ops.output_size_per_side(32, k, P, S) == expected
    layer = torch.nn.Conv2d(1, 1, k, padding=P, stride=S)
    assert layer(torch.zeros(1, 1, 32, 32)).shape == (1, 1, expected, expected)


@given(st.integers(1, 40), st.integers(1, 7), st.integers(0, 9), st.integers(1, 5))
def test_the_two_formulas(n: int, k: int, P: int, S: int) -> None:
    if n + 2 * P < k:
        assert ops.output_size_per_side(n, k, P, S) == 0
        return
    assert ops.output_size_per_side(n, k, P, S) == (n - k + 2 * P) // S + 1
    assert ops.output_size(n, k, 2 * P, S) == (n - k + 2 * P + S) // S
    assert type(ops.output_size_per_side(n, k, P, S)) is int


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel")
@given(image_and_kernel(), *[st.integers(1, 4)] * 2)
def test_strided_and_padded_to_the_same_size(pair: tuple, s_h: int, s_w: int) -> None:
    X, K = pair
    p_h, p_w = ops.same_padding(*K.shape)
    same = ops.corr2d_strided(X, K, (p_h, p_w))
    assert same.shape == X.shape
    full = torch_conv(np.pad(X, ((p_h - p_h // 2, p_h // 2), (p_w - p_w // 2, p_w // 2))), K)
    close(same, full)
    close(ops.corr2d_strided(X, K, (p_h, p_w), (s_h, s_w)), full[::s_h, ::s_w])
    theirs = torch_conv(X, K, padding="same")
    if p_h % 2 == 0 and p_w % 2 == 0:
        close(same, theirs)
    else:  # PyTorch puts the odd row below: turned by a half turn, it is the course's way
        turned = torch_conv(X[::-1, ::-1].copy(), K[::-1, ::-1].copy(), padding="same")[::-1, ::-1]
        close(same, turned)


@given(st.integers(1, 60), st.integers(2, 9), st.integers(1, 60))
def test_layers_are_counted_one_by_one(n: int, k: int, target: int) -> None:
    side, layers = n, 0
    while side > target:
        side, layers = side - (k - 1), layers + 1
    assert ops.layers_until(n, k, target) == layers


def test_a_kernel_that_never_shrinks() -> None:
    assert ops.layers_until(4, 1, 4) == 0
    with pytest.raises(ValueError, match="does not shrink"):
        ops.layers_until(5, 1, 4)
