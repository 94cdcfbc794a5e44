"""Windows that slide, and sizes along one axis, computed by `cnnwidgets.ops`."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnwidgets import ops

SEED = 20_240_229
WINDOWS, MISFITS, SIZES = 1200, 40, 3000
MODES = ("correlation", "convolution")


def windows() -> list[dict[str, Any]]:
    """Settings of every kind; the same ones each time."""
    return _windows(np.random.default_rng(SEED))


def sizes() -> list[dict[str, int]]:
    """Axes, and how many places and covered rows they give; the same ones each time."""
    rng = np.random.default_rng(SEED + 1)
    return [_size(rng) for _ in range(SIZES)]


def _windows(rng: np.random.Generator) -> list[dict[str, Any]]:
    """The worked examples, then random settings; in the last ones the kernel does not fit."""
    example = {"input": np.arange(9.0).reshape(3, 3), "kernel": np.arange(4.0).reshape(2, 2)}
    plain: dict[str, Any] = {**example, "padding": (0, 0), "stride": (1, 1), "dilation": (1, 1)}
    cases = [_window({**plain, "mode": mode}) for mode in MODES]
    cases.append(_window({**plain, "padding": (2, 2), "stride": (3, 2), "mode": "correlation"}))
    wanted = {True: WINDOWS, False: MISFITS}
    while any(wanted.values()):
        setting = _setting(rng)
        case = _window(setting)
        fits = bool(case["output"])
        if wanted[fits] > 0:
            wanted[fits] -= 1
            cases.append(case)
    return cases


def _setting(rng: np.random.Generator) -> dict[str, Any]:
    """A random setting in which no axis is like another: a swapped axis shows."""
    kernel = rng.choice(np.arange(1, 8), 2, replace=False)
    rest = np.setdiff1d(np.arange(1, 13), kernel)
    return {
        "input": _numbers(rng, rng.choice(rest, 2, replace=False)),
        "kernel": _numbers(rng, kernel),
        "padding": _pair(rng, 0, 6),
        "stride": _pair(rng, 1, 4),
        "dilation": _pair(rng, 1, 3),
        "mode": MODES[rng.integers(2)],
    }


def _pair(rng: np.random.Generator, least: int, most: int) -> tuple[int, int]:
    first, second = rng.choice(np.arange(least, most + 1), 2, replace=False)
    return int(first), int(second)


def _numbers(rng: np.random.Generator, shape: np.ndarray) -> np.ndarray:
    """Integers, fractions such as 2.625, or thirds; of both signs, none of them 0."""
    whole = rng.integers(1, 100, shape) * rng.choice([-1, 1], shape)
    return whole / [1, 8, 3][rng.integers(3)]


def _window(setting: dict[str, Any]) -> dict[str, Any]:
    """A setting and what belongs to it; no output where the kernel does not fit."""
    X, K = setting["input"], setting["kernel"]
    geometry = setting["padding"], setting["stride"], setting["dilation"]
    sliding = ops.half_turn(K) if setting["mode"] == "convolution" else K
    axes = list(zip(X.shape, K.shape, *geometry, strict=True))
    places = [ops.output_size(*axis) for axis in axes]
    output = ops.corr2d_windowed(X, sliding, *geometry).tolist() if all(places) else []
    return {
        **{name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in setting.items()},
        "padded": ops.pad2d(X, *setting["padding"]).tolist(),
        "sliding": sliding.tolist(),
        "output": output,
        "places": places,
        "covered": [ops.covered(*axis) for axis in axes],
    }


def _size(rng: np.random.Generator) -> dict[str, int]:
    """One axis: n, k, p, s, d, and how many places and covered rows that gives."""
    axis = {name: int(rng.integers(*limits)) for name, limits in LIMITS.items()}
    return {**axis, "places": ops.output_size(**axis), "covered": ops.covered(**axis)}


LIMITS = {"n": (1, 17), "k": (1, 8), "p": (0, 13), "s": (1, 9), "d": (1, 5)}
