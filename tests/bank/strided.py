"""Answers to `corr2d_strided`."""

import numpy as np
import torch
from numpy.lib.stride_tricks import as_strided, sliding_window_view
from scipy import signal

from tests.bank import TWO_MISTAKES, UNNAMED, right, wrong
from tests.bank.corr2d import loop_over_kernel

STRIDED = "corr2d_strided"


def pad(X, padding, mode="constant"):
    return np.pad(X, [(p - p // 2, p // 2) for p in padding], mode=mode)


@right(STRIDED)
def two_loops(X, K, padding=(0, 0), stride=(1, 1)):
    X = pad(X, padding)
    kh, kw = K.shape
    sh, sw = stride
    Y = np.zeros(((X.shape[0] - kh) // sh + 1, (X.shape[1] - kw) // sw + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i * sh : i * sh + kh, j * sw : j * sw + kw] * K).sum()
    return Y


@right(STRIDED)
def all_places_then_some(X, K, padding=(0, 0), stride=(1, 1)):
    return loop_over_kernel(pad(X, padding), K)[:: stride[0], :: stride[1]]


@right(STRIDED)
def windows(X, K, padding=(0, 0), stride=(1, 1)):
    view = sliding_window_view(pad(X, padding), K.shape)[:: stride[0], :: stride[1]]
    return np.einsum("ijab,ab", view, K)


@right(STRIDED)
def strides_of_memory(X, K, padding=(0, 0), stride=(1, 1)):
    X = np.ascontiguousarray(pad(X, padding))
    shape = [(n - k) // s + 1 for n, k, s in zip(X.shape, K.shape, stride, strict=True)]
    steps = [step * s for step, s in zip(X.strides, stride, strict=True)]
    return np.tensordot(as_strided(X, (*shape, *K.shape), (*steps, *X.strides)), K, 2)


@right(STRIDED)
def in_torch(X, K, padding=(0, 0), stride=(1, 1)):
    X = torch.from_numpy(pad(X, padding))[None, None]
    return torch.nn.functional.conv2d(X, torch.from_numpy(K.copy())[None, None], stride=stride)[0, 0].numpy()


@right(STRIDED)
def by_fft(X, K, padding=(0, 0), stride=(1, 1)):
    return signal.fftconvolve(pad(X, padding), K[::-1, ::-1], mode="valid")[:: stride[0], :: stride[1]]


@right(STRIDED)
def by_ranges(X, K, padding=(0, 0), stride=(1, 1)):
    print("padding", padding, "stride", stride)
    X = pad(X, padding).astype(np.float32)
    rows = range(0, X.shape[0] - K.shape[0] + 1, stride[0])
    columns = range(0, X.shape[1] - K.shape[1] + 1, stride[1])
    return np.array([[np.vdot(X[i:, j:][: K.shape[0], : K.shape[1]], K) for j in columns] for i in rows])


@wrong(STRIDED, "per-side-for-total")
def torch_padding(X, K, padding=(0, 0), stride=(1, 1)):
    X, K = torch.tensor(X)[None, None], torch.tensor(K)[None, None]
    return torch.nn.functional.conv2d(X, K, stride=stride, padding=padding)[0, 0].numpy()


@wrong(STRIDED, "per-side-for-total")
def np_pad_both(X, K, padding=(0, 0), stride=(1, 1)):
    (p, q), none = padding, (0, 0)
    return two_loops(np.pad(X, ((p, p), (q, q))), K, none, stride)


@wrong(STRIDED, "odd-row-below")
def smaller_half_first(X, K, padding=(0, 0), stride=(1, 1)):
    return two_loops(np.pad(X, [(p // 2, p - p // 2) for p in padding]), K, (0, 0), stride)


@wrong(STRIDED, "odd-row-lost")
def half_on_each(X, K, padding=(0, 0), stride=(1, 1)):
    return two_loops(np.pad(X, [(p // 2, p // 2) for p in padding]), K, (0, 0), stride)


@wrong(STRIDED, "odd-row-doubled")
def upper_half_on_each(X, K, padding=(0, 0), stride=(1, 1)):
    return two_loops(np.pad(X, [((p + 1) // 2,) * 2 for p in padding]), K, (0, 0), stride)


@wrong(STRIDED, "padded-on-one-side")
def top_left(X, K, padding=(0, 0), stride=(1, 1)):
    return two_loops(np.pad(X, [(p, 0) for p in padding]), K, (0, 0), stride)


@wrong(STRIDED, "padded-on-one-side")
def copied_into_corner(X, K, padding=(0, 0), stride=(1, 1)):
    big = np.zeros((X.shape[0] + padding[0], X.shape[1] + padding[1]))
    big[: X.shape[0], : X.shape[1]] = X
    return two_loops(big, K, (0, 0), stride)


@wrong(STRIDED, "padding-swapped")
def columns_then_rows(X, K, padding=(0, 0), stride=(1, 1)):
    p_w, p_h = padding
    return two_loops(X, K, (p_h, p_w), stride)


@wrong(STRIDED, "padding-on-one-axis")
def first_padding(X, K, padding=(0, 0), stride=(1, 1)):
    return two_loops(X, K, (padding[0], padding[0]), stride)


@wrong(STRIDED, "padding-ignored")
def stride_only(X, K, padding=(0, 0), stride=(1, 1)):
    return two_loops(X, K, stride=stride)


@wrong(STRIDED, "edge-padding")
def repeats(X, K, padding=(0, 0), stride=(1, 1)):
    return two_loops(pad(X, padding, "edge"), K, (0, 0), stride)


@wrong(STRIDED, "stride-ignored")
def padding_only(X, K, padding=(0, 0), stride=(1, 1)):
    return two_loops(X, K, padding)


@wrong(STRIDED, "stride-on-one-axis")
def rows_step(X, K, padding=(0, 0), stride=(1, 1)):
    return two_loops(X, K, padding)[:: stride[0]]


@wrong(STRIDED, "stride-on-one-axis")
def second_for_both(X, K, padding=(0, 0), stride=(1, 1)):
    return two_loops(X, K, padding, (stride[1], stride[1]))


@wrong(STRIDED, "stride-swapped")
def right_then_down(X, K, padding=(0, 0), stride=(1, 1)):
    return two_loops(X, K, padding, stride[::-1])


@wrong(STRIDED, "stride-is-the-kernel")
def side_by_side(X, K, padding=(0, 0), stride=(1, 1)):
    return two_loops(X, K, padding, K.shape)


@wrong(STRIDED, "dilated")
def every_other_cell(X, K, padding=(0, 0), stride=(1, 1)):
    X = torch.from_numpy(pad(X, padding))[None, None]
    return torch.nn.functional.conv2d(X, torch.tensor(K)[None, None], dilation=stride)[0, 0].numpy()


@wrong(STRIDED, "dilated")
def thins_the_input(X, K, padding=(0, 0), stride=(1, 1)):
    return two_loops(pad(X, padding)[:: stride[0], :: stride[1]], K)


@wrong(STRIDED, "stride-starts-late")
def starts_at_s_minus_one(X, K, padding=(0, 0), stride=(1, 1)):
    sh, sw = stride
    return two_loops(X, K, padding)[sh - 1 :: sh, sw - 1 :: sw]


@wrong(STRIDED, "ceil-for-floor")
def rounded_up(X, K, padding=(0, 0), stride=(1, 1)):
    X = pad(X, padding)
    rows, columns = (-(-(n - k) // s) + 1 for n, k, s in zip(X.shape, K.shape, stride, strict=True))
    Y = np.zeros((rows, columns))
    for i, j in np.ndindex(rows, columns):
        piece = X[i * stride[0] :, j * stride[1] :][: K.shape[0], : K.shape[1]]
        Y[i, j] = (piece * K[: piece.shape[0], : piece.shape[1]]).sum()
    return Y


@wrong(STRIDED, "ceil-for-floor")
def room_for_too_many(X, K, padding=(0, 0), stride=(1, 1)):
    Y = two_loops(X, K, padding, stride)
    sizes = [n + p - k for n, p, k in zip(X.shape, padding, K.shape, strict=True)]
    out = np.zeros([int(np.ceil(m / s)) + 1 for m, s in zip(sizes, stride, strict=True)])
    out[: Y.shape[0], : Y.shape[1]] = Y
    return out


@wrong(STRIDED, "output-too-small")
def without_the_first(X, K, padding=(0, 0), stride=(1, 1)):
    X = pad(X, padding)
    Y = np.zeros([(n - k) // s for n, k, s in zip(X.shape, K.shape, stride, strict=True)])
    for i, j in np.ndindex(Y.shape):
        Y[i, j] = (X[i * stride[0] :, j * stride[1] :][: K.shape[0], : K.shape[1]] * K).sum()
    return Y


@wrong(STRIDED, "last-left-zero")
def loops_too_short(X, K, padding=(0, 0), stride=(1, 1)):
    Y = two_loops(X, K, padding, stride)
    Y[-1], Y[:, -1] = 0, 0
    return Y


@wrong(STRIDED, "flipped-kernel")
def convolution(X, K, padding=(0, 0), stride=(1, 1)):
    return signal.convolve2d(pad(X, padding), K, mode="valid")[:: stride[0], :: stride[1]]


@wrong(STRIDED, "transposed-kernel")
def transposed(X, K, padding=(0, 0), stride=(1, 1)):
    return two_loops(X, K.T, padding, stride)


@wrong(STRIDED, "integer-truncation")
def whole_numbers(X, K, padding=(0, 0), stride=(1, 1)):
    Y = two_loops(X, K, padding, stride)
    out = np.zeros(Y.shape, dtype=np.int32)
    out[:] = Y
    return out


@wrong(STRIDED, "hard-coded")
def example(X, K, padding=(0, 0), stride=(1, 1)):
    return np.array([[0, 8], [6, 8]])


@wrong(STRIDED, "no-return")
def forgets(X, K, padding=(0, 0), stride=(1, 1)):
    two_loops(X, K, padding, stride)


@wrong(STRIDED, "changes-input")
def scales_kernel(X, K, padding=(0, 0), stride=(1, 1)):
    Y = two_loops(X, K, padding, stride)
    K[0] = 0
    return Y


@wrong(STRIDED, TWO_MISTAKES)
def per_side_and_swapped(X, K, padding=(0, 0), stride=(1, 1)):
    return torch_padding(X, K, padding, stride[::-1])


@wrong(STRIDED, TWO_MISTAKES)
def flipped_without_stride(X, K, padding=(0, 0), stride=(1, 1)):
    return two_loops(X, K[::-1, ::-1], padding)


@wrong(STRIDED, UNNAMED)
def pads_the_result(X, K, padding=(0, 0), stride=(1, 1)):
    return pad(loop_over_kernel(X, K), padding)[:: stride[0], :: stride[1]]


@wrong(STRIDED, UNNAMED)
def no_defaults(X, K, padding, stride):
    return two_loops(X, K, padding, stride)
