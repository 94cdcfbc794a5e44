"""A handful of garments of Fashion-MNIST, one a class, from the sample that comes with the package."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import traitlets
from jaxtyping import UInt8
from numpy import ndarray

from cnnwidgets.widgets.pictures.grey import Picture, pack

#: The classes in the order of their numbers; `cnnwidgets.training` has the same, and importing that imports torch.
CLASSES = ("T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot")
SAMPLE = Path(__file__).parents[2] / "training" / "sample" / "fashion-mnist-sample.npz"
LARGEST = 64  # rows and columns of an image that a network of the explorer takes


@cache
def garments() -> dict[str, UInt8[ndarray, "28 28"]]:
    """One image of every class by its name, the first of the sample's test images. Read at the first call.

    Source: Xiao, Rasul, Vollgraf, "Fashion-MNIST", 2017.
    """
    with np.load(SAMPLE) as arrays:
        images, labels = arrays["X_test"], arrays["y_test"]
    return {name: images[np.flatnonzero(labels == number)[0]] for number, name in enumerate(CLASSES)}


def packed_garments() -> list[dict[str, Any]]:
    """The same as a view needs them: a list, in the order of the classes."""
    return [{"name": name, **pack(image)} for name, image in garments().items()]


class Image(Picture):
    """The name of one of the sample's garments, or a grey image of your own, at most 64 × 64.

    Takes what `Picture` takes, and axes of length 1 in front, as a batch of one image has. Reads back as the name, or
    as uint8 (h, w).
    """

    info_text = "the name of a garment, or an array of grey values"

    def validate(self, obj: Any, value: Any) -> Any:
        """`value` as a name, or as a uint8 array (h, w) of its own."""
        if isinstance(value, str):
            if value not in CLASSES:
                raise traitlets.TraitError(f"{self.name} must be one of {', '.join(CLASSES)}, or an array.")
            return value
        shape: tuple[int, ...] = getattr(value, "shape", ())
        while len(shape) > 2 and shape[0] == 1:
            value, shape = value[0], shape[1:]
        image = super().validate(obj, value)
        if max(image.shape) > LARGEST:
            raise traitlets.TraitError(
                f"{self.name} must have at most {LARGEST} rows and columns; this one has the shape {image.shape}."
            )
        return image
