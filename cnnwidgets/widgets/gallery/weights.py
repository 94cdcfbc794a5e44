"""WeightCounter on the page, and what to try with it."""

from __future__ import annotations

from cnnwidgets.widgets.gallery.entry import Entry, Preset, state_of
from cnnwidgets.widgets.weight_counter import WeightCounter

PRESETS = (
    Preset("A megapixel", "1000 × 1000 RGB pixels and 1000 hidden units: 3 billion weights, 12 GB, for one layer."),
    Preset(
        "Only what is near",
        "A unit that sees 10 pixels to every side has 21 × 21 weights, but every unit has its own.",
        {"kind": "local"},
    ),
    Preset(
        "The same everywhere",
        "One set of weights for all units: 441 are left. Move the unit: the numbers in its window stay the same.",
        {"kind": "shared"},
    ),
    Preset(
        "A garment",
        "28 × 28 grey pixels, 10 units: here a dense layer is small. A 5×5 kernel (Δ = 2) is smaller by far.",
        {"height": 28, "width": 28, "channels": 1, "hidden": 10, "delta": 2},
    ),
    Preset(
        "Every pixel to every pixel",
        "W (h, w, h, w): a hidden layer as large as the image has a billion weights from 178 × 178 pixels on.",
        {"height": 178, "width": 178, "kind": "dense2d"},
    ),
)


def entry() -> Entry:
    """From billions of weights down to a kernel."""
    return Entry(
        bundle="weight_counter",
        title="Why convolution: count the weights",
        line="Everything connected to everything, then only what is near, then the same weights everywhere.",
        state=state_of(WeightCounter),
        presets=PRESETS,
        exercise="01-why-convolution",
    )
