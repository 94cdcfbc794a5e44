"""`pool2d_layer`: pooling with channels, padding per side, a stride, and two ways to count a mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy import ndarray

from cnnwidgets.checks.exercise import Exercise, Misconception
from cnnwidgets.checks.exercises import variants as v
from cnnwidgets.checks.exercises.padding import bottom, top
from cnnwidgets.checks.exercises.pooling import FINITE_LOW, LOWS, from_at_least
from cnnwidgets.checks.exercises.pooling import REDUCTIONS as OF_WINDOWS
from cnnwidgets.checks.exercises.pooling_cases import layer_cases, random_layers
from cnnwidgets.checks.exercises.pooling_wrong import at, layer, padded_by_hand, set_to, with_result
from cnnwidgets.ops import pool2d_layer


def _reduction(key: str) -> Misconception:
    """The slip inside a window that `pool2d` knows under the same key, in a layer."""
    _, title, why, pairs = next(entry for entry in OF_WINDOWS if entry[0] == key)
    return Misconception(key, title, why, tuple(layer(largest=largest, mean=mean) for largest, mean in pairs))


def _mode(key: str, mode: Callable[[str], str]) -> Misconception:
    _, title, why, _ = next(entry for entry in OF_WINDOWS if entry[0] == key)
    return Misconception(key, title, why, (at(mode=mode),))


def _over_channels(keep: bool) -> Callable[..., ndarray]:
    def fn(X: ndarray, *settings: Any, **named: Any) -> ndarray:
        Y = pool2d_layer(X, *settings, **named)
        reduced: ndarray = (Y.mean if named.get("mode") == "avg" else Y.max)(axis=0, keepdims=keep)
        return reduced

    return fn


def _first_channel(change: Callable[[ndarray, int], ndarray]) -> Callable[..., ndarray]:
    return lambda X, *settings, **named: change(pool2d_layer(X[:1], *settings, **named), len(X))


PADDING_WHY = "`padding` is (rows, columns), added on each of the two sides"
DIVISOR_WHY = "where a window hangs over the edge, `count_include_pad` says whether its padding counts"

POOL2D_LAYER = Exercise(
    "pool2d_layer",
    pool2d_layer,
    layer_cases,
    random_layers,
    (
        Misconception(
            "max-padded-with-zero",
            "The maximum is taken over zeros",
            "where all values are negative, a 0 in the padding is larger than any of them; what can never win?",
            (padded_by_hand(lambda p: (p, p), low=0.0),),
        ),
        Misconception(
            *FINITE_LOW,
            (
                *(padded_by_hand(lambda p: (p, p), low=low) for low in LOWS),
                *(layer(largest=from_at_least(low)) for low in LOWS),
            ),
        ),
        Misconception(
            "average-padded-with-infinity",
            "The mean is taken over −∞",
            "what can never be the largest must not be added up: the mean needs another padding than the maximum",
            (layer(mean_fill=-np.inf),),
        ),
        Misconception(
            "divisor-always-window",
            "The mean is always divided by the size of the window",
            DIVISOR_WHY,
            (at(count_include_pad=set_to(True)),),
        ),
        Misconception(
            "divisor-always-valid",
            "The mean is always divided by the cells that lie on the input",
            DIVISOR_WHY,
            (at(count_include_pad=set_to(False)),),
        ),
        Misconception(
            "divisors-exchanged",
            "The two divisors are exchanged",
            "`count_include_pad=True` means that the padding counts",
            (at(count_include_pad=lambda counted: not counted),),
        ),
        Misconception(
            "stride-one-by-default",
            "Without a stride the window moves by one cell",
            "a pooling layer that is given no stride takes its window's size",
            (at(stride=lambda s: s or (1, 1)),),
        ),
        Misconception(
            "stride-ignored",
            "The stride is not used",
            "the window's size is the stride only where none is given",
            (at(stride=set_to(None)), at(stride=set_to((1, 1)))),
        ),
        Misconception(
            "stride-on-one-axis",
            "One stride serves for both axes, or one axis has none",
            "the first stride is for moving down, the second for moving right",
            tuple(
                layer(step=step)
                for step in (
                    lambda s: (s[0], 1),
                    lambda s: (1, s[1]),
                    lambda s: (s[0], s[0]),
                    lambda s: (s[1], s[1]),
                )
            ),
        ),
        Misconception(
            "stride-swapped",
            "The two strides are exchanged",
            "the first is for moving down, from row to row; the second is for moving right",
            (at(stride=lambda s: s and s[::-1]), layer(step=lambda s: (s[1], s[0]))),
        ),
        Misconception(
            "window-swapped",
            "The window's height and width are exchanged",
            "pool_size gives rows first, then columns",
            (at(pool_size=lambda size: size[::-1]), layer(window=lambda size: (size[1], size[0]))),
        ),
        Misconception(
            "total-for-per-side",
            "The padding is taken for a total",
            "pooling counts padding per side, as PyTorch does; `pad2d` of the last assignment counts the total",
            (padded_by_hand(top), padded_by_hand(bottom), padded_by_hand(lambda p: (p // 2, p // 2))),
        ),
        Misconception(
            "padded-on-one-side",
            "The padding is on one side only",
            PADDING_WHY,
            tuple(
                padded_by_hand(sides)
                for sides in (lambda p: (p, 0), lambda p: (0, p), lambda p: (2 * p, 0), lambda p: (0, 2 * p))
            ),
        ),
        Misconception(
            "padding-swapped",
            "Rows and columns of padding are exchanged",
            PADDING_WHY,
            (at(padding=lambda p: p[::-1]),),
        ),
        Misconception(
            "padding-on-one-axis",
            "One number serves for both axes, or one axis has no padding",
            PADDING_WHY,
            tuple(
                at(padding=p)
                for p in (
                    lambda p: (p[0], 0),
                    lambda p: (0, p[1]),
                    lambda p: (p[0], p[0]),
                    lambda p: (p[1], p[1]),
                )
            ),
        ),
        Misconception(
            "padding-ignored",
            "There is no padding",
            PADDING_WHY,
            (at(padding=set_to((0, 0))),),
        ),
        Misconception(
            "over-channels",
            "It pools over the channels as well",
            "each channel is pooled by itself: as many come out as go in",
            (_over_channels(False), _over_channels(True)),
        ),
        Misconception(
            "first-channel-only",
            "Only the first channel is pooled",
            "each channel is pooled by itself, and all of them are returned",
            (
                _first_channel(lambda Y, c: Y[0]),
                _first_channel(lambda Y, c: Y),
                _first_channel(lambda Y, c: np.repeat(Y, c, axis=0)),
            ),
        ),
        _mode("always-max", set_to("max")),
        _mode("always-avg", set_to("avg")),
        _mode("modes-exchanged", lambda mode: "avg" if mode == "max" else "max"),
        *map(_reduction, ("sum-for-mean", "median-for-mean", "min-for-max", "absolute-max", "max-starts-at-zero")),
        Misconception(
            "ceil-for-floor",
            "The last window hangs over the end",
            "where the stride does not divide, what is left over is too short for another place: the size is rounded down",
            (
                layer(starts=lambda n, k, s: range(0, -(-(n - k) // s) * s + 1, s)),
                layer(starts=lambda n, k, s: range(0, n, s)),
            ),
        ),
        Misconception(
            "output-too-small",
            "The output is one row and one column too small",
            "the first place counts as well, before any move",
            (with_result(lambda Y: Y[:, :-1, :-1]),),
        ),
        Misconception(
            "integer-truncation",
            "Fractions are lost",
            "the values were cut to whole numbers, as happens in an array made with dtype=int",
            (with_result(v.truncated),),
        ),
    ),
    source="The slide on pooling with padding, stride and channels.",
)

EXERCISES = (POOL2D_LAYER,)
