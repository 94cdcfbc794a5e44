"""Takes out of a learner's HTML what would act when an instructor opens the page."""

import re
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

# The page's content security policy stops scripts and everything from the network, but not these: a jump elsewhere,
# another base for links, a page in the page.
_ACTING = re.compile(r"<(?=\s*/?\s*(?:meta|base|link|iframe|frame|object|embed|form|script)\b)", re.IGNORECASE)


class Disarm(NbGraderPreprocessor):  # type: ignore[misc]
    """Turns acting tags in shown HTML and in Markdown cells into text."""

    def preprocess_cell(self, cell: NotebookNode, resources: Any, index: int) -> Any:
        """Disarm one cell and its outputs."""
        if cell.cell_type == "markdown":
            cell.source = disarm(cell.source)
        for output in cell.get("outputs", []):
            for kind in ("text/html", "text/markdown"):
                if kind in output.get("data", {}):
                    output.data[kind] = disarm(str(output.data[kind]))
        return cell, resources


def disarm(html: str) -> str:
    """The same HTML, with acting tags shown as text."""
    return _ACTING.sub("&lt;", html)
