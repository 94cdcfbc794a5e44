"""TrainingMonitor in a real JupyterLab: it follows a loop while its cell runs, and Stop ends that loop."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import serious_violations
from tests.browser.jupyter import PATIENCE, idle, run_all

LOOP = """
for step in range(6000):
    monitor.log(loss=2 / (1 + step), examples=32, accuracy=0.5 if step % 20 == 19 else None)
    if monitor.stopped:
        break
    time.sleep(0.05)
print("stopped at step", step, monitor.stopped)
"""
SETTING = "@jupyterlab/apputils-extension/kernels-settings.jupyterlab-settings"


@pytest.mark.parametrize("comms", ["disabled", "perCommTarget"])
def test_stop_ends_a_loop_while_its_cell_runs(
    lab: tuple[str, Path],
    open_notebook: Callable[[Path], Page],
    tmp_path: Path,
    comms: str,
) -> None:
    """With and without subshells for comms: a press that waits in the kernel's queue has to be looked for."""
    settings = lab[1] / ".settings" / SETTING
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps({"commsOverSubshells": comms}))
    nb = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    nb.cells = [
        nbformat.v4.new_code_cell(text)
        for text in (
            "import time\nfrom cnnwidgets import TrainingMonitor",
            "monitor = TrainingMonitor(total=6000 * 32)\nmonitor",
            LOOP,
            "print('the next cell ran', monitor.stopped, monitor.losses.size > 2)",
            "for step in range(3):\n    monitor.log(loss=1.0)\nprint('again', monitor.stopped)",
        )
    ]
    path = tmp_path / comms / "loop" / "loop.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(nb, path)
    page = open_notebook(path)
    run_all(page)
    view = page.get_by_role("group", name="Training monitor")
    expect(view).to_contain_text("Running", timeout=PATIENCE)
    examples = view.locator(".cnnw-figures div", has_text="Examples").locator("dd")
    seen = examples.inner_text()
    expect(examples).not_to_have_text(seen, timeout=PATIENCE)  # it follows while the cell runs
    assert serious_violations(page, ".cnnw-root") == []
    view.get_by_role("button", name="Stop").click()
    outputs = page.locator(".jp-OutputArea-output")
    stopped = outputs.filter(has_text=re.compile("stopped at step"))
    expect(stopped).to_have_text(re.compile(r"stopped at step \d+ True"), timeout=PATIENCE)
    step = int(re.findall(r"\d+", stopped.inner_text())[0])
    assert step < 5999
    expect(outputs.filter(has_text="the next cell ran True True")).to_have_count(1, timeout=PATIENCE)
    # The press itself comes once more, after the cell: a new loop must not be stopped by it.
    expect(outputs.filter(has_text="again False")).to_have_count(1, timeout=PATIENCE)
    idle(page)
    expect(view).to_contain_text("The cell has ended")
