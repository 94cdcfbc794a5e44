"""Takes hidden tests out of what learners see: their code, and whatever learners' code may have to say about them.

A learner's function sees the arguments of a hidden test, and can bring them up later, in any words: in what it
returns, raises or prints, or by the number of its outputs. So what came after the first hidden test is shown only
where it is the author's own. All else on the page comes from a second run, in which no hidden test takes place; of
the hidden ones it says how many points they left and, if one failed, the kind of error and the author's words.
"""

import ast
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from nbformat import NotebookNode

from .engine.outputs import credit, error, stream
from .engine.run import DIED, TIMED_OUT
from .findings import REPORT_MIME, failure_of
from .notebooks import tags
from .regions import REGION, split, without_hidden_tests

HIDDEN_REMARK = "# (further tests, not shown)"
FEWER = "(Further tests, which are not shown, left fewer points.)"
LEFT_OUT = "(The output is left out: hidden tests had run before this cell.)"
# Kinds of errors that are told of hidden tests; of others, only that there was one. A learner may pick the kind.
KINDS = {"AssertionError", "IndexError", "NotImplementedError", "TypeError", "ValueError", TIMED_OUT, DIED}
_NUMBER = re.compile(r"\s*[\d.e+-]+\s*")

Runs = Callable[[NotebookNode, Mapping[str, str]], None]


def shown(notebook: NotebookNode, scores: Mapping[str, float | None], run: Runs) -> NotebookNode:
    """A graded notebook with the outputs that its page may show; `run(notebook, tests)` runs one with other tests."""
    first = next((n for n, cell in enumerate(notebook.cells) if _is_test(cell) and _has_hidden(cell.source)), None)
    if first is None:
        return notebook
    pairs = [(cell, NotebookNode(cell)) for cell in notebook.cells]  # as it ran, and as it is shown
    late = [pair for pair in pairs[first:] if pair[0].cell_type == "code"]
    again = {name: visible(full.source) for full, _ in late if (name := _asked_again(full, scores))}
    part = [new for _, new in pairs]
    while part and _name(part[-1]) not in again:
        part.pop()
    if part:
        run(NotebookNode(cells=part), {_name(new): again.get(_name(new), "") for new in part if _is_test(new)})
    count = len(part)
    for number, (full, new) in enumerate(pairs):
        if full.cell_type != "code" or (number < first and not _is_test(full)):
            continue
        if _name(full) in again:
            new.outputs = [*new.outputs, *_further(full, new, scores.get(_name(full)) or 0.0)]
        elif number < first or (_is_test(full) and not _timed_out(full)):
            new.outputs = full.outputs
        elif _is_test(full):
            new.outputs = [error(TIMED_OUT, "stopped")]
        elif number >= count:
            new.outputs = [] if tags(full).get("solution") else [stream(LEFT_OUT)]
    return NotebookNode(notebook, cells=[new for _, new in pairs])


@lru_cache(256)
def visible(source: str) -> str:
    """A test cell as learners can run it."""
    return without_hidden_tests(source, HIDDEN_REMARK)


@lru_cache(2048)
def without_marks(source: str, code: bool = True) -> str:
    """A cell without hidden tests, marking schemes and the marks of regions."""
    text = visible(source) if code else without_hidden_tests(source)
    return "\n".join(line for line in text.split("\n") if not REGION.search(line))


def _is_test(cell: NotebookNode) -> bool:
    return bool(cell.cell_type == "code" and tags(cell).get("grade") and not tags(cell).get("solution"))


def _name(cell: NotebookNode) -> str:
    return str(tags(cell).get("grade_id") or "")


@lru_cache(256)
def _has_hidden(source: str) -> bool:
    return any(kind for kind, _ in split(source))


def _timed_out(cell: NotebookNode) -> bool:
    failure = failure_of(cell)
    return failure is not None and failure[0] == TIMED_OUT


def _asked_again(cell: NotebookNode, scores: Mapping[str, float | None]) -> str | None:
    """The name of a test cell whose outputs may have words of the learner's.

    They have none where they say no more than that all is right. What ran out of time would do so again.
    """
    if not _is_test(cell) or _timed_out(cell):
        return None
    right = (scores.get(_name(cell)) or 0.0) >= float(tags(cell).get("points") or 0.0)
    return None if right and all(_is_praise(each) for each in cell.outputs) else _name(cell)


def _is_praise(output: NotebookNode) -> bool:
    """Whether an output is a number of points, or a check's report that all is right."""
    data = output.get("data", {})
    if output.output_type == "execute_result":
        return set(data) == {"text/plain"} and bool(_NUMBER.fullmatch(str(data["text/plain"])))
    report = data.get(REPORT_MIME)
    return isinstance(report, dict) and "passed" in report and report["passed"] == report.get("total")


def _further(full: NotebookNode, new: NotebookNode, score: float) -> list[NotebookNode]:
    """What is said of the hidden tests of a cell that went well without them."""
    failure = failure_of(full)
    if failure_of(new):
        return []
    if failure is None:
        return [stream(FEWER)] if credit(new.outputs, float(tags(full)["points"])) > score else []
    kind = failure[0] if failure[0] in KINDS else "Error"
    said = failure[1] if failure[1] in _sentences(full.source) else ""
    return [error(kind, said, [f"{kind}: {said}" if said else f"{kind} in a further test, which is not shown"])]


@lru_cache(256)
def _sentences(source: str) -> frozenset[str]:
    """What the assertions of a cell say to learners, word by word."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return frozenset()
    said = [node.msg for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    return frozenset(each.value for each in said if isinstance(each, ast.Constant) and isinstance(each.value, str))
