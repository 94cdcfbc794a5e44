"""Networks written as a line of text, so that a report can show them and every call gets a fresh one."""

from __future__ import annotations

import ast

import torch
from torch import nn

ARROW = " → "


def build(text: str) -> nn.Sequential:
    """``"Conv2d(1, 2, 3) → ReLU() → Flatten()"`` as a network, with the same random weights for the same text."""
    layers = []
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(sum(text.encode()))
        for part in text.split(ARROW):
            name, _, inside = part.removesuffix(")").partition("(")
            layers.append(getattr(nn, name)(*ast.literal_eval(f"({inside},)" if inside else "()")))
    return nn.Sequential(*layers)


def chain(*layers: str) -> str:
    """The text of a network from the texts of its layers."""
    return ARROW.join(layers)


LENET = chain(
    "Conv2d(1, 6, 5, 1, 2)",
    "Sigmoid()",
    "AvgPool2d(2, 2)",
    "Conv2d(6, 16, 5)",
    "Sigmoid()",
    "AvgPool2d(2, 2)",
    "Flatten()",
    "Linear(400, 120)",
    "Sigmoid()",
    "Linear(120, 84)",
    "Sigmoid()",
    "Linear(84, 10)",
)
