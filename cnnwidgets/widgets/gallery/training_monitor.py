"""TrainingMonitor on the page: a run of LeNet that was recorded by `cnnwidgets.training.record_run`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from cnnwidgets.widgets.gallery.entry import Entry, Preset
from cnnwidgets.widgets.live import live_state
from cnnwidgets.widgets.training_monitor import TrainingMonitor

RECORDED = Path(__file__).with_name("training_run.json")


def entry() -> Entry:
    """The whole run, and the run as it stood after the first epoch."""
    return Entry(
        bundle="training_monitor",
        title="Training, as it happens",
        line="Loss and accuracy while a network learns, its first filters, and what it still mixes up.",
        state=replayed(),
        presets=(
            Preset(
                "A whole run",
                "LeNet with ReLU and max pooling on 2000 garments: recorded on a processor, not made up.",
            ),
            Preset(
                "After one epoch",
                "Where the same run stood after its first 2000 examples: hardly better than chance.",
                {name: value for name, value in replayed(epochs=1).items() if name not in ("_filters", "_classes")},
            ),
        ),
        exercise="06-lenet",
    )


@cache
def _recorded() -> dict[str, Any]:
    run: dict[str, Any] = json.loads(RECORDED.read_text(encoding="utf-8"))
    return run


def replayed(epochs: int | None = None) -> dict[str, Any]:
    """The state of a monitor that was told the recorded run, or its first epochs."""
    run = _recorded()
    monitor = TrainingMonitor()
    monitor._quiet = True
    monitor.start(
        SimpleNamespace(modules=list),
        SimpleNamespace(**{name: run[name] for name in ("epochs", "examples", "device")}),
    )
    for step in run["steps"]:
        if epochs is None or step["epoch"] <= epochs:
            monitor.update(SimpleNamespace(**step, device=run["device"]))
    monitor.finish(
        SimpleNamespace(ended="all epochs done" if epochs is None else f"after epoch {epochs} of {run['epochs']}")
    )
    return {**live_state(monitor), "_filters": np.array(run["filters"]).tolist()}
