"""What the static page offers to try with the ImageKernelExplorer: name, what to look for, traits."""

from __future__ import annotations

from typing import Any

EMBOSS = [[-2.0, -1.0, 0.0], [-1.0, 1.0, 1.0], [0.0, 1.0, 2.0]]
GAUSSIAN = [[a * b / 256 for b in (1, 4, 6, 4, 1)] for a in (1, 4, 6, 4, 1)]

IMAGE_PRESETS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("Upright edges", "Blue where it gets lighter to the right, orange and hatched where it gets darker.", {}),
    (
        "A smoother picture",
        "Weights that sum to 1 keep the brightness; near neighbours count more than far ones.",
        {"kernel": GAUSSIAN, "colours": "grey", "pixel": [58, 70]},
    ),
    (
        "Correlation or convolution?",
        "The same kernel both ways: convolution slides it turned by a half turn, so the light comes from the other side.",
        {"kernel": EMBOSS, "colours": "grey", "side_by_side": True},
    ),
    (
        "The course's edge image",
        "The kernel [1, −1] gives +255 where white falls to black, −255 where it rises, and 0 in between.",
        {"picture": "edges", "kernel": [[1.0, -1.0]], "padding": "valid", "pixel": [2, 2]},
    ),
    (
        "Every direction",
        "A disc has edges in every direction: Sobel's kernel answers only to those that it looks across.",
        {"picture": "disc", "pixel": [20, 16]},
    ),
)
