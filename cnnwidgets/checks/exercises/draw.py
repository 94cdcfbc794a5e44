"""Random arguments whose axes all have different lengths, so that a swapped one shows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy import ndarray

from cnnwidgets.checks.exercise import Case
from cnnwidgets.ops import LENET_SHAPES


def image(rng: np.random.Generator, *shape: int) -> ndarray:
    """Numbers from −9 to 9 with one decimal: easy to read, none of them whole by design."""
    return np.round(rng.uniform(-9, 9, shape), 1)


def halves(rng: np.random.Generator, *shape: int) -> ndarray:
    """Numbers from −9 to 9 in steps of a half: sums of products are exact, in whatever order they are added.

    For large outputs, where among many values some are whole, and a rounding error would decide what a cut makes of them.
    """
    return rng.integers(-18, 19, shape) / 2


def image_and_kernel(rng: np.random.Generator, count: int = 3) -> Sequence[Case]:
    """Cases with an image X and a kernel K, larger than the fixed ones; all four sizes differ."""
    cases = []
    for number in range(count):
        kh, kw, h, w = (int(n) for n in rng.permutation([2, 3]).tolist() + rng.permutation([5, 6, 7, 8])[:2].tolist())
        arguments = {"X": image(rng, h, w), "K": image(rng, kh, kw)}
        cases.append(Case(f"random case {number + 1}", arguments))
    return cases


def lenet_images(rng: np.random.Generator, count: int) -> ndarray:
    """Images as LeNet takes them, (count, 1, 28, 28), with numbers from 0 to 1."""
    return rng.random((count, 1, 28, 28))


def lenet_weights(rng: np.random.Generator) -> dict[str, ndarray]:
    """LeNet's weights and biases by name, large enough for every slip to show in the scores."""
    return {
        name: rng.normal(0, 0.5 if len(shape) == 1 else 2 / np.sqrt(np.prod(shape[1:])), shape)
        for name, shape in LENET_SHAPES.items()
    }
