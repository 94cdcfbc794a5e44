"""Transposed convolution: the shapes of a convolution run backwards, by zeros put between and around its input."""

import numpy as np
from jaxtyping import Float
from numpy import ndarray

from cnnwidgets.ops.convolution import convolve2d
from cnnwidgets.ops.padding import dilate_kernel, total_to_sides


def transposed_size(n: int, k: int, p: int = 0, s: int = 1, d: int = 1, a: int = 0) -> int:
    """How many rows a transposed convolution makes of n: ``s (n − 1) + k' − p + a`` with ``k' = d (k − 1) + 1``.

    Kernel k, *total* padding p, stride s and dilation d are those of the convolution whose shapes it runs backwards.
    That one makes n of ``transposed_size(n, …)``, and of every size up to s − 1 more: the output padding a, from 0 to
    s − 1, says which of them is meant. 0 where the padding takes all of it away.
    Source: conv_arithmetic, section 4; PyTorch's `ConvTranspose2d`, whose padding is per side.
    """
    return max(0, s * (n - 1) + d * (k - 1) + 1 - p + a)


def transposed_sides(k: int, p: int = 0, d: int = 1, a: int = 0) -> tuple[int, int]:
    """Rows of zeros (before, after) around the spread input: full padding ``k' − 1`` minus the convolution's own.

    The output padding a comes after. A negative number is that many rows cut off.
    """
    full = d * (k - 1)
    before, after = total_to_sides(p)
    return full - before, full - after + a


def spread2d(
    X: Float[ndarray, "h w"],
    kernel_size: tuple[int, int],
    padding: tuple[int, int] = (0, 0),
    stride: tuple[int, int] = (1, 1),
    dilation: tuple[int, int] = (1, 1),
    output_padding: tuple[int, int] = (0, 0),
) -> Float[ndarray, "sh sw"]:
    """X with ``s − 1`` zeros between its neighbours and `transposed_sides` around: what the kernel slides over.

    Each axis has ``s (n − 1) + 1`` rows and those around; none where more is cut off than there is.
    """
    shape, targets, kept = [], [], []
    for n, k, p, s, d, a in zip(X.shape, kernel_size, padding, stride, dilation, output_padding, strict=True):
        before, after = transposed_sides(k, p, d, a)
        length = max(0, before + s * (n - 1) + 1 + after)
        places = before + s * np.arange(n)
        inside = (places >= 0) & (places < length)
        shape.append(length)
        targets.append(places[inside])
        kept.append(inside)
    spread = np.zeros(shape)
    spread[np.ix_(*targets)] = X[np.ix_(*kept)]
    return spread


def corr2d_transposed(
    X: Float[ndarray, "h w"],
    K: Float[ndarray, "kh kw"],
    padding: tuple[int, int] = (0, 0),
    stride: tuple[int, int] = (1, 1),
    dilation: tuple[int, int] = (1, 1),
    output_padding: tuple[int, int] = (0, 0),
) -> Float[ndarray, "oh ow"]:
    """The transpose of `corr2d_windowed` with this kernel and this setting, of shape `transposed_size` an axis.

    Each input adds its own copy of the dilated K, s apart: ``Y[s i + d a − ⌈p/2⌉] += X[i] K[a]``, which is the true
    convolution, at stride 1, of `spread2d`'s input. It is not the inverse: it brings back the shape, not the values.
    `ValueError` where nothing is left of it, and for an output padding that is not below the stride.
    Source: conv_arithmetic, section 4.

    >>> corr2d_transposed(np.arange(4.0).reshape(2, 2), np.arange(4.0).reshape(2, 2))
    array([[ 0.,  0.,  1.],
           [ 0.,  4.,  6.],
           [ 4., 12.,  9.]])
    """
    for extra, s in zip(output_padding, stride, strict=True):
        if not 0 <= extra < s:
            raise ValueError(f"an output padding of {extra} is not between 0 and the stride less one, {s - 1}")
    spread = spread2d(X, K.shape, padding, stride, dilation, output_padding)
    if not all(map(transposed_size, X.shape, K.shape, padding, stride, dilation, output_padding)):
        raise ValueError(f"a total padding of {padding} takes away all of the output")
    return convolve2d(spread, dilate_kernel(K, *dilation))
