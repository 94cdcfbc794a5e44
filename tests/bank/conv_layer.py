"""Answers to `conv_layer`."""

import numpy as np
import torch
from numpy.lib.stride_tricks import sliding_window_view

from tests.bank import TWO_MISTAKES, UNNAMED, right, wrong
from tests.bank.corr2d import two_loops
from tests.bank.multi_out import einsum as one_example
from tests.bank.multi_out import filled

LAYER = "conv_layer"


@right(LAYER)
def stacked(X, W, b):
    return np.stack([filled(x, W) + b[:, None, None] for x in X])


@right(LAYER)
def seven_loops(X, W, b):
    n, ci, h, w = X.shape
    co, wi, kh, kw = W.shape
    if ci != wi:
        raise ValueError(f"an input of {ci} channels does not suit a kernel of {wi}")
    Y = np.zeros((n, co, h - kh + 1, w - kw + 1))
    for m in range(n):
        for o in range(co):
            for i in range(h - kh + 1):
                for j in range(w - kw + 1):
                    for c in range(ci):
                        for p in range(kh):
                            for q in range(kw):
                                Y[m, o, i, j] += X[m, c, i + p, j + q] * W[o, c, p, q]
                    Y[m, o, i, j] += b[o]
    return Y


@right(LAYER)
def einsum(X, W, b):
    if X.shape[1] != W.shape[1]:
        raise ValueError("channels")
    windows = sliding_window_view(X, W.shape[2:], axis=(2, 3))
    return np.einsum("ncijab,ocab->noij", windows, W) + b.reshape(1, -1, 1, 1)


@right(LAYER)
def in_torch(X, W, b):
    if X.shape[1] != W.shape[1]:
        raise ValueError("channels")
    return torch.nn.functional.conv2d(*(torch.tensor(a) for a in (X, W, b))).numpy()


@right(LAYER)
def module(X, W, b):
    layer = torch.nn.Conv2d(W.shape[1], W.shape[0], W.shape[2:], dtype=torch.float64)
    layer.load_state_dict({"weight": torch.tensor(W), "bias": torch.tensor(b)})
    try:
        return layer(torch.tensor(X)).detach().numpy()
    except RuntimeError:
        raise ValueError("channels") from None


@right(LAYER)
def unfolded(X, W, b):
    if X.shape[1] != W.shape[1]:
        raise ValueError("channels")
    columns = torch.nn.functional.unfold(torch.tensor(X), W.shape[2:]).numpy()
    Y = W.reshape(len(W), -1) @ columns + b[:, None]
    return Y.reshape(len(X), len(W), X.shape[2] - W.shape[2] + 1, -1)


@right(LAYER)
def filter_by_filter(X, W, b):
    Y = []
    for x in X:
        Y.append([filled(x, W[o : o + 1])[0] + b[o] for o in range(len(W))])
    return np.array(Y)


@wrong(LAYER, "bias-ignored")
def no_bias(X, W, b):
    return np.stack([filled(x, W) for x in X])


@wrong(LAYER, "bias-subtracted")
def minus(X, W, b):
    return np.stack([filled(x, W) - b[:, None, None] for x in X])


@wrong(LAYER, "bias-per-input-channel")
def bias_in_the_channel_loop(X, W, b):
    if X.shape[1] != W.shape[1]:
        raise ValueError("channels")
    Y = np.zeros((len(X), len(W), X.shape[2] - W.shape[2] + 1, X.shape[3] - W.shape[3] + 1))
    for m, o, c in np.ndindex(len(X), *W.shape[:2]):
        Y[m, o] += two_loops(X[m, c], W[o, c]) + b[o]
    return Y


@wrong(LAYER, "bias-per-element")
def bias_in_the_window(X, W, b):
    if X.shape[1] != W.shape[1]:
        raise ValueError("channels")
    windows = sliding_window_view(X, W.shape[2:], axis=(2, 3))[:, None]
    return (windows * W[:, :, None, None] + b[:, None, None, None, None, None]).sum(axis=(2, 5, 6))


@wrong(LAYER, "bias-on-the-wrong-axis")
def plus_b(X, W, b):
    return np.stack([filled(x, W) for x in X]) + b


@wrong(LAYER, "bias-on-the-wrong-axis")
def plus_a_column(X, W, b):
    return np.stack([filled(x, W) for x in X]) + b.reshape(-1, 1)


@wrong(LAYER, "bias-per-example")
def of_the_example(X, W, b):
    return np.stack([filled(X[m], W) + b[m] for m in range(len(X))])


@wrong(LAYER, "one-bias-for-all")
def first_bias(X, W, b):
    return np.stack([filled(x, W) for x in X]) + b[0]


@wrong(LAYER, "one-bias-for-all")
def sum_of_biases(X, W, b):
    return np.stack([filled(x, W) for x in X]) + np.sum(b)


@wrong(LAYER, "first-example-only")
def index_zero(X, W, b):
    return filled(X[0], W) + b[:, None, None]


@wrong(LAYER, "first-example-only")
def returns_in_the_loop(X, W, b):
    Y = []
    for x in X:
        Y.append(filled(x, W) + b[:, None, None])
        return np.array(Y)


@wrong(LAYER, "same-example-everywhere")
def forgets_the_index(X, W, b):
    return np.stack([filled(X[0], W) + b[:, None, None] for _ in X])


@wrong(LAYER, "batch-summed")
def adds_examples(X, W, b):
    Y = 0
    for x in X:
        Y = Y + filled(x, W) + b[:, None, None]
    return Y


@wrong(LAYER, "batch-and-channels-swapped")
def filters_first(X, W, b):
    return np.stack([np.stack([filled(x, W[o : o + 1])[0] + b[o] for x in X]) for o in range(len(W))])


@wrong(LAYER, "channels-last")
def as_tensorflow(X, W, b):
    return np.stack([np.moveaxis(filled(x, W), 0, 2) + b for x in X])


@wrong(LAYER, "joined-end-to-end")
def concatenated(X, W, b):
    return np.concatenate([filled(x, W) + b[:, None, None] for x in X])


@wrong(LAYER, "channel-mean")
def mean(X, W, b):
    return np.stack([filled(x, W) / len(x) + b[:, None, None] for x in X])


@wrong(LAYER, "first-channel-only")
def first_channel(X, W, b):
    return np.stack([[two_loops(x[0], W[o, 0]) + b[o] for o in range(len(W))] for x in X])


@wrong(LAYER, "last-channel-only")
def overwrites(X, W, b):
    if X.shape[1] != W.shape[1]:
        raise ValueError("channels")
    Y = np.zeros((len(X), len(W), X.shape[2] - W.shape[2] + 1, X.shape[3] - W.shape[3] + 1))
    for m, o, c in np.ndindex(len(X), *W.shape[:2]):
        Y[m, o] = two_loops(X[m, c], W[o, c]) + b[o]
    return Y


@wrong(LAYER, "in-and-out-swapped")
def axes_exchanged(X, W, b):
    return np.stack([filled(x, W.transpose(1, 0, 2, 3)) + b[:, None, None] for x in X])


@wrong(LAYER, "outputs-summed")
def sums_filters(X, W, b):
    return np.stack([(filled(x, W) + b[:, None, None]).sum(axis=0) for x in X])


@wrong(LAYER, "flipped-kernel")
def flipped(X, W, b):
    return stacked(X, W[:, :, ::-1, ::-1], b)


@wrong(LAYER, "transposed-kernel")
def transposed(X, W, b):
    return stacked(X, W.transpose(0, 1, 3, 2), b)


@wrong(LAYER, "transposed-output")
def turned(X, W, b):
    return stacked(X, W, b).transpose(0, 1, 3, 2)


@wrong(LAYER, "integer-truncation")
def ints(X, W, b):
    return np.array(stacked(X, W, b), dtype=np.int64)


@wrong(LAYER, "one-channel-stretched")
def einsum_unchecked(X, W, b):
    windows = sliding_window_view(X, W.shape[2:], axis=(2, 3))
    return np.einsum("ncijab,ocab->noij", windows, W) + b[None, :, None, None]


@wrong(LAYER, "channels-not-compared")
def over_the_input(X, W, b):
    Y = np.zeros((len(X), len(W), X.shape[2] - W.shape[2] + 1, X.shape[3] - W.shape[3] + 1))
    for m, o in np.ndindex(len(X), len(W)):
        Y[m, o] = b[o] + sum(two_loops(X[m, c], W[o, c]) for c in range(W.shape[1]))
    return Y


@wrong(LAYER, "other-exception")
def torch_alone(X, W, b):
    return torch.nn.functional.conv2d(*(torch.tensor(a) for a in (X, W, b))).numpy()


@wrong(LAYER, "returned-not-raised")
def returns_the_error(X, W, b):
    if X.shape[1] != W.shape[1]:
        return ValueError(f"{X.shape[1]} and {W.shape[1]} channels")
    return stacked(X, W, b)


@wrong(LAYER, "changes-input")
def adds_into_b(X, W, b):
    Y = stacked(X, W, b)
    b += 1
    return Y


@wrong(LAYER, "no-return")
def keeps_it(X, W, b):
    Y = stacked(X, W, b)  # noqa: F841


@wrong(LAYER, TWO_MISTAKES)
def mean_without_bias(X, W, b):
    return np.stack([filled(x, W) / len(x) for x in X])


@wrong(LAYER, TWO_MISTAKES)
def flipped_first_example(X, W, b):
    return filled(X[0], W[:, :, ::-1, ::-1]) + b[:, None, None]


@wrong(LAYER, UNNAMED)
def no_batch(X, W, b):
    return one_example(X, W) + b[:, None, None]


@wrong(LAYER, UNNAMED)
def relu_too(X, W, b):
    return np.maximum(stacked(X, W, b), 0)
