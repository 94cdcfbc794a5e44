"""NetworkExplorer on the page, with both networks trained, and what to try with it."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnwidgets.widgets.gallery.entry import Entry, Preset, state_of
from cnnwidgets.widgets.network.layers import NETWORKS
from cnnwidgets.widgets.network.weight_files import packed_trained
from cnnwidgets.widgets.network_explorer import NetworkExplorer
from cnnwidgets.widgets.pictures.garments import packed_garments
from cnnwidgets.widgets.pictures.grey import pack

EMPTY: dict[str, Any] = pack(np.zeros((28, 28), dtype=np.uint8))

PRESETS = (
    Preset("An ankle boot", "Every map of every layer, and the sum behind any number: click one.", {}),
    Preset(
        "Deep inside",
        "A number of the fourth layer adds up six windows, one a map; it depends on a 14 × 14 part of the image.",
        {"network": "modern", "image": "sandal", "cell": [3, 5, 4, 5]},
    ),
    Preset(
        "A largest value",
        "Maximum pooling keeps the largest of four numbers: the marked one.",
        {"network": "modern", "image": "sneaker", "cell": [2, 2, 8, 6]},
    ),
    Preset(
        "Why that class?",
        "The last layer weighs 84 numbers for every class: here are the products that count most.",
        {"image": "bag", "cell": [11, 0, 0, 8]},
    ),
    Preset(
        "Draw it yourself",
        "Draw trousers, a bag, a shoe, filled in: which strokes change the network's mind?",
        {"network": "modern", "image": EMPTY, "cell": [0, 0, 12, 12]},
    ),
    Preset(
        "Before training",
        "The same layers with random weights: maps there are, but what it says means nothing.",
        {"weights": "random", "seed": 1},
    ),
    Preset(
        "Predict first",
        "A shirt, or a coat, or a pullover? Say what the network will say; then its scores are shown.",
        {"predict": True, "image": "shirt"},
    ),
)


def entry() -> Entry:
    """A trained LeNet at work: look inside, draw, go without training, predict."""
    return Entry(
        bundle="network_explorer",
        title="LeNet at work",
        line="A trained network, every layer's maps live while you draw or choose a garment; take any number apart, "
        "down to its window and weights.",
        state={
            **state_of(NetworkExplorer),
            "_garments": packed_garments(),
            "_trained": packed_trained(list(NETWORKS)),
        },
        presets=PRESETS,
        exercise="06-lenet",
    )
