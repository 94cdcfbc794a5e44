"""The regions that learners must not see: solutions, hidden tests, marking schemes."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache

from nbformat import NotebookNode

from .notebooks import tags

REGION = re.compile(r"(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)")
# Also what an author meant as a delimiter and misspelt: nbgrader would pass it on with all that it guards.
LOOKS_LIKE_DELIMITER = re.compile(r"^\s*#+\s*(BEGIN|END)\s+[A-Z]{3,}", re.MULTILINE)


HIDDEN = ("HIDDEN TESTS", "MARK SCHEME")


def split(source: str) -> Iterator[tuple[str | None, str]]:
    """Each line of a cell with the kind of region it is in, or None outside. Delimiters belong to the region."""
    inside: str | None = None
    for line in source.split("\n"):
        mark = REGION.search(line)
        if mark:
            yield mark[2], line
            inside = mark[2] if mark[1] == "BEGIN" else None
        else:
            yield inside, line


def secret_lines(notebook: NotebookNode) -> tuple[set[str], str]:
    """The lines that must not reach a learner, and all text that may.

    An answer cell without a region is a solution as a whole (so nbgrader takes it too).
    """
    secret: set[str] = set()
    public: list[str] = []
    for cell in notebook.cells:
        lines = list(split(cell.source))
        whole = bool(tags(cell).get("solution")) and not any(kind == "SOLUTION" for kind, _ in lines)
        for kind, line in lines:
            if REGION.search(line):
                continue
            if kind is None and not whole:
                public.append(line.strip())
            elif line.strip():
                secret.add(line.strip())
    return secret, "\n".join(public)


@lru_cache(256)
def parts(source: str) -> tuple[str, str]:
    """A test cell up to its first hidden region, and the rest: both can be run, one after the other.

    A cell that can not be cut there is all rest; without a hidden region it is all first part.
    """
    lines = list(split(source))
    at = next((n for n, (kind, _) in enumerate(lines) if kind in HIDDEN), None)
    if at is None:
        return source, ""
    before, rest = ("\n".join(line for _, line in some) for some in (lines[:at], lines[at:]))
    try:
        ast.parse(before)
        ast.parse(rest)
    except SyntaxError:
        return "", source
    return f"{before}\nNone", rest  # what stands last in the first part is not the cell's result


def without_hidden_tests(source: str, remark: str | None = None) -> str:
    """A test cell as learners see it; each hidden region becomes `remark`, or nothing."""
    kept: list[str] = []
    for kind, line in split(source):
        if kind not in HIDDEN:
            kept.append(line)
        elif remark and "BEGIN" in line and REGION.search(line):
            kept.append(line[: len(line) - len(line.lstrip())] + remark)
    return "\n".join(kept)
