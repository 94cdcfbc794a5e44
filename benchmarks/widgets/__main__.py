"""How fast and how large the widgets are, in a real Chromium: ``python -m benchmarks.widgets [NAME …]``.

A sample starts at the beginning of a frame, when the event is dispatched to the button, the cell or the canvas, and
ends when that frame has been painted: the handler, the new DOM, style, layout and paint are in it; waiting for the
screen's next refresh, rasterising on other threads, and what the browser does before it dispatches an event are not.
The line for screen readers follows in a later frame and is not in it either. How many samples changed the page is
counted. Other work on the machine shows in the 95th percentile.
"""

from __future__ import annotations

import gzip
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from unittest import mock

from playwright.sync_api import Browser, Error, sync_playwright

from benchmarks.widgets.cases import Case, cases
from cnnwidgets.widgets import gallery
from cnnwidgets.widgets.base import STATIC
from cnnwidgets.widgets.gallery.page import build_gallery
from tests.browser.actions import ACTIONS
from tests.browser.conftest import ARGUMENTS

MEASURE = Path(__file__).with_name("measure.js").read_text(encoding="utf-8")
WARM_UP, SAMPLES = 40, 250
MOST = 40 * 1024


def measured(browser: Browser, case: Case, event: str) -> tuple[list[float], float]:
    """Milliseconds of each sample, and the share of them that changed nothing."""
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(gallery, "entries", lambda: [case.entry]):
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        page.add_init_script(MEASURE)
        page.goto(build_gallery(folder).as_uri())
        page.locator(".cnnw-root").wait_for()
        asked = {**asdict(ACTIONS[case.entry.bundle]), "event": event, "count": WARM_UP + SAMPLES}
        try:
            found = page.evaluate("asked => measure(asked)", asked)
        finally:
            page.close()
    return found["times"][WARM_UP:], found["same"] / (WARM_UP + SAMPLES)


def line(name: str, event: str, times: Sequence[float], note: str = "") -> str:
    high = statistics.quantiles(times, n=20)[-1]
    return f"{name:32} {event:6} {statistics.median(times):7.1f} {high:7.1f} {max(times):7.1f}  {note}"


def print_times(browser: Browser, wanted: Sequence[str]) -> None:
    for case in cases():
        if wanted and not any(name in case.name for name in wanted):
            continue
        for event in case.events:
            if event == "hover" and not ACTIONS[case.entry.bundle].hover:
                print(f"{case.name:32} {event:6} pointing shows nothing there")
                continue
            try:
                times, same = measured(browser, case, event)
            except Error as problem:
                print(f"{case.name:32} {event:6} not measured: {str(problem).splitlines()[0]}")
            else:
                print(line(case.name, event, times, f"{same:.0%} changed nothing" if same else ""), flush=True)


def print_first_paint(browser: Browser, times: int = 7) -> None:
    """From the start of the navigation to the first text, and to the first widget, on the whole gallery."""
    paints, lives = [], []
    with tempfile.TemporaryDirectory() as folder:
        address = build_gallery(folder).as_uri()
        for _ in range(times):
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(address)
            page.locator(".cnnw-root").first.wait_for()
            lives.append(page.evaluate("performance.now()"))
            page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
            paints.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
            page.close()
    print(line("gallery, first paint", "", paints))
    print(line("gallery, first widget live", "", lives))


def print_sizes() -> None:
    print(f"\n{'gzipped, KB':32} {'script':>7} {'style':>7}")
    for path in sorted(STATIC.glob("*.js")):
        style = path.with_suffix(".css")
        sizes = [len(gzip.compress(each.read_bytes(), 9)) if each.exists() else 0 for each in (path, style)]
        print(
            f"{path.stem:32} {sizes[0] / 1024:7.1f} {sizes[1] / 1024:7.1f}  {'too large' if sizes[0] > MOST else ''}"
        )


def main(wanted: Sequence[str]) -> None:
    chromium = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chromium-browser"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        print(f"Chromium {browser.version}, {SAMPLES} samples each, milliseconds")
        print(f"{'':32} {'':6} {'median':>7} {'95th':>7} {'most':>7}")
        print_times(browser, wanted)
        print_first_paint(browser)
        browser.close()
    print_sizes()


if __name__ == "__main__":
    main(sys.argv[1:])
