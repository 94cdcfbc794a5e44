"""ImageKernelExplorer on the page, and what to try with it."""

from __future__ import annotations

from cnnwidgets.widgets.gallery.entry import Entry, Preset, state_of
from cnnwidgets.widgets.image_kernel_explorer import ImageKernelExplorer
from cnnwidgets.widgets.pictures.grey import all_packed

EMBOSS = [[-2.0, -1.0, 0.0], [-1.0, 1.0, 1.0], [0.0, 1.0, 2.0]]
GAUSSIAN = [[a * b / 256 for b in (1, 4, 6, 4, 1)] for a in (1, 4, 6, 4, 1)]

PRESETS = (
    Preset("Upright edges", "Blue where it gets lighter to the right, orange and hatched where it gets darker.", {}),
    Preset(
        "A smoother picture",
        "Weights that sum to 1 keep the brightness; near neighbours count more than far ones.",
        {"kernel": GAUSSIAN, "colours": "grey", "pixel": [58, 70]},
    ),
    Preset(
        "Correlation or convolution?",
        "The same kernel both ways: convolution slides it turned by a half turn, and the light changes sides.",
        {"kernel": EMBOSS, "colours": "grey", "side_by_side": True},
    ),
    Preset(
        "The course's edge image",
        "The kernel [1, −1] gives +255 where white falls to black, −255 where it rises, and 0 in between.",
        {"picture": "edges", "kernel": [[1.0, -1.0]], "padding": "valid", "pixel": [2, 2]},
    ),
    Preset(
        "Every direction",
        "A disc has edges in every direction: Sobel's kernel answers only to those that it looks across.",
        {"picture": "disc", "pixel": [20, 16]},
    ),
)


def entry() -> Entry:
    """Edges, smoothing, both conventions side by side."""
    return Entry(
        bundle="image_kernel_explorer",
        title="Kernels on a picture",
        line="What a kernel does to a picture, and the sum behind every pixel: with ready-made kernels, your own, "
        "your picture, or your camera.",
        state={**state_of(ImageKernelExplorer), "_pictures": all_packed()},
        presets=PRESETS,
        exercise="02-correlation",
    )
