"""ImageKernelExplorer in a real Chromium: pictures, kernels, the magnifier, files, and the camera."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from cnnwidgets import ImageKernelExplorer
from cnnwidgets.widgets.pictures.grey import all_packed, unpack
from tests.browser.conftest import ARGUMENTS, serious_violations
from tests.browser.views import left_behind, open_widget, set_trait, shown

PRESETS = 10
EMBOSS = [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]
RNG = np.random.default_rng(9)


def show(page: Page, count: int = 1, background: str = "#fff", address: str = "about:blank", **traits: Any) -> None:
    widget = ImageKernelExplorer(**traits)
    widget._pictures = all_packed()
    open_widget(page, "image_kernel_explorer", widget, count, background, address)
    expect(page.get_by_role("group", name="Image kernel explorer")).to_have_count(count)


def explorer(page: Page) -> Locator:
    return page.get_by_role("group", name="Image kernel explorer")


def picture(page: Page, name: str) -> Locator:
    return page.get_by_role("application", name=re.compile(f"^{name}"))


def values(page: Page, name: str) -> list[str]:
    return shown(page.get_by_role("grid", name=name).get_by_role("gridcell"))


def total(page: Page) -> str:
    return page.locator(".cnnw-result").first.inner_text()


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()


def test_every_preset_says_what_it_does_and_gives_what_python_gives(page: Page) -> None:
    show(page, picture="disc", pixel=(12, 19))
    chips = page.get_by_role("group", name="Ready-made kernels").get_by_role("button")
    expect(chips).to_have_count(PRESETS)
    for index in range(PRESETS):
        chips.nth(index).click()
        expect(chips.nth(index)).to_have_attribute("aria-pressed", "true")
        effect = page.get_by_role("region", name="What the kernel does")
        expect(effect.get_by_role("heading")).to_have_text(chips.nth(index).inner_text())
        expect(effect).to_contain_text("The weights sum to")
        here = ImageKernelExplorer("disc", page.evaluate("shared.get('kernel')"))
        shown = float(total(page).lstrip("=≈ ").replace("−", "-"))
        assert shown == pytest.approx(here.output[12, 19], rel=1e-4, abs=1e-4)


def test_the_magnifier_shows_the_window_the_products_and_their_sum(page: Page) -> None:
    show(page, picture="edges", kernel=[[1, -1]], padding="valid", pixel=(2, 2))
    assert values(page, "Window, 1 × 2") == ["255", "0"]
    assert values(page, "Products, 1 × 2") == ["255", "0"]
    assert total(page) == "= 255"
    expect(page.locator(".cnnw-terms")).to_have_text("255×1 + 0×(−1)")


def test_pointing_at_either_picture_moves_the_frame_in_both(page: Page) -> None:
    show(page)
    expect(page.locator(".cnnw-magnifier h3")).to_contain_text("Pixel row 113, column 66")
    for name in ("Picture", "Output"):
        box = picture(page, name).bounding_box()
        assert box
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 4)
        expect(page.locator(".cnnw-magnifier h3")).to_contain_text("Pixel row 51, column 86")
        frames = page.locator(".cnnw-frame")
        assert frames.count() == 2
        tops = [frames.nth(index).evaluate("e => e.style.top") for index in (0, 1)]
        assert tops[0] == tops[1]
        page.mouse.move(2, 2)
        expect(page.locator(".cnnw-magnifier h3")).to_contain_text("Pixel row 113, column 66")
    picture(page, "Picture").click(position={"x": 3, "y": 3})
    page.mouse.move(2, 2)
    expect(page.locator(".cnnw-magnifier h3")).to_contain_text("Pixel row 2, column 2")
    assert page.evaluate("shared.get('pixel')") == [1, 1]


def test_hovering_a_cell_lights_it_in_window_kernel_and_products(page: Page) -> None:
    show(page, side_by_side=True, kernel=EMBOSS)
    page.get_by_role("grid", name="Window, 3 × 3").first.get_by_role("gridcell").first.hover()
    lit = page.locator(".cnnw-lit")
    # window, kernel and products of correlation; window, turned kernel and products of convolution
    assert lit.count() == 6
    labels = lit.evaluate_all("cells => cells.map((cell) => cell.dataset.at)")
    assert set(labels) == {"0,0"}
    page.get_by_role("button", name="Convolution").click()
    page.get_by_role("grid", name="Window, 3 × 3").get_by_role("gridcell").first.hover()
    kernel = page.get_by_role("grid", name="Kernel, 3 × 3").locator(".cnnw-lit")
    expect(kernel).to_have_attribute("data-at", "2,2")  # as given: the corner across


def test_correlation_and_convolution_side_by_side(page: Page) -> None:
    show(page, kernel=EMBOSS, pixel=(60, 80))
    page.get_by_role("button", name="Side by side").click()
    expect(picture(page, "Output, correlation")).to_be_visible()
    expect(picture(page, "Output, convolution")).to_be_visible()
    expect(explorer(page)).to_contain_text("A half turn changes this kernel")
    expect(explorer(page)).to_contain_text(re.compile(r"Here they differ in \d\d\s\d\d\d of 34\s000 pixels"))
    both = [text.lstrip("= ").replace("−", "-") for text in page.locator(".cnnw-result").all_inner_texts()]
    right = [ImageKernelExplorer(kernel=EMBOSS, mode=mode).output[60, 80] for mode in ("correlation", "convolution")]
    assert [float(text) for text in both] == right
    page.get_by_role("button", name="Outline").click()
    expect(explorer(page)).to_contain_text("Here they are equal in every pixel.")


def test_a_kernel_of_any_size_is_edited_cell_by_cell(page: Page) -> None:
    show(page, picture="checkerboard")
    rows, columns = page.get_by_label("Kernel rows", exact=True), page.get_by_label("Kernel columns", exact=True)
    for high, wide in ((7, 7), (1, 2), (5, 3)):
        rows.fill(str(high))
        columns.fill(str(wide))
        grid = page.get_by_role("grid", name=f"Kernel, {high} × {wide}")
        expect(grid.get_by_role("gridcell")).to_have_count(high * wide)
    cell = page.get_by_role("grid", name="Kernel, 5 × 3").get_by_role("gridcell").first
    cell.focus()
    page.keyboard.type("1/9")
    page.keyboard.press("Enter")
    assert page.evaluate("shared.get('kernel')[0][0]") == pytest.approx(1 / 9)
    expect(explorer(page).get_by_role("heading", name="Your kernel")).to_be_visible()
    page.keyboard.press("Control+Home")
    page.keyboard.press("F2")
    page.keyboard.press("Control+A")
    page.keyboard.type("heavy")
    page.keyboard.press("Enter")
    expect(explorer(page).get_by_role("status").last).to_contain_text("“heavy” is not a number; nothing is changed.")
    assert page.evaluate("shared.get('kernel')[0][0]") == pytest.approx(1 / 9)


def test_what_does_not_fit_is_a_sentence(page: Page) -> None:
    show(page, picture="edges", kernel=np.ones((7, 7)), padding="valid")
    expect(explorer(page)).to_contain_text("The kernel spans 7 rows and 7 columns, and the picture has only 6 × 8.")
    page.get_by_role("button", name="Zeros (same)").click()
    expect(picture(page, "Output")).to_be_visible()


def test_the_frame_walks_by_keyboard_and_every_step_is_said(page: Page) -> None:
    show(page, picture="disc", pixel=(10, 20))
    said = explorer(page).get_by_role("status").last
    picture(page, "Picture").focus()
    page.keyboard.press("ArrowRight")
    expect(said).to_contain_text("Row 11, column 22. Correlation:")
    page.keyboard.press("Shift+ArrowDown")
    expect(said).to_contain_text("Row 21, column 22.")
    page.keyboard.press("Home")
    expect(said).to_contain_text("Row 21, column 1.")
    page.keyboard.press("Control+End")
    expect(said).to_contain_text("Row 60, column 72.")
    page.get_by_role("button", name="Outline").click()
    expect(said).to_contain_text(re.compile(r"Correlation from −\d+ to \d+, mean .*% below 0"))


def test_keys_stay_in_the_widget(page: Page) -> None:
    show(page)
    page.evaluate("window.leaked = []; document.body.addEventListener('keydown', (e) => leaked.push(e.key))")
    picture(page, "Picture").focus()
    for key in ("ArrowRight", "a", "b", "PageDown", "Enter", "x"):
        page.keyboard.press(key)
    assert page.evaluate("leaked") == []


def test_predict_which_picture_it_is(page: Page) -> None:
    show(page, kernel=[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    page.get_by_role("switch", name="Predict first").check(force=True)
    choices = page.get_by_role("button", name=re.compile(r"^Picture \d"))
    assert choices.count() == 4
    expect(picture(page, "Output")).to_have_count(0)
    assert set(values(page, "Products, 3 × 3")) == {"?"}
    expect(page.locator(".cnnw-result")).to_have_count(0)
    # The right one is the one whose range is what Python gives.
    output = ImageKernelExplorer().output
    right = f"from −{-output.min():.0f} to {output.max():.0f}"
    labels = [choices.nth(index).get_attribute("aria-label") or "" for index in range(4)]
    (place,) = (index for index, label in enumerate(labels) if right in label)
    wrong = (place + 1) % 4
    choices.nth(wrong).click()
    expect(explorer(page)).to_contain_text(f"✗ It is picture {place + 1}. Picture {wrong + 1} is what you get from")
    expect(explorer(page)).to_contain_text("0 of 1 right")
    expect(picture(page, "Output")).to_be_visible()
    page.get_by_role("button", name="Sharpen").click()
    page.get_by_role("button", name="Show me").click()
    expect(explorer(page)).to_contain_text("0 of 1 right, 1 shown")


def test_colours_are_signed_and_hatched_below_zero(page: Page) -> None:
    show(page, picture="edges", kernel=[[1, -1]], padding="valid")
    pixels = """(canvas, [row, column]) => {
      const zoom = canvas.width / 7, all = new Set();
      const data = canvas.getContext("2d").getImageData(column * zoom, row * zoom, zoom, zoom).data;
      for (let i = 0; i < data.length; i += 4) all.add(data.slice(i, i + 3).join());
      return [...all];
    }"""
    canvas = picture(page, "Output").locator("canvas")
    above, below, zero = (canvas.evaluate(pixels, [2, column]) for column in (1, 5, 3))
    assert (len(above), len(below), len(zero)) == (1, 2, 1)  # two: the colour, and the lines over it
    red, _, blue = map(int, above[0].split(","))
    assert blue > red
    assert min(map(int, zero[0].split(","))) > 240
    page.get_by_role("button", name="Grey", exact=True).click()
    assert canvas.evaluate(pixels, [2, 1]) == ["255,255,255"]
    assert canvas.evaluate(pixels, [2, 5]) == ["0,0,0"]


def test_a_png_is_uploaded_to_the_bit_and_stays_at_hand(page: Page, tmp_path: Path) -> None:
    colours = RNG.integers(0, 256, (37, 52, 3)).astype(np.uint8)
    Image.fromarray(colours).save(tmp_path / "mine.png")
    show(page)
    page.get_by_label("Upload a picture").set_input_files(tmp_path / "mine.png")
    expect(picture(page, "Picture: Your picture")).to_be_visible()
    grey = unpack(page.evaluate("shared.get('picture')"))
    np.testing.assert_array_equal(grey, ImageKernelExplorer(colours).pixels)
    page.get_by_role("button", name="Disc").click()
    page.get_by_role("button", name="Your picture").click()
    np.testing.assert_array_equal(unpack(page.evaluate("shared.get('picture')")), grey)


def test_a_large_picture_is_scaled_and_what_is_transparent_is_white(page: Page, tmp_path: Path) -> None:
    large = np.zeros((600, 900, 4), np.uint8)
    Image.fromarray(large).save(tmp_path / "large.png")
    show(page)
    page.get_by_label("Upload a picture").set_input_files(tmp_path / "large.png")
    expect(picture(page, "Picture: Your picture")).to_be_visible()
    grey = unpack(page.evaluate("shared.get('picture')"))
    assert grey.shape == (160, 240)
    assert (grey == 255).all()


def test_a_file_that_is_no_picture_is_a_sentence_and_loses_nothing(page: Page, tmp_path: Path) -> None:
    (tmp_path / "notes.png").write_text("these are words")
    show(page)
    page.get_by_label("Upload a picture").set_input_files(tmp_path / "notes.png")
    expect(explorer(page)).to_contain_text("This file is no picture that the browser can read.")
    assert page.evaluate("shared.get('picture')") == "hopper"
    page.get_by_role("button", name="Disc").click()
    expect(explorer(page)).not_to_contain_text("This file is no picture")


def test_what_python_sets_is_shown(page: Page) -> None:
    show(page, picture="disc", pixel=(12, 19))
    set_trait(page, "kernel", [[2]])
    assert total(page) == "= " + str(2 * int(ImageKernelExplorer("disc").pixels[12, 19]))
    set_trait(page, "picture", {"height": 1, "width": 2, "grey": "AP8="})
    expect(picture(page, "Picture: Your picture")).to_be_visible()
    assert total(page) == "= 510"  # the frame beyond the picture stands on its last pixel


def test_two_views_share_the_model_and_keep_their_own_pointer(page: Page) -> None:
    show(page, count=2)
    views = explorer(page)
    views.first.get_by_role("button", name="Blur 3×3").click()
    for view in (views.first, views.last):
        expect(view.get_by_role("button", name="Blur 3×3")).to_have_attribute("aria-pressed", "true")
    views.first.locator(".cnnw-picture").first.hover(position={"x": 20, "y": 20})
    expect(views.first.locator(".cnnw-magnifier h3")).not_to_contain_text("row 113")
    expect(views.last.locator(".cnnw-magnifier h3")).to_contain_text("row 113")
    assert views.last.evaluate("e => getComputedStyle(e).borderRadius") == "14px"  # inside a shadow root


def test_clean_up_leaves_nothing(page: Page) -> None:
    show(page, count=2)
    explorer(page).first.get_by_role("button", name="Emboss").click()
    explorer(page).first.locator(".cnnw-picture").first.hover()
    assert all(page.evaluate("[live.observers.size, live.listeners.size, shared.listening()]"))
    assert left_behind(page) == {"timers": 0, "frames": 0, "observers": 0, "listeners": 0, "model": 0}


@pytest.mark.parametrize("background", ["#fff", "#10161b"])
@pytest.mark.parametrize("traits", [{}, {"side_by_side": True, "kernel": EMBOSS}, {"predict": True}])
def test_axe_finds_nothing_serious(page: Page, background: str, traits: dict[str, Any]) -> None:
    show(page, background=background, **traits)
    expect(explorer(page)).to_have_attribute("data-theme", "light" if background == "#fff" else "dark")
    assert serious_violations(page, ".cnnw-root") == []


@pytest.mark.parametrize("width", [320, 600, 1280])
def test_nothing_overflows(new_page: Callable[..., Page], width: int) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    show(page, kernel=RNG.normal(size=(7, 7)))
    for mode in ("Correlation", "Convolution", "Side by side"):
        page.get_by_role("button", name=mode).first.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert explorer(page).evaluate("e => e.scrollWidth <= e.clientWidth + 1")


# The camera: Chromium's fake one, on a page that the browser trusts.

FAKE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
TRACKS = """
window.tracks = [];
const was = MediaDevices.prototype.getUserMedia;
MediaDevices.prototype.getUserMedia = async function (asked) {
  const stream = await was.call(this, asked);
  tracks.push(...stream.getTracks());
  return stream;
};
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

    folder = tmp_path_factory.mktemp("site")
    (folder / "index.html").write_text("<!doctype html><title>camera</title>")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/index.html"
    server.shutdown()
    server.server_close()


@pytest.fixture
def filmed(browser: Browser, address: str) -> Iterator[Page]:
    """The explorer with its camera open."""
    kind: Any = browser.browser_type
    found = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chromium-browser"))), None)
    opened = kind.launch(executable_path=found, args=[*ARGUMENTS, *FAKE])
    page = opened.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(TRACKS)
    show(page, address=address)
    assert page.evaluate("isSecureContext")
    page.get_by_role("button", name="Camera", exact=True).click()
    expect(picture(page, "Picture: Camera")).to_be_visible()
    page.wait_for_function("tracks.length === 1 && tracks[0].readyState === 'live'")
    expect(picture(page, "Picture: Camera").locator("canvas")).to_have_attribute("width", "320")
    yield page
    opened.close()
    assert not errors


def ended(page: Page) -> bool:
    found: bool = page.evaluate("tracks.every((track) => track.readyState === 'ended')")
    return found


def test_the_camera_is_filtered_live_and_a_frame_can_be_kept(filmed: Page) -> None:
    page = filmed
    canvas = picture(page, "Picture: Camera").locator("canvas")
    expect(canvas).to_have_attribute("width", "320")
    expect(canvas).to_have_attribute("height", "240")
    expect(picture(page, "Output")).to_be_visible()
    before = canvas.evaluate("c => c.toDataURL()")
    page.wait_for_function(
        "before => document.querySelector('.cnnw-picture canvas').toDataURL() !== before", arg=before
    )
    page.get_by_role("button", name="Motion 7×7").click()
    page.get_by_role("button", name="Keep this frame").click()
    expect(picture(page, "Picture: Your picture")).to_be_visible()
    grey = unpack(page.evaluate("shared.get('picture')"))
    assert grey.shape == (240, 320) and grey.std() > 1
    assert ended(page)
    shown = float(total(page).lstrip("=≈ ").replace("−", "-"))
    kept = ImageKernelExplorer(grey, page.evaluate("shared.get('kernel')"))
    assert shown == pytest.approx(kept.output[112, 65], rel=1e-4)


def test_stopping_releases_the_camera_and_brings_the_picture_back(filmed: Page) -> None:
    filmed.get_by_role("button", name="Stop camera").click()
    expect(picture(filmed, "Picture: Grace Hopper")).to_be_visible()
    assert ended(filmed)
    assert filmed.evaluate("live.frames.size") == 0


def test_another_picture_closes_the_camera(filmed: Page) -> None:
    filmed.get_by_role("button", name="Disc").click()
    expect(picture(filmed, "Picture: Disc")).to_be_visible()
    assert ended(filmed)


def test_a_hidden_page_releases_the_camera_and_says_so(filmed: Page) -> None:
    filmed.evaluate("Object.defineProperty(document, 'hidden', { get: () => true })")
    filmed.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(explorer(filmed)).to_contain_text("The camera is closed: the page was hidden.")
    assert ended(filmed)


def test_a_camera_out_of_view_is_released(filmed: Page) -> None:
    filmed.evaluate("document.querySelector('main').style.display = 'none'")
    filmed.wait_for_function("tracks.every((track) => track.readyState === 'ended')")
    filmed.evaluate("document.querySelector('main').style.display = ''")
    expect(explorer(filmed)).to_contain_text("The camera is closed: the picture went out of view.")


def test_clean_up_releases_the_camera(filmed: Page) -> None:
    assert filmed.evaluate("live.frames.size") > 0
    assert left_behind(filmed) == {"timers": 0, "frames": 0, "observers": 0, "listeners": 0, "model": 0}
    assert ended(filmed)


def test_clean_up_while_the_camera_opens_releases_it_too(filmed: Page) -> None:
    filmed.get_by_role("button", name="Stop camera").click()
    filmed.get_by_role("button", name="Camera", exact=True).click()
    left_behind(filmed)
    filmed.wait_for_function("tracks.length === 2")
    filmed.wait_for_function("tracks.every((track) => track.readyState === 'ended')")


def test_a_page_that_is_not_trusted_gets_a_sentence(page: Page) -> None:
    show(page)
    page.evaluate("Object.defineProperty(navigator, 'mediaDevices', { get: () => undefined })")
    page.get_by_role("button", name="Camera", exact=True).click()
    expect(explorer(page)).to_contain_text(
        "The browser gives the camera only to pages over https, or from this machine."
    )
    expect(picture(page, "Picture: Grace Hopper")).to_be_visible()
