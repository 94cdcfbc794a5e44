"""Does a layer follow when the picture moves? Each layer's output, moved, beside its output on the moved picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float
from numpy import ndarray

from cnnwidgets import ops

OPS = ("valid", "same", "stride", "pool", "dense")
"""Correlation without padding; with zeros around; with stride 2; 2×2 max pooling; a dense layer of fixed weights."""

STEPS = {"valid": 1, "same": 1, "stride": 2, "pool": 2, "dense": 1}
"""How far the picture moves for one place of the output."""

ROUNDING = 1e-9  # of the largest value


@dataclass(frozen=True)
class Comparison:
    """A layer's two outputs, and where they can be and where they are not the same."""

    moved: Float[ndarray, "oh ow"]
    """shift(op(X)); zeros come in."""
    given: Float[ndarray, "oh ow"]
    """op(shift(X))."""
    inside: Bool[ndarray, "oh ow"]
    """True where an output of X has come to stand, so that there is something to compare."""
    differs: Bool[ndarray, "oh ow"]
    """True where they differ, of the places inside."""

    @property
    def follows(self) -> bool:
        """Whether the output just moves, wherever that can be said."""
        return not self.differs.any()


def shifted(X: Float[ndarray, "h w"], shift: tuple[int, int]) -> Float[ndarray, "h w"]:
    """X moved down and right by `shift`: ``S[i, j] = X[i − rows, j − columns]``, 0 where that is outside of X."""
    moved = np.zeros_like(X)
    (h, w), (rows, columns) = X.shape, shift
    if abs(rows) < h and abs(columns) < w:
        to = np.s_[max(0, rows) : h + min(0, rows), max(0, columns) : w + min(0, columns)]
        of = np.s_[max(0, -rows) : h + min(0, -rows), max(0, -columns) : w + min(0, -columns)]
        moved[to] = X[of]
    return moved


def steps(op: str, shift: tuple[int, int]) -> tuple[int, int]:
    """How far the output moves: whole places only, halves are cut off towards 0."""
    rows, columns = (int(along / STEPS[op]) for along in shift)
    return rows, columns


def dense_table(count: int) -> Float[ndarray, "count count"]:
    """Weights between −1 and 1 from every one of `count` pixels to every one of as many units.

    A fixed scramble of the weight's number, counted row by row from 1, of which the last 8 bits count; the browser
    has the same. Source: the last step of MurmurHash3, Austin Appleby, 2011.
    """
    t = np.arange(1, count * count + 1, dtype=np.uint32)
    for factor, drop in ((0x85EBCA6B, 16), (0xC2B2AE35, 13)):
        t = (t ^ (t >> np.uint32(drop))) * np.uint32(factor)
    t ^= t >> np.uint32(16)
    table: ndarray = ((t & np.uint32(255)).astype(np.float64) - 127.5) / 128
    return table.reshape(count, count)


def run(op: str, X: Float[ndarray, "h w"], K: Float[ndarray, "kh kw"]) -> Float[ndarray, "oh ow"]:
    """The layer's output. `ValueError` where the kernel, or a pooling window, does not fit.

    ``"valid"`` (h − kh + 1, w − kw + 1); ``"same"`` (h, w), the odd row of zeros above and the odd column left;
    ``"stride"`` as valid, every other row and column; ``"pool"`` (⌊h/2⌋, ⌊w/2⌋), without the kernel; ``"dense"``
    (h, w): ``H = W x / √(h w)`` with the weights of `dense_table` on the pixels row by row, without the kernel.
    """
    if op == "pool":
        if min(X.shape) < 2:
            raise ValueError(f"a window of (2, 2) does not fit in a picture of {X.shape}")
        pooled: ndarray = ops.pool2d_layer(X[None], (2, 2))[0]
        return pooled
    if op == "dense":
        H: ndarray = dense_table(X.size) @ X.ravel() / np.sqrt(X.size)
        return H.reshape(X.shape)
    padding = ops.same_padding(*K.shape) if op == "same" else (0, 0)
    return ops.corr2d_windowed(X, K, padding, (STEPS[op],) * 2)


def compared(op: str, X: Float[ndarray, "h w"], K: Float[ndarray, "kh kw"], shift: tuple[int, int]) -> Comparison:
    """Moves, then runs; runs, then moves; and says where that is not the same. `ValueError` as in `run`."""
    Y, given = run(op, X, K), run(op, shifted(X, shift), K)
    by = steps(op, shift)
    moved = shifted(Y, by)
    window = {"pool": (2, 2), "same": (0, 0), "dense": (0, 0)}.get(op, K.shape)
    along = [_inside(Y.shape[a], by[a], X.shape[a], window[a], STEPS[op], shift[a]) for a in (0, 1)]
    inside = np.logical_and.outer(*along)
    slack = ROUNDING * max(np.abs(moved).max(), np.abs(given).max())
    return Comparison(moved, given, inside, inside & (np.abs(moved - given) > slack))


def _inside(places: int, by: int, n: int, k: int, step: int, shift: int) -> Bool[ndarray, " places"]:
    """Along one axis: an output of X has come here and, for windows that lie on X, so has all of the window."""
    at = np.arange(places)
    found: ndarray = (at - by >= 0) & (at - by < places)
    if k:
        first = at * step - shift
        found &= (first >= 0) & (first + k <= n)
    return found
