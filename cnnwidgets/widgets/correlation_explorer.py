"""CorrelationExplorer: cross-correlation, convolution and its transpose, one window at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import traitlets
from jaxtyping import Float
from numpy import ndarray
from numpy.typing import ArrayLike

from cnnwidgets.tracing import Trace
from cnnwidgets.widgets.answers.asking import AskingExplorer
from cnnwidgets.widgets.answers.matrix_answer import Answer, answer_of, name_of
from cnnwidgets.widgets.answers.reads import reads_to_browser, trace_of
from cnnwidgets.widgets.base import bundle, refuse_unknown
from cnnwidgets.widgets.correlation.cases import case
from cnnwidgets.widgets.correlation.question import Question, Setting, question
from cnnwidgets.widgets.traits.arrays import Matrix
from cnnwidgets.widgets.traits.per_axis import PerAxis

SETTING = ("input", "kernel", "padding", "stride", "dilation", "output_padding", "mode")
KEYWORDS = (*SETTING, "step", "predict", "fn", "reads", "layout")


class CorrelationExplorer(AskingExplorer[Answer]):
    """Slides a kernel over an input and shows every product and every sum.

    Parameters
    ----------
    input
        The input X, shape (h, w), 1 to 16 each; 0 … 8 in 3×3 if left out.
    kernel
        The kernel K, shape (kh, kw), 1 to 7 each; 0 … 3 in 2×2 if left out.
    padding, stride, dilation
        One number or a pair (rows, columns). Padding is the *total* number of rows and columns of zeros: ⌈p/2⌉
        above and left, ⌊p/2⌋ below and right.
    mode
        ``"correlation"``; ``"convolution"``, which slides the kernel turned by a half turn; or ``"transposed"``, the
        transpose of the correlation with these settings, which runs its shapes backwards: ``stride − 1`` zeros go
        between the inputs, full padding minus `padding` around them, and the turned kernel slides over that.
    output_padding
        In the mode "transposed", rows and columns more at the end, each from 0 to its stride less one: which of the
        sizes that the correlation maps to the input's is meant.
    step
        The output cell on view, counted from 0 row by row; later cells are still blank.
    predict
        Whether a cell stays hidden until the learner has predicted it.
    fn
        A function of yours, ``fn(X, K)``, such as your `corr2d`; its result is compared with the right one and
        every cell that differs is marked. A parameter called padding, stride, dilation or output_padding gets that
        setting. What it does not take is done for it: it gets X with its zeros around and K with its zeros between,
        and every stride-th row and column of its result counts, so that a plain `corr2d` works under all settings
        (in the mode "convolution", a `convolve2d`). In the mode "transposed", a function that takes a stride is
        asked for the transposed convolution itself; any other gets X with zeros between and around, and a plain
        `convolve2d` is right. It runs only once the widget is on show, and for two seconds at most.
    reads
        Whether to draw, over the right window of the step, the elements that your function read for that cell, as
        `cnnwidgets.trace` finds them.

    Raises
    ------
    TypeError
        For a keyword that there is not.
    traitlets.TraitError
        For a value that can not be, with a sentence that says what can.

    Examples
    --------
    >>> explorer = CorrelationExplorer()
    >>> explorer.output
    array([[19., 25.],
           [37., 43.]])

    Source: the slides on cross-correlation, padding and stride, and correlation against convolution; for dilation and
    the transpose, "A guide to convolution arithmetic for deep learning" (conv_arithmetic), whose cases `case` makes.
    """

    _esm = bundle("correlation_explorer.js")
    _css = bundle("correlation_explorer.css")

    FUNCTIONS = "called as fn(X, K)"

    input = Matrix(np.arange(9.0).reshape(3, 3), most=16)
    """The input X as float64, shape (h, w). Assign a new matrix to change it."""

    kernel = Matrix(np.arange(4.0).reshape(2, 2), most=7)
    """The kernel K as float64, shape (kh, kw), as given: not turned in the mode "convolution"."""

    padding = PerAxis((0, 0), least=0, most=12)
    """Rows and columns of zeros in total, (p_h, p_w): ⌈p/2⌉ above and left, ⌊p/2⌋ below and right."""

    stride = PerAxis((1, 1), least=1, most=8)
    """How far the window moves, (s_h, s_w)."""

    dilation = PerAxis((1, 1), least=1, most=4)
    """The distance between neighbouring kernel entries on the input, (d_h, d_w)."""

    output_padding = PerAxis((0, 0), least=0, most=7)
    """In the mode "transposed": rows and columns more at the end, (a_h, a_w). More than the stride less one becomes
    that."""

    mode = traitlets.Enum(("correlation", "convolution", "transposed"), default_value="correlation").tag(sync=True)
    """What slides: the kernel as it is, or turned by a half turn, or turned over the spread input."""

    step = traitlets.Int(0).tag(sync=True)
    """The output cell on view, from 0, row by row. One past the end becomes the last."""

    predict = traitlets.Bool(False).tag(sync=True)
    """Whether output cells stay hidden until they are predicted."""

    fn = traitlets.Any(None)
    """Your function ``fn(X, K)``, or None. Stays in Python."""

    reads = traitlets.Bool(False).tag(sync=True)
    """Whether the window that your function read is drawn over the right one."""

    _reads: traitlets.TraitType[Any, Any] = traitlets.Dict(None, allow_none=True).tag(sync=True)

    def __init__(
        self,
        input: ArrayLike | None = None,
        kernel: ArrayLike | None = None,
        *,
        padding: int | tuple[int, int] = (0, 0),
        stride: int | tuple[int, int] = (1, 1),
        dilation: int | tuple[int, int] = (1, 1),
        mode: str = "correlation",
        output_padding: int | tuple[int, int] = (0, 0),
        step: int = 0,
        predict: bool = False,
        fn: Callable[..., Any] | None = None,
        reads: bool = False,
        **others: Any,
    ) -> None:
        refuse_unknown(type(self).__name__, others.keys() - {"layout"}, KEYWORDS)
        given = {name: value for name, value in {"input": input, "kernel": kernel}.items() if value is not None}
        super().__init__(
            **given,
            padding=padding,
            stride=stride,
            dilation=dilation,
            mode=mode,
            output_padding=output_padding,
            step=step,
            predict=predict,
            fn=fn,
            reads=reads,
            **others,
        )

    @classmethod
    def case(cls, name: str, transposed: bool = False, **keywords: Any) -> CorrelationExplorer:
        """An explorer of a named case of convolution arithmetic, such as "Half (same) padding".

        `keywords` are the constructor's own, and win over the case's. `ValueError` lists the names that there are.
        """
        return cls(**{**case(name, transposed), **keywords})

    @property
    def output(self) -> Float[ndarray, "oh ow"]:
        """The right output under the settings as they are, shape (oh, ow), float64.

        ``oh = ⌊(h − kh' + p_h + s_h) / s_h⌋`` with ``kh' = d_h (kh − 1) + 1``, and likewise ow; in the mode
        "transposed" ``oh = s_h (h − 1) + kh' − p_h + a_h``. `ValueError` where the kernel does not fit, or the
        padding takes all of it away.
        """
        return self._now().output

    def _ask(self, fn: Callable[..., Any]) -> Answer | None:
        asked = self._question(fn)
        if asked is None:
            return None
        if isinstance(asked, str):
            return Answer("unasked", f"{name_of(fn)} {asked}.")
        return answer_of(fn, asked.X, asked.K, asked.expected, asked.stride, asked.named)

    @property
    def trace(self) -> Trace | None:
        """What your function reads of the X that it is given, for every place that it gives; runs it now.

        None without a function, and where there is no output.
        """
        asked = None if self.fn is None else self._question(self.fn)
        if asked is None:
            return None
        if isinstance(asked, str):
            return Trace(None, None, f"it {asked}")
        return trace_of(self.fn, asked.X, asked.K, asked.named)

    def _now(self) -> Setting:
        return Setting(**{name: getattr(self, name) for name in SETTING})

    def _question(self, fn: Callable[..., Any]) -> Question | str | None:
        """What there is to ask the learner's function, or why it can not be asked; None without an output."""
        return None if self._places() == 0 else question(fn, self._now())

    def _places(self) -> int:
        """How many output cells there are."""
        rows, columns = self._now().shape
        return rows * columns

    @traitlets.validate("output_padding")
    def _below_the_stride(self, proposal: Any) -> tuple[int, int]:
        rows, columns = (min(extra, s - 1) for extra, s in zip(proposal["value"], self.stride, strict=True))
        return rows, columns

    @traitlets.observe("stride")
    def _keep_output_padding(self, _change: Any) -> None:
        self.output_padding = self.output_padding

    @traitlets.validate("step")
    def _within(self, proposal: Any) -> int:
        return max(0, min(int(proposal["value"]), self._places() - 1))

    @traitlets.observe(*SETTING)
    def _keep_step(self, _change: Any) -> None:
        self.step = max(0, min(self.step, self._places() - 1))

    @traitlets.observe(*SETTING)
    def _another_setting(self, _change: Any) -> None:
        self._run()

    def _setting(self) -> list[Any]:
        pairs = map(list, (self.padding, self.stride, self.dilation))
        more = [list(self.output_padding)] if self.mode == "transposed" else []
        return [self.input.tolist(), self.kernel.tolist(), *pairs, self.mode, *more]

    @traitlets.observe(*SETTING, "fn", "reads")
    def _follow(self, change: Any) -> None:
        """Traces the learner's function, if anyone looks at what it reads and it is not traced on this setting."""
        if change["name"] == "fn":
            self._reads = None
        if not self._shown or self.fn is None or not self.reads:
            return
        of = self._setting()
        if self._reads is not None and self._reads["of"] == of:
            return
        found, asked = self.trace, self._question(self.fn)
        if found is None:
            self._reads = None
            return
        stride, bare = (asked.stride, asked.bare) if isinstance(asked, Question) else ((1, 1), False)
        self._reads = {"of": of, "bare": bare, **reads_to_browser(found, stride)}

    def _on_shown(self) -> None:
        super()._on_shown()
        self._follow({"name": "shown"})
