"""The same on a terminal: one table that is drawn again in place, or a line an epoch where there is no terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnnwidgets.widgets.monitor.words import duration

BARS = "▁▂▃▄▅▆▇█"


class Terminal:
    """Shows a run through `rich`."""

    def __init__(self, console: Any = None) -> None:
        from rich.console import Console

        self._console = console or Console()
        self._live: Any = None
        self._told: Any = None

    def show(self, now: dict[str, Any], losses: Sequence[float | None], mixups: Sequence[str]) -> None:
        """Draws the run as it stands; call it as often as it is to be drawn."""
        if not self._console.is_terminal:
            if now["accuracy"] is not None and now["accuracy_at"] != self._told:
                self._told = now["accuracy_at"]
                self._console.print(line(now), highlight=False)
            return
        from rich.live import Live

        if self._live is None:
            self._live = Live(console=self._console, auto_refresh=False)
            self._live.start()
        self._live.update(_table(now, losses, mixups), refresh=True)

    def close(self, now: dict[str, Any], ended: str) -> None:
        """The last word; what was drawn stays."""
        if self._live is not None:
            self._live.stop()
            self._live = None
        self._console.print(f"{ended[:1].upper()}{ended[1:]}. {line(now)}", highlight=False)


def line(now: dict[str, Any]) -> str:
    """ "epoch 3 of 10 · loss 0.512 · 81.2% right · 31 400 examples/s · 12 s left · CPU, 2 threads"."""
    return " · ".join(f"{name} {value}" if name else value for name, value in facts(now))


def facts(now: dict[str, Any]) -> list[tuple[str, str]]:
    """What is known, each with its name; some say by themselves what they are."""
    found = []
    if now["epoch"] is not None:
        found.append(("epoch", f"{now['epoch']} of {now['epochs']}" if now["epochs"] else f"{now['epoch']}"))
    if now["loss"] is not None:
        found.append(("loss", f"{now['loss']:.4g}"))
    if now["accuracy"] is not None:
        found.append(("", f"{now['accuracy']:.1%} right"))
    if now["rate"] is not None:
        found.append(("", f"{now['rate']:,.0f} examples/s".replace(",", " ")))
    if now["left"] is not None:
        found.append(("", f"{duration(now['left'])} left"))
    if now["device"]:
        found.append(("on", now["device"]))
    return found or [("", "nothing yet")]


def sparkline(values: Sequence[float | None], wide: int = 48) -> str:
    """The curve in one line of text: each character the mean of its share of the values."""
    known = [value for value in values if value is not None]
    if not known:
        return ""
    parts = [known[len(known) * k // wide : len(known) * (k + 1) // wide] for k in range(wide)]
    means = [sum(part) / len(part) for part in parts if part] if len(known) > wide else known
    least, most = min(means), max(means)
    return "".join(BARS[round((v - least) / (most - least) * 7) if most > least else 0] for v in means)


def _table(now: dict[str, Any], losses: Sequence[float | None], mixups: Sequence[str]) -> Any:
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold")
    table.add_column()
    table.add_row("training", line(now))
    table.add_row("loss", sparkline(losses))
    if mixups:
        table.add_row("mix-ups", ", ".join(mixups))
    return table
