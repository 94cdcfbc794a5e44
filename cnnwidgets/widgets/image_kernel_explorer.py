"""ImageKernelExplorer: what a kernel does to a picture, and the arithmetic of every pixel."""

from __future__ import annotations

from typing import Any

import numpy as np
import traitlets
from jaxtyping import Float, UInt8
from numpy import ndarray
from numpy.typing import ArrayLike

from cnnwidgets import ops
from cnnwidgets.widgets.base import bundle, refuse_unknown
from cnnwidgets.widgets.pictures.grey import MOST, PICTURES, Picture, all_packed
from cnnwidgets.widgets.predicting import PredictingExplorer
from cnnwidgets.widgets.traits.arrays import Matrix
from cnnwidgets.widgets.traits.per_axis import PerAxis

KEYWORDS = ("picture", "kernel", "mode", "side_by_side", "padding", "colours", "pixel", "predict", "layout")
SOBEL_ACROSS = [[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]]


class ImageKernelExplorer(PredictingExplorer):
    """Slides a kernel over a whole picture; a frame shows the window, the products and the sum of one pixel.

    Parameters
    ----------
    picture
        ``"hopper"``, ``"disc"``, ``"edges"`` or ``"checkerboard"``, or an array (h, w), in colour (h, w, 3), of at
        most 320 rows and columns: whole numbers 0 … 255, or fractions 0 … 1. Colours become grey.
    kernel
        The kernel K, shape (kh, kw), 1 to 7 each; Sobel's for upright edges if left out.
    mode
        ``"correlation"``, or ``"convolution"``, which slides the kernel turned by a half turn.
    side_by_side
        Whether what both of them give is on view.
    padding
        ``"same"``, zeros around, so that the output is as large as the picture; or ``"valid"``, only where the
        kernel fits.
    colours
        How outputs are drawn: ``"signed"``, zero neutral, or ``"grey"``, 0 black to 255 white and the rest cut off.
    pixel
        The pixel of the picture (row, column), from 0, that the frame stands on.
    predict
        Whether the output stays hidden until the learner has said which one it is.

    Raises
    ------
    TypeError
        For a keyword that there is not.
    traitlets.TraitError
        For a value that can not be, with a sentence that says what can.

    Examples
    --------
    >>> explorer = ImageKernelExplorer("edges", [[1, -1]], padding="valid")
    >>> explorer.output[0]
    array([   0.,  255.,    0.,    0.,    0., -255.,    0.])

    Source: the slides on cross-correlation, edge detection, and correlation against convolution.
    """

    _esm = bundle("image_kernel_explorer.js")
    _css = bundle("image_kernel_explorer.css")

    picture = Picture("hopper")
    """The picture: a name, or uint8 (h, w). A picture that is uploaded, or kept from the camera, comes here."""

    kernel = Matrix(SOBEL_ACROSS, most=7)
    """The kernel K as float64, shape (kh, kw), as given: not turned in the mode "convolution"."""

    mode = traitlets.Enum(("correlation", "convolution"), default_value="correlation").tag(sync=True)
    """What slides: the kernel as it is, or turned by a half turn."""

    side_by_side = traitlets.Bool(False).tag(sync=True)
    """Whether correlation and convolution are both on view."""

    padding = traitlets.Enum(("same", "valid"), default_value="same").tag(sync=True)
    """Zeros around for an output of the same size (the odd row above, the odd column left), or none."""

    colours = traitlets.Enum(("signed", "grey"), default_value="signed").tag(sync=True)
    """How outputs are drawn."""

    pixel = PerAxis((112, 65), least=0, most=MOST - 1)
    """The framed pixel of the picture, (row, column) from 0; one beyond the picture stands for its last."""

    predict = traitlets.Bool(False).tag(sync=True)
    """Whether outputs stay hidden until they are predicted."""

    _pictures = traitlets.Dict({}).tag(sync=True)

    def __init__(
        self,
        picture: str | ArrayLike | None = None,
        kernel: ArrayLike | None = None,
        *,
        mode: str = "correlation",
        side_by_side: bool = False,
        padding: str = "same",
        colours: str = "signed",
        pixel: int | tuple[int, int] | None = None,
        predict: bool = False,
        **others: Any,
    ) -> None:
        refuse_unknown(type(self).__name__, others.keys() - {"layout"}, KEYWORDS)
        given = {"picture": picture, "kernel": kernel, "pixel": pixel}
        super().__init__(
            **{name: value for name, value in given.items() if value is not None},
            mode=mode,
            side_by_side=side_by_side,
            padding=padding,
            colours=colours,
            predict=predict,
            **others,
        )

    @property
    def pixels(self) -> UInt8[ndarray, "h w"]:
        """The picture on view as numbers, 0 black to 255 white, whether it has a name or is your own."""
        picture: ndarray = PICTURES[self.picture]() if isinstance(self.picture, str) else self.picture
        return picture

    @property
    def output(self) -> Float[ndarray, "oh ow"]:
        """What the kernel gives in the mode on view, as float64; nothing is cut off or rounded.

        (h, w) with the padding "same", (h − kh + 1, w − kw + 1) with "valid". `ValueError` where the kernel does
        not fit.
        """
        K = ops.half_turn(self.kernel) if self.mode == "convolution" else self.kernel
        padding = ops.same_padding(*K.shape) if self.padding == "same" else (0, 0)
        return ops.corr2d_windowed(self.pixels.astype(np.float64), K, padding)

    def _on_shown(self) -> None:
        if not self._pictures:
            self._pictures = all_packed()
