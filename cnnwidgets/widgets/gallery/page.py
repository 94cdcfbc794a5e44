"""Builds the static page: every widget live in one HTML file, without Python, without a network."""

from __future__ import annotations

import base64
import html
import json
from pathlib import Path
from typing import Any

from cnnwidgets.widgets import gallery
from cnnwidgets.widgets.base import bundle
from cnnwidgets.widgets.gallery.entry import Entry

EXERCISES = Path(__file__).resolve().parents[3] / "exercises"


def build_gallery(folder: str | Path) -> Path:
    """Writes ``index.html`` into `folder` (made if need be) and returns its path.

    The one file holds everything and opens from a disk or from any web host. `FileNotFoundError` where the
    front end is not built.
    """
    shown = gallery.entries()
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
    """JSON that can stand in a script element; bytes become {"bytes": base64}, which the page's script turns back."""
    return json.dumps(data, default=_as_text).replace("<", "\\u003c")


def _as_text(value: Any) -> dict[str, str]:
    if isinstance(value, bytes | memoryview):
        return {"bytes": base64.b64encode(value).decode()}
    raise TypeError(f"a state holds {type(value).__name__}, which can not stand on a page")


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
