"""The notebooks in a real JupyterLab: step, edit a cell, read the new state from Python; run from top to bottom."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import serious_violations
from tests.browser.jupyter import PATIENCE, run_all, run_new_cell, run_to_end, written

ROOT = Path(__file__).parents[2]
MADE = r"^(explorer = )?\w+(Explorer|Learner|Counter)\("
ASSIGNMENTS = sorted(folder.name for folder in (ROOT / "solutions").iterdir() if folder.is_dir())


def explorers(page: Page) -> Locator:
    return page.get_by_role("group", name="Correlation explorer")


def cells(view: Locator) -> Locator:
    return view.get_by_role("grid", name=re.compile("^Output")).get_by_role("gridcell")


def test_a_learner_opens_the_released_notebook(open_notebook: Callable[[Path], Page]) -> None:
    page = open_notebook(ROOT / "exercises" / "02-correlation" / "02-correlation.ipynb")
    run_all(page)
    view = explorers(page).first
    expect(view).to_be_visible(timeout=PATIENCE)

    step = view.get_by_role("button", name="Step", exact=True)
    for expected in (["19", "", "", ""], ["19", "25", "", ""], ["19", "25", "37", ""]):
        expect(cells(view)).to_have_text(expected)
        step.click()
    expect(cells(view)).to_have_text(["19", "25", "37", "43"])

    view.get_by_role("grid", name=re.compile("^Input")).get_by_role("gridcell").nth(2).click()
    page.keyboard.type("10")
    page.keyboard.press("Enter")
    expect(cells(view)).to_have_text(["19", "33", "37", "43"])

    code = "'python reads', explorer.step, explorer.input[0].tolist(), explorer.output.tolist()"
    run_new_cell(page, "explorer = CorrelationExplorer()", code)
    read = "('python reads', 3, [0.0, 1.0, 10.0], [[19.0, 33.0], [37.0, 43.0]])"
    expect(page.locator(".jp-OutputArea-executeResult", has_text="python reads")).to_contain_text(
        read, timeout=PATIENCE
    )


def test_a_learners_function_is_marked_where_it_is_wrong(
    open_notebook: Callable[[Path], Page], tmp_path: Path
) -> None:
    cells = (
        "import numpy as np\nfrom cnnwidgets import CorrelationExplorer",
        "def one_place(X, K):\n    return (X[:2, :2] * K).sum() + np.zeros((2, 2))",
        "explorer = CorrelationExplorer(fn=one_place)\nexplorer",
        "def raises(X, K):\n    return X[9, 9]",
        "CorrelationExplorer(fn=raises)",
    )
    path = written(tmp_path / "own" / "fn" / "fn.ipynb", cells)
    page = open_notebook(path)
    run_all(page)
    expect(explorers(page)).to_have_count(2, timeout=PATIENCE)
    first, second = explorers(page).first, explorers(page).last
    marked = first.locator(".cnnw-unit-yours .cnnw-differs")
    expect(marked).to_have_count(3, timeout=PATIENCE)
    assert [cell.get_attribute("data-at") for cell in marked.all()] == ["0,1", "1,0", "1,1"]
    expect(first).to_contain_text("one_place has 3 of 4 values wrong")
    expect(second).to_contain_text("raises raised IndexError at your line `return X[9, 9]`", timeout=PATIENCE)
    assert serious_violations(page, ".cnnw-root") == []

    # Python changes the kernel: the browser follows, and the function runs on the new one.
    run_new_cell(page, "fn=raises", "explorer.kernel = [[0, 0], [0, 0]]")
    expect(marked).to_have_count(0, timeout=PATIENCE)
    expect(first).to_contain_text("one_place is right here")


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_the_source_runs_from_top_to_bottom(open_notebook: Callable[[Path], Page], name: str) -> None:
    path = ROOT / "solutions" / name / f"{name}.ipynb"
    page = open_notebook(path)
    sources = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    run_to_end(page)
    made = sum(re.search(MADE, cell, re.MULTILINE) is not None for cell in sources)
    views = page.locator(".jp-OutputArea-output.lm-Panel:not([data-mime-type])").count()
    assert views >= made
    expect(page.locator(".cnnw-root")).to_have_count(views)  # each of them is drawn
