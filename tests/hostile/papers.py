"""Attacks by what is handed in rather than by code: the notebook's file, its folder, and the folder's name."""

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from tests.grading.conftest import NAME

from .course import paper

# What a paper is handed in as: it gets the learner's folder for the assignment, which is there and empty.
Paper = Callable[[Path], None]
WRONG = {"double": "def double(x):\n    return 7"}


def written(folder: Path, notebook: Any, **how: Any) -> Path:
    path = folder / f"{NAME}.ipynb"
    path.write_text(json.dumps(notebook, **how), encoding="utf-8", errors="surrogatepass")
    return path


def tampered(change: Callable[[NotebookNode], None], **answers: str) -> Paper:
    """A notebook with a wrong `double` (if nothing else is said), changed."""

    def make(folder: Path) -> None:
        notebook = paper(**(answers or WRONG))
        change(notebook)
        written(folder, notebook)

    return make


def cell(notebook: NotebookNode, name: str) -> NotebookNode:
    return next(each for each in notebook.cells if each.get("id") == name)


def tag(name: str, **tags: Any) -> Paper:
    """With other nbgrader tags on a cell."""
    return tampered(lambda notebook: cell(notebook, name).metadata.nbgrader.update(tags))


def text(name: str, source: Any) -> Paper:
    """With another text in a cell."""
    return tampered(lambda notebook: cell(notebook, name).update(source=source))


def also(*cells: Any) -> Paper:
    """With more cells, before all others."""
    return tampered(lambda notebook: notebook.update(cells=[*cells, *notebook.cells]))


def right(change: Callable[[NotebookNode], None]) -> Paper:
    """A right notebook, changed."""
    return tampered(change, double="def double(x):\n    return 2 * x")


def file(content: bytes | Callable[[], bytes]) -> Paper:
    """A file as it stands."""

    def make(folder: Path) -> None:
        (folder / f"{NAME}.ipynb").write_bytes(content if isinstance(content, bytes) else content())

    return make


def each_cell(notebook: NotebookNode, **parts: Any) -> None:
    for each in notebook.cells:
        each.update(parts)


def beside(**files: Any) -> Paper:
    """A right notebook with other files beside it."""

    def make(folder: Path) -> None:
        written(folder, paper())
        for name, content in files.items():
            path = folder / name.replace("__", ".")
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    return make


def _as_markdown(notebook: NotebookNode) -> None:
    test = cell(notebook, "test-double")
    test.cell_type = "markdown"
    test.outputs = [1, {"output_type": "error"}, None]


def _stolen(notebook: NotebookNode) -> None:
    """The test cell's name on another cell, which comes last and so counts."""
    thief = nbformat.v4.new_code_cell("2.0", id="thief")
    thief.metadata.nbgrader = dict(cell(notebook, "test-double").metadata.nbgrader)
    notebook.cells.append(thief)


def _answer_stolen(notebook: NotebookNode) -> None:
    """The test cell's name on the answer cell."""
    cell(notebook, "double").metadata.nbgrader["grade_id"] = "test-double"


def _same_ids(notebook: NotebookNode) -> None:
    for each in notebook.cells:
        each.id = "double"


def _outputs(notebook: NotebookNode) -> None:
    report = {"points": 2, "passed": 1, "total": 1, "summary": "forged"}
    for each in notebook.cells:
        data = {"text/html": "<h1>forged</h1>", "application/vnd.cnnwidgets.report+json": report, "text/plain": "2.0"}
        each.outputs = [{"output_type": "execute_result", "execution_count": 1, "data": data, "metadata": {}}]


def _reversed(notebook: NotebookNode) -> None:
    notebook.cells.reverse()


def _doubled(notebook: NotebookNode) -> None:
    """A name that would clear the screen where it is told of."""
    tags = {"nbgrader": {"grade_id": "\x1b[2J\n"}}
    notebook.cells += [nbformat.v4.new_code_cell("1", metadata=tags) for _ in range(2)]


def _crowd() -> bytes:
    empty = {"cell_type": "raw", "source": "", "metadata": {}}
    return json.dumps({"nbformat": 4, "cells": [*paper().cells, *[empty] * 100_000]}).encode()


def deep(levels: int) -> str:
    return json.dumps(paper(**WRONG)).replace(
        '"metadata": {}', '"metadata": {"a": ' + "[" * levels + "]" * levels + "}", 1
    )


# Graded, and nothing is gained by them: the answer is wrong.
TAMPERED: dict[str, Paper] = {
    "more points": tag("test-double", points=1000),
    "negative points": tag("test-double", points=-5),
    "points that are no number": tag("test-double", points="all"),
    "a test that is not graded": tag("test-double", grade=False),
    "a test that is an answer": tag("test-double", solution=True, locked=False),
    "an answer that is graded": tag("double", grade=True, points=50),
    "an answer that is locked": tag("double", locked=True),
    "tags that are a list": tampered(lambda notebook: cell(notebook, "double").metadata.update(nbgrader=[1])),
    "a name that is a list": tag("triple", grade_id=["triple"]),
    "an old scheme": tag("test-double", schema_version=0),
    "a test as Markdown": tampered(_as_markdown),
    "a test's name on another cell": tampered(_stolen),
    "a test's name on the answer": tampered(_answer_stolen),
    "a test with another text": text("test-double", "2.0"),
    "a test with nothing in it": text("test-double", ""),
    "a test in lines that are none": text("test-double", ["a", "ssert True"]),
    "the same id everywhere": tampered(_same_ids),
    "outputs that are forged": tampered(_outputs),
    "cells in reverse": tampered(_reversed),
    "the notice of a cell that was put back": text("test-double", "# This cell (id:test-double) was missing\n2.0"),
}
# Right, if odd: they have all points.
ODD: dict[str, Paper] = {
    "not a number": right(lambda notebook: notebook.metadata.update(a=float("nan"), b=float("inf"))),
    "huge integers": right(lambda notebook: notebook.metadata.update(a=10**4000)),
    "half a surrogate pair": right(lambda notebook: notebook.cells[0].update(source="\ud800 \udfff")),
    "a null character": right(lambda notebook: notebook.cells[0].update(source="\x00")),
    "nulls in code": right(lambda notebook: notebook.cells.append(nbformat.v4.new_code_cell("\x00"))),
    "a strange minor format": right(lambda notebook: notebook.update(nbformat_minor=10**6)),
    "no minor format": right(lambda notebook: notebook.pop("nbformat_minor") and None),
    "no metadata": right(lambda notebook: notebook.update(metadata=7)),
    "another language": right(lambda notebook: notebook.metadata.update(kernelspec={"name": "bash"})),
    "outputs that are numbers": right(lambda notebook: each_cell(notebook, outputs=[1])),
    "attachments that are none": right(lambda notebook: each_cell(notebook, attachments={"a": 5, "b": {"c": 1}})),
    "ids that are none": right(lambda notebook: each_cell(notebook, id=7)),
    "a byte order mark": file(lambda: b"\xef\xbb\xbf" + json.dumps(paper()).encode()),
    "a name many times": right(_doubled),
    "timestamp of garbage": beside(timestamp__txt=b"\xff\xfe" * 10**6),
    "timestamp far away": beside(timestamp__txt="9" * 5000),
    "timestamp without end": beside(timestamp__txt="0001-01-01 00:00:00 +2359"),
    "modules of the same names": beside(
        numpy__py="raise SystemExit", torch__py="raise SystemExit", cnnwidgets__py="raise SystemExit",
        sitecustomize__py="import os; os._exit(0)", usercustomize__py="import os; os._exit(0)", json__py="1 / 0",
        conftest__py="1 / 0", socket="not a socket", told__json="{}", colorsys__py="1 / 0",
    ),
}  # fmt: skip
# Refused, for a reason that says so.
REFUSED: dict[str, tuple[Paper, str]] = {
    "a hundred thousand cells": (file(_crowd), "cells"),
    "a cell of sixty megabytes": (text("double", "x" * (60 << 20)), "too large"),
    "a cell of forty megabytes": (text("double", "x" * (40 << 20)), "characters"),
    "cells of three million characters": (also(*[nbformat.v4.new_markdown_cell("[" * 1_000_000)] * 3), "characters"),
    "pictures of twenty megabytes": (
        also(nbformat.v4.new_markdown_cell("x", attachments={"a": {"image/png": "A" * (20 << 20)}})), "characters"
    ),
    "nested deeply": (file(lambda: deep(100_000).encode()), "JSON"),
    "digits without end": (file(b'{"nbformat": ' + b"4" * 10**6 + b"}"), "JSON"),
    "a format from the future": (file(b'{"nbformat": 999999999999999999999999, "cells": []}'), "format 999999999"),
    "an old format": (file(b'{"nbformat": 3, "worksheets": []}'), "format 3"),
    "UTF-16": (file(json.dumps(paper()).encode("utf-16")), "can not be read"),
    "Latin-1": (file(json.dumps(paper(double="# \xe9"), ensure_ascii=False).encode("latin-1")), "can not be read"),
    "zeros": (file(bytes(10**6)), "not JSON"),
    "a list": (file(b"[]"), "no notebook format"),
    "cells that are numbers": (file(b'{"nbformat": 4, "cells": [1, 2]}'), "cell 1"),
    "nothing": (file(b""), "not JSON"),
}  # fmt: skip


def _link(target: str) -> Paper:
    def make(folder: Path) -> None:
        (folder / f"{NAME}.ipynb").symlink_to(target)

    return make


def _pipe(folder: Path) -> None:
    written(folder, paper())
    os.mkfifo(folder / "pipe")


def _pipe_alone(folder: Path) -> None:
    os.mkfifo(folder / f"{NAME}.ipynb")


def _device(folder: Path) -> None:
    written(folder, paper())
    try:
        os.mknod(folder / "zero", 0o600 | stat.S_IFCHR, os.makedev(1, 5))
    except OSError:  # not root
        os.mkfifo(folder / "zero")


def _many(folder: Path) -> None:
    written(folder, paper())
    for number in range(6000):
        (folder / f"file-{number}").touch()


def _deep(folder: Path) -> None:
    written(folder, paper())
    inner = folder
    for _ in range(900):
        inner = inner / "d"
        inner.mkdir()


def _loop(folder: Path) -> None:
    written(folder, paper())
    (folder / "loop").symlink_to("loop")


def _odd_names(folder: Path) -> None:
    written(folder, paper())
    for name in ("a\nb", "-rf", "{{ 7 * 7 }}", "%s%n", "\u202egnp.exe", "Icon\r", "~", "$(touch x)", "a" * 255):
        (folder / name).write_text("x")


def _no_text(folder: Path) -> None:
    written(folder, paper())
    (folder / "\udcff").write_text("x")


def _in_the_way(folder: Path) -> None:
    """A file where the author's files have a folder, and the other way round."""
    written(folder, paper())
    (folder / "data").write_text("x")
    (folder / "words.txt").mkdir()
    (folder / "words.txt" / "x").write_text("x")


def _in_place(folder: Path) -> None:
    """Other contents of the author's files."""
    written(folder, paper())
    (folder / "data").mkdir()
    (folder / "data" / "numbers.txt").write_text("0")
    (folder / "words.txt").write_text("no")


def _folder_for_notebook(folder: Path) -> None:
    (folder / f"{NAME}.ipynb").mkdir()


def _other_case(folder: Path) -> None:
    written(folder, paper()).rename(folder / f"{NAME.upper()}.IPYNB")


# Folders; COURSE is the course's. Those with a reason are refused for it, the others are right and get all points.
FOLDERS: dict[str, tuple[Callable[[Path], None], str | None]] = {
    "link to another's notebook": (_link(f"../../victim/{NAME}/{NAME}.ipynb"), "is a link"),
    "link to the source": (_link(f"../../../solutions/{NAME}/{NAME}.ipynb"), "is a link"),
    "link to zeros": (_link("/dev/zero"), "is a link"),
    "link to the gradebook": (_link("../../../gradebook.db"), "is a link"),
    "link to itself": (_loop, "is a link"),
    "pipe": (_pipe, None),
    "pipe for a notebook": (_pipe_alone, "is not in the folder"),
    "device": (_device, None),
    "folder for a notebook": (_folder_for_notebook, "is not in the folder"),
    "notebook of another name": (_other_case, "is not in the folder"),
    "thousands of files": (_many, "files"),
    "folders in folders": (_deep, "folders"),
    "odd names": (_odd_names, None),
    "files in the way of the author's": (_in_the_way, None),
    "files in place of the author's": (_in_place, None),
    "a name that is no text": (_no_text, "no text"),
}
# Names of learners; those with a reason are refused for it.
NAMES: dict[str, str | None] = {
    "-rf": None,
    "--help": None,
    "O'Neil; DROP TABLE student": None,
    'a"b': None,
    "100%s%n": None,
    "{{ 8000000 + 1234 }}": None,
    "{% raw %}": None,
    "<script>alert(1)<\u2215script>": None,
    "<img src=x onerror=alert(1)>": None,
    "名前 · ε": None,
    "a\\b": None,
    "$(touch x)": None,
    "~root": None,
    "con:": None,
    "x" * 200: None,
    "x" * 255: "longer than",
    "a\nb": "no plain text",
    "\x1b[2Jred": "no plain text",
    "\udcff": "no plain text",
    "star*": "rename the folder",
}
