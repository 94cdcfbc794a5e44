"""A report as HTML that reads well in a notebook, light or dark, and in a feedback page without a network."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy import ndarray

from cnnwidgets.checks import show
from cnnwidgets.checks.report import ended

if TYPE_CHECKING:
    from cnnwidgets.checks.judge import Answer
    from cnnwidgets.checks.report import Report

# Styles stand on the elements: a notebook that is not trusted drops <style>. Colours are see-through, so that
# they suit a light and a dark page; right and wrong differ by sign and outline as well.
TEAL, RUST = "#0f8a7e", "#c2541b"
BOX = "font-family:system-ui,sans-serif;max-width:46rem;margin:.4rem 0;padding:.7rem 1rem;border-radius:6px;"
CELL = "padding:.15rem .55rem;text-align:right;font-variant-numeric:tabular-nums;border:1px solid #8884;"
WRONG = f"{CELL}outline:2px solid {RUST};outline-offset:-2px;font-weight:600;background:{RUST}22;"


def as_html(report: Report) -> str:
    """The whole report. Everything of the learner's is escaped."""
    right = report.verdict.right
    colour = TEAL if right else RUST
    parts = [
        f'<div style="display:flex;gap:1rem;justify-content:space-between;flex-wrap:wrap">'
        f'<span><b style="color:{colour}">{"✓" if right else "✗"}</b> <b><code>{escape(report.exercise)}</code></b>: '
        f"{escape(report.score)}</span><span>{report.earned}</span></div>"
    ]
    if report.failure:
        parts.append(f'<p style="margin:.5rem 0 0">{prose(report.failure)}</p>')
    if report.misconception:
        named = report.misconception
        parts.append(f'<p style="margin:.5rem 0 0"><b>{prose(named.title)}.</b> {prose(_sentence(named.why))}</p>')
    if report.shown is not None:
        parts.append(_counterexample(report.shown))
    return f'<div style="{BOX}border:1px solid #8884;border-left:4px solid {colour}">{"".join(parts)}</div>'


def prose(text: str) -> str:
    """Text as HTML, escaped; what stands between backticks is code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def _sentence(text: str) -> str:
    return ended(text[:1].upper() + text[1:])


def _counterexample(answer: Answer) -> str:
    column = "display:flex;flex-direction:column;gap:.4rem"
    values = show.shown_values(answer)
    blocks = [
        f'<div style="{column}">{"".join(_block(*piece) for piece in show.tables(*value))}</div>' for value in values
    ]
    asked = len(answer.case.arguments)
    row = "display:flex;gap:1.2rem;align-items:flex-start"
    # What is to be compared stays side by side.
    pair = f'<div style="{row};max-width:100%;overflow-x:auto" tabindex="0">{"".join(blocks[asked:])}</div>'
    return f'<div style="{row};flex-wrap:wrap;margin-top:.7rem">{"".join(blocks[:asked])}{pair}</div>'


def _block(label: str, value: Any, marks: ndarray | None = None) -> str:
    """A labelled value; the entries that differ are outlined, bold and marked with a cross."""
    if not show.is_table(value):
        return f"<div><div>{escape(label)}</div><code>{escape(show.value_text(value))}</code></div>"
    flags = np.zeros(value.shape, bool) if marks is None else marks
    flags = np.atleast_2d(flags)
    body = ""
    for i, row in enumerate(show.cells(value)):
        body += "<tr>"
        for j, text in enumerate(row):
            wrong = i < flags.shape[0] and j < flags.shape[1] and text != "…" and bool(flags[i, j])
            mark = f'<span style="color:{RUST}" aria-label="differs"> ✗</span>' if wrong else ""
            body += f'<td style="{WRONG if wrong else CELL}">{escape(text)}{mark}</td>'
        body += "</tr>"
    shape = "×".join(str(n) for n in value.shape)
    table = f'<table style="border-collapse:collapse;margin:.2rem 0 0;font-size:.95em">{body}</table>'
    return f'<div><div>{escape(label)} <span style="opacity:.7">{shape}</span></div>{table}</div>'
