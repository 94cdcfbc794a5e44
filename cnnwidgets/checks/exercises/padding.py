"""`pad2d`: zeros around an input, counted as a total per axis."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy import ndarray

from cnnwidgets.checks.exercise import Case, Exercise, Misconception
from cnnwidgets.checks.exercises import variants as v
from cnnwidgets.checks.exercises.draw import image
from cnnwidgets.ops import pad2d

Sides = tuple[int, int]  # rows before and after, or columns
Split = Callable[[int, int], tuple[Sides, Sides]]  # from the two totals to the rows and columns on each side
Pad = Callable[[ndarray, int, int], ndarray]


def top(p: int) -> Sides:
    """The course's way: the odd row before."""
    return p - p // 2, p // 2


def bottom(p: int) -> Sides:
    """The other way: the odd row behind."""
    return p // 2, p - p // 2


def _both(side: Callable[[int], int]) -> Split:
    return lambda p_h, p_w: ((side(p_h),) * 2, (side(p_w),) * 2)


#: The ways to lay a total of rows and columns on the wrong places, by the key of the misconception.
SPLITS: dict[str, tuple[Split, ...]] = {
    "per-side-for-total": (_both(lambda p: p),),
    "odd-row-below": (
        lambda p_h, p_w: (bottom(p_h), bottom(p_w)),
        lambda p_h, p_w: (top(p_h), bottom(p_w)),
        lambda p_h, p_w: (bottom(p_h), top(p_w)),
    ),
    "odd-row-lost": (_both(lambda p: p // 2),),
    "odd-row-doubled": (_both(lambda p: p - p // 2),),
    "padded-on-one-side": (
        lambda p_h, p_w: ((p_h, 0), (p_w, 0)),
        lambda p_h, p_w: ((0, p_h), (0, p_w)),
        lambda p_h, p_w: ((top(p_h)[0], 0), (top(p_w)[0], 0)),
        lambda p_h, p_w: ((0, p_h // 2), (0, p_w // 2)),
    ),
    "padding-swapped": (lambda p_h, p_w: (top(p_w), top(p_h)),),
    "padding-on-one-axis": (
        lambda p_h, p_w: (top(p_h), (0, 0)),
        lambda p_h, p_w: ((0, 0), top(p_w)),
        lambda p_h, p_w: (top(p_h), top(p_h)),
        lambda p_h, p_w: (top(p_w), top(p_w)),
    ),
    "padding-ignored": (lambda p_h, p_w: ((0, 0), (0, 0)),),
}


def split_misconceptions(variant: Callable[[Split], Any]) -> tuple[Misconception, ...]:
    """Rows and columns in the wrong places; `variant(split)` is the wrong function that splits so."""
    words = {
        "per-side-for-total": (
            "The padding is put on each side",
            "p is the total here: both sides together get p rows",
        ),
        "odd-row-below": (
            "The odd row or column is on the other side",
            "where the total is odd, the course puts the larger half on top and on the left; PyTorch's 'same' puts it below "
            "and on the right",
        ),
        "odd-row-lost": (
            "An odd row or column is lost",
            "`p // 2` on both sides adds up to p only where p is even",
        ),
        "odd-row-doubled": (
            "An odd row or column is added twice",
            "half of an odd total is rounded up on one side and down on the other",
        ),
        "padded-on-one-side": ("The zeros are on one side only", "they go around the input, on all four sides"),
        "padding-swapped": (
            "Rows and columns of padding are exchanged",
            "the first number counts rows, above and below; the second counts columns, left and right",
        ),
        "padding-on-one-axis": (
            "One number serves for both axes, or one axis is left out",
            "rows and columns have each a padding of their own",
        ),
        "padding-ignored": ("There is no padding", "the zeros have to be added before anything else is done"),
    }
    return tuple(Misconception(key, *words[key], tuple(map(variant, splits))) for key, splits in SPLITS.items())


def _case(name: str, X: Sequence[Sequence[float]], p_h: int, p_w: int) -> Case:
    return Case(name, {"X": np.array(X, dtype=float), "p_h": p_h, "p_w": p_w})


def padding_cases() -> Sequence[Case]:
    """Fixed cases: odd totals, even ones, none, one axis at a time."""
    return [
        _case("the worked example", [[1, 2]], 1, 3),
        _case("two rows and four columns", [[3], [-1.5], [2]], 2, 4),
        _case("no padding", [[1, -2, 3], [4, 0.5, -6]], 0, 0),
        _case("rows only", [[1, -2, 3], [4, 0.5, -6]], 3, 0),
        _case("columns only", [[1, -2], [3.5, 4], [5, -6]], 0, 1),
        _case("odd and even", [[1, -2, 3, 0.5], [4, 5, -6, 7], [2.5, 8, 9, -1]], 5, 2),
    ]


def random_paddings(rng: np.random.Generator) -> Sequence[Case]:
    """Larger inputs; rows and columns of padding never the same, one of them odd."""
    cases = []
    for number in range(3):
        h, w = (int(n) for n in rng.permutation([4, 5, 6, 7])[:2])
        p_h, p_w = (int(n) for n in rng.permutation([int(rng.choice([1, 3, 5])), int(rng.choice([2, 4, 6]))]))
        cases.append(Case(f"random case {number + 1}", {"X": image(rng, h, w), "p_h": p_h, "p_w": p_w}))
    return cases


def _laid(split: Split) -> Pad:
    return lambda X, p_h, p_w: np.pad(X, split(p_h, p_w))


def _filled(mode: str) -> Pad:
    return lambda X, p_h, p_w: np.pad(X, (top(p_h), top(p_w)), mode=mode)  # type: ignore[call-overload]


def _ones(X: ndarray, p_h: int, p_w: int) -> ndarray:
    return np.pad(X, (top(p_h), top(p_w)), constant_values=1)


PAD2D = Exercise(
    "pad2d",
    pad2d,
    padding_cases,
    random_paddings,
    (
        *split_misconceptions(_laid),
        Misconception(
            "edge-padding",
            "The picture goes on in the padding",
            "its border is repeated or mirrored outwards; this padding is zeros",
            (_filled("edge"), _filled("symmetric"), _filled("reflect"), _filled("wrap")),
        ),
        Misconception(
            "padded-with-ones", "The padding is ones", "outside the input there is nothing: zeros", (_ones,)
        ),
        Misconception(
            "integer-truncation",
            "Fractions are lost",
            "the values were cut to whole numbers, as happens in an array made with dtype=int",
            (lambda X, p_h, p_w: v.truncated(pad2d(X, p_h, p_w)),),
        ),
        Misconception(
            "zeros-only",
            "The input is not in it",
            "the frame has the right size, but X was never written into its middle",
            (lambda X, p_h, p_w: np.zeros((X.shape[0] + p_h, X.shape[1] + p_w)),),
        ),
    ),
    source="The padding slide.",
)

EXERCISES = (PAD2D,)
