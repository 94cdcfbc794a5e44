"""Pooling: the largest value, or the mean, of each window."""

import numpy as np
from jaxtyping import Float
from numpy import ndarray
from numpy.lib.stride_tricks import sliding_window_view


def pool2d(X: Float[ndarray, "h w"], pool_size: tuple[int, int], mode: str = "max") -> Float[ndarray, "oh ow"]:
    """The maximum or mean of every window of (rows, columns) `pool_size`, at stride 1 and without padding.

    ``oh = h − pool_size[0] + 1`` and ``ow = w − pool_size[1] + 1``. `mode` is ``"max"`` or ``"avg"``; `ValueError`
    for another. Source: the pooling slide, whose example gives 4, 5, 7, 8 and 2, 3, 5, 6.

    >>> pool2d(np.arange(9.0).reshape(3, 3), (2, 2))
    array([[4., 5.],
           [7., 8.]])
    """
    Y: ndarray = pool2d_layer(X[None], pool_size, stride=(1, 1), mode=mode)[0]
    return Y


def pool2d_layer(
    X: Float[ndarray, "c h w"],
    pool_size: tuple[int, int],
    padding: tuple[int, int] = (0, 0),
    stride: tuple[int, int] | None = None,
    mode: str = "max",
    count_include_pad: bool = True,
) -> Float[ndarray, "c oh ow"]:
    """Pools each channel by itself, as PyTorch's ``MaxPool2d`` and ``AvgPool2d`` do.

    `padding` is rows and columns *per side*, at most half of the window; `stride` is the window where it is None.
    ``oh = ⌊(h + 2 padding[0] − pool_size[0]) / stride[0]⌋ + 1``, and likewise ow. The maximum pads with −∞. The mean
    pads with 0 and divides by the size of the window, or, without `count_include_pad`, by the number of its cells
    that lie on X. `ValueError` for a mode other than ``"max"`` and ``"avg"``. Source: the slide on pooling with
    padding, stride and channels.
    """
    if mode not in ("max", "avg"):
        raise ValueError(f'mode must be "max" or "avg", not {mode!r}')
    rows, columns = pool_size if stride is None else stride

    def windows(A: ndarray, fill: float) -> ndarray:
        sides = ((0, 0), (padding[0], padding[0]), (padding[1], padding[1]))
        padded = np.pad(A, sides, constant_values=fill)
        return sliding_window_view(padded, pool_size, axis=(1, 2))[:, ::rows, ::columns]

    if mode == "max":
        largest: ndarray = windows(X, -np.inf).max(axis=(3, 4))
        return largest
    counted = windows(np.ones(X.shape), float(count_include_pad)).sum(axis=(3, 4))
    means: ndarray = windows(X, 0.0).sum(axis=(3, 4)) / counted
    return means
