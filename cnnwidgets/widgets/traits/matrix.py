"""Traits that hold matrices and pairs of whole numbers, and say in a sentence what is wrong with a value."""

from __future__ import annotations

from typing import Any

import numpy as np
import traitlets
from jaxtyping import Float
from numpy import ndarray


def _to_lists(value: Float[ndarray, "h w"], _widget: object) -> list[list[float]]:
    lists: list[list[float]] = value.tolist()
    return lists


class Matrix(traitlets.TraitType[Any, Any]):
    """A matrix of finite numbers: takes anything that NumPy makes a 2-D array of, reads back as float64.

    What is read back can not be written to: assign a whole new matrix, so that the widget notices. In the
    browser it is a nested list. `TraitError` for any other value.
    """

    info_text = "a matrix of numbers"

    def __init__(self, default: Any, *, most: int, **options: Any) -> None:
        """`most`: how many rows, and how many columns, there may be."""
        super().__init__(default_value=self._frozen(np.array(default, dtype=np.float64)), **options)
        self.most = most
        self.tag(sync=True, to_json=_to_lists)

    @staticmethod
    def _frozen(value: ndarray) -> ndarray:
        value.setflags(write=False)
        return value

    def validate(self, obj: Any, value: Any) -> ndarray:
        """`value` as a float64 array (h, w) of its own."""
        try:
            found = np.array(value)
        except (ValueError, TypeError, RuntimeError) as problem:  # the last from a tensor with a gradient
            raise traitlets.TraitError(f"{self.name} must be a matrix: {problem}") from None
        if found.dtype.kind not in "biuf":
            raise traitlets.TraitError(f"{self.name} must hold real numbers, not {found.dtype}.")
        if found.ndim != 2 or 0 in found.shape or max(found.shape) > self.most:
            raise traitlets.TraitError(
                f"{self.name} must be a matrix with 1 to {self.most} rows and 1 to {self.most} columns; "
                f"this one has the shape {found.shape}."
            )
        with np.errstate(over="ignore"):
            numbers = found.astype(np.float64)
        if not np.isfinite(numbers).all():
            raise traitlets.TraitError(f"{self.name} must hold finite numbers; this one holds NaN or infinity.")
        return self._frozen(numbers)

    def set(self, obj: Any, value: Any) -> None:
        """Sets the value; one that is equal is no change."""
        old: Any = obj._trait_values.get(self.name, self.default_value)
        new: Any = self._validate(obj, value)
        if not np.array_equal(old, new):
            super().set(obj, new)


class PerAxis(traitlets.TraitType[Any, Any]):
    """Two whole numbers, (rows, columns), each within limits; one number stands for both. Reads back as a tuple."""

    info_text = "a whole number, or a pair of them (rows, columns)"

    def __init__(self, default: tuple[int, int], *, least: int, most: int, **options: Any) -> None:
        super().__init__(default_value=default, **options)
        self.least, self.most = least, most
        self.tag(sync=True)

    def validate(self, obj: Any, value: Any) -> tuple[int, int]:
        """`value` as a tuple (rows, columns)."""
        pair = (value, value) if isinstance(value, int | np.integer) else value
        if isinstance(pair, ndarray):
            pair = pair.tolist()
        whole = isinstance(pair, tuple | list) and len(pair) == 2 and all(map(_is_whole, pair))
        if not whole or not all(self.least <= number <= self.most for number in pair):
            raise traitlets.TraitError(
                f"{self.name} must be a whole number from {self.least} to {self.most}, "
                f"or a pair of them (rows, columns), not {value!r:.60}."
            )
        return int(pair[0]), int(pair[1])


def _is_whole(number: object) -> bool:
    return isinstance(number, int | np.integer) and not isinstance(number, bool)
