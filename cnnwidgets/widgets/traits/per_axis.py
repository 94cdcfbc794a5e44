"""A trait that holds a pair of whole numbers, and says in a sentence what is wrong with a value."""

from __future__ import annotations

from typing import Any

import numpy as np
import traitlets
from numpy import ndarray


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
