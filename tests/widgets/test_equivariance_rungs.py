"""The layers of EquivarianceExplorer against torch, and what is said of shifts against their definition."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from cnnwidgets.widgets.equivariance.rungs import OPS, compared, dense_table, run, shifted, steps

RNG = np.random.default_rng(3)
X, K = RNG.integers(0, 256, (11, 14)).astype(np.float64), RNG.normal(size=(3, 5))
SHIFTS = [(0, 1), (1, 0), (2, -4), (-3, 3), (0, 0), (-2, 2), (5, 6)]


def batch(A: np.ndarray) -> torch.Tensor:
    return torch.tensor(A)[None, None]


def test_every_layer_is_torchs() -> None:
    right = {
        "valid": F.conv2d(batch(X), batch(K)),
        "same": F.conv2d(batch(X), batch(K), padding="same"),
        "stride": F.conv2d(batch(X), batch(K), stride=2),
        "pool": F.max_pool2d(batch(X), 2),
    }
    linear = torch.nn.Linear(X.size, X.size, bias=False, dtype=torch.float64)
    with torch.no_grad():
        linear.weight.copy_(torch.tensor(dense_table(X.size) / np.sqrt(X.size)))
        right["dense"] = linear(batch(X).flatten(1)).reshape(1, 1, *X.shape)
    assert tuple(right) == OPS
    for op, expected in right.items():
        np.testing.assert_allclose(run(op, X, K), expected[0, 0].numpy(), atol=1e-9)


@pytest.mark.parametrize("shift", SHIFTS)
def test_a_shift_is_the_definition(shift: tuple[int, int]) -> None:
    S = shifted(X, shift)
    for (i, j), value in np.ndenumerate(S):
        r, c = i - shift[0], j - shift[1]
        assert value == (X[r, c] if 0 <= r < X.shape[0] and 0 <= c < X.shape[1] else 0)


def test_a_shift_beyond_the_picture_leaves_nothing() -> None:
    assert not shifted(X, (11, 0)).any()
    assert not shifted(X, (0, -14)).any()


@pytest.mark.parametrize("shift", SHIFTS)
def test_correlation_follows_exactly_and_the_rest_only_where_it_is_said(shift: tuple[int, int]) -> None:
    even = all(along % 2 == 0 for along in shift)
    follows = {op: compared(op, X, K, shift).follows for op in OPS}
    still = shift == (0, 0)
    assert follows == {"valid": True, "same": still, "stride": even, "pool": even, "dense": still}


@pytest.mark.parametrize("op", OPS)
@pytest.mark.parametrize("shift", SHIFTS)
def test_what_is_compared_is_an_output_of_the_picture(op: str, shift: tuple[int, int]) -> None:
    found = compared(op, X, K, shift)
    Y, by = run(op, X, K), steps(op, shift)
    np.testing.assert_array_equal(found.given, run(op, shifted(X, shift), K))
    for (i, j), yes in np.ndenumerate(found.inside):
        r, c = i - by[0], j - by[1]
        came = 0 <= r < Y.shape[0] and 0 <= c < Y.shape[1]
        if yes:
            assert came and found.moved[i, j] == Y[r, c]
            assert found.differs[i, j] == (abs(found.given[i, j] - Y[r, c]) > 1e-9 * np.abs(Y).max())
        else:
            assert not found.differs[i, j]
            if op in ("valid", "same", "dense"):
                assert not came
    assert found.inside.any()


def test_stride_and_pooling_compare_whole_windows_only() -> None:
    found = compared("pool", np.ones((6, 8)), K, (0, 1))
    assert found.follows  # the column of zeros that came in is not counted
    assert not found.inside[:, 0].any()


def test_with_zeros_around_the_rim_alone_differs() -> None:
    found = compared("same", X, K, (0, -1))  # moves left: what leaves on the left is missing there
    assert found.differs[:, :2].any()
    assert not found.differs[1:-1, 2:].any()


def test_the_dense_weights_are_fixed_and_spread() -> None:
    table = dense_table(70)
    assert table[0, :3].tolist() == dense_table(70)[0, :3].tolist()
    assert abs(table.mean()) < 0.02
    assert table.min() > -1 and table.max() < 1 and table.std() == pytest.approx(1 / np.sqrt(3), abs=0.01)
    assert abs(np.corrcoef(table[0], table[1])[0, 1]) < 0.4


def test_what_does_not_fit_is_a_sentence() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        run("valid", X, np.ones((12, 1)))
    with pytest.raises(ValueError, match=r"a window of \(2, 2\) does not fit in a picture of \(1, 5\)"):
        run("pool", np.ones((1, 5)), K)
