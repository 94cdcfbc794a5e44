"""The bank's answers: right ones read the right windows or are untraced; misplaced windows show, by values or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any

import numpy as np
import pytest
from numpy import ndarray

from cnnwidgets import ops
from cnnwidgets.tracing import trace
from tests.bank import Answer, answers

RNG = np.random.default_rng(11)


def numbers(*shape: int) -> ndarray:
    """Numbers of both signs, none of them near 0."""
    return RNG.uniform(1, 2, shape) * RNG.choice([-1, 1], shape)


# What each exercise's function is called with; no two axes are alike.
CALLS: dict[str, list[tuple[Any, ...]]] = {
    "corr2d": [(numbers(5, 7), numbers(2, 3)), (numbers(6, 4), numbers(3, 1))],
    "convolve2d": [(numbers(5, 7), numbers(2, 3))],
    "corr2d_full": [(numbers(4, 5), numbers(2, 3))],
    "convolve2d_full": [(numbers(4, 5), numbers(2, 3))],
    "pad2d": [(numbers(3, 4), 3, 2), (numbers(2, 3), 4, 1)],
    "corr2d_strided": [
        (numbers(5, 6), numbers(2, 3), (0, 0), (2, 3)),
        (numbers(4, 6), numbers(3, 2), (3, 1), (2, 1)),
        (numbers(7, 8), numbers(2, 3), (1, 4), (3, 2)),
    ],
    "pool2d": [(numbers(5, 6), (2, 3), "max"), (numbers(4, 6), (3, 2), "avg")],
    "pool2d_layer": [
        (numbers(2, 5, 7), (2, 3)),
        (numbers(3, 7, 4), (3, 2), (1, 1), (2, 1), "avg"),
        (numbers(2, 6, 5), (3, 2), (1, 0), (2, 1), "avg"),
    ],
    "local2d": [(numbers(4, 6), numbers(3, 3), 1.5)],
    "corr2d_multi_in": [(numbers(3, 4, 5), numbers(3, 2, 1))],
    "corr2d_multi_in_out": [(numbers(3, 4, 5), numbers(2, 3, 2, 1))],
    "corr2d_1x1": [(numbers(3, 4, 5), numbers(2, 3, 1, 1))],
    "conv_layer": [(numbers(2, 3, 4, 5), numbers(4, 3, 2, 1), numbers(4))],
}
BANK = [answer for answer in answers() if answer.exercise in CALLS]
RIGHT = [answer for answer in BANK if answer.label is None]

# Right by multiplying everything, most of it by 0: what is read is more than what is needed.
READ_MORE = {"local2d-right-dense"}

# Styles that leave NumPy or let values decide, and so can not be followed.
UNTRACED = {"by_fft", "in_torch", "in_scipy", "by_ndimage", "cut_out_of_full", "scipy_default", "search_by_hand"}
UNTRACED |= {"transposed_convolution", "scipy_in_three_dimensions", "channel_by_channel", "module", "unfolded"}


def label(arguments: tuple[Any, ...]) -> str:
    return " ".join(str(a.shape if isinstance(a, ndarray) else a) for a in arguments)


@cache
def needed(exercise: str, number: int) -> ndarray:
    """Which input elements each output needs, found without a trace: change one, and see which outputs change.

    Every operation here is linear in X with weights that are not 0; for the maximum, the mean has its windows.
    """
    X, *rest = CALLS[exercise][number]
    mean = {"mode": "avg"} if exercise.startswith("pool") else {}
    rest = [each for each in rest if not isinstance(each, str)]
    fn: Callable[..., ndarray] = partial(getattr(ops, exercise), **mean)
    before = fn(X, *rest)
    reads = np.zeros((*before.shape, *X.shape), bool)
    for place in np.ndindex(X.shape):
        changed = X.copy()
        changed[place] += 1
        reads[(..., *place)] = np.abs(fn(changed, *rest) - before) > 1e-9
    return reads


def cases(those: list[Answer]) -> Iterator[Any]:
    for answer in those:
        for number, arguments in enumerate(CALLS[answer.exercise]):
            yield pytest.param(answer, number, id=f"{answer.name} {label(arguments)}")


@pytest.mark.parametrize(("answer", "number"), cases(RIGHT))
def test_a_right_answer_reads_the_right_windows(answer: Answer, number: int) -> None:
    found = trace(answer.candidate)(*CALLS[answer.exercise][number])
    right = needed(answer.exercise, number)
    if answer.candidate.__name__ in UNTRACED:
        assert found.untraced and found.reads is None
        return
    assert found.untraced is None
    assert found.reads is not None
    if answer.name in READ_MORE:
        assert (found.reads >= right).all() and found.reads.sum() > right.sum()
    else:
        np.testing.assert_array_equal(found.reads, right)


def test_most_styles_can_be_followed() -> None:
    followed = [answer for answer in RIGHT if answer.candidate.__name__ not in UNTRACED]
    assert len(followed) >= 60
    used = {answer.candidate.__name__ for answer in RIGHT}
    assert used >= UNTRACED, UNTRACED - used


# The misconceptions that put a window in another place, or give it another form; the others change what is done
# with what was read.
MISPLACED = {
    *("transposed-kernel", "transposed-output", "windows-apart", "output-too-small", "last-left-zero", "full-output"),
    *("same-size-output", "valid-part", "padded-too-far", "padded-on-one-side", "padding-swapped", "edge-padding"),
    *("output-turned", "output-flipped", "input-flipped", "quarter-turn", "transposed-not-turned"),
    *("per-side-for-total", "odd-row-below", "odd-row-lost", "odd-row-doubled", "padding-on-one-axis"),
    *("padding-ignored", "stride-ignored", "stride-on-one-axis", "stride-swapped", "stride-is-the-kernel"),
    *("dilated", "stride-starts-late", "ceil-for-floor", "zeros-only", "hard-coded", "window-swapped"),
    *("stride-one-by-default", "total-for-per-side", "over-channels", "first-channel-only", "last-channel-only"),
    *("not-centred", "too-large", "last-offset-missed", "wraps-around", "neighbours-not-read"),
    *("border-left-out", "swapped-sizes", "same-example-everywhere", "batch-summed", "outputs-summed"),
    *("input-reshaped-wrong", "reshaped-for-transposed", "sizes-swapped"),
}
# Wrong weights or repeated elements, and yet the same set of elements.
SAME_SET = {
    *(f"{name}-edge-padding" for name in ("corr2d_full", "convolve2d_full", "corr2d_strided")),
    *("local2d-transposed-kernel", "corr2d_1x1-reshaped-for-transposed-kernel_reshaped"),
}
WRONG = [
    answer
    for answer in BANK
    if answer.label in MISPLACED and not any(answer.name.startswith(same) for same in SAME_SET)
]


@pytest.mark.parametrize("answer", WRONG, ids=lambda answer: answer.name)
def test_a_misplaced_window_shows(answer: Answer) -> None:
    """In one of the calls at least the picture is another one, unless the answer is untraced (or does not run)."""
    differs, followed = False, False
    for number, arguments in enumerate(CALLS[answer.exercise]):
        right = needed(answer.exercise, number)
        try:
            found = trace(answer.candidate)(*arguments)
        except Exception:  # the learner's own
            continue
        if found.reads is not None:
            followed = True
            differs |= found.reads.shape != right.shape or not np.array_equal(found.reads, right)
    assert differs or not followed


def test_misplaced_windows_are_there_in_number() -> None:
    assert len(WRONG) >= 120
    assert {answer.label for answer in WRONG} == MISPLACED


def windows_at(rows: Callable[[int], int], columns: Callable[[int], int], turned: bool = False) -> Callable[..., Any]:
    """A `corr2d` of the right shape whose window for (i, j) starts at (rows(i), columns(j))."""

    def fn(X: ndarray, K: ndarray) -> ndarray:
        h, w = K.shape
        Y = np.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))
        for i in range(Y.shape[0]):
            for j in range(Y.shape[1]):
                r, c = (rows(j), columns(i)) if turned else (rows(i), columns(j))
                taken = X[np.arange(r, r + h) % X.shape[0]][:, np.arange(c, c + w) % X.shape[1]]
                Y[i, j] = np.sum(taken * K)
        return Y

    return fn


PLANTED = {
    "off by one row": windows_at(lambda i: i + 1, lambda j: j),
    "off by one column": windows_at(lambda i: i, lambda j: j - 1),
    "a stride of two": windows_at(lambda i: 2 * i, lambda j: j),
    "a stride of the kernel's width": windows_at(lambda i: i, lambda j: 2 * j),
    "padded by one": windows_at(lambda i: i - 1, lambda j: j - 1),
    "transposed": windows_at(lambda i: i, lambda j: j, turned=True),
}


@pytest.mark.parametrize("name", PLANTED)
def test_the_picture_differs_where_the_values_do_not(name: str) -> None:
    """On an input that is the same everywhere no value gives the error away."""
    X, K = np.ones((5, 5)), np.arange(1.0, 5).reshape(2, 2)
    fn = PLANTED[name]
    right = ops.corr2d(X, K)
    found = trace(fn)(X, K)
    np.testing.assert_array_equal(found.output, right)
    reads = trace(ops.corr2d)(X, K).reads
    assert found.reads is not None and reads is not None
    assert found.reads.shape == reads.shape
    assert not np.array_equal(found.reads, reads)


def test_the_right_one_planted_the_same_way_is_right() -> None:
    X, K = np.ones((5, 6)), np.arange(1.0, 7).reshape(2, 3)
    fn = windows_at(lambda i: i, lambda j: j)
    np.testing.assert_array_equal(trace(fn)(X, K).reads, trace(ops.corr2d)(X, K).reads)


def test_in_words() -> None:
    X, K = np.ones((5, 6)), np.ones((2, 3))
    assert trace(ops.corr2d)(X, K).text(1, 2) == "rows 1–2, columns 2–4"
    found = trace(PLANTED["off by one row"])(X, K)
    assert found.text(1, 2) == "rows 2–3, columns 2–4"
    assert found.window(1, 2).sum() == 6
    with pytest.raises(ValueError, match="the output has 2 axes"):
        found.window(1)
    diagonal = trace(lambda X: np.diag(X)[:3].sum())(X)
    assert diagonal.text() == "3 elements within rows 0–2, columns 0–2"
    assert trace(lambda X: X[::2, 1])(X).text(1) == "row 2, column 1"
    assert trace(lambda X: X[::2, :1].sum())(X).text() == "rows 0, 2, 4, column 0"
