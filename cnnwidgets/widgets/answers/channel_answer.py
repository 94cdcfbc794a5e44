"""Runs a learner's function of many channels on what the ChannelExplorer shows."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

import numpy as np
from jaxtyping import Float
from numpy import ndarray

from cnnwidgets import ops
from cnnwidgets.checks.call import Outcome
from cnnwidgets.checks.compare import a_kind
from cnnwidgets.widgets.answers.matrix_answer import name_of
from cnnwidgets.widgets.answers.volume_answer import VolumeAnswer, answer_to, ask

Exercise = Literal["corr2d_multi_in", "corr2d_multi_in_out", "corr2d_1x1", "conv_layer"]
NAMES: tuple[Exercise, ...] = ("corr2d_multi_in", "corr2d_multi_in_out", "corr2d_1x1", "conv_layer")
FUNCTIONS = "a corr2d_multi_in, corr2d_multi_in_out or corr2d_1x1 of (X, K), or a conv_layer of (X, W, b)"


def exercise_of(fn: Callable[..., Any]) -> Exercise | None:
    """Which exercise a function answers: by its own name, or by how many arguments it takes; None for neither."""
    named = getattr(fn, "__name__", "")
    for name in NAMES:
        if named == name:
            return name
    try:
        signature = inspect.signature(fn)
    except (TypeError, ValueError):
        return "corr2d_multi_in_out"
    for count, name in ((3, NAMES[3]), (2, NAMES[1])):
        try:
            signature.bind(*range(count))
        except TypeError:
            continue
        return name
    return None


def channel_answer(
    fn: Callable[..., Any],
    X: Float[ndarray, "ci h w"],
    K: Float[ndarray, "co ck kh kw"],
    b: Float[ndarray, " co"],
    padding: tuple[int, int],
    stride: tuple[int, int],
) -> VolumeAnswer:
    """Asks `fn` what its exercise asks, with X padded, and compares with `ops`.

    Where K has other channels than X (ck ≠ ci) the right answer is a `ValueError`. A `corr2d_multi_in` is asked once
    an output channel; a function that takes no bias is compared without, and `b` is added to the values on show.
    """
    which = exercise_of(fn) or "corr2d_multi_in_out"
    name = name_of(fn)
    if which == "corr2d_1x1" and K.shape[2:] != (1, 1):
        return VolumeAnswer("unasked", f"{name} is for kernels of 1×1: make the kernel 1×1 to run it.")
    padded = np.stack([ops.pad2d(x, *padding) for x in X])
    if K.shape[1] != len(X):
        return _refusal(name, ask(fn, *_arguments(which, padded, K, b)), len(X), K.shape[1])
    if which == "corr2d_multi_in":
        return _added(_by_output(fn, name, padded, K, b, stride), b)
    outcome = ask(fn, *_arguments(which, padded, K, b))
    if which == "conv_layer":
        return answer_to(name, outcome, ops.conv_layer(padded[None], K, b), stride)
    expected = ops.corr2d_multi_in_out(padded, K)
    return _added(answer_to(name, outcome, expected, stride, _no_bias(b)), b)


def _arguments(which: Exercise, X: ndarray, K: ndarray, b: ndarray) -> tuple[ndarray, ...]:
    if which == "conv_layer":
        return X[None], K, b
    return (X, K[0]) if which == "corr2d_multi_in" else (X, K)


def _no_bias(b: ndarray) -> str:
    return "It takes no bias: b is added to what it gives." if b.any() else ""


def _added(answer: VolumeAnswer, b: ndarray) -> VolumeAnswer:
    """The answer with the bias added to the values on show, where they are one table an output channel."""
    if answer.values is None or answer.kind in ("type", "shape"):
        return answer
    return replace(answer, values=answer.values + b[:, None, None])


def _by_output(
    fn: Callable[..., Any], name: str, X: ndarray, K: ndarray, b: ndarray, stride: tuple[int, int]
) -> VolumeAnswer:
    """A `corr2d_multi_in`, asked for every output; the first outcome that is no right shape is the answer."""
    expected = ops.corr2d_multi_in_out(X, K)
    outcomes: list[Outcome] = []
    for number, (of_one, right) in enumerate(zip(K, expected, strict=True), 1):
        outcomes.append(ask(fn, X, of_one))
        answer = answer_to(name, outcomes[-1], right, stride, _no_bias(b))
        if answer.kind in ("type", "shape") or outcomes[-1].error is not None:
            where = f" For output channel {number}." if len(K) > 1 else ""
            return replace(answer, sentence=answer.sentence + where)
    together = Outcome(
        value=np.stack([each.value for each in outcomes]),
        changed=tuple(at for each in outcomes for at in each.changed),
    )
    answer = answer_to(name, together, expected, stride, _no_bias(b))
    return replace(answer, shape=expected[0].shape)


def _refusal(name: str, outcome: Outcome, given: int, kernel: int) -> VolumeAnswer:
    """How a function does that has to refuse a kernel of `kernel` channels for an input of `given`."""
    asked = f"a ValueError is asked for: {kernel} kernel channels do not suit {given} of the input"
    if outcome.raised is not None and outcome.raised[0] == "ValueError":
        text = outcome.raised[1]
        if "broadcast" in text or "mismatch in its core dimension" in text:
            # NumPy happened to stop: with a kernel of one channel it would not have.
            note = "It is NumPy that stops here; for a kernel of one channel it would not. Compare them yourself."
            return VolumeAnswer("right", f"{name} refuses it with a ValueError. {note}")
        return VolumeAnswer("right", f"{name} refuses it with a ValueError, as it should.")
    if outcome.error is not None:
        return VolumeAnswer("error", f"{name} {outcome.error.rstrip('.')}. But {asked}.")
    value = outcome.value
    shape = value.shape if type(value) is ndarray else None
    what = f"an array of the shape {shape}" if shape is not None else a_kind(value)
    why = (
        " NumPy stretched the one channel over all the others." if 1 in (given, kernel) and shape is not None else ""
    )
    return VolumeAnswer("type", f"{name} gave {what}, where {asked}.{why}", shape)
