"""CorrelationExplorer: cross-correlation and convolution, one window at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import traitlets
from jaxtyping import Float
from numpy import ndarray
from numpy.typing import ArrayLike

from cnnwidgets import ops
from cnnwidgets.tracing import Trace
from cnnwidgets.widgets.answers.matrix_answer import Answer, answer_of, name_of
from cnnwidgets.widgets.answers.reads import reads_to_browser, trace_of
from cnnwidgets.widgets.base import Explorer, bundle, refuse_unknown
from cnnwidgets.widgets.traits.matrix import Matrix, PerAxis

SETTING = ("input", "kernel", "padding", "stride", "dilation", "mode")
KEYWORDS = (*SETTING, "step", "predict", "fn", "reads", "layout")


class CorrelationExplorer(Explorer):
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
        ``"correlation"``, or ``"convolution"``, which slides the kernel turned by a half turn.
    step
        The output cell on view, counted from 0 row by row; later cells are still blank.
    predict
        Whether a cell stays hidden until the learner has predicted it.
    fn
        A function of yours, ``fn(X, K)``, such as your `corr2d`; its result is compared with the right one and
        every cell that differs is marked. It gets X with its zeros around and K with its zeros between, and every
        stride-th row and column of its result counts, so that a plain `corr2d` works under all settings (in the
        mode "convolution", a `convolve2d`). It runs only once the widget is on show.
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

    Source: the slides on cross-correlation, padding and stride, and correlation against convolution.
    """

    _esm = bundle("correlation_explorer.js")
    _css = bundle("correlation_explorer.css")

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

    mode = traitlets.Enum(("correlation", "convolution"), default_value="correlation").tag(sync=True)
    """What slides: the kernel as it is, or turned by a half turn."""

    step = traitlets.Int(0).tag(sync=True)
    """The output cell on view, from 0, row by row. One past the end becomes the last."""

    predict = traitlets.Bool(False).tag(sync=True)
    """Whether output cells stay hidden until they are predicted."""

    fn = traitlets.Any(None)
    """Your function ``fn(X, K)``, or None. Stays in Python."""

    reads = traitlets.Bool(False).tag(sync=True)
    """Whether the window that your function read is drawn over the right one."""

    _fn_name = traitlets.Unicode("").tag(sync=True)
    _answer: traitlets.TraitType[Any, Any] = traitlets.Dict(None, allow_none=True).tag(sync=True)
    _reads: traitlets.TraitType[Any, Any] = traitlets.Dict(None, allow_none=True).tag(sync=True)
    _predictions = traitlets.Dict({"right": 0, "tried": 0, "shown": 0, "of": "", "cells": {}}).tag(sync=True)

    def __init__(
        self,
        input: ArrayLike | None = None,
        kernel: ArrayLike | None = None,
        *,
        padding: int | tuple[int, int] = (0, 0),
        stride: int | tuple[int, int] = (1, 1),
        dilation: int | tuple[int, int] = (1, 1),
        mode: str = "correlation",
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
            step=step,
            predict=predict,
            fn=fn,
            reads=reads,
            **others,
        )

    @property
    def output(self) -> Float[ndarray, "oh ow"]:
        """The right output under the settings as they are, shape (oh, ow), float64.

        ``oh = ⌊(h − kh' + p_h + s_h) / s_h⌋`` with ``kh' = d_h (kh − 1) + 1``, and likewise ow.
        `ValueError` where the kernel does not fit.
        """
        return ops.corr2d_windowed(self.input, self._sliding(), self.padding, self.stride, self.dilation)

    @property
    def answer(self) -> Answer | None:
        """What your function gives here, compared with the right output; runs it now.

        None without a function, and where the kernel does not fit.
        """
        if self.fn is None or self._places() == 0:
            return None
        X = ops.pad2d(self.input, *self.padding)
        K = ops.dilate_kernel(self.kernel, *self.dilation)
        expected = ops.corr2d(X, ops.half_turn(K) if self.mode == "convolution" else K)
        return answer_of(self.fn, X, K, expected, self.stride)

    @property
    def trace(self) -> Trace | None:
        """What your function reads here: of X with its zeros around, for every place at stride 1; runs it now.

        None without a function, and where the kernel does not fit.
        """
        if self.fn is None or self._places() == 0:
            return None
        return trace_of(self.fn, ops.pad2d(self.input, *self.padding), ops.dilate_kernel(self.kernel, *self.dilation))

    @property
    def tally(self) -> tuple[int, int]:
        """Predictions so far: how many were right, of how many."""
        predictions: dict[str, Any] = self._predictions
        return predictions["right"], predictions["tried"]

    def _sliding(self) -> Float[ndarray, "kh kw"]:
        return ops.half_turn(self.kernel) if self.mode == "convolution" else self.kernel

    def _places(self) -> int:
        """How many output cells there are."""
        along = (
            ops.output_size(
                self.input.shape[a], self.kernel.shape[a], self.padding[a], self.stride[a], self.dilation[a]
            )
            for a in (0, 1)
        )
        return int(np.prod(list(along)))

    @traitlets.validate("step")
    def _within(self, proposal: Any) -> int:
        return max(0, min(int(proposal["value"]), self._places() - 1))

    @traitlets.validate("fn")
    def _callable(self, proposal: Any) -> Any:
        fn = proposal["value"]
        if fn is not None and not callable(fn):
            raise traitlets.TraitError(f"fn must be a function fn(X, K), not {type(fn).__name__}.")
        return fn

    @traitlets.observe("input", "kernel", "padding", "stride", "dilation")
    def _keep_step(self, _change: Any) -> None:
        self.step = max(0, min(self.step, self._places() - 1))

    @traitlets.observe(*SETTING, "fn")
    def _run(self, change: Any) -> None:
        """Runs the learner's function again, if anyone is looking and it has not run on this very setting."""
        if change["name"] == "fn":
            self._fn_name = "" if self.fn is None else name_of(self.fn)
            self._answer = None
        if not getattr(self, "_shown", False) or self.fn is None:
            return
        of = self._setting()
        if self._answer is not None and self._answer["of"] == of:
            return
        answer = self.answer
        self._answer = None if answer is None else {"of": of, **answer.to_browser()}

    def _setting(self) -> list[Any]:
        """All that an answer depends on, as plain values."""
        pairs = map(list, (self.padding, self.stride, self.dilation))
        return [self.input.tolist(), self.kernel.tolist(), *pairs, self.mode]

    @traitlets.observe(*SETTING, "fn", "reads")
    def _follow(self, change: Any) -> None:
        """Traces the learner's function, if anyone looks at what it reads and it is not traced on this setting."""
        if change["name"] == "fn":
            self._reads = None
        if not getattr(self, "_shown", False) or self.fn is None or not self.reads:
            return
        of = self._setting()
        if self._reads is not None and self._reads["of"] == of:
            return
        found = self.trace
        self._reads = None if found is None else {"of": of, **reads_to_browser(found, self.stride)}

    def _on_shown(self) -> None:
        self._run({"name": "shown"})
        self._follow({"name": "shown"})
