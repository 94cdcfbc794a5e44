"""Outputs of a cell as they came over the wire, made into what a notebook may hold, and into points."""

import json
import re
from typing import Any

from nbformat import NotebookNode

from .shell import TRIMMED

_NUMPY = re.compile(r"^np\.\w+\((.*)\)$")
MOST = 2000  # outputs of a cell
CELL, NOTEBOOK = 3_000_000, 8_000_000  # characters of what learners' cells show: of one, of all


def checked(found: Any) -> list[NotebookNode]:
    """The outputs that are well formed; the learner's process may have sent anything."""
    outputs = [_output(each) for each in found[:MOST]] if type(found) is list else []
    return [each for each in outputs if each is not None]


def within(outputs: list[NotebookNode], room: int) -> list[NotebookNode]:
    """As many of the outputs as there is room for, in characters, and a remark where one is left out."""
    kept: list[NotebookNode] = []
    for each in outputs:
        room -= _size(each)
        if room < 0:
            return [*kept, stream(TRIMMED)]
        kept.append(each)
    return kept


def size(outputs: list[NotebookNode]) -> int:
    """Characters that outputs hold."""
    return sum(_size(each) for each in outputs)


def credit(outputs: list[NotebookNode], most: float) -> float:
    """The points of a test cell: none after an error, else the number it ends with, else all.

    This is nbgrader's rule, with three differences where nbgrader would give full points or stop: a NumPy number is
    that number; one that is negative, more than `most` or none at all (`nan`) is a failed test, and is made one in
    `outputs`; what was written to stderr costs nothing.
    """
    for output in outputs:
        if output.output_type == "error":
            return 0.0
        if output.output_type == "execute_result":
            text = str(output.data.get("text/plain", ""))
            number = _NUMPY.sub(r"\1", text)
            try:
                value = float(number)
            except ValueError:
                return most
            output.data["text/plain"] = number
            if 0 <= value <= most:
                return value
            outputs.insert(0, error("ValueError", f"the test came to {number} of {most:g} points"))
            return 0.0
    return most


def limit_lines(outputs: list[NotebookNode], lines: int, traceback: int) -> None:
    """Shorten streams and tracebacks in place to so many lines (-1: as they are)."""
    room = lines
    for output in outputs:
        if output.output_type == "stream" and lines >= 0:
            text = output.text.split("\n")
            if len(text) > room:
                text = [*text[: max(room - 1, 0)], TRIMMED]
                output.text = "\n".join(text)
            room -= len(text)
        elif output.output_type == "error" and 0 <= traceback < len(output.traceback):
            first = traceback // 2
            output.traceback = [
                *output.traceback[:first],
                "... Traceback truncated ...",
                *output.traceback[first - traceback + 1 :],
            ]


def error(name: str, text: str, lines: list[str] | None = None) -> NotebookNode:
    """An output that says how a cell failed."""
    return _made("error", ename=name, evalue=text, traceback=lines or [f"{name}: {text}"])


def stream(text: str) -> NotebookNode:
    """An output that says something."""
    return _made("stream", name="stdout", text=text)


def _size(value: Any) -> int:
    if isinstance(value, dict):
        return sum(len(str(key)) + _size(each) for key, each in value.items())
    return sum(map(_size, value)) if isinstance(value, list) else len(str(value))


def _output(found: Any) -> NotebookNode | None:
    if type(found) is not dict:
        return None
    kind = found.get("output_type")
    if kind == "stream" and found.get("name") in ("stdout", "stderr") and type(found.get("text")) is str:
        return _made("stream", name=found["name"], text=_written(found["text"]))
    if kind in ("display_data", "execute_result") and type(found.get("data")) is dict:
        data = {key: _written(each) for key, each in found["data"].items() if type(key) is str and _fits(key, each)}
        more = {"execution_count": None} if kind == "execute_result" else {}
        return _made(kind, data=NotebookNode(data), metadata=NotebookNode(), **more)
    if kind == "error" and type(found.get("traceback")) is list:
        lines = [_written(str(line)) for line in found["traceback"]]
        return error(_written(str(found.get("ename", ""))), _written(str(found.get("evalue", ""))), lines)
    return None


def _made(kind: str, **parts: Any) -> NotebookNode:
    """An output of a notebook; nbformat's own maker checks each against its schema, which is most of the time."""
    return NotebookNode(output_type=kind, **parts)


def _fits(mime: str, value: Any) -> bool:
    """JSON types hold plain data, all others text."""
    if type(value) is str or not mime.endswith("json"):
        return type(value) is str
    try:
        return bool(json.dumps(value, allow_nan=False).isascii())
    except (TypeError, ValueError, RecursionError):
        return False


def _written(value: Any) -> Any:
    """The same text, as far as a file can hold it: half a surrogate pair can not be written as UTF-8."""
    return value.encode("utf-8", "replace").decode() if type(value) is str and not value.isascii() else value
