"""ChannelExplorer on the page, and what to try with it."""

from __future__ import annotations

import numpy as np

from cnnwidgets.widgets.channel_explorer import EXAMPLE_K, EXAMPLE_X, ChannelExplorer
from cnnwidgets.widgets.gallery.entry import Entry, Preset, state_of

THREE = np.stack([EXAMPLE_K, EXAMPLE_K + 1, EXAMPLE_K + 2])

# A red square on green ground, and a grey one: the red channel alone tells where the red begins.
RED = [[0.0, 0, 0, 0, 0, 0], [0, 1, 1, 1, 0, 0], [0, 1, 1, 1, 0, 0], [0, 1, 1, 1, 0, 0], [0, 0, 0, 0, 0, 0]]
GREEN = [[1.0, 1, 1, 1, 1, 1], [1, 0, 0, 0, 1, 1], [1, 0, 0, 0, 1, 1], [1, 0, 0, 0, 1, 1], [1, 1, 1, 1, 1, 1]]
BLUE = [[0.0] * 6] * 5
EDGE = [[[-1.0, 1.0]], [[1.0, -1.0]], [[0.0, 0.0]]]

ONE_X = np.stack([np.arange(6.0).reshape(2, 3), np.arange(6.0)[::-1].reshape(2, 3), np.eye(2, 3)])
ONE_K = np.array([[1.0, 0, 2], [0.5, 0.5, -1]]).reshape(2, 3, 1, 1)

PRESETS = (
    Preset(
        "Two channels in",
        "Each channel has a kernel of its own, and the two sums are added: 19 + 37 = 56. Then 72, 104, 120.",
    ),
    Preset(
        "Three channels out",
        "K, K + 1 and K + 2: each set of kernels gives an output channel. The window stays; the weights change.",
        {"kernel": THREE.tolist(), "bias": [0.0] * 3, "out": 2},
    ),
    Preset(
        "An edge in colour",
        "The channels are red, green and blue. Red that rises and green that falls add up: 2 where the square "
        "begins, −2 where it ends. In brightness, red + green, there is no edge at all.",
        {"input": [RED, GREEN, BLUE], "kernel": [EDGE], "bias": [0.0], "step": 5},
    ),
    Preset(
        "1×1: a matrix product",
        "A 1×1 kernel looks at one pixel and mixes its channels: K (co × ci) times X (ci × h·w), column by column.",
        {"input": ONE_X.tolist(), "kernel": ONE_K.tolist(), "bias": [0.0] * 2, "step": 1},
    ),
    Preset(
        "A layer with bias",
        "Padding 2, stride 2, a bias for each output channel: what a convolutional layer computes.",
        {
            "input": [*EXAMPLE_X.tolist(), np.eye(3).tolist()],
            "kernel": [[*EXAMPLE_K.tolist(), [[1.0, -1.0], [0.0, 2.0]]], np.full((3, 2, 2), -1.0).tolist()],
            "bias": [10.0, 0.5],
            "padding": [2, 2],
            "stride": [2, 2],
            "step": 3,
        },
    ),
    Preset(
        "One kernel channel for two",
        "Refused. NumPy would stretch it over both channels and give numbers without a word: they are no layer's.",
        {"kernel": [[EXAMPLE_K[0].tolist()]]},
    ),
)


def entry() -> Entry:
    """The course's examples, colours, a matrix product, and what is refused."""
    return Entry(
        bundle="channel_explorer",
        title="Many channels in, many out",
        line="Every input channel has its own kernel; their sums and a bias make one output cell. As many sets of "
        "kernels, as many output channels.",
        state=state_of(ChannelExplorer),
        presets=PRESETS,
        exercise="03-channels",
    )
