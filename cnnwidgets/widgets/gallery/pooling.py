"""PoolingExplorer on the page, and what to try with it."""

from __future__ import annotations

from cnnwidgets.widgets.gallery.entry import Entry, Preset, state_of
from cnnwidgets.widgets.pooling_explorer import PoolingExplorer

#: Nothing above 0: what a maximum padded with zeros gets wrong at every border.
NEGATIVE = [[[-5.0, -2.0, -7.0, -4.0], [-3.0, -8.0, -1.0, -6.0], [-9.0, -4.0, -5.0, -2.0]]]
#: Two feature maps, as a layer of LeNet gets them: one for upright edges, one for level ones.
MAPS = [
    [
        [0.0, 1.0, 4.0, 9.0, 3.0, 0.0],
        [0.0, 2.0, 7.0, 8.0, 1.0, 0.0],
        [1.0, 3.0, 9.0, 6.0, 0.0, 0.0],
        [1.0, 5.0, 8.0, 2.0, 0.0, 1.0],
        [2.0, 6.0, 7.0, 1.0, 0.0, 2.0],
        [3.0, 8.0, 4.0, 0.0, 1.0, 3.0],
    ],
    [
        [0.0, 0.0, 1.0, 1.0, 0.0, 0.0],
        [2.0, 3.0, 3.0, 4.0, 3.0, 2.0],
        [7.0, 8.0, 9.0, 9.0, 8.0, 6.0],
        [4.0, 5.0, 5.0, 6.0, 5.0, 4.0],
        [0.0, 1.0, 0.0, 2.0, 1.0, 0.0],
        [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
    ],
]
SPOTS = [
    [
        [9.0, 0.0, 0.0, 0.0, 7.0, 0.0],
        [0.0, 1.0, 0.0, 0.0, 2.0, 0.0],
        [0.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        [6.0, 0.0, 2.0, 0.0, 0.0, 0.0],
        [0.0, 0.0, 8.0, 0.0, 5.0, 0.0],
        [3.0, 0.0, 0.0, 1.0, 0.0, 0.0],
    ]
]

PRESETS = (
    Preset("Largest value", "Four windows, four values: 4, 5, 7, 8. The one that wins is underlined."),
    Preset("Mean value", "The same windows, averaged: 2, 3, 5, 6.", {"mode": "avg"}),
    Preset(
        "Why −∞",
        "All values are negative. Padded with 0, every window at the border would give 0; padded with −∞, none does.",
        {"input": NEGATIVE, "pool_size": [3, 3], "padding": [1, 1], "stride": [1, 1]},
    ),
    Preset(
        "The divisor at the border",
        "Every value is 6, so is every mean, if padding does not count. Tick the box below and the corners fall.",
        {
            "input": [[[6.0] * 5] * 4],
            "pool_size": [3, 3],
            "padding": [1, 1],
            "stride": [1, 1],
            "mode": "avg",
            "count_include_pad": False,
        },
    ),
    Preset(
        "LeNet's 2×2 at stride 2",
        "Each channel by itself: half the rows, half the columns, as many channels as before.",
        {"input": MAPS, "stride": None, "mode": "avg", "step": 4},
    ),
    Preset(
        "A stride that does not divide",
        "⌊(6 − 3)/2⌋ + 1 = 2, not 2.5: the last row and the last column are never reached.",
        {"input": MAPS[:1], "pool_size": [3, 3], "stride": [2, 2]},
    ),
    Preset(
        "Moved by one",
        "The input one column to the right: most maxima stay, most means do not. Try two columns, a whole stride.",
        {"input": SPOTS, "stride": None, "step": 8, "shift": [0, 1]},
    ),
)


def entry() -> Entry:
    """The worked examples, padding, the divisor, LeNet's pooling, the floor, and what a move does."""
    return Entry(
        bundle="pooling_explorer",
        title="Pooling, the largest value or the mean",
        line="Slide a window over every channel and keep one number of it. Then move the input, and see what stays.",
        state=state_of(PoolingExplorer),
        presets=PRESETS,
        exercise="05-pooling",
    )
