"""Stacks to start from: the deck's, and LeNet."""

from __future__ import annotations

from typing import Any, NamedTuple


class Preset(NamedTuple):
    """A stack by name, with a line that says what to look for, and the traits that it sets."""

    name: str
    line: str
    traits: dict[str, Any]


def _conv(channels: int, kernel: int, per_side: int = 0, stride: int = 1) -> dict[str, Any]:
    pair = [kernel, kernel], [2 * per_side, 2 * per_side], [stride, stride], [1, 1]
    windows = dict(zip(("kernel", "padding", "stride", "dilation"), pair, strict=True))
    return {"kind": "conv", "channels": channels, **windows, "bias": True}


def _linear(units: int) -> dict[str, Any]:
    return {"kind": "linear", "units": units, "bias": True}


MEANS = {"kind": "pool", "mode": "avg", "kernel": [2, 2], "padding": [0, 0], "stride": [2, 2]}
SIGMOID = {"kind": "activation", "name": "sigmoid"}

PRESETS: dict[str, Preset] = {
    "common": Preset(
        "Common settings",
        "(k, P, S): (3, 1, 1), (5, 2, 1) and (1, 0, 1) keep 32 rows; (3, 1, 2) halves them, with the floor: 16, "
        "not 16.5.",
        {
            "input": [3, 32, 32],
            "batch": "N",
            "layers": [_conv(8, 3, 1), _conv(8, 5, 2), _conv(8, 1), _conv(16, 3, 1, 2)],
            "selected": 4,
        },
    ),
    "batch": Preset(
        "N×3×32×32",
        "The deck's batch: N×3×32×32 → N×6×28×28 → N×10×26×26. Without padding each layer takes k − 1 rows off.",
        {"input": [3, 32, 32], "batch": "N", "layers": [_conv(6, 5), _conv(10, 3)], "selected": 1},
    ),
    "shrinking": Preset(
        "32 under 5×5",
        "Without padding every 5×5 takes 4 rows off: 32 are down to 4 after 7 layers.",
        {"input": [1, 32, 32], "batch": "N", "layers": [_conv(1, 5)] * 7, "selected": 7},
    ),
    "lenet": Preset(
        "LeNet",
        "From (1, 6, 28, 28) to (1, 10) with 61 706 parameters, most of them in the first linear layer.",
        {
            "input": [1, 28, 28],
            "batch": 1,
            "layers": [
                *(_conv(6, 5, 2), SIGMOID, MEANS),
                *(_conv(16, 5), SIGMOID, MEANS, {"kind": "flatten"}),
                *(_linear(120), SIGMOID, _linear(84), SIGMOID, _linear(10)),
            ],
            "selected": 1,
        },
    ),
}
