"""Grey pictures: those that come with the package, any array that is one, and the trait that holds them."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import traitlets
from jaxtyping import UInt8
from numpy import ndarray

MOST = 320
"""How many rows, and how many columns, a picture may have."""

LUMA = (0.299, 0.587, 0.114)  # ITU-R BT.601, as in Pillow's and torchvision's grey pictures


def hopper() -> UInt8[ndarray, "200 170"]:
    """Rear Admiral Grace Hopper: matplotlib's sample picture, grey, every 3×3 block averaged. (200, 170).

    Source: official portrait, James S. Davis, United States Navy, 1984, public domain; shipped with matplotlib.
    """
    # Only here: matplotlib takes a third of a second, which a widget without a front end must not cost.
    from matplotlib import cbook, image

    path = str(cbook.get_sample_data("grace_hopper.jpg", asfileobj=False))
    colours = np.asarray(image.imread(path, format="jpg"), dtype=np.float64)
    blocks: ndarray = (colours[:600, 1:511] @ LUMA).reshape(200, 3, 170, 3).mean(axis=(1, 3))
    return blocks.round().astype(np.uint8)


def edges() -> UInt8[ndarray, "6 8"]:
    """The course's edge image in black and white: white, with black in columns 2 to 5. (6, 8)."""
    picture = np.full((6, 8), 255, dtype=np.uint8)
    picture[:, 2:6] = 0
    return picture


def checkerboard() -> UInt8[ndarray, "48 64"]:
    """Black and white squares, 8 pixels wide. (48, 64)."""
    rows, columns = np.indices((48, 64)) // 8
    return ((rows + columns) % 2 * 255).astype(np.uint8)


def disc() -> UInt8[ndarray, "60 72"]:
    """A light disc on a dark ground: an edge in every direction. (60, 72)."""
    rows, columns = np.indices((60, 72))
    inside = np.clip(22.5 - np.hypot(rows - 29.5, columns - 35.5), 0, 1)  # soft over one pixel
    picture: ndarray = (40 + 180 * inside).round().astype(np.uint8)
    return picture


PICTURES: dict[str, Callable[[], ndarray]] = {
    "hopper": hopper,
    "disc": disc,
    "edges": edges,
    "checkerboard": checkerboard,
}


def pack(picture: UInt8[ndarray, "h w"]) -> dict[str, Any]:
    """A picture as plain values: its sides, and its bytes row by row in base64.

    Not a PNG: a browser decodes those only in its own time, and these numbers are there at once and to the bit.
    """
    height, width = picture.shape
    return {"height": height, "width": width, "grey": base64.b64encode(picture.tobytes()).decode()}


def unpack(packed: Mapping[str, Any]) -> UInt8[ndarray, "h w"]:
    """The picture that `pack` made plain values of; `ValueError` where they do not fit together."""
    values = np.frombuffer(base64.b64decode(packed["grey"], validate=True), dtype=np.uint8)
    return values.reshape(int(packed["height"]), int(packed["width"]))


def all_packed() -> dict[str, dict[str, Any]]:
    """The pictures that come with the package, as a view needs them."""
    return {name: pack(make()) for name, make in PICTURES.items()}


class Picture(traitlets.TraitType[Any, Any]):
    """A name of `PICTURES`, or a grey picture of your own.

    Takes an array (h, w) or, in colour, (h, w, 3) or (h, w, 4): whole numbers 0 … 255, or fractions 0 … 1 as in
    matplotlib. Colours become grey (0.299 R + 0.587 G + 0.114 B). Reads back as the name, or as uint8 (h, w) that can
    not be written to. `TraitError` for anything else.
    """

    info_text = "the name of a picture, or an array of grey values or colours"

    def __init__(self, default: str, **options: Any) -> None:
        super().__init__(default_value=default, **options)
        self.tag(sync=True, to_json=lambda value, _widget: value if isinstance(value, str) else pack(value))

    def validate(self, obj: Any, value: Any) -> Any:
        """`value` as a name, or as a uint8 array (h, w) of its own."""
        if isinstance(value, str):
            if value not in PICTURES:
                raise traitlets.TraitError(f"{self.name} must be one of {', '.join(PICTURES)}, or an array.")
            return value
        try:
            found = unpack(value) if isinstance(value, Mapping) else np.array(value)
        except (KeyError, ValueError, TypeError, RuntimeError) as problem:
            raise traitlets.TraitError(f"{self.name} must be a picture: {problem}") from None
        grey = self._grey(found)
        grey.setflags(write=False)
        return grey

    def _grey(self, found: ndarray) -> ndarray:
        if found.dtype.kind not in "biuf":
            raise traitlets.TraitError(f"{self.name} must hold numbers, not {found.dtype}.")
        if found.ndim not in (2, 3) or 0 in found.shape or (found.ndim == 3 and found.shape[2] not in (3, 4)):
            raise traitlets.TraitError(
                f"{self.name} must have the shape (h, w), or (h, w, 3) in colour; this one has {found.shape}."
            )
        if max(found.shape[:2]) > MOST:
            every = -(-max(found.shape[:2]) // MOST)
            raise traitlets.TraitError(
                f"{self.name} must have at most {MOST} rows and columns; this one has the shape {found.shape}. "
                f"Keep one pixel in {every} each way: X[::{every}, ::{every}]."
            )
        top = 1 if found.dtype.kind in "bf" else 255
        values = found.astype(np.float64)
        if not (np.isfinite(values).all() and values.min() >= 0 and values.max() <= top):
            kind = "fractions from 0 to 1" if top == 1 else "whole numbers from 0 to 255"
            raise traitlets.TraitError(
                f"{self.name} must hold {kind}; this one goes from {values.min():g} to {values.max():g}."
            )
        grey = values[..., :3] @ LUMA if found.ndim == 3 else values
        return np.round(grey * (255 / top)).astype(np.uint8)

    def set(self, obj: Any, value: Any) -> None:
        """Sets the value; one that is equal is no change."""
        old: Any = obj._trait_values.get(self.name, self.default_value)
        new: Any = self._validate(obj, value)
        if not (type(old) is type(new) and np.array_equal(old, new)):
            super().set(obj, new)
