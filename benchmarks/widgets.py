"""How long a step and a hover take in a real Chromium, and how large bundles are: ``python benchmarks/widgets.py``.

A sample starts at the beginning of a frame, when the event is dispatched to the button or the cell, and ends when
that frame has been painted: the handler, the new DOM, style, layout and paint are in it; waiting for the screen's
next refresh, rasterising on other threads, and what the browser does before it dispatches an event are not. The line
for screen readers follows in a later frame and is not in it either. Each sample is checked to have changed the page.
Other work on the machine shows in the 95th percentile.
"""

from __future__ import annotations

import gzip
import shutil
import statistics
import tempfile
from dataclasses import replace
from typing import Any
from unittest import mock

import numpy as np
from playwright.sync_api import Browser, sync_playwright

from cnnwidgets.widgets import gallery
from cnnwidgets.widgets.base import STATIC
from cnnwidgets.widgets.gallery import correlation
from cnnwidgets.widgets.gallery.page import build_gallery

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WARM_UP, SAMPLES = 60, 400


def decimals(rows: int, columns: int) -> list[list[float]]:
    """Numbers of both signs with three digits: as wide as a cell shows them."""
    found: list[list[float]] = np.random.default_rng(rows).uniform(-9, 9, (rows, columns)).round(2).tolist()
    return found


LARGE = {"input": decimals(16, 16), "kernel": decimals(7, 7)}
SETTINGS: dict[str, dict[str, Any]] = {
    "3×3 input, 2×2 kernel": {},
    "16×16 input, 7×7 kernel": LARGE,
    "the same, padded to 22×22": {**LARGE, "padding": [6, 6]},
    "transposed, spread to 32×32": {
        "input": decimals(14, 14),
        "kernel": decimals(3, 3),
        "stride": [2, 2],
        "output_padding": [1, 1],
        "mode": "transposed",
    },
}

MEASURE = """
window.measure = async (event, count) => {
  const channel = new MessageChannel();
  const frame = () => new Promise(requestAnimationFrame);
  const quiet = () => new Promise((done) => setTimeout(done, 8));
  const timed = (act) => new Promise((done) => requestAnimationFrame(() => {
    channel.port1.onmessage = () => done(performance.now() - start);
    const start = performance.now();
    act();
    channel.port2.postMessage(null); // comes in after this frame's paint
  }));
  const buttons = [...document.querySelectorAll("button")];
  const button = (label) => buttons.find((each) => (each.ariaLabel ?? each.innerText.trim()) === label);
  const step = button("Step"), start = button("To the start");
  const cells = [...document.querySelectorAll("[role=grid]:not([aria-label^=Products]) [data-at]")];
  const seen = () => event === "step"
    ? document.querySelector(".cnnw-step h3").textContent
    : document.querySelector(".cnnw-hint").textContent + document.querySelectorAll(".cnnw-lit, .cnnw-window").length
      + [...document.querySelectorAll(".cnnw-lit")].map((cell) => cell.ariaLabel + cell.parentNode.ariaRowIndex);
  const times = [];
  let same = 0;
  for (let i = 0; i < count; i++) {
    if (event === "step" && step.ariaDisabled === "true") { start.click(); await frame(); }
    const before = seen();
    const cell = cells[(i * 97 + (i >> 3)) % cells.length];
    times.push(await timed(event === "step" ? () => step.click()
      : () => cell.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }))));
    if (seen() === before) same++;
    await quiet();
    await frame();
  }
  return { times, same };
};
"""


def measured(browser: Browser, traits: dict[str, Any], event: str) -> list[float]:
    """Milliseconds of each sample on a gallery page whose explorer starts with these traits."""
    entry = correlation.entry()
    shown = replace(entry, state={**entry.state, **traits})
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(gallery, "entries", lambda: [shown]):
        address = build_gallery(folder).as_uri()
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        page.add_init_script(MEASURE)
        page.goto(address)
        page.get_by_role("group", name="Correlation explorer").wait_for()
        found = page.evaluate("([event, count]) => measure(event, count)", [event, WARM_UP + SAMPLES])
        page.close()
    if found["same"] > 0.05 * len(found["times"]):  # a few cells in a row may be linked to the same ones
        raise RuntimeError(f"{found['same']} of {len(found['times'])} events changed nothing")
    times: list[float] = found["times"][WARM_UP:]
    return times


def print_times() -> None:
    chromium = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chromium-browser"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        print(f"Chromium {browser.version}, {SAMPLES} samples each, milliseconds")
        print(f"{'':28} {'':6} {'median':>7} {'95th':>7} {'most':>7}")
        for name, traits in SETTINGS.items():
            for event in ("step", "hover"):
                times = measured(browser, traits, event)
                median, high = statistics.median(times), statistics.quantiles(times, n=20)[-1]
                print(f"{name:28} {event:6} {median:7.1f} {high:7.1f} {max(times):7.1f}")
        browser.close()


def print_sizes() -> None:
    print("\nBundles, gzipped")
    for path in sorted(STATIC.iterdir()):
        print(f"{path.name:28} {len(gzip.compress(path.read_bytes(), 9)) / 1024:6.1f} KB")


if __name__ == "__main__":
    print_times()
    print_sizes()
