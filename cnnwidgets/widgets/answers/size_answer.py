"""Runs a learner's function of sizes over a table of them and says where its numbers differ from the right ones."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

from cnnwidgets.checks.call import Outcome, call
from cnnwidgets.checks.compare import FLOATS, INTEGERS, Difference, a_kind, compare
from cnnwidgets.ops.stack import Layer, Shape
from cnnwidgets.widgets.answers.matrix_answer import name_of
from cnnwidgets.widgets.answers.size_exercises import Exercise, Place

SECONDS = 2.0  # for the whole table
Wrong: TypeAlias = Literal["value", "type", "error"]


class Cell(NamedTuple):
    """One question and the answer to it."""

    right: str
    """The right answer as text."""
    got: str
    """What was returned, as text; "error" where it raised, "" where it was not asked."""
    differs: bool


class LayerCell(NamedTuple):
    """What the function says of a layer on view."""

    layer: int
    """Counted from 1."""
    place: Place
    cell: Cell


@dataclass(frozen=True)
class SizeAnswer:
    """How a learner's function does over its table and over the layers on view."""

    exercise: Exercise
    kind: Literal["right", "value", "type", "error", "unasked"]
    """"unasked" where the function can not be asked about these layers; the sentence says why."""
    sentence: str
    """That all is right, or the first difference; for an exception its name and the learner's line."""
    table: tuple[tuple[Cell, ...], ...] = ()
    layers: tuple[LayerCell, ...] = ()

    def to_browser(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "what": self.exercise.name,
            "parameters": list(self.exercise.parameters),
            "kind": self.kind,
            "sentence": self.sentence,
            "columns": [str(each) for each in self.exercise.columns],
            "rows": [[str(each) for each in row] for row in self.exercise.rows],
            "table": [[cell._asdict() for cell in row] for row in self.table],
            "layers": [
                {"layer": layer, "place": place, **cell._asdict()}
                for layer, place, cell in self.layers
                if cell.differs
            ],
        }


class _Asking:
    """Puts one question after the other, until the time is over."""

    def __init__(self, fn: Callable[..., Any], exercise: Exercise) -> None:
        self.fn, self.exercise = fn, exercise
        self.name = name_of(fn)
        self.left = SECONDS
        self.first: tuple[Wrong, str] | None = None
        self.wrong = self.asked = 0

    def __call__(self, arguments: tuple[Any, ...]) -> Cell:
        assert self.exercise.right is not None
        right = self.exercise.right(*arguments)
        shown = text_of(right)
        if self.left <= 0:
            return Cell(shown, "", False)
        began = time.monotonic()
        outcome = call(self.fn, *arguments, seconds=self.left)
        self.left -= time.monotonic() - began
        self.asked += 1
        asked = f"{self.name}({', '.join(map(str, arguments))})"
        if outcome.timed_out:
            self.left = 0.0
        if outcome.error is not None:
            return self._wrong(Cell(shown, "error", True), "error", f"{asked} {outcome.error}")
        difference = compare(outcome.value, right)
        got = text_of(outcome.value)
        if difference is None:
            return Cell(shown, got, False)
        kind, sentence = said(difference, got, shown)
        return self._wrong(Cell(shown, got, True), kind, f"{asked} {sentence}")

    def _wrong(self, cell: Cell, kind: Wrong, sentence: str) -> Cell:
        self.wrong += 1
        self.first = self.first or (kind, sentence)
        return cell


def said(difference: Difference, got: str, right: str) -> tuple[Literal["value", "type"], str]:
    """Of which kind a difference is, and its sentence with what was returned."""
    if difference.kind != "type":
        whole = f"returned {got}, not {right}" if right.startswith("(") else difference.sentence
        return "value", whole
    return "type", difference.sentence + (f" ({got})" if got[:1].isdigit() else "")


def size_answer(fn: Callable[..., Any], exercise: Exercise, layers: Sequence[tuple[Shape, Layer]]) -> SizeAnswer:
    """Asks `fn` for every cell of the table and then for every layer, each with the shape that comes into it.

    All calls together may take `SECONDS`.
    """
    ask = _Asking(fn, exercise)
    table = tuple(tuple(ask((n, *row)) for n in exercise.columns) for row in exercise.rows)
    found = [
        LayerCell(number, place, ask(arguments))
        for number, (given, layer) in enumerate(layers, 1)
        for place, arguments in exercise.of(given, layer)
    ]
    if ask.first is None:
        what = "sizes" if exercise.name != "conv_parameters" else "layers"
        return SizeAnswer(exercise, "right", f"{ask.name} is right for all {ask.asked} {what}.", table, tuple(found))
    kind, sentence = ask.first
    more = ask.wrong - 1
    further = f" {more} more {'differs' if more == 1 else 'differ'}." if more else ""
    return SizeAnswer(exercise, kind, ended(sentence) + further, table, tuple(found))


def failed(exercise: Exercise, name: str, outcome: Outcome) -> SizeAnswer:
    """The answer of a function that raised, or did not come back."""
    return SizeAnswer(exercise, "error", ended(f"{name} {outcome.error}"))


def ended(sentence: str) -> str:
    """A sentence with an end."""
    return sentence if sentence.endswith((".", "?", "!", "…")) else f"{sentence}."


def text_of(value: Any) -> str:
    """What was returned, short enough for a cell."""
    if type(value) in INTEGERS:
        text = str(int(value))
        return text if len(text) <= 8 else f"{text[:7]}…"
    if type(value) in FLOATS:
        number = float(value)
        return f"{number:.1f}" if number.is_integer() and abs(number) < 1e6 else f"{number:.6g}"
    if type(value) is tuple and 1 < len(value) <= 4 and all(type(each) in INTEGERS + FLOATS for each in value):
        return f"({', '.join(map(text_of, value))})"
    return a_kind(value)[:24]
