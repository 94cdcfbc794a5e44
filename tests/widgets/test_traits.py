"""Matrices and pairs as traits: what they take, what they give back, and what they say of anything else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from traitlets import HasTraits, TraitError

from cnnwidgets.widgets.traits.arrays import Matrix
from cnnwidgets.widgets.traits.per_axis import PerAxis


class Holder(HasTraits):
    X = Matrix([[0.0, 1.0], [2.0, 3.0]], most=16)
    K = Matrix([[1.0]], most=7)
    stride = PerAxis((1, 1), least=1, most=8)
    padding = PerAxis((0, 0), least=0, most=12)


numbers = st.one_of(
    hnp.integer_dtypes(), hnp.unsigned_integer_dtypes(), hnp.floating_dtypes(), st.just(np.dtype(bool))
)
shapes = hnp.array_shapes(min_dims=2, max_dims=2, max_side=16)


@given(numbers.flatmap(lambda dtype: hnp.arrays(dtype, shapes)))
def test_a_matrix_reads_back_as_float64(X: np.ndarray) -> None:
    holder = Holder()
    if not np.isfinite(X.astype(np.float64)).all():
        with pytest.raises(TraitError, match=r"^X must hold finite numbers; this one holds NaN or infinity\.$"):
            holder.X = X
        return
    holder.X = X
    assert holder.X.dtype == np.float64
    np.testing.assert_array_equal(holder.X, X.astype(np.float64))


@pytest.mark.parametrize(
    "value",
    [
        [[1, 2, 3], [4, 5, 6]],
        ((1, 2, 3), (4, 5, 6)),
        np.arange(1, 7).reshape(2, 3),
        torch.arange(1, 7).reshape(2, 3),
        [np.array([1, 2, 3]), [4.0, 5, 6]],
    ],
)
def test_whatever_numpy_makes_a_matrix_of(value: Any) -> None:
    holder = Holder(X=value)
    assert holder.X.tolist() == [[1, 2, 3], [4, 5, 6]]


def test_what_is_read_can_not_be_written() -> None:
    given_ = np.ones((2, 3))
    holder = Holder(X=given_)
    for X in (holder.X, holder.K, Holder().X):
        with pytest.raises(ValueError, match="read-only"):
            X[0, 0] = 7
    given_[0, 0] = 7  # what was given stays the giver's
    assert holder.X[0, 0] == 1
    assert given_.flags.writeable


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ([1, 2, 3], r"X must be a matrix with 1 to 16 rows and 1 to 16 columns; this one has the shape \(3,\)\."),
        (np.zeros((2, 2, 2)), r"X must be a matrix with .* the shape \(2, 2, 2\)\."),
        (3.0, r"X must be a matrix with .* the shape \(\)\."),
        (np.zeros((17, 2)), r"X must be a matrix with .* the shape \(17, 2\)\."),
        (np.zeros((2, 17)), r"X must be a matrix with .* the shape \(2, 17\)\."),
        (np.zeros((0, 3)), r"X must be a matrix with .* the shape \(0, 3\)\."),
        ([[]], r"X must be a matrix with .* the shape \(1, 0\)\."),
        ([[1, 2], [3]], r"X must be a matrix: .*inhomogeneous"),
        ([["a", "b"]], r"X must hold real numbers, not <U1\."),
        ([[1j]], r"X must hold real numbers, not complex128\."),
        ([[None]], r"X must hold real numbers, not object\."),
        (None, r"X must hold real numbers, not object\."),
        ([[10**400]], r"X must hold real numbers, not object\."),
        ([[1.0, float("nan")]], r"X must hold finite numbers; this one holds NaN or infinity\."),
        ([[-float("inf")]], r"X must hold finite numbers; this one holds NaN or infinity\."),
        (np.array([[1]], "M8[s]"), r"X must hold real numbers, not datetime64\[s\]\."),
        (torch.ones(2, 2, requires_grad=True), r"X must be a matrix: .*detach"),
    ],
)
def test_what_a_matrix_says_of_other_values(value: Any, sentence: str) -> None:
    holder = Holder()
    with pytest.raises(TraitError, match=f"^{sentence}"):
        holder.X = value
    assert holder.X.tolist() == [[0, 1], [2, 3]]


def test_a_long_double_too_large_for_a_float() -> None:
    huge = np.array([[np.finfo(np.longdouble).max]])
    if huge[0, 0] <= np.finfo(np.float64).max:
        pytest.skip("a long double is a double here")
    with pytest.raises(TraitError, match="finite"):
        Holder(X=huge)


def test_each_matrix_has_its_own_limit() -> None:
    Holder(K=np.ones((7, 7)), X=np.ones((16, 16)))
    with pytest.raises(TraitError, match="K must be a matrix with 1 to 7 rows"):
        Holder(K=np.ones((8, 1)))


def test_an_equal_matrix_is_no_change() -> None:
    holder = Holder()
    seen: list[Any] = []
    holder.observe(lambda change: seen.append(change["new"].tolist()), "X")
    holder.X = [[0, 1], [2, 3]]
    assert seen == []
    holder.X = [[0, 1], [2, 4]]
    holder.X = np.array([[0, 1], [2, 4]])
    holder.X = [[0, 1, 2, 4]]
    assert seen == [[[0, 1], [2, 4]], [[0, 1, 2, 4]]]


def test_defaults_are_not_shared_by_accident() -> None:
    one, other = Holder(), Holder()
    one.X = [[9]]
    assert other.X.tolist() == Holder().X.tolist() == [[0, 1], [2, 3]]


@given(st.integers(1, 8), st.integers(1, 8))
def test_one_number_stands_for_both_axes(rows: int, columns: int) -> None:
    holder = Holder(stride=rows)
    assert holder.stride == (rows, rows)
    for pair in ((rows, columns), [rows, columns], np.array([rows, columns]), (np.int64(rows), np.uint8(columns))):
        holder.stride = pair
        assert holder.stride == (rows, columns)
        assert [type(number) for number in holder.stride] == [int, int]
    holder.stride = np.int32(columns)
    assert holder.stride == (columns, columns)


@pytest.mark.parametrize(
    "value", [0, 9, -1, (1, 9), (0, 1), (1, 2, 3), (1,), (), 1.0, (1.0, 2), "1", "12", None, True, (True, 1), {1, 2}]
)
def test_what_a_pair_says_of_other_values(value: Any) -> None:
    holder = Holder(stride=(3, 2))
    sentence = r"^stride must be a whole number from 1 to 8, or a pair of them \(rows, columns\), not "
    with pytest.raises(TraitError, match=sentence):
        holder.stride = value
    assert holder.stride == (3, 2)


def test_padding_may_be_none_at_all() -> None:
    assert Holder(padding=0).padding == (0, 0)
    with pytest.raises(TraitError, match=r"^padding must be a whole number from 0 to 12, .* not 13\.$"):
        Holder(padding=13)
