"""The page on the widgets: every widget has its picture, notebook and gallery entry; every yes has its test."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import cnnwidgets
from cnnwidgets.widgets.gallery import entries

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "widgets"
PAGE = (ROOT / "docs" / "widgets.md").read_text(encoding="utf-8")
BROWSER = ROOT / "tests" / "browser"
WIDGETS = [name for name in cnnwidgets.__all__ if name[0].isupper()]
MOST = 120 * 1024  # bytes of a picture


def table() -> list[list[str]]:
    """The cells of the comparison, row by row, without its head."""
    lines = [line for line in PAGE.splitlines() if line.startswith("|")]
    assert set(lines[1]) == {"|", "-"}
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def names_in(file: str) -> set[str]:
    """The names of a browser test file's tests."""
    tree = ast.parse((BROWSER / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def bundle_of(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def test_the_table_compares_with_all_of_them() -> None:
    rows = table()
    assert len(rows) >= 30
    assert {len(row) for row in rows} == {8}
    for anchor in range(1, 7):
        assert any(row[anchor] != "–" for row in rows)


@pytest.mark.parametrize("row", table(), ids=lambda row: row[0])
def test_a_yes_of_ours_has_its_browser_test(row: list[str]) -> None:
    found = re.fullmatch(r"yes: `(test_\w+\.py)::(test_\w+)(?:\[(\w+)\])?`", row[-1])
    assert found, row[-1]
    file, test, _ = found.groups()
    assert (BROWSER / file).exists(), file
    assert test in names_in(file), f"{file} has no {test}"


@pytest.mark.parametrize("name", WIDGETS)
def test_a_widget_has_picture_notebook_and_place(name: str) -> None:
    bundle = bundle_of(name)
    assert f"## {name}\n" in PAGE and f"](widgets/{bundle}.png)" in PAGE and f"](widgets/{bundle}.ipynb)" in PAGE
    picture = FOLDER / f"{bundle}.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size <= MOST
    notebook = (FOLDER / f"{bundle}.ipynb").read_text(encoding="utf-8")
    assert f"{name}(" in notebook
    assert bundle in [entry.bundle for entry in entries()]
