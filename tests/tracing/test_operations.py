"""What is followed is followed exactly: every element read, and none besides, found a second way by NaN."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy import ndarray
from numpy.lib.stride_tricks import as_strided, sliding_window_view

from cnnwidgets.tracing import trace

X = np.random.default_rng(3).uniform(1, 9, (4, 6))
K = np.random.default_rng(5).uniform(1, 9, (2, 3))
A = np.random.default_rng(7).uniform(1, 9, (6, 5))
ODD = np.array([1, 4, 2])
MASK = np.arange(24).reshape(4, 6) % 5 == 0


def by_nan(fn: Callable[[ndarray], Any], X: ndarray) -> ndarray:
    """The same by sending a NaN through each input element in turn; for functions that let every NaN through."""
    shape = np.shape(fn(X.copy()))
    reads = np.zeros((*shape, *X.shape), bool)
    for place in np.ndindex(X.shape):
        spoilt = X.copy()
        spoilt[place] = np.nan
        with np.errstate(invalid="ignore"):
            reads[(..., *place)] = np.isnan(fn(spoilt))
    return reads


def assigned(X: ndarray) -> ndarray:
    Y = np.zeros((3, 4))
    for i in range(3):
        for j in range(4):
            Y[i, j] = (X[i : i + 2, j : j + 3] * K).sum()
    return Y


def added_up(X: ndarray) -> ndarray:
    Y = np.empty((3, 4))
    Y[:] = 0
    for i, j in np.ndindex(3, 4):
        for a in range(2):
            for b in range(3):
                Y[i, j] += X[i + a, j + b] * K[a, b]
    return Y


def from_the_end(X: ndarray) -> ndarray:
    Y = np.zeros((2, 3, 4), order="F")[:, ::-1]
    for a, i, j in np.ndindex(2, 3, 4):
        Y[a - 2, -1 - i, j - 4] = X[i - 4, -1 - j] + X[i, a]
    Y[-1, 0, 0] = X[0, 0] * 2
    return Y


def scattered(X: ndarray) -> ndarray:
    Y = np.zeros((5, 8))
    for i, j in np.ndindex(*X.shape):
        Y[i : i + 2, j : j + 3] += X[i, j] * K
    return Y


def through_a_view(X: ndarray) -> ndarray:
    Y = np.ones((4, 6))
    row, flat = Y[1], Y.reshape(-1)
    row += X[0]
    flat[-1] = X[2, 2]
    Y.T[3] *= X[:, 0]
    return Y


def overwritten(X: ndarray) -> ndarray:
    Y = X.copy()
    Y[1] = 5
    Y[:, 2] = X[0, 0]
    Y[Y.shape[0] - 1, [0, -1]] = Y[0, [1, 2]]
    return Y


def masked(X: ndarray) -> ndarray:
    Y = np.zeros_like(X)
    Y[MASK] = X[MASK] * 2
    Y[::2, ::-2] += X[1::2, ::2]
    return Y


def by_lists(X: ndarray) -> ndarray:
    rows = []
    for i in range(3):
        rows.append([])
        for j in range(4):
            total = 0.0
            for a, row in enumerate(K):
                total += sum(weight * value for weight, value in zip(row, X[i + a, j : j + 3], strict=True))
            rows[-1].append(total)
    return np.array(rows)


def own_lists(X: ndarray) -> ndarray:
    table = X.tolist()
    return np.array([[table[i][j] - table[i][j + 1] for j in range(5)] for i in range(4)])


def at_places(X: ndarray) -> ndarray:
    Y = np.zeros(5)
    np.add.at(Y, np.array([0, 1, 1, 4]), X[:, 2])
    return Y


def swapped_in_place(X: ndarray) -> ndarray:
    X[0], X[1] = X[1].copy(), X[0].copy()
    X[1:] = X[:-1]
    X.sort(axis=0)
    return X[:, 0:1] * 0 + X.sum()


def with_out(X: ndarray) -> ndarray:
    Y = np.zeros((3, 6))
    np.multiply(X[1:], 2, out=Y)
    np.add(Y, X[:-1], out=Y)
    return Y


FUNCTIONS: dict[str, Callable[[ndarray], Any]] = {
    "element": lambda X: X[1, -2],
    "numbers": lambda X: 2 - X[0, 0] / (1 + X[1, 1]) * -X[2, 2] + abs(X[3, 3]) ** 2 - np.float64(3) * X[3, 5],
    "slices": lambda X: X[-3:, 1:-1:2],
    "dots": lambda X: X[..., 2],
    "new axes": lambda X: X[None, :, None, 1:3],
    "fancy": lambda X: X[[0, -1, 0]][:, ODD],
    "both fancy": lambda X: X[np.array([[0], [3]]), ODD],
    "mask": lambda X: X[MASK],
    "rows of a mask": lambda X: X[np.array([True, False, True, False])],
    "iteration": lambda X: np.array([row[0] + row[-1] for row in X]),
    "unpacking": lambda X: (lambda first, *rest: first + rest[-1])(*X),
    "arithmetic": lambda X: -X[:2] + 3 * X[2:] / X[:2] ** 2 - X[1:3] // 1,
    "broadcast": lambda X: X[:, :1] * X[:1],
    "plain on the left": lambda X: A.T[:4] + X[:, :1],
    "ufuncs": lambda X: np.exp(np.sqrt(X)) + np.maximum(X, 2) + np.hypot(X, X.T[0][:, None][:4]),
    "two results": lambda X: np.divmod(X, 2)[0],
    "sum": lambda X: X.sum(),
    "sum of rows": lambda X: X.sum(axis=1),
    "sum, axes kept": lambda X: np.sum(X, axis=-2, keepdims=True),
    "sum of some": lambda X: np.sum(X, axis=0, where=MASK, initial=0),
    "sum of a list": lambda X: np.sum([X[0, 0], X[1, 1] * 2]),
    "python's sum": lambda X: sum(X),
    "mean": lambda X: X.mean((0, 1)),
    "mean of a list": lambda X: np.mean([X[0], X[2]], axis=0),
    "average": lambda X: np.average(X, axis=0, weights=[1, 2, 3, 4]),
    "prod, var, std": lambda X: X.prod(0) + X.var(0) + X.std(axis=0),
    "max": lambda X: X.max(axis=1),
    "min, ptp": lambda X: np.min(X) + np.ptp(X, axis=0),
    "median": lambda X: np.median(X, axis=1),
    "running": lambda X: X.cumsum(axis=1) + np.cumprod(X, axis=0),
    "running, flat": lambda X: np.cumsum(X),
    "reduce": lambda X: np.add.reduce(X) + np.multiply.reduce(X[:, :2], axis=None),
    "accumulate": lambda X: np.maximum.accumulate(X, axis=1),
    "outer": lambda X: np.multiply.outer(X[0], X[1]),
    "matmul": lambda X: X @ A,
    "matmul with itself": lambda X: X[1:3] @ X[:2].T,
    "matmul, vectors": lambda X: X[0] @ A + (X @ A[:, 0])[0],
    "matmul, a number": lambda X: X[0] @ X[1],
    "matmul, stacked": lambda X: X.reshape(2, 2, 6) @ np.stack([A, A]),
    "matmul, one for all": lambda X: np.stack([A.T, A.T]) @ X.T,
    "dot": lambda X: np.dot(X, A),
    "dot by a method": lambda X: X[2].dot(A),
    "dot, three axes": lambda X: np.dot(X.reshape(2, 2, 6), np.stack([A, A])),
    "dot, a number": lambda X: np.dot(X, 2.0),
    "vdot, inner, outer": lambda X: np.vdot(X[0], X[1]) + np.inner(X, A.T) + np.outer(X[0], A[0])[:4, :5],
    "tensordot": lambda X: np.tensordot(sliding_window_view(X, (2, 3)), K, axes=((2, 3), (0, 1))),
    "tensordot, a count": lambda X: np.tensordot(sliding_window_view(X, (2, 3)), K),
    "tensordot, crossed": lambda X: np.tensordot(X, np.stack([A, A]), axes=(1, 1)),
    "tensordot, no axis": lambda X: np.tensordot(X[0], X[1], 0),
    "einsum": lambda X: np.einsum("ijab,ab->ij", sliding_window_view(X, K.shape), K),
    "einsum, no arrow": lambda X: np.einsum("ijab,ab", sliding_window_view(X, K.shape), K),
    "einsum, turned": lambda X: np.einsum("ij,jk->ki", X, A),
    "einsum, diagonal": lambda X: np.einsum("ii->i", X[:, :4]),
    "einsum, trace": lambda X: np.einsum("ii", X[:, :4]),
    "einsum, dots": lambda X: np.einsum("...j,j->...", X, A[:, 0]),
    "einsum, one": lambda X: np.einsum("ij -> j", X),
    "einsum, three": lambda X: np.einsum("i,ij,jk->k", X[:, 0], X, A),
    "windows": lambda X: (sliding_window_view(X, K.shape) * K).sum(axis=(2, 3)),
    "windows, one axis": lambda X: sliding_window_view(X, 2, axis=0).mean(-1),
    "as_strided": lambda X: (as_strided(X, (3, 4, 2, 3), X.strides * 2) * K).sum((2, 3)),
    "pad": lambda X: np.pad(X, ((1, 0), (2, 1))),
    "pad, a value": lambda X: np.pad(X, 1, constant_values=7.0),
    "pad, edge": lambda X: np.pad(X, 2, mode="edge"),
    "pad, reflect": lambda X: np.pad(X, (1, 2), "reflect"),
    "pad, wrap": lambda X: np.pad(X, 1, mode="wrap"),
    "reshape": lambda X: X.reshape(3, -1) + X.reshape((8, 3), order="F")[2:5, :1],
    "turned": lambda X: X.T[1:3] @ np.transpose(X, (0, 1)) + X.swapaxes(0, 1)[:2] @ X,
    "axes": lambda X: np.moveaxis(X[None], 0, 2).squeeze(axis=2) + np.expand_dims(X, 0)[0],
    "flat": lambda X: X.ravel()[3:7] + X.flatten()[:4] + X.flat[5],
    "flips": lambda X: X[::-1] + np.fliplr(X) + np.flip(X, axis=(0, 1)) + np.rot90(X, 2),
    "roll": lambda X: np.roll(X, (1, -2), (0, 1)),
    "repeat, tile": lambda X: X.repeat(2, axis=0)[:4] + np.tile(X, 2)[:, 3:9],
    "take": lambda X: np.take(X, [5, 0], axis=1) + X.take(3),
    "diagonals": lambda X: np.diag(X) + X.diagonal(1)[:4] + np.tril(X)[3, :4],
    "split": lambda X: np.split(X, 3, axis=1)[2] * np.array_split(X, 2)[0][:1, :2],
    "joined": lambda X: np.concatenate([X, np.zeros((1, 6)), X[:1]]) + np.vstack([X[0]] * 6),
    "joined, axis": lambda X: np.concatenate((X[:, 4:], X[:, :1]), axis=1) + np.hstack([X[:, :1]] * 3),
    "stacked": lambda X: np.stack([X[0], X[3]], axis=1) + np.column_stack((X[1], np.ones(6))),
    "a block": lambda X: np.block([[X, X[:, :1]], [np.zeros((1, 7))]]),
    "appended": lambda X: np.append(X, X[:1], axis=0),
    "where": lambda X: np.where(MASK, X, 2 * X[0, 0]),
    "clip, round": lambda X: np.clip(X, 2, 5) + X.round(1) + np.nan_to_num(X - X) + X,
    "diff": lambda X: np.diff(X, axis=0),
    "full": lambda X: np.full((4, 6), 2.5) + X,
    "array": lambda X: np.array(X)[0] + np.asarray(X)[1] + np.array([X[2], X[3]])[0] + np.array(X, ndmin=3)[0, 0],
    "types": lambda X: X.astype(np.float32).astype(float),
    "facts": lambda X: X[: X.ndim] * X.size / len(X) * np.shape(X)[0] + (X.dtype == float),
    "assigned": assigned,
    "added up": added_up,
    "from the end": from_the_end,
    "scattered": scattered,
    "through a view": through_a_view,
    "overwritten": overwritten,
    "masked": masked,
    "by lists": by_lists,
    "own lists": own_lists,
    "at places": at_places,
    "swapped in place": swapped_in_place,
    "with out": with_out,
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_reads_what_a_nan_goes_through(name: str) -> None:
    fn = FUNCTIONS[name]
    found = trace(fn)(X)
    assert found.untraced is None
    np.testing.assert_array_equal(found.output, fn(X.copy()))
    np.testing.assert_array_equal(found.reads, by_nan(fn, X))


def test_three_axes() -> None:
    cube = np.random.default_rng(0).uniform(1, 2, (2, 3, 5))
    found = trace(lambda X: X[:, 1:, ::2].sum(axis=0))(cube)
    np.testing.assert_array_equal(found.reads, by_nan(lambda X: X[:, 1:, ::2].sum(axis=0), cube))
    assert found.text(1, 2) == "channels 0–1, row 2, column 4"


def test_the_input_is_any_argument() -> None:
    reads = trace(lambda X, K: X @ K, of=1)(X, A).reads
    np.testing.assert_array_equal(reads, by_nan(lambda K: X @ K, A))


class TestWhatNaNCannotShow:
    """Comparisons and order lose a NaN; what was read is known all the same."""

    def test_every_candidate_of_a_sort(self) -> None:
        reads = trace(lambda X: np.sort(X, axis=1))(X).reads
        assert reads is not None
        for i, j in np.ndindex(X.shape):
            assert reads[i, j].sum() == 6 and reads[i, j, i].all()

    def test_the_place_of_the_largest(self) -> None:
        found = trace(lambda X: X.argmax(axis=0))(X)
        assert found.text(2) == "rows 0–3, column 2"

    def test_a_condition_made_of_the_input_is_read_too(self) -> None:
        found = trace(lambda X: np.where(X[:2] > 4, X[2:], 0.0))(X)
        assert found.text(0, 1) == "rows 0, 2, column 1"

    def test_a_comparison_as_a_factor(self) -> None:
        found = trace(lambda X: X[:1] * (X[1:2] > 4) + (X[:1] == 3))(X)
        assert found.text(0, 4) == "rows 0–1, column 4"

    def test_nan_reductions(self) -> None:
        def pooled(X: ndarray) -> ndarray:
            P = np.pad(X, 1, constant_values=np.nan)
            return np.nanmax(sliding_window_view(P, (3, 3)), axis=(2, 3))

        assert trace(pooled)(X).text(0, 2) == "rows 0–1, columns 1–3"

    def test_integers_and_booleans(self) -> None:
        whole = np.arange(24).reshape(4, 6)
        assert trace(lambda X: (X[::2] % 3) & 1 | X[1::2] << 2)(whole).text(1, 1) == "rows 2–3, column 1"
        assert trace(lambda X: ~X[0] ^ X[1])(whole > 3).text(5) == "rows 0–1, column 5"

    def test_what_is_cut_to_integers(self) -> None:
        def cut(X: ndarray) -> ndarray:
            Y = np.zeros(4, dtype=int)
            Y[:] = X.sum(axis=1)
            return Y

        found = trace(cut)(X)
        assert found.output.dtype == int and found.text(3) == "row 3, columns 0–5"

    def test_a_factor_of_zero_reads_all_the_same(self) -> None:
        assert trace(lambda X: X[0] * np.zeros(6))(X).text(3) == "row 0, column 3"

    def test_plain_arrays_stay_usable_for_everything(self) -> None:
        """What a learner makes and has not put the input into may decide, index and go anywhere."""

        def fn(X: ndarray) -> ndarray:
            order = np.array([3, 1])
            counts = np.zeros(2)
            counts[0] = 2
            steps = np.zeros(1, dtype=int)
            if counts[0] > 1 and float(counts.max()) == 2 and int(order[0]) in order:
                X = X[order][:, steps[0] :]
            return X[: int(counts.sum())] * np.fft.fft(counts).real[0] + np.linalg.norm(counts)

        found = trace(fn)(X)
        assert found.text(0, 0) == "row 3, column 0"
