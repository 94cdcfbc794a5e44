"""The operations against PyTorch and SciPy, over shapes, kernels, paddings, strides and dilations."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import signal

from cnnwidgets import ops

numbers = st.floats(-100, 100, width=32)
sizes = st.integers(1, 7)


@st.composite
def image_and_kernel(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    kh, kw = draw(sizes), draw(sizes)
    h, w = kh + draw(st.integers(0, 6)), kw + draw(st.integers(0, 6))
    return draw(arrays(np.float64, (h, w), elements=numbers)), draw(arrays(np.float64, (kh, kw), elements=numbers))


def close(got: np.ndarray, expected: np.ndarray) -> None:
    assert got.dtype == np.float64
    assert got.shape == expected.shape
    np.testing.assert_allclose(got, expected, rtol=1e-9, atol=1e-7)


def torch_conv(X: np.ndarray, K: np.ndarray, **settings: object) -> np.ndarray:
    return torch.nn.functional.conv2d(torch.tensor(X)[None, None], torch.tensor(K)[None, None], **settings)[
        0, 0
    ].numpy()


def test_worked_examples() -> None:
    X, K = np.arange(9.0).reshape(3, 3), np.arange(4.0).reshape(2, 2)
    assert ops.corr2d(X, K).tolist() == [[19, 25], [37, 43]]
    assert ops.convolve2d(X, K).tolist() == [[5, 11], [23, 29]]
    assert ops.corr2d_windowed(X, K, padding=(2, 2), stride=(3, 2)).tolist() == [[0, 8], [6, 8]]
    impulse = np.zeros((5, 5))
    impulse[2, 2] = 1
    kernel = np.arange(1.0, 10).reshape(3, 3)
    assert ops.corr2d_full(impulse, kernel)[2:5, 2:5].ravel().tolist() == [9, 8, 7, 6, 5, 4, 3, 2, 1]
    assert ops.convolve2d_full(impulse, kernel)[2:5, 2:5].ravel().tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9]


@given(image_and_kernel())
def test_corr2d(pair: tuple[np.ndarray, np.ndarray]) -> None:
    X, K = pair
    close(ops.corr2d(X, K), torch_conv(X, K))
    close(ops.corr2d(X, K), signal.correlate2d(X, K, mode="valid"))


@given(image_and_kernel())
def test_full_and_convolution(pair: tuple[np.ndarray, np.ndarray]) -> None:
    X, K = pair
    close(ops.corr2d_full(X, K), signal.correlate2d(X, K, mode="full"))
    close(ops.convolve2d(X, K), signal.convolve2d(X, K, mode="valid"))
    close(ops.convolve2d_full(X, K), signal.convolve2d(X, K, mode="full"))


@given(image_and_kernel(), *[st.integers(0, 3)] * 2, *[st.integers(1, 4)] * 4)
def test_windowed(pair: tuple, p_h: int, p_w: int, s_h: int, s_w: int, d_h: int, d_w: int) -> None:
    X, K = pair
    reach = [d * (k - 1) + 1 for k, d in zip(K.shape, (d_h, d_w), strict=True)]
    assume(all(r <= n + 2 * p for r, n, p in zip(reach, X.shape, (p_h, p_w), strict=True)))
    got = ops.corr2d_windowed(X, K, (2 * p_h, 2 * p_w), (s_h, s_w), (d_h, d_w))
    close(got, torch_conv(X, K, padding=(p_h, p_w), stride=(s_h, s_w), dilation=(d_h, d_w)))
    per_axis = zip(X.shape, K.shape, (p_h, p_w), (s_h, s_w), (d_h, d_w), strict=True)
    assert got.shape == tuple(ops.output_size(n, k, 2 * p, s, d) for n, k, p, s, d in per_axis)


@given(st.integers(1, 40), st.integers(1, 7), st.integers(0, 9), st.integers(1, 5), st.integers(1, 3))
def test_sizes_count_places(n: int, k: int, p: int, s: int, d: int) -> None:
    reach = d * (k - 1) + 1
    starts = [i for i in range(0, n + p, s) if i + reach <= n + p]
    assert ops.output_size(n, k, p, s, d) == len(starts)
    assert ops.covered(n, k, p, s, d) == (starts[-1] + reach if starts else 0)


@given(st.integers(0, 9), st.integers(0, 9))
def test_odd_padding_goes_on_top_and_left(p_h: int, p_w: int) -> None:
    padded = ops.pad2d(np.ones((2, 3)), p_h, p_w)
    assert padded.shape == (2 + p_h, 3 + p_w)
    top, left = np.argwhere(padded)[0]
    assert (top, left) == (-(-p_h // 2), -(-p_w // 2))


def test_a_kernel_that_does_not_fit_is_an_error() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        ops.corr2d_windowed(np.ones((2, 5)), np.ones((3, 1)))


@given(image_and_kernel())
def test_convolution_and_correlation_agree_when_a_half_turn_changes_nothing(pair: tuple) -> None:
    X, K = pair
    same = K + ops.half_turn(K)
    close(ops.convolve2d(X, same), ops.corr2d(X, same))


def test_learn_kernel_finds_the_edge_kernel() -> None:
    X = np.ones((6, 8))
    X[:, 2:6] = 0
    learnt = ops.learn_kernel(X, ops.corr2d(X, ops.edge_kernel()), (1, 2))
    np.testing.assert_allclose(learnt, [[1, -1]], atol=0.1)


@given(arrays(np.float64, (5, 6), elements=st.floats(-1, 1)), arrays(np.float64, (2, 3), elements=st.floats(-1, 1)))
def test_learn_kernel_steps_along_the_gradient_that_torch_computes(X: np.ndarray, K: np.ndarray) -> None:
    Y = ops.corr2d(X, K)
    kernel = torch.zeros(2, 3, dtype=torch.float64, requires_grad=True)
    for _ in range(3):
        out = torch.nn.functional.conv2d(torch.tensor(X)[None, None], kernel[None, None])[0, 0]
        (gradient,) = torch.autograd.grad(((out - torch.tensor(Y)) ** 2).sum(), kernel)
        kernel = (kernel - 0.01 * gradient).detach().requires_grad_()
    np.testing.assert_allclose(ops.learn_kernel(X, Y, (2, 3), steps=3, lr=0.01), kernel.detach(), atol=1e-9)
