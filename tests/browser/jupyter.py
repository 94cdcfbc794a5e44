"""JupyterLab and Jupyter Notebook on loopback, and what a learner does in them."""

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
from contextlib import contextmanager
from pathlib import Path

import nbformat
from playwright.sync_api import Locator, Page, expect

SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},  # cells out of sight are drawn too
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
PATIENCE = 120_000  # milliseconds within which a kernel starts, torch is imported, a notebook has run


@contextmanager
def serving(application: str, folder: Path) -> Iterator[str]:
    """Runs ``python -m application`` over a folder, with settings of its own; gives its address."""
    for plugin, setting in SETTINGS.items():
        file = folder / ".settings" / "@jupyterlab" / f"{plugin}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(setting))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", application, "--no-browser", "--ip=127.0.0.1", f"--port={port}", "--allow-root"]
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
        yield address
    finally:
        server.terminate()
        server.wait(30)


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except OSError:
        return False


def end_kernels(address: str) -> None:
    with urllib.request.urlopen(f"{address}/api/kernels", timeout=30) as listed:
        kernels = json.load(listed)
    for kernel in kernels:
        request = urllib.request.Request(f"{address}/api/kernels/{kernel['id']}", method="DELETE")
        urllib.request.urlopen(request, timeout=30).close()


def opened_in(lab: tuple[str, Path], new_page: Callable[..., Page]) -> Iterator[Callable[[Path], Page]]:
    """Opens a copy of a notebook, with its kernel ready; the kernel ends with the test."""
    address, folder = lab

    def open_copy(path: Path) -> Page:
        name = f"{path.parent.parent.name}-{path.name}"
        shutil.copy(path, folder / name)
        page = new_page(viewport={"width": 1400, "height": 1200})
        # What JupyterLab asks about its own affairs, such as a kernel that it seeks too early, is answered.
        page.add_locator_handler(page.locator(".jp-Dialog"), accept)
        page.goto(f"{address}/lab/tree/{name}?reset")
        idle(page)
        return page

    yield open_copy
    end_kernels(address)


def accept(dialog: Locator) -> None:
    """Presses the button of a dialog that Enter would press."""
    dialog.locator(".jp-mod-accept").last.click()


def written(path: Path, cells: tuple[str, ...]) -> Path:
    """A notebook of these code cells; the folders to `path` are made."""
    nb = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    nb.cells = [nbformat.v4.new_code_cell(text) for text in cells]
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(nb, path)
    return path


def idle(page: Page) -> None:
    expect(page.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']")).to_be_visible(timeout=PATIENCE)


def run_all(page: Page) -> None:
    """Runs all cells; once more where JupyterLab dropped some because its kernel was not connected yet."""
    prompts = page.locator(".jp-CodeCell .jp-InputPrompt")
    taken = re.compile(r"\[(\*|\d+)\]")
    for _ in range(10):
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        try:
            expect(prompts.first).to_have_text(taken, timeout=5000)
        except AssertionError:
            continue
        expect(prompts.first).to_have_text(re.compile(r"\[\d+\]"), timeout=PATIENCE)
        # After an exception the rest is left out rightly.
        if taken.search(prompts.last.inner_text()) or complaints(page):
            return
    raise AssertionError("JupyterLab did not run the cells")


ENDED = r"""() => {
  const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")].map((e) => e.textContent.trim());
  const idle = document.querySelector(".jp-Notebook-ExecutionIndicator[data-status='idle']") !== null;
  if (!idle || prompts.some((text) => text.includes("*"))) return "";
  return /\[\d+\]/.test(prompts.at(-1)) ? "at the last cell" : "before it";
}"""


def run_to_end(page: Page) -> None:
    """Runs all cells, to the last; once more where JupyterLab dropped some. Fails with what an exception says."""
    for _ in range(3):
        run_all(page)
        page.wait_for_timeout(1000)  # a second time, the first cell's number does not say that it has begun
        ended = page.wait_for_function(ENDED, timeout=4 * PATIENCE).json_value()
        assert complaints(page) == []
        if ended == "at the last cell":
            return
    raise AssertionError("the last cell was not run")


def complaints(page: Page) -> list[str]:
    """The exceptions on view, and what was written to stderr: JupyterLab marks both alike."""
    return page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").all_inner_texts()


def run_new_cell(page: Page, below: str, code: str) -> None:
    """Makes a cell below the one with a text, as a learner does, and runs it."""
    page.locator(".jp-Notebook-cell", has_text=below).locator(".cm-content").click()
    for key in ("Escape", "b", "Enter"):
        page.keyboard.press(key)
    page.keyboard.type(code)
    page.keyboard.press("Shift+Enter")
