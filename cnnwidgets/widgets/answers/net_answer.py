"""Runs a learner's `layer_shapes` or `count_parameters` on the stack on view, built as a torch network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod
from typing import TYPE_CHECKING, Any, Literal

from cnnwidgets.checks.call import call
from cnnwidgets.checks.compare import compare
from cnnwidgets.ops import stack
from cnnwidgets.widgets.answers.matrix_answer import name_of
from cnnwidgets.widgets.answers.size_answer import Cell, LayerCell, SizeAnswer, ended, failed, said, text_of
from cnnwidgets.widgets.answers.size_exercises import Exercise

if TYPE_CHECKING:
    import torch

ANY_BATCH = 2  # examples, where the batch is "N"
MOST_NUMBERS = 5_000_000  # parameters, or numbers of an input
MOST_PRODUCTS = 2_000_000_000  # multiply-adds of all examples: within a second or so


def net_answer(
    fn: Callable[..., Any], exercise: Exercise, given: stack.Shape, batch: int | str, layers: Sequence[stack.Layer]
) -> SizeAnswer:
    """Asks `fn` about the stack: a `torch.nn.Sequential`, and for `layer_shapes` a batch of zeros too.

    The answer is "unasked" for a stack in which a layer does not fit, for one that is too large to run here, and for
    one whose total padding torch has no name for. Torch's random numbers go on as if nothing had been made.
    """

    def unasked(why: str) -> SizeAnswer:
        return SizeAnswer(exercise, "unasked", f"{name_of(fn)} is {why}.")

    try:
        shapes = stack.stack_shapes(given, layers)
    except ValueError as problem:
        return unasked(f"asked once every layer fits: {problem}")
    if not layers:
        return unasked("asked once there is a layer")
    odd = next((n for n, layer in enumerate(layers, 1) if any(w.p % 2 for w in _windows(layer))), 0)
    if odd:
        return unasked(f"not asked: torch's layers have no odd total padding, as layer {odd} has")
    came = [given, *shapes[:-1]]
    examples = ANY_BATCH if batch == "N" else int(batch)
    parameters = sum(layer.parameters(c) for c, layer in zip(came, layers, strict=True))
    products = examples * sum(layer.multiply_adds(c) for c, layer in zip(came, layers, strict=True))
    numbers = examples * max(map(prod, (given, *shapes)))
    if max(parameters, numbers) > MOST_NUMBERS or products > MOST_PRODUCTS:
        return unasked("not asked: this stack is too large to run beside the page")
    import torch

    with torch.random.fork_rng(devices=[]), torch.no_grad():
        net = torch.nn.Sequential(*map(module_of, came, layers))
        if exercise.name == "count_parameters":
            return _counted(fn, exercise, net, parameters)
        right = [(type(module).__name__, (examples, *shape)) for module, shape in zip(net, shapes, strict=True)]
        return _table(fn, exercise, net, torch.zeros(examples, *given), right)


def module_of(given: stack.Shape, layer: stack.Layer) -> torch.nn.Module:
    """A layer of the stack, on the shape that comes into it, as torch's; its total padding must be even."""
    from torch import nn

    if isinstance(layer, stack.Activation):
        functions: dict[str, type[nn.Module]] = {"sigmoid": nn.Sigmoid, "relu": nn.ReLU, "tanh": nn.Tanh}
        return functions[layer.name]()
    if isinstance(layer, stack.Flatten):
        return nn.Flatten()
    if isinstance(layer, stack.Linear):
        return nn.Linear(given[0], layer.units, layer.bias)
    padding = layer.padding[0] // 2, layer.padding[1] // 2
    if isinstance(layer, stack.Conv):
        return nn.Conv2d(
            given[0], layer.channels, layer.kernel, layer.stride, padding, layer.dilation, bias=layer.bias
        )
    pool = nn.MaxPool2d if layer.mode == "max" else nn.AvgPool2d
    return pool(layer.kernel, layer.stride, padding)


def _windows(layer: stack.Layer) -> tuple[stack.Window, ...]:
    return () if isinstance(layer, stack.Linear) else layer.windows()


def _counted(fn: Callable[..., Any], exercise: Exercise, net: Any, right: int) -> SizeAnswer:
    name = name_of(fn)
    outcome = call(fn, net)
    if outcome.error is not None:
        return failed(exercise, name, outcome)
    difference = compare(outcome.value, right)
    if difference is None:
        return SizeAnswer(exercise, "right", f"{name} is right: {right} parameters.")
    kind, sentence = said(difference, text_of(outcome.value), text_of(right))
    return SizeAnswer(exercise, kind, ended(f"{name} {sentence}"))


def _table(fn: Callable[..., Any], exercise: Exercise, net: Any, X: Any, right: list[tuple[str, Any]]) -> SizeAnswer:
    """Compares the table of a network entry by entry, where it has as many entries as there are layers."""
    name = name_of(fn)
    outcome = call(fn, net, X)
    if outcome.error is not None:
        return failed(exercise, name, outcome)
    got = outcome.value
    difference = compare(got, right)
    if difference is None:
        return SizeAnswer(exercise, "right", f"{name} is right for all {len(right)} layers.")
    cells: list[LayerCell] = []
    if type(got) is list and len(got) == len(right):
        for number, (mine, true) in enumerate(zip(got, right, strict=True), 1):
            if compare(mine, true) is not None:
                cells.append(LayerCell(number, "shape", Cell(entry_text(true), entry_text(mine), True)))
    kind: Literal["type", "value"] = "type" if difference.kind == "type" else "value"
    if not cells:
        return SizeAnswer(exercise, kind, ended(f"{name} {difference.sentence}"))
    layer, _, cell = cells[0]
    more = len(cells) - 1
    further = f" {more} more {'differs' if more == 1 else 'differ'}." if more else ""
    sentence = f"{name} gives {cell.got} for layer {layer}, not {cell.right}.{further}"
    return SizeAnswer(exercise, kind, sentence, layers=tuple(cells))


def entry_text(entry: Any) -> str:
    """An entry of a table, ``('Conv2d', (1, 6, 28, 28))``, as text; of anything else what it is."""
    if type(entry) is tuple and len(entry) == 2 and type(entry[0]) is str:
        return f"({entry[0][:24]!r}, {text_of(entry[1])})"
    return text_of(entry)
