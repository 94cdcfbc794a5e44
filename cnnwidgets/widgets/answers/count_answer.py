"""Runs a learner's function that counts weights on the numbers on view and on a few others."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from cnnwidgets import ops
from cnnwidgets.checks.call import call
from cnnwidgets.checks.compare import INTEGERS, compare
from cnnwidgets.widgets.answers.matrix_answer import name_of
from cnnwidgets.widgets.answers.size_answer import text_of
from cnnwidgets.widgets.answers.volume_answer import Kind, VolumeAnswer

FUNCTIONS = "a dense_weights(height, width, channels, hidden) or a local_weights(delta)"
SECONDS = 2.0  # for all questions together
LONGEST = 24  # digits of a wrong count that are still shown


@dataclass(frozen=True)
class Exercise:
    """A function that learners write, and what theirs is asked besides the numbers on view."""

    name: str
    right: Callable[..., int]
    parameters: tuple[str, ...]
    cases: tuple[tuple[int, ...], ...]

    def on_view(self, setting: tuple[int, ...]) -> tuple[int, ...]:
        """Of (height, width, channels, hidden, delta) what this one takes."""
        return setting[:4] if self.name == "dense_weights" else setting[4:]


EXERCISES = (
    Exercise(
        "dense_weights",
        ops.dense_weights,
        ("height", "width", "channels", "hidden"),
        ((28, 28, 1, 10), (3, 5, 2, 7), (224, 224, 3, 1), (1000, 1000, 3, 1000)),
    ),
    Exercise("local_weights", ops.local_weights, ("delta",), ((0,), (1,), (2,), (10,))),
)


def exercise_of(fn: Callable[..., Any]) -> Exercise | None:
    """Which exercise a function answers: by its own name, or by how many arguments it takes; None for neither."""
    named = getattr(fn, "__name__", "")
    for each in EXERCISES:
        if named == each.name:
            return each
    for each in EXERCISES:
        try:
            inspect.signature(fn).bind(*each.parameters)
        except (TypeError, ValueError):
            continue
        return each
    return None


class Row(NamedTuple):
    """One question and what came of it."""

    arguments: tuple[int, ...]
    right: int
    got: str
    """What was returned, as text; "error" where it raised, "" where the time was over before."""
    differs: bool


@dataclass(frozen=True)
class CountAnswer(VolumeAnswer):
    """How a learner's counts compare with the right ones."""

    exercise: Exercise | None = None
    rows: tuple[Row, ...] = ()
    """The numbers on view first, then others."""

    def to_browser(self) -> dict[str, Any]:
        """As plain values; a count is a string of digits, which no double could hold."""
        rows = [
            {"arguments": list(row.arguments), "right": str(row.right), "got": row.got, "differs": row.differs}
            for row in self.rows
        ]
        known = self.exercise
        return {
            "kind": self.kind,
            "sentence": self.sentence,
            "what": known.name if known else "",
            "parameters": list(known.parameters) if known else [],
            "rows": rows,
        }


def count_answer(fn: Callable[..., Any], exercise: Exercise, setting: tuple[int, ...]) -> CountAnswer:
    """Asks `fn` for the numbers on view, then for the cases of its exercise. All together may take `SECONDS`."""
    name = name_of(fn)
    rows: list[Row] = []
    first: tuple[Kind, str] | None = None
    left = SECONDS
    for arguments in dict.fromkeys([exercise.on_view(setting), *exercise.cases]):
        right = exercise.right(*arguments)
        if left <= 0:
            rows.append(Row(arguments, right, "", False))
            continue
        began = time.monotonic()
        outcome = call(fn, *arguments, seconds=left)
        left = 0.0 if outcome.timed_out else left - (time.monotonic() - began)
        asked = f"{name}({', '.join(map(str, arguments))})"
        if outcome.error is not None:
            rows.append(Row(arguments, right, "error", True))
            first = first or ("error", f"{asked} {outcome.error}")
            continue
        difference = compare(outcome.value, right)
        rows.append(Row(arguments, right, _text(outcome.value), difference is not None))
        if difference is not None:
            first = first or ("value" if difference.kind == "value" else "type", f"{asked} {difference.sentence}")
    if first is None:
        return CountAnswer(
            "right", f"{name} is right for all {len(rows)} questions.", exercise=exercise, rows=tuple(rows)
        )
    kind, sentence = first
    ended = sentence if sentence.endswith((".", "?", "!", "…")) else f"{sentence}."
    return CountAnswer(kind, ended, exercise=exercise, rows=tuple(rows))


def _text(value: Any) -> str:
    if type(value) in INTEGERS and -(10**LONGEST) < int(value) < 10**LONGEST:
        return str(int(value))
    return text_of(value)
