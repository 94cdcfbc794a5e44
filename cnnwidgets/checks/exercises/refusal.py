"""Kernels with other channels than their input: how they are asked about, and the ways not to refuse them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy import ndarray

from cnnwidgets.checks.call import type_name
from cnnwidgets.checks.compare import a_kind
from cnnwidgets.checks.exercise import ANY_WORDS, Candidate, Case, Misconception

EXCEPTION = "the exception "
REFUSED = EXCEPTION + ValueError.__name__
CHANNELS = -3  # the axis of the channels: in X (c, h, w) or (n, c, h, w), in K (c, kh, kw) or (co, ci, kh, kw)


def ask_refusal(candidate: Candidate, X: ndarray, K: ndarray, *others: Any) -> str | None:
    """What becomes of a kernel with other channels than X, in words.

    The same question with as many channels as X comes first: to refuse everything is no answer.
    """
    suited = np.take(K, np.arange(X.shape[CHANNELS]) % K.shape[CHANNELS], axis=CHANNELS)
    if candidate(X, suited, *others) is None:
        return None
    try:
        value = candidate(X, K, *others)
    except NotImplementedError:
        raise
    except ValueError:  # one of a learner's own kinds among them
        return REFUSED
    except Exception as problem:
        return EXCEPTION + type_name(problem)
    return a_kind(value)


def refused(name: str, X: ndarray, K: ndarray, **others: Any) -> Case:
    """A case that asks for a `ValueError`."""
    return Case(name, {"X": X, ("W" if others else "K"): K, **others}, ask_refusal)


def _kernel(case: Case) -> ndarray:
    kernel: ndarray = case.arguments["W" if "W" in case.arguments else "K"]
    return kernel


def _raised(value: Any) -> bool:
    return type(value) is str and value.startswith(EXCEPTION)


def _asked(case: Case) -> bool:
    return case.ask is ask_refusal


#: A kernel that is not refused though all else is right.
NOT_REFUSED = (
    Misconception(
        "one-channel-stretched",
        "A kernel of one channel is accepted",
        "NumPy stretches an axis of length 1 over the other without a word; the layer has to compare the numbers of "
        "channels itself and raise a ValueError",
        fits=lambda case, value: _asked(case) and not _raised(value) and _kernel(case).shape[CHANNELS] == 1,
    ),
    Misconception(
        "other-exception",
        "A kernel with other channels raises another exception than ValueError",
        "whoever calls the function relies on one kind: `raise ValueError(...)` with a sentence that says what is wrong",
        fits=lambda case, value: _asked(case) and _raised(value),
    ),
    Misconception(
        "returned-not-raised",
        "It returns the ValueError",
        "an exception that is returned is a value like any other, and whoever called computes on with it: `raise` it",
        fits=lambda case, value: _asked(case) and value in (a_kind(ValueError()), a_kind(ValueError)),
    ),
    Misconception(
        "channels-not-compared",
        "A kernel with other channels than the input is not always refused",
        "`zip` stops at the shorter one, a loop over one of them leaves the rest of the other out, and a reshape mixes "
        "the numbers; compare the numbers of channels before anything is computed, and raise a ValueError",
        fits=lambda case, value: _asked(case),
    ),
)


def _cut(array: ndarray, channels: int) -> ndarray:
    return np.take(array, range(channels), axis=CHANNELS)


def _sizes(X: ndarray, K: ndarray) -> tuple[int, int]:
    return X.shape[CHANNELS], K.shape[CHANNELS]


def strict(fn: Candidate, exception: type[Exception] = ValueError) -> Candidate:
    """`fn`, and an exception where the channels differ."""

    def style(X: ndarray, K: ndarray, *others: Any) -> Any:
        given, kernel = _sizes(X, K)
        if given != kernel:
            raise exception(ANY_WORDS)
        return fn(X, K, *others)

    return style


def _stretched(fn: Candidate) -> Candidate:
    def style(X: ndarray, K: ndarray, *others: Any) -> Any:
        given, kernel = _sizes(X, K)
        return strict(fn)(X, np.repeat(K, given, axis=CHANNELS) if kernel == 1 else K, *others)

    return style


def _looped(fn: Candidate, length: Callable[[int, int], int]) -> Candidate:
    """As many channels as `length` says, as a loop does: an `IndexError` where there are not so many."""

    def style(X: ndarray, K: ndarray, *others: Any) -> Any:
        channels = length(*_sizes(X, K))
        if channels > min(_sizes(X, K)):
            raise IndexError(ANY_WORDS)
        return fn(_cut(X, channels), _cut(K, channels), *others)

    return style


def styles(fn: Candidate) -> tuple[Candidate, ...]:
    """A function of an input and a kernel that agree on their channels, with all that may happen where they do not.

    Whoever has a misconception about the values may have thought of refusing, or not yet.
    """
    return (
        strict(fn),
        _looped(fn, min),
        _stretched(fn),
        _looped(fn, lambda given, kernel: given),
        _looped(fn, lambda given, kernel: kernel),
        strict(fn, RuntimeError),
    )


def all_styles(*functions: Candidate) -> tuple[Candidate, ...]:
    """`styles` of each."""
    return tuple(style for fn in functions for style in styles(fn))
