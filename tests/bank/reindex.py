"""Answers to `reindex`."""

import numpy as np

from tests.bank import TWO_MISTAKES, UNNAMED, right, wrong

REINDEX = "reindex"


@right(REINDEX)
def literally(W):
    h, w = W.shape[:2]
    V = np.zeros((h, w, 2 * h - 1, 2 * w - 1))
    for i in range(h):
        for j in range(w):
            for a in range(-(h - 1), h):
                for b in range(-(w - 1), w):
                    if 0 <= i + a < h and 0 <= j + b < w:
                        V[i, j, a + h - 1, b + w - 1] = W[i, j, i + a, j + b]
    return V


@right(REINDEX)
def by_input_pixel(W):
    h, w, _, _ = W.shape
    V = np.zeros((h, w, 2 * h - 1, 2 * w - 1))
    for i, j, k, m in np.ndindex(*W.shape):
        V[i, j, k - i + h - 1, m - j + w - 1] = W[i, j, k, m]
    return V


@right(REINDEX)
def blocks(W):
    h, w = W.shape[:2]
    V = np.zeros((h, w, h + h - 1, w + w - 1))
    for i, j in np.ndindex(h, w):
        V[i, j, h - 1 - i :, w - 1 - j :][:h, :w] = W[i, j]
    return V


@right(REINDEX)
def padded_and_cut(W):
    h, w = W.shape[:2]
    P = np.pad(W, ((0, 0), (0, 0), (h - 1, h - 1), (w - 1, w - 1)))
    return np.array([[P[i, j, i : i + 2 * h - 1, j : j + 2 * w - 1] for j in range(w)] for i in range(h)])


@right(REINDEX)
def fancy(W):
    h, w = W.shape[:2]
    i, j, k, m = np.indices(W.shape)
    V = np.zeros((h, w, 2 * h - 1, 2 * w - 1))
    V[i, j, k - i + h - 1, m - j + w - 1] = W
    return V


@wrong(REINDEX, "not-moved")
def in_the_corner(W):
    h, w = W.shape[:2]
    V = np.zeros((h, w, 2 * h - 1, 2 * w - 1))
    V[:, :, :h, :w] = W
    return V


@wrong(REINDEX, "not-moved")
def offset_from_nowhere(W):
    h, w = W.shape[:2]
    V = np.zeros((h, w, 2 * h - 1, 2 * w - 1))
    for i, j, a, b in np.ndindex(*W.shape):
        V[i, j, a + h - 1, b + w - 1] = W[i, j, a, b]
    return V


@wrong(REINDEX, "direction-reversed")
def i_minus_k(W):
    h, w = W.shape[:2]
    V = np.zeros((h, w, 2 * h - 1, 2 * w - 1))
    for i, j, k, m in np.ndindex(*W.shape):
        V[i, j, i - k + h - 1, j - m + w - 1] = W[i, j, k, m]
    return V


@wrong(REINDEX, "offset-not-stored")
def negative_places(W):
    h, w = W.shape[:2]
    V = np.zeros((h, w, 2 * h - 1, 2 * w - 1))
    for i, j, k, m in np.ndindex(*W.shape):
        V[i, j, k - i, m - j] = W[i, j, k, m]
    return V


@wrong(REINDEX, "wraps-around")
def below_zero_is_the_end(W):
    h, w = W.shape[:2]
    V = np.zeros((h, w, 2 * h - 1, 2 * w - 1))
    for i, j in np.ndindex(h, w):
        for a in range(1 - h, h):
            for b in range(1 - w, w):
                try:
                    V[i, j, a + h - 1, b + w - 1] = W[i, j, i + a, j + b]
                except IndexError:
                    continue
    return V


@wrong(REINDEX, "wraps-around")
def modulo(W):
    h, w = W.shape[:2]
    a, b = np.arange(1 - h, h), np.arange(1 - w, w)
    V = np.zeros((h, w, 2 * h - 1, 2 * w - 1))
    for i, j in np.ndindex(h, w):
        V[i, j] = W[i, j][np.ix_((i + a) % h, (j + b) % w)]
    return V


@wrong(REINDEX, "forward-only")
def from_here_on(W):
    h, w = W.shape[:2]
    V = np.zeros_like(W)
    for i, j in np.ndindex(h, w):
        V[i, j, : h - i, : w - j] = W[i, j, i:, j:]
    return V


@wrong(REINDEX, "unchanged")
def as_it_was(W):
    V = np.zeros(W.shape)
    for i, j, k, m in np.ndindex(*W.shape):
        a, b = k - i, m - j
        V[i, j, i + a, j + b] = W[i, j, k, m]
    return V


@wrong(REINDEX, "offset-axes-swapped")
def columns_first(W):
    return literally(W).transpose(0, 1, 3, 2)


@wrong(REINDEX, "input-and-output-swapped")
def input_first(W):
    h, w = W.shape[:2]
    V = np.zeros((h, w, 2 * h - 1, 2 * w - 1))
    for k, m, i, j in np.ndindex(*W.shape):
        V[i, j, k - i + h - 1, m - j + w - 1] = W[k, m, i, j]
    return V


@wrong(REINDEX, "last-offset-missed")
def range_ends_early(W):
    h, w = W.shape[:2]
    V = np.zeros((h, w, 2 * h - 1, 2 * w - 1))
    for i, j in np.ndindex(h, w):
        for a in range(-(h - 1), h - 1):
            for b in range(-(w - 1), w - 1):
                if 0 <= i + a < h and 0 <= j + b < w:
                    V[i, j, a + h - 1, b + w - 1] = W[i, j, i + a, j + b]
    return V


@wrong(REINDEX, "too-large")
def from_minus_h(W):
    h, w = W.shape[:2]
    V = np.zeros((h, w, 2 * h + 1, 2 * w + 1))
    for i, j, k, m in np.ndindex(*W.shape):
        V[i, j, k - i + h, m - j + w] = W[i, j, k, m]
    return V


@wrong(REINDEX, "too-large")
def two_h(W):
    h, w = W.shape[:2]
    V = np.zeros((h, w, 2 * h, 2 * w))
    for i, j, k, m in np.ndindex(*W.shape):
        V[i, j, k - i + h - 1, m - j + w - 1] = W[i, j, k, m]
    return V


@wrong(REINDEX, "integer-truncation")
def whole(W):
    return literally(W).astype(int)


@wrong(REINDEX, "prints-not-returns")
def prints(W):
    print(literally(W))


@wrong(REINDEX, TWO_MISTAKES)
def reversed_and_swapped(W):
    return i_minus_k(W).transpose(0, 1, 3, 2)


@wrong(REINDEX, UNNAMED)
def out_of_bounds(W):
    h, w = W.shape[:2]
    V = np.zeros((h, w, 2 * h - 1, 2 * w - 1))
    for i, j, a, b in np.ndindex(*V.shape):
        V[i, j, a, b] = W[i, j, i + a - h + 1, j + b - w + 1]
    return V


@wrong(REINDEX, UNNAMED)
def lists(W):
    return literally(W).tolist()
