"""NetworkExplorer in JupyterLab: a learner's own module, before and after `update`; Python reads what was clicked."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import serious_violations
from tests.browser.jupyter import PATIENCE, run_all, run_new_cell, written

CELLS = (
    "import torch\nfrom torch import nn\nfrom cnnwidgets import NetworkExplorer",
    """from cnnwidgets.widgets.pictures.garments import garments

torch.manual_seed(2)
net = nn.Sequential(nn.Conv2d(1, 3, (3, 2)), nn.Tanh(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(3 * 13 * 13, 10))

def retrained():
    with torch.no_grad():
        net[0].weight.mul_(-2)
        mine.update()
        return "torch", float(net[0](torch.tensor(garments()["coat"] / 255).float()[None])[2, 7, 9])
""",
    "mine = NetworkExplorer(net, image='coat', cell=(0, 2, 7, 9))\nmine",
)


def value_of(page: Page) -> float:
    text = page.locator(".cnnw-cell-panel h3 b").inner_text()
    return float(text.removeprefix("≈ ").replace("−", "-"))


def answer(page: Page, below: str, code: str, mark: str) -> str:
    """What a new cell gives, whose result holds the word `mark`."""
    run_new_cell(page, below, code)
    result = page.locator(".jp-OutputArea-executeResult", has_text=mark)
    expect(result).to_be_visible(timeout=PATIENCE)
    return result.inner_text()


def test_a_module_of_the_learner_s_own_before_and_after_training(
    open_notebook: Callable[[Path], Page],
    tmp_path: Path,
) -> None:
    path = written(tmp_path / "own" / "net" / "net.ipynb", CELLS)
    page = open_notebook(path)
    run_all(page)
    view = page.get_by_role("group", name="Network explorer")
    expect(view).to_contain_text("Your Sequential", timeout=PATIENCE)
    expect(view).to_contain_text("5\u202f101 weights")
    expect(view.locator(".cnnw-scores h3")).to_contain_text("It says:")
    before = page.locator(".cnnw-cell-panel h3 b").inner_text()
    assert serious_violations(page, ".cnnw-root") == []

    # Other weights: the view follows at update(), and shows torch's number.
    said = answer(page, "mine = NetworkExplorer", "retrained()", "torch")
    expected = float(re.findall(r"-?\d+\.\d+(?:e-?\d+)?", said)[0])
    expect(page.locator(".cnnw-cell-panel h3 b")).not_to_have_text(before, timeout=PATIENCE)
    assert abs(value_of(page) - expected) < 1e-3 * abs(expected)

    # The learner chooses a garment and goes to another number: Python reads both.
    view.get_by_role("button", name="sneaker", exact=True).click()
    big = view.get_by_role("application", name=re.compile("^Layer 1, Conv2d, Map 3 of 3"))
    big.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    read = answer(page, "mine = NetworkExplorer", "'read back', mine.image, mine.cell", "read back")
    assert "('read back', 'sneaker', (0, 2, 8, 10))" in read
