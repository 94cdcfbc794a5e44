"""Explorers in a real JupyterLab: clicks and keys, traits read back, planted errors at the right cells, two views."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import serious_violations
from tests.browser.jupyter import PATIENCE, run_all, run_new_cell, written


def marked(view: Locator) -> list[str | None]:
    return [cell.get_attribute("data-at") for cell in view.locator(".cnnw-unit-yours .cnnw-differs").all()]


def read(page: Page, below: str, code: str, said: str) -> None:
    """Python gives `said` for a new cell."""
    run_new_cell(page, below, code)
    result = page.locator(".jp-OutputArea-executeResult", has_text=said)
    expect(result.last).to_be_visible(timeout=PATIENCE)


def test_pooling(open_notebook: Callable[[Path], Page], tmp_path: Path) -> None:
    """max that starts from 0, on an input with a negative window; two views of one model."""
    cells = (
        "import numpy as np\nfrom cnnwidgets import PoolingExplorer",
        "def pool2d(X, pool_size, mode='max'):\n"
        "    h, w = X.shape[0] - pool_size[0] + 1, X.shape[1] - pool_size[1] + 1\n"
        "    Y = np.zeros((h, w))\n"
        "    for i, j in np.ndindex(h, w):\n"
        "        Y[i, j] = max(0, X[i:i + pool_size[0], j:j + pool_size[1]].max())\n"
        "    return Y",
        "explorer = PoolingExplorer([[-1, -2, 3], [-4, -5, -6], [7, -8, -9]], fn=pool2d)\nexplorer",
        "explorer  # once more",
    )
    page = open_notebook(written(tmp_path / "own" / "pool" / "pool.ipynb", cells))
    run_all(page)
    views = page.get_by_role("group", name="Pooling explorer")
    expect(views).to_have_count(2, timeout=PATIENCE)
    first, second = views.first, views.last
    expect(first.locator(".cnnw-unit-yours .cnnw-differs")).to_have_count(2, timeout=PATIENCE)
    assert marked(first) == marked(second) == ["0,0", "1,1"]

    first.get_by_role("button", name="Step", exact=True).click()
    for view in (first, second):
        expect(view.locator(".cnnw-step h3")).to_contain_text("Step 2 of 4")
    second.get_by_role("grid", name=re.compile("^Input")).get_by_role("gridcell").first.click()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(first.locator(".cnnw-unit-yours .cnnw-differs")).to_have_count(1, timeout=PATIENCE)
    assert marked(first) == ["1,1"]
    read(
        page,
        "once more",
        "'python reads', explorer.step, explorer.output.tolist()",
        "('python reads', 1, [[[5.0, 3.0], [7.0, -5.0]]])",
    )
    assert serious_violations(page, ".cnnw-root") == []


def test_channels(open_notebook: Callable[[Path], Page], tmp_path: Path) -> None:
    """Only the first channel is used: every cell differs, and Python's new input is followed."""
    cells = (
        "import numpy as np\nfrom cnnwidgets import ChannelExplorer, ops",
        "def corr2d_multi_in(X, K):\n    return ops.corr2d(X[0], K[0])",
        "explorer = ChannelExplorer(fn=corr2d_multi_in)\nexplorer",
    )
    page = open_notebook(written(tmp_path / "own" / "channels" / "channels.ipynb", cells))
    run_all(page)
    view = page.get_by_role("group", name="Channel explorer")
    expect(view.locator(".cnnw-unit-yours .cnnw-differs")).to_have_count(4, timeout=PATIENCE)
    step = view.get_by_role("button", name="Step", exact=True)
    step.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(view.get_by_role("status").first).to_contain_text("104")
    read(
        page,
        "explorer = ChannelExplorer",
        "'python reads', explorer.step, explorer.output.tolist()",
        "('python reads', 2, [[[56.0, 72.0], [104.0, 120.0]]])",
    )
    run_new_cell(
        page,
        "'python reads'",
        "explorer.input = [explorer.input[0], np.eye(3)]; explorer.kernel = [[[0, 1], [2, 3]], [[0, 0], [0, 4]]]",
    )
    expect(view.locator(".cnnw-unit-yours .cnnw-differs")).to_have_count(2, timeout=PATIENCE)
    assert marked(view) == ["0,0", "1,1"]
    assert serious_violations(page, ".cnnw-root") == []
