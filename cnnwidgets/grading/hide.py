"""Takes hidden tests out of what learners see: their code, and whatever learners' code may have to say about them.

A learner's function sees the arguments of a hidden test, and can bring them up later, in any words: in what it
returns, raises or prints, or by the number of its outputs. So hidden tests are asked when every cell has run
(engine/run.py), and nothing that learners' code says from then on is shown: of the hidden tests the page says whether
they left fewer points and, if one failed, the kind of error and the author's words.
"""

import ast
from collections.abc import Mapping
from functools import lru_cache

from nbformat import NotebookNode

from .engine.outputs import error, stream
from .engine.run import DIED, TIMED_OUT
from .findings import REPORT_MIME, failure_of
from .notebooks import tags
from .regions import REGION, without_hidden_tests

HIDDEN_REMARK = "# (further tests, not shown)"
FEWER = "(Further tests, which are not shown, left fewer points.)"
# Kinds of errors that are told of hidden tests; of others, only that there was one. A learner may pick the kind.
KINDS = {"AssertionError", "IndexError", "NotImplementedError", "TypeError", "ValueError", TIMED_OUT, DIED}


def shown(
    notebook: NotebookNode, public: Mapping[str, list[NotebookNode]], scores: Mapping[str, float | None]
) -> NotebookNode:
    """A graded notebook with the outputs that its page may show: `public`, where a test cell has hidden tests."""
    cells = [NotebookNode(cell) for cell in notebook.cells]
    for cell in cells:
        name = str(tags(cell).get("grade_id") or "")
        if name in public:
            cell.outputs = [*public[name], *_further(cell, public[name], scores.get(name) or 0.0)]
    return NotebookNode(notebook, cells=cells)


@lru_cache(256)
def visible(source: str) -> str:
    """A test cell as learners can run it."""
    return without_hidden_tests(source, HIDDEN_REMARK)


@lru_cache(2048)
def without_marks(source: str, code: bool = True) -> str:
    """A cell without hidden tests, marking schemes and the marks of regions."""
    text = visible(source) if code else without_hidden_tests(source)
    return "\n".join(line for line in text.split("\n") if not REGION.search(line))


def _further(full: NotebookNode, public: list[NotebookNode], score: float) -> list[NotebookNode]:
    """What is said of the hidden tests of a cell that went well up to them."""
    failure = failure_of(full)
    if failure_of(NotebookNode(outputs=public)):
        return []
    if failure is None:
        return [stream(FEWER)] if score < float(tags(full)["points"]) and _all_right(public) else []
    kind = failure[0] if failure[0] in KINDS else "Error"
    said = failure[1] if failure[1] in _sentences(full.source) else ""
    return [error(kind, said, [f"{kind}: {said}" if said else f"{kind} in a further test, which is not shown"])]


def _all_right(outputs: list[NotebookNode]) -> bool:
    """Whether no check among the outputs says that something is wrong."""
    reports = [output.get("data", {}).get(REPORT_MIME) for output in outputs]
    return all(each.get("passed") == each.get("total") for each in reports if isinstance(each, dict))


@lru_cache(256)
def _sentences(source: str) -> frozenset[str]:
    """What the assertions of a cell say to learners, word by word."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return frozenset()
    said = [node.msg for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    return frozenset(each.value for each in said if isinstance(each, ast.Constant) and isinstance(each.value, str))
