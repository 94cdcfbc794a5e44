"""What a page without a kernel holds of widgets: state as JSON, styles with what they share written once."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

import anywidget

from cnnwidgets.widgets.base import Explorer

JUPYTER = frozenset(anywidget.AnyWidget.class_trait_names(sync=True)) | {"_esm", "_css", "_anywidget_id"}
"""Traits that are Jupyter's own and say nothing to a view."""


def live_state(widget: Explorer) -> dict[str, Any]:
    """The traits of a widget that its front end reads, as they are now."""
    state: dict[str, Any] = widget.get_state([name for name in widget.keys if name not in JUPYTER])
    return state


def as_json(data: Any) -> str:
    """JSON that can stand in a script element; bytes become {"bytes": base64}, which the page's script turns back."""
    return json.dumps(data, default=_as_text).replace("<", "\\u003c")


def as_script(source: str) -> str:
    """A script that can stand in a script element."""
    return source.replace("</script", "<\\/script")


def merged(sheets: Iterable[str]) -> str:
    """Several bundles' style sheets as one: what two or more of them hold comes first, once, then each one's own.

    Every bundle brings the shared rules along. One after another, the shared rules of the second would come after
    the first one's own and win over them.
    """
    rules = [rules_of(sheet) for sheet in sheets]
    held = Counter(rule for sheet in rules for rule in dict.fromkeys(sheet))
    every = [rule for sheet in rules for rule in sheet]
    shared = dict.fromkeys(rule for rule in every if held[rule] > 1)
    own = [rule for rule in every if held[rule] == 1]
    return "".join([*shared, *own])


def rules_of(sheet: str) -> list[str]:
    """The outermost rules of a style sheet, in order, each with all that is in its braces."""
    found, depth, start, quote, at = [], 0, 0, "", 0
    while at < len(sheet):
        letter = sheet[at]
        if letter == "\\":
            at += 1
        elif quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        elif sheet.startswith("/*", at):
            at = sheet.index("*/", at) + 1
        elif letter in "{}":
            depth += 1 if letter == "{" else -1
        at += 1
        if letter in "};" and depth == 0 and not quote:
            found.append(sheet[start:at].strip())
            start = at
    return [rule for rule in [*found, sheet[start:].strip()] if rule]


def _as_text(value: Any) -> dict[str, str]:
    if isinstance(value, bytes | bytearray | memoryview):
        return {"bytes": base64.b64encode(value).decode()}
    raise TypeError(f"a state holds a {type(value).__name__}, which can not stand on a page")
