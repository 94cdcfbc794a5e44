"""What `pool2d_layer` is asked: inputs with channels, paddings, strides, two divisors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy import ndarray

from cnnwidgets.checks.exercise import Case
from cnnwidgets.checks.exercises.draw import image
from cnnwidgets.checks.exercises.pooling import MIXED, RAMP, SIGNED

Pair = tuple[int, int]


def _case(name: str, X: ndarray, pool_size: Pair, **settings: Any) -> Case:
    """A case that names its settings, as a notebook does."""

    def ask(candidate: Any, X: ndarray, pool_size: Pair, *values: Any) -> Any:
        return candidate(X, pool_size, **dict(zip(settings, values, strict=True)))

    return Case(name, {"X": X, "pool_size": pool_size, **settings}, ask)


NEGATIVE = np.stack([SIGNED, SIGNED[::-1, ::-1] - 1.5])  # (2, 3, 4)
VOLUME = np.stack([np.column_stack([MIXED, -MIXED[::-1, 0]]), np.column_stack([MIXED[::-1, 1], -MIXED])])  # (2, 4, 6)
LARGER = np.concatenate([VOLUME, VOLUME[:, :1, ::-1] + 0.5], axis=1).transpose(0, 2, 1)  # (2, 6, 5)


def layer_cases() -> Sequence[Case]:
    """Fixed cases; the padding is never more than half of the window, as PyTorch asks."""
    return [
        _case("the worked example, one channel", RAMP[None], (2, 2), stride=(1, 1)),
        _case("negative numbers", NEGATIVE, (2, 1), stride=(1, 1), mode="max"),
        _case("negative numbers, padded", NEGATIVE, (3, 2), padding=(1, 1), mode="max"),
        _case("far below zero, padded", 1e6 * NEGATIVE, (3, 2), padding=(1, 1), mode="max"),
        _case("a mean over padding", NEGATIVE, (3, 2), padding=(1, 1), mode="avg"),
        _case("a mean that counts X alone", NEGATIVE, (3, 2), padding=(1, 1), mode="avg", count_include_pad=False),
        _case("nothing but a window", VOLUME, (2, 3)),
        _case("a window that does not divide", VOLUME, (3, 4)),
        _case("padding below and above alone", VOLUME, (2, 3), padding=(1, 0)),
        _case("a mean with strides", VOLUME, (2, 3), stride=(1, 2), mode="avg"),
        _case("strides that do not divide", LARGER, (3, 2), stride=(4, 2), mode="max"),
        _case("all of it, maximum", LARGER, (3, 4), padding=(1, 2), stride=(2, 3), mode="max"),
        _case("all of it, mean", LARGER, (3, 4), padding=(1, 2), stride=(2, 3), mode="avg", count_include_pad=False),
    ]


KINDS: tuple[dict[str, Any], ...] = (
    {"mode": "max"},
    {"mode": "max", "stride": None},
    {"mode": "avg", "stride": None, "count_include_pad": True},
    {"mode": "avg", "stride": None, "count_include_pad": False},
    {"mode": "avg"},
)


def random_layers(rng: np.random.Generator) -> Sequence[Case]:
    """Larger inputs, either mode, either divisor, a stride or none."""
    cases = []
    for number, kind in enumerate(KINDS):
        drawn = _draw(rng, kind)
        while not _sees_the_input(*drawn):
            drawn = _draw(rng, kind)
        (h, w), window, padding, stride = drawn
        settings = {**kind, "stride": stride} if "stride" in kind else kind
        X = image(rng, int(rng.choice([2, 3])), h, w)
        cases.append(_case(f"random case {number + 1}", X, window, padding=padding, **settings))
    return cases


def _draw(rng: np.random.Generator, kind: dict[str, Any]) -> tuple[Pair, Pair, Pair, Pair]:
    """Size, window, padding and stride; each has two different numbers."""

    def pair(*choice: int) -> Pair:
        first, second = rng.permutation(choice)[:2].tolist()
        return first, second

    size, window = pair(6, 7, 8, 9), pair(2, 3, 4, 5)
    padding = pair(0, 1) if min(window) < 4 else pair(1, 2)
    return size, window, padding, pair(1, 2, 3) if "stride" in kind else window


def _sees_the_input(*drawn: Pair) -> bool:
    """Whether also a window that hangs over the end would hold a cell of X, and not padding alone."""
    axes = zip(*drawn, strict=True)
    return all(max(-(-(n + 2 * p - k) // s) * s, (n + 2 * p - 1) // s * s) < n + p for n, k, p, s in axes)
