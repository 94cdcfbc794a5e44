"""What the explorer asks a learner's function under a setting: its arguments, and the right answer to them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jaxtyping import Float
from numpy import ndarray

from cnnwidgets import ops

Pair = tuple[int, int]


@dataclass(frozen=True)
class Setting:
    """All that the output depends on; padding is *total*, output padding counts in the mode "transposed" alone."""

    input: Float[ndarray, "h w"]
    kernel: Float[ndarray, "kh kw"]
    padding: Pair
    stride: Pair
    dilation: Pair
    output_padding: Pair
    mode: str

    @property
    def shape(self) -> Pair:
        """Rows and columns of the output; 0 where nothing is left, or the kernel does not fit."""
        size = ops.transposed_size if self.mode == "transposed" else ops.output_size
        more = (self.output_padding,) if self.mode == "transposed" else ()
        along = zip(self.input.shape, self.kernel.shape, self.padding, self.stride, self.dilation, *more, strict=True)
        rows, columns = (size(*axis) for axis in along)
        return rows, columns

    @property
    def output(self) -> Float[ndarray, "oh ow"]:
        """The right output; `ValueError` where there is none."""
        settings = self.padding, self.stride, self.dilation
        if self.mode == "transposed":
            return ops.corr2d_transposed(self.input, self.kernel, *settings, self.output_padding)
        sliding = ops.half_turn(self.kernel) if self.mode == "convolution" else self.kernel
        return ops.corr2d_windowed(self.input, sliding, *settings)


@dataclass(frozen=True)
class Question:
    """One call ``fn(X, K, **named)``, and what comes of it where all is right."""

    X: Float[ndarray, "xh xw"]
    K: Float[ndarray, "kh kw"]
    named: dict[str, Pair]
    expected: Float[ndarray, "fh fw"]
    stride: Pair
    """Every so many rows and columns of the result count."""
    bare: bool
    """Whether X is the input as it is, without the zeros that the widget draws around (and between) it."""


def question(fn: Callable[..., Any], setting: Setting) -> Question | str:
    """What to ask `fn`, or a sentence's end that says why it is not asked.

    A parameter called padding, stride, dilation or output_padding gets that setting. What `fn` does not take is done
    for it: zeros around X, zeros between the entries of K, and every stride-th place of the result. So a plain
    ``corr2d(X, K)`` can be asked under every setting. In the mode "transposed" an `fn` that takes a stride is a
    transposed convolution and gets X as it is; any other gets X spread and padded, for a plain `convolve2d`.
    """
    takes = _parameters(fn)
    names = ("padding", "stride", "dilation")
    given: dict[str, Pair] = {name: getattr(setting, name) for name in names if name in takes}
    K = setting.kernel if "dilation" in takes else ops.dilate_kernel(setting.kernel, *setting.dilation)
    if setting.mode != "transposed":
        X = setting.input if "padding" in takes else ops.pad2d(setting.input, *setting.padding)
        left = (1, 1) if "stride" in takes else setting.stride
        sliding = ops.half_turn(setting.kernel) if setting.mode == "convolution" else setting.kernel
        stride = setting.stride if "stride" in takes else (1, 1)
        expected = ops.corr2d_windowed(setting.input, sliding, setting.padding, stride, setting.dilation)
        return Question(X, K, given, expected, left, "padding" in takes)
    if "stride" not in takes:
        geometry = setting.padding, setting.stride, setting.dilation, setting.output_padding
        X = ops.spread2d(setting.input, setting.kernel.shape, *geometry)
        K = ops.dilate_kernel(setting.kernel, *setting.dilation)
        return Question(X, K, {}, ops.convolve2d(X, K), (1, 1), False)
    if "output_padding" in takes:
        given["output_padding"] = setting.output_padding
    for name in ("padding", "output_padding"):
        if name not in takes and any(getattr(setting, name)):
            return f"takes no `{name}`: set it to 0 to run it here"
    return Question(setting.input, K, given, setting.output, (1, 1), True)


def _parameters(fn: Callable[..., Any]) -> frozenset[str]:
    try:
        return frozenset(inspect.signature(fn).parameters)
    except (TypeError, ValueError):  # some built-in functions have none to show
        return frozenset()
