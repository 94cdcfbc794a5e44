"""Jinja for pages that stand alone: all text is escaped, styles are put together, nothing is loaded."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from .words import count, duration, points

TEMPLATES = Path(__file__).parent / "templates"


def template(name: str, *styles: str, css: str = "", **known: Any) -> Template:
    """A template that has the style sheets named, `css` behind them, and what else it is to know, at hand."""
    home = Environment(loader=FileSystemLoader(str(TEMPLATES)), autoescape=True, undefined=StrictUndefined)
    home.filters |= {"points": points, "duration": duration}
    texts = [(TEMPLATES / style).read_text(encoding="utf-8") for style in styles]
    home.globals |= {"css": Markup("\n".join([*texts, css])), "count": count, **known}
    return home.get_template(name)
