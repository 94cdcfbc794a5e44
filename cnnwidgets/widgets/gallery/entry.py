"""What the page says and holds of one widget."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cnnwidgets.widgets.base import Explorer
from cnnwidgets.widgets.live import live_state


@dataclass(frozen=True)
class Preset:
    """A state to try: its name, a line that says what to look for, and the traits that it sets."""

    name: str
    line: str
    traits: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """One widget of the page."""

    bundle: str
    """The name of its bundle, without the ending."""
    title: str
    line: str
    state: dict[str, Any]
    """The model's state at the start; a preset sets what it names and puts back the rest."""
    presets: tuple[Preset, ...]
    exercise: str
    """The folder and the notebook that it belongs to."""


def state_of(kind: type[Explorer]) -> dict[str, Any]:
    """The traits that a widget's front end reads, at their defaults."""
    return live_state(kind())
