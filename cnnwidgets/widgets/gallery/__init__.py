"""The static page: every widget live in one file; here is what it shows, and in which order."""

from __future__ import annotations

from importlib import import_module

from cnnwidgets.widgets.gallery.entry import Entry

#: In the order of the course: a module of this package each, with a function `entry`.
SHOWN = (
    "weights",
    "equivariance",
    "correlation",
    "image_kernel",
    "kernel_learner",
    "channel",
    "shape",
    "pooling",
    "network",
    "training_monitor",
)


def entries() -> list[Entry]:
    """What the page shows, in its order."""
    return [import_module(f"{__name__}.{name}").entry() for name in SHOWN]
