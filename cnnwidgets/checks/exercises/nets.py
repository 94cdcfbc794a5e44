"""Networks written as a line of text, so that a report can show them and every call gets a fresh one."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import torch
from torch import nn

from cnnwidgets.checks.call import Unanswered

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


def lend(asked: Callable[..., Any], *arguments: Any) -> Any:
    """``asked(*arguments)``; a tensor or a network's weights that come back changed are the learner's mistake.

    What a case hands out as an array is watched by the call itself; this watches what it makes of it.
    """
    lent = [t for a in arguments for t in (a.state_dict().values() if isinstance(a, nn.Module) else [a])]
    before = [t.detach().clone() for t in lent if isinstance(t, torch.Tensor)]
    returned = asked(*arguments)
    after = [t.detach() for t in lent if isinstance(t, torch.Tensor)]
    if any(not torch.equal(was, now) for was, now in zip(before, after, strict=True)):
        raise Unanswered("changes its input in place")
    return returned


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
