"""Weights for the course's networks: the ones that come trained, a safetensors file, or a state dict."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from functools import cache
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float32
from numpy import ndarray

from cnnwidgets.widgets.network.layers import Layer, Unsupported, weight_shapes

TRAINED = Path(__file__).parents[2] / "training" / "weights"  # by cnnwidgets.training.make_weights
LONGEST_HEADER = 1_000_000
WIDTHS = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2"}


@cache
def trained_weights(network: str) -> tuple[Float32[ndarray, " weights"], float]:
    """The weights of ``"lenet"`` or ``"modern"`` trained on Fashion-MNIST, and the share of its test images right."""
    with np.load(TRAINED / f"{network}.npz") as arrays:
        weights, accuracy = arrays["weights"].astype(np.float32), float(arrays["accuracy"])
    weights.setflags(write=False)
    return weights, accuracy


def packed_trained(networks: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The same as a view needs them: float16 in base64, and the share right."""
    packed = {}
    for network in networks:
        weights, accuracy = trained_weights(network)
        packed[network] = {"half": base64.b64encode(weights.astype("<f2").tobytes()).decode(), "accuracy": accuracy}
    return packed


def read_safetensors(path: str | Path) -> tuple[dict[str, Float32[ndarray, ...]], dict[str, str]]:
    """The tensors of a safetensors file by their names, as float32, and the file's own notes.

    `FileNotFoundError` where there is no file, `Unsupported` with a sentence where it is damaged or of another kind.
    Source: the format's description, https://huggingface.co/docs/safetensors.
    """
    content = Path(path).expanduser().read_bytes()
    size = int.from_bytes(content[:8], "little")
    data = memoryview(content)[8 + size :]
    try:
        if not 2 <= size <= min(LONGEST_HEADER, len(content) - 8):
            raise ValueError("its header has no possible length")
        header = json.loads(content[8 : 8 + size])
        notes = header.pop("__metadata__", {})
        tensors = {str(name): _tensor(entry, data) for name, entry in header.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise Unsupported(f"{path} is no whole safetensors file: {problem}.") from None
    return tensors, {str(name): str(value) for name, value in notes.items()}


def _tensor(entry: Mapping[str, Any], data: memoryview) -> Float32[ndarray, ...]:
    kind, shape, (start, end) = entry["dtype"], tuple(entry["shape"]), entry["data_offsets"]
    if kind not in WIDTHS:
        raise ValueError(f"it holds {kind}, where {', '.join(WIDTHS)} are read")
    values = np.frombuffer(data[start:end], WIDTHS[kind])
    if kind == "BF16":  # the upper half of a float32
        values = (values.astype("<u4") << 16).view("<f4")
    if len(values) != prod(shape):
        raise ValueError(f"{len(values)} numbers are there for the shape {shape}")
    return values.reshape(shape).astype(np.float32)


def ordered(layers: Sequence[Layer], state: Mapping[str, Any]) -> Float32[ndarray, " weights"]:
    """A state dict's arrays or tensors as one run, layer by layer; `Unsupported` names what is missing or misshapen.

    The names are those of an `nn.Sequential`, ``"0.weight"`` and so on; what stands before (``"net.0.weight"``) is
    left aside.
    """
    found = {".".join(str(name).split(".")[-2:]): value for name, value in state.items()}
    parts = []
    for index, layer in enumerate(layers):
        for part, shape in zip(("weight", "bias"), weight_shapes(layer), strict=False):
            name, what = f"{index}.{part}", f"layer {index + 1} ({layer['name']})"
            if name not in found:
                there = ", ".join(map(str, state)) or "none"
                raise Unsupported(f"The weights lack {name}, of {what}; they have {there}.")
            value = found.pop(name)
            values = np.asarray(value.detach().cpu().float() if hasattr(value, "detach") else value, dtype=np.float32)
            if values.shape != shape:
                raise Unsupported(f"{name} has the shape {values.shape}, and {what} takes {shape}.")
            parts.append(values.ravel())
    if found:
        raise Unsupported(f"The weights have {', '.join(found)} too, for which the network has no layer.")
    return np.concatenate([np.zeros(0, np.float32), *parts])
