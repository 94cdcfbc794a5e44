"""CorrelationExplorer on the static page, without a kernel: by keyboard, by pointer, on every screen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import serious_violations
from tests.browser.views import shown
from tests.vectors.transposed import named_cases


@pytest.fixture
def page(new_page: Callable[..., Page], gallery: str) -> Page:
    page = new_page()
    page.goto(f"{gallery}#correlation-explorer")  # as its card does: Tab goes on from there
    expect(grid(page, "Output")).to_be_in_viewport(timeout=30_000)  # the page scrolls there
    return page


def explorer(page: Page) -> Locator:
    return page.get_by_role("group", name="Correlation explorer")


def grid(page: Page, name: str) -> Locator:
    return explorer(page).get_by_role("grid", name=re.compile(f"^{name}"))


def values(page: Page, name: str) -> list[str]:
    """What a grid shows, cell by cell, without marks."""
    return shown(grid(page, name).get_by_role("gridcell"))


def tab_to(page: Page, wanted: Locator) -> None:
    for _ in range(60):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab never came there")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["pooling-explorer", "training-monitor"])
def test_a_link_to_a_widget_ends_there(new_page: Callable[..., Page], gallery: str, name: str, width: int) -> None:
    page = new_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{gallery}#{name}")
    page.wait_for_function(
        """name => {
            const { top } = document.getElementById(name).getBoundingClientRect();
            const settled = top === window.before && document.querySelectorAll(".g-drawn").length === 10;
            window.before = top;
            return settled;
        }""",
        arg=name,
        polling=300,
    )
    expect(page.locator(f"#{name} h2")).to_be_in_viewport()
    assert page.locator(f"#{name}").evaluate("section => section.getBoundingClientRect().top") < 100


def test_by_keyboard_alone(page: Page) -> None:
    said = explorer(page).get_by_role("status")
    step = explorer(page).get_by_role("button", name="Step", exact=True)
    assert values(page, "Output") == ["19", "", "", ""]
    tab_to(page, step)
    for expected, line in (
        (["19", "25", "", ""], "1×0 + 2×1 + 4×2 + 5×3 = 25"),
        (["19", "25", "37", ""], "3×0 + 4×1 + 6×2 + 7×3 = 37"),
        (["19", "25", "37", "43"], "4×0 + 5×1 + 7×2 + 8×3 = 43"),
    ):
        page.keyboard.press("Enter")
        assert values(page, "Output") == expected
        expect(said).to_contain_text(line)

    # Edit the top right cell of the input: to its place with arrows, type, keep.
    page.keyboard.press("Shift+Tab")
    first = grid(page, "Input").get_by_role("gridcell").first
    while not first.evaluate("element => element === document.activeElement"):
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    page.keyboard.type("10")
    page.keyboard.press("Enter")
    assert values(page, "Input")[2] == "10"
    assert values(page, "Output") == ["19", "33", "37", "43"]

    # Leave an edit without a change.
    page.keyboard.press("Control+Home")
    page.keyboard.press("F2")
    page.keyboard.type("19")
    page.keyboard.press("Escape")
    assert values(page, "Input")[0] == "0"

    # What is no number changes nothing, and is said.
    page.keyboard.press("Enter")
    page.keyboard.type("ten")
    page.keyboard.press("Enter")
    assert values(page, "Input")[0] == "0"
    expect(said).to_contain_text("not a number")

    # Go to an output cell.
    tab_to(page, grid(page, "Output").locator("[tabindex='0']"))
    page.keyboard.press("Control+Home")
    page.keyboard.press("Enter")
    assert values(page, "Output") == ["19", "", "", ""]


def test_predict_by_keyboard(page: Page) -> None:
    tab_to(page, explorer(page).get_by_role("switch", name="Predict first"))
    page.keyboard.press("Space")
    assert values(page, "Output") == ["?", "", "", ""] or values(page, "Output")[0] == "?"
    tab_to(page, explorer(page).get_by_role("textbox", name="What is row 1, column 1?"))
    page.keyboard.type("18")
    page.keyboard.press("Enter")
    expect(explorer(page)).to_contain_text("✗ You said 18; it is 19")
    explorer(page).get_by_role("button", name="Step", exact=True).focus()
    page.keyboard.press("Enter")
    tab_to(page, explorer(page).get_by_role("textbox", name="What is row 1, column 2?"))
    page.keyboard.type("25")
    page.keyboard.press("Enter")
    expect(explorer(page)).to_contain_text("✓ Right: 25")
    expect(explorer(page)).to_contain_text("1 of 2 right")


def test_pointer_links_both_ways(page: Page) -> None:
    grid(page, "Output").get_by_role("gridcell").last.click()
    assert values(page, "Output") == ["19", "25", "37", "43"]
    expect(explorer(page).locator(".cnnw-arithmetic")).to_have_text("4×0 + 5×1 + 7×2 + 8×3 = 43")
    grid(page, "Input").get_by_role("gridcell").nth(4).hover()
    expect(explorer(page)).to_contain_text("4 output cells read this cell.")
    assert explorer(page).locator(".cnnw-unit-output .cnnw-lit").count() == 4
    grid(page, "Input").get_by_role("gridcell").first.hover()
    assert explorer(page).locator(".cnnw-unit-output .cnnw-lit").count() == 1
    grid(page, "Output").get_by_role("gridcell").first.hover()
    expect(explorer(page).locator(".cnnw-window-pointed")).to_have_count(1)
    grid(page, "Kernel").get_by_role("gridcell").nth(1).hover()
    expect(explorer(page)).to_contain_text("1 multiplies the 5 lit in the input")


def test_scrub_play_and_step_back(page: Page) -> None:
    explorer(page).get_by_role("slider").fill("3")
    assert values(page, "Output") == ["19", "25", "37", "43"]
    explorer(page).get_by_role("button", name="Step back").click()
    assert values(page, "Output") == ["19", "25", "37", ""]
    explorer(page).get_by_role("button", name="To the start").click()
    explorer(page).get_by_role("combobox", name="Speed").select_option("4")
    explorer(page).get_by_role("button", name="Play").click()
    expect(grid(page, "Output").get_by_role("gridcell").last).to_have_text("43")
    expect(explorer(page).get_by_role("button", name="Play")).to_be_visible()


def test_convolution_shows_both_kernels(page: Page) -> None:
    explorer(page).get_by_role("button", name="Convolution").click()
    explorer(page).get_by_role("button", name="To the end").click()
    assert values(page, "Output") == ["5", "11", "23", "29"]
    assert explorer(page).get_by_role("grid", name=re.compile("[Kk]ernel")).count() == 2
    expect(explorer(page).locator(".cnnw-arithmetic")).to_have_text("4×3 + 5×2 + 7×1 + 8×0 = 29")


def test_what_does_not_fit_is_floored_and_said(page: Page) -> None:
    rows = (
        explorer(page)
        .get_by_role("spinbutton", name="Stride s, rows")
        .or_(explorer(page).get_by_label("Stride s, rows", exact=True))
    )
    rows.first.fill("2")
    rows.first.press("Enter")
    expect(explorer(page)).to_contain_text("(3 − 2 + 0 + 2)/2 = 1.5 → 1")
    expect(explorer(page)).to_contain_text("never reached")


def test_a_size_of_two_digits_is_typed_without_loss(page: Page) -> None:
    rows = explorer(page).get_by_label("Input n, rows", exact=True)
    rows.click()
    page.keyboard.type("12")
    expect(grid(page, "Input").get_by_role("gridcell")).to_have_count(36)
    assert values(page, "Input")[:9] == [str(n) for n in range(9)]
    rows.press("Backspace")
    rows.press("Enter")
    expect(grid(page, "Input").get_by_role("gridcell")).to_have_count(3)


def test_a_size_that_can_not_be_is_marked_and_gone_with_the_focus(page: Page) -> None:
    rows = explorer(page).get_by_label("Input n, rows", exact=True)
    rows.click()
    page.keyboard.type("19")
    rows.press("Enter")
    expect(rows).to_have_value("19")
    assert rows.evaluate("field => !field.validity.valid")
    rows.press("Tab")
    expect(rows).to_have_value("3")
    assert len(values(page, "Input")) == 9


def test_a_kernel_that_does_not_fit_is_a_sentence(page: Page) -> None:
    for _ in range(2):
        explorer(page).get_by_role("button", name="Kernel k, rows: one more").click()
    expect(explorer(page)).to_contain_text("The kernel does not fit.")
    explorer(page).get_by_role("button", name="Padding p, total, rows: one more").click()
    expect(explorer(page)).not_to_contain_text("The kernel does not fit.")


def test_padding_is_split_with_the_odd_row_above(page: Page) -> None:
    explorer(page).get_by_role("button", name="Padding p, total, rows: one more").click()
    expect(explorer(page)).to_contain_text("1 above, 0 below")
    assert grid(page, "Input").get_by_role("gridcell").first.get_attribute("aria-label") == "padding: 0"


def test_the_stride_preset_gives_the_worked_example(page: Page) -> None:
    page.get_by_role("button", name="Padding and stride").click()
    explorer(page).get_by_role("button", name="To the end").click()
    assert values(page, "Output") == ["0", "8", "6", "8"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(new_page: Callable[..., Page], gallery: str, scheme: str) -> None:
    page = new_page(color_scheme=scheme)
    page.goto(gallery)
    assert explorer(page).get_attribute("data-theme") == scheme
    assert serious_violations(page, "body") == []
    explorer(page).get_by_role("switch", name="Predict first").press("Space")
    expect(explorer(page).get_by_role("switch", name="Predict first")).to_be_checked()
    explorer(page).get_by_role("button", name="Convolution").click()
    assert serious_violations(page, "body") == []


@pytest.mark.parametrize("width", [320, 600, 1280])
def test_nothing_overflows(new_page: Callable[..., Page], gallery: str, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    page.goto(gallery)
    for preset in ("Worked example", "Find edges", "Impulse", "Padding and stride"):
        page.get_by_role("button", name=preset).click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert explorer(page).evaluate("e => e.scrollWidth <= e.clientWidth + 1")


def test_the_page_needs_no_network(new_page: Callable[..., Page], gallery: str) -> None:
    page = new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(gallery)
    expect(explorer(page)).to_be_visible()
    assert all(url.startswith(("file:", "blob:", "data:")) for url in asked), asked


def test_reduced_motion_is_honoured(new_page: Callable[..., Page], gallery: str) -> None:
    page = new_page(reduced_motion="reduce")
    page.goto(gallery)
    duration = (
        explorer(page).locator(".cnnw-window-current").first.evaluate("e => getComputedStyle(e).transitionDuration")
    )
    assert duration == "0s"


class TestTransposed:
    """Transposed convolution and the named cases, by pointer and by keyboard."""

    def test_a_case_by_keyboard(self, page: Page) -> None:
        select = explorer(page).get_by_role("combobox", name="Case")
        expect(select).to_have_value("-1")
        tab_to(page, select)
        # A select's own keys: type ahead to the first case of that name.
        page.keyboard.type("Half")
        expect(grid(page, "Input")).to_have_attribute("aria-label", "Input, 5 × 5, padded to 7 × 7")
        expect(grid(page, "Output")).to_have_attribute("aria-label", "Output, 5 × 5")
        explorer(page).get_by_role("button", name="Kernel k, rows: one less").click()
        expect(select).to_have_value("-1")

    @pytest.mark.parametrize("index", range(16))
    def test_every_case_has_torchs_output(self, page: Page, index: int) -> None:
        case = named_cases()[index]
        explorer(page).get_by_role("combobox", name="Case").select_option(str(index))
        explorer(page).get_by_role("button", name="To the end").click()
        found = [float(text.replace("−", "-")) for text in values(page, "Output")]
        assert found == [value for row in case["output"] for value in row]
        mode = explorer(page).get_by_role("button", name="Transposed")
        assert mode.get_attribute("aria-pressed") == str(case["mode"] == "transposed").lower()

    def test_zeros_go_between_and_around(self, page: Page) -> None:
        page.get_by_role("button", name="Back up").click()
        cells = grid(page, "Input").get_by_role("gridcell")
        said = [cells.nth(n).get_attribute("aria-label") for n in (0, 9, 10, 18, 27)]
        assert said == [
            "padding: 0",
            "row 1, column 1: 3",
            "zero between: 0",
            "zero between: 0",
            "row 2, column 2: 2",
        ]
        expect(explorer(page)).to_contain_text("2·(3 − 1) + 3 − 2 + 1 = 6")
        expect(explorer(page)).to_contain_text("1 between; 1 above, 2 below; 1 left, 2 right")
        expect(explorer(page)).to_contain_text("makes 3 × 3 of 5 × 5, and of 6 × 6 too")
        cells.nth(9).hover()
        expect(explorer(page)).to_contain_text("4 output cells read this cell. So it adds its own copy of the kernel")
        assert explorer(page).locator(".cnnw-unit-output .cnnw-lit").count() == 4  # the others are cut off above

    def test_an_input_cell_is_edited_and_a_zero_between_is_not(self, page: Page) -> None:
        page.get_by_role("button", name="Back up").click()
        cells = grid(page, "Input").get_by_role("gridcell")
        cells.nth(9).click()
        page.keyboard.type("5")
        page.keyboard.press("Enter")
        assert values(page, "Input")[9] == "5"
        assert values(page, "Output")[0] == "10"
        cells.nth(10).click()
        expect(explorer(page).locator(".cnnw-edit")).to_have_count(0)

    def test_output_padding_stays_below_the_stride(self, page: Page) -> None:
        page.get_by_role("button", name="Back up").click()
        expect(grid(page, "Output")).to_have_attribute("aria-label", "Output, 6 × 6")
        explorer(page).get_by_role("button", name="Output padding a, rows: one less").click()
        expect(grid(page, "Output")).to_have_attribute("aria-label", "Output, 5 × 6")
        explorer(page).get_by_role("button", name="Stride s, columns: one less").click()
        expect(explorer(page).get_by_label("Output padding a, columns", exact=True)).to_have_value("0")
        expect(grid(page, "Output")).to_have_attribute("aria-label", "Output, 5 × 3")

    def test_what_can_not_be_shown_is_a_sentence(self, page: Page) -> None:
        explorer(page).get_by_role("button", name="Transposed").click()
        explorer(page).get_by_label("Padding p, total, rows", exact=True).fill("4")
        expect(explorer(page)).to_contain_text("The padding takes all of the output away.")
        explorer(page).get_by_label("Padding p, total, rows", exact=True).fill("0")
        explorer(page).get_by_label("Input n, rows", exact=True).fill("16")
        explorer(page).get_by_label("Stride s, rows", exact=True).fill("8")
        expect(explorer(page)).to_contain_text("With its zeros the input is 123 × 5, and at most 32 × 32 are drawn.")
        assert len(values(page, "Input")) == 48

    def test_a_known_slip_has_its_reason(self, page: Page) -> None:
        explorer(page).get_by_role("button", name="Transposed").click()
        explorer(page).get_by_role("switch", name="Predict first").check(force=True)
        explorer(page).get_by_role("slider").fill("5")
        explorer(page).get_by_role("textbox", name="What is row 2, column 2?").fill("19")
        page.keyboard.press("Enter")
        expect(explorer(page)).to_contain_text("✗ You said 19; it is 5")
        expect(explorer(page)).to_contain_text("The kernel is turned by 180° before it slides; yours was not.")

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_axe_finds_nothing_serious(self, new_page: Callable[..., Page], gallery: str, scheme: str) -> None:
        page = new_page(color_scheme=scheme)
        page.goto(gallery)
        page.get_by_role("button", name="Back up").click()
        explorer(page).get_by_role("button", name="To the end").click()
        assert serious_violations(page, ".g-entry:first-of-type") == []

    @pytest.mark.parametrize("width", [320, 380, 640, 1280])
    def test_nothing_overflows(self, new_page: Callable[..., Page], gallery: str, width: int) -> None:
        page = new_page(viewport={"width": width, "height": 800})
        page.goto(gallery)
        page.get_by_role("button", name="Back up").click()
        assert explorer(page).evaluate("e => e.scrollWidth <= e.clientWidth + 1")
        edge = explorer(page).bounding_box()
        last = explorer(page).get_by_role("button", name="Transposed").bounding_box()
        assert edge and edge["x"] + edge["width"] <= width
        assert last and last["x"] + last["width"] <= edge["x"] + edge["width"]
