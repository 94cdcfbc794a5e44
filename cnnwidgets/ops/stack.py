"""A stack of layers by its numbers: output shapes, receptive fields, parameters, multiply-adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Literal, NamedTuple, TypeAlias

from cnnwidgets.ops.channels import conv_parameters
from cnnwidgets.ops.padding import total_to_sides
from cnnwidgets.ops.shapes import output_size

Shape: TypeAlias = tuple[int, ...]
"""The shape of one example: (channels, height, width), or (units,) once it is flat."""

Pair: TypeAlias = tuple[int, int]


class Window(NamedTuple):
    """What a layer does along one axis: kernel k, *total* padding p, stride s, dilation d."""

    k: int
    p: int = 0
    s: int = 1
    d: int = 1

    @property
    def reach(self) -> int:
        """How far the dilated kernel reaches: ``k' = d (k − 1) + 1``."""
        return self.d * (self.k - 1) + 1


@dataclass(frozen=True)
class Conv:
    """A convolutional layer; pairs are (rows, columns), padding is the total of both sides."""

    channels: int
    kernel: Pair
    padding: Pair = (0, 0)
    stride: Pair = (1, 1)
    dilation: Pair = (1, 1)
    bias: bool = True
    kind: Literal["conv"] = "conv"

    def windows(self) -> tuple[Window, Window]:
        """The layer along rows and along columns."""
        rows, columns = map(Window, self.kernel, self.padding, self.stride, self.dilation)
        return rows, columns

    def shape(self, given: Shape) -> Shape:
        """(c, h, w) → (channels, h', w') by `output_size`; `ValueError` where the kernel does not fit."""
        return (self.channels, *_places(given, self.windows(), "convolution"))

    def parameters(self, given: Shape) -> int:
        """``channels · (c · k_h · k_w + 1)``, the 1 only with a bias."""
        return conv_parameters(given[0], self.channels, *self.kernel, self.bias)

    def multiply_adds(self, given: Shape) -> int:
        """Products a forward pass takes for one example: a kernel's worth for every output number."""
        return prod(self.shape(given)) * given[0] * prod(self.kernel)


@dataclass(frozen=True)
class Pool:
    """A pooling layer, each channel by itself; padding is the *total* of both sides, as in `Conv`."""

    kernel: Pair
    stride: Pair
    padding: Pair = (0, 0)
    mode: Literal["max", "avg"] = "max"
    kind: Literal["pool"] = "pool"

    def windows(self) -> tuple[Window, Window]:
        """The layer along rows and along columns."""
        rows, columns = map(Window, self.kernel, self.padding, self.stride)
        return rows, columns

    def shape(self, given: Shape) -> Shape:
        """(c, h, w) → (c, h', w').

        `ValueError` where the window does not fit, or a side gets more padding than half the window: then a window
        could lie on padding alone (PyTorch refuses it too).
        """
        for window in self.windows():
            if total_to_sides(window.p)[0] > window.k // 2:
                raise ValueError(f"a pooling window of {window.k} takes at most {window.k // 2} of padding a side")
        return (given[0], *_places(given, self.windows(), "pooling"))

    def parameters(self, given: Shape) -> int:
        """None: 0."""
        return 0

    def multiply_adds(self, given: Shape) -> int:
        """None: 0. The maximum compares, the mean adds."""
        return 0


@dataclass(frozen=True)
class Activation:
    """A function of every number by itself."""

    name: Literal["sigmoid", "relu", "tanh"] = "relu"
    kind: Literal["activation"] = "activation"

    def windows(self) -> tuple[Window, Window]:
        """Reads the very place it writes."""
        return Window(1), Window(1)

    def shape(self, given: Shape) -> Shape:
        """As it came."""
        return given

    def parameters(self, given: Shape) -> int:
        """None: 0."""
        return 0

    def multiply_adds(self, given: Shape) -> int:
        """Counted as 0."""
        return 0


@dataclass(frozen=True)
class Flatten:
    """All numbers of an example in one row."""

    kind: Literal["flatten"] = "flatten"

    def windows(self) -> tuple[Window, Window]:
        """Reads the very place it writes."""
        return Window(1), Window(1)

    def shape(self, given: Shape) -> Shape:
        """(c, h, w) → (c · h · w,)."""
        return (prod(given),)

    def parameters(self, given: Shape) -> int:
        """None: 0."""
        return 0

    def multiply_adds(self, given: Shape) -> int:
        """None: 0."""
        return 0


@dataclass(frozen=True)
class Linear:
    """A fully connected layer on a flat example."""

    units: int
    bias: bool = True
    kind: Literal["linear"] = "linear"

    def shape(self, given: Shape) -> Shape:
        """(n,) → (units,); `ValueError` for an example that is not flat."""
        if len(given) != 1:
            raise ValueError(f"a linear layer takes a flat example: flatten {given} first")
        return (self.units,)

    def parameters(self, given: Shape) -> int:
        """``units · (n + 1)``, the 1 only with a bias."""
        return self.units * (prod(given) + bool(self.bias))

    def multiply_adds(self, given: Shape) -> int:
        """One for every weight: ``units · n``."""
        return self.units * prod(given)


Layer: TypeAlias = Conv | Pool | Activation | Flatten | Linear


def stack_shapes(given: Shape, layers: Sequence[Layer]) -> list[Shape]:
    """The shape after each layer; `ValueError` names the first one that does not fit, counted from 1."""
    shapes: list[Shape] = []
    for number, layer in enumerate(layers, 1):
        try:
            given = layer.shape(given)
        except ValueError as problem:
            raise ValueError(f"layer {number}: {problem}") from None
        shapes.append(given)
    return shapes


def receptive_field(windows: Sequence[Window]) -> int:
    """How many input rows one output row depends on, padding counted in, after layers along one axis.

    ``r = 1 + Σ_l (k'_l − 1) Π_{m<l} s_m``: each layer adds its reach less one, in steps as wide as the strides before
    it have made them. Source: Araujo, Norris, Sim, "Computing Receptive Fields of Convolutional Neural Networks",
    Distill 2019, eq. 2.

    >>> receptive_field([Window(5), Window(2, s=2), Window(5)])
    14
    """
    field, jump = 1, 1
    for window in windows:
        field += (window.reach - 1) * jump
        jump *= window.s
    return field


def rows_seen(n: int, windows: Sequence[Window]) -> tuple[int, int]:
    """The span of the n input rows under the whole output after layers on one axis: first row, and one past the last.

    From where the first receptive field starts to where the last one ends, as far as that lies on the input:
    ``(0, n)`` unless strides leave rows over. It is what a layer on the flattened output sees.
    """
    start, field, jump, size = 0, 1, 1, n
    for window in windows:
        start -= total_to_sides(window.p)[0] * jump
        field += (window.reach - 1) * jump
        size = output_size(size, *window)
        jump *= window.s
    return max(0, start), min(n, start + (size - 1) * jump + field)


def _places(given: Shape, windows: tuple[Window, Window], what: str) -> Shape:
    if len(given) != 3:
        raise ValueError(f"a {what} takes (channels, height, width), not a flat example of {given[0]}")
    for name, n, window in zip(("rows", "columns"), given[1:], windows, strict=True):
        if output_size(n, *window) == 0:
            raise ValueError(f"a {what} that spans {window.reach} {name} does not fit in {n + window.p}")
    return tuple(output_size(n, *window) for n, window in zip(given[1:], windows, strict=True))
