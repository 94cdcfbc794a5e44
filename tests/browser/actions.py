"""What a step and what a hover is on each widget: for the tests and the timings that go over all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module

from cnnwidgets.widgets.gallery import SHOWN
from cnnwidgets.widgets.gallery.entry import Entry


@dataclass(frozen=True)
class Action:
    """Selectors within the widget's own root."""

    at: str
    """What takes the key."""
    key: str
    """The key that makes a step, or the nearest thing to one."""
    hover: str
    """What a pointer can be on: cells, or a canvas; empty where pointing shows nothing."""
    back: str = ""
    """A key there that leads away from the end; without one, the button "To the start" does."""
    shared: bool = True
    """Whether a step is a trait, which every view follows; else it is where a reader of this one view looks."""


CELLS = "[role=grid]:not([aria-label^=Products]) [data-at]"
TRANSPORT = Action(".cnnw-buttons .cnnw-primary", "Enter", CELLS)
ACTIONS = {
    "channel_explorer": TRANSPORT,
    "correlation_explorer": TRANSPORT,
    "equivariance_explorer": Action(".cnnw-stage", "ArrowRight", ".cnnw-plot[role=application]", "ArrowLeft"),
    "image_kernel_explorer": Action(".cnnw-picture", "ArrowRight", ".cnnw-picture", "ArrowLeft"),
    "kernel_learner": replace(TRANSPORT, hover="[role=grid][aria-label^=Gradient] [data-at]"),
    "network_explorer": Action(".cnnw-big-map", "ArrowRight", "", "ArrowLeft"),
    "pooling_explorer": TRANSPORT,
    "shape_explorer": Action(".cnnw-layer[tabindex='0']", "ArrowUp", "", "ArrowDown"),
    "training_monitor": Action("[role=slider], [type=range]", "ArrowLeft", "", "ArrowRight", shared=False),
    "weight_counter": Action("[aria-label='Height: one more']", "Enter", "[role=gridcell]"),
}


@cache
def entry_of(name: str) -> Entry:
    """The entry of the gallery that a module of it makes, made once."""
    entry: Entry = import_module(f"cnnwidgets.widgets.gallery.{name}").entry()
    return entry


NAMES = list(SHOWN)
