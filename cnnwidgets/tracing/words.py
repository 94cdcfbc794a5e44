"""Sets of places in an array, in words: "rows 0–1, columns 1–2"."""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool
from numpy import ndarray

AXES = {1: ("places",), 2: ("rows", "columns"), 3: ("channels", "rows", "columns")}


def places_text(where: Bool[ndarray, "*shape"]) -> str:
    """The True places of an array, counted from 0 as NumPy does.

    An axis of which all is read is still named in numbers; what is no block of rows and columns is counted:
    "5 elements within rows 0–2, columns 0–2".
    """
    count = int(where.sum())
    if count == 0:
        return "nothing"
    names = AXES.get(where.ndim, tuple(f"axis {axis}" for axis in range(where.ndim)))
    along = [np.flatnonzero(where.any(axis=_others(where.ndim, axis))) for axis in range(where.ndim)]
    if count == np.prod([len(each) for each in along]):
        return ", ".join(f"{_named(name, each)} {_run(each)}" for name, each in zip(names, along, strict=True))
    spans = [np.arange(each[0], each[-1] + 1) for each in along]
    within = ", ".join(f"{_named(name, each)} {_run(each)}" for name, each in zip(names, spans, strict=True))
    return f"{count} element{'s' * (count > 1)} within {within}"


def _others(dims: int, axis: int) -> tuple[int, ...]:
    return tuple(each for each in range(dims) if each != axis)


def _named(name: str, places: ndarray) -> str:
    return name.removesuffix("s") if len(places) == 1 and not name.startswith("axis") else name


def _run(places: ndarray) -> str:
    """ "3", "0–1" for neighbours, "0, 2, 4" for others."""
    if len(places) == 1:
        return str(places[0])
    if (np.diff(places) == 1).all():
        return f"{places[0]}–{places[-1]}"
    return ", ".join(map(str, places))
