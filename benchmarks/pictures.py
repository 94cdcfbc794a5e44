"""How fast pictures are, in a real Chromium: ``python benchmarks/pictures.py``.

A move (a pixel pointed at, a picture dragged by a place) is timed from the event's dispatch, at the beginning of a
frame, to that frame's paint: the handler, all arithmetic, the new DOM, style, layout and paint are in it. A camera's
frames are those of Chromium's fake device at 320×240, asked for at 30 a second; how many of them were drawn is
counted over some seconds. Other work on the machine shows in both; the time of the page's own thread is free of it.
"""

from __future__ import annotations

import http.server
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import CDPSession, Page, sync_playwright

from cnnwidgets.widgets.gallery.page import build_gallery

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
FAKE = ["--use-fake-device-for-media-stream=fps=30", "--use-fake-ui-for-media-stream"]
WARM_UP, SAMPLES, SECONDS = 40, 200, 5

MEASURE = """async ([root, act, seen, count]) => {
  const within = document.querySelector(root);
  const channel = new MessageChannel();
  const [doing, looking] = [eval(act), eval(seen)];
  const timed = (step) => new Promise((done) => requestAnimationFrame(() => {
    channel.port1.onmessage = () => done(performance.now() - start);
    const start = performance.now();
    doing(within, step);
    channel.port2.postMessage(null); // comes in after this frame's paint
  }));
  const times = [];
  let same = 0;
  for (let step = 0; step < count; step++) {
    const before = looking(within);
    times.push(await timed(step));
    if (looking(within) === before) same++;
    await new Promise((done) => setTimeout(done, 8));
  }
  return { times, same };
}"""

POINT = """(within, step) => {
  const view = within.querySelectorAll(".cnnw-picture")[step % 2], box = view.getBoundingClientRect();
  const clientX = box.left + ((step * 37) % 160 + 5) * box.width / 170;
  const clientY = box.top + ((step * 53) % 190 + 5) * box.height / 200;
  view.dispatchEvent(new PointerEvent("pointermove", { bubbles: true, clientX, clientY }));
}"""
KEY = """(within, step) => within.querySelector(".cnnw-stage").dispatchEvent(new KeyboardEvent("keydown",
  { bubbles: true, key: ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"][step % 4] }))"""
COUNT = """async ([seconds]) => {
  const canvas = document.querySelector(".cnnw-image .cnnw-unit-output canvas, .cnnw-image .cnnw-correlation canvas");
  const context = canvas.getContext("2d"), put = context.putImageData;
  let drawn = 0;
  context.putImageData = function (...all) { drawn++; return put.apply(this, all); };
  await new Promise((done) => setTimeout(done, seconds * 1000));
  context.putImageData = put;
  return drawn / seconds;
}"""


def moves(page: Page, session: CDPSession, root: str, act: str, seen: str) -> str:
    """The middle and the 95th percentile of a move, and what the page's thread spends on one, in milliseconds."""
    page.evaluate(MEASURE, [root, act, seen, WARM_UP])
    before = busy(session)
    found: dict[str, Any] = page.evaluate(MEASURE, [root, act, seen, SAMPLES])
    thread = 1000 * (busy(session) - before) / SAMPLES
    assert found["same"] == 0, "a move that changes nothing measures nothing"
    middle, late = np.percentile(found["times"], [50, 95])
    return f"{middle:5.1f} ms, 95th percentile {late:5.1f} ms; {thread:.1f} ms of the page's thread"


def busy(session: CDPSession) -> float:
    """Seconds that the page's thread has computed since the session's start; the wait for others is not in them."""
    metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    seconds: float = metrics["TaskDuration"]
    return seconds


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder at an address of this machine: to such a page a browser gives the camera."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/index.html"
    server.shutdown()


def main() -> None:
    """Prints a line for each measurement."""
    found = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chromium-browser"))), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        build_gallery(folder)
        browser = playwright.chromium.launch(executable_path=found, args=[*ARGUMENTS, *FAKE])
        with served(Path(folder)) as address:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(address)
            session = page.context.new_cdp_session(page)
            session.send("Performance.enable", {"timeDomain": "threadTicks"})
            image = page.get_by_role("group", name="Image kernel explorer")
            image.scroll_into_view_if_needed()
            title = 'within => within.querySelector(".cnnw-magnifier h3").textContent'
            for kernel in ("Sobel across", "Motion 7×7"):
                image.get_by_role("button", name=kernel).click()
                print(f"a pixel pointed at, {kernel:13} {moves(page, session, '.cnnw-image', POINT, title)}")
            stage = 'within => within.querySelector(".cnnw-stage").ariaLabel'
            print(f"a picture moved by a place        {moves(page, session, '.cnnw-equi', KEY, stage)}")
            image.get_by_role("button", name="Camera", exact=True).click()
            page.wait_for_function("document.querySelector('.cnnw-image canvas').width === 320")
            image.locator(".cnnw-picture").first.scroll_into_view_if_needed()
            for kernel in ("Sobel across", "Motion 7×7"):
                image.get_by_role("button", name=kernel).click()
                before = busy(session)
                rate = page.evaluate(COUNT, [SECONDS])
                each = 1000 * (busy(session) - before) / (rate * SECONDS)
                print(
                    f"camera, {kernel:13} {rate:5.1f} frames a second drawn; {each:.1f} ms of the page's thread each"
                )
        browser.close()


if __name__ == "__main__":
    main()
