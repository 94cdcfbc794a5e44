"""Which of a learner's functions have passed, and whether what is built from them may start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from cnnwidgets.checks.html import BOX, RUST, TEAL


@dataclass(frozen=True)
class Line:
    """One exercise as it stands."""

    name: str
    passed: bool
    standing: str  #: in words: "all 9 cases are right", "2 of 9 cases are right", "not checked yet"
    needed: bool


@dataclass(frozen=True)
class Summary:
    """All exercises that were asked for. True where those that are needed have passed, or `anyway` was said."""

    lines: Sequence[Line]
    anyway: bool = False

    @property
    def missing(self) -> list[str]:
        """What is needed and has not passed."""
        return [line.name for line in self.lines if line.needed and not line.passed]

    def __bool__(self) -> bool:
        return self.anyway or not self.missing

    @property
    def sentence(self) -> str:
        """Whether it goes on, and why."""
        if not self.missing:
            return "Everything that comes next is built from functions of yours that have passed. It can start."
        names = ", ".join(self.missing)
        if self.anyway:
            return f"It starts because you said anyway=True; not passed: {names}. What comes of it may be wrong."
        return f"What comes next is built from functions that have not passed yet: {names}. Run their checks first."

    def __str__(self) -> str:
        wide = max((len(line.name) for line in self.lines), default=0)
        rows = [f"{'✓' if line.passed else '✗'} {line.name:<{wide}}  {line.standing}" for line in self.lines]
        return "\n".join([*rows, self.sentence])

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {"text/plain": str(self), "text/html": self._as_html()}

    def _as_html(self) -> str:
        rows = ""
        for line in self.lines:
            mark = f'<b style="color:{TEAL if line.passed else RUST}">{"✓" if line.passed else "✗"}</b>'
            cells = (mark, f"<code>{escape(line.name)}</code>", escape(line.standing))
            rows += "<tr>" + "".join(
                f'<td style="text-align:left;padding:.1rem 1rem .1rem 0">{cell}</td>' for cell in cells
            )
            rows += "</tr>"
        colour = TEAL if self else RUST
        return (
            f'<div style="{BOX}border:1px solid #8884;border-left:4px solid {colour}">'
            f'<table style="border-collapse:collapse;margin:0">{rows}</table>'
            f'<p style="margin:.5rem 0 0">{escape(self.sentence)}</p></div>'
        )
