"""What every widget shares: its bundle, keywords that are checked, and the news that a view is there."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import anywidget
from traitlets import HasTraits

STATIC = Path(__file__).parent / "static"
VIEW = "application/vnd.jupyter.widget-view+json"


def bundle(name: str) -> str:
    """The text of a file of the built front end, such as ``correlation_explorer.js``.

    `FileNotFoundError` says how to build it where it is not built.
    """
    path = STATIC / name
    if not path.exists():
        raise FileNotFoundError(
            f"The widgets' front end is not built: {path} is missing. "
            "In a checkout run `make` or `python js/node.py build`."
        )
    return path.read_text(encoding="utf-8")


def refuse_unknown(widget: str, unknown: Iterable[str], known: Iterable[str]) -> None:
    """`TypeError` for the first unknown keyword, with the name that was likely meant and all that there are."""
    names = list(known)
    for keyword in unknown:
        near = difflib.get_close_matches(keyword, names, n=1, cutoff=0.5)
        meant = f" Did you mean `{near[0]}`?" if near else ""
        raise TypeError(f"{widget} has no keyword `{keyword}`.{meant} It takes {', '.join(names)}.")


class Explorer(anywidget.AnyWidget):
    """A widget that costs nothing until a view of it is shown.

    A view says that it is there by a message ``{"type": "shown"}``; then `_on_shown` runs, once a view. In a notebook
    that is being graded no view ever comes: there it is its traits alone, without bundle, layout or connection.
    """

    def __init__(self, **traits: Any) -> None:
        self._shown = False
        if "NBGRADER_EXECUTION" in os.environ:
            HasTraits.__init__(self, **traits)
        else:
            super().__init__(**traits)
        self.on_msg(self._heard)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        if self.comm is None:
            view = {"version_major": 2, "version_minor": 0, "model_id": ""}
            return {"text/plain": f"{type(self).__name__}()", VIEW: view}
        if "CNNWIDGETS_EXPORT" in os.environ:  # the notebook runs to become a page: its views come later
            self.show_in_python()
        return super()._repr_mimebundle_(**kwargs)

    def _heard(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if isinstance(content, Mapping) and content.get("type") == "shown":
            self.show_in_python()

    def show_in_python(self) -> None:
        """Does what the first view asks Python to do, such as running the learner's function."""
        self._shown = True
        self._on_shown()

    def save(self, path: str | Path) -> Path:
        """Writes this widget, as it is now and live, into one HTML file, which needs neither Python nor a network.

        Returns the file's path. A learner's function can not run there: what it gave is shown for this state alone.
        """
        from cnnwidgets.widgets.export import save_widget

        return save_widget(self, path)

    def _on_shown(self) -> None:
        """What to do when a view has come up; nothing unless a widget says otherwise."""
