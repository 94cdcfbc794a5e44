"""The speed ladder: the same work, faster rung by rung, each timed warm and to the end, and drawn as a picture."""

from __future__ import annotations

from collections.abc import Callable
from math import floor, log10
from time import perf_counter
from typing import Any

import torch

from .device import choose, in_words, synchronize

INK, ACCENT = "#333333", "#0f8a7e"


class SpeedLadder:
    """Images a second, rung by rung, as they were measured here.

    A first call loads libraries, takes memory and chooses kernels, so every rung runs once before it is timed. A GPU
    works on while Python goes ahead, so the clock is read when all of its work is done.
    """

    def __init__(self, device: str | torch.device = "auto") -> None:
        self.device = choose(device)
        self.speeds: dict[str, float] = {}  #: images a second, by the name of the rung

    def rung(self, name: str, work: Callable[[], object], images: int) -> float:
        """Times `work()`, which goes through so many images; returns images a second."""
        work()
        synchronize(self.device)
        start = perf_counter()
        work()
        synchronize(self.device)
        return self.note(name, images / (perf_counter() - start))

    def note(self, name: str, speed: float) -> float:
        """A rung whose images a second are known (a `History` has them)."""
        self.speeds[name] = speed
        return speed

    def __str__(self) -> str:
        wide = max((len(name) for name in self.speeds), default=0)
        rows = [f"{name:<{wide}}  {_number(speed):>12}  {step}" for name, speed, step in self._rows()]
        return "\n".join([f"images a second on {in_words(self.device)}, each after a first run to warm up", *rows])

    __repr__ = __str__

    def draw(self) -> Any:
        """A matplotlib figure: a bar a rung on a logarithmic axis, with its speed, and how often the one before."""
        from matplotlib.figure import Figure

        rows = self._rows()
        if not rows:
            raise ValueError("the ladder has no rung yet")
        figure = Figure(figsize=(8.5, 0.55 * len(rows) + 1.3), layout="constrained")
        axis = figure.subplots()
        low = 10.0 ** floor(log10(min(self.speeds.values())))
        bars = axis.barh([name for name, *_ in rows], [speed for _, speed, _ in rows], color=ACCENT, height=0.62)
        axis.bar_label(bars, [f"{_number(speed)}   {step}".rstrip() for _, speed, step in rows], padding=5, color=INK)
        axis.set(xscale="log", xlim=(low / 2, 12 * max(self.speeds.values())), xlabel="images a second")
        axis.set_title(f"on {in_words(self.device)}, each after a first run to warm up", fontsize=11, color=INK)
        axis.invert_yaxis()
        axis.tick_params(axis="y", length=0)
        for side in ("top", "right", "left"):
            axis.spines[side].set_visible(False)
        return figure

    def _rows(self) -> list[tuple[str, float, str]]:
        """Name, speed, and how many times the rung before."""
        rows, before = [], 0.0
        for name, speed in self.speeds.items():
            rows.append((name, speed, _times(speed / before) if before else ""))
            before = speed
        return rows


def _number(speed: float) -> str:
    return f"{speed:,.0f}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def _times(factor: float) -> str:
    return f"×{factor:.0f}" if factor >= 9.95 else f"×{factor:.1f}"
