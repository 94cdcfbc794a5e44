"""The functions of sizes that learners write: the right one, its table, and what to ask it of a layer."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from cnnwidgets import ops
from cnnwidgets.ops.stack import Conv, Layer, Pool, Shape

Place: TypeAlias = Literal["rows", "columns", "parameters", "shape"]
"""What of a layer a number is about."""

Question: TypeAlias = tuple[Place, tuple[Any, ...]]


@dataclass(frozen=True)
class Exercise:
    """A function that learners write, and the table that theirs is put through."""

    name: str
    right: Callable[..., Any] | None
    """The reference; None for a function of a whole network, which has no table."""
    parameters: tuple[str, ...]
    """Of which the first stands at the columns of the table; the rest stand at its rows."""
    columns: tuple[Any, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    of: Callable[[Shape, Layer], Iterator[Question]] = lambda _given, _layer: iter(())
    """What to ask for a layer of the stack, by the shape that comes into it; nothing where it can not be asked."""


def _in_total(given: Shape, layer: Layer) -> Iterator[Question]:
    """(n, k, p, s) along both axes; a dilated kernel by how far it reaches."""
    if isinstance(layer, Conv | Pool):
        places: tuple[Place, Place] = ("rows", "columns")
        for place, n, window in zip(places, given[1:], layer.windows(), strict=True):
            yield place, (n, window.reach, window.p, window.s)


def _per_side(given: Shape, layer: Layer) -> Iterator[Question]:
    """(n, k, P, S), where the total is even."""
    for place, (n, k, p, s) in _in_total(given, layer):
        if p % 2 == 0:
            yield place, (n, k, p // 2, s)


def _learnable(given: Shape, layer: Layer) -> Iterator[Question]:
    if isinstance(layer, Conv):
        yield "parameters", (given[0], layer.channels, *layer.kernel, layer.bias)


EXERCISES = {
    each.name: each
    for each in (
        Exercise(
            "output_size",
            ops.output_size,
            ("n", "k", "p", "s"),
            (7, 8, 28, 32, 33),
            ((3, 2, 1), (5, 4, 1), (1, 0, 1), (3, 2, 2), (2, 1, 2), (4, 3, 3)),
            _in_total,
        ),
        Exercise(
            "output_size_per_side",
            ops.output_size_per_side,
            ("n", "k", "P", "S"),
            (7, 8, 28, 32, 33),
            ((3, 1, 1), (5, 2, 1), (1, 0, 1), (3, 1, 2), (2, 0, 2), (4, 1, 3)),
            _per_side,
        ),
        Exercise("same_padding", ops.same_padding, ("k_h", "k_w"), (1, 2, 3, 4, 5), ((1,), (2,), (3,), (7,))),
        Exercise(
            "layers_until",
            ops.layers_until,
            ("n", "k", "target"),
            (4, 8, 28, 32, 33),
            ((5, 4), (3, 4), (2, 4), (5, 1), (7, 10)),
        ),
        Exercise(
            "conv_parameters",
            ops.conv_parameters,
            ("c_in", "c_out", "k_h", "k_w", "bias"),
            (1, 3, 6, 16),
            ((6, 5, 5, True), (16, 3, 2, True), (10, 1, 1, True), (8, 5, 3, False)),
            _learnable,
        ),
        Exercise("layer_shapes", None, ("net", "X")),
        Exercise("count_parameters", None, ("net",)),
    )
}


def exercise_of(fn: Callable[..., Any]) -> Exercise | None:
    """Which exercise a function answers: by its own name, or by the names of its parameters; None for neither."""
    named = EXERCISES.get(str(getattr(fn, "__name__", "")))
    if named is not None:
        return named
    try:
        parameters = tuple(inspect.signature(fn).parameters)
    except (TypeError, ValueError):
        return None
    return next((each for each in EXERCISES.values() if parameters == each.parameters), None)
