"""Channels, batches and biases against PyTorch; a kernel with other channels is refused."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cnnwidgets import ops

numbers = st.floats(-100, 100, width=32)
few = st.integers(1, 4)
X = np.stack([np.arange(9.0).reshape(3, 3), np.arange(1.0, 10).reshape(3, 3)])
K = np.stack([np.arange(4.0).reshape(2, 2), np.arange(1.0, 5).reshape(2, 2)])


@st.composite
def batch_and_kernels(draw: st.DrawFn, kernel: st.SearchStrategy[int] = few) -> tuple[np.ndarray, ...]:
    n, ci, co, kh, kw = draw(few), draw(few), draw(few), draw(kernel), draw(kernel)
    h, w = kh + draw(st.integers(0, 3)), kw + draw(st.integers(0, 3))
    shapes = (n, ci, h, w), (co, ci, kh, kw), (co,)
    return tuple(draw(arrays(np.float64, shape, elements=numbers)) for shape in shapes)


def close(got: np.ndarray, expected: torch.Tensor) -> None:
    assert got.dtype == np.float64
    assert got.shape == tuple(expected.shape)
    np.testing.assert_allclose(got, expected.numpy(), rtol=1e-9, atol=1e-7)


def conv(*arguments: np.ndarray) -> torch.Tensor:
    return torch.nn.functional.conv2d(*map(torch.tensor, arguments))


def test_worked_examples() -> None:
    assert ops.corr2d_multi_in(X, K).tolist() == [[56, 72], [104, 120]]
    assert ops.corr2d_multi_in_out(X, np.stack([K, K + 1, K + 2])).tolist() == [
        [[56, 72], [104, 120]],
        [[76, 100], [148, 172]],
        [[96, 128], [192, 224]],
    ]
    batch = np.ones((2, 3, 32, 32))
    first = ops.conv_layer(batch, np.ones((6, 3, 5, 5)), np.zeros(6))
    assert first.shape == (2, 6, 28, 28)
    assert ops.conv_layer(first, np.ones((10, 6, 3, 3)), np.zeros(10)).shape == (2, 10, 26, 26)


@given(batch_and_kernels())
def test_conv_layer_and_its_parts(given_: tuple[np.ndarray, ...]) -> None:
    batch, W, b = given_
    close(ops.conv_layer(batch, W, b), conv(batch, W, b))
    close(ops.corr2d_multi_in_out(batch[0], W), conv(batch[:1], W)[0])
    close(ops.corr2d_multi_in(batch[0], W[0]), conv(batch[:1], W[:1])[0, 0])


@given(batch_and_kernels(kernel=st.just(1)))
def test_1x1_is_a_matrix_product(given_: tuple[np.ndarray, ...]) -> None:
    batch, W, _ = given_
    close(ops.corr2d_1x1(batch[0], W), conv(batch[:1], W)[0])


@given(few, few, few, few, st.booleans())
def test_conv_parameters(c_in: int, c_out: int, k_h: int, k_w: int, bias: bool) -> None:
    layer = torch.nn.Conv2d(c_in, c_out, (k_h, k_w), bias=bias)
    assert ops.conv_parameters(c_in, c_out, k_h, k_w, bias) == sum(p.numel() for p in layer.parameters())


@pytest.mark.parametrize("channels", [1, 2, 3, 8])
def test_other_channels_are_refused(channels: int) -> None:
    image = np.ones((4, 3, 3))
    kernels = np.ones((4, channels, 1, 1))
    for call in (
        lambda: ops.corr2d_multi_in(image, kernels[0]),
        lambda: ops.corr2d_multi_in_out(image, kernels),
        lambda: ops.corr2d_1x1(image, kernels),
        lambda: ops.conv_layer(image[None], kernels, np.zeros(4)),
    ):
        with pytest.raises(ValueError, match="channels"):
            call()
