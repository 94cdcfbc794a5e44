"""PoolingExplorer: the largest value, or the mean, of one window at a time; and what a shift of the input does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import traitlets
from jaxtyping import Float
from numpy import ndarray
from numpy.typing import ArrayLike

from cnnwidgets import ops
from cnnwidgets.widgets.answers.asking import AskingExplorer
from cnnwidgets.widgets.answers.pool_answer import pool_answer
from cnnwidgets.widgets.answers.volume_answer import VolumeAnswer
from cnnwidgets.widgets.base import bundle, refuse_unknown
from cnnwidgets.widgets.traits.arrays import Numbers
from cnnwidgets.widgets.traits.per_axis import PerAxis

SETTING = ("input", "pool_size", "padding", "stride", "mode", "count_include_pad")
KEYWORDS = (*SETTING, "channel", "step", "shift", "predict", "fn", "layout")


class PoolingExplorer(AskingExplorer[VolumeAnswer]):
    """Slides a window over an input and keeps its largest value, or its mean.

    Parameters
    ----------
    input
        The input X, shape (c, h, w), or (h, w) for one channel: 1 to 4 channels, 1 to 16 rows and columns; 0 … 8 in
        3×3 if left out.
    pool_size
        The window, one number or a pair (rows, columns), 1 to 7 each.
    padding
        Rows and columns *per side*, one number or a pair, as PyTorch counts: at most half of the window. The maximum
        pads with −∞, the mean with 0.
    stride
        How far the window moves, one number or a pair; None for the window, as in a pooling layer that is given none.
    mode
        ``"max"`` or ``"avg"``.
    count_include_pad
        Whether padding counts in the divisor of a mean.
    channel
        The channel on view, counted from 0.
    step
        The output cell on view, counted from 0 row by row; later cells are still blank.
    shift
        How far the input is moved for the comparison, (down, right), −8 to 8 each; zeros come in.
    predict
        Whether a cell stays hidden until the learner has predicted it.
    fn
        A function of yours: `pool2d_layer(X, pool_size, padding, stride, mode, count_include_pad)`, which gets X
        (c, h, w) and of the settings those that it takes; or `pool2d(X, pool_size, mode)`, which gets one channel at
        a time with its padding around, and of whose result every stride-th row and column counts. Its result is
        compared with the right one and every cell that differs is marked. It runs only once the widget is on show.

    Raises
    ------
    TypeError
        For a keyword that there is not.
    traitlets.TraitError
        For a value that can not be, with a sentence that says what can.

    Examples
    --------
    >>> explorer = PoolingExplorer()
    >>> explorer.output
    array([[[4., 5.],
            [7., 8.]]])

    Source: the slides on pooling, on pooling with padding, stride and channels.
    """

    _esm = bundle("pooling_explorer.js")
    _css = bundle("pooling_explorer.css")

    FUNCTIONS = "a pool2d or a pool2d_layer"

    input = Numbers(np.arange(9.0).reshape(1, 3, 3), axes={"channels": 4, "rows": 16, "columns": 16}, lift=True)
    """The input X as float64, shape (c, h, w). Assign a new array to change it."""

    pool_size = PerAxis((2, 2), least=1, most=7)
    """The window, (rows, columns)."""

    padding = PerAxis((0, 0), least=0, most=3)
    """Rows and columns per side, (P_h, P_w); at most half of the window, or nothing is computed."""

    stride = PerAxis((1, 1), least=1, most=8, allow_none=True)
    """How far the window moves, (s_h, s_w); None for the window."""

    mode = traitlets.Enum(("max", "avg"), default_value="max").tag(sync=True)
    """What is kept of a window: its largest value or its mean."""

    count_include_pad = traitlets.Bool(True).tag(sync=True)
    """Whether a mean is divided by all cells of its window, or by those that lie on X."""

    channel = traitlets.Int(0).tag(sync=True)
    """The channel on view, from 0. One past the end becomes the last."""

    step = traitlets.Int(0).tag(sync=True)
    """The output cell on view, from 0, row by row. One past the end becomes the last."""

    shift = PerAxis((0, 0), least=-8, most=8)
    """How far the input is moved for the comparison, (down, right)."""

    predict = traitlets.Bool(False).tag(sync=True)
    """Whether output cells stay hidden until they are predicted."""

    fn = traitlets.Any(None)
    """Your `pool2d_layer` or `pool2d`, or None. Stays in Python."""

    def __init__(
        self,
        input: ArrayLike | None = None,
        pool_size: int | tuple[int, int] = (2, 2),
        *,
        padding: int | tuple[int, int] = (0, 0),
        stride: int | tuple[int, int] | None = (1, 1),
        mode: str = "max",
        count_include_pad: bool = True,
        channel: int = 0,
        step: int = 0,
        shift: int | tuple[int, int] = (0, 0),
        predict: bool = False,
        fn: Callable[..., Any] | None = None,
        **others: Any,
    ) -> None:
        refuse_unknown(type(self).__name__, others.keys() - {"layout"}, KEYWORDS)
        super().__init__(
            **({} if input is None else {"input": input}),
            pool_size=pool_size,
            padding=padding,
            stride=stride,
            mode=mode,
            count_include_pad=count_include_pad,
            channel=channel,
            step=step,
            shift=shift,
            predict=predict,
            fn=fn,
            **others,
        )

    @property
    def output(self) -> Float[ndarray, "c oh ow"]:
        """The right output under the settings as they are, shape (c, oh, ow), float64.

        ``oh = ⌊(h − k + 2P) / S⌋ + 1`` with a window of k, and likewise ow. `ValueError` where the window does not
        fit, and where the padding is more than half of it.
        """
        return self._pooled(self.input)

    @property
    def shifted_output(self) -> Float[ndarray, "c oh ow"]:
        """The right output for the input moved by `shift`, with zeros where nothing was."""
        return self._pooled(shifted(self.input, *self.shift))

    def _pooled(self, X: Float[ndarray, "c h w"]) -> Float[ndarray, "c oh ow"]:
        if any(2 * p > k for p, k in zip(self.padding, self.pool_size, strict=True)):
            raise ValueError(f"padding {self.padding} per side is more than half of the window {self.pool_size}")
        if self._places() == 0:
            raise ValueError(f"a window of {self.pool_size} does not fit in the padded input")
        return ops.pool2d_layer(X, self.pool_size, self.padding, self.stride, self.mode, self.count_include_pad)

    def _places(self) -> int:
        """How many output cells a channel has: none where the window does not fit."""
        stride = self.stride or self.pool_size
        along = (
            ops.output_size_per_side(self.input.shape[a + 1], self.pool_size[a], self.padding[a], stride[a])
            for a in (0, 1)
        )
        suits = all(2 * p <= k for p, k in zip(self.padding, self.pool_size, strict=True))
        return int(np.prod(list(along))) if suits else 0

    @traitlets.validate("step")
    def _within(self, proposal: Any) -> int:
        return max(0, min(int(proposal["value"]), self._places() - 1))

    @traitlets.validate("channel")
    def _a_channel(self, proposal: Any) -> int:
        return max(0, min(int(proposal["value"]), len(self.input) - 1))

    @traitlets.observe("input", "pool_size", "padding", "stride")
    def _keep_place(self, _change: Any) -> None:
        self.step = max(0, min(self.step, self._places() - 1))
        self.channel = max(0, min(self.channel, len(self.input) - 1))

    @traitlets.observe(*SETTING)
    def _another_setting(self, _change: Any) -> None:
        self._run()

    def _setting(self) -> list[Any]:
        stride = None if self.stride is None else list(self.stride)
        pairs = [list(self.pool_size), list(self.padding), stride]
        return [self.input.tolist(), *pairs, self.mode, self.count_include_pad]

    def _ask(self, fn: Callable[..., Any]) -> VolumeAnswer | None:
        if self._places() == 0:
            return None
        return pool_answer(
            fn, self.input, self.pool_size, self.padding, self.stride, self.mode, self.count_include_pad
        )


def shifted(X: Float[ndarray, "c h w"], down: int, right: int) -> Float[ndarray, "c h w"]:
    """X moved by so many rows and columns: what leaves is lost, zeros come in. Same shape."""
    rows, columns = X.shape[1:]
    Y = np.zeros_like(X)
    if abs(down) < rows and abs(right) < columns:
        Y[:, max(down, 0) : rows + min(down, 0), max(right, 0) : columns + min(right, 0)] = X[
            :, max(-down, 0) : rows + min(-down, 0), max(-right, 0) : columns + min(-right, 0)
        ]
    return Y
