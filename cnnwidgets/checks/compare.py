"""How right is right: type first, then shape, then values within a tolerance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy import ndarray

from cnnwidgets.checks.call import type_module, type_name


@dataclass(frozen=True)
class Tolerance:
    """A value is right within ``relative·|expected| + share·max|expected| + absolute``.

    The default lets honest work in float32 or by FFT pass.
    """

    relative: float = 1e-4
    share: float = 1e-5
    absolute: float = 0.0

    def around(self, expected: ndarray) -> ndarray:
        """The allowed difference for each entry; none where it is infinite."""
        finite = np.isfinite(expected)
        largest = np.abs(expected[finite]).max(initial=0.0)
        allowed = self.relative * np.abs(expected) + self.share * largest + self.absolute
        return np.where(finite, allowed, 0.0)


DEFAULT = Tolerance()
INTEGERS = (int, *(np.dtype(code).type for code in "bBhHiIlLqQ"))  # a bool is none of them
FLOATS = (float, np.float16, np.float32, np.float64)


@dataclass(frozen=True)
class Difference:
    """How an answer differs from the right one, as a sentence and, for values, cell by cell."""

    kind: Literal["type", "shape", "value"]
    sentence: str
    where: ndarray | None = None  #: True where an entry differs


def compare(got: Any, expected: Any, tolerance: Tolerance = DEFAULT) -> Difference | None:
    """What is wrong with `got`, or None. Only plain values are compared: nothing of the learner's is run."""
    if type(expected) is ndarray:
        return _compare_arrays(got, expected, tolerance)
    if type(expected) is int:
        return _compare_integers(got, expected)
    if type(expected) is float:
        return _compare_floats(got, expected, tolerance)
    if type(expected) in (tuple, list):
        return _compare_sequences(got, expected, tolerance)
    assert type(expected) is str  # a case's own words about what it found
    if type(got) is not str:
        return Difference("type", f"returned {a_kind(got)}{_hint(got)}")
    return None if got == expected else Difference("value", f"gives {got:.200}; asked for: {expected}")


def a_kind(value: Any) -> str:
    """What a value is, in words: "a list", "an int", "nothing (None)"."""
    if value is None:
        return "nothing (None)"
    name = type_name(value)
    if name == "ndarray":
        name = "NumPy array"
    return f"an {name}" if name[0] in "aeiouAEIOU" else f"a {name}"


def _compare_arrays(got: Any, expected: ndarray, tolerance: Tolerance) -> Difference | None:
    if type(got) is not ndarray:
        return Difference("type", f"returned {a_kind(got)} where a NumPy array is asked for{_hint(got)}")
    if got.dtype.kind == "c":
        return Difference("type", "returned complex numbers: take the real part")
    if got.dtype.kind not in "biuf":
        return Difference("type", f"returned an array of {got.dtype}, not of numbers")
    if got.shape != expected.shape:
        return Difference("shape", f"returned the shape {got.shape}, not {expected.shape}")
    values = got.astype(np.float64)
    with np.errstate(invalid="ignore", over="ignore"):
        right = (values == expected) | (np.abs(values - expected) <= tolerance.around(expected))
    if right.all():
        return None
    wrong = ~right
    lost = int((~np.isfinite(values)).sum())
    what = f"has {wrong.sum()} of {wrong.size} values wrong" + (f", {lost} of them NaN or infinite" if lost else "")
    return Difference("value", what, wrong)


def _hint(got: Any) -> str:
    if got is None:
        return ": is there a `return`?"
    if type(got) in (list, tuple):
        return ": `np.array(...)` makes one of nested lists"
    if type_module(got).startswith("torch"):
        return ": `.detach().numpy()` makes one of a tensor"
    if issubclass(type(got), ndarray):
        return ", and not one of its subclasses"
    return ""


def _compare_integers(got: Any, expected: int) -> Difference | None:
    if type(got) not in INTEGERS:
        return Difference("type", f"returned {a_kind(got)} where an int is asked for")
    return None if int(got) == expected else Difference("value", f"returned {whole(got)}, not {expected}")


def whole(value: int) -> str:
    """A whole number in words; of a very large one, which Python refuses to write, that it is large."""
    return str(int(value)) if abs(int(value)) < 10**30 else "a number of more than 30 digits"


def _compare_floats(got: Any, expected: float, tolerance: Tolerance) -> Difference | None:
    if type(got) not in INTEGERS + FLOATS:
        return Difference("type", f"returned {a_kind(got)} where a number is asked for")
    try:
        number = float(got)
    except OverflowError:  # an int beyond all floats
        number = np.inf
    if abs(number - expected) <= tolerance.around(np.array(expected)):  # false for NaN
        return None
    return Difference("value", f"returned {number:g}, not {expected:g}")


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


def _compare_sequences(got: Any, expected: Any, tolerance: Tolerance) -> Difference | None:
    if type(got) is not type(expected):
        return Difference("type", f"returned {a_kind(got)} where {a_kind(expected)} is asked for")
    if len(got) != len(expected):
        return Difference("shape", f"returned {_entries(len(got))}, not {len(expected)}")
    for index, (mine, right) in enumerate(zip(got, expected, strict=True)):
        difference = compare(mine, right, tolerance)
        if difference is not None:
            return Difference(difference.kind, f"entry {index}: {difference.sentence.removeprefix('returned ')}")
    return None
