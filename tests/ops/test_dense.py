"""Dense and local layers on images against plain loops and PyTorch, and against each other."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cnnwidgets import ops

numbers = st.floats(-100, 100, width=32)


@st.composite
def image_and_weights(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    h, w = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    return tuple(draw(arrays(np.float64, shape, elements=numbers)) for shape in ((h, w), (h, w, h, w), (h, w)))


@st.composite
def image_and_kernel(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    delta = draw(st.integers(0, 3))
    h, w = draw(st.integers(1, 7)), draw(st.integers(1, 7))
    n = 2 * delta + 1
    return draw(arrays(np.float64, (h, w), elements=numbers)), draw(arrays(np.float64, (n, n), elements=numbers))


def close(got: np.ndarray, expected: np.ndarray) -> None:
    assert got.dtype == np.float64
    assert got.shape == expected.shape
    np.testing.assert_allclose(got, expected, rtol=1e-9, atol=1e-7)


@given(image_and_weights())
def test_dense2d_is_a_linear_layer_on_the_flattened_image(given_: tuple) -> None:
    X, W, U = given_
    flat = torch.nn.functional.linear(
        torch.tensor(X.ravel()), torch.tensor(W.reshape(X.size, X.size)), torch.tensor(U.ravel())
    )
    close(ops.dense2d(X, W, U), flat.numpy().reshape(X.shape))


@given(image_and_weights())
def test_reindex_moves_every_weight_to_its_offset(given_: tuple) -> None:
    X, W, _ = given_
    h, w = X.shape
    V = np.zeros((h, w, 2 * h - 1, 2 * w - 1))
    for i, j, k, m in np.ndindex(*W.shape):
        V[i, j, k - i + h - 1, m - j + w - 1] = W[i, j, k, m]
    close(ops.reindex(W), V)


@given(image_and_kernel(), numbers)
def test_local2d(pair: tuple[np.ndarray, np.ndarray], u: float) -> None:
    X, V = pair
    expected = torch.nn.functional.conv2d(torch.tensor(X)[None, None], torch.tensor(V)[None, None], padding="same")
    close(ops.local2d(X, V, u), expected[0, 0].numpy() + u)


@given(image_and_kernel(), numbers)
def test_local2d_is_a_dense_layer_whose_offsets_are_all_alike(pair: tuple[np.ndarray, np.ndarray], u: float) -> None:
    X, V = pair
    (h, w), delta = X.shape, len(V) // 2
    W = np.zeros((h, w, h, w))
    for i, j, k, m in np.ndindex(*W.shape):
        if max(abs(k - i), abs(m - j)) <= delta:
            W[i, j, k, m] = V[k - i + delta, m - j + delta]
    close(ops.local2d(X, V, u), ops.dense2d(X, W, np.full(X.shape, u)))


@pytest.mark.parametrize("shape", [(2, 2), (3, 5), (1, 3)])
def test_a_kernel_without_a_middle_is_an_error(shape: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="2Δ\\+1"):
        ops.local2d(np.ones((5, 5)), np.ones(shape), 0.0)


@given(*[st.integers(1, 9)] * 4, st.integers(0, 9))
def test_counts(height: int, width: int, channels: int, hidden: int, delta: int) -> None:
    layer = torch.nn.Linear(height * width * channels, hidden, bias=False)
    assert ops.dense_weights(height, width, channels, hidden) == layer.weight.numel()
    assert ops.local_weights(delta) == len(range(-delta, delta + 1)) ** 2


def test_the_megapixel_image() -> None:
    assert ops.dense_weights(1000, 1000, 3, 1000) == 3_000_000_000
