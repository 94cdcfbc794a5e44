"""CorrelationExplorer on the page, and what to try with it."""

from __future__ import annotations

import numpy as np

from cnnwidgets.widgets.correlation.cases import case
from cnnwidgets.widgets.correlation_explorer import CorrelationExplorer
from cnnwidgets.widgets.gallery.entry import Entry, Preset, state_of

EDGE = [[1.0] * 2 + [0.0] * 4 + [1.0] * 2] * 6
IMPULSE = np.eye(1, 25, 12).reshape(5, 5).tolist()
COUNTING = np.arange(1.0, 10).reshape(3, 3).tolist()


def entry() -> Entry:
    """The worked example, edges, an impulse, padding and stride, the way back up."""
    return Entry(
        bundle="correlation_explorer",
        title="Correlation, one window at a time",
        line="Slide a kernel over an input, watch every product and every sum, then predict the next one.",
        state=state_of(CorrelationExplorer),
        presets=(
            Preset("Worked example", "Four windows, four sums: 19, 25, 37, 43."),
            Preset(
                "Find edges",
                "The kernel [1, −1] gives 1 where the image falls from 1 to 0, and −1 where it rises.",
                {"input": EDGE, "kernel": [[1.0, -1.0]]},
            ),
            Preset(
                "Impulse",
                "A single 1 gives back the kernel: turned around in correlation, as it is in convolution.",
                {"input": IMPULSE, "kernel": COUNTING, "padding": [4, 4], "step": 48},
            ),
            Preset(
                "Padding and stride",
                "Two rows and two columns of zeros in all; the window moves 3 down and 2 across.",
                {"padding": [2, 2], "stride": [3, 2]},
            ),
            Preset(
                "Back up",
                "Transposed: zeros between and around take 3 × 3 to 6 × 6, the sizes of a stride of 2 run backwards.",
                case("Padding, strides, odd", transposed=True),
            ),
        ),
        exercise="02-correlation",
    )
