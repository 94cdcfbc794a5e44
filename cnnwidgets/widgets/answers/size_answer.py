"""Runs a learner's function of sizes over a table of them and says where its numbers differ from the right ones."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from cnnwidgets import ops
from cnnwidgets.checks.call import call
from cnnwidgets.checks.compare import FLOATS, INTEGERS, a_kind, compare
from cnnwidgets.ops.stack import Window
from cnnwidgets.widgets.answers.matrix_answer import name_of

SECONDS = 2.0  # for the whole table


@dataclass(frozen=True)
class Exercise:
    """A function that learners write, and the table that theirs is put through."""

    name: str
    right: Callable[..., int]
    parameters: tuple[str, ...]
    """Of which the first is the size n, one a column of the table; the rest stand at its rows."""
    columns: tuple[int, ...]
    rows: tuple[tuple[int, ...], ...]

    def of(self, n: int, window: Window) -> tuple[int, ...] | None:
        """What to ask for a layer's window along an axis of n; None where the function can not be asked that."""
        if self.name == "output_size":
            return n, window.reach, window.p, window.s
        if self.name == "output_size_per_side" and window.p % 2 == 0:
            return n, window.reach, window.p // 2, window.s
        return None


EXERCISES = {
    each.name: each
    for each in (
        Exercise(
            "output_size",
            ops.output_size,
            ("n", "k", "p", "s"),
            (7, 8, 28, 32, 33),
            ((3, 2, 1), (5, 4, 1), (1, 0, 1), (3, 2, 2), (2, 1, 2), (4, 3, 3)),
        ),
        Exercise(
            "output_size_per_side",
            ops.output_size_per_side,
            ("n", "k", "P", "S"),
            (7, 8, 28, 32, 33),
            ((3, 1, 1), (5, 2, 1), (1, 0, 1), (3, 1, 2), (2, 0, 2), (4, 1, 3)),
        ),
        Exercise(
            "layers_until",
            ops.layers_until,
            ("n", "k", "target"),
            (4, 8, 28, 32, 33),
            ((5, 4), (3, 4), (2, 4), (5, 1), (7, 10)),
        ),
    )
}


def exercise_of(fn: Callable[..., Any]) -> Exercise | None:
    """Which exercise a function answers: by its own name, or by the names of its parameters; None for neither."""
    named = EXERCISES.get(str(getattr(fn, "__name__", "")))
    if named is not None:
        return named
    try:
        parameters = tuple(inspect.signature(fn).parameters)
    except (TypeError, ValueError):
        return None
    # Without defaults for padding and stride the longest match decides: (n, k) alone says nothing.
    return next((each for each in EXERCISES.values() if parameters == each.parameters), None)


class Cell(NamedTuple):
    """One question and the answer to it."""

    right: int
    got: str
    """What was returned, as text; "error" where it raised, "" where it was not asked."""
    differs: bool


class LayerCell(NamedTuple):
    """What the function says of a layer on view, along one axis."""

    layer: int
    """Counted from 1."""
    axis: Literal[0, 1]
    cell: Cell


@dataclass(frozen=True)
class SizeAnswer:
    """How a learner's function does over its table and over the layers on view."""

    exercise: Exercise
    kind: Literal["right", "value", "type", "error"]
    sentence: str
    """That all is right, or the first difference; for an exception its name and the learner's line."""
    table: tuple[tuple[Cell, ...], ...]
    layers: tuple[LayerCell, ...]

    def to_browser(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "what": self.exercise.name,
            "parameters": list(self.exercise.parameters),
            "kind": self.kind,
            "sentence": self.sentence,
            "columns": list(self.exercise.columns),
            "rows": [list(row) for row in self.exercise.rows],
            "table": [[cell._asdict() for cell in row] for row in self.table],
            "layers": [
                {"layer": layer, "axis": axis, **cell._asdict()} for layer, axis, cell in self.layers if cell.differs
            ],
        }


class _Asking:
    """Puts one question after the other, until the time is over."""

    def __init__(self, fn: Callable[..., Any], exercise: Exercise) -> None:
        self.fn, self.exercise = fn, exercise
        self.name = name_of(fn)
        self.left = SECONDS
        self.first: tuple[Literal["value", "type", "error"], str] | None = None
        self.wrong = self.asked = 0

    def __call__(self, arguments: tuple[int, ...]) -> Cell:
        right = self.exercise.right(*arguments)
        if self.left <= 0:
            return Cell(right, "", False)
        began = time.monotonic()
        outcome = call(self.fn, *arguments, seconds=self.left)
        self.left -= time.monotonic() - began
        self.asked += 1
        asked = f"{self.name}({', '.join(map(str, arguments))})"
        if outcome.timed_out:
            self.left = 0.0
        if outcome.error is not None:
            return self._wrong(right, "error", "error", f"{asked} {outcome.error}")
        difference = compare(outcome.value, right)
        got = text_of(outcome.value)
        if difference is None:
            return Cell(right, got, False)
        kind: Literal["value", "type"] = "value" if difference.kind == "value" else "type"
        shown = f" ({got})" if kind == "type" and got[:1].isdigit() else ""
        return self._wrong(right, got, kind, f"{asked} {difference.sentence}{shown}")

    def _wrong(self, right: int, got: str, kind: Literal["value", "type", "error"], sentence: str) -> Cell:
        self.wrong += 1
        self.first = self.first or (kind, sentence)
        return Cell(right, got, True)


def size_answer(
    fn: Callable[..., Any], exercise: Exercise, layers: Sequence[Sequence[tuple[int, Window]]]
) -> SizeAnswer:
    """Asks `fn` for every cell of the table and then for every layer: its (n, window) along rows and columns.

    A layer without windows has none to ask for. All calls together may take `SECONDS`.
    """
    ask = _Asking(fn, exercise)
    table = tuple(tuple(ask((n, *row)) for n in exercise.columns) for row in exercise.rows)
    found: list[LayerCell] = []
    axes: tuple[Literal[0, 1], ...] = (0, 1)
    for number, windows in enumerate(layers, 1):
        for axis, (n, window) in zip(axes, windows, strict=False):
            arguments = exercise.of(n, window)
            if arguments is not None:
                found.append(LayerCell(number, axis, ask(arguments)))
    if ask.first is None:
        return SizeAnswer(exercise, "right", f"{ask.name} is right for all {ask.asked} sizes.", table, tuple(found))
    kind, sentence = ask.first
    more = ask.wrong - 1
    ended = sentence if sentence.endswith((".", "?", "!", "…")) else f"{sentence}."
    if more:
        ended += f" {more} more {'differs' if more == 1 else 'differ'}."
    return SizeAnswer(exercise, kind, ended, table, tuple(found))


def text_of(value: Any) -> str:
    """What was returned, short enough for a cell."""
    if type(value) in INTEGERS:
        text = str(int(value))
        return text if len(text) <= 8 else f"{text[:7]}…"
    if type(value) in FLOATS:
        number = float(value)
        return f"{number:.1f}" if number.is_integer() and abs(number) < 1e6 else f"{number:.6g}"
    return a_kind(value)[:24]
