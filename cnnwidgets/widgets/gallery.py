"""Builds the static page: every widget live in one HTML file, without Python, without a network."""

from __future__ import annotations

import base64
import html
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from cnnwidgets.widgets.base import Explorer, bundle
from cnnwidgets.widgets.correlation_explorer import CorrelationExplorer
from cnnwidgets.widgets.image_kernel_explorer import ImageKernelExplorer
from cnnwidgets.widgets.image_presets import IMAGE_PRESETS
from cnnwidgets.widgets.pictures import all_packed
from cnnwidgets.widgets.shape_explorer import ShapeExplorer
from cnnwidgets.widgets.shape_presets import PRESETS as STACKS

EXERCISES = Path(__file__).resolve().parents[2] / "exercises"

EDGE = [[1.0] * 2 + [0.0] * 4 + [1.0] * 2] * 6
IMPULSE = np.eye(1, 25, 12).reshape(5, 5).tolist()


@dataclass(frozen=True)
class Preset:
    """A state to try: its name, a line that says what to look for, and the traits that it sets."""

    name: str
    line: str
    traits: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """One widget of the page."""

    bundle: str
    """The name of its bundle, without the ending."""
    title: str
    line: str
    state: dict[str, Any]
    """The model's state at the start; a preset sets what it names and puts back the rest."""
    presets: tuple[Preset, ...]
    exercise: str
    """The folder and the notebook that it belongs to."""


def _state_of(kind: type[Explorer]) -> dict[str, Any]:
    """The traits that a widget's front end reads, at their defaults, without those of Jupyter's own."""
    state: dict[str, Any] = kind().get_state(list(kind.class_own_traits(sync=True)))
    return state


def entries() -> list[Entry]:
    """What the page shows, in the order of the course: a new widget is one more entry."""
    return [
        Entry(
            bundle="correlation_explorer",
            title="Correlation, one window at a time",
            line="Slide a kernel over an input, watch every product and every sum, then predict the next one.",
            state=_state_of(CorrelationExplorer),
            presets=(
                Preset("Worked example", "Four windows, four sums: 19, 25, 37, 43."),
                Preset(
                    "Find edges",
                    "The kernel [1, −1] gives 1 where the image falls from 1 to 0, and −1 where it rises.",
                    {"input": EDGE, "kernel": [[1.0, -1.0]]},
                ),
                Preset(
                    "Impulse",
                    "A single 1 gives back the kernel: turned around in correlation, as it is in convolution.",
                    {
                        "input": IMPULSE,
                        "kernel": np.arange(1.0, 10).reshape(3, 3).tolist(),
                        "padding": [4, 4],
                        "step": 48,
                    },
                ),
                Preset(
                    "Padding and stride",
                    "Two rows and two columns of zeros in all; the window moves 3 down and 2 across.",
                    {"padding": [2, 2], "stride": [3, 2]},
                ),
            ),
            exercise="02-correlation",
        ),
        Entry(
            bundle="image_kernel_explorer",
            title="Kernels on a picture",
            line="What a kernel does to a picture, and the sum behind every pixel: with ready-made kernels, your own, "
            "your picture, or your camera.",
            state={**_state_of(ImageKernelExplorer), "_pictures": all_packed()},
            presets=tuple(Preset(*preset) for preset in IMAGE_PRESETS),
            exercise="02-correlation",
        ),
        Entry(
            bundle="shape_explorer",
            title="Sizes through a stack of layers",
            line="Stack layers and follow the volume: both output-size formulas, receptive field, parameters, "
            "multiply-adds.",
            state=_state_of(ShapeExplorer),
            presets=tuple(Preset(*stack) for stack in STACKS.values()),
            exercise="04-padding-and-stride",
        ),
    ]


def build_gallery(folder: str | Path) -> Path:
    """Writes ``index.html`` into `folder` (made if need be) and returns its path.

    The one file holds everything and opens from a disk or from any web host. `FileNotFoundError` where the
    front end is not built.
    """
    shown = entries()
    bundles = dict.fromkeys(entry.bundle for entry in shown)
    page = PAGE.format(
        style=bundle("gallery.css") + "".join(bundle(f"{name}.css") for name in bundles),
        sections="".join(map(_section, shown)),
        data=_script({"entries": [_live(e) for e in shown], "bundles": {n: bundle(f"{n}.js") for n in bundles}}),
        keys="".join(f"<div><dt>{keys}</dt><dd>{does}</dd></div>" for keys, does in KEYS),
        script=bundle("gallery.js").replace("</script", "<\\/script"),
    )
    path = Path(folder) / "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")
    return path


def _live(entry: Entry) -> dict[str, Any]:
    """What the page's script needs of an entry."""
    return {"bundle": entry.bundle, "state": entry.state, "presets": [preset.traits for preset in entry.presets]}


def _script(data: Any) -> str:
    """JSON that can stand in a script element."""
    return json.dumps(data).replace("<", "\\u003c")


def _section(entry: Entry) -> str:
    buttons = "".join(
        f'<button type="button" aria-pressed="{str(i == 0).lower()}" data-line="{html.escape(p.line)}">'
        f"{html.escape(p.name)}</button>"
        for i, p in enumerate(entry.presets)
    )
    return SECTION.format(
        title=html.escape(entry.title),
        line=html.escape(entry.line),
        buttons=buttons,
        first=html.escape(entry.presets[0].line),
        exercise=_exercise(entry.exercise),
    )


def _exercise(name: str) -> str:
    """The exercise's name, as a link that saves the notebook where this is a checkout that holds it."""
    notebook = EXERCISES / name / f"{name}.ipynb"
    if not notebook.exists():
        return f"It belongs to the exercise <b>{name}</b>."
    data = base64.b64encode(notebook.read_bytes()).decode()
    link = f"data:application/x-ipynb+json;base64,{data}"
    return f'Now write it yourself: <a download="{name}.ipynb" href="{link}">exercise {name} (notebook)</a>.'


KEYS = (
    ("<kbd>Tab</kbd>", "to the next grid, button or field"),
    ("<kbd>↑</kbd> <kbd>↓</kbd> <kbd>←</kbd> <kbd>→</kbd>", "from cell to cell, or along the scrubber"),
    ("<kbd>Home</kbd> <kbd>End</kbd>", "to the ends of a row; with <kbd>Ctrl</kbd> to the corners"),
    ("<kbd>Enter</kbd> or a digit", "edits an input or kernel cell; in the output, goes to that cell"),
    ("<kbd>Enter</kbd> <kbd>Esc</kbd>", "while editing: keep, or leave without change"),
)

SECTION = """
<section class="g-entry">
  <h2>{title}</h2>
  <p class="g-line">{line}</p>
  <div class="g-presets" role="group" aria-label="Examples">{buttons}</div>
  <p class="g-look">{first}</p>
  <div class="g-widget"></div>
  <p class="g-exercise">{exercise}</p>
</section>"""

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>cnnwidgets: convolutional networks by doing</title>
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body>
<header class="g-top">
  <div>
    <h1>cnnwidgets</h1>
    <p>Convolutional neural networks by doing: watch it, predict it, write it, check it.</p>
  </div>
  <button type="button" class="g-theme" aria-pressed="false">Dark</button>
</header>
<main>{sections}
<section class="g-keys">
  <h2>All of it by keyboard</h2>
  <dl>
    {keys}
  </dl>
</section>
</main>
<noscript><p>The widgets need JavaScript.</p></noscript>
<script type="application/json" id="g-data">{data}</script>
<script type="module">{script}</script>
</body>
</html>
"""
