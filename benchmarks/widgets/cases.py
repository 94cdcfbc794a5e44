"""What is timed: a step and a hover on every widget, the heavy settings, frames as a camera gives them, LeNet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from cnnwidgets.widgets import gallery
from cnnwidgets.widgets.gallery.entry import Entry, Preset
from cnnwidgets.widgets.pictures.grey import pack
from tests.browser.actions import ACTIONS


@dataclass(frozen=True)
class Case:
    """A page with one widget, and the events on it."""

    name: str
    entry: Entry
    events: tuple[str, ...] = ("step", "hover")
    """`step` and `hover` as `tests.browser.actions` has them; `frame` shows the presets in turn."""


def decimals(rows: int, columns: int) -> list[list[float]]:
    """Numbers of both signs with three digits: as wide as a cell shows them."""
    found: list[list[float]] = np.random.default_rng(rows).uniform(-9, 9, (rows, columns)).round(2).tolist()
    return found


LARGE = {"input": decimals(16, 16), "kernel": decimals(7, 7)}


def cases() -> Iterator[Case]:
    """Every entry of the gallery as it starts, then the others."""
    entries = {entry.bundle: entry for entry in gallery.entries()}
    for bundle, entry in entries.items():
        if bundle in ACTIONS:
            yield Case(bundle, entry)
        else:
            print(f"{bundle}: skipped, tests/browser/actions.py does not say what a step is there")
    if correlation := entries.get("correlation_explorer"):
        yield Case("… 16×16 input, 7×7 kernel", _with(correlation, LARGE))
        yield Case("… the same, padded to 22×22", _with(correlation, {**LARGE, "padding": [6, 6]}))
    if image := entries.get("image_kernel_explorer"):
        random = np.random.default_rng(0)
        frames = [{"picture": pack(random.integers(0, 256, (240, 320)).astype(np.uint8))} for _ in range(4)]
        for k in (3, 7):
            yield Case(
                f"320×240 frame through {k}×{k}", _shows(_with(image, {"kernel": decimals(k, k)}), frames), FRAME
            )
    if network := entries.get("network_explorer"):
        for kind in ("lenet", "modern"):
            garments = [{"image": image, "network": kind} for image in ("bag", "sandal", "coat")]
            yield Case(f"forward and redraw, {kind}", _shows(network, garments), FRAME)


FRAME = ("frame",)


def _with(entry: Entry, traits: dict[str, Any]) -> Entry:
    return replace(entry, state={**entry.state, **traits})


def _shows(entry: Entry, states: list[dict[str, Any]]) -> Entry:
    return replace(entry, presets=tuple(Preset(str(number), "", traits) for number, traits in enumerate(states)))
