"""Answers as learners write them: right ones in many styles, wrong ones labelled with their misconception."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

TWO_MISTAKES = "two mistakes"  # no diagnosis fits all of it
UNNAMED = "unnamed"  # wrong in a way that no misconception describes


@dataclass(frozen=True)
class Answer:
    """One answer to one exercise."""

    exercise: str
    label: str | None  #: None for a right one, else the misconception's key, TWO_MISTAKES or UNNAMED
    candidate: Any

    @property
    def name(self) -> str:
        return f"{self.exercise}-{self.label or 'right'}-{self.candidate.__name__.strip('_')}"


ANSWERS: list[Answer] = []


def right(exercise: str) -> Callable[[Any], Any]:
    """Marks a right answer to an exercise."""
    return wrong(exercise, None)


def wrong(exercise: str, label: str | None) -> Callable[[Any], Any]:
    """Marks a wrong answer to an exercise, with its label."""

    def mark(candidate: Any) -> Any:
        ANSWERS.append(Answer(exercise, label, candidate))
        return candidate

    return mark


def answers() -> list[Answer]:
    """The whole bank: every module of this folder that does not test."""
    for module in pkgutil.iter_modules(__path__):
        if not module.name.startswith(("test_", "__")):
            importlib.import_module(f"{__name__}.{module.name}")
    return ANSWERS
