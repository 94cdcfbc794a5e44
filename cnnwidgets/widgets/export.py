"""Pages whose widgets live on without a kernel and without a network: a notebook as it was saved, or one widget."""

from __future__ import annotations

import base64
import html
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from cnnwidgets.widgets.base import VIEW, Explorer, bundle
from cnnwidgets.widgets.live import JUPYTER, as_json, as_script, live_state, merged

if TYPE_CHECKING:
    from nbformat import NotebookNode

STATE = "application/vnd.jupyter.widget-state+json"
MATHJAX = "https://cdn.jsdelivr.net/npm/mathjax@2.7.7/MathJax.js?config=TeX-AMS_CHTML-full,Safe"
# nbconvert's page, without what it loads from the network; formulas are set only where that is asked for.
TEMPLATE = """{%- extends 'lab/index.html.j2' -%}
{%- block html_head_js -%}{%- endblock -%}
{%- block jupyter_widgets -%}{%- endblock -%}
{%- block html_head_js_mathjax -%}{%- if resources.mathjax_url -%}{{ super() }}{%- endif -%}{%- endblock -%}
{%- block html_head_js_mermaidjs -%}{%- endblock -%}
{%- block html_head_css -%}{{ super() }}{{ resources.live_head }}{%- endblock -%}
{%- block footer_js -%}{{ super() }}{{ resources.live_foot }}{%- endblock -%}
"""
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="icon" href="data:,">
{head}
</head>
<body class="cnnw-page">
<main>{place}</main>
{foot}
</body>
</html>
"""
NOT_LIVE = "This output needs a running notebook: it is not a widget that a page can hold."


def save_widget(widget: Explorer, path: str | Path) -> Path:
    """Writes a page with this widget as it is now, live, into the one file `path`; returns its path."""
    widget.show_in_python()
    kind = next(each for each in type(widget).__mro__ if isinstance(each.__dict__.get("_esm"), str))
    head, foot = _parts({"widget": (str(widget._esm), str(widget._css), live_state(widget))})
    page = PAGE.format(title=html.escape(kind.__name__), head=head, place=_place("widget"), foot=foot)
    target = Path(path)
    target.write_text(page, encoding="utf-8")
    return target


def notebook_page(notebook: NotebookNode, title: str = "Notebook", mathjax: bool = False) -> str:
    """The notebook as one HTML page that holds its widgets' bundles, each once, and shows them live.

    The widgets' state is what Jupyter saves with a notebook ("Save Widget State Automatically"), or nbclient with
    `store_widget_state`. Formulas stay as they are written unless MathJax, `mathjax`, may come from the network.
    `ValueError` where the notebook holds no widget that can be shown.
    """
    from nbconvert import HTMLExporter

    copy = deepcopy(notebook)
    held = copy.metadata.pop("widgets", {}).get(STATE, {}).get("state", {})
    models = {name: found for name, model in held.items() if (found := _model(model)) is not None}
    named = {output.data[VIEW]["model_id"] for cell in notebook.cells for output in _views(cell)}
    shown = {name: model for name, model in models.items() if name in named}
    if not shown:
        raise ValueError("it holds no widget with its state")
    _put_places(copy, shown)
    head, foot = _parts(shown)
    exporter: Any = cast(Any, HTMLExporter)(raw_template=TEMPLATE, mathjax_url=MATHJAX if mathjax else "")
    page, _ = exporter.from_notebook_node(
        copy, resources={"metadata": {"name": title}, "live_head": head, "live_foot": foot}
    )
    return str(page)


Live = tuple[str, str, dict[str, Any]]
"""A widget's bundle, its style sheet and its state."""


def _model(model: Mapping[str, Any]) -> Live | None:
    """What a page needs of a model that a notebook holds; None where it is no anywidget."""
    state = dict(model["state"])
    for buffer in model.get("buffers", ()):
        if len(buffer["path"]) == 1:
            state[buffer["path"][0]] = base64.b64decode(buffer["data"])
    if not isinstance(state.get("_esm"), str):
        return None
    kept = {name: value for name, value in state.items() if name not in JUPYTER}
    return state["_esm"], state.get("_css") or "", kept


def _views(cell: NotebookNode) -> list[NotebookNode]:
    """The outputs of a cell that show a widget."""
    return [output for output in cell.get("outputs", ()) if VIEW in output.get("data", {})]


def _put_places(notebook: NotebookNode, models: Mapping[str, Live]) -> None:
    """Puts a place for it where a widget was shown."""
    for cell in notebook.cells:
        for output in _views(cell):
            name = output.data[VIEW]["model_id"]
            output["data"] = {"text/html": _place(name) if name in models else f"<p>{NOT_LIVE}</p>"}


def _place(name: str) -> str:
    return f'<div class="cnnw-live" data-cnnw-model="{html.escape(name)}"></div>'


def _parts(models: Mapping[str, Live]) -> tuple[str, str]:
    """What comes into the page's head and at its end: styles; state, bundles and the script."""
    sources = list(dict.fromkeys(source for source, _, _ in models.values()))
    styles = dict.fromkeys(style for _, style, _ in models.values())
    data = {
        "models": {
            name: {"bundle": str(sources.index(source)), "state": state}
            for name, (source, _, state) in models.items()
        },
        "bundles": {str(number): source for number, source in enumerate(sources)},
    }
    head = f"<style>{bundle('live.css')}{merged(styles)}</style>"
    foot = (
        "<noscript><p>The widgets compute in your browser, with JavaScript; it is switched off here.</p></noscript>"
        f'<script type="application/json" id="cnnw-data">{as_json(data)}</script>'
        f'<script type="module">{as_script(bundle("live.js"))}</script>'
    )
    return head, foot
