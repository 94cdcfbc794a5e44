"""Small pictures for EquivarianceExplorer: garments on black, a disc on grey, the course's edge image."""

from __future__ import annotations

from typing import Any

import numpy as np
import traitlets
from jaxtyping import UInt8
from numpy import ndarray

from cnnwidgets.widgets.pictures.garments import garments
from cnnwidgets.widgets.pictures.grey import Picture, edges, pack

MOST = 32
"""How many rows, and how many columns: a dense layer on more has more weights than a browser should hold."""

GARMENTS = ("ankle boot", "dress", "bag")
NAMES = (*GARMENTS, "disc", "edges")


def small_disc() -> UInt8[ndarray, "22 26"]:
    """A light disc, off the middle, on a ground that is grey up to the edge of the picture. (22, 26)."""
    rows, columns = np.indices((22, 26))
    inside = np.clip(6.5 - np.hypot(rows - 10, columns - 11), 0, 1)  # soft over one pixel
    picture: ndarray = (60 + 170 * inside).round().astype(np.uint8)
    return picture


def picture_named(name: str) -> UInt8[ndarray, "h w"]:
    """The picture with one of the `NAMES`."""
    if name in GARMENTS:
        return garments()[name]
    return small_disc() if name == "disc" else edges()


def all_packed() -> dict[str, dict[str, Any]]:
    """All of them, as a view needs them."""
    return {name: pack(picture_named(name)) for name in NAMES}


class SmallPicture(Picture):
    """One of the `NAMES`, or a grey picture of your own of at most 32 × 32; takes what `Picture` takes."""

    def validate(self, obj: Any, value: Any) -> Any:
        """`value` as a name, or as a uint8 array (h, w) of its own."""
        if isinstance(value, str):
            if value not in NAMES:
                raise traitlets.TraitError(f"{self.name} must be one of {', '.join(NAMES)}, or an array.")
            return value
        picture = super().validate(obj, value)
        if max(picture.shape) > MOST:
            raise traitlets.TraitError(
                f"{self.name} must have at most {MOST} rows and columns; this one has the shape {picture.shape}."
            )
        return picture
