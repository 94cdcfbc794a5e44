"""Random arguments whose axes all have different lengths, so that a swapped one shows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy import ndarray

from cnnwidgets.checks.exercise import Case


def image(rng: np.random.Generator, *shape: int) -> ndarray:
    """Numbers from −9 to 9 with one decimal: easy to read, none of them whole by design."""
    return np.round(rng.uniform(-9, 9, shape), 1)


def image_and_kernel(rng: np.random.Generator, count: int = 3) -> Sequence[Case]:
    """Cases with an image X and a kernel K, larger than the fixed ones; all four sizes differ."""
    cases = []
    for number in range(count):
        kh, kw, h, w = (int(n) for n in rng.permutation([2, 3]).tolist() + rng.permutation([5, 6, 7, 8])[:2].tolist())
        arguments = {"X": image(rng, h, w), "K": image(rng, kh, kw)}
        cases.append(Case(f"random case {number + 1}", arguments))
    return cases
