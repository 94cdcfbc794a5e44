"""Outputs of a cell as they came over the wire, made into what a notebook may hold."""

import math
import re
from typing import Any

import nbformat
from nbformat import NotebookNode

_NUMPY = re.compile(r"^np\.\w+\((.*)\)$")
MOST = 2000  # outputs of a cell


def checked(found: Any) -> list[NotebookNode]:
    """The outputs that are well formed; the learner's process may have sent anything."""
    outputs = [_output(each) for each in found[:MOST]] if type(found) is list else []
    return [each for each in outputs if each is not None]


def credited(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """The outputs of a test cell, with a result that nbgrader would take for full points made what it means.

    A NumPy number is that number; one that is negative or none at all (`nan`, `inf`) is a failed test.
    """
    for output in outputs:
        if output.output_type == "execute_result":
            text = str(output.data.get("text/plain", ""))
            number = _NUMPY.sub(r"\1", text)
            try:
                value = float(number)
            except ValueError:
                continue
            output.data["text/plain"] = number
            if not 0 <= value < math.inf:
                return [error("ValueError", f"the test came to {number} points"), *outputs]
    return outputs


def error(name: str, text: str, lines: list[str] | None = None) -> NotebookNode:
    """An output that says how a cell failed."""
    made: NotebookNode = nbformat.v4.new_output(  # type: ignore[no-untyped-call]
        "error", ename=name, evalue=text, traceback=lines or [f"{name}: {text}"]
    )
    return made


def _output(found: Any) -> NotebookNode | None:
    if type(found) is not dict:
        return None
    kind = found.get("output_type")
    new = nbformat.v4.new_output
    if kind == "stream" and found.get("name") in ("stdout", "stderr") and type(found.get("text")) is str:
        return _made(new("stream", name=found["name"], text=found["text"]))  # type: ignore[no-untyped-call]
    if kind in ("display_data", "execute_result") and type(found.get("data")) is dict:
        data = {key: each for key, each in found["data"].items() if type(key) is str and _fits(key, each)}
        return _made(new(kind, data=data))  # type: ignore[no-untyped-call]
    if kind == "error" and type(found.get("traceback")) is list:
        lines = [str(line) for line in found["traceback"]]
        return error(str(found.get("ename", "")), str(found.get("evalue", "")), lines)
    return None


def _made(output: Any) -> NotebookNode:
    made: NotebookNode = output
    return made


def _fits(mime: str, value: Any) -> bool:
    """JSON types hold plain data, all others text."""
    return type(value) is str or (mime.endswith("json") and type(value) in (dict, list, int, float, bool))
