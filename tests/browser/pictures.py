"""Draws the pictures of docs/widgets.md: ``python -m tests.browser.pictures [NAME …]`` → docs/widgets/NAME.png."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from cnnwidgets.widgets.gallery.page import build_gallery
from tests.browser.actions import ACTIONS, NAMES, TRANSPORT, entry_of
from tests.browser.conftest import ARGUMENTS

FOLDER = Path(__file__).parents[2] / "docs" / "widgets"
MOST = 120 * 1024  # bytes of a picture
WIDTH = 1000


def small(png: bytes, scale: float, colours: int) -> bytes:
    """The picture with at most so many colours, scaled."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    image = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def picture(page: Page, bundle: str) -> bytes:
    """The widget on the gallery's page, light, two steps on where it has steps; at most `MOST` bytes."""
    section = page.locator(f"#{bundle.replace('_', '-')}")
    section.scroll_into_view_if_needed()
    root = section.locator(".cnnw-root")
    root.wait_for()
    action = ACTIONS[bundle]
    for _ in range(2 if action.at == TRANSPORT.at else 0):
        root.locator(action.at).click()
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(400)  # the frame has slid to its place
    shot = root.screenshot()
    for scale, colours in ((0.75, 256), (0.66, 128), (0.5, 128), (0.5, 48), (0.42, 48), (0.35, 48)):
        drawn = small(shot, scale, colours)
        if len(drawn) <= MOST:
            return drawn
    raise ValueError(f"{bundle}: {len(drawn)} bytes at its smallest")


def main(wanted: list[str]) -> None:
    bundles = [entry_of(name).bundle for name in NAMES]
    found = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chromium-browser"))), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": WIDTH, "height": 900}, color_scheme="light", device_scale_factor=2)
        page.goto(build_gallery(folder).as_uri())
        for bundle in wanted or bundles:
            (FOLDER / f"{bundle}.png").write_bytes(picture(page, bundle))
            print(f"{bundle}.png {(FOLDER / f'{bundle}.png').stat().st_size / 1024:.0f} KB")
        browser.close()


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    main(sys.argv[1:])
