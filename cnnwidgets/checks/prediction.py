"""Questions that are answered before any code runs: a right answer, and a reason for each known slip."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from numpy import ndarray

from cnnwidgets.checks.compare import FLOATS, INTEGERS, Tolerance, a_kind, compare
from cnnwidgets.checks.html import BOX, RUST, TEAL, prose
from cnnwidgets.checks.report import display

EXACT = Tolerance(0.0, 0.0, 0.0)  # counts and sizes are right or wrong


@dataclass(frozen=True)
class Question:
    """One thing to predict: a number, a shape, or a list of them."""

    asks: str  #: the question in words, to stand above the reply
    answer: Any  #: an int, a float, a str, or a tuple or list of them
    because: str  #: why it is right, shown only then
    slips: tuple[tuple[Any, str], ...] = ()  #: wrong answers that have a reason, each with it


@dataclass(frozen=True)
class Reply:
    """What is said to a prediction."""

    asks: str
    right: bool | None  #: None where nothing was predicted yet
    says: str

    def __str__(self) -> str:
        sign = {True: "✓", False: "✗", None: "?"}[self.right]
        return f"{self.asks}\n{sign} {self.says}"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        colour = {True: TEAL, False: RUST, None: "#8888"}[self.right]
        sign = {True: "✓", False: "✗", None: "?"}[self.right]
        html = (
            f'<div style="{BOX}border:1px solid #8884;border-left:4px solid {colour}"><div>{prose(self.asks)}</div>'
            f'<div style="margin-top:.4rem"><b style="color:{colour}">{sign}</b> {prose(self.says)}</div></div>'
        )
        return {"text/plain": str(self), "text/html": html}


def reply(question: Question, predicted: Any) -> Reply:
    """Whether a prediction is right, and the reason where it is a known slip. The answer itself is not told."""
    if predicted is ... or predicted is None:
        return Reply(question.asks, None, "Put your prediction in place of the three dots, and run the cell again.")
    predicted = _flat(predicted, question.answer)
    if _same(predicted, question.answer):
        return Reply(question.asks, True, question.because)
    for slip, reason in question.slips:
        if _same(predicted, slip):
            return Reply(question.asks, False, reason)
    return Reply(question.asks, False, _no_slip(predicted, question.answer))


def _same(predicted: Any, value: Any) -> bool:
    """Equal as plain values; lists and tuples are the same here, and so are 3 and 3.0."""
    if type(value) in (tuple, list):
        fits = type(predicted) in (tuple, list) and len(predicted) == len(value)
        return fits and all(_same(p, v) for p, v in zip(predicted, value, strict=True))
    if type(value) is str:
        return type(predicted) is str and predicted.strip().lower() == value.lower()
    if type(value) is int:
        return compare(predicted, float(value), EXACT) is None
    return compare(predicted, value, Tolerance(absolute=_half_a_digit(predicted))) is None


def _half_a_digit(predicted: Any) -> float:
    """What rounding may have taken from a prediction with two decimals or more; 0.17 stands for 1/6."""
    decimals = len(repr(predicted).partition(".")[2]) if type(predicted) is float else 0
    return 0.5 * 10.0**-decimals if decimals >= 2 else 0.0


def _flat(predicted: Any, answer: Any) -> Any:
    """A table row by row, and an array as a list, where a list of single values is asked for."""
    if type(answer) not in (tuple, list) or any(type(each) in (tuple, list) for each in answer):
        return predicted
    if type(predicted) is ndarray:
        return predicted.ravel().tolist()
    if type(predicted) in (tuple, list) and predicted and all(type(row) in (tuple, list) for row in predicted):
        return [each for row in predicted for each in row]
    return predicted


def _no_slip(predicted: Any, answer: Any) -> str:
    sequence = type(answer) in (tuple, list)
    if sequence and type(predicted) not in (tuple, list):
        return f"The answer is {len(answer)} values in brackets; this is {a_kind(predicted)}."
    if sequence and len(predicted) != len(answer):
        return f"The answer has {len(answer)} values, this one {len(predicted)}."
    if not sequence and type(answer) is not str and type(predicted) not in INTEGERS + FLOATS:
        return f"The answer is one number; this is {a_kind(predicted)}."
    return "Not yet. Try it on a smaller example with pencil and paper."


class Predictions:
    """The questions by name: ``predict.valid_shape((4, 6))`` says whether that is right, and if not, perhaps why."""

    def __init__(self, questions: Mapping[str, Question]):
        self._questions = questions

    def __getattr__(self, name: str) -> Any:
        question = self._questions.get(name)
        if question is None:
            close = difflib.get_close_matches(name, self._questions, n=1)
            hint = f" Did you mean predict.{close[0]}?" if close else f" There are: {', '.join(self._questions)}."
            raise AttributeError(f"There is no question called {name!r}.{hint}")

        def ask(*predicted: Any) -> None:  # several values are one prediction, brackets or none
            display(reply(question, predicted[0] if len(predicted) == 1 else predicted or ...))

        ask.__name__, ask.__doc__ = name, question.asks
        return ask

    def __dir__(self) -> list[str]:
        return sorted(self._questions)
