"""Runs a learner's `pool2d` or `pool2d_layer` on what the PoolingExplorer shows."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

import numpy as np
from jaxtyping import Float
from numpy import ndarray

from cnnwidgets import ops
from cnnwidgets.checks.call import Outcome
from cnnwidgets.widgets.answers.matrix_answer import name_of
from cnnwidgets.widgets.answers.volume_answer import VolumeAnswer, answer_to, ask

DEFAULTS = {"padding": (0, 0), "stride": None, "mode": "max", "count_include_pad": True}


def asks_for(fn: Callable[..., Any]) -> tuple[Literal["pool2d", "pool2d_layer"], frozenset[str]]:
    """Which exercise a function answers, and which of the four settings it takes by name.

    By its own name, or else by its parameters: one that takes a padding or a stride is a layer.
    """
    try:
        parameters = inspect.signature(fn).parameters
    except (TypeError, ValueError):
        takes = frozenset(DEFAULTS)
    else:
        any_name = any(p.kind is p.VAR_KEYWORD for p in parameters.values())
        takes = frozenset(n for n in DEFAULTS if any_name or n in parameters)
    name = getattr(fn, "__name__", "")
    layer = name == "pool2d_layer" or (name != "pool2d" and bool(takes & {"padding", "stride"}))
    return "pool2d_layer" if layer else "pool2d", takes


def pool_answer(
    fn: Callable[..., Any],
    X: Float[ndarray, "c h w"],
    pool_size: tuple[int, int],
    padding: tuple[int, int],
    stride: tuple[int, int] | None,
    mode: str,
    count_include_pad: bool,
) -> VolumeAnswer:
    """Asks `fn` as its signature has it and compares with `ops`.

    A `pool2d_layer` gets X (c, h, w) and the settings that it takes by name, but for a stride that is None. A
    `pool2d` gets one channel after the other with its padding around, and every stride-th row and column of its
    result counts.
    """
    which, takes = asks_for(fn)
    name = name_of(fn)
    settings = {"padding": padding, "stride": stride, "mode": mode, "count_include_pad": count_include_pad}
    if which == "pool2d":
        if mode == "avg" and not count_include_pad and any(padding):
            return VolumeAnswer(
                "unasked", f"{name} has no switch for padding that does not count: let it count, to run it."
            )
        return _by_channel(fn, name, takes, X, pool_size, padding, stride or pool_size, mode)
    given = {n: value for n, value in settings.items() if n in takes and value is not None}
    outcome = ask(fn, X, pool_size, named=given)
    expected = ops.pool2d_layer(X, pool_size, padding, stride, mode, count_include_pad)
    left = [n for n, value in settings.items() if n not in takes and value != DEFAULTS[n]]
    return answer_to(name, outcome, expected, note=_not_given(left))


def _not_given(names: list[str]) -> str:
    return f"It takes no {' and no '.join(f'`{n}`' for n in names)}, and was given none." if names else ""


def _by_channel(
    fn: Callable[..., Any],
    name: str,
    takes: frozenset[str],
    X: Float[ndarray, "c h w"],
    pool_size: tuple[int, int],
    padding: tuple[int, int],
    stride: tuple[int, int],
    mode: str,
) -> VolumeAnswer:
    """A `pool2d`, asked for every channel; the first outcome that is no matrix of the right shape is the answer."""
    named = {"mode": mode} if "mode" in takes else None
    note = "" if named or mode == "max" else _not_given(["mode"])
    fill = -np.inf if mode == "max" else 0.0
    padded = np.pad(X, [(0, 0), *((p, p) for p in padding)], constant_values=fill)
    expected = ops.pool2d_layer(padded, pool_size, stride=(1, 1), mode=mode)
    outcomes: list[Outcome] = []
    for number, (channel, right) in enumerate(zip(padded, expected, strict=True), 1):
        outcomes.append(ask(fn, channel, pool_size, named=named))
        answer = answer_to(name, outcomes[-1], right, stride, note)
        if answer.kind in ("type", "shape") or outcomes[-1].error is not None:
            where = f" For channel {number}." if len(X) > 1 else ""
            return replace(answer, sentence=answer.sentence + where)
    together = Outcome(
        value=np.stack([each.value for each in outcomes]),
        changed=tuple(at for each in outcomes for at in each.changed),
    )
    answer = answer_to(name, together, expected, stride, note)
    return replace(answer, shape=expected[0, :: stride[0], :: stride[1]].shape)
