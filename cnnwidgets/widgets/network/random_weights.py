"""Random weights by a seed, the same ones in Python and in the browser, so that no page has to carry them."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np
from jaxtyping import Float32
from numpy import ndarray

from cnnwidgets.widgets.network.layers import Layer, weight_shapes


def _mixed(x: ndarray) -> ndarray:
    """A hash of 32-bit numbers. Source: Chris Wellons, "Prospecting for hash functions", 2018 (lowbias32)."""
    x = (x ^ (x >> np.uint32(16))) * np.uint32(0x7FEB352D)
    x = (x ^ (x >> np.uint32(15))) * np.uint32(0x846CA68B)
    mixed: ndarray = x ^ (x >> np.uint32(16))
    return mixed


def random_weights(layers: Sequence[Layer], seed: int) -> Float32[ndarray, " weights"]:
    """Weights and biases of all layers, uniform between ±1/√(inputs of a unit): PyTorch's own start.

    The i-th of all numbers is a hash of i and the seed, scaled to its layer's limits.
    """
    limits = [
        np.full(sum(map(prod, shapes)), 1 / np.sqrt(prod(shapes[0][1:])))
        for shapes in map(weight_shapes, layers)
        if shapes
    ]
    limit = np.concatenate([np.zeros(0), *limits])
    start = _mixed(np.array([seed % 2**32], dtype=np.uint32))
    hashes = _mixed(np.arange(len(limit), dtype=np.uint32) + start)
    weights: ndarray = ((hashes / 2**31 - 1) * limit).astype(np.float32)
    return weights
