"""Traits that hold arrays of numbers with named axes, and say in a sentence what is wrong with a value."""

from __future__ import annotations

from typing import Any

import numpy as np
import traitlets
from numpy import ndarray


def _to_lists(value: ndarray, _widget: object) -> Any:
    return value.tolist()


class Numbers(traitlets.TraitType[Any, Any]):
    """An array of finite numbers: takes anything that NumPy makes such an array of, reads back as float64.

    What is read back can not be written to: assign a whole new array, so that the widget notices. In the browser
    it is a nested list. `TraitError` for any other value.
    """

    info_text = "an array of numbers"

    def __init__(self, default: Any, *, axes: dict[str, int], lift: bool = False, **options: Any) -> None:
        """`axes`: what each axis counts, and how many there may be; `lift`: whether the first may be left out."""
        super().__init__(default_value=self._frozen(np.array(default, dtype=np.float64)), **options)
        self.axes, self.lift = axes, lift
        self.tag(sync=True, to_json=_to_lists)

    @property
    def form(self) -> str:
        """What a value must be, in words."""
        return f"an array ({', '.join(self.axes)})"

    @staticmethod
    def _frozen(value: ndarray) -> ndarray:
        value.setflags(write=False)
        return value

    def validate(self, obj: Any, value: Any) -> ndarray:
        """`value` as a float64 array of its own, with all of its axes."""
        try:
            found = np.array(value)
        except (ValueError, TypeError, RuntimeError) as problem:  # the last from a tensor with a gradient
            raise traitlets.TraitError(f"{self.name} must be {self.form}: {problem}") from None
        if found.dtype.kind not in "biuf":
            raise traitlets.TraitError(f"{self.name} must hold real numbers, not {found.dtype}.")
        whole = found[None] if self.lift and found.ndim == len(self.axes) - 1 else found
        most = tuple(self.axes.values())
        fits = whole.ndim == len(most) and all(1 <= n <= limit for n, limit in zip(whole.shape, most, strict=True))
        if not fits:
            *others, last = [f"1 to {limit} {name}" for name, limit in self.axes.items()]
            limits = f"{', '.join(others)} and {last}" if others else last
            raise traitlets.TraitError(
                f"{self.name} must be {self.form} with {limits}; this one has the shape {found.shape}."
            )
        with np.errstate(over="ignore"):
            numbers = whole.astype(np.float64)
        if not np.isfinite(numbers).all():
            raise traitlets.TraitError(f"{self.name} must hold finite numbers; this one holds NaN or infinity.")
        return self._frozen(numbers)

    def set(self, obj: Any, value: Any) -> None:
        """Sets the value; one that is equal is no change."""
        old: Any = obj._trait_values.get(self.name, self.default_value)
        new: Any = self._validate(obj, value)
        if not np.array_equal(old, new):
            super().set(obj, new)


class Matrix(Numbers):
    """An array of finite numbers with rows and columns."""

    form = "a matrix"

    def __init__(self, default: Any, *, most: int, **options: Any) -> None:
        """`most`: how many rows, and how many columns, there may be."""
        super().__init__(default, axes={"rows": most, "columns": most}, **options)
