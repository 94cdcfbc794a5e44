"""EquivarianceExplorer on the page, and what to try with it."""

from __future__ import annotations

from cnnwidgets.widgets.equivariance.pictures import all_packed
from cnnwidgets.widgets.equivariance_explorer import EquivarianceExplorer
from cnnwidgets.widgets.gallery.entry import Entry, Preset, state_of

PRESETS = (
    Preset(
        "One place to the right",
        "Correlation follows, but for an edge of zeros; stride, pooling and a dense layer do not.",
    ),
    Preset(
        "Two places",
        "A shift by a multiple of the stride comes through: two rungs that failed hold again.",
        {"shift": [2, -2], "op": "stride"},
    ),
    Preset(
        "Where padding shows",
        "The disc lies on grey, so something is missing as soon as the picture moves: a rim that does not follow.",
        {"picture": "disc", "shift": [3, 4], "op": "same"},
    ),
    Preset(
        "What pooling bears",
        "Many places keep their value under a small shift: pooling is a little invariant, which is another thing.",
        {"picture": "bag", "shift": [1, 0], "op": "pool"},
    ),
    Preset("Predict", "Say of each layer whether it will follow, before it is shown.", {"predict": True}),
)


def entry() -> Entry:
    """Shifts that come through and shifts that do not."""
    return Entry(
        bundle="equivariance_explorer",
        title="What follows when the picture moves",
        line="Drag the picture: a convolution's output moves along exactly. Padding, stride, pooling and a dense "
        "layer show where that stops, and why.",
        state={**state_of(EquivarianceExplorer), "_pictures": all_packed(), "shift": [0, 1]},
        presets=PRESETS,
        exercise="01-why-convolution",
    )
