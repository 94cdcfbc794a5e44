"""Values as a reader sees them: numbers, arrays, and a counterexample in plain text."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy import ndarray

from cnnwidgets.checks.compare import a_kind, whole
from cnnwidgets.checks.judge import Answer

LARGEST = 10  # rows and columns of an array that are shown
MOST_TABLES = 6  # of an array with three or four axes
PLAIN = (int, float, str, bool, type(None), np.float64, np.int64)


def number(value: float) -> str:
    """A number in at most five digits, whole ones without a point."""
    return f"{value:.5g}".replace("-", "−")


def is_table(value: Any) -> bool:
    """Whether a value is an array of numbers with one or two axes, which a table can show."""
    return type(value) is ndarray and value.dtype.kind in "biuf" and value.ndim in (1, 2) and value.size > 0


def tables(label: str, value: Any, marks: ndarray | None = None) -> list[tuple[str, Any, ndarray | None]]:
    """A value in pieces of at most two axes: X of shape (2, 3, 4) is X[0] and X[1]; the first few, if there are many.

    Marks are cut up in the same way. What is no such array stays in one piece.
    """
    if not (type(value) is ndarray and value.dtype.kind in "biuf" and value.ndim in (3, 4) and value.size > 0):
        return [(label, value, marks)]
    places = list(np.ndindex(*value.shape[:-2]))
    pieces: list[tuple[str, Any, ndarray | None]] = []
    for place in places[:MOST_TABLES]:
        index = ", ".join(str(i) for i in place)
        pieces.append((f"{label}[{index}]", value[place], None if marks is None else marks[place]))
    if len(places) > MOST_TABLES:
        pieces.append((f"{label}, {len(places)} tables in all", value, None))
    return pieces


def value_text(value: Any) -> str:
    """A plain value in words; what is not plain is named by its type, and nothing of it is run."""
    if type(value) is ndarray:
        return f"an array of shape {value.shape}" if value.ndim != 0 else number(float(value))
    if type(value) in (tuple, list) and len(value) <= 20:
        inside = ", ".join(value_text(v) for v in value) + ("," if type(value) is tuple and len(value) == 1 else "")
        return f"({inside})" if type(value) is tuple else f"[{inside}]"
    if type(value) is int:
        return whole(value)
    return repr(value)[:200] if type(value) in PLAIN else a_kind(value)


def cells(table: ndarray) -> list[list[str]]:
    """The texts of a table, row by row, cut to what fits with an ellipsis."""
    rows = [[number(float(v)) for v in row[:LARGEST]] for row in np.atleast_2d(table)[:LARGEST]]
    if np.atleast_2d(table).shape[1] > LARGEST:
        rows = [[*row, "…"] for row in rows]
    return [*rows, ["…"]] if np.atleast_2d(table).shape[0] > LARGEST else rows


def block(label: str, value: Any, marks: ndarray | None = None) -> str:
    """A labelled value as lines of text; marked entries carry an asterisk."""
    if not is_table(value):
        return f"{label}: {value_text(value)}"
    texts = cells(value)
    if marks is not None:
        flags = np.atleast_2d(marks)
        shape = flags.shape
        texts = [
            [t + ("*" if i < shape[0] and j < shape[1] and flags[i, j] else " ") for j, t in enumerate(row)]
            for i, row in enumerate(texts)
        ]
    width = max(len(t) for row in texts for t in row)
    lines = ["  ".join(t.rjust(width) for t in row) for row in texts]
    shape_text = "×".join(str(n) for n in value.shape)
    return "\n".join([f"{label} ({shape_text})", *("    " + line for line in lines)])


def as_text(answer: Answer) -> str:
    """A counterexample: what went in, what was expected, what came (differing entries with an asterisk)."""
    return "\n".join(block(*piece) for value in shown_values(answer) for piece in tables(*value))


def shown_values(answer: Answer) -> list[tuple[str, Any, ndarray | None]]:
    """What a counterexample consists of, each value with its label and the marks on it."""
    values: list[tuple[str, Any, ndarray | None]] = [(name, v, None) for name, v in answer.case.arguments.items()]
    values.append(("expected", answer.expected, None))
    if answer.outcome is not None and answer.outcome.returned and answer.difference is not None:
        values.append(("got", answer.outcome.value, answer.difference.where))
    return values
