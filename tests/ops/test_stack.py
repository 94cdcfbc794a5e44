"""Stacks of layers against PyTorch: shapes, parameters, what one output depends on (by its gradient), products."""

from __future__ import annotations

import doctest
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from torch import nn

from cnnwidgets.ops import stack
from cnnwidgets.ops.stack import Activation, Conv, Flatten, Linear, Pool, Window
from tests.vectors.stacks import random_stack

LENET: list[stack.Layer] = [
    *(Conv(6, (5, 5), (4, 4)), Activation("sigmoid"), Pool((2, 2), (2, 2), mode="avg")),
    *(Conv(16, (5, 5)), Activation("sigmoid"), Pool((2, 2), (2, 2), mode="avg"), Flatten()),
    *(Linear(120), Activation("sigmoid"), Linear(84), Activation("sigmoid"), Linear(10)),
]


def halves(p: int) -> tuple[int, int]:
    """⌈p/2⌉ before and ⌊p/2⌋ after, counted out by hand."""
    return p - p // 2, p // 2


def torch_layers(given_: stack.Shape, layer: stack.Layer, fill: float = 0.0) -> list[nn.Module]:
    """A layer as torch has it; padding as a layer of its own, so that odd totals go where the course puts them."""
    if isinstance(layer, Activation):
        return [{"sigmoid": nn.Sigmoid, "relu": nn.ReLU, "tanh": nn.Tanh}[layer.name]()]
    if isinstance(layer, Flatten):
        return [nn.Flatten()]
    if isinstance(layer, Linear):
        return [nn.Linear(given_[0], layer.units, layer.bias)]
    (above, below), (left, right) = map(halves, layer.padding)
    pad = nn.ConstantPad2d((left, right, above, below), fill)
    if isinstance(layer, Conv):
        return [
            pad,
            nn.Conv2d(given_[0], layer.channels, layer.kernel, layer.stride, 0, layer.dilation, bias=layer.bias),
        ]
    return [pad, nn.AvgPool2d(layer.kernel, layer.stride)]


@st.composite
def fitting(draw: st.DrawFn) -> tuple[stack.Shape, list[stack.Layer]]:
    """A random stack, up to the last layer that fits."""
    shape, layers = random_stack(np.random.default_rng(draw(st.integers(0, 2**32))))
    given_, kept = shape, []
    for layer in layers:
        try:
            shape = layer.shape(shape)
        except ValueError:
            break
        kept.append(layer)
    assume(kept)
    return given_, kept


def built(given_: stack.Shape, layers: list[stack.Layer]) -> nn.Sequential:
    shapes = [given_, *stack.stack_shapes(given_, layers)]
    return nn.Sequential(*(nn.Sequential(*torch_layers(*each)) for each in zip(shapes, layers, strict=False)))


def test_doctests() -> None:
    assert doctest.testmod(stack).failed == 0
    assert doctest.testmod(stack).attempted > 0


@given(fitting())
def test_shapes_and_parameters_are_torchs(case: Any) -> None:
    given_, layers = case
    net = built(given_, layers)
    X = torch.zeros(1, *given_)
    shapes = [given_, *stack.stack_shapes(given_, layers)]
    with torch.no_grad():
        for module, layer, came, shape in zip(net, layers, shapes, shapes[1:], strict=False):
            X = module(X)
            assert tuple(X.shape) == (1, *shape)
            assert layer.parameters(came) == sum(p.numel() for p in module.parameters())


@given(fitting())
def test_multiply_adds_are_the_products_that_torch_counts(case: Any) -> None:
    from torch.utils.flop_counter import FlopCounterMode

    given_, layers = case
    shapes = [given_, *stack.stack_shapes(given_, layers)]
    counter = FlopCounterMode(display=False)
    with torch.no_grad(), torch.device("meta"), counter:
        built(given_, layers)(torch.zeros(1, *given_))
    ours = sum(layer.multiply_adds(came) for layer, came in zip(layers, shapes, strict=False))
    assert 2 * ours == counter.get_total_flops()  # a multiply and an add each


def gradient_span(net: nn.Module, given_: stack.Shape) -> list[tuple[int, int] | None]:
    """First and past-the-last row and column of the input on which the middle output depends; None for none."""
    for parameter in net.parameters():
        nn.init.ones_(parameter)
    X = torch.ones(1, *given_, dtype=torch.float64, requires_grad=True)
    Y = net.double()(X)
    places = tuple(size // 2 for size in Y.shape[2:])
    Y[(0, 0, *places) if Y.ndim == 4 else (0, 0)].backward()
    read = (X.grad[0] != 0).any(0)  # type: ignore[index]
    hits = read.any(1).nonzero(), read.any(0).nonzero()
    return [(int(hit[0]), int(hit[-1]) + 1) if len(hit) else None for hit in hits]


@given(st.lists(st.tuples(*[st.integers(1, 4)] * 3), min_size=1, max_size=3), st.integers(0, 1))
def test_the_receptive_field_by_gradient(windows: list[tuple[int, int, int]], axis: int) -> None:
    """On an input so large that the middle output's field lies inside it, with no padding."""
    along = [Window(k, 0, s, d) for k, s, d in windows]
    field = stack.receptive_field(along)
    jump = int(np.prod([w.s for w in along]))
    n = 2 * jump + field  # at least three outputs
    one: dict[str, Any] = {"kernel": 1, "stride": 1, "dilation": 1}
    layers: list[stack.Layer] = []
    for window in along:
        values = {"kernel": window.k, "stride": window.s, "dilation": window.d}
        pair = {name: (value, one[name]) if axis == 0 else (one[name], value) for name, value in values.items()}
        layers.append(Conv(1, pair["kernel"], (0, 0), pair["stride"], pair["dilation"]))
    given_ = (1, n, 2) if axis == 0 else (1, 2, n)
    span = gradient_span(built(given_, layers), given_)[axis]
    assert span is not None
    assert span[1] - span[0] == field


@given(fitting(), st.booleans())
def test_the_rows_under_the_whole_output_by_gradient(case: Any, padded: bool) -> None:
    """What a number after a linear layer depends on: without padding, all from the first row to the last."""
    given_, layers = case
    plain: list[stack.Layer] = [
        Conv(1, layer.kernel, layer.padding if padded else (0, 0), layer.stride)
        for layer in layers
        if isinstance(layer, Conv | Pool)
    ]
    assume(plain)
    flat = [*plain, Flatten(), Linear(1)]
    try:
        stack.stack_shapes(given_, flat)
    except ValueError:
        assume(False)
    spans = gradient_span(built(given_, flat), given_)
    for axis, span in enumerate(spans):
        if span is None:  # the whole output lies on padding
            assert padded
            continue
        start, end = stack.rows_seen(given_[axis + 1], [layer.windows()[axis] for layer in plain])  # type: ignore[union-attr]
        assert start <= span[0] < span[1] <= end
        if not padded:
            assert span == (start, end)


def test_lenet() -> None:
    given_ = (1, 28, 28)
    shapes = stack.stack_shapes(given_, LENET)
    assert (shapes[0], shapes[5], shapes[6], shapes[-1]) == ((6, 28, 28), (16, 5, 5), (400,), (10,))
    assert sum(layer.parameters(came) for layer, came in zip(LENET, [given_, *shapes], strict=False)) == 61706
    assert stack.receptive_field([layer.windows()[0] for layer in LENET[:6]]) == 16  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("layers", "sentence"),
    [
        ([Conv(1, (3, 3)), Conv(1, (4, 2))], "layer 2: a convolution that spans 4 rows does not fit in 3"),
        ([Conv(1, (1, 3), dilation=(1, 4))], "layer 1: a convolution that spans 9 columns does not fit in 7"),
        ([Pool((2, 2), (2, 2), (4, 0))], "a pooling window of 2 takes at most 1 of padding a side"),
        ([Flatten(), Conv(1, (1, 1))], r"takes \(channels, height, width\), not a flat example of 70"),
        ([Linear(3)], "a linear layer takes a flat example: flatten"),
    ],
)
def test_the_first_layer_that_does_not_fit_is_named(layers: list[stack.Layer], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        stack.stack_shapes((2, 5, 7), layers)
