"""EquivarianceExplorer: the picture moves; which layers move their output along, and where that stops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import traitlets
from jaxtyping import UInt8
from numpy import ndarray
from numpy.typing import ArrayLike

from cnnwidgets.widgets.answers.asking import AskingExplorer
from cnnwidgets.widgets.base import bundle, refuse_unknown
from cnnwidgets.widgets.equivariance.answer import ShiftAnswer, shift_answer
from cnnwidgets.widgets.equivariance.pictures import SmallPicture, all_packed, picture_named
from cnnwidgets.widgets.equivariance.rungs import OPS, Comparison, compared
from cnnwidgets.widgets.pictures.grey import pack
from cnnwidgets.widgets.traits.arrays import Matrix
from cnnwidgets.widgets.traits.per_axis import PerAxis

KEYWORDS = ("picture", "kernel", "shift", "op", "predict", "fn", "layout")
SOBEL_ACROSS = [[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]]
FARTHEST = 16


class EquivarianceExplorer(AskingExplorer[ShiftAnswer]):
    """Moves a picture and compares, layer by layer, op(shift(X)) with shift(op(X)).

    Five layers: correlation without padding, with zeros around, with stride 2; 2×2 max pooling; a dense layer.

    Parameters
    ----------
    picture
        ``"ankle boot"``, ``"dress"``, ``"bag"``, ``"disc"`` or ``"edges"``, or an array (h, w), in colour (h, w, 3),
        of at most 32 rows and columns: whole numbers 0 … 255, or fractions 0 … 1. Colours become grey.
    kernel
        The kernel K, shape (kh, kw), 1 to 7 each; Sobel's for upright edges if left out.
    shift
        How far the picture is moved, (down, right), −16 to 16 each; zeros come in.
    op
        The layer that is looked at closely: ``"valid"``, ``"same"``, ``"stride"``, ``"pool"`` or ``"dense"``.
    predict
        Whether a layer's outputs stay hidden until the learner has said whether it follows.
    fn
        A function of yours from a picture to a picture, f(X) with X (h, w) as float64, 0 … 255. It runs on the
        picture and on the moved one, and every place where its output does not move along is marked. It runs only
        once the widget is on show.

    Raises
    ------
    TypeError
        For a keyword that there is not.
    traitlets.TraitError
        For a value that can not be, with a sentence that says what can.

    Examples
    --------
    >>> explorer = EquivarianceExplorer("edges", [[1, -1]], shift=(0, 1))
    >>> explorer.comparison().follows
    True
    >>> explorer.comparison("stride").follows
    False

    Source: the slides on translation invariance and locality; Goodfellow, Bengio, Courville, "Deep Learning", §9.2.
    """

    _esm = bundle("equivariance_explorer.js")
    _css = bundle("equivariance_explorer.css")

    FUNCTIONS = "from a picture to a picture"

    picture = SmallPicture("ankle boot")
    """The picture X: a name, or uint8 (h, w)."""

    kernel = Matrix(SOBEL_ACROSS, most=7)
    """The kernel K as float64, shape (kh, kw)."""

    shift = PerAxis((0, 0), least=-FARTHEST, most=FARTHEST)
    """How far the picture is moved, (down, right)."""

    op = traitlets.Enum(OPS, default_value="valid").tag(sync=True)
    """The layer that is looked at closely."""

    predict = traitlets.Bool(False).tag(sync=True)
    """Whether outputs stay hidden until they are predicted."""

    fn = traitlets.Any(None)
    """Your function f(X), or None. Stays in Python."""

    _pictures = traitlets.Dict({}).tag(sync=True)

    def __init__(
        self,
        picture: str | ArrayLike | None = None,
        kernel: ArrayLike | None = None,
        *,
        shift: int | tuple[int, int] = (0, 0),
        op: str = "valid",
        predict: bool = False,
        fn: Callable[..., Any] | None = None,
        **others: Any,
    ) -> None:
        refuse_unknown(type(self).__name__, others.keys() - {"layout"}, KEYWORDS)
        given = {name: value for name, value in {"picture": picture, "kernel": kernel}.items() if value is not None}
        super().__init__(**given, shift=shift, op=op, predict=predict, fn=fn, **others)

    @property
    def pixels(self) -> UInt8[ndarray, "h w"]:
        """The picture as numbers, 0 black to 255 white, whether it has a name or is your own."""
        picture: ndarray = picture_named(self.picture) if isinstance(self.picture, str) else self.picture
        return picture

    def comparison(self, op: str | None = None) -> Comparison:
        """The two outputs of a layer, the one on view unless you name another, and where they differ.

        `ValueError` where the kernel, or the pooling window, does not fit.
        """
        return compared(self.op if op is None else op, self.pixels.astype(np.float64), self.kernel, self.shift)

    @traitlets.observe("picture", "shift")
    def _moved(self, _change: Any) -> None:
        self._run()

    def _setting(self) -> list[Any]:
        picture = self.picture if isinstance(self.picture, str) else pack(self.picture)
        return [picture, list(self.shift)]

    def _ask(self, fn: Callable[..., Any]) -> ShiftAnswer:
        return shift_answer(fn, self.pixels.astype(np.float64), self.shift)

    def _on_shown(self) -> None:
        if not self._pictures:
            self._pictures = all_packed()
        super()._on_shown()
