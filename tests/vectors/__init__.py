"""What the front end is tested with, computed by `cnnwidgets.ops` or torch; ``python -m tests.vectors`` writes it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.vectors.channels import layers as channels
from tests.vectors.channels import ones
from tests.vectors.descents import descents
from tests.vectors.networks import networks_and_layers
from tests.vectors.pictures import pictures
from tests.vectors.pooling import pooling
from tests.vectors.shifts import shifts
from tests.vectors.stacks import stacks
from tests.vectors.transposed import named_cases, transposed
from tests.vectors.weights import weights
from tests.vectors.windows import sizes, windows

FOLDER = Path(__file__).parents[2] / "js" / "vectors"

#: One file each: what makes its cases.
FILES: dict[str, Callable[[], list[Any]]] = {
    "cases": named_cases,
    "channels": channels,
    "networks": networks_and_layers,
    "ones": ones,
    "pictures": pictures,
    "pooling": pooling,
    "shifts": shifts,
    "descents": descents,
    "sizes": sizes,
    "stacks": stacks,
    "transposed": transposed,
    "weights": weights,
    "windows": windows,
}


def write_vectors(folder: Path = FOLDER) -> dict[str, int]:
    """Writes ``windows.json``, ``sizes.json``, … into `folder`; returns how many cases each of them holds."""
    folder.mkdir(parents=True, exist_ok=True)
    counts = {}
    for name, make in FILES.items():
        cases = make()
        (folder / f"{name}.json").write_text(json.dumps(cases, allow_nan=False, separators=(",", ":")))
        counts[name] = len(cases)
    return counts
