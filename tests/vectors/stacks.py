"""Random stacks of layers and what `cnnwidgets.ops.stack` makes of them, for the front end's tests."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from cnnwidgets.ops import stack

SEED = 19_980_401
FITTING, MISFITS = 600, 60


def stacks() -> list[dict[str, Any]]:
    """Stacks in which every layer fits, then some in which one does not; the same ones each time."""
    rng = np.random.default_rng(SEED)
    wanted = {True: FITTING, False: MISFITS}
    cases: list[dict[str, Any]] = []
    while any(wanted.values()):
        case = _case(rng)
        fits = case["misfit"] == 0
        if wanted[fits] > 0:
            wanted[fits] -= 1
            cases.append(case)
    return cases


def random_stack(rng: np.random.Generator) -> tuple[stack.Shape, list[stack.Layer]]:
    """An input and one to eight layers of every kind; axes differ, and a linear layer comes after flattening only."""
    given = tuple(int(n) for n in rng.choice(np.arange(1, 41), 3, replace=False))
    layers: list[stack.Layer] = []
    for _ in range(rng.integers(1, 6)):
        kind = rng.integers(4)
        if kind == 0:
            layers.append(stack.Activation(("sigmoid", "relu", "tanh")[rng.integers(3)]))
        elif kind == 1:
            kernel = _pair(rng, 1, 4)
            layers.append(
                stack.Pool(
                    kernel, _pair(rng, 1, 4), _pair(rng, 0, 2 * min(kernel) // 2), ("max", "avg")[rng.integers(2)]
                )
            )
        else:
            geometry = _pair(rng, 1, 6), _pair(rng, 0, 7), _pair(rng, 1, 4), _pair(rng, 1, 4)
            layers.append(stack.Conv(int(rng.integers(1, 20)), *geometry, bool(rng.integers(2))))
    if rng.integers(3) == 0:
        layers += [
            stack.Flatten(),
            stack.Linear(int(rng.integers(1, 200)), bool(rng.integers(2))),
            stack.Activation(),
        ]
    return given, layers


def _pair(rng: np.random.Generator, least: int, most: int) -> tuple[int, int]:
    rows, columns = (int(rng.integers(least, most + 1)) for _ in range(2))
    return rows, columns


def _case(rng: np.random.Generator) -> dict[str, Any]:
    given, layers = random_stack(rng)
    fitting: list[tuple[stack.Shape, stack.Layer]] = []
    shape, misfit = given, 0
    for number, layer in enumerate(layers, 1):
        try:
            after = layer.shape(shape)
        except ValueError:
            misfit = number
            break
        fitting.append((shape, layer))
        shape = after
    return {
        "input": given,
        "layers": [asdict(layer) for layer in layers],
        "misfit": misfit,
        "shapes": [layer.shape(came) for came, layer in fitting],
        "parameters": [layer.parameters(came) for came, layer in fitting],
        "multiplyAdds": [layer.multiply_adds(came) for came, layer in fitting],
        "sees": [_sees(given, [layer for _, layer in fitting[: number + 1]]) for number in range(len(fitting))],
    }


def _sees(given: stack.Shape, layers: list[stack.Layer]) -> list[int]:
    """Height and width of what one number depends on after the layers: after a linear one, all that is left of it."""
    sees: list[int] = []
    flat = any(isinstance(layer, stack.Linear) for layer in layers)
    for axis in (0, 1):
        windows = [layer.windows()[axis] for layer in layers if not isinstance(layer, stack.Linear)]
        first, end = stack.rows_seen(given[axis + 1], windows)
        sees.append(end - first if flat else stack.receptive_field(windows))
    return sees
