"""`dense_weights`: how many weights a fully connected layer on an image has."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cnnwidgets.checks.exercise import Case, Exercise, Misconception
from cnnwidgets.ops import dense_weights


def _sizes(name: str, *sizes: int) -> Case:
    return Case(name, dict(zip(("height", "width", "channels", "hidden"), sizes, strict=True)))


def weight_cases() -> Sequence[Case]:
    """Small images first, then the course's."""
    return [
        _sizes("a grey image of six pixels", 2, 3, 1, 4),
        _sizes("a colour image", 5, 4, 3, 2),
        _sizes("a picture of Fashion-MNIST, ten classes", 28, 28, 1, 10),
        _sizes("one megapixel in colour, 1000 hidden units", 1000, 1000, 3, 1000),
    ]


def random_weights(rng: np.random.Generator) -> Sequence[Case]:
    """Four sizes that all differ."""
    return [
        _sizes(f"random case {number + 1}", *(int(n) for n in rng.permutation(np.arange(2, 60))[:4]))
        for number in range(3)
    ]


DENSE_WEIGHTS = Exercise(
    "dense_weights",
    dense_weights,
    weight_cases,
    random_weights,
    (
        Misconception(
            "channels-forgotten",
            "The channels are forgotten",
            "every pixel of a colour image is three numbers, and each of them has its weights",
            (lambda height, width, channels, hidden: height * width * hidden,),
        ),
        Misconception(
            "hidden-forgotten",
            "Only the numbers of the image are counted",
            "each hidden unit has a weight for every one of them",
            (lambda height, width, channels, hidden: height * width * channels,),
        ),
        Misconception(
            "hidden-added",
            "The hidden units are added",
            "each hidden unit has a weight for every number of the image: that is a product",
            (lambda height, width, channels, hidden: height * width * channels + hidden,),
        ),
        Misconception(
            "bias-counted",
            "The biases are counted",
            "the weights alone are asked for",
            (
                lambda height, width, channels, hidden: height * width * channels * hidden + hidden,
                lambda height, width, channels, hidden: height * width * channels * hidden + 1,
            ),
        ),
        Misconception(
            "sides-added",
            "Height and width are added",
            "an image has height times width pixels",
            (lambda height, width, channels, hidden: (height + width) * channels * hidden,),
        ),
        Misconception(
            "square-image",
            "The image is taken for a square",
            "its height and its width may differ",
            (
                lambda height, width, channels, hidden: height * height * channels * hidden,
                lambda height, width, channels, hidden: width * width * channels * hidden,
            ),
        ),
        Misconception(
            "hidden-per-pixel",
            "There are as many hidden units as numbers in the image",
            "how many there are is given: `hidden`",
            (
                lambda height, width, channels, hidden: (height * width * channels) ** 2,
                lambda height, width, channels, hidden: (height * width) ** 2,
            ),
        ),
        Misconception(
            "bytes-counted",
            "Bytes are counted",
            "the number of weights is asked for, whatever each of them takes",
            tuple(
                lambda height, width, channels, hidden, b=size: b * height * width * channels * hidden
                for size in (4, 8)
            ),
        ),
        Misconception(
            "hard-coded",
            "It always gives the number of the megapixel image",
            "the number has to be computed from the four sizes",
            (lambda height, width, channels, hidden: 3_000_000_000,),
        ),
    ),
    source="The slide on the 1-megapixel RGB image with 1000 hidden units.",
)

EXERCISES = (DENSE_WEIGHTS,)
