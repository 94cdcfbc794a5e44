"""Times, and the most frequent mix-ups of a confusion matrix, in words."""

from __future__ import annotations

from collections.abc import Sequence

from numpy import ndarray


def duration(seconds: float) -> str:
    """ "8 s", "2 min 05 s", "1 h 02 min"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"


def mixups(confusion: ndarray, classes: Sequence[str], most: int = 3) -> list[str]:
    """ "shirt taken for T-shirt (18)", the most frequent first; of equals the one that comes first in the matrix."""
    found = [
        (int(confusion[true, answer]), true, answer)
        for true in range(len(confusion))
        for answer in range(len(confusion))
        if true != answer and confusion[true, answer] > 0
    ]
    found.sort(key=lambda each: -each[0])
    return [f"{classes[true]} taken for {classes[answer]} ({count})" for count, true, answer in found[:most]]
