"""The trait that holds a stack of layers, and says in a sentence what is wrong with one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

import numpy as np
import traitlets

from cnnwidgets.ops import stack

MOST_LAYERS = 40
#: The least and the most of every whole number that a layer, or the input, holds. The front end takes them from here.
LIMITS: dict[str, tuple[int, int]] = {
    "channels": (1, 4096),
    "height": (1, 1024),
    "width": (1, 1024),
    "kernel": (1, 31),
    "padding": (0, 60),
    "stride": (1, 16),
    "dilation": (1, 16),
    "units": (1, 100_000),
}
PAIRS = ("kernel", "padding", "stride", "dilation")
CHOICES = {"mode": ("max", "avg"), "name": ("sigmoid", "relu", "tanh")}
KINDS: dict[str, type[Any]] = {
    "conv": stack.Conv,
    "pool": stack.Pool,
    "activation": stack.Activation,
    "flatten": stack.Flatten,
    "linear": stack.Linear,
}
SHORT: dict[str, stack.Layer] = {
    "flatten": stack.Flatten(),
    "sigmoid": stack.Activation("sigmoid"),
    "relu": stack.Activation("relu"),
    "tanh": stack.Activation("tanh"),
}


def _to_browser(layers: tuple[stack.Layer, ...], _widget: object) -> list[dict[str, Any]]:
    return [asdict(layer) for layer in layers]


class Layers(traitlets.TraitType[Any, Any]):
    """A list of layers: each a dictionary with its `kind`, or one of the words in `SHORT`.

    Reads back as a tuple of the layers of `cnnwidgets.ops.stack`, which it takes too. `TraitError` for anything
    else, naming the layer (from 1) and what can be.
    """

    info_text = "a list of layers"

    def __init__(self, default: tuple[stack.Layer, ...], **options: Any) -> None:
        super().__init__(default_value=default, **options)
        self.tag(sync=True, to_json=_to_browser)

    def validate(self, obj: Any, value: Any) -> tuple[stack.Layer, ...]:
        """`value` as a tuple of layers."""
        if not isinstance(value, list | tuple):
            raise traitlets.TraitError(f"{self.name} must be a list of layers, not {type(value).__name__}.")
        if len(value) > MOST_LAYERS:
            raise traitlets.TraitError(f"{self.name} holds at most {MOST_LAYERS} layers, not {len(value)}.")
        return tuple(_layer(each, f"layer {number}") for number, each in enumerate(value, 1))


class ImageShape(traitlets.TraitType[Any, Any]):
    """The shape of one example, (channels, height, width). Reads back as a tuple; `TraitError` for anything else."""

    info_text = "a shape (channels, height, width)"

    def __init__(self, default: tuple[int, int, int], **options: Any) -> None:
        super().__init__(default_value=default, **options)
        self.tag(sync=True)

    def validate(self, obj: Any, value: Any) -> tuple[int, int, int]:
        """`value` as a tuple of three whole numbers within `LIMITS`."""
        shape = value.tolist() if isinstance(value, np.ndarray) else value
        if not isinstance(shape, list | tuple) or len(shape) != 3:
            raise traitlets.TraitError(f"{self.name} must be a shape (channels, height, width), not {value!r:.60}.")
        channels, height, width = (
            within(name, number, f"{self.name}: {name}")
            for name, number in zip(("channels", "height", "width"), shape, strict=True)
        )
        return channels, height, width


def _layer(value: Any, where: str) -> stack.Layer:
    if isinstance(value, stack.Layer):
        value = asdict(value)
    if isinstance(value, str) and value in SHORT:
        return SHORT[value]
    if not isinstance(value, Mapping) or value.get("kind") not in KINDS:
        raise traitlets.TraitError(
            f"{where} must be a dictionary whose `kind` is {_listed(KINDS)}, or one of the words {_listed(SHORT)}; "
            f"not {value!r:.80}."
        )
    kind = str(value["kind"])
    known = [field.name for field in fields(KINDS[kind])]
    for name in value:
        if name not in known:
            raise traitlets.TraitError(
                f"{where}, {kind}, has no {name!r}. It takes {', '.join(known[:-1]) or 'nothing'}."
            )
    needed = {"conv": ("channels", "kernel"), "pool": ("kernel",), "linear": ("units",)}.get(kind, ())
    for name in needed:
        if name not in value:
            raise traitlets.TraitError(f"{where}, {kind}, needs {name!r}.")
    given = {name: _entry(name, each, f"{where}, {kind}: {name}") for name, each in value.items() if each is not None}
    if kind == "pool":
        given.setdefault("stride", given["kernel"])
    made: stack.Layer = KINDS[kind](**given)
    return made


def _entry(name: str, value: Any, where: str) -> Any:
    """One entry of a layer as the layer holds it."""
    if name in PAIRS:
        pair = (value, value) if whole(value) else value
        pair = pair.tolist() if isinstance(pair, np.ndarray) else pair
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            raise traitlets.TraitError(
                f"{where} must be a whole number or a pair (rows, columns), not {value!r:.60}."
            )
        return within(name, pair[0], where), within(name, pair[1], where)
    if name in CHOICES:
        if value not in CHOICES[name]:
            raise traitlets.TraitError(f"{where} must be {_listed(CHOICES[name])}, not {value!r:.60}.")
        return value
    if name == "bias":
        if not isinstance(value, bool | np.bool_):
            raise traitlets.TraitError(f"{where} must be True or False, not {value!r:.60}.")
        return bool(value)
    return value if name == "kind" else within(name, value, where)


def within(name: str, value: Any, where: str) -> int:
    """`value` as an int, within the limits of `name`; `TraitError` for another."""
    least, most = LIMITS[name]
    if not whole(value) or not least <= value <= most:
        raise traitlets.TraitError(f"{where} must be a whole number from {least} to {most}, not {value!r:.60}.")
    return int(value)


def whole(value: object) -> bool:
    """Whether a value is a whole number, and no bool."""
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def _listed(names: Any) -> str:
    words = [f'"{name}"' for name in names]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
