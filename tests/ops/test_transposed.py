"""Transposed convolution against PyTorch, against the convolution that it is the transpose of, and by its sizes."""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy import ndarray

from cnnwidgets import ops

Pair = tuple[int, int]


class Setting(NamedTuple):
    """All but the input and the kernel's numbers."""

    padding: Pair
    stride: Pair
    dilation: Pair
    output_padding: Pair


def pairs(least: int, most: int) -> st.SearchStrategy[Pair]:
    return st.tuples(st.integers(least, most), st.integers(least, most))


@st.composite
def cases(draw: st.DrawFn, per_side: bool = False) -> tuple[ndarray, ndarray, Setting]:
    """An input, a kernel and a setting that leaves something of the output; `per_side`: padding is even."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    X, K = rng.normal(size=draw(pairs(1, 6))), rng.normal(size=draw(pairs(1, 4)))
    stride, padding = draw(pairs(1, 4)), draw(pairs(0, 7))
    if per_side:
        padding = padding[0] // 2 * 2, padding[1] // 2 * 2
    extra = draw(st.integers(0, stride[0] - 1)), draw(st.integers(0, stride[1] - 1))
    setting = Setting(padding, stride, draw(pairs(1, 3)), extra)
    assume(all(map(ops.transposed_size, X.shape, K.shape, *setting)))
    return X, K, setting


@given(cases(per_side=True))
def test_is_that_of_torch(case: tuple[ndarray, ndarray, Setting]) -> None:
    X, K, (padding, stride, dilation, extra) = case
    expected = torch.nn.functional.conv_transpose2d(
        torch.tensor(X)[None, None],
        torch.tensor(K)[None, None],
        stride=stride,
        padding=(padding[0] // 2, padding[1] // 2),
        dilation=dilation,
        output_padding=extra,
    )
    got = ops.corr2d_transposed(X, K, padding, stride, dilation, extra)
    np.testing.assert_allclose(got, expected[0, 0].numpy(), rtol=0, atol=1e-12)


@given(cases())
def test_is_the_transpose_of_the_convolution(case: tuple[ndarray, ndarray, Setting]) -> None:
    """⟨conv(Z), X⟩ = ⟨Z, transposed(X)⟩ for every Z of the output's shape, also where padding is odd."""
    X, K, (padding, stride, dilation, extra) = case
    Y = ops.corr2d_transposed(X, K, padding, stride, dilation, extra)
    Z = np.random.default_rng(1).normal(size=Y.shape)
    forward = ops.corr2d_windowed(Z, K, padding, stride, dilation)
    assert forward.shape == X.shape
    np.testing.assert_allclose((forward * X).sum(), (Z * Y).sum(), rtol=1e-9, atol=1e-9)


@given(cases())
def test_a_kernel_slides_over_the_spread_input(case: tuple[ndarray, ndarray, Setting]) -> None:
    X, K, setting = case
    spread = ops.spread2d(X, K.shape, *setting)
    Y = ops.corr2d_transposed(X, K, *setting)
    np.testing.assert_allclose(
        ops.corr2d_windowed(spread, ops.half_turn(K), dilation=setting.dilation), Y, atol=1e-12
    )
    assert Y.shape == tuple(map(ops.transposed_size, X.shape, K.shape, *setting))
    assert np.count_nonzero(spread) <= X.size


@pytest.mark.parametrize(("k", "p", "s", "d"), product((1, 2, 3, 5), (0, 1, 2, 4), (1, 2, 3), (1, 2)))
def test_the_sizes_are_all_those_that_the_convolution_maps_to_n(k: int, p: int, s: int, d: int) -> None:
    for n in range(2, 6):
        sizes = [m for m in range(1, 80) if ops.output_size(m, k, p, s, d) == n]
        assert [m for a in range(s) if (m := ops.transposed_size(n, k, p, s, d, a))] == sizes


def test_the_worked_example_at_stride_one_and_two() -> None:
    X = np.arange(4.0).reshape(2, 2)
    assert ops.corr2d_transposed(X, X).tolist() == [[0, 0, 1], [0, 4, 6], [4, 12, 9]]
    assert ops.corr2d_transposed(X, X, stride=(2, 2)).tolist() == [
        [0, 0, 0, 1],
        [0, 0, 2, 3],
        [0, 2, 0, 3],
        [4, 6, 6, 9],
    ]


def test_an_axis_of_its_own_for_everything() -> None:
    spread = ops.spread2d(np.array([[1.0, 2.0], [3.0, 4.0]]), (2, 3), (1, 0), (3, 2), output_padding=(2, 1))
    assert spread.shape == (7, 8)
    assert spread[:, 2:5].tolist() == [[1, 0, 2], [0, 0, 0], [0, 0, 0], [3, 0, 4], [0, 0, 0], [0, 0, 0], [0, 0, 0]]


def test_padding_beyond_the_kernel_cuts_the_input() -> None:
    assert ops.transposed_sides(2, 4) == (-1, -1)
    X = np.arange(16.0).reshape(4, 4)
    assert ops.spread2d(X, (2, 2), (4, 4)).tolist() == [[5, 6], [9, 10]]
    assert ops.corr2d_transposed(X, np.ones((2, 2)), (4, 4)).tolist() == [[30]]


def test_what_can_not_be() -> None:
    X = np.ones((2, 2))
    with pytest.raises(ValueError, match="an output padding of 2 is not between 0 and the stride less one, 1"):
        ops.corr2d_transposed(X, X, stride=(2, 2), output_padding=(0, 2))
    with pytest.raises(ValueError, match="takes away all of the output"):
        ops.corr2d_transposed(X, X, padding=(3, 0))
