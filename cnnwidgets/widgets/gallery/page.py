"""Builds the static page: every widget live in one HTML file, without Python, without a network."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

from cnnwidgets.widgets import gallery
from cnnwidgets.widgets.base import bundle
from cnnwidgets.widgets.gallery.entry import Entry
from cnnwidgets.widgets.gallery.glyph import glyph
from cnnwidgets.widgets.live import as_json, as_script, merged

EXERCISES = Path(__file__).resolve().parents[3] / "exercises"
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def build_gallery(folder: str | Path) -> Path:
    """Writes ``index.html`` into `folder` (made if need be) and returns its path.

    The one file holds everything and opens from a disk or from any web host. `FileNotFoundError` where the
    front end is not built.
    """
    shown = gallery.entries()
    bundles = list(dict.fromkeys(entry.bundle for entry in shown))
    exercises = dict.fromkeys(entry.exercise for entry in shown if _notebook(entry.exercise).exists())
    data = {
        "entries": [_live(entry) for entry in shown],
        "bundles": {name: bundle(f"{name}.js") for name in bundles},
        "notebooks": {name: _notebook(name).read_text(encoding="utf-8") for name in exercises},
    }
    page = PAGE.format(
        style=bundle("gallery.css") + merged(bundle(f"{name}.css") for name in bundles),
        many=_in_words(len(shown)),
        cards="".join(map(_card, shown)),
        sections="".join(map(_section, shown)),
        data=as_json(data),
        keys="".join(f"<div><dt>{keys}</dt><dd>{does}</dd></div>" for keys, does in KEYS),
        script=as_script(bundle("gallery.js")),
    )
    path = Path(folder) / "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")
    return path


def _live(entry: Entry) -> dict[str, Any]:
    """What the page's script needs of an entry."""
    return {"bundle": entry.bundle, "state": entry.state, "presets": [preset.traits for preset in entry.presets]}


def _in_words(count: int) -> str:
    number = NUMBERS[count] if count < len(NUMBERS) else str(count)
    return f"{number} live widget{'s' * (count != 1)}"


def _anchor(entry: Entry) -> str:
    return entry.bundle.replace("_", "-")


def _notebook(exercise: str) -> Path:
    return EXERCISES / exercise / f"{exercise}.ipynb"


def _card(entry: Entry) -> str:
    return CARD.format(
        anchor=_anchor(entry),
        glyph=glyph(entry.bundle),
        title=html.escape(entry.title),
        line=html.escape(entry.line),
        exercise=html.escape(entry.exercise),
    )


def _section(entry: Entry) -> str:
    buttons = "".join(
        f'<button type="button" aria-pressed="{str(i == 0).lower()}" data-line="{html.escape(p.line)}">'
        f"{html.escape(p.name)}</button>"
        for i, p in enumerate(entry.presets)
    )
    return SECTION.format(
        anchor=_anchor(entry),
        title=html.escape(entry.title),
        line=html.escape(entry.line),
        buttons=buttons,
        first=html.escape(entry.presets[0].line),
        exercise=_exercise(entry.exercise),
    )


def _exercise(name: str) -> str:
    """The exercise's name, as a link that saves the notebook where this is a checkout that holds it."""
    if not _notebook(name).exists():
        return f"<span>It belongs to the exercise <b>{html.escape(name)}</b>.</span>"
    link = f'<a download="{name}.ipynb" data-notebook="{name}" href="#">exercise {name} (notebook)</a>'
    return f"<span>Now write it yourself: {link}.</span>"


KEYS = (
    ("<kbd>Tab</kbd>", "to the next grid, button or field"),
    ("<kbd>↑</kbd> <kbd>↓</kbd> <kbd>←</kbd> <kbd>→</kbd>", "from cell to cell, or along the scrubber"),
    ("<kbd>Home</kbd> <kbd>End</kbd>", "to the ends of a row; with <kbd>Ctrl</kbd> to the corners"),
    ("<kbd>Enter</kbd> or a digit", "edits an input or kernel cell; in the output, goes to that cell"),
    ("<kbd>Enter</kbd> <kbd>Esc</kbd>", "while editing: keep, or leave without change"),
)

CARD = """
    <li><a href="#{anchor}">{glyph}<b>{title}</b><span>{line}</span><small>{exercise}</small></a></li>"""

SECTION = """
<section class="g-entry" id="{anchor}" aria-labelledby="{anchor}-title">
  <h2 id="{anchor}-title">{title}</h2>
  <p class="g-line">{line}</p>
  <div class="g-presets" role="group" aria-label="Examples: {title}">{buttons}</div>
  <p class="g-look">{first}</p>
  <div class="g-widget"></div>
  <p class="g-exercise">{exercise} <a class="g-up" href="#all">↑ All widgets</a></p>
</section>"""

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="Convolutional neural networks by doing: {many}, without an installation.">
<title>cnnwidgets: convolutional networks by doing</title>
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body>
<header class="g-top">
  <div>
    <h1>cnnwidgets</h1>
    <p class="g-promise">Convolutional neural networks by doing: watch it, predict it, write it, check it.</p>
    <p>Here are {many}. They compute in this page: nothing to install, nothing sent anywhere.
      Change any number and see what follows.</p>
  </div>
  <button type="button" class="g-theme" aria-pressed="false">Dark</button>
</header>
<noscript><p class="g-noscript">The widgets compute in your browser, with JavaScript, which is switched off here.
  Switch it on for this page to use them; the course's notebooks hold the same widgets.</p></noscript>
<main>
<nav id="all" aria-label="All widgets">
  <ul class="g-cards">{cards}
  </ul>
</nav>{sections}
<section class="g-keys">
  <h2>All of it by keyboard</h2>
  <dl>
    {keys}
  </dl>
</section>
</main>
<script type="application/json" id="g-data">{data}</script>
<script type="module">{script}</script>
</body>
</html>
"""
