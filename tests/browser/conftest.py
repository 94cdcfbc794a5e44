"""A real Chromium, the gallery page, and what every browser test asks of a page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from cnnwidgets.widgets.gallery.page import build_gallery
from tests.browser.jupyter import opened_in, serving

AXE = Path(__file__).parents[2] / "js" / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium, or else Playwright's own; without either tests are skipped, unless they must run."""
    found = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chromium-browser"))), None)
    with sync_playwright() as playwright:
        try:
            opened = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        except Error as problem:
            if os.environ.get("CNNWIDGETS_NEEDS_BROWSER"):
                raise
            pytest.skip(f"no browser: {str(problem).splitlines()[0]}")
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a freshly built gallery page, on the disk."""
    return build_gallery(tmp_path_factory.mktemp("gallery")).as_uri()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages in contexts of their own; a test fails where one of them logs an error."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_page(**options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not errors


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A JupyterLab on loopback over a folder of its own; gives its address and the folder."""
    folder = tmp_path_factory.mktemp("lab")
    with serving("jupyterlab", folder) as address:
        yield address, folder


@pytest.fixture
def open_notebook(lab: tuple[str, Path], new_page: Callable[..., Page]) -> Iterator[Callable[[Path], Page]]:
    """Opens a copy of a notebook, with its kernel ready; the kernel ends with the test."""
    yield from opened_in(lab, new_page)


def serious_violations(page: Page, within: str) -> list[str]:
    """What axe-core finds serious or critical inside a part of the page."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("within => axe.run(within)", within)
    return [
        f"{v['id']}: {v['help']} at {[n['target'] for n in v['nodes']][:3]}"
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
    ]
