"""ShapeExplorer on the page, and the stacks to try with it."""

from __future__ import annotations

from cnnwidgets.widgets.gallery.entry import Entry, Preset, state_of
from cnnwidgets.widgets.shape.stacks import PRESETS
from cnnwidgets.widgets.shape_explorer import ShapeExplorer


def entry() -> Entry:
    """The deck's stacks, and LeNet."""
    return Entry(
        bundle="shape_explorer",
        title="Sizes through a stack of layers",
        line="Stack layers and follow the volume: both output-size formulas, receptive field, parameters, "
        "multiply-adds.",
        state=state_of(ShapeExplorer),
        presets=tuple(Preset(*stack) for stack in PRESETS.values()),
        exercise="04-padding-and-stride",
    )
