"""`output_size` and `output_size_per_side`: how many places a kernel has along one axis, counted in two ways."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from cnnwidgets.checks.exercise import Case, Exercise, Misconception
from cnnwidgets.ops import output_size, output_size_per_side

Size = Callable[..., float]
FLOOR_WHY = "where the stride does not divide, what is left over is too short for another place"


def _case(name: str, padding: str, stride: str, n: int, k: int, *rest: int) -> Case:
    return Case(name, dict(zip(("n", "k", padding, stride), (n, k, *rest), strict=False)))


def total_cases() -> Sequence[Case]:
    """Fixed cases with a total padding p."""
    return [
        _case("a kernel of 5 on 32, nothing else", "p", "s", 32, 5),
        _case("the worked example, columns", "p", "s", 3, 2, 2, 2),
        _case("the worked example, rows", "p", "s", 3, 2, 2, 3),
        _case("a kernel as large as the input", "p", "s", 7, 7, 0, 1),
        _case("a stride that does not divide", "p", "s", 10, 3, 1, 3),
        _case("an odd padding", "p", "s", 11, 4, 3, 3),
        _case("(3, 1, 2) of the summary, as a total", "p", "s", 32, 3, 2, 2),
        _case("a large picture", "p", "s", 227, 11, 0, 4),
        _case("more padding than kernel", "p", "s", 28, 3, 7, 5),
    ]


def per_side_cases() -> Sequence[Case]:
    """Fixed cases with a padding of P on each side; the common settings first."""
    return [
        _case("a kernel of 5 on 32, nothing else", "P", "S", 32, 5),
        _case("the setting (3, 1, 1) on 32", "P", "S", 32, 3, 1, 1),
        _case("the setting (5, 2, 1) on 32", "P", "S", 32, 5, 2, 1),
        _case("the setting (1, 0, 1) on 32", "P", "S", 32, 1, 0, 1),
        _case("the setting (3, 1, 2) on 32", "P", "S", 32, 3, 1, 2),
        _case("the setting (3, 1, 2) on 15", "P", "S", 15, 3, 1, 2),
        _case("a kernel as large as the input", "P", "S", 7, 7, 0, 1),
        _case("a stride of 3", "P", "S", 11, 4, 2, 3),
        _case("a stride of 4", "P", "S", 227, 11, 3, 4),
        _case("more padding than kernel", "P", "S", 28, 2, 3, 5),
    ]


def _random(padding: str, stride: str) -> Callable[[np.random.Generator], Sequence[Case]]:
    def cases(rng: np.random.Generator) -> Sequence[Case]:
        return [
            _case(
                f"random case {number + 1}",
                padding,
                stride,
                int(rng.integers(20, 300)),
                int(rng.integers(2, 12)),
                int(rng.integers(1, 8)),
                int(rng.integers(2, 7)),
            )
            for number in range(6)
        ]

    return cases


def _of_room(size: Callable[[int, int], float], sides: int) -> Size:
    """A size out of the room that is left for moving, n − k + padding, and the stride."""
    return lambda n, k, p=0, s=1: size(n - k + sides * p, s)


def misconceptions(right: Callable[..., int], sides: int) -> tuple[Misconception, ...]:
    """What goes wrong in either; `sides` is how often the padding counts: once (total) or twice (per side)."""
    return (
        Misconception(
            "ceil-for-floor",
            "It rounds up",
            FLOOR_WHY,
            (_of_room(lambda room, s: math.ceil(room / s) + 1, sides),),
        ),
        Misconception(
            "rounded-for-floor",
            "It rounds to the nearest whole number",
            FLOOR_WHY,
            (
                _of_room(lambda room, s: round((room + s) / s), sides),
                _of_room(lambda room, s: round(room / s) + 1, sides),
                _of_room(lambda room, s: int(room / s + 1.5), sides),
            ),
        ),
        Misconception(
            "no-floor",
            "The floor is missing",
            "a size such as 16.5 is no number of rows: the formula holds only with its floor",
            (_of_room(lambda room, s: room / s + 1, sides),),
        ),
        Misconception(
            "float-for-int",
            "It returns a float",
            "the number is right, but a shape is made of ints: `np.zeros((4.0, 4.0))` is an error, and `/` always gives a float",
            (lambda *arguments: float(right(*arguments)),),
        ),
        Misconception(
            "off-by-one",
            "It is one too small",
            "the kernel's first place counts as well, before any move: a kernel as large as its input fits once",
            (_of_room(lambda room, s: room // s, sides),),
        ),
        Misconception(
            "one-too-many",
            "It is one too large",
            "the first place is counted twice, once inside the floor and once behind it",
            (_of_room(lambda room, s: (room + s) // s + 1, sides),),
        ),
        Misconception(
            "one-inside-the-floor",
            "The 1 for the first place is divided by the stride",
            "count a small example with a stride of 2: the first place takes no move, so it is not divided",
            (_of_room(lambda room, s: (room + 1) // s, sides),),
        ),
        Misconception(
            "padding-ignored",
            "The padding does not count",
            "rows of zeros are rows too: the kernel can lie on them",
            (_of_room(lambda room, s: room // s + 1, 0),),
        ),
        Misconception(
            "stride-ignored",
            "The stride does not count",
            "with a stride of 2 the kernel skips every other place",
            (_of_room(lambda room, s: room + 1, sides),),
        ),
        Misconception(
            "kernel-ignored",
            "The kernel does not count",
            "the kernel has to fit as a whole, so a larger one has fewer places",
            (
                lambda n, k, p=0, s=1: (n + sides * p) // s,
                lambda n, k, p=0, s=1: math.ceil((n + sides * p) / s),
            ),
        ),
    )


OUTPUT_SIZE = Exercise(
    "output_size",
    output_size,
    total_cases,
    _random("p", "s"),
    (
        Misconception(
            "per-side-for-total",
            "The padding is counted on each side",
            "p is the total here, both sides together; the summary's P is per side",
            (_of_room(lambda room, s: room // s + 1, 2),),
        ),
        *misconceptions(output_size, 1),
        Misconception(
            "padding-halved",
            "Half of the padding is lost",
            "p is the total, both sides together, and all of it counts",
            (lambda n, k, p=0, s=1: (n - k + p // 2) // s + 1,),
        ),
    ),
    source="The stride slide.",
)

OUTPUT_SIZE_PER_SIDE = Exercise(
    "output_size_per_side",
    output_size_per_side,
    per_side_cases,
    _random("P", "S"),
    (
        Misconception(
            "total-for-per-side",
            "The padding is counted once",
            "P is per side here, and there are two sides; the p of `output_size` is the total",
            (_of_room(lambda room, s: room // s + 1, 1),),
        ),
        *misconceptions(output_size_per_side, 2),
        Misconception(
            "kernel-counted-twice",
            "The kernel is taken off twice",
            "only the padding has two sides",
            (lambda n, k, P=0, S=1: (n - 2 * k + 2 * P) // S + 1,),
        ),
    ),
    source="The summary slide, which leaves the floor out.",
)

EXERCISES = (OUTPUT_SIZE, OUTPUT_SIZE_PER_SIDE)
