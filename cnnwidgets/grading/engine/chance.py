"""The random numbers of Python, NumPy and torch: where they stand, so that a test's seed holds everywhere."""

import random
from typing import Any

import numpy as np


def states() -> list[Any]:
    """Where the three stand, as plain data."""
    import torch

    return [random.getstate(), np.random.get_state(), torch.get_rng_state().numpy()]  # noqa: NPY002


def go_on_from(found: list[Any]) -> None:
    """Let the three go on from there."""
    import torch

    random.setstate(found[0])
    np.random.set_state(found[1])  # noqa: NPY002
    torch.set_rng_state(torch.from_numpy(found[2]))
