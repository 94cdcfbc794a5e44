"""Answers to `pool2d_layer`."""

import numpy as np
import torch
from numpy.lib.stride_tricks import sliding_window_view
from torch.nn import functional as F

from tests.bank import TWO_MISTAKES, UNNAMED, right, wrong

LAYER = "pool2d_layer"


@right(LAYER)
def loops(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    if stride is None:
        stride = pool_size
    (kh, kw), (ph, pw), (sh, sw) = pool_size, padding, stride
    c, h, w = X.shape
    Y = np.zeros((c, (h + 2 * ph - kh) // sh + 1, (w + 2 * pw - kw) // sw + 1))
    for k in range(c):
        for i in range(Y.shape[1]):
            for j in range(Y.shape[2]):
                top, left = i * sh - ph, j * sw - pw
                cells = X[k, max(0, top) : top + kh, max(0, left) : left + kw]
                if mode == "max":
                    Y[k, i, j] = cells.max()
                elif count_include_pad:
                    Y[k, i, j] = cells.sum() / (kh * kw)
                else:
                    Y[k, i, j] = cells.mean()
    return Y


@right(LAYER)
def in_torch(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    X = torch.from_numpy(X)
    if mode == "max":
        return F.max_pool2d(X, pool_size, stride, padding).numpy()
    return F.avg_pool2d(X, pool_size, stride, padding, count_include_pad=count_include_pad).numpy()


@right(LAYER)
def with_nan(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    fill = 0.0 if mode == "avg" and count_include_pad else np.nan
    X = np.pad(X, ((0, 0), (padding[0],) * 2, (padding[1],) * 2), constant_values=fill)
    stride = stride or pool_size
    windows = sliding_window_view(X, pool_size, axis=(1, 2))[:, :: stride[0], :: stride[1]]
    return (np.nanmax if mode == "max" else np.nanmean)(windows, axis=(3, 4))


def windows_of(X, pool_size, padding, stride, fill):
    P = np.full((X.shape[0], X.shape[1] + 2 * padding[0], X.shape[2] + 2 * padding[1]), fill)
    P[:, padding[0] : padding[0] + X.shape[1], padding[1] : padding[1] + X.shape[2]] = X
    return sliding_window_view(P, pool_size, axis=(1, 2))[:, :: stride[0], :: stride[1]]


@right(LAYER)
def counts_with_ones(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    stride = pool_size if stride is None else stride
    if mode == "max":
        return windows_of(X, pool_size, padding, stride, float("-inf")).max(axis=(-2, -1))
    sums = windows_of(X, pool_size, padding, stride, 0.0).sum(axis=(-2, -1))
    if count_include_pad:
        return sums / np.prod(pool_size)
    return sums / windows_of(np.ones_like(X), pool_size, padding, stride, 0.0).sum(axis=(-2, -1))


@right(LAYER)
def channel_by_channel(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    print(f"{len(X)} channels")
    maps = []
    for channel in X.astype(np.float32):
        module = (
            torch.nn.MaxPool2d(pool_size, stride, padding)
            if mode == "max"
            else torch.nn.AvgPool2d(pool_size, stride, padding, count_include_pad=count_include_pad)
        )
        maps.append(module(torch.tensor(channel)[None, None])[0, 0])
    return torch.stack(maps).numpy()


@right(LAYER)
def lowest_number(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    if mode == "max":
        return windows_of(X, pool_size, padding, stride or pool_size, np.finfo(float).min).max(axis=(3, 4))
    return loops(X, pool_size, padding, stride, mode, count_include_pad)


@wrong(LAYER, "max-padded-with-zero")
def zeros_around(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    if mode == "max":
        return windows_of(X, pool_size, padding, stride or pool_size, 0.0).max(axis=(3, 4))
    return loops(X, pool_size, padding, stride, mode, count_include_pad)


@wrong(LAYER, "max-padded-with-zero")
def np_pad_default(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    if mode == "max":
        X = np.pad(X, ((0, 0), (padding[0],) * 2, (padding[1],) * 2))
        return loops(X, pool_size, stride=stride)
    return in_torch(X, pool_size, padding, stride, mode, count_include_pad)


@wrong(LAYER, "finite-low")
def padded_with_low(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    if mode == "max":
        return windows_of(X, pool_size, padding, stride or pool_size, -99.0).max(axis=(3, 4))
    return loops(X, pool_size, padding, stride, mode, count_include_pad)


@wrong(LAYER, "finite-low")
def search_from_low(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    Y = loops(X, pool_size, padding, stride, mode, count_include_pad)
    return np.maximum(Y, -10_000) if mode == "max" else Y


@wrong(LAYER, "average-padded-with-infinity")
def infinity_for_both(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    windows = windows_of(X, pool_size, padding, stride or pool_size, -np.inf)
    return windows.max(axis=(3, 4)) if mode == "max" else windows.mean(axis=(3, 4))


@wrong(LAYER, "divisor-always-window")
def mean_of_padded(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    windows = windows_of(X, pool_size, padding, stride or pool_size, -np.inf if mode == "max" else 0.0)
    return windows.max(axis=(3, 4)) if mode == "max" else windows.mean(axis=(3, 4))


@wrong(LAYER, "divisor-always-valid")
def mean_of_cells(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    windows = windows_of(X, pool_size, padding, stride or pool_size, np.nan)
    return (np.nanmax if mode == "max" else np.nanmean)(windows, axis=(3, 4))


@wrong(LAYER, "divisors-exchanged")
def the_other(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    return in_torch(X, pool_size, padding, stride, mode, not count_include_pad)


@wrong(LAYER, "stride-one-by-default")
def default_of_one(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    return loops(X, pool_size, padding, stride or (1, 1), mode, count_include_pad)


@wrong(LAYER, "stride-one-by-default")
def default_in_signature(X, pool_size, padding=(0, 0), stride=(1, 1), mode="max", count_include_pad=True):
    return loops(X, pool_size, padding, stride, mode, count_include_pad)


@wrong(LAYER, "stride-ignored")
def always_the_window(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    return loops(X, pool_size, padding, pool_size, mode, count_include_pad)


@wrong(LAYER, "stride-ignored")
def always_one(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    return loops(X, pool_size, padding, (1, 1), mode, count_include_pad)


@wrong(LAYER, "stride-on-one-axis")
def down_only(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    stride = stride or pool_size
    return loops(X, pool_size, padding, (stride[0], 1), mode, count_include_pad)


@wrong(LAYER, "stride-on-one-axis")
def first_for_both(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    step = pool_size[0] if stride is None else stride[0]
    return loops(X, pool_size, padding, (step, step), mode, count_include_pad)


@wrong(LAYER, "stride-swapped")
def across_then_down(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    sw, sh = pool_size if stride is None else stride
    return loops(X, pool_size, padding, (sh, sw), mode, count_include_pad)


@wrong(LAYER, "window-swapped")
def width_first(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    return counts_with_ones(X, pool_size[::-1], padding, stride, mode, count_include_pad)


@wrong(LAYER, "total-for-per-side")
def total(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    (p, q), stride = padding, stride or pool_size
    sides = ((0, 0), (p - p // 2, p // 2), (q - q // 2, q // 2))
    counted = np.pad(np.ones(X.shape), sides, constant_values=float(count_include_pad))
    X = np.pad(X, sides, constant_values=-np.inf if mode == "max" else 0)
    if mode == "max":
        return loops(X, pool_size, (0, 0), stride)
    return loops(X, pool_size, (0, 0), stride, "avg") / loops(counted, pool_size, (0, 0), stride, "avg")


@wrong(LAYER, "padded-on-one-side")
def top_left(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    sides = ((0, 0), (padding[0], 0), (padding[1], 0))
    fill = np.nan if mode == "max" or not count_include_pad else 0
    X = np.pad(X, sides, constant_values=fill)
    stride = stride or pool_size
    windows = sliding_window_view(X, pool_size, axis=(1, 2))[:, :: stride[0], :: stride[1]]
    return (np.nanmax if mode == "max" else np.nanmean)(windows, axis=(3, 4))


@wrong(LAYER, "padding-swapped")
def columns_first(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    return counts_with_ones(X, pool_size, (padding[1], padding[0]), stride, mode, count_include_pad)


@wrong(LAYER, "padding-on-one-axis")
def rows_only(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    return loops(X, pool_size, (padding[0], 0), stride, mode, count_include_pad)


@wrong(LAYER, "padding-ignored")
def no_padding(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    return loops(X, pool_size, stride=stride, mode=mode)


@wrong(LAYER, "over-channels")
def all_channels_in_one(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    Y = loops(X, pool_size, padding, stride, mode, count_include_pad)
    return Y.max(axis=0) if mode == "max" else Y.mean(axis=0)


@wrong(LAYER, "over-channels")
def window_of_three_axes(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    Y = in_torch(X, pool_size, padding, stride, mode, count_include_pad)
    return (np.max if mode == "max" else np.mean)(Y, axis=0, keepdims=True)


@wrong(LAYER, "first-channel-only")
def one_map(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    return loops(X[:1], pool_size, padding, stride, mode, count_include_pad)[0]


@wrong(LAYER, "first-channel-only")
def returns_in_the_loop(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    maps = []
    for channel in X:
        maps.append(loops(channel[None], pool_size, padding, stride, mode, count_include_pad)[0])
        return np.array(maps)


@wrong(LAYER, "always-max")
def max_always(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    return loops(X, pool_size, padding, stride)


@wrong(LAYER, "always-avg")
def avg_always(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    return loops(X, pool_size, padding, stride, "avg", count_include_pad)


@wrong(LAYER, "modes-exchanged")
def if_not(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    other = "max" if mode != "max" else "avg"
    return in_torch(X, pool_size, padding, stride, other, count_include_pad)


@wrong(LAYER, "sum-for-mean")
def sums(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    if mode == "max":
        return loops(X, pool_size, padding, stride)
    return windows_of(X, pool_size, padding, stride or pool_size, 0.0).sum(axis=(3, 4))


@wrong(LAYER, "median-for-mean")
def median(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    fill = np.nan if mode == "max" or not count_include_pad else 0.0
    windows = windows_of(X, pool_size, padding, stride or pool_size, fill)
    return (np.nanmax if mode == "max" else np.nanmedian)(windows, axis=(3, 4))


@wrong(LAYER, "min-for-max")
def smallest(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    if mode == "max":
        return -loops(-X, pool_size, padding, stride)
    return loops(X, pool_size, padding, stride, mode, count_include_pad)


@wrong(LAYER, "absolute-max")
def magnitude(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    return loops(np.abs(X) if mode == "max" else X, pool_size, padding, stride, mode, count_include_pad)


@wrong(LAYER, "max-starts-at-zero")
def not_below_zero(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    Y = loops(X, pool_size, padding, stride, mode, count_include_pad)
    if mode == "max":
        Y = np.maximum(0, Y)
    return Y


@wrong(LAYER, "ceil-for-floor")
def ceil_mode(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    (kh, kw), (sh, sw) = pool_size, stride or pool_size
    X = np.pad(
        X,
        ((0, 0), (padding[0],) * 2, (padding[1],) * 2),
        constant_values=0.0 if mode == "avg" and count_include_pad else np.nan,
    )
    rows, columns = int(np.ceil((X.shape[1] - kh) / sh)) + 1, int(np.ceil((X.shape[2] - kw) / sw)) + 1
    Y = np.zeros((len(X), rows, columns))
    for c, i, j in np.ndindex(Y.shape):
        cells = X[c, i * sh : i * sh + kh, j * sw : j * sw + kw]
        Y[c, i, j] = np.nanmax(cells) if mode == "max" else np.nanmean(cells)
    return Y


@wrong(LAYER, "output-too-small")
def one_less(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    Y = loops(X, pool_size, padding, stride, mode, count_include_pad)
    sizes = [
        (n + 2 * p - k) // s for n, p, k, s in zip(X.shape[1:], padding, pool_size, stride or pool_size, strict=True)
    ]
    return Y[:, : sizes[0], : sizes[1]]


@wrong(LAYER, "integer-truncation")
def whole(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    Y = loops(X, pool_size, padding, stride, mode, count_include_pad)
    out = np.zeros(Y.shape, int)
    out[...] = Y
    return out


@wrong(LAYER, "no-return")
def forgets(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    loops(X, pool_size, padding, stride, mode, count_include_pad)


@wrong(LAYER, "changes-input")
def writes_into_X(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    Y = loops(X, pool_size, padding, stride, mode, count_include_pad)
    X[:, : Y.shape[1], : Y.shape[2]] = Y[:, : X.shape[1], : X.shape[2]]
    return Y


@wrong(LAYER, TWO_MISTAKES)
def zeros_and_stride_one(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    return zeros_around(X, pool_size, padding, stride or (1, 1), mode, count_include_pad)


@wrong(LAYER, TWO_MISTAKES)
def sum_over_channels(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    return sums(X, pool_size, padding, stride, mode).sum(axis=0)


@wrong(LAYER, UNNAMED)
def smallest_with_infinity(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    windows = windows_of(X, pool_size, padding, stride or pool_size, -np.inf if mode == "max" else 0.0)
    return (
        windows.min(axis=(3, 4)) if mode == "max" else loops(X, pool_size, padding, stride, mode, count_include_pad)
    )


@wrong(LAYER, UNNAMED)
def a_tensor(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    return torch.tensor(loops(X, pool_size, padding, stride, mode, count_include_pad))


@wrong(LAYER, UNNAMED)
def pads_channels_too(X, pool_size, padding=(0, 0), stride=None, mode="max", count_include_pad=True):
    X = np.pad(X, padding[0]) if padding[0] else X
    return loops(X, pool_size, (0, 0), stride, mode)
