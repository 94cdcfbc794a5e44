"""The notebooks in a real JupyterLab: step, edit a cell, read the new state from Python; run from top to bottom."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import serious_violations

ROOT = Path(__file__).parents[2]
ASSIGNMENTS = sorted(folder.name for folder in (ROOT / "solutions").iterdir() if folder.is_dir())
SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},  # cells out of sight are drawn too
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
PATIENCE = 120_000  # milliseconds within which a kernel starts, torch is imported, a notebook has run


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A JupyterLab on loopback over a folder of its own; gives its address and the folder."""
    folder = tmp_path_factory.mktemp("lab")
    for plugin, setting in SETTINGS.items():
        file = folder / ".settings" / "@jupyterlab" / f"{plugin}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(setting))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", f"--port={port}", "--allow-root"]
    command += [
        f"--ServerApp.root_dir={folder}",
        "--IdentityProvider.token=",
        "--ServerApp.disable_check_xsrf=True",
    ]
    places = {"JUPYTER_CONFIG_DIR": ".config", "JUPYTER_DATA_DIR": ".data", "JUPYTERLAB_SETTINGS_DIR": ".settings"}
    environment = {**os.environ, **{name: str(folder / place) for name, place in places.items()}}
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        while not answers(f"{address}/api"):
            assert server.poll() is None, (folder / "server.log").read_text()
            time.sleep(0.1)
        yield address, folder
    finally:
        server.terminate()
        server.wait(30)


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except OSError:
        return False


@pytest.fixture
def open_notebook(lab: tuple[str, Path], new_page: Callable[..., Page]) -> Iterator[Callable[[Path], Page]]:
    """Opens a copy of a notebook, with its kernel ready; the kernel ends with the test."""
    address, folder = lab

    def open_copy(path: Path) -> Page:
        name = f"{path.parent.parent.name}-{path.name}"
        shutil.copy(path, folder / name)
        page = new_page(viewport={"width": 1400, "height": 1200})
        page.goto(f"{address}/lab/tree/{name}?reset")
        idle(page)
        return page

    yield open_copy
    with urllib.request.urlopen(f"{address}/api/kernels", timeout=30) as listed:
        kernels = json.load(listed)
    for kernel in kernels:
        request = urllib.request.Request(f"{address}/api/kernels/{kernel['id']}", method="DELETE")
        urllib.request.urlopen(request, timeout=30).close()


def idle(page: Page) -> None:
    expect(page.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']")).to_be_visible(timeout=PATIENCE)


def run_all(page: Page) -> None:
    """Runs all cells; once more where JupyterLab dropped them because its kernel was not connected yet."""
    first = page.locator(".jp-CodeCell .jp-InputPrompt").first
    for _ in range(10):
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        try:
            expect(first).to_have_text(re.compile(r"\[(\*|\d+)\]"), timeout=5000)
            return
        except AssertionError:
            continue
    raise AssertionError("no cell was run")


def run_new_cell(page: Page, below: str, code: str) -> None:
    """Makes a cell below the one with a text, as a learner does, and runs it."""
    page.locator(".jp-Notebook-cell", has_text=below).locator(".cm-content").click()
    for key in ("Escape", "b", "Enter"):
        page.keyboard.press(key)
    page.keyboard.type(code)
    page.keyboard.press("Shift+Enter")


def explorers(page: Page) -> Locator:
    return page.get_by_role("group", name="Correlation explorer")


def output(view: Locator) -> list[str]:
    cells = view.get_by_role("grid", name=re.compile("^Output")).get_by_role("gridcell")
    return [text.strip() for text in cells.all_inner_texts()]


def test_a_learner_opens_the_released_notebook(open_notebook: Callable[[Path], Page]) -> None:
    page = open_notebook(ROOT / "exercises" / "02-correlation" / "02-correlation.ipynb")
    run_all(page)
    view = explorers(page).first
    expect(view).to_be_visible(timeout=PATIENCE)

    seen = [output(view)]
    for _ in range(3):
        view.get_by_role("button", name="Step", exact=True).click()
        seen.append(output(view))
    assert seen == [["19", "", "", ""], ["19", "25", "", ""], ["19", "25", "37", ""], ["19", "25", "37", "43"]]

    view.get_by_role("grid", name=re.compile("^Input")).get_by_role("gridcell").nth(2).click()
    page.keyboard.type("10")
    page.keyboard.press("Enter")
    assert output(view) == ["19", "33", "37", "43"]

    code = "'python reads', explorer.step, explorer.input[0].tolist(), explorer.output.tolist()"
    run_new_cell(page, "explorer = CorrelationExplorer()", code)
    read = "('python reads', 3, [0.0, 1.0, 10.0], [[19.0, 33.0], [37.0, 43.0]])"
    expect(page.locator(".jp-OutputArea-executeResult", has_text="python reads")).to_contain_text(
        read, timeout=PATIENCE
    )


def test_a_learners_function_is_marked_where_it_is_wrong(
    open_notebook: Callable[[Path], Page], tmp_path: Path
) -> None:
    nb = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    nb.cells = [
        nbformat.v4.new_code_cell(text)
        for text in (
            "import numpy as np\nfrom cnnwidgets import CorrelationExplorer",
            "def one_place(X, K):\n    return (X[:2, :2] * K).sum() + np.zeros((2, 2))",
            "explorer = CorrelationExplorer(fn=one_place)\nexplorer",
            "def raises(X, K):\n    return X[9, 9]",
            "CorrelationExplorer(fn=raises)",
        )
    ]
    path = tmp_path / "own" / "fn" / "fn.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(nb, path)
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
    cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    run_all(page)
    last = page.locator(".jp-CodeCell .jp-InputPrompt").last
    expect(last).to_have_text(re.compile(r"\[\d+\]"), timeout=PATIENCE)
    idle(page)
    assert (
        page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.error']").all_inner_texts() == []
    )
    assert page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    made = sum(re.search(r"^(explorer = )?CorrelationExplorer\(", cell, re.MULTILINE) is not None for cell in cells)
    expect(explorers(page)).to_have_count(made)
