"""ChannelExplorer: many channels in and out, one window at a time; a 1×1 kernel as a matrix product."""

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
from cnnwidgets.widgets.answers.channel_answer import FUNCTIONS, channel_answer, exercise_of
from cnnwidgets.widgets.answers.matrix_answer import name_of
from cnnwidgets.widgets.answers.volume_answer import VolumeAnswer
from cnnwidgets.widgets.base import bundle, refuse_unknown
from cnnwidgets.widgets.traits.arrays import Numbers
from cnnwidgets.widgets.traits.per_axis import PerAxis

SETTING = ("input", "kernel", "bias", "padding", "stride")
KEYWORDS = (*SETTING, "out", "step", "predict", "fn", "layout")

EXAMPLE_X = np.stack([np.arange(9.0).reshape(3, 3), np.arange(1.0, 10.0).reshape(3, 3)])
EXAMPLE_K = np.stack([np.arange(4.0).reshape(2, 2), np.arange(1.0, 5.0).reshape(2, 2)])


class ChannelExplorer(AskingExplorer[VolumeAnswer]):
    """Slides a kernel with many channels over an input with as many, and shows what each channel adds to the sum.

    Parameters
    ----------
    input
        The input X, shape (ci, h, w), or (h, w) for one channel: 1 to 6 channels, 1 to 8 rows and columns; the
        course's two channels, 0 … 8 and 1 … 9, if left out.
    kernel
        The kernels K, shape (co, ci, kh, kw), or (ci, kh, kw) for one output channel: 1 to 6 of them, 1 to 5 rows
        and columns; the course's, 0 … 3 and 1 … 4, if left out. One with another number of channels than the input
        is refused on view, with the reason.
    bias
        One number an output channel, shape (co,); zeros if left out.
    padding, stride
        One number or a pair (rows, columns). Padding is the *total* number of rows and columns of zeros: ⌈p/2⌉
        above and left, ⌊p/2⌋ below and right.
    out
        The output channel on view, counted from 0.
    step
        The output cell on view, counted from 0 row by row; later cells are still blank.
    predict
        Whether a cell stays hidden until the learner has predicted it.
    fn
        A function of yours: `corr2d_multi_in`, `corr2d_multi_in_out`, `corr2d_1x1` or `conv_layer`, by its name; any
        other function of three arguments counts as a `conv_layer`, of two as a `corr2d_multi_in_out`. It gets X with
        its zeros around, every stride-th row and column of its result counts, and where it takes no bias the bias is
        added to what it gives. A kernel with other channels than the input it has to refuse with a `ValueError`. It
        runs only once the widget is on show.

    Raises
    ------
    TypeError
        For a keyword that there is not.
    traitlets.TraitError
        For a value that can not be, with a sentence that says what can.

    Examples
    --------
    >>> explorer = ChannelExplorer()
    >>> explorer.output
    array([[[ 56.,  72.],
            [104., 120.]]])
    >>> explorer.partial_sums[0, :, 0, 0]
    array([19., 37.])

    Source: the slides on multiple input channels, multiple output channels, the 1×1 layer, and batches and biases.
    """

    _esm = bundle("channel_explorer.js")
    _css = bundle("channel_explorer.css")

    FUNCTIONS = FUNCTIONS

    input = Numbers(EXAMPLE_X, axes={"channels": 6, "rows": 8, "columns": 8}, lift=True)
    """The input X as float64, shape (ci, h, w). Assign a new array to change it."""

    kernel = Numbers(EXAMPLE_K[None], axes={"outputs": 6, "channels": 6, "rows": 5, "columns": 5}, lift=True)
    """The kernels K as float64, shape (co, ci, kh, kw). With another ci than the input's there is no output."""

    bias = Numbers(np.zeros(1), axes={"outputs": 6})
    """One number an output channel, float64, shape (co,). Cut, or filled up with 0, when `kernel` changes its co."""

    padding = PerAxis((0, 0), least=0, most=6)
    """Rows and columns of zeros in total, (p_h, p_w): ⌈p/2⌉ above and left, ⌊p/2⌋ below and right."""

    stride = PerAxis((1, 1), least=1, most=4)
    """How far the window moves, (s_h, s_w)."""

    out = traitlets.Int(0).tag(sync=True)
    """The output channel on view, from 0. One past the end becomes the last."""

    step = traitlets.Int(0).tag(sync=True)
    """The output cell on view, from 0, row by row. One past the end becomes the last."""

    predict = traitlets.Bool(False).tag(sync=True)
    """Whether output cells stay hidden until they are predicted."""

    fn = traitlets.Any(None)
    """Your function, or None. Stays in Python."""

    def __init__(
        self,
        input: ArrayLike | None = None,
        kernel: ArrayLike | None = None,
        bias: ArrayLike | None = None,
        *,
        padding: int | tuple[int, int] = (0, 0),
        stride: int | tuple[int, int] = (1, 1),
        out: int = 0,
        step: int = 0,
        predict: bool = False,
        fn: Callable[..., Any] | None = None,
        **others: Any,
    ) -> None:
        refuse_unknown(type(self).__name__, others.keys() - {"layout"}, KEYWORDS)
        given = {"input": input, "kernel": kernel, "bias": bias}
        super().__init__(
            **{name: value for name, value in given.items() if value is not None},
            padding=padding,
            stride=stride,
            out=out,
            step=step,
            predict=predict,
            fn=fn,
            **others,
        )

    @property
    def output(self) -> Float[ndarray, "co oh ow"]:
        """The right output under the settings as they are, shape (co, oh, ow), float64.

        ``Y[o] = b[o] + Σ_c X[c] ⋆ K[o, c]``, with ``oh = ⌊(h − kh + p_h + s_h) / s_h⌋`` and likewise ow. `ValueError`
        where the kernel has another number of channels than the input, and where it does not fit.
        """
        Y: ndarray = self.partial_sums.sum(axis=1) + self.bias[:, None, None]
        return Y

    @property
    def partial_sums(self) -> Float[ndarray, "co ci oh ow"]:
        """What every input channel adds to every output: ``X[c] ⋆ K[o, c]``, shape (co, ci, oh, ow), float64.

        `ValueError` as for `output`.
        """
        if self.kernel.shape[1] != len(self.input):
            raise ValueError(
                f"a kernel with {self.kernel.shape[1]} channels does not suit an input with {len(self.input)}"
            )
        if self._places() == 0:
            raise ValueError(f"a kernel of {self.kernel.shape[2:]} does not fit in the padded input")
        return np.array(
            [
                [ops.corr2d_strided(x, k, self.padding, self.stride) for x, k in zip(self.input, of_one, strict=True)]
                for of_one in self.kernel
            ]
        )

    def _places(self) -> int:
        """How many output cells a channel has: none where the kernel does not fit."""
        along = (
            ops.output_size(self.input.shape[a + 1], self.kernel.shape[a + 2], self.padding[a], self.stride[a])
            for a in (0, 1)
        )
        return int(np.prod(list(along)))

    @traitlets.validate("step")
    def _within(self, proposal: Any) -> int:
        return max(0, min(int(proposal["value"]), self._places() - 1))

    @traitlets.validate("out")
    def _a_channel(self, proposal: Any) -> int:
        return max(0, min(int(proposal["value"]), len(self.kernel) - 1))

    @traitlets.validate("bias")
    def _one_each(self, proposal: Any) -> ndarray:
        bias: ndarray = proposal["value"]
        if len(bias) != len(self.kernel):
            raise traitlets.TraitError(
                f"bias must hold one number an output channel: {len(self.kernel)}, not {len(bias)}."
            )
        return bias

    @traitlets.validate("fn")
    def _one_of_four(self, proposal: Any) -> Any:
        fn = proposal["value"]
        if fn is None or (callable(fn) and exercise_of(fn)):
            return fn
        what = f"{name_of(fn)}, which is none of them" if callable(fn) else type(fn).__name__
        raise traitlets.TraitError(f"fn must be a function, {FUNCTIONS}; not {what}.")

    @traitlets.observe("input", "kernel", "padding", "stride")
    def _keep_place(self, _change: Any) -> None:
        if len(self.bias) != len(self.kernel):
            self.bias = np.resize(np.append(self.bias, np.zeros(len(self.kernel))), len(self.kernel))
        self.step = max(0, min(self.step, self._places() - 1))
        self.out = max(0, min(self.out, len(self.kernel) - 1))

    @traitlets.observe(*SETTING)
    def _another_setting(self, _change: Any) -> None:
        if len(self.bias) == len(self.kernel):  # else it is about to be
            self._run()

    def _setting(self) -> list[Any]:
        arrays = [array.tolist() for array in (self.input, self.kernel, self.bias)]
        return [*arrays, list(self.padding), list(self.stride)]

    def _ask(self, fn: Callable[..., Any]) -> VolumeAnswer | None:
        if self._places() == 0:
            return None
        return channel_answer(fn, self.input, self.kernel, self.bias, self.padding, self.stride)
