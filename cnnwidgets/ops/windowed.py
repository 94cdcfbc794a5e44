"""Correlation with padding, stride and dilation: the general case that the explorer shows."""

from jaxtyping import Float
from numpy import ndarray

from cnnwidgets.ops.correlation import corr2d
from cnnwidgets.ops.padding import dilate_kernel, pad2d


def corr2d_windowed(
    X: Float[ndarray, "h w"],
    K: Float[ndarray, "kh kw"],
    padding: tuple[int, int] = (0, 0),
    stride: tuple[int, int] = (1, 1),
    dilation: tuple[int, int] = (1, 1),
) -> Float[ndarray, "oh ow"]:
    """Cross-correlation of the padded X with the dilated K at every stride-th place.

    Padding is the *total* number of rows and columns, as in `pad2d`; the sizes are those of `output_size`.
    `ValueError` where the kernel does not fit. Source: the padding and stride slides.
    """
    padded, spread = pad2d(X, *padding), dilate_kernel(K, *dilation)
    if spread.shape[0] > padded.shape[0] or spread.shape[1] > padded.shape[1]:
        raise ValueError(f"a kernel that spans {spread.shape} does not fit in a padded input of {padded.shape}")
    return corr2d(padded, spread)[:: stride[0], :: stride[1]]


def corr2d_strided(
    X: Float[ndarray, "h w"],
    K: Float[ndarray, "kh kw"],
    padding: tuple[int, int] = (0, 0),
    stride: tuple[int, int] = (1, 1),
) -> Float[ndarray, "oh ow"]:
    """Cross-correlation with *total* padding (p_h, p_w) and stride (s_h, s_w).

    ``Y[i, j] = Σ_a Σ_b K[a, b] P[s_h i + a, s_w j + b]`` where P is the padded X, with
    ``oh = ⌊(h − kh + p_h + s_h) / s_h⌋`` and likewise ow. `ValueError` where the kernel does not fit.
    Source: the stride slide, whose example gives 0, 8, 6, 8.

    >>> corr2d_strided(np.arange(9.0).reshape(3, 3), np.arange(4.0).reshape(2, 2), padding=(2, 2), stride=(3, 2))
    array([[0., 8.],
           [6., 8.]])
    """
    return corr2d_windowed(X, K, padding, stride)
