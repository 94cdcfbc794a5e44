"""A widget in a real Jupyter Notebook 7: it shows, steps by click and keyboard, and Python reads what was done."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import serious_violations
from tests.browser.jupyter import PATIENCE, end_kernels, serving, written
from tests.browser.test_jupyterlab import cells, explorers

pytest.importorskip("notebook", minversion="7")
CELLS = (
    "from cnnwidgets import CorrelationExplorer\nexplorer = CorrelationExplorer()\nexplorer",
    "'python reads', explorer.step, explorer.input[0].tolist(), explorer.output.tolist()",
    "explorer.kernel = [[1, 0], [0, 0]]",
)


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a notebook, in a Jupyter Notebook on loopback over a folder of its own."""
    folder = tmp_path_factory.mktemp("notebook")
    written(folder / "lesson.ipynb", CELLS)
    with serving("notebook", folder) as address:
        yield f"{address}/notebooks/lesson.ipynb"
        end_kernels(address)


def run_cell(page: Page, index: int) -> None:
    """Runs a cell and waits until it has run; once more where the kernel was not connected yet and dropped it."""
    cell = page.locator(".jp-CodeCell").nth(index)
    prompt = cell.locator(".jp-InputPrompt")
    until = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < until:
        cell.locator(".cm-content").click()
        page.keyboard.press("Shift+Enter")
        try:
            expect(prompt).to_have_text(re.compile(r"\[\*\]"), timeout=2000)
            expect(prompt).not_to_have_text(re.compile(r"\[\*\]"), timeout=PATIENCE)
        except AssertionError:  # too quick to be seen, or not taken
            pass
        if re.search(r"\d", prompt.inner_text()):
            return
    raise AssertionError("the cell did not run")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose errors are looked at here: Notebook's own ("reading 'schema'", of its settings) are not ours."""
    errors: list[str] = []
    context = browser.new_context(viewport={"width": 1400, "height": 1200})
    opened = context.new_page()
    opened.on("pageerror", lambda error: errors.append(f"{error.message} {error.stack}"))
    yield opened
    context.close()
    assert [error for error in errors if "blob:" in error or "anywidget" in error] == []


def test_it_shows_steps_and_python_reads_what_was_done(page: Page, notebook: str) -> None:
    page.goto(notebook)
    expect(page.locator(".jp-CodeCell")).to_have_count(len(CELLS), timeout=PATIENCE)
    run_cell(page, 0)
    view = explorers(page)
    expect(view).to_be_visible(timeout=PATIENCE)
    expect(cells(view)).to_have_text(["19", "", "", ""])
    view.get_by_role("button", name="Step", exact=True).click()
    expect(cells(view)).to_have_text(["19", "25", "", ""])
    view.get_by_role("button", name="Step", exact=True).press("Enter")
    expect(cells(view)).to_have_text(["19", "25", "37", ""])

    # Keys stay in the widget: "d" twice would delete the cell, "b" make one below.
    view.get_by_role("grid", name=re.compile("^Input")).get_by_role("gridcell").nth(2).click()
    page.keyboard.type("10")
    page.keyboard.press("Enter")
    for key in "ddb":
        page.keyboard.press(key)
    page.keyboard.press("Escape")
    expect(page.locator(".jp-CodeCell")).to_have_count(len(CELLS))

    run_cell(page, 1)
    read = "('python reads', 2, [0.0, 1.0, 10.0], [[19.0, 33.0], [37.0, 43.0]])"
    expect(page.locator(".jp-OutputArea-executeResult", has_text="python reads")).to_contain_text(
        read, timeout=PATIENCE
    )
    run_cell(page, 2)
    view.get_by_role("button", name="To the end").click()
    expect(view.get_by_role("grid", name=re.compile("^Output")).get_by_role("gridcell").last).to_have_text("4")
    assert serious_violations(page, ".cnnw-root") == []
