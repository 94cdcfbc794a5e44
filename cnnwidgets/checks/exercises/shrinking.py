"""`layers_until` and `same_padding`: how fast the size shrinks, and the padding that keeps it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from cnnwidgets.checks.exercise import Case, Exercise, Misconception
from cnnwidgets.ops import layers_until, same_padding, total_to_sides


def _kernels(*sizes: tuple[str, int, int]) -> Sequence[Case]:
    return [Case(name, {"k_h": k_h, "k_w": k_w}) for name, k_h, k_w in sizes]


def same_cases() -> Sequence[Case]:
    """Fixed kernels, odd and even."""
    return _kernels(
        ("a square kernel", 3, 3),
        ("a kernel taller than wide", 5, 3),
        ("an even kernel", 2, 4),
        ("one row", 1, 7),
        ("one number", 1, 1),
        ("odd and even", 11, 6),
    )


def random_kernels(rng: np.random.Generator) -> Sequence[Case]:
    """Larger kernels, rows and columns never the same."""
    rows, columns = rng.permutation(np.arange(8, 30))[:8].reshape(2, 4).tolist()
    return _kernels(*((f"random case {n + 1}", h, w) for n, (h, w) in enumerate(zip(rows, columns, strict=True))))


SAME_PADDING = Exercise(
    "same_padding",
    same_padding,
    same_cases,
    random_kernels,
    (
        Misconception(
            "per-side-for-total",
            "It gives the padding per side",
            "the total is asked for, both sides together; half of it is a whole number for odd kernels only",
            (
                lambda h, w: ((h - 1) // 2, (w - 1) // 2),
                lambda h, w: (h // 2, w // 2),
                lambda h, w: ((h - 1) / 2, (w - 1) / 2),
                lambda h, w: (h / 2, w / 2),
            ),
        ),
        Misconception(
            "k-for-k-minus-one",
            "It is one too large",
            "how many rows does a kernel of 1 take off an input, and how many a kernel of 3?",
            (lambda h, w: (h, w),),
        ),
        Misconception(
            "rows-and-columns-swapped",
            "Rows and columns are exchanged",
            "the kernel's height tells how many rows are lost",
            (lambda h, w: (w - 1, h - 1),),
        ),
        Misconception(
            "twice-the-total",
            "It is twice the total",
            "so much padding makes the output larger than the input: k − 1 rows are lost, and k − 1 come back",
            (lambda h, w: (2 * (h - 1), 2 * (w - 1)),),
        ),
        Misconception(
            "split-into-sides",
            "It gives the rows before and after",
            "one total per axis is asked for; `pad2d` does the splitting",
            (
                lambda h, w: (total_to_sides(h - 1), total_to_sides(w - 1)),
                lambda h, w: (total_to_sides(h - 1)[::-1], total_to_sides(w - 1)[::-1]),
                lambda h, w: (*total_to_sides(h - 1), *total_to_sides(w - 1)),
            ),
        ),
        Misconception(
            "one-axis",
            "Both axes get the padding of one",
            "a kernel has two sizes, and each axis has its own padding",
            (lambda h, w: (h - 1, h - 1), lambda h, w: (w - 1, w - 1), lambda h, w: h - 1),
        ),
        Misconception(
            "float-for-int",
            "It returns floats",
            "the numbers are right, but a count of rows is an int",
            (lambda h, w: (float(h - 1), float(w - 1)),),
        ),
    ),
    source="The padding slide.",
)


def _layers(*sizes: tuple[str, int, int, int]) -> Sequence[Case]:
    return [Case(name, {"n": n, "k": k, "target": target}) for name, n, k, target in sizes]


def layer_counts() -> Sequence[Case]:
    """Fixed stacks; in none of them does a kernel lie on fewer rows than it has."""
    return _layers(
        ("the course's example", 32, 5, 4),
        ("one layer", 10, 3, 8),
        ("nothing to do", 7, 3, 7),
        ("small enough from the start", 5, 3, 9),
        ("the last layer goes past the target", 32, 4, 4),
        ("3×3 on 28, past the target", 28, 3, 5),
        ("7×7 on 64", 64, 7, 8),
    )


def random_stacks(rng: np.random.Generator) -> Sequence[Case]:
    """Larger stacks; one of them meets its target exactly."""
    cases = []
    for number in range(4):
        k, target = int(rng.integers(3, 10)), int(rng.integers(10, 20))
        past = 0 if number == 0 else int(rng.integers(0, k - 1))
        cases.append((f"random case {number + 1}", target + int(rng.integers(3, 20)) * (k - 1) - past, k, target))
    return _layers(*cases)


def _side(n: int, k: int, target: int) -> int:
    return n - layers_until(n, k, target) * (k - 1)


def _layers_by_formula(n: int, k: int, target: int) -> int:
    """Right where the side is too large to begin with."""
    return math.ceil((n - target) / (k - 1))


def _counted(formula: Callable[..., float], least: int = 0) -> tuple[Callable[..., float], ...]:
    """A formula, and what a loop makes of it: never fewer layers than it begins with."""
    return formula, lambda n, k, target: max(formula(n, k, target), type(formula(n, k, target))(least))


LAYERS_UNTIL = Exercise(
    "layers_until",
    layers_until,
    layer_counts,
    random_stacks,
    (
        Misconception(
            "strictly-below",
            "It goes on below the target",
            "at most the target means that a side of exactly the target is small enough",
            _counted(lambda n, k, target: (n - target) // (k - 1) + 1),
        ),
        Misconception(
            "floor-for-ceil",
            "It stops while the side is still too large",
            "where the last layer goes past the target, that layer is needed too",
            _counted(lambda n, k, target: (n - target) // (k - 1)),
        ),
        Misconception(
            "below-no-layer",
            "It counts fewer than no layers",
            "where the side is small enough from the start, no layer is needed, and the count is 0",
            (_layers_by_formula,),
        ),
        Misconception(
            "counts-the-input",
            "It is one too large",
            "it counts the sizes, the input's among them; there is one layer less than there are sizes",
            _counted(lambda n, k, target: _layers_by_formula(n, k, target) + 1, least=1),
        ),
        Misconception(
            "off-by-one",
            "The last layer is not counted",
            "the layer that brings the side to the target counts as well",
            (
                *_counted(lambda n, k, target: _layers_by_formula(n, k, target) - 1),
                lambda n, k, target: layers_until(n, k, target) - 1,
            ),
        ),
        Misconception(
            "k-for-k-minus-one",
            "Each layer takes k off",
            "a kernel of 5 on 32 has 28 places: how much is lost?",
            (
                *_counted(lambda n, k, target: math.ceil((n - target) / k)),
                *_counted(lambda n, k, target: (n - target) // k),
            ),
        ),
        Misconception(
            "half-of-the-loss",
            "Each layer takes only one side's share off",
            "the side shrinks at both ends, by k − 1 in all",
            _counted(lambda n, k, target: math.ceil((n - target) / ((k - 1) // 2))),
        ),
        Misconception(
            "fraction-of-a-layer",
            "It returns a fraction of a layer",
            "there is no half layer: count whole ones until the side is small enough",
            _counted(lambda n, k, target: (n - target) / (k - 1)),
        ),
        Misconception(
            "float-for-int",
            "It returns a float",
            "the number is right, but a count of layers is an int; `np.ceil` gives a float",
            _counted(lambda n, k, target: float(_layers_by_formula(n, k, target))),
        ),
        Misconception(
            "side-for-count",
            "It returns the side that is left",
            "the number of layers is asked for, not how large the output is at the end",
            (_side,),
        ),
    ),
    source="The padding slide: 32×32 under 5×5.",
)

EXERCISES = (SAME_PADDING, LAYERS_UNTIL)
