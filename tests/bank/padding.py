"""Answers to `pad2d` and `same_padding`."""

import math

import numpy as np
import torch

from tests.bank import TWO_MISTAKES, UNNAMED, right, wrong

PAD, SAME = "pad2d", "same_padding"


@right(PAD)
def with_np_pad(X, p_h, p_w):
    top, left = math.ceil(p_h / 2), math.ceil(p_w / 2)
    return np.pad(X, ((top, p_h - top), (left, p_w - left)))


@right(PAD)
def into_zeros(X, p_h, p_w):
    h, w = X.shape
    out = np.zeros((h + p_h, w + p_w))
    r, c = (p_h + 1) // 2, (p_w + 1) // 2
    out[r : r + h, c : c + w] = X
    return out


@right(PAD)
def stacked(X, p_h, p_w):
    above, below = np.zeros((p_h - p_h // 2, X.shape[1])), np.zeros((p_h // 2, X.shape[1]))
    X = np.vstack([above, X, below])
    return np.hstack([np.zeros((len(X), p_w - p_w // 2)), X, np.zeros((len(X), p_w // 2))])


@right(PAD)
def in_torch(X, p_h, p_w):
    sides = (p_w - p_w // 2, p_w // 2, p_h - p_h // 2, p_h // 2)
    return torch.nn.functional.pad(torch.tensor(X, dtype=torch.float32), sides).numpy()


@right(PAD)
def cell_by_cell(X, p_h, p_w):
    print("padding", p_h, p_w)
    rows = []
    for i in range(X.shape[0] + p_h):
        row = []
        for j in range(X.shape[1] + p_w):
            a, b = i - -(-p_h // 2), j - -(-p_w // 2)
            row.append(X[a, b] if 0 <= a < X.shape[0] and 0 <= b < X.shape[1] else 0.0)
        rows.append(row)
    return np.array(rows)


@wrong(PAD, "per-side-for-total")
def each_side(X, p_h, p_w):
    return np.pad(X, ((p_h, p_h), (p_w, p_w)))


@wrong(PAD, "per-side-for-total")
def each_side_by_hand(X, p_h, p_w):
    out = np.zeros((X.shape[0] + 2 * p_h, X.shape[1] + 2 * p_w))
    out[p_h : p_h + X.shape[0], p_w : p_w + X.shape[1]] = X
    return out


@wrong(PAD, "odd-row-below")
def pytorch_way(X, p_h, p_w):
    out = np.zeros((X.shape[0] + p_h, X.shape[1] + p_w))
    out[p_h // 2 : p_h // 2 + X.shape[0], p_w // 2 : p_w // 2 + X.shape[1]] = X
    return out


@wrong(PAD, "odd-row-below")
def right_column(X, p_h, p_w):
    return np.pad(X, ((p_h - p_h // 2, p_h // 2), (p_w // 2, p_w - p_w // 2)))


@wrong(PAD, "odd-row-lost")
def halves(X, p_h, p_w):
    return np.pad(X, ((p_h // 2, p_h // 2), (p_w // 2, p_w // 2)))


@wrong(PAD, "odd-row-doubled")
def ceilings(X, p_h, p_w):
    return np.pad(X, ((math.ceil(p_h / 2),) * 2, (math.ceil(p_w / 2),) * 2))


@wrong(PAD, "padded-on-one-side")
def in_the_corner(X, p_h, p_w):
    out = np.zeros((X.shape[0] + p_h, X.shape[1] + p_w))
    out[: X.shape[0], : X.shape[1]] = X
    return out


@wrong(PAD, "padded-on-one-side")
def above_only(X, p_h, p_w):
    return np.pad(X, ((p_h, 0), (p_w, 0)))


@wrong(PAD, "padding-swapped")
def columns_first(X, p_w, p_h):
    return with_np_pad(X, p_h, p_w)


@wrong(PAD, "padding-on-one-axis")
def rows_alone(X, p_h, p_w):
    return np.pad(X, ((p_h - p_h // 2, p_h // 2), (0, 0)))


@wrong(PAD, "padding-on-one-axis")
def first_for_both(X, p_h, p_w):
    return np.pad(X, (p_h - p_h // 2, p_h // 2))


@wrong(PAD, "padding-ignored")
def as_it_is(X, p_h, p_w):
    return X


@wrong(PAD, "edge-padding")
def repeats_border(X, p_h, p_w):
    return np.pad(X, ((p_h - p_h // 2, p_h // 2), (p_w - p_w // 2, p_w // 2)), mode="edge")


@wrong(PAD, "edge-padding")
def mirrors(X, p_h, p_w):
    return np.pad(X, ((p_h - p_h // 2, p_h // 2), (p_w - p_w // 2, p_w // 2)), "reflect")


@wrong(PAD, "padded-with-ones")
def ones(X, p_h, p_w):
    out = np.ones((X.shape[0] + p_h, X.shape[1] + p_w))
    out[p_h - p_h // 2 :, p_w - p_w // 2 :][: X.shape[0], : X.shape[1]] = X
    return out


@wrong(PAD, "integer-truncation")
def int_zeros(X, p_h, p_w):
    out = np.zeros((X.shape[0] + p_h, X.shape[1] + p_w), dtype=int)
    out[p_h - p_h // 2 :, p_w - p_w // 2 :][: X.shape[0], : X.shape[1]] = X
    return out


@wrong(PAD, "zeros-only")
def empty_frame(X, p_h, p_w):
    return np.zeros((X.shape[0] + p_h, X.shape[1] + p_w))


@wrong(PAD, "changes-input")
def clears(X, p_h, p_w):
    out = with_np_pad(X, p_h, p_w)
    X *= 0
    return out


@wrong(PAD, "prints-not-returns")
def shows(X, p_h, p_w):
    print(with_np_pad(X, p_h, p_w))


@wrong(PAD, TWO_MISTAKES)
def swapped_and_edge(X, p_h, p_w):
    return np.pad(X, ((p_w - p_w // 2, p_w // 2), (p_h - p_h // 2, p_h // 2)), mode="edge")


@wrong(PAD, TWO_MISTAKES)
def each_side_of_ones(X, p_h, p_w):
    return np.pad(X, ((p_h, p_h), (p_w, p_w)), constant_values=1)


@wrong(PAD, UNNAMED)
def on_the_long_axis(X, p_h, p_w):
    return np.pad(X.ravel(), p_h + p_w).reshape(1, -1)


@wrong(PAD, UNNAMED)
def list_of_rows(X, p_h, p_w):
    return with_np_pad(X, p_h, p_w).tolist()


@right(SAME)
def minus_one(k_h, k_w):
    return (k_h - 1, k_w - 1)


@right(SAME)
def by_shapes(k_h, k_w):
    lost = np.array([50, 60]) - (np.array([50, 60]) - [k_h, k_w] + 1)
    return tuple(lost)


@right(SAME)
def generator(*kernel):
    return tuple(k - 1 for k in kernel)


@wrong(SAME, "per-side-for-total")
def half(k_h, k_w):
    return ((k_h - 1) // 2, (k_w - 1) // 2)


@wrong(SAME, "per-side-for-total")
def half_kernel(k_h, k_w):
    return k_h // 2, k_w // 2


@wrong(SAME, "per-side-for-total")
def fractions(k_h, k_w):
    return ((k_h - 1) / 2, (k_w - 1) / 2)


@wrong(SAME, "k-for-k-minus-one")
def whole_kernel(k_h, k_w):
    return k_h, k_w


@wrong(SAME, "rows-and-columns-swapped")
def width_first(k_w, k_h):
    return k_h - 1, k_w - 1


@wrong(SAME, "twice-the-total")
def on_both_sides(k_h, k_w):
    return 2 * k_h - 2, 2 * k_w - 2


@wrong(SAME, "split-into-sides")
def before_and_after(k_h, k_w):
    return (k_h // 2, (k_h - 1) // 2), (k_w // 2, (k_w - 1) // 2)


@wrong(SAME, "one-axis")
def square(k_h, k_w):
    return k_h - 1, k_h - 1


@wrong(SAME, "float-for-int")
def floats(k_h, k_w):
    return 2 * ((k_h - 1) / 2), 2 * ((k_w - 1) / 2)


@wrong(SAME, "no-return")
def forgets(k_h, k_w):
    (k_h - 1, k_w - 1)


@wrong(SAME, TWO_MISTAKES)
def swapped_kernel(k_h, k_w):
    return k_w, k_h


@wrong(SAME, UNNAMED)
def a_list(k_h, k_w):
    return [k_h - 1, k_w - 1]


@wrong(SAME, UNNAMED)
def an_array(k_h, k_w):
    return np.array([k_h - 1, k_w - 1])
