"""Proof that a release gives nothing away: no line of a solution or hidden test, no delimiter, in any file."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from .files import files_in
from .regions import LOOKS_LIKE_DELIMITER, REGION, secret_lines


def find_leaks(source: NotebookNode, release: Path) -> list[str]:
    """What a learner could find in the folder `release` that the notebook `source` keeps from them.

    One sentence each. A line is given away where it appears anywhere in the release (also in outputs, metadata and
    other files) unless the source also has it in plain sight.
    """
    secret, public = secret_lines(source)
    telling = sorted(line for line in secret if _is_telling(line) and line not in public)
    leaks = []
    for file in files_in(release):
        name = file.relative_to(release).as_posix()
        text = "\n".join(_texts(file))
        leaks += [f"{name} holds a line that learners must not see: {line}" for line in telling if line in text]
        marks = [*REGION.finditer(text), *LOOKS_LIKE_DELIMITER.finditer(text)]
        if marks:
            leaks.append(f"{name} holds a delimiter of a hidden region: {marks[0].group().strip()}")
    return leaks


def _is_telling(line: str) -> bool:
    """Whether a line is more than a bracket or a keyword, which stand anywhere."""
    return len(line) >= 8 and sum(character.isalnum() for character in line) >= 4


def _texts(file: Path) -> Iterator[str]:
    """All text in a file; of a notebook or other JSON every string, with its line ends as they are."""
    text = file.read_bytes().decode("utf-8", errors="replace")
    if file.suffix not in (".ipynb", ".json"):
        yield text
        return
    try:
        yield from _strings(json.loads(text))
    except ValueError:
        yield text


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield str(key)
            yield from _strings(each)
    elif isinstance(value, list):
        if all(isinstance(each, str) for each in value):  # a cell's source, line by line
            yield "".join(value)
        else:
            for each in value:
                yield from _strings(each)
