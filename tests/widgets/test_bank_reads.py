"""The bank's answers in the explorer: right ones look like the reference, misplaced ones do not."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from cnnwidgets import CorrelationExplorer, ops
from tests.bank import Answer, answers
from tests.tracing.test_bank import MISPLACED, UNTRACED
from tests.widgets.test_correlation_explorer import show

RNG = np.random.default_rng(5)
INPUT, KERNEL = RNG.uniform(1, 2, (6, 7)), RNG.uniform(1, 2, (2, 3))
SETTINGS: dict[str, list[dict[str, Any]]] = {
    "corr2d": [{"padding": (1, 2)}, {"stride": (2, 1)}],
    "convolve2d": [{"mode": "convolution", "padding": (1, 0)}],
    "corr2d_strided": [
        {"padding": (3, 1), "stride": (2, 3)},
        {"padding": (1, 4), "stride": (1, 2)},
        {"stride": (3, 1)},
    ],
}
REFERENCE = {name: getattr(ops, name) for name in SETTINGS}
BANK = [answer for answer in answers() if answer.exercise in SETTINGS]


def pictures(fn: Any, exercise: str) -> list[dict[str, Any]]:
    """What the browser gets of the reads, and the shape of the answer, under each setting."""
    found = []
    for setting in SETTINGS[exercise]:
        explorer = CorrelationExplorer(INPUT, KERNEL, fn=fn, reads=True, **setting)
        show(explorer)
        reads = json.loads(json.dumps(explorer._reads, allow_nan=False))
        found.append({"untraced": reads["untraced"], "places": reads["places"]})
    return found


@pytest.mark.parametrize("answer", [a for a in BANK if a.label is None], ids=lambda a: a.name)
def test_right_ones_look_like_the_reference(answer: Answer) -> None:
    found = pictures(answer.candidate, answer.exercise)
    if answer.candidate.__name__ in UNTRACED:
        assert all(each["untraced"] and each["places"] is None for each in found)
    else:
        assert found == pictures(REFERENCE[answer.exercise], answer.exercise)


@pytest.mark.parametrize(
    "answer",
    [a for a in BANK if a.label in MISPLACED and a.name != "corr2d_strided-edge-padding"],
    ids=lambda a: a.name,
)
def test_misplaced_ones_do_not(answer: Answer) -> None:
    found = pictures(answer.candidate, answer.exercise)
    right = pictures(REFERENCE[answer.exercise], answer.exercise)
    followed = [(a, b) for a, b in zip(found, right, strict=True) if a["untraced"] is None]
    assert not followed or any(a["places"] != b["places"] for a, b in followed)
